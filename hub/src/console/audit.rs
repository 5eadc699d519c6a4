//! The audit log: who did what, when and from where, over every command that the hub received and everything else that
//! people did at the office. Whoever may read it reads everything and changes nothing here.

use askama::Template;
use countersign_model::command::Origin;
use countersign_model::entity::{Device, Person, Voucher};
use countersign_model::payload::Payload;
use countersign_model::permission;
use countersign_model::record::kind;
use countersign_model::{Id, RecordRef};
use serde_json::Value;

use super::attention::job_of;
use super::calendar;
use super::desk::{Desk, Outcome, drawn};
use super::fields::{Asked, Fields, address};
use super::page::Page;
use super::saved;
use super::sent::{sent, wanted};
use super::trouble::{Trouble, refusal_text};
use super::visible::People;
use super::words::{Choice, Words};
use crate::store::{AuditFilter, Entry, OfficeEvent, Read};

/// Entries of one page.
const PAGE: usize = 100;

/// What people do at the office that is no command.
pub(crate) const EVENTS: &[&str] = &[
    "session.begin",
    "session.refused",
    "session.end",
    "session.end_one",
    "session.end_all",
    "app.place",
    "link.make",
    "password.set",
    "invite.make",
    "quarantine.confirm",
    "quarantine.reject",
    "refusal.again",
    "audit.export",
    "webhook.add",
    "webhook.remove",
    "webhook.enable",
    "webhook.disable",
    "webhook.test",
    "webhook.rotate",
    "webhook.replay",
    "webhook.private",
    "metrics.token",
    "calendar.make",
    "calendar.revoke",
    "key.rotate",
    "recovery.renew",
];

/// One line of the log.
pub(crate) struct Line {
    pub time: String,
    pub who: String,
    pub what: String,
    pub about: String,
    pub link: String,
    pub outcome: String,
    pub from: String,
    pub facts: Vec<(String, String)>,
    pub iso: String,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    page: Page,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    record: String,
    from: String,
    to: String,
    problem: String,
    lines: Vec<Line>,
    next: String,
    export: String,
}

/// Only auditors and administrators: the log tells where people sign in from.
pub(super) fn reads_it(desk: &Desk<'_>) -> Result<(), Trouble> {
    let roles = &desk.person()?.roles;
    if permission::reads_audit(roles) { Ok(()) } else { Err(Trouble::NotFound) }
}

/// Which record is meant by what was typed: an id, or the number of a job or voucher.
fn record_named(read: &Read<'_>, typed: &str) -> Result<Option<Id>, Trouble> {
    if let Ok(id) = typed.parse::<Id>() {
        return Ok(Some(id));
    }
    if let [job, ..] = read.named(kind::JOB, "number", typed)?.as_slice() {
        return Ok(Some(*job));
    }
    let vouchers = read.named(kind::VOUCHER, "number", typed)?;
    Ok(vouchers.first().map(|id| read.get::<Voucher>(*id)).transpose()?.flatten().map(|(_, voucher)| voucher.job))
}

/// The filter that the address asks for; `None` where it names a record that is not known.
pub(super) fn filter<'a>(
    read: &Read<'_>,
    words: &Words,
    query: &'a Fields,
) -> Result<Option<AuditFilter<'a>>, Trouble> {
    let typed = query.get("record");
    let record = match typed {
        "" => None,
        typed => match record_named(read, typed)? {
            Some(id) => Some(id),
            None => return Ok(None),
        },
    };
    let day = |name, plus| {
        calendar::parse_day(query.get(name)).map(|day| calendar::begin(calendar::plus(day, plus), &words.zone))
    };
    Ok(Some(AuditFilter {
        person: query.id("person"),
        kind: query.get("kind"),
        record,
        from: day("from", 0),
        to: day("to", 1),
    }))
}

/// Where the next entries stand: before this command and before this event.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    command: Option<u64>,
    event: Option<u64>,
}

/// One entry of either book.
pub(super) enum Either {
    Command(Box<Entry>),
    Event(OfficeEvent),
}

impl Either {
    fn time(&self) -> i64 {
        match self {
            Either::Command(entry) => entry.received,
            Either::Event(event) => event.time,
        }
    }
}

/// The newest entries of both books before a place, and the place behind them where there are more.
pub(super) fn entries(
    read: &Read<'_>,
    filter: &AuditFilter<'_>,
    place: Place,
    limit: usize,
) -> Result<(Vec<Either>, Option<Place>), Trouble> {
    let more = limit.saturating_add(1);
    let commands =
        read.audited_commands(filter, place.command, more)?.into_iter().map(|entry| Either::Command(Box::new(entry)));
    let events = read.audited_events(filter, place.event, more)?.into_iter().map(Either::Event);
    let mut all: Vec<Either> = commands.chain(events).collect();
    // Stable: within one book the order of the book stays.
    all.sort_by_key(|entry| std::cmp::Reverse(entry.time()));
    let has_more = all.len() > limit;
    all.truncate(limit);
    let mut next = place;
    for entry in &all {
        match entry {
            Either::Command(entry) => next.command = Some(entry.arrival),
            Either::Event(event) => next.event = Some(event.entry),
        }
    }
    Ok((all, has_more.then_some(next)))
}

/// `GET /audit?person=…&kind=…&record=…&from=…&to=…`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    reads_it(desk)?;
    let words = &desk.words;
    desk.read(|read| {
        let people = People::load(read)?;
        let query = &asked.query;
        let place = Place { command: query.get("command").parse().ok(), event: query.get("event").parse().ok() };
        let found = filter(read, words, query)?;
        let (entries, next) = match &found {
            Some(filter) => entries(read, filter, place, PAGE)?,
            None => (Vec::new(), None),
        };
        let mut lines = Vec::with_capacity(entries.len());
        for entry in &entries {
            lines.push(line(desk, read, &people, entry)?);
        }
        let kept: Vec<(&str, &str)> =
            ["person", "kind", "record", "from", "to"].into_iter().map(|name| (name, query.get(name))).collect();
        let next = next.map(|place| {
            let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
            let (command, event) = (number(place.command), number(place.event));
            let places = [("command", command.as_str()), ("event", event.as_str())];
            address("/audit", &kept.iter().copied().chain(places).collect::<Vec<_>>())
        });
        drawn(&AuditPage {
            page: desk.page(read, words.t("console-audit"), "/audit", asked)?,
            people: person_choices(words, &people, query.get("person")),
            kinds: kind_choices(words, query.get("kind")),
            record: query.get("record").to_owned(),
            from: query.get("from").to_owned(),
            to: query.get("to").to_owned(),
            problem: if found.is_none() { words.t("console-audit-no-record") } else { String::new() },
            lines,
            next: next.unwrap_or_default(),
            export: address("/audit.csv", &kept),
        })
    })
}

fn person_choices(words: &Words, people: &People, chosen: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("", words.t("console-anybody"), chosen)];
    all.extend(
        people.everybody().into_iter().map(|(id, person): (Id, &Person)| Choice::new(id, person.name.clone(), chosen)),
    );
    all
}

fn kind_choices(words: &Words, chosen: &str) -> Vec<Choice> {
    let commands = Payload::KINDS.iter().map(|(kind, _)| Choice::new(kind, wanted(words, kind), chosen));
    let events = EVENTS.iter().map(|kind| Choice::new(kind, event_word(words, kind), chosen));
    let mut named: Vec<Choice> = commands.chain(events).collect();
    named.sort_by(|one, other| one.label.cmp(&other.label));
    named.insert(0, Choice::new("", words.t("console-any"), chosen));
    named
}

fn event_word(words: &Words, kind: &str) -> String {
    let key = format!("console-office-{}", kind.replace(['.', '_'], "-"));
    if words.texts.has(&key) { words.t(&key) } else { kind.to_owned() }
}

pub(super) fn line(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Either) -> Result<Line, Trouble> {
    match entry {
        Either::Command(entry) => command_line(desk, read, people, entry),
        Either::Event(event) => event_line(desk, read, people, event),
    }
}

fn iso(milliseconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(milliseconds);
    time.map(|time| time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()).unwrap_or_default()
}

fn short(digest: &str) -> String {
    digest.chars().take(8).collect()
}

fn command_line(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Line, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let from = match &entry.origin {
        Origin::Device { id, .. } => {
            let code = read.get::<Device>(*id)?.map(|(_, device)| device.code).unwrap_or_default();
            words.of("console-from-device", "code", &code)
        }
        Origin::Console { session } => words.of("console-from-session", "session", &short(session)),
        Origin::Portal => words.t("console-from-portal"),
        Origin::Machine => words.t("console-from-machine"),
        Origin::System => words.t("console-from-hub"),
    };
    let (about, link) = match number.is_empty() {
        false => (number, job),
        true => about_record(words, &entry.command.payload),
    };
    let refusal = entry.decision.as_ref().and_then(|decision| decision.refusal.as_ref());
    let outcome = match (refusal, &entry.decision) {
        (Some(refusal), _) => refusal_text(words, refusal),
        (None, Some(decision)) => words.texts.word("decision", decision.outcome.as_str()),
        (None, None) => words.t("console-audit-undecided"),
    };
    // What was saved, old and new; everything else as it was asked for.
    let saved = match saved::record_of(entry).filter(|_| entry.command.kind == "master.save") {
        Some(record) => saved::changes(read, words, entry, &saved::of(read, record.id)?)?,
        None => Vec::new(),
    };
    let facts =
        if saved.is_empty() { sent(read, words, people, &entry.command.kind, &entry.command.payload)? } else { saved };
    Ok(Line {
        time: words.when(entry.received),
        who: people.get(entry.command.author).map(|person| person.name.clone()).unwrap_or_default(),
        what: wanted(words, &entry.command.kind),
        about,
        link,
        outcome,
        from,
        facts,
        iso: iso(entry.received),
    })
}

/// The record that a command of the office names, in words, with its page where it has one.
fn about_record(words: &Words, payload: &Value) -> (String, String) {
    let record = payload.get("record").cloned().and_then(|value| serde_json::from_value::<RecordRef>(value).ok());
    let Some(record) = record else { return Default::default() };
    let key = format!("console-kind-{}", record.kind.replace('_', "-"));
    let name = payload.pointer("/fields/name").and_then(Value::as_str).unwrap_or_default();
    let kind = if words.texts.has(&key) { words.t(&key) } else { record.kind.clone() };
    let link = match record.kind.as_str() {
        kind::PERSON => format!("/people/{}", record.id),
        kind::POLICY => format!("/policies/{}", record.id),
        _ => String::new(),
    };
    (if name.is_empty() { kind } else { format!("{kind} · {name}") }, link)
}

fn event_line(desk: &Desk<'_>, read: &Read<'_>, people: &People, event: &OfficeEvent) -> Result<Line, Trouble> {
    let words = &desk.words;
    let facts: Value = serde_json::from_str(&event.facts).unwrap_or(Value::Null);
    let about = event.about.and_then(|id| people.get(id).map(|person| (id, person.name.clone())));
    let from = match (event.origin.as_str(), event.session.as_str()) {
        ("", "") => words.t("console-from-commands"),
        ("", session) => words.of("console-from-session", "session", &short(session)),
        (origin, "") => words.of("console-from-address", "address", origin),
        (origin, session) => {
            words.with("console-from-session-at", &[("session", short(session).into()), ("address", origin.into())])
        }
    };
    Ok(Line {
        time: words.when(event.time),
        who: event.person.and_then(|id| people.get(id)).map(|person| person.name.clone()).unwrap_or_default(),
        what: event_word(words, &event.kind),
        link: about.as_ref().map(|(id, _)| format!("/people/{id}")).unwrap_or_default(),
        about: about.map(|(_, name)| name).unwrap_or_default(),
        outcome: String::new(),
        from,
        facts: sent(read, words, people, &event.kind, &facts)?,
        iso: iso(event.time),
    })
}
