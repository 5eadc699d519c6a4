//! The judge: commands are stored first (see [`receive`]), then decided, each with its effects and its decision record
//! in one transaction. It never has a rule of its own: those are in `countersign_model::decide`.

mod again;
mod apply;
mod gate;
mod holdings;
mod intake;
mod push;
mod receive;

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use countersign_model::Id;
use countersign_model::command::Origin;
use countersign_model::decide::{Change, Context, Decision, Need, Refusal, RefusalCode, decide, needs};
use countersign_model::entity::{DecisionOutcome, DecisionRecord, Device};
use countersign_model::record::Scope;
use countersign_model::seeded;
use countersign_model::state::State;

use crate::error::Outcome;
use crate::forms::Surroundings;
use crate::hub::{Hub, PROGRAM};
use crate::store::{Entry, EntryState, LANE_WORD, Put, Read, Stored, Verdict, Write, need_word, refused};

pub(crate) use holdings::wanted_by;
pub use push::{RawEnvelope, RawPush};
pub use receive::Caller;

/// Commands judged in one transaction: enough to share the sync of the disk, few enough to let others write.
const BATCH: usize = 40;
/// Rounds of loading what a rule asks for; rules of ours need four.
const ROUNDS: usize = 64;
/// How long a command waits before it is refused visibly, milliseconds (design section 4: 30 days).
const LONGEST_WAIT: i64 = 30 * 24 * 60 * 60 * 1000;

impl Hub {
    /// Judges stored commands in the order given, and whatever their effects set free.
    pub(crate) fn judge(&self, commands: &[Id]) -> Outcome {
        for batch in commands.chunks(BATCH) {
            self.write(|write| Bench::new(self, write).judge_all(batch.iter().copied()))?;
        }
        self.write_journal();
        Ok(())
    }

    /// Judges stored commands within a transaction that somebody else began, all of them or, by an error, none.
    pub(crate) fn judge_within(&self, write: &Write<'_>, commands: &[Id]) -> Outcome {
        Bench::new(self, write).judge_all(commands.iter().copied())
    }

    /// Judges what was stored when the hub stopped, and what a program before this one could not decide.
    pub(crate) fn judge_left_over(&self) -> Outcome {
        let again = self.read(|read| Ok(read.left_by_other_programs(PROGRAM)?))?;
        if !again.is_empty() {
            self.write(|write| Ok(again.iter().try_for_each(|command| write.reopen(*command))?))?;
        }
        loop {
            let left = self.read(|read| Ok(read.unjudged(BATCH)?))?;
            if left.is_empty() {
                return self.end_waiting();
            }
            self.judge(&left)?;
        }
    }

    /// Refuses what waited longer than thirty days, visibly.
    pub(crate) fn end_waiting(&self) -> Outcome {
        let now = self.now();
        let old = self.read(|read| Ok(read.waiting_since(now.saturating_sub(LONGEST_WAIT))?))?;
        if old.is_empty() {
            return Ok(());
        }
        self.write(|write| {
            let bench = Bench::new(self, write);
            for command in &old {
                if let Some(entry) = write.entry(*command)? {
                    bench.refuse(&entry, Refusal::new(RefusalCode::WaitedTooLong))?;
                    bench.run(bench.freed_lane(&entry)?.into_iter().collect())?;
                }
            }
            Ok(())
        })
    }
}

impl Hub {
    /// Lets go of what no visit makes a device hold any more: windows end by time alone.
    pub(crate) fn end_windows(&self) -> Outcome {
        let devices = self.all::<Device>()?;
        let people: BTreeSet<Id> = devices.into_iter().map(|(_, device)| device.person).collect();
        self.write(|write| Bench::new(self, write).refresh_holdings(&people))
    }
}

/// One transaction's work.
struct Bench<'a> {
    hub: &'a Hub,
    write: &'a Write<'a>,
    now: i64,
}

impl<'a> Bench<'a> {
    fn new(hub: &'a Hub, write: &'a Write<'a>) -> Bench<'a> {
        Bench { hub, write, now: hub.now() }
    }

    fn judge_all(&self, commands: impl Iterator<Item = Id>) -> Outcome {
        self.run(commands.collect())
    }

    /// Works a list off; a judged command puts those that it sets free behind it.
    fn run(&self, mut queue: VecDeque<Id>) -> Outcome {
        while let Some(command) = queue.pop_front() {
            for freed in self.judge_one(command)? {
                if !queue.contains(&freed) {
                    queue.push_back(freed);
                }
            }
        }
        Ok(())
    }

    /// Judges one command; answers the commands that may go on now.
    fn judge_one(&self, command: Id) -> Outcome<Vec<Id>> {
        let Some(entry) = self.write.entry(command)? else { return Ok(Vec::new()) };
        if !matches!(entry.state, EntryState::Stored | EntryState::Waiting | EntryState::Parked) {
            return Ok(Vec::new());
        }
        if self.lane_is_held(&entry)? {
            self.wait(&entry, EntryState::Waiting, LANE_WORD.to_owned())?;
            return Ok(Vec::new());
        }
        match decided(self.hub, self.write, &entry)? {
            Decision::Accepted(changes) => self.accept(&entry, &changes),
            Decision::Refused(refusal) => {
                self.refuse(&entry, refusal)?;
                Ok(self.freed_lane(&entry)?.into_iter().collect())
            }
            Decision::Waiting(need) => {
                let state = match need {
                    Need::Upgrade { .. } => EntryState::Parked,
                    _ => EntryState::Waiting,
                };
                self.wait(&entry, state, need_word(&need))?;
                Ok(Vec::new())
            }
        }
    }

    /// Signing and attaching never wait: what was signed and captured is stored whatever else is missing.
    fn lane_is_held(&self, entry: &Entry) -> Stored<bool> {
        let never_waits = matches!(entry.command.kind.as_str(), "document.sign" | "evidence.attach");
        match entry.origin.device() {
            Some((device, _)) if !never_waits => self.write.lane_waits(device, &entry.command.lane, entry.arrival),
            _ => Ok(false),
        }
    }

    fn refuse(&self, entry: &Entry, refusal: Refusal) -> Outcome {
        let device = entry.origin.device().map(|(device, _)| device);
        let record = refused(entry.command.id, device, refusal);
        self.tell(entry, &record)?;
        self.settle(entry, EntryState::Decided, None, &record)
    }

    fn wait(&self, entry: &Entry, state: EntryState, need: String) -> Outcome {
        let record = self.record(entry, DecisionOutcome::Waiting, Vec::new());
        self.tell(entry, &record)?;
        self.settle(entry, state, Some(need), &record)
    }

    fn record(&self, entry: &Entry, outcome: DecisionOutcome, scopes: Vec<Scope>) -> DecisionRecord {
        DecisionRecord {
            command: entry.command.id,
            device: entry.origin.device().map(|(device, _)| device),
            outcome,
            refusal: None,
            scopes,
            extra: Default::default(),
        }
    }

    /// A decision is told to the device that gave the command and to the one that carried it.
    fn tell(&self, entry: &Entry, record: &DecisionRecord) -> Outcome {
        let puts: Vec<Put> = entry
            .told()
            .into_iter()
            .map(|device| {
                let told = DecisionRecord { device: Some(device), ..record.clone() };
                Put::of(entry.command.id, Scope::device(device), &told)
            })
            .collect();
        self.write.put(&puts)?;
        Ok(())
    }

    fn settle(&self, entry: &Entry, state: EntryState, need: Option<String>, record: &DecisionRecord) -> Outcome {
        // One that is refused once more stands for the one before as well.
        if state == EntryState::Decided
            && let Some(refused) = entry.command.instead_of
        {
            self.close(entry, refused)?;
        }
        let verdict = Verdict { state, need, decision: record, time: self.now, program: PROGRAM };
        Ok(self.write.settle(&entry.command, &verdict)?)
    }

    /// The next command of this device that waits in this lane, after one of them was decided.
    fn freed_lane(&self, entry: &Entry) -> Stored<Option<Id>> {
        match &entry.origin {
            Origin::Device { id, .. } => self.write.next_in_lane(*id, &entry.command.lane),
            _ => Ok(None),
        }
    }

    fn accept(&self, entry: &Entry, changes: &[Change]) -> Outcome<Vec<Id>> {
        let written = self.apply(entry, changes)?;
        let record = self.record(entry, DecisionOutcome::Accepted, written.scopes.iter().cloned().collect());
        self.tell(entry, &record)?;
        self.settle(entry, EntryState::Decided, None, &record)?;
        let mut freed: Vec<Id> = self.freed_lane(entry)?.into_iter().collect();
        freed.extend(self.freed_by(&written)?);
        Ok(freed)
    }
}

/// What the rules say of a command as things stand. Writes nothing.
fn decided(hub: &Hub, read: &Read<'_>, entry: &Entry) -> Outcome<Decision> {
    if let Some(refusal) = gate::refusal(read, entry)? {
        return Ok(Decision::Refused(refusal));
    }
    let surroundings = Surroundings { forms: &hub.inner.forms, blobs: &hub.inner.blobs, read, tenant: hub.tenant() };
    let context = Context {
        now: entry.received,
        origin: &entry.origin,
        on_hub: true,
        handed_over: false,
        forms: &surroundings,
        media: &surroundings,
    };
    let mut state = State::new();
    for _ in 0..ROUNDS {
        let missing = match guarded(|| needs(&entry.command, &state, &context)) {
            Ok(missing) => missing,
            Err(defect) => return Ok(defect),
        };
        if missing.is_empty() {
            break;
        }
        for key in missing {
            let rows = read.load(&key)?;
            state.load(key, rows);
        }
    }
    let judged = guarded(|| {
        seeded::stop_at(entry.command.id);
        decide(&state, &entry.command, &context)
    });
    Ok(judged.unwrap_or_else(|defect| defect))
}

impl Hub {
    /// What a held-back command would do if it were confirmed now.
    pub(crate) fn foresee(&self, read: &Read<'_>, entry: &Entry) -> Outcome<Decision> {
        decided(self, read, entry)
    }
}

/// A rule that stops must not stop the hub: the command is refused visibly and decided again after an upgrade.
fn guarded<T>(rule: impl FnOnce() -> T) -> Result<T, Decision> {
    catch_unwind(AssertUnwindSafe(rule)).map_err(|_| {
        tracing::error!("a rule stopped on a command; it is refused as a defect and decided again after an upgrade");
        Decision::Refused(Refusal::new(RefusalCode::Defect))
    })
}
