//! Answers and repeat items: different questions merge; where two people answered one, both answers are kept.

use super::judge::{Judge, Ruling, Stop, Subject};
use super::{AnswerCheck, Need, Refusal, RefusalCode};
use crate::document::Provenance;
use crate::entity::{Answer, AnswerValue, Fill, FlagCode, Item, fill_id};
use crate::id::{Id, RecordRef};
use crate::payload::{AnswerSet, ItemChange};
use crate::record::kind;
use crate::seeded::{self, Bug};
use crate::state::Lookup;

pub(super) fn answer_set(judge: &mut Judge<'_>, payload: AnswerSet) -> Ruling {
    let value = checked_value(judge, &payload)?;
    let subject = judge.subject(&payload.subject)?;
    let fill = fill_id(&payload.subject, payload.form, &payload.purpose);
    let id = payload.instance.answer_id(fill);
    let new = AnswerValue {
        value,
        provenance: payload.provenance.clone(),
        command: judge.command.id,
        author: judge.command.author,
        time: judge.command.time.clone(),
    };
    let before = judge.view.get::<Answer>(id)?.known().map(|(_, answer)| answer);
    restore_items(judge, &subject, fill, &payload)?;
    let late = judge.late(&subject, &payload.instance.path)?;
    open_fill(judge, &subject, fill, &payload)?;
    let answer = match before {
        None => Answer {
            fill,
            instance: payload.instance,
            form: payload.form,
            current: new,
            kept: Vec::new(),
            extra: Default::default(),
        },
        Some(before) => match merged(judge, &subject, before, new, late) {
            Some(answer) => answer,
            None => return Ok(()),
        },
    };
    judge.put(id, &subject.scope, &answer);
    Ok(())
}

fn checked_value(judge: &Judge<'_>, payload: &AnswerSet) -> Ruling<Option<String>> {
    let Some(value) = &payload.value else { return Ok(None) };
    match judge.context.forms.check(payload.form, &payload.instance.path, value) {
        AnswerCheck::Fits(canonical) => Ok(Some(canonical)),
        AnswerCheck::Wrong { expected } => {
            let shown: String = value.chars().take(80).collect();
            let refusal = Refusal::new(RefusalCode::WrongAnswer).with("expected", expected).with("value", shown);
            Err(refusal.with("question", &payload.instance.path).into())
        }
        AnswerCheck::NoQuestion => {
            Err(Refusal::new(RefusalCode::NoQuestion).with("question", &payload.instance.path).into())
        }
        AnswerCheck::NoForm if judge.context.on_hub => Err(Stop::Waiting(Need::Form(payload.form))),
        AnswerCheck::NoForm => Ok(Some(value.clone())),
    }
}

/// The answer after a new value met an earlier one; `None` where the new one has no effect.
fn merged(
    judge: &mut Judge<'_>,
    subject: &Subject,
    mut answer: Answer,
    new: AnswerValue,
    late: bool,
) -> Option<Answer> {
    // An effect happens once: a phone may fold a command over a base that shows it already.
    let values = std::iter::once(&answer.current).chain(&answer.kept);
    if values.into_iter().any(|value| value.command == new.command) {
        return None;
    }
    // A default never conflicts and yields to any answer.
    if new.provenance == Provenance::Default {
        return None;
    }
    if seeded::is_on(Bug::OrderedByClock) && new.time.wall < answer.current.time.wall {
        return None;
    }
    if late {
        answer.kept.push(new);
        return Some(answer);
    }
    let seen = judge.command.seen == Some(answer.current.command);
    let yields = answer.current.provenance == Provenance::Default || answer.current.value == new.value;
    if !seen && !yields {
        let reference = RecordRef::new(kind::FILL, answer.fill);
        let facts = [
            ("question", answer.instance.path.clone()),
            ("kept", answer.current.value.clone().unwrap_or_default()),
            ("current", new.value.clone().unwrap_or_default()),
            ("first", answer.current.author.to_string()),
            ("second", new.author.to_string()),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        judge.flag(reference, &subject.scope, FlagCode::AnswerConflict, &facts);
        let lost = std::mem::replace(&mut answer.current, new);
        answer.kept.push(lost);
    } else {
        answer.current = new;
    }
    Some(answer)
}

fn open_fill(judge: &mut Judge<'_>, subject: &Subject, fill: Id, payload: &AnswerSet) -> Ruling {
    if let Lookup::Known(_) = judge.view.get::<Fill>(fill)? {
        return Ok(());
    }
    let body = Fill {
        subject: payload.subject.clone(),
        form: payload.form,
        purpose: payload.purpose.clone(),
        extra: Default::default(),
    };
    judge.put(fill, &subject.scope, &body);
    Ok(())
}

/// Edit beats delete: an item that was taken out and is edited elsewhere comes back, flagged.
fn restore_items(judge: &mut Judge<'_>, subject: &Subject, fill: Id, payload: &AnswerSet) -> Ruling {
    for item in &payload.instance.items {
        let Some((row, mut body)) = judge.view.get::<Item>(*item)?.known() else { continue };
        if body.fill == fill && body.removed {
            body.removed = false;
            body.removed_by = None;
            judge.put(row.id, &subject.scope, &body);
            let facts = [("question", payload.instance.path.as_str())];
            judge.flag(RecordRef::new(kind::FILL, fill), &subject.scope, FlagCode::ItemRestored, &facts);
        }
    }
    Ok(())
}

pub(super) fn item_add(judge: &mut Judge<'_>, payload: ItemChange) -> Ruling {
    let subject = judge.subject(&payload.subject)?;
    judge.late(&subject, &payload.repeat)?;
    let fill = fill_id(&payload.subject, payload.form, &payload.purpose);
    // Derived items (under a count) are added by both phones: adding twice is adding once.
    if let Lookup::Known(_) = judge.view.get::<Item>(payload.item)? {
        return Ok(());
    }
    let opening = AnswerSet {
        subject: payload.subject.clone(),
        form: payload.form,
        purpose: payload.purpose.clone(),
        instance: Default::default(),
        value: None,
        provenance: Provenance::Typed,
    };
    open_fill(judge, &subject, fill, &opening)?;
    let item = Item {
        fill,
        repeat: payload.repeat,
        around: payload.around,
        place: payload.place,
        removed: false,
        removed_by: None,
        extra: Default::default(),
    };
    judge.put(payload.item, &subject.scope, &item);
    Ok(())
}

pub(super) fn item_remove(judge: &mut Judge<'_>, payload: ItemChange) -> Ruling {
    let subject = judge.subject(&payload.subject)?;
    judge.late(&subject, &payload.repeat)?;
    let Some((row, mut item)) = judge.existing::<Item>(payload.item)? else { return Ok(()) };
    let fill = item.fill;
    let author = judge.command.author;
    let seen = judge.command.seen;
    let edited_elsewhere = judge.view.children::<Answer>(fill)?.into_iter().any(|(_, answer)| {
        answer.instance.items.contains(&payload.item)
            && answer.current.author != author
            && answer.current.provenance != Provenance::Default
            && Some(answer.current.command) != seen
    });
    if edited_elsewhere {
        let facts = [("question", payload.repeat.as_str())];
        judge.flag(RecordRef::new(kind::FILL, fill), &subject.scope, FlagCode::ItemRestored, &facts);
        return Ok(());
    }
    item.removed = true;
    item.removed_by = Some(judge.command.id);
    judge.put(row.id, &subject.scope, &item);
    Ok(())
}
