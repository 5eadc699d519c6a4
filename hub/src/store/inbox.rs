//! The inbox: every command as it was received, stored before it is judged; and what became of it.

use countersign_model::command::{Command, Origin};
use countersign_model::decide::{Need, Refusal};
use countersign_model::entity::{DecisionOutcome, DecisionRecord};
use countersign_model::open_enum;
use countersign_model::record::Scope;
use countersign_model::seeded::{self, Bug};
use countersign_model::{Digest, Id, RecordRef};
use rusqlite::params;

use super::{Read, StoreError, Stored, Write, count_at, digest_at, limit_of, maybe_id_at, signed};

open_enum! {
    /// Where a received command stands.
    EntryState {
        /// Stored, not yet judged.
        Stored = "stored",
        /// Accepted or refused.
        Decided = "decided",
        /// Waits for a row, a form or its lane.
        Waiting = "waiting",
        /// Held until a person confirms it.
        Quarantined = "quarantined",
        /// Of a type that this program does not know.
        Parked = "parked",
    }
}

/// A command that is about to be stored.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// Where it came from.
    pub origin: &'a Origin,
    /// The command.
    pub command: &'a Command,
    /// Its canonical bytes as text.
    pub body: &'a str,
    /// Their digest.
    pub digest: Digest,
    /// When it was received, hub time.
    pub received: i64,
    /// Another device that brought it.
    pub carrier: Option<Id>,
    /// `Stored` or `Quarantined`.
    pub state: EntryState,
}

/// A received command.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the order of receipt, and in the log.
    pub arrival: u64,
    /// Where it came from.
    pub origin: Origin,
    /// The command.
    pub command: Command,
    /// Digest of its canonical bytes.
    pub digest: Digest,
    /// When it was received, hub time.
    pub received: i64,
    /// The device that brought it, where that is not its origin.
    pub carrier: Option<Id>,
    /// Where it stands.
    pub state: EntryState,
    /// What it waits for, as [`need_word`] writes it.
    pub need: Option<String>,
    /// What became of it.
    pub decision: Option<DecisionRecord>,
    /// Whether a person dealt with its refusal.
    pub closed: bool,
}

impl Entry {
    /// The devices to which its decision is told.
    pub fn told(&self) -> Vec<Id> {
        let origin = self.origin.device().map(|(device, _)| device);
        let mut told: Vec<Id> = origin.into_iter().chain(self.carrier).collect();
        told.dedup();
        told
    }
}

/// What became of a command, as the inbox keeps it.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// Where it stands from now on.
    pub state: EntryState,
    /// What it waits for.
    pub need: Option<String>,
    /// The decision.
    pub decision: &'a DecisionRecord,
    /// When.
    pub time: i64,
    /// The program that decided.
    pub program: &'a str,
}

/// The word under which a waiting command is found again when what it needs arrives.
pub fn need_word(need: &Need) -> String {
    match need {
        Need::Row(record) => row_word(record),
        Need::Form(digest) => form_word(*digest),
        Need::Upgrade { kind, version } => format!("upgrade:{kind}@{version}"),
    }
}

/// The word for "this row".
pub fn row_word(record: &RecordRef) -> String {
    format!("row:{record}")
}

/// The word for "this form".
pub fn form_word(digest: Digest) -> String {
    format!("form:{digest}")
}

/// The word for "an earlier command of my lane".
pub const LANE_WORD: &str = "lane";

pub(super) const COLUMNS: &str = "arrival, origin, body, digest, received, carrier, state, need, decision, closed";

pub(super) fn entry_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Entry> {
    let origin: String = row.get(1)?;
    let body: String = row.get(2)?;
    let decision: Option<String> = row.get(8)?;
    Ok(Entry {
        arrival: count_at(row, 0)?,
        origin: parsed(1, &origin)?,
        command: parsed(2, &body)?,
        digest: digest_at(row, 3)?,
        received: row.get(4)?,
        carrier: maybe_id_at(row, 5)?,
        state: EntryState::from_word(&row.get::<_, String>(6)?),
        need: row.get(7)?,
        decision: decision.map(|text| parsed(8, &text)).transpose()?,
        closed: row.get(9)?,
    })
}

fn parsed<T: serde::de::DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

fn json<T: serde::Serialize>(value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

// What is decided is far more than what is open: the index of the open ones is named, and its condition stands in each
// statement, or every command would look through the whole inbox.
impl Read<'_> {
    /// One received command.
    pub fn entry(&self, command: Id) -> Stored<Option<Entry>> {
        let sql = format!("SELECT {COLUMNS} FROM inbox WHERE tenant = ?1 AND command = ?2");
        self.first(&sql, params![self.tenant(), command.bytes()], entry_at)
    }

    /// The digest under which a command id was received.
    pub fn received_as(&self, command: Id) -> Stored<Option<Digest>> {
        let sql = "SELECT digest FROM inbox WHERE tenant = ?1 AND command = ?2";
        self.first(sql, params![self.tenant(), command.bytes()], |row| digest_at(row, 0))
    }

    /// The stored text of a command's body.
    pub fn received_body(&self, command: Id) -> Stored<Option<String>> {
        let sql = "SELECT body FROM inbox WHERE tenant = ?1 AND command = ?2";
        self.first(sql, params![self.tenant(), command.bytes()], |row| row.get(0))
    }

    /// Commands that are stored and not judged: left over when the hub stopped in between.
    pub fn unjudged(&self, limit: usize) -> Stored<Vec<Id>> {
        self.ids(
            "SELECT command FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'stored' ORDER BY arrival LIMIT ?2",
            params![self.tenant(), limit_of(limit)],
        )
    }

    /// Commands in a state, oldest first.
    pub fn entries_in(&self, state: &EntryState, after: u64, limit: usize) -> Stored<Vec<Entry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = ?2 AND arrival > ?3 ORDER BY arrival LIMIT ?4"
        );
        self.all(&sql, params![self.tenant(), state.as_str(), signed(after), limit_of(limit)], entry_at)
    }

    /// Every received command, oldest first, by arrival.
    pub fn entries(&self, after: Option<u64>, limit: usize) -> Stored<Vec<Entry>> {
        let sql = format!("SELECT {COLUMNS} FROM inbox WHERE tenant = ?1 AND arrival > ?2 ORDER BY arrival LIMIT ?3");
        let after = after.map_or(-1, signed);
        self.all(&sql, params![self.tenant(), after, limit_of(limit)], entry_at)
    }

    /// Refused commands that nobody dealt with, newest first.
    pub fn refused(&self, limit: usize) -> Stored<Vec<Entry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM inbox WHERE tenant = ?1 AND outcome = 'refused' AND closed = 0
             ORDER BY arrival DESC LIMIT ?2"
        );
        self.all(&sql, params![self.tenant(), limit_of(limit)], entry_at)
    }

    /// Whether an earlier command of this device waits in this lane.
    pub fn lane_waits(&self, device: Id, lane: &Scope, before: u64) -> Stored<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'waiting' AND device = ?2
                   AND lane = ?3 AND arrival < ?4)";
        if seeded::is_on(Bug::LaneBlocksOthers) {
            let any = sql.replace("lane = ?3", "?3 IS NOT NULL");
            return self.value(&any, params![self.tenant(), device.bytes(), lane.0, signed(before)]);
        }
        self.value(sql, params![self.tenant(), device.bytes(), lane.0, signed(before)])
    }

    /// The first command of a device that waits for its turn in a lane.
    pub fn next_in_lane(&self, device: Id, lane: &Scope) -> Stored<Option<Id>> {
        let ids = self.ids(
            "SELECT command FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'waiting' AND device = ?2 AND lane = ?3
             ORDER BY arrival LIMIT 1",
            params![self.tenant(), device.bytes(), lane.0],
        )?;
        Ok(ids.first().copied())
    }

    /// Commands that wait for this.
    pub fn waiting_for(&self, need: &str) -> Stored<Vec<Id>> {
        self.ids(
            "SELECT command FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'waiting' AND need = ?2 ORDER BY arrival",
            params![self.tenant(), need],
        )
    }

    /// Commands that wait since before a time.
    pub fn waiting_since(&self, before: i64) -> Stored<Vec<Id>> {
        self.ids(
            "SELECT command FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'waiting' AND received < ?2 ORDER BY arrival",
            params![self.tenant(), before],
        )
    }

    /// Commands that another program parked, or on which its rules stopped.
    pub fn left_by_other_programs(&self, program: &str) -> Stored<Vec<Id>> {
        self.ids(
            "SELECT command FROM (
               SELECT command, arrival FROM inbox INDEXED BY inbox_open
                 WHERE tenant = ?1 AND state <> 'decided' AND state = 'parked' AND program <> ?2
               UNION ALL SELECT command, arrival FROM inbox INDEXED BY inbox_refused
                 WHERE tenant = ?1 AND outcome = 'refused' AND closed = 0 AND program <> ?2
                 AND json_extract(decision, '$.refusal.code') = 'defect')
             ORDER BY arrival",
            params![self.tenant(), program],
        )
    }

    /// Commands of a device in quarantine, oldest first.
    pub fn quarantined_of(&self, device: Id) -> Stored<Vec<Id>> {
        self.ids(
            "SELECT command FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'quarantined' AND (device = ?2 OR carrier = ?2)
             ORDER BY arrival",
            params![self.tenant(), device.bytes()],
        )
    }

    /// How many commands and bytes of a device are in quarantine.
    pub fn quarantine_use(&self, device: Id) -> Stored<(u64, u64)> {
        let sql = "SELECT count(*), coalesce(sum(length(body)), 0) FROM inbox INDEXED BY inbox_open
                   WHERE tenant = ?1 AND state <> 'decided' AND state = 'quarantined' AND (device = ?2 OR carrier = ?2)";
        let found =
            self.first(sql, params![self.tenant(), device.bytes()], |row| Ok((count_at(row, 0)?, count_at(row, 1)?)))?;
        Ok(found.unwrap_or_default())
    }

    fn ids(&self, sql: &str, parameters: impl rusqlite::Params) -> Stored<Vec<Id>> {
        self.all(sql, parameters, |row| super::id_at(row, 0))
    }

    /// How many commands were received.
    pub fn inbox_size(&self) -> Stored<u64> {
        let count: i64 = self.value("SELECT count(*) FROM inbox WHERE tenant = ?1", params![self.tenant()])?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    fn next_arrival(&self) -> Stored<u64> {
        let sql = "SELECT coalesce(max(arrival) + 1, 0) FROM inbox WHERE tenant = ?1";
        let value: i64 = self.value(sql, params![self.tenant()])?;
        Ok(u64::try_from(value).unwrap_or(0))
    }
}

impl Write<'_> {
    /// Stores a received command with its leaf in the log; `salt` is 32 bytes of chance.
    pub fn receive(&self, entry: &NewEntry<'_>, salt: [u8; 32]) -> Stored<u64> {
        let arrival = self.next_arrival()?;
        let origin = json(entry.origin)?;
        self.execute(
            "INSERT INTO inbox (tenant, command, arrival, origin, device, lane, kind, author, received, body, digest,
               carrier, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                self.tenant(),
                entry.command.id.bytes(),
                signed(arrival),
                origin,
                entry.origin.device().map(|(device, _)| *device.bytes()),
                entry.command.lane.0,
                entry.command.kind,
                entry.command.author.bytes(),
                entry.received,
                entry.body,
                entry.digest.0,
                entry.carrier.map(|id| *id.bytes()),
                entry.state.as_str()
            ],
        )?;
        self.append_leaf(arrival, entry.command.id, &origin, entry.received, entry.digest, salt)?;
        Ok(arrival)
    }

    /// Writes what became of a command.
    pub fn settle(&self, command: &Command, verdict: &Verdict<'_>) -> Stored {
        self.execute(
            "UPDATE inbox SET state = ?3, need = ?4, outcome = ?5, decision = ?6, decided = ?7, program = ?8
             WHERE tenant = ?1 AND command = ?2",
            params![
                self.tenant(),
                command.id.bytes(),
                verdict.state.as_str(),
                verdict.need,
                verdict.decision.outcome.as_str(),
                json(verdict.decision)?,
                verdict.time,
                verdict.program
            ],
        )?;
        let outcome = match verdict.state {
            EntryState::Decided => verdict.decision.outcome.as_str(),
            _ => verdict.state.as_str(),
        };
        self.count_judged(&command.kind, outcome);
        Ok(())
    }

    /// Puts a command back to be judged: out of quarantine, or after an upgrade.
    pub fn reopen(&self, command: Id) -> Stored {
        self.execute(
            "UPDATE inbox SET state = 'stored', need = NULL WHERE tenant = ?1 AND command = ?2",
            params![self.tenant(), command.bytes()],
        )?;
        Ok(())
    }

    /// A person dealt with a refusal; it leaves the attention list and stays in the inbox.
    pub fn close_refusal(&self, command: Id) -> Stored {
        self.execute(
            "UPDATE inbox SET closed = 1 WHERE tenant = ?1 AND command = ?2 AND outcome = 'refused'",
            params![self.tenant(), command.bytes()],
        )?;
        Ok(())
    }
}

/// A decision that refuses.
pub fn refused(command: Id, device: Option<Id>, refusal: Refusal) -> DecisionRecord {
    DecisionRecord {
        command,
        device,
        outcome: DecisionOutcome::Refused,
        refusal: Some(refusal),
        scopes: Vec::new(),
        extra: Default::default(),
    }
}
