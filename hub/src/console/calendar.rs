//! Days as the company's zone has them: from a time to its day, from a day to its first millisecond, and the texts of a
//! browser's date fields. Never asks the clock.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use countersign_texts::Zone;

/// The local time of a moment.
pub(crate) fn local(milliseconds: i64, zone: &Zone) -> NaiveDateTime {
    let utc = DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    match zone {
        Zone::Named(zone) => utc.with_timezone(zone).naive_local(),
        Zone::Offset(offset) => utc.with_timezone(offset).naive_local(),
    }
}

/// The day of a moment.
pub(crate) fn day_of(milliseconds: i64, zone: &Zone) -> NaiveDate {
    local(milliseconds, zone).date()
}

/// The moment of a local time. One that a change of clocks leaves out is moved on by the hour that is left out.
pub(crate) fn moment(local: NaiveDateTime, zone: &Zone) -> Option<i64> {
    fn in_zone<Z: TimeZone>(local: NaiveDateTime, zone: &Z) -> Option<i64> {
        let exact = zone.from_local_datetime(&local).earliest();
        let moved = || zone.from_local_datetime(&(local + chrono::TimeDelta::hours(1))).earliest();
        exact.or_else(moved).map(|time| time.timestamp_millis())
    }
    match zone {
        Zone::Named(zone) => in_zone(local, zone),
        Zone::Offset(offset) => in_zone(local, offset),
    }
}

/// The first moment of a day.
pub(crate) fn begin(day: NaiveDate, zone: &Zone) -> i64 {
    day.and_hms_opt(0, 0, 0).and_then(|time| moment(time, zone)).unwrap_or(0)
}

/// The Monday of a day's week.
pub(crate) fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

/// The day so many days later (or earlier).
pub(crate) fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    moved.unwrap_or(day)
}

/// A day as an address or a date field writes it.
pub(crate) fn day_text(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The day that an address or a date field writes.
pub(crate) fn parse_day(text: &str) -> Option<NaiveDate> {
    // Far years would leave the range of milliseconds.
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| (1970..=9998).contains(&day.year()))
}

/// A moment as a browser's field writes it (`2026-11-22T09:00`).
pub(crate) fn field(milliseconds: i64, zone: &Zone) -> String {
    local(milliseconds, zone).format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_zone_and_its_changes_of_clocks() {
        let madrid = Zone::of("Europe/Madrid", 0);
        // (day, length in hours)
        for (day, hours) in [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)] {
            let day = parse_day(day).unwrap();
            let length = begin(plus(day, 1), &madrid) - begin(day, &madrid);
            assert_eq!(length, hours * 3_600_000, "{day}");
            assert_eq!(day_of(begin(day, &madrid), &madrid), day);
        }
        let lost = parse_day("2026-03-29").unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(field(moment(lost, &madrid).unwrap(), &madrid), "2026-03-29T03:30");
        assert_eq!(day_text(monday(parse_day("2026-11-29").unwrap())), "2026-11-23");
        assert_eq!(parse_day("0000-00-00").or(parse_day("99999-01-01")), None);
    }
}
