//! What a person does on a device, drawn by chance. A person may try what the state does not allow: the app says no, and
//! nothing has happened.

mod later;

use countersign_device::app::{App, AppError, CaptureRequest, FileSource, Origin, Remedy, SignRequest, TimeSpent};
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_signature};
use countersign_model::document::{Outcome, Provenance, SignerRole, Stage, VoucherClass};
use countersign_model::entity::TimeKind;
use countersign_model::{Digest, Id};

use crate::chance::Chance;

/// What came of an act.
pub struct Done {
    /// What was tried.
    pub what: &'static str,
    /// Nothing, or the word of the refusal.
    pub refused: Option<String>,
    /// The document that was signed.
    pub signed: Option<Digest>,
    /// The refused command that was dealt with.
    pub dealt_with: Option<Id>,
}

/// The kinds of acts with their weights.
const ACTS: &[(u64, &str)] = &[
    (16, "go on"),
    (14, "answer"),
    (5, "photograph"),
    (5, "part"),
    (4, "travel"),
    (4, "arrive"),
    (4, "time"),
    (2, "meter"),
    (5, "note"),
    (3, "charge"),
    (8, "sign"),
    (5, "hand in"),
    (5, "amend"),
    (1, "give up amendment"),
    (3, "leave"),
    (2, "new job"),
    (2, "class"),
    (2, "take back"),
    (2, "correct time"),
    (2, "remove charge"),
    (2, "diagnose"),
    (2, "ask"),
    (2, "annotate"),
    (2, "mark remote"),
    (2, "plan own"),
    (2, "take cash"),
    (1, "hand over cash"),
    (2, "helpers"),
    (3, "remedy"),
    (2, "file what was found"),
    (1, "confirm held"),
    (1, "flush"),
];

fn drawn(chance: &mut Chance) -> &'static str {
    let all: u64 = ACTS.iter().map(|(weight, _)| weight).sum();
    let mut at = chance.below(all);
    for (weight, what) in ACTS {
        if at < *weight {
            return what;
        }
        at -= weight;
    }
    "flush"
}

/// The word of a refusal: errors name folders, which differ from run to run.
pub fn word_of(error: &AppError) -> String {
    match error {
        AppError::Refused { refusal } => format!("refused {}", refusal.code),
        other => format!("{other:?}").chars().take_while(char::is_ascii_alphanumeric).collect(),
    }
}

/// Does something on one of these jobs.
pub fn act(app: &App, jobs: &[Id], people: &[Id], chance: u64) -> Done {
    let mut chance = Chance::new(chance);
    let what = drawn(&mut chance);
    let job = job_here(app, jobs, &mut chance);
    let (mut signed, mut dealt_with) = (None, None);
    let outcome = match what {
        "sign" => sign(app, &job, &mut chance).map(|sealed| signed = Some(sealed)),
        "remedy" => remedy(app, &mut chance).map(|command| dealt_with = command),
        "go on" => go_on(app, &job, &mut chance).map(|sealed| signed = sealed),
        other => plain(app, other, &job, people, &mut chance),
    };
    Done { what, refused: outcome.err().map(|error| word_of(&error)), signed, dealt_with }
}

fn pick<T: Copy>(from: &[T], chance: &mut Chance) -> Option<T> {
    let count = u64::try_from(from.len()).unwrap_or(0);
    from.get(usize::try_from(chance.below(count)).unwrap_or(0)).copied()
}

/// A job that is on this device, if a few draws find one.
fn job_here(app: &App, jobs: &[Id], chance: &mut Chance) -> String {
    let mut drawn = String::new();
    for _ in 0..4 {
        drawn = pick(jobs, chance).map(|job| job.to_string()).unwrap_or_default();
        if app.find_job(&drawn).is_ok() {
            break;
        }
    }
    drawn
}

/// The next step of the visit: hands in what is signed, signs where that can be, else arrives or sets off.
fn go_on(app: &App, job: &str, chance: &mut Chance) -> Result<Option<Digest>, AppError> {
    if app.submit(job).is_ok() {
        return Ok(None);
    }
    match sign(app, job, chance) {
        Ok(sealed) => Ok(Some(sealed)),
        Err(_) => app.arrive(job).or_else(|_| app.travel(job)).map(|()| None),
    }
}

fn plain(app: &App, what: &str, job: &str, people: &[Id], chance: &mut Chance) -> Result<(), AppError> {
    match what {
        "answer" => answer(app, job, chance),
        "photograph" => photograph(app, job, chance),
        "part" => {
            let code = ["SEAL-0042", "SEAL-0043", "HOSE-7"][usize::try_from(chance.below(3)).unwrap_or(0)];
            app.use_part(job, code, &(1 + chance.below(3)).to_string(), "").map(|_| ())
        }
        "travel" => app.travel(job),
        "arrive" => app.arrive(job),
        "time" => {
            let minutes = i64::try_from(5 + chance.below(200)).unwrap_or(5);
            let kind = if chance.below(2) == 0 { TimeKind::Work } else { TimeKind::Travel };
            app.record_time(job, TimeSpent { kind, minutes, kilometres: None })
        }
        "meter" => app.read_meter(job, &(1_000 + chance.below(5_000)).to_string()),
        "note" => app.add_note(job, &format!("note {}", chance.below(100_000))),
        "charge" => later::charge(app, job, chance),
        "hand in" => app.submit(job),
        "amend" => app.begin_amendment(job, "a figure was wrong").map(|_| ()),
        "give up amendment" => app.discard_amendment(job, "it was right after all"),
        "leave" => {
            let reasons = ["solved", "waits_for_part", "waits_for_customer", "another_visit"];
            app.leave(job, reasons[usize::try_from(chance.below(4)).unwrap_or(0)])
        }
        "new job" => app.new_job(&format!("X{}", chance.below(50)), "found on the way").map(|_| ()),
        "class" => app.set_class(job, class(chance), "the contract says so"),
        "helpers" => {
            let name = pick(people, chance).map(|person| person.to_string()).unwrap_or_default();
            let (add, remove) = if chance.below(2) == 0 { (vec![name], vec![]) } else { (vec![], vec![name]) };
            app.change_helpers(job, &add, &remove)
        }
        "take back" => later::take_back(app, job, chance),
        "correct time" => later::correct_time(app, job, chance),
        "remove charge" => later::remove_charge(app, job, chance),
        "diagnose" => later::diagnose(app, job, chance),
        "ask" => later::ask(app, job, chance),
        "annotate" => later::annotate(app, job, chance),
        "mark remote" => later::mark_remote(app, job, chance),
        "plan own" => later::plan_own(app, job, chance),
        "take cash" => later::take_cash(app, job, chance),
        "hand over cash" => later::hand_over_cash(app, chance),
        "file what was found" => file_found(app, job),
        "confirm held" => app.confirm_held_work(),
        _ => app.flush(),
    }
}

fn class(chance: &mut Chance) -> VoucherClass {
    match chance.below(3) {
        0 => VoucherClass::Internal,
        1 => VoucherClass::Paid,
        _ => VoucherClass::Free,
    }
}

fn answer(app: &App, job: &str, chance: &mut Chance) -> Result<(), AppError> {
    let (question, value) = match chance.below(4) {
        0 | 1 => ("machine_runs", if chance.below(3) == 0 { "no" } else { "yes" }.to_owned()),
        2 => ("hours", chance.below(200_000).to_string()),
        _ => ("fault", format!("it leaks {}", chance.below(1_000))),
    };
    app.answer(job, question, &value, Provenance::Typed).map(|_| ())
}

fn photograph(app: &App, job: &str, chance: &mut Chance) -> Result<(), AppError> {
    // Few different pictures: the same bytes come from two devices now and then.
    let bytes = sample_photo(chance.below(12), 64, 48, &SampleClaims::default());
    let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: "photo.jpg".to_owned() };
    let stage = if chance.below(2) == 0 { Stage::Found } else { Stage::Left };
    app.attach(CaptureRequest {
        job: job.to_owned(),
        source,
        question: None,
        stage,
        origin: Origin::Captured { here: None },
    })
    .map(|_| ())
}

fn sign(app: &App, job: &str, chance: &mut Chance) -> Result<Digest, AppError> {
    // Whoever signs has answered what must be answered, mostly.
    if chance.below(4) != 0 {
        app.answer(job, "machine_runs", "yes", Provenance::Typed)?;
    }
    let shown = app.preview(job)?;
    let outcome = if chance.below(4) == 0 { Outcome::Remarks } else { Outcome::Accepted };
    let remarks = if outcome == Outcome::Accepted { "" } else { "the door is scratched" };
    let request = SignRequest {
        name: "M. Lin".to_owned(),
        role: SignerRole::Customer,
        outcome,
        remarks: remarks.to_owned(),
        satisfaction: Some(4),
        aspects: Default::default(),
        strokes: Some(sample_signature(1)),
        engineer_strokes: sample_signature(2),
        stamp: None,
        content_sha256: Some(shown.content_sha256),
    };
    app.sign(job, request).map(|signed| signed.sealed)
}

/// Says where a file belongs that a stop left without a job.
fn file_found(app: &App, job: &str) -> Result<(), AppError> {
    let waiting = app.store().read(|rows| rows.media_for_attention())?;
    let Some(file) = waiting.iter().find(|file| !file.damaged) else { return Ok(()) };
    app.file_found(file.sha256, job, Stage::Found).map(|_| ())
}

fn remedy(app: &App, chance: &mut Chance) -> Result<Option<Id>, AppError> {
    let refused = app.store().read(|rows| rows.own_commands(&["refused"]))?;
    let Some(row) = pick(&refused.iter().map(|row| row.command.id).collect::<Vec<Id>>(), chance) else {
        return Ok(None);
    };
    let remedy = match chance.below(3) {
        0 => Remedy::Fix { value: Some("yes".to_owned()) },
        1 => Remedy::Note,
        _ => Remedy::Discard { reason: "it does not matter any more".to_owned() },
    };
    app.remedy(row, remedy).map(|()| Some(row))
}
