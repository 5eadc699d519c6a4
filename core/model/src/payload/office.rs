//! Orders of the office: calls, jobs, visits, reviews, master data, devices.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest::Digest;
use crate::document::VoucherClass;
use crate::entity::{Call, MachineState, MissingMedia, Priority, Remark, ReviewOutcome, Window};
use crate::id::{Id, RecordRef};
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The photo of the nameplate, for a machine that is not registered and whose serial nobody typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nameplate: Option<Digest>,
}

/// `visit.plan`: a visit of a job is planned and its voucher numbered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A remote session by phone or video.
    #[serde(default)]
    pub remote: bool,
    /// Remote visits whose satisfaction and sign-off this visit collects.
    #[serde(default)]
    pub collects: Vec<Id>,
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
    /// When a device of who held it was last heard of, hub time: who takes over knows what may still be only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<i64>,
}

/// `job.cancel`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCancel {
    /// Which job.
    pub job: Id,
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

/// `master.save`: master data are made or changed; the office wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MasterSave {
    /// Which record.
    pub record: RecordRef,
    /// The fields to set; the others stay. A field that is `null` is taken out.
    pub fields: Value,
    /// The revision that the author looked at, 0 for a new record: where the hub has another one and the fields would
    /// change it, the command is refused. `None` goes over whatever is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u64>,
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

/// `device.introduce`: written by the hub when a device that it does not know shows its credential, as after a restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceIntroduce {
    /// The device, by the id that it has.
    pub device: Id,
    /// Whose.
    pub person: Id,
    /// That person's name at the enrolment.
    pub person_name: String,
    /// What its owner calls it.
    pub name: String,
    /// Short code.
    pub code: String,
    /// Its key.
    pub key: PublicKey,
}

/// `device.confirm`: an administrator knows the device again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceConfirm {
    /// Which device.
    pub device: Id,
    /// How it is known that the device is who it says.
    pub reason: String,
}

/// `device.revoke`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRevoke {
    /// Which device.
    pub device: Id,
    /// Why.
    pub reason: String,
}
