//! The order of the job list and the words that its search looks at: a projection of the view, kept in the
//! transaction that changed the view. Never judges a job.

use countersign_model::Id;
use countersign_model::entity::{Customer, Job, JobState, Machine, Site, Visit, VisitState, Voucher, voucher_id};
use countersign_model::record::{Scope, kind};
use countersign_model::time::estimate;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Rows, StoreError, id_of};

/// Computes the line of one job anew.
pub(super) fn refresh(rows: &Rows<'_>, id: Id) -> Result<(), StoreError> {
    let connection = rows.connection();
    connection.prepare_cached("DELETE FROM job_number WHERE job = ?1")?.execute([id.bytes()])?;
    let Some(job) = rows.get::<Job>(id)? else {
        connection.prepare_cached("DELETE FROM job_order WHERE job = ?1")?.execute([id.bytes()])?;
        return Ok(());
    };
    let visits = rows.children_of::<Visit>(id)?;
    let sql = "INSERT INTO job_order(job, at, open, state, words, customer, site, machine, part)
               VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
               ON CONFLICT(job) DO UPDATE SET at = excluded.at, open = excluded.open, state = excluded.state,
                 words = excluded.words, customer = excluded.customer, site = excluded.site, machine = excluded.machine,
                 part = excluded.part";
    let bytes = |id: Option<Id>| id.map(|id| *id.bytes());
    connection.prepare_cached(sql)?.execute(params![
        id.bytes(),
        next_visit(&visits).map_or(NO_APPOINTMENT, |(begins, _)| begins),
        is_open(&job.state),
        job.state.as_str(),
        words(rows, &job, &visits)?,
        bytes(job.customer),
        bytes(job.site),
        bytes(job.machine),
        part_in(rows, &visits)?.max(i64::from(rows.carried_from(id)?.is_some())),
    ])?;
    let sql = "INSERT INTO job_number(number, job) VALUES(?1, ?2) ON CONFLICT DO NOTHING";
    for number in numbers(rows, &job, &visits)? {
        connection.prepare_cached(sql)?.execute(params![number, id.bytes()])?;
    }
    Ok(())
}

/// The numbers by which people call a job; those that are not allotted yet left out.
fn numbers(rows: &Rows<'_>, job: &Job, visits: &[(Id, Visit)]) -> Result<Vec<String>, StoreError> {
    let mut numbers = vec![job.number.clone()];
    for (visit, _) in visits {
        numbers.extend(rows.get::<Voucher>(voucher_id(*visit))?.map(|voucher| voucher.number));
    }
    numbers.retain(|number| !number.is_empty());
    Ok(numbers)
}

impl Rows<'_> {
    /// The jobs on a machine.
    pub fn jobs_on_machine(&self, machine: Id) -> Result<Vec<Id>, StoreError> {
        jobs_with(self.connection(), kind::MACHINE, machine)
    }

    /// Whether a job that this device holds has not arrived at all yet.
    pub fn unknown_jobs_wanted(&self) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM held_scope WHERE state = 'wanted' AND scope LIKE 'job/%'
                     AND NOT EXISTS (SELECT 1 FROM base_record AS b WHERE b.scope = held_scope.scope AND b.kind = 'job')";
        Ok(self.connection().prepare_cached(sql)?.exists([])?)
    }

    /// Whether a scope is held, complete or not.
    pub fn is_held(&self, scope: &Scope) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM held_scope WHERE scope = ?1 AND state != 'lost'";
        Ok(self.connection().prepare_cached(sql)?.exists([&scope.0])?)
    }

    /// Own commands in a lane that the hub does not durably have.
    pub fn unsent_in(&self, lane: &Scope) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM outbox WHERE lane = ?1 AND at_hub = 0";
        let count: i64 = self.connection().prepare_cached(sql)?.query_row([&lane.0], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The job that has this number, or a voucher of this number. A number that was given twice (a store was copied)
    /// stands for the newest.
    pub fn job_numbered(&self, number: &str) -> Result<Option<Id>, StoreError> {
        let sql = "SELECT job FROM job_number WHERE number = ?1 ORDER BY job DESC LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([number], |row| id_of(row.get_ref(0)?.as_blob()?)).optional()?)
    }
}

/// What part this device's person has in a job: 2 leads a visit that stands, 1 has or had another visit of it, 0 holds it
/// for its machine's history only.
fn part_in(rows: &Rows<'_>, visits: &[(Id, Visit)]) -> Result<i64, StoreError> {
    let Some(identity) = rows.identity()? else { return Ok(0) };
    let stands = |visit: &Visit| !matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled);
    let part = |visit: &Visit| match () {
        () if visit.lead == identity.person && stands(visit) => 2,
        () if visit.has(identity.person) => 1,
        () => 0,
    };
    Ok(visits.iter().map(|(_, visit)| part(visit)).max().unwrap_or(0))
}

/// Where jobs without an agreed time stand: last.
pub(crate) const NO_APPOINTMENT: i64 = i64::MAX;

/// The visit by which a job is listed, with its beginning: the next one, or the one that is under way.
pub(crate) fn next_visit(visits: &[(Id, Visit)]) -> Option<(i64, &Visit)> {
    let waits =
        |visit: &Visit| !matches!(visit.state, VisitState::Left | VisitState::Reassigned | VisitState::Cancelled);
    let begins = |visit: &Visit| {
        let begun = visit.travelled.as_ref().or(visit.arrived.as_ref()).map(|time| estimate(time, None).best);
        visit.window.map(|window| window.from).or(begun)
    };
    let waiting = visits.iter().map(|(_, visit)| visit).filter(|visit| waits(visit));
    waiting.filter_map(|visit| Some((begins(visit)?, visit))).min_by_key(|(begins, _)| *begins)
}

fn is_open(state: &JobState) -> bool {
    !matches!(state, JobState::Approved | JobState::Cancelled | JobState::CompletedAfterCancel)
}

fn words(rows: &Rows<'_>, job: &Job, visits: &[(Id, Visit)]) -> Result<String, StoreError> {
    let mut words = vec![job.number.clone(), job.fault.clone(), job.serial.clone()];
    for (id, _) in visits {
        words.extend(rows.get::<Voucher>(voucher_id(*id))?.map(|voucher| voucher.number));
    }
    if let Some(id) = job.customer {
        words.extend(rows.get::<Customer>(id)?.map(|customer| customer.name));
    }
    if let Some(id) = job.site {
        words.extend(rows.get::<Site>(id)?.into_iter().flat_map(|site| [site.name, site.address]));
    }
    if let Some(id) = job.machine {
        words.extend(rows.get::<Machine>(id)?.map(|machine| machine.serial));
    }
    Ok(words.join("\n").to_lowercase())
}

/// The jobs that name a customer, site or machine.
pub(super) fn jobs_with(connection: &Connection, kind_name: &str, id: Id) -> Result<Vec<Id>, StoreError> {
    let sql = match kind_name {
        kind::CUSTOMER => "SELECT job FROM job_order WHERE customer = ?1",
        kind::SITE => "SELECT job FROM job_order WHERE site = ?1",
        _ => "SELECT job FROM job_order WHERE machine = ?1",
    };
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map([id.bytes()], |row| id_of(row.get_ref(0)?.as_blob()?))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
