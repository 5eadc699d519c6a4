//! A machine and its earlier visits. Mirrors of the device core's own records: a field that is missing here does not compile.

use countersign_device::model::document::{
    AnswerShown, ChangeShown, EvidenceShown, LayerShown, Provenance, SectionShown, SetShown, Stage, VoucherClass,
};
use countersign_device::model::entity::{SetFinding, SetPlace, SetTrouble, Shape, VisitState};
use countersign_device::model::time::TimeRecord;
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{
    DocumentRow, EvidenceRow, HistoryVisit, MachineScreen, PartRow, ReadingRow, WearPart,
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

/// One change that an amendment makes, printed as before and after.
#[uniffi::remote(Record)]
pub struct ChangeShown {
    /// What changed: a question's text or a part's name.
    pub what: String,
    /// As it was; empty for nothing.
    pub before: String,
    /// As it is now; empty for nothing.
    pub after: String,
}

/// A photo or file that the document cites by hash.
#[uniffi::remote(Record)]
pub struct EvidenceShown {
    /// Digest of the original bytes.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Media type such as `image/jpeg`.
    pub media_type: String,
    /// The name it was captured under.
    pub name: String,
    /// As found, as left or other.
    pub stage: Stage,
    /// Digest of the preview that is printed; `None` prints a labelled placeholder.
    pub preview: Option<Digest>,
    /// When it was captured.
    pub time: TimeRecord,
    /// The caption: the question it answers or what the person wrote; may be empty.
    pub caption: String,
    /// Its place in the set of the visit's captures.
    pub set: Option<SetPlace>,
    /// What was drawn over it.
    pub layers: Vec<LayerShown>,
    /// Running time of a video or sound in milliseconds.
    pub duration_ms: Option<u64>,
}

/// The captures of one device, as they were when the pages were made.
#[uniffi::remote(Record)]
pub struct SetShown {
    /// The device.
    pub set: Id,
    /// Who captured with it.
    pub by: String,
    /// The highest number.
    pub count: u64,
    /// The chain after the last capture.
    pub head: Digest,
    /// What was wrong with it then.
    pub findings: Vec<SetFinding>,
}

/// The place of a capture in its set.
#[uniffi::remote(Record)]
pub struct SetPlace {
    /// The device that captured it.
    pub set: Id,
    /// From 1, without gaps.
    pub number: u64,
    /// The chain before it.
    pub before: Digest,
}

/// A trouble with the number of the capture that it is about.
#[uniffi::remote(Record)]
pub struct SetFinding {
    /// The number within the set.
    pub number: u64,
    /// What is wrong.
    pub trouble: SetTrouble,
}

/// What is wrong with a capture of a set.
#[uniffi::remote(Enum)]
pub enum SetTrouble {
    /// No capture has this number, although a later one exists.
    Missing,
    /// It is not the photo, or not the time, that the next one was chained to.
    Changed,
    /// Two captures have this number.
    Twice,
    /// The clock of the device was set between the capture before and this one.
    ClockSet,
}

/// A layer that somebody drew over a photo.
#[uniffi::remote(Record)]
pub struct LayerShown {
    /// Who drew it.
    pub by: String,
    /// What is drawn.
    pub shapes: Vec<Shape>,
}
