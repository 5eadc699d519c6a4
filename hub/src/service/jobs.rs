//! Calls, jobs and visits as the office orders them.

use countersign_model::decide::job_lane;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{
    Call, FormVersion, Machine, MachineModel, MachineState, Priority, Visit, Voucher, Window, voucher_id,
};
use countersign_model::payload::{CallRegister, JobCancel, JobCreate, Payload, VisitPlan, VisitReassign};
use countersign_model::record::Scope;
use countersign_model::{Digest, Id};

use super::Actor;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;

/// A job that is to be made.
#[derive(Clone, Debug, Default)]
pub struct NewJob {
    /// The call that it comes from.
    pub call: Option<Id>,
    /// Whose machine; taken from the machine where empty.
    pub customer: Option<Id>,
    /// Which machine.
    pub machine: Option<Id>,
    /// Serial as typed, for a machine that is not registered.
    pub serial: String,
    /// The fault.
    pub fault: String,
    /// How urgent; normal where empty.
    pub priority: Option<Priority>,
    /// What the machine can still do; limited where empty.
    pub machine_state: Option<MachineState>,
    /// How it will be paid; proposed from warranty and contract where empty.
    pub class: Option<VoucherClass>,
}

/// A job and its first visit in one order.
#[derive(Clone, Debug)]
pub struct JobOrder {
    /// The job.
    pub job: NewJob,
    /// Who leads the visit.
    pub lead: Id,
    /// Who helps.
    pub helpers: Vec<Id>,
    /// The agreed window.
    pub window: Option<Window>,
}

/// A planned visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The job.
    pub job: Id,
    /// The visit.
    pub visit: Id,
    /// The voucher's printed number.
    pub number: String,
}

impl Hub {
    /// A customer's request enters the call register.
    pub fn register_call(&self, actor: &Actor, body: Call) -> Outcome<Id> {
        let call = self.new_id()?;
        let payload = Payload::CallRegister(CallRegister { call, body });
        self.order(actor, &payload, Scope::call(call))?;
        Ok(call)
    }

    /// Makes a job. Class and form are proposed from the machine.
    pub fn create_job(&self, actor: &Actor, new: &NewJob) -> Outcome<Id> {
        let job = self.new_id()?;
        let machine = new.machine.map(|id| self.get::<Machine>(id)).transpose()?.flatten().map(|(_, body)| body);
        let class = new.class.clone().unwrap_or_else(|| self.class_for(machine.as_ref()));
        let payload = Payload::JobCreate(JobCreate {
            job,
            call: new.call,
            customer: new.customer,
            site: None,
            machine: new.machine,
            serial: new.serial.clone(),
            fault: new.fault.clone(),
            priority: new.priority.clone().unwrap_or(Priority::Normal),
            machine_state: new.machine_state.clone().unwrap_or(MachineState::Limited),
            class,
            form: self.form_for(machine.as_ref())?,
            ..JobCreate::default()
        });
        self.order(actor, &payload, job_lane(job))?;
        Ok(job)
    }

    /// The form of a new job on a machine, by the rule of [`FormVersion::for_job`].
    pub(crate) fn form_for(&self, machine: Option<&Machine>) -> Outcome<Option<Digest>> {
        let model = machine.map(|machine| self.get::<MachineModel>(machine.model)).transpose()?.flatten();
        let forms: Vec<_> = self.all::<FormVersion>()?.into_iter().map(|(row, form)| (row.id, form)).collect();
        Ok(FormVersion::for_job(model.and_then(|(_, model)| model.form), &forms))
    }

    /// The class that warranty and contract of a machine propose today.
    pub(crate) fn class_for(&self, machine: Option<&Machine>) -> VoucherClass {
        machine.map_or(VoucherClass::Paid, |machine| machine.proposed_class(&self.today()))
    }

    /// Today in UTC, `YYYY-MM-DD`.
    fn today(&self) -> String {
        chrono::DateTime::from_timestamp_millis(self.now())
            .map(|time| time.format("%Y-%m-%d").to_string())
            .unwrap_or_default()
    }

    /// Plans a visit; its voucher gets its number.
    pub fn plan_visit(
        &self,
        actor: &Actor,
        job: Id,
        lead: Id,
        helpers: &[Id],
        window: Option<Window>,
    ) -> Outcome<Planned> {
        let visit = self.new_id()?;
        let payload = Payload::VisitPlan(VisitPlan {
            visit,
            job,
            lead,
            helpers: helpers.to_vec(),
            window,
            number: String::new(),
            ..VisitPlan::default()
        });
        self.order(actor, &payload, job_lane(job))?;
        self.planned(job, visit)
    }

    fn planned(&self, job: Id, visit: Id) -> Outcome<Planned> {
        let voucher = self.get::<Voucher>(voucher_id(visit))?;
        Ok(Planned { job, visit, number: voucher.map(|(_, voucher)| voucher.number).unwrap_or_default() })
    }

    /// Makes a job and plans its first visit.
    pub fn job(&self, actor: &Actor, order: &JobOrder) -> Outcome<Planned> {
        let job = self.create_job(actor, &order.job)?;
        self.plan_visit(actor, job, order.lead, &order.helpers, order.window)
    }

    /// Gives a visit to somebody else: a new visit with a new number replaces it.
    pub fn reassign_visit(&self, actor: &Actor, visit: Id, lead: Id) -> Outcome<Planned> {
        let missing = || HubError::NotFound { what: "visit", name: visit.to_string() };
        let (_, body) = self.get::<Visit>(visit)?.ok_or_else(missing)?;
        let new_visit = self.new_id()?;
        let heard = self.last_heard_of(body.lead)?;
        let payload = Payload::VisitReassign(VisitReassign { visit, new_visit, lead, heard });
        self.order(actor, &payload, job_lane(body.job))?;
        self.planned(body.job, new_visit)
    }

    /// Cancels a job.
    pub fn cancel_job(&self, actor: &Actor, job: Id, reason: &str) -> Outcome {
        let payload = Payload::JobCancel(JobCancel { job, reason: reason.to_owned() });
        self.order(actor, &payload, job_lane(job)).map(|_| ())
    }
}
