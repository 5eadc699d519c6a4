//! One job with its visits. Mirrors of the core's records: a field that is missing here does not compile.

use std::path::PathBuf;

use countersign_device::model::document::{CodeShown, Outcome, Payer, Stage, VoucherClass};
use countersign_device::model::entity::{
    JobState, MachineState, Priority, RequestState, VisitState, VoucherState, Window,
};
use countersign_device::model::time::TimeRecord;
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{
    ClassMeaning, ClassScreen, CodeChoice, CollectRow, ContactRow, CustomerShown, DocumentRow, EvidenceRow, HeldBefore,
    JobFacts, JobScreen, MachineShown, MeterRow, PartRow, PeopleScreen, PersonRow, RemarkRow, RequestRow, SiteShown,
    StageRow, Step, StepName, StepState, TimeRow, VisitRow, WaitingRow,
};

/// One job.
#[uniffi::remote(Record)]
pub struct JobScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The job.
    pub job: Id,
    /// The name under which this very visit is asked for again: the job's id, or the visit's where another visit is the
    /// usual one.
    pub name: String,
    /// What people call it: the number of the present visit's voucher, else its own, else the machine's serial.
    pub title: String,
    /// The present visit.
    pub visit: Id,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: JobState,
    /// The fault.
    pub fault: String,
    /// The customer; empty texts where the job names none.
    pub customer: CustomerShown,
    /// Where; empty texts where the job names no site.
    pub site: SiteShown,
    /// People at the customer, by name.
    pub contacts: Vec<ContactRow>,
    /// The light of the departure check; its lines are on the departure screen.
    pub ready: bool,
    /// Earlier visits of the machine on this device; they are on the machine screen.
    pub earlier_visits: u32,
    /// The machine.
    pub machine: MachineShown,
    /// Urgency, class, helpers, diagnosis and what else is to be known.
    pub facts: JobFacts,
    /// Its visits, oldest first.
    pub visits: Vec<VisitRow>,
    /// Steps of the present visit.
    pub steps: Vec<Step>,
    /// Evidence of the present visit.
    pub evidence: Vec<EvidenceRow>,
    /// The same by stage.
    pub stages: Vec<StageRow>,
    /// The stage of what is photographed next, unless a person says otherwise.
    pub next_stage: Stage,
    /// Parts of the present visit.
    pub parts: Vec<PartRow>,
    /// Times of the present visit.
    pub times: Vec<TimeRow>,
    /// Signed documents of the present visit.
    pub documents: Vec<DocumentRow>,
    /// What the last review wants, while the voucher is returned.
    pub remarks: Vec<RemarkRow>,
    /// Signed, and no draft of an amendment is open: nothing of the visit can be changed now.
    pub locked: bool,
    /// Number of the amendment whose draft is open.
    pub draft: Option<String>,
    /// From which colleague this device took the work over; empty for its own.
    pub carried_from: String,
}

/// The facts of a job and of the present visit.
#[uniffi::remote(Record)]
pub struct JobFacts {
    /// How urgent.
    pub priority: Priority,
    /// What the machine can still do.
    pub machine_state: MachineState,
    /// How the voucher is paid.
    pub class: VoucherClass,
    /// Why, where it is not the proposed one.
    pub class_reason: String,
    /// The class that warranty and contract propose today.
    pub proposed_class: Option<VoucherClass>,
    /// The agreed window.
    pub window: Option<Window>,
    /// Who leads.
    pub lead: PersonRow,
    /// Who helps.
    pub helpers: Vec<PersonRow>,
    /// A session by phone or video.
    pub remote: bool,
    /// Why they left; empty while there.
    pub leave_reason: String,
    /// Symptom, cause and remedy with their names.
    pub diagnosis: Vec<CodeShown>,
    /// What was found and done, in words.
    pub findings: String,
    /// The machine's last reading before this visit's own; empty where unknown.
    pub meter_before: String,
    /// Readings of this visit.
    pub meters: Vec<MeterRow>,
    /// Whether the machine still has to be registered at the office.
    pub unregistered: bool,
    /// Remote visits whose sign-off this visit collects.
    pub collects: Vec<CollectRow>,
    /// Remote visits of this customer that wait for somebody to collect their sign-off.
    pub waiting: Vec<WaitingRow>,
    /// Who held the visit before it was given to this person.
    pub held_before: Option<HeldBefore>,
    /// What was asked of the office.
    pub requests: Vec<RequestRow>,
}

/// Whose machine it is.
#[uniffi::remote(Record)]
pub struct CustomerShown {
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub address: String,
    /// Phone; may be empty.
    pub phone: String,
}

/// Where a machine stands.
#[uniffi::remote(Record)]
pub struct SiteShown {
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub address: String,
}

/// Somebody at the customer.
#[uniffi::remote(Record)]
pub struct ContactRow {
    /// The contact.
    pub contact: Id,
    /// Name.
    pub name: String,
    /// What they do there; may be empty.
    pub position: String,
    /// Phone; may be empty.
    pub phone: String,
    /// Mail address; may be empty.
    pub email: String,
}

/// A person on a visit.
#[uniffi::remote(Record)]
pub struct PersonRow {
    /// The person.
    pub person: Id,
    /// Their name.
    pub name: String,
}

/// A code of the diagnosis with its name, as printed.
#[uniffi::remote(Record)]
pub struct CodeShown {
    /// Which list: `symptom`, `cause` or `remedy`.
    pub list: String,
    /// The code.
    pub code: String,
    /// Its name in the signer's language; empty where the list has no such code.
    pub name: String,
}

/// A reading of the machine's meter on this visit.
#[uniffi::remote(Record)]
pub struct MeterRow {
    /// Exact decimal.
    pub value: String,
    /// Lower than the one before: kept and not taken over.
    pub backward: bool,
}

/// A remote visit whose sign-off the present visit collects.
#[uniffi::remote(Record)]
pub struct CollectRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number: preview and sign by it.
    pub number: String,
    /// Whether it is signed.
    pub signed: bool,
}

/// A remote visit at this customer whose sign-off nobody has collected.
#[uniffi::remote(Record)]
pub struct WaitingRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number.
    pub number: String,
    /// The fault of its job.
    pub fault: String,
    /// Who led it.
    pub lead: String,
}

/// Who held a visit before it was given to this person.
#[uniffi::remote(Record)]
pub struct HeldBefore {
    /// Their name.
    pub name: String,
    /// When a device of theirs was last heard of as the visit was given away, hub time; `None` where none ever was.
    pub heard: Option<i64>,
}

/// Something that this job's people asked the office to change.
#[uniffi::remote(Record)]
pub struct RequestRow {
    /// The request.
    pub request: Id,
    /// About which kind of record.
    pub about: String,
    /// What is asked: `window`, `parts`, `colleague`, `question` or `change`.
    pub what: String,
    /// The window that is asked for.
    pub window: Option<Window>,
    /// When it was asked.
    pub time: TimeRecord,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RequestState,
    /// What the office answered.
    pub answer: String,
}

/// One visit.
#[uniffi::remote(Record)]
pub struct VisitRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number.
    pub number: String,
    /// Who leads.
    pub lead: String,
    /// Where it stands.
    pub state: VisitState,
    /// A session by phone or video.
    pub remote: bool,
    /// The agreed window.
    pub window: Option<Window>,
    /// Why they left; empty while there.
    pub leave_reason: String,
    /// Where its voucher stands.
    pub voucher: Option<VoucherState>,
    /// Whether this person works on it: they are on it, or collect its sign-off.
    pub own: bool,
}

/// A step of the visit; any order stays possible.
#[uniffi::remote(Record)]
pub struct Step {
    /// Which one.
    pub step: StepName,
    /// Whether it is done.
    pub state: StepState,
}

/// The steps of a visit.
#[uniffi::remote(Enum)]
pub enum StepName {
    /// Setting off.
    Travel,
    /// Arriving; of a remote visit, beginning.
    Arrive,
    /// Photos of the machine as found.
    AsFound,
    /// The form.
    Form,
    /// Photos of the machine as left.
    AsLeft,
    /// An amendment of what was returned.
    Amend,
    /// The sign-off.
    Sign,
    /// Handing in for review.
    Submit,
    /// Leaving; of a remote visit, ending.
    Leave,
}

/// Whether a step of the visit is done.
#[uniffi::remote(Enum)]
pub enum StepState {
    /// Done.
    Done,
    /// The next one to do.
    Next,
    /// Still to come.
    Open,
}

/// A machine in one line.
#[uniffi::remote(Record)]
pub struct MachineShown {
    /// The model in the reader's language; empty where the machine is not registered.
    pub model: String,
    /// Serial number.
    pub serial: String,
    /// The place on the site; may be empty.
    pub place: String,
}

/// A part used.
#[uniffi::remote(Record)]
pub struct PartRow {
    /// The movement.
    pub part_use: Id,
    /// Part code.
    pub code: String,
    /// Exact decimal; negative takes back.
    pub quantity: String,
    /// Booked after the signature by another device.
    pub late: bool,
}

/// Time spent.
#[uniffi::remote(Record)]
pub struct TimeRow {
    /// Whose.
    pub person: String,
    /// On what.
    pub kind: String,
    /// Minutes.
    pub minutes: i64,
}

/// A signed document.
#[uniffi::remote(Record)]
pub struct DocumentRow {
    /// Its name.
    pub sealed: Digest,
    /// Printed number.
    pub number: String,
    /// `voucher` or `amendment`.
    pub kind: String,
    /// What the customer said.
    pub outcome: Option<Outcome>,
    /// `voucher.pdf` on this device; `None` while it is "unsigned by device", and for another's document.
    pub pdf: Option<PathBuf>,
    /// Whether something amends it.
    pub amended: bool,
}

/// What a review wants.
#[uniffi::remote(Record)]
pub struct RemarkRow {
    /// The question's instance; empty for the whole voucher.
    pub question: String,
    /// The question's text.
    pub label: String,
    /// What the reviewer wants: a standard remark in this person's language, then the reviewer's own words.
    pub text: String,
    /// Who.
    pub reviewer: String,
}

/// The agreed window of an appointment, milliseconds since 1970.
#[uniffi::remote(Record)]
pub struct Window {
    /// Not before.
    pub from: i64,
    /// Not after.
    pub to: i64,
}

/// A time as recorded by whoever acted. All times are milliseconds.
#[uniffi::remote(Record)]
pub struct TimeRecord {
    /// The wall clock of the recorder, since 1970 UTC.
    pub wall: i64,
    /// The recorder's offset from UTC in minutes, east positive.
    pub offset_minutes: i32,
    /// Which boot of the recorder's system `monotonic` counts from; empty where unknown.
    pub boot: String,
    /// Time since that boot.
    pub monotonic: i64,
    /// Hub time minus wall clock, as last measured by the recorder.
    pub hub_offset: Option<i64>,
    /// Half the width of the interval in which the true offset lies.
    pub hub_uncertainty: Option<i64>,
}

/// The people of a visit.
#[uniffi::remote(Record)]
pub struct PeopleScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Who leads.
    pub lead: PersonRow,
    /// Who helps.
    pub helpers: Vec<PersonRow>,
    /// Who else of the company goes on visits, by name.
    pub others: Vec<PersonRow>,
    /// Whether this person says who helps: they lead, and the visit still stands.
    pub may_change: bool,
}

/// One choice of a code list.
#[uniffi::remote(Record)]
pub struct CodeChoice {
    /// The code.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
}

/// The class of a visit's voucher, or of the open amendment.
#[uniffi::remote(Record)]
pub struct ClassScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// How it is paid now.
    pub class: VoucherClass,
    /// Why, where it is not the proposed one.
    pub reason: String,
    /// What warranty and contract of the machine propose today.
    pub proposed: Option<VoucherClass>,
    /// The classes and what each means.
    pub choices: Vec<ClassMeaning>,
}

/// What a class means.
#[uniffi::remote(Record)]
pub struct ClassMeaning {
    /// The class.
    pub class: VoucherClass,
    /// Who pays what names nobody else.
    pub payer: Payer,
    /// Whether the customer signs.
    pub customer_signs: bool,
    /// Whether the pages show prices.
    pub prices_shown: bool,
}
