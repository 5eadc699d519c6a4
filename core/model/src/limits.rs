//! How long texts and lists may be and how large numbers, as one table. What a person enters is checked against it before
//! anything else, on the phone and on the hub alike; a refusal names the field, the limit and what to do.

use serde_json::Value;

use crate::decide::{Refusal, RefusalCode};
use crate::language::Language;

/// Longest text of a field, in characters, by the name of the field in a payload.
const TEXTS: &[(&str, usize)] = &[
    ("address", 500),
    ("answer", 2_000),
    ("batch", 64),
    ("caller", 200),
    ("channel", 32),
    ("class", 64),
    ("code", 64),
    ("contract", 64),
    ("currency", 3),
    ("description", 500),
    ("email", 254),
    ("fault", 2_000),
    ("findings", 8_000),
    ("label", 1_000),
    ("list", 64),
    ("meter", 40),
    ("name", 200),
    ("note", 1_000),
    ("number", 64),
    ("phone", 40),
    ("place", 200),
    ("position", 200),
    ("quantity", 40),
    ("question", 1_000),
    ("reason", 1_000),
    ("received_from", 200),
    ("serial", 64),
    ("software", 64),
    ("symptom", 64),
    ("cause", 64),
    ("remedy", 64),
    ("tax_label", 40),
    ("tax_number", 64),
    ("text", 10_000),
    ("title", 200),
    ("unit", 32),
    ("meter_unit", 32),
    ("value", 32_000),
    ("zone", 64),
];

/// Longest text of a field on a screen that is no text of a payload, in characters: what is typed there becomes a number, or
/// stays on this device.
const TYPED: &[(&str, usize)] = &[
    ("device_name", 60),
    ("exchange_key", 200),
    ("invitation", 2_000),
    ("kilometres", 8),
    ("minutes", 8),
    ("reading", 20),
    ("search", 100),
    ("sum", 20),
];

/// Longest text of a field that the table does not name.
const OTHER_TEXT: usize = 4_000;

/// Longest list of a field, in entries.
const LISTS: &[(&str, usize)] = &[
    ("add", 20),
    ("amends", 20),
    ("around", 16),
    ("collects", 20),
    ("helpers", 20),
    ("items", 16),
    ("leaves", 20),
    ("rates", 200),
    ("remarks", 200),
    ("remove", 20),
    ("roles", 20),
    ("wear_parts", 500),
];

/// Longest list that the table does not name.
const OTHER_LIST: usize = 1_000;

/// Largest amount in minor units, either way: ten thousand million euros in cents.
pub const MOST_MINOR: i64 = 1_000_000_000_000;

/// Largest tax rate in basis points: 100 %.
pub const MOST_TAX: i64 = 10_000;

/// Largest quantity of parts, hours or kilometres, either way.
pub const MOST_QUANTITY: i64 = 1_000_000;

/// Most minutes of one time entry: a week.
pub const MOST_MINUTES: i64 = 10_080;

/// Most kilometres of one time entry.
pub const MOST_KILOMETRES: i64 = 100_000;

/// Smallest and largest free space that a policy keeps before a camera opens, in bytes: one photo must fit, and no phone
/// has more than a few TiB.
pub const RESERVE_BYTES: std::ops::RangeInclusive<i64> = 16 << 20..=1 << 40;

/// Shortest and longest time that a policy keeps media on phones, in days: a week on site, ten years of archive.
pub const GRACE_DAYS: std::ops::RangeInclusive<i64> = 7..=3_650;

/// How long the text of a field may be, in characters.
pub fn longest_text(field: &str) -> usize {
    TEXTS.iter().find(|(name, _)| *name == field).map_or(OTHER_TEXT, |(_, limit)| *limit)
}

/// How long the text of a field on a screen may be, in characters, by the name of the field in a payload; of what stands in
/// no payload as text by a name of its own.
pub fn longest_typed(field: &str) -> usize {
    TYPED.iter().find(|(name, _)| *name == field).map_or_else(|| longest_text(field), |(_, limit)| *limit)
}

/// How long the list of a field may be, in entries.
pub fn longest_list(field: &str) -> usize {
    LISTS.iter().find(|(name, _)| *name == field).map_or(OTHER_LIST, |(_, limit)| *limit)
}

/// The first thing in a payload that is too long or too large.
pub fn check(payload: &Value) -> Result<(), Refusal> {
    walk("", payload)
}

/// A number within bounds, both of them allowed.
pub fn within(field: &str, number: i64, least: i64, most: i64) -> Result<(), Refusal> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::OutOfRange).with("field", field).with("least", least).with("most", most))
}

fn walk(field: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(text) => text_fits(field, text),
        Value::Array(entries) => {
            let limit = longest_list(field);
            if entries.len() > limit {
                let refusal = Refusal::new(RefusalCode::TooMany).with("field", field).with("limit", limit);
                return Err(refusal.with("count", entries.len()));
            }
            entries.iter().try_for_each(|entry| walk(field, entry))
        }
        Value::Object(fields) => {
            money_fits(field, value)?;
            // The texts of one name in four languages are texts of that name.
            let named = |key: &str| Language::ALL.iter().any(|language| language.tag() == key);
            fields.iter().try_for_each(|(key, value)| walk(if named(key) { field } else { key }, value))
        }
        Value::Number(number) if field == "tax_basis_points" => {
            within(field, number.as_i64().unwrap_or(i64::MAX), 0, MOST_TAX)
        }
        _ => Ok(()),
    }
}

fn text_fits(field: &str, text: &str) -> Result<(), Refusal> {
    let limit = longest_text(field);
    // Counting costs time only where the bytes say that it may be too long.
    if text.len() <= limit {
        return Ok(());
    }
    let length = text.chars().count();
    if length <= limit {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::TooLong).with("field", field).with("limit", limit).with("length", length))
}

/// An amount names its currency by three capital letters; only nothing has none.
fn money_fits(field: &str, value: &Value) -> Result<(), Refusal> {
    let (Some(minor), Some(currency)) = (value.get("minor").and_then(Value::as_i64), value.get("currency")) else {
        return Ok(());
    };
    let code = currency.as_str().unwrap_or_default();
    let known = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let nothing = code.is_empty() && minor == 0;
    if !known && !nothing {
        let shown: String = code.chars().take(20).collect();
        return Err(Refusal::new(RefusalCode::NoCurrency).with("field", field).with("currency", shown));
    }
    within(field, minor, -MOST_MINOR, MOST_MINOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(payload: Value) -> Option<(RefusalCode, String)> {
        check(&payload).err().map(|refusal| (refusal.code, refusal.facts["field"].clone()))
    }

    #[test]
    fn a_field_on_a_screen_takes_what_the_payload_takes() {
        for (field, limit) in TEXTS {
            assert_eq!(longest_typed(field), *limit, "{field}");
        }
        assert_eq!(longest_typed("sum"), 20);
        let largest = format!("-{MOST_MINOR},00");
        assert!(largest.chars().count() <= longest_typed("sum"), "the largest sum can be typed");
        assert!(MOST_MINUTES.to_string().len() <= longest_typed("minutes"));
        assert!(MOST_KILOMETRES.to_string().len() <= longest_typed("kilometres"));
    }

    #[test]
    fn texts_lists_and_amounts_have_their_limits() {
        let long = |count: usize| "é".repeat(count);
        let money = |minor: i64, currency: &str| json!({"price": {"minor": minor, "currency": currency}});
        let refused = |code: RefusalCode, field: &str| Some((code, field.to_owned()));
        let rows = [
            (json!({"fault": long(2_000)}), None),
            (json!({"fault": long(2_001)}), refused(RefusalCode::TooLong, "fault")),
            (json!({"body": {"fault": long(2_001)}}), refused(RefusalCode::TooLong, "fault")),
            (json!({"fields": {"name": {"en": long(201)}}}), refused(RefusalCode::TooLong, "name")),
            (json!({"name": {"zh-Hant": long(200)}}), None),
            (json!({"remarks": [{"text": long(10_001)}]}), refused(RefusalCode::TooLong, "text")),
            (json!({"unheard_of": long(4_001)}), refused(RefusalCode::TooLong, "unheard_of")),
            (json!({"helpers": vec![1; 20]}), None),
            (json!({"helpers": vec![1; 21]}), refused(RefusalCode::TooMany, "helpers")),
            (json!({"anything": vec![1; 1_001]}), refused(RefusalCode::TooMany, "anything")),
            (money(MOST_MINOR, "EUR"), None),
            (money(-MOST_MINOR - 1, "EUR"), refused(RefusalCode::OutOfRange, "price")),
            (money(0, ""), None),
            (money(1, ""), refused(RefusalCode::NoCurrency, "price")),
            (money(1, "eur"), refused(RefusalCode::NoCurrency, "price")),
            (json!({"tax_basis_points": 10_000}), None),
            (json!({"tax_basis_points": 10_001}), refused(RefusalCode::OutOfRange, "tax_basis_points")),
            (json!({"tax_basis_points": -1}), refused(RefusalCode::OutOfRange, "tax_basis_points")),
        ];
        for (payload, want) in rows {
            let shown: String = payload.to_string().chars().take(60).collect();
            assert_eq!(code(payload), want, "{shown}");
        }
    }
}
