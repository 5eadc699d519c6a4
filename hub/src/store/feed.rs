//! The feed and the snapshots of scopes: what goes down, in the order of the gapless counter.

use std::collections::BTreeMap;

use countersign_model::Id;
use countersign_model::record::{Row, Scope};
use countersign_model::seeded::{self, Bug};
use rusqlite::params;

use super::records::{COLUMNS, row_at};
use super::{Read, StoreError, Stored, limit_of, signed};

/// Rows of the feed, all of one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRows {
    /// Rows and tombstones in the order of their places.
    pub rows: Vec<Row>,
    /// Nothing newer exists in these scopes.
    pub at_head: bool,
    /// From where to go on.
    pub next: u64,
}

/// Rows of one scope's snapshot, by kind and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRows {
    /// The counter in the same snapshot.
    pub counter: u64,
    /// Live rows.
    pub rows: Vec<Row>,
    /// Whether there are more.
    pub more: bool,
}

/// A row with the bytes of its body as it is stored.
fn sized_row_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Row, usize)> {
    // By its place in `COLUMNS`.
    let bytes = row.get_ref(5)?.as_str_or_null()?.map_or(0, str::len);
    Ok((row_at(row)?, bytes))
}

/// Cuts rows where their bodies pass a number of bytes, but never before the first.
fn within(rows: Vec<(Row, usize)>, most: usize) -> (Vec<Row>, bool) {
    let mut sum = 0_usize;
    let all = rows.len();
    let fitting = rows.into_iter().enumerate().take_while(|(index, (_, bytes))| {
        sum = sum.saturating_add(*bytes);
        *index == 0 || sum <= most
    });
    let kept: Vec<Row> = fitting.map(|(_, (row, _))| row).collect();
    let cut = kept.len() < all;
    (kept, cut)
}

/// A page of rows of which one more than asked for was looked for, to know whether this is the head.
fn page_of(mut rows: Vec<(Row, usize)>, counter: u64, after: u64, limit: usize, bytes: usize) -> FeedRows {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let (rows, cut) = within(rows, bytes);
    let at_head = !more && !cut;
    let last = rows.last().map_or(after, |row| row.seq);
    let to_head = at_head || seeded::is_on(Bug::NaiveCursor);
    FeedRows { rows, at_head, next: if to_head { counter.max(last) } else { last } }
}

/// Rows that are looked through in the order of the feed, before the scopes are asked one by one: twice a page.
const LOOKED: usize = 2_000;

impl Read<'_> {
    /// The rows of these scopes after a place. One row more than asked for is looked for, to know whether this is
    /// the head; all of it in one snapshot, so that nothing slips in between.
    pub fn feed(&self, held: &[Scope], after: u64, limit: usize, bytes: usize) -> Stored<FeedRows> {
        let counter = self.counter()?;
        let scopes = serde_json::to_string(held).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        // The places come from a covering index per held scope; only the rows of this page are read.
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND seq IN (
               SELECT r.seq FROM json_each(?2) h CROSS JOIN record r
               WHERE r.tenant = ?1 AND r.scope = h.value AND r.seq > ?3 ORDER BY r.seq LIMIT ?4
             ) ORDER BY seq"
        );
        let asked = limit_of(limit.saturating_add(1));
        let rows = self.all(&sql, params![self.tenant(), scopes, signed(after), asked], sized_row_at)?;
        Ok(page_of(rows, counter, after, limit, bytes))
    }

    /// The same page for whoever is near the head or holds most of what there is: looks through the rows of all scopes in
    /// their order, and asks of each scope whether it is held. What it costs does not grow with the scopes that are held.
    /// `None` where too much would have to be looked through.
    pub fn feed_near_head(
        &self,
        after: u64,
        limit: usize,
        bytes: usize,
        mut holds: impl FnMut(&Scope) -> Stored<bool>,
    ) -> Stored<Option<FeedRows>> {
        let counter = self.counter()?;
        let sql = "SELECT seq, scope FROM record WHERE tenant = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, Scope(row.get(1)?)));
        let looked = self.all(sql, params![self.tenant(), signed(after), limit_of(LOOKED)], read)?;
        let to_head = looked.len() < LOOKED;
        let (mut known, mut places) = (BTreeMap::new(), Vec::new());
        for (place, scope) in looked {
            let is_held = match known.get(&scope) {
                Some(is_held) => *is_held,
                None => holds(&scope)?,
            };
            known.insert(scope, is_held);
            if is_held {
                places.push(place);
            }
            if places.len() > limit {
                break;
            }
        }
        if !to_head && places.len() <= limit {
            return Ok(None);
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND seq IN (SELECT value FROM json_each(?2)) ORDER BY seq"
        );
        let places = serde_json::to_string(&places).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let rows = self.all(&sql, params![self.tenant(), places], sized_row_at)?;
        Ok(Some(page_of(rows, counter, after, limit, bytes)))
    }

    /// A page of the live rows of one scope.
    pub fn scope_page(
        &self,
        scope: &Scope,
        after: Option<(&str, Id)>,
        limit: usize,
        bytes: usize,
    ) -> Stored<ScopeRows> {
        let (kind, id) = after.map_or(("", [0; 16]), |(kind, id)| (kind, *id.bytes()));
        let sql = format!(
            "SELECT {COLUMNS} FROM record
             WHERE tenant = ?1 AND scope = ?2 AND body IS NOT NULL AND (kind, id) > (?3, ?4)
             ORDER BY kind, id LIMIT ?5"
        );
        let asked = limit_of(limit.saturating_add(1));
        let mut rows = self.all(&sql, params![self.tenant(), scope.0, kind, id, asked], sized_row_at)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let (rows, cut) = within(rows, bytes);
        Ok(ScopeRows { counter: self.counter()?, rows, more: more || cut })
    }

    /// Whether a scope has no more live rows than this; counts no further.
    pub fn is_short(&self, scope: &Scope, most: usize) -> Stored<bool> {
        let sql = "SELECT count(*) FROM (
                     SELECT 1 FROM record WHERE tenant = ?1 AND scope = ?2 AND body IS NOT NULL LIMIT ?3)";
        let found: i64 = self.value(sql, params![self.tenant(), scope.0, limit_of(most.saturating_add(1))])?;
        Ok(found <= limit_of(most))
    }

    /// Every live row after a place, in the order of the feed.
    pub fn live_after(&self, after: u64, limit: usize) -> Stored<Vec<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND seq > ?2 AND body IS NOT NULL ORDER BY seq LIMIT ?3"
        );
        self.all(&sql, params![self.tenant(), signed(after), limit_of(limit)], row_at)
    }

    /// The highest place that a row has: never above the counter, and equal to it while nothing was lost.
    pub fn highest_place(&self) -> Stored<u64> {
        let value: i64 =
            self.value("SELECT coalesce(max(seq), 0) FROM record WHERE tenant = ?1", params![self.tenant()])?;
        Ok(u64::try_from(value).unwrap_or(0))
    }
}
