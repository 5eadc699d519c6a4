//! The record table: loading by key, writing with revision and place in the feed, lists that page by key.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::entity::Entity;
use countersign_model::record::{Row, Scope, kind, parent_of};
use countersign_model::seeded::{self, Bug};
use countersign_model::state::{Key, Lookup};
use countersign_model::{Id, RecordRef};
use rusqlite::params;
use serde_json::Value;

use super::{Read, StoreError, Stored, Write, count_at, id_at, limit_of, signed};

/// What a transaction does to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Which row.
    pub record: RecordRef,
    /// Where it travels.
    pub scope: Scope,
    /// Its body; `None` leaves a tombstone in that scope.
    pub body: Option<Value>,
}

impl Put {
    /// A row with a typed body.
    pub fn of<T: Entity>(id: Id, scope: Scope, body: &T) -> Put {
        Put { record: RecordRef::new(T::KIND, id), scope, body: Some(body.body()) }
    }
}

/// What a transaction wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Scopes with a changed row or tombstone.
    pub scopes: BTreeSet<Scope>,
    /// Rows that changed.
    pub records: BTreeSet<RecordRef>,
}

/// Which end of a list comes first. Ids that were made up sort by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
}

/// The columns that [`row_at`] reads.
pub(super) const COLUMNS: &str = "kind, id, scope, rev, seq, body";

pub(super) fn row_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let body: Option<String> = row.get(5)?;
    let body = body
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(Row {
        kind: row.get(0)?,
        id: id_at(row, 1)?,
        scope: Scope(row.get(2)?),
        rev: count_at(row, 3)?,
        seq: count_at(row, 4)?,
        body,
    })
}

/// A place where this row stands or stood.
struct Standing {
    scope: Scope,
    rev: u64,
    body: Option<String>,
}

impl Read<'_> {
    /// The highest place in the feed of a scope's rows; 0 for an empty one.
    pub fn newest_in(&self, scope: &Scope) -> Stored<u64> {
        let sql = "SELECT coalesce(max(seq), 0) FROM record WHERE tenant = ?1 AND scope = ?2";
        let newest: i64 = self.value(sql, params![self.tenant(), scope.0])?;
        Ok(u64::try_from(newest).unwrap_or(0))
    }

    /// The feed counter: the highest place that was given away.
    pub fn counter(&self) -> Stored<u64> {
        let value: i64 = self.value("SELECT value FROM counter WHERE tenant = ?1", params![self.tenant()])?;
        Ok(u64::try_from(value).unwrap_or(0))
    }

    /// The live row of a kind and id.
    pub fn row(&self, kind: &str, id: Id) -> Stored<Option<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = ?2 AND id = ?3 AND body IS NOT NULL
             ORDER BY rev DESC LIMIT 1"
        );
        self.first(&sql, params![self.tenant(), kind, id.bytes()], row_at)
    }

    /// The row with its typed body.
    pub fn get<T: Entity>(&self, id: Id) -> Stored<Option<(Row, T)>> {
        Ok(self.row(T::KIND, id)?.and_then(|row| T::of(&row).map(|body| (row, body))))
    }

    /// The live rows of a kind under a parent, by id.
    pub fn children(&self, kind: &str, parent: Id) -> Stored<Vec<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record
             WHERE tenant = ?1 AND kind = ?2 AND parent = ?3 AND body IS NOT NULL ORDER BY id"
        );
        self.all(&sql, params![self.tenant(), kind, parent.bytes()], row_at)
    }

    /// The typed children of a row.
    pub fn children_of<T: Entity>(&self, parent: Id) -> Stored<Vec<(Row, T)>> {
        let rows = self.children(T::KIND, parent)?;
        Ok(rows.into_iter().filter_map(|row| T::of(&row).map(|body| (row, body))).collect())
    }

    /// What a rule asked for. The hub has everything, so it never answers `NotHere`.
    pub fn load(&self, key: &Key) -> Stored<Lookup<Vec<Row>>> {
        Ok(match key {
            Key::Row { kind, id } => self.row(kind, *id)?.map_or(Lookup::Absent, |row| Lookup::Known(vec![row])),
            Key::Children { kind, parent } => Lookup::Known(self.children(kind, *parent)?),
        })
    }

    /// A page of the live rows of a kind, by id. `after` is the last id of the page before.
    pub fn list(&self, kind: &str, after: Option<Id>, limit: usize, direction: Direction) -> Stored<Vec<Row>> {
        let (from, compare, order) = match direction {
            Direction::Ascending => ([0x00; 16], ">", "ASC"),
            Direction::Descending => ([0xff; 16], "<", "DESC"),
        };
        let from = after.map_or(from, |id| *id.bytes());
        // The very first and last id are kept out by the strict comparison; neither is ever made up.
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = ?2 AND id {compare} ?3 AND body IS NOT NULL
             ORDER BY id {order} LIMIT ?4"
        );
        self.all(&sql, params![self.tenant(), kind, from, limit_of(limit)], row_at)
    }

    /// Every live row of a scope, by kind and id.
    pub fn scope(&self, scope: &Scope) -> Stored<Vec<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND scope = ?2 AND body IS NOT NULL ORDER BY kind, id"
        );
        self.all(&sql, params![self.tenant(), scope.0], row_at)
    }

    /// How many live rows a kind has.
    pub fn count(&self, kind: &str) -> Stored<u64> {
        let sql = "SELECT count(*) FROM record WHERE tenant = ?1 AND kind = ?2 AND body IS NOT NULL";
        let count: i64 = self.value(sql, params![self.tenant(), kind])?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    fn standings(&self, record: &RecordRef) -> Stored<Vec<Standing>> {
        self.all(
            "SELECT scope, rev, body FROM record WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
            params![self.tenant(), record.kind, record.id.bytes()],
            |row| Ok(Standing { scope: Scope(row.get(0)?), rev: count_at(row, 1)?, body: row.get(2)? }),
        )
    }
}

/// One row or tombstone that is about to be written.
struct Planned<'a> {
    record: &'a RecordRef,
    scope: Scope,
    rev: u64,
    body: Option<&'a Value>,
}

impl Write<'_> {
    /// Applies changes: revisions and places in the feed are given here, and a row that moves leaves a tombstone.
    /// The last of several changes to one row counts. A change that changes nothing leaves no trace.
    pub fn put(&self, puts: &[Put]) -> Stored<Written> {
        let mut last: BTreeMap<(&RecordRef, Option<&Scope>), &Put> = BTreeMap::new();
        for put in puts {
            last.insert((&put.record, stands_by_scope(&put.record.kind).then_some(&put.scope)), put);
        }
        let mut planned = Vec::new();
        // In the order in which they were decided, so that parents come before children in the feed.
        for put in puts {
            let key = (&put.record, stands_by_scope(&put.record.kind).then_some(&put.scope));
            if last.get(&key).is_some_and(|kept| std::ptr::eq(*kept, put)) {
                planned.extend(self.plan(put)?);
            }
        }
        self.give_places(&planned)
    }

    fn plan<'p>(&self, put: &'p Put) -> Stored<Vec<Planned<'p>>> {
        let standings = self.standings(&put.record)?;
        let same_place = |standing: &&Standing| standing.scope == put.scope;
        let text = put.body.as_ref().map(text_of).transpose()?;
        let here = standings.iter().find(same_place);
        if here.is_some_and(|standing| standing.body == text) || (here.is_none() && text.is_none()) {
            return Ok(Vec::new());
        }
        let by_scope = stands_by_scope(&put.record.kind);
        let rev_here = here.map_or(0, |standing| standing.rev);
        let highest = standings.iter().map(|standing| standing.rev).max().unwrap_or(0);
        let rev = if by_scope { rev_here } else { highest }.saturating_add(1);
        let mut planned = Vec::new();
        if !by_scope {
            let left = standings.iter().filter(|standing| standing.scope != put.scope && standing.body.is_some());
            planned.extend(left.map(|standing| Planned {
                record: &put.record,
                scope: standing.scope.clone(),
                rev,
                body: None,
            }));
        }
        planned.push(Planned { record: &put.record, scope: put.scope.clone(), rev, body: put.body.as_ref() });
        Ok(planned)
    }

    /// The counter is raised last and by exactly what is written, so that a reader at place n misses nothing below.
    fn give_places(&self, planned: &[Planned<'_>]) -> Stored<Written> {
        let mut written = Written::default();
        let mut place = self.counter()?;
        for row in planned {
            place = place.saturating_add(1);
            self.insert_row(row, self.late_place(place)?)?;
            self.project(row.record, &row.scope, row.body)?;
            written.scopes.insert(row.scope.clone());
            written.records.insert(row.record.clone());
        }
        if !planned.is_empty() {
            self.execute("UPDATE counter SET value = ?2 WHERE tenant = ?1", params![self.tenant(), signed(place)])?;
        }
        Ok(written)
    }

    /// This place. Under the seeded bug a free one that lies below what devices have read.
    fn late_place(&self, place: u64) -> Stored<u64> {
        if !seeded::is_on(Bug::CounterNotLocked) {
            return Ok(place);
        }
        for back in 2..8 {
            let earlier = place.saturating_sub(back);
            let sql = "SELECT EXISTS (SELECT 1 FROM record WHERE tenant = ?1 AND seq = ?2)";
            let taken: bool = self.value(sql, params![self.tenant(), signed(earlier)])?;
            if !taken && earlier > 0 {
                return Ok(earlier);
            }
        }
        Ok(place)
    }

    fn insert_row(&self, row: &Planned<'_>, place: u64) -> Stored {
        let parent = row.body.and_then(|body| parent_of(&row.record.kind, body));
        let text = row.body.map(text_of).transpose()?;
        self.execute(
            "INSERT INTO record (tenant, kind, id, scope, rev, seq, parent, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (tenant, kind, id, scope)
             DO UPDATE SET rev = excluded.rev, seq = excluded.seq, parent = excluded.parent, body = excluded.body",
            params![
                self.tenant(),
                row.record.kind,
                row.record.id.bytes(),
                row.scope.0,
                signed(row.rev),
                signed(place),
                parent.map(|id| *id.bytes()),
                text
            ],
        )?;
        Ok(())
    }
}

/// Decisions are told to several devices under one id: for them the scope is part of the name, and nothing moves.
fn stands_by_scope(kind_word: &str) -> bool {
    kind_word == kind::DECISION
}

fn text_of(body: &Value) -> Stored<String> {
    serde_json::to_string(body).map_err(|error| StoreError::Unreadable(error.to_string()))
}
