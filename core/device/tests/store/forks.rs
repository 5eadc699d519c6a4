//! A copied store, a new device id, a gap, a damaged database: nothing that was saved is lost, nothing is sent twice
//! under one place.

use countersign_model::command::{Origin, chain_next, chain_start};

use crate::world::*;

#[test]
fn a_chain_is_contiguous_and_each_batch_begins_where_the_last_ended() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    for number in 0..7 {
        give(&store, &draft(&format!("{number}"), &job_lane(), None, note("job", &format!("{number}")))).unwrap();
    }
    let (mut seq, mut hash) = (0, chain_start(id("phone")));
    while let Some(batch) = store.next_push(3, 1 << 20).unwrap() {
        for envelope in &batch.envelopes {
            let Origin::Device { seq: of, prev_hash, .. } = envelope.origin else { panic!("a device's") };
            assert_eq!((of, prev_hash), (seq + 1, hash));
            (seq, hash) = (of, chain_next(hash, of, &envelope.command).unwrap());
        }
        assert_eq!((batch.last_seq, batch.chain_hash), (seq, hash));
        store.record_pushed(&office.push(id("phone"), &batch)).unwrap();
    }
    assert_eq!(seq, 7);
    assert_eq!(store.chain_head().unwrap().hash, hash);
}

#[test]
fn a_push_is_bounded_by_bytes_but_never_empty() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    for number in 0..3 {
        give(&store, &draft(&format!("{number}"), &job_lane(), None, note("job", &format!("{number}")))).unwrap();
    }
    assert_eq!(store.next_push(9, 1).unwrap().unwrap().envelopes.len(), 1);
}

#[test]
fn a_hub_that_lost_commands_gets_them_again_and_a_longer_chain_is_a_fork() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    for number in 0..4 {
        give(&store, &draft(&format!("{number}"), &job_lane(), None, note("job", &format!("{number}")))).unwrap();
    }
    sync(&store, &mut office);
    assert!(store.rewind_push(3).unwrap());
    let again = store.next_push(9, 1 << 20).unwrap().unwrap();
    assert_eq!((again.envelopes.len(), again.last_seq), (2, 4));
    assert!(store.rewind_push(5).unwrap(), "exactly the next: the hub has all");
    assert!(store.next_push(9, 1 << 20).unwrap().is_none());
    assert!(!store.rewind_push(9).unwrap(), "the hub knows more than we ever wrote");
    assert!(!store.rewind_push(0).unwrap());
}

#[test]
fn a_fork_stops_pushing_and_goes_on_under_a_new_device_when_a_person_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    give(&store, &draft("sent", &job_lane(), None, note("job", "sent"))).unwrap();
    sync(&store, &mut office);
    give(&store, &draft("one", &job_lane(), None, answer("visit", "/f/a", "1"))).unwrap();
    give(&store, &draft("two", &job_lane(), None, answer("visit", "/f/b", "2"))).unwrap();
    store.mark_fork().unwrap();
    assert!(store.is_forked().unwrap());
    assert!(store.next_push(9, 1 << 20).unwrap().is_none());

    store.save_enrolment(&string(), &enrolment("copy", "ana", "e1"), &*vault()).unwrap();
    office.enrol(id("copy"), id("ana"));
    assert!(!store.is_forked().unwrap());
    assert_eq!(store.re_envelope_after_enrolment().unwrap(), 2);
    assert!(store.next_push(9, 1 << 20).unwrap().is_none(), "held until a person confirms");
    let shown = store.read(|rows| Ok(answer_row(rows, "visit", "/f/b"))).unwrap();
    assert!(shown.is_some(), "the work is still to be seen");
    store.confirm_held().unwrap();
    let batch = store.next_push(9, 1 << 20).unwrap().unwrap();
    let ids: Vec<_> = batch.envelopes.iter().map(|envelope| envelope.command.id).collect();
    assert_eq!(ids, [id("one"), id("two")], "the same bodies");
    assert!(batch.envelopes.iter().all(|envelope| envelope.origin.device().unwrap().0 == id("copy")));
    sync(&store, &mut office);
    assert!(office.decided.contains_key(&id("two")));
}

#[test]
fn numbers_are_never_given_twice_not_even_after_damage() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    let next = |store: &countersign_device::store::Store| store.write(|tx| tx.next_number(2026)).unwrap();
    assert_eq!((next(&store).as_str(), next(&store).as_str()), ("26-phone-1", "26-phone-2"));
    assert_eq!(store.write(|tx| tx.next_number(2027)).unwrap(), "27-phone-1");
    store.flush().unwrap();
    drop(store);
    for name in ["store.db", "store.db-wal", "store.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let store = open(&folder);
    assert_eq!(next(&store), "26-phone-3");
}
