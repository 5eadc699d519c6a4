//! Lists that page by key.

use countersign_model::Id;
use countersign_model::entity::Entity;
use countersign_model::record::Row;

use crate::error::Outcome;
use crate::hub::Hub;
use crate::store::Direction;

impl Hub {
    /// A page of the live records of a kind, by id.
    pub fn list(&self, kind: &str, after: Option<Id>, limit: usize, direction: Direction) -> Outcome<Vec<Row>> {
        self.read(|read| Ok(read.list(kind, after, limit, direction)?))
    }

    /// The same with typed bodies.
    pub fn page<T: Entity>(&self, after: Option<Id>, limit: usize, direction: Direction) -> Outcome<Vec<(Row, T)>> {
        let rows = self.list(T::KIND, after, limit, direction)?;
        Ok(rows.into_iter().filter_map(|row| T::of(&row).map(|body| (row, body))).collect())
    }
}
