//! Lists that sort, filter and search a kind of records, and page by key whatever their length.
//!
//! Two ways lead to a page: where a filter leaves few records, they are fetched and sorted; where it leaves many, the
//! sort order is walked until the page is full. Which one is taken is a matter of time only, never of what is shown.

use countersign_model::Id;
use rusqlite::types::Value as Sql;
use rusqlite::{ToSql, params_from_iter};

use super::{Read, Stored, id_at, limit_of};

/// From this many records on, walking the sort order is quicker than fetching and sorting them. Tests go both ways with
/// a handful of records.
const FEW: i64 = if cfg!(test) { 5 } else { 3_000 };

/// What a list shows of a kind.
#[derive(Clone, Debug, Default)]
pub struct List<'a> {
    /// Which kind.
    pub kind: &'a str,
    /// The field that it is sorted by; its keys must be among the kind's list keys.
    pub sort: &'a str,
    /// Last first.
    pub descending: bool,
    /// The archived ones, instead of the others.
    pub archived: bool,
    /// What is left out.
    pub filters: Vec<Filter>,
    /// Words that must occur; empty for all.
    pub words: &'a str,
    /// The last row of the page before.
    pub after: Option<Place>,
    /// Most rows.
    pub limit: usize,
}

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
}

/// A row's place in the order of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key of the sorted field.
    pub key: String,
    /// Which record.
    pub id: Id,
}

/// A row of a list: its place names it.
pub type Listed = Place;

impl Filter {
    fn field(&self) -> &str {
        match self {
            Filter::Is { field, .. } | Filter::Begins { field, .. } => field,
        }
    }

    /// The keys that fit: from the first up to, and without, the second.
    fn range(&self) -> (String, String) {
        match self {
            Filter::Is { key, .. } => (key.clone(), format!("{key}\u{0}")),
            Filter::Begins { key, .. } => (key.clone(), format!("{key}\u{10FFFF}")),
        }
    }
}

/// A statement under construction with its values.
#[derive(Default)]
struct Statement {
    sql: String,
    values: Vec<Sql>,
}

impl Statement {
    fn push(&mut self, sql: &str) -> &mut Statement {
        self.sql.push_str(sql);
        self
    }

    fn bind(&mut self, value: impl Into<Sql>) -> &mut Statement {
        self.values.push(value.into());
        let place = self.values.len();
        self.sql.push_str(&format!("?{place}"));
        self
    }

    fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }
}

impl Read<'_> {
    /// A page of a list.
    pub fn listed(&self, list: &List<'_>) -> Stored<Vec<Listed>> {
        let expression = match (list.words.trim().is_empty(), self.expression(list.words, &[list.kind])) {
            (true, _) => None,
            // What was typed has no word in it that could be found.
            (false, None) => return Ok(Vec::new()),
            (false, found) => found,
        };
        let mut narrowest: Option<(i64, Option<&Filter>)> = None;
        for filter in list.filters.iter().map(Some).chain(expression.iter().map(|_| None)) {
            let count = self.count_up_to(list, filter, expression.as_deref())?;
            if narrowest.is_none_or(|(least, _)| count < least) {
                narrowest = Some((count, filter));
            }
        }
        let statement = match narrowest {
            Some((count, filter)) if count < FEW => self.fetching(list, filter, expression.as_deref()),
            _ => self.walking(list, expression.as_deref()),
        };
        self.all(&statement.sql, params_from_iter(statement.values()), |row| {
            Ok(Place { key: row.get(0)?, id: id_at(row, 1)? })
        })
    }

    /// How many records a list has, counted up to a limit.
    pub fn count_listed(&self, list: &List<'_>, most: usize) -> Stored<usize> {
        let all = List { limit: most, after: None, ..list.clone() };
        Ok(self.listed(&all)?.len())
    }

    fn count_up_to(&self, list: &List<'_>, filter: Option<&Filter>, expression: Option<&str>) -> Stored<i64> {
        let mut statement = Statement::default();
        statement.push("SELECT count(*) FROM (");
        self.candidates(&mut statement, list, filter, expression);
        statement.push(" LIMIT ").bind(FEW).push(")");
        self.value(&statement.sql, params_from_iter(statement.values()))
    }

    /// The ids that one condition leaves: those of a filter, or those in which the words occur.
    fn candidates(
        &self,
        statement: &mut Statement,
        list: &List<'_>,
        filter: Option<&Filter>,
        expression: Option<&str>,
    ) {
        match filter {
            Some(filter) => {
                let (from, to) = filter.range();
                statement.push("SELECT id FROM list_key WHERE tenant = ").bind(self.tenant().to_vec());
                statement.push(" AND kind = ").bind(list.kind.to_owned());
                statement.push(" AND field = ").bind(filter.field().to_owned());
                statement.push(" AND archived = ").bind(i64::from(list.archived));
                statement.push(" AND key >= ").bind(from).push(" AND key < ").bind(to);
            }
            None => {
                statement.push("SELECT e.id FROM search_word w CROSS JOIN search_entry e ON e.entry = w.rowid");
                statement.push(" WHERE search_word MATCH ").bind(expression.unwrap_or_default().to_owned());
                statement.push(" AND e.tenant = ").bind(self.tenant().to_vec());
            }
        }
    }

    /// Few candidates: their keys are looked up and sorted.
    fn fetching(&self, list: &List<'_>, driving: Option<&Filter>, expression: Option<&str>) -> Statement {
        let mut statement = Statement::default();
        statement.push("SELECT DISTINCT k.key, k.id FROM (");
        self.candidates(&mut statement, list, driving, expression);
        statement.push(") c CROSS JOIN list_key k INDEXED BY list_key_record ON k.id = c.id");
        self.conditions(&mut statement, list, driving, expression.filter(|_| driving.is_some()));
        statement
    }

    /// Many candidates: the sort order is walked, and each row looked at.
    fn walking(&self, list: &List<'_>, expression: Option<&str>) -> Statement {
        let mut statement = Statement::default();
        statement.push("SELECT k.key, k.id FROM list_key k");
        self.conditions(&mut statement, list, None, expression);
        statement
    }

    fn conditions(&self, statement: &mut Statement, list: &List<'_>, driving: Option<&Filter>, words: Option<&str>) {
        statement.push(" WHERE k.tenant = ").bind(self.tenant().to_vec());
        statement.push(" AND k.kind = ").bind(list.kind.to_owned());
        statement.push(" AND k.field = ").bind(list.sort.to_owned());
        statement.push(" AND k.archived = ").bind(i64::from(list.archived));
        for filter in list.filters.iter().filter(|filter| Some(*filter) != driving) {
            let (from, to) = filter.range();
            if filter.field() == list.sort {
                statement.push(" AND k.key >= ").bind(from).push(" AND k.key < ").bind(to);
                continue;
            }
            statement
                .push(" AND EXISTS (SELECT 1 FROM list_key f INDEXED BY list_key_record WHERE f.tenant = k.tenant");
            statement.push(" AND f.kind = k.kind AND f.id = k.id AND f.field = ").bind(filter.field().to_owned());
            statement.push(" AND f.key >= ").bind(from).push(" AND f.key < ").bind(to).push(")");
        }
        if let Some(expression) = words {
            statement.push(" AND k.id IN (");
            self.candidates(statement, list, None, Some(expression));
            statement.push(")");
        }
        if let Some(place) = &list.after {
            statement.push(" AND (k.key, k.id) ").push(if list.descending { "< (" } else { "> (" });
            statement.bind(place.key.clone()).push(", ").bind(place.id.bytes().to_vec()).push(")");
        }
        let order = if list.descending { "DESC" } else { "ASC" };
        statement.push(&format!(" ORDER BY k.key {order}, k.id {order} LIMIT "));
        statement.bind(limit_of(list.limit));
    }
}

#[cfg(test)]
mod tests;
