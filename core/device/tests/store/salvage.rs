//! A damaged store says what was saved from it until somebody acknowledges it, and what waited to be sent is sent; a
//! lost key and a locked one are told apart.

use std::sync::Arc;

use countersign_device::app::{
    App, AppOptions, CaptureRequest, FileSource, Origin, SignRequest, SoftwareKey, SystemPlatform,
};
use countersign_device::screens::{AttentionAction, AttentionItem};
use countersign_device::store::MediaClass;
use countersign_device::store::files::SystemFiles;
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_signature};
use countersign_model::document::{SignerRole, Stage, VoucherClass};
use tempfile::TempDir;

use crate::world::*;

/// The device with the key made of this seed; 9 is the one that the office knows.
fn app(folder: &TempDir, seed: u8) -> App {
    let store = options(Arc::new(SystemFiles));
    let key = Arc::new(SoftwareKey::from_bytes(&[seed; 32]).unwrap());
    App::open(folder.path(), AppOptions { store, key, vault: vault(), platform: Arc::new(SystemPlatform::new()) })
        .unwrap()
}

fn attention(app: &App) -> Vec<AttentionItem> {
    app.outbox_screen().unwrap().attention
}

fn photograph(app: &App) -> countersign_model::Digest {
    let bytes = sample_photo(5, 320, 240, &SampleClaims::default());
    let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: "leak.jpg".to_owned() };
    let job = "V-job".to_owned();
    app.attach(CaptureRequest {
        job,
        source,
        question: None,
        stage: Stage::Found,
        origin: Origin::Captured { here: None },
    })
    .unwrap()
    .sha256
}

fn sign(app: &App) -> countersign_model::Digest {
    app.preview("V-job").unwrap();
    app.sign("V-job", request()).unwrap().sealed
}

#[test]
fn what_waited_is_sent_after_a_salvage_and_the_person_is_told_until_they_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let device = app(&folder, 9);
    enrol(device.store(), &mut office, "phone", "ana");
    let photo = photograph(&device);
    let sealed = sign(&device);
    let waiting = device.store().media_to_send(99).unwrap();
    let mut before: Vec<_> = waiting.iter().map(|item| (item.sha256, item.class)).collect();
    before.sort_unstable();
    assert!(before.contains(&(photo, MediaClass::Cited)) && before.len() == 5, "{before:?}");
    device.flush().unwrap();
    drop(device);
    std::fs::write(folder.path().join("store.db"), b"not a database").unwrap();
    let _ = std::fs::remove_file(folder.path().join("store.db-wal"));

    let device = app(&folder, 9);
    let mut after: Vec<_> =
        device.store().media_to_send(99).unwrap().iter().map(|item| (item.sha256, item.class)).collect();
    after.sort_unstable();
    assert_eq!(after, before, "every file goes as it would have gone");
    assert!(device.paper(sealed).unwrap().is_some(), "the signed paper is here with its signature");
    let items = attention(&device);
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!((items[0].kind.word(), &items[0].actions[..]), ("salvaged", &[AttentionAction::Acknowledge][..]));
    for fact in ["3 entries", "5 files", "two seconds", "damaged-1-store.db"] {
        assert!(items[0].text.contains(fact), "{fact}: {}", items[0].text);
    }
    assert_eq!(device.status_screen().unwrap().salvaged.as_ref(), Some(&items[0].text));
    drop(device);

    let device = app(&folder, 9);
    assert_eq!(attention(&device).len(), 1, "still said at the next start");
    sync(device.store(), &mut office);
    assert_eq!(attention(&device).len(), 1, "a sync is no acknowledgement");
    device.acknowledge_salvage().unwrap();
    assert!(attention(&device).is_empty() && device.status_screen().unwrap().salvaged.is_none());
    assert!(folder.path().join("damaged-1-store.db").exists(), "the damaged file stays");
}

/// The photo of a stamp and its picture belong to the document that cites them: they are sent after a salvage, and nobody is
/// asked to file them.
#[test]
fn the_stamp_beside_a_signature_is_sent_after_a_salvage() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let device = app(&folder, 9);
    enrol(device.store(), &mut office, "phone", "ana");
    device.set_class("V-job", VoucherClass::Paid, "agreed on the phone").unwrap();
    let bytes = sample_photo(6, 320, 240, &SampleClaims::default());
    let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: "stamp.jpg".to_owned() };
    let stamp = device.take_stamp(source).unwrap();
    device.preview("V-job").unwrap();
    let request = SignRequest {
        role: SignerRole::Customer,
        strokes: Some(sample_signature(2)),
        stamp: Some(stamp.clone()),
        aspects: [("skill".to_owned(), 4)].into(),
        ..request()
    };
    device.sign("V-job", request).unwrap();
    device.flush().unwrap();
    drop(device);
    std::fs::write(folder.path().join("store.db"), b"not a database").unwrap();
    let _ = std::fs::remove_file(folder.path().join("store.db-wal"));

    let device = app(&folder, 9);
    let waiting: Vec<_> =
        device.store().media_to_send(99).unwrap().iter().map(|item| (item.sha256, item.class)).collect();
    for file in [(stamp.sha256(), MediaClass::Cited), (stamp.preview().unwrap(), MediaClass::Preview)] {
        assert!(waiting.contains(&file), "{file:?} is not among {waiting:?}");
    }
    assert!(attention(&device).iter().all(|item| item.kind.word() != "unfiled_file"), "{:?}", attention(&device));
}

#[test]
fn what_was_sent_long_ago_is_nobodys_to_file_after_a_salvage() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let device = app(&folder, 9);
    enrol(device.store(), &mut office, "phone", "ana");
    let photo = photograph(&device);
    let nobodys = device.store().stage_bytes(b"captured, and stopped before it was filed").unwrap().sha256;
    sync(device.store(), &mut office);
    device.flush().unwrap();
    drop(device);
    // The log was shortened since: it names the device, and no command that the office has.
    let log = std::fs::read_to_string(folder.path().join("outbox.log")).unwrap();
    let short: String =
        log.lines().filter(|line| line.contains("\"identity\"")).map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.path().join("outbox.log"), short).unwrap();
    std::fs::write(folder.path().join("store.db"), b"not a database").unwrap();
    let _ = std::fs::remove_file(folder.path().join("store.db-wal"));

    let device = app(&folder, 9);
    let unfiled = |device: &App| attention(device).iter().filter(|item| item.kind.word() == "unfiled_file").count();
    assert_eq!(unfiled(&device), 2, "the photo and the one that nobody filed; what the app drew itself is nobody's");
    sync(device.store(), &mut office);
    sync(device.store(), &mut office);
    assert_eq!(unfiled(&device), 1);
    let waiting: Vec<_> = device.store().media_to_send(9).unwrap().iter().map(|item| item.sha256).collect();
    assert!(waiting.contains(&photo) && waiting.len() == 3 && !waiting.contains(&nobodys), "{waiting:?}");
}

#[test]
fn a_lost_key_asks_for_a_new_enrolment_and_a_locked_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let device = app(&folder, 9);
    enrol(device.store(), &mut office, "phone", "ana");
    assert!(attention(&device).is_empty());
    drop(device);
    // The key's file was lost: another key stands in its place, and the document waits.
    let device = app(&folder, 8);
    sign(&device);
    let items = attention(&device);
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!((items[0].kind.word(), &items[0].actions[..]), ("lost_key", &[AttentionAction::Enrol][..]));
    drop(device);
    assert!(attention(&app(&folder, 9)).is_empty(), "the key is back, and signed what waited");
}

#[test]
fn a_new_reason_of_an_open_draft_takes_the_place_of_the_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let device = app(&folder, 9);
    enrol(device.store(), &mut office, "phone", "ana");
    sign(&device);
    let opened = device.begin_amendment("V-job", "wrong pressure").unwrap();
    let again = device.begin_amendment("J-job", "wrong pressure and wrong oil").unwrap();
    assert_eq!(again, opened, "the same draft");
    let pending = device.outbox_screen().unwrap().pending;
    device.begin_amendment("V-job", "wrong pressure and wrong oil").unwrap();
    assert_eq!(device.outbox_screen().unwrap().pending, pending, "the same reason again is no news");
    let content = device.preview("V-job").unwrap().content;
    let shown = serde_json::to_string(&content).unwrap();
    assert!(shown.contains("wrong pressure and wrong oil"), "{shown}");
    sync(device.store(), &mut office);
    assert!(attention(&device).is_empty());
}
