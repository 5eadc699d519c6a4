//! What the app adds to the store: observers, found files, a key that is locked while somebody signs.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use countersign_device::app::{
    App, AppError, AppOptions, CaptureRequest, DeviceKey, FileSource, KeyLocked, Observer, Origin, OwnVisit,
    SignRequest, SystemPlatform, TimeTyped,
};
use countersign_device::store::Topic;
use countersign_device::store::files::SystemFiles;
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_model::document::Stage;
use countersign_model::entity::{Document, document_id};
use countersign_model::trust::PublicKey;

use crate::office::Office;
use crate::world::*;

/// A key that can be locked.
struct Lockable {
    locked: AtomicBool,
}

impl DeviceKey for Lockable {
    fn public(&self) -> PublicKey {
        key(9).public()
    }
    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        if self.locked.load(Ordering::SeqCst) { Err(KeyLocked) } else { Ok(key(9).sign(statement)) }
    }
}

struct Scene {
    folder: tempfile::TempDir,
    office: Office,
    key: Arc<Lockable>,
}

impl Scene {
    fn new() -> Scene {
        let key = Arc::new(Lockable { locked: AtomicBool::new(false) });
        let mut scene = Scene { folder: tempfile::tempdir().unwrap(), office: office(), key };
        let app = scene.open();
        enrol(app.store(), &mut scene.office, "phone", "ana");
        scene
    }

    fn open(&self) -> App {
        let store = options(Arc::new(SystemFiles));
        let platform = Arc::new(SystemPlatform::new());
        App::open(self.folder.path(), AppOptions { store, key: self.key.clone(), vault: vault(), platform }).unwrap()
    }
}

struct Listener(Sender<BTreeSet<Topic>>);
impl Observer for Listener {
    fn changed(&self, topics: &BTreeSet<Topic>) {
        let _ = self.0.send(topics.clone());
    }
}

/// Waits until a call names the topic; the channel's end fails the test.
fn heard(calls: &Receiver<BTreeSet<Topic>>, topic: Topic) {
    while !calls.recv().unwrap().contains(&topic) {}
}

#[test]
fn an_observer_hears_the_beginning_each_commit_and_nothing_after_its_end() {
    let scene = Scene::new();
    let app = scene.open();
    let (send, calls) = channel();
    let subscription = app.subscribe(Arc::new(Listener(send))).unwrap();
    heard(&calls, Topic::Status);
    app.arrive("V-job").unwrap();
    heard(&calls, Topic::Job(id("job")));
    // Every screen says everything in another language.
    app.choose_language(Some(countersign_model::Language::Spanish)).unwrap();
    heard(&calls, Topic::References);
    // Another process writes: there is no telling what, so everything is read again.
    let other = scene.open();
    other.leave("V-job", "solved").unwrap();
    heard(&calls, Topic::References);
    drop(subscription);
    while calls.try_recv().is_ok() {}
    app.flush().unwrap();
    give(app.store(), &draft("late", &job_lane(), None, note("job", "late"))).unwrap();
    assert!(calls.recv().is_err(), "the listener is gone, and with it the sender");
}

/// A key that the platform takes away: the signature fails, and from then on there is another key.
struct Taken {
    taken: AtomicBool,
    replaced: AtomicBool,
}

impl DeviceKey for Taken {
    fn public(&self) -> PublicKey {
        key(if self.replaced.load(Ordering::SeqCst) { 8 } else { 9 }).public()
    }
    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        if self.taken.swap(false, Ordering::SeqCst) {
            self.replaced.store(true, Ordering::SeqCst);
            return Err(KeyLocked);
        }
        Ok(key(if self.replaced.load(Ordering::SeqCst) { 8 } else { 9 }).sign(statement))
    }
}

#[test]
fn a_key_that_is_taken_away_while_the_app_runs_is_told_at_once() {
    let scene = Scene::new();
    let key = Arc::new(Taken { taken: AtomicBool::new(false), replaced: AtomicBool::new(false) });
    let (store, platform) = (options(Arc::new(SystemFiles)), Arc::new(SystemPlatform::new()));
    let options = AppOptions { store, key: key.clone(), vault: vault(), platform };
    let app = App::open(scene.folder.path(), options).unwrap();
    let (send, calls) = channel();
    let subscription = app.subscribe(Arc::new(Listener(send))).unwrap();
    heard(&calls, Topic::Outbox);
    assert!(app.surroundings().sign(b"chain").is_some());
    assert!(app.outbox_screen().unwrap().attention.is_empty());
    key.taken.store(true, Ordering::SeqCst);
    assert_eq!(app.surroundings().sign(b"chain"), None);
    heard(&calls, Topic::Outbox);
    let attention = app.outbox_screen().unwrap().attention;
    let kinds: Vec<&str> = attention.iter().map(|item| item.kind.word()).collect();
    assert_eq!((kinds, app.status_screen().unwrap().attention), (vec!["lost_key"], 1));
    assert_eq!(app.surroundings().sign(b"chain"), None, "nothing is signed by a key that the office does not know");
    app.arrive("V-job").unwrap();
    drop(subscription);
}

/// What a link, a scanner or a person's paste may bring in the place of a job.
#[test]
fn a_reference_to_no_job_of_ours_is_a_clear_word_whatever_it_is() {
    let scene = Scene::new();
    let app = scene.open();
    let huge = "9".repeat(1 << 20);
    let other = id("another company's job").to_string();
    let rows =
        ["", " ", "../../etc/passwd", "'; DROP TABLE job_order; --", "\0", "%00", "J-\u{202e}", &huge, &other, "🛠"];
    for name in rows {
        let refused = app.job_screen(name).unwrap_err();
        assert!(matches!(refused, AppError::NotFound { what: "job", .. }), "{refused:?}");
        let said = refused.trouble(&countersign_texts::Texts::new(countersign_model::Language::English));
        assert!(!said.what.is_empty() && said.details.chars().count() < 200, "{} characters", said.details.len());
    }
    assert!(app.job_screen("V-job").is_ok());
}

#[test]
fn a_found_file_is_filed_once() {
    let scene = Scene::new();
    let app = scene.open();
    let staged = app.store().stage_bytes(b"left by a stop").unwrap();
    drop(app);
    let app = scene.open();
    assert_eq!(app.outbox_screen().unwrap().attention.len(), 1);
    app.file_found(staged.sha256, "V-job", Stage::Neither).unwrap();
    assert!(app.outbox_screen().unwrap().attention.is_empty());
    assert_eq!(app.store().media_to_send(9).unwrap().len(), 1);
    let again = app.file_found(staged.sha256, "V-job", Stage::Neither);
    assert!(matches!(again, Err(AppError::NotFound { .. })), "{again:?}");
}

/// A stamp lies in the store until somebody signs with it; what is no photo is not kept at all.
#[test]
fn a_photo_of_a_stamp_is_kept_while_it_is_wanted() {
    let scene = Scene::new();
    let app = scene.open();
    let taken =
        |mut bytes: &[u8]| app.take_stamp(FileSource::Reader { reader: &mut bytes, name: "stamp.jpg".to_owned() });
    let here = |sha256| app.store().media_path(sha256).exists();
    let refused = taken(b"not a photo");
    assert!(matches!(&refused, Err(AppError::Refused { .. })), "{refused:?}");
    assert!(!here(countersign_model::Digest::of(b"not a photo")));
    let photo = sample_photo(3, 64, 48, &SampleClaims::default());
    let stamp = taken(&photo).unwrap();
    assert!(here(stamp.sha256()) && app.stamp_picture(&stamp).unwrap().is_some());
    app.drop_stamp(&stamp).unwrap();
    assert!(!here(stamp.sha256()) && !here(stamp.preview().unwrap()));
    // A photo that is evidence as well stays.
    let source = FileSource::Reader { reader: &mut photo.as_slice(), name: "a.jpg".to_owned() };
    let job = "V-job".to_owned();
    app.attach(CaptureRequest {
        job,
        source,
        question: None,
        stage: Stage::Found,
        origin: Origin::Captured { here: None },
    })
    .unwrap();
    let stamp = taken(&photo).unwrap();
    app.drop_stamp(&stamp).unwrap();
    assert!(here(stamp.sha256()) && here(stamp.preview().unwrap()));
}

fn document(app: &App, sealed: countersign_model::Digest) -> Document {
    app.store().read(|rows| rows.get::<Document>(document_id(sealed))).unwrap().unwrap()
}

#[test]
fn a_key_that_is_locked_while_signing_signs_later_and_nothing_is_lost() {
    let scene = Scene::new();
    let app = scene.open();
    scene.key.locked.store(true, Ordering::SeqCst);
    app.preview("V-job").unwrap();
    let signed = app.sign("V-job", request()).unwrap();
    assert_eq!(signed.pdf, None, "unsigned by device");
    assert!(document(&app, signed.sealed).attestation.is_none());
    assert_eq!(app.outbox_screen().unwrap().attention.len(), 1);
    drop(app);
    let app = scene.open();
    assert!(document(&app, signed.sealed).attestation.is_none(), "still locked at the next start");
    drop(app);
    scene.key.locked.store(false, Ordering::SeqCst);
    let app = scene.open();
    assert!(document(&app, signed.sealed).attestation.is_some(), "start-up resumes it");
    assert!(app.outbox_screen().unwrap().attention.is_empty());
    assert_eq!(app.resume_attestations().unwrap(), 0, "once");
}

/// A paper that cannot be finished is no reason to keep a person from everything else.
#[test]
fn a_document_that_cannot_be_finished_keeps_nothing_shut() {
    let scene = Scene::new();
    let app = scene.open();
    scene.key.locked.store(true, Ordering::SeqCst);
    let pages = app.preview("V-job").unwrap().pages;
    let signed = app.sign("V-job", request()).unwrap();
    let (path, aside) = (app.store().media_path(pages), scene.folder.path().join("aside.pdf"));
    drop(app);
    std::fs::rename(&path, &aside).unwrap();
    scene.key.locked.store(false, Ordering::SeqCst);
    let app = scene.open();
    assert_eq!(app.outbox_screen().unwrap().attention.len(), 1, "it waits, and a person is told");
    assert!(matches!(app.resume_attestations(), Err(AppError::Environment { .. })), "whoever asks is told why");
    std::fs::rename(&aside, &path).unwrap();
    assert_eq!(app.resume_attestations().unwrap(), 1);
    assert!(document(&app, signed.sealed).attestation.is_some());
}

#[test]
fn what_changed_since_it_was_shown_is_shown_again_before_anyone_signs() {
    let scene = Scene::new();
    let app = scene.open();
    assert!(matches!(app.sign("V-job", request()), Err(AppError::Input { .. })), "nothing was shown");
    let shown = app.preview("V-job").unwrap();
    app.arrive("V-job").unwrap();
    assert!(matches!(app.sign("V-job", request()), Err(AppError::ShownChanged)));
    let again = app.preview("V-job").unwrap();
    assert_ne!(shown.content_sha256, again.content_sha256);
    let stale = SignRequest { content_sha256: Some(shown.content_sha256), ..request() };
    assert!(matches!(app.sign("V-job", stale), Err(AppError::ShownChanged)));
    assert!(app.sign("V-job", request()).unwrap().pdf.is_some());
    let late = give(app.store(), &draft("late", &job_lane(), None, answer("visit", "/f/a", "1")));
    assert!(late.is_err(), "what was signed is frozen at once");
}

#[test]
fn typed_times_are_whole_numbers_or_refused() {
    let scene = Scene::new();
    let app = scene.open();
    let typed = |minutes: &str, kilometres: &str| {
        let typed =
            TimeTyped { minutes: minutes.to_owned(), kilometres: kilometres.to_owned(), ..TimeTyped::default() };
        app.time_typed("V-job", &typed).map(|spent| (spent.minutes, spent.kilometres))
    };
    assert_eq!(typed(" 105 ", "").unwrap(), (105, None));
    assert_eq!(typed("105", "42").unwrap(), (105, Some(42)));
    for (minutes, kilometres) in [("12.5", ""), ("two", ""), ("1", "3,5"), ("99999999999999999999", "")] {
        let refused = typed(minutes, kilometres).unwrap_err();
        assert!(matches!(refused, AppError::Refused { .. }), "{minutes} {kilometres}: {refused}");
    }
    // Nothing typed takes what the steps say; where they say nothing, that is told.
    assert!(matches!(typed("", "").unwrap_err(), AppError::Input { .. }));
    app.arrive("V-job").unwrap();
    assert_eq!(typed("", "").unwrap().1, None);
}

#[test]
fn the_very_pages_that_were_signed_are_known_as_signed_and_no_others() {
    let scene = Scene::new();
    let app = scene.open();
    let before = app.preview("V-job").unwrap().content_sha256;
    app.arrive("V-job").unwrap();
    let shown = app.preview("V-job").unwrap().content_sha256;
    let is_signed = |content_sha256| app.is_signed("V-job", content_sha256).unwrap();
    assert!(!is_signed(shown), "to show is not to sign");
    app.sign("V-job", request()).unwrap();
    assert!(is_signed(shown));
    assert!(!is_signed(before), "pages that nobody signed stay unsigned when others of the visit are signed");
    app.begin_amendment("V-job", "the meter was misread").unwrap();
    let amended = app.preview("V-job").unwrap().content_sha256;
    assert!(is_signed(shown), "what is signed stays signed while an amendment is open");
    assert!(!is_signed(amended));
    app.sign("V-job", request()).unwrap();
    assert!(is_signed(shown) && is_signed(amended));
    // The job's usual visit is another one by now: what was signed is found all the same.
    app.plan_own_visit("V-job", OwnVisit::default()).unwrap();
    assert!(app.is_signed(&id("job").to_string(), shown).unwrap());
    assert!(matches!(app.is_signed("V-none", shown), Err(AppError::NotFound { .. })));
}
