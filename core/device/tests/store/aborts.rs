//! Stopped at every file call of saving an answer and of taking a page, then opened again: what was called saved is
//! there, the view is the fold, and the log knows every unsent command.

use std::sync::Arc;

use countersign_device::store::{Store, StoreKey, oracle_view};

use crate::faulty::FaultyFiles;
use crate::world::*;

fn faulty(folder: &tempfile::TempDir, files: &FaultyFiles) -> Store {
    Store::open(folder.path(), StoreKey::Platform, options(Arc::new(files.clone()))).unwrap()
}

fn is_whole(store: &Store) {
    let (kept, folded) = oracle_view(store).unwrap();
    assert_eq!(bodies(&kept), bodies(&folded));
}

#[test]
fn an_answer_stopped_at_every_file_call() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let files = FaultyFiles::unlimited();
    enrol(&faulty(&folder, &files), &mut office, "phone", "ana");
    for stop in 0..6 {
        files.allow(u64::MAX);
        let store = faulty(&folder, &files);
        files.allow(stop);
        let name = format!("answer {stop}");
        let given = give(&store, &draft(&name, &job_lane(), None, answer("visit", &format!("/f/{stop}"), "1")));
        let flushed = store.flush();
        drop(store);
        let store = open(&folder);
        is_whole(&store);
        let kept = store.read(|rows| rows.own_command(id(&name))).unwrap();
        assert_eq!(given.is_ok(), kept.is_some(), "stop {stop}");
        if stop == 0 {
            assert!(given.is_ok(), "the commit is the word; the log is brought up at the next start");
            drop(flushed);
        }
        let log = std::fs::read_to_string(folder.path().join("outbox.log")).unwrap_or_default();
        assert!(log.contains(&id(&name).to_string()), "stop {stop}: the log was brought up at the start");
    }
}

#[test]
fn opening_stopped_at_every_file_call_leaves_a_store_that_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    enrol(&open(&folder), &mut office, "phone", "ana");
    let store = open(&folder);
    give(&store, &draft("a", &job_lane(), None, answer("visit", "/f/a", "1"))).unwrap();
    store.stage_bytes(b"a file without a row").unwrap();
    drop(store);
    let files = FaultyFiles::unlimited();
    for stop in 0.. {
        files.allow(stop);
        let opened = Store::open(folder.path(), StoreKey::Platform, options(Arc::new(files.clone())));
        let whole = opened.is_ok() && files.calls() <= stop;
        drop(opened);
        let store = open(&folder);
        is_whole(&store);
        assert!(store.salvaged().is_none(), "stop {stop}: a failing call is no damage");
        assert!(store.read(|rows| rows.own_command(id("a"))).unwrap().is_some());
        drop(store);
        if whole {
            break;
        }
    }
}
