//! Random histories of two engineers, a desk and a manager: whatever the order, signed documents stay as they were and
//! stay reachable, kept answers are never lost, and a brute-force oracle of the answers agrees.
#![cfg(test)]

mod common;

use std::collections::BTreeMap;

use common::{Office, id};
use countersign_model::decide::Decision;
use countersign_model::digest::Digest;
use countersign_model::document::*;
use countersign_model::entity::*;
use countersign_model::id::{Id, RecordRef};
use countersign_model::language::Language;
use countersign_model::payload::*;
use countersign_model::record::kind;
use countersign_model::time::TimeRecord;
use proptest::prelude::*;

const PEOPLE: [&str; 2] = ["ana", "ben"];
const QUESTIONS: [&str; 3] = ["/data/a", "/data/b", "/data/c"];

/// One step of somebody; numbers choose among what exists.
#[derive(Clone, Debug)]
enum Step {
    Answer { person: usize, question: usize, value: u8, saw: bool, default: bool },
    Arrive { person: usize },
    Part { person: usize },
    Sign { person: usize, amend: bool },
    Submit { person: usize },
    Review { approve: bool, stale: bool },
    Cancel,
    Reassign { to: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let person = 0..PEOPLE.len();
    prop_oneof![
        6 => (person.clone(), 0..QUESTIONS.len(), 0u8..4, any::<bool>(), prop::bool::weighted(0.2))
            .prop_map(|(person, question, value, saw, default)| Step::Answer { person, question, value, saw, default }),
        1 => person.clone().prop_map(|person| Step::Arrive { person }),
        1 => person.clone().prop_map(|person| Step::Part { person }),
        2 => (person.clone(), any::<bool>()).prop_map(|(person, amend)| Step::Sign { person, amend }),
        1 => person.clone().prop_map(|person| Step::Submit { person }),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(approve, stale)| Step::Review { approve, stale }),
        1 => Just(Step::Cancel),
        1 => person.prop_map(|to| Step::Reassign { to }),
    ]
}

fn visit() -> RecordRef {
    RecordRef::new(kind::VISIT, id("visit"))
}

fn answer_id(question: &str) -> Id {
    InstanceKey::plain(question).answer_id(fill_id(&visit(), Digest::default(), "service"))
}

fn signing(number: usize, amends: Vec<Digest>) -> (Digest, Payload) {
    let content = Content {
        kind: "voucher".to_owned(),
        number: format!("N-{number}"),
        language: Language::English,
        zone: "UTC".to_owned(),
        class: VoucherClass::Internal,
        company: Party::default(),
        customer: None,
        site: None,
        machine: None,
        job: id("job"),
        visit: id("visit"),
        fault: String::new(),
        engineers: vec![],
        steps: vec![],
        form: None,
        sections: vec![],
        evidence: vec![],
        parts: vec![],
        charges: vec![],
        times: vec![],
        totals: None,
        prices_shown: false,
        amendment: None,
        prepared: TimeRecord::default(),
        ..Content::default()
    };
    let content_sha256 = content.digest().unwrap();
    let sealed = Sealed { content, shown_sha256: Digest::default(), renderer: "test".to_owned() };
    let name = sealed.digest().unwrap();
    let payload = DocumentSign {
        kind: "voucher".to_owned(),
        visit: id("visit"),
        job: id("job"),
        draft: None,
        amends,
        content_sha256,
        sealed,
        sign_offs: vec![],
    };
    (name, Payload::DocumentSign(payload))
}

fn payload(office: &Office, step: &Step, count: usize) -> (Option<Id>, Payload) {
    let voucher = office.get::<Voucher>(voucher_id(id("visit"))).unwrap();
    match step {
        Step::Answer { question, value, saw, default, .. } => {
            let path = QUESTIONS[*question];
            let seen = office.get::<Answer>(answer_id(path)).filter(|_| *saw).map(|answer| answer.current.command);
            let provenance = if *default { Provenance::Default } else { Provenance::Typed };
            let body = AnswerSet {
                subject: visit(),
                form: Digest::default(),
                purpose: "service".to_owned(),
                instance: InstanceKey::plain(path),
                value: Some(value.to_string()),
                provenance,
            };
            (seen, Payload::AnswerSet(body))
        }
        Step::Arrive { .. } => (None, Payload::VisitArrive(VisitStep { visit: id("visit") })),
        Step::Part { .. } => {
            let body = PartUsed {
                part_use: id(&format!("part {count}")),
                subject: visit(),
                part: None,
                code: "X".to_owned(),
                quantity: "1".to_owned(),
                unit_price: None,
                tax_basis_points: 0,
                batch: String::new(),
                ..PartUsed::default()
            };
            (None, Payload::PartUsed(body))
        }
        Step::Sign { amend, .. } => {
            let amends = if *amend { voucher.leaves.clone() } else { vec![] };
            (None, signing(count, amends).1)
        }
        Step::Submit { .. } => (None, Payload::VoucherSubmit(VoucherSubmit { visit: id("visit") })),
        Step::Review { approve, stale } => {
            let remark = Remark { text: "look".to_owned(), ..Remark::default() };
            let body = ReviewDecide {
                review: id(&format!("review {count}")),
                visit: id("visit"),
                leaves: if *stale { vec![Digest::of(b"old")] } else { voucher.leaves },
                outcome: if *approve { ReviewOutcome::Approved } else { ReviewOutcome::Returned },
                remarks: vec![remark],
                missing: vec![],
                without_attestation: true,
            };
            (None, Payload::ReviewDecide(body))
        }
        Step::Cancel => (None, Payload::JobCancel(JobCancel { job: id("job"), reason: "sold".to_owned() })),
        Step::Reassign { to } => {
            let new_visit = id(&format!("visit {count}"));
            let lead = id(PEOPLE[*to]);
            (None, Payload::VisitReassign(VisitReassign { visit: id("visit"), new_visit, lead, heard: None }))
        }
    }
}

fn author(step: &Step) -> (&'static str, Option<(&'static str, u64)>) {
    match step {
        Step::Answer { person, .. }
        | Step::Arrive { person }
        | Step::Part { person }
        | Step::Sign { person, .. }
        | Step::Submit { person } => (PEOPLE[*person], Some((["ana-phone", "ben-phone"][*person], 1))),
        Step::Review { .. } => ("mia", None),
        Step::Cancel | Step::Reassign { .. } => ("des", None),
    }
}

/// What the answers must be, worked out without the rules: every value that was ever current or came late is somewhere.
#[derive(Default)]
struct Oracle {
    typed: BTreeMap<&'static str, Vec<(u8, bool)>>,
    current: BTreeMap<&'static str, (u8, bool)>,
    signed: Vec<Digest>,
    parts: usize,
}

impl Oracle {
    fn record(&mut self, step: &Step, frozen: bool, sealed: Option<Digest>) {
        match step {
            Step::Answer { question, value, default, .. } => {
                let path = QUESTIONS[*question];
                if !*default {
                    self.typed.entry(path).or_default().push((*value, frozen));
                }
                let yields = *default && self.current.contains_key(path);
                let late = frozen && self.current.contains_key(path);
                if !yields && !late {
                    self.current.insert(path, (*value, *default));
                }
            }
            Step::Sign { .. } => self.signed.extend(sealed),
            Step::Part { .. } => self.parts += 1,
            _ => {}
        }
    }
}

fn check(office: &Office, oracle: &Oracle) {
    for sealed in &oracle.signed {
        let document = office.get::<Document>(document_id(*sealed)).unwrap();
        assert_eq!(document.sealed.digest().unwrap(), *sealed, "signed bytes never change");
    }
    let voucher = office.get::<Voucher>(voucher_id(id("visit"))).unwrap();
    let amended: Vec<Digest> = office.all::<Document>().into_iter().flat_map(|document| document.amends).collect();
    for sealed in &oracle.signed {
        assert!(voucher.leaves.contains(sealed) || amended.contains(sealed), "every document is a leaf or amended");
    }
    assert_eq!(office.all::<PartUse>().len(), oracle.parts, "every part use counts");
    for (path, (value, _)) in &oracle.current {
        let answer = office.get::<Answer>(answer_id(path)).unwrap();
        assert_eq!(answer.current.value, Some(value.to_string()), "{path}");
        // A late value is never thrown away.
        let late = oracle.typed.get(path).into_iter().flatten().filter(|(_, late)| *late);
        for (value, _) in late {
            let value = Some(value.to_string());
            let known = answer.current.value == value || answer.kept.iter().any(|kept| kept.value == value);
            assert!(known, "{path}: late {value:?} is kept");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn histories_lose_nothing(steps in prop::collection::vec(step(), 1..40)) {
        let mut office = Office::hub();
        let job = JobCreate {
            job: id("job"), call: None, customer: None, site: None, machine: None, serial: "1".to_owned(),
            fault: "x".to_owned(), priority: Priority::Normal, machine_state: MachineState::Down,
            class: VoucherClass::Internal, form: None,
..JobCreate::default()
};
        office.accept("des", None, None, Payload::JobCreate(job));
        let plan = VisitPlan {
            visit: id("visit"), job: id("job"), lead: id("ana"), helpers: vec![id("ben")], window: None,
            number: String::new(),
..VisitPlan::default()
};
        office.accept("des", None, None, Payload::VisitPlan(plan));
        let mut oracle = Oracle::default();
        for (count, step) in steps.iter().enumerate() {
            let frozen = !office.get::<Voucher>(voucher_id(id("visit"))).unwrap().leaves.is_empty();
            let (seen, payload) = payload(&office, step, count);
            let sealed = match &payload {
                Payload::DocumentSign(sign) => Some(sign.sealed.digest().unwrap()),
                _ => None,
            };
            let (name, phone) = author(step);
            let (_, decision) = office.give(name, phone, seen, payload);
            if let Decision::Accepted(_) = decision {
                oracle.record(step, frozen, sealed);
            } else {
                let fact = matches!(step, Step::Answer { .. } | Step::Arrive { .. } | Step::Part { .. } | Step::Sign { .. });
                prop_assert!(!fact, "a fact of the field was not kept: {step:?} {decision:?}");
            }
            check(&office, &oracle);
        }
    }
}
