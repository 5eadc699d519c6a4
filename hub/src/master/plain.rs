//! From what is stored to the text that a form or a file holds: reading it again gives the same value.

use countersign_model::Language;
use countersign_model::money::minor_digits;
use serde_json::Value;

use super::book::{Column, Sort};
use super::find::named_as;
use crate::store::{Read, StoreError};

/// The text of a column's value in a body.
pub(crate) fn plain(read: &Read<'_>, column: &Column, body: &Value) -> Result<String, StoreError> {
    let Some(value) = body.get(column.field.name).filter(|value| !value.is_null()) else { return Ok(String::new()) };
    if let Some(language) = column.language {
        return Ok(value.get(language.tag()).and_then(Value::as_str).unwrap_or_default().to_owned());
    }
    Ok(match column.field.sort {
        Sort::Money => money(value),
        Sort::Percent => hundredths(value.as_i64().unwrap_or_default(), 2),
        Sort::Flag => if value.as_bool().unwrap_or(false) { "yes" } else { "no" }.to_owned(),
        Sort::Words { .. } | Sort::PartCodes => listed(value),
        Sort::Ref(kind) => match value.as_str().and_then(|id| id.parse().ok()) {
            Some(id) => named_as(read, kind, id)?,
            None => String::new(),
        },
        Sort::Form => super::find::form_title(read, value)?,
        _ => value.as_str().unwrap_or_default().to_owned(),
    })
}

fn listed(value: &Value) -> String {
    let words: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    words.join("; ")
}

fn money(value: &Value) -> String {
    let currency = value.get("currency").and_then(Value::as_str).unwrap_or_default();
    hundredths(value.get("minor").and_then(Value::as_i64).unwrap_or_default(), minor_digits(currency))
}

/// An integer with its last digits behind the point; none where they are all zero.
fn hundredths(minor: i64, places: usize) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(places)).unwrap_or((&digits, ""));
    if fraction.bytes().all(|byte| byte == b'0') {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// The preferred text of a value that has one per language.
pub(super) fn local(value: Option<&Value>, language: Language) -> String {
    let name = value.cloned().and_then(|value| serde_json::from_value::<countersign_model::LocalText>(value).ok());
    name.map(|name| name.get(language).to_owned()).unwrap_or_default()
}
