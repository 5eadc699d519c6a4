//! Captured files that the platform still has: they are in every count of what is only here, and need a person where
//! their job did not take them.

use std::path::Path;
use std::sync::{Arc, Mutex};

use countersign_device::app::{App, AppOptions, Platform, SoftwareKey, SystemPlatform, WaitingFile};
use countersign_device::screens::{AttentionAction, AttentionItem};
use countersign_device::store::files::SystemFiles;

use countersign_device::transfer::ExportTo;
use countersign_model::Language;
use countersign_texts::Texts;

use crate::world::*;

/// A platform with captures of its own.
struct Holding {
    waiting: Mutex<Vec<WaitingFile>>,
    system: SystemPlatform,
}

impl Platform for Holding {
    fn free_space(&self, folder: &Path) -> Option<u64> {
        self.system.free_space(folder)
    }
    fn wall(&self) -> i64 {
        self.system.wall()
    }
    fn boot(&self) -> String {
        self.system.boot()
    }
    fn monotonic(&self) -> i64 {
        self.system.monotonic()
    }
    fn offset_minutes(&self) -> i32 {
        self.system.offset_minutes()
    }
    fn waiting_files(&self) -> Vec<WaitingFile> {
        self.waiting.lock().unwrap().clone()
    }
}

fn open(folder: &Path, platform: &Arc<Holding>) -> App {
    let key = Arc::new(SoftwareKey::open(&folder.join("device.key")).unwrap());
    let options = AppOptions { store: options(Arc::new(SystemFiles)), key, vault: vault(), platform: platform.clone() };
    App::open(folder, options).unwrap()
}

#[test]
fn a_captured_file_outside_the_store_counts_as_only_here() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Arc::new(Holding { waiting: Mutex::default(), system: SystemPlatform::new() });
    let app = open(folder.path(), &platform);
    let mut office = office();
    enrol(app.store(), &mut office, "phone", "ana");
    let before = app.status_screen().unwrap();
    assert!(!before.unique_on_this_device && app.only_here().unwrap().is_empty());

    let file = |id: &str, needs_person| WaitingFile {
        id: id.to_owned(),
        name: format!("{id}.jpg"),
        bytes: 1_000,
        needs_person,
    };
    *platform.waiting.lock().unwrap() = vec![file("leak", false), file("plate", true)];
    let status = app.status_screen().unwrap();
    assert!(status.unique_on_this_device);
    assert_eq!(
        (status.unconfirmed_media, status.unconfirmed_bytes, status.attention),
        (2, 2_000, before.attention + 1)
    );
    assert_ne!(status.sentence, before.sentence);
    let classes = app.only_here().unwrap();
    assert_eq!(classes.iter().map(|class| (class.files, class.bytes)).collect::<Vec<_>>(), [(2, 2_000)]);
    let bundle = folder.path().join("rescue.bundle");
    let written = app.export(&bundle, &ExportTo::Office).unwrap();
    assert_eq!(written.left_out, 2, "what is not in the store goes with no file");
    let texts = Texts::new(Language::English);
    assert!(written.left_out_words(&texts).unwrap().starts_with("2 photos"));
    let attention = app.outbox_screen().unwrap().attention;
    let asks = |item: &&AttentionItem| item.actions == [AttentionAction::File];
    let files: Vec<&AttentionItem> = attention.iter().filter(asks).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].id, "plate");
    assert!(files[0].text.contains("plate.jpg"), "{}", files[0].text);
}

#[test]
fn a_found_file_can_be_filed_with_every_job_of_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Arc::new(Holding { waiting: Mutex::default(), system: SystemPlatform::new() });
    let app = open(folder.path(), &platform);
    let mut office = office();
    for number in 0..210 {
        add_job(&mut office, &format!("job-{number}"), &format!("visit-{number}"), "ana");
    }
    enrol(app.store(), &mut office, "phone", "ana");
    sync(app.store(), &mut office);
    let offered = app.jobs_for_files().unwrap();
    let own = app.job_list(&countersign_device::screens::JobFilter { limit: 1_000, ..Default::default() }).unwrap();
    assert!(own.rows.len() > 200, "{}", own.rows.len());
    let jobs = |job: &countersign_model::Id| offered.iter().filter(|row| row.job == *job).count();
    assert!(own.rows.iter().all(|row| jobs(&row.job) == 1), "each once");
    assert_eq!(offered.len(), own.rows.len());
}
