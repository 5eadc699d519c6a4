//! What an engineer asks of the office: another window, more parts, a colleague, an answer, a record put right. The office
//! decides; the request and its answer travel with the job.

use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::entity::{Window, Wish};
use countersign_model::payload::{Payload, RequestMake};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};
use countersign_texts::{Zone, typed_window};
use serde_json::{Map, Value, json};

use super::{App, AppError};
use crate::screens::{FIELDS_TO_PUT_RIGHT, choices};

/// What a person wants of the office, as they typed it; what does not belong to the wish is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is asked: a word of the choices `wish`.
    pub what: String,
    /// Where the wished appointment begins, as a field for a date and time has it.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// Which field of which record is wrong, by its key such as `machine.place`.
    pub field: String,
    /// How it should be.
    pub value: String,
    /// In the person's words.
    pub reason: String,
}

/// The wish for another appointment, and that for a record to be put right: both ask for other fields of a record.
pub(crate) const WINDOW: &str = "window";
pub(crate) const CHANGE: &str = "change";

/// A wish that lacks nothing.
enum Wished {
    Window(Window),
    Change { about: &'static str, field: &'static str },
    Other(Wish),
}

impl Wanted {
    /// What the wish still lacks, or what does not fit, with the times of the zone.
    pub fn check(&self, zone: &Zone) -> Result<(), Refusal> {
        self.wished(zone).map(|_| ())
    }

    fn wished(&self, zone: &Zone) -> Result<Wished, Refusal> {
        let missing = |field: &str| Refusal::new(RefusalCode::Missing).with("field", field);
        if !choices("wish").contains(&self.what.as_str()) {
            return Err(missing("fields"));
        }
        let wished = match self.what.as_str() {
            WINDOW => Wished::Window(typed_window(&self.from, &self.to, zone)?.ok_or_else(|| missing("window"))?),
            CHANGE => {
                let wrong = FIELDS_TO_PUT_RIGHT.iter().find(|(about, name)| self.field == key_of(about, name));
                let (about, field) =
                    wrong.filter(|_| !self.value.trim().is_empty()).ok_or_else(|| missing("fields"))?;
                Wished::Change { about, field }
            }
            other => Wished::Other(Wish::from_word(other)),
        };
        match self.reason.trim().is_empty() {
            true => Err(missing("reason")),
            false => Ok(wished),
        }
    }
}

/// The key of a field that can be put right.
pub(crate) fn key_of(about: &str, field: &str) -> String {
    format!("{about}.{field}")
}

impl App {
    /// Asks the office for what a person typed; a wish that lacks something is refused with what it lacks.
    pub fn ask_wanted(&self, job: &str, wanted: &Wanted) -> Result<Id, AppError> {
        let reason = wanted.reason.trim();
        match wanted.wished(&self.read(|rows| self.zone(rows))?)? {
            Wished::Window(window) => self.ask_for_window(job, window, reason),
            Wished::Change { about, field } => {
                let fields = Map::from_iter([(field.to_owned(), Value::from(wanted.value.trim()))]);
                self.ask(job, self.subject_of(job, about)?, Value::Object(fields), reason)
            }
            Wished::Other(wish) => self.ask_for(job, &wish, reason),
        }
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
