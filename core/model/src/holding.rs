//! Which scopes a person's devices hold, as a pure function of the visits that concern the person.

use std::collections::{BTreeMap, BTreeSet};

use crate::entity::{HoldingReason, Job, JobState, Visit, VisitState};
use crate::id::Id;
use crate::record::Scope;
use crate::time::estimate;

/// Scopes with the reasons to hold them. A scope leaves with its last reason.
pub type Wanted = BTreeMap<Scope, BTreeSet<HoldingReason>>;

/// What every device holds: the references and its own scope.
pub fn always(device: Id) -> Wanted {
    let own = std::iter::once(Scope::device(device));
    Scope::references().chain(own).map(|scope| (scope, BTreeSet::from([HoldingReason::Reference]))).collect()
}

/// How long a phone keeps a job that is approved or cancelled, milliseconds: thirty days, as long as the lease, so that
/// a question that comes soon after is answered from the phone.
pub const WINDOW: i64 = 30 * 24 * 60 * 60 * 1000;

/// How many earlier jobs of its machine come along with a job: what an engineer looks at before and on a visit.
pub const HISTORY_JOBS: usize = 3;

/// What the history of a machine makes a phone hold that holds an open job on it: the newest other jobs, newest first.
pub fn for_history(newest: impl IntoIterator<Item = Id>) -> Wanted {
    let jobs = newest.into_iter().take(HISTORY_JOBS);
    jobs.map(|job| (Scope::job(job), BTreeSet::from([HoldingReason::Related]))).collect()
}

/// Whether a visit makes a phone hold its job for work that is still to be done, so that the history comes along.
pub fn is_ahead(wanted: &Wanted, job: Id) -> bool {
    wanted.get(&Scope::job(job)).is_some_and(|reasons| reasons.contains(&HoldingReason::Assigned))
}

/// What one visit makes a person's devices hold: its job, and the customer, site and machine of the job. A closed job
/// leaves when its window is over; `now` is the hub's time in milliseconds.
pub fn for_visit(person: Id, visit: &Visit, job: &Job, now: i64) -> Wanted {
    let mut wanted = Wanted::new();
    let given_away = matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled);
    let closed = matches!(job.state, JobState::Approved | JobState::Cancelled);
    let over = last_moment(visit).is_some_and(|last| last.saturating_add(WINDOW) < now);
    if !visit.has(person) || given_away || (closed && over) {
        return wanted;
    }
    let reason = if closed { HoldingReason::Window } else { HoldingReason::Assigned };
    wanted.insert(Scope::job(visit.job), BTreeSet::from([reason]));
    let related = [job.customer.map(Scope::customer), job.site.map(Scope::site), job.machine.map(Scope::machine)];
    for scope in related.into_iter().flatten() {
        wanted.insert(scope, BTreeSet::from([HoldingReason::Related]));
    }
    wanted
}

/// The latest moment that is known of a visit; `None` for one that has none, which is kept.
fn last_moment(visit: &Visit) -> Option<i64> {
    let steps = [&visit.travelled, &visit.arrived, &visit.left].into_iter().flatten();
    let steps = steps.map(|time| estimate(time, None).best);
    steps.chain(visit.window.map(|window| window.to)).max()
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
    use crate::entity::MachineState;
    use crate::time::TimeRecord;

    fn parts() -> (Id, Visit, Job) {
        let id = |name: &str| Id::derived("t", &[name.as_bytes()]);
        let job = Job {
            customer: Some(id("customer")),
            machine: Some(id("machine")),
            machine_state: MachineState::Down,
            state: JobState::Planned,
            ..Job::default()
        };
        let visit =
            Visit { job: id("job"), ordinal: 1, lead: id("lead"), helpers: vec![id("helper")], ..Visit::default() };
        (id("lead"), visit, job)
    }

    #[test]
    fn leads_and_helpers_hold_the_job_until_it_is_given_away() {
        let (lead, mut visit, job) = parts();
        let helper = visit.helpers[0];
        let stranger = Id::default();
        let scopes = |person, visit: &Visit| for_visit(person, visit, &job, 0).into_keys().count();
        assert_eq!((scopes(lead, &visit), scopes(helper, &visit), scopes(stranger, &visit)), (3, 3, 0));
        visit.state = VisitState::Reassigned;
        assert_eq!(scopes(lead, &visit), 0);
    }

    #[test]
    fn the_newest_jobs_of_the_machine_come_along_with_work_that_is_ahead() {
        let (lead, visit, mut job) = parts();
        let id = |name: &str| Id::derived("t", &[name.as_bytes()]);
        assert!(is_ahead(&for_visit(lead, &visit, &job, 0), visit.job));
        job.state = JobState::Approved;
        assert!(!is_ahead(&for_visit(lead, &visit, &job, 0), visit.job));
        let history = for_history([id("d"), id("c"), id("b"), id("a")]);
        assert_eq!(history.len(), HISTORY_JOBS);
        assert!(history.contains_key(&Scope::job(id("d"))) && !history.contains_key(&Scope::job(id("a"))));
    }

    #[test]
    fn a_closed_job_leaves_when_its_window_is_over() {
        let (lead, mut visit, mut job) = parts();
        visit.left = Some(TimeRecord::by_hub(1_000));
        let reasons = |job: &Job, visit: &Visit, now| {
            for_visit(lead, visit, job, now).remove(&Scope::job(visit.job)).unwrap_or_default()
        };
        let after = 1_000 + WINDOW + 1;
        assert_eq!(reasons(&job, &visit, after), BTreeSet::from([HoldingReason::Assigned]));
        job.state = JobState::Approved;
        assert_eq!(reasons(&job, &visit, after - 1), BTreeSet::from([HoldingReason::Window]));
        assert_eq!(reasons(&job, &visit, after), BTreeSet::new());
        visit.left = None;
        assert_eq!(reasons(&job, &visit, after), BTreeSet::from([HoldingReason::Window]));
    }
}
