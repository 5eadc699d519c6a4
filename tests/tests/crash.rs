//! Storage that fails at *every* n-th call of answering, attaching, signing, vouching and taking a page of the feed:
//! the process ends there, the power goes there, the call fails once, or the disk is full from there on.
//!
//! After each, the store is opened anew on sound storage. What was called saved is there, nothing is there by half, the
//! view is the fold of base and own commands, and the chain holds. Then the same step is done again and works.
#![cfg(test)]

use std::path::Path;

use countersign_device::store::{Attested, MediaClass, NewMedia, NewSealed, OutboxRow, Store, StoreError, oracle_view};
use countersign_model::command::{chain_next, chain_start};
use countersign_model::document::{Provenance, Stage};
use countersign_model::entity::{
    Answer, Claims, DecisionOutcome, DecisionRecord, Derived, Document, Entity, Evidence, InstanceKey, Job, Voucher,
    document_id, fill_id, voucher_id,
};
use countersign_model::payload::{AnswerSet, DocumentAttest, EvidenceAttach, Payload};
use countersign_model::record::Scope;
use countersign_model::{Digest, Id};
use countersign_tests::bench::{Bench, NOW, device_key, draft, form, id, job_row, lane, page, row, visit};
use countersign_tests::disk::Plan;
use countersign_tests::paper::Paper;

type Done = Result<(), StoreError>;

/// One step that a person or sync takes, and how to see whether it happened.
struct Step {
    /// Does it.
    act: fn(&Store) -> Done,
    /// Whether its effect is there; fails the test where it is there by half.
    happened: fn(&Store) -> bool,
    /// What must be there before.
    before: fn(&Store),
}

fn nothing(_: &Store) {}

/// Steps differ in length by what they write; fewer calls than this would mean that nothing is counted.
const FEWEST_CALLS: u64 = 6;

/// Runs the step under each plan at each of its calls.
fn at_every_call(step: &Step) {
    let bench = Bench::new();
    bench.prepare_more(step.before);
    let calls = length(&bench, step);
    assert!(calls >= FEWEST_CALLS, "{calls} calls");
    let mut number = 0;
    for at in 1..=calls {
        for plan in [Plan::KilledAt(at), Plan::PowerCutAt(at), Plan::BrokenOnce(at), Plan::FullFrom(at)] {
            number += 1;
            let folder = bench.copy(&number.to_string());
            let saved = struck(&bench, &folder, step, plan);
            bench.faults.lose_unsynced();
            bench.faults.mend();
            look(&bench, &folder, step, saved, plan);
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
}

/// The calls of the step on sound storage.
fn length(bench: &Bench, step: &Step) -> u64 {
    let store = bench.open(&bench.copy("sound")).unwrap();
    assert!(!(step.happened)(&store));
    bench.faults.arm(Plan::Sound);
    (step.act)(&store).unwrap();
    let calls = bench.faults.calls();
    assert!((step.happened)(&store));
    calls
}

/// Does the step on storage that fails; says whether it was called saved.
fn struck(bench: &Bench, folder: &Path, step: &Step, plan: Plan) -> bool {
    let store = bench.open(folder).unwrap();
    bench.faults.arm(plan);
    (step.act)(&store).is_ok()
}

fn look(bench: &Bench, folder: &Path, step: &Step, saved: bool, plan: Plan) {
    let store = bench.open(folder).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
    assert!(store.salvaged().is_none(), "{plan:?}: nothing was damaged");
    let there = (step.happened)(&store);
    assert!(there || !saved, "{plan:?}: it was called saved and is gone");
    whole(&store, plan);
    if !there {
        (step.act)(&store).unwrap_or_else(|error| panic!("{plan:?}, once more: {error}"));
        assert!((step.happened)(&store), "{plan:?}");
        whole(&store, plan);
    }
}

/// What holds of every store at every moment.
fn whole(store: &Store, plan: Plan) {
    let (view, folded) = oracle_view(store).unwrap();
    assert_eq!(view, folded, "{plan:?}: the view is not the fold");
    let mut hash = chain_start(id("device"));
    let outbox = commands(store);
    for (place, row) in outbox.iter().enumerate() {
        assert_eq!(row.seq, place as u64 + 1, "{plan:?}: the chain has a gap");
        hash = chain_next(hash, row.seq, &row.command).unwrap();
    }
    let head = store.chain_head().unwrap();
    assert_eq!((head.seq, head.hash), (outbox.len() as u64, hash), "{plan:?}: the chain's end");
}

fn commands(store: &Store) -> Vec<OutboxRow> {
    let states = ["pending", "accepted", "refused", "waiting", "held", "kept", "closed"];
    store.read(|rows| rows.own_commands(&states)).unwrap()
}

fn has_command(store: &Store, name: &str) -> bool {
    store.read(|rows| rows.own_command(id(name))).unwrap().is_some()
}

fn get<T: Entity>(store: &Store, id: Id) -> Option<T> {
    store.read(|rows| rows.get::<T>(id)).unwrap()
}

fn fault() -> InstanceKey {
    InstanceKey::plain("/check/fault")
}

fn answer(store: &Store) -> Done {
    let set = AnswerSet {
        subject: visit(),
        form: form(),
        purpose: "service".to_owned(),
        instance: fault(),
        value: Some("the shaft seal leaks".to_owned()),
        provenance: Provenance::Typed,
    };
    store.write(|tx| tx.submit(&draft("answer", Payload::AnswerSet(set.clone()))).map(|_| ()))
}

fn answered(store: &Store) -> bool {
    let answer: Option<Answer> = get(store, fault().answer_id(fill_id(&visit(), form(), "service")));
    let there = has_command(store, "answer");
    assert_eq!(answer.and_then(|answer| answer.current.value).is_some(), there, "half an answer");
    there
}

#[test]
fn an_answer_survives_each_fault_at_each_call() {
    at_every_call(&Step { act: answer, happened: answered, before: nothing });
}

/// The bytes of a photo; what is in them does not matter to the store.
fn photo() -> Vec<u8> {
    b"a photo, as far as a store can tell. ".repeat(5_000)
}

fn attach(store: &Store) -> Done {
    let file = store.stage_bytes(&photo())?;
    let attach = EvidenceAttach {
        evidence: id("evidence"),
        subject: visit(),
        sha256: file.sha256,
        bytes: file.bytes,
        media_type: "image/jpeg".to_owned(),
        name: "leak.jpg".to_owned(),
        stage: Stage::Found,
        question: None,
        preview: None,
        thumbnail: None,
        claims: Claims::default(),
        findings: Vec::new(),
        location: None,
        set: None,
        chosen: false,
    };
    store.write(|tx| {
        tx.submit(&draft("attach", Payload::EvidenceAttach(attach.clone())))?;
        tx.put_media(&NewMedia { file, class: MediaClass::Original, scope: lane(), added: NOW })
    })
}

/// Evidence is there with its row and its bytes, or not at all; bytes alone are kept as unfiled evidence.
fn attached(store: &Store) -> bool {
    let evidence: Option<Evidence> = get(store, id("evidence"));
    let sha256 = Digest::of(&photo());
    let there = has_command(store, "attach");
    assert_eq!(evidence.is_some(), there, "half an attachment");
    let media = store.read(|rows| rows.media(sha256)).unwrap();
    let file = store.media_path(sha256).exists();
    assert_eq!(media.is_some(), file, "a row without a file, or a file that nobody adopted");
    if there {
        assert_eq!(store.media_bytes(sha256).unwrap(), Some(photo()));
        assert_eq!(media.map(|media| media.class), Some(MediaClass::Original));
    } else if let Some(media) = media {
        assert_eq!(media.class, MediaClass::Unfiled);
        assert_eq!(store.media_bytes(sha256).unwrap(), Some(photo()), "an adopted file is whole");
    }
    there
}

/// Start-up writes too: it adopts a file without a row and brings the log up. Stopped anywhere in it, the next start
/// does it again.
#[test]
fn opening_survives_each_fault_at_each_call() {
    let bench = Bench::new();
    bench.prepare_more(|store| {
        answer(store).unwrap();
        store.stage_bytes(&photo()).unwrap();
    });
    let fresh = |name: &str| {
        let folder = bench.copy(name);
        std::fs::remove_file(folder.join("outbox.log")).unwrap();
        folder
    };
    bench.faults.arm(Plan::Sound);
    drop(bench.open(&fresh("sound")).unwrap());
    let calls = bench.faults.calls();
    let mut adopted_late = 0;
    for at in 1..=calls {
        for plan in [Plan::KilledAt(at), Plan::PowerCutAt(at), Plan::BrokenOnce(at), Plan::FullFrom(at)] {
            let folder = fresh(&format!("{plan:?}"));
            bench.faults.arm(plan);
            adopted_late += u32::from(bench.open(&folder).is_err());
            bench.faults.lose_unsynced();
            bench.faults.mend();
            let store = bench.open(&folder).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
            assert!(store.salvaged().is_none() && answered(&store) && !attached(&store), "{plan:?}");
            assert_eq!(store.read(|rows| rows.media_for_attention()).unwrap().len(), 1, "{plan:?}");
            whole(&store, plan);
            assert!(folder.join("outbox.log").exists(), "{plan:?}");
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
    assert!(adopted_late > 0, "no start was stopped");
}

#[test]
fn a_photo_survives_each_fault_at_each_call() {
    at_every_call(&Step { act: attach, happened: attached, before: nothing });
}

fn paper() -> Paper {
    Paper {
        job: id("job"),
        visit: id("visit"),
        number: "V-26-0001".to_owned(),
        says: "the seal was replaced".to_owned(),
        wall: NOW,
        amends: None,
    }
}

/// The finished paper; what is in it does not matter to the store.
const FINISHED: &[u8] = b"the paper with everything in it";

fn sign(store: &Store) -> Done {
    let paper = paper();
    let pages = store.stage_bytes(&paper.pages())?;
    store.write(|tx| {
        tx.put_sealed(&NewSealed { sealed: paper.sealed(), sign_offs: paper.sign_offs() })?;
        tx.submit(&draft("sign", Payload::DocumentSign(paper.sign())))?;
        tx.put_media(&NewMedia { file: pages, class: MediaClass::Document, scope: lane(), added: NOW })
    })?;
    store.flush()
}

/// A signature is one thing: the command, the sealed bytes, the document's record and the voucher's state.
fn signed(store: &Store) -> bool {
    let sha256 = paper().digest();
    let there = has_command(store, "sign");
    let row = store.read(|rows| rows.sealed(sha256)).unwrap();
    assert_eq!(row.is_some(), there, "half a signature: the sealed bytes");
    if let Some(row) = row {
        assert_eq!((row.sealed.digest().unwrap(), row.sign_offs), (sha256, paper().sign_offs()));
    }
    let document: Option<Document> = get(store, document_id(sha256));
    assert_eq!(document.is_some(), there, "half a signature: the record");
    let voucher: Voucher = get(store, voucher_id(id("visit"))).unwrap();
    assert_eq!(voucher.leaves.contains(&sha256), there, "half a signature: the voucher");
    let unattested = store.read(|rows| rows.unattested()).unwrap();
    assert_eq!(unattested.len(), usize::from(there), "start-up finds what the device has to vouch for");
    there
}

#[test]
fn a_signature_survives_each_fault_at_each_call() {
    at_every_call(&Step { act: sign, happened: signed, before: nothing });
}

fn vouch(store: &Store) -> Done {
    let attestation = paper().attestation(id("device"), &device_key());
    let file = store.stage_bytes(FINISHED)?;
    let payload = DocumentAttest {
        job: id("job"),
        attestation: attestation.clone(),
        pdf: Derived { sha256: file.sha256, bytes: file.bytes },
        shown_bytes: paper().pages().len() as u64,
    };
    store.write(|tx| {
        tx.put_attested(&Attested { attestation: attestation.clone(), pdf: file.sha256 })?;
        tx.submit(&draft("attest", Payload::DocumentAttest(payload.clone())))?;
        tx.put_media(&NewMedia { file, class: MediaClass::Document, scope: lane(), added: NOW })
    })
}

fn vouched(store: &Store) -> bool {
    let sha256 = paper().digest();
    let there = has_command(store, "attest");
    assert_eq!(store.read(|rows| rows.attested(sha256)).unwrap().is_some(), there, "half an attestation");
    let document: Document = get(store, document_id(sha256)).unwrap();
    assert_eq!(document.attestation.is_some(), there, "half an attestation: the record");
    there
}

#[test]
fn the_devices_signature_survives_each_fault_at_each_call() {
    at_every_call(&Step { act: vouch, happened: vouched, before: |store| sign(store).unwrap() });
}

/// A page with a new fault of the job, another answer, and the decision over the device's own command.
fn take_page(store: &Store) -> Done {
    let device = id("device");
    let decision = DecisionRecord {
        command: id("answer"),
        device: Some(device),
        outcome: DecisionOutcome::Accepted,
        refusal: None,
        scopes: vec![lane()],
        extra: Default::default(),
    };
    let key = fault().answer_id(fill_id(&visit(), form(), "service"));
    let answer: Answer = store.read(|rows| rows.get(key))?.unwrap_or_else(|| panic!("the answer is there before"));
    let rows = vec![
        job_row("leaks at the pump and at the valve", 2, 10),
        row(key, lane(), 1, 11, &answer),
        row(id("decision"), Scope::device(device), 1, 12, &decision),
    ];
    store.apply_feed_page(&page("12", rows)).map(|_| ())
}

/// Cursor, rows and decision come together; the answer is seen before and after.
fn page_taken(store: &Store) -> bool {
    let there = store.cursor().unwrap().as_deref() == Some("12");
    let job: Job = get(store, id("job")).unwrap();
    assert_eq!(job.fault.ends_with("valve"), there, "half a page: the rows");
    let pending = store.read(|rows| rows.own_commands(&["pending"])).unwrap();
    assert_eq!(pending.is_empty(), there, "half a page: the decision");
    let answer: Answer = get(store, fault().answer_id(fill_id(&visit(), form(), "service"))).unwrap();
    assert_eq!(answer.current.value.as_deref(), Some("the shaft seal leaks"));
    there
}

#[test]
fn a_page_of_the_feed_is_taken_whole_or_not_at_all() {
    at_every_call(&Step { act: take_page, happened: page_taken, before: |store| answer(store).unwrap() });
}
