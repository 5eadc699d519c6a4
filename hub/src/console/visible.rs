//! What a person may see: the office everything of the company, people of the field the jobs that they are on.
//!
//! Every page, photo and search of the console asks here; nothing else decides it.

use std::collections::BTreeMap;

use countersign_model::entity::{Entity, Job, Person, Visit, VisitState};
use countersign_model::record::{Row, kind};
use countersign_model::{Digest, Id};

use super::page::Seen;
use super::trouble::Trouble;
use crate::store::{Direction, Read};

/// Whether somebody is on a visit that was not given away or cancelled: the same rule by which their phone holds it.
fn is_on(person: Id, visit: &Visit) -> bool {
    visit.has(person) && !matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled)
}

/// Whether the person may see this job.
pub(crate) fn sees_job(read: &Read<'_>, seen: &Seen, job: Id) -> Result<bool, Trouble> {
    if seen.is_office() {
        return Ok(true);
    }
    Ok(read.children_of::<Visit>(job)?.iter().any(|(_, visit)| is_on(seen.id, visit)))
}

/// The job, if the person may see it. One that is not for them looks like one that does not exist.
pub(crate) fn job(read: &Read<'_>, seen: &Seen, id: Id) -> Result<(Row, Job), Trouble> {
    let found = read.get::<Job>(id)?.ok_or(Trouble::NotFound)?;
    if sees_job(read, seen, id)? { Ok(found) } else { Err(Trouble::NotFound) }
}

/// The jobs that a person of the field is on, newest first.
pub(crate) fn own_jobs(read: &Read<'_>, seen: &Seen) -> Result<Vec<(Row, Job)>, Trouble> {
    let mut jobs = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for (_, visit) in read.visits_of(seen.id)? {
        if is_on(seen.id, &visit) && known.insert(visit.job) {
            jobs.extend(read.get::<Job>(visit.job)?);
        }
    }
    Ok(jobs)
}

/// Whether the person may see these bytes: a record that cites them must be in a scope that they see.
pub(crate) fn sees_media(read: &Read<'_>, seen: &Seen, sha256: Digest) -> Result<bool, Trouble> {
    let scopes = read.scopes_citing(sha256)?;
    if seen.is_office() {
        return Ok(!scopes.is_empty());
    }
    for scope in scopes {
        if let Some(job) = scope.id().filter(|_| scope.is_job())
            && sees_job(read, seen, job)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Names of people by id, loaded once for a page.
pub(crate) struct People(BTreeMap<Id, Person>);

/// More people than any company of ours has; the list is cut there rather than the page never ending.
const MOST_PEOPLE: usize = 10_000;

impl People {
    pub fn load(read: &Read<'_>) -> Result<People, Trouble> {
        let rows = read.list(kind::PERSON, None, MOST_PEOPLE, Direction::Ascending)?;
        Ok(People(rows.iter().filter_map(|row| Person::of(row).map(|person| (row.id, person))).collect()))
    }

    /// Their name; the start of their id where nobody is known under it.
    pub fn name(&self, id: Id) -> String {
        self.0.get(&id).map_or_else(|| id.to_string().chars().take(8).collect(), |person| person.name.clone())
    }

    pub fn get(&self, id: Id) -> Option<&Person> {
        self.0.get(&id)
    }

    /// Everybody, also those who left, by name.
    pub fn everybody(&self) -> Vec<(Id, &Person)> {
        let mut all: Vec<(Id, &Person)> = self.0.iter().map(|(id, person)| (*id, person)).collect();
        all.sort_by(|a, b| a.1.name.cmp(&b.1.name));
        all
    }

    /// People with this filter who are with the company, by name.
    pub fn with(&self, fits: impl Fn(&Person) -> bool) -> Vec<(Id, &Person)> {
        let mut found: Vec<(Id, &Person)> =
            self.0.iter().filter(|(_, p)| !p.archived && fits(p)).map(|(id, person)| (*id, person)).collect();
        found.sort_by(|a, b| a.1.name.cmp(&b.1.name));
        found
    }
}
