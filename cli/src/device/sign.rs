//! Preview, sign, amend.

use std::path::Path;

use countersign_device::app::{App, FileSource, SignRequest};
use countersign_device::evidence::Strokes;
use countersign_device::model::document::{Outcome, SignerRole};
use serde_json::json;

use super::of_app;
use crate::arguments::Sign;
use crate::output::{Done, Exit, Failure, Output};

/// Largest strokes file: a minute of drawing at 240 Hz is under 1 MiB.
const STROKES_BYTES: u64 = 4 << 20;

/// Shows the pages that will be signed.
pub fn preview(app: &App, id: &str, output: &Output) -> Done {
    let preview = app.preview(id).map_err(|error| of_app(&error))?;
    let paper = app.preview_paper(&preview).map_err(|error| of_app(&error))?;
    let object = json!({
        "content_sha256": preview.content_sha256, "pdf": paper, "missing": preview.missing,
        "needs_customer": preview.needs_customer, "language": preview.content.language,
        "number": preview.content.number,
    });
    output.result(&object, || {
        let missing = preview.missing.iter().map(|question| format!("\n  missing: {question}")).collect::<String>();
        format!("{}{missing}", paper.display())
    });
    Ok(if preview.missing.is_empty() { Exit::Ok } else { Exit::Refused })
}

/// Signs what the preview showed.
pub fn sign(app: &App, arguments: Sign, output: &Output) -> Done {
    let outcome = known(Outcome::from_word(&arguments.outcome), Outcome::KNOWN, "--outcome")?;
    let role = known(SignerRole::from_word(&arguments.role), SignerRole::KNOWN, "--role")?;
    let strokes = arguments.strokes.as_deref().map(read_strokes).transpose()?;
    let engineer = arguments.engineer_strokes.as_deref().map(read_strokes).transpose()?;
    let engineer_strokes = engineer
        .or_else(|| strokes.clone())
        .ok_or_else(|| Failure::usage("the engineer signs always: give --strokes or --engineer-strokes"))?;
    let stamp = arguments.stamp.map(|path| app.take_stamp(FileSource::Path(path)));
    let stamp = stamp.transpose().map_err(|error| of_app(&error))?;
    let request = SignRequest {
        name: arguments.name,
        role,
        outcome,
        remarks: arguments.remarks,
        satisfaction: arguments.satisfaction,
        aspects: arguments.aspects.into_iter().collect(),
        strokes,
        engineer_strokes,
        stamp,
        content_sha256: None,
    };
    let signed = app.sign(&arguments.id, request).map_err(|error| of_app(&error))?;
    let paper = app.paper(signed.sealed).map_err(|error| of_app(&error))?;
    let object = json!({"sealed": signed.sealed, "pdf": paper});
    output.result(&object, || match &paper {
        Some(pdf) => format!("signed {}\n{}", signed.sealed, pdf.display()),
        None => format!("signed {}; the device's own signature follows when its key is unlocked", signed.sealed),
    });
    Ok(Exit::Ok)
}

pub(super) fn known<T: PartialEq + Clone + std::fmt::Display>(word: T, all: &[T], option: &str) -> Result<T, Failure> {
    if all.contains(&word) {
        return Ok(word);
    }
    let words: Vec<String> = all.iter().map(ToString::to_string).collect();
    Err(Failure::usage(format!("{option} {word}: use one of {}", words.join(", "))))
}

/// Opens the draft of an amendment, or shows the one that is open.
pub fn amend(app: &App, id: &str, reason: &str, output: &Output) -> Done {
    let opened = app.begin_amendment(id, reason).map_err(|error| of_app(&error))?;
    let screen = app.job_screen(id).map_err(|error| of_app(&error))?;
    let current = screen.documents.iter().find(|document| !document.amended).map(|document| document.sealed);
    let paper = current.map(|sealed| app.paper(sealed)).transpose().map_err(|error| of_app(&error))?.flatten();
    let object = json!({
        "draft": opened.draft, "number": opened.number,
        "sealed": current, "pdf": paper,
    });
    output.result(&object, || format!("amendment {} is open: answer, part and sign work on it now", opened.number));
    Ok(Exit::Ok)
}

/// Reads `{"strokes":[[[x,y,ms,pressure],…],…]}`.
pub fn read_strokes(path: &Path) -> Result<Strokes, Failure> {
    let unreadable = |error: std::io::Error| Failure::environment(format!("{}: {error}", path.display()));
    if std::fs::metadata(path).map_err(unreadable)?.len() > STROKES_BYTES {
        return Err(Failure::usage(format!("{} is larger than 4 MiB: no signature is", path.display())));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    Strokes::from_json(&text).map_err(|error| Failure::refused("strokes", format!("{}: {error}", path.display())))
}
