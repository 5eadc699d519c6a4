//! In which zone a time is printed. Knows the zones of the IANA database; never asks the system for its own.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Which edition of the IANA database prints the times, such as `2025b`. A newer one may print a time differently where
/// a country changed its rules.
pub const TIME_ZONES: &str = chrono_tz::IANA_TZDB_VERSION;

/// Where on Earth a time is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// A zone with its history of summer times.
    Named(Tz),
    /// A fixed offset from UTC.
    Offset(FixedOffset),
}

impl Zone {
    /// The names of all zones, in the order of the alphabet.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// The zone with this IANA name (`Europe/Madrid`), else the fixed offset in minutes east of UTC.
    pub fn of(name: &str, offset_minutes: i32) -> Zone {
        name.parse().map_or_else(|_| Zone::offset(offset_minutes), Zone::Named)
    }

    /// The zone with this IANA name; `None` if there is none.
    pub fn named(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone::Named)
    }

    /// A fixed offset in minutes east of UTC; UTC for one that no place on Earth has.
    pub fn offset(minutes: i32) -> Zone {
        let utc = FixedOffset::east_opt(0);
        let offset = minutes.checked_mul(60).and_then(FixedOffset::east_opt).or(utc);
        offset.map_or(Zone::Named(Tz::UTC), Zone::Offset)
    }

    /// UTC.
    pub fn utc() -> Zone {
        Zone::Named(Tz::UTC)
    }

    /// The moment of a local time as a browser's field has it (`2026-11-22T09:00`), milliseconds since 1970; `None` for
    /// what is no time, and for an hour that a clock of this zone skips.
    pub fn moment(&self, local: &str) -> Option<i64> {
        let local = local_time(local)?;
        Some(match self {
            Zone::Named(zone) => zone.from_local_datetime(&local).earliest()?.timestamp_millis(),
            Zone::Offset(offset) => offset.from_local_datetime(&local).earliest()?.timestamp_millis(),
        })
    }

    /// The same, where an hour that a clock skips is counted on from before: half past two of a night without a two is half
    /// past three. What somebody did happened at some moment, whatever their clock showed.
    pub fn moment_counted_on(&self, local: &str) -> Option<i64> {
        if let Some(moment) = self.moment(local) {
            return Some(moment);
        }
        let counted = local_time(local)?.and_utc();
        // No zone is a day off, so the clock of a day before is the one that was in force.
        let before = self.local((counted - TimeDelta::days(1)).timestamp_millis())?;
        Some((counted - TimeDelta::seconds(before.offset().local_minus_utc().into())).timestamp_millis())
    }

    /// The local date and time; `None` beyond the years that a calendar knows.
    pub fn local(&self, milliseconds: i64) -> Option<DateTime<FixedOffset>> {
        let utc: DateTime<Utc> = Utc.timestamp_millis_opt(milliseconds).single()?;
        Some(match self {
            Zone::Named(zone) => utc.with_timezone(zone).fixed_offset(),
            Zone::Offset(offset) => utc.with_timezone(offset),
        })
    }
}

/// A local time as a browser's field has it: with seconds only where somebody gave any.
fn local_time(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_time_is_a_moment_of_its_zone() {
        let madrid = Zone::of("Europe/Madrid", 0);
        assert_eq!(madrid.moment("2026-11-22T09:00"), Some(1_795_334_400_000));
        assert_eq!(madrid.moment("2026-07-01T09:00"), Some(1_782_889_200_000), "in summer an hour earlier");
        assert_eq!(Zone::offset(60).moment("2026-11-22T09:00"), madrid.moment("2026-11-22T09:00"));
        for bad in ["", "2026-11-22", "2026-13-01T09:00", "tomorrow", "2026-03-29T02:30"] {
            assert_eq!(madrid.moment(bad), None, "{bad}");
        }
        assert_eq!(madrid.moment("2026-11-22T09:00:05"), Some(1_795_334_405_000));
        assert_eq!(madrid.moment("2026-11-22T09:00:05.250"), Some(1_795_334_405_250));
    }

    #[test]
    fn a_skipped_hour_is_counted_on_from_before() {
        let madrid = Zone::of("Europe/Madrid", 0);
        assert_eq!(madrid.moment_counted_on("2026-03-29T02:30"), madrid.moment("2026-03-29T03:30"));
        assert_eq!(madrid.moment_counted_on("2026-03-29T01:59"), madrid.moment("2026-03-29T01:59"));
        let new_york = Zone::of("America/New_York", 0);
        assert_eq!(new_york.moment_counted_on("2026-03-08T02:00:30"), new_york.moment("2026-03-08T03:00:30"));
        assert_eq!(madrid.moment_counted_on("soon"), None);
    }
}
