//! The list of jobs and what is checked before departure. Mirrors of the core's records: a field that is missing here does not compile.

use countersign_device::model::Id;
use countersign_device::model::departure::What;
use countersign_device::model::entity::{JobState, MachineState, Priority, Window};
use countersign_device::screens::{
    DepartureItem, DepartureScreen, JobChoice, JobFilter, JobForFile, JobListScreen, JobPlace, JobRow, KnownJobs, News,
    NewsItem, NewsKind,
};

/// The job list.
#[uniffi::remote(Record)]
pub struct JobListScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The jobs.
    pub rows: Vec<JobRow>,
    /// Whether there are more after the last one.
    pub more: bool,
}

/// What is listed.
#[uniffi::remote(Record)]
pub struct JobFilter {
    /// Which jobs.
    pub choice: JobChoice,
    /// Words that must all occur; empty for everything.
    pub search: String,
    /// Leaves closed jobs out.
    pub open_only: bool,
    /// Where to go on: the last row's place.
    pub after: Option<JobPlace>,
    /// Most rows; 0 for 50.
    pub limit: u32,
}

/// Which jobs are listed.
#[uniffi::remote(Enum)]
pub enum JobChoice {
    /// Every job in which this person has or had a visit, open ones first.
    Own,
    /// Of these, the open ones whose appointment is today or was before, and those under way.
    Today,
    /// Of these, the open ones.
    Open,
    /// The open ones that this person leads.
    Mine,
    /// Those that came back from review with remarks.
    Returned,
    /// Everything on this device, with the earlier jobs of the machines.
    All,
}

/// A row's place in the list.
#[uniffi::remote(Record)]
pub struct JobPlace {
    /// 1 for open jobs, which come first.
    pub open: i64,
    /// Appointment, milliseconds.
    pub at: i64,
    /// The job.
    pub job: Id,
}

/// One job.
#[uniffi::remote(Record)]
pub struct JobRow {
    /// The job.
    pub job: Id,
    /// Its number; empty until the hub allots one.
    pub number: String,
    /// The voucher's number of the present visit.
    pub voucher: String,
    /// Where it stands.
    pub state: JobState,
    /// Whose machine.
    pub customer: String,
    /// Where.
    pub site: String,
    /// Serial of the machine.
    pub machine: String,
    /// The fault.
    pub fault: String,
    /// How urgent.
    pub priority: Priority,
    /// What the machine can still do.
    pub machine_state: MachineState,
    /// The appointment.
    pub window: Option<Window>,
    /// The heading under which it stands, in the reader's language. Rows under one heading follow one another.
    pub heading: String,
    /// What people call it: the number of its voucher, else its own, else the machine's serial, else the customer.
    pub title: String,
    /// Whether the machine is down, which is pointed out.
    pub down: bool,
    /// Whether something that the visit needs is not on this device.
    pub lacking: bool,
    /// From which colleague this device took the work over; empty for its own.
    pub carried_from: String,
    /// Files that are still only on this device.
    pub unconfirmed_files: u64,
    /// Their length together.
    pub unconfirmed_bytes: u64,
    /// Entries that are still only on this device.
    pub unsent_entries: u64,
    /// Whether this person has or had a visit; false for an earlier job of a machine, which is here to be read.
    pub own: bool,
    /// The light of the departure check.
    pub ready: bool,
    /// Where the row stands.
    pub place: JobPlace,
}

/// What was known when it was looked last for news.
#[uniffi::remote(Record)]
pub struct KnownJobs {
    /// Jobs that were ever seen open.
    pub open: Vec<Id>,
    /// Those that were returned.
    pub returned: Vec<Id>,
    /// Whether the device had synced.
    pub synced: bool,
}

/// What is new, and what is known from now on.
#[uniffi::remote(Record)]
pub struct News {
    /// What there is to tell.
    pub items: Vec<NewsItem>,
    /// What is told with it.
    pub known: KnownJobs,
    /// Nothing was ever told here: what is here is the beginning, and no news.
    pub first: bool,
}

/// One thing to tell.
#[uniffi::remote(Record)]
pub struct NewsItem {
    /// What.
    pub kind: NewsKind,
    /// Of which job.
    pub job: Id,
    /// What people call it.
    pub title: String,
}

/// What there is to tell.
#[uniffi::remote(Enum)]
pub enum NewsKind {
    /// A job that was not here before.
    NewJob,
    /// A voucher came back from review.
    Returned,
}

/// The departure check of a job.
#[uniffi::remote(Record)]
pub struct DepartureScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The job.
    pub job: Id,
    /// The light: green if everything is on this device.
    pub ready: bool,
    /// The same as a sentence, in the person's language.
    pub sentence: String,
    /// Line by line.
    pub items: Vec<DepartureItem>,
    /// Whether a sync may bring something that is missing.
    pub sync_helps: bool,
}

/// One line of the check.
#[uniffi::remote(Record)]
pub struct DepartureItem {
    /// What is checked.
    pub what: What,
    /// Whether it is here.
    pub here: bool,
    /// What is missing, where it has names: part codes.
    pub missing: Vec<String>,
    /// What it is, or what is missing and what to do, in the person's language.
    pub text: String,
}

/// What is checked.
#[uniffi::remote(Enum)]
pub enum What {
    /// The job with its visits.
    Job,
    /// The form.
    Form,
    /// Customer and site.
    Customer,
    /// The machine.
    Machine,
    /// Its earlier visits.
    History,
    /// The documents signed on them.
    Documents,
    /// The parts list.
    Parts,
    /// Somebody to call.
    Contact,
    /// Wear parts in the own depot.
    Stock,
}

/// A job that a file may be filed with.
#[uniffi::remote(Record)]
pub struct JobForFile {
    /// The job.
    pub job: Id,
    /// What people call it, and its customer.
    pub name: String,
    /// Its fault.
    pub fault: String,
}
