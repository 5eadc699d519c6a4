//! What a person says and does on a visit. Mirrors of the core's records: a field that is missing here does not compile.

use crate::custom::Aspects;
use std::path::PathBuf;

use countersign_device::app::{AmendmentOpened, CustomerWord, Diagnosis, NewJob, OwnVisitTyped, Signed, Wanted};
use countersign_device::model::document::{Outcome, SignerRole};
use countersign_device::model::entity::MachineState;
use countersign_device::model::{Digest, Id, Language};
use countersign_device::screens::{AmendmentProposed, FieldToPutRight, OutcomeAsks, PageRow, PageSection, WishAsks};

/// An open draft.
#[uniffi::remote(Record)]
pub struct AmendmentOpened {
    /// The draft.
    pub draft: Id,
    /// Its printed number.
    pub number: String,
}

/// What was found; what is `None` stays, an empty text takes back.
#[uniffi::remote(Record)]
pub struct Diagnosis {
    /// A code of the list of symptoms.
    pub symptom: Option<String>,
    /// A code of the list of causes.
    pub cause: Option<String>,
    /// A code of the list of remedies.
    pub remedy: Option<String>,
    /// What was found and done, in words.
    pub findings: Option<String>,
    /// What the machine can do now.
    pub machine_state: Option<MachineState>,
}

/// A further visit as a person types it.
#[uniffi::remote(Record)]
pub struct OwnVisitTyped {
    /// Where the agreed window begins, as a field for a date and time has it; empty with `to` for none.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// A session by phone or video.
    pub remote: bool,
    /// Remote visits that are ticked: a visit on site collects their sign-off, a remote one cannot.
    pub collects: Vec<Id>,
}

/// What a person wants of the office, as they typed it; what does not belong to the wish is not looked at.
#[uniffi::remote(Record)]
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

/// A field that the office can be asked to put right.
#[uniffi::remote(Record)]
pub struct FieldToPutRight {
    /// By which it is asked for, such as `machine.place`.
    pub key: String,
    /// What it is called, in the reader's language.
    pub name: String,
}

/// What the customer says, before they draw.
#[uniffi::remote(Record)]
pub struct CustomerWord {
    /// Their name.
    pub name: String,
    /// In which part they sign.
    pub role: SignerRole,
    /// What they say.
    pub outcome: Outcome,
    /// Remarks.
    pub remarks: String,
    /// 1 to 5.
    pub satisfaction: Option<u8>,
    /// 1 to 5 by aspect, of [`ASPECTS`](countersign_model::document::ASPECTS), where given.
    pub aspects: Aspects,
}

/// A signed document.
#[uniffi::remote(Record)]
pub struct Signed {
    /// Its name.
    pub sealed: Digest,
    /// `voucher.pdf` on this device; `None` while the device's key is locked ("unsigned by device").
    pub pdf: Option<PathBuf>,
}

/// A job made on site.
#[uniffi::remote(Record)]
pub struct NewJob {
    /// The job.
    pub job: Id,
    /// Its first visit.
    pub visit: Id,
    /// The voucher's number, from this phone's own block.
    pub number: String,
}

/// A language of the product.
#[uniffi::remote(Enum)]
pub enum Language {
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    SimplifiedChinese,
    /// Chinese in traditional characters.
    TraditionalChinese,
}

/// A heading with rows of label and value.
#[uniffi::remote(Record)]
pub struct PageSection {
    /// The heading.
    pub title: String,
    /// What stands below.
    pub rows: Vec<PageRow>,
}

/// A label with its value.
#[uniffi::remote(Record)]
pub struct PageRow {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// What is asked of a customer who says this.
#[uniffi::remote(Record)]
pub struct OutcomeAsks {
    /// A signature may stand there: nobody draws who is not there.
    pub may_draw: bool,
    /// It must stand there: who refuses may refuse to draw as well.
    pub must_draw: bool,
    /// They are asked to rate, and a stamp may be taken.
    pub rates: bool,
    /// They say who they are: where nobody is there, nobody is named.
    pub names: bool,
}

/// What is asked of a person who wishes this of the office, beside their reason.
#[uniffi::remote(Record)]
pub struct WishAsks {
    /// From when to when.
    pub window: bool,
    /// Which field of which record, and how it should be.
    pub field: bool,
}

/// What the remarks of a review suggest to somebody who amends what was returned; empty without remarks.
#[uniffi::remote(Record)]
pub struct AmendmentProposed {
    /// The reason, to be worded otherwise.
    pub reason: String,
    /// The question with which the work begins: its reference.
    pub question: String,
}
