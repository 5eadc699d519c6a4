//! Holdings: which scopes each device holds, brought in line in the transaction that changed a visit, job or device.
//! What is wanted is computed by `countersign_model::holding`; here the difference is written.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::entity::{Device, DeviceState, Entity, Holding, HoldingReason, Job, Visit, holding_id};
use countersign_model::holding::{HISTORY_JOBS, Wanted, always, for_history, for_visit, is_ahead, merge};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};

use super::Bench;
use crate::error::Outcome;
use crate::store::{Put, Read, Stored};

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

/// What a person's visits make their devices hold.
pub(crate) fn wanted_by(read: &Read<'_>, person: Id, now: i64) -> Stored<Wanted> {
    let mut wanted = Wanted::new();
    for (_, visit) in read.visits_of(person)? {
        if let Some((_, job)) = read.get::<Job>(visit.job)? {
            let own = for_visit(person, &visit, &job, now);
            if let Some(machine) = job.machine.filter(|_| is_ahead(&own, visit.job)) {
                merge(&mut wanted, for_history(read.newest_jobs_on(machine, visit.job, HISTORY_JOBS)?));
            }
            merge(&mut wanted, own);
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
