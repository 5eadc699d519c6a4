//! The layers of a signed document (design section 6): content, sealed, sign-offs, attestation.
//!
//! `content` says everything in the signer's language; `sealed` binds it to the pages that were shown; its digest
//! names the document. Sign-offs and the device's attestation stand over it. Nothing here draws or signs pages.

use serde::{Deserialize, Serialize};

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::{Id, RecordRef};
use crate::language::Language;
use crate::money::{Line, Money, Totals};
use crate::open_enum;
use crate::time::TimeRecord;

open_enum! {
    /// How a voucher is paid.
    VoucherClass {
        /// Paid by the customer.
        Paid = "A",
        /// Covered by a contract.
        Contract = "B",
        /// Free under warranty.
        Free = "C",
        /// Internal: needs no customer and no signature of one.
        Internal = "D",
    }
}

open_enum! {
    /// What the customer said by signing, or why nobody signed.
    Outcome {
        /// Accepted.
        Accepted = "accepted",
        /// Accepted with remarks.
        Remarks = "remarks",
        /// The customer refused to accept.
        Refused = "refused",
        /// Nobody was available to sign.
        Absent = "absent",
    }
}

open_enum! {
    /// In which part someone signs.
    SignerRole {
        /// The engineer; signs always.
        Engineer = "engineer",
        /// The customer or whoever signs for them.
        Customer = "customer",
        /// The operator of the machine, where the customer is not there.
        Operator = "operator",
        /// A representative such as the site's guard or agent.
        Representative = "representative",
    }
}

open_enum! {
    /// Where an answer came from; printed beside it.
    Provenance {
        /// Typed or picked by the person.
        Typed = "typed",
        /// Read from a barcode or nameplate.
        Scanned = "scanned",
        /// Taken from an instrument.
        Measured = "measured",
        /// Copied from the last visit.
        Copied = "copied",
        /// The form's default; yields to any answer.
        Default = "default",
        /// Computed from other answers.
        Calculated = "calculated",
    }
}

open_enum! {
    /// When, in the work, a piece of evidence was captured.
    Stage {
        /// The machine as found.
        Found = "found",
        /// The machine as left.
        Left = "left",
        /// Anything else.
        Neither = "other",
    }
}

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
}

/// A part used, as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// A charge that is no part: labour, travel, other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeShown {
    /// What is charged, in the signer's language.
    pub description: String,
    /// The charged line.
    pub line: Line,
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

/// Layer 1: everything the pages say, in the signer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// `voucher` or `amendment`.
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
}

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

/// Layer 4: one person's word over a sealed document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// What is signed.
    pub sealed_sha256: Digest,
    /// In which part.
    pub role: SignerRole,
    /// The signer's name.
    pub name: String,
    /// The customer's outcome; the engineer's is always accepted.
    pub outcome: Outcome,
    /// Remarks; must be there for the outcomes remarks and refused.
    #[serde(default)]
    pub remarks: String,
    /// 1 to 5; customers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u8>,
    /// Packed strokes in base64; empty for absent.
    #[serde(default)]
    pub strokes: String,
    /// Digest of a photo of the company stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Digest>,
    /// When.
    pub time: TimeRecord,
}

/// The digest over all sign-offs of a document, in their order.
pub fn sign_offs_digest(sign_offs: &[SignOff]) -> Result<Digest, NotCanonical> {
    canonical::digest(&sign_offs)
}

/// The device's signature over sealed plus sign-offs (`document.attest`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// The document.
    pub sealed_sha256: Digest,
    /// Digest over its sign-offs.
    pub sign_offs_sha256: Digest,
    /// Which device.
    pub device: Id,
    /// When it was signed by the device; later than the sign-offs where the key was locked.
    pub time: TimeRecord,
    /// ECDSA P-256 signature (lowercase hex, r‖s, low-S) over [`Attestation::statement`].
    pub signature: String,
}

impl Attestation {
    /// The bytes that the device signs.
    pub fn statement(
        sealed_sha256: Digest,
        sign_offs_sha256: Digest,
        device: Id,
        time: &TimeRecord,
    ) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&serde_json::json!({
            "purpose": "countersign/attestation/1",
            "sealed_sha256": sealed_sha256,
            "sign_offs_sha256": sign_offs_sha256,
            "device": device,
            "time": time,
        }))
    }
}

/// What a document's signature page still lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOffProblem {
    /// The engineer did not sign.
    EngineerMissing,
    /// The class needs a customer's sign-off (or a reason why there is none).
    CustomerMissing,
    /// Remarks are needed for this outcome.
    RemarksMissing,
    /// There are no strokes although somebody signed.
    StrokesMissing,
    /// A name is missing.
    NameMissing,
    /// Satisfaction is not 1 to 5.
    Satisfaction,
    /// A sign-off names another document.
    OtherDocument,
}

/// Checks sign-offs against what the document's class and kind require (design section 6, layer 4).
pub fn check_sign_offs(sealed: Digest, needs_customer: bool, sign_offs: &[SignOff]) -> Result<(), SignOffProblem> {
    let engineer = sign_offs.iter().any(|s| s.role == SignerRole::Engineer);
    let customer = sign_offs.iter().any(|s| s.role != SignerRole::Engineer);
    for sign_off in sign_offs {
        check_one(sealed, sign_off)?;
    }
    match (engineer, customer || !needs_customer) {
        (false, _) => Err(SignOffProblem::EngineerMissing),
        (_, false) => Err(SignOffProblem::CustomerMissing),
        _ => Ok(()),
    }
}

fn check_one(sealed: Digest, sign_off: &SignOff) -> Result<(), SignOffProblem> {
    let words_needed = matches!(sign_off.outcome, Outcome::Remarks | Outcome::Refused);
    if sign_off.sealed_sha256 != sealed {
        return Err(SignOffProblem::OtherDocument);
    }
    if words_needed && sign_off.remarks.trim().is_empty() {
        return Err(SignOffProblem::RemarksMissing);
    }
    if sign_off.outcome == Outcome::Absent {
        return Ok(());
    }
    if sign_off.name.trim().is_empty() {
        return Err(SignOffProblem::NameMissing);
    }
    if sign_off.satisfaction.is_some_and(|score| !(1..=5).contains(&score)) {
        return Err(SignOffProblem::Satisfaction);
    }
    // A customer who refuses to accept may also refuse to draw; the engineer's strokes prove the statement.
    if sign_off.strokes.is_empty() && sign_off.outcome != Outcome::Refused {
        return Err(SignOffProblem::StrokesMissing);
    }
    Ok(())
}

/// Whether a class needs the customer's sign-off.
pub fn needs_customer(class: &VoucherClass) -> bool {
    *class != VoucherClass::Internal
}

/// What a document is about, for `document.sign`.
pub type Subjects = Vec<RecordRef>;

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_off(role: SignerRole, outcome: Outcome, remarks: &str, strokes: &str) -> SignOff {
        SignOff {
            sealed_sha256: Digest::default(),
            role,
            name: "Ana".to_owned(),
            outcome,
            remarks: remarks.to_owned(),
            satisfaction: None,
            strokes: strokes.to_owned(),
            stamp: None,
            time: TimeRecord::default(),
        }
    }

    #[test]
    fn what_each_class_and_outcome_requires() {
        use Outcome::*;
        use SignerRole::*;
        let engineer = || sign_off(Engineer, Accepted, "", "x");
        let rows: Vec<(bool, Vec<SignOff>, Result<(), SignOffProblem>)> = vec![
            (true, vec![engineer(), sign_off(Customer, Accepted, "", "x")], Ok(())),
            (true, vec![engineer()], Err(SignOffProblem::CustomerMissing)),
            (false, vec![engineer()], Ok(())),
            (true, vec![sign_off(Customer, Accepted, "", "x")], Err(SignOffProblem::EngineerMissing)),
            (true, vec![engineer(), sign_off(Customer, Remarks, " ", "x")], Err(SignOffProblem::RemarksMissing)),
            (true, vec![engineer(), sign_off(Customer, Refused, "too loud", "")], Ok(())),
            (true, vec![engineer(), sign_off(Customer, Absent, "", "")], Ok(())),
            (true, vec![engineer(), sign_off(Customer, Accepted, "", "")], Err(SignOffProblem::StrokesMissing)),
        ];
        for (index, (needs, sign_offs, want)) in rows.into_iter().enumerate() {
            assert_eq!(check_sign_offs(Digest::default(), needs, &sign_offs), want, "row {index}");
        }
    }
}
