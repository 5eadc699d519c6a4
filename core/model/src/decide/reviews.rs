//! Reviews: compare-and-set on the leaves, nobody reviews their own voucher.

use super::judge::{Judge, Ruling, refuse, require_text};
use super::{Refusal, RefusalCode};
use crate::entity::{
    Code, Document, Flag, Remark, Review, ReviewOutcome, Visit, VisitState, Voucher, VoucherState, code_id, code_list,
    document_id, voucher_id,
};
use crate::id::Id;
use crate::job_state::Event;
use crate::language::LocalText;
use crate::payload::{FlagClose, ReviewDecide};
use crate::record::kind;

pub(super) fn review_decide(judge: &mut Judge<'_>, mut payload: ReviewDecide) -> Ruling {
    let Some((row, mut voucher)) = judge.known::<Voucher>(voucher_id(payload.visit))? else { return Ok(()) };
    judge.unused(kind::REVIEW, payload.review)?;
    if let Some((_, visit)) = judge.known::<Visit>(payload.visit)?
        && visit.has(judge.command.author)
    {
        return refuse(RefusalCode::OwnVoucher);
    }
    if voucher.state != VoucherState::Submitted {
        return Err(Refusal::new(RefusalCode::State).with("state", &voucher.state).into());
    }
    let mut looked_at = payload.leaves.clone();
    looked_at.sort();
    if looked_at != voucher.leaves {
        return refuse(RefusalCode::ChangedSince);
    }
    let event = match payload.outcome {
        ReviewOutcome::Approved => {
            check_approval(judge, &payload)?;
            voucher.state = VoucherState::Approved;
            approval_event(judge, &voucher)?
        }
        ReviewOutcome::Returned => {
            check_return(&payload)?;
            payload.remarks = worded(judge, std::mem::take(&mut payload.remarks))?;
            voucher.state = VoucherState::Returned;
            Some(Event::Return)
        }
        ReviewOutcome::Other(_) => return refuse(RefusalCode::Malformed),
    };
    let review = Review {
        voucher: row.id,
        job: voucher.job,
        leaves: payload.leaves,
        outcome: payload.outcome,
        remarks: payload.remarks,
        missing: payload.missing,
        reviewer: judge.command.author,
        time: judge.command.time.clone(),
        round: voucher.round,
        extra: Default::default(),
    };
    judge.put(payload.review, &row.scope, &review);
    judge.put(row.id, &row.scope, &voucher);
    match event {
        Some(event) => judge.job_event(voucher.job, event),
        None => Ok(()),
    }
}

/// A job is done when the last thing to be done on it is approved: while another visit is under way or under review
/// the job stays where that one put it, and after leaving with the fault unsolved it waits for the next visit.
fn approval_event(judge: &Judge<'_>, approved: &Voucher) -> Ruling<Option<Event>> {
    let visits = judge.view.children::<Visit>(approved.job)?;
    let gone = |visit: &Visit| matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled);
    let mut standing: Vec<(Id, Visit)> =
        visits.into_iter().map(|(row, visit)| (row.id, visit)).filter(|(_, visit)| !gone(visit)).collect();
    standing.sort_by_key(|(_, visit)| visit.ordinal);
    for (id, _) in standing.iter().filter(|(id, _)| *id != approved.visit) {
        let other = judge.view.get::<Voucher>(voucher_id(*id))?.known();
        if other.is_some_and(|(_, other)| other.state != VoucherState::Approved) {
            return Ok(None);
        }
    }
    let solved = standing.last().is_none_or(|(_, visit)| matches!(visit.leave_reason.as_str(), "" | "solved"));
    Ok(Some(if solved { Event::Approve } else { Event::ApproveUnfinished }))
}

/// A return that does not say what is wanted helps nobody.
fn check_return(payload: &ReviewDecide) -> Ruling {
    if payload.remarks.is_empty() {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "remarks").into());
    }
    let unsaid = |remark: &&Remark| remark.code.is_empty() && remark.text.trim().is_empty();
    match payload.remarks.iter().find(unsaid) {
        Some(remark) => require_text("remarks", &remark.text),
        None => Ok(()),
    }
}

/// Each standard remark with its words in every language, as the list has them now: what was asked for stays the same
/// when somebody edits the list later, and an engineer reads it without holding the list.
fn worded(judge: &Judge<'_>, remarks: Vec<Remark>) -> Ruling<Vec<Remark>> {
    let word = |remark: Remark| {
        if remark.code.is_empty() {
            return Ok(Remark { words: LocalText::default(), ..remark });
        }
        let code = judge.known::<Code>(code_id(code_list::REMARK, &remark.code))?;
        Ok(match code {
            Some((_, code)) => Remark { words: code.name, ..remark },
            None => remark,
        })
    };
    remarks.into_iter().map(word).collect()
}

fn check_approval(judge: &Judge<'_>, payload: &ReviewDecide) -> Ruling {
    if payload.leaves.len() > 1 {
        return refuse(RefusalCode::SeveralDocuments);
    }
    for leaf in &payload.leaves {
        let Some((_, document)) = judge.known::<Document>(document_id(*leaf))? else { continue };
        if document.attestation.is_none() && !payload.without_attestation {
            return refuse(RefusalCode::Unattested);
        }
        let excused = |sha256| payload.missing.iter().any(|m| m.sha256 == sha256 && !m.reason.trim().is_empty());
        let held = |sha256| judge.context.media.holds(sha256);
        let absent: Vec<_> =
            document.sealed.content.cited_media().filter(|sha256| !held(*sha256) && !excused(*sha256)).collect();
        if !absent.is_empty() {
            return Err(Refusal::new(RefusalCode::MediaMissing).with("count", absent.len()).into());
        }
    }
    Ok(())
}

pub(super) fn flag_close(judge: &mut Judge<'_>, payload: FlagClose) -> Ruling {
    let Some((row, mut flag)) = judge.known::<Flag>(payload.flag)? else { return Ok(()) };
    flag.open = false;
    flag.facts.insert("closed".to_owned(), payload.reason);
    judge.put(payload.flag, &row.scope, &flag);
    Ok(())
}
