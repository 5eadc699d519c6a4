//! What is typed or picked into a field of a form, as it is stored: the same in every shell.

use countersign_forms::{Picked, QuestionKind, picked, stored_date_time, stored_time, together};
use countersign_texts::{Zone, typed_number};

/// An answer as it is stored. `kind` is that of the question; of several values each is one that was chosen. A date and
/// time is picked by the clock of `zone`, such as `2026-11-29T14:03`. What is none of its kind comes back as it is, for a
/// rule to refuse.
pub fn typed_answer(kind: &str, typed: &[&str], zone: &Zone) -> String {
    let is = |known: QuestionKind| kind == known.word();
    if is(QuestionKind::SelectMany) {
        return together(typed.iter().copied());
    }
    let one = typed.first().copied().unwrap_or_default();
    if is(QuestionKind::Integer) {
        one.trim().to_owned()
    } else if is(QuestionKind::Decimal) {
        typed_number(one)
    } else if is(QuestionKind::Time) {
        stored_time(one)
    } else if is(QuestionKind::DateTime) {
        let moment = zone.moment_counted_on(one).and_then(|moment| zone.local(moment));
        moment.map_or_else(|| one.to_owned(), stored_date_time)
    } else {
        one.to_owned()
    }
}

/// A moment as it is picked by the clock of a zone, such as `2026-11-29T14:03`; empty beyond the years of a calendar.
pub fn typed_moment(milliseconds: i64, zone: &Zone) -> String {
    zone.local(milliseconds).map(|local| local.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

/// What a picker begins with for an answer, by the clock of the zone by which it picks: an answer may have been given by
/// another clock.
pub fn picked_in(value: &str, zone: &Zone) -> Picked {
    match chrono::DateTime::parse_from_rfc3339(value) {
        Ok(moment) => picked(&typed_moment(moment.timestamp_millis(), zone)),
        Err(_) => picked(value),
    }
}

/// The same with what the answer does not have taken from this moment, in milliseconds: a picker that opens on nothing
/// offers now, and by the same clock as it is read.
pub fn picked_from(value: &str, now: i64, zone: &Zone) -> Picked {
    let (kept, now) = (picked_in(value, zone), picked(&typed_moment(now, zone)));
    let or = |kept: String, now: String| if kept.is_empty() { now } else { kept };
    Picked { date: or(kept.date, now.date), time: or(kept.time, now.time) }
}

/// What a code that was read or typed says, without the blanks around it; `None` for one that says nothing.
pub fn read_code(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|code| !code.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picker_begins_by_the_clock_by_which_it_picks() {
        let madrid = Zone::of("Europe/Madrid", 0);
        let rows = [
            ("2026-07-01T23:30:00.000+08:00", "2026-07-01", "17:30"),
            ("2026-11-29T23:30:00.000+00:00", "2026-11-30", "00:30"),
            ("2026-11-29", "2026-11-29", ""),
            ("07:30:00.000", "", "07:30"),
            ("", "", ""),
        ];
        for (value, date, time) in rows {
            let begins = picked_in(value, &madrid);
            assert_eq!((begins.date.as_str(), begins.time.as_str()), (date, time), "{value:?}");
        }
        let stored = typed_answer("date_time", &["2026-11-29T12:05"], &madrid);
        let begins = picked_in(&stored, &madrid);
        let again = format!("{}T{}", begins.date, begins.time);
        assert_eq!(typed_answer("date_time", &[&again], &madrid), stored, "picked again and left as it is");
    }

    #[test]
    fn a_day_alone_is_no_date_and_time() {
        let typed = typed_answer("date_time", &["2026-11-29"], &Zone::utc());
        assert_eq!(typed, "2026-11-29", "no time of day is made up");
    }

    #[test]
    fn what_is_typed_becomes_what_is_stored() {
        let madrid = Zone::of("Europe/Madrid", 0);
        let rows: &[(&str, &[&str], &str)] = &[
            ("select_many", &["pump", "", "hose"], "pump hose"),
            ("select_many", &[""], ""),
            ("select_one", &["pump"], "pump"),
            ("integer", &[" 7 "], "7"),
            ("decimal", &["1,50"], "1.50"),
            ("decimal", &["1,2,3"], "1,2,3"),
            ("text", &[" as typed, "], " as typed, "),
            ("date", &["2026-11-29"], "2026-11-29"),
            ("time", &["12:05"], "12:05:00.000"),
            ("date_time", &["2026-11-29T12:05"], "2026-11-29T12:05:00.000+01:00"),
            ("date_time", &["2026-07-01T12:05"], "2026-07-01T12:05:00.000+02:00"),
            ("date_time", &["2026-03-29T02:30"], "2026-03-29T03:30:00.000+02:00"),
            ("date_time", &["2026-11-29T12:05:30"], "2026-11-29T12:05:30.000+01:00"),
            ("date_time", &["2026-11-29T12:05:00.000+05:00"], "2026-11-29T12:05:00.000+05:00"),
            ("date_time", &["soon"], "soon"),
            ("date_time", &[], ""),
            ("star", &["*"], "*"),
        ];
        for (kind, typed, want) in rows {
            assert_eq!(typed_answer(kind, typed, &madrid), *want, "{kind} {typed:?}");
        }
        let utc = typed_answer("date_time", &["2026-07-01T12:05"], &Zone::utc());
        assert_eq!(utc, "2026-07-01T12:05:00.000+00:00");
    }

    #[test]
    fn a_code_is_what_stands_between_the_blanks() {
        assert_eq!(read_code(" HYD-12\r\n"), Some("HYD-12"));
        assert_eq!(read_code("two words"), Some("two words"));
        assert_eq!(read_code(" \t"), None);
    }

    #[test]
    fn a_picker_that_opens_on_nothing_offers_now_by_the_companys_clock() {
        let zone = Zone::of("Europe/Madrid", 0);
        // 2027-01-15 08:00 UTC is nine o'clock in Madrid.
        let now = 1_800_000_000_000;
        let rows = [
            ("", ("2027-01-15", "09:00")),
            ("2026-12-24", ("2026-12-24", "09:00")),
            ("2026-12-24T23:30:00.000+00:00", ("2026-12-25", "00:30")),
        ];
        for (value, (date, time)) in rows {
            let want = Picked { date: date.to_owned(), time: time.to_owned() };
            assert_eq!(picked_from(value, now, &zone), want, "{value}");
        }
    }
}
