//! A charge as a person types it, and as they would type one that stands again to put it right.

use countersign_model::Id;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::Payer;
use countersign_model::entity::{Charge, ChargeKind};
use countersign_texts::{sum_to_type, typed_number, typed_sum};
use serde::Serialize;

use super::charging::{ChargeEntry, currency};
use super::{App, AppError};
use crate::store::{Rows, StoreError};

/// A charge that is no part, as a person types it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChargeTyped {
    /// What for.
    pub kind: ChargeKind,
    /// In words; empty takes the name of the kind in the signer's language.
    pub description: String,
    /// Hours, kilometres or pieces; empty for a sum without one.
    pub quantity: String,
    /// Price of one, or the whole sum where there is no quantity, in the voucher's currency.
    pub price: String,
    /// Who pays; `None` leaves it to the class.
    pub payer: Option<Payer>,
    /// The charge that this one puts right; `None` for a new one.
    pub replaces: Option<Id>,
}

impl ChargeTyped {
    /// What the correction of a charge starts from: a payer that the class named stays with the class.
    pub(crate) fn again(id: Id, charge: &Charge) -> ChargeTyped {
        ChargeTyped {
            kind: charge.kind.clone(),
            description: charge.description.clone(),
            quantity: charge.quantity.clone(),
            price: sum_to_type(charge.unit_price.as_ref().unwrap_or(&charge.line.net)),
            payer: charge.payer.clone(),
            replaces: Some(id),
        }
    }
}

/// The tax rate that a charge of this kind had where it was entered last, on the way back through what it puts right: a
/// correction changes the tax only with the kind.
fn tax_before(rows: &Rows<'_>, kind: &ChargeKind, replaces: Option<Id>) -> Result<Option<i64>, StoreError> {
    let mut next = replaces;
    let mut seen = Vec::new();
    while let Some(id) = next.filter(|id| !seen.contains(id)) {
        let Some(charge) = rows.get::<Charge>(id)? else { return Ok(None) };
        if charge.kind == *kind {
            return Ok(Some(charge.line.tax_basis_points));
        }
        seen.push(id);
        next = charge.replaces;
    }
    Ok(None)
}

/// A price is a sum of the currency; what is none is refused, never guessed.
pub(crate) fn typed_price(text: &str, currency: &str) -> Result<i64, Refusal> {
    let refused = || Refusal::new(RefusalCode::WrongAnswer).with("expected", "decimal").with("value", text);
    typed_sum(text, currency).ok_or_else(refused)
}

impl App {
    /// What a person typed, as a charge of the voucher's currency; a price that is none is refused, never guessed.
    pub fn charge_typed(&self, job: &str, typed: &ChargeTyped) -> Result<ChargeEntry, AppError> {
        let (currency, tax_basis_points) = self.read(|rows| {
            let currency = currency(rows, &self.work(rows, job)?)?;
            Ok((currency, tax_before(rows, &typed.kind, typed.replaces)?))
        })?;
        Ok(ChargeEntry {
            kind: typed.kind.clone(),
            description: typed.description.trim().to_owned(),
            quantity: typed_number(&typed.quantity),
            price: typed_price(&typed.price, &currency)?,
            tax_basis_points,
            payer: typed.payer.clone(),
            replaces: typed.replaces,
        })
    }
}
