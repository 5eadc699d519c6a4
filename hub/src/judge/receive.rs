//! Step 1: what a device pushed is checked against its chain and stored durably, before anybody judges it.
//!
//! A push may carry another device's chain (hand-over, rescue): what that device's signature covers is taken, the rest
//! goes to quarantine until the device itself brings it or a person confirms it.

use countersign_model::command::{Command, Origin, chain_link};
use countersign_model::entity::{DecisionRecord, Device, DeviceState};
use countersign_model::record::Scope;
use countersign_model::trust::chain_statement;
use countersign_model::wire::{COMMAND_BYTES, ChainSignature, ErrorCode, PUSH_COMMANDS, Push, Pushed, PushedOutcome};
use countersign_model::{Digest, Id, canonical};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Bench;
use crate::edge;
use crate::error::HubError;
use crate::hub::Hub;
use crate::problem::Problem;
use crate::store::{ChainHead, EntryState, Link, NewEntry, Put, StoredSignature, Write};

/// Commands of a revoked or unconfirmed device that are kept at most; the quota of design section 4.
const QUARANTINE_COMMANDS: u64 = 20_000;
/// Their bytes at most.
const QUARANTINE_BYTES: u64 = 64 << 20;
/// The word for what a quarantined command waits for.
const CONFIRMATION: &str = "confirmation";

/// A device that called, after its token was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Which device.
    pub device: Id,
    /// Its person.
    pub person: Id,
    /// When it was revoked, hub time.
    pub revoked: Option<i64>,
    /// Its person left the company: what they did is still taken, and nothing goes down any more.
    pub left: bool,
    /// It showed its credential to a hub that did not know it, and nobody confirmed it yet.
    pub unconfirmed: bool,
}

impl Caller {
    /// Since when what it sends goes into quarantine, hub time; `None` where it does not.
    pub fn held_since(&self) -> Option<i64> {
        if self.unconfirmed { Some(0) } else { self.revoked }
    }
}

/// A push as it came. Bodies stay raw, so that fields of a newer program are stored and hashed as they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RawPush {
    /// The commands with their origins.
    pub envelopes: Vec<RawEnvelope>,
    /// The origin's signature over its chain.
    #[serde(default)]
    pub signature: Option<ChainSignature>,
}

/// One command as it came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RawEnvelope {
    /// Where it came from.
    pub origin: Origin,
    /// Its body.
    pub command: Value,
}

impl RawEnvelope {
    /// The command's id, where its body has one.
    pub(crate) fn id(&self) -> Option<Id> {
        self.command.get("id").and_then(Value::as_str).and_then(|text| text.parse().ok())
    }
}

impl From<&Push> for RawPush {
    fn from(push: &Push) -> RawPush {
        let envelopes = push.envelopes.iter().map(|envelope| RawEnvelope {
            origin: envelope.origin.clone(),
            command: serde_json::to_value(&envelope.command).unwrap_or(Value::Null),
        });
        RawPush { envelopes: envelopes.collect(), signature: push.signature.clone() }
    }
}

/// One command with its place in its chain.
struct Sent {
    origin: Origin,
    seq: u64,
    prev_hash: Digest,
    chain_hash: Digest,
    command: Command,
    body: String,
    digest: Digest,
}

fn bad(detail: impl Into<String>) -> Problem {
    Problem::new(ErrorCode::BadRequest, detail)
}

fn fork(seq: u64) -> Problem {
    Problem::new(ErrorCode::Fork, format!("number {seq} came with other content: the store was copied; enrol anew"))
}

/// Reads a push: one chain, numbers without a gap, each link hashed over the one before.
fn read_push(push: RawPush) -> Result<(Id, Vec<Sent>), Problem> {
    let mut sent: Vec<Sent> = Vec::with_capacity(push.envelopes.len());
    let mut chain = None;
    for envelope in push.envelopes {
        let Origin::Device { id, seq, prev_hash } = envelope.origin else {
            return Err(bad("a device pushes commands of devices only"));
        };
        if *chain.get_or_insert(id) != id || seq == 0 {
            return Err(bad("one push holds one chain, numbered from 1"));
        }
        if let Some(before) = sent.last() {
            if seq != before.seq.saturating_add(1) {
                return Err(bad("the numbers of a push are contiguous"));
            }
            if prev_hash != before.chain_hash {
                return Err(fork(seq));
            }
        }
        sent.push(read_command(envelope.origin, seq, prev_hash, envelope.command)?);
    }
    Ok((chain.ok_or_else(|| bad("the push is empty"))?, sent))
}

fn read_command(origin: Origin, seq: u64, prev_hash: Digest, value: Value) -> Result<Sent, Problem> {
    let body = canonical::to_text(&value).map_err(|error| bad(error.to_string()))?;
    if body.len() > COMMAND_BYTES {
        return Err(Problem::new(ErrorCode::TooLarge, format!("command {seq} has more than {COMMAND_BYTES} bytes")));
    }
    let digest = Digest::of(body.as_bytes());
    let command: Command =
        serde_json::from_value(value).map_err(|error| bad(format!("command {seq} cannot be read: {error}")))?;
    Ok(Sent { origin, seq, prev_hash, chain_hash: chain_link(prev_hash, seq, digest), command, body, digest })
}

/// What a push left behind.
struct Taken {
    stored: u64,
    to_judge: Vec<Id>,
    held_back: Vec<Id>,
    /// Known before, from the device itself or another carrier: whoever brings them now is told what became of them.
    met_again: Vec<Id>,
}

/// Who brings a push.
#[derive(Clone, Copy)]
enum Bringer<'a> {
    /// A device: its own chain, or one that it carries.
    Device(&'a Caller),
    /// A rescue file that was opened here, and the device that brought it.
    Rescue(Option<Id>),
}

impl Hub {
    /// Takes a push: stores it durably, then judges it. A resend answers what was answered before.
    pub fn receive(&self, caller: &Caller, push: RawPush) -> Result<Pushed, Problem> {
        if push.envelopes.len() > PUSH_COMMANDS {
            return Err(Problem::new(ErrorCode::TooLarge, format!("more than {PUSH_COMMANDS} commands in one push")));
        }
        let signature = push.signature.clone();
        let (chain, sent) = read_push(push)?;
        let taken = self.take(Bringer::Device(caller), chain, &sent, signature.as_ref())?;
        if caller.held_since().is_some() {
            return Ok(Pushed { stored: taken.stored, quarantined: true, outcomes: Vec::new() });
        }
        self.go_on(&taken)?;
        if chain != caller.device {
            self.tell_again(&taken.met_again, caller.device)?;
        }
        let commands: Vec<Id> = sent.iter().map(|sent| sent.command.id).collect();
        let outcomes = self.outcomes(&commands)?;
        Ok(Pushed { stored: taken.stored, quarantined: false, outcomes })
    }

    /// Takes the chain of a rescue file, of any length, as one that is carried.
    pub(crate) fn receive_rescued(&self, device: Id, carrier: Option<Id>, push: RawPush) -> Result<(), Problem> {
        if push.envelopes.is_empty() {
            return Ok(());
        }
        let signature = push.signature.clone();
        let (chain, sent) = read_push(push)?;
        if chain != device {
            return Err(bad("its entries are of another device than the one that made it"));
        }
        let taken = self.take(Bringer::Rescue(carrier), chain, &sent, signature.as_ref())?;
        Ok(self.go_on(&taken)?)
    }

    fn take(
        &self,
        by: Bringer<'_>,
        chain: Id,
        sent: &[Sent],
        signature: Option<&ChainSignature>,
    ) -> Result<Taken, Problem> {
        let received = self.now();
        let intake = |write: &Write<'_>| Intake { write, by, chain, received }.take(sent, signature);
        self.inner.store.write(self.tenant(), intake)
    }

    fn go_on(&self, taken: &Taken) -> Result<(), HubError> {
        self.tell_held_back(&taken.held_back)?;
        self.judge(&taken.to_judge)
    }

    /// A carrier hears what became of commands that came on another road before.
    fn tell_again(&self, commands: &[Id], carrier: Id) -> Result<(), HubError> {
        if commands.is_empty() {
            return Ok(());
        }
        self.write(|write| {
            for command in commands {
                let Some(entry) = write.entry(*command)? else { continue };
                if let Some(decision) = entry.decision.filter(|_| entry.carrier != Some(carrier)) {
                    let told = DecisionRecord { device: Some(carrier), ..decision };
                    write.put(&[Put::of(*command, Scope::device(carrier), &told)])?;
                }
            }
            Ok(())
        })
    }

    fn outcomes(&self, commands: &[Id]) -> Result<Vec<PushedOutcome>, HubError> {
        self.read(|read| {
            let mut outcomes = Vec::with_capacity(commands.len());
            for command in commands {
                let decision = read.entry(*command)?.and_then(|entry| entry.decision);
                outcomes.extend(decision.map(|decision| PushedOutcome {
                    command: *command,
                    outcome: decision.outcome,
                    refusal: decision.refusal,
                }));
            }
            Ok(outcomes)
        })
    }

    fn tell_held_back(&self, held_back: &[Id]) -> Result<(), HubError> {
        if held_back.is_empty() {
            return Ok(());
        }
        self.write(|write| {
            let bench = Bench::new(self, write);
            for command in held_back {
                if let Some(entry) = write.entry(*command)? {
                    bench.wait(&entry, EntryState::Quarantined, CONFIRMATION.to_owned())?;
                }
            }
            Ok(())
        })
    }

    /// A person confirms what a device has in quarantine: it is judged like any other command.
    pub fn confirm_quarantined(&self, commands: &[Id]) -> Result<(), HubError> {
        self.write(|write| {
            for command in commands {
                let held = write.entry(*command)?.is_some_and(|entry| entry.state == EntryState::Quarantined);
                if held {
                    write.reopen(*command)?;
                }
            }
            Ok(())
        })?;
        self.judge(commands)
    }

    /// A person turns down what is in quarantine: it stays in the inbox and has no effect.
    pub fn reject_quarantined(&self, commands: &[Id], reason: &str) -> Result<(), HubError> {
        use countersign_model::decide::{Refusal, RefusalCode};
        self.write(|write| {
            let bench = Bench::new(self, write);
            for command in commands {
                if let Some(entry) = write.entry(*command)?.filter(|entry| entry.state == EntryState::Quarantined) {
                    bench.refuse(&entry, Refusal::new(RefusalCode::NotAllowed).with("why", reason))?;
                    write.close_refusal(*command)?;
                }
            }
            Ok(())
        })
    }
}

/// The transaction that stores a push.
struct Intake<'a> {
    write: &'a Write<'a>,
    by: Bringer<'a>,
    chain: Id,
    received: i64,
}

impl Intake<'_> {
    fn take(&self, sent: &[Sent], signature: Option<&ChainSignature>) -> Result<Taken, Problem> {
        let head = self.write.chain_head(self.chain)?;
        self.check_start(sent, head)?;
        self.check_quota(sent)?;
        let covered = self.covered(sent, head, signature)?;
        let mut taken = Taken { stored: head.seq, to_judge: Vec::new(), held_back: Vec::new(), met_again: Vec::new() };
        for one in sent {
            self.take_one(one, head, covered, &mut taken)?;
            taken.stored = taken.stored.max(one.seq);
        }
        if let Some(signature) = signature.filter(|signature| covered >= signature.seq && covered > 0) {
            let kept = StoredSignature {
                seq: signature.seq,
                chain_hash: signature.chain_hash,
                signature: signature.signature.clone(),
            };
            self.write.keep_signature(self.chain, &kept)?;
        }
        Ok(taken)
    }

    fn is_carried(&self) -> bool {
        match self.by {
            Bringer::Device(caller) => self.chain != caller.device,
            Bringer::Rescue(_) => true,
        }
    }

    fn is_held(&self) -> bool {
        matches!(self.by, Bringer::Device(caller) if caller.held_since().is_some())
    }

    /// The other device that brings the chain.
    fn carrier(&self) -> Option<Id> {
        match self.by {
            Bringer::Device(caller) => self.is_carried().then_some(caller.device),
            Bringer::Rescue(carrier) => carrier,
        }
    }

    fn check_start(&self, sent: &[Sent], head: ChainHead) -> Result<(), Problem> {
        let Some(first) = sent.first() else { return Ok(()) };
        let expected = head.seq.saturating_add(1);
        if first.seq > expected {
            return Err(Problem::new(ErrorCode::Gap, expected.to_string()));
        }
        let before = match first.seq.saturating_sub(1) {
            0 => Some(countersign_model::command::chain_start(self.chain)),
            seq => self.write.link(self.chain, seq)?.map(|link| link.chain_hash),
        };
        if before != Some(first.prev_hash) {
            return Err(fork(first.seq));
        }
        Ok(())
    }

    fn check_quota(&self, sent: &[Sent]) -> Result<(), Problem> {
        // What the office opens itself has no quota: an administrator chose the file.
        let Bringer::Device(caller) = self.by else { return Ok(()) };
        if caller.held_since().is_none() && !self.is_carried() {
            return Ok(());
        }
        let (commands, bytes) = self.write.quarantine_use(caller.device)?;
        let more =
            sent.iter().map(|one| u64::try_from(one.body.len()).unwrap_or(u64::MAX)).fold(0, u64::saturating_add);
        let count = u64::try_from(sent.len()).unwrap_or(u64::MAX);
        if commands.saturating_add(count) > QUARANTINE_COMMANDS || bytes.saturating_add(more) > QUARANTINE_BYTES {
            return Err(Problem::new(ErrorCode::TooLarge, "no more is taken into quarantine: ask the office"));
        }
        Ok(())
    }

    /// Up to which number the origin's own signature covers the chain; 0 where none holds.
    fn covered(&self, sent: &[Sent], head: ChainHead, signature: Option<&ChainSignature>) -> Result<u64, Problem> {
        let Some(signature) = signature else { return Ok(0) };
        let here = match sent.iter().find(|one| one.seq == signature.seq) {
            Some(one) => Some(one.chain_hash),
            None if signature.seq <= head.seq => {
                self.write.link(self.chain, signature.seq)?.map(|link| link.chain_hash)
            }
            None => None,
        };
        let Some((_, device)) = self.write.get::<Device>(self.chain)? else { return Ok(0) };
        let statement =
            chain_statement(self.chain, signature.seq, signature.chain_hash).map_err(|error| bad(error.to_string()))?;
        let holds = here == Some(signature.chain_hash) && device.key.verify(&statement, &signature.signature).is_ok();
        if !holds {
            tracing::warn!(device = %self.chain, "a chain signature does not hold; the commands count as unsigned");
        }
        Ok(if holds { signature.seq } else { 0 })
    }

    fn take_one(&self, one: &Sent, head: ChainHead, covered: u64, taken: &mut Taken) -> Result<(), Problem> {
        let trusted = !self.is_carried() || one.seq <= covered;
        if one.seq <= head.seq {
            let known = self.write.link(self.chain, one.seq)?;
            if known.is_none_or(|link| link.chain_hash != one.chain_hash) {
                return Err(fork(one.seq));
            }
        }
        self.store_one(one, trusted, taken)?;
        // An unsigned tail that somebody else carries may be forged: it must not block the device's own chain.
        if trusted && one.seq > head.seq {
            self.write.append_link(&Link {
                device: self.chain,
                seq: one.seq,
                command: one.command.id,
                prev_hash: one.prev_hash,
                chain_hash: one.chain_hash,
                signed: false,
            })?;
        }
        Ok(())
    }

    fn store_one(&self, one: &Sent, trusted: bool, taken: &mut Taken) -> Result<(), Problem> {
        let free = trusted && !self.is_held() && self.writes_as_itself(one)?;
        match self.write.received_as(one.command.id)? {
            Some(digest) if digest != one.digest => return Err(fork(one.seq)),
            Some(_) => self.meet_again(one, free, taken)?,
            None => {
                let state = if free { EntryState::Stored } else { EntryState::Quarantined };
                let entry = NewEntry {
                    origin: &one.origin,
                    command: &one.command,
                    body: &one.body,
                    digest: one.digest,
                    received: self.received,
                    carrier: self.carrier(),
                    state,
                };
                self.write.receive(&entry, edge::random().map_err(HubError::from)?)?;
                if free { &mut taken.to_judge } else { &mut taken.held_back }.push(one.command.id);
            }
        }
        Ok(())
    }

    /// A resend. What was quarantined because another device carried it is set free when its own device brings it.
    fn meet_again(&self, one: &Sent, free: bool, taken: &mut Taken) -> Result<(), Problem> {
        let Some(entry) = self.write.entry(one.command.id)? else { return Ok(()) };
        match entry.state {
            EntryState::Quarantined if free => {
                self.write.reopen(one.command.id)?;
                taken.to_judge.push(one.command.id);
            }
            EntryState::Stored => taken.to_judge.push(one.command.id),
            _ => taken.met_again.push(one.command.id),
        }
        Ok(())
    }

    /// A device speaks for its one person; a command in somebody else's name is held until a person confirms it, and so
    /// is what others bring of a device that was revoked.
    fn writes_as_itself(&self, one: &Sent) -> Result<bool, Problem> {
        match self.by {
            Bringer::Device(caller) if !self.is_carried() => Ok(one.command.author == caller.person),
            _ => {
                let origin = self.write.get::<Device>(self.chain)?;
                Ok(origin.is_some_and(|(_, device)| {
                    device.person == one.command.author && device.state == DeviceState::Active
                }))
            }
        }
    }
}
