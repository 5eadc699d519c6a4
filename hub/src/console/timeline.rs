//! The course of a job: every command in its lane with who, when (best estimate) and where from.

use countersign_model::Id;
use countersign_model::command::Origin;
use countersign_model::entity::{DecisionOutcome, Device};
use countersign_model::record::Scope;

use super::answers;
use super::desk::Desk;
use super::trouble::Trouble;
use super::visible::People;
use super::words::Words;
use crate::store::{Entry, EntryState, Read};

/// One entry: a command, or a run of like ones.
pub(crate) struct Event {
    pub time: String,
    pub what: String,
    pub who: String,
    /// What it carried, where one command stands alone: the words of a note, an answer, a reason.
    pub details: Vec<(String, String)>,
}

/// Most commands that are read for one job; older ones stay in the records.
const MOST: usize = 5_000;

/// Commands that come in runs: forty answers are one entry, "answered 40 questions".
const RUNS: &[&str] =
    &["answer.set", "item.add", "item.remove", "evidence.attach", "evidence.annotate", "part.use", "time.record"];

/// The course of a job, oldest first.
pub(crate) fn of(desk: &Desk<'_>, read: &Read<'_>, people: &People, job: Id) -> Result<Vec<Event>, Trouble> {
    let entries = read.course_of(&Scope::job(job), MOST)?;
    let mut events = Vec::new();
    let mut rest = entries.as_slice();
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|entry| goes_with(first, entry)).count().max(1);
        events.push(event(desk, read, people, first, run)?);
        rest = rest.get(run..).unwrap_or_default();
    }
    Ok(events)
}

/// Whether two commands are told as one: same kind, same person, same device, both done.
fn goes_with(first: &Entry, other: &Entry) -> bool {
    let device = |entry: &Entry| entry.origin.device().map(|(device, _)| device);
    let done = |entry: &Entry| outcome(entry) == Some(&DecisionOutcome::Accepted);
    RUNS.contains(&first.command.kind.as_str())
        && first.command.kind == other.command.kind
        && first.command.author == other.command.author
        && device(first) == device(other)
        && done(first)
        && done(other)
}

fn outcome(entry: &Entry) -> Option<&DecisionOutcome> {
    entry.decision.as_ref().map(|decision| &decision.outcome)
}

fn event(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry, count: usize) -> Result<Event, Trouble> {
    let words = &desk.words;
    let mut what = sentence(words, entry, count);
    if let Some(outcome) = not_done(words, entry) {
        what = words.with("console-event-not-done", &[("what", what.into()), ("outcome", outcome.into())]);
    }
    Ok(Event {
        time: words.recorded(&entry.command.time, Some(entry.received)),
        what,
        who: who(read, words, people, entry)?,
        details: if count == 1 { answers::sent_words(desk, read, people, &entry.command)? } else { Vec::new() },
    })
}

/// What is told of a command that had no effect, or has none yet.
fn not_done(words: &Words, entry: &Entry) -> Option<String> {
    match (outcome(entry), &entry.state) {
        (_, EntryState::Quarantined) => Some(words.t("console-sort-quarantine")),
        (Some(DecisionOutcome::Accepted), _) => None,
        (Some(other), _) => Some(words.texts.word("decision", other.as_str())),
        (None, EntryState::Waiting | EntryState::Parked) => Some(words.t("console-waiting")),
        (None, _) => None,
    }
}

fn sentence(words: &Words, entry: &Entry, count: usize) -> String {
    let payload = &entry.command.payload;
    let outcome = payload.get("outcome").and_then(serde_json::Value::as_str).unwrap_or_default();
    let name = match (entry.command.kind.as_str(), outcome) {
        ("review.decide", "approved") => "review-approved".to_owned(),
        ("review.decide", _) => "review-returned".to_owned(),
        (kind, _) => kind.replace('.', "-"),
    };
    let key = format!("console-event-{name}");
    if words.texts.has(&key) { words.count(&key, count) } else { entry.command.kind.clone() }
}

fn who(read: &Read<'_>, words: &Words, people: &People, entry: &Entry) -> Result<String, Trouble> {
    let from = match &entry.origin {
        Origin::Device { id, .. } => {
            let code = read.get::<Device>(*id)?.map(|(_, device)| device.code).unwrap_or_default();
            words.of("console-from-device", "code", &code)
        }
        Origin::Console { .. } => words.t("console-from-console"),
        Origin::Portal => words.t("console-from-portal"),
        Origin::Machine => words.t("console-from-machine"),
        Origin::System => words.t("console-from-hub"),
    };
    let known = people.get(entry.command.author).is_some();
    match known {
        true => {
            let name = people.name(entry.command.author);
            Ok(words.with("console-who-from", &[("name", name.into()), ("from", from.into())]))
        }
        false => Ok(from),
    }
}
