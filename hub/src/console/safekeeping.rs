//! The page about backups: when one was last proven, where they are, what should be put right. It changes nothing: backups
//! are taken on the machine itself, by `hub backup`.

use askama::Template;
use countersign_model::entity::Role;

use super::desk::{Desk, Outcome, drawn};
use super::fields::Asked;
use super::lists::{Cell, Column, Table};
use super::page::Page;
use super::server_state;
use super::words::{Chip, Words};
use crate::safekeeping::BackupRun;

/// How old the last proven backup may be, milliseconds: a week's work would come again from the phones, what was done in the
/// console would not.
const FRESH: i64 = 7 * 24 * 60 * 60 * 1000;

#[derive(Template)]
#[template(path = "safekeeping.html")]
struct SafekeepingPage {
    page: Page,
    class: &'static str,
    icon: &'static str,
    sentence: String,
    advice: String,
    warnings: Vec<String>,
    command: String,
    table: Table,
}

/// `GET /safekeeping`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let administers = desk.office()?.has(&Role::Administrator);
    let words = &desk.words;
    let hub = desk.hub();
    let (runs, proven) = (hub.backups()?, hub.last_proven()?);
    let (class, icon, sentence, advice) = standing(words, proven, hub.now());
    let shown = SafekeepingPage {
        page: desk.read(|read| desk.page(read, words.t("console-safekeeping"), "/safekeeping", asked))?,
        class,
        icon,
        sentence,
        advice,
        warnings: if administers { warnings(desk)? } else { Vec::new() },
        // The folder's name is the administrator's business.
        command: match administers {
            true => format!("countersign hub backup {} /…/backups --prove", hub.folder().display()),
            false => String::new(),
        },
        table: table(words, &runs, administers),
    };
    drawn(&shown)
}

fn standing(words: &Words, proven: Option<i64>, now: i64) -> (&'static str, &'static str, String, String) {
    let advice = words.t("console-safekeeping-advice");
    match proven {
        None => ("danger", "warn", words.t("console-safekeeping-never"), advice),
        Some(time) => {
            let sentence = words.with("console-safekeeping-proven", &[("time", words.when(time).into())]);
            match now.saturating_sub(time) > FRESH {
                true => ("attention", "warn", sentence, words.t("console-safekeeping-old")),
                false => ("ok", "check", sentence, words.t("console-safekeeping-good")),
            }
        }
    }
}

fn warnings(desk: &Desk<'_>) -> Result<Vec<String>, super::trouble::Trouble> {
    let (words, hub) = (&desk.words, desk.hub());
    let mut warnings = Vec::new();
    if hub.recovery_keys()?.is_none() {
        warnings.push(words.t("console-safekeeping-no-key"));
    }
    if hub.recovery_key_lies_here() {
        warnings.push(words.t("console-safekeeping-key-here"));
    }
    let journal = hub.journal_path()?;
    if journal.starts_with(hub.folder()) {
        let path = journal.display().to_string();
        warnings.push(words.with("console-safekeeping-journal-here", &[("path", path.into())]));
    }
    warnings.extend(server_state::notices(desk)?);
    Ok(warnings)
}

fn table(words: &Words, runs: &[BackupRun], administers: bool) -> Table {
    let mut keys =
        vec!["console-safekeeping-taken", "console-state", "console-safekeeping-files", "console-safekeeping-folder"];
    if !administers {
        keys.pop();
    }
    let mut columns = Column::plain(words, &keys);
    if let Some(files) = columns.get_mut(2) {
        files.number = true;
    }
    let row = |run: &BackupRun| {
        let mut cells = vec![
            Cell::text(words, "console-safekeeping-taken", words.when(run.taken)),
            Cell { chips: vec![state(words, run)], ..Cell::text(words, "console-state", String::new()) },
            Cell::number(words, "console-safekeeping-files", words.texts.number(&run.media.to_string())),
        ];
        if administers {
            cells.push(Cell::text(words, "console-safekeeping-folder", run.folder.as_str()));
        }
        cells
    };
    Table {
        columns,
        rows: runs.iter().map(row).collect(),
        next: String::new(),
        empty: words.t("console-safekeeping-empty"),
    }
}

fn state(words: &Words, run: &BackupRun) -> Chip {
    match (run.findings, run.proven) {
        (0, Some(_)) => Chip { class: "ok", icon: "check", word: words.t("console-safekeeping-is-proven") },
        (0, None) => Chip { class: "", icon: "dot", word: words.t("console-safekeeping-not-proven") },
        _ => Chip { class: "danger", icon: "warn", word: words.t("console-safekeeping-damaged") },
    }
}
