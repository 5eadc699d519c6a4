//! Numbers as people type them, read the same in every shell.

use countersign_model::decide::{Refusal, RefusalCode, ordered_window};
use countersign_model::entity::Window;
use countersign_model::money::amount_of;

use crate::zone::Zone;

/// A number as people of any of our languages write it, as a plain decimal: a single comma is the decimal sign where no
/// point is. What is no number comes back as it is, for a rule to refuse.
pub fn typed_number(text: &str) -> String {
    let text = text.trim();
    match text.matches(',').count() == 1 && !text.contains('.') {
        true => text.replace(',', "."),
        false => text.to_owned(),
    }
}

/// A sum as it is typed, in minor units of the currency; `None` for what is none, or is finer than the currency.
pub fn typed_sum(text: &str, currency: &str) -> Option<i64> {
    let plain = typed_number(text);
    // Nobody types a sum as a power of ten, and what looks like one is a slip.
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    digits.then(|| amount_of(&plain, currency).ok()).flatten().map(|sum| sum.minor)
}

/// An appointment by its ends as a browser's fields have them; `None` where neither is typed. Half an appointment is
/// none, and neither is one at an hour that the clocks of the place skip or one that ends before it begins: all are refused.
pub fn typed_window(from: &str, to: &str, zone: &Zone) -> Result<Option<Window>, Refusal> {
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    let ends = zone.moment(from).zip(zone.moment(to));
    let (from, to) = ends.ok_or_else(|| Refusal::new(RefusalCode::Missing).with("field", "window"))?;
    ordered_window(Window { from, to }).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_window_is_none() {
        let madrid = Zone::of("Europe/Madrid", 0);
        let whole = "2026-11-22T09:00";
        assert_eq!(typed_window("", "", &madrid), Ok(None));
        let window = typed_window(whole, "2026-11-22T11:00", &madrid).unwrap().unwrap();
        assert_eq!((window.from, window.to), (1_795_334_400_000, 1_795_341_600_000));
        for (from, to) in [(whole, ""), ("", whole), (whole, "tomorrow"), ("2026-03-29T02:30", whole)] {
            let refusal = typed_window(from, to, &madrid).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::Missing, "{from} {to}");
            assert_eq!(refusal.facts.get("field").map(String::as_str), Some("window"));
        }
        assert!(typed_window(whole, whole, &madrid).is_ok());
        let reversed = typed_window("2026-11-22T11:00", whole, &madrid).unwrap_err();
        assert_eq!(reversed.code, RefusalCode::WindowReversed);
    }

    #[test]
    fn one_comma_is_a_decimal_sign() {
        let rows =
            [("1,5", "1.5"), (" 2.50 ", "2.50"), ("1,234.5", "1,234.5"), ("1,2,3", "1,2,3"), ("7", "7"), ("x", "x")];
        for (typed, want) in rows {
            assert_eq!(typed_number(typed), want, "{typed}");
        }
    }

    #[test]
    fn sums_are_as_fine_as_their_currency() {
        let rows = [
            ("12", "EUR", Some(1_200)),
            ("12,5", "EUR", Some(1_250)),
            ("-0.05", "EUR", Some(-5)),
            ("0.005", "EUR", None),
            ("1200", "JPY", Some(1_200)),
            ("1200.5", "JPY", None),
            ("1.234", "KWD", Some(1_234)),
            ("", "EUR", None),
            ("-", "EUR", None),
            ("1e3", "EUR", None),
            ("99999999999999999999", "EUR", None),
        ];
        for (typed, currency, want) in rows {
            assert_eq!(typed_sum(typed, currency), want, "{typed} {currency}");
        }
    }
}
