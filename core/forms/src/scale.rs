//! The marks of a scale, exact: no float decides what is stored.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::question::Scale;

/// Where a scale begins, the way from one mark to the next with its direction, and the place of the last mark.
struct Marks {
    start: Decimal,
    step: Decimal,
    last: u32,
}

impl Scale {
    /// How many marks it has. A scale without a step has the one at its start.
    pub fn count(&self) -> u32 {
        self.marks().map_or(1, |marks| marks.last.saturating_add(1))
    }

    /// The value at a mark, 0 for the first, as it is stored: without zeros at its end, as a browser writes it. The last mark
    /// for a place beyond it.
    pub fn at(&self, place: u32) -> String {
        let value = self.marks().and_then(|marks| {
            let way = marks.step.checked_mul(Decimal::from(place.min(marks.last)))?;
            marks.start.checked_add(way)
        });
        value.map_or_else(|| self.start.clone(), |value| value.normalize().to_string())
    }

    /// The mark next to a value; `None` for what is no number.
    pub fn place_of(&self, value: &str) -> Option<u32> {
        let number: Decimal = value.trim().parse().ok()?;
        let Some(marks) = self.marks() else { return Some(0) };
        let way = number.checked_sub(marks.start)?.checked_div(marks.step)?;
        let place = (way + Decimal::new(5, 1)).floor();
        Some(place.max(Decimal::ZERO).to_u32().unwrap_or(marks.last).min(marks.last))
    }

    /// The mark at which a value lies; `None` for what lies beside the marks, or is no number.
    pub fn mark_of(&self, value: &str) -> Option<u32> {
        let number: Decimal = value.trim().parse().ok()?;
        self.place_of(value).filter(|place| self.at(*place).parse() == Ok(number))
    }

    /// Whether the first mark is the largest.
    pub fn runs_down(&self) -> bool {
        self.marks().is_some_and(|marks| marks.last > 0 && marks.step.is_sign_negative())
    }

    /// `None` where the bounds are no numbers, or there is no step.
    fn marks(&self) -> Option<Marks> {
        let read = |text: &str| text.parse::<Decimal>().ok();
        let (start, end, step) = (read(&self.start)?, read(&self.end)?, read(&self.step)?.abs());
        let step = if end < start { -step } else { step };
        let last = end.checked_sub(start)?.checked_div(step)?.floor();
        Some(Marks { start, step, last: last.to_u32()?.min(u32::MAX - 1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scale(start: &str, end: &str, step: &str) -> Scale {
        Scale { start: start.to_owned(), end: end.to_owned(), step: step.to_owned() }
    }

    #[test]
    fn a_scale_has_exact_marks_also_one_that_runs_down() {
        let rows: &[(&str, &str, &str, &[&str])] = &[
            ("0.1", "0.5", "0.1", &["0.1", "0.2", "0.3", "0.4", "0.5"]),
            ("1.5", "3.0", "0.5", &["1.5", "2", "2.5", "3"]),
            ("10", "0", "5", &["10", "5", "0"]),
            ("10", "0", "-5", &["10", "5", "0"]),
            ("0", "10", "4", &["0", "4", "8"]),
            ("3", "3", "1", &["3"]),
            ("1", "5", "0", &["1"]),
            ("1", "2", "9", &["1"]),
        ];
        for (start, end, step, marks) in rows {
            let scale = scale(start, end, step);
            let found: Vec<String> = (0..scale.count()).map(|place| scale.at(place)).collect();
            assert_eq!(&found, marks, "{start} to {end} by {step}");
            assert_eq!(scale.at(99), marks[marks.len() - 1]);
            assert_eq!(scale.runs_down(), *start == "10", "{start} to {end}");
        }
    }

    #[test]
    fn a_value_lies_at_the_mark_next_to_it() {
        let rows: &[(&str, &str, &str, &str, Option<u32>)] = &[
            ("0.1", "0.5", "0.1", "0.3", Some(2)),
            ("10", "0", "5", "0", Some(2)),
            ("0", "10", "4", "6", Some(2)),
            ("0", "10", "4", "5.9", Some(1)),
            ("0", "10", "1", "-7", Some(0)),
            ("0", "10", "1", "99", Some(10)),
            ("0", "10", "0", "7", Some(0)),
            ("0", "10", "1", "", None),
            ("0", "10", "1", "much", None),
        ];
        for (start, end, step, value, place) in rows {
            assert_eq!(scale(start, end, step).place_of(value), *place, "{value} from {start} to {end} by {step}");
        }
    }

    #[test]
    fn a_value_beside_the_marks_has_none() {
        let rows: &[(&str, Option<u32>)] =
            &[("4", Some(1)), ("4.0", Some(1)), ("0", Some(0)), ("5", None), ("99", None), ("-4", None), ("", None)];
        for (value, mark) in rows {
            assert_eq!(scale("0", "10", "4").mark_of(value), *mark, "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_mark_is_found_again(start in -500i32..500, marks in 0u32..200, step in 1u32..50, down: bool) {
            let way = i64::from(marks) * i64::from(step) * if down { -1 } else { 1 };
            let tenths = |number: i64| Decimal::new(number, 1).to_string();
            let scale = scale(&tenths(start.into()), &tenths(i64::from(start) + way), &tenths(step.into()));
            prop_assert_eq!(scale.count(), marks + 1);
            for place in 0..scale.count() {
                prop_assert_eq!(scale.place_of(&scale.at(place)), Some(place));
                prop_assert_eq!(scale.mark_of(&scale.at(place)), Some(place));
            }
        }
    }
}
