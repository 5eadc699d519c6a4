//! Holdings: which scopes each device holds, brought in line in the transaction that changed a visit, job or device.
//! What is wanted is computed by `countersign_model::holding`; here the difference is written.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::entity::{
    Depot, Device, DeviceState, Entity, Holding, HoldingReason, Job, Person, Visit, holding_id,
};
use countersign_model::holding::{HISTORY_JOBS, Wanted, always, for_history, for_visit, is_ahead, merge};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};

use super::Bench;
use crate::error::Outcome;
use crate::store::{Direction, Put, Read, Stored};

/// Rows read at a time where a whole kind is looked through.
const PAGE: usize = 500;

impl Bench<'_> {
    pub(super) fn add_people(&self, record: &RecordRef, people: &mut BTreeSet<Id>) -> Stored {
        match record.kind.as_str() {
            kind::VISIT => {
                if let Some((_, visit)) = self.write.get::<Visit>(record.id)? {
                    people.insert(visit.lead);
                    people.extend(visit.helpers);
                }
            }
            kind::JOB => {
                people.extend(self.write.people_on(record.id)?);
                // Whoever has work on the same machine holds its newest jobs.
                let machine = self.write.get::<Job>(record.id)?.and_then(|(_, job)| job.machine);
                for job in machine.map(|machine| self.write.open_jobs_on(machine)).transpose()?.unwrap_or_default() {
                    people.extend(self.write.people_on(job)?);
                }
            }
            kind::PERSON => drop(people.insert(record.id)),
            kind::DEPOT => {
                if let Some((_, depot)) = self.write.get::<Depot>(record.id)? {
                    people.extend(near(self.write, &depot)?);
                }
            }
            kind::DEVICE => people.extend(self.write.get::<Device>(record.id)?.map(|(_, device)| device.person)),
            _ => {}
        }
        Ok(())
    }

    /// Writes what the devices of these people hold from now on.
    pub(super) fn refresh_holdings(&self, people: &BTreeSet<Id>) -> Outcome {
        for person in people {
            let devices = active_devices(self.write, *person)?;
            if devices.is_empty() {
                continue;
            }
            let shared = wanted_by(self.write, *person, self.now)?;
            for device in devices {
                let mut wanted = always(device);
                merge(&mut wanted, shared.clone());
                self.write.put(&difference(self.write, device, wanted)?)?;
            }
        }
        Ok(())
    }
}

fn active_devices(read: &Read<'_>, person: Id) -> Stored<Vec<Id>> {
    let devices = read.children_of::<Device>(person)?;
    Ok(devices.into_iter().filter(|(_, device)| device.state == DeviceState::Active).map(|(row, _)| row.id).collect())
}

/// Every live row of a kind; for kinds of which a company has few.
fn every<T: Entity>(read: &Read<'_>) -> Stored<Vec<(Id, T)>> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = read.list(T::KIND, after, PAGE, Direction::Ascending)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = Some(last.id);
        found.extend(page.into_iter().filter_map(|row| T::of(&row).map(|body| (row.id, body))));
    }
}

/// The people who take parts from a depot: whose van it is, or whose branch.
fn near(read: &Read<'_>, depot: &Depot) -> Stored<Vec<Id>> {
    let people = every::<Person>(read)?.into_iter();
    Ok(people.filter(|(id, person)| takes_from(*id, person, depot)).map(|(id, _)| id).collect())
}

/// A van is its driver's; a depot is its branch's, and everyone's where it belongs to none.
fn takes_from(id: Id, person: &Person, depot: &Depot) -> bool {
    match depot.person {
        Some(driver) => driver == id,
        None => depot.branch.is_none() || depot.branch == person.branch,
    }
}

/// What a person's visits and depots make their devices hold.
pub(crate) fn wanted_by(read: &Read<'_>, person: Id, now: i64) -> Stored<Wanted> {
    let mut wanted = Wanted::new();
    if let Some((_, body)) = read.get::<Person>(person)? {
        let depots = every::<Depot>(read)?.into_iter();
        for (depot, _) in depots.filter(|(_, depot)| !depot.archived && takes_from(person, &body, depot)) {
            wanted.entry(Scope::depot(depot)).or_default().insert(HoldingReason::Related);
        }
    }
    for (_, visit) in read.visits_of(person)? {
        if let Some((_, job)) = read.get::<Job>(visit.job)? {
            let own = for_visit(person, &visit, &job, now);
            if let Some(machine) = job.machine.filter(|_| is_ahead(&own, visit.job)) {
                merge(&mut wanted, for_history(read.newest_jobs_on(machine, visit.job, HISTORY_JOBS)?));
            }
            merge(&mut wanted, own);
            merge(&mut wanted, for_collected(read, person, &visit, now)?);
        }
    }
    Ok(wanted)
}

/// Whoever collects the sign-off of a remote visit holds that visit's job, with what belongs to it.
fn for_collected(read: &Read<'_>, person: Id, visit: &Visit, now: i64) -> Stored<Wanted> {
    let mut wanted = Wanted::new();
    for id in &visit.collects {
        let Some((_, collected)) = read.get::<Visit>(*id)? else { continue };
        if let Some((_, job)) = read.get::<Job>(collected.job)? {
            let as_if_there = Visit { job: collected.job, ..visit.clone() };
            merge(&mut wanted, for_visit(person, &as_if_there, &job, now));
        }
    }
    Ok(wanted)
}

/// The rows between what a device holds and what it should.
fn difference(read: &Read<'_>, device: Id, mut wanted: Wanted) -> Stored<Vec<Put>> {
    let holdings = read.children_of::<Holding>(device)?;
    let held: BTreeMap<Scope, Holding> = holdings.into_iter().map(|(_, body)| (body.held.clone(), body)).collect();
    // What a person pinned stays until they unpin it.
    for holding in held.values().filter(|holding| holding.reasons.contains(&HoldingReason::Pinned)) {
        wanted.entry(holding.held.clone()).or_default().insert(HoldingReason::Pinned);
    }
    let gone = held.keys().filter(|scope| !wanted.contains_key(*scope)).map(|scope| Put {
        record: RecordRef::new(Holding::KIND, holding_id(device, scope)),
        scope: Scope::device(device),
        body: None,
    });
    let mut puts: Vec<Put> = gone.collect();
    for (scope, reasons) in wanted {
        let mut body = held.get(&scope).cloned().unwrap_or_else(|| Holding {
            device,
            held: scope.clone(),
            reasons: Vec::new(),
            extra: Default::default(),
        });
        body.reasons = reasons.into_iter().collect();
        puts.push(Put::of(holding_id(device, &scope), Scope::device(device), &body));
    }
    Ok(puts)
}
