//! Captured files: durable before they have a row, adopted after a stop, refused where there is no room.

use std::io::Cursor;
use std::sync::Arc;

use countersign_device::app::{NoImages, PlatformImages};
use countersign_device::media::{capture, capture_with, describe};
use countersign_device::store::{MediaClass, Store, StoreError, StoreKey};
use countersign_evidence::samples::{SampleClaims, SampleVideo, sample_heic, sample_photo, sample_png, sample_video};
use countersign_model::document::Stage;
use countersign_model::payload::Payload;
use countersign_model::record::kind;
use countersign_model::{Digest, RecordRef};

use crate::faulty::FaultyFiles;
use crate::world::*;

fn photo() -> Vec<u8> {
    sample_photo(1, 640, 480, &SampleClaims::default())
}

fn ready(folder: &tempfile::TempDir) -> Store {
    let mut office = office();
    let store = open(folder);
    enrol(&store, &mut office, "phone", "ana");
    store
}

fn attach(store: &Store, bytes: &[u8], name: &str) -> Result<Digest, StoreError> {
    let captured = capture(store, &mut Cursor::new(bytes), name, 0)?;
    let subject = RecordRef::new(kind::VISIT, id("visit"));
    let payload = captured.attach(id(&format!("e {name}")), subject, Stage::Found, None, None);
    store.write(|tx| {
        tx.submit(&draft(name, &job_lane(), None, Payload::EvidenceAttach(payload.clone())))?;
        captured.rows(&job_lane(), 1).iter().try_for_each(|row| tx.put_media(row))
    })?;
    Ok(captured.sha256())
}

#[test]
fn small_pictures_are_sent_before_originals_and_all_are_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let sha256 = attach(&store, &photo(), "pump.jpg").unwrap();
    assert_eq!(sha256, Digest::of(&photo()));
    let sent = store.media_to_send(9).unwrap();
    let classes: Vec<_> = sent.iter().map(|item| item.class).collect();
    assert_eq!(classes, [MediaClass::Thumbnail, MediaClass::Preview, MediaClass::Original]);
    for item in &sent {
        let bytes = std::fs::read(&item.path).unwrap();
        assert_eq!((Digest::of(&bytes), bytes.len() as u64), (item.sha256, item.bytes));
    }
    store.write(|tx| tx.cite_media(sha256)).unwrap();
    assert_eq!(store.media_to_send(9).unwrap()[2].class, MediaClass::Cited);
}

#[test]
fn whatever_is_wrong_with_a_file_its_bytes_are_kept_and_the_finding_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let whole = photo();
    let rows: [(&str, &[u8], &[&str]); 3] = [
        ("cut.jpg", &whole[..whole.len() / 2], &["damaged"]),
        ("text.jpg", b"not a photo", &["mislabelled"]),
        ("noise.bin", b"\x00\x01\x02", &[]),
    ];
    for (name, bytes, words) in rows {
        let captured = capture(&store, &mut Cursor::new(bytes), name, 0).unwrap();
        let subject = RecordRef::new(kind::VISIT, id("visit"));
        let said = captured.attach(id(name), subject, Stage::Neither, None, None);
        assert_eq!(said.findings, words, "{name}");
        assert_eq!(store.media_bytes(captured.sha256()).unwrap().unwrap(), bytes, "{name}");
    }
    let empty = capture(&store, &mut Cursor::new(b""), "empty.jpg", 0);
    assert!(matches!(empty, Err(StoreError::Source(_))), "{empty:?}");
}

/// A platform that draws one picture of anything.
struct Draws(Vec<u8>);

impl PlatformImages for Draws {
    fn preview(&self, path: &std::path::Path, edge: u16) -> Option<Vec<u8>> {
        assert!(path.is_file() && edge == 1_600);
        Some(self.0.clone())
    }
}

#[test]
fn what_rust_does_not_decode_is_drawn_by_the_platform_and_else_kept_without_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let heic = sample_heic(4_032, 3_024, 3, &SampleClaims::default());
    let video = sample_video(&SampleVideo { quarters: 1, ..SampleVideo::default() });
    let drawn = Draws(sample_png(1, 2_400, 3_200));
    for (bytes, name, pixels, duration) in
        [(&heic, "a.heic", "3024 x 4032", None), (&video, "b.mp4", "1080 x 1920", Some(12_500))]
    {
        for (images, has_preview) in [
            (&drawn as &dyn PlatformImages, true),
            (&NoImages, false),
            // A platform that gives nonsense is a platform that draws nothing.
            (&Draws(b"no picture".to_vec()), false),
        ] {
            let captured = capture_with(&store, &mut Cursor::new(bytes), name, 0, images).unwrap();
            let subject = RecordRef::new(kind::VISIT, id("visit"));
            let said = captured.attach(id(name), subject, Stage::Neither, None, None);
            assert_eq!((said.preview.is_some(), said.thumbnail.is_some()), (has_preview, has_preview), "{name}");
            assert_eq!((said.claims.pixels.as_str(), said.claims.duration_ms), (pixels, duration));
            assert_eq!(&store.media_bytes(captured.sha256()).unwrap().unwrap(), bytes);
            assert_eq!(said.findings, [""; 0], "{name}");
        }
    }
}

#[test]
fn no_capture_begins_below_the_reserve() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let refused = capture(&store, &mut Cursor::new(photo()), "pump.jpg", u64::MAX);
    assert!(matches!(refused, Err(StoreError::Reserve { .. })), "{refused:?}");
    assert!(std::fs::read_dir(folder.path().join("incoming")).unwrap().next().is_none());
}

#[test]
fn a_file_without_a_row_is_adopted_and_can_be_filed() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let staged = store.stage_bytes(&photo()).unwrap();
    std::fs::write(folder.path().join("incoming/half"), b"half a photo").unwrap();
    drop(store);
    let store = open(&folder);
    let found = store.read(|rows| rows.media_for_attention()).unwrap();
    assert_eq!((found.len(), found[0].sha256, found[0].class), (1, staged.sha256, MediaClass::Unfiled));
    assert!(store.media_to_send(9).unwrap().is_empty(), "unfiled: nobody said what it is");
    assert!(store.read(|rows| rows.counts()).unwrap().unique_on_this_device());
    assert!(!folder.path().join("incoming/half").exists());

    let captured = describe(&store, staged, "found.jpg").unwrap();
    store.write(|tx| captured.rows(&job_lane(), 1).iter().try_for_each(|row| tx.put_media(row))).unwrap();
    assert_eq!(store.media_to_send(9).unwrap().len(), 3);
    assert!(store.read(|rows| rows.media_for_attention()).unwrap().is_empty());
}

#[test]
fn pages_that_the_app_made_are_nobodys_to_file_until_somebody_takes_the_same_bytes_as_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let pages = store.stage_made(b"%PDF- pages of a preview").unwrap();
    drop(store);
    let store = open(&folder);
    assert!(store.read(|rows| rows.media_for_attention()).unwrap().is_empty());
    assert!(!store.read(|rows| rows.counts()).unwrap().unique_on_this_device());
    assert!(store.media_to_send(9).unwrap().is_empty());
    assert!(std::fs::read_dir(folder.path().join("made")).unwrap().next().is_none(), "marks last until the next start");

    let captured = describe(&store, pages, "scan.pdf").unwrap();
    store.write(|tx| captured.rows(&job_lane(), 1).iter().try_for_each(|row| tx.put_media(row))).unwrap();
    assert_eq!(store.media_to_send(9).unwrap().len(), 1);
}

#[test]
fn attach_stopped_at_every_call_loses_nothing_that_was_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = office();
    let files = FaultyFiles::unlimited();
    let store = Store::open(folder.path(), StoreKey::Platform, options(Arc::new(files.clone()))).unwrap();
    enrol(&store, &mut office, "phone", "ana");
    drop(store);
    for stop in 0.. {
        files.allow(u64::MAX);
        let store = Store::open(folder.path(), StoreKey::Platform, options(Arc::new(files.clone()))).unwrap();
        let bytes = sample_photo(100 + stop, 320, 240, &SampleClaims::default());
        files.allow(stop);
        let outcome = attach(&store, &bytes, &format!("{stop}.jpg"));
        let done = files.calls() <= stop;
        drop(store);
        files.allow(u64::MAX);
        let store = open(&folder);
        let counted: Vec<_> = store.media_to_send(10_000).unwrap();
        for item in &counted {
            assert_eq!(Digest::of(&std::fs::read(&item.path).unwrap()), item.sha256, "a row without its bytes");
        }
        let command = store.read(|rows| rows.own_command(id(&format!("{stop}.jpg")))).unwrap();
        if outcome.is_ok() {
            assert!(command.is_some(), "stop {stop}: called saved");
            assert!(counted.iter().any(|item| item.sha256 == Digest::of(&bytes)), "stop {stop}");
        } else {
            assert!(command.is_none(), "stop {stop}: an error means that nothing was saved");
        }
        if done {
            assert!(outcome.is_ok());
            assert!(stop > 10, "the capture makes more calls than that");
            break;
        }
    }
}

#[test]
fn fetched_bytes_are_taken_only_if_they_are_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let wanted = Digest::of(b"preview");
    let wrong = store.store_fetched(wanted, &mut Cursor::new(b"something else"));
    assert!(matches!(wrong, Err(StoreError::WrongBytes(_))), "{wrong:?}");
    assert!(store.media_bytes(wanted).unwrap().is_none());
    store.store_fetched(wanted, &mut Cursor::new(b"preview")).unwrap();
    assert_eq!(store.media_bytes(wanted).unwrap().unwrap(), b"preview");
    assert!(store.media_to_send(9).unwrap().is_empty(), "what came from the hub is not sent back");
}

#[test]
fn a_file_that_rots_is_noticed_and_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let store = ready(&folder);
    let sha256 = attach(&store, b"0123456789", "data.bin").unwrap();
    std::fs::write(store.media_path(sha256), b"0123456780").unwrap();
    assert!(matches!(store.media_bytes(sha256), Err(StoreError::WrongBytes(_))));
    assert!(store.media_to_send(9).unwrap().is_empty());
    assert_eq!(store.read(|rows| rows.counts()).unwrap().damaged_media, 1);
}
