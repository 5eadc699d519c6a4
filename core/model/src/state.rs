//! What `decide` may look at: rows by key, each answered with `Known`, `Absent` or `NotHere`.
//!
//! The rules are written once, against [`View`]. A rule that looks at a key which is not loaded yet stops with
//! [`Missing`]; [`needs`](crate::decide::needs) collects those keys, the caller loads them and asks again.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::entity::Entity;
use crate::id::Id;
use crate::record::Row;

/// A row or a range of rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// One row.
    Row {
        /// Its kind.
        kind: String,
        /// Its id.
        id: Id,
    },
    /// The rows of a kind under one parent, tombstones left out.
    Children {
        /// Their kind.
        kind: String,
        /// Their parent.
        parent: Id,
    },
}

impl Key {
    /// The key of one row.
    pub fn row(kind: &str, id: Id) -> Key {
        Key::Row { kind: kind.to_owned(), id }
    }

    /// The key of the children of a row.
    pub fn children(kind: &str, parent: Id) -> Key {
        Key::Children { kind: kind.to_owned(), parent }
    }
}

/// What is known about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// It is here.
    Known(T),
    /// It does not exist.
    Absent,
    /// A phone does not hold its scope; the hub never answers this.
    NotHere,
}

impl<T> Lookup<T> {
    /// The value, if it is here.
    pub fn known(self) -> Option<T> {
        match self {
            Lookup::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it certainly does not exist.
    pub fn is_absent(&self) -> bool {
        matches!(self, Lookup::Absent)
    }
}

/// The rows loaded so far.
#[derive(Clone, Debug, Default)]
pub struct State {
    loaded: BTreeMap<Key, Lookup<Vec<Row>>>,
}

impl State {
    /// Nothing loaded.
    pub fn new() -> State {
        State::default()
    }

    /// Puts what a key led to. A row key takes at most one row.
    pub fn load(&mut self, key: Key, rows: Lookup<Vec<Row>>) {
        self.loaded.insert(key, rows);
    }

    /// Whether a key is loaded.
    pub fn has(&self, key: &Key) -> bool {
        self.loaded.contains_key(key)
    }

    /// The revisions that a decision rests on: the hub decides again if one of them moved.
    pub fn revisions(&self) -> impl Iterator<Item = (&Row, u64)> {
        self.loaded
            .values()
            .filter_map(|rows| match rows {
                Lookup::Known(rows) => Some(rows.iter().map(|row| (row, row.rev))),
                _ => None,
            })
            .flatten()
    }
}

/// A key was looked at that is not loaded; the rule is run again when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

/// Reading access for rules; remembers which keys were missing.
#[derive(Debug)]
pub struct View<'a> {
    state: &'a State,
    missing: RefCell<Vec<Key>>,
}

impl<'a> View<'a> {
    /// A view of these rows.
    pub fn new(state: &'a State) -> View<'a> {
        View { state, missing: RefCell::new(Vec::new()) }
    }

    /// The keys that were looked at and are not loaded.
    pub fn missing(self) -> Vec<Key> {
        self.missing.into_inner()
    }

    fn rows(&self, key: Key) -> Result<Lookup<Vec<Row>>, Missing> {
        match self.state.loaded.get(&key) {
            Some(rows) => Ok(rows.clone()),
            None => {
                self.missing.borrow_mut().push(key);
                Err(Missing)
            }
        }
    }

    /// One row.
    pub fn row(&self, kind: &str, id: Id) -> Result<Lookup<Row>, Missing> {
        Ok(match self.rows(Key::row(kind, id))? {
            Lookup::Known(rows) => {
                rows.into_iter().find(|row| row.body.is_some()).map_or(Lookup::Absent, Lookup::Known)
            }
            Lookup::Absent => Lookup::Absent,
            Lookup::NotHere => Lookup::NotHere,
        })
    }

    /// The typed body of one row with the row itself.
    pub fn get<T: Entity>(&self, id: Id) -> Result<Lookup<(Row, T)>, Missing> {
        Ok(match self.row(T::KIND, id)? {
            Lookup::Known(row) => T::of(&row).map_or(Lookup::Absent, |body| Lookup::Known((row, body))),
            Lookup::Absent => Lookup::Absent,
            Lookup::NotHere => Lookup::NotHere,
        })
    }

    /// The typed children of a row; an empty list where none are here.
    pub fn children<T: Entity>(&self, parent: Id) -> Result<Vec<(Row, T)>, Missing> {
        let rows = self.rows(Key::children(T::KIND, parent))?.known().unwrap_or_default();
        Ok(rows.into_iter().filter_map(|row| T::of(&row).map(|body| (row, body))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Part;

    #[test]
    fn a_view_names_what_is_not_loaded_and_tells_absent_from_not_here() {
        let (here, gone, away) = (Id::derived("a", &[]), Id::derived("b", &[]), Id::derived("c", &[]));
        let mut state = State::new();
        state.load(Key::row("part", gone), Lookup::Absent);
        state.load(Key::row("part", away), Lookup::NotHere);
        let view = View::new(&state);
        assert!(view.get::<Part>(gone).unwrap().is_absent());
        assert!(matches!(view.get::<Part>(away), Ok(Lookup::NotHere)));
        assert_eq!(view.get::<Part>(here).err(), Some(Missing));
        assert_eq!(view.missing(), vec![Key::row("part", here)]);
    }
}
