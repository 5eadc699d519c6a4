//! What is done about an item of the attention list: closing, keeping as a note, confirming or turning down what is held
//! back, taking the other answer of a conflict.

use axum::response::{IntoResponse, Redirect};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::Provenance;
use countersign_model::entity::{Answer, Fill, Flag};
use countersign_model::payload::{AnswerSet, FlagClose, NoteAdd, Payload, RefusalDiscard};
use countersign_model::record::kind;
use countersign_model::{Id, RecordRef};
use serde_json::json;

use super::attention;
use super::attention_items::asked_for;
use super::desk::{Desk, Outcome, refusal_of};
use super::fields::{Asked, address};
use super::sent::wanted;
use super::trouble::{Problem, Trouble, refusal_status, refusal_text};
use super::visible::People;
use crate::service::Actor;

/// Says what was done, or shows the list again with what was refused.
fn back(desk: &Desk<'_>, asked: &Asked, result: Result<(), Trouble>, word: &str) -> Outcome {
    match refusal_of(result)? {
        None => {
            let to = address("/attention", &[("sort", asked.form.get("sort")), ("done", word)]);
            Ok(Redirect::to(&to).into_response())
        }
        Some(refusal) => {
            let problem = Problem::refused(&desk.words, &refusal);
            attention::draw(desk, asked, Some(problem), refusal_status(&refusal))
        }
    }
}

fn reason(asked: &Asked) -> Result<String, Trouble> {
    match asked.form.get("reason") {
        "" => Err(Trouble::Refused(Refusal::new(RefusalCode::Missing).with("field", "reason"))),
        reason => Ok(reason.to_owned()),
    }
}

fn close(desk: &Desk<'_>, flag: Id, reason: String) -> Result<(), Trouble> {
    let scope = desk.read(|read| Ok(read.get::<Flag>(flag)?.ok_or(Trouble::NotFound)?.0.scope))?;
    desk.order(Payload::FlagClose(FlagClose { flag, reason }), scope)
}

/// `POST /attention/flag`
pub(crate) fn close_flag(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let flag = asked.form.made_id("id")?;
    back(desk, asked, reason(asked).and_then(|reason| close(desk, flag, reason)), "closed")
}

/// A refused command is the office's to close where they may close flags.
fn closes_refusals(desk: &Desk<'_>) -> Result<(), Trouble> {
    desk.office()?;
    if desk.may("flag.close") { Ok(()) } else { Err(Trouble::NotAllowed) }
}

/// `POST /attention/refusal`
pub(crate) fn close_refusal(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    closes_refusals(desk)?;
    let command = asked.form.made_id("id")?;
    let close = || -> Result<(), Trouble> {
        let lane = desk.read(|read| Ok(read.entry(command)?.ok_or(Trouble::NotFound)?.command.lane))?;
        desk.order(Payload::RefusalDiscard(RefusalDiscard { command, reason: reason(asked)? }), lane)
    };
    back(desk, asked, close(), "closed")
}

/// `POST /attention/again`: the cause is mended, so the same command is judged once more.
pub(crate) fn judge_again(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    closes_refusals(desk)?;
    let command = asked.form.made_id("id")?;
    let again = || -> Result<(), Trouble> {
        let facts = json!({ "reason": reason(asked)? });
        desk.note_event(asked, "refusal.again", Some(command), &facts)?;
        let decision = desk.hub().judge_again(command)?;
        // Still refused is an answer: the list shows why.
        decision.refusal.map_or(Ok(()), |refusal| Err(Trouble::Refused(refusal)))
    };
    back(desk, asked, again(), "judged")
}

/// `POST /attention/note`: what was refused is written down at its job, and the refusal is closed by that.
pub(crate) fn keep_as_note(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    closes_refusals(desk)?;
    let command = asked.form.made_id("id")?;
    let note = asked.form.made_id("note")?;
    let words = &desk.words;
    let (entry, text) = desk.read(|read| {
        let entry = read.entry(command)?.ok_or(Trouble::NotFound)?;
        let people = People::load(read)?;
        let refusal = entry.decision.as_ref().and_then(|decision| decision.refusal.as_ref());
        let mut lines = vec![words.of("console-refused-title", "what", &wanted(words, &entry.command.kind))];
        lines.extend(refusal.map(|refusal| refusal_text(words, refusal)));
        lines.push(words.with(
            "console-by-at",
            &[
                ("name", people.name(entry.command.author).into()),
                ("time", words.recorded(&entry.command.time, Some(entry.received)).into()),
            ],
        ));
        let facts = asked_for(desk, read, &people, &entry)?.into_iter();
        lines.extend(facts.map(|(name, value)| {
            words.with("console-remark-on", &[("question", name.into()), ("text", value.into())])
        }));
        Ok((entry, lines.join("\n")))
    })?;
    let keep = || -> Result<(), Trouble> {
        let lane = entry.command.lane.clone();
        let job = lane.id().filter(|_| lane.is_job()).ok_or(Trouble::NotFound)?;
        let subject = RecordRef::new(kind::JOB, job);
        desk.order(Payload::NoteAdd(NoteAdd { note, subject, text, instead_of: None }), lane.clone())?;
        let reason = words.t("console-kept-as-note");
        desk.order(Payload::RefusalDiscard(RefusalDiscard { command, reason }), lane)
    };
    back(desk, asked, keep(), "noted")
}

/// Confirming and turning down is an administrator's.
fn administers(desk: &Desk<'_>) -> Result<(), Trouble> {
    if desk.may("device.revoke") { Ok(()) } else { Err(Trouble::NotAllowed) }
}

/// A person's answer to what is held back.
#[derive(Clone, Copy)]
enum Answered {
    /// Judged like any other command.
    Confirmed,
    /// Stays in the inbox and has no effect.
    Rejected,
}

/// What the answer is about.
#[derive(Clone, Copy)]
enum HeldBack {
    Command,
    /// Everything of a device that is held back.
    Device,
}

/// Notes who answered what and why, then lets the answer take effect.
fn settle(desk: &Desk<'_>, asked: &Asked, held: HeldBack, answered: Answered) -> Outcome {
    administers(desk)?;
    let id = asked.form.made_id("id")?;
    let (event, done) = match answered {
        Answered::Confirmed => ("quarantine.confirm", "confirmed"),
        Answered::Rejected => ("quarantine.reject", "rejected"),
    };
    let answer = || -> Result<(), Trouble> {
        let reason = reason(asked)?;
        let (commands, facts) = match held {
            HeldBack::Command => (vec![id], json!({ "reason": reason })),
            HeldBack::Device => {
                let commands = desk.read(|read| Ok(read.held_back_of(id)?))?;
                let facts = json!({ "reason": reason, "count": commands.len() });
                (commands, facts)
            }
        };
        desk.note_event(asked, event, Some(id), &facts)?;
        match answered {
            Answered::Confirmed => Ok(desk.hub().confirm_quarantined(&commands)?),
            Answered::Rejected => Ok(desk.hub().reject_quarantined(&commands, &reason)?),
        }
    };
    back(desk, asked, answer(), done)
}

/// `POST /attention/quarantine`
pub(crate) fn confirm(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    settle(desk, asked, HeldBack::Command, Answered::Confirmed)
}

/// `POST /attention/reject`
pub(crate) fn reject(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    settle(desk, asked, HeldBack::Command, Answered::Rejected)
}

/// `POST /attention/quarantine/device`
pub(crate) fn confirm_all(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    settle(desk, asked, HeldBack::Device, Answered::Confirmed)
}

/// `POST /attention/reject/device`
pub(crate) fn reject_all(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    settle(desk, asked, HeldBack::Device, Answered::Rejected)
}

fn actor(desk: &Desk<'_>) -> Result<Actor, Trouble> {
    let visitor = desk.visitor.as_ref().ok_or(Trouble::NotAllowed)?;
    Ok(Actor::Person { person: visitor.seen.id, session: visitor.digest.hex() })
}

/// `POST /attention/device`: a device that a restored hub did not know is what it was.
pub(crate) fn confirm_device(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    administers(desk)?;
    let device = asked.form.made_id("id")?;
    let confirm = || Ok(desk.hub().confirm_device(&actor(desk)?, device, &reason(asked)?)?);
    back(desk, asked, confirm(), "device-confirmed")
}

/// `POST /attention/device/turn-down`: what it sent is kept and has no effect.
pub(crate) fn turn_down_device(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    administers(desk)?;
    let device = asked.form.made_id("id")?;
    let turn_down = || Ok(desk.hub().turn_down_device(&actor(desk)?, device, &reason(asked)?)?);
    back(desk, asked, turn_down(), "device-turned-down")
}

/// `POST /attention/take`: the answer that lost becomes the current one, as an answer of who is signed in.
pub(crate) fn take_other(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let id = asked.form.made_id("id")?;
    let take = || -> Result<(), Trouble> {
        let (scope, current, payload) = desk.read(|read| {
            let (row, flag) = read.get::<Flag>(id)?.ok_or(Trouble::NotFound)?;
            let fact = |name: &str| flag.facts.get(name).cloned().unwrap_or_default();
            let (_, fill) = read.get::<Fill>(flag.about.id)?.ok_or(Trouble::NotFound)?;
            let lost = |answer: &Answer| {
                let author = fact("first");
                let fits = |value: &&countersign_model::entity::AnswerValue| {
                    value.author.to_string() == author && value.value.clone().unwrap_or_default() == fact("kept")
                };
                answer.kept.iter().rev().find(fits).cloned()
            };
            let path = fact("question");
            let answers = read.children_of::<Answer>(flag.about.id)?.into_iter().map(|(_, answer)| answer);
            let mut fitting = answers.filter(|answer| answer.instance.path == path);
            let (answer, value) = fitting
                .find_map(|answer| lost(&answer).map(|value| (answer, value)))
                .ok_or_else(|| Trouble::Refused(Refusal::new(RefusalCode::ChangedSince)))?;
            let payload = AnswerSet {
                subject: fill.subject,
                form: answer.form,
                purpose: fill.purpose,
                instance: answer.instance,
                value: value.value,
                provenance: Provenance::Typed,
            };
            Ok((row.scope, answer.current.command, payload))
        })?;
        desk.order_seen(&Payload::AnswerSet(payload), scope, current)?;
        close(desk, id, desk.words.t("console-other-taken"))
    };
    back(desk, asked, take(), "taken")
}
