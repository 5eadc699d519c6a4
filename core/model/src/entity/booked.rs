//! What a visit takes: parts, charges, times, meter readings, notes.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ChargeKind, Extra};
use crate::document::Payer;
use crate::id::{Id, RecordRef};
use crate::money::{Line, Money, quantity_of};
use crate::open_enum;
use crate::time::TimeRecord;

/// A part used; a correction is a movement of its own with a negative quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartUse {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Which part of the catalogue; `None` for one that is not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// Code as on the part.
    pub code: String,
    /// Exact decimal.
    pub quantity: String,
    /// Price of one at the time of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// Tax rate at the time of use, basis points.
    #[serde(default)]
    pub tax_basis_points: i64,
    /// Batch or serial.
    #[serde(default)]
    pub batch: String,
    /// Booked after the signature by another device: counts for stock, is not in the document.
    #[serde(default)]
    pub late: bool,
    /// Who.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Out of which depot or van it came; `None` for one that moves no stock of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depot: Option<Id>,
    /// Who pays for it; `None` where the class of the voucher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// The movement that this one takes back, all of it or a part; `None` for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How many of a movement are still there after what took some of it back; nothing where a quantity is no number.
pub fn still_booked(id: Id, quantity: &str, movements: &[(Id, PartUse)]) -> Decimal {
    let back = movements.iter().filter(|(_, used)| used.undoes == Some(id)).map(|(_, used)| used.quantity.as_str());
    std::iter::once(quantity).chain(back).filter_map(|quantity| quantity_of(quantity).ok()).sum()
}

/// A charge that is no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// What for.
    pub description: String,
    /// The charged line.
    pub line: Line,
    /// Booked after the signature by another device.
    #[serde(default)]
    pub late: bool,
    /// Who.
    pub author: Id,
    /// What for, as the rates name it.
    #[serde(default)]
    pub kind: ChargeKind,
    /// Hours, kilometres or pieces, an exact decimal; empty for a sum without one.
    #[serde(default)]
    pub quantity: String,
    /// Price of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// Who pays for it; `None` where the class of the voucher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// The charge that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// What the time was spent on.
    #[derive(Default)]
    TimeKind {
        /// Going there and back.
        Travel = "travel",
        /// Working.
        #[default]
        Work = "work",
        /// Waiting.
        Waiting = "waiting",
    }
}

/// Hours of a person on a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeEntry {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Whose.
    pub person: Id,
    /// On what.
    pub kind: TimeKind,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kilometres: Option<i64>,
    /// Booked after the signature by another device.
    #[serde(default)]
    pub late: bool,
    /// The entry that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A fact that a later one may put right: the later names the one that it replaces, and both stay.
///
/// Times and charges are corrected by a replacing entry, not by a movement: "2 h" put right to "1 h 30" is one time on
/// the voucher, and nobody spends minus half an hour. Parts are corrected by a movement, since stock moved twice.
pub trait Replaceable {
    /// The entry that this one corrects.
    fn replaces(&self) -> Option<Id>;
}

impl Replaceable for TimeEntry {
    fn replaces(&self) -> Option<Id> {
        self.replaces
    }
}

impl Replaceable for Charge {
    fn replaces(&self) -> Option<Id> {
        self.replaces
    }
}

/// The entries that count: of each first entry and all that puts it right, directly or after one another, exactly one.
/// Two people without a network may both correct the same entry. Then one correction counts, the same on every device,
/// and the hub flags it: a customer who pays for one of two is asked once more, one who pays twice is wronged.
pub fn standing<T: Replaceable>(entries: Vec<(Id, T)>) -> Vec<(Id, T)> {
    let before: BTreeMap<Id, Id> =
        entries.iter().filter_map(|(id, entry)| entry.replaces().map(|replaced| (*id, replaced))).collect();
    let replaced: BTreeSet<Id> = before.values().copied().collect();
    let mut counting: BTreeMap<Id, Id> = BTreeMap::new();
    for (id, _) in entries.iter().filter(|(id, _)| !replaced.contains(id)) {
        let last = counting.entry(first_of(*id, &before)).or_insert(*id);
        *last = (*last).max(*id);
    }
    let counting: BTreeSet<Id> = counting.into_values().collect();
    entries.into_iter().filter(|(id, _)| counting.contains(id)).collect()
}

/// The entry at which a chain of corrections began. No chain is longer than the entries are many.
fn first_of(id: Id, before: &BTreeMap<Id, Id>) -> Id {
    let chain = std::iter::successors(Some(id), |id| before.get(id).copied());
    chain.take(before.len() + 1).last().unwrap_or(id)
}

/// A meter reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterReading {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Which machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Id>,
    /// Exact decimal.
    pub value: String,
    /// When.
    pub time: TimeRecord,
    /// Lower than the reading before: kept, flagged, and not taken over by the machine.
    #[serde(default)]
    pub backward: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A note in words; also what a refused command is turned into by "attach as a note".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// About what.
    pub subject: RecordRef,
    /// The words.
    pub text: String,
    /// Who.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}
