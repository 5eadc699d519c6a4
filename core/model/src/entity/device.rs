//! Devices, what they hold, and what became of their commands.

use serde::{Deserialize, Serialize};

use super::Extra;
use crate::decide::Refusal;
use crate::id::Id;
use crate::open_enum;
use crate::record::Scope;
use crate::trust::PublicKey;

open_enum! {
    /// Whether a device may sync.
    DeviceState {
        /// It may.
        Active = "active",
        /// It may push into quarantine only.
        Revoked = "revoked",
        /// Its credential is good and this hub did not know it: it pushes into quarantine until a person confirms it.
        Unconfirmed = "unconfirmed",
    }
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Who enrolled it.
    pub person: Id,
    /// What its owner calls it.
    pub name: String,
    /// Short code, used in offline numbers.
    pub code: String,
    /// Its public key.
    pub key: PublicKey,
    /// Whether it may sync.
    pub state: DeviceState,
    /// When it was enrolled, hub time.
    pub enrolled: i64,
    /// Why it was revoked.
    #[serde(default)]
    pub revoke_reason: String,
    /// What its credential calls its person, where the hub learnt of the device from that.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person_name: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Why a device holds a scope.
    HoldingReason {
        /// Its person is on a visit.
        Assigned = "assigned",
        /// The job is closed and was so not long ago.
        Window = "window",
        /// Everyone holds it.
        Reference = "reference",
        /// It belongs to a job that the device holds.
        Related = "related",
        /// A voucher came back to its person.
        Returned = "returned",
        /// A person pinned it.
        Pinned = "pinned",
    }
}

/// A scope that a device holds; a tombstone tells the phone to let it go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Which device.
    pub device: Id,
    /// Which scope.
    pub held: Scope,
    /// Why; never empty.
    pub reasons: Vec<HoldingReason>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The id of a holding.
pub fn holding_id(device: Id, scope: &Scope) -> Id {
    Id::derived("holding", &[device.bytes(), scope.0.as_bytes()])
}

/// What became of a command, told to its device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// Which command.
    pub command: Id,
    /// To which device it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Id>,
    /// `accepted`, `refused` or `waiting`.
    pub outcome: DecisionOutcome,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The scopes it touched: the phone forgets an accepted command only when each is ready or not held.
    pub scopes: Vec<Scope>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// How a command ended.
    DecisionOutcome {
        /// It had its effect.
        Accepted = "accepted",
        /// It had none, and says why.
        Refused = "refused",
        /// It waits for something.
        Waiting = "waiting",
    }
}
