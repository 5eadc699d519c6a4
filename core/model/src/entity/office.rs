//! The office's records: calls, jobs, visits, vouchers, reviews, flags, series of numbers.

use serde::{Deserialize, Serialize};

use super::Extra;
use crate::digest::Digest;
use crate::document::VoucherClass;
use crate::id::{Id, RecordRef};
use crate::language::{Language, LocalText};
use crate::open_enum;
use crate::time::TimeRecord;

open_enum! {
    /// How urgent.
    #[derive(Default)]
    Priority {
        /// As soon as convenient.
        Low = "low",
        /// The usual.
        #[default]
        Normal = "normal",
        /// Before others.
        High = "high",
        /// Drop everything.
        Urgent = "urgent",
    }
}

open_enum! {
    /// What the machine can still do.
    #[derive(Default)]
    MachineState {
        /// It stands still.
        Down = "down",
        /// It works with limits.
        #[default]
        Limited = "limited",
        /// It runs.
        Running = "running",
    }
}

open_enum! {
    /// Where a job stands; the transitions are data in [`crate::job_state`].
    JobState {
        /// Made, nobody is planned.
        New = "new",
        /// A visit is planned.
        Planned = "planned",
        /// Somebody is on the way.
        Travelling = "travelling",
        /// Somebody is there.
        OnSite = "on_site",
        /// They left, more is to be done.
        Waiting = "waiting",
        /// The voucher is signed.
        Signed = "signed",
        /// The voucher waits for review.
        Submitted = "submitted",
        /// The manager returned it with remarks.
        Returned = "returned",
        /// The manager approved it.
        Approved = "approved",
        /// Cancelled in the office.
        Cancelled = "cancelled",
        /// Cancelled in the office and completed offline: to be reviewed.
        CompletedAfterCancel = "completed_after_cancel",
    }
}

open_enum! {
    /// Where a visit stands.
    VisitState {
        /// Planned.
        Planned = "planned",
        /// On the way.
        Travelling = "travelling",
        /// There.
        OnSite = "on_site",
        /// Left.
        Left = "left",
        /// Given to somebody else; what the first engineer did stays here.
        Reassigned = "reassigned",
        /// Cancelled with its job.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// Where a voucher stands.
    VoucherState {
        /// Numbered, not signed.
        Open = "open",
        /// Signed on the phone.
        Signed = "signed",
        /// Handed in for review.
        Submitted = "submitted",
        /// Returned with remarks.
        Returned = "returned",
        /// Approved.
        Approved = "approved",
    }
}

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

/// A remark of a review, on one question or on the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The question's instance in the form; empty for the whole voucher.
    #[serde(default)]
    pub question: String,
    /// The question's text, as the reviewer saw it.
    #[serde(default)]
    pub label: String,
    /// What the reviewer wants, in their own words; may be empty beside a standard remark.
    #[serde(default)]
    pub text: String,
    /// The standard remark that was picked: a code of the list `remark`; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// That remark's words in each language, as the list had them at the time of the review; filled by the rules.
    #[serde(default, skip_serializing_if = "LocalText::is_empty")]
    pub words: LocalText,
}

impl Remark {
    /// The remark as somebody reads it in this language: the standard words in theirs, then the reviewer's own.
    pub fn in_language(&self, language: Language) -> String {
        let standard = self.words.get(language);
        let parts = [standard, self.text.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

open_enum! {
    /// What a review ends in.
    ReviewOutcome {
        /// Approved.
        Approved = "approved",
        /// Returned with remarks.
        Returned = "returned",
    }
}

/// A review's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The voucher.
    pub voucher: Id,
    /// Its job.
    pub job: Id,
    /// The documents that were reviewed.
    pub leaves: Vec<Digest>,
    /// How it ended.
    pub outcome: ReviewOutcome,
    /// What the reviewer wants.
    #[serde(default)]
    pub remarks: Vec<Remark>,
    /// Media that will never come, with the reason why that is accepted.
    #[serde(default)]
    pub missing: Vec<MissingMedia>,
    /// Who.
    pub reviewer: Id,
    /// When.
    pub time: TimeRecord,
    /// Which round.
    pub round: u32,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A cited file that the office does without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingMedia {
    /// Which.
    pub sha256: Digest,
    /// Why that is accepted.
    pub reason: String,
}

open_enum! {
    /// Why a person should look.
    FlagCode {
        /// Two people answered one question; both answers are kept.
        AnswerConflict = "answer_conflict",
        /// A fact of another device came after the signature.
        LateFact = "late_fact",
        /// Cancelled in the office and worked on in the field.
        CompletedAfterCancel = "completed_after_cancel",
        /// Two documents were signed for one visit.
        TwoDocuments = "two_documents",
        /// Two amendments have one parent.
        TwoAmendments = "two_amendments",
        /// One printed number stands on two documents.
        NumberTwice = "number_twice",
        /// Work by somebody who is not on the visit (any more).
        NotOnVisit = "not_on_visit",
        /// A deleted repeat item was edited elsewhere and came back.
        ItemRestored = "item_restored",
        /// A sign-off does not meet what its class requires.
        SignOffIncomplete = "sign_off_incomplete",
        /// A part was booked whose code is not in the catalogue.
        UnknownPart = "unknown_part",
        /// A symptom, cause or remedy that is not in its list.
        UnknownCode = "unknown_code",
        /// A meter reads less than before.
        MeterBackward = "meter_backward",
        /// More of a part went out of a depot than it held.
        NegativeStock = "negative_stock",
        /// The class of a voucher was changed in the field.
        ClassChanged = "class_changed",
        /// The accountant counted another sum than the receipt says.
        CashDiffers = "cash_differs",
        /// The hub was restored from a backup: what came after it is offered again by the devices.
        HubRestored = "hub_restored",
    }
}

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// About which record.
    pub about: RecordRef,
    /// Why.
    pub code: FlagCode,
    /// The command that raised it.
    pub command: Id,
    /// What a sentence about it needs: names, numbers, values.
    #[serde(default)]
    pub facts: std::collections::BTreeMap<String, String>,
    /// Not yet dealt with.
    pub open: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
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
