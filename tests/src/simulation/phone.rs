//! A device of a simulation: the real app over storage that can fail, a clock that can lie, a key that can be locked.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use countersign_device::app::{App, AppError, AppOptions, DeviceKey, KeyLocked, SoftwareKey, Vault, VaultError};
use countersign_device::store::OpenOptions;
use countersign_device::sync::driver::{Surroundings, sync_with};
use countersign_device::sync::engine::Settings;
use countersign_device::sync::enrol::enrol_by;
use countersign_device::sync::{Newcomer, SyncReport};
use countersign_device::vault::Zeroizing;
use countersign_model::time::TimeRecord;
use countersign_model::trust::PublicKey;
use countersign_model::{Digest, Id};
use rusqlite::Connection;

use super::clock::{Handset, Time};
use super::invariants::reading;
use super::wire::{Server, SharedNetwork, Wire};
use crate::bench::folder_in_memory;
use crate::chance::Chance;
use crate::disk::{Faults, FaultyFiles, Plan, Vfs};

/// A key that can be locked.
pub struct Key {
    key: SoftwareKey,
    locked: AtomicBool,
}

impl DeviceKey for Key {
    fn public(&self) -> PublicKey {
        self.key.public()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        if self.locked.load(Ordering::Relaxed) { Err(KeyLocked) } else { self.key.sign(statement) }
    }
}

/// A vault that seals nothing: what the seed does not decide must not be in a store.
struct OpenVault;

impl Vault for OpenVault {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(plain.to_vec())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        Ok(Zeroizing::new(sealed.to_vec()))
    }
}

/// A device.
pub struct Phone {
    /// Its place among the devices.
    pub place: usize,
    /// Whose it is.
    pub person: Id,
    /// Which device it is to the office.
    pub device: Id,
    /// What it said was saved: each command with its number.
    pub saved: BTreeMap<Id, u64>,
    /// What was signed on it.
    pub signed: Vec<Digest>,
    /// Refused commands that somebody saw on its list and dealt with.
    pub dealt_with: BTreeSet<Id>,
    /// The office turned it out.
    pub revoked: bool,
    /// Where its feed was when the office turned it out.
    pub barred_at: Option<String>,
    /// Its platform.
    pub handset: Arc<Handset>,
    folder: tempfile::TempDir,
    faults: Arc<Faults>,
    vfs: Vfs,
    key: Arc<Key>,
    app: Option<App>,
    look: OnceCell<Connection>,
    looked_at: Cell<Option<i64>>,
    token: String,
    server: Server,
    network: SharedNetwork,
}

/// What the driver asks of the world: the app's own, on this thread.
struct OnThisThread(Arc<dyn Surroundings>);

impl Surroundings for OnThisThread {
    fn clocks(&self) -> TimeRecord {
        self.0.clocks()
    }

    fn seed(&self) -> u64 {
        self.0.seed()
    }

    fn sign(&self, statement: &[u8]) -> Option<String> {
        self.0.sign(statement)
    }

    fn vault(&self) -> Arc<dyn Vault> {
        self.0.vault()
    }

    fn on_this_thread(&self) -> bool {
        true
    }
}

impl Phone {
    /// A new device of this person, enrolled.
    pub async fn enrolled(
        place: usize,
        person: Id,
        seed: u64,
        time: &Time,
        server: &Server,
        network: &SharedNetwork,
    ) -> Phone {
        let faults = Faults::new();
        let key = SoftwareKey::from_bytes(&Chance::new(seed).key()).expect("a scalar");
        let mut phone = Phone {
            place,
            person,
            device: Id::default(),
            saved: BTreeMap::new(),
            signed: Vec::new(),
            dealt_with: BTreeSet::new(),
            revoked: false,
            barred_at: None,
            handset: Arc::new(Handset::new(time, seed)),
            folder: folder_in_memory(),
            vfs: Vfs::register(Arc::clone(&faults)),
            faults,
            key: Arc::new(Key { key, locked: AtomicBool::new(false) }),
            app: None,
            look: OnceCell::new(),
            looked_at: Cell::new(None),
            token: String::new(),
            server: server.clone(),
            network: Arc::clone(network),
        };
        phone.start();
        phone.enrol().await;
        phone
    }

    async fn enrol(&mut self) {
        let hub = self.server.hub().expect("the hub serves");
        let invite = hub.invite(self.person, Some("http://127.0.0.1:1")).expect("an invitation");
        let string = invite.enrolment.parse().expect("an enrolment string");
        let newcomer = Newcomer {
            key: self.key.public(),
            name: format!("phone {}", self.place),
            program: "simulation".to_owned(),
        };
        let wire = Wire::new(&self.server, &self.network, self.place, "");
        let identity =
            enrol_by(self.app().store(), Arc::new(OpenVault), &wire, &string, newcomer).await.expect("an enrolment");
        self.device = identity.device;
        let token = self.app().store().sealed_token().expect("a read").expect("the device has a token");
        self.token = String::from_utf8(hex::decode(token.sealed).expect("hexadecimal")).expect("a text");
    }

    /// Switches it on.
    pub fn start(&mut self) {
        let store = OpenOptions {
            ballast_bytes: 0,
            vfs: Some(self.vfs.name().to_owned()),
            files: Arc::new(FaultyFiles::new(Arc::clone(&self.faults))),
        };
        let key: Arc<dyn DeviceKey> = Arc::clone(&self.key) as Arc<dyn DeviceKey>;
        let platform = Arc::clone(&self.handset) as Arc<dyn countersign_device::app::Platform>;
        let app = App::open(self.folder.path(), AppOptions { store, key, vault: Arc::new(OpenVault), platform });
        self.app = Some(app.expect("the device opens"));
    }

    /// Switches it off and on again.
    pub fn restart(&mut self) {
        self.switch_off();
        self.handset.boot_anew();
        self.start();
    }

    fn switch_off(&mut self) {
        // Whoever still looks at the store would keep it from being closed as a device closes it.
        self.look.take();
        self.looked_at.set(None);
        self.app = None;
    }

    /// Its store as a stranger reads it.
    pub fn store(&self) -> &Connection {
        self.look.get_or_init(|| reading(&self.folder.path().join("store.db")))
    }

    /// Whether something was written to its store since this was last asked.
    pub fn wrote(&self) -> bool {
        let version = self.store().query_row("PRAGMA data_version", [], |row| row.get(0)).expect("a version");
        self.looked_at.replace(Some(version)) != Some(version)
    }

    /// From the call with this number on its storage does not work any more.
    pub fn break_storage(&self, plan: Plan) {
        self.faults.arm(plan);
    }

    /// Its storage works again. Answers whether it did not.
    pub fn mend_storage(&self) -> bool {
        let struck = self.faults.struck();
        self.faults.mend();
        struck
    }

    /// Comes back after its storage broke. What was not synced is lost where the power went.
    pub fn come_back(&mut self) -> bool {
        let struck = self.faults.struck();
        self.switch_off();
        self.faults.lose_unsynced();
        self.faults.mend();
        self.handset.boot_anew();
        self.start();
        struck
    }

    /// Notes what it calls saved, where its storage has not broken yet; it breaks right afterwards.
    pub fn note_saved_then_break(&mut self, plan: fn(u64) -> Plan) {
        if !self.faults.struck() {
            self.faults.arm(plan(u64::MAX));
            self.note_saved();
            self.faults.arm(plan(1));
        }
    }

    /// Locks or unlocks its key.
    pub fn lock(&self, locked: bool) {
        self.key.locked.store(locked, Ordering::Relaxed);
    }

    /// Its app.
    pub fn app(&self) -> &App {
        self.app.as_ref().expect("the device is switched on")
    }

    /// Notes what it calls saved since it was last asked.
    pub fn note_saved(&mut self) {
        let known = self.saved.values().copied().max().unwrap_or(0);
        let states = ["pending", "accepted", "refused", "waiting", "held", "kept", "closed"];
        let rows = self.app().store().read(|rows| rows.own_commands(&states)).expect("the outbox can be read");
        self.saved.extend(rows.iter().filter(|row| row.seq > known).map(|row| (row.command.id, row.seq)));
    }

    /// Syncs as an app does that a person has open, and gives each lane up after so many failures.
    pub fn sync(&self, tries: u32) -> impl Future<Output = Result<SyncReport, AppError>> + Send + use<> {
        let app = self.app().clone();
        let wire = Arc::new(Wire::new(&self.server, &self.network, self.place, &self.token));
        async move {
            app.resume_attestations()?;
            let surroundings = Arc::new(OnThisThread(app.surroundings()));
            let settings = Settings { tries: Some(tries), ..Settings::once() };
            Ok(sync_with(app.store(), wire, surroundings, settings, |_| {}).await)
        }
    }
}
