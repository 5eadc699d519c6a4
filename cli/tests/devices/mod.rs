//! A company with many devices, each with a store, a key and a note of its own, on the machine of the test.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use countersign_device::app::{DeviceKey as _, SoftwareKey, SoftwareVault, Vault};
use countersign_device::model::document::VoucherClass;
use countersign_device::model::entity::{Note, Role};
use countersign_device::model::payload::{NoteAdd, Payload};
use countersign_device::model::record::{Scope, kind};
use countersign_device::model::time::TimeRecord;
use countersign_device::model::wire::EnrolRequest;
use countersign_device::model::{Id, Language, RecordRef};
use countersign_device::store::{Draft, OpenOptions, Store, StoreKey};
use countersign_device::sync::carrier::Carrier as _;
use countersign_device::sync::driver::{carrier_of, sync_with};
use countersign_device::sync::engine::Settings;
use countersign_device::sync::{Newcomer, Surroundings, SyncReport, enrol, invitation};
use countersign_hub::api::{Limits, Quota};
use countersign_hub::service::{Actor, JobOrder, NewJob};
use countersign_hub::{Hub, InitOptions, ServeOptions};

/// Tries of a lane of a device that comes back: as many as one that stays would make in some minutes.
const TRIES: u32 = 40;

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub usize);

/// What a device needs of the world.
struct World {
    key: SoftwareKey,
    vault: Arc<dyn Vault>,
    begun: Instant,
    seed: u64,
}

impl Surroundings for World {
    fn clocks(&self) -> TimeRecord {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64;
        TimeRecord { wall, monotonic: self.begun.elapsed().as_millis() as i64, ..TimeRecord::default() }
    }

    fn seed(&self) -> u64 {
        self.seed
    }

    fn vault(&self) -> Arc<dyn Vault> {
        Arc::clone(&self.vault)
    }

    fn sign(&self, statement: &[u8]) -> Option<String> {
        self.key.sign(statement).ok()
    }
}

struct Device {
    store: Store,
    world: Arc<World>,
    job: Id,
    number: usize,
}

/// The company. Its server does not run.
pub struct Company {
    root: PathBuf,
    /// Where its server listens.
    pub listen: String,
    devices: Vec<Device>,
    /// The token of one more device, as whoever stole it would have it.
    pub token: String,
    runtime: tokio::runtime::Runtime,
}

/// How a return of all devices went.
#[derive(Debug)]
pub struct CameBack {
    /// Devices that got everything through.
    pub through: Count,
    /// Devices for which a call failed first.
    pub tried_again: usize,
    /// Until the last was through.
    pub took: Duration,
}

impl Company {
    /// Makes the company, enrols so many devices, each with a job, and lets each save a note that is not sent.
    pub fn new(root: &Path, count: usize) -> Company {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let office = root.join("office");
        let hub = Hub::init(&office, &InitOptions { company: "Acme Service".to_owned(), sample: false }).unwrap();
        let (listen, devices) = runtime.block_on(enrol_all(root, &hub, count));
        let token = stolen(&hub);
        let company = Company { root: root.to_owned(), listen: listen.to_string(), devices, token, runtime };
        company.devices.iter().for_each(Device::save_note);
        company
    }

    /// The folder of the office.
    pub fn office(&self) -> PathBuf {
        self.root.join("office")
    }

    /// All devices come back within one second, each with an open line too, and sync until all is through.
    pub fn come_back(&self) -> CameBack {
        let begun = Instant::now();
        let count = self.devices.len();
        let reports: Vec<SyncReport> = self.runtime.block_on(async {
            let one = |device: &Device| {
                let (store, world) = (device.store.clone(), Arc::clone(&device.world));
                let after = Duration::from_micros(1_000_000 * device.number as u64 / count as u64);
                tokio::spawn(async move {
                    tokio::time::sleep(after).await;
                    let carrier = Arc::new(carrier_of(&store, &*world).await.unwrap());
                    let line = Arc::clone(&carrier);
                    let listening = tokio::spawn(async move {
                        let (into, mut heard) = tokio::sync::mpsc::channel(4);
                        tokio::join!(line.listen(into), async { while heard.recv().await.is_some() {} })
                    });
                    let settings = Settings { tries: Some(TRIES), ..Settings::once() };
                    let report = sync_with(&store, carrier, world, settings, |_| {}).await;
                    (report, listening)
                })
            };
            let coming: Vec<_> = self.devices.iter().map(one).collect();
            let mut reports = Vec::new();
            let mut lines = Vec::new();
            for device in coming {
                let (report, line) = device.await.unwrap();
                reports.push(report);
                lines.push(line);
            }
            lines.iter().for_each(tokio::task::JoinHandle::abort);
            reports
        });
        let through = reports.iter().filter(|report| report.problem.is_none() && report.pushed == 1).count();
        let tried_again = reports.iter().filter(|report| !report.detail.is_empty()).count();
        CameBack { through: Count(through), tried_again, took: begun.elapsed() }
    }

    /// Each note is at the office, once, and the office's books are whole. Its server must have ended.
    pub fn each_has_its_note_once(&self) {
        let hub = Hub::open(&self.office()).unwrap();
        let mut notes: BTreeMap<Id, Vec<String>> = BTreeMap::new();
        for (_, note) in hub.all::<Note>().unwrap() {
            notes.entry(note.subject.id).or_default().push(note.text);
        }
        for device in &self.devices {
            assert_eq!(notes.get(&device.job), Some(&vec![device.text()]), "device {}", device.number);
        }
        let report = hub.check(&mut |_| {}).unwrap();
        assert!(report.ok(), "{:?}", report.findings);
    }
}

impl Device {
    fn text(&self) -> String {
        format!("noted on device {}", self.number)
    }

    fn save_note(&self) {
        let name = self.number.to_be_bytes();
        let subject = RecordRef::new(kind::JOB, self.job);
        let note = NoteAdd { note: Id::derived("note", &[&name]), subject, text: self.text(), instead_of: None };
        let draft = Draft {
            id: Id::derived("command", &[&name]),
            time: self.world.clocks(),
            lane: Scope::job(self.job),
            seen: None,
            payload: Payload::NoteAdd(note),
        };
        self.store.write(|tx| tx.submit(&draft)).unwrap();
    }
}

fn stolen(hub: &Hub) -> String {
    let person = hub.add_person(&hub.system(), "Somebody", &[Role::Engineer], Language::English).unwrap();
    let code = hub.invite(person, None).unwrap().code;
    let key = SoftwareKey::from_bytes(&[9; 32]).unwrap().public();
    let request = EnrolRequest { code, key, name: "device".to_owned(), program: "test".to_owned() };
    hub.enrol(&request).unwrap().token
}

/// Enrols the devices at a server of this process, which sets nobody a limit, and brings each up to date.
async fn enrol_all(root: &Path, hub: &Hub, count: usize) -> (SocketAddr, Vec<Device>) {
    let none = Quota { burst: 0, every_ms: 0 };
    let limits = Limits { enrolment: none, calls: none, files: none };
    let serving = hub.serve(ServeOptions { limits, ..ServeOptions::local(0) }).await.unwrap();
    let mut devices = Vec::new();
    for number in 0..count {
        devices.push(enrol_one(root, hub, &serving.url, number).await);
    }
    let listen = serving.address;
    serving.stop().await.unwrap();
    (listen, devices)
}

async fn enrol_one(root: &Path, hub: &Hub, url: &str, number: usize) -> Device {
    let name = format!("Engineer {number}");
    let person = hub.add_person(&hub.system(), &name, &[Role::Engineer], Language::English).unwrap();
    let job = NewJob {
        serial: format!("H7-{number}"),
        fault: "leaks at the pump".to_owned(),
        class: Some(VoucherClass::Internal),
        ..NewJob::default()
    };
    let order = JobOrder { job, lead: person, helpers: Vec::new(), window: None };
    let planned = hub.job(&Actor::System { person }, &order).unwrap();
    let folder = root.join(format!("device-{number}"));
    let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let store = Store::open(&folder, StoreKey::Platform, options).unwrap();
    let mut scalar = [7; 32];
    scalar[..8].copy_from_slice(&(number as u64 + 1).to_be_bytes());
    let key = SoftwareKey::from_bytes(&scalar).unwrap();
    let vault: Arc<dyn Vault> = Arc::new(SoftwareVault::from_bytes([5; 32]));
    let invited = hub.invite(person, Some(url)).unwrap();
    let string = invitation(&invited.enrolment).unwrap();
    let who = Newcomer { key: key.public(), name: "device".to_owned(), program: "test".to_owned() };
    enrol(&store, Arc::clone(&vault), &string, who).await.unwrap();
    let world = Arc::new(World { key, vault, begun: Instant::now(), seed: number as u64 });
    let device = Device { store, world, job: planned.job, number };
    let carrier = Arc::new(carrier_of(&device.store, &*device.world).await.unwrap());
    let surroundings: Arc<dyn Surroundings> = device.world.clone();
    let report = sync_with(&device.store, carrier, surroundings, Settings::once(), |_| {}).await;
    assert_eq!(report.problem, None, "{}", report.detail);
    device
}
