//! Depots and their stock. A movement is never changed; the stock of a part in a depot is derived from the movements.

use serde::{Deserialize, Serialize};

use super::Extra;
use crate::id::{Id, RecordRef};
use crate::open_enum;
use crate::time::TimeRecord;

/// A stock place; a van is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depot {
    /// Name.
    pub name: String,
    /// The branch that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<Id>,
    /// Whose van it is; `None` for a depot that stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// Archived, never deleted.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Why stock moved.
    MovementReason {
        /// Used on a visit, or taken back from one.
        Used = "used",
        /// Received from a supplier.
        Received = "received",
        /// Moved between two depots.
        Transferred = "transferred",
        /// Put right after counting.
        Counted = "counted",
        /// Thrown away.
        Scrapped = "scrapped",
    }
}

/// One movement of a part; never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Into or out of which depot.
    pub depot: Id,
    /// Which part of the catalogue; `None` for one that is not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// Code as on the part.
    pub code: String,
    /// Exact decimal; negative goes out.
    pub quantity: String,
    /// Why.
    pub reason: MovementReason,
    /// The part use or transfer that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<RecordRef>,
    /// Batch or serial.
    #[serde(default)]
    pub batch: String,
    /// Words about it, such as a delivery note's number.
    #[serde(default)]
    pub note: String,
    /// Who.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The id of the movement that a part use makes: the same on the phone and on the hub.
pub fn movement_id(part_use: Id) -> Id {
    Id::derived("movement", &[part_use.bytes()])
}

/// How much of a part a depot holds: derived by the hub from the movements. May be negative, which is flagged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// Which depot.
    pub depot: Id,
    /// Which part.
    pub part: Id,
    /// The part's code.
    pub code: String,
    /// Exact decimal.
    pub quantity: String,
    /// Hub time of the last movement, milliseconds since 1970.
    #[serde(default)]
    pub changed: i64,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The id of the stock of a part in a depot.
pub fn stock_id(depot: Id, part: Id) -> Id {
    Id::derived("stock", &[depot.bytes(), part.bytes()])
}
