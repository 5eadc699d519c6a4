//! What an engineer says of the job itself: diagnosis, class, helpers.

use countersign_model::Id;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{MachineState, Person};
use countersign_model::payload::{ClassSet, JobDiagnose, Payload, VisitStaff};

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

impl Diagnosis {
    /// What was changed of what had been seen: a colleague's word that nobody touched stays as it is by then.
    pub fn changed_from(self, seen: &Diagnosis) -> Diagnosis {
        fn changed<T: PartialEq>(typed: Option<T>, seen: &Option<T>) -> Option<T> {
            typed.filter(|typed| seen.as_ref() != Some(typed))
        }
        Diagnosis {
            symptom: changed(self.symptom, &seen.symptom),
            cause: changed(self.cause, &seen.cause),
            remedy: changed(self.remedy, &seen.remedy),
            findings: changed(self.findings, &seen.findings),
            machine_state: changed(self.machine_state, &seen.machine_state),
        }
    }
}

impl App {
    /// Records symptom, cause, remedy, findings and the machine's state; nothing where nothing is said.
    pub fn diagnose(&self, job: &str, diagnosis: Diagnosis) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        if diagnosis == Diagnosis::default() {
            return Ok(());
        }
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
}

fn person_named(rows: &Rows<'_>, name: &str) -> Result<Id, AppError> {
    let same = |person: &Person| !person.archived && person.name.trim().to_lowercase() == name.trim().to_lowercase();
    let found = rows.all::<Person>()?.into_iter().find(|(id, person)| id.to_string() == name || same(person));
    found.map(|(id, _)| id).ok_or_else(|| not_found("person", name))
}
