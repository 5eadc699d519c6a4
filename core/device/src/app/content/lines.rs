//! Parts, charges and times of a document. A part that was booked and taken back in full is not printed.

use std::collections::BTreeMap;

use countersign_model::RecordRef;
use countersign_model::document::{ChargeShown, PartShown, Payer, TimeShown, VoucherClass};
use countersign_model::entity::{Charge, PartUse, TimeEntry, standing};
use countersign_model::language::Language;
use countersign_model::money::{Line, Money, Totals, quantity_of, totals};

use super::person_name;
use crate::app::AppError;
use crate::app::charging::facts;
use crate::store::Rows;

/// What makes two uses one line: code, batch, unit price, tax rate, who pays.
type LineKey = (String, String, Option<(i64, String)>, i64, Payer);

/// Parts used, movements of one part at one price summed into one line.
pub(super) fn parts(
    rows: &Rows<'_>,
    layers: &[RecordRef],
    language: Language,
    class: &VoucherClass,
) -> Result<Vec<PartShown>, AppError> {
    let mut order: Vec<LineKey> = Vec::new();
    let mut sums: BTreeMap<LineKey, (rust_decimal::Decimal, PartUse)> = BTreeMap::new();
    for (_, part_use) in facts::<PartUse>(rows, layers)?.into_iter().filter(|(_, part_use)| !part_use.late) {
        let quantity =
            quantity_of(&part_use.quantity).map_err(|problem| AppError::Input { why: problem.to_string() })?;
        let price = part_use.unit_price.as_ref().map(|price| (price.minor, price.currency.clone()));
        let payer = part_use.payer.clone().unwrap_or_else(|| class.payer());
        let key = (part_use.code.clone(), part_use.batch.clone(), price, part_use.tax_basis_points, payer);
        match sums.get_mut(&key) {
            Some((sum, _)) => *sum += quantity,
            None => {
                order.push(key.clone());
                sums.insert(key, (quantity, part_use));
            }
        }
    }
    let lines = order.into_iter().filter_map(|key| sums.remove(&key).map(|(sum, used)| (key.4, sum, used)));
    lines
        .filter(|(_, quantity, _)| !quantity.is_zero())
        .map(|(payer, quantity, used)| {
            let name = name(rows, &used.code, language)?;
            shown(payer, quantity, used, name)
        })
        .collect()
}

fn name(rows: &Rows<'_>, code: &str, language: Language) -> Result<String, AppError> {
    Ok(rows.part_by_code(code)?.map(|(_, part)| part.name.get(language).to_owned()).unwrap_or_default())
}

/// Only what the customer pays is a charged line; the others say who does.
fn shown(payer: Payer, quantity: rust_decimal::Decimal, used: PartUse, name: String) -> Result<PartShown, AppError> {
    let quantity = quantity.normalize().to_string();
    let unit_price = used.unit_price.filter(|_| payer == Payer::Customer);
    let line = unit_price.as_ref().map(|price| charged(price, &quantity, used.tax_basis_points)).transpose()?;
    Ok(PartShown { name, code: used.code, quantity, unit_price, line, batch: used.batch, payer: Some(payer) })
}

fn charged(price: &Money, quantity: &str, tax_basis_points: i64) -> Result<Line, AppError> {
    let net = price.times(quantity).map_err(|problem| AppError::Input { why: problem.to_string() })?;
    Line::new(net, tax_basis_points).map_err(|problem| AppError::Input { why: problem.to_string() })
}

/// Charges that are no parts; one that was put right counts as it is now, one of nothing is not printed.
pub(super) fn charges(
    rows: &Rows<'_>,
    layers: &[RecordRef],
    class: &VoucherClass,
) -> Result<Vec<ChargeShown>, AppError> {
    let charges = standing(facts::<Charge>(rows, layers)?).into_iter().map(|(_, charge)| charge);
    let charges = charges.filter(|charge| !charge.late && charge.line.net.minor != 0);
    Ok(charges
        .map(|charge| ChargeShown {
            payer: Some(charge.payer.unwrap_or_else(|| class.payer())),
            description: charge.description,
            line: charge.line,
            quantity: charge.quantity,
            unit_price: charge.unit_price,
        })
        .collect())
}

/// What the customer pays: the charged parts and the charges that nobody else takes over.
pub(super) fn to_pay(parts: &[PartShown], charges: &[ChargeShown]) -> Result<Option<Totals>, AppError> {
    let own = charges.iter().filter(|charge| charge.payer == Some(Payer::Customer)).map(|charge| &charge.line);
    let lines = parts.iter().filter_map(|part| part.line.as_ref()).chain(own);
    totals(lines).map_err(|problem| AppError::Input { why: problem.to_string() })
}

/// Times of people; an entry that was put right counts as it is now, one of nothing is not printed.
pub(super) fn times(rows: &Rows<'_>, layers: &[RecordRef]) -> Result<Vec<TimeShown>, AppError> {
    let entries = standing(facts::<TimeEntry>(rows, layers)?).into_iter().map(|(_, entry)| entry);
    let spent = |entry: &TimeEntry| entry.minutes != 0 || entry.kilometres.unwrap_or(0) != 0;
    entries
        .filter(|entry| !entry.late && spent(entry))
        .map(|entry| {
            Ok(TimeShown {
                person: person_name(rows, entry.person)?,
                kind: entry.kind.to_string(),
                minutes: entry.minutes,
                kilometres: entry.kilometres,
            })
        })
        .collect()
}
