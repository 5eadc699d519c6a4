//! The lease with clocks that jump: content is hidden when it ends, what is saved stays and goes out, a sync opens it.

use std::path::Path;
use std::sync::{Arc, Mutex};

use countersign_device::app::{App, AppError, AppOptions, Platform, SoftwareKey};
use countersign_device::screens::{AttentionAction, JobFilter};
use countersign_device::store::Contact;
use countersign_device::store::files::SystemFiles;
use countersign_device::transfer::ExportTo;
use countersign_model::lease::{DAY_MS, LEASE_MS, Lease, LeaseMark};
use countersign_model::time::TimeRecord;

use crate::office::Office;
use crate::world::*;

const HUB: i64 = 1_800_000_000_000;

/// Clocks that a test turns.
struct Clocks(Mutex<TimeRecord>);

impl Clocks {
    fn turn(&self, boot: &str, monotonic: i64, wall: i64) {
        *self.0.lock().unwrap() = clocks(boot, monotonic, wall);
    }
}

fn clocks(boot: &str, monotonic: i64, wall: i64) -> TimeRecord {
    TimeRecord { wall, boot: boot.to_owned(), monotonic, ..TimeRecord::default() }
}

impl Platform for Clocks {
    fn free_space(&self, _folder: &Path) -> Option<u64> {
        None
    }
    fn wall(&self) -> i64 {
        self.0.lock().unwrap().wall
    }
    fn boot(&self) -> String {
        self.0.lock().unwrap().boot.clone()
    }
    fn monotonic(&self) -> i64 {
        self.0.lock().unwrap().monotonic
    }
    fn offset_minutes(&self) -> i32 {
        0
    }
}

struct Scene {
    folder: tempfile::TempDir,
    office: Office,
    clocks: Arc<Clocks>,
}

impl Scene {
    /// A device that heard the hub's time at `HUB`, in boot `a`, whose clock was right.
    fn new() -> Scene {
        let clocks = Arc::new(Clocks(Mutex::new(clocks("a", 1_000, HUB))));
        let mut scene = Scene { folder: tempfile::tempdir().unwrap(), office: office(), clocks };
        let app = scene.open();
        enrol(app.store(), &mut scene.office, "phone", "ana");
        scene.sync(&app, HUB);
        scene
    }

    fn open(&self) -> App {
        let store = options(Arc::new(SystemFiles));
        let key = Arc::new(SoftwareKey::from_bytes(&[9; 32]).unwrap());
        App::open(self.folder.path(), AppOptions { store, key, vault: vault(), platform: self.clocks.clone() }).unwrap()
    }

    /// The hub answers at this time of its own; the lease begins anew.
    fn sync(&mut self, app: &App, hub_time: i64) {
        self.office.now = hub_time;
        let now = self.clocks.0.lock().unwrap().clone();
        let contact = Contact { hub_time, wall: now.wall, round_trip: 0 };
        app.store().record_contact(&contact, &LeaseMark::new(hub_time, &now)).unwrap();
        sync(app.store(), &mut self.office);
    }
}

fn is_locked(app: &App) -> bool {
    match app.job_list(&JobFilter::default()) {
        Err(AppError::Locked { .. }) => true,
        other => {
            assert_eq!(other.unwrap().rows.len(), 1);
            false
        }
    }
}

#[test]
fn turning_the_clock_changes_nothing_and_the_monotonic_clock_ends_the_lease() {
    let scene = Scene::new();
    let app = scene.open();
    let rows = [
        ("a", 2_000, HUB + 3650 * DAY_MS, false),
        ("a", 3_000, 0, false),
        ("a", 1_000 + LEASE_MS - 1, HUB - 3650 * DAY_MS, false),
        ("a", 1_000 + LEASE_MS, HUB - 3650 * DAY_MS, true),
        ("a", 1_000 + LEASE_MS, HUB, true),
    ];
    for (boot, monotonic, wall, locked) in rows {
        scene.clocks.turn(boot, monotonic, wall);
        assert_eq!(is_locked(&app), locked, "{boot} {monotonic} {wall}");
        assert_eq!(app.status_screen().unwrap().lease.unwrap().is_over(), locked);
    }
}

#[test]
fn a_restart_of_the_device_does_not_lengthen_the_lease() {
    let scene = Scene::new();
    // Ten boots of three days, each with a clock that fell back to 1970: what each lasted is added up.
    for boot in 1..=10 {
        assert!(!is_locked(&scene.open()), "boot {boot}");
        scene.clocks.turn(&format!("b{boot}"), 3 * DAY_MS, 0);
        scene.open();
    }
    assert!(is_locked(&scene.open()));

    // Switched off for two months, then started with a clock that is right.
    let off = Scene::new();
    off.clocks.turn("b", 20_000, HUB + 60 * DAY_MS);
    assert!(is_locked(&off.open()));
}

#[test]
fn what_shows_content_is_refused_while_it_is_over_and_saving_and_sync_go_on() {
    let mut scene = Scene::new();
    let app = scene.open();
    let preview = app.preview("V-job").unwrap();
    scene.clocks.turn("a", 1_000 + LEASE_MS, HUB + LEASE_MS);
    let colleague = ExportTo::Colleague { key: app.receive_key().unwrap(), jobs: Vec::new() };
    let hidden: [(&str, Result<(), AppError>); 8] = [
        ("list", app.job_list(&JobFilter::default()).map(drop)),
        ("job", app.job_screen("V-job").map(drop)),
        ("form", app.form_screen("V-job").map(drop)),
        ("why", app.why("V-job", "a").map(drop)),
        ("preview", app.preview("V-job").map(drop)),
        ("pages", app.preview_paper(&preview).map(drop)),
        ("paper", app.paper(preview.content_sha256).map(drop)),
        ("hand-over", app.export(&scene.folder.path().join("out"), &colleague).map(drop)),
    ];
    for (what, outcome) in hidden {
        assert!(matches!(outcome, Err(AppError::Locked { .. })), "{what}: {outcome:?}");
    }
    let attention = app.outbox_screen().unwrap().attention;
    assert_eq!((attention[0].kind.word(), attention[0].actions.clone()), ("lease_over", vec![AttentionAction::Sync]));

    // What a person does now is saved and counted, the rescue file can be written, and a sync takes the work in.
    app.arrive("V-job").unwrap();
    app.add_note("V-job", "arrived without network").unwrap();
    assert_eq!(app.status_screen().unwrap().pending_commands, 2);
    assert_eq!(app.export(&scene.folder.path().join("rescue"), &ExportTo::Office).unwrap().commands, 2);
    scene.sync(&app, HUB + LEASE_MS);
    assert!(!is_locked(&app), "the hub renewed it");
    let status = app.status_screen().unwrap();
    assert_eq!((status.pending_commands, status.attention), (0, 0));
    assert_eq!(status.lease, Some(Lease::Runs { until: HUB + 2 * LEASE_MS }));
}

#[test]
fn the_last_days_are_announced() {
    let scene = Scene::new();
    let app = scene.open();
    scene.clocks.turn("a", 1_000 + 28 * DAY_MS, HUB);
    assert!(!is_locked(&app));
    let status = app.status_screen().unwrap();
    assert_eq!(status.lease, Some(Lease::EndsSoon { until: HUB + LEASE_MS, days: 2 }));
    assert!(status.lease_advice.unwrap().contains('2'));
    assert_eq!(app.outbox_screen().unwrap().attention[0].kind.word(), "lease_ends_soon");
}
