//! Screens: whole snapshots of the core, as they are.

use countersign_device::forms::Why;
use countersign_device::model::Id;
use countersign_device::screens::{
    ClassScreen, CodeChoice, CostsScreen, DepartureScreen, FormScreen, JobFilter, JobListScreen, JobScreen,
    MachineScreen, OutboxScreen, OwnScreen, PartFilter, PartsScreen, PeopleScreen, StatusScreen, WaitingRow,
};
use countersign_device::store::MediaClass;

use crate::countersign::Countersign;
use crate::errors::AppError;

/// Files that are only on this device, of one class.
#[derive(Clone, Debug, uniffi::Record)]
pub struct OnlyHere {
    /// The class, as the texts word it by `laptop-media`.
    pub class: String,
    /// How many.
    pub files: u64,
    /// Their length together.
    pub bytes: u64,
}

#[uniffi::export]
impl Countersign {
    /// A page of the list of jobs.
    pub fn job_list(&self, filter: JobFilter) -> Result<JobListScreen, AppError> {
        self.say(self.app.job_list(&filter))
    }

    /// One job with this person's visit.
    pub fn job_screen(&self, job: &str) -> Result<JobScreen, AppError> {
        self.say(self.app.job_screen(job))
    }

    /// What is checked before departure.
    pub fn departure_screen(&self, job: &str) -> Result<DepartureScreen, AppError> {
        self.say(self.app.departure_screen(job))
    }

    /// A machine, by its id or serial number, with its earlier visits.
    pub fn machine_screen(&self, name: &str) -> Result<MachineScreen, AppError> {
        self.say(self.app.machine_screen(name))
    }

    /// The form of a job; `None` where it has none.
    pub fn form_screen(&self, job: &str) -> Result<Option<FormScreen>, AppError> {
        self.say(self.app.form_screen(job))
    }

    /// Why a question is hidden, required, read-only or does not fit.
    pub fn why(&self, job: &str, question: &str) -> Result<Option<Why>, AppError> {
        self.say(self.app.why(job, question))
    }

    /// Parts of the catalogue and what was booked.
    pub fn parts_screen(&self, job: &str, filter: PartFilter) -> Result<PartsScreen, AppError> {
        self.say(self.app.parts_screen(job, &filter))
    }

    /// Times, charges and cash of a visit.
    pub fn costs_screen(&self, job: &str) -> Result<CostsScreen, AppError> {
        self.say(self.app.costs_screen(job))
    }

    /// The class of a visit's voucher and what each class means.
    pub fn class_screen(&self, job: &str) -> Result<ClassScreen, AppError> {
        self.say(self.app.class_screen(job))
    }

    /// Who is on a visit and who could be.
    pub fn people_screen(&self, job: &str) -> Result<PeopleScreen, AppError> {
        self.say(self.app.people_screen(job))
    }

    /// What is safe and what is only here.
    pub fn status_screen(&self) -> Result<StatusScreen, AppError> {
        self.say(self.app.status_screen())
    }

    /// What is only here, by the class of files.
    pub fn only_here(&self) -> Result<Vec<OnlyHere>, AppError> {
        let files = self.say(self.app.store().media_to_send(usize::MAX).map_err(Into::into))?;
        let mut found: Vec<(MediaClass, OnlyHere)> = Vec::new();
        for file in files {
            let class = match found.iter_mut().find(|(class, _)| *class == file.class) {
                Some((_, class)) => class,
                None => {
                    let name = serde_json::to_value(file.class).ok();
                    let class = name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
                    found.push((file.class, OnlyHere { class, files: 0, bytes: 0 }));
                    let Some((_, class)) = found.last_mut() else { continue };
                    class
                }
            };
            class.files += 1;
            class.bytes += file.bytes;
        }
        Ok(found.into_iter().map(|(_, class)| class).collect())
    }

    /// What waits to be sent and what needs a person.
    pub fn outbox_screen(&self) -> Result<OutboxScreen, AppError> {
        self.say(self.app.outbox_screen())
    }

    /// Whose device this is.
    pub fn own_screen(&self) -> Result<OwnScreen, AppError> {
        self.say(self.app.own_screen())
    }

    /// The codes of a list such as `symptom`.
    pub fn code_choices(&self, list: &str) -> Result<Vec<CodeChoice>, AppError> {
        self.say(self.app.code_choices(list))
    }

    /// Remote visits of the job's customer whose sign-off can be collected.
    pub fn remote_visits(&self, job: &str) -> Result<Vec<WaitingRow>, AppError> {
        self.say(self.app.remote_visits(job))
    }

    /// The id of a job by its id or number, for links.
    pub fn find_job(&self, name: &str) -> Result<Id, AppError> {
        self.say(self.app.find_job(name))
    }
}
