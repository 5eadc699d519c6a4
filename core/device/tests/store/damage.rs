//! Damage at every page of the database, along its write-ahead log and along the log of unsent work. What was saved and
//! not sent comes back as it was, what was signed is byte for byte what was signed, and where both memories were hit the
//! person is told. Nothing is ever silently different.

use std::path::Path;
use std::sync::Arc;

use countersign_device::app::{App, AppError, AppOptions, SoftwareKey, SystemPlatform};
use countersign_device::store::files::SystemFiles;
use countersign_device::store::{Rows, Store, StoreError, StoreKey, oracle_view};
use countersign_model::canonical::to_text;
use countersign_model::{Digest, Id};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::office::Office;
use crate::world::*;

const PAGE: usize = 4096;

/// Numbers from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }
}

/// What a person would miss.
#[derive(Debug, PartialEq)]
struct Kept {
    /// Unsent entries with their places in the chain, in canonical text.
    unsent: Vec<String>,
    /// Documents, sign-offs and the device's signatures.
    signed: Vec<String>,
}

/// A device with entries that the office has, entries that it has not, and a signed document.
struct Scene {
    folder: TempDir,
    office: Office,
    sealed: Digest,
    kept: Kept,
    /// Held open where the write-ahead log must stay.
    _app: Option<App>,
}

fn app(folder: &Path) -> App {
    let store = options(Arc::new(SystemFiles));
    let key = Arc::new(SoftwareKey::from_bytes(&[9; 32]).unwrap());
    App::open(folder, AppOptions { store, key, vault: vault(), platform: Arc::new(SystemPlatform::new()) }).unwrap()
}

impl Scene {
    /// `in_log`: what is not sent stands in the write-ahead log, which was emptied before.
    fn new(in_log: bool) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let mut office = office();
        let app = app(folder.path());
        enrol(app.store(), &mut office, "phone", "ana");
        for number in 0..3 {
            give(
                app.store(),
                &draft(&format!("sent{number}"), &job_lane(), None, note("job", &format!("sent {number}"))),
            )
            .unwrap();
            give(app.store(), &draft(&format!("b{number}"), &job_lane(), None, answer("visit", "/f/sent", "1")))
                .unwrap();
        }
        sync(app.store(), &mut office);
        settle(folder.path());
        for number in 0..6 {
            let payload = answer("visit", &format!("/f/q{number}"), &format!("{number} bar at the pump"));
            give(app.store(), &draft(&format!("a{number}"), &job_lane(), None, payload)).unwrap();
        }
        app.preview("V-job").unwrap();
        let sealed = app.sign("V-job", request()).unwrap().sealed;
        app.flush().unwrap();
        let kept = kept(app.store(), sealed).unwrap();
        assert_eq!((kept.unsent.len() >= 8, kept.signed.len()), (true, 2), "{kept:?}");
        let app = in_log.then_some(app);
        if !in_log {
            settle(folder.path());
        }
        Scene { folder, office, sealed, kept, _app: app }
    }

    fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_all(self.folder.path(), copy.path());
        copy
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(name)).unwrap()
    }
}

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy_all(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn settle(folder: &Path) {
    let connection = Connection::open(folder.join("store.db")).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

fn kept(store: &Store, sealed: Digest) -> Result<Kept, StoreError> {
    let batch = store.next_push(999, 1 << 24)?;
    let unsent = batch.into_iter().flat_map(|batch| batch.envelopes).map(|envelope| to_text(&envelope).unwrap());
    let (row, attested) = store.read(|rows| Ok((rows.sealed(sealed)?, rows.attested(sealed)?)))?;
    let row = row.map(|row| format!("{} {}", to_text(&row.sealed).unwrap(), to_text(&row.sign_offs).unwrap()));
    let attested = attested.map(|attested| format!("{} {}", to_text(&attested.attestation).unwrap(), attested.pdf));
    Ok(Kept { unsent: unsent.collect(), signed: row.into_iter().chain(attested).collect() })
}

/// Everything that screens and sync read.
fn read_all(store: &Store) -> Result<(), StoreError> {
    let states = ["pending", "accepted", "refused", "waiting", "held", "kept", "closed"];
    store.read(|rows: &Rows<'_>| {
        rows.own_commands(&states)?;
        rows.unattested()?;
        rows.salvage()?;
        if rows.identity()?.is_some() {
            rows.chain_head()?;
        }
        rows.shown(id("visit"))?;
        rows.row("job", id("job")).map(|_| ())
    })?;
    store.media_to_send(99)?;
    store.cursor()?;
    store.scopes_to_fetch()?;
    store.sealed_token()?;
    oracle_view(store).map(|_| ())
}

/// What came of one harm.
#[derive(Debug)]
struct Rest {
    told: bool,
    kept: Kept,
}

/// Starts the device until everything can be read, as its person does who is told to start again.
fn live_on(scene: &Scene, folder: &Path, what: &str) -> Rest {
    let mut told = false;
    let mut errors = Vec::new();
    for _ in 0..4 {
        let store = match Store::open(folder, StoreKey::Platform, options(Arc::new(SystemFiles))) {
            Ok(store) => store,
            Err(error) => {
                errors.push(format!("open: {error}"));
                continue;
            }
        };
        told |= store.read(|rows| rows.salvage()).is_ok_and(|salvage| salvage.is_some());
        let now = kept(&store, scene.sealed);
        if let Ok(now) = &now {
            // What can be read is what was saved, or it is not there and somebody was told.
            for text in now.unsent.iter().filter(|text| !is_of_before(text)) {
                assert!(scene.kept.unsent.contains(text), "{what}: an entry is different: {text}");
            }
            for text in &now.signed {
                assert!(told || scene.kept.signed.contains(text), "{what}: what was signed is different: {text}");
            }
        }
        match (now, read_all(&store)) {
            (Ok(kept), Ok(())) => return Rest { told, kept },
            (now, read) => errors.push(format!("{:?} {:?}", now.err(), read.err())),
        }
    }
    panic!("{what}: it does not come to rest: {errors:#?}");
}

/// Entries that the office has are offered once more after a salvage.
fn is_of_before(text: &str) -> bool {
    (0..3).any(|number| {
        [format!("sent{number}"), format!("b{number}")].iter().any(|name| text.contains(&id(name).to_string()))
    })
}

fn nothing_is_lost(scene: &Scene, outcome: &Rest, what: &str) {
    for text in &scene.kept.unsent {
        assert!(outcome.kept.unsent.contains(text), "{what}: an entry is gone: {text}");
    }
    assert_eq!(outcome.kept.signed, scene.kept.signed, "{what}");
}

/// One way to harm the bytes from `at`.
fn harm(bytes: &mut [u8], at: usize, length: usize, kind: usize, chance: &mut Chance) {
    let end = (at + length).min(bytes.len());
    let piece = &mut bytes[at.min(end)..end];
    match kind {
        0 => piece.fill(0),
        1 => piece.iter_mut().for_each(|byte| *byte = chance.below(256) as u8),
        2 if piece.len() > 8 => {
            // The header of a page: its kind, its count of rows, where they begin.
            let place = chance.below(8);
            piece[place] ^= 1 << chance.below(8);
        }
        _ if !piece.is_empty() => {
            let place = chance.below(piece.len());
            piece[place] ^= 1 << chance.below(8);
        }
        _ => {}
    }
}

#[test]
fn any_damaged_page_of_the_database_loses_nothing() {
    let scene = Scene::new(false);
    let whole = scene.bytes("store.db");
    let mut chance = Chance(8);
    let mut salvaged = 0;
    let mut cases = 0;
    for at in (0..whole.len()).step_by(PAGE) {
        for kind in [at / PAGE % 2, 2, 3] {
            let copy = scene.copy();
            let mut bytes = whole.clone();
            harm(&mut bytes, at, PAGE, kind, &mut chance);
            std::fs::write(copy.path().join("store.db"), bytes).unwrap();
            let what = format!("page {}, harm {kind}", at / PAGE);
            let outcome = live_on(&scene, copy.path(), &what);
            nothing_is_lost(&scene, &outcome, &what);
            salvaged += usize::from(outcome.told);
            cases += 1;
        }
    }
    assert!(salvaged > 20 && salvaged < cases, "{salvaged} of {cases}");
}

#[test]
fn any_changed_letter_of_an_unsent_entry_or_of_a_signed_document_is_noticed() {
    let scene = Scene::new(false);
    let whole = scene.bytes("store.db");
    let mut chance = Chance(9);
    // A letter that leaves the page and the JSON as valid as they were.
    let places: Vec<usize> =
        whole.windows(15).enumerate().filter(|(_, text)| text == b"bar at the pump").map(|(at, _)| at).collect();
    assert!(places.len() >= 6, "{}", places.len());
    let names: Vec<usize> =
        whole.windows(13).enumerate().filter(|(_, text)| text == b"leaks at the ").map(|(at, _)| at).collect();
    for at in places.into_iter().chain(names) {
        let copy = scene.copy();
        let mut bytes = whole.clone();
        bytes[at + chance.below(3)] ^= 1;
        std::fs::write(copy.path().join("store.db"), bytes).unwrap();
        let what = format!("letter at {at}");
        let outcome = live_on(&scene, copy.path(), &what);
        nothing_is_lost(&scene, &outcome, &what);
    }
}

#[test]
fn a_damaged_write_ahead_log_loses_nothing() {
    let scene = Scene::new(true);
    let whole = scene.bytes("store.db-wal");
    assert!(whole.len() > 20 * PAGE, "{}", whole.len());
    let mut chance = Chance(10);
    for round in 0..40 {
        let copy = scene.copy();
        let mut bytes = whole.clone();
        let at = whole.len() * round / 40;
        match round % 4 {
            0 => bytes.truncate(at),
            kind => harm(&mut bytes, at, 600, kind, &mut chance),
        }
        std::fs::write(copy.path().join("store.db-wal"), bytes).unwrap();
        let what = format!("write-ahead log at {at}, harm {}", round % 4);
        let outcome = live_on(&scene, copy.path(), &what);
        nothing_is_lost(&scene, &outcome, &what);
        let mut office = scene.office.clone();
        let store = open(&copy);
        give(&store, &draft("later", &job_lane(), None, note("job", "later"))).unwrap();
        sync(&store, &mut office);
        let decided = scene.kept.unsent.iter().filter(|text| decided(&office, text)).count();
        assert_eq!(decided, scene.kept.unsent.len(), "{what}");
        let (kept, folded) = oracle_view(&store).unwrap();
        assert_eq!(bodies(&kept), bodies(&folded), "{what}");
    }
}

fn decided(office: &Office, envelope: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(envelope).unwrap();
    let command: Id = serde_json::from_value(value["command"]["id"].clone()).unwrap();
    office.decided.contains_key(&command)
}

#[test]
fn a_damaged_log_of_unsent_work_loses_nothing_and_is_written_anew() {
    let scene = Scene::new(false);
    let whole = scene.bytes("outbox.log");
    let mut chance = Chance(11);
    for round in 0..30 {
        let copy = scene.copy();
        let mut bytes = whole.clone();
        let at = whole.len() * round / 30;
        match round % 5 {
            0 => bytes.truncate(at),
            kind => harm(&mut bytes, at, 300, kind - 1, &mut chance),
        }
        std::fs::write(copy.path().join("outbox.log"), bytes).unwrap();
        let what = format!("log at {at}, harm {}", round % 5);
        let outcome = live_on(&scene, copy.path(), &what);
        nothing_is_lost(&scene, &outcome, &what);
        assert!(!outcome.told, "{what}: nothing was damaged that matters");
        // The log is a second memory again.
        std::fs::remove_file(copy.path().join("store.db")).unwrap();
        let outcome = live_on(&scene, copy.path(), &what);
        nothing_is_lost(&scene, &outcome, &format!("{what}, then the database"));
    }
}

#[test]
fn where_both_memories_are_hit_the_rest_is_saved_and_the_person_is_told() {
    let scene = Scene::new(false);
    let (database, log) = (scene.bytes("store.db"), scene.bytes("outbox.log"));
    let mut chance = Chance(12);
    for round in 0..60 {
        let copy = scene.copy();
        let (mut pages, mut lines) = (database.clone(), log.clone());
        let at = chance.below(pages.len() / PAGE) * PAGE;
        harm(&mut pages, at, PAGE, round % 4, &mut chance);
        let place = chance.below(lines.len());
        harm(&mut lines, place, 400, 1, &mut chance);
        std::fs::write(copy.path().join("store.db"), pages).unwrap();
        std::fs::write(copy.path().join("outbox.log"), &lines).unwrap();
        let harmed = lines;
        let what = format!("page {}, harm {}, log at {place}", at / PAGE, round % 4);
        let outcome = live_on(&scene, copy.path(), &what);
        if !outcome.told {
            nothing_is_lost(&scene, &outcome, &what);
            continue;
        }
        let store = open(&copy);
        if store.identity().unwrap().is_none() {
            // Both words for what the device is were hit: it is enrolled anew, and its work goes along.
            store.save_enrolment(&string(), &enrolment("phone2", "ana", "e1"), &*vault()).unwrap();
        }
        let there = store.read(|rows| rows.own_commands(&["pending", "held"])).unwrap();
        let there: Vec<String> = there.iter().map(|row| row.command.id.to_string()).collect();
        let lost = scene.kept.unsent.iter().filter(|text| !there.iter().any(|id| text.contains(id.as_str())));
        let hit = log.split(|byte| *byte == b'\n').filter(|line| !contains(&harmed, line)).count();
        assert!(lost.count() <= hit, "{what}: more is lost than the {hit} lines that were hit");
    }
}

fn contains(bytes: &[u8], line: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|other| other == line)
}

#[test]
fn a_screen_that_meets_damage_says_so_and_the_next_start_salvages() {
    let scene = Scene::new(false);
    let connection = Connection::open(scene.folder.path().join("store.db")).unwrap();
    let changed = "DROP TRIGGER sealed_stays; UPDATE sealed SET body = replace(body, 'pump', 'pomp');";
    connection.execute_batch(changed).unwrap();
    drop(connection);
    let device = app(scene.folder.path());
    let met = device.paper(scene.sealed);
    assert!(matches!(met, Err(AppError::Damaged { .. })), "{met:?}");
    drop(device);
    let device = app(scene.folder.path());
    assert!(device.store().salvaged().is_some());
    assert!(device.paper(scene.sealed).unwrap().is_some());
    assert_eq!(kept(device.store(), scene.sealed).unwrap().signed, scene.kept.signed);
}

#[test]
fn a_sign_off_that_was_changed_before_the_device_vouches_for_it_is_noticed() {
    let scene = Scene::new(false);
    let connection = Connection::open(scene.folder.path().join("store.db")).unwrap();
    let changed = "DROP TRIGGER sealed_stays; DROP TRIGGER attested_remains; DELETE FROM attested;
        UPDATE sealed SET sign_offs = replace(sign_offs, '\"ana\"', '\"eva\"');";
    connection.execute_batch(changed).unwrap();
    let store = open(&scene.folder);
    let met = store.read(|rows| rows.unattested());
    assert!(matches!(met, Err(StoreError::Damaged(_))), "{met:?}");
}

#[test]
fn work_of_a_device_that_nothing_names_any_more_goes_along_with_its_next_enrolment() {
    let scene = Scene::new(false);
    let connection = Connection::open(scene.folder.path().join("store.db")).unwrap();
    connection.execute("UPDATE setting SET name = 'identitx' WHERE name = 'identity'", []).unwrap();
    drop(connection);
    let log = String::from_utf8(scene.bytes("outbox.log")).unwrap();
    let lines = log.lines().filter(|line| !line.contains("\"entry\":\"identity\""));
    std::fs::write(scene.folder.path().join("outbox.log"), lines.map(|line| format!("{line}\n")).collect::<String>())
        .unwrap();
    for _ in 0..2 {
        let store = open(&scene.folder);
        assert!(store.read(|rows| rows.salvage()).unwrap().is_some(), "the person is told");
        assert_eq!(store.identity().unwrap(), None);
    }
    assert!(!scene.folder.path().join("damaged-2-store.db").exists(), "once is enough");
    let store = open(&scene.folder);
    store.save_enrolment(&string(), &enrolment("phone2", "ana", "e1"), &*vault()).unwrap();
    let held = store.read(|rows| rows.own_commands(&["held"])).unwrap();
    let held: Vec<String> = held.iter().map(|row| row.command.id.to_string()).collect();
    for text in &scene.kept.unsent {
        assert!(held.iter().any(|id| text.contains(id.as_str())), "{text}");
    }
}
