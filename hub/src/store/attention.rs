//! What a person should look at, sort by sort, paged by key.

use countersign_model::Id;
use countersign_model::entity::FlagCode;
use countersign_model::record::{Row, Scope};
use rusqlite::params;

use super::inbox::{COLUMNS as ENTRY_COLUMNS, Entry, EntryState, entry_at};
use super::records::{COLUMNS, row_at};
use super::{Read, Stored, id_at, limit_of, signed};

/// How many things of each sort there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttentionCounts {
    /// Refused commands that nobody dealt with.
    pub refused: usize,
    /// Devices that this hub does not know and that showed a good credential.
    pub devices: usize,
    /// Commands that a person must confirm, beside those of such devices.
    pub quarantined: usize,
    /// Questions with two answers.
    pub conflicts: usize,
    /// What the field asks and nobody decided.
    pub requests: usize,
    /// Other flags that are open.
    pub flags: usize,
    /// Commands that wait for something.
    pub waiting: usize,
    /// Commands of a newer app.
    pub parked: usize,
    /// Active devices that were not heard of for long.
    pub silent: usize,
    /// Jobs with files that have not reached the office.
    pub media: usize,
    /// Webhook endpoints to which nothing gets through.
    pub webhooks: usize,
}

/// An active device's last word is older than this: it is not on the list of lost things, but somebody should ask.
const SILENT: &str = "FROM token AS t JOIN record AS d ON d.tenant = t.tenant AND d.kind = 'device' AND d.id = t.device
     WHERE t.tenant = ?1 AND t.revoked IS NULL AND t.last_seen < ?2 AND d.body IS NOT NULL
     AND json_extract(d.body, '$.state') = 'active'";
/// What the field asks of the office and nobody decided.
const OPEN_REQUEST: &str = "FROM record WHERE tenant = ?1 AND kind = 'request' AND body IS NOT NULL
     AND json_extract(body, '$.state') = 'open'";
/// Files that evidence or documents cite and that are not here.
const ABSENT: &str = "FROM media_citation AS c INDEXED BY media_citation_absent
     WHERE c.tenant = ?1 AND c.held = 0 AND c.kind IN ('evidence', 'document') AND c.scope LIKE 'job/%'";

/// Devices that wait for an administrator.
const UNCONFIRMED: &str = "FROM record AS d WHERE d.tenant = ?1 AND d.kind = 'device' AND d.body IS NOT NULL
     AND json_extract(d.body, '$.state') = 'unconfirmed'";
/// Held-back commands but for those that come free when their device is confirmed.
const HELD_BACK: &str = "FROM inbox AS i INDEXED BY inbox_open
     WHERE i.tenant = ?1 AND i.state <> 'decided' AND i.state = 'quarantined'
     AND NOT EXISTS (SELECT 1 FROM record AS d WHERE d.tenant = i.tenant AND d.kind = 'device' AND d.body IS NOT NULL
       AND d.id = coalesce(i.carrier, i.device) AND json_extract(d.body, '$.state') = 'unconfirmed')";

impl Read<'_> {
    /// How many things of each sort there are; `silent_before` is hub time.
    pub fn attention_counts(&self, silent_before: i64) -> Stored<AttentionCounts> {
        let conflict = FlagCode::AnswerConflict.as_str();
        let flags = "SELECT count(*) FROM record WHERE tenant = ?1 AND kind = 'flag' AND body IS NOT NULL
             AND json_extract(body, '$.open') = 1 AND (json_extract(body, '$.code') = ?2) = ?3";
        let state = "SELECT count(*) FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = ?2";
        let refused = "SELECT count(*) FROM inbox WHERE tenant = ?1 AND outcome = 'refused' AND closed = 0";
        let count = |value: i64| usize::try_from(value).unwrap_or(0);
        Ok(AttentionCounts {
            refused: count(self.value(refused, params![self.tenant()])?),
            devices: count(self.value(&format!("SELECT count(*) {UNCONFIRMED}"), params![self.tenant()])?),
            quarantined: count(self.value(&format!("SELECT count(*) {HELD_BACK}"), params![self.tenant()])?),
            conflicts: count(self.value(flags, params![self.tenant(), conflict, true])?),
            requests: count(self.value(&format!("SELECT count(*) {OPEN_REQUEST}"), params![self.tenant()])?),
            flags: count(self.value(flags, params![self.tenant(), conflict, false])?),
            waiting: count(self.value(state, params![self.tenant(), EntryState::Waiting.as_str()])?),
            parked: count(self.value(state, params![self.tenant(), EntryState::Parked.as_str()])?),
            silent: count(self.value(&format!("SELECT count(*) {SILENT}"), params![self.tenant(), silent_before])?),
            webhooks: self.webhook_endpoints_failed()?.len(),
            media: count(self.value(&format!("SELECT count(DISTINCT c.scope) {ABSENT}"), params![self.tenant()])?),
        })
    }

    /// Devices that wait for an administrator, by id.
    pub fn unconfirmed_devices(&self, after: Option<Id>, limit: usize) -> Stored<Vec<Id>> {
        let sql = format!("SELECT d.id {UNCONFIRMED} AND d.id > ?2 ORDER BY d.id LIMIT ?3");
        let after = after.map_or([0; 16], |id| *id.bytes());
        self.all(&sql, params![self.tenant(), after, limit_of(limit)], |row| id_at(row, 0))
    }

    /// Commands that a person must confirm one by one, oldest first.
    pub fn held_back(&self, after: u64, limit: usize) -> Stored<Vec<Entry>> {
        let sql = format!("SELECT {ENTRY_COLUMNS} {HELD_BACK} AND i.arrival > ?2 ORDER BY i.arrival LIMIT ?3");
        self.all(&sql, params![self.tenant(), signed(after), limit_of(limit)], entry_at)
    }

    /// Devices of which more than one command is held back, those of the oldest first, each with how many.
    pub fn devices_held_back(&self, limit: usize) -> Stored<Vec<(Id, usize)>> {
        let sql = format!(
            "SELECT i.device, count(*) {HELD_BACK} AND i.device IS NOT NULL
             GROUP BY i.device HAVING count(*) > 1 ORDER BY min(i.arrival) LIMIT ?2"
        );
        self.all(&sql, params![self.tenant(), limit_of(limit)], |row| {
            Ok((id_at(row, 0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })
    }

    /// The commands of a device that are held back, oldest first.
    pub fn held_back_of(&self, device: Id) -> Stored<Vec<Id>> {
        let sql = format!("SELECT i.command {HELD_BACK} AND i.device = ?2 ORDER BY i.arrival");
        self.all(&sql, params![self.tenant(), device.bytes()], |row| id_at(row, 0))
    }

    /// Refused commands that nobody dealt with, newest first, received before a place.
    pub fn refused_before(&self, before: Option<u64>, limit: usize) -> Stored<Vec<Entry>> {
        let sql = format!(
            "SELECT {ENTRY_COLUMNS} FROM inbox WHERE tenant = ?1 AND outcome = 'refused' AND closed = 0
             AND arrival < ?2 ORDER BY arrival DESC LIMIT ?3"
        );
        self.all(&sql, params![self.tenant(), before.map_or(i64::MAX, signed), limit_of(limit)], entry_at)
    }

    /// Open flags, conflicts or the others, newest first.
    pub fn flags_before(&self, conflicts: bool, before: Option<Id>, limit: usize) -> Stored<Vec<Row>> {
        let before = before.map_or([0xff; 16], |id| *id.bytes());
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = 'flag' AND body IS NOT NULL
             AND json_extract(body, '$.open') = 1 AND (json_extract(body, '$.code') = ?2) = ?3 AND id < ?4
             ORDER BY id DESC LIMIT ?5"
        );
        let code = FlagCode::AnswerConflict.as_str();
        self.all(&sql, params![self.tenant(), code, conflicts, before, limit_of(limit)], row_at)
    }

    /// Requests that wait for the office, newest first.
    pub fn open_requests_before(&self, before: Option<Id>, limit: usize) -> Stored<Vec<Row>> {
        let before = before.map_or([0xff; 16], |id| *id.bytes());
        let sql = format!("SELECT {COLUMNS} {OPEN_REQUEST} AND id < ?2 ORDER BY id DESC LIMIT ?3");
        self.all(&sql, params![self.tenant(), before, limit_of(limit)], row_at)
    }

    /// Active devices that were last heard of before a time, with that time, the most silent first.
    pub fn silent_devices(&self, silent_before: i64, after: (i64, Id), limit: usize) -> Stored<Vec<(Id, i64)>> {
        let sql = format!(
            "SELECT t.device, t.last_seen {SILENT} AND (t.last_seen, t.device) > (?3, ?4)
             ORDER BY t.last_seen, t.device LIMIT ?5"
        );
        let parameters = params![self.tenant(), silent_before, after.0, after.1.bytes(), limit_of(limit)];
        self.all(&sql, parameters, |row| Ok((id_at(row, 0)?, row.get(1)?)))
    }

    /// Jobs with files that have not reached the office, with how many, by scope.
    pub fn jobs_without_media(&self, after: &str, limit: usize) -> Stored<Vec<(Scope, usize)>> {
        let sql = format!(
            "SELECT c.scope, count(DISTINCT c.sha256) {ABSENT} AND c.scope > ?2 GROUP BY c.scope ORDER BY c.scope LIMIT ?3"
        );
        self.all(&sql, params![self.tenant(), after, limit_of(limit)], |row| {
            Ok((Scope(row.get(0)?), usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })
    }
}
