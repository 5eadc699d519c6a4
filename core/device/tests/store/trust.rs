//! What is believed: only what the pinned keys vouch for.

use countersign_device::store::{CarriedChain, MediaClass, NewMedia, Store, StoreError};
use countersign_model::command::Envelope;
use countersign_model::trust::{Receipt, TrustProblem, chain_statement};
use countersign_model::wire::{ChainSignature, EnrolmentString, Pushed};
use countersign_model::{Digest, Id};

use crate::world::*;

fn receipt(device: Id, holds: Vec<Digest>, signer: u8) -> Receipt {
    let blank = Receipt {
        tenant: id("tenant"),
        device,
        epoch: "e1".to_owned(),
        holds,
        time: 5,
        key_number: 0,
        signature: String::new(),
    };
    blank.signed(&key(signer)).unwrap()
}

fn with_photo(store: &Store) -> Digest {
    let file = store.stage_bytes(b"photo").unwrap();
    let new = NewMedia { file, class: MediaClass::Original, scope: job_lane(), added: 1 };
    store.write(|tx| tx.put_media(&new)).unwrap();
    file.sha256
}

#[test]
fn a_fake_receipt_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    let photo = with_photo(&store);
    let unconfirmed = |store: &Store| store.read(|rows| rows.counts()).unwrap().unconfirmed_media;
    let mut altered = receipt(id("phone"), vec![Digest::of(b"other")], 1);
    altered.holds = vec![photo];
    let fakes = [receipt(id("phone"), vec![photo], 2), receipt(id("else"), vec![photo], 1), altered];
    for fake in fakes {
        assert!(matches!(store.record_receipt(&fake), Err(StoreError::Untrusted(TrustProblem::Mismatch))));
        assert_eq!(unconfirmed(&store), 1);
        assert_eq!(store.free_confirmed_media(i64::MAX, 0).unwrap(), 0);
    }
    store.record_receipt(&receipt(id("phone"), vec![photo], 1)).unwrap();
    assert_eq!(unconfirmed(&store), 0);
    assert!(store.media_to_send(9).unwrap().is_empty());
}

#[test]
fn bytes_go_only_with_a_receipt_and_after_the_grace_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let store = open(&folder);
    enrol(&store, &mut office, "phone", "ana");
    let photo = with_photo(&store);
    let day = 24 * 60 * 60 * 1000;
    assert_eq!(store.free_confirmed_media(1_000 * day, 90).unwrap(), 0, "no receipt");
    store.record_receipt(&receipt(id("phone"), vec![photo], 1)).unwrap();
    assert_eq!(store.free_confirmed_media(90 * day, 90).unwrap(), 0, "grace");
    assert_eq!(store.free_confirmed_media(91 * day, 90).unwrap(), 5);
    assert!(!store.media_path(photo).exists());
}

#[test]
fn an_enrolment_must_be_of_the_invitation_s_office_and_of_this_key() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let answer = enrolment("phone", "ana", "e1");
    let stranger = EnrolmentString { tenant_key: key(5).public().fingerprint(), ..string() };
    assert!(store.save_enrolment(&stranger, &answer, &*vault()).is_err());
    store.begin_enrolment(&string(), &key(8).public()).unwrap();
    assert!(store.save_enrolment(&string(), &answer, &*vault()).is_err(), "another key than was sent");
    let mut forged = answer.clone();
    forged.credential.person_name = "Zoe".to_owned();
    store.begin_enrolment(&string(), &key(9).public()).unwrap();
    assert!(store.save_enrolment(&string(), &forged, &*vault()).is_err());
    assert!(store.identity().unwrap().is_none());
    let pending = store.pending_enrolment().unwrap().unwrap();
    assert_eq!((pending.string, pending.key), (string(), key(9).public()), "asked again with the same key");
    store.save_enrolment(&string(), &answer, &*vault()).unwrap();
    assert!(store.pending_enrolment().unwrap().is_none());
    assert_eq!(store.identity().unwrap().unwrap().device, id("phone"));
}

#[test]
fn a_carried_chain_is_checked_and_sent_as_it_came() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (tempfile::tempdir().unwrap(), folder);
    let mut office = office();
    let from = open(&first);
    enrol(&from, &mut office, "phone", "ana");
    for number in 0..3 {
        give(&from, &draft(&format!("{number}"), &job_lane(), None, note("job", &format!("{number}")))).unwrap();
    }
    let batch = from.next_push(9, 1 << 20).unwrap().unwrap();
    let statement = chain_statement(id("phone"), 3, batch.chain_hash).unwrap();
    let signature = ChainSignature { seq: 3, chain_hash: batch.chain_hash, signature: key(9).sign(&statement) };
    let credential = enrolment("phone", "ana", "e1").credential;
    let chain = CarriedChain {
        credential,
        envelopes: batch.envelopes.clone(),
        signatures: vec![signature],
        rows: vec![],
        forms: vec![],
    };

    let to = open(&second);
    enrol(&to, &mut office, "tablet", "ben");
    let mut broken = chain.clone();
    broken.envelopes.swap(0, 1);
    let mut forged = chain.clone();
    forged.envelopes[2].command.payload = serde_json::json!({"text": "other"});
    let mut other_key = chain.clone();
    other_key.signatures[0].signature = key(3).sign(&statement);
    for bad in [broken, forged, other_key] {
        assert!(to.carry(&bad).is_err());
    }
    assert!(to.next_carried_push(9).unwrap().is_none());
    assert_eq!(to.carry(&chain).unwrap(), 3);
    assert_eq!(to.carry(&chain).unwrap(), 0, "importing twice carries once");
    let carried = to.next_carried_push(9).unwrap().unwrap();
    assert_eq!((carried.device, &carried.push.envelopes), (id("phone"), &batch.envelopes));
    let envelopes: &Vec<Envelope> = &carried.push.envelopes;
    assert!(carried.push.signature.is_some() && envelopes.len() == 3);
    let pushed = Pushed { stored: 3, quarantined: false, outcomes: Vec::new() };
    to.record_carried_pushed(id("phone"), &pushed).unwrap();
    assert!(to.next_carried_push(9).unwrap().is_none());
    assert_eq!(to.chain_head().unwrap().seq, 0, "its own chain is untouched");
}
