//! Visits by phone or video and the visit that collects their sign-off; wishes of the field; work that changes hands.
#![cfg(test)]

mod common;

use common::{Office, id, plan_of, planned, signing};
use countersign_model::decide::{Decision, RefusalCode};
use countersign_model::document::*;
use countersign_model::entity::*;
use countersign_model::id::RecordRef;
use countersign_model::payload::*;
use countersign_model::record::kind;

const ANA: Option<(&str, u64)> = Some(("ana-phone", 1));
const BEN: Option<(&str, u64)> = Some(("ben-phone", 1));
const CLEO: Option<(&str, u64)> = Some(("cleo-phone", 1));

fn visit(office: &Office, name: &str) -> Visit {
    office.get::<Visit>(id(name)).unwrap()
}

fn remote(visit: &str, remote: bool) -> Payload {
    Payload::VisitRemote(VisitRemote { visit: id(visit), remote })
}

fn collect(visit: &str, collects: &[&str]) -> Payload {
    let collects = collects.iter().map(|name| id(name)).collect();
    Payload::VisitCollect(VisitCollect { visit: id(visit), collects })
}

#[test]
fn a_visit_becomes_one_by_phone_until_it_is_signed() {
    let mut office = planned();
    office.accept("ana", ANA, None, remote("visit", true));
    assert!(visit(&office, "visit").remote);
    office.accept("ben", BEN, None, remote("visit", false));
    assert!(!visit(&office, "visit").remote);
    office.accept("ana", ANA, None, signing("visit", Content::default(), &[], true).1);
    // The hub keeps the late word as a flag, a phone refuses it at once.
    office.accept("ana", ANA, None, remote("visit", true));
    assert!(!visit(&office, "visit").remote);
    assert_eq!(office.flags(), [FlagCode::LateFact]);
    office.on_hub = false;
    office.refuse("ana", ANA, remote("visit", true), RefusalCode::Signed);
}

#[test]
fn a_later_visit_collects_the_sign_offs_of_remote_ones() {
    let mut office = planned();
    office.accept("des", None, None, plan_of("second", "cleo", &[]));
    office.refuse("cleo", CLEO, collect("second", &["visit"]), RefusalCode::State);
    office.accept("ana", ANA, None, remote("visit", true));
    office.refuse("ana", ANA, collect("visit", &["second"]), RefusalCode::State);
    office.refuse("cleo", CLEO, collect("second", &["second"]), RefusalCode::State);
    office.accept("cleo", CLEO, None, collect("second", &["visit", "visit"]));
    office.accept("cleo", CLEO, None, collect("second", &["visit"]));
    assert_eq!(visit(&office, "second").collects, [id("visit")], "each once, however often it is said");
    assert_eq!(visit(&office, "visit").collected_by, Some(id("second")));
    // What is being collected stays a remote visit, and who collects stays on site.
    office.refuse("ana", ANA, remote("visit", false), RefusalCode::State);
    office.refuse("cleo", CLEO, remote("second", true), RefusalCode::State);
    // Cleo was on no remote visit and signs it all the same.
    office.accept("cleo", CLEO, None, signing("visit", Content::default(), &[], true).1);
    assert!(office.flags().is_empty());
    let (_, waiting) = office.give("cleo", CLEO, None, collect("second", &["unsent"]));
    assert!(matches!(waiting, Decision::Waiting(_)), "{waiting:?}");
}

#[test]
fn whoever_is_not_on_the_visit_says_nothing_of_it() {
    let mut office = planned();
    office.accept("cleo", CLEO, None, remote("visit", true));
    assert_eq!(office.flags(), [FlagCode::NotOnVisit], "the hub keeps the fact and flags it");
    office.on_hub = false;
    office.refuse("cleo", CLEO, remote("visit", false), RefusalCode::NotAllowed);
}

#[test]
fn a_wish_is_answered_and_changes_no_record() {
    for (wish, needs_words) in [(Wish::Parts, false), (Wish::Colleague, false), (Wish::Question, true)] {
        let mut office = planned();
        let before = office.get::<Job>(id("job")).unwrap();
        let about = RecordRef::new(kind::JOB, id("job"));
        let reason = "the seal of the second pump too".to_owned();
        let make = RequestMake { request: id("request"), about, fields: wish.fields(), reason };
        office.accept("ana", ANA, None, Payload::RequestMake(make));
        assert_eq!(office.get::<Request>(id("request")).unwrap().what(), wish.as_str());
        let decide = |granted, answer: &str| {
            let answer = answer.to_owned();
            Payload::RequestDecide(RequestDecide { request: id("request"), granted, answer })
        };
        office.refuse("des", None, decide(false, ""), RefusalCode::Missing);
        if needs_words {
            office.refuse("des", None, decide(true, " "), RefusalCode::Missing);
        }
        office.accept("des", None, None, decide(true, if needs_words { "the blue one" } else { "" }));
        assert_eq!(office.get::<Job>(id("job")).unwrap(), before, "{wish}");
        assert_eq!(office.get::<Request>(id("request")).unwrap().state, RequestState::Granted);
    }
}

#[test]
fn who_takes_over_knows_when_the_device_before_was_heard_of() {
    let mut office = planned();
    let payload = VisitReassign { visit: id("visit"), new_visit: id("next"), lead: id("cleo"), heard: Some(77) };
    office.accept("des", None, None, Payload::VisitReassign(payload));
    let next = visit(&office, "next");
    assert_eq!((next.replaces, next.heard), (Some(id("visit")), Some(77)));
}
