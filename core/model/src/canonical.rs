//! Canonical JSON (RFC 8785): the one text of a value, so that its digest names it everywhere.
//!
//! Numbers are restricted further than the RFC: only integers within ±(2^53−1), which every JSON reader keeps
//! exactly. Decimals and larger integers travel as strings; anything else is refused here, before it is hashed.

use serde::Serialize;
use serde_json::Value;

use crate::digest::Digest;

/// The largest integer that every reader of JSON keeps exactly (RFC 7493, section 2.2).
pub const LARGEST_INTEGER: i64 = (1 << 53) - 1;
/// Nesting beyond this is refused: no record of ours comes near it, and readers recurse.
const DEEPEST: usize = 64;

/// Why a value has no canonical form here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A number that is not an integer within ±(2^53−1).
    #[error("the number {0} cannot be kept exactly: write it as a string")]
    Number(String),
    /// Deeper nesting than any record has.
    #[error("the value is nested more than 64 deep")]
    TooDeep,
    /// The value cannot be written as JSON at all.
    #[error("the value cannot be written as JSON: {0}")]
    NotJson(String),
}

/// Whether a flag stays out of a value: what an older program wrote has no such flag and keeps its digest.
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// The canonical bytes of a value.
pub fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|error| NotCanonical::NotJson(error.to_string()))?;
    check(&value, 0)?;
    serde_json_canonicalizer::to_vec(&value).map_err(|error| NotCanonical::NotJson(error.to_string()))
}

/// The canonical text of a value.
pub fn to_text(value: &impl Serialize) -> Result<String, NotCanonical> {
    String::from_utf8(to_bytes(value)?).map_err(|error| NotCanonical::NotJson(error.to_string()))
}

/// The digest of the canonical bytes.
pub fn digest(value: &impl Serialize) -> Result<Digest, NotCanonical> {
    Ok(Digest::of(&to_bytes(value)?))
}

fn check(value: &Value, depth: usize) -> Result<(), NotCanonical> {
    if depth > DEEPEST {
        return Err(NotCanonical::TooDeep);
    }
    match value {
        Value::Number(number) => match number.as_i64() {
            // Not by its absolute value: the smallest number has none.
            Some(integer) if (-LARGEST_INTEGER..=LARGEST_INTEGER).contains(&integer) => Ok(()),
            _ => Err(NotCanonical::Number(number.to_string())),
        },
        Value::Array(items) => items.iter().try_for_each(|item| check(item, depth + 1)),
        Value::Object(fields) => fields.values().try_for_each(|field| check(field, depth + 1)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_utf16_and_whitespace_is_gone() {
        let value = json!({"b": [1, true, null], "a": "é\n", "\u{20ac}": 1, "\r": 2});
        assert_eq!(to_text(&value).unwrap(), "{\"\\r\":2,\"a\":\"é\\n\",\"b\":[1,true,null],\"€\":1}");
    }

    #[test]
    fn numbers_that_a_reader_could_change_are_refused() {
        for bad in [json!(1.5), json!(9_007_199_254_740_992_i64), json!(u64::MAX), json!(i64::MIN), json!([{"x": 0.1}])]
        {
            assert!(matches!(to_bytes(&bad), Err(NotCanonical::Number(_))), "{bad}");
        }
        assert_eq!(to_text(&json!(LARGEST_INTEGER)).unwrap(), "9007199254740991");
        assert!(to_text(&json!(i64::MIN + 1)).is_err());
    }

    #[test]
    fn deep_nesting_is_refused_instead_of_recursing() {
        let mut value = json!(1);
        for _ in 0..100 {
            value = json!([value]);
        }
        assert_eq!(to_bytes(&value), Err(NotCanonical::TooDeep));
    }
}
