//! Writing: own commands are decided on the view and saved with their effects in one transaction.

use std::cell::RefCell;
use std::collections::BTreeSet;

use countersign_model::command::{Command, Origin, chain_next};
use countersign_model::decide::{Change, Context, Decision, Refusal, RefusalCode, decide, needs};
use countersign_model::payload::Payload;
use countersign_model::record::{Scope, kind, parent_of};
use countersign_model::state::State;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, RecordRef};
use rusqlite::{Connection, params};

use super::forms::{FormShelf, ShelfRules};
use super::log::Entry;
use super::topics::{Topic, Topics};
use super::{Rows, StoreError, carried, catalogue, jobs, settings};

/// A command before it has its author and lane checked by the rules.
#[derive(Clone, Debug)]
pub struct Draft {
    /// UUIDv7.
    pub id: Id,
    /// When.
    pub time: TimeRecord,
    /// The lane.
    pub lane: Scope,
    /// The command that set what the author saw.
    pub seen: Option<Id>,
    /// What is intended.
    pub payload: Payload,
}

/// Writing access inside one transaction.
pub struct Tx<'a> {
    connection: &'a Connection,
    pub(super) forms: &'a FormShelf,
    topics: RefCell<Topics>,
    jobs: RefCell<BTreeSet<Id>>,
    catalogue: RefCell<catalogue::Touched>,
    entries: RefCell<Vec<Entry>>,
}

/// The most keys a rule may ask for, one after the other; a rule that asks for more goes in circles.
const MOST_ROUNDS: usize = 64;

impl<'a> Tx<'a> {
    pub(super) fn new(connection: &'a Connection, forms: &'a FormShelf) -> Tx<'a> {
        Tx {
            connection,
            forms,
            topics: RefCell::default(),
            jobs: RefCell::default(),
            catalogue: RefCell::default(),
            entries: RefCell::default(),
        }
    }

    /// Reading what this transaction sees.
    pub fn rows(&self) -> Rows<'a> {
        Rows::new(self.connection)
    }

    pub(super) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// Notes that something may look different after the commit.
    pub fn touch(&self, topic: Topic) {
        self.topics.borrow_mut().insert(topic);
    }

    /// Notes that a row changed, for the list of jobs, for the index of parts and machines, and for those who show it.
    pub(super) fn touch_row(&self, kind_name: &str, id: Id, scope: &Scope) -> Result<(), StoreError> {
        self.catalogue.borrow_mut().note(kind_name, id);
        match scope.id().filter(|_| scope.is_job()) {
            Some(job) => {
                self.touch(Topic::Job(job));
                if matches!(kind_name, kind::JOB | kind::VISIT | kind::VOUCHER) {
                    self.jobs.borrow_mut().insert(job);
                }
            }
            None if matches!(kind_name, kind::CUSTOMER | kind::SITE | kind::MACHINE) => {
                self.jobs.borrow_mut().extend(jobs::jobs_with(self.connection, kind_name, id)?);
            }
            None => self.touch(Topic::References),
        }
        Ok(())
    }

    pub(super) fn log(&self, entry: Entry) {
        self.entries.borrow_mut().push(entry);
    }

    /// Ends the transaction's bookkeeping; the caller commits.
    pub(super) fn finish(self) -> Result<(Topics, Vec<Entry>), StoreError> {
        let jobs = self.jobs.take();
        if !jobs.is_empty() {
            self.touch(Topic::Jobs);
        }
        for job in jobs {
            jobs::refresh(&self.rows(), job)?;
        }
        self.catalogue.take().refresh(&self.rows())?;
        Ok((self.topics.into_inner(), self.entries.into_inner()))
    }

    /// Saves an own command with its effects. Refused by the rules: an error, and nothing is saved.
    pub fn submit(&self, draft: &Draft) -> Result<Command, StoreError> {
        self.submit_instead_of(draft, None)
    }

    /// The same for a command that is sent instead of a refused one, which the office then has dealt with as well.
    pub fn submit_instead_of(&self, draft: &Draft, refused: Option<Id>) -> Result<Command, StoreError> {
        let identity = self.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
        let head = settings::chain_head(self.connection, identity.device)?;
        let seq = head.seq.saturating_add(1);
        let command = Command {
            id: draft.id,
            kind: draft.payload.kind().to_owned(),
            version: draft.payload.version(),
            author: identity.person,
            time: draft.time.clone(),
            lane: draft.lane.clone(),
            seen: draft.seen,
            instead_of: refused,
            payload: draft.payload.to_value(),
        };
        let origin = Origin::Device { id: identity.device, seq, prev_hash: head.hash };
        let changes = match self.judge(&command, &origin)? {
            Decision::Accepted(changes) => changes,
            Decision::Refused(refusal) => return Err(StoreError::Refused(refusal)),
            Decision::Waiting(need) => return Err(StoreError::Missing(need)),
        };
        let next = chain_next(head.hash, seq, &command)?;
        insert_outbox(self.connection, seq, &command, head.hash, next, "pending")?;
        settings::put_chain_head(self.connection, identity.device, seq, next)?;
        self.apply(&command, &changes)?;
        let boxed = Box::new(command.clone());
        self.log(Entry::Command { device: identity.device, seq, prev_hash: head.hash, command: boxed });
        self.touch(Topic::Outbox);
        self.touch(Topic::Status);
        Ok(command)
    }

    /// Decides a command on the view of this transaction.
    pub(super) fn judge(&self, command: &Command, origin: &Origin) -> Result<Decision, StoreError> {
        let rules = ShelfRules::new(self.forms, self.connection);
        let handed_over = carried::took_over(self.connection, &command.lane)?;
        let context =
            Context { now: command.time.wall, origin, on_hub: false, handed_over, forms: &rules, media: &rules };
        let mut state = State::new();
        for _ in 0..MOST_ROUNDS {
            let keys = needs(command, &state, &context);
            if keys.is_empty() {
                let decision = decide(&state, command, &context);
                rules.outcome()?;
                return Ok(decision);
            }
            for key in keys {
                let found = self.rows().lookup(&key, &command.lane)?;
                state.load(key, found);
            }
        }
        Ok(Decision::Refused(Refusal::new(RefusalCode::Defect).with("why", "the rule asks for ever more")))
    }

    /// Writes a command's effects into the overlay.
    pub(super) fn apply(&self, command: &Command, changes: &[Change]) -> Result<(), StoreError> {
        let mut crosses = false;
        for change in changes {
            let scope = match change {
                Change::Put { scope, .. } => scope.clone(),
                Change::Remove { record } => self.scope_now(record)?.unwrap_or_else(|| command.lane.clone()),
            };
            crosses |= scope != command.lane;
            self.put_overlay(change, &scope, &command.lane)?;
            self.touch_row(&change.record().kind, change.record().id, &scope)?;
        }
        if crosses {
            let sql = "UPDATE outbox SET crosses = 1 WHERE id = ?1";
            self.connection.prepare_cached(sql)?.execute([command.id.bytes()])?;
            let sql = "UPDATE carried SET crosses = 1 WHERE command = ?1";
            self.connection.prepare_cached(sql)?.execute([command.id.bytes()])?;
        }
        Ok(())
    }

    fn scope_now(&self, record: &RecordRef) -> Result<Option<Scope>, StoreError> {
        Ok(self.rows().row(&record.kind, record.id)?.map(|row| row.scope))
    }

    fn put_overlay(&self, change: &Change, scope: &Scope, lane: &Scope) -> Result<(), StoreError> {
        let record = change.record();
        let (parent, body) = match change {
            Change::Put { body, .. } => (parent_of(&record.kind, body), Some(serde_json::to_string(body)?)),
            Change::Remove { .. } => (None, None),
        };
        let sql = "INSERT INTO overlay_record(kind, id, scope, parent, body, lane) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT(kind, id) DO UPDATE SET scope = excluded.scope, parent = excluded.parent,
                     body = excluded.body, lane = excluded.lane";
        let parent = parent.map(|id| *id.bytes());
        self.connection.prepare_cached(sql)?.execute(params![
            record.kind,
            record.id.bytes(),
            scope.0,
            parent,
            body,
            lane.0
        ])?;
        Ok(())
    }
}

/// Inserts an own command at its place in the chain.
pub(super) fn insert_outbox(
    connection: &Connection,
    seq: u64,
    command: &Command,
    prev: Digest,
    next: Digest,
    state: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox(seq, id, lane, kind, body, prev_hash, chain_hash, state)
               VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let body = countersign_model::canonical::to_text(command)?;
    let seq = i64::try_from(seq).map_err(|_| StoreError::Malformed("a sequence number is too large".to_owned()))?;
    connection.prepare_cached(sql)?.execute(params![
        seq,
        command.id.bytes(),
        command.lane.0,
        command.kind,
        body,
        prev.0,
        next.0,
        state
    ])?;
    Ok(())
}
