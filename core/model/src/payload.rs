//! The payloads of commands, one type per intention, and the table from a command's type to its payload.
//!
//! A type or version that is not in the table is *unknown*, not wrong: the hub parks it until it is upgraded.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest::Digest;
use crate::document::{Attestation, Outcome, Provenance, Sealed, SignOff, Stage, VoucherClass};
use crate::entity::{
    Call, Claims, Derived, InstanceKey, Location, MachineState, MissingMedia, Priority, Remark, ReviewOutcome,
    TimeKind, Window,
};
use crate::id::{Id, RecordRef};
use crate::money::{Line, Money};
use crate::trust::PublicKey;

/// `call.register`: a customer's request enters the call register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRegister {
    /// Id of the new call.
    pub call: Id,
    /// What came in; the number is allotted by the hub.
    pub body: Call,
}

/// `job.create`: a job is made, from a call or by an engineer on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCreate {
    /// Id of the new job.
    pub job: Id,
    /// The call it comes from.
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
    /// The fault.
    pub fault: String,
    /// How urgent.
    pub priority: Priority,
    /// What the machine can still do.
    pub machine_state: MachineState,
    /// How it will be paid.
    pub class: VoucherClass,
    /// The form that its visits fill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Digest>,
}

/// `visit.plan`: a visit of a job is planned and its voucher numbered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPlan {
    /// Id of the new visit.
    pub visit: Id,
    /// Its job.
    pub job: Id,
    /// Who leads.
    pub lead: Id,
    /// Who helps.
    #[serde(default)]
    pub helpers: Vec<Id>,
    /// The agreed window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// A number from the phone's own block; empty lets the hub allot one.
    #[serde(default)]
    pub number: String,
}

/// `visit.reassign`: the visit is closed as reassigned, a new one is planned for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitReassign {
    /// The visit given away.
    pub visit: Id,
    /// Id of the visit that replaces it.
    pub new_visit: Id,
    /// Who leads that one.
    pub lead: Id,
}

/// `job.cancel`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCancel {
    /// Which job.
    pub job: Id,
    /// Why.
    pub reason: String,
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// `meter.read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// `part.use`: a movement; a correction is one with a negative quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// `charge.add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeAdd {
    /// Id of the new charge.
    pub charge: Id,
    /// Visit or amendment.
    pub subject: RecordRef,
    /// What for.
    pub description: String,
    /// The charged line.
    pub line: Line,
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

/// `amendment.discard`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentDiscard {
    /// Which draft.
    pub draft: Id,
    /// Why.
    pub reason: String,
}

/// `review.decide`: compare-and-set on the leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDecide {
    /// Id of the new review.
    pub review: Id,
    /// Which visit's voucher.
    pub visit: Id,
    /// The leaves that the reviewer looked at.
    pub leaves: Vec<Digest>,
    /// How it ends.
    pub outcome: ReviewOutcome,
    /// What the reviewer wants.
    #[serde(default)]
    pub remarks: Vec<Remark>,
    /// Media that the office does without.
    #[serde(default)]
    pub missing: Vec<MissingMedia>,
    /// Approves although the device has not signed yet.
    #[serde(default)]
    pub without_attestation: bool,
}

/// `flag.close`: a person has dealt with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagClose {
    /// Which flag.
    pub flag: Id,
    /// What was done.
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

/// `master.save`: master data are made or changed; the office wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MasterSave {
    /// Which record.
    pub record: RecordRef,
    /// The fields to set; the others stay.
    pub fields: Value,
}

/// `device.enrol`: written by the hub when a code is redeemed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEnrol {
    /// Id of the new device.
    pub device: Id,
    /// Whose.
    pub person: Id,
    /// What its owner calls it.
    pub name: String,
    /// Short code.
    pub code: String,
    /// Its key.
    pub key: PublicKey,
}

/// `device.revoke`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRevoke {
    /// Which device.
    pub device: Id,
    /// Why.
    pub reason: String,
}

/// Why a payload could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadProblem {
    /// This program does not know the type or version: park it.
    #[error("this program does not know {kind} version {version} yet: upgrade it")]
    Unknown {
        /// The type.
        kind: String,
        /// Its version.
        version: u32,
    },
    /// The type is known and the payload does not fit it.
    #[error("the payload of {kind} does not fit: {why}")]
    Malformed {
        /// The type.
        kind: String,
        /// What is wrong.
        why: String,
    },
}

macro_rules! payloads {
    ($($(#[$meta:meta])* $variant:ident($body:ty) = $kind:literal, $version:literal;)+) => {
        /// A typed payload.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(clippy::large_enum_variant, reason = "a command is parsed once and handled at once, never stored in bulk")]
        pub enum Payload { $($(#[$meta])* $variant($body),)+ }

        impl Payload {
            /// Every command type that this version knows, with the version of its payload.
            pub const KINDS: &'static [(&'static str, u32)] = &[$(($kind, $version)),+];

            /// The command's type.
            pub fn kind(&self) -> &'static str { match self { $(Payload::$variant(_) => $kind,)+ } }

            /// The version of the payload's format.
            pub fn version(&self) -> u32 { match self { $(Payload::$variant(_) => $version,)+ } }

            /// The payload as it is stored.
            pub fn to_value(&self) -> Value {
                match self { $(Payload::$variant(body) => serde_json::to_value(body).unwrap_or(Value::Null),)+ }
            }

            /// Reads the payload of a command of this type and version.
            pub fn parse(kind: &str, version: u32, value: &Value) -> Result<Payload, PayloadProblem> {
                let malformed = |error: serde_json::Error| PayloadProblem::Malformed {
                    kind: kind.to_owned(),
                    why: error.to_string(),
                };
                match (kind, version) {
                    $(($kind, $version) => serde_json::from_value(value.clone())
                        .map(Payload::$variant)
                        .map_err(malformed),)+
                    _ => Err(PayloadProblem::Unknown { kind: kind.chars().take(80).collect(), version }),
                }
            }
        }
    };
}

payloads! {
    /// A call is registered.
    CallRegister(CallRegister) = "call.register", 1;
    /// A job is made.
    JobCreate(JobCreate) = "job.create", 1;
    /// A job is cancelled.
    JobCancel(JobCancel) = "job.cancel", 1;
    /// A visit is planned.
    VisitPlan(VisitPlan) = "visit.plan", 1;
    /// A visit is given to somebody else.
    VisitReassign(VisitReassign) = "visit.reassign", 1;
    /// Somebody sets out.
    VisitTravel(VisitStep) = "visit.travel", 1;
    /// Somebody arrives.
    VisitArrive(VisitStep) = "visit.arrive", 1;
    /// Somebody leaves.
    VisitLeave(VisitLeave) = "visit.leave", 1;
    /// Hours are recorded.
    TimeRecorded(TimeRecorded) = "time.record", 1;
    /// A meter is read.
    MeterRead(MeterRead) = "meter.read", 1;
    /// An answer is given.
    AnswerSet(AnswerSet) = "answer.set", 1;
    /// A repeat item is added.
    ItemAdd(ItemChange) = "item.add", 1;
    /// A repeat item is removed.
    ItemRemove(ItemChange) = "item.remove", 1;
    /// A file is attached.
    EvidenceAttach(EvidenceAttach) = "evidence.attach", 1;
    /// A part is used.
    PartUsed(PartUsed) = "part.use", 1;
    /// A charge is added.
    ChargeAdd(ChargeAdd) = "charge.add", 1;
    /// A note is added.
    NoteAdd(NoteAdd) = "note.add", 1;
    /// A document is signed.
    DocumentSign(DocumentSign) = "document.sign", 1;
    /// The device vouches for it.
    DocumentAttest(DocumentAttest) = "document.attest", 1;
    /// A voucher is handed in.
    VoucherSubmit(VoucherSubmit) = "voucher.submit", 1;
    /// An amendment's draft is opened.
    AmendmentBegin(AmendmentBegin) = "amendment.begin", 1;
    /// An amendment's draft is given up.
    AmendmentDiscard(AmendmentDiscard) = "amendment.discard", 1;
    /// A review ends.
    ReviewDecide(ReviewDecide) = "review.decide", 1;
    /// A flag is dealt with.
    FlagClose(FlagClose) = "flag.close", 1;
    /// A refused command is given up.
    RefusalDiscard(RefusalDiscard) = "refusal.discard", 1;
    /// Master data are saved.
    MasterSave(MasterSave) = "master.save", 1;
    /// A device is enrolled.
    DeviceEnrol(DeviceEnrol) = "device.enrol", 1;
    /// A device is revoked.
    DeviceRevoke(DeviceRevoke) = "device.revoke", 1;
}

/// The customer's outcome of a document: that of the first sign-off that is not the engineer's.
pub fn customer_outcome(sign_offs: &[SignOff]) -> Option<&Outcome> {
    sign_offs.iter().find(|s| s.role != crate::document::SignerRole::Engineer).map(|s| &s.outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_unknown_type_is_parked_and_a_malformed_one_is_named() {
        let unknown = Payload::parse("teleport.begin", 1, &json!({}));
        assert!(matches!(unknown, Err(PayloadProblem::Unknown { .. })));
        let newer = Payload::parse("note.add", 2, &json!({}));
        assert!(matches!(newer, Err(PayloadProblem::Unknown { version: 2, .. })));
        let malformed = Payload::parse("note.add", 1, &json!({"text": 5}));
        assert!(matches!(malformed, Err(PayloadProblem::Malformed { .. })));
    }

    #[test]
    fn payloads_read_back_what_they_write() {
        let payload = Payload::VisitLeave(VisitLeave { visit: Id::default(), reason: "solved".to_owned() });
        let back = Payload::parse(payload.kind(), payload.version(), &payload.to_value()).unwrap();
        assert_eq!(back, payload);
    }
}
