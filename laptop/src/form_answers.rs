//! Saving answers, and adding and removing items of repeats. Each is saved when this answers, and not before.

use axum::Json;
use axum::response::IntoResponse as _;
use countersign_device::app::{AnswerGiven, AppError};
use countersign_device::model::document::Provenance;
use countersign_device::screens::{typed_answer, typed_moment};
use serde_json::json;

use crate::desk::{Desk, Outcome, done, see};
use crate::fields::{Asked, address};
use crate::form::slug;
use crate::signing::strokes_on;
use crate::trouble::Trouble;

/// `POST …/form/answer`: fields `question`, `kind`, any number of `value`, `provenance`; for a date and time `now` in the place
/// of a value; for a file of the visit `evidence`; for a signature its `strokes`. Times are picked by the company's clock.
pub(crate) fn answer(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let question = form.get("question");
    let has = |name: &str| form.0.iter().any(|(field, _)| field == name);
    if has("strokes") {
        return signature(desk, asked);
    }
    let evidence = form.get("evidence");
    if !evidence.is_empty() {
        let evidence = evidence.parse().map_err(|_| Trouble::Form)?;
        let given = desk.app().answer_with_file(job, question, evidence).map_err(of_question)?;
        return answered(asked, job, question, given);
    }
    let now = typed_moment(desk.app().now(), &desk.words.zone);
    let typed = if has("now") { vec![now.as_str()] } else { form.all("value") };
    let value = typed_answer(form.get("kind"), &typed, &desk.words.zone);
    let provenance = match form.get("provenance") {
        "copied" => Provenance::Copied,
        "measured" => Provenance::Measured,
        "scanned" => Provenance::Scanned,
        _ => Provenance::Typed,
    };
    let given = desk.app().answer(job, question, &value, provenance).map_err(of_question)?;
    answered(asked, job, question, given)
}

/// A signature for a question: the device core makes the picture of it.
fn signature(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, question) = (asked.path.get("job"), asked.form.get("question"));
    let strokes = strokes_on(asked.form.get("strokes"))?;
    let attached = desk.app().answer_with_signature(job, question, &strokes).map_err(of_question)?;
    let given = AnswerGiven { reference: question.to_owned(), value: attached.sha256.hex(), problem: None };
    answered(asked, job, question, given)
}

fn answered(asked: &Asked, job: &str, question: &str, given: AnswerGiven) -> Outcome {
    if asked.script {
        return Ok(Json(json!({ "saved": true, "value": given.value, "problem": given.problem })).into_response());
    }
    let back = address(&format!("/jobs/{job}/form"), &[("question", question), ("done", "saved")]);
    Ok(see(&format!("{back}#q-{}", slug(question))))
}

/// A question that went meanwhile is told in words, not as a page that is missing.
fn of_question(error: AppError) -> Trouble {
    match error {
        AppError::NotFound { name, .. } => {
            use countersign_device::model::decide::{Refusal, RefusalCode};
            let refusal = Refusal::new(RefusalCode::NoQuestion).with("question", name);
            AppError::Refused { refusal }.into()
        }
        other => other.into(),
    }
}

/// `POST …/form/item`: adds an item to `add`, or takes `remove` out.
pub(crate) fn item(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let (add, remove) = (form.get("add"), form.get("remove"));
    let word = match (add.is_empty(), remove.is_empty()) {
        (false, true) => desk.app().add_item(job, add).map(|_| "item-added").map_err(of_question)?,
        (true, false) => desk.app().remove_item(job, remove).map(|()| "item-removed").map_err(of_question)?,
        _ => return Err(Trouble::Form),
    };
    let page = form.get("page");
    let plain = page.bytes().all(|byte| byte.is_ascii_digit());
    done(&address(&format!("/jobs/{job}/form"), &[("page", if plain { page } else { "" })]), word)
}
