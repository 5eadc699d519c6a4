//! Visits by phone or video: what makes a visit one, and which later visit collects its sign-off.

use super::judge::{Judge, Ruling};
use super::visits::check_open;
use super::{Refusal, RefusalCode};
use crate::entity::Visit;
use crate::id::{Id, RecordRef};
use crate::payload::{VisitCollect, VisitRemote};
use crate::record::kind;

/// A visit by phone or video waits for its sign-off, so it collects none itself; and one whose sign-off is collected
/// already stays what it is.
pub(super) fn visit_remote(judge: &mut Judge<'_>, payload: VisitRemote) -> Ruling {
    let subject = judge.subject(&RecordRef::new(kind::VISIT, payload.visit))?;
    if judge.late(&subject, "remote")? {
        return Ok(());
    }
    let Some((row, mut visit)) = subject.visit else { return Ok(()) };
    let bound = if payload.remote { !visit.collects.is_empty() } else { visit.collected_by.is_some() };
    if bound {
        return Err(Refusal::new(RefusalCode::State).with("state", &visit.state).into());
    }
    visit.remote = payload.remote;
    judge.put(row.id, &row.scope, &visit);
    Ok(())
}

/// Remote visits join those whose sign-off a visit collects. What was collected in the field is a fact, whatever became
/// of the visit meanwhile; a phone begins it on a visit that still stands.
pub(super) fn visit_collect(judge: &mut Judge<'_>, payload: VisitCollect) -> Ruling {
    let subject = judge.subject(&RecordRef::new(kind::VISIT, payload.visit))?;
    let Some((row, mut visit)) = subject.visit else { return Ok(()) };
    if !judge.context.on_hub {
        check_open(&visit)?;
    }
    if visit.remote || payload.collects.contains(&payload.visit) {
        return Err(Refusal::new(RefusalCode::State).with("state", &visit.state).into());
    }
    collect(judge, payload.visit, &payload.collects)?;
    for id in payload.collects {
        if !visit.collects.contains(&id) {
            visit.collects.push(id);
        }
    }
    judge.put(row.id, &row.scope, &visit);
    Ok(())
}

/// The remote visits whose sign-off a visit collects say so too: who collects works on their vouchers.
pub(super) fn collect(judge: &mut Judge<'_>, collector: Id, collected: &[Id]) -> Ruling {
    for id in collected {
        let Some((row, mut visit)) = judge.existing::<Visit>(*id)? else { continue };
        if !visit.remote {
            return Err(Refusal::new(RefusalCode::State).with("state", &visit.state).into());
        }
        visit.collected_by = Some(collector);
        judge.put(row.id, &row.scope, &visit);
    }
    Ok(())
}
