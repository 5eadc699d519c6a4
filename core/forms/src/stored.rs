//! The stored form of answers: what a shell asks for instead of putting texts together itself.

use crate::xpath::dates;

/// What "I have read this" is stored as (ODK).
pub const ACKNOWLEDGED: &str = "OK";

/// The values that an answer holds: those that are chosen, or the names of the files.
pub fn values_of(value: &str) -> impl Iterator<Item = &str> {
    value.split_whitespace()
}

/// Chosen values as one answer, each once, in the order in which they come.
pub fn together<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for value in values.into_iter().flat_map(str::split_whitespace) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept.join(" ")
}

/// An answer once an option was pressed: chosen where it was not, and the other way round. What is chosen stands in the
/// order of the options; what is none of them any more goes, since nobody could take it out.
pub fn toggled<'a>(options: impl IntoIterator<Item = &'a str>, value: &str, pressed: &str) -> String {
    let is_chosen = |option: &str| values_of(value).any(|one| one == option);
    together(options.into_iter().filter(|option| is_chosen(option) != (*option == pressed)))
}

/// The day (`2026-11-29`) and the time of day (`14:03`) of a stored date, time, or date and time, for a picker; empty
/// where the answer has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// The day; empty for none.
    pub date: String,
    /// Hours and minutes; empty for none.
    pub time: String,
}

/// What a picker begins with.
pub fn picked(value: &str) -> Picked {
    let (day, clock) = match value.split_once('T') {
        Some((day, clock)) => (day, clock),
        None if value.contains(':') => ("", value),
        None => (value, ""),
    };
    let date = dates::read_date(day).map(|day| day.format("%Y-%m-%d").to_string());
    let time = dates::read_time(clock).map(|(time, _)| time.format("%H:%M").to_string());
    Picked { date: date.unwrap_or_default(), time: time.unwrap_or_default() }
}

/// A time of day as it is picked (`14:03`), as it is stored; what is none comes back as it is, for a rule to refuse.
pub fn stored_time(picked: &str) -> String {
    match dates::read_time(picked) {
        Some((time, None)) => time.format("%H:%M:%S%.3f").to_string(),
        _ => picked.to_owned(),
    }
}

/// A date and time with its offset from UTC, as it is stored.
pub fn stored_date_time(moment: chrono::DateTime<chrono::FixedOffset>) -> String {
    dates::print(moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OPTIONS: [&str; 4] = ["pump", "hose", "valve", "other"];

    #[test]
    fn pressing_an_option_chooses_it_or_lets_it_go() {
        let rows = [
            ("", "hose", "hose"),
            ("hose", "pump", "pump hose"),
            ("pump hose", "hose", "pump"),
            ("pump", "pump", ""),
            ("other  hose", "valve", "hose valve other"),
            ("gone hose", "pump", "pump hose"),
            ("hose", "gone", "hose"),
        ];
        for (value, pressed, want) in rows {
            assert_eq!(toggled(OPTIONS, value, pressed), want, "{pressed} on {value:?}");
        }
    }

    #[test]
    fn chosen_values_stand_together_once() {
        assert_eq!(together(["pump", "", "hose", "pump"]), "pump hose");
        assert_eq!(values_of(" pump  hose ").collect::<Vec<_>>(), ["pump", "hose"]);
        assert_eq!(together([]), "");
    }

    #[test]
    fn a_picker_begins_with_what_is_stored() {
        let rows = [
            ("2026-11-29", "2026-11-29", ""),
            ("2026-11-29T12:05:00.000+01:00", "2026-11-29", "12:05"),
            ("2026-11-29T12:05", "2026-11-29", "12:05"),
            ("07:30:00.000+01:00", "", "07:30"),
            ("07:30", "", "07:30"),
            ("", "", ""),
            ("no", "", ""),
            ("2026-13-40", "", ""),
            ("2026-13-40T25:00", "", ""),
        ];
        for (value, date, time) in rows {
            assert_eq!(picked(value), Picked { date: date.to_owned(), time: time.to_owned() }, "{value:?}");
        }
    }

    #[test]
    fn a_time_is_stored_with_its_thousandths() {
        let rows = [
            ("12:05", "12:05:00.000"),
            ("12:05:33", "12:05:33.000"),
            ("12:05:00.000+01:00", "12:05:00.000+01:00"),
            ("25:00", "25:00"),
            ("", ""),
        ];
        for (typed, want) in rows {
            assert_eq!(stored_time(typed), want, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn pressing_twice_changes_nothing(chosen in proptest::sample::subsequence(&OPTIONS[..], 0..=4), press in 0usize..4) {
            let value = together(chosen);
            let once = toggled(OPTIONS, &value, OPTIONS[press]);
            prop_assert_ne!(&once, &value);
            prop_assert_eq!(toggled(OPTIONS, &once, OPTIONS[press]), value);
        }
    }
}
