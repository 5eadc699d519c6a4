//! The device's token: sealed wherever it is kept; one that an older program kept in the clear is sealed, and its bytes
//! are overwritten.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use countersign_device::app::{App, AppOptions, SoftwareKey, SystemPlatform, Vault, VaultError};
use countersign_device::store::files::SystemFiles;
use countersign_device::vault::Zeroizing;
use countersign_model::Digest;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::world::*;

const TOKEN: &str = "token-phone";

/// A vault that may be locked.
struct Lockable(Arc<dyn Vault>, AtomicBool);

impl Vault for Lockable {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        if self.1.load(Ordering::SeqCst) { Err(VaultError::Locked) } else { self.0.seal(plain) }
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        if self.1.load(Ordering::SeqCst) { Err(VaultError::Locked) } else { self.0.open(sealed) }
    }
}

fn app(folder: &Path, vault: Arc<dyn Vault>) -> App {
    let key = Arc::new(SoftwareKey::from_bytes(&[9; 32]).unwrap());
    let store = options(Arc::new(SystemFiles));
    App::open(folder, AppOptions { store, key, vault, platform: Arc::new(SystemPlatform::new()) }).unwrap()
}

/// Files of the folder that hold these bytes.
fn holding(folder: &Path, bytes: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let content = std::fs::read(entry.path()).unwrap();
        if content.windows(bytes.len()).any(|window| window == bytes.as_bytes()) {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

/// A store as the program before wrote it: format 2, the token within the identity, in the database and in the log.
fn old_store(folder: &tempfile::TempDir) {
    let mut office = office();
    let store = open(folder);
    enrol(&store, &mut office, "phone", "ana");
    for number in 0..3 {
        give(&store, &draft(&format!("{number}"), &job_lane(), None, note("job", &format!("{number}")))).unwrap();
    }
    store.flush().unwrap();
    drop(store);
    let database = Connection::open(folder.path().join("store.db")).unwrap();
    database.execute_batch("DROP TABLE token; DROP TABLE wanted_media; PRAGMA user_version = 2;").unwrap();
    let set = |path: &str, value: &str| {
        let sql = "UPDATE setting SET value = json_set(value, ?1, ?2) WHERE name = 'identity'";
        database.execute(sql, [path, value]).unwrap();
    };
    // Written often, and once so long that it took pages of its own: older bytes lie in pages that were given up.
    let long: String = "x".repeat(20_000);
    for epoch in ["e1", &long, "e22", "e1"] {
        set("$.epoch", epoch);
        set("$.token", TOKEN);
    }
    let path = folder.path().join("outbox.log");
    let log = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, log.lines().map(old_line).collect::<String>()).unwrap();
    assert!(!holding(folder.path(), TOKEN).is_empty());
}

fn old_line(line: &str) -> String {
    let Some((_, json)) = line.split_once(" {") else { return format!("{line}\n") };
    let mut entry: Value = serde_json::from_str(&format!("{{{json}")).unwrap();
    if entry["entry"] == json!("identity") {
        entry.as_object_mut().unwrap().remove("token");
        entry["identity"]["token"] = json!(TOKEN);
    }
    let json = entry.to_string();
    let sum: String = Digest::of(json.as_bytes()).hex().chars().take(16).collect();
    format!("{} {sum} {json}\n", json.len())
}

fn assert_sealed(app: &App) {
    let sealed = app.store().sealed_token().unwrap().unwrap();
    assert_eq!((sealed.device, sealed.sha256), (id("phone"), Digest::of(TOKEN.as_bytes())));
    assert_eq!(format!("{:?}", sealed.open(&*vault()).unwrap()), "Token", "it opens, and shows itself to nobody");
    assert_eq!(app.store().next_push(9, 1 << 20).unwrap().unwrap().envelopes.len(), 3, "unsent work is there");
}

#[test]
fn a_token_is_nowhere_readable() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    give(&store, &draft("one", &job_lane(), None, note("job", "one"))).unwrap();
    store.flush().unwrap();
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
    let identity = store.identity().unwrap().unwrap();
    let answer = enrolment("phone", "ana", "e1");
    let shown =
        format!("{identity:?} {answer:?} {:?} {}", store.sealed_token(), serde_json::to_string(&identity).unwrap());
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[test]
fn an_older_store_is_sealed_at_its_first_opening_and_nothing_of_the_plain_token_stays() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    let app = app(folder.path(), vault());
    assert_sealed(&app);
    assert_eq!(app.store().identity().unwrap().unwrap().epoch, "e1");
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
    assert!(app.store().wipe_plain_token().unwrap(), "there is nothing left to do");
}

#[test]
fn a_vault_that_is_locked_at_the_first_opening_seals_at_a_later_one() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    let locked = Arc::new(Lockable(vault(), AtomicBool::new(true)));
    let waiting = app(folder.path(), locked.clone());
    assert!(waiting.store().sealed_token().unwrap().is_none());
    give(waiting.store(), &draft("more", &job_lane(), None, arrive("visit"))).unwrap();
    assert_eq!(waiting.store().read(|rows| rows.counts()).unwrap().pending_commands, 4, "saving goes on");
    locked.1.store(false, Ordering::SeqCst);
    assert!(!waiting.store().wipe_plain_token().unwrap(), "nothing is wiped before it is sealed");
    waiting.store().seal_token(&*locked).unwrap();
    assert!(waiting.store().wipe_plain_token().unwrap());
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
    assert!(waiting.store().sealed_token().unwrap().is_some());
}

#[test]
fn another_program_that_reads_lets_the_last_bytes_go_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    let other = Connection::open(folder.path().join("store.db")).unwrap();
    other.execute_batch("BEGIN; SELECT count(*) FROM setting;").unwrap();
    let _reading: i64 = other.query_row("SELECT count(*) FROM setting", [], |row| row.get(0)).unwrap();
    let first = app(folder.path(), vault());
    assert_sealed(&first);
    drop(first);
    other.execute_batch("COMMIT").unwrap();
    drop(other);
    let second = app(folder.path(), vault());
    assert_sealed(&second);
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
}

/// The database is nothing but rubbish.
fn ruin(folder: &tempfile::TempDir) {
    for name in ["store.db-wal", "store.db-shm"] {
        let _none = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::write(folder.path().join("store.db"), vec![0x5a; 8192]).unwrap();
}

#[test]
fn an_older_store_whose_database_is_damaged_keeps_its_token_from_the_log() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    ruin(&folder);
    let app = app(folder.path(), vault());
    assert!(app.store().salvaged().is_some());
    assert_sealed(&app);
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
}

#[test]
fn a_wipe_that_fails_keeps_no_sealed_token_back_and_is_done_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    // Nothing can be written where the new log of unsent work would stand.
    let in_the_way = folder.path().join("outbox.log.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let first = app(folder.path(), vault());
    assert_sealed(&first);
    assert!(first.store().wipe_plain_token().is_err());
    drop(first);
    std::fs::remove_dir(&in_the_way).unwrap();
    let second = app(folder.path(), vault());
    assert_sealed(&second);
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
}

/// A vault during whose work another program enrols the device anew.
struct EnrolledMeanwhile(std::path::PathBuf);

impl Vault for EnrolledMeanwhile {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let database = Connection::open(self.0.join("store.db")).unwrap();
        let newer = "UPDATE token SET plain = NULL, sha256 = ?1, sealed = ?2";
        database.execute(newer, [Digest::of(b"newer").hex(), hex::encode("newer")]).unwrap();
        vault().seal(plain)
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        vault().open(sealed)
    }
}

#[test]
fn sealing_an_old_token_never_takes_the_place_of_a_newer_one() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    let app = app(folder.path(), Arc::new(EnrolledMeanwhile(folder.path().to_owned())));
    assert_eq!(app.store().sealed_token().unwrap().unwrap().sha256, Digest::of(b"newer"));
}

#[test]
fn a_log_that_another_program_wrote_anew_gets_what_is_saved_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    let locked = Arc::new(Lockable(vault(), AtomicBool::new(true)));
    let first = app(folder.path(), locked);
    give(first.store(), &draft("before", &job_lane(), None, note("job", "before"))).unwrap();
    let second = app(folder.path(), vault());
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new(), "the second sealed, wiped and wrote the log anew");
    give(first.store(), &draft("after", &job_lane(), None, note("job", "words given afterwards"))).unwrap();
    first.store().flush().unwrap();
    let log = std::fs::read_to_string(folder.path().join("outbox.log")).unwrap();
    assert!(log.contains("words given afterwards"), "{log}");
    drop(second);
}

#[test]
fn a_salvage_from_a_log_that_was_not_wiped_yet_wipes_it() {
    let folder = tempfile::tempdir().unwrap();
    old_store(&folder);
    let other = Connection::open(folder.path().join("store.db")).unwrap();
    other.execute_batch("BEGIN").unwrap();
    let _reading: i64 = other.query_row("SELECT count(*) FROM setting", [], |row| row.get(0)).unwrap();
    for _opening in ["seals", "writes the sealed one into the log"] {
        assert_sealed(&app(folder.path(), vault()));
    }
    assert!(holding(folder.path(), TOKEN).contains(&"outbox.log".to_owned()));
    drop(other);
    ruin(&folder);
    let app = app(folder.path(), vault());
    assert!(app.store().salvaged().is_some());
    assert_sealed(&app);
    assert_eq!(holding(folder.path(), TOKEN), Vec::<String>::new());
}
