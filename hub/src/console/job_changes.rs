//! What the office corrects on a job that stands: priority, machine state and fault, the machine of one that was made
//! without, the class and the helpers of a visit.

use countersign_model::Id;
use countersign_model::RecordRef;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Job, JobState, MachineState, Priority, Visit, VisitState};
use countersign_model::payload::{ClassSet, JobChange, JobLinkMachine, Payload, VisitStaff};
use countersign_model::record::{Scope, kind};

use super::board::is_field;
use super::calls::machine_of;
use super::desk::{Desk, Outcome};
use super::fields::Asked;
use super::job_orders::{back, job_of};
use super::trouble::Trouble;
use super::visible::People;
use super::visit::Loaded;
use super::words::{Choice, choices};

/// The form that corrects a job.
pub(crate) struct Change {
    pub priorities: Vec<Choice>,
    pub machine_states: Vec<Choice>,
    pub fault: String,
    /// Whether a machine may be linked: none is, or another was meant.
    pub can_link: bool,
    pub serial: String,
}

/// The form, where the job may be corrected.
pub(crate) fn form(desk: &Desk<'_>, job: &Job) -> Option<Change> {
    let over = matches!(job.state, JobState::Approved | JobState::Cancelled);
    if over || !desk.may("job.change") {
        return None;
    }
    let words = &desk.words;
    Some(Change {
        priorities: choices(words, "priority", Priority::KNOWN.iter().map(Priority::as_str), job.priority.as_str()),
        machine_states: choices(
            words,
            "machine",
            MachineState::KNOWN.iter().map(MachineState::as_str),
            job.machine_state.as_str(),
        ),
        fault: job.fault.clone(),
        can_link: job.machine.is_none() && desk.may("job.link_machine"),
        serial: job.serial.clone(),
    })
}

/// The form that changes class and helpers of a visit.
pub(crate) struct VisitChange {
    pub classes: Vec<Choice>,
    pub helpers: Vec<Choice>,
}

/// The form, where nothing of the visit is signed yet.
pub(crate) fn visit_form(desk: &Desk<'_>, people: &People, loaded: &Loaded) -> Option<VisitChange> {
    let open = matches!(loaded.visit.state, VisitState::Planned | VisitState::Travelling | VisitState::OnSite);
    let voucher = loaded.voucher.as_ref().filter(|voucher| open && voucher.leaves.is_empty())?;
    let words = &desk.words;
    let classes = match desk.may("class.set") {
        true => choices(words, "class", VoucherClass::KNOWN.iter().map(VoucherClass::as_str), voucher.class.as_str()),
        false => Vec::new(),
    };
    let others = people.with(is_field).into_iter().filter(|(id, _)| *id != loaded.visit.lead);
    let helper = |(id, person): (Id, &countersign_model::entity::Person)| Choice {
        value: id.to_string(),
        label: person.name.clone(),
        chosen: loaded.visit.helpers.contains(&id),
    };
    let helpers = if desk.may("visit.appoint") { others.map(helper).collect() } else { Vec::new() };
    (!classes.is_empty() || !helpers.is_empty()).then_some(VisitChange { classes, helpers })
}

/// `POST /jobs/{id}/change`
pub(crate) fn change(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (id, job) = job_of(desk, asked)?;
    let form = &asked.form;
    let priority = Priority::from_word(form.get("priority"));
    let state = MachineState::from_word(form.get("machine_state"));
    let fault = form.get("fault").to_owned();
    // Only what differs is ordered, so that two people who correct different things do not undo each other.
    let payload = JobChange {
        job: id,
        priority: Some(priority).filter(|priority| *priority != job.priority),
        machine_state: Some(state).filter(|state| *state != job.machine_state),
        fault: Some(fault).filter(|fault| *fault != job.fault),
    };
    let result = desk.order(Payload::JobChange(payload), Scope::job(id));
    back(desk, asked, id, result, "changed")
}

/// `POST /jobs/{id}/link-machine`
pub(crate) fn link(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (id, _) = job_of(desk, asked)?;
    let link = || -> Result<(), Trouble> {
        let found = desk.read(|read| machine_of(read, asked.form.get("serial")))?;
        let missing = || Trouble::Refused(Refusal::new(RefusalCode::Missing).with("field", "machine"));
        let (machine, _) = found.ok_or_else(missing)?;
        desk.order(Payload::JobLinkMachine(JobLinkMachine { job: id, machine }), Scope::job(id))
    };
    back(desk, asked, id, link(), "changed")
}

/// The visit that a form names, if it is one of this job.
fn visit_of(desk: &Desk<'_>, asked: &Asked, job: Id) -> Result<(Id, Visit), Trouble> {
    let id = asked.form.made_id("visit")?;
    let found = desk.read(|read| Ok(read.get::<Visit>(id)?))?;
    found.map(|(_, visit)| (id, visit)).filter(|(_, visit)| visit.job == job).ok_or(Trouble::NotFound)
}

/// `POST /jobs/{id}/class`
pub(crate) fn class(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (id, _) = job_of(desk, asked)?;
    let set = || -> Result<(), Trouble> {
        let (visit, _) = visit_of(desk, asked, id)?;
        let payload = ClassSet {
            subject: RecordRef::new(kind::VISIT, visit),
            class: VoucherClass::from_word(asked.form.get("class")),
            reason: asked.form.get("reason").to_owned(),
        };
        desk.order(Payload::ClassSet(payload), Scope::job(id))
    };
    back(desk, asked, id, set(), "changed")
}

/// `POST /jobs/{id}/staff`
pub(crate) fn staff(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (id, _) = job_of(desk, asked)?;
    let change = || -> Result<(), Trouble> {
        let (visit_id, visit) = visit_of(desk, asked, id)?;
        let wanted: Vec<Id> = asked.form.all("helper").filter_map(|text| text.parse().ok()).collect();
        let add = wanted.iter().copied().filter(|id| !visit.has(*id)).collect();
        let remove = visit.helpers.iter().copied().filter(|id| !wanted.contains(id)).collect();
        desk.order(Payload::VisitStaff(VisitStaff { visit: visit_id, add, remove }), Scope::job(id))
    };
    back(desk, asked, id, change(), "changed")
}
