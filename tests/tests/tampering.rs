//! Somebody who can write the files changes what was signed or kept. The databases refuse it; who removes the refusal
//! first is found by `hub check`, which names what was touched; a paper that went out is found by `verify`.
//!
//! Flipping every byte of a paper and of a bundle is tried where they are made (`core/documents`).
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use countersign_documents::{Issuer, verify};
use countersign_hub::Hub;
use countersign_tests::bench::copy_folder;
use countersign_tests::office::{Office, Phone};
use rusqlite::Connection;

/// A hub with one signed, attested document with a photo, stopped; and the device that signed it.
struct Signed {
    office: Office,
    phone: Phone,
    copies: tempfile::TempDir,
    sealed: countersign_model::Digest,
    photo: countersign_model::Digest,
}

impl Signed {
    async fn make() -> Signed {
        let mut office = Office::open().await;
        let planned = office.job(office.ana, &[]);
        let phone = office.phone(office.ana, 11).await;
        phone.sync().await;
        phone.fill(planned.job);
        let photo = phone.photograph(planned.job, 1);
        let sealed = phone.sign(planned.job).sealed;
        phone.sync().await;
        office.check();
        // Stopping signs the log's root as it stands.
        office.stop().await;
        Signed { office, phone, copies: tempfile::tempdir().unwrap(), sealed, photo }
    }

    /// A copy of the hub's folder to tamper with.
    fn copy(&self, name: &str) -> PathBuf {
        let folder = self.copies.path().join(name);
        copy_folder(&self.office.folder(), &folder);
        folder
    }

    fn blob(&self, folder: &Path) -> PathBuf {
        let name = self.photo.hex();
        let pair: String = name.chars().take(2).collect();
        folder.join("blobs").join(self.office.hub.tenant().to_string()).join(pair).join(name)
    }
}

/// What `hub check` finds in a folder, as `item: why`.
fn findings(folder: &Path) -> Vec<String> {
    let report = Hub::open(folder).unwrap().check(&mut |_| {}).unwrap();
    report.findings.into_iter().map(|finding| format!("{}: {}", finding.item, finding.why)).collect()
}

/// Changes that the hub's database refuses, each with a word of the reason.
const REFUSED_BY_HUB: &[(&str, &str)] = &[
    ("UPDATE sealed SET body = '{}'", "never changes"),
    ("UPDATE sealed SET sign_offs = '[]'", "never changes"),
    ("DELETE FROM sealed", "never deleted"),
    ("UPDATE inbox SET body = '{}'", "never changes"),
    ("DELETE FROM inbox", "never deleted"),
    ("UPDATE device_chain SET chain_hash = zeroblob(32)", "never changes"),
    ("DELETE FROM device_chain", "never deleted"),
    ("UPDATE media SET bytes = 1", "never change"),
    ("DELETE FROM media", "never deleted"),
    ("UPDATE log_leaf SET leaf = zeroblob(32)", "never changes"),
    ("DELETE FROM log_leaf", "never deleted"),
];

/// Tables, their columns, and the same with something changed.
const REPLACED: &[(&str, &str, &str)] = &[
    ("sealed", "tenant, sha256, command, body, sign_offs, received", "tenant, sha256, command, '{}', '[]', received"),
    ("media", "tenant, sha256, bytes, held_at", "tenant, sha256, bytes + 1, held_at"),
    ("log_leaf", "tenant, place, leaf, salt, command", "tenant, place, zeroblob(32), salt, command"),
    (
        "device_chain",
        "tenant, device, seq, command, prev_hash, chain_hash",
        "tenant, device, seq, command, prev_hash, zeroblob(32)",
    ),
    (
        "inbox",
        "tenant, command, arrival, origin, lane, kind, author, received, body, digest, state",
        "tenant, command, arrival, origin, lane, kind, author, received, '{}', digest, state",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_hubs_database_refuses_to_change_what_was_signed_or_received() {
    let signed = Signed::make().await;
    let folder = signed.copy("refused");
    let connection = Connection::open(folder.join("hub.db")).unwrap();
    for (sql, why) in REFUSED_BY_HUB {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains(why), "{sql}: {refused}");
    }
    // Replacing is no way round: SQLite does not ask delete triggers then.
    for (table, columns, changed) in REPLACED {
        let sql = format!("INSERT OR REPLACE INTO {table} ({columns}) SELECT {changed} FROM {table}");
        let replaced = connection.execute(&sql, []);
        assert!(matches!(replaced, Ok(0) | Err(_)), "{sql}: {replaced:?}");
    }
    drop(connection);
    assert_eq!(findings(&folder), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_devices_database_refuses_to_change_what_was_signed() {
    let signed = Signed::make().await;
    let connection = Connection::open(signed.phone.folder().join("store.db")).unwrap();
    let rows = [
        ("UPDATE sealed SET body = '{}'", "never changes"),
        ("DELETE FROM sealed", "never removed"),
        ("UPDATE attested SET body = '{}'", "never changes"),
        ("DELETE FROM attested", "never removed"),
        (
            "INSERT OR REPLACE INTO sealed(sha256, body, sign_offs, visit, job)
             SELECT sha256, '{}', '[]', visit, job FROM sealed",
            "never changes",
        ),
        ("INSERT OR REPLACE INTO attested(sha256, body, pdf) SELECT sha256, '{}', pdf FROM attested", "never changes"),
    ];
    for (sql, why) in rows {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains(why), "{sql}: {refused}");
    }
    let kept = signed.phone.app().store().read(|rows| rows.sealed(signed.sealed)).unwrap().unwrap();
    assert_eq!(kept.sealed.digest().unwrap(), signed.sealed);
}

/// What somebody changes who first removed every trigger, and the beginning of a finding that names it.
const FOUND_BY_CHECK: &[(&str, &str)] = &[
    ("UPDATE sealed SET body = replace(body, 'Ana Ruiz', 'Eva Ruiz')", "sealed/"),
    ("UPDATE sealed SET sign_offs = replace(sign_offs, 'Ana Ruiz', 'Eva Ruiz')", "sealed/"),
    ("UPDATE sealed SET sha256 = zeroblob(32)", "sealed/"),
    ("DELETE FROM sealed", "document/"),
    ("UPDATE record SET body = replace(body, 'Ana Ruiz', 'Eva Ruiz') WHERE kind = 'document'", "sealed/"),
    ("UPDATE record SET body = '{}' WHERE kind = 'document'", "document/"),
    ("DELETE FROM record WHERE kind = 'document'", "sealed/"),
    ("UPDATE inbox SET body = replace(body, 'yes', 'no') WHERE kind = 'answer.set'", "command/"),
    ("UPDATE inbox SET body = replace(body, 'yes', 'no'), digest = zeroblob(32) WHERE kind = 'answer.set'", "log/"),
    ("DELETE FROM device_chain WHERE seq = 1", "device/"),
    ("UPDATE device_chain SET chain_hash = zeroblob(32) WHERE seq = 2", "device/"),
    ("UPDATE device_chain SET prev_hash = zeroblob(32) WHERE seq = 2", "device/"),
    ("UPDATE chain_signature SET signature = replace(signature, '1', '2')", "device/"),
    ("UPDATE media SET bytes = bytes + 1", "media/"),
    ("UPDATE log_leaf SET leaf = zeroblob(32) WHERE place = 0", "log/"),
    ("UPDATE log_leaf SET salt = zeroblob(32) WHERE place = 0", "log/"),
    ("DELETE FROM log_leaf WHERE place = (SELECT max(place) FROM log_leaf)", "log"),
    ("DELETE FROM inbox WHERE arrival = (SELECT max(arrival) FROM inbox)", "log/"),
    ("UPDATE checkpoint SET root = zeroblob(32)", "checkpoint/"),
    ("UPDATE checkpoint SET signature = replace(signature, '1', '2')", "checkpoint/"),
    ("UPDATE counter SET value = value + 1", "feed counter"),
];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_removes_the_triggers_first_is_found_by_the_check() {
    let signed = Signed::make().await;
    assert_eq!(findings(&signed.copy("untouched")), Vec::<String>::new());
    for (number, (sql, item)) in FOUND_BY_CHECK.iter().enumerate() {
        let folder = signed.copy(&number.to_string());
        let connection = Connection::open(folder.join("hub.db")).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        let triggers: Vec<String> = {
            let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        for trigger in triggers {
            connection.execute(&format!("DROP TRIGGER {trigger}"), []).unwrap();
        }
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql} changes nothing");
        drop(connection);
        let found = findings(&folder);
        assert!(found.iter().any(|finding| finding.starts_with(item)), "{sql}: {found:?}");
    }
}

/// What somebody does to a file.
type Change = fn(&Path);

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_that_was_changed_is_found_and_named() {
    let signed = Signed::make().await;
    let changes: [(&str, Change); 5] = [
        ("one bit", |path| {
            let mut bytes = fs::read(path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("shortened", |path| fs::File::options().write(true).open(path).unwrap().set_len(10).unwrap()),
        ("emptied", |path| fs::write(path, b"").unwrap()),
        ("lengthened", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes.push(0);
            fs::write(path, bytes).unwrap();
        }),
        ("removed", |path| fs::remove_file(path).unwrap()),
    ];
    for (how, change) in changes {
        let folder = signed.copy(how);
        change(&signed.blob(&folder));
        let found = findings(&folder);
        let item = format!("media/{}", signed.photo);
        assert_eq!(found.len(), 1, "{how}: {found:?}");
        assert!(found[0].starts_with(&item), "{how}: {found:?}");
    }
}

/// The paper that the device made, and papers of somebody else's office, under the fingerprint that a customer knows.
#[tokio::test(flavor = "multi_thread")]
async fn under_trust_only_the_papers_of_that_office_are_believed() {
    let (ours, theirs) = (Signed::make().await, Signed::make().await);
    let paper = |signed: &Signed| fs::read(signed.phone.app().paper(signed.sealed).unwrap().unwrap()).unwrap();
    let trust = ours.office.hub.fingerprint();
    let genuine = verify(&paper(&ours), Some(trust));
    assert!(genuine.ok && genuine.issuer == Issuer::Trusted, "{:?}", genuine.failures);
    let forged = paper(&theirs);
    let alone = verify(&forged, None);
    assert!(alone.ok && alone.issuer == Issuer::Unchecked, "in itself it is sound: {:?}", alone.failures);
    let stranger = verify(&forged, Some(trust));
    assert!(!stranger.ok && stranger.issuer == Issuer::Unknown, "{:?}", stranger.failures);
    assert!(stranger.failures.iter().all(|failure| !failure.item.is_empty()));
}
