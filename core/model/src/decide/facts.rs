//! Facts of the field: steps of a visit, times, meters, notes, evidence. They are always recorded.

use super::judge::{Judge, Ruling, Subject, require_text};
use super::parts::flag_corrected_twice;
use super::{Refusal, RefusalCode};
use crate::entity::{Evidence, FlagCode, Machine, MeterReading, Note, TimeEntry, Visit, VisitState, claim_differs};
use crate::id::RecordRef;
use crate::job_state::Event;
use crate::limits;
use crate::money::quantity_of;
use crate::payload::{EvidenceAttach, MeterRead, NoteAdd, TimeRecorded, VisitLeave, VisitStep};
use crate::record::{Scope, kind};

/// A step names its visit; each step keeps the first time that was recorded for it.
fn step(
    judge: &mut Judge<'_>,
    visit: crate::Id,
    event: Option<Event>,
    state: VisitState,
    record: impl FnOnce(&mut Visit, &Judge<'_>),
) -> Ruling {
    let subject = judge.subject(&RecordRef::new(kind::VISIT, visit))?;
    let job = subject.job;
    let Some((row, mut body)) = subject.visit else { return Ok(()) };
    record(&mut body, judge);
    // Work on a visit that was given away or cancelled stays on it; its state stays what the office made it.
    if !matches!(body.state, VisitState::Reassigned | VisitState::Cancelled) {
        body.state = state;
    }
    let gone = matches!(body.state, VisitState::Reassigned);
    judge.put(visit, &row.scope, &body);
    if judge.context.on_hub {
        judge.flag_cancelled(job, &row.scope)?;
    }
    match event {
        Some(event) if !gone => judge.job_event(job, event),
        _ => Ok(()),
    }
}

pub(super) fn travel(judge: &mut Judge<'_>, payload: VisitStep) -> Ruling {
    step(judge, payload.visit, Some(Event::Travel), VisitState::Travelling, |visit, judge| {
        visit.travelled.get_or_insert_with(|| judge.command.time.clone());
    })
}

pub(super) fn arrive(judge: &mut Judge<'_>, payload: VisitStep) -> Ruling {
    step(judge, payload.visit, Some(Event::Arrive), VisitState::OnSite, |visit, judge| {
        visit.arrived.get_or_insert_with(|| judge.command.time.clone());
    })
}

const LEAVE_REASONS: &[&str] = &["solved", "part", "customer", "workshop", "another_visit"];

pub(super) fn leave(judge: &mut Judge<'_>, payload: VisitLeave) -> Ruling {
    if !LEAVE_REASONS.contains(&payload.reason.as_str()) {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "reason").into());
    }
    let event = if payload.reason == "solved" { Event::LeaveSolved } else { Event::LeaveWaiting };
    step(judge, payload.visit, Some(event), VisitState::Left, |visit, judge| {
        visit.left = Some(judge.command.time.clone());
        visit.leave_reason = payload.reason;
    })
}

pub(super) fn time_recorded(judge: &mut Judge<'_>, payload: TimeRecorded) -> Ruling {
    limits::within("minutes", payload.minutes, 0, limits::MOST_MINUTES)?;
    limits::within("kilometres", payload.kilometres.unwrap_or(0), 0, limits::MOST_KILOMETRES)?;
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::TIME_ENTRY, payload.entry)?;
    if let Some(replaced) = payload.replaces {
        judge.existing::<TimeEntry>(replaced)?;
        let what = format!("{} {} min", payload.kind, payload.minutes);
        flag_corrected_twice::<TimeEntry>(judge, &subject, replaced, (payload.entry, &what))?;
    }
    let late = judge.late(&subject, "time")?;
    let entry = TimeEntry {
        subject: payload.subject,
        person: payload.person,
        kind: payload.kind,
        minutes: payload.minutes,
        kilometres: payload.kilometres,
        late,
        replaces: payload.replaces,
        extra: Default::default(),
    };
    judge.put(payload.entry, &subject.scope, &entry);
    Ok(())
}

/// Meters count far beyond any quantity of parts, and never below nothing.
fn meter_value(text: &str) -> Ruling<rust_decimal::Decimal> {
    let shown: String = text.chars().take(40).collect();
    let refusal = Refusal::new(RefusalCode::NotANumber).with("field", "meter").with("value", shown);
    match quantity_of(text) {
        Ok(value) if !value.is_sign_negative() => Ok(value),
        _ => Err(refusal.into()),
    }
}

/// A reading below the one before is kept and flagged; the machine keeps the higher one, since a slip of the finger is
/// likelier than a new meter, and the office can set a new meter's reading itself.
pub(super) fn meter_read(judge: &mut Judge<'_>, payload: MeterRead) -> Ruling {
    let value = meter_value(&payload.value)?;
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::METER_READING, payload.reading)?;
    judge.late(&subject, "meter")?;
    let mut backward = false;
    if let Some((row, mut machine)) = payload.machine.map(|id| judge.known::<Machine>(id)).transpose()?.flatten() {
        let before = quantity_of(&machine.meter).ok();
        backward = before.is_some_and(|before| value < before);
        if backward {
            let facts = [("before", machine.meter.as_str()), ("now", payload.value.as_str())];
            judge.flag(row.reference(), &subject.scope, FlagCode::MeterBackward, &facts);
        } else {
            machine.meter = payload.value.clone();
            judge.put(row.id, &row.scope, &machine);
        }
    }
    let reading = MeterReading {
        subject: payload.subject,
        machine: payload.machine,
        value: payload.value,
        time: judge.command.time.clone(),
        backward,
        extra: Default::default(),
    };
    judge.put(payload.reading, &subject.scope, &reading);
    Ok(())
}

pub(super) fn note_add(judge: &mut Judge<'_>, payload: NoteAdd) -> Ruling {
    require_text("text", &payload.text)?;
    judge.unused(kind::NOTE, payload.note)?;
    let note = Note {
        subject: payload.subject,
        text: payload.text,
        author: judge.command.author,
        time: judge.command.time.clone(),
        extra: Default::default(),
    };
    let lane = judge.command.lane.clone();
    judge.put(payload.note, &lane, &note);
    Ok(())
}

/// Evidence never waits and is always stored, even for a subject that nobody knows.
pub(super) fn evidence_attach(judge: &mut Judge<'_>, payload: EvidenceAttach) -> Ruling {
    let scope = evidence_scope(judge, &payload)?;
    let mut findings = payload.findings;
    // Of what was chosen nobody says that it was taken now.
    let far_off = !payload.chosen && claim_differs(&payload.claims.captured, &judge.command.time);
    if far_off && !findings.iter().any(|word| word == "time") {
        findings.push("time".to_owned());
    }
    let evidence = Evidence {
        subject: payload.subject,
        sha256: payload.sha256,
        bytes: payload.bytes,
        media_type: payload.media_type,
        name: payload.name,
        stage: payload.stage,
        question: payload.question,
        preview: payload.preview,
        thumbnail: payload.thumbnail,
        claims: payload.claims,
        findings,
        set: payload.set,
        author: judge.command.author,
        time: judge.command.time.clone(),
        location: payload.location,
        chosen: payload.chosen,
        extra: Default::default(),
    };
    judge.put(payload.evidence, &scope, &evidence);
    Ok(())
}

fn evidence_scope(judge: &mut Judge<'_>, payload: &EvidenceAttach) -> Ruling<Scope> {
    let is_here = match payload.subject.kind.as_str() {
        kind::VISIT | kind::AMENDMENT => !judge.view.row(&payload.subject.kind, payload.subject.id)?.is_absent(),
        _ => false,
    };
    if !is_here {
        return Ok(judge.command.lane.clone());
    }
    let subject: Subject = judge.subject(&payload.subject)?;
    if subject.is_frozen() && judge.context.on_hub {
        judge.late(&subject, &payload.name)?;
    }
    Ok(subject.scope)
}
