//! What a person says and does on a visit. Mirrors of the core's records: a field that is missing here does not compile.

use crate::custom::Aspects;
use std::path::PathBuf;

use countersign_device::app::{AmendmentOpened, CustomerWord, Diagnosis, NewJob, OwnVisit, Signed};
use countersign_device::model::document::{Outcome, SignerRole};
use countersign_device::model::entity::{MachineState, Window};
use countersign_device::model::{Digest, Id, Language};
use countersign_device::screens::{OutcomeAsks, PageRow, PageSection};

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

/// A further visit of a job, planned by an engineer for themselves.
#[uniffi::remote(Record)]
pub struct OwnVisit {
    /// The agreed window.
    pub window: Option<Window>,
    /// A session by phone or video.
    pub remote: bool,
    /// Remote visits whose sign-off it collects.
    pub collects: Vec<Id>,
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
}
