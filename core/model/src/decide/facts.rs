//! Facts of the field: steps of a visit, times, meters, parts, charges, notes, evidence. They are always recorded.

use super::judge::{Judge, Ruling, Subject, require_text};
use super::{Refusal, RefusalCode};
use crate::entity::{
    Charge, ChargeKind, Evidence, Machine, MeterReading, Note, PartUse, TimeEntry, Visit, VisitState, claim_differs,
};
use crate::id::RecordRef;
use crate::job_state::Event;
use crate::money::quantity_of;
use crate::payload::{ChargeAdd, EvidenceAttach, MeterRead, NoteAdd, PartUsed, TimeRecorded, VisitLeave, VisitStep};
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
    if !(0..=10_080).contains(&payload.minutes) || payload.kilometres.is_some_and(|km| !(0..=100_000).contains(&km)) {
        return Err(Refusal::new(RefusalCode::Malformed).with("why", "minutes of at most a week, kilometres").into());
    }
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::TIME_ENTRY, payload.entry)?;
    let late = judge.late(&subject, "time")?;
    let entry = TimeEntry {
        subject: payload.subject,
        person: payload.person,
        kind: payload.kind,
        minutes: payload.minutes,
        kilometres: payload.kilometres,
        late,
        replaces: None,
        replaced_by: None,
        extra: Default::default(),
    };
    judge.put(payload.entry, &subject.scope, &entry);
    Ok(())
}

pub(super) fn meter_read(judge: &mut Judge<'_>, payload: MeterRead) -> Ruling {
    quantity_of(&payload.value).map_err(|problem| Refusal::new(RefusalCode::Malformed).with("why", problem))?;
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::METER_READING, payload.reading)?;
    judge.late(&subject, "meter")?;
    if let Some((row, mut machine)) = payload.machine.map(|id| judge.known::<Machine>(id)).transpose()?.flatten() {
        machine.meter = payload.value.clone();
        judge.put(row.id, &row.scope, &machine);
    }
    let reading = MeterReading {
        subject: payload.subject,
        machine: payload.machine,
        value: payload.value,
        time: judge.command.time.clone(),
        backward: false,
        extra: Default::default(),
    };
    judge.put(payload.reading, &subject.scope, &reading);
    Ok(())
}

pub(super) fn part_used(judge: &mut Judge<'_>, payload: PartUsed) -> Ruling {
    require_text("code", &payload.code)?;
    let quantity =
        quantity_of(&payload.quantity).map_err(|problem| Refusal::new(RefusalCode::Malformed).with("why", problem))?;
    if quantity.is_zero() {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "quantity").into());
    }
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::PART_USE, payload.part_use)?;
    let late = judge.late(&subject, &format!("{} x {}", payload.quantity, payload.code))?;
    let part_use = PartUse {
        subject: payload.subject,
        part: payload.part,
        code: payload.code,
        quantity: payload.quantity,
        unit_price: payload.unit_price,
        tax_basis_points: payload.tax_basis_points,
        batch: payload.batch,
        late,
        depot: None,
        payer: None,
        author: judge.command.author,
        time: judge.command.time.clone(),
        extra: Default::default(),
    };
    judge.put(payload.part_use, &subject.scope, &part_use);
    Ok(())
}

pub(super) fn charge_add(judge: &mut Judge<'_>, payload: ChargeAdd) -> Ruling {
    require_text("description", &payload.description)?;
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::CHARGE, payload.charge)?;
    let late = judge.late(&subject, &payload.description)?;
    let charge = Charge {
        subject: payload.subject,
        description: payload.description,
        line: payload.line,
        late,
        author: judge.command.author,
        kind: ChargeKind::default(),
        quantity: String::new(),
        unit_price: None,
        payer: None,
        replaces: None,
        replaced_by: None,
        extra: Default::default(),
    };
    judge.put(payload.charge, &subject.scope, &charge);
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
    if claim_differs(&payload.claims.captured, &judge.command.time) && !findings.iter().any(|word| word == "time") {
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
