//! What is arranged around a visit, over the real carrier to a real hub: remote visits and who collects their sign-off,
//! helpers, classes, wishes to the office, work that changes hands, nameplates, drawings in two windows.
#![cfg(test)]

use std::collections::BTreeMap;
use std::io::Cursor;

use countersign_device::app::{AppError, CustomerWord, FileSource, OwnVisit, SignRequest};
use countersign_device::screens::FormQuestion;
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_signature};
use countersign_hub::service::Planned;
use countersign_model::decide::RefusalCode;
use countersign_model::document::{Outcome, Payer, SignerRole, VoucherClass};
use countersign_model::entity::{Document, Evidence, Ink, Job, Request, RequestState, Shape, Spot, Wish};
use countersign_model::payload::{Payload, RequestDecide};
use countersign_tests::office::{Office, Phone};

fn code_of(error: AppError) -> RefusalCode {
    match error {
        AppError::Refused { refusal } => refusal.code,
        other => panic!("{other:?}"),
    }
}

/// An office, a job of this class that is planned for Ana, and her device, which holds it.
async fn on_a_visit(class: VoucherClass) -> (Office, Planned, Phone) {
    let office = Office::open().await;
    let planned = office.job_of(class, office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    (office, planned, phone)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_remote_visit_waits_and_a_later_one_collects_it() {
    let (office, planned, phone) = on_a_visit(VoucherClass::Paid).await;
    let job = planned.job.to_string();
    let app = phone.app();
    app.mark_remote(&job, true).unwrap();
    let screen = app.job_screen(&job).unwrap();
    assert!(screen.facts.remote && screen.facts.waiting.is_empty(), "nobody is there to sign");
    let steps: Vec<&str> = screen.steps.iter().map(|step| step.step.word()).collect();
    assert_eq!(steps, ["arrive", "form", "leave", "sign"], "nobody travels, and it is left unsigned");

    let later = app.plan_own_visit(&job, OwnVisit::default()).unwrap();
    let screen = app.job_screen(&job).unwrap();
    assert_eq!((screen.visit, screen.name.as_str()), (later.visit, job.as_str()));
    let waiting: Vec<_> = screen.facts.waiting.iter().map(|row| row.visit).collect();
    assert_eq!(waiting, [planned.visit]);
    assert_eq!(app.remote_visits(&job).unwrap(), screen.facts.waiting);
    app.collect(&job, &waiting).unwrap();
    app.collect(&job, &waiting).unwrap();
    let screen = app.job_screen(&job).unwrap();
    assert!(screen.facts.waiting.is_empty());
    assert_eq!(
        screen.facts.collects.iter().map(|row| (row.visit, row.signed)).collect::<Vec<_>>(),
        [(planned.visit, false)]
    );
    // The remote visit is worked on under its own name from here on.
    let remote = app.job_screen(&planned.visit.to_string()).unwrap();
    assert_eq!((remote.visit, remote.name), (planned.visit, planned.visit.to_string()));
    assert!(screen.visits.iter().all(|row| row.own));
    assert_eq!(code_of(app.mark_remote(&remote.visit.to_string(), false).unwrap_err()), RefusalCode::State);
    assert_eq!(code_of(app.mark_remote(&job, true).unwrap_err()), RefusalCode::State);
    phone.sync().await;
    assert!(phone.attention().is_empty());
    office.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lead_picks_helpers_from_the_people_of_the_company() {
    let (office, planned, phone) = on_a_visit(VoucherClass::Internal).await;
    let job = planned.job.to_string();
    let app = phone.app();
    let before = app.people_screen(&job).unwrap();
    assert!(before.may_change && before.helpers.is_empty());
    assert!(before.others.iter().any(|row| row.person == office.ben));
    assert!(before.others.iter().all(|row| row.person != office.ana), "the lead does not help themselves");
    app.change_helpers(&job, &[office.ben.to_string()], &[]).unwrap();
    phone.sync().await;
    let helper = office.phone(office.ben, 2).await;
    helper.sync().await;
    let seen = helper.app().people_screen(&job).unwrap();
    assert_eq!(seen.helpers.iter().map(|row| row.person).collect::<Vec<_>>(), [office.ben]);
    assert!(!seen.may_change, "a helper picks nobody");
    app.change_helpers(&job, &[], &[office.ben.to_string()]).unwrap();
    assert!(app.people_screen(&job).unwrap().helpers.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_class_says_what_it_means_before_it_is_chosen() {
    let (_office, planned, phone) = on_a_visit(VoucherClass::Paid).await;
    let job = planned.job.to_string();
    let app = phone.app();
    let screen = app.class_screen(&job).unwrap();
    let meant: Vec<_> = screen.choices.iter().map(|one| (one.class.as_str(), &one.payer, one.customer_signs)).collect();
    let want = [
        ("A", &Payer::Customer, true),
        ("B", &Payer::Contract, true),
        ("C", &Payer::Warranty, true),
        ("D", &Payer::Internal, false),
    ];
    assert_eq!(meant, want);
    assert_eq!(code_of(app.set_class(&job, VoucherClass::Free, " ").unwrap_err()), RefusalCode::Missing);
    app.set_class(&job, VoucherClass::Free, "maker's fault").unwrap();
    let screen = app.class_screen(&job).unwrap();
    assert_eq!((screen.class, screen.reason.as_str()), (VoucherClass::Free, "maker's fault"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_travels_to_the_office_and_its_answer_back() {
    let (office, planned, phone) = on_a_visit(VoucherClass::Internal).await;
    let job = planned.job.to_string();
    phone.app().ask_for(&job, &Wish::Question, "Which oil does this one take?").unwrap();
    phone.sync().await;
    let (row, request) = office.hub.all::<Request>().unwrap().pop().unwrap();
    assert_eq!((request.what(), request.state), ("question".to_owned(), RequestState::Open));
    let decide = RequestDecide { request: row.id, granted: true, answer: "HLP 46".to_owned() };
    office.hub.order(&office.manager(), &Payload::RequestDecide(decide), row.scope).unwrap();
    phone.sync().await;
    let rows = phone.app().job_screen(&job).unwrap().facts.requests;
    let seen: Vec<_> = rows.iter().map(|row| (row.what.as_str(), row.state.clone(), row.answer.as_str())).collect();
    assert_eq!(seen, [("question", RequestState::Granted, "HLP 46")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_over_reads_who_held_it_and_when_they_were_heard_of() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    office.hub.reassign_visit(&office.manager(), planned.visit, office.ben).unwrap();
    let ben = office.phone(office.ben, 2).await;
    ben.sync().await;
    let before = ben.app().job_screen(&planned.job.to_string()).unwrap().facts.held_before.unwrap();
    assert!(before.name.contains("Ana"), "{before:?}");
    assert!(before.heard.is_some());
}

fn plate(seed: u64) -> Vec<u8> {
    sample_photo(seed, 640, 480, &SampleClaims::default())
}

fn hold(phone: &Phone, bytes: &[u8]) -> countersign_device::app::Nameplate {
    let mut reader = Cursor::new(bytes);
    let source = FileSource::Reader { reader: &mut reader, name: "plate.jpg".to_owned() };
    phone.app().hold_nameplate(source).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nameplate_is_kept_before_anything_is_typed() {
    let office = Office::open().await;
    let mut phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    let held = hold(&phone, &plate(3));
    assert!(held.picture.as_ref().is_some_and(|file| file.exists()));
    assert_eq!(phone.app().held_nameplate(held.sha256).unwrap(), held);
    // A stop in between loses nothing: the photo is a file without a job until one is made with it.
    phone.restart();
    assert_eq!(phone.attention(), ["unfiled_file"]);
    assert_eq!(code_of(phone.app().new_job_from_held(held.sha256, "", " ").unwrap_err()), RefusalCode::Missing);
    let made = phone.app().new_job_from_held(held.sha256, "X-77", "does not start").unwrap();
    assert!(phone.attention().is_empty());
    let screen = phone.app().job_screen(&made.job.to_string()).unwrap();
    assert!(screen.facts.unregistered && screen.machine.serial == "X-77");
    assert_eq!(screen.evidence.iter().map(|row| row.sha256).collect::<Vec<_>>(), [held.sha256]);
    phone.sync().await;
    let (_, job) = office.hub.get::<Job>(made.job).unwrap().unwrap();
    assert_eq!(job.nameplate, Some(held.sha256));
    assert_eq!(office.hub.all::<Evidence>().unwrap().len(), 1);
    let strange = countersign_model::Digest::of(b"nothing");
    assert!(matches!(phone.app().held_nameplate(strange), Err(AppError::NotFound { .. })));
    phone.app().drop_nameplate(held.sha256).unwrap();
    assert!(phone.app().held_nameplate(held.sha256).is_ok(), "the job's evidence stays");
    office.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nameplate_without_a_job_leaves_nothing_behind() {
    let office = Office::open().await;
    let mut phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    let held = hold(&phone, &plate(5));
    let picture = held.picture.clone().unwrap();
    phone.app().drop_nameplate(held.sha256).unwrap();
    assert!(matches!(phone.app().held_nameplate(held.sha256), Err(AppError::NotFound { .. })));
    assert!(!picture.exists(), "its small pictures go with it");
    phone.app().drop_nameplate(held.sha256).expect("what is gone is gone");
    phone.restart();
    assert!(phone.attention().is_empty());
    office.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nameplate_that_is_let_go_while_its_job_is_made_is_there_with_the_job_or_there_is_no_job() {
    let office = Office::open().await;
    let phone = office.phone(office.ana, 1).await;
    for seed in 20..40 {
        let held = hold(&phone, &plate(seed));
        let made = std::thread::scope(|scope| {
            let making = scope.spawn(|| phone.app().new_job_from_held(held.sha256, "X-77", "does not start"));
            phone.app().drop_nameplate(held.sha256).unwrap();
            making.join().unwrap()
        });
        match made {
            Ok(_job) => assert!(phone.app().held_nameplate(held.sha256).is_ok(), "{seed}: the job's evidence is here"),
            Err(error) => {
                assert!(matches!(error, AppError::NotFound { .. } | AppError::Input { .. }), "{seed}: {error}")
            }
        }
    }
}

fn arrow(x: i64) -> Vec<Shape> {
    vec![Shape::Arrow { from: Spot { x, y: 100 }, to: Spot { x: 5_000, y: 5_000 }, ink: Ink::Red }]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drawing_that_was_drawn_anew_elsewhere_is_not_drawn_away() {
    let (_office, planned, phone) = on_a_visit(VoucherClass::Internal).await;
    let job = planned.job.to_string();
    let photo = phone.photograph(planned.job, 7).hex();
    let app = phone.app();
    app.annotate_seen(&job, &photo, 0, arrow(1)).unwrap();
    // The second window still shows the photo without a drawing.
    assert_eq!(code_of(app.annotate_seen(&job, &photo, 0, arrow(2)).unwrap_err()), RefusalCode::ChangedSince);
    let layer = |app: &countersign_device::app::App| app.job_screen(&job).unwrap().evidence[0].layers[0].clone();
    assert_eq!(layer(app).shapes, arrow(1));
    app.annotate_seen(&job, &photo, layer(app).revision, arrow(2)).unwrap();
    app.annotate_seen(&job, &photo, layer(app).revision, Vec::new()).unwrap();
    assert!(app.job_screen(&job).unwrap().evidence[0].layers.is_empty());
    app.annotate_seen(&job, &photo, 0, arrow(3)).unwrap();
    assert_eq!(layer(app).shapes, arrow(3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_there_says_nothing_and_what_is_signed_takes_no_answer() {
    let (office, planned, phone) = on_a_visit(VoucherClass::Paid).await;
    let job = planned.job.to_string();
    let app = phone.app();
    let questions = || -> Vec<FormQuestion> {
        app.form_screen(&job).unwrap().unwrap().pages.into_iter().flat_map(|page| page.questions).collect()
    };
    app.travel(&job).unwrap();
    app.arrive(&job).unwrap();
    phone.fill(planned.job);
    let before = questions();
    let open = |asks: &&FormQuestion| asks.relevant && !asks.read_only;
    assert!(before.iter().any(|asks| open(&asks)));
    assert!(before.iter().all(|asks| asks.may_answer == open(&asks)));
    let shown = app.preview(&job).unwrap();
    let word = |outcome: Outcome| CustomerWord {
        name: "M. Lin".to_owned(),
        role: SignerRole::Customer,
        outcome,
        remarks: String::new(),
        satisfaction: Some(5),
        aspects: BTreeMap::from([("skill".to_owned(), 4)]),
    };
    let unsaid = app.check_customer_word(&shown, &word(Outcome::from_word(""))).unwrap_err();
    assert_eq!(code_of(unsaid), RefusalCode::Missing);
    let said = word(Outcome::Absent);
    app.check_customer_word(&shown, &said).unwrap();
    let request = SignRequest {
        name: said.name,
        role: said.role,
        outcome: said.outcome,
        remarks: said.remarks,
        satisfaction: said.satisfaction,
        aspects: said.aspects,
        strokes: Some(sample_signature(1)),
        engineer_strokes: sample_signature(2),
        stamp: None,
        content_sha256: Some(shown.content_sha256),
    };
    app.sign(&job, request).unwrap();
    assert!(questions().iter().all(|asks| !asks.may_answer && asks.last.is_none()));
    phone.sync().await;
    let (_, document) = office.hub.all::<Document>().unwrap().pop().unwrap();
    let customer = document.sign_offs.iter().find(|sign_off| sign_off.role == SignerRole::Customer).unwrap();
    assert_eq!((customer.satisfaction, customer.aspects.len(), customer.strokes.as_str()), (None, 0, ""));
    assert_eq!(customer.name, "", "nobody is named who was not there");
    office.check();
}
