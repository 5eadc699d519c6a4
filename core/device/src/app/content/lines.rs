//! Parts, charges and times of a document. A part that was booked and taken back in full is not printed.

use std::collections::BTreeMap;

use countersign_model::document::{ChargeShown, PartShown, TimeShown};
use countersign_model::entity::{Charge, Part, PartUse, TimeEntry};
use countersign_model::language::Language;
use countersign_model::money::{Line, Money, quantity_of};
use countersign_model::{Id, RecordRef};

use super::person_name;
use crate::app::AppError;
use crate::store::Rows;

/// What makes two uses one line: code, batch, unit price, tax rate.
type LineKey = (String, String, Option<(i64, String)>, i64);

/// Parts used, movements of one part at one price summed into one line.
pub(super) fn parts(rows: &Rows<'_>, layers: &[RecordRef], language: Language) -> Result<Vec<PartShown>, AppError> {
    let mut order: Vec<LineKey> = Vec::new();
    let mut sums: BTreeMap<LineKey, (rust_decimal::Decimal, PartUse)> = BTreeMap::new();
    for (_, part_use) in facts::<PartUse>(rows, layers)?.into_iter().filter(|(_, part_use)| !part_use.late) {
        let quantity =
            quantity_of(&part_use.quantity).map_err(|problem| AppError::Input { why: problem.to_string() })?;
        let price = part_use.unit_price.as_ref().map(|price| (price.minor, price.currency.clone()));
        let key = (part_use.code.clone(), part_use.batch.clone(), price, part_use.tax_basis_points);
        match sums.get_mut(&key) {
            Some((sum, _)) => *sum += quantity,
            None => {
                order.push(key.clone());
                sums.insert(key, (quantity, part_use));
            }
        }
    }
    let names = names(rows, language)?;
    let lines = order.into_iter().filter_map(|key| sums.remove(&key));
    lines.filter(|(quantity, _)| !quantity.is_zero()).map(|(quantity, used)| shown(quantity, used, &names)).collect()
}

fn names(rows: &Rows<'_>, language: Language) -> Result<BTreeMap<String, String>, AppError> {
    let parts = rows.all::<Part>()?.into_iter();
    Ok(parts.map(|(_, part)| (part.code, part.name.get(language).to_owned())).collect())
}

fn shown(
    quantity: rust_decimal::Decimal,
    used: PartUse,
    names: &BTreeMap<String, String>,
) -> Result<PartShown, AppError> {
    let quantity = quantity.normalize().to_string();
    let line = used.unit_price.as_ref().map(|price| charged(price, &quantity, used.tax_basis_points)).transpose()?;
    Ok(PartShown {
        name: names.get(&used.code).cloned().unwrap_or_default(),
        code: used.code,
        quantity,
        unit_price: used.unit_price,
        line,
        batch: used.batch,
        ..PartShown::default()
    })
}

fn charged(price: &Money, quantity: &str, tax_basis_points: i64) -> Result<Line, AppError> {
    let net = price.times(quantity).map_err(|problem| AppError::Input { why: problem.to_string() })?;
    Line::new(net, tax_basis_points).map_err(|problem| AppError::Input { why: problem.to_string() })
}

/// Charges that are no parts.
pub(super) fn charges(rows: &Rows<'_>, layers: &[RecordRef]) -> Result<Vec<ChargeShown>, AppError> {
    let charges = facts::<Charge>(rows, layers)?.into_iter().filter(|(_, charge)| !charge.late);
    Ok(charges
        .map(|(_, charge)| ChargeShown { description: charge.description, line: charge.line, ..ChargeShown::default() })
        .collect())
}

/// Times of people.
pub(super) fn times(rows: &Rows<'_>, layers: &[RecordRef]) -> Result<Vec<TimeShown>, AppError> {
    let entries = facts::<TimeEntry>(rows, layers)?.into_iter().filter(|(_, entry)| !entry.late);
    entries
        .map(|(_, entry)| {
            Ok(TimeShown {
                person: person_name(rows, entry.person)?,
                kind: entry.kind.to_string(),
                minutes: entry.minutes,
                kilometres: entry.kilometres,
            })
        })
        .collect()
}

fn facts<T: countersign_model::entity::Entity>(
    rows: &Rows<'_>,
    layers: &[RecordRef],
) -> Result<Vec<(Id, T)>, AppError> {
    let mut found = Vec::new();
    for layer in layers {
        found.extend(rows.children_of::<T>(layer.id)?);
    }
    Ok(found)
}
