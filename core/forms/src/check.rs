//! Whether a text is a value of a kind, and its canonical form.
//!
//! Knows no fill; options are checked by whoever has them.

use rust_decimal::Decimal;

use crate::model::Control;
use crate::problem::AnswerProblem;
use crate::question::QuestionKind;
use crate::stored::{ACKNOWLEDGED, together};
use crate::xpath::dates;

/// The canonical form of a value: trimmed, a select's values separated by one space and without doubles, an integer
/// without leading zeros. Decimals and times stay as typed. The empty value clears and is always of the right type.
pub(crate) fn canonical(kind: QuestionKind, value: &str) -> Result<String, AnswerProblem> {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return Ok(String::new());
    }
    let found = match kind {
        QuestionKind::Text | QuestionKind::Note | QuestionKind::Hidden => Some(value.to_owned()),
        QuestionKind::Barcode | QuestionKind::Photo | QuestionKind::Signature => Some(trimmed.to_owned()),
        QuestionKind::Integer => integer(trimmed),
        QuestionKind::Decimal => decimal(trimmed),
        QuestionKind::Date => date(trimmed),
        QuestionKind::Time => dates::read_time(trimmed).map(|_| trimmed.to_owned()),
        QuestionKind::DateTime => date_time(trimmed),
        QuestionKind::SelectOne => (!trimmed.contains(char::is_whitespace)).then(|| trimmed.to_owned()),
        QuestionKind::SelectMany => Some(together([trimmed])),
        QuestionKind::Acknowledge => (trimmed == ACKNOWLEDGED).then(|| trimmed.to_owned()),
    };
    found.ok_or_else(|| AnswerProblem::WrongType { kind, value: value.to_owned() })
}

/// Whether a number lies on its question's scale, if the question has one.
pub(crate) fn on_scale(control: &Control, value: &str) -> Result<(), AnswerProblem> {
    let Some(scale) = control.scale.as_ref().filter(|_| !value.is_empty()) else { return Ok(()) };
    let numbers: Result<Vec<Decimal>, _> = [&scale.start, &scale.end, value].iter().map(|text| text.parse()).collect();
    let inside = match numbers.as_deref() {
        Ok([start, end, number]) => number >= start.min(end) && number <= start.max(end),
        _ => false,
    };
    if inside { Ok(()) } else { Err(AnswerProblem::WrongType { kind: control.kind, value: value.to_owned() }) }
}

fn integer(text: &str) -> Option<String> {
    text.parse::<i32>().ok().map(|number| number.to_string()).filter(|_| !text.starts_with('+'))
}

/// Digits with at most one point; no exponent, no grouping. Kept as typed, since 1.50 and 1.5 say different things
/// about a measurement.
fn decimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.chars().any(|c| c.is_ascii_digit());
    let one_point = digits.matches('.').count() <= 1;
    (plain && one_point && text.parse::<Decimal>().is_ok()).then(|| text.to_owned())
}

fn date(text: &str) -> Option<String> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let found = dates::read_date(day)?;
    if day != text {
        dates::read_time(text.split_once('T')?.1)?;
    }
    Some(found.format("%Y-%m-%d").to_string())
}

fn date_time(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T')?;
    dates::read_date(day)?;
    dates::read_time(time)?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use QuestionKind::{Acknowledge, Date, DateTime, Decimal as Dec, Integer, SelectMany, SelectOne, Text, Time};

    #[test]
    fn values_become_canonical_or_are_refused() {
        let rows: &[(QuestionKind, &str, Option<&str>)] = &[
            (Integer, " 007 ", Some("7")),
            (Integer, "-3", Some("-3")),
            (Integer, "2147483648", None),
            (Integer, "1.0", None),
            (Integer, "+1", None),
            (Dec, "1.50", Some("1.50")),
            (Dec, "-0.5", Some("-0.5")),
            (Dec, ".5", Some(".5")),
            (Dec, "1e3", None),
            (Dec, "1,5", None),
            (Dec, "1.2.3", None),
            (Dec, ".", None),
            (Date, "2026-02-29", None),
            (Date, "2028-02-29", Some("2028-02-29")),
            (Date, "29.02.2028", None),
            (Time, "08:30", Some("08:30")),
            (Time, "24:00:00", None),
            (DateTime, "2026-11-22T08:30:00.000+01:00", Some("2026-11-22T08:30:00.000+01:00")),
            (DateTime, "2026-11-22", None),
            (SelectOne, "a b", None),
            (SelectMany, "a  b a", Some("a b")),
            (Acknowledge, "yes", None),
            (Acknowledge, "OK", Some("OK")),
            (Text, " as typed ", Some(" as typed ")),
            (Text, "   ", Some("")),
        ];
        for (kind, value, expected) in rows {
            assert_eq!(canonical(*kind, value).ok().as_deref(), *expected, "{kind:?} {value:?}");
        }
    }
}
