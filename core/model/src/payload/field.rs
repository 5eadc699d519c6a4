//! Facts of the field: steps, answers, evidence, parts, documents, amendments.

use serde::{Deserialize, Serialize};

use crate::canonical::is_false;
use crate::digest::Digest;
use crate::document::{Attestation, Payer, Provenance, Sealed, SignOff, Stage};
use crate::entity::{ChargeKind, Claims, Derived, InstanceKey, Location, SetPlace, TimeKind};
use crate::id::{Id, RecordRef};
use crate::money::{Line, Money};

/// `visit.travel` and `visit.arrive`: a step of the visit; its time is the command's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitStep {
    /// Which visit.
    pub visit: Id,
}

/// `visit.leave`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLeave {
    /// Which visit.
    pub visit: Id,
    /// `solved`, `part`, `customer`, `workshop` or `another_visit`.
    pub reason: String,
}

/// `time.record`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRecorded {
    /// Id of the new entry.
    pub entry: Id,
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Whose time.
    pub person: Id,
    /// On what.
    pub kind: TimeKind,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kilometres: Option<i64>,
    /// The entry that this one corrects; nothing spent takes it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
}

/// `meter.read`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterRead {
    /// Id of the new reading.
    pub reading: Id,
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Which machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Id>,
    /// Exact decimal.
    pub value: String,
}

/// `answer.set`: one answer to one question instance; `seen` of the command is what the author saw set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerSet {
    /// Visit or amendment whose form it is.
    pub subject: RecordRef,
    /// The form version.
    pub form: Digest,
    /// What the form is for.
    pub purpose: String,
    /// Which question.
    pub instance: InstanceKey,
    /// The value; `None` clears it.
    pub value: Option<String>,
    /// Where it came from.
    pub provenance: Provenance,
}

/// `item.add` and `item.remove`: an item of a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemChange {
    /// Visit or amendment whose form it is.
    pub subject: RecordRef,
    /// The form version.
    pub form: Digest,
    /// What the form is for.
    pub purpose: String,
    /// Path of the repeat.
    pub repeat: String,
    /// Ids of the items around it.
    #[serde(default)]
    pub around: Vec<Id>,
    /// The item.
    pub item: Id,
    /// Place among its siblings, for adding.
    #[serde(default)]
    pub place: i64,
}

/// `evidence.attach`: facts of a captured file; its bytes follow on their own road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceAttach {
    /// Id of the new evidence.
    pub evidence: Id,
    /// Visit, amendment or job.
    pub subject: RecordRef,
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Media type by content.
    pub media_type: String,
    /// Name as it came.
    pub name: String,
    /// As found, as left or neither.
    pub stage: Stage,
    /// The question that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<InstanceKey>,
    /// 1600 px.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Derived>,
    /// 320 px.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Derived>,
    /// What the file says of itself.
    #[serde(default)]
    pub claims: Claims,
    /// What is odd about the bytes.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Where it was captured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// It lay among the files of the device before somebody chose it: neither this moment nor this place is that of its
    /// capture.
    #[serde(default, skip_serializing_if = "is_false")]
    pub chosen: bool,
    /// Its place in the set of the visit's captures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<SetPlace>,
}

/// `part.use`: a movement; a correction is one with a negative quantity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartUsed {
    /// Id of the new use.
    pub part_use: Id,
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Which part of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// Code as on the part.
    pub code: String,
    /// Exact decimal.
    pub quantity: String,
    /// Price of one at the time of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// Tax rate in basis points.
    #[serde(default)]
    pub tax_basis_points: i64,
    /// Batch or serial.
    #[serde(default)]
    pub batch: String,
    /// Out of which depot or van it came, or into which it goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depot: Option<Id>,
    /// Who pays; `None` where the class of the voucher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// The movement that this one takes back, all of it or a part; `None` for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Id>,
}

/// `charge.add`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeAdd {
    /// Id of the new charge.
    pub charge: Id,
    /// Visit or amendment.
    pub subject: RecordRef,
    /// What for.
    pub description: String,
    /// The charged line.
    pub line: Line,
    /// What for, as the rates name it.
    #[serde(default)]
    pub kind: ChargeKind,
    /// Hours, kilometres or pieces, an exact decimal; empty for a sum without one.
    #[serde(default)]
    pub quantity: String,
    /// Price of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// Who pays; `None` where the class of the voucher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// The charge that this one corrects; a sum of nothing takes it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
}

/// `note.add`; also what a refused command is turned into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAdd {
    /// Id of the new note.
    pub note: Id,
    /// About what.
    pub subject: RecordRef,
    /// The words.
    pub text: String,
    /// The refused command that this note keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Id>,
}

/// `document.sign`: layers 1 to 4; always stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSign {
    /// `voucher` or `amendment`.
    pub kind: String,
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
    /// The amendment's draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Id>,
    /// Documents that it amends.
    #[serde(default)]
    pub amends: Vec<Digest>,
    /// Digest of the content that the preview showed.
    pub content_sha256: Digest,
    /// Layers 1 to 3.
    pub sealed: Sealed,
    /// Layer 4.
    pub sign_offs: Vec<SignOff>,
}

/// `document.attest`: the device's signature, outside the transaction of signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAttest {
    /// Job of the document, for its lane.
    pub job: Id,
    /// The signature.
    pub attestation: Attestation,
    /// Digest and length of `voucher.pdf`.
    pub pdf: Derived,
    /// Length of `shown.pdf`, whose digest is in the sealed layer.
    pub shown_bytes: u64,
}

/// `voucher.submit`: handed in for review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherSubmit {
    /// Which visit's voucher.
    pub visit: Id,
}

/// `amendment.begin`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentBegin {
    /// Id of the new draft.
    pub draft: Id,
    /// Which visit.
    pub visit: Id,
    /// Documents to amend: the leaves.
    pub amends: Vec<Digest>,
    /// Why.
    pub reason: String,
    /// Printed number.
    pub number: String,
}

/// `amendment.reason`: the reason of a draft that is still open is another one; the earlier stays in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentReason {
    /// Which draft.
    pub draft: Id,
    /// Why the document is amended.
    pub reason: String,
}

/// `amendment.discard`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentDiscard {
    /// Which draft.
    pub draft: Id,
    /// Why.
    pub reason: String,
}

/// `refusal.discard`: a person gives a refused command up, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalDiscard {
    /// The refused command.
    pub command: Id,
    /// Why.
    pub reason: String,
}
