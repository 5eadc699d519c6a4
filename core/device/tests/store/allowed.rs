//! What may be done on a visit, against the rules that judge each command: what is offered is done, what is not offered
//! would be refused.

use countersign_device::app::{
    App, AppError, CaptureRequest, Diagnosis, FileSource, Origin, PartBooking, SignRequest, TimeSpent,
};
use countersign_device::evidence::samples::sample_signature;
use countersign_device::screens::Allowed;
use countersign_model::RecordRef;
use countersign_model::decide::RefusalCode;
use countersign_model::document::{SignerRole, Stage, VoucherClass};
use countersign_model::entity::{ChargeKind, TimeKind};
use countersign_model::payload::{AnswerSet, Payload};
use countersign_model::record::kind;

use crate::booked::{JOB, Scene, charge};
use crate::world::*;

const MISREAD: &str = "the meter was misread";

/// One thing that a person does on a visit.
struct Deed {
    name: &'static str,
    is_allowed: fn(&Allowed) -> bool,
    /// Whether the rule keeps it although it is not offered: a fact of the field is never turned away.
    is_kept_anyway: bool,
    does: fn(&App) -> Result<(), AppError>,
}

const fn deed(name: &'static str, is_allowed: fn(&Allowed) -> bool, does: fn(&App) -> Result<(), AppError>) -> Deed {
    Deed { name, is_allowed, is_kept_anyway: false, does }
}

const fn fact(name: &'static str, is_allowed: fn(&Allowed) -> bool, does: fn(&App) -> Result<(), AppError>) -> Deed {
    Deed { name, is_allowed, is_kept_anyway: true, does }
}

/// In the order in which they are tried: who goes there after all does so after the session was made one by phone, and
/// the signature comes last.
const DEEDS: [Deed; 11] = [
    deed("answer", |may| may.answer, give_answer),
    fact("attach", |may| may.attach, attach),
    deed("record a time", |may| may.record_time, record_time),
    deed("read the meter", |may| may.read_meter, |app| app.read_meter(JOB, "12")),
    deed("charge", |may| may.charge, add_charge),
    deed("book a part", |may| may.book_part, book_part),
    fact("diagnose", |may| may.diagnose, |app| app.diagnose(JOB, found())),
    deed("set the class", |may| may.set_class, |app| app.set_class(JOB, VoucherClass::Paid, "agreed")),
    deed("go remote", |may| may.go_remote, |app| app.mark_remote(JOB, true)),
    deed("go there", |may| may.go_there, |app| app.mark_remote(JOB, false)),
    deed("sign", |may| may.sign, sign),
];

fn found() -> Diagnosis {
    Diagnosis { findings: Some("a seal is worn".to_owned()), ..Diagnosis::default() }
}

fn give_answer(app: &App) -> Result<(), AppError> {
    let screen = app.job_screen(JOB)?;
    let subject = match screen.draft {
        // An open draft is given back as it is.
        Some(_) => RecordRef::new(kind::AMENDMENT, app.begin_amendment(JOB, MISREAD)?.draft),
        None => RecordRef::new(kind::VISIT, screen.visit),
    };
    let Payload::AnswerSet(set) = answer("visit", "/f/a", "1") else { panic!("an answer") };
    let name = format!("answer at {}", screen.revision);
    let given = draft(&name, &job_lane(), None, Payload::AnswerSet(AnswerSet { subject, ..set }));
    Ok(give(app.store(), &given).map(|_| ())?)
}

fn attach(app: &App) -> Result<(), AppError> {
    let mut bytes: &[u8] = b"a note from the customer";
    let source = FileSource::Reader { reader: &mut bytes, name: "note.txt".to_owned() };
    let (job, stage, origin) = (JOB.to_owned(), Stage::Neither, Origin::Chosen);
    app.attach(CaptureRequest { job, source, question: None, stage, origin }).map(|_| ())
}

fn record_time(app: &App) -> Result<(), AppError> {
    app.record_time(JOB, TimeSpent { kind: TimeKind::Work, minutes: 10, kilometres: None })
}

fn add_charge(app: &App) -> Result<(), AppError> {
    app.charge(JOB, app.charge_typed(JOB, &charge(ChargeKind::Miscellaneous, "10"))?).map(|_| ())
}

fn book_part(app: &App) -> Result<(), AppError> {
    app.book_part(JOB, PartBooking { code: "HYD-12".to_owned(), quantity: "1".to_owned(), ..PartBooking::default() })
        .map(|_| ())
}

fn sign(app: &App) -> Result<(), AppError> {
    app.preview(JOB)?;
    let customer = SignRequest {
        name: "Lucia".to_owned(),
        role: SignerRole::Customer,
        strokes: Some(sample_signature(2)),
        ..request()
    };
    app.sign(JOB, customer).map(|_| ())
}

/// Does everything, and compares what became of each deed with what was offered just before it.
fn try_all(app: &App, stage: &str) -> Vec<&'static str> {
    let mut offered = Vec::new();
    for deed in &DEEDS {
        let is_allowed = (deed.is_allowed)(&app.job_screen(JOB).unwrap().may);
        let done = (deed.does)(app);
        match is_allowed {
            true => assert!(done.is_ok(), "{stage}: {} is offered and refused: {done:?}", deed.name),
            false if deed.is_kept_anyway => assert!(done.is_ok(), "{stage}: {} is turned away: {done:?}", deed.name),
            false => {
                let Err(AppError::Refused { refusal }) = done else { panic!("{stage}: {} was done", deed.name) };
                assert!(matches!(refusal.code, RefusalCode::Signed | RefusalCode::State), "{stage}: {}", deed.name);
            }
        }
        offered.extend(is_allowed.then_some(deed.name));
    }
    offered
}

#[test]
fn what_is_offered_is_done_and_what_is_not_offered_is_refused() {
    let scene = Scene::on_site();
    let app = &scene.app;
    assert!(!app.job_screen(JOB).unwrap().may.amend, "nothing is signed");
    assert_eq!(try_all(app, "open").len(), DEEDS.len(), "everything but an amendment");
    assert_eq!(try_all(app, "signed"), [""; 0]);
    assert!(app.job_screen(JOB).unwrap().may.amend);
    app.begin_amendment(JOB, MISREAD).unwrap();
    let may = app.job_screen(JOB).unwrap().may;
    assert!(!may.amend, "one is open");
    let amended = try_all(app, "amended");
    let nowhere: Vec<&str> = DEEDS.iter().map(|deed| deed.name).filter(|name| !amended.contains(name)).collect();
    // Where the visit takes place stands in no document that an amendment could change.
    assert_eq!(nowhere, ["go remote", "go there"]);
    assert_eq!(try_all(app, "amendment signed"), [""; 0]);
}
