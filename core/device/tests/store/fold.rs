//! The view is at any moment what folding every own command over the base gives, and when nothing is under way it is
//! exactly the office's rows of the held scopes.

use countersign_device::store::{Store, oracle_view};
use countersign_model::command::{Command, Origin};
use countersign_model::payload::{MeterRead, Payload, VisitReassign};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::{Id, RecordRef};
use proptest::prelude::*;

use crate::office::Office;
use crate::world::*;

/// What may happen, in any order.
#[derive(Clone, Debug)]
enum Step {
    Answer(u8, u8),
    Note(u8),
    Arrive,
    Meter(u8),
    Push,
    Page(usize),
    Scopes(usize),
    OfficeAnswer(u8, u8),
    OfficeMeter(u8),
    Reassign(bool),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3u8, 0..4u8).prop_map(|(question, value)| Step::Answer(question, value)),
        1 => (0..9u8).prop_map(Step::Note),
        1 => Just(Step::Arrive),
        1 => (1..9u8).prop_map(Step::Meter),
        3 => Just(Step::Push),
        4 => (1..9usize).prop_map(Step::Page),
        2 => (1..9usize).prop_map(Step::Scopes),
        2 => (0..3u8, 0..4u8).prop_map(|(question, value)| Step::OfficeAnswer(question, value)),
        1 => (1..9u8).prop_map(Step::OfficeMeter),
        1 => any::<bool>().prop_map(Step::Reassign),
        1 => Just(Step::Reopen),
    ]
}

/// A command as another device of the office gives it.
fn by_ben(name: &str, payload: Payload) -> (Command, Origin) {
    let command = Command {
        id: id(name),
        kind: payload.kind().to_owned(),
        version: 1,
        author: id("mia"),
        time: TimeRecord::default(),
        lane: job_lane(),
        seen: None,
        instead_of: None,
        payload: payload.to_value(),
    };
    (command, Origin::Console { session: "s".to_owned() })
}

fn meter(name: &str, value: u8) -> Payload {
    let subject = RecordRef::new(kind::VISIT, id("visit"));
    let machine = Some(id("machine"));
    Payload::MeterRead(MeterRead { reading: id(name), subject, machine, value: value.to_string() })
}

fn take(store: Store, office: &mut Office, number: usize, step: &Step, folder: &tempfile::TempDir) -> Store {
    let name = format!("step {number}");
    let device = id("phone");
    // The rules may refuse (not on the visit any more, a number used): then nothing was saved, which is fine here.
    let own = |payload| {
        let _ = give(&store, &draft(&name, &job_lane(), None, payload));
    };
    match step {
        Step::Answer(question, value) => own(answer("visit", &format!("/f/q{question}"), &value.to_string())),
        Step::Note(text) => own(note("job", &format!("{number} {text}"))),
        Step::Arrive => own(arrive("visit")),
        Step::Meter(value) => own(meter(&name, *value)),
        Step::Push => {
            if let Some(batch) = store.next_push(2, 1 << 20).unwrap() {
                let pushed = office.push(device, &batch);
                store.record_pushed(&pushed).unwrap();
            }
        }
        Step::Page(rows) => {
            let page = office.page(device, store.cursor().unwrap().as_deref(), *rows);
            store.apply_feed_page(&page).unwrap();
        }
        Step::Scopes(rows) => {
            for wanted in store.scopes_to_fetch().unwrap() {
                if office.holds(device).contains(&wanted.scope) {
                    let page = office.scope(&wanted.scope, wanted.after.as_deref(), *rows);
                    store.apply_scope_page(&page).unwrap();
                }
            }
        }
        Step::OfficeAnswer(question, value) => {
            let payload = answer("visit", &format!("/f/q{question}"), &format!("office {value}"));
            let (command, origin) = by_ben(&name, payload);
            office.give(&command, &origin);
        }
        Step::OfficeMeter(value) => {
            let (command, origin) = by_ben(&name, meter(&name, *value));
            office.give(&command, &origin);
        }
        Step::Reassign(back) => {
            let (from, to) = if *back { ("second", "ana") } else { ("visit", "ben") };
            let payload = VisitReassign {
                visit: id(from),
                new_visit: id(if *back { "third" } else { "second" }),
                lead: id(to),
                heard: None,
            };
            let (command, origin) = by_ben(&name, Payload::VisitReassign(payload));
            office.give(&command, &origin);
        }
        Step::Reopen => {
            drop(store);
            return open(folder);
        }
    }
    store
}

type Bodies = std::collections::BTreeMap<(String, Id), (Scope, serde_json::Value)>;

/// In which rows two states differ, in words; empty where they are equal.
fn apart(one: &Bodies, two: &Bodies) -> String {
    let keys: std::collections::BTreeSet<_> = one.keys().chain(two.keys()).collect();
    let differ = keys.into_iter().filter(|key| one.get(*key) != two.get(*key));
    differ.map(|key| format!("{key:?}: {:?} | {:?}\n", one.get(key), two.get(key))).collect()
}

/// The office's rows of the scopes that a device holds, without those that steer it.
fn of_office(office: &Office, device: Id) -> Bodies {
    let held = office.holds(device);
    let rows: Vec<_> = office
        .rows
        .values()
        .filter(|row| held.contains(&row.scope) && !matches!(row.kind.as_str(), kind::HOLDING | kind::DECISION))
        .cloned()
        .collect();
    bodies(&rows)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_view_is_the_fold_at_any_moment_and_the_office_s_rows_at_rest(steps in prop::collection::vec(step(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let mut office = office();
        let mut store = open(&folder);
        enrol(&store, &mut office, "phone", "ana");
        for (number, step) in steps.iter().enumerate() {
            store = take(store, &mut office, number, step, &folder);
            let (kept, folded) = oracle_view(&store).unwrap();
            prop_assert_eq!(apart(&bodies(&kept), &bodies(&folded)), "", "after step {} {:?}", number, step);
        }
        sync(&store, &mut office);
        sync(&store, &mut office);
        let (kept, _) = oracle_view(&store).unwrap();
        prop_assert_eq!(apart(&bodies(&kept), &of_office(&office, id("phone"))), "");
        let counts = store.read(|rows| rows.counts()).unwrap();
        prop_assert_eq!((counts.pending_commands, counts.missing_scopes), (0, 0));
    }
}

#[test]
fn a_refused_command_is_an_error_and_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    let head = store.chain_head().unwrap();
    let stranger = draft(
        "x",
        &job_lane(),
        None,
        Payload::VisitReassign(VisitReassign {
            visit: id("visit"),
            new_visit: id("new"),
            lead: id("ana"),
            heard: None,
        }),
    );
    let refused = give(&store, &stranger);
    assert!(matches!(refused, Err(countersign_device::store::StoreError::Refused(_))), "{refused:?}");
    assert_eq!(store.chain_head().unwrap(), head);
    assert!(store.next_push(10, 1 << 20).unwrap().is_none());
}

#[test]
fn two_commands_of_one_transaction_are_saved_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    let good = draft("good", &job_lane(), None, answer("visit", "/f/a", "1"));
    let bad = draft("bad", &job_lane(), None, note("job", " "));
    let both = store.write(|tx| tx.submit(&good).and_then(|_| tx.submit(&bad)));
    assert!(both.is_err());
    let is_there = || store.read(|rows| Ok(answer_row(rows, "visit", "/f/a").is_some())).unwrap();
    assert!(!is_there());
    give(&store, &good).unwrap();
    assert!(is_there());
}
