//! Two devices and the office work on one job at once, with the network away between them.
#![cfg(test)]

use countersign_device::app::AppError;
use countersign_device::sync::Network;
use countersign_forms::samples::SERVICE_VISIT;
use countersign_hub::store::EntryState;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{
    Answer, Device, DeviceState, Document, Evidence, FlagCode, InstanceKey, Job, PartUse, Visit, VisitState, Voucher,
    fill_id, voucher_id,
};
use countersign_model::{Digest, Id, RecordRef};
use countersign_tests::office::{Office, Phone};
use countersign_tests::proxy::{Fault, Proxy};

fn answer_of(office: &Office, visit: Id, path: &str) -> Answer {
    let forms = office.hub.all::<countersign_model::entity::FormVersion>().unwrap();
    let fill = fill_id(&RecordRef::new("visit", visit), forms[0].1.sha256, "service");
    office.hub.get::<Answer>(InstanceKey::plain(path).answer_id(fill)).unwrap().unwrap().1
}

fn documents(office: &Office, visit: Id) -> Vec<Document> {
    office.hub.children::<Document>(visit).unwrap().into_iter().map(|(_, document)| document).collect()
}

fn voucher(office: &Office, visit: Id) -> Voucher {
    office.hub.get::<Voucher>(voucher_id(visit)).unwrap().unwrap().1
}

/// Two devices of the visit's two people that hold the job.
async fn two(office: &Office, job: Id) -> (Phone, Phone) {
    let (ana, ben) = (office.phone(office.ana, 11).await, office.phone(office.ben, 12).await);
    for phone in [&ana, &ben] {
        phone.sync().await;
        assert_eq!(phone.app().job_screen(&job.to_string()).unwrap().job, job);
    }
    (ana, ben)
}

#[tokio::test(flavor = "multi_thread")]
async fn different_questions_merge_and_nobody_is_asked() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = two(&office, planned.job).await;
    ana.answer(planned.job, "machine_runs", "no").unwrap();
    ben.answer(planned.job, "hours", "4711").unwrap();
    for phone in [&ana, &ben, &ana] {
        phone.sync().await;
    }
    for phone in [&ana, &ben] {
        assert_eq!(phone.value(planned.job, "machine_runs"), "no");
        assert_eq!(phone.value(planned.job, "hours"), "4711");
        assert_eq!(phone.pending(), 0);
    }
    assert!(office.flags(&FlagCode::AnswerConflict).is_empty());
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_answered_twice_keeps_both_answers_and_tells_both_people() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = two(&office, planned.job).await;
    ana.answer(planned.job, "hours", "100").unwrap();
    ben.answer(planned.job, "hours", "200").unwrap();
    for phone in [&ana, &ben, &ana] {
        phone.sync().await;
    }
    // The later received is current on both devices, the earlier is kept beside it.
    for phone in [&ana, &ben] {
        assert_eq!(phone.value(planned.job, "hours"), "200");
        let screen = phone.app().form_screen(&planned.job.to_string()).unwrap().unwrap();
        let hours =
            screen.pages.iter().flat_map(|page| &page.questions).find(|row| row.id.ends_with("/hours")).unwrap();
        let kept: Vec<(&str, &str)> =
            hours.kept.iter().map(|kept| (kept.value.as_str(), kept.author.as_str())).collect();
        assert_eq!(kept, [("100", "Ana Ruiz")]);
    }
    assert_eq!(office.flags(&FlagCode::AnswerConflict).len(), 1);
    // Whoever has seen the conflict may answer without making another.
    ana.answer(planned.job, "hours", "150").unwrap();
    ana.sync().await;
    assert_eq!(answer_of(&office, planned.visit, "/check/hours").current.value.as_deref(), Some("150"));
    assert_eq!(office.flags(&FlagCode::AnswerConflict).len(), 1);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helpers_part_after_the_leads_signature_is_a_late_fact_outside_the_document() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = two(&office, planned.job).await;
    ana.fill(planned.job);
    let signed = ana.sign(planned.job);
    ana.sync().await;
    ben.app().use_part(&planned.job.to_string(), "SEAL-0042", "1", "").unwrap();
    ben.sync().await;
    let parts = office.hub.children::<PartUse>(planned.visit).unwrap();
    assert_eq!(parts.len(), 1);
    assert!(parts[0].1.late, "it counts for stock and is not in the document");
    assert_eq!(office.flags(&FlagCode::LateFact).len(), 1);
    let stored = documents(&office, planned.visit);
    assert_eq!((stored.len(), stored[0].sealed_sha256), (1, signed.sealed));
    assert!(stored[0].sealed.content.parts.is_empty());
    // The lead sees it and may amend.
    ana.sync().await;
    assert!(ana.app().job_screen(&planned.job.to_string()).unwrap().parts.iter().any(|part| part.late));
    ana.app().begin_amendment(&planned.job.to_string(), "a seal was used as well").unwrap();
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_reassigned_while_the_first_engineer_works_offline_keeps_both_engineers_work() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.answer(planned.job, "hours", "100").unwrap();
    let photo = ana.photograph(planned.job, 1);
    let next = office.hub.reassign_visit(&office.manager(), planned.visit, office.ben).unwrap();
    assert_ne!((next.visit, &next.number), (planned.visit, &planned.number));
    ana.sync().await;
    // The first engineer's work stays on the visit that was given away.
    let first = office.hub.get::<Visit>(planned.visit).unwrap().unwrap().1;
    assert_eq!((first.state, first.replaced_by), (VisitState::Reassigned, Some(next.visit)));
    assert_eq!(answer_of(&office, planned.visit, "/check/hours").current.value.as_deref(), Some("100"));
    let evidence = office.hub.children::<Evidence>(planned.visit).unwrap();
    assert_eq!(evidence.iter().map(|(_, evidence)| evidence.sha256).collect::<Vec<Digest>>(), [photo]);
    assert!(office.hub.holds(photo).unwrap());
    // The second engineer starts anew and sees who held it.
    let ben = office.phone(office.ben, 12).await;
    ben.sync().await;
    assert_eq!(ben.value(planned.job, "hours"), "");
    let visits = ben.app().job_screen(&planned.job.to_string()).unwrap().visits;
    let seen: Vec<(&str, &VisitState)> = visits.iter().map(|visit| (visit.lead.as_str(), &visit.state)).collect();
    assert_eq!(seen, [("Ana Ruiz", &VisitState::Reassigned), ("Ben Okafor", &VisitState::Planned)]);
    // Nothing of the first engineer is pending or unconfirmed, so the job may leave the first device.
    ana.sync().await;
    let status = ana.app().status_screen().unwrap();
    assert_eq!((status.pending_commands, status.unconfirmed_media), (0, 0));
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_made_offline_is_not_lost_at_its_first_sync() {
    let office = Office::open().await;
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    let made = ana.app().new_job("X-1", "found it broken beside the other one").unwrap();
    ana.answer(made.job, "hours", "7").unwrap();
    let photo = ana.photograph(made.job, 2);
    for round in 0..3 {
        ana.sync().await;
        assert_eq!(ana.value(made.job, "hours"), "7", "round {round}");
        let screen = ana.app().job_screen(&made.job.to_string()).unwrap();
        assert_eq!((screen.visits.len(), screen.visits[0].number.as_str()), (1, made.number.as_str()));
        assert_eq!(screen.evidence.len(), 1);
    }
    let job = office.hub.get::<Job>(made.job).unwrap().unwrap().1;
    assert!(!job.number.is_empty(), "the hub numbers it");
    assert_eq!(voucher(&office, made.visit).number, made.number, "the phone's own number stays");
    assert!(office.hub.holds(photo).unwrap());
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_amendments_of_one_document_both_stay_and_somebody_looks() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = two(&office, planned.job).await;
    ana.fill(planned.job);
    let first = ana.sign(planned.job).sealed;
    ana.sync().await;
    ben.sync().await;
    let job = planned.job.to_string();
    let mut amended = Vec::new();
    for (phone, hours) in [(&ana, "10"), (&ben, "20")] {
        let opened = phone.app().begin_amendment(&job, "the meter was read again").unwrap();
        assert!(opened.number.starts_with(&format!("{}-A1-", planned.number)), "{}", opened.number);
        phone.answer(planned.job, "hours", hours).unwrap();
        amended.push(phone.sign(planned.job).sealed);
    }
    for phone in [&ana, &ben, &ana] {
        phone.sync().await;
    }
    let stored: Vec<Digest> = documents(&office, planned.visit).iter().map(|document| document.sealed_sha256).collect();
    assert!([first, amended[0], amended[1]].iter().all(|sealed| stored.contains(sealed)) && stored.len() == 3);
    let mut leaves = amended.clone();
    leaves.sort();
    assert_eq!(voucher(&office, planned.visit).leaves, leaves, "both are current");
    assert_eq!(office.flags(&FlagCode::TwoAmendments).len(), 1);
    // Approving needs one amendment of both.
    ana.app().begin_amendment(&job, "the two readings reconciled").unwrap();
    let joined = ana.sign(planned.job).sealed;
    ana.sync().await;
    assert_eq!(voucher(&office, planned.visit).leaves, [joined]);
    office.check();
}

/// What a screen shows while a colleague takes an item out names its questions by ids: an answer goes to the item that the
/// person looked at, and never to the one that took its place.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_typed_while_a_colleague_takes_an_item_out_goes_to_its_own_item() {
    let office = Office::open().await;
    office.publish(SERVICE_VISIT);
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = two(&office, planned.job).await;
    let job = planned.job.to_string();
    let items: Vec<String> = (0..3).map(|_| ana.app().add_item(&job, "/visit/work/component").unwrap()).collect();
    let name = |item: &str| format!("{item}/name");
    for (item, text) in items.iter().zip(["pump", "valve", "hose"]) {
        ana.answer(planned.job, &name(item), text).unwrap();
    }
    let names = |phone: &Phone| -> Vec<(String, String)> {
        let form = phone.app().form_screen(&job).unwrap().unwrap();
        let asked = form.pages.into_iter().flat_map(|page| page.questions);
        let of_item = asked.filter(|asked| asked.reference.contains("component") && asked.reference.ends_with("/name"));
        of_item.map(|asked| (asked.id, asked.value)).collect()
    };
    ana.sync().await;
    ben.sync().await;
    let seen = names(&ben);
    assert_eq!(seen.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["pump", "valve", "hose"]);

    ana.app().remove_item(&job, &items[0]).unwrap();
    ana.sync().await;
    ben.sync().await;
    ben.answer(planned.job, &seen[1].0, "relief valve").unwrap();
    let left = [(name(&items[1]), "relief valve".to_owned()), (name(&items[2]), "hose".to_owned())];
    assert_eq!(names(&ben), left);
    let gone = ben.answer(planned.job, &seen[0].0, "pump again");
    assert!(matches!(gone, Err(AppError::NotFound { .. })), "{gone:?}");
    ben.sync().await;
    ana.sync().await;
    assert_eq!(names(&ana), left);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_device_gets_nothing_more_and_its_unsent_work_waits_in_quarantine() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.answer(planned.job, "hours", "100").unwrap();
    let photo = ana.photograph(planned.job, 1);
    let (device, _) = office.hub.find_device(&device_of(&ana).to_string()).unwrap();
    office.hub.revoke(&office.manager(), device, "the phone was lost").unwrap();
    let later = office.job(office.ana, &[]);
    let report = ana.try_sync().await;
    assert!(report.pushed > 0, "{report:?}");
    // It learns that its work is stored and nothing else.
    assert_eq!(ana.pending(), 0);
    assert!(ana.app().job_screen(&later.job.to_string()).is_err(), "no new job reaches it");
    assert_eq!(ana.app().status_screen().unwrap().problem.as_deref(), Some("revoked"));
    let body = office.hub.get::<Device>(device).unwrap().unwrap().1;
    assert_eq!(body.state, DeviceState::Revoked);
    // Nothing of it has an effect until a person confirms it; then it has.
    assert!(office.hub.children::<Evidence>(planned.visit).unwrap().is_empty());
    let held = |read: &countersign_hub::store::Read<'_>| Ok(read.entries_in(&EntryState::Quarantined, 0, 100)?);
    let held = office.hub.read(held).unwrap();
    let quarantined: Vec<Id> = held.into_iter().map(|entry| entry.command.id).collect();
    assert!(quarantined.len() >= 2, "{quarantined:?}");
    office.hub.confirm_quarantined(&quarantined).unwrap();
    assert_eq!(answer_of(&office, planned.visit, "/check/hours").current.value.as_deref(), Some("100"));
    assert_eq!(office.hub.children::<Evidence>(planned.visit).unwrap()[0].1.sha256, photo);
    office.check();
}

/// A phone is wiped while files and an answer had not left it: that is gone with it, and nothing else is. Whoever kept a
/// copy of it gets nothing once it is turned out.
#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_phone_takes_only_what_never_left_it() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let wiped = office.phone(office.ana, 11).await;
    wiped.sync().await;
    wiped.fill(planned.job);
    let photo = wiped.photograph(planned.job, 1);
    wiped.sync_over(Network::Metered, None).await;
    assert!(!office.hub.holds(photo).unwrap(), "the original waits for a network that costs nothing");
    wiped.answer(planned.job, "hours", "100").unwrap();
    let device = device_of(&wiped);
    let stolen = wiped.copied_as_it_is();
    drop(wiped);
    office.hub.revoke(&office.manager(), device, "the phone was wiped").unwrap();
    let new = office.phone(office.ana, 12).await;
    new.sync().await;
    assert_eq!(
        (new.value(planned.job, "machine_runs").as_str(), new.value(planned.job, "hours").as_str()),
        ("yes", "")
    );
    let later = office.job(office.ana, &[]);
    stolen.try_sync().await;
    assert!(stolen.app().job_screen(&later.job.to_string()).is_err(), "nobody gets anything with the old one");
    assert_eq!(stolen.app().status_screen().unwrap().problem.as_deref(), Some("revoked"));
    // The visit goes on where it stood, and its paper says which picture there was.
    let sealed = new.sign(planned.job).sealed;
    new.sync().await;
    let document = documents(&office, planned.visit).into_iter().find(|document| document.sealed_sha256 == sealed);
    let cited: Vec<Digest> = document.unwrap().sealed.content.cited_media().collect();
    assert_eq!(cited, [photo]);
    // The copy had the bytes and the answer: they wait for a person's word.
    let held = |read: &countersign_hub::store::Read<'_>| Ok(read.entries_in(&EntryState::Quarantined, 0, 100)?);
    assert!(!office.hub.read(held).unwrap().is_empty());
    office.check();
}

fn device_of(phone: &Phone) -> Id {
    phone.app().store().identity().unwrap().unwrap().device
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_locked_while_signing_signs_when_it_is_unlocked() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let mut ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.key.lock(true);
    let signed = ana.sign(planned.job);
    assert_eq!((signed.pdf, ana.attention()), (None, vec!["unattested"]));
    // Saving and sending never wait for the key.
    ana.sync().await;
    let stored = documents(&office, planned.visit);
    assert_eq!((stored.len(), stored[0].attestation.is_none()), (1, true), "unsigned by device");
    assert!(office.hub.enrolled(device_of(&ana)).unwrap().unsigned > 0);
    ana.restart();
    assert_eq!(ana.attention(), ["unattested"]);
    ana.key.lock(false);
    ana.sync().await;
    assert!(ana.attention().is_empty());
    let stored = documents(&office, planned.visit);
    let attestation = stored[0].attestation.clone().unwrap();
    assert_eq!((stored.len(), attestation.sealed_sha256), (1, signed.sealed));
    assert_eq!(office.hub.enrolled(device_of(&ana)).unwrap().unsigned, 0, "the next signature covers the chain");
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_of_an_enrolment_is_asked_for_again_and_makes_one_device() {
    let office = Office::open().await;
    let proxy = Proxy::start(office.address).await;
    let string = office.invite_at(office.ana, &proxy.url());
    let mut phone = Phone::new(11);
    // Every try of this run loses its reply; the device is switched off and tries again later.
    proxy.place("POST", "/v1/enrol", 0, 3, Fault::DropReply);
    let problem = phone.enrol(&string).await.unwrap_err();
    assert!(problem.to_string().contains("try again"), "{problem}");
    phone.restart();
    assert!(phone.app().store().pending_enrolment().unwrap().is_some());
    phone.enrol(&string).await.unwrap();
    phone.sync().await;
    assert_eq!(office.hub.all::<Device>().unwrap().len(), 1);
    // Once it called with its token, the code is used up: also for the same device.
    let stranger = Phone::new(12);
    let used = stranger.enrol(&string).await.unwrap_err();
    assert!(used.to_string().contains("ask the office for another"), "{used}");
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_store_is_found_out_and_its_work_waits_for_a_persons_word() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let mut original = office.phone(office.ana, 11).await;
    original.sync().await;
    original.answer(planned.job, "hours", "1").unwrap();
    let copy = original.copied(11);
    original.answer(planned.job, "hours", "2").unwrap();
    copy.answer(planned.job, "machine_runs", "no").unwrap();
    original.sync().await;
    let refused = copy.try_sync().await;
    assert_eq!(refused.problem.map(|problem| problem.code()), Some("fork"));
    assert_eq!(copy.attention(), ["fork"]);
    // It becomes a device of its own; what is not at the office waits until a person confirms it.
    copy.enrol(&office.invite_at(office.ana, &office.url())).await.unwrap();
    assert_ne!(device_of(&copy), device_of(&original));
    copy.sync().await;
    assert!(copy.attention().contains(&"held"));
    assert_eq!(office.hub.all::<Answer>().unwrap().len(), 1, "nothing of the copy has an effect yet");
    copy.app().store().confirm_held().unwrap();
    copy.sync().await;
    original.sync().await;
    // Each command had one effect, also the one that both stores held.
    assert_eq!(original.value(planned.job, "machine_runs"), "no");
    assert_eq!(answer_of(&office, planned.visit, "/check/hours").current.value.as_deref(), Some("2"));
    assert_eq!((original.pending(), copy.pending()), (0, 0));
    office.check();
}

/// A customer who is asked keeps being asked: the class decides, on the device and at the hub.
#[tokio::test(flavor = "multi_thread")]
async fn a_paid_job_is_signed_by_the_customer_too() {
    let office = Office::open().await;
    let planned = office.job_of(VoucherClass::Paid, office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.sign(planned.job);
    ana.sync().await;
    assert_eq!(documents(&office, planned.visit)[0].sign_offs.len(), 2);
    assert!(office.flags(&FlagCode::SignOffIncomplete).is_empty());
    office.check();
}
