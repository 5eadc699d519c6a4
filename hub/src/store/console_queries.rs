//! What the console asks of the records: jobs by state, reviews that wait, open flags, the course of a job, search.
//!
//! Lists page by key. Which rows a person may see is the console's business; the tenant is kept by [`Read`].

use countersign_model::record::{Row, Scope};
use countersign_model::{Digest, Id};
use rusqlite::params;

use super::inbox::{COLUMNS as ENTRY_COLUMNS, Entry, entry_at};
use super::records::{COLUMNS, row_at};
use super::{Read, Stored, limit_of, signed};

/// States as a JSON array, so that one statement serves any number of them.
fn words(states: &[&str]) -> String {
    serde_json::to_string(states).unwrap_or_default()
}

/// The vouchers that wait for a review, in the words of their index.
const WAITING: &str = "kind = 'voucher' AND json_extract(body, '$.state') = 'submitted'";

impl Read<'_> {
    /// Jobs or vouchers in one of these states, newest first. The kind stands in the text, so that its index is used.
    pub fn in_states(&self, kind: &'static str, states: &[&str], before: Option<Id>, limit: usize) -> Stored<Vec<Row>> {
        let before = before.map_or([0xff; 16], |id| *id.bytes());
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = '{kind}' AND body IS NOT NULL
             AND json_extract(body, '$.state') IN (SELECT value FROM json_each(?2)) AND id < ?3
             ORDER BY id DESC LIMIT ?4"
        );
        self.all(&sql, params![self.tenant(), words(states), before, limit_of(limit)], row_at)
    }

    /// How many vouchers wait for a review.
    pub fn count_submitted(&self) -> Stored<usize> {
        let sql =
            format!("SELECT count(*) FROM record INDEXED BY record_voucher_waiting WHERE tenant = ?1 AND {WAITING}");
        let count: i64 = self.value(&sql, params![self.tenant()])?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The visits whose vouchers wait for a review, those that wait longest first, each with its place for asking for the
    /// next page.
    pub fn waiting_reviews(&self, after: u64, limit: usize) -> Stored<Vec<(u64, Id)>> {
        let sql = format!(
            "SELECT seq, parent FROM record INDEXED BY record_voucher_waiting
             WHERE tenant = ?1 AND {WAITING} AND seq > ?2 ORDER BY seq LIMIT ?3"
        );
        let rows = self.all(&sql, params![self.tenant(), signed(after), limit_of(limit)], |row| {
            Ok((super::count_at(row, 0)?, super::maybe_id_at(row, 1)?))
        })?;
        Ok(rows.into_iter().filter_map(|(place, visit)| visit.map(|visit| (place, visit))).collect())
    }

    /// Open flags, newest first.
    pub fn open_flags(&self, before: Option<Id>, limit: usize) -> Stored<Vec<Row>> {
        let before = before.map_or([0xff; 16], |id| *id.bytes());
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = 'flag' AND body IS NOT NULL
             AND json_extract(body, '$.open') = 1 AND id < ?2 ORDER BY id DESC LIMIT ?3"
        );
        self.all(&sql, params![self.tenant(), before, limit_of(limit)], row_at)
    }

    /// How many things wait for a person: open flags, requests of the field, refusals that nobody dealt with,
    /// devices in quarantine.
    pub fn count_attention(&self) -> Stored<usize> {
        let sql = "SELECT
             (SELECT count(*) FROM record WHERE tenant = ?1 AND kind = 'flag' AND json_extract(body, '$.open') = 1)
           + (SELECT count(*) FROM record WHERE tenant = ?1 AND kind = 'request'
                AND json_extract(body, '$.state') = 'open')
           + (SELECT count(*) FROM inbox WHERE tenant = ?1 AND outcome = 'refused' AND closed = 0)
           + (SELECT count(*) FROM (
                 SELECT coalesce(carrier, device) FROM inbox INDEXED BY inbox_open
                   WHERE tenant = ?1 AND state <> 'decided' AND state = 'quarantined'
                 UNION SELECT id FROM record WHERE tenant = ?1 AND kind = 'device' AND body IS NOT NULL
                   AND json_extract(body, '$.state') = 'unconfirmed'))
           + (SELECT count(*) FROM webhook_endpoint
                WHERE tenant = ?1 AND disabled IS NOT NULL AND disabled_why <> 'person')";
        let count: i64 = self.value(sql, params![self.tenant()])?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// What happened in a lane, oldest first.
    pub fn course_of(&self, lane: &Scope, limit: usize) -> Stored<Vec<Entry>> {
        let sql =
            format!("SELECT {ENTRY_COLUMNS} FROM inbox WHERE tenant = ?1 AND lane = ?2 ORDER BY arrival DESC LIMIT ?3");
        let mut entries = self.all(&sql, params![self.tenant(), lane.0, limit_of(limit)], entry_at)?;
        entries.reverse();
        Ok(entries)
    }

    /// When commands were received, by the digest-free id of each: for estimating what a phone's clock said.
    pub fn received_at(&self, command: Id) -> Stored<Option<i64>> {
        let sql = "SELECT received FROM inbox WHERE tenant = ?1 AND command = ?2";
        self.first(sql, params![self.tenant(), command.bytes()], |row| row.get(0))
    }

    /// The job scopes in which something was written after a place in the feed.
    pub fn jobs_changed_since(&self, since: u64, limit: usize) -> Stored<Vec<Scope>> {
        let sql = "SELECT DISTINCT scope FROM record WHERE tenant = ?1 AND seq > ?2 AND scope LIKE 'job/%' LIMIT ?3";
        self.all(sql, params![self.tenant(), signed(since), limit_of(limit)], |row| row.get(0).map(Scope))
    }

    /// Whether something was written in a scope after a place in the feed.
    pub fn changed_since(&self, scope: &Scope, since: u64) -> Stored<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM record WHERE tenant = ?1 AND scope = ?2 AND seq > ?3)";
        self.value(sql, params![self.tenant(), scope.0, signed(since)])
    }

    /// The machines with this serial number, without case.
    pub fn machines_with_serial(&self, serial: &str) -> Stored<Vec<Row>> {
        let mut rows = Vec::new();
        for id in self.named("machine", "serial", serial)?.into_iter().take(2) {
            rows.extend(self.row("machine", id)?);
        }
        Ok(rows)
    }

    /// The jobs of a machine or customer, newest first. The field stands in the text, so that its index is used.
    pub fn jobs_with(&self, field: &'static str, id: Id, limit: usize) -> Stored<Vec<Row>> {
        self.jobs_with_before(field, id, None, limit)
    }

    /// The same from a place on: `before` is the last job of the page before.
    pub fn jobs_with_before(&self, field: &'static str, id: Id, before: Option<Id>, limit: usize) -> Stored<Vec<Row>> {
        let before = before.map_or([0xff; 16], |id| *id.bytes());
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = 'job' AND body IS NOT NULL
             AND json_extract(body, '$.{field}') = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4"
        );
        self.all(&sql, params![self.tenant(), id.to_string(), before, limit_of(limit)], row_at)
    }

    /// How many commands in quarantine each device has.
    pub fn quarantine_by_device(&self) -> Stored<Vec<(Option<Id>, usize)>> {
        let sql = "SELECT coalesce(carrier, device), count(*) FROM inbox INDEXED BY inbox_open
             WHERE tenant = ?1 AND state <> 'decided' AND state = 'quarantined'
                   GROUP BY 1 ORDER BY min(arrival)";
        self.all(sql, params![self.tenant()], |row| {
            Ok((super::maybe_id_at(row, 0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })
    }

    /// The evidence of these scopes that the office does not hold, as digest and bytes.
    pub fn evidence_state(&self, scope: &Scope) -> Stored<Vec<(Digest, u64, bool)>> {
        let mut found = Vec::new();
        for row in self.scope_of_kind(scope, "evidence")? {
            let Some(evidence) = <countersign_model::entity::Evidence as countersign_model::entity::Entity>::of(&row)
            else {
                continue;
            };
            found.push((evidence.sha256, evidence.bytes, self.media_bytes(evidence.sha256)?.is_some()));
        }
        Ok(found)
    }

    /// The live rows of one kind in a scope.
    pub fn scope_of_kind(&self, scope: &Scope, kind: &str) -> Stored<Vec<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND scope = ?2 AND kind = ?3 AND body IS NOT NULL
             ORDER BY id"
        );
        self.all(&sql, params![self.tenant(), scope.0, kind], row_at)
    }
}
