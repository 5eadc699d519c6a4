//! Parts and charges of a visit or amendment: what they cost, who pays, what they do to the stock.

use rust_decimal::Decimal;

use super::judge::{Judge, Ruling, Subject, quantity, require_text};
use super::stock::{self, Out};
use super::{Refusal, RefusalCode};
use crate::entity::{
    Amendment, AmendmentState, Charge, Entity, FlagCode, Part, PartUse, Replaceable, standing, still_booked,
};
use crate::id::{Id, RecordRef};
use crate::limits;
use crate::money::{Line, Money, quantity_of};
use crate::payload::{ChargeAdd, PartUsed};
use crate::record::kind;

pub(super) fn part_used(judge: &mut Judge<'_>, payload: PartUsed) -> Ruling {
    require_text("code", &payload.code)?;
    let amount = quantity("quantity", &payload.quantity)?;
    if amount.is_zero() {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "quantity").into());
    }
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::PART_USE, payload.part_use)?;
    if amount.is_sign_negative() {
        check_taken_back(judge, &subject, &payload, amount)?;
    }
    if let Some(undone) = payload.undoes {
        check_undone(judge, &subject, &payload, (undone, amount))?;
    }
    check_currency(judge, &subject, payload.unit_price.as_ref())?;
    let late = judge.late(&subject, &format!("{} x {}", payload.quantity, payload.code))?;
    flag_unknown(judge, &subject, &payload)?;
    if let Some(depot) = payload.depot {
        let out = Out {
            depot,
            part: payload.part,
            code: payload.code.clone(),
            quantity: amount,
            batch: payload.batch.clone(),
        };
        stock::used(judge, payload.part_use, &subject.scope, out)?;
    }
    let part_use = PartUse {
        subject: payload.subject,
        part: payload.part,
        code: payload.code,
        quantity: payload.quantity,
        unit_price: payload.unit_price,
        tax_basis_points: payload.tax_basis_points,
        batch: payload.batch,
        late,
        depot: payload.depot,
        payer: payload.payer,
        undoes: payload.undoes,
        author: judge.command.author,
        time: judge.command.time.clone(),
        extra: Default::default(),
    };
    judge.put(payload.part_use, &subject.scope, &part_use);
    Ok(())
}

/// A part that is not in the catalogue was used all the same: it is booked, and somebody looks.
fn flag_unknown(judge: &mut Judge<'_>, subject: &Subject, payload: &PartUsed) -> Ruling {
    let unknown = match payload.part {
        None => true,
        Some(part) => judge.view.get::<Part>(part)?.is_absent(),
    };
    if unknown {
        let about = RecordRef::new(kind::PART_USE, payload.part_use);
        judge.flag(about, &subject.scope, FlagCode::UnknownPart, &[("code", &payload.code)]);
    }
    Ok(())
}

/// The visit with the amendments whose facts count: the sealed ones and the one that is being written.
fn layers(judge: &Judge<'_>, subject: &Subject) -> Ruling<Vec<Id>> {
    let Some((visit, _)) = &subject.visit else { return Ok(vec![subject.reference.id]) };
    let amendments = judge.view.children::<Amendment>(visit.id)?.into_iter();
    let counts = |id: Id, body: &Amendment| body.state == AmendmentState::Sealed || id == subject.reference.id;
    let drafts = amendments.filter(|(row, body)| counts(row.id, body)).map(|(row, _)| row.id);
    Ok(std::iter::once(visit.id).chain(drafts).collect())
}

/// Facts of this kind in the layers that count.
fn facts<T: Entity>(judge: &Judge<'_>, subject: &Subject) -> Ruling<Vec<(Id, T)>> {
    let mut found = Vec::new();
    for layer in layers(judge, subject)? {
        found.extend(judge.view.children::<T>(layer)?.into_iter().map(|(row, body)| (row.id, body)));
    }
    Ok(found)
}

/// Nobody gives back what was never taken: the sum of a part stays at zero or above.
fn check_taken_back(judge: &Judge<'_>, subject: &Subject, payload: &PartUsed, amount: Decimal) -> Ruling {
    // A phone that does not hold the visit cannot know what was booked; the hub does.
    if subject.visit.is_none() {
        return Ok(());
    }
    let movements = facts::<PartUse>(judge, subject)?;
    let same = movements.iter().filter(|(_, used)| used.code.eq_ignore_ascii_case(&payload.code));
    let booked = same.filter_map(|(_, used)| quantity_of(&used.quantity).ok()).sum();
    enough(booked, amount, &payload.code)
}

/// A take-back that names a movement takes it back: the same part, of this visit, and no more than is left of it. Others
/// of the part may have another batch, place, price or payer.
fn check_undone(judge: &Judge<'_>, subject: &Subject, payload: &PartUsed, (undone, amount): (Id, Decimal)) -> Ruling {
    let Some((_, movement)) = judge.existing::<PartUse>(undone)? else { return Ok(()) };
    if subject.visit.is_none() {
        return Ok(());
    }
    let movements = facts::<PartUse>(judge, subject)?;
    let here = movements.iter().any(|(id, _)| *id == undone);
    if !here || !amount.is_sign_negative() || !movement.code.eq_ignore_ascii_case(&payload.code) {
        let why = format!("{} {} take nothing back of {undone}", payload.quantity, payload.code);
        return Err(Refusal::new(RefusalCode::Malformed).with("why", why).into());
    }
    enough(still_booked(undone, &movement.quantity, &movements), amount, &payload.code)
}

fn enough(booked: Decimal, amount: Decimal, code: &str) -> Ruling {
    if booked + amount >= Decimal::ZERO {
        return Ok(());
    }
    let refusal = Refusal::new(RefusalCode::MoreThanBooked).with("code", code);
    Err(refusal.with("booked", booked.normalize()).with("quantity", (-amount).normalize()).into())
}

/// One voucher, one currency.
fn check_currency(judge: &Judge<'_>, subject: &Subject, price: Option<&Money>) -> Ruling {
    let Some(price) = price else { return Ok(()) };
    let parts = facts::<PartUse>(judge, subject)?.into_iter().filter_map(|(_, used)| used.unit_price);
    let charges = facts::<Charge>(judge, subject)?.into_iter().map(|(_, charge)| charge.line.net);
    match parts.chain(charges).find(|other| other.currency != price.currency) {
        Some(other) => {
            let refusal = Refusal::new(RefusalCode::Currencies).with("voucher", other.currency);
            Err(refusal.with("given", &price.currency).into())
        }
        None => Ok(()),
    }
}

pub(super) fn charge_add(judge: &mut Judge<'_>, payload: ChargeAdd) -> Ruling {
    require_text("description", &payload.description)?;
    check_line(&payload)?;
    let subject = judge.subject(&payload.subject)?;
    judge.unused(kind::CHARGE, payload.charge)?;
    if let Some(replaced) = payload.replaces {
        judge.existing::<Charge>(replaced)?;
        flag_corrected_twice::<Charge>(judge, &subject, replaced, (payload.charge, &payload.description))?;
    }
    check_currency(judge, &subject, Some(&payload.line.net))?;
    let late = judge.late(&subject, &payload.description)?;
    let charge = Charge {
        subject: payload.subject,
        description: payload.description,
        line: payload.line,
        late,
        author: judge.command.author,
        kind: payload.kind,
        quantity: payload.quantity,
        unit_price: payload.unit_price,
        payer: payload.payer,
        replaces: payload.replaces,
        extra: Default::default(),
    };
    judge.put(payload.charge, &subject.scope, &charge);
    Ok(())
}

/// Two corrections of one entry are both kept: somebody looks which of them holds. On a phone the rules of its screens keep
/// one person from it.
pub(super) fn flag_corrected_twice<T: Entity + Replaceable>(
    judge: &mut Judge<'_>,
    subject: &Subject,
    replaced: Id,
    (correction, what): (Id, &str),
) -> Ruling {
    if !judge.context.on_hub || subject.visit.is_none() {
        return Ok(());
    }
    if facts::<T>(judge, subject)?.iter().any(|(_, other)| other.replaces() == Some(replaced)) {
        let about = RecordRef::new(T::KIND, correction);
        judge.flag(about, &subject.scope, FlagCode::CorrectedTwice, &[("what", what)]);
    }
    Ok(())
}

/// What is printed adds up: quantity times price is the net amount, and the tax is that of the rate.
fn check_line(payload: &ChargeAdd) -> Ruling {
    let line = &payload.line;
    limits::within("tax_basis_points", line.tax_basis_points, 0, limits::MOST_TAX)?;
    let wrong = || Refusal::new(RefusalCode::LineDoesNotAddUp).with("what", &payload.description);
    let taxed = Line::new(line.net.clone(), line.tax_basis_points).map_err(|_| wrong())?;
    if taxed != *line {
        return Err(wrong().into());
    }
    if let Some(price) = &payload.unit_price {
        quantity("quantity", &payload.quantity)?;
        if price.times(&payload.quantity).map_err(|_| wrong())? != line.net {
            return Err(wrong().into());
        }
    }
    Ok(())
}

/// The currency of a voucher's lines; `None` where nothing is charged yet.
pub(super) fn currency_of(judge: &Judge<'_>, visit: Id) -> Ruling<Option<String>> {
    let charges = judge.view.children::<Charge>(visit)?.into_iter().map(|(row, body)| (row.id, body)).collect();
    let charged = standing::<Charge>(charges).into_iter().map(|(_, charge)| charge.line.net.currency).next();
    let parts = judge.view.children::<PartUse>(visit)?.into_iter();
    Ok(charged.or_else(|| parts.filter_map(|(_, used)| used.unit_price).map(|price| price.currency).next()))
}
