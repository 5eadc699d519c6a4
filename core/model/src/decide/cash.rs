//! Cash taken on site and its way to the accountant.

use super::judge::{Judge, Ruling, refuse, require_text};
use super::{Refusal, RefusalCode};
use crate::entity::{CashReceipt, CashState, FlagCode};
use crate::id::RecordRef;
use crate::limits;
use crate::payload::{CashHandOver, CashReceive, CashTake};
use crate::record::kind;

/// Money is taken before or after the voucher is signed; it changes nothing that was signed.
pub(super) fn cash_take(judge: &mut Judge<'_>, payload: CashTake) -> Ruling {
    require_text("received_from", &payload.received_from)?;
    require_text("number", &payload.number)?;
    limits::within("amount", payload.amount.minor, 1, limits::MOST_MINOR)?;
    let subject = judge.subject(&RecordRef::new(kind::VISIT, payload.visit))?;
    judge.unused(kind::CASH_RECEIPT, payload.receipt)?;
    let charged = super::parts::currency_of(judge, payload.visit)?;
    if let Some(other) = charged.filter(|currency| *currency != payload.amount.currency) {
        let refusal = Refusal::new(RefusalCode::Currencies).with("voucher", other);
        return Err(refusal.with("given", &payload.amount.currency).into());
    }
    let taken = judge.view.children::<CashReceipt>(payload.visit)?;
    if taken.iter().any(|(_, receipt)| receipt.number == payload.number) {
        let about = RecordRef::new(kind::CASH_RECEIPT, payload.receipt);
        judge.flag(about, &subject.scope, FlagCode::NumberTwice, &[("number", &payload.number)]);
    }
    let receipt = CashReceipt {
        number: payload.number,
        visit: payload.visit,
        job: subject.job,
        amount: payload.amount,
        tax: payload.tax,
        received_from: payload.received_from,
        method: payload.method,
        about: payload.about,
        document: None,
        state: CashState::Taken,
        author: judge.command.author,
        time: judge.command.time.clone(),
        handed_over: None,
        receiver: None,
        received: None,
        counted: None,
        note: payload.note,
        extra: Default::default(),
    };
    judge.put(payload.receipt, &subject.scope, &receipt);
    Ok(())
}

/// Who took it hands it over.
pub(super) fn cash_hand_over(judge: &mut Judge<'_>, payload: CashHandOver) -> Ruling {
    let Some((row, mut receipt)) = judge.existing::<CashReceipt>(payload.receipt)? else { return Ok(()) };
    if receipt.author != judge.command.author {
        return refuse(RefusalCode::NotAllowed);
    }
    if receipt.state == CashState::Taken {
        receipt.state = CashState::HandedOver;
        receipt.handed_over = Some(judge.command.time.clone());
        judge.put(row.id, &row.scope, &receipt);
    }
    Ok(())
}

/// The accountant confirms, once; another sum than the receipt's needs words and is flagged.
pub(super) fn cash_receive(judge: &mut Judge<'_>, payload: CashReceive) -> Ruling {
    let Some((row, mut receipt)) = judge.known::<CashReceipt>(payload.receipt)? else { return Ok(()) };
    if receipt.state == CashState::Received {
        return Err(Refusal::new(RefusalCode::State).with("state", "received").into());
    }
    if receipt.author == judge.command.author {
        // Nobody confirms to themselves that money arrived.
        return refuse(RefusalCode::NotAllowed);
    }
    let differs = payload.counted.filter(|counted| *counted != receipt.amount);
    if let Some(counted) = differs {
        require_text("note", &payload.note)?;
        let facts = [("number", receipt.number.as_str())];
        judge.flag(RecordRef::new(kind::CASH_RECEIPT, row.id), &row.scope, FlagCode::CashDiffers, &facts);
        receipt.counted = Some(counted);
    }
    receipt.state = CashState::Received;
    receipt.receiver = Some(judge.command.author);
    receipt.received = Some(judge.command.time.clone());
    if !payload.note.trim().is_empty() {
        receipt.note = payload.note;
    }
    judge.put(row.id, &row.scope, &receipt);
    Ok(())
}
