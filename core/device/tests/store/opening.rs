//! Opening: a newer file is not touched, a damaged one is salvaged, two processes share one folder, the ballast goes
//! when it is needed.

use std::path::Path;
use std::sync::Arc;

use countersign_device::store::files::SystemFiles;
use countersign_device::store::{OpenOptions, Store, StoreError, StoreKey};
use rusqlite::Connection;

use crate::world::*;

#[test]
fn sqlite_is_new_enough_not_to_lose_committed_data() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

fn with_unsent(folder: &tempfile::TempDir, count: usize) {
    let mut office = office();
    let store = open(folder);
    enrol(&store, &mut office, "phone", "ana");
    for number in 0..count {
        let payload = answer("visit", &format!("/f/q{number}"), &number.to_string());
        give(&store, &draft(&format!("a{number}"), &job_lane(), None, payload)).unwrap();
    }
    store.flush().unwrap();
}

#[test]
fn a_newer_file_is_refused_and_not_one_byte_of_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    with_unsent(&folder, 1);
    let path = folder.path().join("store.db");
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    let log = std::fs::read(folder.path().join("outbox.log")).unwrap();
    let refused = Store::open(folder.path(), StoreKey::Platform, options(Arc::new(SystemFiles)));
    assert!(matches!(refused, Err(StoreError::Newer { found: 99, .. })), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read(folder.path().join("outbox.log")).unwrap(), log);
}

/// The unsent commands after opening, and whether a salvage was needed.
fn opened(folder: &tempfile::TempDir) -> (usize, bool) {
    let store = open(folder);
    let unsent = store.next_push(99, 1 << 20).unwrap().map_or(0, |batch| batch.envelopes.len());
    (unsent, store.salvaged().is_some())
}

fn overwrite(path: &Path, from: usize, length: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    let end = (from + length).min(bytes.len());
    bytes[from.min(end)..end].fill(0x5a);
    std::fs::write(path, bytes).unwrap();
}

fn settle(folder: &tempfile::TempDir) {
    let connection = Connection::open(folder.path().join("store.db")).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

#[test]
fn a_damaged_database_is_moved_aside_and_unsent_work_is_salvaged() {
    let database = |folder: &tempfile::TempDir| folder.path().join("store.db");
    type Harm<'a> = &'a dyn Fn(&tempfile::TempDir);
    let harms: [(&str, Harm<'_>); 4] = [
        ("header", &|folder| overwrite(&database(folder), 0, 100)),
        ("all of it", &|folder| overwrite(&database(folder), 0, usize::MAX / 2)),
        ("gone", &|folder| std::fs::remove_file(database(folder)).unwrap()),
        ("empty", &|folder| std::fs::write(database(folder), b"").unwrap()),
    ];
    for (name, harm) in harms {
        let folder = tempfile::tempdir().unwrap();
        with_unsent(&folder, 3);
        settle(&folder);
        harm(&folder);
        assert_eq!(opened(&folder), (3, true), "{name}");
        assert_eq!(opened(&folder), (3, false), "{name}: salvaged once");
        let mut office = office();
        office.enrol(id("phone"), id("ana"));
        let store = open(&folder);
        assert_eq!(store.identity().unwrap().unwrap().device, id("phone"), "{name}");
        sync(&store, &mut office);
        assert_eq!(office.decided.len(), 3, "{name}");
        let last = store.read(|rows| Ok(answer_row(rows, "visit", "/f/q2"))).unwrap();
        assert_eq!(last.unwrap().current.value.as_deref(), Some("2"), "{name}");
    }
}

#[test]
fn damage_found_later_is_marked_and_salvaged_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    with_unsent(&folder, 3);
    settle(&folder);
    let length = std::fs::metadata(folder.path().join("store.db")).unwrap().len();
    let page = 4096;
    // Every page but the first, one at a time: either it does not matter, or the work comes back from the log.
    for at in (page..length as usize).step_by(page) {
        let copy = tempfile::tempdir().unwrap();
        for name in ["store.db", "outbox.log"] {
            std::fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
        }
        overwrite(&copy.path().join("store.db"), at, page);
        std::fs::write(copy.path().join("damaged"), b"").unwrap();
        let (unsent, _) = opened(&copy);
        assert_eq!(unsent, 3, "page at {at}");
    }
}

#[test]
fn two_processes_share_one_chain_and_one_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let one = open(&folder);
    enrol(&one, &mut office, "phone", "ana");
    let two = open(&folder);
    let version = two.data_version().unwrap();
    std::thread::scope(|scope| {
        for (name, store) in [("one", &one), ("two", &two)] {
            scope.spawn(move || {
                for number in 0..20 {
                    let text = format!("{name} {number}");
                    give(store, &draft(&text, &job_lane(), None, note("job", &text))).unwrap();
                }
            });
        }
    });
    assert_ne!(two.data_version().unwrap(), version, "each sees that the other wrote");
    let batch = one.next_push(99, 1 << 20).unwrap().unwrap();
    assert_eq!((batch.envelopes.len(), batch.last_seq), (40, 40));
    one.flush().unwrap();
    two.flush().unwrap();
    drop((one, two));
    std::fs::remove_file(folder.path().join("store.db")).unwrap();
    for name in ["store.db-wal", "store.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    assert_eq!(opened(&folder), (40, true), "the log has what both wrote");
}

#[test]
fn the_ballast_is_taken_and_its_size_is_an_option() {
    let folder = tempfile::tempdir().unwrap();
    let size = |folder: &tempfile::TempDir| std::fs::metadata(folder.path().join("ballast")).map(|m| m.len()).ok();
    let with = |bytes| OpenOptions { ballast_bytes: bytes, ..options(Arc::new(SystemFiles)) };
    drop(Store::open(folder.path(), StoreKey::Platform, with(0)).unwrap());
    assert_eq!(size(&folder), None);
    drop(Store::open(folder.path(), StoreKey::Platform, with(1 << 20)).unwrap());
    assert_eq!(size(&folder), Some(1 << 20));
}

#[test]
fn what_was_signed_has_no_way_to_change() {
    let folder = tempfile::tempdir().unwrap();
    with_unsent(&folder, 1);
    let connection = Connection::open(folder.path().join("store.db")).unwrap();
    let zeros = [0u8; 32];
    let insert = "INSERT INTO sealed(sha256, body, sign_offs, visit, job) VALUES(?1, '{}', '[]', ?2, ?2)";
    connection.execute(insert, rusqlite::params![zeros, [0u8; 16]]).unwrap();
    connection.execute("INSERT INTO attested(sha256, body, pdf) VALUES(?1, '{}', ?1)", [zeros]).unwrap();
    for sql in [
        "UPDATE sealed SET body = '{}'",
        "DELETE FROM sealed",
        "UPDATE attested SET body = '{}'",
        "DELETE FROM attested",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}
