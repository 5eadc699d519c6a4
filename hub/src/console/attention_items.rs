//! The items of the attention list: what happened, in words, with what can be done about it.

use std::collections::BTreeMap;

use countersign_model::Id;
use countersign_model::command::Origin;
use countersign_model::decide::{Change, Decision};
use countersign_model::entity::{Device, Fill, Flag, FlagCode, Job, Role, Voucher, voucher_id};
use countersign_model::record::{Row, Scope, kind};
use serde_json::Value;

use super::answers;
use super::attention::{flag_sentence, job_of, readable, with_job};
use super::desk::Desk;
use super::names::Names;
use super::trouble::{Trouble, refusal_text};
use super::visible::People;
use super::words::{Chip, Words};
use crate::store::{EndpointRow, Entry, Read};

/// Something that can be done: a form of one field at most.
pub(crate) struct Action {
    /// Where it is sent.
    pub address: &'static str,
    /// What the button says.
    pub label: String,
    /// What is asked for; empty where nothing is.
    pub reason: String,
    /// What else the form carries.
    pub hidden: Vec<(&'static str, String)>,
    pub danger: bool,
}

/// One thing to look at.
pub(crate) struct Item {
    pub id: String,
    pub chip: Chip,
    pub title: String,
    pub lines: Vec<String>,
    /// Details with their names: what was sent, the two answers, what would change.
    pub facts: Vec<(String, String)>,
    pub by: String,
    /// Where it leads: address and words.
    pub link: (String, String),
    pub actions: Vec<Action>,
}

/// Longest value that is shown of what was sent, characters.
const LONGEST: usize = 300;

/// What somebody wanted, in words.
pub(crate) fn wanted(words: &Words, kind: &str) -> String {
    let key = format!("console-event-{}", kind.replace('.', "-"));
    if words.texts.has(&key) { words.count(&key, 1) } else { kind.to_owned() }
}

fn by(words: &Words, read: &Read<'_>, people: &People, entry: &Entry) -> Result<String, Trouble> {
    let device = match &entry.origin {
        Origin::Device { id, .. } => read.get::<Device>(*id)?,
        _ => None,
    };
    let time = words.recorded(&entry.command.time, Some(entry.received));
    let name = people.name(entry.command.author);
    Ok(match device {
        Some((_, device)) => words
            .with("console-by-at-on", &[("name", name.into()), ("time", time.into()), ("code", device.code.into())]),
        None => words.with("console-by-at", &[("name", name.into()), ("time", time.into())]),
    })
}

/// What a command carried, in words: the fields that a person can read.
pub(crate) fn sent(words: &Words, people: &People, payload: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(words, people, payload, &mut found);
    found.truncate(12);
    found
}

fn collect(words: &Words, people: &People, value: &Value, found: &mut Vec<(String, String)>) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        let key = format!("console-sent-{}", name.replace('_', "-"));
        match value {
            // Only fields that have a name for people: ids and digests say nothing to anybody.
            Value::String(text) if words.texts.has(&key) && !text.is_empty() => {
                let text: String = readable(words, people, text).chars().take(LONGEST).collect();
                found.push((words.t(&key), text));
            }
            Value::Number(number) if words.texts.has(&key) => {
                found.push((words.t(&key), words.texts.number(&number.to_string())));
            }
            Value::Object(_) => collect(words, people, value, found),
            _ => {}
        }
    }
}

fn open_job(words: &Words, job: String) -> (String, String) {
    let label = if job.is_empty() { String::new() } else { words.t("console-open-job") };
    (job, label)
}

/// A refused command that nobody dealt with.
pub(crate) fn refused(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let refusal = entry.decision.as_ref().and_then(|decision| decision.refusal.as_ref());
    let mut lines: Vec<String> = refusal.map(|refusal| refusal_text(words, refusal)).into_iter().collect();
    lines.extend(with_job(words, &number));
    lines.push(words.t("console-refused-kept"));
    let mut actions = Vec::new();
    if desk.may("flag.close") {
        actions.push(Action {
            address: "/attention/refusal",
            label: words.t("console-close-refusal"),
            reason: words.t("console-what-was-done"),
            hidden: Vec::new(),
            danger: false,
        });
        if !job.is_empty() && desk.may("note.add") {
            actions.push(Action {
                address: "/attention/note",
                label: words.t("console-keep-as-note"),
                reason: String::new(),
                hidden: vec![("note", desk.new_id()?.to_string())],
                danger: false,
            });
        }
    }
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "danger", icon: "cross", word: words.t("console-refused") },
        title: words.of("console-refused-title", "what", &wanted(words, &entry.command.kind)),
        lines,
        facts: sent(words, people, &entry.command.payload),
        by: by(words, read, people, entry)?,
        link: open_job(words, job),
        actions,
    })
}

/// A command that a person must confirm, with what it would do.
pub(crate) fn quarantined(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let mut lines = with_job(words, &number);
    lines.push(words.t("console-quarantine-why"));
    lines.push(foreseen(desk, read, entry)?);
    let mut actions = Vec::new();
    if desk.may("device.revoke") {
        let action = |address, label: &str, danger| Action {
            address,
            label: words.t(label),
            reason: words.t("console-reason"),
            hidden: Vec::new(),
            danger,
        };
        actions.push(action("/attention/quarantine", "console-confirm-quarantine", false));
        actions.push(action("/attention/reject", "console-reject-quarantine", true));
    }
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "attention", icon: "lock", word: words.t("console-quarantine") },
        title: words.of("console-quarantine-title", "what", &wanted(words, &entry.command.kind)),
        lines,
        facts: sent(words, people, &entry.command.payload),
        by: by(words, read, people, entry)?,
        link: open_job(words, job),
        actions,
    })
}

/// What confirming would do now, in one sentence.
fn foreseen(desk: &Desk<'_>, read: &Read<'_>, entry: &Entry) -> Result<String, Trouble> {
    let words = &desk.words;
    Ok(match desk.hub().foresee(read, entry)? {
        Decision::Refused(refusal) => words.of("console-would-refuse", "why", &refusal_text(words, &refusal)),
        Decision::Waiting(_) => words.t("console-would-wait"),
        Decision::Accepted(changes) if changes.is_empty() => words.t("console-would-nothing"),
        Decision::Accepted(changes) => words.of("console-would-change", "what", &kinds(words, &changes)),
    })
}

/// The kinds of records that change, each with how many.
fn kinds(words: &Words, changes: &[Change]) -> String {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes {
        *counted.entry(change.record().kind.as_str()).or_default() += 1;
    }
    let named = counted.into_iter().map(|(kind, count)| {
        let key = format!("console-kind-{}", kind.replace('_', "-"));
        let name = if words.texts.has(&key) { words.t(&key) } else { kind.to_owned() };
        let variables = [("name", name.into()), ("count", i64::try_from(count).unwrap_or(i64::MAX).into())];
        words.with("console-kind-counted", &variables)
    });
    named.collect::<Vec<_>>().join(&words.t("console-list-and"))
}

/// A command that waits for something, or that comes from a newer app.
pub(crate) fn waiting(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    entry: &Entry,
    sort: &str,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let why = if sort == "parked" { "console-parked-why" } else { "console-waiting-why" };
    let mut lines = with_job(words, &number);
    lines.push(words.t(why));
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "info", icon: "wait", word: words.t("console-waiting") },
        title: words.of("console-waiting-title", "what", &wanted(words, &entry.command.kind)),
        lines,
        facts: sent(words, people, &entry.command.payload),
        by: by(words, read, people, entry)?,
        link: open_job(words, job),
        actions: Vec::new(),
    })
}

/// A flag that a rule raised; two answers to one question stand side by side.
pub(crate) fn flag(desk: &Desk<'_>, read: &Read<'_>, people: &People, row: &Row, flag: &Flag) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &row.scope)?;
    let by = read.entry(flag.command)?.map(|entry| by(words, read, people, &entry)).transpose()?;
    let conflict = flag.code == FlagCode::AnswerConflict;
    let mut item = Item {
        id: row.id.to_string(),
        chip: Chip { class: "attention", icon: "warn", word: words.t("console-flag") },
        title: flag_sentence(words, people, flag),
        lines: with_job(words, &number),
        facts: Vec::new(),
        by: by.unwrap_or_default(),
        link: open_job(words, job),
        actions: Vec::new(),
    };
    if conflict {
        both_answers(desk, read, people, row, flag, &mut item)?;
    }
    if desk.may("flag.close") {
        item.actions.push(Action {
            address: "/attention/flag",
            label: words.t(if conflict { "console-keep-current" } else { "console-close-flag" }),
            reason: words.t("console-what-was-done"),
            hidden: Vec::new(),
            danger: false,
        });
    }
    Ok(item)
}

/// The two answers of a conflict, and the button that takes the one that lost.
fn both_answers(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    row: &Row,
    flag: &Flag,
    item: &mut Item,
) -> Result<(), Trouble> {
    let words = &desk.words;
    let fact = |name: &str| flag.facts.get(name).cloned().unwrap_or_default();
    let person = |name: &str| fact(name).parse::<Id>().map(|id| people.name(id)).unwrap_or_default();
    let shown = |value: String| if value.is_empty() { words.t("voucher-no-answer") } else { value };
    let Some((_, fill)) = read.get::<Fill>(flag.about.id)? else { return Ok(()) };
    let sections = answers::draft(desk, read, people, fill.subject.id)?;
    let mut all = sections.iter().flat_map(|section| &section.answers);
    let path = fact("question");
    let question =
        all.find(|answer| answer.reference == path).map_or_else(|| path.clone(), |answer| answer.question.clone());
    item.title = words.of("console-conflict-title", "question", &question);
    item.facts = vec![
        (words.of("console-answer-current", "name", &person("second")), shown(fact("current"))),
        (words.of("console-answer-kept", "name", &person("first")), shown(fact("kept"))),
    ];
    let signed = match row.scope.is_job() && fill.subject.kind == kind::VISIT {
        true => {
            read.get::<Voucher>(voucher_id(fill.subject.id))?.is_some_and(|(_, voucher)| !voucher.leaves.is_empty())
        }
        false => true,
    };
    if signed {
        item.lines.push(words.t("console-conflict-signed"));
    } else if desk.may("answer.set") && desk.may("flag.close") {
        item.actions.push(Action {
            address: "/attention/take",
            label: words.of("console-take-other", "name", &person("first")),
            reason: String::new(),
            hidden: Vec::new(),
            danger: false,
        });
    }
    Ok(())
}

/// An active device that was not heard of for long.
pub(crate) fn silent(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    device: Id,
    seen: i64,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (_, body) = read.get::<Device>(device)?.ok_or(Trouble::NotFound)?;
    let visits = read.visits_of(body.person)?;
    let open = visits.iter().filter(|(_, visit)| {
        use countersign_model::entity::VisitState;
        matches!(visit.state, VisitState::Planned | VisitState::Travelling | VisitState::OnSite)
    });
    let variables = [("device", body.name.as_str().into()), ("name", people.name(body.person).into())];
    Ok(Item {
        id: device.to_string(),
        chip: Chip { class: "attention", icon: "phone", word: words.t("console-silent") },
        title: words.with("console-silent-title", &variables),
        lines: vec![
            words.of("console-device-seen", "time", &words.when(seen)),
            words.count("console-silent-visits", open.count()),
        ],
        facts: Vec::new(),
        by: String::new(),
        link: (format!("/people/{}", body.person), words.t("console-open-person")),
        actions: Vec::new(),
    })
}

/// A job with files that have not reached the office.
pub(crate) fn media(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    scope: &Scope,
    count: usize,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, scope)?;
    let body = scope.id().map(|id| read.get::<Job>(id)).transpose()?.flatten().map(|(_, job)| job);
    let files = read.evidence_state(scope)?;
    let absent: Vec<u64> = files.iter().filter(|(.., held)| !held).map(|(_, bytes, _)| *bytes).collect();
    let mut lines = vec![words.count("console-media-count", count)];
    let sentence = words.on_phone(absent.len(), files.len(), absent.iter().sum());
    lines.extend(Some(sentence).filter(|sentence| !sentence.is_empty()));
    let customer = Names::new(read, words).customer(body.as_ref().and_then(|job| job.customer))?;
    let leads = scope.id().map(|id| read.children_of::<countersign_model::entity::Visit>(id)).transpose()?;
    let visit = leads.as_deref().and_then(super::board::current_visit).map(|(_, visit)| people.name(visit.lead));
    Ok(Item {
        id: scope.id().unwrap_or_default().to_string(),
        chip: Chip { class: "attention", icon: "phone", word: words.t("console-media-missing") },
        title: words.with("console-job-numbered", &[("number", number.into()), ("customer", customer.into())]),
        lines,
        facts: Vec::new(),
        by: visit.unwrap_or_default(),
        link: open_job(words, job),
        actions: Vec::new(),
    })
}

/// A webhook endpoint to which nothing gets through. It is an administrator's to mend; others learn that something is
/// not told.
pub(crate) fn webhook(desk: &Desk<'_>, endpoint: &EndpointRow) -> Item {
    let words = &desk.words;
    let administers = desk.visitor.as_ref().is_some_and(|visitor| visitor.seen.has(&Role::Administrator));
    let link = format!("/settings/webhooks/{}", endpoint.id);
    Item {
        id: endpoint.id.to_string(),
        chip: Chip { class: "danger", icon: "warn", word: words.t("webhook-failing") },
        title: words.of("webhook-attention", "name", &endpoint.name),
        lines: vec![super::webhooks::why(words, endpoint)],
        facts: Vec::new(),
        by: String::new(),
        link: if administers { (link, words.t("webhook-open")) } else { Default::default() },
        actions: Vec::new(),
    }
}
