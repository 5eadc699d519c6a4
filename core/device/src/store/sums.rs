//! Holding the base against what the hub says its scopes amount to. A scope whose base has another sum is fetched anew, the
//! outbox and what stands over the base stay: until the snapshot is here, people see what they saw.

use std::collections::BTreeSet;

use countersign_model::record::{Row, Scope};
use countersign_model::scope_sum::{ScopeSum, is_summed};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::rows::read_row;
use super::topics::Topic;
use super::{Rows, StoreError, Tx, settings};

/// How the base of a scope stands to its snapshot, in the column `listed`.
pub(super) mod listed {
    /// No snapshot that is being fetched has the row: it came by the feed, or before.
    pub const UNLISTED: i64 = 0;
    /// The snapshot that is being fetched has the row.
    pub const LISTED: i64 = 1;
    /// The scope's sum was wrong: whatever the snapshot says replaces the row, and a row that it does not list goes.
    pub const DOUBTED: i64 = 2;
}

/// How often the base was not what the hub has; for support.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongSums {
    /// Scopes that were fetched anew for it, since the device was enrolled.
    pub count: u64,
    /// The last of them.
    pub last: Option<Scope>,
}

impl Rows<'_> {
    /// How often the base was not what the hub has.
    pub fn wrong_sums(&self) -> Result<WrongSums, StoreError> {
        Ok(settings::read(self.connection(), settings::WRONG_SUMS)?.unwrap_or_default())
    }

    /// Whether the base of a scope amounts to what the hub says. A body that cannot be read or summed here differs: the
    /// hub's could.
    fn amounts_to(&self, said: &ScopeSum) -> Result<bool, StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM base_record
                   WHERE scope = ?1 AND body IS NOT NULL ORDER BY kind, id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_map([&said.scope.0], read_row)?.collect::<Result<Vec<_>, _>>()?;
        let rows: Result<Vec<Row>, StoreError> = found.into_iter().collect();
        Ok(rows.is_ok_and(|rows| ScopeSum::of(&said.scope, &rows).is_ok_and(|own| own == *said)))
    }
}

impl Tx<'_> {
    /// Compares the scopes that are complete here; those that differ are wanted anew. Must come before anything is
    /// forgotten because its scope is complete.
    pub(super) fn compare(&self, sums: &[ScopeSum]) -> Result<(), StoreError> {
        let mut compared = BTreeSet::new();
        for said in sums.iter().filter(|said| is_summed(&said.scope)) {
            // A hub that names a scope twice gets one answer.
            if !compared.insert(&said.scope) || !self.rows().is_ready(&said.scope)? {
                continue;
            }
            if !self.rows().amounts_to(said)? {
                self.doubt(&said.scope)?;
            }
        }
        Ok(())
    }

    fn doubt(&self, scope: &Scope) -> Result<(), StoreError> {
        tracing::warn!(%scope, "the rows here are not those of the hub: the scope is fetched anew");
        let sql = "UPDATE base_record SET listed = ?2 WHERE scope = ?1";
        self.connection().prepare_cached(sql)?.execute(params![scope.0, listed::DOUBTED])?;
        let sql = "UPDATE held_scope SET state = 'wanted', after = NULL WHERE scope = ?1";
        self.connection().prepare_cached(sql)?.execute([&scope.0])?;
        let before = self.rows().wrong_sums()?;
        let now = WrongSums { count: before.count.saturating_add(1), last: Some(scope.clone()) };
        settings::save(self.connection(), settings::WRONG_SUMS, &now)?;
        self.touch(Topic::Status);
        Ok(())
    }
}
