//! In which zone a time is printed. Knows the zones of the IANA database; never asks the system for its own.

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
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

    /// The local date and time; `None` beyond the years that a calendar knows.
    pub(crate) fn local(&self, milliseconds: i64) -> Option<DateTime<FixedOffset>> {
        let utc: DateTime<Utc> = Utc.timestamp_millis_opt(milliseconds).single()?;
        Some(match self {
            Zone::Named(zone) => utc.with_timezone(zone).fixed_offset(),
            Zone::Offset(offset) => utc.with_timezone(offset),
        })
    }
}
