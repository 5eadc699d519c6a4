//! What the board asks: jobs under every filter at once as a list that pages by key, and the visits of some days.

use countersign_model::Id;
use countersign_model::entity::{Entity, Visit};
use countersign_model::record::{Row, kind};
use countersign_model::words::key_of;
use rusqlite::params;

use super::records::{COLUMNS, row_at};
use super::{Filter, List, Read, Stored, limit_of};

/// Which jobs are wanted; an empty field wants all.
#[derive(Clone, Debug, Default)]
pub struct JobFilter<'a> {
    /// In one of these states.
    pub states: Vec<&'a str>,
    /// With this priority.
    pub priority: &'a str,
    /// Of this voucher class.
    pub class: &'a str,
    /// With the machine in this state.
    pub machine_state: &'a str,
    /// Of this customer.
    pub customer: Option<Id>,
    /// On this machine.
    pub machine: Option<Id>,
    /// With this person on a visit that was not given away.
    pub person: Option<Id>,
    /// With somebody of this branch on such a visit.
    pub branch: Option<Id>,
    /// Whose customer has these words.
    pub customer_name: &'a str,
    /// In whose own words, number, voucher, machine or customer these words occur.
    pub text: &'a str,
}

impl JobFilter<'_> {
    /// The conditions on the keys of jobs; the text is for the list's words.
    pub fn filters(&self) -> Vec<Filter> {
        let mut filters = Vec::new();
        let is = |field: &str, key: &str| Filter::Is { field: field.to_owned(), key: key_of(key) };
        if !self.states.is_empty() {
            let keys = self.states.iter().map(|state| (*state).to_owned()).collect();
            filters.push(Filter::AnyOf { field: "state".to_owned(), keys });
        }
        let words = [("priority", self.priority), ("class", self.class), ("machine_state", self.machine_state)];
        filters.extend(words.iter().filter(|(_, word)| !word.is_empty()).map(|(field, word)| is(field, word)));
        let ids = [("customer", self.customer), ("machine", self.machine), ("person", self.person)];
        filters.extend(ids.iter().filter_map(|(field, id)| id.map(|id| is(field, &id.to_string()))));
        if let Some(branch) = self.branch {
            filters.push(Filter::Names {
                field: "person".to_owned(),
                kind: kind::PERSON.to_owned(),
                filter: Box::new(is("branch", &branch.to_string())),
            });
        }
        if !self.customer_name.is_empty() {
            filters.push(Filter::Worded {
                field: "customer".to_owned(),
                kind: kind::CUSTOMER.to_owned(),
                words: self.customer_name.to_owned(),
            });
        }
        filters
    }

    /// A list of the jobs that it wants, in the order of the board.
    pub fn list(&self, limit: usize) -> List<'_> {
        List { kind: kind::JOB, sort: "board", filters: self.filters(), words: self.text, limit, ..List::default() }
    }
}

impl Read<'_> {
    /// The visits whose appointment begins in this span, in its order. Given away and cancelled ones are left out.
    pub fn visits_between(&self, from: i64, to: i64, limit: usize) -> Stored<Vec<(Row, Visit)>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE tenant = ?1 AND kind = 'visit' AND body IS NOT NULL
             AND json_extract(body, '$.window.from') >= ?2 AND json_extract(body, '$.window.from') < ?3
             AND json_extract(body, '$.state') NOT IN ('reassigned', 'cancelled')
             ORDER BY json_extract(body, '$.window.from'), id LIMIT ?4"
        );
        let rows = self.all(&sql, params![self.tenant(), from, to, limit_of(limit)], row_at)?;
        Ok(rows.into_iter().filter_map(|row| Visit::of(&row).map(|visit| (row, visit))).collect())
    }
}
