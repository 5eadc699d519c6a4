//! Lists that the office keeps: codes in four languages, prices per currency, rates of labour and travel.

use serde::{Deserialize, Serialize};

use super::Extra;
use crate::id::Id;
use crate::language::LocalText;
use crate::money::Money;
use crate::open_enum;

/// Names of the code lists.
pub mod code_list {
    /// What is seen at the machine.
    pub const SYMPTOM: &str = "symptom";
    /// Why it happened.
    pub const CAUSE: &str = "cause";
    /// What was done.
    pub const REMEDY: &str = "remedy";
    /// Classes of customers.
    pub const CUSTOMER_CLASS: &str = "customer_class";
    /// Standard remarks of a review.
    pub const REMARK: &str = "remark";
    /// All of them.
    pub const ALL: [&str; 5] = [SYMPTOM, CAUSE, REMEDY, CUSTOMER_CLASS, REMARK];
}

/// One entry of an editable list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Which list, see [`code_list`].
    pub list: String,
    /// The code as stored, such as `leak-hydraulic`.
    pub code: String,
    /// Its name per language.
    pub name: LocalText,
    /// Archived, never deleted: offered for nothing new, still named by what cites it.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The id of a code: the same wherever the list is imported or edited.
pub fn code_id(list: &str, code: &str) -> Id {
    Id::derived("code", &[list.as_bytes(), code.as_bytes()])
}

/// The price of a part on the list of one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// ISO 4217 currency that names the list.
    pub list: String,
    /// Which part.
    pub part: Id,
    /// Price of one, in the currency of the list.
    pub price: Money,
    /// Tax rate in basis points.
    pub tax_basis_points: i64,
    /// Archived, never deleted: the part is not sold in this currency any more.
    #[serde(default)]
    pub archived: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The id of a part's price in a currency.
pub fn price_id(currency: &str, part: Id) -> Id {
    Id::derived("price", &[currency.as_bytes(), part.bytes()])
}

open_enum! {
    /// What a charge that is no part is for.
    #[derive(Default)]
    ChargeKind {
        /// Hours of work.
        Labour = "labour",
        /// Hours of travel.
        Travel = "travel",
        /// Hours of waiting.
        Waiting = "waiting",
        /// Kilometres driven.
        Kilometres = "kilometres",
        /// A fixed sum per visit.
        CallOut = "call_out",
        /// Anything else, described in words.
        #[default]
        Miscellaneous = "other",
    }
}

/// What one hour, kilometre or visit costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// For what.
    pub kind: ChargeKind,
    /// Price of one hour, kilometre or visit; its currency names the price list.
    pub price: Money,
    /// Tax rate in basis points.
    pub tax_basis_points: i64,
}
