//! Screens: whole snapshots of the core, as they are.

use countersign_device::forms::Why;
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{
    AmendmentProposed, ClassScreen, CodePicker, CostsScreen, DepartureScreen, DocumentScreen, FileQuestions,
    FormScreen, JobChoice, JobFilter, JobForFile, JobListScreen, JobScreen, KnownJobs, KnownMachine, MachineScreen,
    News, OnlyHere, OutboxScreen, OwnScreen, PartFilter, PartsScreen, PeopleScreen, StatusScreen, WaitingRow,
};

use crate::countersign::Countersign;
use crate::errors::AppError;

/// Which jobs can be listed, in the order in which that is offered.
#[uniffi::export]
pub fn job_choices() -> Vec<JobChoice> {
    JobChoice::ALL.to_vec()
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

    /// The machine that is registered under a serial number; `None` where none is.
    pub fn known_machine(&self, serial: &str) -> Result<Option<KnownMachine>, AppError> {
        self.say(self.app.known_machine(serial))
    }

    /// A signed document by its name, whoever signed it.
    pub fn document_of(&self, sealed: Digest) -> Result<DocumentScreen, AppError> {
        self.say(self.app.document_of(sealed))
    }

    /// The form of a job; `None` where it has none.
    pub fn form_screen(&self, job: &str) -> Result<Option<FormScreen>, AppError> {
        self.say(self.app.form_screen(job))
    }

    /// Whether the form asks this question now. An answer that was not saved holds nobody up once nobody asks for it.
    pub fn asks(&self, job: &str, question: &str) -> Result<bool, AppError> {
        self.say(self.app.asks(job, question))
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
        self.say(self.app.only_here())
    }

    /// What is new since it was told last; nothing the first time.
    pub fn news(&self) -> Result<News, AppError> {
        self.say(self.app.news())
    }

    /// A person was told of this: it is no news any more.
    pub fn news_told(&self, known: KnownJobs) -> Result<(), AppError> {
        self.say(self.app.news_told(&known))
    }

    /// What waits to be sent and what needs a person.
    pub fn outbox_screen(&self) -> Result<OutboxScreen, AppError> {
        self.say(self.app.outbox_screen())
    }

    /// Every job that a file which lost its own may be filed with.
    pub fn jobs_for_files(&self) -> Result<Vec<JobForFile>, AppError> {
        self.say(self.app.jobs_for_files())
    }

    /// What a file of a visit answers, and what it may answer.
    pub fn questions_for_file(&self, job: &str, evidence: Id) -> Result<FileQuestions, AppError> {
        self.say(self.app.questions_for_file(job, evidence))
    }

    /// What the last review suggests for an amendment.
    pub fn amendment_proposed(&self, job: &str) -> Result<AmendmentProposed, AppError> {
        self.say(self.app.amendment_proposed(job))
    }

    /// Whose device this is.
    pub fn own_screen(&self) -> Result<OwnScreen, AppError> {
        self.say(self.app.own_screen())
    }

    /// The lists that a diagnosis picks from, with what is kept of each.
    pub fn code_pickers(&self, job: &str) -> Result<Vec<CodePicker>, AppError> {
        self.say(self.app.code_pickers(job))
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
