//! Remote visits that wait for a sign-off, and who held a visit before.

use countersign_model::Id;
use countersign_model::document::needs_customer;
use countersign_model::entity::{Job, Visit, Voucher, voucher_id};
use serde::Serialize;

use crate::app::content::person_name;
use crate::app::work::Work;
use crate::app::{App, AppError};
use crate::store::Rows;

/// A remote visit at this customer whose sign-off nobody has collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number.
    pub number: String,
    /// The fault of its job.
    pub fault: String,
    /// Who led it.
    pub lead: String,
}

/// Who held a visit before it was given to this person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldBefore {
    /// Their name.
    pub name: String,
    /// When a device of theirs was last heard of as the visit was given away, hub time; `None` where none ever was.
    pub heard: Option<i64>,
}

impl App {
    /// The remote visits at the customer of a job that wait for a sign-off, the present one among them: a further visit
    /// may collect them.
    pub fn remote_visits(&self, job: &str) -> Result<Vec<WaitingRow>, AppError> {
        self.show(|rows| waiting_at(rows, &self.work(rows, job)?))
    }
}

/// The remote visits that the present visit may still collect; none where this person is not there either.
pub(super) fn waiting(rows: &Rows<'_>, work: &Work) -> Result<Vec<WaitingRow>, AppError> {
    if work.visit.remote || work.visit.is_over() {
        return Ok(Vec::new());
    }
    let mut found = waiting_at(rows, work)?;
    found.retain(|row| !work.visit.collects.contains(&row.visit));
    Ok(found)
}

/// Remote visits of this customer that are not signed yet and that no visit that stands collects.
fn waiting_at(rows: &Rows<'_>, work: &Work) -> Result<Vec<WaitingRow>, AppError> {
    let mut found = Vec::new();
    for (id, visit) in rows.all::<Visit>()? {
        if !visit.remote || visit.is_void() || is_collected(rows, &visit)? {
            continue;
        }
        let Some(job) = rows.get::<Job>(visit.job)? else { continue };
        let here = visit.job == work.job_id || job.customer.is_some() && job.customer == work.job.customer;
        let voucher = rows.get::<Voucher>(voucher_id(id))?.unwrap_or_default();
        if here && voucher.leaves.is_empty() && needs_customer(&voucher.class) {
            let lead = person_name(rows, visit.lead)?;
            found.push(WaitingRow { visit: id, number: voucher.number, fault: job.fault, lead });
        }
    }
    Ok(found)
}

/// Whether a visit that still stands collects the sign-off.
fn is_collected(rows: &Rows<'_>, visit: &Visit) -> Result<bool, AppError> {
    let collector = visit.collected_by.map(|by| rows.get::<Visit>(by)).transpose()?.flatten();
    Ok(collector.is_some_and(|collector| !collector.is_over()))
}

pub(super) fn held_before(rows: &Rows<'_>, work: &Work) -> Result<Option<HeldBefore>, AppError> {
    let before = work.visit.replaces.map(|id| rows.get::<Visit>(id)).transpose()?.flatten();
    let Some(before) = before.filter(|before| before.lead != work.visit.lead) else { return Ok(None) };
    Ok(Some(HeldBefore { name: person_name(rows, before.lead)?, heard: work.visit.heard }))
}
