//! Conditions on the keys of a list's records, and what they are in SQL.

use super::super::Read;
use super::statement::Statement;

/// A condition on a field's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// It is this.
    Is {
        /// Which field.
        field: String,
        /// The key.
        key: String,
    },
    /// It begins so.
    Begins {
        /// Which field.
        field: String,
        /// The beginning of the key.
        key: String,
    },
    /// It is one of these.
    AnyOf {
        /// Which field.
        field: String,
        /// The keys.
        keys: Vec<String>,
    },
    /// It names a record for which another condition holds.
    Names {
        /// Which field.
        field: String,
        /// The kind of the named record.
        kind: String,
        /// The condition.
        filter: Box<Filter>,
    },
    /// It names a record in which these words occur.
    Worded {
        /// Which field.
        field: String,
        /// The kind of the named record.
        kind: String,
        /// The words as typed.
        words: String,
    },
}

/// An id as the keys of fields that name a record hold it.
const NAMED: &str = "lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4)
     || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21))";

impl Filter {
    pub(super) fn field(&self) -> &str {
        match self {
            Filter::Is { field, .. }
            | Filter::Begins { field, .. }
            | Filter::AnyOf { field, .. }
            | Filter::Names { field, .. }
            | Filter::Worded { field, .. } => field,
        }
    }

    /// The condition on a column that holds the field's key.
    pub(super) fn condition(&self, read: &Read<'_>, statement: &mut Statement, column: &str) {
        match self {
            // Up to, and without, the first key that no longer fits.
            Filter::Is { key, .. } => range(statement, column, key, '\u{0}'),
            Filter::Begins { key, .. } => range(statement, column, key, '\u{10FFFF}'),
            Filter::AnyOf { keys, .. } => {
                statement.push(column).push(" IN (");
                for (place, key) in keys.iter().enumerate() {
                    statement.push(if place == 0 { "" } else { ", " }).bind(key.clone());
                }
                statement.push(")");
            }
            Filter::Names { kind, filter, .. } => {
                statement.push(column).push(" IN (SELECT ").push(NAMED);
                statement.push(" FROM list_key WHERE tenant = ").bind(read.tenant().to_vec());
                statement.push(" AND kind = ").bind(kind.clone());
                statement.push(" AND field = ").bind(filter.field().to_owned());
                statement.push(" AND archived IN (0, 1) AND ");
                filter.condition(read, statement, "key");
                statement.push(")");
            }
            Filter::Worded { kind, words, .. } => {
                // What was typed has no word in it that could be found: no record fits.
                let Some(expression) = read.expression(words, &[kind]) else {
                    statement.push("0");
                    return;
                };
                statement.push(column).push(" IN (SELECT ").push(NAMED);
                statement.push(" FROM search_word w CROSS JOIN search_entry e ON e.entry = w.rowid");
                statement.push(" WHERE search_word MATCH ").bind(expression);
                statement.push(" AND e.tenant = ").bind(read.tenant().to_vec()).push(")");
            }
        }
    }
}

fn range(statement: &mut Statement, column: &str, key: &str, behind: char) {
    statement.push(column).push(" >= ").bind(key.to_owned());
    statement.push(" AND ").push(column).push(" < ").bind(format!("{key}{behind}"));
}
