//! What a device holds against the answers of the hub about its log.

use countersign_device::store::Store;
use countersign_model::log::{Included, LogProof, TreeHead, log_entry};
use countersign_model::{Digest, merkle};

use crate::office::Office;
use crate::world::*;

const HOUR: i64 = 3_600_000;

/// A device whose three commands were decided at the office's time `now`.
fn scene(folder: &tempfile::TempDir) -> (Store, Office) {
    let mut office = office();
    let store = open(folder);
    enrol(&store, &mut office, "phone", "ana");
    for number in 0..3 {
        give(&store, &draft(&format!("{number}"), &job_lane(), None, note("job", &format!("{number}")))).unwrap();
    }
    sync(&store, &mut office);
    (store, office)
}

/// An honest log over these entries of the device (by their number in its chain) among others.
struct Log {
    leaves: Vec<Digest>,
    own: Vec<(u64, Included)>,
}

impl Log {
    fn of(store: &Store, numbers: &[u64]) -> Log {
        let rows = store.read(|rows| rows.own_commands(&["pending", "accepted", "kept", "closed"])).unwrap();
        let salt = Digest([8; 32]);
        let mut log = Log { leaves: vec![Digest([1; 32])], own: Vec::new() };
        for number in numbers {
            let command = &rows.iter().find(|row| row.seq == *number).unwrap().command;
            let entry = log_entry(command.id, "{}", 5, command.digest().unwrap());
            let place = log.leaves.len() as u64;
            log.leaves.push(merkle::leaf(&salt.0, &entry));
            let shown =
                Included { command: command.id, place, origin: "{}".to_owned(), received: 5, salt, path: vec![] };
            log.own.push((*number, shown));
            log.leaves.push(Digest([2; 32]));
        }
        log
    }

    fn head(&self, time: i64) -> TreeHead {
        let (size, root) = (self.leaves.len() as u64, merkle::root(&self.leaves));
        let mut head = TreeHead { size, root, time, key_number: 0, signature: String::new() };
        head.signature = key(1).sign(&head.statement(id("tenant")).unwrap());
        head
    }

    fn proof(&self, from: u64) -> LogProof {
        let size = self.leaves.len() as u64;
        let Ok(consistency) = merkle::consistency(&self.leaves[..], from, size);
        let included = self.own.iter().map(|(_, shown)| {
            let Ok(path) = merkle::inclusion(&self.leaves[..], shown.place, size);
            Included { path, ..shown.clone() }
        });
        LogProof { consistency, included: included.collect() }
    }
}

fn why(store: &Store) -> Option<String> {
    store.read(|rows| rows.log_changed()).unwrap().map(|changed| changed.why)
}

#[test]
fn a_log_is_followed_as_far_as_it_holds_what_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (store, office) = scene(&folder);
    // Signed before the third was received.
    let early = Log::of(&store, &[1, 2]);
    let head = early.head(office.now);
    let watch = store.watch_log(&head).unwrap().unwrap();
    assert_eq!((watch.question.from, watch.question.to, watch.question.commands.len()), (0, 5, 3));
    store.log_proven(&watch, &early.proof(0)).unwrap();
    assert_eq!(store.known_log().unwrap(), Some((head.clone(), 2)));
    assert!(store.watch_log(&head).unwrap().is_none(), "what was sent since a head was signed it cannot hold");
    let later = Log::of(&store, &[1, 2, 3]);
    let next = later.head(office.now + HOUR);
    let watch = store.watch_log(&next).unwrap().unwrap();
    assert_eq!((watch.question.from, watch.question.commands.len()), (5, 1), "what was shown is not asked again");
    store.log_proven(&watch, &later.proof(5)).unwrap();
    assert_eq!(store.known_log().unwrap(), Some((next.clone(), 3)));
    assert!(store.watch_log(&next).unwrap().is_none(), "nothing is left to ask");
    // Another program of this store heard of the earlier head late.
    let watch = store.watch_log(&head).unwrap().unwrap();
    assert_eq!((watch.question.from, watch.question.to), (5, 7));
    store.log_proven(&watch, &later.proof(5)).unwrap();
    assert_eq!(store.known_log().unwrap(), Some((next, 3)), "the newer one stays known");
    assert_eq!(why(&store), None);
}

#[test]
fn what_does_not_fit_is_noted_once_and_stays() {
    type Lie = fn(&Log, LogProof) -> LogProof;
    let rows: [(&str, Lie, &str); 4] = [
        (
            "left out",
            |_, proof| LogProof { included: proof.included[1..].to_vec(), ..proof },
            "does not hold command 1",
        ),
        (
            "another place",
            |_, mut proof| {
                proof.included[2].place = 0;
                proof
            },
            "does not hold command 3 as it was sent",
        ),
        (
            "another time",
            |_, mut proof| {
                proof.included[0].received += 1;
                proof
            },
            "does not hold command 1 as it was sent",
        ),
        ("no way", |_, proof| LogProof { consistency: vec![Digest([3; 32])], ..proof }, "does not go on"),
    ];
    for (name, lie, said) in rows {
        let folder = tempfile::tempdir().unwrap();
        let (store, office) = scene(&folder);
        let log = Log::of(&store, &[1, 2, 3]);
        let head = log.head(office.now + HOUR);
        let watch = store.watch_log(&head).unwrap().unwrap();
        store.log_proven(&watch, &lie(&log, log.proof(0))).unwrap();
        let noted = why(&store).unwrap_or_default();
        assert!(noted.contains(said), "{name}: {noted}");
        assert_eq!(store.known_log().unwrap(), None, "{name}");
        // Right again later: it was wrong all the same.
        store.log_proven(&watch, &log.proof(0)).unwrap();
        assert_eq!(why(&store), Some(noted), "{name}");
    }
}

#[test]
fn a_head_that_nobody_signed_or_that_goes_another_way_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let (store, office) = scene(&folder);
    let log = Log::of(&store, &[1, 2, 3]);
    let head = log.head(office.now + HOUR);
    let watch = store.watch_log(&head).unwrap().unwrap();
    store.log_proven(&watch, &log.proof(0)).unwrap();
    let mut rewritten = Log::of(&store, &[1, 2, 3]);
    rewritten.leaves[0] = Digest([9; 32]);
    rewritten.leaves.push(Digest([4; 32]));
    let watch = store.watch_log(&rewritten.head(office.now + 2 * HOUR)).unwrap().unwrap();
    store.log_proven(&watch, &rewritten.proof(head.size)).unwrap();
    assert!(why(&store).unwrap().contains("of 8 entries does not go on from that of 7"));
    assert_eq!(store.known_log().unwrap().unwrap().0, head);

    let folder = tempfile::tempdir().unwrap();
    let (store, _office) = scene(&folder);
    let unsigned = TreeHead { size: 90, ..head };
    assert!(store.watch_log(&unsigned).unwrap().is_none());
    assert!(why(&store).unwrap().contains("no key of the office signed"));
}
