//! Master data: what the office may save, where it travels, who may.
#![cfg(test)]

mod common;

use common::{Office, id};
use countersign_model::decide::{Decision, RefusalCode};
use countersign_model::entity::*;
use countersign_model::id::{Id, RecordRef};
use countersign_model::money::Money;
use countersign_model::payload::*;
use countersign_model::record::{Scope, kind};
use serde_json::{Value, json};

fn save(kind: &str, id: Id, fields: Value) -> Payload {
    Payload::MasterSave(MasterSave { record: RecordRef::new(kind, id), fields, seen: None })
}

#[test]
fn every_kind_travels_in_its_scope() {
    let mut office = Office::hub();
    let (customer, part) = (id("acme"), id("seal"));
    let rows = [
        (kind::CUSTOMER, customer, json!({"name": "Acme"}), Scope::customer(customer)),
        (kind::CONTACT, id("joe"), json!({"customer": customer, "name": "Joe"}), Scope::customer(customer)),
        (kind::SITE, id("hall"), json!({"customer": customer, "name": "Hall"}), Scope::site(id("hall"))),
        (
            kind::PART,
            part,
            json!({"code": "S", "name": {}, "price": {"minor": 1, "currency": "EUR"}, "tax_basis_points": 0}),
            Scope::reference("parts"),
        ),
        (
            kind::PRICE,
            price_id("TWD", part),
            json!({"list": "TWD", "part": part, "price": {"minor": 60000, "currency": "TWD"}, "tax_basis_points": 500}),
            Scope::reference("parts"),
        ),
        (
            kind::CODE,
            code_id("symptom", "leak"),
            json!({"list": "symptom", "code": "leak", "name": {"en": "Leak"}}),
            Scope::reference("codes"),
        ),
        (kind::DEPOT, id("van"), json!({"name": "Van 1", "person": id("ana")}), Scope::reference("depots")),
    ];
    for (kind, record, fields, scope) in rows {
        office.accept("mia", None, None, save(kind, record, fields));
        assert_eq!(office.rows[&(kind.to_owned(), record)].scope, scope, "{kind}");
    }
    let price = office.get::<Price>(price_id("TWD", part)).unwrap();
    assert_eq!(price.price, Money::new(60_000, "TWD"));
    office.accept("mia", None, None, save(kind::DEPOT, id("van"), json!({"archived": true})));
    let van = office.get::<Depot>(id("van")).unwrap();
    assert!(van.archived && van.name == "Van 1" && van.person == Some(id("ana")));
}

#[test]
fn a_price_or_code_under_another_id_is_refused() {
    let mut office = Office::hub();
    let price = |list: &str, currency: &str| json!({"list": list, "part": id("seal"), "price": {"minor": 1, "currency": currency}, "tax_basis_points": 0});
    let rows = [
        (kind::PRICE, id("any"), price("TWD", "TWD")),
        (kind::PRICE, price_id("TWD", id("seal")), price("TWD", "EUR")),
        (kind::CODE, code_id("cause", "leak"), json!({"list": "symptom", "code": "leak", "name": {}})),
        (kind::CODE, code_id("cause", "leak"), json!({"list": "cause"})),
        (kind::STOCK, id("any"), json!({"depot": id("van"), "part": id("seal"), "code": "S", "quantity": "1"})),
    ];
    for (kind, record, fields) in rows {
        office.refuse("mia", None, save(kind, record, fields), RefusalCode::Malformed);
    }
}

#[test]
fn branches_people_forms_and_policies_are_the_administrators() {
    let mut office = Office::hub();
    let branch = || save(kind::BRANCH, id("branch"), json!({"name": "Valencia", "phone": "1"}));
    office.refuse("mia", None, branch(), RefusalCode::NotAllowed);
    office.refuse("ana", None, save(kind::CUSTOMER, id("x"), json!({"name": "X"})), RefusalCode::NotAllowed);
    let (_, decision) = office.give("adm", None, None, branch());
    assert!(matches!(decision, Decision::Accepted(_)));
}
