//! Stock and cash.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::entity::{CashMethod, MovementReason};
use crate::id::Id;
use crate::money::Money;

/// `stock.move`: goods come, go, are counted or change the depot. Parts used on a visit move by `part.use`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockMove {
    /// Id of the new movement.
    pub movement: Id,
    /// Which depot.
    pub depot: Id,
    /// Where the goods go, for a transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Id>,
    /// Which part.
    pub part: Id,
    /// Exact decimal, not negative: how many came, left or changed the depot; for a count, how many are there.
    pub quantity: String,
    /// Why.
    pub reason: MovementReason,
    /// Batch or serial.
    #[serde(default)]
    pub batch: String,
    /// Words about it, such as a delivery note's number.
    #[serde(default)]
    pub note: String,
}

/// `cash.take`: money was taken on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashTake {
    /// Id of the new receipt.
    pub receipt: Id,
    /// On which visit.
    pub visit: Id,
    /// Printed number from the phone's own block.
    pub number: String,
    /// The sum, tax included.
    pub amount: Money,
    /// The tax in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    /// Who gave it.
    pub received_from: String,
    /// How.
    pub method: CashMethod,
    /// The sealed voucher that it pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Digest>,
    /// Words about it.
    #[serde(default)]
    pub note: String,
}

/// `cash.hand_over`: the engineer gave it to the accountant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashHandOver {
    /// Which receipt.
    pub receipt: Id,
}

/// `cash.receive`: the accountant has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashReceive {
    /// Which receipt.
    pub receipt: Id,
    /// What was counted, where it differs from the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Money>,
    /// Words about it; needed where the sums differ.
    #[serde(default)]
    pub note: String,
}
