//! Records: rows as the hub has them. Bodies are kept raw, so that fields, kinds and words of a newer program survive
//! an older one; typed views of the bodies are in [`crate::entity`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{Id, RecordRef};

/// The kinds of records. Unknown kinds are stored and passed on untouched.
pub mod kind {
    /// The serving company itself.
    pub const COMPANY: &str = "company";
    /// A place of the company.
    pub const BRANCH: &str = "branch";
    /// Somebody who works with the product.
    pub const PERSON: &str = "person";
    /// A customer.
    pub const CUSTOMER: &str = "customer";
    /// A person at a customer.
    pub const CONTACT: &str = "contact";
    /// A place of a customer.
    pub const SITE: &str = "site";
    /// A machine model.
    pub const MODEL: &str = "model";
    /// A customer's machine.
    pub const MACHINE: &str = "machine";
    /// A part with its price.
    pub const PART: &str = "part";
    /// A form version that jobs may use.
    pub const FORM: &str = "form";
    /// A policy.
    pub const POLICY: &str = "policy";
    /// An entry of an editable list.
    pub const CODE: &str = "code";
    /// The price of a part in one currency.
    pub const PRICE: &str = "price";
    /// A stock place.
    pub const DEPOT: &str = "depot";
    /// A movement of stock.
    pub const MOVEMENT: &str = "movement";
    /// How much of a part a depot holds.
    pub const STOCK: &str = "stock";
    /// Money taken on site.
    pub const CASH_RECEIPT: &str = "cash_receipt";
    /// What the field asks the office to change.
    pub const REQUEST: &str = "request";
    /// A customer's request.
    pub const CALL: &str = "call";
    /// A job.
    pub const JOB: &str = "job";
    /// A visit.
    pub const VISIT: &str = "visit";
    /// The voucher of a visit.
    pub const VOUCHER: &str = "voucher";
    /// One filling of a form.
    pub const FILL: &str = "fill";
    /// One answer.
    pub const ANSWER: &str = "answer";
    /// One item of a repeat.
    pub const ITEM: &str = "item";
    /// A photo or file.
    pub const EVIDENCE: &str = "evidence";
    /// A layer drawn over a photo.
    pub const ANNOTATION: &str = "annotation";
    /// A part used.
    pub const PART_USE: &str = "part_use";
    /// A charge that is no part.
    pub const CHARGE: &str = "charge";
    /// Hours of a person.
    pub const TIME_ENTRY: &str = "time_entry";
    /// A meter reading.
    pub const METER_READING: &str = "meter_reading";
    /// A note in words.
    pub const NOTE: &str = "note";
    /// A sealed document.
    pub const DOCUMENT: &str = "document";
    /// The draft of an amendment.
    pub const AMENDMENT: &str = "amendment";
    /// A review's result.
    pub const REVIEW: &str = "review";
    /// Something that a person should look at.
    pub const FLAG: &str = "flag";
    /// A device.
    pub const DEVICE: &str = "device";
    /// A scope that a device holds.
    pub const HOLDING: &str = "holding";
    /// What became of a command.
    pub const DECISION: &str = "decision";
    /// A series of numbers that the hub allots.
    pub const SERIES: &str = "series";
}

/// Which rows travel together: `job/<id>`, `device/<id>`, `ref/people` and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope(pub String);

impl Scope {
    /// Everything of one job.
    pub fn job(id: Id) -> Scope {
        Scope(format!("job/{id}"))
    }

    /// A call before it has a job.
    pub fn call(id: Id) -> Scope {
        Scope(format!("call/{id}"))
    }

    /// Decisions and holdings of one device.
    pub fn device(id: Id) -> Scope {
        Scope(format!("device/{id}"))
    }

    /// A customer with contacts.
    pub fn customer(id: Id) -> Scope {
        Scope(format!("customer/{id}"))
    }

    /// A site.
    pub fn site(id: Id) -> Scope {
        Scope(format!("site/{id}"))
    }

    /// A machine with readings.
    pub fn machine(id: Id) -> Scope {
        Scope(format!("machine/{id}"))
    }

    /// The stock of one depot.
    pub fn depot(id: Id) -> Scope {
        Scope(format!("depot/{id}"))
    }

    /// Rows that every device holds: company, people, models, parts with prices, codes, depots, forms, policies.
    pub fn reference(name: &str) -> Scope {
        Scope(format!("ref/{name}"))
    }

    /// Rows that stay at the office and are never sent to a device.
    pub fn office() -> Scope {
        Scope("office".to_owned())
    }

    /// The reference scopes that each enrolled device holds.
    pub fn references() -> impl Iterator<Item = Scope> {
        ["company", "people", "models", "parts", "codes", "depots", "forms", "policies"]
            .into_iter()
            .map(Scope::reference)
    }

    /// The id behind the slash, where the scope is about one record.
    pub fn id(&self) -> Option<Id> {
        self.0.split_once('/').and_then(|(_, id)| id.parse().ok())
    }

    /// Whether this is the scope of a job.
    pub fn is_job(&self) -> bool {
        self.0.starts_with("job/")
    }

    /// A scope from outside must be short and of the form `word/rest`; anything else is refused.
    pub fn is_well_formed(&self) -> bool {
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        self.0.len() <= 64
            && (self.0 == "office" || self.0.split_once('/').is_some_and(|(word, rest)| plain(word) && plain(rest)))
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A row as the hub has it, or its tombstone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Row {
    /// Kind, see [`kind`].
    pub kind: String,
    /// Id.
    pub id: Id,
    /// Which rows it travels with.
    pub scope: Scope,
    /// How often it changed; higher wins when feed and snapshot meet.
    #[serde(default)]
    pub rev: u64,
    /// Its place in the tenant's gapless feed; 0 on a phone before the hub has it.
    #[serde(default)]
    pub seq: u64,
    /// The body; `None` is a tombstone.
    pub body: Option<Value>,
}

impl Row {
    /// The reference to this row.
    pub fn reference(&self) -> RecordRef {
        RecordRef::new(&self.kind, self.id)
    }

    /// The record that this one hangs under, by which stores index children (see [`parent_of`]).
    pub fn parent(&self) -> Option<Id> {
        self.body.as_ref().and_then(|body| parent_of(&self.kind, body))
    }
}

/// Which field of a body names the parent, per kind: visits of a job, answers of a fill, documents of a visit.
const PARENTS: &[(&str, &str)] = &[
    (kind::CONTACT, "customer"),
    (kind::SITE, "customer"),
    (kind::MACHINE, "customer"),
    (kind::CALL, "customer"),
    (kind::JOB, "call"),
    (kind::VISIT, "job"),
    (kind::VOUCHER, "visit"),
    (kind::FILL, "subject"),
    (kind::ANSWER, "fill"),
    (kind::ITEM, "fill"),
    (kind::EVIDENCE, "subject"),
    (kind::ANNOTATION, "evidence"),
    (kind::PART_USE, "subject"),
    (kind::CHARGE, "subject"),
    (kind::TIME_ENTRY, "subject"),
    (kind::METER_READING, "subject"),
    (kind::NOTE, "subject"),
    (kind::PRICE, "part"),
    (kind::MOVEMENT, "depot"),
    (kind::STOCK, "depot"),
    (kind::CASH_RECEIPT, "visit"),
    (kind::REQUEST, "about"),
    (kind::DOCUMENT, "visit"),
    (kind::AMENDMENT, "visit"),
    (kind::REVIEW, "voucher"),
    (kind::FLAG, "about"),
    (kind::DEVICE, "person"),
    (kind::HOLDING, "device"),
    (kind::DECISION, "device"),
];

/// The id of the record that a body hangs under; `None` for kinds that hang under nothing.
pub fn parent_of(kind: &str, body: &Value) -> Option<Id> {
    let (_, field) = PARENTS.iter().find(|(name, _)| *name == kind)?;
    let value = body.get(field)?;
    let text = value.as_str().or_else(|| value.get("id").and_then(Value::as_str))?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn children_find_their_parent_by_id_or_reference() {
        let job = Id::derived("job", &[b"1"]);
        let visit = json!({"job": job, "lead": "x"});
        let answer = json!({"subject": {"kind": "visit", "id": job}});
        assert_eq!(parent_of(kind::VISIT, &visit), Some(job));
        assert_eq!(parent_of(kind::EVIDENCE, &answer), Some(job));
        assert_eq!(parent_of(kind::PART, &visit), None);
        assert_eq!(parent_of(kind::VISIT, &json!({"job": 5})), None);
    }

    #[test]
    fn scopes_from_outside_are_checked() {
        for good in ["job/0198", "ref/people", "office"] {
            assert!(Scope(good.to_owned()).is_well_formed(), "{good}");
        }
        for bad in ["", "job", "job/", "/x", "job/../x", "job/a b", "ref/'; drop", &format!("job/{}", "a".repeat(80))] {
            assert!(!Scope(bad.to_owned()).is_well_formed(), "{bad}");
        }
    }
}
