//! Visits and jobs after planning: helpers, windows, times, meters, diagnosis, class, machine, remote visits, requests.
#![cfg(test)]

mod common;

use common::{Office, id, plan_of, planned, signing};
use countersign_model::decide::{Decision, RefusalCode};
use countersign_model::document::*;
use countersign_model::entity::*;
use countersign_model::id::{Id, RecordRef};
use countersign_model::language::LocalText;
use countersign_model::payload::*;
use countersign_model::record::{Scope, kind};
use serde_json::json;

const ANA: Option<(&str, u64)> = Some(("ana-phone", 1));
const BEN: Option<(&str, u64)> = Some(("ben-phone", 1));
const CLEO: Option<(&str, u64)> = Some(("cleo-phone", 1));

fn visit_ref() -> RecordRef {
    RecordRef::new(kind::VISIT, id("visit"))
}

fn visit(office: &Office) -> Visit {
    office.get::<Visit>(id("visit")).unwrap()
}

fn job(office: &Office) -> Job {
    office.get::<Job>(id("job")).unwrap()
}

fn leave(visit: &str, reason: &str) -> Payload {
    Payload::VisitLeave(VisitLeave { visit: id(visit), reason: reason.to_owned() })
}

fn staff(add: &[&str], remove: &[&str]) -> Payload {
    let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect();
    Payload::VisitStaff(VisitStaff { visit: id("visit"), add: ids(add), remove: ids(remove) })
}

fn appoint(from: i64, to: i64) -> Payload {
    Payload::VisitAppoint(VisitAppoint { visit: id("visit"), window: Some(Window { from, to }) })
}

#[test]
fn the_office_and_the_lead_say_who_helps() {
    let mut office = planned();
    office.accept("des", None, None, staff(&["cleo", "ana"], &["ben"]));
    assert_eq!(visit(&office).helpers, [id("cleo")], "the lead never helps themselves");
    office.accept("ana", ANA, None, staff(&["ben"], &[]));
    assert_eq!(visit(&office).helpers, [id("cleo"), id("ben")]);
    office.refuse("ben", BEN, staff(&[], &["cleo"]), RefusalCode::NotAllowed);
    office.refuse("des", None, staff(&["nobody"], &[]), RefusalCode::NoRecord);
    office.accept("ana", ANA, None, leave("visit", "part"));
    office.refuse("des", None, staff(&[], &["ben"]), RefusalCode::State);
}

#[test]
fn the_office_agrees_windows_and_the_phone_asks() {
    let mut office = planned();
    office.accept("des", None, None, appoint(1_000, 2_000));
    assert_eq!(visit(&office).window, Some(Window { from: 1_000, to: 2_000 }));
    office.refuse("des", None, appoint(2_000, 1_000), RefusalCode::WindowReversed);
    office.refuse("ana", ANA, appoint(5_000, 6_000), RefusalCode::NotAllowed);
    let request = Payload::RequestMake(RequestMake {
        request: id("request"),
        about: visit_ref(),
        fields: json!({"window": {"from": 5_000, "to": 6_000}}),
        reason: "the customer asks for the afternoon".to_owned(),
    });
    office.accept("ana", ANA, None, request);
    let decide = |granted: bool, answer: &str| {
        let answer = answer.to_owned();
        Payload::RequestDecide(RequestDecide { request: id("request"), granted, answer })
    };
    office.refuse("des", None, decide(false, " "), RefusalCode::Missing);
    office.accept("des", None, None, decide(true, ""));
    assert_eq!(visit(&office).window, Some(Window { from: 5_000, to: 6_000 }));
    assert_eq!(office.get::<Request>(id("request")).unwrap().state, RequestState::Granted);
    office.refuse("des", None, decide(false, "no"), RefusalCode::ChangedSince);
}

#[test]
fn a_request_about_master_data_needs_the_rights_of_its_order() {
    let mut office = planned();
    office.seed(id("acme"), Scope::customer(id("acme")), &Customer { name: "Acme".to_owned(), ..Customer::default() });
    for (request, about, fields) in [
        ("phone", RecordRef::new(kind::CUSTOMER, id("acme")), json!({"phone": "+34 1"})),
        ("boss", RecordRef::new(kind::PERSON, id("ana")), json!({"roles": ["administrator"]})),
    ] {
        let make = RequestMake { request: id(request), about, fields, reason: "it changed".to_owned() };
        office.accept("ana", ANA, None, Payload::RequestMake(make));
    }
    let grant =
        |name: &str| Payload::RequestDecide(RequestDecide { request: id(name), granted: true, answer: String::new() });
    office.accept("des", None, None, grant("phone"));
    let acme = office.get::<Customer>(id("acme")).unwrap();
    assert_eq!((acme.name.as_str(), acme.phone.as_str()), ("Acme", "+34 1"));
    office.refuse("des", None, grant("boss"), RefusalCode::NotAllowed);
    office.refuse("ana", ANA, grant("boss"), RefusalCode::NotAllowed);
}

fn time(entry: &str, minutes: i64, replaces: Option<&str>) -> Payload {
    Payload::TimeRecorded(TimeRecorded {
        entry: id(entry),
        subject: visit_ref(),
        person: id("ana"),
        minutes,
        kilometres: Some(12),
        replaces: replaces.map(id),
        ..TimeRecorded::default()
    })
}

#[test]
fn of_two_corrections_of_one_time_one_counts_and_somebody_looks() {
    let mut office = planned();
    office.accept("ana", ANA, None, time("first", 120, None));
    office.accept("ana", ANA, None, time("by ana", 90, Some("first")));
    office.accept("ben", BEN, None, time("by ben", 60, Some("first")));
    assert_eq!(office.flags(), [FlagCode::CorrectedTwice]);
    let entries = |office: &Office, names: &[&str]| -> Vec<(Id, TimeEntry)> {
        names.iter().map(|name| (id(name), office.get::<TimeEntry>(id(name)).unwrap())).collect()
    };
    let one = standing(entries(&office, &["first", "by ana", "by ben"]));
    assert_eq!(one.len(), 1);
    assert_eq!(standing(entries(&office, &["by ben", "by ana", "first"])), one, "in whatever order they come");
    // Who looked puts one of them right, whichever it is: the other does not come back.
    for (name, minutes, of) in [("looked", 75, "by ana"), ("again", 80, "by ben")] {
        office.accept("ana", ANA, None, time(name, minutes, Some(of)));
    }
    let all = entries(&office, &["first", "by ana", "by ben", "looked", "again"]);
    assert_eq!(standing(all).len(), 1);
}

#[test]
fn a_time_is_put_right_by_an_entry_that_replaces_it() {
    let mut office = planned();
    office.accept("ana", ANA, None, time("first", 120, None));
    office.accept("ana", ANA, None, time("second", 90, Some("first")));
    let entries: Vec<_> =
        ["first", "second"].iter().map(|name| (id(name), office.get::<TimeEntry>(id(name)).unwrap())).collect();
    let minutes: Vec<i64> = standing(entries).into_iter().map(|(_, entry)| entry.minutes).collect();
    assert_eq!(minutes, [90], "both are kept, one counts");
    assert_eq!(office.flags(), []);
    office.refuse("ana", ANA, time("long", 10_081, None), RefusalCode::OutOfRange);
    office.refuse("ana", ANA, time("minus", -1, None), RefusalCode::OutOfRange);
    let (_, decision) = office.give("ana", ANA, None, time("lost", 1, Some("nothing")));
    assert!(matches!(decision, Decision::Waiting(_)), "{decision:?}");
}

#[test]
fn a_meter_that_goes_back_is_flagged_and_the_machine_keeps_the_higher_reading() {
    let mut office = planned();
    let machine = Machine { serial: "3391".to_owned(), meter: "1500".to_owned(), ..Machine::default() };
    office.seed(id("machine"), Scope::machine(id("machine")), &machine);
    let read = |name: &str, value: &str| {
        let machine = Some(id("machine"));
        Payload::MeterRead(MeterRead { reading: id(name), subject: visit_ref(), machine, value: value.to_owned() })
    };
    // (reading, machine after it, flagged)
    for (name, value, after, flags) in
        [("a", "1500", "1500", 0), ("b", "1600.5", "1600.5", 0), ("c", "150", "1600.5", 1)]
    {
        office.accept("ana", ANA, None, read(name, value));
        assert_eq!(office.get::<Machine>(id("machine")).unwrap().meter, after, "{value}");
        assert_eq!(office.flags().len(), flags, "{value}");
    }
    assert!(office.get::<MeterReading>(id("c")).unwrap().backward);
    assert_eq!(office.flags(), [FlagCode::MeterBackward]);
    office.refuse("ana", ANA, read("d", "many"), RefusalCode::NotANumber);
    office.refuse("ana", ANA, read("e", "-1"), RefusalCode::NotANumber);
}

#[test]
fn symptom_cause_and_remedy_are_codes_and_an_unknown_one_is_flagged() {
    let mut office = planned();
    for (list, code) in [("symptom", "leak"), ("cause", "wear"), ("remedy", "replaced")] {
        let body = Code { list: list.to_owned(), code: code.to_owned(), name: LocalText::default(), ..Code::default() };
        office.seed(code_id(list, code), Scope::reference("codes"), &body);
    }
    let diagnose = |symptom: Option<&str>, cause: Option<&str>, findings: Option<&str>| {
        Payload::JobDiagnose(JobDiagnose {
            visit: id("visit"),
            symptom: symptom.map(str::to_owned),
            cause: cause.map(str::to_owned),
            findings: findings.map(str::to_owned),
            machine_state: Some(MachineState::Running),
            ..JobDiagnose::default()
        })
    };
    office.accept("ana", ANA, None, diagnose(Some("leak"), Some("wear"), None));
    office.accept("ben", BEN, None, diagnose(None, None, Some("seal worn on one side")));
    let found = job(&office);
    assert_eq!((found.symptom.as_str(), found.cause.as_str(), found.remedy.as_str()), ("leak", "wear", ""));
    assert_eq!((found.findings.as_str(), found.machine_state), ("seal worn on one side", MachineState::Running));
    assert!(office.flags().is_empty());
    office.accept("ana", ANA, None, diagnose(Some("haunted"), Some(""), None));
    assert_eq!((job(&office).symptom.as_str(), job(&office).cause.as_str()), ("haunted", ""));
    assert_eq!(office.flags(), [FlagCode::UnknownCode]);
}

#[test]
fn a_class_changes_with_a_reason_and_the_manager_sees_it() {
    let mut office = planned();
    let set = |class: VoucherClass, reason: &str| {
        Payload::ClassSet(ClassSet { subject: visit_ref(), class, reason: reason.to_owned() })
    };
    office.refuse("ana", ANA, set(VoucherClass::Free, " "), RefusalCode::Missing);
    office.accept("ana", ANA, None, set(VoucherClass::Free, "the pump is a maker's fault"));
    let voucher = office.get::<Voucher>(voucher_id(id("visit"))).unwrap();
    assert_eq!((voucher.class, job(&office).class), (VoucherClass::Free, VoucherClass::Free));
    assert_eq!(voucher.class_reason, "the pump is a maker's fault");
    assert_eq!(office.flags(), [FlagCode::ClassChanged]);
    let (_, sign) = signing("visit", Content { class: VoucherClass::Free, ..Content::default() }, &[], true);
    office.accept("ana", ANA, None, sign);
    office.accept("ben", BEN, None, set(VoucherClass::Paid, "late"));
    let voucher = office.get::<Voucher>(voucher_id(id("visit"))).unwrap();
    assert_eq!(voucher.class, VoucherClass::Free, "what was signed stays; an amendment changes it");
    assert!(office.flags().contains(&FlagCode::LateFact));
}

#[test]
fn a_job_from_a_nameplate_gets_its_machine_from_the_office() {
    let mut office = planned();
    let create = |nameplate: Option<countersign_model::Digest>| {
        Payload::JobCreate(JobCreate {
            job: id("new"),
            fault: "does not start".to_owned(),
            nameplate,
            ..JobCreate::default()
        })
    };
    office.refuse("ana", ANA, create(None), RefusalCode::Missing);
    office.accept("ana", ANA, None, create(Some(countersign_model::Digest::of(b"photo"))));
    let plan = VisitPlan { visit: id("there"), job: id("new"), lead: id("ana"), ..VisitPlan::default() };
    office.accept("ana", ANA, None, Payload::VisitPlan(plan));
    let model = MachineModel { form: Some(countersign_model::Digest::of(b"form")), ..MachineModel::default() };
    office.seed(id("h7"), Scope::reference("models"), &model);
    let machine = Machine {
        serial: "H7-1".to_owned(),
        model: id("h7"),
        customer: id("acme"),
        contract: "SC-1".to_owned(),
        ..Machine::default()
    };
    office.seed(id("machine"), Scope::machine(id("machine")), &machine);
    let link = || Payload::JobLinkMachine(JobLinkMachine { job: id("new"), machine: id("machine") });
    office.refuse("ana", ANA, link(), RefusalCode::NotAllowed);
    office.accept("des", None, None, link());
    let linked = office.get::<Job>(id("new")).unwrap();
    assert_eq!((linked.serial.as_str(), linked.customer, linked.form), ("H7-1", Some(id("acme")), model.form));
    let voucher = office.get::<Voucher>(voucher_id(id("there"))).unwrap();
    assert_eq!((linked.class, voucher.class), (VoucherClass::Contract, VoucherClass::Contract));
}

#[test]
fn a_remote_visit_is_signed_on_the_visit_that_collects_it() {
    let mut office = planned();
    let remote = VisitPlan { visit: id("call"), job: id("job"), lead: id("ben"), remote: true, ..VisitPlan::default() };
    office.accept("des", None, None, Payload::VisitPlan(remote));
    office.accept("ben", BEN, None, Payload::VisitArrive(VisitStep { visit: id("call") }));
    office.accept("ben", BEN, None, leave("call", "solved"));
    assert_eq!(job(&office).state, JobState::Waiting, "the signature is still to be had");
    let collect = |visit: &str, lead: &str, of: &str| {
        let collects = vec![id(of)];
        let plan = VisitPlan { visit: id(visit), job: id("job"), lead: id(lead), collects, ..VisitPlan::default() };
        Payload::VisitPlan(plan)
    };
    office.refuse("des", None, collect("wrong", "cleo", "visit"), RefusalCode::State);
    office.accept("des", None, None, collect("later", "cleo", "call"));
    assert_eq!(office.get::<Visit>(id("call")).unwrap().collected_by, Some(id("later")));
    let content = || Content { number: "V-2".to_owned(), remote: true, ..Content::default() };
    // Without the customer the document stays a draft: the phone refuses to sign it.
    office.on_hub = false;
    office.refuse("cleo", CLEO, signing("call", content(), &[], false).1, RefusalCode::Missing);
    office.on_hub = true;
    office.accept("cleo", CLEO, None, signing("call", content(), &[], true).1);
    assert!(office.flags().is_empty(), "who collects may sign: {:?}", office.flags());
    assert_eq!(office.get::<Voucher>(voucher_id(id("call"))).unwrap().state, VoucherState::Signed);
}

fn approve(office: &mut Office, visit: &str) {
    let leaves = office.get::<Voucher>(voucher_id(id(visit))).unwrap().leaves;
    let review = ReviewDecide {
        review: id(&format!("review {visit}")),
        visit: id(visit),
        leaves,
        outcome: ReviewOutcome::Approved,
        remarks: vec![],
        missing: vec![],
        without_attestation: true,
    };
    office.accept("mia", None, None, Payload::ReviewDecide(review));
}

fn done(office: &mut Office, visit: &str, reason: &str) {
    office.accept("ana", ANA, None, Payload::VisitArrive(VisitStep { visit: id(visit) }));
    let content = Content { number: visit.to_owned(), ..Content::default() };
    office.accept("ana", ANA, None, signing(visit, content, &[], true).1);
    office.accept("ana", ANA, None, leave(visit, reason));
    office.accept("ana", ANA, None, Payload::VoucherSubmit(VoucherSubmit { visit: id(visit) }));
}

#[test]
fn why_they_left_decides_what_becomes_of_the_job() {
    // (reason of leaving, state when it is approved)
    for (reason, after) in [
        ("solved", JobState::Approved),
        ("part", JobState::Waiting),
        ("workshop", JobState::Waiting),
        ("another_visit", JobState::Waiting),
    ] {
        let mut office = planned();
        done(&mut office, "visit", reason);
        assert_eq!(job(&office).state, JobState::Submitted, "{reason}");
        approve(&mut office, "visit");
        assert_eq!(job(&office).state, after, "{reason}");
    }
}

#[test]
fn a_job_is_approved_with_the_last_of_its_visits() {
    let mut office = planned();
    done(&mut office, "visit", "part");
    office.accept("des", None, None, plan_of("second", "ana", &[]));
    assert_eq!(job(&office).state, JobState::Planned);
    approve(&mut office, "visit");
    assert_eq!(job(&office).state, JobState::Planned, "the second visit is still to come");
    done(&mut office, "second", "solved");
    approve(&mut office, "second");
    assert_eq!(job(&office).state, JobState::Approved);
}

#[test]
fn internal_work_needs_neither_customer_nor_their_signature() {
    let mut office = planned();
    let create = JobCreate {
        job: id("own"),
        fault: "calibrate the test bench".to_owned(),
        class: VoucherClass::Internal,
        ..JobCreate::default()
    };
    office.accept("des", None, None, Payload::JobCreate(create));
    let content = Content { class: VoucherClass::Internal, ..Content::default() };
    office.on_hub = false;
    office.accept("ana", ANA, None, signing("visit", content, &[], false).1);
    assert!(office.flags().is_empty());
}
