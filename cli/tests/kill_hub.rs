//! `kill -9` of the real office server at seeded points of a device's sync: what it answered is kept, what it did not
//! answer is sent again, and nothing has its effect twice.
#![cfg(test)]
#![cfg(target_os = "linux")]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use countersign_device::evidence::samples::{SampleClaims, sample_photo};
use program::{Chance, Hub, Soak, run, run_one, start};
use serde_json::Value;

const KILLS: u64 = 25;
/// Reads and writes of the hub during one sync are some hundreds; the points lie among them.
const CALLS: u64 = 400;
/// Looks after which a hub that has nothing more to do is killed all the same.
const LOOKS: u64 = 20_000;
const QUESTION: &str = "/visit/handover/advice";

fn device(root: &Path, store: &str, arguments: &[&str]) -> Value {
    run_one(root, &[&["device", "--store", store], arguments].concat())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

fn enrol(root: &Path, hub: &Hub, store: &str) {
    let invite = ["hub", "invite", hub.dir(), "--person", "Ana Ruiz", "--role", "engineer", "--url", &hub.url];
    let invited = run_one(root, &invite);
    device(root, store, &["enrol", "--code", text(&invited, "code")]);
    device(root, store, &["sync"]);
}

#[test]
fn a_hub_killed_in_the_middle_of_syncs_keeps_what_it_answered_and_does_nothing_twice() {
    Soak::new("the office server", KILLS, 11).run(some_syncs);
}

/// Syncs with a kill of the server in each.
fn some_syncs(seed: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut hub = Hub::start(root);
    let order = ["hub", "job", hub.dir(), "--customer", "Acme Farm", "--machine", "H7-3391", "--fault", "leaks"];
    let job = text(&run_one(root, &[&order[..], &["--assign", "Ana Ruiz"]].concat()), "job").to_owned();
    enrol(root, &hub, "phone");
    let mut chance = Chance::new(seed);
    for round in 0..KILLS {
        device(root, "phone", &["answer", &job, QUESTION, &format!("round {round}")]);
        let photo = root.join(format!("photo-{round}.jpg"));
        fs::write(&photo, sample_photo(round, 160, 120, &SampleClaims::default())).unwrap();
        device(root, "phone", &["attach", &job, photo.to_str().unwrap()]);
        device(root, "phone", &["part", &job, "SEAL-0042", "1"]);
        let sync = start(root, &["device", "--store", "phone", "sync"]);
        hub.kill_after(chance.below(CALLS), LOOKS);
        // The device would wait and try again; it is stopped too, so that nobody waits for it.
        sync.kill_at(0, 0);
        hub.restart();
    }
    device(root, "phone", &["sync"]);
    let status = device(root, "phone", &["status"]);
    assert_eq!((&status["pending_commands"], &status["unconfirmed_media"]), (&0.into(), &0.into()), "{status}");
    run(root, &["hub", "check", hub.dir()]);
    enrol(root, &hub, "second");
    let (here, there) = (device(root, "phone", &["job", &job]), device(root, "second", &["job", &job]));
    for screen in [&here, &there] {
        let files: BTreeSet<&str> =
            screen["evidence"].as_array().unwrap().iter().map(|row| text(row, "sha256")).collect();
        assert_eq!(files.len() as u64, KILLS);
        assert_eq!(screen["parts"].as_array().unwrap().len() as u64, KILLS, "each part was booked once");
        let questions = screen["questions"].as_array().unwrap();
        let answer = questions.iter().find(|row| row["id"] == QUESTION).unwrap();
        assert_eq!(text(answer, "value"), format!("round {}", KILLS - 1));
    }
    KILLS
}
