//! The layers of a signed document (design section 6): content, sealed, sign-offs, attestation.
//!
//! `content` says everything in the signer's language; `sealed` binds it to the pages that were shown; its digest
//! names the document. Sign-offs and the device's attestation stand over it. Nothing here draws or signs pages.

mod shown;
mod sign_off;
mod words;

use serde::{Deserialize, Serialize};

use crate::canonical::{self, NotCanonical, is_false};
use crate::digest::Digest;
use crate::entity::SetPlace;
use crate::id::{Id, RecordRef};
use crate::language::Language;
use crate::money::{Line, Money, Totals};
use crate::time::TimeRecord;

pub use shown::{LayerShown, Letterhead, SetShown};
pub use sign_off::{
    ASPECTS, Attestation, SCORES, SignOff, SignOffProblem, check_sign_offs, needs_customer, sign_offs_digest,
};
pub use words::{Outcome, Payer, Provenance, SignerRole, Stage, VoucherClass};

/// A place or person named on the pages, as it was known when they were shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Postal address, lines separated by newlines; empty where unknown.
    #[serde(default)]
    pub address: String,
    /// Phone; empty where unknown.
    #[serde(default)]
    pub phone: String,
}

/// The machine as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineShown {
    /// Model name in the signer's language.
    pub model: String,
    /// Serial number.
    pub serial: String,
    /// Where it stands, as named by the customer; may be empty.
    #[serde(default)]
    pub place: String,
}

/// One printed question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Digest>,
}

/// A titled run of answers: a page or group of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionShown {
    /// Title in the signer's language.
    pub title: String,
    /// Its answers in document order; only relevant questions are here.
    pub answers: Vec<AnswerShown>,
}

/// A photo or file that the document cites by hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Digest>,
    /// When it was captured.
    pub time: TimeRecord,
    /// The caption: the question it answers or what the person wrote; may be empty.
    #[serde(default)]
    pub caption: String,
    /// Its place in the set of the visit's captures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<SetPlace>,
    /// What was drawn over it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<LayerShown>,
    /// Running time of a video or sound in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// It lay among the files of the device before somebody chose it, which is what `time` says.
    #[serde(default, skip_serializing_if = "is_false")]
    pub chosen: bool,
    /// When it was taken, as such a file says of itself; empty where it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub claimed: String,
}

/// A part used, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartShown {
    /// Part code.
    pub code: String,
    /// Name in the signer's language.
    pub name: String,
    /// Exact decimal.
    pub quantity: String,
    /// Unit price; `None` where it is not charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// The charged line; `None` where it is not charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    /// Batch or serial; may be empty.
    #[serde(default)]
    pub batch: String,
    /// Who pays; `None` on a document that says it by its class alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
}

/// A charge that is no part: labour, travel, other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeShown {
    /// What is charged, in the signer's language.
    pub description: String,
    /// The charged line.
    pub line: Line,
    /// Who pays; `None` on a document that says it by its class alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// Hours, kilometres or pieces; empty for a sum without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quantity: String,
    /// Price of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
}

/// Hours of a person, as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeShown {
    /// Who.
    pub person: String,
    /// `travel`, `work` or `waiting`.
    pub kind: String,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kilometres: Option<i64>,
}

/// One change that an amendment makes, printed as before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeShown {
    /// What changed: a question's text or a part's name.
    pub what: String,
    /// As it was; empty for nothing.
    pub before: String,
    /// As it is now; empty for nothing.
    pub after: String,
}

/// What an amendment amends, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentShown {
    /// Digests of the sealed documents that it amends.
    pub amends: Vec<Digest>,
    /// Number of the document amended first.
    pub of_number: String,
    /// Why.
    pub reason: String,
    /// Remarks of the review that asked for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// What changed.
    pub changes: Vec<ChangeShown>,
}

/// A code of the diagnosis with its name, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeShown {
    /// Which list: `symptom`, `cause` or `remedy`.
    pub list: String,
    /// The code.
    pub code: String,
    /// Its name in the signer's language; empty where the list has no such code.
    pub name: String,
}

/// A meter reading, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterShown {
    /// Exact decimal.
    pub value: String,
    /// What the meter counts; may be empty.
    #[serde(default)]
    pub unit: String,
}

/// The money of a cash receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashShown {
    /// The receipt's record.
    pub receipt: Id,
    /// The sum, tax included.
    pub amount: Money,
    /// The tax in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    /// Who gave it.
    pub received_from: String,
    /// How: `cash`, `card`, `cheque` or `transfer`.
    pub method: String,
    /// Number of the voucher that it pays.
    #[serde(default)]
    pub of_number: String,
    /// Digest of that voucher, where it is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Digest>,
    /// Words about it.
    #[serde(default)]
    pub note: String,
}

/// Layer 1: everything the pages say, in the signer's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// `voucher`, `amendment` or `cash_receipt`.
    pub kind: String,
    /// Printed number.
    pub number: String,
    /// The language of every text here.
    pub language: Language,
    /// IANA zone in which times are printed.
    pub zone: String,
    /// How it is paid.
    pub class: VoucherClass,
    /// The company that serves.
    pub company: Party,
    /// What it prints about itself besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<Letterhead>,
    /// The customer; `None` for internal work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Party>,
    /// The site visited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Party>,
    /// The machine; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<MachineShown>,
    /// The job.
    pub job: Id,
    /// The visit.
    pub visit: Id,
    /// The fault as reported.
    pub fault: String,
    /// The lead and the helpers, by name.
    pub engineers: Vec<String>,
    /// Travelled, arrived, left: label code and time.
    pub steps: Vec<StepShown>,
    /// The form's name and digest; `None` if the job has no form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormShown>,
    /// Answers by section.
    pub sections: Vec<SectionShown>,
    /// All evidence of the visit.
    pub evidence: Vec<EvidenceShown>,
    /// The sets that its captures belong to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<SetShown>,
    /// Parts used.
    pub parts: Vec<PartShown>,
    /// Other charges.
    pub charges: Vec<ChargeShown>,
    /// Times.
    pub times: Vec<TimeShown>,
    /// Totals of all charged lines; `None` where nothing is charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
    /// Whether prices were on the pages.
    pub prices_shown: bool,
    /// Present on an amendment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<AmendmentShown>,
    /// When the pages were made.
    pub prepared: TimeRecord,
    /// Why the class is not the proposed one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub class_reason: String,
    /// A remote session: nobody went there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub remote: bool,
    /// Symptom, cause and remedy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnosis: Vec<CodeShown>,
    /// What was found and done, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub findings: String,
    /// Meter readings of the visit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<MeterShown>,
    /// Why the engineer left: `solved`, `part`, `customer`, `workshop` or `another_visit`; empty while there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub leave_reason: String,
    /// Present on a cash receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<CashShown>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
/// A step of the visit with its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepShown {
    /// `travel`, `arrive` or `leave`.
    pub step: String,
    /// When.
    pub time: TimeRecord,
}

/// The form that was filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormShown {
    /// Its title in the signer's language.
    pub title: String,
    /// Digest of the XForm.
    pub sha256: Digest,
}

impl Content {
    /// The digest of the canonical content: what the preview showed and what signing compares.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        canonical::digest(self)
    }

    /// Whether the customer signs: not internal work, and not a cash receipt, which the engineer gives.
    pub fn needs_customer(&self) -> bool {
        self.cash.is_none() && needs_customer(&self.class)
    }

    /// Whether a remote session would be signed by nobody but the engineer: nobody is there to be asked, so its document
    /// stays a draft until a later visit collects the sign-off (design section 6).
    pub fn only_nobody(&self, sign_offs: &[SignOff]) -> bool {
        let customers = sign_offs.iter().filter(|sign_off| sign_off.role != SignerRole::Engineer);
        self.remote
            && self.needs_customer()
            && customers.clone().count() > 0
            && customers.clone().all(|sign_off| sign_off.outcome == Outcome::Absent)
    }

    /// Whether the customer signs an amendment that turns `before` into this: when charges, parts, times or class change
    /// (design section 4, amendment).
    pub fn concerns_customer(&self, before: &Content) -> bool {
        self.parts != before.parts
            || self.charges != before.charges
            || self.times != before.times
            || self.class != before.class
    }

    /// Every digest of original media that this content cites.
    pub fn cited_media(&self) -> impl Iterator<Item = Digest> + '_ {
        self.evidence.iter().map(|evidence| evidence.sha256)
    }
}

/// Layer 3: content bound to the pages that were shown. Its digest names the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Layer 1.
    pub content: Content,
    /// Digest of `shown.pdf` (layer 2).
    pub shown_sha256: Digest,
    /// Which renderer drew the pages.
    pub renderer: String,
}

impl Sealed {
    /// The document's name: the digest of its canonical bytes.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        canonical::digest(self)
    }
}

/// What a document is about, for `document.sign`.
pub type Subjects = Vec<RecordRef>;
