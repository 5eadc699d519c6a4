//! Signing, attesting, submitting, amending. What was signed is always stored and never changed.

use super::judge::{Judge, Ruling, Stop, Subject, refuse, require_text};
use super::{Need, Refusal, RefusalCode};
use crate::digest::Digest;
use crate::document::{VoucherClass, check_sign_offs};
use crate::entity::{
    Amendment, AmendmentState, CashReceipt, Document, FlagCode, SignedBy, Voucher, VoucherState, document_id,
};
use crate::id::{Id, RecordRef};
use crate::job_state::Event;
use crate::payload::{AmendmentBegin, AmendmentDiscard, AmendmentReason, DocumentAttest, DocumentSign, VoucherSubmit};
use crate::record::kind;
use crate::seeded::{self, Bug};
use crate::state::Lookup;

/// Always stored on the hub, whatever the state; a phone refuses what does not hold together, before anyone signs.
pub(super) fn document_sign(judge: &mut Judge<'_>, payload: DocumentSign) -> Ruling {
    let sealed = payload.sealed.digest().map_err(|why| Refusal::new(RefusalCode::Malformed).with("why", why))?;
    let reference = RecordRef::new(kind::VISIT, payload.visit);
    let visit_here = !judge.view.row(kind::VISIT, payload.visit)?.is_absent();
    let subject = if visit_here { Some(judge.subject(&reference)?) } else { None };
    let scope = subject.as_ref().map_or_else(|| judge.command.lane.clone(), |subject| subject.scope.clone());
    if let Lookup::Known(_) = judge.view.get::<Document>(document_id(sealed))? {
        return Ok(());
    }
    let about = RecordRef::new(kind::DOCUMENT, document_id(sealed));
    check_signature_page(judge, &payload, sealed, &about, &scope)?;
    if let Some(subject) = &subject {
        check_siblings(judge, &payload, subject, &about)?;
    }
    close_draft(judge, &payload)?;
    let signed_by = judge.context.origin.device().map(|(device, seq)| SignedBy { device, seq });
    let voucher = subject.as_ref().and_then(|subject| subject.voucher.clone());
    let class = payload.sealed.content.class.clone();
    let receipt = payload.sealed.content.cash.as_ref().map(|cash| cash.receipt);
    let amends = !payload.amends.is_empty();
    let document = Document {
        kind: payload.kind,
        visit: payload.visit,
        job: payload.job,
        sealed_sha256: sealed,
        sealed: payload.sealed,
        sign_offs: payload.sign_offs,
        amends: payload.amends.clone(),
        draft: payload.draft,
        signed_by,
        attestation: None,
        pdf: None,
        extra: Default::default(),
    };
    let place = match payload.amends.first() {
        Some(amended) if seeded::is_on(Bug::SealedRowUpdated) => document_id(*amended),
        _ => document_id(sealed),
    };
    judge.put(place, &scope, &document);
    if let Some(receipt) = receipt {
        return link_receipt(judge, receipt, sealed);
    }
    put_leaves(judge, voucher, &payload.amends, sealed, class);
    judge.flag_cancelled(payload.job, &scope)?;
    judge.job_event(payload.job, if amends { Event::Amend } else { Event::Sign })
}

/// A cash receipt is a paper of its own: it stands beside the voucher and changes nothing of it.
fn link_receipt(judge: &mut Judge<'_>, receipt: Id, sealed: Digest) -> Ruling {
    let Some((row, mut receipt)) = judge.view.get::<CashReceipt>(receipt)?.known() else { return Ok(()) };
    receipt.document = Some(sealed);
    judge.put(row.id, &row.scope, &receipt);
    Ok(())
}

fn check_signature_page(
    judge: &mut Judge<'_>,
    payload: &DocumentSign,
    sealed: Digest,
    about: &RecordRef,
    scope: &crate::record::Scope,
) -> Ruling {
    let content = payload.sealed.content.digest().ok();
    let whole = content == Some(payload.content_sha256) && !payload.sealed.content.only_nobody(&payload.sign_offs);
    let needs = payload.sealed.content.needs_customer() && concerns_customer(judge, payload)?;
    let problem = check_sign_offs(sealed, needs, &payload.sign_offs).err();
    if whole && problem.is_none() {
        return Ok(());
    }
    let why = problem.map_or_else(|| "content".to_owned(), |problem| format!("{problem:?}"));
    if !judge.context.on_hub {
        return Err(Refusal::new(RefusalCode::Missing).with("field", why).into());
    }
    judge.flag(about.clone(), scope, FlagCode::SignOffIncomplete, &[("why", &why)]);
    Ok(())
}

/// A voucher always concerns the customer; an amendment where money or time changes against what it amends.
fn concerns_customer(judge: &Judge<'_>, payload: &DocumentSign) -> Ruling<bool> {
    if payload.amends.is_empty() {
        return Ok(true);
    }
    for amended in &payload.amends {
        let before = judge.view.get::<Document>(document_id(*amended))?.known();
        if before.is_some_and(|(_, before)| payload.sealed.content.concerns_customer(&before.sealed.content)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Two documents of one visit, two amendments of one parent, one number twice: all stay, and somebody looks.
fn check_siblings(judge: &mut Judge<'_>, payload: &DocumentSign, subject: &Subject, about: &RecordRef) -> Ruling {
    let leaves = subject.voucher.as_ref().map_or(&[][..], |(_, voucher)| voucher.leaves.as_slice());
    let number = payload.sealed.content.number.clone();
    let taken = judge
        .view
        .children::<Document>(payload.visit)?
        .iter()
        .any(|(_, document)| document.sealed.content.number == number);
    let code = match payload.amends.is_empty() {
        _ if payload.sealed.content.cash.is_some() => None,
        true if !leaves.is_empty() => Some(FlagCode::TwoDocuments),
        false if payload.amends.iter().any(|amended| !leaves.contains(amended)) => Some(FlagCode::TwoAmendments),
        _ => None,
    };
    for code in code.into_iter().chain(taken.then_some(FlagCode::NumberTwice)) {
        judge.flag(about.clone(), &subject.scope, code, &[("number", &number)]);
    }
    Ok(())
}

fn close_draft(judge: &mut Judge<'_>, payload: &DocumentSign) -> Ruling {
    let Some(id) = payload.draft else { return Ok(()) };
    let Some((row, mut draft)) = judge.view.get::<Amendment>(id)?.known() else { return Ok(()) };
    if draft.state != AmendmentState::Open && !judge.context.on_hub {
        return refuse(RefusalCode::DraftClosed);
    }
    draft.state = AmendmentState::Sealed;
    judge.put(id, &row.scope, &draft);
    Ok(())
}

fn put_leaves(
    judge: &mut Judge<'_>,
    voucher: Option<(crate::record::Row, Voucher)>,
    amends: &[Digest],
    sealed: Digest,
    class: VoucherClass,
) {
    let Some((row, mut voucher)) = voucher else { return };
    voucher.class = class;
    voucher.leaves.retain(|leaf| !amends.contains(leaf));
    voucher.leaves.push(sealed);
    voucher.leaves.sort();
    // What came after a submission or an approval is looked at again.
    voucher.state = match voucher.state {
        VoucherState::Submitted | VoucherState::Approved => VoucherState::Submitted,
        _ => VoucherState::Signed,
    };
    judge.put(row.id, &row.scope, &voucher);
}

pub(super) fn document_attest(judge: &mut Judge<'_>, payload: DocumentAttest) -> Ruling {
    let id = document_id(payload.attestation.sealed_sha256);
    let (row, mut document) = match judge.view.get::<Document>(id)? {
        Lookup::Known(found) => found,
        Lookup::NotHere => return Ok(()),
        Lookup::Absent => return Err(Stop::Waiting(Need::Row(RecordRef::new(kind::DOCUMENT, id)))),
    };
    // The first attestation stands: it is part of the stored PDF.
    if document.attestation.is_some() {
        return Ok(());
    }
    document.attestation = Some(payload.attestation);
    document.pdf = Some(payload.pdf);
    judge.put(id, &row.scope, &document);
    Ok(())
}

pub(super) fn voucher_submit(judge: &mut Judge<'_>, payload: VoucherSubmit) -> Ruling {
    let subject = judge.subject(&RecordRef::new(kind::VISIT, payload.visit))?;
    let Some((row, mut voucher)) = subject.voucher else { return Ok(()) };
    if voucher.leaves.is_empty() {
        return Err(Refusal::new(RefusalCode::State).with("state", &voucher.state).into());
    }
    if voucher.state == VoucherState::Submitted {
        return Ok(());
    }
    voucher.state = VoucherState::Submitted;
    voucher.round = voucher.round.saturating_add(1);
    judge.put(row.id, &row.scope, &voucher);
    judge.job_event(subject.job, Event::Submit)
}

pub(super) fn amendment_begin(judge: &mut Judge<'_>, payload: AmendmentBegin) -> Ruling {
    require_text("reason", &payload.reason)?;
    let subject = judge.subject(&RecordRef::new(kind::VISIT, payload.visit))?;
    judge.unused(kind::AMENDMENT, payload.draft)?;
    if payload.amends.is_empty() {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "amends").into());
    }
    let leaves = subject.voucher.as_ref().map(|(_, voucher)| voucher.leaves.clone());
    let stale = leaves.is_some_and(|leaves| payload.amends.iter().any(|amended| !leaves.contains(amended)));
    if stale && !judge.context.on_hub {
        return refuse(RefusalCode::ChangedSince);
    }
    let draft = Amendment {
        visit: payload.visit,
        job: subject.job,
        amends: payload.amends,
        reason: payload.reason,
        number: payload.number,
        state: AmendmentState::Open,
        author: judge.command.author,
        class: None,
        class_reason: String::new(),
        extra: Default::default(),
    };
    judge.put(payload.draft, &subject.scope, &draft);
    Ok(())
}

/// What is signed keeps the reason that was shown; only an open draft may be given another one.
pub(super) fn amendment_reason(judge: &mut Judge<'_>, payload: AmendmentReason) -> Ruling {
    require_text("reason", &payload.reason)?;
    let Some((row, mut draft)) = judge.existing::<Amendment>(payload.draft)? else { return Ok(()) };
    if draft.state != AmendmentState::Open {
        return refuse(RefusalCode::DraftClosed);
    }
    if draft.reason != payload.reason {
        draft.reason = payload.reason;
        judge.put(payload.draft, &row.scope, &draft);
    }
    Ok(())
}

pub(super) fn amendment_discard(judge: &mut Judge<'_>, payload: AmendmentDiscard) -> Ruling {
    require_text("reason", &payload.reason)?;
    let Some((row, mut draft)) = judge.existing::<Amendment>(payload.draft)? else { return Ok(()) };
    if draft.state != AmendmentState::Open {
        return refuse(RefusalCode::DraftClosed);
    }
    draft.state = AmendmentState::Discarded;
    judge.put(payload.draft, &row.scope, &draft);
    Ok(())
}
