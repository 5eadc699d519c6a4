//! What the manager does in the office, drawn by chance.

use countersign_hub::service::{Actor, JobOrder, NewJob, Planned, ReviewChoice};
use countersign_hub::{Hub, HubError};
use countersign_model::Id;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Customer, Remark};

use crate::chance::Chance;

/// The office's people.
#[derive(Clone, Copy, Debug)]
pub struct People {
    /// Engineers.
    pub engineers: [Id; 2],
    /// Manager and administrator.
    pub manager: Id,
}

/// What came of it.
pub struct Done {
    /// What was tried.
    pub what: &'static str,
    /// Nothing, or that it was refused.
    pub refused: bool,
    /// The visit that was planned.
    pub planned: Option<Planned>,
}

/// Orders a job with a visit of one of the engineers; sometimes the other one helps.
pub fn order(hub: &Hub, people: &People, chance: &mut Chance) -> Result<Planned, HubError> {
    let lead = usize::from(chance.below(2) == 1);
    let helps = chance.below(2) == 0;
    let class = match chance.below(3) {
        0 => VoucherClass::Paid,
        _ => VoucherClass::Internal,
    };
    let job = NewJob {
        serial: format!("H7-{}", chance.below(20)),
        fault: "leaks at the pump".to_owned(),
        class: Some(class),
        ..NewJob::default()
    };
    let helpers = if helps { vec![people.engineers[1 - lead]] } else { Vec::new() };
    let order = JobOrder { job, lead: people.engineers[lead], helpers, window: None };
    hub.job(&Actor::System { person: people.manager }, &order)
}

/// Does something.
pub fn manage(hub: &Hub, people: &People, plans: &[Planned], chance: u64) -> Done {
    let mut chance = Chance::new(chance);
    let actor = Actor::System { person: people.manager };
    let count = u64::try_from(plans.len()).unwrap_or(0);
    let chosen = plans.get(usize::try_from(chance.below(count)).unwrap_or(0));
    let Some(chosen) = chosen else { return Done { what: "nothing", refused: false, planned: None } };
    let mut planned = None;
    let (what, outcome) = match chance.below(10) {
        0 | 1 => ("order", order(hub, people, &mut chance).map(|visit| planned = Some(visit))),
        2 => {
            let lead = people.engineers[usize::from(chance.below(2) == 1)];
            ("reassign", hub.reassign_visit(&actor, chosen.visit, lead).map(|visit| planned = Some(visit)))
        }
        3 => ("cancel", hub.cancel_job(&actor, chosen.job, "the customer sold the machine")),
        4..=6 => ("approve", review(hub, &actor, plans, true)),
        7 | 8 => ("return", review(hub, &actor, plans, false)),
        _ => {
            let customer = Customer { name: format!("Customer {}", chance.below(5)), ..Customer::default() };
            let id = Id::derived("simulation", &[b"customer"]);
            ("save customer", hub.save(&actor, id, &customer))
        }
    };
    Done { what, refused: outcome.is_err(), planned }
}

/// Reviews the first voucher that waits.
fn review(hub: &Hub, actor: &Actor, plans: &[Planned], approve: bool) -> Result<(), HubError> {
    let waiting = plans.iter().find(|plan| hub.visit_to_review(plan.job).is_ok());
    let Some(plan) = waiting else {
        return Err(HubError::Input("nothing waits".to_owned()));
    };
    let choice = if approve {
        ReviewChoice::Approve { missing: Vec::new(), without_attestation: false }
    } else {
        let remark = Remark { text: "look again".to_owned(), ..Remark::default() };
        ReviewChoice::Return(vec![remark])
    };
    hub.review(actor, plan.job, choice).map(|_| ())
}
