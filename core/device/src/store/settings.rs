//! Small things that the store remembers by name: the identity, the chain's end, the cursor, the last contact.

use countersign_model::command::chain_start;
use countersign_model::{Digest, Id, Language};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::exchange::{ChainHead, Contact, Identity, SyncProblem};
use super::topics::Topic;
use super::{Store, StoreError, stored};

/// What the device is.
pub(super) const IDENTITY: &str = "identity";
/// An enrolment without an answer.
pub(super) const PENDING_ENROLMENT: &str = "pending_enrolment";
/// Where the feed goes on.
pub(super) const CURSOR: &str = "cursor";
/// Whether the last page of the feed was at its head.
pub(super) const AT_HEAD: &str = "at_head";
/// The last successful exchange.
pub(super) const CONTACT: &str = "contact";
/// When the hub's time was last known, by the device's own clocks.
pub(super) const LEASE_MARK: &str = "lease_mark";
/// What was salvaged and nobody acknowledged yet.
pub(super) const SALVAGE: &str = "salvage";
/// Why sync does not get on.
pub(super) const SYNC_PROBLEM: &str = "sync_problem";
/// The store was found to be a copy.
pub(super) const FORKED: &str = "forked";
/// A salvage found work and no word of what the device was: the work waits for the next enrolment.
pub(super) const ORPHANED: &str = "orphaned";
/// Hub time of the newest page or receipt.
pub(super) const HUB_TIME: &str = "hub_time";
/// The language of the screens, where a person chose one on this device.
pub(super) const LANGUAGE: &str = "language";
/// The jobs that a person was told of.
pub(super) const NEWS_TOLD: &str = "news_told";
/// The tenant's proven backup mark, if it announces any.
pub(super) const BACKUP_MARK: &str = "backup_mark";
/// The hub said that it does not know this device, and everything was offered to it again.
pub(super) const UNKNOWN_AT_HUB: &str = "unknown_at_hub";

/// The bytes of a token that stood here in the clear may still be in the file.
pub(super) const WIPE: &str = "wipe";

/// The head of the office's log that this device knows.
pub(super) const OFFICE_LOG: &str = "office_log";
/// What the device saw where that log was changed.
pub(super) const LOG_CHANGED: &str = "log_changed";

/// How often the base was not what the hub has.
pub(super) const WRONG_SUMS: &str = "wrong_sums";

/// The private half of the key that hand-over files for this device are encrypted to.
pub(super) const RECEIVE_KEY: &str = "receive_key";

pub(super) fn get(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn put(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO setting(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value";
    connection.prepare_cached(sql)?.execute(params![name, value])?;
    Ok(())
}

pub(super) fn remove(connection: &Connection, name: &str) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])?;
    Ok(())
}

pub(super) fn read<T: DeserializeOwned>(connection: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    get(connection, name)?.map(|text| stored(&text)).transpose()
}

pub(super) fn save(connection: &Connection, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
    put(connection, name, &serde_json::to_string(value)?)
}

pub(super) fn identity(connection: &Connection) -> Result<Option<Identity>, StoreError> {
    read(connection, IDENTITY)
}

pub(super) fn put_identity(connection: &Connection, identity: &Identity) -> Result<(), StoreError> {
    save(connection, IDENTITY, identity)
}

pub(super) fn contact(connection: &Connection) -> Result<Option<Contact>, StoreError> {
    let stored: Option<(i64, i64, i64)> = read(connection, CONTACT)?;
    Ok(stored.map(|(hub_time, wall, round_trip)| Contact { hub_time, wall, round_trip }))
}

pub(super) fn put_contact(connection: &Connection, contact: &Contact) -> Result<(), StoreError> {
    save(connection, CONTACT, &(contact.hub_time, contact.wall, contact.round_trip))
}

pub(super) fn sync_problem(connection: &Connection) -> Result<Option<SyncProblem>, StoreError> {
    read(connection, SYNC_PROBLEM)
}

/// The end of a device's chain; its start before the first command.
pub(super) fn chain_head(connection: &Connection, device: Id) -> Result<ChainHead, StoreError> {
    let stored: Option<(u64, Digest)> = read(connection, &chain_name(device))?;
    let (seq, hash) = stored.unwrap_or((0, chain_start(device)));
    Ok(ChainHead { device, seq, hash })
}

pub(super) fn put_chain_head(connection: &Connection, device: Id, seq: u64, hash: Digest) -> Result<(), StoreError> {
    save(connection, &chain_name(device), &(seq, hash))
}

impl Store {
    /// The language that was chosen on this device.
    pub fn chosen_language(&self) -> Result<Option<Language>, StoreError> {
        self.read(|rows| read(rows.connection(), LANGUAGE))
    }

    /// Chooses a language for this device, or none.
    pub fn choose_language(&self, language: Option<Language>) -> Result<(), StoreError> {
        self.write(|tx| {
            // Every screen says everything in another language.
            [Topic::Jobs, Topic::Outbox, Topic::Status, Topic::References]
                .into_iter()
                .for_each(|topic| tx.touch(topic));
            match language {
                Some(language) => save(tx.connection(), LANGUAGE, &language),
                None => remove(tx.connection(), LANGUAGE),
            }
        })
    }
}

fn chain_name(device: Id) -> String {
    format!("chain/{device}")
}
