//! Storage that fails at *every* n-th call of answering, attaching, signing, vouching and taking a page of the feed:
//! the process ends there, the power goes there, the call fails once, or the disk is full from there on.
//!
//! After each, the store is opened anew on sound storage. What was called saved is there, nothing is there by half, the
//! view is the fold of base and own commands, and the chain holds. Then the same step is done again and works.
#![cfg(test)]

use std::path::Path;

use countersign_tests::bench::{Bench, copy_folder};
use countersign_tests::disk::{Plan, plans};
use countersign_tests::steps::{ANSWER, ATTACH, SIGN, Step, TAKE_PAGE, VOUCH, photo, whole};

/// Steps differ in length by what they write; fewer calls than this would mean that nothing is counted.
const FEWEST_CALLS: u64 = 6;

/// Runs the step under each plan at each of its calls.
fn at_every_call(step: &Step) {
    let bench = Bench::new();
    bench.prepare_more(step.before);
    let calls = length(&bench, step);
    assert!(calls >= FEWEST_CALLS, "{calls} calls");
    let mut number = 0;
    for at in 1..=calls {
        for plan in plans(at) {
            number += 1;
            let folder = bench.copy(&number.to_string());
            let saved = struck(&bench, &folder, step, plan);
            bench.faults.lose_unsynced();
            bench.faults.mend();
            look(&bench, &folder, step, saved, plan);
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
}

/// The calls of the step on sound storage.
fn length(bench: &Bench, step: &Step) -> u64 {
    let store = bench.open(&bench.copy("sound")).unwrap();
    assert!(!(step.happened)(&store));
    bench.faults.arm(Plan::Sound);
    (step.act)(&store).unwrap();
    let calls = bench.faults.calls();
    assert!((step.happened)(&store));
    calls
}

/// Does the step on storage that fails; says whether it was called saved.
fn struck(bench: &Bench, folder: &Path, step: &Step, plan: Plan) -> bool {
    let store = bench.open(folder).unwrap();
    bench.faults.arm(plan);
    (step.act)(&store).is_ok()
}

fn look(bench: &Bench, folder: &Path, step: &Step, saved: bool, plan: Plan) {
    let store = bench.open(folder).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
    assert!(store.salvaged().is_none(), "{plan:?}: nothing was damaged");
    let there = (step.happened)(&store);
    assert!(there || !saved, "{plan:?}: it was called saved and is gone");
    whole(&store, &format!("{plan:?}"));
    if !there {
        (step.act)(&store).unwrap_or_else(|error| panic!("{plan:?}, once more: {error}"));
        assert!((step.happened)(&store), "{plan:?}");
        whole(&store, &format!("{plan:?}"));
    }
}

#[test]
fn an_answer_survives_each_fault_at_each_call() {
    at_every_call(&ANSWER);
}

/// Start-up writes too: it adopts a file without a row and brings the log up. Stopped anywhere in it, the next start
/// does it again.
#[test]
fn opening_survives_each_fault_at_each_call() {
    let bench = Bench::new();
    bench.prepare_more(|store| {
        (ANSWER.act)(store).unwrap();
        store.stage_bytes(&photo()).unwrap();
    });
    let fresh = |name: &str| {
        let folder = bench.copy(name);
        std::fs::remove_file(folder.join("outbox.log")).unwrap();
        folder
    };
    bench.faults.arm(Plan::Sound);
    drop(bench.open(&fresh("sound")).unwrap());
    let calls = bench.faults.calls();
    let mut adopted_late = 0;
    for at in 1..=calls {
        for plan in plans(at) {
            let folder = fresh(&format!("{plan:?}"));
            bench.faults.arm(plan);
            adopted_late += u32::from(bench.open(&folder).is_err());
            bench.faults.lose_unsynced();
            bench.faults.mend();
            let store = bench.open(&folder).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
            assert!(store.salvaged().is_none() && (ANSWER.happened)(&store) && !(ATTACH.happened)(&store), "{plan:?}");
            assert_eq!(store.read(|rows| rows.media_for_attention()).unwrap().len(), 1, "{plan:?}");
            whole(&store, &format!("{plan:?}"));
            assert!(folder.join("outbox.log").exists(), "{plan:?}");
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
    assert!(adopted_late > 0, "no start was stopped");
}

#[test]
fn a_photo_survives_each_fault_at_each_call() {
    at_every_call(&ATTACH);
}

#[test]
fn a_signature_survives_each_fault_at_each_call() {
    at_every_call(&SIGN);
}

#[test]
fn the_devices_signature_survives_each_fault_at_each_call() {
    at_every_call(&VOUCH);
}

#[test]
fn a_page_of_the_feed_is_taken_whole_or_not_at_all() {
    at_every_call(&TAKE_PAGE);
}

/// What takes a store back to the first format.
const DOWN_TO_1: &str = "
    DROP TABLE wanted_media; DROP TABLE token; DELETE FROM setting WHERE name = 'wipe';
    UPDATE setting SET value = json_set(value, '$.token', 'a token in the clear') WHERE name = 'identity';
    ALTER TABLE carried DROP COLUMN refusal;
    DROP INDEX held_scope_by_holding; DROP INDEX held_scope_wanted; DROP INDEX held_scope_lost;
    DROP TABLE part_order; DROP TABLE part_word; DROP TABLE machine_serial;
    PRAGMA user_version = 1;";

fn format_of(folder: &Path) -> i64 {
    let database = rusqlite::Connection::open(folder.join("store.db")).unwrap();
    database.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

/// A store of the first format is brought up in one transaction. Stopped anywhere in it, the file is what it was or what it
/// becomes; the next start brings it up, and nothing that waits in it is lost.
#[test]
fn an_upgrade_survives_each_fault_at_each_call() {
    let bench = Bench::new();
    bench.prepare_more(|store| (ANSWER.act)(store).unwrap());
    let old = bench.copy("old");
    rusqlite::Connection::open(old.join("store.db")).unwrap().execute_batch(DOWN_TO_1).unwrap();
    let fresh = |name: &str| {
        let folder = bench.root().join(name);
        copy_folder(&old, &folder);
        folder
    };
    let sound = fresh("sound");
    bench.faults.arm(Plan::Sound);
    drop(bench.open(&sound).unwrap());
    let (calls, newest) = (bench.faults.calls(), format_of(&sound));
    assert!(newest > 1, "the store was not brought up");
    let (mut kept_old, mut stopped) = (0, 0);
    for at in 1..=calls {
        for plan in plans(at) {
            let folder = fresh(&format!("{plan:?}"));
            bench.faults.arm(plan);
            stopped += u32::from(bench.open(&folder).is_err());
            bench.faults.lose_unsynced();
            bench.faults.mend();
            let now = format_of(&folder);
            assert!(now == 1 || now == newest, "{plan:?}: it is neither the old format nor the new, but {now}");
            kept_old += u32::from(now == 1);
            let store = bench.open(&folder).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
            assert!(store.salvaged().is_none() && (ANSWER.happened)(&store), "{plan:?}");
            whole(&store, &format!("{plan:?}"));
            drop(store);
            assert_eq!(format_of(&folder), newest, "{plan:?}");
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
    assert!(kept_old > 0 && stopped > 0, "no upgrade was stopped");
}
