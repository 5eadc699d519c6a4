//! A machine and its earlier visits. Mirrors of the core's records: a field that is missing here does not compile.

use countersign_device::model::document::{AnswerShown, Provenance, SectionShown, VoucherClass};
use countersign_device::model::entity::VisitState;
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{
    DocumentRow, EvidenceRow, HistoryVisit, KnownMachine, MachineScreen, PartRow, ReadingRow, WearPart,
};

/// One machine.
#[uniffi::remote(Record)]
pub struct MachineScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The machine.
    pub machine: Id,
    /// Its model, in the person's language.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// Whose.
    pub customer: String,
    /// On which site; empty for none.
    pub site: String,
    /// Where on the site; may be empty.
    pub place: String,
    /// Last day of the warranty, `YYYY-MM-DD`; empty for none.
    pub warranty_until: String,
    /// Number of the service contract; empty for none.
    pub contract: String,
    /// How work on it would be paid today.
    pub proposed_class: VoucherClass,
    /// Day of installation; empty where unknown.
    pub installed: String,
    /// Version of its software; empty where unknown.
    pub software: String,
    /// The last reading of the meter; empty for none.
    pub meter: String,
    /// What the meter counts, such as `h`.
    pub meter_unit: String,
    /// Parts of the model that wear.
    pub wear_parts: Vec<WearPart>,
    /// Its visits, newest first.
    pub visits: Vec<HistoryVisit>,
    /// Whether all of the history that the office gives to this device has arrived.
    pub complete: bool,
}

/// A registered machine in one line.
#[uniffi::remote(Record)]
pub struct KnownMachine {
    /// The machine.
    pub machine: Id,
    /// Its serial number as it is registered.
    pub serial: String,
    /// Its model, in the person's language.
    pub model: String,
    /// Whose.
    pub customer: String,
    /// On which site; empty for none.
    pub site: String,
}

/// A part of the model that wears.
#[uniffi::remote(Record)]
pub struct WearPart {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// When it was used last on this machine, as far as the history here goes: milliseconds since 1970.
    pub last_used: Option<i64>,
}

/// One reading of the meter.
#[uniffi::remote(Record)]
pub struct ReadingRow {
    /// Exact decimal.
    pub value: String,
    /// When, as well as is known: milliseconds since 1970.
    pub at: i64,
    /// Lower than the one before: kept and not taken over.
    pub backward: bool,
}

/// One visit to the machine.
#[uniffi::remote(Record)]
pub struct HistoryVisit {
    /// Its job.
    pub job: Id,
    /// The visit.
    pub visit: Id,
    /// The voucher's number.
    pub number: String,
    /// The fault as reported.
    pub fault: String,
    /// Who led.
    pub lead: String,
    /// Where it stands.
    pub state: VisitState,
    /// When, as well as is known: milliseconds since 1970.
    pub at: Option<i64>,
    /// Why they left: `solved`, `part`, `customer`, `workshop`, `another_visit`; empty before.
    pub leave_reason: String,
    /// What was found, in the engineer's words.
    pub findings: String,
    /// Photos and files of the machine as found.
    pub found: Vec<EvidenceRow>,
    /// The same as left.
    pub left: Vec<EvidenceRow>,
    /// Other photos and files.
    pub other: Vec<EvidenceRow>,
    /// The answers as they were signed last, in the signer's language; empty where nothing is signed.
    pub answers: Vec<SectionShown>,
    /// Parts used.
    pub parts: Vec<PartRow>,
    /// Readings of the meter.
    pub readings: Vec<ReadingRow>,
    /// Signed documents.
    pub documents: Vec<DocumentRow>,
}

/// A titled run of answers: a page or group of the form.
#[uniffi::remote(Record)]
pub struct SectionShown {
    /// Title in the signer's language.
    pub title: String,
    /// Its answers in document order; only relevant questions are here.
    pub answers: Vec<AnswerShown>,
}

/// One printed question with its answer.
#[uniffi::remote(Record)]
pub struct AnswerShown {
    /// The number printed before the question, such as `3.2`.
    pub number: String,
    /// The instance in the form, as in `/data/points[2]/pressure`.
    pub reference: String,
    /// The question in the signer's language.
    pub question: String,
    /// The answer as stored; empty for none.
    pub value: String,
    /// The answer as a person reads it (option labels, formatted dates); empty for none.
    pub display: String,
    /// Where it came from.
    pub provenance: Provenance,
    /// Digests of the media that the answer cites (photo questions).
    pub media: Vec<Digest>,
}
