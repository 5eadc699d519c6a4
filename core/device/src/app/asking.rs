//! What an engineer asks of the office: another window, more parts, a colleague, an answer, a record put right. The office
//! decides; the request and its answer travel with the job.

use countersign_model::entity::{Window, Wish};
use countersign_model::payload::{Payload, RequestMake};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};
use serde_json::{Value, json};

use super::{App, AppError};

impl App {
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
        self.submit_all(&[self.draft(Scope::job(id), None, payload)?])?;
        Ok(request)
    }

    /// Asks for something that is no change of one record: parts, a colleague, an answer.
    pub fn ask_for(&self, job: &str, wish: &Wish, words: &str) -> Result<Id, AppError> {
        let about = self.subject_of(job, kind::JOB)?;
        self.ask(job, about, wish.fields(), words)
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
}
