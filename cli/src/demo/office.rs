//! The office's half of the demo.

use std::collections::BTreeMap;

use countersign_device::model::document::VoucherClass;
use countersign_device::model::entity::{Customer, Machine, Person, Priority, Remark, Visit, Voucher, voucher_id};
use countersign_hub::service::{JobOrder, NewJob, Planned, ReviewChoice};
use serde_json::{Value, json};

use super::{Play, script};
use crate::hub::of_hub;
use crate::output::Failure;

/// The engineer of the demo.
pub const ENGINEER: &str = "Tom Becker";

pub fn company(play: &mut Play<'_>) -> Result<Value, Failure> {
    let people = play.hub.all::<Person>().map_err(|error| of_hub(&error))?.len();
    let machines = play.hub.all::<Machine>().map_err(|error| of_hub(&error))?.len();
    Ok(json!({"people": people, "machines": machines, "key": play.hub.fingerprint()}))
}

/// A job for the first machine whose customer reads English, so that everyone can read the demo's voucher.
pub fn job(play: &mut Play<'_>) -> Result<Value, Failure> {
    if let Some(job) = play.memory.job {
        return Ok(json!({"job": job}));
    }
    let (serial, planned) = plan_job(play, 0, "Leaks at the pump", Some(VoucherClass::Paid))?;
    play.memory.job = Some(planned.job);
    play.remember()?;
    Ok(json!({"voucher": planned.number, "machine": serial}))
}

/// A second job, for whoever tries the field app: nothing of it is done yet.
pub fn next_job(play: &mut Play<'_>) -> Result<Value, Failure> {
    if let Some(job) = play.memory.next_job {
        return Ok(json!({"job": job}));
    }
    // This machine has a service contract: its class is the proposed one.
    let (serial, planned) = plan_job(play, 1, "Loses pressure overnight", None)?;
    play.memory.next_job = Some(planned.job);
    play.remember()?;
    Ok(json!({"voucher": planned.number, "machine": serial}))
}

/// Plans a job for the engineer, on the machine at this place among those that will do.
fn plan_job(
    play: &Play<'_>,
    place: usize,
    fault: &str,
    class: Option<VoucherClass>,
) -> Result<(String, Planned), Failure> {
    let (machine, body) = machine(play, place)?;
    let (lead, _) = play.hub.find_person(ENGINEER).map_err(|error| of_hub(&error))?;
    let order = JobOrder {
        job: NewJob {
            customer: Some(body.customer),
            machine: Some(machine),
            fault: fault.to_owned(),
            priority: Some(Priority::High),
            class,
            ..NewJob::default()
        },
        lead,
        helpers: Vec::new(),
        window: None,
    };
    let planned = play.hub.job(&play.hub.system(), &order).map_err(|error| of_hub(&error))?;
    Ok((body.serial, planned))
}

/// The machine at this place among those whose customer reads English; the last of them where there are fewer.
fn machine(play: &Play<'_>, place: usize) -> Result<(countersign_device::model::Id, Machine), Failure> {
    let mut found = Vec::new();
    for (row, machine) in play.hub.all::<Machine>().map_err(|error| of_hub(&error))? {
        let customer = play.hub.get::<Customer>(machine.customer).map_err(|error| of_hub(&error))?;
        let reads_english = customer.is_some_and(|(_, customer)| customer.language.tag() == "en");
        if reads_english {
            found.push((row.id, machine));
        }
    }
    found.truncate(place + 1);
    found.pop().ok_or_else(|| Failure::environment("the sample company has no machine: use another --data"))
}

pub fn stop(play: &mut Play<'_>) -> Result<Value, Failure> {
    play.stop()?;
    Ok(json!("the hub is stopped; the engineer is offline"))
}

pub fn start(play: &mut Play<'_>) -> Result<Value, Failure> {
    play.serve()?;
    Ok(json!("the hub is back"))
}

pub fn return_with_remark(play: &mut Play<'_>) -> Result<Value, Failure> {
    let remark = Remark { question: script::QUESTION.to_owned(), text: script::REMARK.to_owned(), ..Remark::default() };
    review(play, ReviewChoice::Return(vec![remark]), "returned")
}

pub fn approve(play: &mut Play<'_>) -> Result<Value, Failure> {
    review(play, ReviewChoice::Approve { missing: Vec::new(), without_attestation: false }, "approved")
}

fn review(play: &mut Play<'_>, choice: ReviewChoice, wanted: &str) -> Result<Value, Failure> {
    if review_state(play)? == wanted {
        return Ok(json!(wanted));
    }
    let job = play.job()?;
    let (visit, _) = play.hub.visit_to_review(job).map_err(|error| of_hub(&error))?;
    let manager = play.hub.reviewer_for(visit).map_err(|error| of_hub(&error))?;
    play.hub.review(&manager, job, choice).map_err(|error| of_hub(&error))?;
    Ok(json!(review_state(play)?))
}

/// Where the voucher stands at the office.
pub fn review_state(play: &Play<'_>) -> Result<String, Failure> {
    let job = play.job()?;
    let visits = play.hub.children::<Visit>(job).map_err(|error| of_hub(&error))?;
    let Some((visit, _)) = visits.into_iter().next() else { return Ok(String::new()) };
    let voucher = play.hub.get::<Voucher>(voucher_id(visit.id)).map_err(|error| of_hub(&error))?;
    Ok(voucher.map(|(_, voucher)| voucher.state.to_string()).unwrap_or_default())
}

/// One sign-in link per role, good for the demo's data only.
pub fn sign_in_links(play: &Play<'_>, url: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut links = BTreeMap::new();
    for (row, person) in play.hub.all::<Person>().map_err(|error| of_hub(&error))? {
        for role in person.roles {
            if !links.contains_key(role.as_str()) {
                let link = play.hub.sign_in_link(row.id, true).map_err(|error| of_hub(&error))?;
                links.insert(role.to_string(), format!("{url}{}", link.path));
            }
        }
    }
    Ok(links)
}
