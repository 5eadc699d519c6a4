//! What a device knew about the time when something happened, and what can be said about it later.
//!
//! Nothing is ordered or refused by a phone's clock; a time record is a claim with the means to judge it.

use serde::{Deserialize, Serialize};

/// A time as recorded by whoever acted. All times are milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimeRecord {
    /// The wall clock of the recorder, since 1970 UTC.
    pub wall: i64,
    /// The recorder's offset from UTC in minutes, east positive.
    pub offset_minutes: i32,
    /// Which boot of the recorder's system `monotonic` counts from; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub boot: String,
    /// Time since that boot.
    #[serde(default)]
    pub monotonic: i64,
    /// Hub time minus wall clock, as last measured by the recorder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub_offset: Option<i64>,
    /// Half the width of the interval in which the true offset lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub_uncertainty: Option<i64>,
}

impl TimeRecord {
    /// A time taken by the hub itself, whose clock is the reference.
    pub fn by_hub(now: i64) -> TimeRecord {
        TimeRecord { wall: now, hub_offset: Some(0), hub_uncertainty: Some(0), ..TimeRecord::default() }
    }
}

/// The best guess of a true time, with the interval that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// The likeliest time, since 1970 UTC in milliseconds.
    pub best: i64,
    /// Not before this.
    pub earliest: i64,
    /// Not after this.
    pub latest: i64,
    /// False where only the phone's own clock speaks ("phone clock, unverified").
    pub verified: bool,
}

/// A day: what an unverified phone clock may be wrong by before we call its interval meaningless.
const UNVERIFIED_MARGIN: i64 = 24 * 60 * 60 * 1000;

/// What can be said about when a record was made, given when the hub received it (if it did).
pub fn estimate(record: &TimeRecord, received: Option<i64>) -> Estimate {
    let (best, margin, verified) = match (record.hub_offset, record.hub_uncertainty) {
        (Some(offset), Some(uncertainty)) => (record.wall.saturating_add(offset), uncertainty.max(0), true),
        _ => (record.wall, UNVERIFIED_MARGIN, false),
    };
    let latest = best.saturating_add(margin);
    let bound = received.unwrap_or(i64::MAX);
    // Nothing was received before it was made: the receive time bounds every claim from above.
    Estimate {
        best: best.min(bound),
        earliest: best.saturating_sub(margin).min(bound),
        latest: latest.min(bound),
        verified: verified && best <= bound.saturating_add(margin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(wall: i64, measured: Option<(i64, i64)>) -> TimeRecord {
        TimeRecord {
            wall,
            hub_offset: measured.map(|m| m.0),
            hub_uncertainty: measured.map(|m| m.1),
            ..TimeRecord::default()
        }
    }

    #[test]
    fn estimates_follow_the_measured_offset_and_never_pass_the_receive_time() {
        // (wall, measured offset and uncertainty, received) -> (best, earliest, latest, verified)
        let day = UNVERIFIED_MARGIN;
        let rows = [
            ((1_000, Some((50, 10)), None), (1_050, 1_040, 1_060, true)),
            ((1_000, Some((-50, 10)), Some(5_000)), (950, 940, 960, true)),
            ((1_000, Some((0, 10)), Some(1_005)), (1_000, 990, 1_005, true)),
            ((1_000, None, None), (1_000, 1_000 - day, 1_000 + day, false)),
            // A phone ten years ahead is pulled back to the moment of receipt and not believed.
            ((10_000_000, Some((0, 10)), Some(2_000)), (2_000, 2_000, 2_000, false)),
        ];
        for ((wall, measured, received), (best, earliest, latest, verified)) in rows {
            let got = estimate(&record(wall, measured), received);
            assert_eq!(got, Estimate { best, earliest, latest, verified }, "{wall} {measured:?} {received:?}");
        }
    }

    #[test]
    fn absurd_clocks_do_not_overflow() {
        for wall in [i64::MIN, i64::MAX] {
            let got = estimate(&record(wall, Some((i64::MAX, i64::MAX))), Some(7));
            assert!(got.latest <= 7 && got.earliest <= got.latest);
        }
    }
}
