//! What is changed on a job and its visits after they were planned.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::VoucherClass;
use crate::entity::{MachineState, Priority, Window};
use crate::id::{Id, RecordRef};

/// `visit.appoint`: the office agrees another window, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitAppoint {
    /// Which visit.
    pub visit: Id,
    /// The agreed window; `None` takes the appointment back.
    #[serde(default)]
    pub window: Option<Window>,
}

/// `visit.staff`: helpers join or leave; the lead changes by `visit.reassign`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitStaff {
    /// Which visit.
    pub visit: Id,
    /// Who joins.
    #[serde(default)]
    pub add: Vec<Id>,
    /// Who leaves; what they did stays.
    #[serde(default)]
    pub remove: Vec<Id>,
}

/// `visit.remote`: whoever is on a visit says that it was done by phone or video, or that somebody goes there after all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRemote {
    /// Which visit.
    pub visit: Id,
    /// Whether nobody goes there.
    pub remote: bool,
}

/// `visit.collect`: a visit collects the sign-off of remote visits too, beside those that it was planned with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCollect {
    /// The visit on which somebody is at the customer.
    pub visit: Id,
    /// Remote visits whose sign-off it collects as well.
    pub collects: Vec<Id>,
}

/// `job.change`: the office corrects a job. What is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobChange {
    /// Which job.
    pub job: Id,
    /// How urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// What the machine can still do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_state: Option<MachineState>,
    /// The fault as reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// `job.link_machine`: the office registered the machine of a job that was made without one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLinkMachine {
    /// Which job.
    pub job: Id,
    /// The registered machine.
    pub machine: Id,
}

/// `job.diagnose`: what was found. What is `None` stays; an empty text takes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobDiagnose {
    /// The visit on which it was found.
    pub visit: Id,
    /// A code of the list `symptom`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptom: Option<String>,
    /// A code of the list `cause`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// A code of the list `remedy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// What was found and done, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub findings: Option<String>,
    /// What the machine can do now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_state: Option<MachineState>,
}

/// `class.set`: another class than the proposed one, with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSet {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// How it is paid from now on.
    pub class: VoucherClass,
    /// Why.
    pub reason: String,
}

/// `request.make`: the field asks the office to change something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMake {
    /// Id of the new request.
    pub request: Id,
    /// The record that should change.
    pub about: RecordRef,
    /// The fields as they should be.
    pub fields: Value,
    /// Why.
    pub reason: String,
}

/// `request.decide`: the office does it, or says why not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDecide {
    /// Which request.
    pub request: Id,
    /// Whether it is done as asked.
    pub granted: bool,
    /// Words to the person who asked; needed where it is declined.
    #[serde(default)]
    pub answer: String,
}
