//! The whole device, as a shell uses it, on storage that fails at every n-th call of a step: afterwards it shows what it
//! showed before the step or what it shows after it, and nothing between.
#![cfg(test)]

use countersign_device::app::{App, AppError, CaptureRequest, FileSource, Origin, SignRequest};
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_signature};
use countersign_model::document::{Outcome, Provenance, SignerRole, Stage};
use countersign_tests::bench::{Bench, id};
use countersign_tests::disk::Plan;

type Done = Result<(), AppError>;

/// One step with what must be there before.
struct Step {
    before: fn(&App),
    act: fn(&App) -> Done,
}

fn job() -> String {
    id("job").to_string()
}

/// Everything that a person sees of the job, and what waits for the hub. Ids and times differ from run to run and are
/// left out.
fn seen(app: &App) -> String {
    let form = app.form_screen(&job()).unwrap().unwrap();
    let answers: Vec<(String, String)> =
        form.pages.into_iter().flat_map(|page| page.questions).map(|row| (row.id, row.value)).collect();
    let screen = app.job_screen(&job()).unwrap();
    let evidence: Vec<String> = screen.evidence.iter().map(|row| row.sha256.hex()).collect();
    let documents: Vec<(String, bool)> =
        screen.documents.iter().map(|row| (row.number.clone(), row.pdf.is_some())).collect();
    let parts: Vec<&str> = screen.parts.iter().map(|row| row.code.as_str()).collect();
    let jobs = app.job_list(&Default::default()).unwrap().rows.len();
    let waiting = app.store().read(|rows| rows.own_commands(&["pending"])).unwrap();
    let waiting: Vec<String> = waiting.into_iter().map(|row| row.command.kind).collect();
    format!("{answers:?} {evidence:?} {documents:?} {parts:?} {:?} {:?} {jobs} {waiting:?}", screen.state, screen.draft)
}

/// Ends the process at each call of the step; the other plans, which `crash` tries at each call of the store, strike at
/// every `stride`-th.
fn before_or_after(step: &Step, stride: u64) {
    let bench = Bench::new();
    bench.prepare_app(step.before);
    let (calls, old, new) = sound(&bench, step);
    assert_ne!(old, new);
    for at in 1..=calls {
        let others = [Plan::PowerCutAt(at), Plan::BrokenOnce(at), Plan::FullFrom(at)];
        let others = others.into_iter().filter(|_| at % stride == 0);
        for plan in std::iter::once(Plan::KilledAt(at)).chain(others) {
            let folder = bench.copy(&format!("{plan:?}"));
            let app = bench.open_app(&folder).unwrap();
            bench.faults.arm(plan);
            let saved = (step.act)(&app).is_ok();
            drop(app);
            bench.faults.lose_unsynced();
            bench.faults.mend();
            let app = bench.open_app(&folder).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
            let now = seen(&app);
            assert!(
                now == new || (now == old && !saved),
                "{plan:?}, saved: {saved}\n{now}\nis neither\n{old}\nnor\n{new}"
            );
            if now == old {
                (step.act)(&app).unwrap_or_else(|error| panic!("{plan:?}, once more: {error}"));
                assert_eq!(seen(&app), new, "{plan:?}");
            }
            drop(app);
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
}

/// The calls of the step on sound storage, and what is seen before and after.
fn sound(bench: &Bench, step: &Step) -> (u64, String, String) {
    let app = bench.open_app(&bench.copy("sound")).unwrap();
    let old = seen(&app);
    bench.faults.arm(Plan::Sound);
    (step.act)(&app).unwrap();
    (bench.faults.calls(), old, seen(&app))
}

fn answer(app: &App, question: &str, value: &str) -> Done {
    app.answer(&job(), question, value, Provenance::Typed).map(|_| ())
}

#[test]
fn an_answer_is_there_or_not() {
    before_or_after(&Step { before: |_| {}, act: |app| answer(app, "hours", "4182") }, 1);
}

#[test]
fn a_photo_is_there_with_its_facts_or_not() {
    let act = |app: &App| {
        let bytes = sample_photo(1, 64, 48, &SampleClaims::default());
        let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: "leak.jpg".to_owned() };
        app.attach(CaptureRequest {
            job: job(),
            source,
            question: None,
            stage: Stage::Found,
            origin: Origin::Captured { here: None },
        })
        .map(|_| ())
    };
    before_or_after(&Step { before: |_| {}, act }, 4);
}

#[test]
fn a_job_made_on_site_is_there_with_its_visit_and_number_or_not() {
    before_or_after(&Step { before: |_| {}, act: |app| app.new_job("X-1", "broken as well").map(|_| ()) }, 4);
}

fn shown(app: &App) {
    answer(app, "machine_runs", "yes").unwrap();
    app.preview(&job()).unwrap();
}

fn sign(app: &App) -> Done {
    let request = SignRequest {
        name: "Ana Ruiz".to_owned(),
        role: SignerRole::Customer,
        outcome: Outcome::Accepted,
        remarks: String::new(),
        satisfaction: None,
        aspects: Default::default(),
        strokes: None,
        engineer_strokes: sample_signature(1),
        stamp: None,
        content_sha256: None,
    };
    app.sign(&job(), request).map(|_| ())
}

/// Signed and vouched for, or not at all: what was cut off between the two is finished by the next start.
#[test]
fn a_signature_is_there_with_the_devices_own_or_not() {
    before_or_after(&Step { before: shown, act: sign }, 5);
}

#[test]
fn an_amendments_draft_is_open_or_not() {
    let before = |app: &App| {
        shown(app);
        sign(app).unwrap();
    };
    let act = |app: &App| app.begin_amendment(&job(), "measured again").map(|_| ());
    before_or_after(&Step { before, act }, 4);
}
