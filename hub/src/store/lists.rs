//! Lists that sort, filter and search a kind of records, and page by key whatever their length.
//!
//! Three ways lead to a page: where a filter leaves few records, they are fetched and sorted; where it leaves many, the
//! sort order is walked until the page is full; who wants all that words leave has the words searched once, beside what
//! a filter leaves or the whole order. Which one is taken is a matter of time only, never of what is shown.

mod filter;
mod statement;

use std::collections::HashSet;

use countersign_model::Id;
use rusqlite::params_from_iter;

use self::statement::Statement;
use super::{Read, Stored, id_at, limit_of};

pub use self::filter::Filter;

/// From this many records on, walking the sort order is quicker than fetching and sorting them. Tests go both ways with
/// a handful of records.
const FEW: i64 = if cfg!(test) { 5 } else { 3_000 };

/// Fewer candidates than this need no search for fewer: counting the words of a search costs more than looking at them.
const ENOUGH: i64 = if cfg!(test) { 3 } else { 200 };

/// More given records than these are kept out of the whole order instead of being handed to the database one by one.
const MOST_VALUES: usize = if cfg!(test) { 4 } else { 2_000 };

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
    /// Only these records, where they are given.
    pub among: Option<&'a [Id]>,
    /// The last row of the page before.
    pub after: Option<Place>,
    /// Most rows.
    pub limit: usize,
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

/// How the rows of a list are found.
enum Way {
    /// By one statement without its order.
    Asking(Statement),
    /// By one statement that leaves the words out, and keeping those in which the words of this expression occur: asked
    /// row by row whether words occur in it, the database takes ten times as long.
    Sifting(Statement, String),
    /// By reading the whole order and keeping those in which the words of this expression occur.
    Reading(String),
    /// By reading the whole order and keeping these.
    Keeping(HashSet<Id>),
}

/// What the candidates are taken from.
#[derive(Clone, Copy, PartialEq)]
enum Driver<'a> {
    Filter(&'a Filter),
    Words,
    Among(&'a [Id]),
}

impl Read<'_> {
    /// A page of a list.
    pub fn listed(&self, list: &List<'_>) -> Stored<Vec<Listed>> {
        match self.chosen(list)? {
            None => Ok(Vec::new()),
            Some(Way::Asking(statement)) => self.ordered(statement, list, list.limit),
            Some(Way::Sifting(statement, expression)) => self.sifted(statement, list, &expression),
            Some(Way::Reading(expression)) => self.kept(list, &self.hits(&expression, list)?),
            Some(Way::Keeping(ids)) => self.kept(list, &ids),
        }
    }

    fn ordered(&self, mut statement: Statement, list: &List<'_>, limit: usize) -> Stored<Vec<Listed>> {
        let order = if list.descending { "DESC" } else { "ASC" };
        statement.push(&format!(" ORDER BY k.key {order}, k.id {order} LIMIT ")).bind(limit_of(limit));
        self.all(&statement.sql, params_from_iter(statement.values()), |row| {
            Ok(Place { key: row.get(0)?, id: id_at(row, 1)? })
        })
    }

    /// The records in which the words occur.
    fn hits(&self, expression: &str, list: &List<'_>) -> Stored<HashSet<Id>> {
        let mut search = Statement::default();
        self.candidates(&mut search, list, Driver::Words, Some(expression));
        let hits = self.all(&search.sql, params_from_iter(search.values()), |row| id_at(row, 0))?;
        Ok(hits.into_iter().collect())
    }

    /// Many records, of which many are kept: a set in memory costs a third of what a join in the database does.
    fn kept(&self, list: &List<'_>, ids: &HashSet<Id>) -> Stored<Vec<Listed>> {
        self.kept_of(self.walking(list, None), list, ids)
    }

    fn sifted(&self, statement: Statement, list: &List<'_>, expression: &str) -> Stored<Vec<Listed>> {
        self.kept_of(statement, list, &self.hits(expression, list)?)
    }

    fn kept_of(&self, statement: Statement, list: &List<'_>, ids: &HashSet<Id>) -> Stored<Vec<Listed>> {
        let mut rows = self.ordered(statement, list, usize::MAX)?;
        rows.retain(|row| ids.contains(&row.id));
        rows.truncate(list.limit);
        Ok(rows)
    }

    /// How many records a list has, counted up to a limit. Where its page begins does not matter.
    pub fn count_listed(&self, list: &List<'_>, most: usize) -> Stored<usize> {
        let whole = List { after: None, limit: most, ..list.clone() };
        let rows = match self.chosen(&whole)? {
            None => return Ok(0),
            Some(Way::Asking(rows)) => rows,
            Some(Way::Sifting(statement, expression)) => {
                return Ok(self.sifted(statement, &whole, &expression)?.len().min(most));
            }
            Some(Way::Reading(expression)) => {
                return Ok(self.kept(&whole, &self.hits(&expression, list)?)?.len().min(most));
            }
            Some(Way::Keeping(ids)) => return Ok(self.kept(&whole, &ids)?.len().min(most)),
        };
        let mut statement = rows.before("SELECT count(*) FROM (");
        statement.push(" LIMIT ").bind(limit_of(most)).push(")");
        let count: i64 = self.value(&statement.sql, params_from_iter(statement.values()))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The quicker way to the rows of a list; `None` where nothing can fit.
    fn chosen(&self, list: &List<'_>) -> Stored<Option<Way>> {
        let expression = match (list.words.trim().is_empty(), self.expression(list.words, &[list.kind])) {
            (true, _) => None,
            // What was typed has no word in it that could be found.
            (false, None) => return Ok(None),
            (false, found) => found,
        };
        if let Some(ids) = list.among {
            // Each would be a variable of the statement.
            if ids.len() > MOST_VALUES {
                let hits = expression.map(|expression| self.hits(&expression, list)).transpose()?;
                let fits = |id: &&Id| hits.as_ref().is_none_or(|hits| hits.contains(id));
                return Ok(Some(Way::Keeping(ids.iter().filter(fits).copied().collect())));
            }
            let fetching = || Way::Asking(self.fetching(list, Driver::Among(ids), expression.as_deref()));
            return Ok((!ids.is_empty()).then(fetching));
        }
        let drivers = list.filters.iter().map(Driver::Filter).chain(expression.iter().map(|_| Driver::Words));
        // Whoever reads all of a list looks at every record of the narrowest filter anyway: searching the words once to
        // count them and once more to find them would take longer.
        let reads_all = i64::try_from(list.limit).is_ok_and(|limit| limit > FEW);
        let mut narrowest: Option<(i64, Driver<'_>)> = None;
        for driver in drivers {
            let is_counted_by_others = driver == Driver::Words && reads_all;
            if narrowest.is_some_and(|(least, _)| least < ENOUGH || is_counted_by_others && least < FEW) {
                break;
            }
            let count = self.count_up_to(list, driver, expression.as_deref())?;
            if narrowest.is_none_or(|(least, _)| count < least) {
                narrowest = Some((count, driver));
            }
        }
        Ok(Some(match (narrowest, expression) {
            (Some((count, driver @ Driver::Filter(_))), Some(expression))
                if reads_all && (ENOUGH..FEW).contains(&count) =>
            {
                Way::Sifting(self.fetching(list, driver, None), expression)
            }
            (Some((count, driver)), expression) if count < FEW => {
                Way::Asking(self.fetching(list, driver, expression.as_deref()))
            }
            (_, Some(expression)) if reads_all => Way::Reading(expression),
            (_, expression) => Way::Asking(self.walking(list, expression.as_deref())),
        }))
    }

    fn count_up_to(&self, list: &List<'_>, driver: Driver<'_>, expression: Option<&str>) -> Stored<i64> {
        let mut statement = Statement::default();
        statement.push("SELECT count(*) FROM (");
        match (driver, expression) {
            // The tenant and the kind are words of the index: to count, nothing else is looked at.
            (Driver::Words, Some(expression)) => {
                statement.push("SELECT rowid FROM search_word WHERE search_word MATCH ").bind(expression.to_owned());
            }
            _ => self.candidates(&mut statement, list, driver, expression),
        }
        statement.push(" LIMIT ").bind(FEW).push(")");
        self.value(&statement.sql, params_from_iter(statement.values()))
    }

    /// The ids that one condition leaves: those of a filter, those in which the words occur, or those given.
    fn candidates(&self, statement: &mut Statement, list: &List<'_>, driver: Driver<'_>, expression: Option<&str>) {
        match driver {
            Driver::Filter(filter) => {
                statement.push("SELECT id FROM list_key WHERE tenant = ").bind(self.tenant().to_vec());
                statement.push(" AND kind = ").bind(list.kind.to_owned());
                statement.push(" AND field = ").bind(filter.field().to_owned());
                statement.push(" AND archived = ").bind(i64::from(list.archived)).push(" AND ");
                filter.condition(self, statement, "key");
            }
            Driver::Among(ids) => {
                statement.push("SELECT column1 AS id FROM (VALUES ");
                for (place, id) in ids.iter().enumerate() {
                    statement.push(if place == 0 { "(" } else { ", (" }).bind(id.bytes().to_vec()).push(")");
                }
                statement.push(")");
            }
            Driver::Words => {
                statement.push("SELECT e.id FROM search_word w CROSS JOIN search_entry e ON e.entry = w.rowid");
                statement.push(" WHERE search_word MATCH ").bind(expression.unwrap_or_default().to_owned());
                statement.push(" AND e.tenant = ").bind(self.tenant().to_vec());
            }
        }
    }

    /// Few candidates: their keys are looked up and sorted.
    fn fetching(&self, list: &List<'_>, driver: Driver<'_>, expression: Option<&str>) -> Statement {
        let mut statement = Statement::default();
        statement.push("SELECT DISTINCT k.key, k.id FROM (");
        self.candidates(&mut statement, list, driver, expression);
        statement.push(") c CROSS JOIN list_key k INDEXED BY list_key_record ON k.id = c.id");
        self.conditions(&mut statement, list, Some(driver), expression.filter(|_| driver != Driver::Words));
        statement
    }

    /// Many candidates: the sort order is walked, and each row looked at.
    fn walking(&self, list: &List<'_>, expression: Option<&str>) -> Statement {
        let mut statement = Statement::default();
        statement.push("SELECT k.key, k.id FROM list_key k");
        self.conditions(&mut statement, list, None, expression);
        statement
    }

    fn conditions(&self, statement: &mut Statement, list: &List<'_>, driver: Option<Driver<'_>>, words: Option<&str>) {
        statement.push(" WHERE k.tenant = ").bind(self.tenant().to_vec());
        statement.push(" AND k.kind = ").bind(list.kind.to_owned());
        statement.push(" AND k.field = ").bind(list.sort.to_owned());
        statement.push(" AND k.archived = ").bind(i64::from(list.archived));
        for filter in list.filters.iter().filter(|filter| driver != Some(Driver::Filter(filter))) {
            if filter.field() == list.sort {
                statement.push(" AND ");
                filter.condition(self, statement, "k.key");
                continue;
            }
            statement
                .push(" AND EXISTS (SELECT 1 FROM list_key f INDEXED BY list_key_record WHERE f.tenant = k.tenant");
            statement.push(" AND f.kind = k.kind AND f.id = k.id AND f.field = ").bind(filter.field().to_owned());
            statement.push(" AND ");
            filter.condition(self, statement, "f.key");
            statement.push(")");
        }
        if let Some(expression) = words {
            statement.push(" AND k.id IN (");
            self.candidates(statement, list, Driver::Words, Some(expression));
            statement.push(")");
        }
        if let Some(place) = &list.after {
            statement.push(" AND (k.key, k.id) ").push(if list.descending { "< (" } else { "> (" });
            statement.bind(place.key.clone()).push(", ").bind(place.id.bytes().to_vec()).push(")");
        }
    }
}

#[cfg(test)]
mod named_tests;
#[cfg(test)]
mod paging_tests;
#[cfg(test)]
mod tests;
