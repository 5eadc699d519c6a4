//! Step 1: what a device pushed is checked against its chain and stored durably, before anybody judges it.
//!
//! A push may carry another device's chain (hand-over, rescue): what that device's signature covers is taken, the rest
//! goes to quarantine until the device itself brings it or a person confirms it.

use countersign_model::Id;
use countersign_model::entity::DecisionRecord;
use countersign_model::record::Scope;
use countersign_model::wire::{ChainSignature, ErrorCode, PUSH_COMMANDS, Pushed, PushedOutcome};

use super::Bench;
use super::intake::{Bringer, CONFIRMATION, Intake, Taken};
use super::push::{RawPush, Sent, bad, read_push};
use crate::error::HubError;
use crate::hub::Hub;
use crate::problem::Problem;
use crate::store::{EntryState, Put, Write};

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
        let intake =
            |write: &Write<'_>| Intake { write, by, chain, received, edge: &self.inner.edge }.take(sent, signature);
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
