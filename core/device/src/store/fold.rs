//! The overlay = fold(base, own commands that are not forgotten), computed anew where the base changed under it.
//!
//! Lanes are folded one by one where that is the same as folding everything in order: when no command wrote outside its
//! lane and nothing changed that commands of any lane read. Otherwise all lanes are folded.

use std::collections::BTreeSet;

use countersign_model::Digest;
use countersign_model::command::{Command, Envelope, Origin};
use countersign_model::decide::Decision;
use countersign_model::record::{Row, Scope};
use rusqlite::params;

use super::rows::Rows;
use super::submit::Tx;
use super::{Store, StoreError, settings, stored, wrong_column};

/// States of commands that the view shows.
pub(super) const SHOWN: &str = "state IN ('pending', 'accepted', 'waiting', 'held')";

impl Tx<'_> {
    /// Folds the lanes that these changed scopes concern.
    pub(super) fn refold(&self, changed: &BTreeSet<Scope>) -> Result<(), StoreError> {
        let lanes = self.lanes()?;
        if changed.is_empty() || lanes.is_empty() {
            return Ok(());
        }
        let everything = changed.iter().any(|scope| !is_own_lane(scope)) || self.any_crosses()?;
        match everything {
            true => self.fold(None),
            false => lanes.iter().filter(|lane| changed.contains(*lane)).try_for_each(|lane| self.fold(Some(lane))),
        }
    }

    /// Every lane with overlay rows or with commands that are shown.
    fn lanes(&self) -> Result<BTreeSet<Scope>, StoreError> {
        let sql = format!(
            "SELECT DISTINCT lane FROM outbox WHERE {SHOWN} UNION SELECT DISTINCT lane FROM overlay_record
             UNION SELECT DISTINCT lane FROM carried WHERE {SHOWN}"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let lanes = statement.query_map([], |row| row.get(0).map(Scope))?;
        Ok(lanes.collect::<Result<_, _>>()?)
    }

    fn any_crosses(&self) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM overlay_record WHERE scope != lane";
        let written = self.connection().prepare_cached(sql)?.exists([])?;
        let sql = format!(
            "SELECT 1 FROM outbox WHERE crosses = 1 AND {SHOWN} UNION ALL
             SELECT 1 FROM carried WHERE crosses = 1 AND {SHOWN}"
        );
        Ok(written || self.connection().prepare_cached(&sql)?.exists([])?)
    }

    /// Folds one lane, or all of them in the order of the chain.
    pub(super) fn fold(&self, lane: Option<&Scope>) -> Result<(), StoreError> {
        self.clear_overlay(lane)?;
        let Some(identity) = self.rows().identity()? else { return Ok(()) };
        // What a colleague did before they handed it over comes before what is done here since.
        let handed_over = self.shown_carried(lane)?.into_iter().map(|envelope| (envelope.origin, envelope.command));
        let own = self
            .shown_commands(lane)?
            .into_iter()
            .map(|(seq, prev_hash, command)| (Origin::Device { id: identity.device, seq, prev_hash }, command));
        for (origin, command) in handed_over.chain(own) {
            // What the rules refuse now stays in the outbox and has no effect: the hub has the last word.
            if let Decision::Accepted(changes) = self.judge(&command, &origin)? {
                self.apply(&command, &changes)?;
            }
        }
        Ok(())
    }

    fn clear_overlay(&self, lane: Option<&Scope>) -> Result<(), StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT kind, id, scope, 0, 0, body FROM overlay_record WHERE ?1 IS NULL OR lane = ?1")?;
        let lane = lane.map(|lane| lane.0.as_str());
        let rows = statement.query_map([lane], super::rows::read_row)?;
        for row in rows {
            let row: Row = row??;
            self.touch_row(&row.kind, row.id, &row.scope)?;
        }
        let sql = "DELETE FROM overlay_record WHERE ?1 IS NULL OR lane = ?1";
        self.connection().prepare_cached(sql)?.execute([lane])?;
        Ok(())
    }

    fn shown_carried(&self, lane: Option<&Scope>) -> Result<Vec<Envelope>, StoreError> {
        // In the order in which chains came: who took over what another had taken over before went on after it.
        let sql = format!(
            "SELECT envelope FROM carried AS c WHERE {SHOWN} AND (?1 IS NULL OR lane = ?1)
             ORDER BY (SELECT min(rowid) FROM carried AS first WHERE first.device = c.device), seq"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let texts = statement.query_map([lane.map(|lane| lane.0.as_str())], |row| row.get::<_, String>(0))?;
        texts.map(|text| stored(&text?)).collect()
    }

    fn shown_commands(&self, lane: Option<&Scope>) -> Result<Vec<(u64, Digest, Command)>, StoreError> {
        let sql =
            format!("SELECT seq, prev_hash, body FROM outbox WHERE {SHOWN} AND (?1 IS NULL OR lane = ?1) ORDER BY seq");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let rows = statement.query_map(params![lane.map(|lane| lane.0.as_str())], |row| {
            let values: (i64, Vec<u8>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(values)
        })?;
        rows.map(|row| {
            let (seq, prev, body) = row?;
            let prev = Digest::from_slice(&prev).ok_or_else(|| wrong_column("a digest has 32 bytes"))?;
            Ok((seq.unsigned_abs(), prev, stored(&body)?))
        })
        .collect()
    }
}

/// Rows of a job or of a device are read by commands of that lane alone.
fn is_own_lane(scope: &Scope) -> bool {
    scope.is_job() || scope.0.starts_with("device/")
}

/// The view as it is, and as folding everything anew from the base makes it: they are equal at any time. For tests.
pub fn oracle_view(store: &Store) -> Result<(Vec<Row>, Vec<Row>), StoreError> {
    let kept = view(store)?;
    let folded = std::cell::RefCell::new(Vec::new());
    let outcome = store.write(|tx| {
        tx.fold(None)?;
        *folded.borrow_mut() = all_rows(&tx.rows())?;
        // The transaction is given up: looking must not change anything.
        Err::<(), _>(StoreError::NotEnrolled)
    });
    match outcome {
        Err(StoreError::NotEnrolled) | Ok(()) => Ok((kept, folded.into_inner())),
        Err(other) => Err(other),
    }
}

fn view(store: &Store) -> Result<Vec<Row>, StoreError> {
    store.read(all_rows)
}

fn all_rows(rows: &Rows<'_>) -> Result<Vec<Row>, StoreError> {
    let sql = "SELECT kind, id, scope, 0, 0, body FROM view_record ORDER BY kind, id";
    let mut statement = rows.connection().prepare(sql)?;
    let found = statement.query_map([], super::rows::read_row)?;
    found.map(|row| row?).collect()
}

impl Tx<'_> {
    /// The hub time known so far, for marking when something was decided.
    pub(super) fn hub_time(&self) -> Result<i64, StoreError> {
        Ok(settings::read(self.connection(), settings::HUB_TIME)?.unwrap_or(0))
    }
}
