//! The set of captures of a visit: each photo carries its place, so that a missing, exchanged or re-timed one shows.
//!
//! A device numbers what it captures for a visit from one, and each capture names the digest of the chain before it:
//! over the hash of the photo before and the time at which it was captured. Devices work apart, so each has a set of
//! its own. Nothing here refuses a capture; what does not fit is said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::digest::Digest;
use crate::id::Id;
use crate::time::TimeRecord;

/// A clock that went on this much more or less than the time since the boot was set in between, in milliseconds.
pub const CLOCK_TOLERANCE: i64 = 2 * 60 * 1000;

/// Most captures of one gap that are named one by one.
const MOST_NAMED: usize = 20;

/// The place of a capture in its set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPlace {
    /// The device that captured it.
    pub set: Id,
    /// From 1, without gaps.
    pub number: u64,
    /// The chain before it.
    pub before: Digest,
}

/// What a set's chain is about.
#[derive(Clone, Copy, Debug)]
pub struct SetMember<'a> {
    /// Its place.
    pub place: SetPlace,
    /// Digest of the original.
    pub sha256: Digest,
    /// When it was captured.
    pub time: &'a TimeRecord,
}

/// What is wrong with a capture of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetTrouble {
    /// No capture has this number, although a later one exists.
    Missing,
    /// It is not the photo, or not the time, that the next one was chained to.
    Changed,
    /// Two captures have this number.
    Twice,
    /// The clock of the device was set between the capture before and this one.
    ClockSet,
}

impl SetTrouble {
    /// The word for a sentence: `set-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            SetTrouble::Missing => "missing",
            SetTrouble::Changed => "changed",
            SetTrouble::Twice => "twice",
            SetTrouble::ClockSet => "clock_set",
        }
    }
}

/// A trouble with the number of the capture that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetFinding {
    /// The number within the set.
    pub number: u64,
    /// What is wrong.
    pub trouble: SetTrouble,
}

/// One device's set of a visit, as far as its captures are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureSet {
    /// The device.
    pub set: Id,
    /// The highest number: how many captures there are if none is missing.
    pub count: u64,
    /// The chain after the last one.
    pub head: Digest,
    /// What is wrong, by number.
    pub findings: Vec<SetFinding>,
}

/// The chain of a device's set before its first capture.
pub fn set_start(visit: Id, device: Id) -> Digest {
    Digest::of_parts(&[b"countersign/capture-set/1", visit.bytes(), device.bytes()])
}

/// The chain after a capture.
pub fn set_next(member: &SetMember<'_>) -> Digest {
    // A time record is integers and a short text, which always have a canonical form.
    let time = canonical::to_bytes(member.time).unwrap_or_default();
    let number = member.place.number.to_be_bytes();
    Digest::of_parts(&[b"countersign/capture/1", &member.place.before.0, &number, &member.sha256.0, &time])
}

/// The place of the next capture that a device makes for a visit.
pub fn next_place(visit: Id, device: Id, known: &[SetMember<'_>]) -> SetPlace {
    let own = known.iter().filter(|member| member.place.set == device);
    match own.max_by_key(|member| member.place.number) {
        Some(last) => SetPlace { set: device, number: last.place.number.saturating_add(1), before: set_next(last) },
        None => SetPlace { set: device, number: 1, before: set_start(visit, device) },
    }
}

/// The sets of a visit, each by its device, and what is wrong with them.
pub fn check_sets(visit: Id, members: &[SetMember<'_>]) -> Vec<CaptureSet> {
    let mut devices: Vec<Id> = members.iter().map(|member| member.place.set).collect();
    devices.sort();
    devices.dedup();
    devices.into_iter().filter_map(|device| check_set(visit, device, members)).collect()
}

fn check_set(visit: Id, device: Id, members: &[SetMember<'_>]) -> Option<CaptureSet> {
    let mut numbered: BTreeMap<u64, Vec<&SetMember<'_>>> = BTreeMap::new();
    for member in members.iter().filter(|member| member.place.set == device) {
        numbered.entry(member.place.number).or_default().push(member);
    }
    let mut findings = Vec::new();
    let mut before: Option<(u64, &[&SetMember<'_>])> = None;
    for (number, here) in &numbered {
        let mut find = |number, trouble| findings.push(SetFinding { number, trouble });
        let expected = before.map_or(1, |(number, _)| number.saturating_add(1));
        missing(expected, *number).into_iter().for_each(|gap| find(gap, SetTrouble::Missing));
        if here.len() > 1 {
            find(*number, SetTrouble::Twice);
        }
        match before {
            Some((last, those)) if expected == *number => {
                let pairs = || those.iter().flat_map(|one| here.iter().map(move |other| (one, other)));
                if !pairs().any(|(one, other)| set_next(one) == other.place.before) {
                    find(last, SetTrouble::Changed);
                }
                if pairs().all(|(one, other)| clock_was_set(one.time, other.time)) {
                    find(*number, SetTrouble::ClockSet);
                }
            }
            None if *number == 1 && here.iter().all(|one| one.place.before != set_start(visit, device)) => {
                find(1, SetTrouble::Changed);
            }
            _ => {}
        }
        before = Some((*number, here));
    }
    let (count, last) = before?;
    findings.sort();
    findings.dedup();
    let head = last.iter().map(|member| set_next(member)).max()?;
    Some(CaptureSet { set: device, count, head, findings })
}

/// The numbers of a gap. A number from outside may be huge: the first ones and the last one say enough.
fn missing(expected: u64, number: u64) -> Vec<u64> {
    let named: Vec<u64> = (expected..number).take(MOST_NAMED).collect();
    let last = number.checked_sub(1).filter(|last| *last >= expected && !named.contains(last));
    named.into_iter().chain(last).collect()
}

/// Whether the wall clock and the time since the boot disagree about how long it took from one to the other.
fn clock_was_set(one: &TimeRecord, other: &TimeRecord) -> bool {
    if one.boot.is_empty() || one.boot != other.boot {
        return false;
    }
    let wall = other.wall.saturating_sub(one.wall);
    let running = other.monotonic.saturating_sub(one.monotonic);
    wall.saturating_sub(running).saturating_abs() > CLOCK_TOLERANCE
}

/// A camera's clock further from the capture than this is worth a word, in milliseconds.
const CLAIM_TOLERANCE: i64 = 10 * 60 * 1000;

/// Whether the time that a file claims of itself, `YYYY-MM-DDTHH:MM:SS` with an offset if given, lies far from its
/// capture: an older photo, a photo of another place, or a camera whose clock is wrong. A claim without an offset is
/// read in the zone of the capture. What cannot be read claims nothing.
pub fn claim_differs(claimed: &str, captured: &TimeRecord) -> bool {
    let zoned = chrono::DateTime::parse_from_rfc3339(claimed).map(|time| time.timestamp_millis());
    let local = || {
        let time = chrono::NaiveDateTime::parse_from_str(claimed, "%Y-%m-%dT%H:%M:%S").ok()?;
        let offset = i64::from(captured.offset_minutes).saturating_mul(60_000);
        Some(time.and_utc().timestamp_millis().saturating_sub(offset))
    };
    let Some(claimed) = zoned.ok().or_else(local) else { return false };
    captured.wall.saturating_sub(claimed).saturating_abs() > CLAIM_TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Id {
        Id::derived("test", &[name.as_bytes()])
    }

    /// A capture each minute; the photo's digest is that of its letter.
    struct Shot {
        place: SetPlace,
        sha256: Digest,
        time: TimeRecord,
    }

    impl Shot {
        fn member(&self) -> SetMember<'_> {
            SetMember { place: self.place, sha256: self.sha256, time: &self.time }
        }
    }

    fn shots(letters: &str) -> Vec<Shot> {
        let mut shots: Vec<Shot> = Vec::new();
        for (index, letter) in letters.char_indices() {
            let minute = index as i64 * 60_000;
            let time = TimeRecord {
                wall: 1_800_000_000_000 + minute,
                boot: "b".to_owned(),
                monotonic: 5_000 + minute,
                ..TimeRecord::default()
            };
            let members: Vec<SetMember<'_>> = shots.iter().map(Shot::member).collect();
            let place = next_place(id("visit"), id("phone"), &members);
            shots.push(Shot { place, sha256: Digest::of(letter.to_string().as_bytes()), time });
        }
        shots
    }

    fn findings(shots: &[Shot]) -> Vec<(u64, SetTrouble)> {
        let members: Vec<SetMember<'_>> = shots.iter().map(Shot::member).collect();
        let sets = check_sets(id("visit"), &members);
        sets.iter().flat_map(|set| &set.findings).map(|finding| (finding.number, finding.trouble)).collect()
    }

    #[test]
    fn a_whole_set_is_in_order_however_it_is_sorted() {
        let mut whole = shots("abcde");
        assert_eq!(findings(&whole), []);
        whole.reverse();
        assert_eq!(findings(&whole), []);
        let members: Vec<SetMember<'_>> = whole.iter().map(Shot::member).collect();
        let sets = check_sets(id("visit"), &members);
        assert_eq!((sets.len(), sets[0].count, sets[0].set), (1, 5, id("phone")));
        assert_eq!(next_place(id("visit"), id("phone"), &members).before, sets[0].head);
        assert_eq!(next_place(id("visit"), id("other"), &members).number, 1);
    }

    #[test]
    fn what_was_done_to_a_set_is_named_by_its_number() {
        use SetTrouble::*;
        /// What was done, how, and what is found.
        type Case = (&'static str, fn(&mut Vec<Shot>), Vec<(u64, SetTrouble)>);
        let rows: Vec<Case> = vec![
            ("one in the middle is gone", |set| drop(set.remove(2)), vec![(3, Missing)]),
            ("the first is gone", |set| drop(set.remove(0)), vec![(1, Missing)]),
            ("two are gone", |set| drop(set.drain(1..3)), vec![(2, Missing), (3, Missing)]),
            ("a photo was exchanged", |set| set[1].sha256 = Digest::of(b"x"), vec![(2, Changed)]),
            ("a photo was re-timed", |set| set[1].time.hub_offset = Some(1), vec![(2, Changed)]),
            (
                "re-timed against the running clock",
                |set| set[3].time.wall -= 3_600_000,
                vec![(4, Changed), (4, ClockSet), (5, ClockSet)],
            ),
            (
                "two were swapped",
                |set| {
                    let first = set[1].sha256;
                    set[1].sha256 = set[2].sha256;
                    set[2].sha256 = first;
                },
                vec![(2, Changed), (3, Changed)],
            ),
            ("a number twice", |set| set[3].place.number = 3, vec![(3, Twice), (4, Missing)]),
            ("the chain begins elsewhere", |set| set[0].place.before = Digest::of(b"x"), vec![(1, Changed)]),
            (
                "an absurd number",
                |set| set[4].place.number = u64::MAX,
                (5..25).chain([u64::MAX - 1]).map(|number| (number, Missing)).collect(),
            ),
        ];
        for (what, meddle, want) in rows {
            let mut set = shots("abcde");
            meddle(&mut set);
            assert_eq!(findings(&set), want, "{what}");
        }
    }

    #[test]
    fn a_claim_far_from_the_capture_is_noticed() {
        // 2026-11-22 12:00 at UTC+2.
        let captured = TimeRecord { wall: 1_795_341_600_000, offset_minutes: 120, ..TimeRecord::default() };
        let rows = [
            ("2026-11-22T12:00:00+02:00", false),
            ("2026-11-22T10:05:00+00:00", false),
            ("2026-11-22T12:09:00", false),
            ("2026-11-22T12:11:00", true),
            ("2026-11-22T10:00:00", true),
            ("2019-01-01T00:00:00", true),
            ("", false),
            ("yesterday", false),
        ];
        for (claimed, differs) in rows {
            assert_eq!(claim_differs(claimed, &captured), differs, "{claimed}");
        }
    }
}
