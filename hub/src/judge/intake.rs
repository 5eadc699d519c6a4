//! The transaction that stores a push: its place in the chain, what the chain's signature covers, and what must wait for a
//! person.

use countersign_model::Id;
use countersign_model::entity::{Device, DeviceState};
use countersign_model::seeded::{self, Bug};
use countersign_model::trust::chain_statement;
use countersign_model::wire::{ChainSignature, ErrorCode};

use super::push::{Sent, bad, fork};
use super::receive::Caller;
use crate::edge::Edge;
use crate::error::HubError;
use crate::problem::Problem;
use crate::store::{ChainHead, EntryState, Link, NewEntry, StoredSignature, Write};

/// Commands of a revoked or unconfirmed device that are kept at most; the quota of design section 4.
const QUARANTINE_COMMANDS: u64 = 20_000;
/// Their bytes at most.
const QUARANTINE_BYTES: u64 = 64 << 20;
/// The word for what a quarantined command waits for.
pub(super) const CONFIRMATION: &str = "confirmation";

/// What a push left behind.
pub(super) struct Taken {
    pub(super) stored: u64,
    pub(super) to_judge: Vec<Id>,
    pub(super) held_back: Vec<Id>,
    /// Known before, from the device itself or another carrier: whoever brings them now is told what became of them.
    pub(super) met_again: Vec<Id>,
}

/// Who brings a push.
#[derive(Clone, Copy)]
pub(super) enum Bringer<'a> {
    /// A device: its own chain, or one that it carries.
    Device(&'a Caller),
    /// A rescue file that was opened here, and the device that brought it.
    Rescue(Option<Id>),
}

/// The transaction that stores a push.
pub(super) struct Intake<'a> {
    pub(super) write: &'a Write<'a>,
    pub(super) by: Bringer<'a>,
    pub(super) chain: Id,
    pub(super) received: i64,
    pub(super) edge: &'a Edge,
}

impl Intake<'_> {
    pub(super) fn take(&self, sent: &[Sent], signature: Option<&ChainSignature>) -> Result<Taken, Problem> {
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
            return self.check_beside(first, expected);
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

    /// What nobody signed waits beside the chain of its device: what others bring may go on from there, however many pushes
    /// it takes.
    fn check_beside(&self, first: &Sent, expected: u64) -> Result<(), Problem> {
        let before = first.seq.saturating_sub(1);
        match self.is_carried() && self.write.leads_to(self.chain, before, first.prev_hash)? {
            true => Ok(()),
            false => Err(Problem::new(ErrorCode::Gap, expected.to_string())),
        }
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
                self.write.receive(&entry, self.edge.random().map_err(HubError::from)?)?;
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
            EntryState::Decided if seeded::is_on(Bug::ResendJudgedAgain) => {
                self.write.reopen(one.command.id)?;
                taken.to_judge.push(one.command.id);
            }
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
