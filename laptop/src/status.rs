//! Status: the one sentence, what is still only on this device with its size, the last contact, and what a person can do:
//! send now, make room, hand the work over as a file.

use std::path::PathBuf;

use askama::Template;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse as _;
use countersign_device::app::AppError;
use countersign_device::screens::{OnlyHere, StatusScreen};
use countersign_device::sync::Wish;
use countersign_device::transfer::{ExportTo, Exported};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::door;
use crate::fields::{Asked, encoded};
use crate::page::{Frame, status};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    f: Frame,
    status: StatusScreen,
    /// What kind of file, how many, how large.
    only_here: Vec<(String, String, String)>,
    entries: String,
    contact: String,
    advice: String,
    aeroplane: bool,
    /// What a colleague needs to make a hand-over file for this device.
    key: String,
}

/// `GET /status`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let status = status(desk.shell)?;
    let words = &desk.words;
    let page = StatusPage {
        only_here: only_here(desk)?,
        entries: match status.pending_commands {
            0 => String::new(),
            count => words.count("laptop-outbox-pending", count),
        },
        contact: status.last_sync.map_or_else(|| words.t("laptop-contact-never"), |time| words.when(time)),
        advice: status.advice.clone().unwrap_or_default(),
        aeroplane: desk.shell.sync.connection().cut,
        key: desk.app().receive_key()?.to_string(),
        f: desk.frame(words.t("laptop-status"), "/status", asked)?,
        status,
    };
    drawn(&page)
}

fn only_here(desk: &Desk<'_>) -> Result<Vec<(String, String, String)>, Trouble> {
    let line = |row: OnlyHere| (row.name, row.files.to_string(), desk.words.texts.bytes(row.bytes));
    Ok(desk.app().only_here()?.into_iter().map(line).collect())
}

/// `POST /status/send`
pub(crate) fn send(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    if desk.shell.sync.connection().cut {
        return Err(Trouble::Aeroplane);
    }
    desk.shell.sync.wish(Wish::SyncNow);
    done("/status", "sending")
}

/// `POST /status/room`
pub(crate) fn make_room(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    desk.app().make_room()?;
    done("/status", "room")
}

/// What was pasted is not the key that a colleague's device shows.
fn not_a_key(text: &str) -> AppError {
    use countersign_device::model::decide::{Refusal, RefusalCode};
    let short: String = text.chars().take(40).collect();
    AppError::Refused { refusal: Refusal::new(RefusalCode::WrongAnswer).with("expected", "key").with("value", short) }
}

/// A file beside the store for a moment, under a name that nobody else has.
pub(crate) fn aside(desk: &Desk<'_>, what: &str) -> Result<PathBuf, Trouble> {
    let chance: String = door::secret()?.chars().take(16).collect();
    Ok(desk.app().store().folder().join(format!("laptop-{what}-{chance}.part")))
}

/// `POST /status/export`: everything that is only here, as one file.
pub(crate) fn export(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (to, name) = match asked.form.get("kind") {
        "rescue" => (ExportTo::Office, "rescue"),
        _ => {
            let key = asked.form.text("key").parse().map_err(|_| not_a_key(asked.form.text("key")))?;
            (ExportTo::Colleague { key, jobs: Vec::new() }, "hand-over")
        }
    };
    let file = aside(desk, "export")?;
    let written = desk.app().export(&file, &to).map_err(Trouble::from).and_then(|exported| {
        let bytes = std::fs::read(&file).map_err(|error| Trouble::Shell(error.to_string()))?;
        Ok((exported, bytes))
    });
    let _gone = std::fs::remove_file(&file);
    let (exported, bytes) = written?;
    let code: String = desk.own.code.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = format!("{name}-{code}.bundle");
    let head = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (HeaderName::from_static("x-file-name"), name),
        (HeaderName::from_static("x-said"), encoded(&said(desk, &exported))),
    ];
    Ok((head, bytes).into_response())
}

/// What is said beside a file that was made: that it is ready, and what is not in it.
pub(crate) fn said(desk: &Desk<'_>, exported: &Exported) -> String {
    match exported.left_out_words(&desk.words.texts) {
        None => desk.words.t("laptop-file-made"),
        Some(without) => desk.words.of("laptop-file-made-without", "without", &without),
    }
}
