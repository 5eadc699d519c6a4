//! Typed views of record bodies. Fields that this version does not know are kept in `extra` and written back.

mod annotation;
mod booked;
mod capture_set;
mod cash;
mod catalogue;
mod device;
mod fieldwork;
mod master;
mod office;
mod review;
mod signed;
mod states;
mod stock;

pub use annotation::*;
pub use booked::*;
pub use capture_set::*;
pub use cash::*;
pub use catalogue::*;
pub use device::*;
pub use fieldwork::*;
pub use master::*;
pub use office::*;
pub use review::*;
pub use signed::*;
pub use states::*;
pub use stock::*;

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::record::{Row, kind};

/// Fields of a body that a newer program wrote.
pub type Extra = BTreeMap<String, Value>;

/// A body that belongs to one kind of record.
pub trait Entity: Serialize + DeserializeOwned {
    /// The kind of record whose body this is.
    const KIND: &'static str;

    /// Reads the body of a row; `None` for a tombstone, another kind, or a body that does not fit.
    fn of(row: &Row) -> Option<Self> {
        if row.kind != Self::KIND {
            return None;
        }
        row.body.as_ref().and_then(|body| serde_json::from_value(body.clone()).ok())
    }

    /// The body as stored. Bodies of ours always have a JSON form; `Null` would show a defect at once.
    fn body(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// Declares which kind of record each body belongs to.
macro_rules! entities {
    ($($body:ty => $kind:expr),+ $(,)?) => { $(impl Entity for $body { const KIND: &'static str = $kind; })+ };
}

entities! {
    Company => kind::COMPANY, Branch => kind::BRANCH, Person => kind::PERSON, Customer => kind::CUSTOMER,
    Contact => kind::CONTACT, Site => kind::SITE, MachineModel => kind::MODEL, Machine => kind::MACHINE,
    Part => kind::PART, FormVersion => kind::FORM, Policy => kind::POLICY,
    Call => kind::CALL, Job => kind::JOB, Visit => kind::VISIT, Voucher => kind::VOUCHER,
    Annotation => kind::ANNOTATION,
    Fill => kind::FILL, Answer => kind::ANSWER, Item => kind::ITEM, Evidence => kind::EVIDENCE,
    PartUse => kind::PART_USE, Charge => kind::CHARGE, TimeEntry => kind::TIME_ENTRY,
    MeterReading => kind::METER_READING, Note => kind::NOTE, Document => kind::DOCUMENT,
    Amendment => kind::AMENDMENT, Review => kind::REVIEW, Flag => kind::FLAG, Device => kind::DEVICE,
    Holding => kind::HOLDING, DecisionRecord => kind::DECISION, Series => kind::SERIES,
    Code => kind::CODE, Price => kind::PRICE, Depot => kind::DEPOT, Movement => kind::MOVEMENT,
    Stock => kind::STOCK, CashReceipt => kind::CASH_RECEIPT, Request => kind::REQUEST,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::record::Scope;
    use serde_json::json;

    #[test]
    fn unknown_fields_and_words_survive_a_round_trip() {
        let body = json!({
            "number": "J-26-0001", "fault": "leaks", "priority": "cosmic", "machine_state": "down",
            "state": "teleported", "class": "B", "hologram": {"x": 1},
        });
        let row = Row {
            kind: kind::JOB.to_owned(),
            id: Id::default(),
            scope: Scope::default(),
            rev: 1,
            seq: 1,
            body: Some(body.clone()),
        };
        let mut job = Job::of(&row).unwrap();
        assert_eq!(job.state, JobState::Other("teleported".to_owned()));
        job.fault = "leaks more".to_owned();
        let written = job.body();
        assert_eq!(written["hologram"], body["hologram"]);
        assert_eq!(written["priority"], body["priority"]);
        assert_eq!(written["fault"], "leaks more");
        assert!(Visit::of(&row).is_none());
    }
}
