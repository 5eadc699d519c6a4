//! Views of the board that a person keeps: a name and the filters as they stand in the address.

use countersign_model::Id;
use rusqlite::params;

use super::{Read, Stored, Write, id_at};

/// Most views that one person keeps.
pub const MOST_VIEWS: usize = 50;

/// A kept view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: Id,
    /// What its person calls it.
    pub name: String,
    /// Path and filters.
    pub address: String,
    /// Whether the board opens with it.
    pub first: bool,
}

impl Read<'_> {
    /// A person's views by name.
    pub fn views_of(&self, person: Id) -> Stored<Vec<SavedView>> {
        self.all(
            "SELECT id, name, address, first FROM saved_view WHERE tenant = ?1 AND person = ?2 ORDER BY name, id",
            params![self.tenant(), person.bytes()],
            |row| Ok(SavedView { id: id_at(row, 0)?, name: row.get(1)?, address: row.get(2)?, first: row.get(3)? }),
        )
    }
}

impl Write<'_> {
    /// Keeps a view; one of the same name is replaced, and only one opens first.
    pub fn keep_view(&self, person: Id, view: &SavedView) -> Stored {
        let person = person.bytes();
        if view.first {
            let sql = "UPDATE saved_view SET first = 0 WHERE tenant = ?1 AND person = ?2";
            self.execute(sql, params![self.tenant(), person])?;
        }
        self.execute(
            "DELETE FROM saved_view WHERE tenant = ?1 AND person = ?2 AND name = ?3",
            params![self.tenant(), person, view.name],
        )?;
        self.execute(
            "INSERT INTO saved_view (tenant, person, id, name, address, first) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![self.tenant(), person, view.id.bytes(), view.name, view.address, view.first],
        )?;
        Ok(())
    }

    /// Forgets a view of a person.
    pub fn forget_view(&self, person: Id, id: Id) -> Stored {
        self.execute(
            "DELETE FROM saved_view WHERE tenant = ?1 AND person = ?2 AND id = ?3",
            params![self.tenant(), person.bytes(), id.bytes()],
        )?;
        Ok(())
    }
}
