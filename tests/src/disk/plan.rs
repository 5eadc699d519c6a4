//! Which call fails and how, and what a power cut takes back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::some;
use crate::chance::Chance;

/// A call that reaches the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// A file is opened or made.
    Open,
    /// Bytes are read.
    Read,
    /// Bytes are written or a folder is made.
    Write,
    /// A file or folder is made durable.
    Sync,
    /// A file is cut or grown.
    Truncate,
    /// A file is removed.
    Delete,
    /// A file gets another name.
    Rename,
}

/// What the storage does. Calls are counted from 1 since the plan was armed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Everything works.
    Sound,
    /// The process ends at this call: it and all later ones fail. What was written before stays.
    KilledAt(u64),
    /// The power goes at this call: it and all later ones fail, a write is torn in half, and
    /// [`Faults::lose_unsynced`] takes back what was not yet synced.
    PowerCutAt(u64),
    /// The same, but the disk wrote some of what was not synced, in an order of its own: chance decides, by the seed, which
    /// writes and names survive.
    PowerCutSome {
        /// At this call.
        at: u64,
        /// Draws what survives.
        seed: u64,
    },
    /// If this call is a sync it fails once, and what it should have made durable is gone from the file, as a system does
    /// that drops the pages which it could not write.
    SyncDropped(u64),
    /// From this call on there is no space: writes fail, everything else works.
    FullFrom(u64),
    /// This one call fails with an input/output error, the next ones work.
    BrokenOnce(u64),
}

/// What becomes of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It works.
    Go,
    /// It has no effect and fails.
    Fail,
    /// Half of it is written and it fails.
    Tear,
    /// There is no space for it.
    Full,
    /// It fails, and what was not synced of the file is gone.
    Drop,
}

/// How to take one change of a file back.
#[derive(Debug)]
pub(super) enum Undo {
    /// These bytes stood where so many were written, and the file was this long.
    Bytes { at: u64, old: Vec<u8>, written: u64, length: u64 },
    /// The file had this name, and this stood under its present one.
    Renamed { from: PathBuf, replaced: Option<Vec<u8>> },
}

#[derive(Debug)]
struct State {
    plan: Plan,
    calls: u64,
    kinds: BTreeMap<Call, u64>,
    hit: bool,
    unsynced: Vec<(PathBuf, Undo)>,
}

/// The plan and what happened under it. Shared by everything that stands for one device's storage.
#[derive(Debug)]
pub struct Faults(Mutex<State>);

impl Faults {
    /// Storage that works until it is armed.
    pub fn new() -> Arc<Faults> {
        Arc::new(Faults(Mutex::new(State {
            plan: Plan::Sound,
            calls: 0,
            kinds: BTreeMap::new(),
            hit: false,
            unsynced: Vec::new(),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on calls are counted anew and this plan holds.
    pub fn arm(&self, plan: Plan) {
        let mut state = self.state();
        state.plan = plan;
        state.calls = 0;
        state.kinds.clear();
        state.hit = false;
    }

    /// The storage works again, as after a restart or when space was freed. What was not synced is forgotten as such.
    pub fn mend(&self) {
        self.arm(Plan::Sound);
        self.state().unsynced.clear();
    }

    /// Calls since the plan was armed.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Calls of one kind since the plan was armed.
    pub fn calls_of(&self, call: Call) -> u64 {
        self.state().kinds.get(&call).copied().unwrap_or(0)
    }

    /// Whether the plan has struck.
    pub fn struck(&self) -> bool {
        self.state().hit
    }

    /// Whether there is no space any more.
    pub fn is_full(&self) -> bool {
        let state = self.state();
        matches!(state.plan, Plan::FullFrom(at) if state.calls + 1 >= at)
    }

    /// Counts a call and judges it.
    pub fn step(&self, call: Call) -> Verdict {
        let mut state = self.state();
        state.calls += 1;
        *state.kinds.entry(call).or_insert(0) += 1;
        let verdict = state.plan.judge(state.calls, call);
        state.hit |= verdict != Verdict::Go;
        verdict
    }

    /// Notes what stood where bytes are about to be written or cut off.
    pub(super) fn note_bytes(&self, path: &Path, at: u64, old: Vec<u8>, written: u64, length: u64) {
        self.note(path, Undo::Bytes { at, old, written, length });
    }

    /// Notes the name that a file had, and what its new name stood for.
    pub(super) fn note_rename(&self, from: &Path, to: &Path, replaced: Option<Vec<u8>>) {
        self.note(to, Undo::Renamed { from: from.to_owned(), replaced });
    }

    fn note(&self, path: &Path, undo: Undo) {
        let mut state = self.state();
        // Only these ask for it, and the bytes of a long test would fill the memory.
        if matches!(state.plan, Plan::PowerCutAt(_) | Plan::PowerCutSome { .. } | Plan::SyncDropped(_)) {
            state.unsynced.push((path.to_owned(), undo));
        }
    }

    /// The bytes of this file are durable.
    pub(super) fn note_sync(&self, path: &Path) {
        self.state().unsynced.retain(|(of, undo)| of != path || matches!(undo, Undo::Renamed { .. }));
    }

    /// The names in this folder are durable.
    pub(super) fn note_folder_sync(&self, folder: &Path) {
        self.state().unsynced.retain(|(of, undo)| of.parent() != Some(folder) || !matches!(undo, Undo::Renamed { .. }));
    }

    /// The file is gone.
    pub(super) fn note_delete(&self, path: &Path) {
        self.state().unsynced.retain(|(of, _)| of != path);
    }

    /// Takes back, newest first, what no sync made durable: all of it, or what chance says. To be called when no connection
    /// is open any more.
    pub fn lose_unsynced(&self) {
        let (plan, unsynced) = {
            let mut state = self.state();
            (state.plan, std::mem::take(&mut state.unsynced))
        };
        match plan {
            Plan::PowerCutSome { seed, .. } => some::lose(unsynced, &mut Chance::new(seed)),
            // A failed sync is no power cut: what was written stays, but for what that sync dropped.
            Plan::SyncDropped(_) => {}
            _ => unsynced.into_iter().rev().for_each(|(path, undo)| undo.apply(&path)),
        }
    }

    /// Takes back at once what was not synced of one file.
    pub(super) fn drop_unsynced(&self, path: &Path) {
        let mut state = self.state();
        let is_dropped = |(of, undo): &(PathBuf, Undo)| of == path && matches!(undo, Undo::Bytes { .. });
        let dropped: Vec<(PathBuf, Undo)> = state.unsynced.extract_if(.., |one| is_dropped(one)).collect();
        dropped.into_iter().rev().for_each(|(path, undo)| undo.apply(&path));
    }
}

impl Plan {
    fn judge(self, number: u64, call: Call) -> Verdict {
        match self {
            Plan::KilledAt(at) if number >= at => Verdict::Fail,
            Plan::PowerCutAt(at) if number == at && call == Call::Write => Verdict::Tear,
            Plan::PowerCutAt(at) if number >= at => Verdict::Fail,
            Plan::PowerCutSome { at, .. } if number == at && call == Call::Write => Verdict::Tear,
            Plan::PowerCutSome { at, .. } if number >= at => Verdict::Fail,
            Plan::SyncDropped(at) if number == at && call == Call::Sync => Verdict::Drop,
            Plan::FullFrom(at) if number >= at && call == Call::Write => Verdict::Full,
            Plan::BrokenOnce(at) if number == at => Verdict::Fail,
            _ => Verdict::Go,
        }
    }
}

impl Undo {
    /// Takes the change back.
    pub(super) fn apply(self, path: &Path) {
        match self {
            Undo::Renamed { from, replaced } => {
                fs::rename(path, from).expect("the file that was renamed is there");
                if let Some(bytes) = replaced {
                    fs::write(path, bytes).expect("the old file fits where it was");
                }
            }
            Undo::Bytes { at, old, length, .. } => {
                // A file that was made and removed again needs no undoing.
                let Ok(mut file) = fs::OpenOptions::new().write(true).open(path) else { return };
                file.seek(SeekFrom::Start(at)).expect("a place in the file");
                file.write_all(&old).expect("the old bytes fit where they were");
                file.set_len(length).expect("the old length");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_plan_strikes_where_it_says() {
        let calls = [Call::Write, Call::Sync, Call::Write, Call::Read];
        let rows = [
            (Plan::Sound, [Verdict::Go; 4]),
            (Plan::KilledAt(3), [Verdict::Go, Verdict::Go, Verdict::Fail, Verdict::Fail]),
            (Plan::PowerCutAt(3), [Verdict::Go, Verdict::Go, Verdict::Tear, Verdict::Fail]),
            (Plan::FullFrom(1), [Verdict::Full, Verdict::Go, Verdict::Full, Verdict::Go]),
            (Plan::PowerCutSome { at: 3, seed: 1 }, [Verdict::Go, Verdict::Go, Verdict::Tear, Verdict::Fail]),
            (Plan::SyncDropped(2), [Verdict::Go, Verdict::Drop, Verdict::Go, Verdict::Go]),
            (Plan::BrokenOnce(2), [Verdict::Go, Verdict::Fail, Verdict::Go, Verdict::Go]),
        ];
        for (plan, expected) in rows {
            let faults = Faults::new();
            faults.arm(plan);
            assert_eq!(calls.map(|call| faults.step(call)), expected, "{plan:?}");
            assert_eq!(faults.struck(), plan != Plan::Sound);
        }
    }
}
