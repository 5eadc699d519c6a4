//! Cash taken on site and its way to the accountant; and requests of the field that the office decides.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Extra, Window};
use crate::digest::Digest;
use crate::id::{Id, RecordRef};
use crate::money::Money;
use crate::open_enum;
use crate::time::TimeRecord;

open_enum! {
    /// How the money was given.
    CashMethod {
        /// Notes and coins.
        Cash = "cash",
        /// By card.
        Card = "card",
        /// A cheque.
        Cheque = "cheque",
        /// A transfer shown on the customer's phone.
        Transfer = "transfer",
    }
}

open_enum! {
    /// Where the money is.
    CashState {
        /// With the engineer.
        Taken = "taken",
        /// Handed over, not confirmed by the accountant yet.
        HandedOver = "handed_over",
        /// The accountant has it.
        Received = "received",
    }
}

/// Money taken on site. The paper that the customer gets is a sealed document of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashReceipt {
    /// Printed number from the phone's own block.
    pub number: String,
    /// On which visit.
    pub visit: Id,
    /// Of which job.
    pub job: Id,
    /// The sum that was taken, tax included.
    pub amount: Money,
    /// The tax in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    /// Who gave it.
    pub received_from: String,
    /// How.
    pub method: CashMethod,
    /// The sealed voucher that it pays, where one is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Digest>,
    /// The sealed cash receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Digest>,
    /// Where the money is.
    pub state: CashState,
    /// Who took it.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// When the engineer handed it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<TimeRecord>,
    /// Who received it at the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<Id>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<TimeRecord>,
    /// What the accountant counted, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Money>,
    /// Words of engineer or accountant.
    #[serde(default)]
    pub note: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Where a request stands.
    RequestState {
        /// Waits for the office.
        Open = "open",
        /// Done as asked.
        Granted = "granted",
        /// Not done, with a reason.
        Declined = "declined",
    }
}

open_enum! {
    /// What the field wishes that is no change of one record: the office does it by orders of its own, and answers.
    Wish {
        /// More parts.
        Parts = "parts",
        /// A colleague to help.
        Colleague = "colleague",
        /// An answer.
        Question = "question",
    }
}

/// The field of a request that names a wish.
const WISH: &str = "wish";

impl Wish {
    /// The fields of a request with this wish.
    pub fn fields(&self) -> Value {
        serde_json::json!({ WISH: self.as_str() })
    }
}

impl Request {
    /// The wish, where the request is one.
    pub fn wish(&self) -> Option<Wish> {
        self.fields.get(WISH).and_then(Value::as_str).map(Wish::from_word)
    }

    /// The window that is asked for, where one is.
    pub fn window(&self) -> Option<Window> {
        self.fields.get("window").and_then(|window| serde_json::from_value(window.clone()).ok())
    }

    /// What is asked, as a word: that of the wish, `window` or `change`.
    pub fn what(&self) -> String {
        match (self.wish(), self.window()) {
            (Some(wish), _) => wish.as_str().to_owned(),
            (None, Some(_)) => "window".to_owned(),
            (None, None) => "change".to_owned(),
        }
    }
}

/// What the field asks the office to change: master data and appointments are the office's to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The record that should change.
    pub about: RecordRef,
    /// The fields as they should be.
    pub fields: Value,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RequestState,
    /// What the office answered.
    #[serde(default)]
    pub answer: String,
    /// Who asks.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}
