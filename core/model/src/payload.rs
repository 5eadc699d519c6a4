//! The payloads of commands, one type per intention, and the table from a command's type to its payload.
//!
//! A type or version that is not in the table is *unknown*, not wrong: the hub parks it until it is upgraded.

mod annotation;
mod field;
mod goods;
mod office;
mod safekeeping;
mod trimmed;
mod visits;

use serde_json::Value;

use crate::document::{Outcome, SignOff};

pub use annotation::*;
pub use field::*;
pub use goods::*;
pub use office::*;
pub use safekeeping::*;
pub use visits::*;

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
    /// A photo is drawn over.
    EvidenceAnnotate(EvidenceAnnotate) = "evidence.annotate", 1;
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
    /// The reason of an open draft is worded anew.
    AmendmentReason(AmendmentReason) = "amendment.reason", 1;
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
    /// The agreed window of a visit changes.
    VisitAppoint(VisitAppoint) = "visit.appoint", 1;
    /// Helpers join or leave a visit.
    VisitStaff(VisitStaff) = "visit.staff", 1;
    /// A visit is, or is no longer, one by phone or video.
    VisitRemote(VisitRemote) = "visit.remote", 1;
    /// A visit collects the sign-off of remote visits.
    VisitCollect(VisitCollect) = "visit.collect", 1;
    /// A job is corrected.
    JobChange(JobChange) = "job.change", 1;
    /// A job gets its registered machine.
    JobLinkMachine(JobLinkMachine) = "job.link_machine", 1;
    /// Symptom, cause and remedy are recorded.
    JobDiagnose(JobDiagnose) = "job.diagnose", 1;
    /// The class of a voucher or amendment changes.
    ClassSet(ClassSet) = "class.set", 1;
    /// The field asks the office for a change.
    RequestMake(RequestMake) = "request.make", 1;
    /// The office decides on a request.
    RequestDecide(RequestDecide) = "request.decide", 1;
    /// Goods move.
    StockMove(StockMove) = "stock.move", 1;
    /// Money is taken on site.
    CashTake(CashTake) = "cash.take", 1;
    /// Money is handed over to the accountant.
    CashHandOver(CashHandOver) = "cash.hand_over", 1;
    /// The accountant has the money.
    CashReceive(CashReceive) = "cash.receive", 1;
    /// A device is enrolled.
    DeviceEnrol(DeviceEnrol) = "device.enrol", 1;
    /// A device is revoked.
    DeviceRevoke(DeviceRevoke) = "device.revoke", 1;
    /// A device that the hub did not know shows its credential.
    DeviceIntroduce(DeviceIntroduce) = "device.introduce", 1;
    /// Such a device is known again.
    DeviceConfirm(DeviceConfirm) = "device.confirm", 1;
    /// The hub was restored from a backup.
    HubRestored(HubRestored) = "hub.restored", 1;
}

/// The customer's outcome of a document: that of the first sign-off that is not the engineer's.
pub fn customer_outcome(sign_offs: &[SignOff]) -> Option<&Outcome> {
    sign_offs.iter().find(|s| s.role != crate::document::SignerRole::Engineer).map(|s| &s.outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
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
