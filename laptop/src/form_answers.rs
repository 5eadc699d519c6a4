//! Saving answers, and adding and removing items of repeats. Each is saved when this answers, and not before.

use axum::Json;
use axum::response::IntoResponse as _;
use countersign_device::app::{AnswerGiven, AppError};
use countersign_device::model::document::Provenance;
use countersign_device::screens::typed_answer;
use serde_json::json;

use crate::desk::{Desk, Outcome, done, see};
use crate::fields::{Asked, address};
use crate::form::slug;
use crate::trouble::Trouble;
use countersign_texts::Zone;

/// `POST …/form/answer`: fields `question`, `kind`, any number of `value`, `provenance`, and for a date and time the
/// browser's `offset` from UTC in minutes.
pub(crate) fn answer(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let question = form.get("question");
    let zone = form.get("offset").parse().map_or(desk.words.zone, Zone::offset);
    let value = typed_answer(form.get("kind"), &form.all("value"), &zone);
    let provenance = match form.get("provenance") {
        "copied" => Provenance::Copied,
        "measured" => Provenance::Measured,
        "scanned" => Provenance::Scanned,
        _ => Provenance::Typed,
    };
    let given = desk.app().answer(job, question, &value, provenance).map_err(of_question)?;
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
