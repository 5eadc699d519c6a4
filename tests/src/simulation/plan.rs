//! The history of a seed: steps, each with chance of its own, so that leaving one out leaves the others as they are.

use crate::chance::Chance;

/// One step of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A person does something on a device.
    Act {
        /// Which device.
        phone: usize,
        /// Chance for what it is.
        chance: u64,
    },
    /// The manager does something.
    Manage {
        /// Chance for what it is.
        chance: u64,
    },
    /// Devices sync at once, under some weather, until they are through or the person puts them away; while they do,
    /// something else happens.
    Sync {
        /// Which devices, a bit each.
        phones: u64,
        /// Chance for the weather and for what happens meanwhile.
        chance: u64,
    },
    /// Time passes.
    Pass {
        /// Milliseconds.
        ms: u64,
    },
    /// A device's clock is set.
    SetClock {
        /// Which device.
        phone: usize,
        /// Chance for how.
        chance: u64,
    },
    /// A device is switched off and on, in order.
    Restart {
        /// Which device.
        phone: usize,
    },
    /// A device ends in the middle of an act: its process is killed, or its power goes and what was not synced is lost.
    Crash {
        /// Which device.
        phone: usize,
        /// Whether the power goes.
        power: bool,
        /// Chance for the act and for the moment.
        chance: u64,
    },
    /// A device's disk fills in the middle of an act, or fails once; then it works again.
    Disk {
        /// Which device.
        phone: usize,
        /// Whether it is full; else one call fails.
        full: bool,
        /// Chance for the act and for the moment.
        chance: u64,
    },
    /// What is only on one device goes to another as a file.
    HandOver {
        /// From which device.
        from: usize,
        /// To which device.
        to: usize,
        /// Chance for what goes wrong meanwhile.
        chance: u64,
    },
    /// The device's key is locked or unlocked.
    Lock {
        /// Which device.
        phone: usize,
        /// Locked from now on.
        locked: bool,
    },
    /// The hub's program starts anew.
    RestartHub,
    /// A backup of the hub is taken.
    Backup,
    /// The hub comes back from its last backup.
    Restore,
    /// A device is turned out; its person enrols another.
    Revoke {
        /// Which device.
        phone: usize,
    },
}

/// Fewest and most steps of a history.
const LENGTH: (u64, u64) = (20, 60);
/// One history in so many has a restore from a backup: it costs as much as all else together.
const WITH_RESTORE: u64 = 8;

/// How many devices the world of a seed has: two to five.
pub fn phones(seed: u64) -> usize {
    2 + usize::try_from(Chance::new(seed ^ 0x7068_6f6e_6573).below(4)).unwrap_or(0)
}

/// The history of a seed.
pub fn history(seed: u64) -> Vec<Step> {
    let mut chance = Chance::new(seed);
    let count = LENGTH.0 + chance.below(LENGTH.1 - LENGTH.0);
    let phones = phones(seed);
    let mut steps: Vec<Step> = (0..count).map(|_| step(&mut chance, phones)).collect();
    if chance.below(WITH_RESTORE) == 0 {
        let third = steps.len() / 3;
        steps.insert(third * 2, Step::Restore);
        steps.insert(third, Step::Backup);
    }
    steps
}

/// The same history with the clock of some device set before every third step.
pub fn with_wrong_clocks(seed: u64) -> Vec<Step> {
    let mut chance = Chance::new(seed ^ 0x0063_6c6f_636b);
    let phones = phones(seed);
    let mut steps = Vec::new();
    for (place, step) in history(seed).into_iter().enumerate() {
        if place % 3 == 0 {
            let phone = usize::try_from(chance.below(5)).unwrap_or(0) % phones;
            steps.push(Step::SetClock { phone, chance: chance.draw() });
        }
        steps.push(step);
    }
    steps
}

fn step(chance: &mut Chance, phones: usize) -> Step {
    let kind = chance.below(100);
    let phone = usize::try_from(chance.below(u64::try_from(phones).unwrap_or(1))).unwrap_or(0);
    let own = chance.draw();
    match kind {
        0..=44 => Step::Act { phone, chance: own },
        45..=54 => Step::Manage { chance: own },
        55..=80 => Step::Sync { phones: own, chance: chance.draw() },
        81..=82 => Step::Disk { phone, full: own.is_multiple_of(2), chance: chance.draw() },
        83 => Step::HandOver { from: phone, to: phone + 1, chance: own },
        84 => Step::Pass { ms: 1 + own % (6 * 60 * 60 * 1_000) },
        85..=87 => Step::SetClock { phone, chance: own },
        88..=89 => Step::Restart { phone },
        90..=94 => Step::Crash { phone, power: own.is_multiple_of(2), chance: chance.draw() },
        95..=96 => Step::Lock { phone, locked: own.is_multiple_of(2) },
        97..=98 => Step::RestartHub,
        _ if own.is_multiple_of(3) => Step::Revoke { phone },
        _ => Step::Manage { chance: own },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_has_one_history_and_another_seed_another() {
        assert_eq!(history(7), history(7));
        assert_ne!(history(7), history(8));
        for seed in 0..200 {
            let steps = history(seed);
            assert!((20..=62).contains(&steps.len()));
            assert!((2..=5).contains(&phones(seed)));
        }
    }
}
