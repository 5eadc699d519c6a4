//! When a delivery is tried again, and when it is given up. Pure: what came back and how often it was tried in, what
//! follows out.

use countersign_model::open_enum;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// The waits between tries, as the specification proposes them: some three days in all.
const WAITS: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// A receiver may ask for no longer wait than this.
const LONGEST: i64 = 24 * HOUR;

open_enum! {
    /// Why nothing is sent to an endpoint.
    DisabledWhy {
        /// Somebody stopped it.
        Person = "person",
        /// Nothing got through for days.
        Failing = "failing",
        /// The receiver said that it is gone (410).
        Gone = "gone",
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The receiver answered; with the seconds after which it wants to be asked again, where it said so.
    Answered(u16, Option<u32>),
    /// It was not reached; the word says why.
    Failed(&'static str),
}

impl Tried {
    /// The status, where there is one.
    pub fn status(self) -> Option<u16> {
        match self {
            Tried::Answered(status, _) => Some(status),
            Tried::Failed(_) => None,
        }
    }

    /// A word for what went wrong; empty where nothing did.
    pub fn why(self) -> &'static str {
        match self {
            Tried::Answered(200..=299, _) => "",
            Tried::Answered(300..=399, _) => "redirect",
            Tried::Answered(..) => "status",
            Tried::Failed(word) => word,
        }
    }
}

/// What follows from a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It arrived.
    Delivered,
    /// It is tried again after so many milliseconds.
    Again(i64),
    /// It is given up, and the endpoint is disabled.
    GivenUp(DisabledWhy),
}

/// What follows from the n-th try, `tries` counted from 1. `chance` spreads the waits by up to a fifth, so that many
/// hubs do not come back to one receiver at once.
pub fn judged(tried: Tried, tries: u32, chance: u8) -> Verdict {
    let asked = match tried {
        Tried::Answered(200..=299, _) => return Verdict::Delivered,
        Tried::Answered(410, _) => return Verdict::GivenUp(DisabledWhy::Gone),
        Tried::Answered(429 | 503, Some(seconds)) => i64::from(seconds).saturating_mul(SECOND).min(LONGEST),
        _ => 0,
    };
    let index = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    match WAITS.get(index) {
        Some(wait) => {
            let spread = wait.saturating_mul(i64::from(chance)) / (5 * 255);
            Verdict::Again(wait.max(&asked).saturating_add(spread))
        }
        None => Verdict::GivenUp(DisabledWhy::Failing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_follow_the_schedule_and_end_after_three_days() {
        // (how it ended, which try, chance) -> what follows
        let rows = [
            (Tried::Answered(200, None), 1, 0, Verdict::Delivered),
            (Tried::Answered(204, None), 9, 0, Verdict::Delivered),
            (Tried::Answered(410, None), 1, 0, Verdict::GivenUp(DisabledWhy::Gone)),
            (Tried::Answered(500, None), 1, 0, Verdict::Again(5_000)),
            (Tried::Answered(500, None), 1, 255, Verdict::Again(6_000)),
            (Tried::Answered(302, None), 2, 0, Verdict::Again(300_000)),
            (Tried::Answered(429, Some(60)), 1, 0, Verdict::Again(60_000)),
            (Tried::Answered(429, Some(60)), 3, 0, Verdict::Again(30 * MINUTE)),
            (Tried::Answered(503, Some(u32::MAX)), 1, 0, Verdict::Again(LONGEST)),
            (Tried::Answered(404, Some(60)), 1, 0, Verdict::Again(5_000)),
            (Tried::Failed("timeout"), 9, 0, Verdict::Again(24 * HOUR)),
            (Tried::Failed("timeout"), 10, 0, Verdict::GivenUp(DisabledWhy::Failing)),
            (Tried::Failed("timeout"), u32::MAX, 0, Verdict::GivenUp(DisabledWhy::Failing)),
        ];
        for (tried, tries, chance, want) in rows {
            assert_eq!(judged(tried, tries, chance), want, "{tried:?} {tries} {chance}");
        }
        assert!((3 * 24 * HOUR..4 * 24 * HOUR).contains(&WAITS.iter().sum::<i64>()));
    }
}
