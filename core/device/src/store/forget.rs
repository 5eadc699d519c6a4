//! When own commands leave the view: refused ones at once (visible, with three actions), accepted ones when the base
//! shows their effect. What leaves the view is kept until a proven backup covers it.

use std::collections::BTreeSet;

use countersign_model::Id;
use countersign_model::record::Scope;
use rusqlite::params;

use super::topics::Topic;
use super::{StoreError, Tx, id_of, settings, stored};

/// How long accepted commands are kept where the tenant announces no backup marks (design section 4): 90 days.
const KEPT_MILLISECONDS: i64 = 90 * 24 * 60 * 60 * 1000;

struct Staged {
    command: Id,
    lane: Scope,
    scopes: Vec<Scope>,
    seq: i64,
}

impl Tx<'_> {
    /// Takes note of decisions since the last time: lanes are folded again. Returns how many were refused.
    pub(super) fn settle_decisions(&self, changed: &mut BTreeSet<Scope>) -> Result<usize, StoreError> {
        let sql = "SELECT lane, state FROM outbox WHERE decided_at = -1
                   UNION ALL SELECT lane, 'of another' FROM carried WHERE decided_at = -1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let fresh = statement.query_map([], |row| Ok((Scope(row.get(0)?), row.get::<_, String>(1)?)))?;
        let mut refused = 0;
        for row in fresh {
            let (lane, state) = row?;
            refused += usize::from(state == "refused");
            changed.insert(lane);
        }
        let sql = "UPDATE outbox SET decided_at = ?1 WHERE decided_at = -1";
        self.connection().prepare_cached(sql)?.execute([self.hub_time()?])?;
        let sql = "UPDATE carried SET decided_at = ?1 WHERE decided_at = -1";
        self.connection().prepare_cached(sql)?.execute([self.hub_time()?])?;
        let sql = "DELETE FROM staged_decision WHERE command IN (SELECT id FROM outbox WHERE state = 'refused'
                     UNION ALL SELECT command FROM carried WHERE state = 'refused')";
        self.connection().prepare_cached(sql)?.execute([])?;
        Ok(refused)
    }

    /// Forgets accepted commands whose effect the base shows: the feed is at its head, and each touched scope is ready
    /// or not held.
    pub(super) fn forget_accepted(&self, changed: &mut BTreeSet<Scope>) -> Result<usize, StoreError> {
        let at_head: bool = settings::read(self.connection(), settings::AT_HEAD)?.unwrap_or(false);
        if !at_head {
            return Ok(0);
        }
        let mut forgotten = 0;
        for staged in self.staged()? {
            if self.shows(&staged)? {
                let sql = "UPDATE outbox SET state = 'kept' WHERE id = ?1";
                self.connection().prepare_cached(sql)?.execute([staged.command.bytes()])?;
                let sql = "UPDATE carried SET state = 'kept' WHERE command = ?1";
                self.connection().prepare_cached(sql)?.execute([staged.command.bytes()])?;
                let sql = "DELETE FROM staged_decision WHERE command = ?1";
                self.connection().prepare_cached(sql)?.execute([staged.command.bytes()])?;
                changed.insert(staged.lane);
                forgotten += 1;
            }
        }
        if forgotten > 0 {
            self.touch(Topic::Outbox);
        }
        self.drop_carried_rows(changed)?;
        Ok(forgotten)
    }

    fn staged(&self) -> Result<Vec<Staged>, StoreError> {
        let sql =
            "SELECT s.command, o.lane, s.scopes, s.seq FROM staged_decision AS s JOIN outbox AS o ON o.id = s.command
                   WHERE o.state = 'accepted'
                   UNION
                   SELECT s.command, c.lane, s.scopes, s.seq FROM staged_decision AS s JOIN carried AS c
                     ON c.command = s.command WHERE c.state = 'accepted'
                   ORDER BY 4";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let command = id_of(row.get_ref(0)?.as_blob()?)?;
            Ok((command, Scope(row.get(1)?), row.get::<_, String>(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (command, lane, scopes, seq) = row?;
            Ok(Staged { command, lane, scopes: stored(&scopes)?, seq })
        })
        .collect()
    }

    fn shows(&self, staged: &Staged) -> Result<bool, StoreError> {
        for scope in &staged.scopes {
            let sql = "SELECT state, as_of FROM held_scope WHERE scope = ?1 AND state != 'lost'";
            let mut statement = self.connection().prepare_cached(sql)?;
            let held: Option<(String, i64)> = rusqlite::OptionalExtension::optional(
                statement.query_row([&scope.0], |row| Ok((row.get(0)?, row.get(1)?))),
            )?;
            let shown = match held {
                Some((state, _)) => state == "ready",
                // Not held: but a later command of the lane may be what makes this device hold it (a job made offline
                // and its visit), so the lane must be decided as a whole first.
                None => !self.lane_waits(&staged.lane)?,
            };
            if !shown {
                return Ok(false);
            }
        }
        tracing::debug!(command = %staged.command, seq = staged.seq, "forgotten: the base shows it");
        Ok(true)
    }

    fn lane_waits(&self, lane: &Scope) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM outbox WHERE lane = ?1 AND state IN ('pending', 'held')
                   UNION ALL SELECT 1 FROM carried WHERE lane = ?1 AND state = 'pending'";
        Ok(self.connection().prepare_cached(sql)?.exists([&lane.0])?)
    }

    /// Deletes kept commands from the beginning of the chain that a proven backup covers, or that are old enough where
    /// no marks are announced.
    pub(super) fn drop_kept(&self) -> Result<(), StoreError> {
        // What was carried for others is kept as long as own commands without a mark: its own device has it as well.
        let sql = "DELETE FROM carried WHERE state = 'kept' AND at_hub = 1 AND coalesce(decided_at, ?1) <= ?2";
        let now = self.hub_time()?;
        self.connection().prepare_cached(sql)?.execute(params![now, now.saturating_sub(KEPT_MILLISECONDS)])?;
        let mark: Option<u64> = settings::read(self.connection(), settings::BACKUP_MARK)?;
        let first =
            "(SELECT coalesce(min(seq), 9223372036854775807) FROM outbox WHERE state NOT IN ('kept', 'closed'))";
        match mark {
            Some(mark) => {
                let sql = format!("DELETE FROM outbox WHERE at_hub = 1 AND seq < {first} AND seq <= ?1");
                let mark = i64::try_from(mark).unwrap_or(i64::MAX);
                self.connection().prepare_cached(&sql)?.execute([mark])?;
            }
            None => {
                let sql = format!(
                    "DELETE FROM outbox WHERE at_hub = 1 AND seq < {first} AND seq <
                       (SELECT coalesce(min(seq), 9223372036854775807) FROM outbox WHERE coalesce(decided_at, ?1) > ?2)"
                );
                let now = self.hub_time()?;
                self.connection().prepare_cached(&sql)?.execute(params![now, now.saturating_sub(KEPT_MILLISECONDS)])?;
            }
        }
        Ok(())
    }
}
