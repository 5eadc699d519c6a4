//! What the office does with a hub, as plain calls: the console, the command line and the tests use the same ones.
//!
//! Every change of a record is a command that goes through the judge; nothing here writes a record itself.

mod check;
mod departure;
mod devices;
mod export;
mod forms;
mod introduce;
mod jobs;
mod lists;
mod log;
mod monitoring;
mod people;
mod reviews;
mod signin;
mod sync;
mod tls_key;

use countersign_model::command::{Command, Origin};
use countersign_model::decide::Refusal;
use countersign_model::entity::{DecisionOutcome, DecisionRecord, Entity};
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, RecordRef, canonical};

use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::{EntryState, NewEntry, Write};

pub use check::{CheckReport, Finding};
pub use devices::{Enrolled, Invite};
pub(crate) use devices::{TLS_SETTING, URL_SETTING};
pub use export::Exported;
pub(crate) use introduce::confirmed;
pub use jobs::{JobOrder, NewJob, Planned};
pub use reviews::{ReviewChoice, Reviewed};
pub use signin::{LONGEST_PASSWORD, SHORTEST_PASSWORD, Session, SignInLink};

/// Who gives a command at the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person at the console: their rights are checked.
    Person {
        /// Who.
        person: Id,
        /// Digest of their session's id, in hexadecimal.
        session: String,
    },
    /// The hub itself, or whoever works in its folder with the command line.
    System {
        /// In whose name, for the records.
        person: Id,
    },
}

impl Actor {
    /// In whose name it acts.
    pub fn person(&self) -> Id {
        match self {
            Actor::Person { person, .. } | Actor::System { person } => *person,
        }
    }

    fn origin(&self) -> Origin {
        match self {
            Actor::Person { session, .. } => Origin::Console { session: session.clone() },
            Actor::System { .. } => Origin::System,
        }
    }
}

impl Hub {
    /// The hub itself as an actor.
    pub fn system(&self) -> Actor {
        Actor::System { person: self.tenant() }
    }

    /// Gives a command: stored, judged, answered. A refusal is an answer, not an error.
    pub fn command(&self, actor: &Actor, payload: &Payload, lane: Scope, seen: Option<Id>) -> Outcome<DecisionRecord> {
        let now = self.now();
        let command = self.made(actor, payload, lane, seen, now)?;
        let body = canonical::to_text(&command)?;
        let entry = NewEntry {
            origin: &actor.origin(),
            command: &command,
            body: &body,
            digest: Digest::of(body.as_bytes()),
            received: now,
            carrier: None,
            state: EntryState::Stored,
        };
        let salt = self.random()?;
        self.write(|write| Ok(write.receive(&entry, salt)?))?;
        self.judge(&[command.id])?;
        let entry = self.read(|read| Ok(read.entry(command.id)?))?;
        entry.and_then(|entry| entry.decision).ok_or(HubError::Waiting)
    }

    /// Gives commands of the office within one transaction: all are stored and accepted, or none is.
    pub(crate) fn order_within(&self, write: &Write<'_>, actor: &Actor, payloads: &[Payload]) -> Outcome {
        let now = self.now();
        let mut ids = Vec::with_capacity(payloads.len());
        for payload in payloads {
            let command = self.made(actor, payload, Scope::office(), None, now)?;
            let body = canonical::to_text(&command)?;
            let entry = NewEntry {
                origin: &actor.origin(),
                command: &command,
                body: &body,
                digest: Digest::of(body.as_bytes()),
                received: now,
                carrier: None,
                state: EntryState::Stored,
            };
            write.receive(&entry, self.random()?)?;
            ids.push(command.id);
        }
        self.judge_within(write, &ids)?;
        for id in ids {
            let decision = write.entry(id)?.and_then(|entry| entry.decision).ok_or(HubError::Waiting)?;
            accepted(decision)?;
        }
        Ok(())
    }

    /// A command of the office, now.
    fn made(&self, actor: &Actor, payload: &Payload, lane: Scope, seen: Option<Id>, now: i64) -> Outcome<Command> {
        Ok(Command {
            id: self.inner.edge.new_id(now)?,
            kind: payload.kind().to_owned(),
            version: payload.version(),
            author: actor.person(),
            time: TimeRecord::by_hub(now),
            lane,
            seen,
            instead_of: None,
            payload: payload.to_value(),
        })
    }

    /// Gives a command that must be accepted.
    pub fn order(&self, actor: &Actor, payload: &Payload, lane: Scope) -> Outcome<DecisionRecord> {
        let decision = self.command(actor, payload, lane, None)?;
        accepted(decision)
    }

    /// Saves master data.
    pub fn save<T: Entity>(&self, actor: &Actor, id: Id, body: &T) -> Outcome {
        let payload =
            Payload::MasterSave(MasterSave { record: RecordRef::new(T::KIND, id), fields: body.body(), seen: None });
        self.order(actor, &payload, Scope::office()).map(|_| ())
    }

    /// A new id that sorts by the hub's time.
    pub fn new_id(&self) -> Outcome<Id> {
        Ok(self.inner.edge.new_id(self.now())?)
    }
}

/// A decision that must be an acceptance.
fn accepted(decision: DecisionRecord) -> Outcome<DecisionRecord> {
    match decision.outcome {
        DecisionOutcome::Accepted => Ok(decision),
        DecisionOutcome::Refused => Err(HubError::Refused(
            decision.refusal.unwrap_or_else(|| Refusal::new(countersign_model::decide::RefusalCode::Defect)),
        )),
        _ => Err(HubError::Waiting),
    }
}
