//! Which scopes a person's devices hold, as a pure function of the visits that concern the person.

use std::collections::{BTreeMap, BTreeSet};

use crate::entity::{HoldingReason, Job, Visit, VisitState};
use crate::id::Id;
use crate::record::Scope;

/// Scopes with the reasons to hold them. A scope leaves with its last reason.
pub type Wanted = BTreeMap<Scope, BTreeSet<HoldingReason>>;

/// What every device holds: the references and its own scope.
pub fn always(device: Id) -> Wanted {
    let own = std::iter::once(Scope::device(device));
    Scope::references().chain(own).map(|scope| (scope, BTreeSet::from([HoldingReason::Reference]))).collect()
}

/// What one visit makes a person's devices hold: its job, and the customer, site and machine of the job.
pub fn for_visit(person: Id, visit: &Visit, job: &Job) -> Wanted {
    let mut wanted = Wanted::new();
    let given_away = matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled);
    if !visit.has(person) || given_away {
        return wanted;
    }
    wanted.insert(Scope::job(visit.job), BTreeSet::from([HoldingReason::Assigned]));
    let related = [job.customer.map(Scope::customer), job.site.map(Scope::site), job.machine.map(Scope::machine)];
    for scope in related.into_iter().flatten() {
        wanted.insert(scope, BTreeSet::from([HoldingReason::Related]));
    }
    wanted
}

/// Adds the reasons of one set to another.
pub fn merge(into: &mut Wanted, more: Wanted) {
    for (scope, reasons) in more {
        into.entry(scope).or_default().extend(reasons);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::VoucherClass;
    use crate::entity::{JobState, MachineState, Priority};

    fn parts() -> (Id, Visit, Job) {
        let id = |name: &str| Id::derived("t", &[name.as_bytes()]);
        let job = Job {
            number: String::new(),
            call: None,
            customer: Some(id("customer")),
            site: None,
            machine: Some(id("machine")),
            serial: String::new(),
            fault: String::new(),
            priority: Priority::Normal,
            machine_state: MachineState::Down,
            state: JobState::Planned,
            class: VoucherClass::Paid,
            form: None,
            cancel_reason: String::new(),
            extra: Default::default(),
        };
        let visit = Visit {
            job: id("job"),
            ordinal: 1,
            lead: id("lead"),
            helpers: vec![id("helper")],
            window: None,
            state: VisitState::Planned,
            travelled: None,
            arrived: None,
            left: None,
            leave_reason: String::new(),
            replaced_by: None,
            replaces: None,
            extra: Default::default(),
        };
        (id("lead"), visit, job)
    }

    #[test]
    fn leads_and_helpers_hold_the_job_until_it_is_given_away() {
        let (lead, mut visit, job) = parts();
        let helper = visit.helpers[0];
        let stranger = Id::default();
        let scopes = |person, visit: &Visit| for_visit(person, visit, &job).into_keys().count();
        assert_eq!((scopes(lead, &visit), scopes(helper, &visit), scopes(stranger, &visit)), (3, 3, 0));
        visit.state = VisitState::Reassigned;
        assert_eq!(scopes(lead, &visit), 0);
    }
}
