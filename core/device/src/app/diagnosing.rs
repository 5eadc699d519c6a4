//! What an engineer says of the job itself: diagnosis, class, helpers, another visit, what the office should change.

use countersign_model::document::VoucherClass;
use countersign_model::entity::{MachineState, Person, Window};
use countersign_model::payload::{ClassSet, JobDiagnose, Payload, RequestMake, VisitPlan, VisitStaff};
use countersign_model::record::kind;
use countersign_model::{Id, RecordRef};
use serde_json::{Value, json};

use super::work::not_found;
use super::{App, AppError};
use crate::store::Rows;

/// What was found; what is `None` stays, an empty text takes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// A code of the list of symptoms.
    pub symptom: Option<String>,
    /// A code of the list of causes.
    pub cause: Option<String>,
    /// A code of the list of remedies.
    pub remedy: Option<String>,
    /// What was found and done, in words.
    pub findings: Option<String>,
    /// What the machine can do now.
    pub machine_state: Option<MachineState>,
}

/// A further visit of a job, planned by an engineer for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnVisit {
    /// The agreed window.
    pub window: Option<Window>,
    /// A session by phone or video.
    pub remote: bool,
    /// Remote visits whose sign-off it collects.
    pub collects: Vec<Id>,
}

impl App {
    /// Records symptom, cause, remedy, findings and the machine's state.
    pub fn diagnose(&self, job: &str, diagnosis: Diagnosis) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::JobDiagnose(JobDiagnose {
            visit: work.visit_id,
            symptom: diagnosis.symptom,
            cause: diagnosis.cause,
            remedy: diagnosis.remedy,
            findings: diagnosis.findings,
            machine_state: diagnosis.machine_state,
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Sets another class than the proposed one, on the voucher or on the open amendment.
    pub fn set_class(&self, job: &str, class: VoucherClass, reason: &str) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::ClassSet(ClassSet { subject: work.subject(), class, reason: reason.to_owned() });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Helpers join or leave, by id or name; the lead says so.
    pub fn change_helpers(&self, job: &str, add: &[String], remove: &[String]) -> Result<(), AppError> {
        let (work, add, remove) = self.read(|rows| {
            let ids = |names: &[String]| names.iter().map(|name| person_named(rows, name)).collect();
            let (add, remove): (Result<Vec<Id>, AppError>, Result<Vec<Id>, AppError>) = (ids(add), ids(remove));
            Ok((self.work(rows, job)?, add?, remove?))
        })?;
        let payload = Payload::VisitStaff(VisitStaff { visit: work.visit_id, add, remove });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Asks the office for another appointment.
    pub fn ask_for_window(&self, job: &str, window: Window, reason: &str) -> Result<Id, AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        self.ask(job, RecordRef::new(kind::VISIT, work.visit_id), json!({ "window": window }), reason)
    }

    /// Asks the office to change a record of the job, its customer, site or machine.
    pub fn ask(&self, job: &str, about: RecordRef, fields: Value, reason: &str) -> Result<Id, AppError> {
        let (id, _) = self.read(|rows| self.job(rows, job))?;
        let request = self.new_id()?;
        let payload = Payload::RequestMake(RequestMake { request, about, fields, reason: reason.to_owned() });
        self.submit_all(&[self.draft(countersign_model::record::Scope::job(id), None, payload)?])?;
        Ok(request)
    }

    /// The job's own record, customer, site or machine, for asking for a change of it.
    pub fn subject_of(&self, job: &str, what: &str) -> Result<RecordRef, AppError> {
        let (id, job) = self.read(|rows| self.job(rows, job))?;
        let found = match what {
            kind::JOB => Some(id),
            kind::CUSTOMER => job.customer,
            kind::SITE => job.site,
            kind::MACHINE => job.machine,
            other => return Err(AppError::Input { why: format!("{other}: use job, customer, site or machine") }),
        };
        found
            .map(|id| RecordRef::new(what, id))
            .ok_or_else(|| AppError::Input { why: format!("the job has no {what}") })
    }

    /// Plans a further visit of this person; the voucher's number comes from this phone's own block.
    pub fn plan_own_visit(&self, job: &str, plan: OwnVisit) -> Result<super::NewJob, AppError> {
        let (job, _) = self.read(|rows| self.job(rows, job))?;
        let lead = self.person()?;
        let visit = self.new_id()?;
        let payload = |number: String| {
            Payload::VisitPlan(VisitPlan {
                visit,
                job,
                lead,
                helpers: Vec::new(),
                window: plan.window,
                number,
                remote: plan.remote,
                collects: plan.collects.clone(),
            })
        };
        let draft = self.draft(countersign_model::record::Scope::job(job), None, payload(String::new()))?;
        let year = self.year();
        let number = self.store().write(|tx| {
            let number = tx.next_number(year)?;
            tx.submit(&crate::store::Draft { payload: payload(number.clone()), ..draft.clone() })?;
            Ok(number)
        })?;
        Ok(super::NewJob { job, visit, number })
    }
}

fn person_named(rows: &Rows<'_>, name: &str) -> Result<Id, AppError> {
    let same = |person: &Person| !person.archived && person.name.trim().to_lowercase() == name.trim().to_lowercase();
    let found = rows.all::<Person>()?.into_iter().find(|(id, person)| id.to_string() == name || same(person));
    found.map(|(id, _)| id).ok_or_else(|| not_found("person", name))
}
