//! The departure check (product, promise 5): whether an engineer may leave for a job without the network and have
//! everything. One rule for the phone that goes and for the office that sends it; each side says what it knows.
//!
//! It never guesses: what neither side can know is not on the list.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::quantity_of;

/// What must be known before one leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whether the job with its visits is complete on the phone.
    pub job: bool,
    /// Whether the bytes of the job's form are there, by their hash, and can be used; `None` for a job without a form.
    pub form: Option<bool>,
    /// Whether customer and site are there; `None` for work without a customer.
    pub customer: Option<bool>,
    /// Whether the machine is there; `None` for a machine that is not registered.
    pub machine: Option<bool>,
    /// Whether the earlier visits of the machine are complete; `None` where there is no machine.
    pub history: Option<bool>,
    /// Whether the documents that were signed on earlier visits are there; `None` where there are none.
    pub documents: Option<bool>,
    /// Whether the list of parts is complete.
    pub parts: bool,
    /// Whether somebody at the customer can be called; `None` for work without a customer.
    pub contact: Option<bool>,
    /// Codes of the model's wear parts that the engineer's own depot lacks; `None` without a depot or such parts.
    pub lacking_stock: Option<Vec<String>>,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The job with its visits.
    Job,
    /// The form.
    Form,
    /// Customer and site.
    Customer,
    /// The machine.
    Machine,
    /// Its earlier visits.
    History,
    /// The documents signed on them.
    Documents,
    /// The parts list.
    Parts,
    /// Somebody to call.
    Contact,
    /// Wear parts in the own depot.
    Stock,
}

impl What {
    /// The key of its texts.
    pub fn word(self) -> &'static str {
        match self {
            What::Job => "job",
            What::Form => "form",
            What::Customer => "customer",
            What::Machine => "machine",
            What::History => "history",
            What::Documents => "documents",
            What::Parts => "parts",
            What::Contact => "contact",
            What::Stock => "stock",
        }
    }
}

impl What {
    /// Whether a sync may bring it; what else is missing only the office or the store room can bring.
    pub fn comes_by_sync(self) -> bool {
        !matches!(self, What::Contact | What::Stock)
    }
}

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What.
    pub what: What,
    /// Whether it is there.
    pub here: bool,
    /// What is missing, where it has names: part codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// The lines of the check, in the order in which one looks; what does not apply has no line.
pub fn check(facts: &Facts) -> Vec<Item> {
    let line = |what, here: Option<bool>| here.map(|here| Item { what, here, missing: Vec::new() });
    let stock = facts.lacking_stock.as_ref().map(|lacking| Item {
        what: What::Stock,
        here: lacking.is_empty(),
        missing: lacking.clone(),
    });
    let lines = [
        line(What::Job, Some(facts.job)),
        line(What::Form, facts.form),
        line(What::Customer, facts.customer),
        line(What::Contact, facts.contact),
        line(What::Machine, facts.machine),
        line(What::History, facts.history),
        line(What::Documents, facts.documents),
        line(What::Parts, Some(facts.parts)),
        stock,
    ];
    lines.into_iter().flatten().collect()
}

/// The wear parts of a model of which nothing is in stock, given as code and quantity; `None` where the model has none.
pub fn lacking(wear: &[String], stock: &[(String, String)]) -> Option<Vec<String>> {
    if wear.is_empty() {
        return None;
    }
    let some = |quantity: &str| quantity_of(quantity).is_ok_and(|quantity| quantity > Decimal::ZERO);
    let there = |code: &String| stock.iter().any(|(known, quantity)| known == code && some(quantity));
    Some(wear.iter().filter(|code| !there(code)).cloned().collect())
}

/// The light: green only if every line is there.
pub fn is_ready(items: &[Item]) -> bool {
    items.iter().all(|item| item.here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Facts {
        Facts {
            job: true,
            form: Some(true),
            customer: Some(true),
            machine: Some(true),
            history: Some(true),
            documents: Some(true),
            parts: true,
            contact: Some(true),
            lacking_stock: Some(Vec::new()),
        }
    }

    #[test]
    fn the_light_is_green_only_if_every_line_is_and_names_what_is_not() {
        let everything = check(&all());
        assert!(is_ready(&everything) && everything.len() == 9);
        type Lack = fn(&mut Facts);
        let rows: [(What, Lack); 9] = [
            (What::Job, |facts| facts.job = false),
            (What::Form, |facts| facts.form = Some(false)),
            (What::Customer, |facts| facts.customer = Some(false)),
            (What::Machine, |facts| facts.machine = Some(false)),
            (What::History, |facts| facts.history = Some(false)),
            (What::Documents, |facts| facts.documents = Some(false)),
            (What::Parts, |facts| facts.parts = false),
            (What::Contact, |facts| facts.contact = Some(false)),
            (What::Stock, |facts| facts.lacking_stock = Some(vec!["F-2".to_owned()])),
        ];
        for (what, lack) in rows {
            let mut facts = all();
            lack(&mut facts);
            let items = check(&facts);
            let red: Vec<What> = items.iter().filter(|item| !item.here).map(|item| item.what).collect();
            assert_eq!((is_ready(&items), red), (false, vec![what]));
        }
    }

    #[test]
    fn a_wear_part_is_lacking_where_no_depot_has_any_of_it() {
        let wear = ["F-1", "F-2", "F-3", "F-4"].map(str::to_owned);
        let stock = [("F-1", "2"), ("F-2", "0"), ("F-3", "-1"), ("F-3", "1"), ("F-4", "x"), ("F-9", "5")];
        let stock = stock.map(|(code, quantity)| (code.to_owned(), quantity.to_owned()));
        assert_eq!(lacking(&wear, &stock), Some(vec!["F-2".to_owned(), "F-4".to_owned()]));
        assert_eq!(lacking(&wear[..1], &stock), Some(Vec::new()));
        assert_eq!(lacking(&[], &stock), None);
    }

    #[test]
    fn what_does_not_apply_has_no_line() {
        let internal = Facts { job: true, parts: true, ..Facts::default() };
        let items = check(&internal);
        assert!(is_ready(&items));
        assert_eq!(items.iter().map(|item| item.what).collect::<Vec<_>>(), [What::Job, What::Parts]);
    }
}
