//! What a shell only passes on: how a file came to be here, which files answer a question, what was typed.
#![cfg(test)]

use countersign_device::app::{AppError, CaptureRequest, Diagnosis, FileSource, Fix, Origin};
use countersign_device::screens::{FileSafety, FormQuestion};
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_signature};
use countersign_evidence::{Point, Strokes};
use countersign_forms::samples::SERVICE_VISIT;
use countersign_model::Id;
use countersign_model::document::Stage;
use countersign_model::entity::{Code, Evidence, Job, MachineState, Note, code_id};
use countersign_tests::office::{Office, Phone};

const SIGNATURE: &str = "/visit/handover/operator_signature";
const PHOTO: &str = "/visit/safety/photo_as_found";

/// An office whose form asks for photos and a signature, and the phone of an engineer with a job.
async fn visit() -> (Office, Phone, Id) {
    let office = Office::open().await;
    office.publish(SERVICE_VISIT);
    let job = office.job(office.ana, &[]).job;
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    (office, phone, job)
}

fn question(phone: &Phone, job: Id, reference: &str) -> FormQuestion {
    let form = phone.app().form_screen(&job.to_string()).unwrap().unwrap();
    form.pages.into_iter().flat_map(|page| page.questions).find(|asks| asks.id == reference).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_for_a_question_becomes_the_same_picture_everywhere_and_a_dot_is_none() {
    let (_office, phone, job) = visit().await;
    let name = job.to_string();
    phone.answer(job, "operator_instructed", "yes").unwrap();
    let dot = Strokes::new(vec![vec![Point { x: 9, y: 9, t: 0, pressure: 90 }]]).unwrap();
    let refused = phone.app().answer_with_signature(&name, SIGNATURE, &dot);
    assert!(matches!(refused, Err(AppError::Refused { .. })), "{refused:?}");
    assert_eq!(question(&phone, job, SIGNATURE).value, "");

    let first = phone.app().answer_with_signature(&name, SIGNATURE, &sample_signature(4)).unwrap();
    let again = phone.app().answer_with_signature(&name, SIGNATURE, &sample_signature(4)).unwrap();
    assert_eq!(first.sha256, again.sha256, "the same strokes are the same bytes");
    assert_eq!(question(&phone, job, SIGNATURE).files, [first.sha256]);
    let screen = phone.app().job_screen(&name).unwrap();
    assert_eq!(
        (screen.evidence[0].kind.as_str(), screen.evidence[0].name.as_str()),
        ("image/png", "operator_signature.png")
    );
    assert!(question(&phone, job, SIGNATURE).candidates.is_empty(), "it is drawn, not chosen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_question_is_answered_with_a_file_of_its_own_visit_alone() {
    let (office, phone, job) = visit().await;
    assert!(question(&phone, job, PHOTO).candidates.is_empty());
    let sha256 = phone.photograph(job, 3);
    let candidates = question(&phone, job, PHOTO).candidates;
    assert_eq!(candidates.len(), 1);
    assert!(question(&phone, job, "/visit/safety/locked_out").candidates.is_empty(), "no file answers it");
    let asked = |phone: &Phone| phone.app().questions_for_file(&job.to_string(), candidates[0]).unwrap();
    assert_eq!(asked(&phone).answers, None);
    assert!(asked(&phone).may_answer.iter().any(|asks| asks.id == PHOTO));
    assert!(asked(&phone).may_answer.iter().all(|asks| asks.id != SIGNATURE));
    phone.app().answer_with_file(&job.to_string(), PHOTO, candidates[0]).unwrap();
    assert_eq!(question(&phone, job, PHOTO).files, [sha256]);
    assert_eq!(asked(&phone).answers.map(|asks| asks.id).as_deref(), Some(PHOTO));

    let other = office.job(office.ana, &[]).job;
    phone.sync().await;
    let foreign = phone.app().answer_with_file(&other.to_string(), PHOTO, candidates[0]);
    assert!(matches!(foreign, Err(AppError::NotFound { .. })), "{foreign:?}");
}

/// A photo of an earlier day, chosen from the album: it was neither taken now nor here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chosen_photo_has_no_place_and_says_itself_when_it_was_taken() {
    let (office, phone, job) = visit().await;
    let claims = SampleClaims { taken: Some("2021:03:02 14:05:09".to_owned()), ..SampleClaims::default() };
    let bytes = sample_photo(5, 320, 240, &claims);
    let take = |origin: Origin, name: &str| {
        let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: name.to_owned() };
        let request = CaptureRequest { job: job.to_string(), source, question: None, stage: Stage::Found, origin };
        phone.app().attach(request).unwrap().evidence
    };
    let here = Some(Fix { latitude: 40.4, longitude: -3.7, accuracy_metres: 5.0, age_ms: 0 });
    let captured = take(Origin::Captured { here }, "now.jpg");
    let chosen = take(Origin::Chosen, "album.jpg");
    let screen = phone.app().job_screen(&job.to_string()).unwrap();
    let row = |id: Id| screen.evidence.iter().find(|row| row.evidence == id).unwrap();
    assert!(row(chosen).taken.contains("2 Mar 2021"), "{}", row(chosen).taken);
    assert!(!row(captured).taken.contains("2021"), "{}", row(captured).taken);
    assert!(row(captured).findings.contains(&"time".to_owned()), "its own time is far from the capture");
    assert!(!row(chosen).findings.contains(&"time".to_owned()), "nobody says that it was taken now");

    phone.sync().await;
    let kept = |id: Id| {
        let rows = office.hub.all::<Evidence>().unwrap();
        rows.into_iter().find(|(row, _)| row.id == id).unwrap().1
    };
    assert!(kept(captured).location.is_some() && !kept(captured).chosen);
    assert!(kept(chosen).location.is_none() && kept(chosen).chosen);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_arrives_without_the_blanks_around_it() {
    let (office, phone, job) = visit().await;
    phone.app().add_note(&job.to_string(), "  the seal is worn \n").unwrap();
    let blank = phone.app().add_note(&job.to_string(), " \t ");
    assert!(matches!(blank, Err(AppError::Refused { .. })), "{blank:?}");
    phone.app().new_job(" H7-3391 ", " leaks ").unwrap();
    phone.sync().await;
    let notes: Vec<String> = office.hub.all::<Note>().unwrap().into_iter().map(|(_, note)| note.text).collect();
    assert_eq!(notes, ["the seal is worn"]);
    let screen = phone.app().job_list(&Default::default()).unwrap();
    assert!(screen.rows.iter().any(|row| row.fault == "leaks" && row.machine == "H7-3391"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_given_up_once_nobody_asks_for_it() {
    let (_office, phone, job) = visit().await;
    let name = job.to_string();
    let asks = |question: &str| phone.app().asks(&name, question).unwrap();
    phone.answer(job, "operator_instructed", "yes").unwrap();
    assert!(asks(SIGNATURE) && asks(PHOTO));
    phone.answer(job, "operator_instructed", "no").unwrap();
    assert!(!asks(SIGNATURE), "another answer hid it");
    assert!(asks(PHOTO));
    assert!(!asks("/visit/handover/taken_out"), "what is not in the form is not asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_waited_takes_nobodys_place() {
    let (_office, phone, job) = visit().await;
    let photo = |seed: u64| sample_photo(seed, 64, 48, &SampleClaims::default());
    let file = |bytes: &[u8], late: bool| {
        let source = FileSource::Reader { reader: &mut &*bytes, name: "found.jpg".to_owned() };
        let question = Some(PHOTO.to_owned());
        // It was taken an hour ago: now is not when, and here is not where.
        let here = Some(Fix { latitude: 1.0, longitude: 2.0, accuracy_metres: 5.0, age_ms: 0 });
        let origin = Origin::of_file(Some(3_600_000), here);
        assert_eq!(origin, Origin::Chosen);
        let request = CaptureRequest { job: job.to_string(), source, question, stage: Stage::Found, origin };
        if late { phone.app().attach_late(request) } else { phone.app().attach(request) }.unwrap().sha256.hex()
    };
    let first = file(&photo(1), true);
    assert_eq!(question(&phone, job, PHOTO).value, first, "nobody had answered");
    let newer = file(&photo(2), false);
    file(&photo(3), true);
    assert_eq!(question(&phone, job, PHOTO).value, newer);
    assert_eq!(phone.app().job_screen(&job.to_string()).unwrap().evidence.len(), 3, "it is kept all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagnosis_says_what_was_changed_and_keeps_what_the_company_gave_up() {
    let (office, phone, job) = visit().await;
    let code = |list: &str, code: &str, archived: bool| {
        let value = Code { list: list.to_owned(), code: code.to_owned(), archived, ..Code::default() };
        office.hub.save(&office.hub.system(), code_id(list, code), &value).unwrap();
    };
    code("cause", "worn", false);
    code("cause", "loose", false);
    phone.sync().await;
    let name = job.to_string();
    let said = |cause: &str, findings: &str| Diagnosis {
        symptom: Some(String::new()),
        cause: Some(cause.to_owned()),
        remedy: Some(String::new()),
        findings: Some(findings.to_owned()),
        machine_state: Some(MachineState::Running),
    };
    phone.app().diagnose(&name, said("worn", "a seal")).unwrap();
    phone.sync().await;
    code("cause", "worn", true);
    phone.sync().await;
    let pickers = phone.app().code_pickers(&name).unwrap();
    let cause = pickers.iter().find(|picker| picker.list == "cause").unwrap();
    let codes: Vec<&str> = cause.options.iter().map(|option| option.code.as_str()).collect();
    assert_eq!((codes.len(), codes[0], cause.chosen.as_str()), (3, "", "worn"));
    assert!(codes.contains(&"worn") && codes.contains(&"loose"));
    // Two looked at the same page: who changed the words alone does not take back the other's cause.
    let seen = said("worn", "a seal");
    phone.app().diagnose(&name, said("loose", "a seal").changed_from(&seen)).unwrap();
    phone.app().diagnose(&name, said("worn", "two seals").changed_from(&seen)).unwrap();
    let kept = |phone: &Phone| phone.app().store().read(|rows| rows.get::<Job>(job)).unwrap().unwrap();
    assert_eq!((kept(&phone).cause.as_str(), kept(&phone).findings.as_str()), ("loose", "two seals"));
    let waiting = phone.pending();
    phone.app().diagnose(&name, said("loose", "x").changed_from(&said("loose", "x"))).unwrap();
    assert_eq!(phone.pending(), waiting, "who changed nothing says nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_device_is_called_safe_by_nobody_who_cannot_know() {
    let office = Office::open().await;
    let job = office.job(office.ana, &[office.ben]).job;
    let (ana, ben) = (office.phone(office.ana, 1).await, office.phone(office.ben, 2).await);
    ana.sync().await;
    let safety = |phone: &Phone| phone.app().job_screen(&job.to_string()).unwrap().evidence[0].safety;
    ana.photograph(job, 1);
    assert_eq!(safety(&ana), FileSafety::Here);
    ana.sync().await;
    ben.sync().await;
    assert_eq!((safety(&ana), safety(&ben)), (FileSafety::Office, FileSafety::Elsewhere));
}
