//! What a person should look at: refused commands, quarantine, what waits, flags. Each item says what happened, to
//! which job, and what can be done.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::Id;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::entity::{Device, Entity, Flag, Job};
use countersign_model::payload::{FlagClose, Payload, RefusalDiscard};
use countersign_model::record::{Scope, kind};

use super::desk::{Desk, Outcome, done, drawn_as, refusal_of};
use super::fields::Asked;
use super::page::Page;
use super::trouble::{Problem, Trouble, refusal_status, refusal_text};
use super::visible::People;
use super::words::{Chip, Words};
use crate::service::AttentionItem;
use crate::store::{Entry, Read};

struct Item {
    id: String,
    chip: Chip,
    title: String,
    lines: Vec<String>,
    by: String,
    job: String,
    /// Where closing it is sent; empty where nothing can be closed.
    close: String,
    close_label: String,
}

#[derive(Template)]
#[template(path = "attention.html")]
struct AttentionPage {
    page: Page,
    problem: Option<Problem>,
    items: Vec<Item>,
    next: String,
}

/// `GET /attention`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    let found = desk.hub().attention()?;
    desk.read(|read| {
        let people = People::load(read)?;
        let mut items = Vec::with_capacity(found.len());
        for item in &found {
            items.push(match item {
                AttentionItem::Flag { row, flag } => flag_item(desk, read, &people, row.id, &row.scope, flag)?,
                AttentionItem::Refused(entry) => refused_item(desk, read, &people, entry)?,
                AttentionItem::Quarantined(entry) => quarantined_item(desk, read, &people, entry)?,
                AttentionItem::Waiting(entry) => waiting_item(words, read, &people, entry, "waiting")?,
                AttentionItem::Parked(entry) => waiting_item(words, read, &people, entry, "parked")?,
            });
        }
        let page = desk.page(read, words.t("console-attention"), "/attention", asked)?;
        drawn_as(status, &AttentionPage { page, problem, items, next: String::new() })
    })
}

/// The open flags of a job, as sentences.
pub(crate) fn flag_sentences(read: &Read<'_>, words: &Words, people: &People, job: Id) -> Result<Vec<String>, Trouble> {
    let rows = read.scope_of_kind(&Scope::job(job), kind::FLAG)?;
    let open = rows.iter().filter_map(Flag::of).filter(|flag| flag.open);
    Ok(open.map(|flag| flag_sentence(words, people, &flag)).collect())
}

/// What a flag says, with the facts that it carries.
fn flag_sentence(words: &Words, people: &People, flag: &Flag) -> String {
    let what = words.texts.word("flag", flag.code.as_str());
    let facts: Vec<String> = flag.facts.values().map(|value| readable(words, people, value)).collect();
    match facts.is_empty() {
        true => what,
        false => words.with("console-flag-with-facts", &[("what", what.into()), ("facts", facts.join(" · ").into())]),
    }
}

/// Ids of people as names; command types as their words.
fn readable(words: &Words, people: &People, value: &str) -> String {
    if let Ok(id) = value.parse::<Id>() {
        return people.name(id);
    }
    let key = format!("console-event-{}", value.replace('.', "-"));
    if words.texts.has(&key) { words.count(&key, 1) } else { value.to_owned() }
}

/// The address and name of the job of a scope.
fn job_of(read: &Read<'_>, scope: &Scope) -> Result<(String, String), Trouble> {
    let Some(id) = scope.id().filter(|_| scope.is_job()) else { return Ok(Default::default()) };
    let number = read.get::<Job>(id)?.map(|(_, job)| job.number).unwrap_or_default();
    Ok((format!("/jobs/{id}"), number))
}

fn with_job(words: &Words, number: &str) -> Vec<String> {
    if number.is_empty() { Vec::new() } else { vec![words.of("console-about-job", "number", number)] }
}

fn flag_item(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    id: Id,
    scope: &Scope,
    flag: &Flag,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, scope)?;
    let by = read.entry(flag.command)?.map(|entry| by(words, read, people, &entry)).transpose()?;
    Ok(Item {
        id: id.to_string(),
        chip: Chip { class: "attention", icon: "warn", word: words.t("console-flag") },
        title: flag_sentence(words, people, flag),
        lines: with_job(words, &number),
        by: by.unwrap_or_default(),
        job,
        close: if desk.may("flag.close") { "/attention/flag".to_owned() } else { String::new() },
        close_label: words.t("console-close-flag"),
    })
}

/// What somebody wanted, in words.
fn wanted(words: &Words, entry: &Entry) -> String {
    let key = format!("console-event-{}", entry.command.kind.replace('.', "-"));
    if words.texts.has(&key) { words.count(&key, 1) } else { entry.command.kind.clone() }
}

fn by(words: &Words, read: &Read<'_>, people: &People, entry: &Entry) -> Result<String, Trouble> {
    let device = entry.origin.device().map(|(id, _)| read.get::<Device>(id)).transpose()?.flatten();
    let time = words.recorded(&entry.command.time, Some(entry.received));
    let name = people.name(entry.command.author);
    Ok(match device {
        Some((_, device)) => words
            .with("console-by-at-on", &[("name", name.into()), ("time", time.into()), ("code", device.code.into())]),
        None => words.with("console-by-at", &[("name", name.into()), ("time", time.into())]),
    })
}

fn refused_item(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let refusal = entry.decision.as_ref().and_then(|decision| decision.refusal.as_ref());
    let mut lines: Vec<String> = refusal.map(|refusal| refusal_text(words, refusal)).into_iter().collect();
    lines.extend(with_job(words, &number));
    lines.push(words.t("console-refused-kept"));
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "danger", icon: "cross", word: words.t("console-refused") },
        title: words.of("console-refused-title", "what", &wanted(words, entry)),
        lines,
        by: by(words, read, people, entry)?,
        job,
        close: if desk.may("flag.close") { "/attention/refusal".to_owned() } else { String::new() },
        close_label: words.t("console-close-refusal"),
    })
}

fn quarantined_item(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let mut lines = with_job(words, &number);
    lines.push(words.t("console-quarantine-why"));
    let administers = desk.may("device.revoke");
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "attention", icon: "lock", word: words.t("console-quarantine") },
        title: words.of("console-quarantine-title", "what", &wanted(words, entry)),
        lines,
        by: by(words, read, people, entry)?,
        job,
        close: if administers { "/attention/quarantine".to_owned() } else { String::new() },
        close_label: words.t("console-confirm-quarantine"),
    })
}

fn waiting_item(words: &Words, read: &Read<'_>, people: &People, entry: &Entry, why: &str) -> Result<Item, Trouble> {
    let (job, number) = job_of(read, &entry.command.lane)?;
    let mut lines = with_job(words, &number);
    lines.push(words.t(&format!("console-{why}-why")));
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "info", icon: "wait", word: words.t("console-waiting") },
        title: words.of("console-waiting-title", "what", &wanted(words, entry)),
        lines,
        by: by(words, read, people, entry)?,
        job,
        close: String::new(),
        close_label: String::new(),
    })
}

/// Says what was done, or shows the list again with what was refused.
fn back(desk: &Desk<'_>, asked: &Asked, result: Result<(), Trouble>, word: &str) -> Outcome {
    match refusal_of(result)? {
        None => done("/attention", word),
        Some(refusal) => draw(desk, asked, Some(Problem::refused(&desk.words, &refusal)), refusal_status(&refusal)),
    }
}

fn reason(asked: &Asked) -> Result<String, Trouble> {
    match asked.form.get("reason") {
        "" => Err(Trouble::Refused(Refusal::new(RefusalCode::Missing).with("field", "reason"))),
        reason => Ok(reason.to_owned()),
    }
}

/// `POST /attention/flag`
pub(crate) fn close_flag(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let flag = asked.form.made_id("id")?;
    let close = || -> Result<(), Trouble> {
        let scope = desk.read(|read| Ok(read.get::<Flag>(flag)?.ok_or(Trouble::NotFound)?.0.scope))?;
        desk.order(Payload::FlagClose(FlagClose { flag, reason: reason(asked)? }), scope)
    };
    back(desk, asked, close(), "closed")
}

/// `POST /attention/refusal`
pub(crate) fn close_refusal(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    if !desk.may("flag.close") {
        return Err(Trouble::NotAllowed);
    }
    let command = asked.form.made_id("id")?;
    let close = || -> Result<(), Trouble> {
        let lane = desk.read(|read| Ok(read.entry(command)?.ok_or(Trouble::NotFound)?.command.lane))?;
        desk.order(Payload::RefusalDiscard(RefusalDiscard { command, reason: reason(asked)? }), lane)
    };
    back(desk, asked, close(), "closed")
}

/// `POST /attention/quarantine`: what a device sent is judged like any other command.
pub(crate) fn confirm(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if !desk.may("device.revoke") {
        return Err(Trouble::NotAllowed);
    }
    let command = asked.form.made_id("id")?;
    reason(asked)?;
    desk.hub().confirm_quarantined(&[command])?;
    done("/attention", "confirmed")
}
