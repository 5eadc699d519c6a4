//! Databases and messages as earlier programs wrote them, one folder a format in `tests/databases`: from the day a format
//! is released its files are never edited, and every later program opens them, brings them up, and goes on with them.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use countersign_hub::{Caller, RawPush};
use countersign_model::entity::{Document, document_id};
use countersign_model::log::{LogProof, LogQuestion};
use countersign_model::record::Scope;
use countersign_model::wire::{FeedPage, Push, Pushed, ScopeWanted, ScopesPage, ScopesRequest, Trust};
use countersign_model::{Digest, Id};
use countersign_tests::bench::copy_folder;
use countersign_tests::office::{Office, Phone};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The seed of the frozen device's key.
const SEED: u64 = 77;
/// The newest format.
const NEWEST: &str = "1";

fn databases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("databases")
}

fn formats() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(databases()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// Every file under a folder, by its path there, with its digest.
fn sums(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                    found.insert(name, Digest::of(&fs::read(&path).unwrap()).hex());
                }
            }
        }
    }
    found.remove("sums.json");
    found
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn write(path: &Path, value: &impl Serialize) {
    fs::write(path, serde_json::to_string_pretty(value).unwrap() + "\n").unwrap();
}

/// What stands in a database, table by table and column by column, without the spelling of its SQL.
fn schema(path: &Path) -> BTreeSet<String> {
    let database = Connection::open(path).unwrap();
    let mut statement = database.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").unwrap();
    let rows = statement.query_map([], |row| {
        let (kind, name, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let plain: String =
            sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
        let plain: String = plain.chars().filter(|letter| !letter.is_whitespace()).collect();
        Ok(format!("{kind} {name} {plain}"))
    });
    rows.unwrap().map(Result::unwrap).filter(|line| !line.contains("sqlite_")).collect()
}

/// What a device has: its unsent commands in the order of their chain, and its sealed documents.
fn on_device(phone: &Phone) -> Value {
    let rows = phone.app().store().read(|rows| rows.own_commands(&["pending", "refused", "waiting", "held"])).unwrap();
    let unsent: Vec<String> = rows.iter().map(|row| row.command.digest().unwrap().hex()).collect();
    let head = phone.app().store().read(|rows| rows.chain_head()).unwrap();
    let store = Connection::open(phone.folder().join("store.db")).unwrap();
    let mut statement = store.prepare("SELECT sha256, body FROM sealed ORDER BY sha256").unwrap();
    let sealed = statement.query_map([], |row| Ok((Digest(row.get(0)?), row.get::<_, String>(1)?))).unwrap();
    let sealed: Vec<String> = sealed
        .map(Result::unwrap)
        .map(|(sha256, body)| {
            assert_eq!(Digest::of(body.as_bytes()), sha256, "what was signed is there, byte for byte");
            sha256.hex()
        })
        .collect();
    json!({"unsent": unsent, "head": {"seq": head.seq, "hash": head.hash}, "sealed": sealed})
}

/// What the hub has: the log's length and root, and its documents.
fn at_hub(office: &Office) -> Value {
    let head = office.hub.log_head().unwrap().expect("it was signed when the hub stopped");
    let mut documents: Vec<String> =
        office.hub.all::<Document>().unwrap().into_iter().map(|(_, body)| body.sealed_sha256.hex()).collect();
    documents.sort();
    json!({"log": {"size": head.size, "root": head.root}, "documents": documents})
}

#[test]
fn no_file_of_a_released_format_was_edited() {
    let formats = formats();
    assert!(formats.iter().any(|folder| folder.ends_with(NEWEST)));
    for folder in formats {
        let kept: BTreeMap<String, String> = read(&folder.join("sums.json"));
        assert_eq!(sums(&folder), kept, "{}", folder.display());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_earlier_database_is_opened_brought_up_and_gone_on_with() {
    for folder in formats() {
        let name = folder.display();
        let expected: Value = read(&folder.join("expected.json"));
        let office = Office::thawed(&folder.join("hub")).await;
        let phone = Phone::thawed(&folder.join("device"), SEED);
        assert_eq!(on_device(&phone), expected["device"], "{name}");
        assert_eq!(at_hub(&office), expected["hub"], "{name}");
        office.check();
        let (fresh, new) = (Office::open().await, Phone::new(1));
        assert_eq!(schema(&office.folder().join("hub.db")), schema(&fresh.folder().join("hub.db")), "{name}");
        assert_eq!(schema(&phone.folder().join("store.db")), schema(&new.folder().join("store.db")), "{name}");
        // The device goes on where it was: what waited is sent, and the hub has it once.
        phone.set_address(&office.url());
        phone.sync().await;
        assert_eq!(phone.pending(), 0, "{name}");
        assert!(phone.attention().is_empty(), "{name}: {:?}", phone.attention());
        for sealed in expected["device"]["sealed"].as_array().unwrap() {
            let sealed: Digest = sealed.as_str().unwrap().parse().unwrap();
            assert!(office.hub.get::<Document>(document_id(sealed)).unwrap().is_some(), "{name}: {sealed}");
        }
        office.check();
    }
}

/// A message is read, and written as it was.
fn holds<T: Serialize + DeserializeOwned>(folder: &Path, name: &str) {
    let path = folder.join("wire").join(name);
    let value: Value = read(&path);
    let message: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&message).unwrap(), value, "{}", path.display());
}

#[test]
fn every_earlier_message_is_understood_and_written_as_it_was() {
    for folder in formats() {
        holds::<Push>(&folder, "push.json");
        holds::<Pushed>(&folder, "pushed.json");
        holds::<FeedPage>(&folder, "feed.json");
        holds::<ScopesRequest>(&folder, "scopes-request.json");
        holds::<ScopesPage>(&folder, "scopes.json");
        holds::<Trust>(&folder, "trust.json");
        holds::<LogQuestion>(&folder, "log-question.json");
        holds::<LogProof>(&folder, "log-proof.json");
    }
}

/// Writes the newest format's files. It is never written again once it is released: the next one gets a folder of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "writes files of the repository"]
async fn freeze_the_newest_format() {
    let folder = databases().join(NEWEST);
    assert!(!folder.exists(), "a released format is not written anew");
    let mut office = Office::open().await;
    let (signed, begun) = (office.job(office.ana, &[office.ben]), office.job(office.ana, &[]));
    let phone = Phone::new(SEED);
    phone.enrol(&office.invite_at(office.ana, &office.url())).await.unwrap();
    phone.sync().await;
    phone.fill(signed.job);
    phone.photograph(signed.job, 1);
    phone.app().use_part(&signed.job.to_string(), "SEAL-0042", "2", "B7").unwrap();
    phone.sign(signed.job);
    phone.sync().await;
    phone.app().submit(&signed.job.to_string()).unwrap();
    phone.sync().await;
    // Stopping signs the head of the log.
    office.restart().await;
    phone.sync().await;
    phone.fill(begun.job);
    phone.photograph(begun.job, 2);
    phone.app().begin_amendment(&signed.job.to_string(), "one seal was not used").unwrap();
    phone.app().flush().unwrap();
    office.stop().await;
    let expected = json!({"device": on_device(&phone), "hub": at_hub(&office)});
    copy_folder(phone.folder(), &folder.join("device"));
    copy_folder(&office.folder(), &folder.join("hub"));
    settle(&folder.join("device/store.db"));
    settle(&folder.join("hub/hub.db"));
    write(&folder.join("expected.json"), &expected);
    office.restart().await;
    freeze_messages(&office, &phone, &folder.join("wire"));
    write(&folder.join("sums.json"), &sums(&folder));
}

/// One file instead of three.
fn settle(database: &Path) {
    let connection = Connection::open(database).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

fn freeze_messages(office: &Office, phone: &Phone, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let device = phone.app().store().identity().unwrap().unwrap().device;
    let caller = Caller { device, person: office.ana, revoked: None, left: false, unconfirmed: false };
    let batch = phone.app().store().next_push(50, 1 << 20).unwrap().unwrap();
    let push = Push { envelopes: batch.envelopes, signature: None };
    write(&folder.join("push.json"), &push);
    let raw: RawPush = serde_json::from_value(serde_json::to_value(&push).unwrap()).unwrap();
    let wanted = vec![ScopeWanted { scope: Scope::reference("people"), after: None }];
    let request = ScopesRequest { wanted, limit: 50 };
    write(&folder.join("scopes-request.json"), &request);
    write(&folder.join("scopes.json"), &office.hub.scope_pages(&caller, &request).unwrap());
    write(&folder.join("feed.json"), &office.hub.feed(&caller, None, Some(60)).unwrap());
    write(&folder.join("trust.json"), &office.hub.trust().unwrap());
    let size = office.hub.log_head().unwrap().unwrap().size;
    let commands: Vec<Id> = phone
        .app()
        .store()
        .read(|rows| rows.own_commands(&["accepted", "kept"]))
        .unwrap()
        .iter()
        .take(3)
        .map(|row| row.command.id)
        .collect();
    let question = LogQuestion { from: size / 2, to: size, commands };
    write(&folder.join("log-question.json"), &question);
    write(&folder.join("log-proof.json"), &office.hub.log_proof(&caller, &question).unwrap());
    write(&folder.join("pushed.json"), &office.hub.receive(&caller, raw).unwrap());
}
