//! Taking pages of the feed: holdings, decisions and rows, merged by revision, in one transaction with the cursor.
//!
//! A page is never half taken. Rows outside the held scopes are not taken at all.

use std::collections::BTreeSet;

use countersign_model::entity::{DecisionOutcome, DecisionRecord, Entity, Holding};
use countersign_model::record::{Row, Scope, kind, parent_of};
use countersign_model::seeded::{self, Bug};
use countersign_model::wire::FeedPage;
use rusqlite::{OptionalExtension, params};

use super::exchange::AppliedPage;
use super::sums::listed::{DOUBTED, UNLISTED};
use super::topics::Topic;
use super::{Store, StoreError, Tx, catalogue, scopes, settings};

impl Store {
    /// Where the feed goes on.
    pub fn cursor(&self) -> Result<Option<String>, StoreError> {
        self.read(|rows| settings::get(rows.connection(), settings::CURSOR))
    }

    /// Takes a page of the feed.
    pub fn apply_feed_page(&self, page: &FeedPage) -> Result<AppliedPage, StoreError> {
        self.write(|tx| tx.apply_feed_page(page))
    }
}

impl Tx<'_> {
    fn apply_feed_page(&self, page: &FeedPage) -> Result<AppliedPage, StoreError> {
        let mut identity = self.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
        let mut applied = AppliedPage::default();
        let mut changed = BTreeSet::new();
        if page.epoch != identity.epoch {
            self.begin_epoch(&page.epoch, &mut changed)?;
            applied.new_epoch = true;
        }
        if page.epoch != identity.epoch || page.lease_until != identity.lease_until {
            identity.epoch = page.epoch.clone();
            identity.lease_until = page.lease_until;
            settings::put_identity(self.connection(), &identity)?;
        }
        for row in &page.rows {
            self.take_control_row(row)?;
        }
        for row in page.rows.iter().filter(|row| !is_control(row)) {
            if self.is_held(&row.scope)? && self.merge(row, UNLISTED)? {
                applied.rows += 1;
                changed.insert(row.scope.clone());
            }
        }
        settings::remove(self.connection(), settings::UNKNOWN_AT_HUB)?;
        settings::put(self.connection(), settings::CURSOR, &page.cursor)?;
        settings::save(self.connection(), settings::AT_HEAD, &page.at_head)?;
        settings::save(self.connection(), settings::HUB_TIME, &page.hub_time)?;
        if let Some(mark) = page.backup_mark {
            settings::save(self.connection(), settings::BACKUP_MARK, &mark)?;
        }
        if page.at_head {
            self.compare(&page.sums)?;
        }
        applied.refused = self.settle_decisions(&mut changed)?;
        applied.forgotten = self.forget_accepted(&mut changed)?;
        if seeded::is_on(Bug::DownloadOverOutbox) {
            for scope in &changed {
                self.connection().execute("DELETE FROM outbox WHERE at_hub = 0 AND lane = ?1", [&scope.0])?;
            }
        }
        if !seeded::is_on(Bug::NotRefolded) {
            self.refold(&changed)?;
        }
        self.let_go()?;
        self.drop_kept()?;
        if page.at_head {
            self.file_what_is_cited()?;
        }
        self.touch(Topic::Status);
        Ok(applied)
    }

    /// The hub was restored from a backup: the base is replaced, never merged, and everything kept is offered again.
    fn begin_epoch(&self, epoch: &str, changed: &mut BTreeSet<Scope>) -> Result<(), StoreError> {
        tracing::warn!(epoch, "the hub has another epoch: everything is fetched anew and offered again");
        self.connection().execute_batch(
            "DELETE FROM base_record;
             DELETE FROM wanted_media;
             DELETE FROM staged_decision;
             UPDATE held_scope SET state = 'wanted', after = NULL, as_of = 0, rev = 0 WHERE state = 'ready';
             UPDATE outbox SET at_hub = 0;
             UPDATE outbox SET state = 'pending', decided_at = NULL WHERE state IN ('accepted', 'kept', 'waiting');
             UPDATE carried SET at_hub = 0;
             UPDATE carried SET state = 'pending', decided_at = NULL WHERE state IN ('accepted', 'kept', 'waiting');",
        )?;
        // What stood over the base or below it stays for now.
        catalogue::rebuild(self.connection())?;
        // What an earlier backup covered, the restored hub may not have.
        settings::remove(self.connection(), settings::BACKUP_MARK)?;
        // A receipt of the epoch before proves nothing now; one that the restored hub gave already does.
        self.connection().execute(
            "UPDATE media SET state = 'local', receipt = NULL WHERE here = 1 AND state = 'receipted'
               AND receipt IN (SELECT id FROM receipt WHERE epoch != ?1)",
            [epoch],
        )?;
        // Anything may be different: folding everything is what this scope of all stands for.
        changed.insert(Scope::reference("people"));
        self.touch(Topic::Jobs);
        self.touch(Topic::Outbox);
        Ok(())
    }

    pub(super) fn is_held(&self, scope: &Scope) -> Result<bool, StoreError> {
        self.rows().is_held(scope)
    }

    /// Holdings and decisions steer the phone and are not kept as rows. Says whether it was one of them.
    pub(super) fn take_control_row(&self, row: &Row) -> Result<bool, StoreError> {
        if !is_control(row) {
            return Ok(false);
        }
        let Some(identity) = self.rows().identity()? else { return Ok(true) };
        let own = row.scope == Scope::device(identity.device);
        match row.kind.as_str() {
            kind::HOLDING if own => self.take_holding(row)?,
            kind::DECISION if own => self.take_decision(row)?,
            _ => {}
        }
        Ok(true)
    }

    fn take_holding(&self, row: &Row) -> Result<(), StoreError> {
        let identity = self.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
        let sql = "SELECT scope, rev, state FROM held_scope WHERE holding = ?1";
        let known: Option<(String, i64, String)> = self
            .connection()
            .prepare_cached(sql)?
            .query_row([row.id.bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let rev = i64::try_from(row.rev).unwrap_or(i64::MAX);
        if known.as_ref().is_some_and(|(_, known, _)| *known >= rev) {
            return Ok(());
        }
        match (Holding::of(row).map(|holding| holding.held), known) {
            (None, Some((scope, ..))) => self.lose(&Scope(scope))?,
            (Some(scope), None) if scope.is_well_formed() => {
                scopes::want(self.connection(), identity.device, [&scope])?;
            }
            // A revision was skipped: the scope was not held for a while, and what changed meanwhile did not come by
            // the feed. A revision of its own only changes the reasons.
            (Some(scope), Some((_, known, state))) if state == "lost" || rev > known.saturating_add(1) => {
                let sql = "UPDATE held_scope SET state = 'wanted', after = NULL WHERE scope = ?1";
                self.connection().prepare_cached(sql)?.execute([&scope.0])?;
            }
            _ => {}
        }
        let sql = "UPDATE held_scope SET rev = ?2 WHERE holding = ?1";
        self.connection().prepare_cached(sql)?.execute(params![row.id.bytes(), rev])?;
        Ok(())
    }

    /// Stages what became of an own command; the newer revision of a decision counts.
    fn take_decision(&self, row: &Row) -> Result<(), StoreError> {
        let Some(decision) = DecisionRecord::of(row) else { return Ok(()) };
        let command = decision.command.bytes();
        let known = "SELECT 1 FROM outbox WHERE id = ?1 AND state NOT IN ('kept', 'closed')
                     UNION ALL SELECT 1 FROM carried WHERE command = ?1 AND state != 'kept'";
        if !self.connection().prepare_cached(known)?.exists([command])? {
            return Ok(());
        }
        let staged = "SELECT rev FROM staged_decision WHERE command = ?1";
        let before: Option<i64> =
            self.connection().prepare_cached(staged)?.query_row([command], |row| row.get(0)).optional()?;
        let rev = i64::try_from(row.rev).unwrap_or(i64::MAX);
        if before.is_some_and(|before| before > rev) {
            return Ok(());
        }
        let (state, refusal) = match &decision.outcome {
            DecisionOutcome::Accepted => ("accepted", None),
            DecisionOutcome::Refused if seeded::is_on(Bug::RefusedHidden) => ("closed", None),
            DecisionOutcome::Refused => ("refused", decision.refusal.as_ref().map(serde_json::to_string).transpose()?),
            _ => ("waiting", None),
        };
        let sql = "INSERT INTO staged_decision(command, rev, seq, scopes) VALUES(?1, ?2, ?3, ?4)
                   ON CONFLICT(command) DO UPDATE SET rev = excluded.rev, seq = excluded.seq, scopes = excluded.scopes";
        let seq = i64::try_from(row.seq).unwrap_or(i64::MAX);
        let scopes = serde_json::to_string(&decision.scopes)?;
        self.connection().prepare_cached(sql)?.execute(params![command, rev, seq, scopes])?;
        // What waits at the hub may wait because somebody else brought it unsigned: the device itself still brings it.
        let sql = "UPDATE outbox SET state = ?2, refusal = ?3, decided_at = -1,
                     at_hub = CASE WHEN ?2 = 'waiting' THEN at_hub ELSE 1 END WHERE id = ?1";
        self.connection().prepare_cached(sql)?.execute(params![command, state, refusal])?;
        let sql = "UPDATE carried SET state = ?2, refusal = ?3, at_hub = 1, decided_at = -1
                   WHERE command = ?1 AND state != 'kept'";
        self.connection().prepare_cached(sql)?.execute(params![command, state, refusal])?;
        self.touch(Topic::Outbox);
        Ok(())
    }

    /// Merges a row or tombstone into the base by its revision. Says whether anything changed.
    /// Where the row is taken, `listed_now` is how it stands to the snapshot of its scope (see `sums::listed`).
    pub(super) fn merge(&self, row: &Row, listed_now: i64) -> Result<bool, StoreError> {
        let parent = row.body.as_ref().and_then(|body| parent_of(&row.kind, body)).map(|id| *id.bytes());
        let body = row.body.as_ref().map(serde_json::to_string).transpose()?;
        let rev = i64::try_from(row.rev).unwrap_or(i64::MAX);
        let seq = i64::try_from(row.seq).unwrap_or(i64::MAX);
        let values = params![row.kind, row.id.bytes(), row.scope.0, rev, seq, parent, body, listed_now];
        // A new device knows nothing yet: hundreds of thousands of rows that need not be looked for first.
        let sql = "INSERT INTO base_record(kind, id, scope, rev, seq, parent, body, listed)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(kind, id) DO NOTHING";
        if self.connection().prepare_cached(sql)?.execute(values)? == 0 {
            if !self.replaces(row, rev)? {
                return Ok(false);
            }
            let sql = "UPDATE base_record SET scope = ?3, rev = ?4, seq = ?5, parent = ?6, body = ?7, listed = ?8
                       WHERE kind = ?1 AND id = ?2";
            self.connection().prepare_cached(sql)?.execute(values)?;
        }
        self.want_media_of(row)?;
        self.touch_row(&row.kind, row.id, &row.scope)?;
        Ok(true)
    }

    /// Whether a row takes the place of the one that is here, which its readers are then told of.
    fn replaces(&self, row: &Row, rev: i64) -> Result<bool, StoreError> {
        let sql = "SELECT scope, rev, body IS NULL, listed FROM base_record WHERE kind = ?1 AND id = ?2";
        let (scope, known, gone, listed): (Scope, i64, bool, i64) =
            self.connection().prepare_cached(sql)?.query_row(params![row.kind, row.id.bytes()], |row| {
                Ok((Scope(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        // A row that moved leaves a tombstone of the same revision in its old scope; the row stands.
        let moved_here = known == rev && gone && row.body.is_some() && scope != row.scope;
        let stands = known > rev || (known == rev && !moved_here);
        if stands && listed != DOUBTED {
            return Ok(false);
        }
        self.touch_row(&row.kind, row.id, &scope)?;
        Ok(true)
    }
}

fn is_control(row: &Row) -> bool {
    matches!(row.kind.as_str(), kind::HOLDING | kind::DECISION)
}
