//! The short actions of a visit: each saves one thing and says what was saved.

use countersign_device::app::{AnswerGiven, App, CaptureRequest, FileSource, Origin};
use countersign_device::model::document::{Provenance, Stage};
use serde_json::{Value, json};

use super::of_app;
use crate::arguments::{StageArgument, VisitStep};
use crate::output::{Done, Exit, Failure, Output};

/// Runs an action that saves something.
pub fn run(app: &App, action: VisitStep, output: &Output) -> Done {
    let (object, text) = perform(app, action)?;
    output.result(&object, || text);
    Ok(Exit::Ok)
}

type Saved = Result<(Value, String), Failure>;

fn perform(app: &App, action: VisitStep) -> Saved {
    match action {
        VisitStep::Travel { id } => step(app.travel(&id), "travelled", "on the way"),
        VisitStep::Arrive { id } => step(app.arrive(&id), "arrived", "arrived"),
        VisitStep::Leave { id, reason } => step(app.leave(&id, reason.word()), "left", "left"),
        VisitStep::Submit { id } => step(app.submit(&id), "submitted", "handed in for review"),
        VisitStep::Answer { id, question, value } => answer(app, &id, &question, &value),
        VisitStep::Copy { id, question } => {
            answered(app.answer(&id, &question, "", Provenance::Copied).map_err(|error| of_app(&error))?)
        }
        VisitStep::Attach { id, file, question, stage } => {
            let request = CaptureRequest {
                job: id,
                source: FileSource::Path(file),
                question,
                stage: stage_of(stage),
                origin: Origin::Chosen,
            };
            let attached = app.attach(request).map_err(|error| of_app(&error))?;
            let object = json!({"sha256": attached.sha256, "bytes": attached.bytes, "findings": attached.findings});
            let odd = if attached.findings.is_empty() {
                String::new()
            } else {
                format!(" ({})", attached.findings.join(", "))
            };
            Ok((object, format!("saved {} bytes as {}{odd}", attached.bytes, attached.sha256)))
        }
        VisitStep::Meter { id, value } => step(app.read_meter(&id, &value), "recorded", "meter recorded"),
    }
}

fn step(result: Result<(), countersign_device::app::AppError>, word: &str, text: &str) -> Saved {
    result.map_err(|error| of_app(&error))?;
    Ok((json!({"saved": word}), text.to_owned()))
}

fn answer(app: &App, job: &str, question: &str, value: &str) -> Saved {
    answered(app.answer(job, question, value, Provenance::Typed).map_err(|error| of_app(&error))?)
}

fn answered(given: AnswerGiven) -> Saved {
    let object = json!({"id": given.reference, "value": given.value, "problem": given.problem});
    let note = given.problem.map(|problem| format!(" – {problem}")).unwrap_or_default();
    Ok((object, format!("{} = {}{note}", given.reference, given.value)))
}

fn stage_of(argument: Option<StageArgument>) -> Stage {
    match argument {
        Some(StageArgument::Found) => Stage::Found,
        Some(StageArgument::Left) => Stage::Left,
        None => Stage::Neither,
    }
}
