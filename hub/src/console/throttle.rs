//! Slows down who guesses passwords: per account and address, per account, per address. Time is an argument.
//!
//! Only failures count, so that a busy office behind one address is not locked out by signing in.

use std::collections::BTreeMap;

/// The time over which failures are counted, milliseconds: a quarter of an hour.
const WINDOW: i64 = 15 * 60 * 1000;
/// Failures allowed for one account from one address: a person who tries old passwords.
const PAIR: usize = 5;
/// Failures allowed for one account from anywhere: many addresses that try one account.
const ACCOUNT: usize = 20;
/// Failures allowed from one address for any account: one address that tries many accounts.
const ADDRESS: usize = 40;
/// Keys remembered at most; the oldest go first, so that guessing cannot fill the memory.
const KEYS: usize = 20_000;

/// Recent failures by key.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: BTreeMap<String, Vec<i64>>,
}

fn keys(account: &str, address: &str) -> [(String, usize); 3] {
    [
        (format!("pair {address} {account}"), PAIR),
        (format!("account {account}"), ACCOUNT),
        (format!("address {address}"), ADDRESS),
    ]
}

impl Throttle {
    /// Minutes to wait before another attempt; 0 lets it pass.
    pub fn wait(&self, account: &str, address: &str, now: i64) -> i64 {
        let until = keys(account, address).iter().filter_map(|(key, limit)| self.free_at(key, *limit, now)).max();
        until.map_or(0, |until| until.saturating_sub(now).div_euclid(60_000).saturating_add(1))
    }

    /// When the key is free again; `None` where it is.
    fn free_at(&self, key: &str, limit: usize, now: i64) -> Option<i64> {
        let times = self.failures.get(key)?;
        let recent: Vec<i64> = times.iter().copied().filter(|time| now.saturating_sub(*time) < WINDOW).collect();
        let first_that_counts = recent.len().checked_sub(limit)?;
        recent.get(first_that_counts).map(|time| time.saturating_add(WINDOW))
    }

    /// An attempt failed.
    pub fn failed(&mut self, account: &str, address: &str, now: i64) {
        for (key, limit) in keys(account, address) {
            let times = self.failures.entry(key).or_default();
            times.retain(|time| now.saturating_sub(*time) < WINDOW);
            times.push(now);
            let surplus = times.len().saturating_sub(limit);
            times.drain(..surplus);
        }
        if self.failures.len() > KEYS {
            self.failures.retain(|_, times| times.last().is_some_and(|time| now.saturating_sub(*time) < WINDOW));
        }
        while self.failures.len() > KEYS {
            self.failures.pop_first();
        }
    }

    /// The right password was given: what this person got wrong before no longer counts against them here, and the
    /// attempt itself, noted before it was tried, against nobody.
    pub fn succeeded(&mut self, account: &str, address: &str, attempted: i64) {
        let [(pair, _), others @ ..] = keys(account, address);
        self.failures.remove(&pair);
        for (key, _) in others {
            if let Some(times) = self.failures.get_mut(&key)
                && let Some(place) = times.iter().rposition(|time| *time == attempted)
            {
                times.remove(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(attempts: &[(&str, &str, usize)]) -> Throttle {
        let mut throttle = Throttle::default();
        for (account, address, times) in attempts {
            (0..*times).for_each(|_| throttle.failed(account, address, 1_000));
        }
        throttle
    }

    /// Failures before, account, address, time, minutes to wait.
    type Case<'a> = (&'a [(&'a str, &'a str, usize)], &'a str, &'a str, i64, i64);

    #[test]
    fn five_failures_of_one_account_from_one_address_wait_a_quarter_of_an_hour() {
        // (failures before, account, address, now) -> minutes to wait
        let rows: &[Case<'_>] = &[
            (&[("ana", "1.1.1.1", 4)], "ana", "1.1.1.1", 2_000, 0),
            (&[("ana", "1.1.1.1", 5)], "ana", "1.1.1.1", 2_000, 15),
            (&[("ana", "1.1.1.1", 5)], "ana", "2.2.2.2", 2_000, 0),
            (&[("ana", "1.1.1.1", 5)], "ben", "1.1.1.1", 2_000, 0),
            (&[("ana", "1.1.1.1", 5)], "ana", "1.1.1.1", WINDOW + 1_000, 0),
            (&[("ana", "1.1.1.1", 10), ("ana", "3.3.3.3", 10)], "ana", "2.2.2.2", 2_000, 15),
            (&[("a", "1.1.1.1", 20), ("b", "1.1.1.1", 20)], "ana", "1.1.1.1", 2_000, 15),
        ];
        for (before, account, address, now, want) in rows {
            assert_eq!(after(before).wait(account, address, *now), *want, "{before:?} {account} {address}");
        }
    }

    #[test]
    fn the_right_password_clears_and_guessing_cannot_fill_the_memory() {
        let mut throttle = after(&[("ana", "1.1.1.1", 5)]);
        throttle.failed("ana", "1.1.1.1", 1_500);
        throttle.succeeded("ana", "1.1.1.1", 1_500);
        assert_eq!(throttle.wait("ana", "1.1.1.1", 2_000), 0);
        assert_eq!(throttle.failures["address 1.1.1.1"].len(), 5, "the attempt that succeeded is no failure");
        for guess in 0..30_000 {
            throttle.failed(&format!("user{guess}"), "9.9.9.9", 3_000);
        }
        assert!(throttle.failures.len() <= KEYS);
    }
}
