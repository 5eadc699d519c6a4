//! Parts of a visit: booked out of a place at the price of the voucher's list, and taken back to where they came from.
//! Judges nothing; the rules of stock are the model's.

use countersign_model::Id;
use countersign_model::document::Payer;
use countersign_model::entity::{Depot, PartUse, still_booked};
use countersign_model::money::Money;
use countersign_model::payload::{PartUsed, Payload};
use countersign_texts::typed_number;
use rust_decimal::Decimal;
use serde::Serialize;

use super::charging::{currency, facts, own_van, price_of};
use super::work::{Work, not_found};
use super::{App, AppError};
use crate::store::Rows;

/// A part as it is booked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartBooking {
    /// Code as on the part.
    pub code: String,
    /// How many, as somebody types it; negative takes back.
    pub quantity: String,
    /// Batch or serial.
    pub batch: String,
    /// Where it came from; `None` takes the person's own van, if they have one.
    pub from: Option<StockPlace>,
    /// Who pays; `None` leaves it to the class.
    pub payer: Option<Payer>,
    /// The movement that this one takes back; `None` for a new one, or one that is told by its code.
    pub undoes: Option<Id>,
}

/// Where a part came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StockPlace {
    /// This depot, by id or name.
    Depot(String),
    /// No stock of ours: the customer's own, bought on the way.
    Elsewhere,
}

impl From<Option<Id>> for StockPlace {
    fn from(depot: Option<Id>) -> StockPlace {
        depot.map_or(StockPlace::Elsewhere, |depot| StockPlace::Depot(depot.to_string()))
    }
}

/// What a take-back of one of these movements starts from: what is left of it, of the same batch, to the same place, on the
/// same account. `None` for what is a take-back itself, and where nothing is left.
pub(crate) fn to_take_back(id: Id, used: &PartUse, movements: &[(Id, PartUse)]) -> Option<PartBooking> {
    let left = still_booked(id, &used.quantity, movements);
    (!is_back(&used.quantity) && left > Decimal::ZERO).then(|| PartBooking {
        code: used.code.clone(),
        quantity: left.normalize().to_string(),
        batch: used.batch.clone(),
        from: Some(used.depot.into()),
        payer: used.payer.clone(),
        undoes: Some(id),
    })
}

fn is_back(quantity: &str) -> bool {
    quantity.starts_with('-')
}

fn the_other_way(quantity: &str) -> String {
    quantity.strip_prefix('-').map_or_else(|| format!("-{quantity}"), str::to_owned)
}

fn depot_named(rows: &Rows<'_>, name: &str) -> Result<Id, AppError> {
    let same = |depot: &Depot| depot.name.trim().to_lowercase() == name.trim().to_lowercase();
    let found = rows.all::<Depot>()?.into_iter().find(|(id, depot)| id.to_string() == name || same(depot));
    found.map(|(id, _)| id).ok_or_else(|| not_found("depot", name))
}

/// Price of one and tax rate of the booking that a take-back undoes: it goes back for what it was booked, whatever the list
/// says by then. One that names no booking goes back for what the newest one of its like was booked.
fn price_booked(rows: &Rows<'_>, work: &Work, back: &PartUsed) -> Result<Option<(Option<Money>, i64)>, AppError> {
    if let Some(undone) = back.undoes {
        let undone = rows.get::<PartUse>(undone)?;
        return Ok(undone.map(|used| (used.unit_price, used.tax_basis_points)));
    }
    let layers = work.layers(rows)?;
    let same = |used: &PartUse| {
        !is_back(&used.quantity)
            && used.code == back.code
            && used.batch == back.batch
            && used.depot == back.depot
            && used.payer == back.payer
    };
    let booked = facts::<PartUse>(rows, &layers)?.into_iter().filter(|(_, used)| same(used));
    Ok(booked.max_by_key(|(id, _)| *id).map(|(_, used)| (used.unit_price, used.tax_basis_points)))
}

impl App {
    /// Books a part at the price of the voucher's list. A code that is not in the catalogue is booked without a price,
    /// since the part was used all the same; the office sees it flagged.
    pub fn book_part(&self, job: &str, booking: PartBooking) -> Result<Id, AppError> {
        let part_use = self.new_id()?;
        let (work, used) = self.read(|rows| {
            let work = self.work(rows, job)?;
            let part = rows.part_by_code(&booking.code)?;
            let listed = match &part {
                Some((id, part)) => price_of(rows, *id, part, &currency(rows, &work)?)?,
                None => None,
            };
            let depot = match &booking.from {
                Some(StockPlace::Depot(name)) => Some(depot_named(rows, name)?),
                Some(StockPlace::Elsewhere) => None,
                None => own_van(rows, rows.identity()?.ok_or(AppError::Enrol)?.person)?,
            };
            let mut used = PartUsed {
                part_use,
                subject: work.subject(),
                part: part.as_ref().map(|(id, _)| *id),
                code: part.map_or_else(|| booking.code.trim().to_owned(), |(_, part)| part.code),
                quantity: typed_number(&booking.quantity),
                unit_price: listed.as_ref().map(|(price, _)| price.clone()),
                tax_basis_points: listed.map_or(0, |(_, tax)| tax),
                batch: booking.batch.trim().to_owned(),
                depot,
                payer: booking.payer.clone(),
                undoes: booking.undoes,
            };
            if is_back(&used.quantity)
                && let Some((price, tax)) = price_booked(rows, &work, &used)?
            {
                (used.unit_price, used.tax_basis_points) = (price, tax);
            }
            Ok((work, used))
        })?;
        self.submit_all(&[self.draft(work.lane(), None, Payload::PartUsed(used))?])?;
        Ok(part_use)
    }

    /// Takes back as many as the booking says, whether they are typed with a minus or without.
    pub fn take_back_part(&self, job: &str, booking: PartBooking) -> Result<Id, AppError> {
        let typed = typed_number(&booking.quantity);
        let quantity = if is_back(&typed) { typed } else { the_other_way(&typed) };
        self.book_part(job, PartBooking { quantity, ..booking })
    }

    /// Moves a part the other way: as many, of the same batch and place, on the same account and for the same price.
    pub fn reverse_part(&self, job: &str, moved_id: Id) -> Result<Id, AppError> {
        let (work, moved) = self.read(|rows| {
            let moved = rows.get::<PartUse>(moved_id)?.ok_or_else(|| not_found("part", &moved_id.to_string()))?;
            Ok((self.work(rows, job)?, moved))
        })?;
        let part_use = self.new_id()?;
        let payload = Payload::PartUsed(PartUsed {
            part_use,
            subject: work.subject(),
            part: moved.part,
            code: moved.code,
            quantity: the_other_way(&moved.quantity),
            unit_price: moved.unit_price,
            tax_basis_points: moved.tax_basis_points,
            batch: moved.batch,
            depot: moved.depot,
            payer: moved.payer,
            // What takes a take-back back is a booking of its own.
            undoes: (!is_back(&moved.quantity)).then_some(moved_id),
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])?;
        Ok(part_use)
    }
}
