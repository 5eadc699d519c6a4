//! Steps that a person or sync takes on a device of the bench, each with a way to see whether it happened, wholly or not at
//! all. Tests stop them at every call, at every allocation, and wherever else something can end.

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

use crate::bench::{NOW, device_key, draft, form, id, job_row, lane, page, row, visit};
use crate::paper::Paper;

/// How a step ended.
pub type Done = Result<(), StoreError>;

/// One step that a person or sync takes, and how to see whether it happened.
pub struct Step {
    /// Does it.
    pub act: fn(&Store) -> Done,
    /// Whether its effect is there; fails the test where it is there by half.
    pub happened: fn(&Store) -> bool,
    /// What must be there before.
    pub before: fn(&Store),
}

fn nothing(_: &Store) {}

/// Saves an answer.
pub const ANSWER: Step = Step { act: answer, happened: answered, before: nothing };
/// Attaches a photo.
pub const ATTACH: Step = Step { act: attach, happened: attached, before: nothing };
/// Signs a document.
pub const SIGN: Step = Step { act: sign, happened: signed, before: nothing };
/// Vouches for a signed document with the device's key.
pub const VOUCH: Step = Step { act: vouch, happened: vouched, before: |store| sign(store).unwrap() };
/// Takes a page of the feed that decides an own answer.
pub const TAKE_PAGE: Step = Step { act: take_page, happened: page_taken, before: |store| answer(store).unwrap() };

/// What holds of every store at every moment.
pub fn whole(store: &Store, plan: &str) {
    let (view, folded) = oracle_view(store).unwrap();
    assert_eq!(view, folded, "{plan}: the view is not the fold");
    let mut hash = chain_start(id("device"));
    let outbox = commands(store);
    for (place, row) in outbox.iter().enumerate() {
        assert_eq!(row.seq, place as u64 + 1, "{plan}: the chain has a gap");
        hash = chain_next(hash, row.seq, &row.command).unwrap();
    }
    let head = store.chain_head().unwrap();
    assert_eq!((head.seq, head.hash), (outbox.len() as u64, hash), "{plan}: the chain's end");
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

/// The bytes of the photo; what is in them does not matter to the store.
pub fn photo() -> Vec<u8> {
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
