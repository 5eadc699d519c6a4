//! The office's records: calls, jobs, visits, vouchers, series of numbers.

use serde::{Deserialize, Serialize};

use super::{Extra, JobState, MachineState, Priority, VisitState, VoucherState};
use crate::digest::Digest;
use crate::document::VoucherClass;
use crate::id::Id;
use crate::time::TimeRecord;

/// A customer's request as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Number in the call register.
    #[serde(default)]
    pub number: String,
    /// Whose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Id>,
    /// About which machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Id>,
    /// Who called.
    #[serde(default)]
    pub caller: String,
    /// Their phone.
    #[serde(default)]
    pub phone: String,
    /// The fault in their words.
    pub fault: String,
    /// `phone`, `mail`, `portal` or `machine`.
    #[serde(default)]
    pub channel: String,
    /// When it came in.
    pub received: TimeRecord,
    /// The job that it led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Number; empty until the hub allots it.
    #[serde(default)]
    pub number: String,
    /// The call that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Id>,
    /// Whose machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Id>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Id>,
    /// Which machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Id>,
    /// Serial as typed, for a machine that is not registered.
    #[serde(default)]
    pub serial: String,
    /// The fault as reported.
    pub fault: String,
    /// How urgent.
    pub priority: Priority,
    /// What the machine can still do.
    pub machine_state: MachineState,
    /// Where the job stands.
    pub state: JobState,
    /// How it will be paid, as proposed or set.
    pub class: VoucherClass,
    /// The form that its visits fill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Digest>,
    /// Why it was cancelled.
    #[serde(default)]
    pub cancel_reason: String,
    /// The photo of the nameplate, where the machine was not registered when the job was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nameplate: Option<Digest>,
    /// What is seen: a code of the list `symptom`; empty for none.
    #[serde(default)]
    pub symptom: String,
    /// Why it happened: a code of the list `cause`.
    #[serde(default)]
    pub cause: String,
    /// What was done: a code of the list `remedy`.
    #[serde(default)]
    pub remedy: String,
    /// What was found and done, in words.
    #[serde(default)]
    pub findings: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Job {
    /// A new job of the usual urgency that says nothing yet.
    fn default() -> Job {
        Job {
            number: String::new(),
            call: None,
            customer: None,
            site: None,
            machine: None,
            serial: String::new(),
            fault: String::new(),
            priority: Priority::Normal,
            machine_state: MachineState::Limited,
            state: JobState::New,
            class: VoucherClass::Paid,
            form: None,
            cancel_reason: String::new(),
            nameplate: None,
            symptom: String::new(),
            cause: String::new(),
            remedy: String::new(),
            findings: String::new(),
            extra: Extra::new(),
        }
    }
}

/// The agreed window of an appointment, milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Not before.
    pub from: i64,
    /// Not after.
    pub to: i64,
}

/// One going-there of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Which job.
    pub job: Id,
    /// First, second, … visit of the job.
    #[serde(default)]
    pub ordinal: u32,
    /// Who leads.
    pub lead: Id,
    /// Who helps.
    #[serde(default)]
    pub helpers: Vec<Id>,
    /// The agreed window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Where it stands.
    pub state: VisitState,
    /// Set out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travelled: Option<TimeRecord>,
    /// Arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<TimeRecord>,
    /// Left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<TimeRecord>,
    /// Why they left: `solved`, `part`, `customer`, `workshop`, `another_visit`.
    #[serde(default)]
    pub leave_reason: String,
    /// The visit that replaces a reassigned one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Id>,
    /// The visit that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// When a device of who held the replaced visit was last heard of, hub time; `None` where none ever was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<i64>,
    /// A remote session by phone or video: nobody goes there.
    #[serde(default)]
    pub remote: bool,
    /// Remote visits whose satisfaction and sign-off this visit collects.
    #[serde(default)]
    pub collects: Vec<Id>,
    /// The visit that collects this remote visit's sign-off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected_by: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Visit {
    /// A planned visit that says nothing yet.
    fn default() -> Visit {
        Visit {
            job: Id::default(),
            ordinal: 0,
            lead: Id::default(),
            helpers: Vec::new(),
            window: None,
            state: VisitState::Planned,
            travelled: None,
            arrived: None,
            left: None,
            leave_reason: String::new(),
            replaced_by: None,
            replaces: None,
            heard: None,
            remote: false,
            collects: Vec::new(),
            collected_by: None,
            extra: Extra::new(),
        }
    }
}

impl Visit {
    /// Whether it was given away, cancelled or left: nobody is planned on it any more.
    pub fn is_over(&self) -> bool {
        matches!(self.state, VisitState::Reassigned | VisitState::Cancelled | VisitState::Left)
    }

    /// Whether it was given away or cancelled: its work is done on another visit or not at all.
    pub fn is_void(&self) -> bool {
        matches!(self.state, VisitState::Reassigned | VisitState::Cancelled)
    }

    /// Whether this person leads or helps.
    pub fn has(&self, person: Id) -> bool {
        self.lead == person || self.helpers.contains(&person)
    }
}

/// The service voucher of one visit. Its id is derived from the visit's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
    /// Printed number.
    pub number: String,
    /// How it is paid.
    pub class: VoucherClass,
    /// Where it stands.
    pub state: VoucherState,
    /// Signed documents that nothing amends yet: the voucher as it stands.
    #[serde(default)]
    pub leaves: Vec<Digest>,
    /// Review rounds so far.
    #[serde(default)]
    pub round: u32,
    /// Why the class is not the proposed one.
    #[serde(default)]
    pub class_reason: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Voucher {
    /// An open voucher that says nothing yet.
    fn default() -> Voucher {
        Voucher {
            visit: Id::default(),
            job: Id::default(),
            number: String::new(),
            class: VoucherClass::Paid,
            state: VoucherState::Open,
            leaves: Vec::new(),
            round: 0,
            class_reason: String::new(),
            extra: Extra::new(),
        }
    }
}

/// The id of a visit's voucher.
pub fn voucher_id(visit: Id) -> Id {
    Id::derived("voucher", &[visit.bytes()])
}

/// A series of numbers that the hub allots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The next number.
    pub next: u64,
    /// Letters between the series' name and the number, after a restore that did not know the highest number given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The letters that number series begin with: a restore that does not know the highest number gives each a prefix.
pub const SERIES_LETTERS: &[&str] = &["C", "J", "V"];

/// The id of a number series such as `V-26`.
pub fn series_id(name: &str) -> Id {
    Id::derived("series", &[name.as_bytes()])
}
