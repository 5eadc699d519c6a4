//! What an engineer looks at before and on a visit, on a device that got it from a real hub: the departure check, the
//! machine's history with what another engineer did, last visit's answers beside today's, and the job list's choices.
#![cfg(test)]

use countersign_device::app::AppError;
use countersign_device::screens::{JobChoice, JobFilter};
use countersign_hub::service::{JobOrder, NewJob, Planned};
use countersign_model::departure::What;
use countersign_model::document::{Provenance, VoucherClass};
use countersign_model::entity::{Contact, Customer, Depot, Machine, MachineModel, Site, Window};
use countersign_model::{Digest, Id, LocalText};
use countersign_tests::office::{Office, Phone};

fn id(name: &str) -> Id {
    Id::derived("departure", &[name.as_bytes()])
}

/// A registered machine of a model whose filter wears, at a customer with a site and nobody to call.
fn register(office: &Office) {
    let manager = office.manager();
    let save = |result: countersign_hub::Outcome| result.unwrap();
    let customer = Customer { name: "江南農場".to_owned(), ..Customer::default() };
    save(office.hub.save(&manager, id("customer"), &customer));
    let site = Site { customer: id("customer"), name: "North barn".to_owned(), ..Site::default() };
    save(office.hub.save(&manager, id("site"), &site));
    let name = LocalText::single(countersign_model::Language::English, "Harvester H7");
    let model = MachineModel { name, wear_parts: vec!["F-12".to_owned()], ..MachineModel::default() };
    save(office.hub.save(&manager, id("model"), &model));
    let machine = Machine {
        model: id("model"),
        serial: "H7-3391".to_owned(),
        customer: id("customer"),
        site: Some(id("site")),
        ..Machine::default()
    };
    save(office.hub.save(&manager, id("machine"), &machine));
}

fn order(office: &Office, lead: Id, fault: &str, window: Option<Window>) -> Planned {
    let job = NewJob {
        machine: Some(id("machine")),
        fault: fault.to_owned(),
        class: Some(VoucherClass::Internal),
        ..NewJob::default()
    };
    office.hub.job(&office.manager(), &JobOrder { job, lead, helpers: Vec::new(), window }).unwrap()
}

/// Ben's visit, from the answers to the signature.
async fn earlier_visit(office: &Office, ben: &Phone, hours: &str) -> Planned {
    let planned = order(office, office.ben, "leaks at the pump", None);
    ben.sync().await;
    let job = planned.job.to_string();
    ben.app().arrive(&job).unwrap();
    ben.photograph(planned.job, 7);
    ben.fill(planned.job);
    ben.answer(planned.job, "hours", hours).unwrap();
    ben.app().read_meter(&job, "1840").unwrap();
    ben.sign(planned.job);
    ben.app().leave(&job, "solved").unwrap();
    ben.app().submit(&job).unwrap();
    ben.sync().await;
    planned
}

fn missing(phone: &Phone, job: Id) -> Vec<What> {
    let screen = phone.app().departure_screen(&job.to_string()).unwrap();
    assert_eq!(screen.ready, screen.items.iter().all(|item| item.here));
    assert!(screen.items.iter().all(|item| !item.text.is_empty() && !item.text.starts_with("departure-")));
    screen.items.into_iter().filter(|item| !item.here).map(|item| item.what).collect()
}

/// What the office's own light says is missing: by the same rule, over what it sent.
fn missing_by_the_office(office: &Office, phone: &Phone, job: Id) -> Vec<What> {
    let device = phone.app().store().identity().unwrap().unwrap().device;
    let items = office.hub.departure(job, device).unwrap();
    items.into_iter().filter(|item| !item.here).map(|item| item.what).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_light_turns_green_when_everything_is_on_the_phone_and_names_what_is_not() {
    let office = Office::open().await;
    register(&office);
    let ben = office.phone(office.ben, 12).await;
    earlier_visit(&office, &ben, "7").await;
    let planned = order(&office, office.ana, "leaks again", None);
    let ana = office.phone(office.ana, 11).await;
    let nothing = missing_by_the_office(&office, &ana, planned.job);
    assert!(nothing.contains(&What::Job) && nothing.contains(&What::History), "nothing was sent yet: {nothing:?}");
    ana.sync().await;
    assert_eq!(missing(&ana, planned.job), [What::Contact]);
    assert_eq!(missing_by_the_office(&office, &ana, planned.job), [What::Contact]);

    let contact = Contact {
        customer: id("customer"),
        name: "Lin Mei".to_owned(),
        phone: "+886 2 5550".to_owned(),
        position: "foreman".to_owned(),
        ..Contact::default()
    };
    office.hub.save(&office.manager(), id("contact"), &contact).unwrap();
    let van = Depot { name: "Ana's van".to_owned(), person: Some(office.ana), ..Depot::default() };
    office.hub.save(&office.manager(), id("van"), &van).unwrap();
    assert_eq!(missing_by_the_office(&office, &ana, planned.job), [What::Customer, What::Stock], "not sent yet");
    ana.sync().await;
    assert_eq!(missing(&ana, planned.job), [What::Stock], "the van lacks the filter");
    assert_eq!(missing_by_the_office(&office, &ana, planned.job), [What::Stock]);
    let screen = ana.app().departure_screen(&planned.job.to_string()).unwrap();
    assert_eq!(screen.items.last().unwrap().missing, ["F-12"]);
    assert!(screen.items.last().unwrap().text.contains("F-12"));
    let job = ana.app().job_screen(&planned.job.to_string()).unwrap();
    assert_eq!((job.contacts[0].name.as_str(), job.contacts[0].position.as_str()), ("Lin Mei", "foreman"));
    assert_eq!((job.ready, job.earlier_visits), (false, 1));

    // A form that was withdrawn from this device's disk turns the line red by its hash.
    let database = rusqlite::Connection::open(ana.folder().join("store.db")).unwrap();
    database.execute("DELETE FROM form", []).unwrap();
    drop(database);
    let copy = ana.copied_as_it_is();
    assert!(missing(&copy, planned.job).contains(&What::Form));
}

/// The paper of an earlier visit: whoever signed it has its file, the other device says that it has not, until it does.
fn its_document_can_be_opened(ana: &Phone, ben: &Phone, sealed: Digest) {
    let own = ben.app().document_of(sealed).unwrap();
    let paper = own.pdf.clone().expect("Ben's own paper");
    assert!(own.bundle && !own.unsigned && own.advice.is_none() && !own.amended, "{own:?}");
    let read = ana.app().document_of(sealed).unwrap();
    assert_eq!((read.number.as_str(), read.pdf.clone(), read.bundle), (own.number.as_str(), None, false));
    assert!(!read.unsigned && read.advice.as_ref().is_some_and(|advice| advice.contains("another device")), "{read:?}");
    let bytes = std::fs::read(paper).unwrap();
    ana.app().store().store_fetched(Digest::of(&bytes), &mut bytes.as_slice()).unwrap();
    let here = ana.app().document_of(sealed).unwrap();
    assert_eq!((std::fs::read(here.pdf.unwrap()).unwrap(), here.advice, here.bundle), (bytes, None, false));
    let unknown = ana.app().document_of(Digest::of(b"no document"));
    assert!(matches!(unknown, Err(AppError::NotFound { .. })), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machine_shows_what_another_engineer_did_and_last_times_answers_stand_beside_todays() {
    let office = Office::open().await;
    register(&office);
    let ben = office.phone(office.ben, 12).await;
    let first = earlier_visit(&office, &ben, "7").await;
    let second = earlier_visit(&office, &ben, "9").await;
    let planned = order(&office, office.ana, "leaks again", None);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;

    let machine = ana.app().machine_screen("H7-3391").unwrap();
    assert!(machine.complete && machine.model == "Harvester H7" && machine.meter == "1840");
    assert_eq!(ana.app().machine_screen(&planned.number).unwrap(), machine, "by a voucher's number as well");
    let visits: Vec<_> = machine.visits.iter().map(|visit| (visit.job, visit.lead.as_str())).collect();
    let lead = |job: &Planned| (job.job, "Ben Okafor");
    assert_eq!(visits[..2], [lead(&second), lead(&first)], "newest first, then today's, which has no time yet");
    let last = &machine.visits[0];
    assert_eq!((last.leave_reason.as_str(), last.found.len(), last.documents.len()), ("solved", 1, 1));
    assert_eq!(last.readings[0].value, "1840");
    its_document_can_be_opened(&ana, &ben, last.documents[0].sealed);
    let answers: Vec<_> = last.answers.iter().flat_map(|section| &section.answers).collect();
    assert!(answers.iter().any(|answer| answer.reference == "/check/hours" && answer.value == "9"), "{answers:?}");
    assert_eq!(machine.wear_parts[0].code, "F-12");

    // Ben's jobs are here to be read, and nobody can work on them or finds them among their own.
    let listed = |choice| {
        let filter = JobFilter { choice, ..JobFilter::default() };
        ana.app().job_list(&filter).unwrap().rows.into_iter().map(|row| row.job).collect::<Vec<_>>()
    };
    assert_eq!(listed(JobChoice::Own), [planned.job]);
    assert_eq!(listed(JobChoice::All).len(), 3);
    let refused = ana.app().job_screen(&first.job.to_string());
    assert!(matches!(refused, Err(AppError::Input { .. })), "{refused:?}");

    let question = |name: &str| {
        let form = ana.app().form_screen(&planned.job.to_string()).unwrap().unwrap();
        let mut questions = form.pages.into_iter().flat_map(|page| page.questions);
        questions.find(|question| question.id.ends_with(name)).unwrap()
    };
    let shown = question("/hours").last.unwrap();
    assert_eq!((shown.value.as_str(), shown.display.as_str()), ("9", "9"), "the newest visit's");
    assert!(shown.at.is_some() && !shown.number.is_empty());
    let runs = question("/machine_runs").last.unwrap();
    assert_eq!((runs.value.as_str(), runs.display.as_str()), ("yes", "Yes"), "an option by its label");
    let copied = ana.app().answer(&planned.job.to_string(), "hours", "", Provenance::Copied).unwrap();
    assert_eq!(copied.value, "9");
    assert_eq!(question("/hours").provenance, Some(Provenance::Copied));
    let none = ana.app().answer(&planned.job.to_string(), "fault", "x", Provenance::Copied);
    assert!(matches!(none, Err(AppError::Input { .. })), "{none:?}");
    ana.sync().await;
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_chosen_searched_and_paged_by_key() {
    let office = Office::open().await;
    register(&office);
    let hour = 60 * 60 * 1000;
    let now = office.hub.now();
    let at = |from: i64| Some(Window { from: now + from, to: now + from + hour });
    let before = order(&office, office.ana, "leaks at the pump", at(-48 * hour));
    let later = order(&office, office.ana, "油壓不足", at(72 * hour));
    let open = order(&office, office.ana, "rattles", None);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.answer(open.job, "hours", "3").unwrap();
    ana.photograph(open.job, 3);

    let list = |choice, search: &str| {
        let filter = JobFilter { choice, search: search.to_owned(), ..JobFilter::default() };
        ana.app().job_list(&filter).unwrap().rows.into_iter().map(|row| row.job).collect::<Vec<_>>()
    };
    assert_eq!(list(JobChoice::Today, ""), [before.job], "overdue counts as today's");
    for choice in [JobChoice::Open, JobChoice::Mine, JobChoice::Own] {
        assert_eq!(list(choice, ""), [before.job, later.job, open.job], "{choice:?}");
    }
    assert_eq!(list(JobChoice::Returned, ""), []);
    // Two characters of Chinese, a serial, a number, words in any order, nothing.
    let rows: [(&str, Vec<Id>); 6] = [
        ("油壓", vec![later.job]),
        ("農場", vec![before.job, later.job, open.job]),
        ("h7-33 RATTLES", vec![open.job]),
        (&before.number, vec![before.job]),
        ("barn pump", vec![before.job]),
        ("nothing of the kind", vec![]),
    ];
    for (search, want) in rows {
        assert_eq!(list(JobChoice::Own, search), want, "{search}");
    }
    let mut paged = Vec::new();
    let mut filter = JobFilter { limit: 1, ..JobFilter::default() };
    loop {
        let page = ana.app().job_list(&filter).unwrap();
        paged.extend(page.rows.iter().map(|row| (row.job, row.unsent_entries, row.unconfirmed_files)));
        filter.after = page.rows.last().map(|row| row.place);
        if !page.more {
            break;
        }
    }
    assert_eq!(paged, [(before.job, 0, 0), (later.job, 0, 0), (open.job, 2, 3)]);

    ana.app().travel(&open.number).unwrap();
    assert_eq!(list(JobChoice::Today, ""), [before.job, open.job], "what is under way is today's");
}
