//! A statement under construction with its values.

use rusqlite::ToSql;
use rusqlite::types::Value as Sql;

#[derive(Default)]
pub(super) struct Statement {
    pub sql: String,
    values: Vec<Sql>,
}

impl Statement {
    pub fn push(&mut self, sql: &str) -> &mut Statement {
        self.sql.push_str(sql);
        self
    }

    pub fn bind(&mut self, value: impl Into<Sql>) -> &mut Statement {
        self.values.push(value.into());
        let place = self.values.len();
        self.sql.push_str(&format!("?{place}"));
        self
    }

    /// Puts a text without values before everything.
    pub fn before(mut self, sql: &str) -> Statement {
        self.sql.insert_str(0, sql);
        self
    }

    pub fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }
}
