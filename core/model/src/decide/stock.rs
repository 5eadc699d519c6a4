//! Stock: movements are only ever added; how much a depot holds is derived from them on the hub.
//!
//! A phone adds its movements and leaves the sum to the hub: two vans and a depot change at once, and a sum that each
//! phone wrote would be wrong on all of them. The phone's screens count its own unsent movements in.

use rust_decimal::Decimal;

use super::judge::{Judge, Ruling, quantity, refuse};
use super::{Refusal, RefusalCode};
use crate::command::Origin;
use crate::entity::{Depot, FlagCode, Movement, MovementReason, Part, Role, Stock, movement_id, stock_id};
use crate::id::{Id, RecordRef};
use crate::money::quantity_of;
use crate::payload::StockMove;
use crate::record::{Scope, kind};

/// What a part use takes out of a depot; a negative quantity brings it back.
pub(super) struct Out {
    pub depot: Id,
    pub part: Option<Id>,
    pub code: String,
    pub quantity: Decimal,
    pub batch: String,
}

/// The movement of a part use; it travels with the job.
pub(super) fn used(judge: &mut Judge<'_>, part_use: Id, scope: &Scope, out: Out) -> Ruling {
    let movement = Movement {
        depot: out.depot,
        part: out.part,
        code: out.code,
        quantity: (-out.quantity).normalize().to_string(),
        reason: MovementReason::Used,
        about: Some(RecordRef::new(kind::PART_USE, part_use)),
        batch: out.batch,
        note: String::new(),
        author: judge.command.author,
        time: judge.command.time.clone(),
        extra: Default::default(),
    };
    moved(judge, movement_id(part_use), scope, movement, -out.quantity)
}

/// Writes a movement and, on the hub, the stock that follows from it. Below nothing is kept and flagged: the part is
/// gone, whatever the books say.
fn moved(judge: &mut Judge<'_>, id: Id, scope: &Scope, movement: Movement, change: Decimal) -> Ruling {
    if let (true, Some(part)) = (judge.context.on_hub, movement.part) {
        let row = stock_id(movement.depot, part);
        let before = on_hand(judge, movement.depot, part)?;
        let after = before + change;
        let stock = Stock {
            depot: movement.depot,
            part,
            code: movement.code.clone(),
            quantity: after.normalize().to_string(),
            changed: judge.context.now,
            extra: Default::default(),
        };
        judge.put(row, &Scope::depot(movement.depot), &stock);
        if after < Decimal::ZERO && change < Decimal::ZERO {
            let left = after.normalize().to_string();
            let depot =
                judge.view.get::<Depot>(movement.depot)?.known().map(|(_, depot)| depot.name).unwrap_or_default();
            let facts = [("code", movement.code.as_str()), ("depot", depot.as_str()), ("left", left.as_str())];
            judge.flag(RecordRef::new(kind::STOCK, row), scope, FlagCode::NegativeStock, &facts);
        }
    }
    judge.put(id, scope, &movement);
    Ok(())
}

fn on_hand(judge: &Judge<'_>, depot: Id, part: Id) -> Ruling<Decimal> {
    let stock = judge.view.get::<Stock>(stock_id(depot, part))?.known();
    Ok(stock.and_then(|(_, stock)| quantity_of(&stock.quantity).ok()).unwrap_or_default())
}

/// Goods come, go, are counted, or change the depot. Engineers move goods into and out of their own van only.
pub(super) fn stock_move(judge: &mut Judge<'_>, payload: StockMove) -> Ruling {
    let amount = quantity("quantity", &payload.quantity)?;
    let counted = payload.reason == MovementReason::Counted;
    if amount.is_sign_negative() || (amount.is_zero() && !counted) {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "quantity").into());
    }
    judge.unused(kind::MOVEMENT, payload.movement)?;
    let depot = judge.known::<Depot>(payload.depot)?.map(|(_, depot)| depot);
    let part = judge.known::<Part>(payload.part)?.map(|(_, part)| part);
    let target = payload.to.map(|to| judge.known::<Depot>(to)).transpose()?.flatten().map(|(_, depot)| depot);
    check_own_van(judge, [depot.as_ref(), target.as_ref()])?;
    let code = part.map(|part| part.code).unwrap_or_default();
    let movement = |judge: &Judge<'_>, depot: Id, change: Decimal| Movement {
        depot,
        part: Some(payload.part),
        code: code.clone(),
        quantity: change.normalize().to_string(),
        reason: payload.reason.clone(),
        about: None,
        batch: payload.batch.clone(),
        note: payload.note.clone(),
        author: judge.command.author,
        time: judge.command.time.clone(),
        extra: Default::default(),
    };
    let change = match payload.reason {
        MovementReason::Received => amount,
        MovementReason::Scrapped | MovementReason::Transferred => -amount,
        MovementReason::Counted => amount - on_hand(judge, payload.depot, payload.part)?,
        MovementReason::Used | MovementReason::Other(_) => return refuse(RefusalCode::Malformed),
    };
    // The office's movements stay at the office: a phone needs the stock, not its history.
    let first = movement(judge, payload.depot, change);
    moved(judge, payload.movement, &Scope::office(), first, change)?;
    match (payload.reason == MovementReason::Transferred, payload.to) {
        (true, Some(to)) if to != payload.depot => {
            let second = movement(judge, to, amount);
            moved(judge, movement_id(payload.movement), &Scope::office(), second, amount)
        }
        (true, _) => Err(Refusal::new(RefusalCode::Missing).with("field", "to").into()),
        (false, Some(_)) => refuse(RefusalCode::Malformed),
        (false, None) => Ok(()),
    }
}

fn check_own_van(judge: &Judge<'_>, depots: [Option<&Depot>; 2]) -> Ruling {
    let keeps = |role: &Role| matches!(role, Role::StoreKeeper | Role::Manager | Role::Administrator);
    let author = judge.command.author;
    let own = depots.into_iter().flatten().any(|depot| depot.person == Some(author));
    let system = *judge.context.origin == Origin::System;
    let unknown = !judge.context.on_hub && judge.roles().is_empty();
    match own || system || unknown || judge.roles().iter().any(keeps) {
        true => Ok(()),
        false => refuse(RefusalCode::NotAllowed),
    }
}
