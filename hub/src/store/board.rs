//! What the board asks: jobs under every filter at once, and the visits of some days.

use countersign_model::Id;
use countersign_model::entity::{Entity, Visit};
use countersign_model::record::Row;
use rusqlite::params;

use super::records::{COLUMNS, row_at};
use super::{Read, Stored, limit_of};

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
    /// Whose customer's name holds this.
    pub customer_name: &'a str,
    /// Whose number, fault, serial number, customer or voucher number holds this.
    pub text: &'a str,
}

/// A pattern that finds the text anywhere; empty for no text.
fn pattern(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// An id in a body as the bytes of a key.
macro_rules! key {
    ($body:literal, $path:literal) => {
        concat!("unhex(replace(json_extract(", $body, ", '", $path, "'), '-', ''))")
    };
}

impl Read<'_> {
    /// The jobs that a filter wants: machine down first, then the newest.
    pub fn jobs_wanted(&self, filter: &JobFilter<'_>, limit: usize) -> Stored<Vec<Row>> {
        let customer = key!("j.body", "$.customer");
        let machine = key!("j.body", "$.machine");
        let on_visit = "FROM record AS v JOIN visit_person AS p ON p.tenant = v.tenant AND p.visit = v.id
             WHERE v.tenant = ?1 AND v.kind = 'visit' AND v.parent = j.id AND v.body IS NOT NULL
             AND json_extract(v.body, '$.state') NOT IN ('reassigned', 'cancelled')";
        let sql = format!(
            "SELECT {COLUMNS} FROM record AS j WHERE j.tenant = ?1 AND j.kind = 'job' AND j.body IS NOT NULL
             AND (?2 = '[]' OR json_extract(j.body, '$.state') IN (SELECT value FROM json_each(?2)))
             AND (?3 = '' OR json_extract(j.body, '$.priority') = ?3)
             AND (?4 = '' OR json_extract(j.body, '$.class') = ?4)
             AND (?5 = '' OR json_extract(j.body, '$.machine_state') = ?5)
             AND (?6 = '' OR json_extract(j.body, '$.customer') = ?6)
             AND (?7 = '' OR json_extract(j.body, '$.machine') = ?7)
             AND (?8 IS NULL OR EXISTS (SELECT 1 {on_visit} AND p.person = ?8))
             AND (?9 = '' OR EXISTS (SELECT 1 {on_visit} AND EXISTS (
                    SELECT 1 FROM record AS b WHERE b.tenant = ?1 AND b.kind = 'person' AND b.id = p.person
                    AND json_extract(b.body, '$.branch') = ?9)))
             AND (?10 = '' OR EXISTS (SELECT 1 FROM record AS c WHERE c.tenant = ?1 AND c.kind = 'customer'
                    AND c.id = {customer} AND json_extract(c.body, '$.name') LIKE ?10 ESCAPE '\\'))
             AND (?11 = '' OR json_extract(j.body, '$.number') LIKE ?11 ESCAPE '\\'
                  OR json_extract(j.body, '$.fault') LIKE ?11 ESCAPE '\\'
                  OR json_extract(j.body, '$.serial') LIKE ?11 ESCAPE '\\'
                  OR EXISTS (SELECT 1 FROM record AS c WHERE c.tenant = ?1 AND c.kind = 'customer'
                    AND c.id = {customer} AND json_extract(c.body, '$.name') LIKE ?11 ESCAPE '\\')
                  OR EXISTS (SELECT 1 FROM record AS m WHERE m.tenant = ?1 AND m.kind = 'machine'
                    AND m.id = {machine} AND json_extract(m.body, '$.serial') LIKE ?11 ESCAPE '\\')
                  OR EXISTS (SELECT 1 FROM record AS v JOIN record AS o ON o.tenant = v.tenant
                    AND o.kind = 'voucher' AND o.parent = v.id WHERE v.tenant = ?1 AND v.kind = 'visit'
                    AND v.parent = j.id AND json_extract(o.body, '$.number') LIKE ?11 ESCAPE '\\'))
             ORDER BY json_extract(j.body, '$.machine_state') = 'down' DESC, j.id DESC LIMIT ?12"
        );
        let text = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
        let states = serde_json::to_string(&filter.states).unwrap_or_default();
        self.all(
            &sql,
            params![
                self.tenant(),
                states,
                filter.priority,
                filter.class,
                filter.machine_state,
                text(filter.customer),
                text(filter.machine),
                filter.person.map(|id| *id.bytes()),
                text(filter.branch),
                pattern(filter.customer_name),
                pattern(filter.text),
                limit_of(limit)
            ],
            row_at,
        )
    }

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
