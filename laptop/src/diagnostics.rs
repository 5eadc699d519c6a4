//! Diagnostics for a supporter: versions and counts of this device, to read and as a file, with nothing of a customer.

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::sync::Connection;
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome, drawn};
use crate::fields::Asked;
use crate::page::{Frame, status};
use crate::trouble::Trouble;

/// This program's own version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Template)]
#[template(path = "diagnostics.html")]
struct DiagnosticsPage {
    f: Frame,
    /// What it is called, and what it is.
    facts: Vec<(String, String)>,
}

/// `GET /settings/diagnostics`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let words = &desk.words;
    let mut f = desk.frame(words.t("laptop-diagnostics"), "/settings", asked)?;
    f.back = "/settings".to_owned();
    let status = status(desk.shell)?;
    let files = format!("{} · {}", status.unconfirmed_media, words.texts.bytes(status.unconfirmed_bytes));
    let changed = if status.log_changed.is_some() { "yes" } else { "no" };
    let facts = [
        ("laptop-version", VERSION.to_owned()),
        ("laptop-system", system()),
        ("word-device", desk.own.code.clone()),
        ("laptop-language", words.language().own_name().to_owned()),
        ("laptop-connection", f.strip.connection.word.clone()),
        ("laptop-free-space", free_bytes(desk).map(|free| words.texts.bytes(free)).unwrap_or_default()),
        ("laptop-entries-only-here", status.pending_commands.to_string()),
        ("laptop-diagnostics-files-only-here", files),
        ("laptop-attention", status.attention.to_string()),
        ("laptop-contact", status.last_sync.map(|time| words.when(time)).unwrap_or_default()),
        ("laptop-sync-problem", status.advice.unwrap_or_default()),
        ("laptop-log-changed", words.t(changed)),
    ];
    let row = |(name, fact): (&str, String)| (words.t(name), if fact.is_empty() { words.t("none") } else { fact });
    drawn(&DiagnosticsPage { facts: facts.into_iter().map(row).collect(), f })
}

/// `GET /settings/diagnostics.json`: the same as a file, in the names that support knows in every language.
pub(crate) fn download(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    let text = serde_json::to_string_pretty(&facts(desk)?).map_err(|error| Trouble::Shell(error.to_string()))?;
    let head = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"countersign-diagnostics.json\""),
    ];
    Ok((head, text).into_response())
}

fn facts(desk: &Desk<'_>) -> Result<Value, Trouble> {
    let status = status(desk.shell)?;
    // The proof is JSON itself; support checks its signatures.
    let proof: Option<Value> = status.log_changed.as_deref().and_then(|text| serde_json::from_str(text).ok());
    Ok(json!({
        "program": VERSION,
        "system": system(),
        "device": desk.own.code,
        "language": desk.words.language().tag(),
        "connection": connection(&desk.shell.sync.connection()),
        "free_bytes": free_bytes(desk),
        "entries_only_here": status.pending_commands,
        "files_only_here": status.unconfirmed_media,
        "bytes_only_here": status.unconfirmed_bytes,
        "attention": status.attention,
        "last_contact": status.last_sync,
        "sync_problem": status.problem,
        "office_log_changed": proof,
        "scopes_fetched_anew": status.scopes_fetched_anew,
    }))
}

fn connection(now: &Connection) -> Value {
    json!({
        "cut": now.cut, "connected": now.connected, "since": now.since, "working": now.working, "problem": now.problem,
    })
}

fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// Free bytes where the store is; `None` where the system does not say.
fn free_bytes(desk: &Desk<'_>) -> Option<u64> {
    let store = desk.app().store();
    store.files().free_space(store.folder()).ok()
}
