//! Devices watch the office's log: each signed head goes on from the one before and holds what the device sent. A hub whose
//! log was rewritten is found out by the next sync, though its own check finds nothing.
#![cfg(test)]

use std::path::Path;

use countersign_model::log::log_entry;
use countersign_model::{Digest, Id, merkle};
use countersign_tests::bench::copy_folder;
use countersign_tests::office::{Office, Phone};
use countersign_tests::safe::Safe;
use countersign_texts::Texts;
use rusqlite::{Connection, params};

/// A company with a phone that has sent something and knows the head of the log.
async fn watched() -> (Office, Phone) {
    let mut office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 31).await;
    phone.sync().await;
    phone.fill(planned.job);
    phone.sync().await;
    // Stopping signs the log's root as it stands.
    office.restart().await;
    phone.sync().await;
    (office, phone)
}

/// What the phone knows: the size of the log, and how many of its own commands were shown to be in it.
fn known(phone: &Phone) -> (u64, u64) {
    let known = phone.app().store().known_log().unwrap().expect("the phone knows the log");
    (known.0.size, known.1)
}

fn sent(phone: &Phone) -> u64 {
    phone.app().store().read(|rows| rows.chain_head()).unwrap().seq
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_grows_is_followed_and_holds_what_was_sent() {
    let (mut office, phone) = watched().await;
    let (size, proven) = known(&phone);
    assert!(size > 0 && proven == sent(&phone), "{size} {proven}");
    for seed in 0..3 {
        let planned = office.job(office.ana, &[]);
        phone.sync().await;
        phone.photograph(planned.job, seed);
        phone.sync().await;
        office.restart().await;
        phone.sync().await;
    }
    let (more, proven) = known(&phone);
    assert!(more > size && proven == sent(&phone), "{more} {proven}");
    assert!(phone.attention().is_empty(), "{:?}", phone.attention());
    office.check();
}

/// Gives an entry another time of receipt, and everything over it another hash: for the hub's own check all fits.
fn rewrite(folder: &Path, place: i64) {
    let database = Connection::open(folder.join("hub.db")).unwrap();
    let mut triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let names: Vec<String> = triggers.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    names.iter().for_each(|name| database.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    database.execute("UPDATE inbox SET received = received - 1 WHERE arrival = ?1", [place]).unwrap();
    let sql =
        "SELECT i.command, i.origin, i.received, i.digest, l.salt FROM inbox i JOIN log_leaf l ON l.place = i.arrival
               WHERE i.arrival = ?1";
    let leaf = database
        .query_row(sql, [place], |row| {
            let command = Id::from_bytes(row.get(0)?);
            let entry = log_entry(command, &row.get::<_, String>(1)?, row.get(2)?, Digest(row.get(3)?));
            Ok(merkle::leaf(&row.get(4)?, &entry))
        })
        .unwrap();
    database.execute("UPDATE log_leaf SET leaf = ?2 WHERE place = ?1", params![place, leaf.0]).unwrap();
    database.execute_batch("DELETE FROM checkpoint; DELETE FROM log_node;").unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_was_rewritten_is_found_out_and_the_proof_is_kept() {
    let (mut office, mut phone) = watched().await;
    let (size, _) = known(&phone);
    office.stop().await;
    rewrite(&office.folder(), 2);
    office.restart().await;
    office.check();
    office.job(office.ana, &[]);
    office.restart().await;
    let report = phone.sync().await;
    assert_eq!(report.problem, None, "work goes on");
    assert_eq!(phone.attention(), ["log_changed"]);
    let texts = Texts::new(phone.app().language().unwrap());
    let sentence = phone.app().status_screen().unwrap().sentence;
    assert_ne!(sentence, texts.get("status-safe"), "no praise of an office whose log was changed");
    let changed = phone.app().store().read(|rows| rows.log_changed()).unwrap().unwrap();
    assert!(changed.why.contains("does not go on"), "{}", changed.why);
    let chain = phone.app().store().identity().unwrap().unwrap().chain;
    for head in [changed.known.as_ref().unwrap(), &changed.shown] {
        head.check(&chain).expect("both heads are signed by the office: that is the proof");
    }
    assert_eq!(changed.known.unwrap().size, size);
    phone.restart();
    assert_eq!(phone.attention(), ["log_changed"], "it stays said");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_was_set_back_by_hand_is_found_out() {
    let (mut office, phone) = watched().await;
    office.stop().await;
    let earlier = tempfile::tempdir().unwrap();
    copy_folder(&office.folder(), &earlier.path().join("office"));
    office.restart().await;
    office.job(office.ana, &[]);
    office.restart().await;
    phone.sync().await;
    office.replace(&earlier.path().join("office")).await;
    phone.try_sync().await;
    assert!(phone.attention().contains(&"log_changed"), "{:?}", phone.attention());
    let changed = phone.app().store().read(|rows| rows.log_changed()).unwrap().unwrap();
    assert!(changed.why.contains("ends before entry"), "{}", changed.why);
    assert!(changed.known.unwrap().size > changed.shown.size);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_came_back_from_a_backup_begins_another_log_without_an_alarm() {
    let (mut office, phone) = watched().await;
    let safe = Safe::of(&office);
    safe.backup(&office, false);
    office.job(office.ana, &[]);
    office.restart().await;
    phone.sync().await;
    let (size, _) = known(&phone);
    office.stop().await;
    let options = safe.options("back", None);
    safe.restore(&options);
    office.replace(&options.into).await;
    phone.sync().await;
    office.restart().await;
    phone.sync().await;
    let newest = office.hub.log_head().unwrap().unwrap();
    assert_eq!(known(&phone).0, newest.size, "after the one of {size} entries");
    assert!(!phone.attention().contains(&"log_changed"), "{:?}", phone.attention());
}
