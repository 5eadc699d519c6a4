//! One job: whose, where, which machine, what was asked. Mirrors of the core's records: a field that is missing here does
//! not compile.

use countersign_device::model::Id;
use countersign_device::model::document::{CodeShown, Stage, VoucherClass};
use countersign_device::model::entity::{JobState, MachineState, Priority, RequestState, Window};
use countersign_device::model::time::TimeRecord;
use countersign_device::screens::{
    Allowed, CodeChoice, CodePicker, CollectRow, ContactRow, CustomerShown, DocumentRow, EvidenceRow, HeldBefore,
    JobFacts, JobScreen, MachineShown, MeterRow, PartRow, PersonRow, RemarkRow, RequestRow, SiteShown, StageRow, Step,
    TimeRow, VisitRow, WaitingRow,
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
    /// Where to go: the site's address, else the customer's; may be empty.
    pub address: String,
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
    /// The newest pictures, in the order of capture: what the job shows by itself.
    pub newest: Vec<Id>,
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
    /// What may be done on the visit now.
    pub may: Allowed,
    /// Number of the amendment whose draft is open.
    pub draft: Option<String>,
    /// From which colleague this device took the work over; empty for its own.
    pub carried_from: String,
}

/// What may be done on a visit now. What is not allowed is not offered: the rule behind it would refuse it, or keep it as
/// something that no document shows.
#[uniffi::remote(Record)]
pub struct Allowed {
    /// Questions may be answered, items added and taken out.
    pub answer: bool,
    /// Photos and files may be added.
    pub attach: bool,
    /// Times may be recorded and put right.
    pub record_time: bool,
    /// The machine's meter may be read.
    pub read_meter: bool,
    /// Charges may be added, put right and taken out.
    pub charge: bool,
    /// Parts may be booked and taken back.
    pub book_part: bool,
    /// What was found and done may be said.
    pub diagnose: bool,
    /// Another class may be set.
    pub set_class: bool,
    /// A session by phone or video may become a visit to the customer.
    pub go_there: bool,
    /// A visit to the customer may become a session by phone or video.
    pub go_remote: bool,
    /// The pages may be made and signed.
    pub sign: bool,
    /// An amendment of what was signed may be begun.
    pub amend: bool,
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

/// One list of the company to pick from.
#[uniffi::remote(Record)]
pub struct CodePicker {
    /// The list, such as `symptom`.
    pub list: String,
    /// Nothing first, then by name; what is kept is there even where the company does not offer it any more.
    pub options: Vec<CodeChoice>,
    /// What is kept; empty for nothing.
    pub chosen: String,
}

/// One choice of a code list.
#[uniffi::remote(Record)]
pub struct CodeChoice {
    /// The code.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
}
