//! The counts behind the status sentence, from one consistent state. Never words them.

use rusqlite::params;

use super::{Rows, StoreError};
use countersign_model::Digest;
use countersign_model::record::Scope;

/// What is still only here, and what needs a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Own and carried commands that the hub does not durably have.
    pub pending_commands: u64,
    /// Of these, own commands under a new device id that wait for a person's word.
    pub held_commands: u64,
    /// Commands that wait at the hub for something.
    pub waiting_commands: u64,
    /// Commands that were refused and that nobody has dealt with.
    pub refused_commands: u64,
    /// Files without a receipt.
    pub unconfirmed_media: u64,
    /// Their length together.
    pub unconfirmed_bytes: u64,
    /// Files that were found without a row.
    pub unfiled_media: u64,
    /// Files whose bytes are damaged and that are not confirmed.
    pub damaged_media: u64,
    /// Signed documents that the device has not vouched for.
    pub unattested: u64,
    /// Scopes whose snapshot is missing or incomplete.
    pub missing_scopes: u64,
}

impl Counts {
    /// Whether anything would be lost with this device.
    pub fn unique_on_this_device(&self) -> bool {
        self.pending_commands > 0 || self.unconfirmed_media > 0
    }
}

impl Rows<'_> {
    /// The counts of this moment.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        Ok(Counts {
            pending_commands: self.count(
                "SELECT (SELECT count(*) FROM outbox WHERE at_hub = 0) + (SELECT count(*) FROM carried WHERE at_hub = 0)",
            )?,
            held_commands: self.count("SELECT count(*) FROM outbox WHERE state = 'held'")?,
            waiting_commands: self.count("SELECT count(*) FROM outbox WHERE state = 'waiting'")?,
            refused_commands: self.count("SELECT count(*) FROM outbox WHERE state = 'refused'")?,
            // Pages that nobody signed are no evidence: they are made anew from what is at the office.
            unconfirmed_media: self
                .count("SELECT count(*) FROM media WHERE state = 'local' AND here = 1 AND class != 'pages'")?,
            unconfirmed_bytes: self.count(
                "SELECT coalesce(sum(bytes), 0) FROM media WHERE state = 'local' AND here = 1 AND class != 'pages'",
            )?,
            unfiled_media: self.count("SELECT count(*) FROM media WHERE class = 'unfiled'")?,
            damaged_media: self.count("SELECT count(*) FROM media WHERE damaged = 1 AND state = 'local'")?,
            unattested: self
                .count("SELECT count(*) FROM sealed WHERE sha256 NOT IN (SELECT sha256 FROM attested)")?,
            missing_scopes: self.count("SELECT count(*) FROM held_scope WHERE state = 'wanted'")?,
        })
    }

    /// The bytes of a form; `None` where it is not here.
    pub fn form_bytes(&self, sha256: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM form WHERE sha256 = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(rusqlite::OptionalExtension::optional(statement.query_row([sha256.0], |row| row.get(0)))?)
    }

    /// Files of a scope without a receipt: how many, and their length together.
    pub fn unconfirmed_in(&self, scope: &Scope) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT count(*), coalesce(sum(bytes), 0) FROM media
                   WHERE scope = ?1 AND state = 'local' AND here = 1 AND class != 'pages'";
        let mut statement = self.connection().prepare_cached(sql)?;
        let (count, bytes): (i64, i64) = statement.query_row(params![scope.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((count.unsigned_abs(), bytes.unsigned_abs()))
    }
}
