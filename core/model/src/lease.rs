//! The lease: how long a device shows content without hearing from its hub. When it ends, content is hidden until the
//! device syncs; nothing is deleted, saving and sync go on. It is the one place where a device's clock refuses something.
//!
//! What time it is at the hub is reckoned from the last [`LeaseMark`]. Within one boot only the monotonic clock counts,
//! so turning the wall clock in either direction changes nothing. Over a restart the monotonic clock knows nothing of
//! the time in between; there the wall clock's step counts where it goes forward, so that a device that lay switched off
//! for months does not open, and a clock that fell back to its factory date never lengthens the lease below what the
//! new boot has already lasted.

use serde::{Deserialize, Serialize};

use crate::time::TimeRecord;

/// Length of a lease in milliseconds: thirty days after the last answer of the hub.
pub const LEASE_MS: i64 = 30 * DAY_MS;
/// How long before its end a person is told, milliseconds: a working week, so that a trip without network can be planned.
pub const WARNING_MS: i64 = 5 * DAY_MS;
/// A day in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A moment at which the hub's time was known or reckoned, by the device's own clocks. All times are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseMark {
    /// The hub's time, since 1970.
    pub hub_time: i64,
    /// The device's wall clock, since 1970.
    pub wall: i64,
    /// Which boot `monotonic` counts from; empty where unknown.
    pub boot: String,
    /// Time since that boot.
    pub monotonic: i64,
}

impl LeaseMark {
    /// The hub's time is known now.
    pub fn new(hub_time: i64, now: &TimeRecord) -> LeaseMark {
        LeaseMark { hub_time, wall: now.wall, boot: now.boot.clone(), monotonic: now.monotonic }
    }

    /// Whether `now` is in the boot of this mark, so that the monotonic clock tells how long ago it was.
    pub fn is_of_boot(&self, now: &TimeRecord) -> bool {
        !self.boot.is_empty() && self.boot == now.boot && now.monotonic >= self.monotonic
    }

    /// What time it is at the hub now, at least; it never goes back.
    pub fn hub_time_at(&self, now: &TimeRecord) -> i64 {
        let passed = if self.is_of_boot(now) {
            now.monotonic.saturating_sub(self.monotonic)
        } else {
            // A named boot that is another one began after the mark, so all of it has passed since.
            let of_this_boot = if now.boot.is_empty() { 0 } else { now.monotonic };
            now.wall.saturating_sub(self.wall).max(of_this_boot)
        };
        self.hub_time.saturating_add(passed.max(0))
    }

    /// The mark brought up to now, so that a restart of the device loses nothing of what has passed.
    pub fn brought_up_to(&self, now: &TimeRecord) -> LeaseMark {
        LeaseMark::new(self.hub_time_at(now), now)
    }
}

/// Where a lease stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Lease {
    /// It runs.
    Runs {
        /// Its end, hub time in milliseconds since 1970.
        until: i64,
    },
    /// It runs, and ends within [`WARNING_MS`].
    EndsSoon {
        /// Its end, hub time in milliseconds since 1970.
        until: i64,
        /// Days that are left, the begun one counted.
        days: i64,
    },
    /// It is over: content is hidden until the device syncs.
    Over {
        /// Its end, hub time in milliseconds since 1970.
        until: i64,
    },
}

impl Lease {
    /// Where a lease that ends at `until` stands at this hub time. A device that never heard the hub's time has no mark:
    /// its lease began with its last grant, [`LEASE_MS`] before the end.
    pub fn at(until: i64, mark: Option<&LeaseMark>, now: &TimeRecord) -> Lease {
        let hub_time = mark.map_or(until.saturating_sub(LEASE_MS), |mark| mark.hub_time_at(now));
        let left = until.saturating_sub(hub_time);
        match left {
            left if left <= 0 => Lease::Over { until },
            left if left <= WARNING_MS => Lease::EndsSoon { until, days: left.saturating_add(DAY_MS - 1) / DAY_MS },
            _ => Lease::Runs { until },
        }
    }

    /// Whether content is hidden.
    pub fn is_over(&self) -> bool {
        matches!(self, Lease::Over { .. })
    }

    /// Its end, hub time in milliseconds since 1970.
    pub fn until(&self) -> i64 {
        match self {
            Lease::Runs { until } | Lease::EndsSoon { until, .. } | Lease::Over { until } => *until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: i64 = 1_800_000_000_000;

    fn clocks(boot: &str, monotonic: i64, wall: i64) -> TimeRecord {
        TimeRecord { wall, boot: boot.to_owned(), monotonic, ..TimeRecord::default() }
    }

    /// Days after the mark, as the lease reckons them, by what the clocks say now. The mark: boot `a`, an hour after its
    /// beginning, with a wall clock that is right.
    #[test]
    fn what_counts_as_passed_whatever_the_wall_clock_says() {
        let hour = 60 * 60 * 1000;
        let mark = LeaseMark::new(HUB, &clocks("a", hour, HUB));
        let rows = [
            ("same boot, right clock", clocks("a", hour + 3 * DAY_MS, HUB + 3 * DAY_MS), 3),
            ("same boot, clock ten years ahead", clocks("a", hour + DAY_MS, HUB + 3650 * DAY_MS), 1),
            ("same boot, clock ten years back", clocks("a", hour + DAY_MS, HUB - 3650 * DAY_MS), 1),
            ("another boot, right clock", clocks("b", DAY_MS, HUB + 40 * DAY_MS), 40),
            ("another boot, clock back at its factory date", clocks("b", 2 * DAY_MS, 0), 2),
            ("no name of the boot, right clock", clocks("", DAY_MS, HUB + 4 * DAY_MS), 4),
            ("no name of the boot, clock back", clocks("", DAY_MS, 0), 0),
            ("the monotonic clock of the same boot went back", clocks("a", 0, HUB + 2 * DAY_MS), 2),
            ("clocks at the edge of their numbers", clocks("a", i64::MAX, i64::MIN), (i64::MAX - HUB) / DAY_MS),
        ];
        for (what, now, days) in rows {
            assert_eq!((mark.hub_time_at(&now) - HUB) / DAY_MS, days, "{what}");
        }
    }

    #[test]
    fn marks_on_the_way_add_up_over_restarts() {
        let mut mark = LeaseMark::new(HUB, &clocks("0", 0, HUB));
        for boot in 1..=10 {
            // Each boot lasts three days, and the wall clock falls back to nothing each time.
            mark = mark.brought_up_to(&clocks(&boot.to_string(), 3 * DAY_MS, 0));
        }
        assert_eq!(mark.hub_time, HUB + 30 * DAY_MS);
        assert!(Lease::at(HUB + LEASE_MS, Some(&mark), &clocks("10", 3 * DAY_MS, 0)).is_over());
    }

    #[test]
    fn a_lease_says_when_it_ends_soon_and_when_it_is_over() {
        let mark = LeaseMark::new(HUB, &clocks("a", 0, HUB));
        let until = HUB + LEASE_MS;
        let rows = [
            (0, Lease::Runs { until }),
            (25 * DAY_MS - 1, Lease::Runs { until }),
            (25 * DAY_MS, Lease::EndsSoon { until, days: 5 }),
            (29 * DAY_MS, Lease::EndsSoon { until, days: 1 }),
            (30 * DAY_MS - 1, Lease::EndsSoon { until, days: 1 }),
            (30 * DAY_MS, Lease::Over { until }),
        ];
        for (passed, want) in rows {
            assert_eq!(Lease::at(until, Some(&mark), &clocks("a", passed, 0)), want, "{passed}");
        }
        assert_eq!(Lease::at(until, None, &clocks("a", 0, i64::MAX)), Lease::Runs { until }, "no mark yet");
    }
}
