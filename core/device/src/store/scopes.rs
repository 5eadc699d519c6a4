//! Held scopes: which are wanted, fetching their snapshots page by page, and letting them go.
//!
//! A scope is deleted from the phone only when nothing pending and nothing unconfirmed is left in it.

use std::collections::BTreeSet;

use countersign_model::Id;
use countersign_model::entity::holding_id;
use countersign_model::holding;
use countersign_model::record::{Row, Scope};
use countersign_model::wire::{ScopePage, ScopesPage};
use rusqlite::{Connection, OptionalExtension, params};

use super::exchange::{AppliedScope, ScopeToFetch};
use super::rows::read_row;
use super::sums::listed::{DOUBTED, LISTED};
use super::topics::Topic;
use super::{Store, StoreError, Tx};

/// What every device holds from its first moment on.
pub(super) fn want_always(connection: &Connection, device: Id) -> Result<(), StoreError> {
    let scopes: Vec<Scope> = holding::always(device).into_keys().collect();
    want(connection, device, scopes.iter())
}

/// Wants these scopes; those that are held already stay as they are.
pub(super) fn want<'a>(
    connection: &Connection,
    device: Id,
    scopes: impl IntoIterator<Item = &'a Scope>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO held_scope(scope, holding, state) VALUES(?1, ?2, 'wanted')
               ON CONFLICT(scope) DO UPDATE SET state = 'wanted', after = NULL WHERE state = 'lost'";
    for scope in scopes {
        connection.prepare_cached(sql)?.execute(params![scope.0, holding_id(device, scope).bytes()])?;
    }
    Ok(())
}

/// Every held scope is asked for again, under another device id.
pub(super) fn want_all_again(connection: &Connection, device: Id) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT scope FROM held_scope")?;
    let scopes: Vec<Scope> = statement.query_map([], |row| row.get(0).map(Scope))?.collect::<Result<_, _>>()?;
    let sql = "UPDATE held_scope SET state = 'wanted', after = NULL, as_of = 0, rev = 0, holding = ?2 WHERE scope = ?1";
    for scope in scopes {
        connection.prepare_cached(sql)?.execute(params![scope.0, holding_id(device, &scope).bytes()])?;
    }
    Ok(())
}

/// Rows of the scope `?1` that its snapshot as of `?2` does not list; `?3` marks those that were doubted.
const NOT_LISTED: &str = "scope = ?1 AND ((seq <= ?2 AND listed = 0) OR listed = ?3)";

/// The state of a scope that pages bring.
struct Snapshot {
    /// Its place in the feed: that of its first page.
    as_of: i64,
    /// No row of the scope was here before this page: there is nothing that the snapshot might not list.
    is_first: bool,
}

/// Wanted scopes for which this holds, in their order.
fn to_fetch(connection: &Connection, which: &str, most: usize) -> Result<Vec<ScopeToFetch>, StoreError> {
    let sql = format!("SELECT scope, after FROM held_scope WHERE state = 'wanted' AND {which} ORDER BY scope LIMIT ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let found =
        statement.query_map([most], |row| Ok(ScopeToFetch { scope: Scope(row.get(0)?), after: row.get(1)? }))?;
    Ok(found.collect::<Result<_, _>>()?)
}

impl Store {
    /// Scopes whose snapshot is missing or incomplete; references first, since everything else is read with them.
    pub fn scopes_to_fetch(&self) -> Result<Vec<ScopeToFetch>, StoreError> {
        self.next_scopes_to_fetch(usize::MAX)
    }

    /// The first of them, at most so many: sync asks after each page, and a new device may miss tens of thousands.
    pub fn next_scopes_to_fetch(&self, most: usize) -> Result<Vec<ScopeToFetch>, StoreError> {
        self.read(|rows| {
            // Both in the order of the index of wanted scopes: nothing behind the last one is looked at.
            let mut found = to_fetch(rows.connection(), "scope >= 'ref/' AND scope < 'ref0'", most)?;
            let left = most.saturating_sub(found.len());
            found.extend(to_fetch(rows.connection(), "NOT (scope >= 'ref/' AND scope < 'ref0')", left)?);
            Ok(found)
        })
    }

    /// Takes a page of a scope. When it was the last, rows of the base that the snapshot did not list are gone.
    pub fn apply_scope_page(&self, page: &ScopePage) -> Result<AppliedScope, StoreError> {
        self.write(|tx| tx.apply_scope_pages(std::slice::from_ref(page)))
    }

    /// Takes what came of many scopes in one transaction; `ready` when all of it was complete.
    pub fn apply_scopes_page(&self, answer: &ScopesPage) -> Result<AppliedScope, StoreError> {
        self.write(|tx| {
            let applied = tx.apply_scope_pages(&answer.pages)?;
            answer.denied.iter().try_for_each(|scope| tx.lose(scope))?;
            tx.let_go()?;
            Ok(applied)
        })
    }

    /// The hub says that this scope is not for this device (any more): it is not asked for again until a holding says
    /// so.
    pub fn scope_denied(&self, scope: &Scope) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.lose(scope)?;
            tx.let_go()
        })
    }
}

impl Tx<'_> {
    /// Takes pages; what is decided and folded by them is so once, after all of them.
    fn apply_scope_pages(&self, pages: &[ScopePage]) -> Result<AppliedScope, StoreError> {
        let mut applied = AppliedScope { rows: 0, ready: true };
        let mut changed = BTreeSet::new();
        let mut any_ready = false;
        for page in pages {
            // Not wanted (any more): nothing of it is taken, and asking ends.
            let Some(snapshot) = self.snapshot_of(page)? else { continue };
            applied.rows += self.apply_scope_page(page, &snapshot, &mut changed)?;
            applied.ready &= page.next.is_none();
            any_ready |= page.next.is_none();
        }
        if any_ready {
            // Being ready turns "not here" into "absent" for the rules.
            self.settle_decisions(&mut changed)?;
            self.forget_accepted(&mut changed)?;
        }
        self.refold(&changed)?;
        Ok(applied)
    }

    /// Takes the rows of a page; returns how many of them changed something.
    fn apply_scope_page(
        &self,
        page: &ScopePage,
        snapshot: &Snapshot,
        changed: &mut BTreeSet<Scope>,
    ) -> Result<usize, StoreError> {
        let as_of = snapshot.as_of;
        let mut rows = 0;
        for row in page.rows.iter().filter(|row| row.scope == page.scope && row.body.is_some()) {
            if self.take_control_row(row)? {
                continue;
            }
            if self.merge(row, LISTED)? {
                rows += 1;
                changed.insert(row.scope.clone());
                continue;
            }
            let sql = "UPDATE base_record SET listed = ?4 WHERE kind = ?1 AND id = ?2 AND scope = ?3";
            self.connection().prepare_cached(sql)?.execute(params![row.kind, row.id.bytes(), row.scope.0, LISTED])?;
        }
        let ready = page.next.is_none();
        if ready {
            if !snapshot.is_first {
                self.finish_scope(&page.scope, as_of, changed)?;
            }
            changed.insert(page.scope.clone());
        }
        let state = if ready { "ready" } else { "wanted" };
        let sql = "UPDATE held_scope SET state = ?2, after = ?3, as_of = ?4 WHERE scope = ?1";
        self.connection().prepare_cached(sql)?.execute(params![page.scope.0, state, page.next, as_of])?;
        Ok(rows)
    }

    /// The snapshot that a page is of. `None` where the scope is not wanted.
    fn snapshot_of(&self, page: &ScopePage) -> Result<Option<Snapshot>, StoreError> {
        let sql = "SELECT as_of, after FROM held_scope WHERE scope = ?1 AND state = 'wanted'";
        let held: Option<(i64, Option<String>)> = self
            .connection()
            .prepare_cached(sql)?
            .query_row([&page.scope.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let of_page = i64::try_from(page.as_of).unwrap_or(i64::MAX);
        match held {
            None => Ok(None),
            Some((as_of, Some(_))) => Ok(Some(Snapshot { as_of: as_of.min(of_page), is_first: false })),
            Some((_, None)) => {
                let sql = "SELECT 1 FROM base_record WHERE scope = ?1";
                let is_first = !self.connection().prepare_cached(sql)?.exists([&page.scope.0])?;
                if !is_first {
                    let sql = "UPDATE base_record SET listed = 0 WHERE scope = ?1 AND listed = 1";
                    self.connection().prepare_cached(sql)?.execute([&page.scope.0])?;
                }
                Ok(Some(Snapshot { as_of: of_page, is_first }))
            }
        }
    }

    fn finish_scope(&self, scope: &Scope, as_of: i64, changed: &mut BTreeSet<Scope>) -> Result<(), StoreError> {
        let sql = format!("SELECT kind, id, scope, rev, seq, body FROM base_record WHERE {NOT_LISTED}");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let gone = statement.query_map(params![scope.0, as_of, DOUBTED], read_row)?;
        for row in gone {
            let row: Row = row??;
            self.touch_row(&row.kind, row.id, scope)?;
            changed.insert(scope.clone());
        }
        let sql = format!("DELETE FROM base_record WHERE {NOT_LISTED}");
        self.connection().prepare_cached(&sql)?.execute(params![scope.0, as_of, DOUBTED])?;
        Ok(())
    }

    /// Marks a scope as lost; its rows stay while anything of it is only here.
    pub(super) fn lose(&self, scope: &Scope) -> Result<(), StoreError> {
        let sql = "UPDATE held_scope SET state = 'lost', after = NULL WHERE scope = ?1";
        self.connection().prepare_cached(sql)?.execute([&scope.0])?;
        self.touch(Topic::Jobs);
        Ok(())
    }

    /// Deletes lost scopes in which nothing pending and nothing unconfirmed is left, and folds again what read them.
    pub(super) fn let_go(&self) -> Result<(), StoreError> {
        let mut changed = BTreeSet::new();
        self.drop_lost_scopes(&mut changed)?;
        self.refold(&changed)
    }

    fn drop_lost_scopes(&self, changed: &mut BTreeSet<Scope>) -> Result<(), StoreError> {
        let sql = "SELECT scope FROM held_scope AS h WHERE state = 'lost'
            AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.lane = h.scope AND o.state NOT IN ('kept', 'closed'))
            AND NOT EXISTS (SELECT 1 FROM overlay_record AS r WHERE r.scope = h.scope)
            AND NOT EXISTS (SELECT 1 FROM media AS m WHERE m.scope = h.scope AND m.state = 'local' AND m.here = 1
                            AND m.class NOT IN ('form', 'unfiled', 'pages'))";
        let mut statement = self.connection().prepare_cached(sql)?;
        let lost: Vec<Scope> = statement.query_map([], |row| row.get(0).map(Scope))?.collect::<Result<_, _>>()?;
        let any = !lost.is_empty();
        for scope in lost {
            self.drop_scope_rows(&scope)?;
            changed.insert(scope);
        }
        if any { self.forget_wanted_media() } else { Ok(()) }
    }

    pub(super) fn drop_scope_rows(&self, scope: &Scope) -> Result<(), StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM base_record WHERE scope = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([&scope.0], read_row)?;
        for row in rows {
            let row: Row = row??;
            self.touch_row(&row.kind, row.id, scope)?;
        }
        for sql in ["DELETE FROM base_record WHERE scope = ?1", "DELETE FROM held_scope WHERE scope = ?1"] {
            self.connection().prepare_cached(sql)?.execute([&scope.0])?;
        }
        Ok(())
    }
}
