//! A full disk: a save says so and what to do, nothing saved before is touched, the ballast lets the running save
//! through, and when space returns work goes on without a restart.
//!
//! On a real small file system (a tmpfs; mounting one needs root, otherwise the test says that it was skipped), and by
//! plan at any machine.
#![cfg(test)]

use std::fs;
use std::io::Write;
use std::path::Path;

use countersign_device::media::{capture, check_reserve};
use countersign_device::store::{OpenOptions, Store, StoreError, StoreKey, oracle_view};
use countersign_model::document::Provenance;
use countersign_model::entity::{Answer, InstanceKey, fill_id};
use countersign_model::payload::{AnswerSet, Payload};
use countersign_tests::bench::{Bench, copy_folder, draft, form, visit};
use countersign_tests::disk::{Plan, SmallDisk};

fn fault() -> InstanceKey {
    InstanceKey::plain("/check/fault")
}

/// Saves an answer of some length, so that a disk fills within a test.
fn answer(store: &Store, number: u32, length: usize) -> Result<(), StoreError> {
    let set = AnswerSet {
        subject: visit(),
        form: form(),
        purpose: "service".to_owned(),
        instance: fault(),
        value: Some(format!("{number}{}", " leaks".repeat(length / 6))),
        provenance: Provenance::Typed,
    };
    store.write(|tx| tx.submit(&draft(&format!("answer {number}"), Payload::AnswerSet(set.clone()))).map(|_| ()))
}

/// The number of the answer that the store shows.
fn shown(store: &Store) -> Option<u32> {
    let id = fault().answer_id(fill_id(&visit(), form(), "service"));
    let answer: Option<Answer> = store.read(|rows| rows.get(id)).unwrap();
    let value = answer.and_then(|answer| answer.current.value)?;
    value.split(' ').next().and_then(|number| number.parse().ok())
}

fn pending(store: &Store) -> usize {
    store.read(|rows| rows.own_commands(&["pending"])).unwrap().len()
}

fn whole(store: &Store) {
    let (view, folded) = oracle_view(store).unwrap();
    assert_eq!(view, folded);
}

#[test]
fn a_save_on_a_full_disk_says_so_and_the_next_one_works_when_space_returned() {
    let bench = Bench::new();
    let store = bench.open(&bench.copy("phone")).unwrap();
    answer(&store, 1, 100).unwrap();
    bench.faults.arm(Plan::FullFrom(1));
    let refused = answer(&store, 2, 100).unwrap_err();
    assert!(matches!(refused, StoreError::Full), "{refused}");
    assert!(refused.to_string().contains("free some"), "{refused}");
    assert!(matches!(capture(&store, &mut &b"photo"[..], "a.jpg", 1), Err(StoreError::Reserve { .. })));
    assert_eq!((shown(&store), pending(&store)), (Some(1), 1));
    bench.faults.mend();
    answer(&store, 3, 100).unwrap();
    assert_eq!((shown(&store), pending(&store)), (Some(3), 2));
    capture(&store, &mut &b"photo"[..], "a.jpg", 1).unwrap();
    whole(&store);
}

const BALLAST: u64 = 1 << 20;

fn open(folder: &Path) -> Store {
    let options = OpenOptions { ballast_bytes: BALLAST, ..OpenOptions::default() };
    Store::open(folder, StoreKey::Platform, options).unwrap()
}

#[test]
fn a_real_full_disk_costs_the_ballast_then_refuses_and_loses_nothing() {
    let Some(disk) = SmallDisk::mount(12 << 20) else { return };
    let bench = Bench::new();
    let folder = disk.path().join("phone");
    copy_folder(&bench.copy("phone"), &folder);
    let store = open(&folder);
    let ballast = folder.join("ballast");
    assert_eq!(fs::metadata(&ballast).unwrap().len(), BALLAST, "space is kept back while there is plenty");
    let others = disk.fill(0);

    // The ballast goes, and the save that needed it succeeds.
    let mut saved = 0;
    while ballast.exists() {
        answer(&store, saved + 1, 20_000).unwrap();
        saved += 1;
    }
    assert_eq!(shown(&store), Some(saved));
    // Until that is used up too: now it is said, and everything before stands.
    let refused = loop {
        match answer(&store, saved + 1, 20_000) {
            Ok(()) => saved += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, StoreError::Full), "{refused}");
    assert_eq!((shown(&store), pending(&store)), (Some(saved), saved as usize));
    assert!(matches!(check_reserve(&store, 1 << 20), Err(StoreError::Reserve { .. })), "refused before a camera opens");

    // A restart on the full disk neither loses nor needs anything.
    drop(store);
    let store = open(&folder);
    assert!(store.salvaged().is_none());
    assert_eq!((shown(&store), pending(&store)), (Some(saved), saved as usize));

    // Space returns: the same store goes on, and a restart takes the ballast again.
    fs::remove_file(others).unwrap();
    answer(&store, saved + 1, 20_000).unwrap();
    assert_eq!(shown(&store), Some(saved + 1));
    capture(&store, &mut &b"photo"[..], "a.jpg", 1 << 20).unwrap();
    whole(&store);
    drop(store);
    let store = open(&folder);
    assert!(ballast.exists());
    assert_eq!(pending(&store), saved as usize + 1);
}

/// The program is started when the disk is full already: opening needs a little space of its own.
#[test]
fn a_start_on_a_full_disk_costs_the_ballast_and_saves() {
    let Some(disk) = SmallDisk::mount(12 << 20) else { return };
    let bench = Bench::new();
    let folder = disk.path().join("phone");
    copy_folder(&bench.copy("phone"), &folder);
    drop(open(&folder));
    let ballast = folder.join("ballast");
    assert!(ballast.exists());
    let others = disk.fill(0);
    let store = open(&folder);
    assert!(store.salvaged().is_none() && !ballast.exists());
    answer(&store, 1, 20_000).unwrap();
    assert_eq!((shown(&store), pending(&store)), (Some(1), 1));
    whole(&store);

    // Where the ballast is used up too, it is said what to do.
    drop(store);
    let mut more = fs::OpenOptions::new().append(true).open(others).unwrap();
    while more.write_all(&[1; 512]).is_ok() {}
    let options = OpenOptions { ballast_bytes: BALLAST, ..OpenOptions::default() };
    let refused = Store::open(&folder, StoreKey::Platform, options).map(|_| ()).unwrap_err();
    assert!(matches!(refused, StoreError::Full), "{refused}");
}
