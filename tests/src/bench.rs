//! A device's store on the bench: enrolled, with one job, no hub in sight, on storage that fails by plan.
//!
//! Everything is derived from names, so that each run and each copy is the same. Preparing once and copying the folder
//! is what makes "fail at every n-th call" affordable.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_device::app::{App, AppError, AppOptions, SoftwareKey, SoftwareVault, SystemPlatform, Vault};
use countersign_device::store::{Draft, OpenOptions, Store, StoreError, StoreKey};
use countersign_forms::samples::QUICK_CHECK;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{
    Company, Entity, Holding, HoldingReason, Job, JobState, MachineState, Person, Role, Visit, Voucher, holding_id,
    voucher_id,
};
use countersign_model::holding;
use countersign_model::payload::Payload;
use countersign_model::record::{Row, Scope};
use countersign_model::time::TimeRecord;
use countersign_model::trust::{Credential, PrivateKey, TenantKey, TrustChain};
use countersign_model::wire::{Enrolment, EnrolmentString, FeedPage, ScopePage};
use countersign_model::{Digest, Id, RecordRef};

use crate::chance::Chance;
use crate::disk::{Faults, FaultyFiles, Vfs};

/// Any moment; nothing here depends on it.
pub const NOW: i64 = 1_790_000_000_000;
/// The epoch of the hub that is not there.
pub const EPOCH: &str = "bench";

/// An id that everyone derives from the same name.
pub fn id(name: &str) -> Id {
    Id::derived("bench", &[name.as_bytes()])
}

/// The key of the company.
pub fn tenant_key() -> PrivateKey {
    PrivateKey::from_bytes(&Chance::new(1).key()).expect("a scalar")
}

/// The key of the device.
pub fn device_key() -> PrivateKey {
    PrivateKey::from_bytes(&Chance::new(2).key()).expect("a scalar")
}

/// The lane of the one job.
pub fn lane() -> Scope {
    Scope::job(id("job"))
}

/// The one visit, as the subject of facts.
pub fn visit() -> RecordRef {
    RecordRef::new(Visit::KIND, id("visit"))
}

/// The digest of the form.
pub fn form() -> Digest {
    Digest::of(QUICK_CHECK.as_bytes())
}

/// A command of the bench's engineer; the name makes its id.
pub fn draft(name: &str, payload: Payload) -> Draft {
    let time = TimeRecord { wall: NOW, ..TimeRecord::default() };
    Draft { id: id(name), time, lane: lane(), seen: None, payload }
}

/// Storage with its plan, and a prepared store to copy.
pub struct Bench {
    root: tempfile::TempDir,
    /// The plan.
    pub faults: Arc<Faults>,
    vfs: Vfs,
    prepared: PathBuf,
}

impl Default for Bench {
    fn default() -> Bench {
        Bench::new()
    }
}

impl Bench {
    /// Prepares one enrolled store with a job, on sound storage.
    pub fn new() -> Bench {
        let root = folder_in_memory();
        let faults = Faults::new();
        let vfs = Vfs::register(Arc::clone(&faults));
        let prepared = root.path().join("prepared");
        let bench = Bench { root, faults, vfs, prepared };
        let store = bench.open(&bench.prepared).expect("a new store");
        prepare(&store).expect("sound storage takes everything");
        drop(store);
        bench
    }

    /// Opens a store on the bench's storage, without ballast.
    pub fn open(&self, folder: &Path) -> Result<Store, StoreError> {
        Store::open(folder, StoreKey::Platform, self.options())
    }

    fn options(&self) -> OpenOptions {
        let files = Arc::new(FaultyFiles::new(Arc::clone(&self.faults)));
        OpenOptions { ballast_bytes: 0, vfs: Some(self.vfs.name().to_owned()), files }
    }

    /// Opens the whole device on the bench's storage.
    pub fn open_app(&self, folder: &Path) -> Result<App, AppError> {
        let key = SoftwareKey::from_bytes(&device_key().to_bytes())?;
        let platform = Arc::new(SystemPlatform::new());
        App::open(folder, AppOptions { store: self.options(), key: Arc::new(key), vault: vault(), platform })
    }

    /// Does something more to the prepared store before it is copied.
    pub fn prepare_more(&self, work: impl FnOnce(&Store)) {
        let store = self.open(&self.prepared).expect("the prepared store");
        work(&store);
    }

    /// The same through the app.
    pub fn prepare_app(&self, work: impl FnOnce(&App)) {
        let app = self.open_app(&self.prepared).expect("the prepared device");
        work(&app);
    }

    /// The folder in which copies are made.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// A fresh copy of the prepared store; the folder is not opened.
    pub fn copy(&self, name: &str) -> PathBuf {
        let folder = self.root.path().join(name);
        copy_folder(&self.prepared, &folder);
        folder
    }
}

/// A folder for a test, in memory where the machine has such a place: power cuts are played by the plan, so waiting for
/// a real disk at each of some ten thousand syncs would prove nothing more.
pub fn folder_in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder for the test")
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("a name").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copied file");
        }
    }
}

/// Enrols a new store and gives it the job.
pub fn prepare(store: &Store) -> Result<(), StoreError> {
    enrol(store)?;
    for scope in holding::always(id("device")).into_keys() {
        let rows = reference_rows(&scope);
        store.apply_scope_page(&ScopePage { scope, as_of: 1, rows, next: None })?;
    }
    store.apply_feed_page(&page("1", vec![held(2)]))?;
    store.apply_scope_page(&ScopePage { scope: lane(), as_of: 2, rows: job_rows(), next: None })?;
    store.store_fetched(form(), &mut QUICK_CHECK.as_bytes())
}

fn enrol(store: &Store) -> Result<(), StoreError> {
    let (tenant, key) = (tenant_key(), device_key().public());
    let tenant_id = id("tenant");
    let first = TenantKey::first(tenant_id, &tenant)?;
    let credential = Credential {
        tenant: tenant_id,
        device: id("device"),
        person: id("engineer"),
        person_name: "Ana Ruiz".to_owned(),
        code: "K7".to_owned(),
        key: key.clone(),
        issued: NOW,
        key_number: 0,
        signature: String::new(),
    };
    let string = EnrolmentString {
        url: "http://127.0.0.1:9".to_owned(),
        code: "code".to_owned(),
        tenant_key: tenant.public().fingerprint(),
        tls_key: None,
    };
    store.begin_enrolment(&string, &key)?;
    let enrolment = Enrolment {
        tls: None,
        device: id("device"),
        person: id("engineer"),
        token: "token".to_owned(),
        lease_until: NOW + 2_592_000_000,
        credential: credential.signed(&tenant)?,
        chain: TrustChain { tenant: tenant_id, keys: vec![first] },
        recovery: None,
        epoch: EPOCH.to_owned(),
    };
    store.save_enrolment(&string, &enrolment, &*vault())
}

fn vault() -> Arc<dyn Vault> {
    Arc::new(SoftwareVault::from_bytes([3; 32]))
}

/// A page of the feed at its head.
pub fn page(cursor: &str, rows: Vec<Row>) -> FeedPage {
    FeedPage {
        cursor: cursor.to_owned(),
        epoch: EPOCH.to_owned(),
        rows,
        at_head: true,
        hub_time: NOW,
        backup_mark: None,
        lease_until: NOW + 2_592_000_000,
        keys: None,
        log: None,
        sums: Vec::new(),
    }
}

/// A row as the hub would send it.
pub fn row<T: Entity>(id: Id, scope: Scope, rev: u64, seq: u64, body: &T) -> Row {
    Row { kind: T::KIND.to_owned(), id, scope, rev, seq, body: Some(body.body()) }
}

fn reference_rows(scope: &Scope) -> Vec<Row> {
    let company = Company { name: "Acme Service".to_owned(), zone: "UTC".to_owned(), ..Company::default() };
    match scope {
        scope if *scope == Scope::reference("people") => vec![engineer()],
        scope if *scope == Scope::reference("company") => vec![row(id("tenant"), scope.clone(), 1, 1, &company)],
        _ => Vec::new(),
    }
}

fn engineer() -> Row {
    let person = Person { name: "Ana Ruiz".to_owned(), roles: vec![Role::Engineer], ..Person::default() };
    row(id("engineer"), Scope::reference("people"), 1, 1, &person)
}

fn held(seq: u64) -> Row {
    let device = id("device");
    let reasons = vec![HoldingReason::Assigned];
    let holding = Holding { device, held: lane(), reasons, extra: Default::default() };
    row(holding_id(device, &lane()), Scope::device(device), 1, seq, &holding)
}

/// The job with this fault, at this revision.
pub fn job_row(fault: &str, rev: u64, seq: u64) -> Row {
    let job = Job {
        number: "J-26-0001".to_owned(),
        serial: "H7-3391".to_owned(),
        fault: fault.to_owned(),
        machine_state: MachineState::Down,
        state: JobState::Planned,
        class: VoucherClass::Internal,
        form: Some(form()),
        ..Job::default()
    };
    row(id("job"), lane(), rev, seq, &job)
}

fn job_rows() -> Vec<Row> {
    let visit = Visit { job: id("job"), ordinal: 1, lead: id("engineer"), ..Visit::default() };
    let voucher = Voucher {
        visit: id("visit"),
        job: id("job"),
        number: "V-26-0001".to_owned(),
        class: VoucherClass::Internal,
        ..Voucher::default()
    };
    vec![
        job_row("leaks at the pump", 1, 2),
        row(id("visit"), lane(), 1, 2, &visit),
        row(voucher_id(id("visit")), lane(), 1, 2, &voucher),
    ]
}
