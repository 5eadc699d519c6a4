//! A whole office in one process: a hub that serves on loopback, three people, one form, and as many devices as a test
//! enrols. Real HTTP, real signatures, real files; nothing is mocked.

mod frozen;
mod keys;

use std::io::{Cursor, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_device::app::{
    App, AppError, AppOptions, CaptureRequest, DeviceKey, FileSource, Origin, SignRequest, Signed, SystemPlatform,
    Vault,
};
use countersign_device::store::OpenOptions;
use countersign_device::sync::driver::{carrier_of, sync_with};
use countersign_device::sync::engine::Settings;
use countersign_device::sync::{EnrolProblem, FilesToSend, Network, SyncReport};
use countersign_evidence::samples::{SampleClaims, SampleVideo, sample_photo, sample_signature, sample_video_head};
use countersign_forms::samples::QUICK_CHECK;
use countersign_hub::api::{Limits, Quota};
use countersign_hub::serve::{ServeOptions, Serving};
use countersign_hub::service::{Actor, JobOrder, NewJob, Planned};
use countersign_hub::{Hub, InitOptions};
use countersign_model::document::{Outcome, Provenance, SignerRole, Stage, VoucherClass};
use countersign_model::entity::{Flag, FlagCode, FormVersion, Role};
use countersign_model::{Digest, Id, Language};

use crate::bench::copy_folder;
pub use keys::{Lockable, LockableVault};

/// The hub with its people.
pub struct Office {
    folder: tempfile::TempDir,
    /// The hub of the present run.
    pub hub: Hub,
    serving: Option<Serving>,
    /// Where it listens, also after a restart.
    pub address: SocketAddr,
    /// An engineer.
    pub ana: Id,
    /// Another engineer.
    pub ben: Id,
    /// Manager and administrator.
    pub mia: Id,
}

impl Office {
    /// Makes the company and serves it.
    pub async fn open() -> Office {
        Office::with(ServeOptions::local(0)).await
    }

    /// The same without limits of how often a caller may ask: for tests that ask as often as they can.
    pub async fn without_limits() -> Office {
        let none = Quota { burst: 0, every_ms: 0 };
        let limits = Limits { enrolment: none, calls: none, files: none };
        Office::with(ServeOptions { limits, ..ServeOptions::local(0) }).await
    }

    async fn with(serve: ServeOptions) -> Office {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let options = InitOptions { company: "Acme Service".to_owned(), sample: false };
        let hub = Hub::init(&folder.path().join("office"), &options).expect("a new hub");
        let system = hub.system();
        let person =
            |name: &str, roles: &[Role]| hub.add_person(&system, name, roles, Language::English).expect("a new person");
        let ana = person("Ana Ruiz", &[Role::Engineer]);
        let ben = person("Ben Okafor", &[Role::Engineer]);
        let mia = person("Mia Chen", &[Role::Manager, Role::Administrator]);
        publish_form(&hub, QUICK_CHECK);
        let serving = hub.serve(serve).await.expect("a free port");
        let address = serving.address;
        Office { folder, hub, serving: Some(serving), address, ana, ben, mia }
    }

    /// The folder of the hub.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("office")
    }

    /// Where devices reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Jobs from now on have this form instead of the short one.
    pub fn publish(&self, form: &str) {
        publish_form(&self.hub, form);
    }

    /// The manager at work.
    pub fn manager(&self) -> Actor {
        Actor::System { person: self.mia }
    }

    /// Stops serving.
    pub async fn stop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.stop().await.expect("the hub stops in order");
        }
    }

    /// Opens the folder anew, as after a restart of the machine, and serves at the same address.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.hub = Hub::open(&self.folder()).expect("the hub opens again");
        let serving = self.hub.serve(ServeOptions::local(self.address.port())).await;
        self.serving = Some(serving.expect("the port is free again"));
    }

    /// Serves the hub of another folder at the same address, as after a restore from a backup.
    pub async fn replace(&mut self, folder: &Path) {
        self.stop().await;
        self.hub = Hub::open(folder).expect("the restored hub opens");
        let serving = self.hub.serve(ServeOptions::local(self.address.port())).await;
        self.serving = Some(serving.expect("the port is free again"));
    }

    /// A job with a visit of this person; internal, so that an engineer's signature is enough.
    pub fn job(&self, lead: Id, helpers: &[Id]) -> Planned {
        self.job_of(VoucherClass::Internal, lead, helpers)
    }

    /// A job of this class.
    pub fn job_of(&self, class: VoucherClass, lead: Id, helpers: &[Id]) -> Planned {
        let job = NewJob {
            serial: "H7-3391".to_owned(),
            fault: "leaks at the pump".to_owned(),
            class: Some(class),
            ..NewJob::default()
        };
        let order = JobOrder { job, lead, helpers: helpers.to_vec(), window: None };
        self.hub.job(&self.manager(), &order).expect("an order of the office")
    }

    /// Enrols a device of this person at the hub itself.
    pub async fn phone(&self, person: Id, seed: u64) -> Phone {
        self.phone_at(person, seed, &self.url()).await
    }

    /// Enrols a device that reaches the hub at another address, such as a proxy's.
    pub async fn phone_at(&self, person: Id, seed: u64, url: &str) -> Phone {
        let phone = Phone::new(seed);
        phone.enrol(&self.invite_at(person, url)).await.expect("an enrolment");
        phone
    }

    /// An invitation with the hub at this address.
    pub fn invite_at(&self, person: Id, url: &str) -> String {
        self.hub.invite(person, Some(url)).expect("an invitation").enrolment
    }

    /// The open flags with this code.
    pub fn flags(&self, code: &FlagCode) -> Vec<Flag> {
        let flags = self.hub.all::<Flag>().expect("the flags can be read");
        flags.into_iter().map(|(_, flag)| flag).filter(|flag| flag.open && flag.code == *code).collect()
    }

    /// Checks everything that the hub can check; fails with what does not hold.
    pub fn check(&self) {
        let report = self.hub.check(&mut |_| {}).expect("the check runs");
        assert!(report.ok(), "{:?}", report.findings);
    }
}

pub(crate) fn publish_form(hub: &Hub, form: &str) {
    let sha256 = hub.keep_media(form.as_bytes()).expect("the form is kept");
    let form = FormVersion {
        sha256,
        bytes: form.len() as u64,
        title: "Check".to_owned(),
        purpose: "service".to_owned(),
        active: true,
        ..FormVersion::default()
    };
    hub.save(&hub.system(), Id::derived("tests", &[b"form"]), &form).expect("the form is published");
}

/// A device.
pub struct Phone {
    folder: tempfile::TempDir,
    /// Its app; `None` while it is switched off.
    app: Option<App>,
    /// Its key.
    pub key: Arc<Lockable>,
    /// What seals its token.
    pub vault: Arc<LockableVault>,
}

impl Phone {
    /// A new device that is not enrolled; the seed makes its key.
    pub fn new(seed: u64) -> Phone {
        let folder = tempfile::tempdir().expect("a folder for the test");
        Phone::of(folder, seed)
    }

    fn of(folder: tempfile::TempDir, seed: u64) -> Phone {
        let key = Arc::new(Lockable::of(seed));
        let vault = Arc::new(LockableVault::beside(folder.path()));
        let app = Some(open(folder.path(), &key, &vault));
        Phone { folder, app, key, vault }
    }

    /// Its app.
    pub fn app(&self) -> &App {
        self.app.as_ref().expect("the device is switched on")
    }

    /// Where its store is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Switches it off and on again.
    pub fn restart(&mut self) {
        self.app = None;
        self.app = Some(open(self.folder.path(), &self.key, &self.vault));
    }

    /// A second device with a copy of this one's store, and with a key of its own: keys do not travel with backups.
    pub fn copied(&mut self, seed: u64) -> Phone {
        self.app = None;
        let folder = tempfile::tempdir().expect("a folder for the test");
        copy_folder(self.folder.path(), folder.path());
        self.app = Some(open(self.folder.path(), &self.key, &self.vault));
        Phone::of(folder, seed)
    }

    /// A copy of this device's store on another phone, as a backup or a thief takes it: neither its key nor its vault's.
    pub fn copied_without_keys(&self, seed: u64) -> Phone {
        self.app().flush().expect("the log is made durable");
        let folder = tempfile::tempdir().expect("a folder for the test");
        copy_folder(self.folder.path(), folder.path());
        std::fs::remove_file(folder.path().join("vault.key")).expect("the vault's key");
        Phone::of(folder, seed)
    }

    /// The same device in another folder, with the same key: what a test may lose.
    pub fn copied_as_it_is(&self) -> Phone {
        self.app().flush().expect("the log is made durable");
        let folder = tempfile::tempdir().expect("a folder for the test");
        copy_folder(self.folder.path(), folder.path());
        let vault = Arc::new(LockableVault::beside(folder.path()));
        let app = Some(open(folder.path(), &self.key, &vault));
        Phone { folder, app, key: Arc::clone(&self.key), vault }
    }

    /// Bends the way to the hub to another address, as a false name server does.
    pub fn set_address(&self, url: &str) {
        let database = rusqlite::Connection::open(self.folder.path().join("store.db")).expect("the store");
        let sql = "UPDATE setting SET value = json_set(value, '$.url', ?1) WHERE name = 'identity'";
        database.execute(sql, [url]).expect("the address is changed");
    }

    /// Redeems an invitation.
    pub async fn enrol(&self, string: &str) -> Result<(), EnrolProblem> {
        let string = string.parse().expect("an enrolment string");
        self.app().enrol(&string, "test device").await.map(|_| ())
    }

    /// Syncs and must get through.
    pub async fn sync(&self) -> SyncReport {
        let report = self.try_sync().await;
        assert_eq!(report.problem, None, "{}", report.detail);
        report
    }

    /// Syncs once without patience: the first failure of a lane ends it, as when a person puts the phone away.
    pub async fn try_sync(&self) -> SyncReport {
        self.sync_trying(1).await
    }

    /// Syncs with this many tries of a lane, a millisecond apart.
    pub async fn sync_trying(&self, tries: u32) -> SyncReport {
        self.sync_as(Settings { tries: Some(tries), ..Settings::once() }).await
    }

    /// Syncs over a network of this kind; must get through.
    pub async fn sync_over(&self, network: Network, over_metered: Option<FilesToSend>) -> SyncReport {
        let last_class = FilesToSend::over(network, over_metered).last_class();
        let report = self.sync_as(Settings { last_class, tries: Some(1), ..Settings::once() }).await;
        assert_eq!(report.problem, None, "{}", report.detail);
        report
    }

    async fn sync_as(&self, settings: Settings) -> SyncReport {
        let app = self.app();
        app.resume_attestations().expect("what waits for the key is looked at");
        let carrier = carrier_of(app.store(), &*app.surroundings()).await.expect("an enrolled device");
        let settings = Settings { first_wait_ms: 1, longest_wait_ms: 1, ..settings };
        sync_with(app.store(), Arc::new(carrier), app.surroundings(), settings, |_| {}).await
    }

    /// Answers the question with this last name.
    pub fn answer(&self, job: Id, question: &str, value: &str) -> Result<(), AppError> {
        self.app().answer(&job.to_string(), question, value, Provenance::Typed).map(|_| ())
    }

    /// Answers what the form requires.
    pub fn fill(&self, job: Id) {
        self.answer(job, "machine_runs", "yes").expect("an option of the form");
    }

    /// The value that the form shows.
    pub fn value(&self, job: Id, question: &str) -> String {
        let screen = self.app().form_screen(&job.to_string()).expect("the form opens").expect("the job has a form");
        let ending = format!("/{question}");
        let mut questions = screen.pages.into_iter().flat_map(|page| page.questions);
        questions.find(|row| row.id.ends_with(&ending)).expect("a question of the form").value
    }

    /// Photographs the machine as found.
    pub fn photograph(&self, job: Id, seed: u64) -> Digest {
        let bytes = sample_photo(seed, 320, 240, &SampleClaims::default());
        self.attach(job, &mut bytes.as_slice(), &format!("photo-{seed}.jpg"), Stage::Found)
    }

    /// Films the machine as left: so many bytes of picture and sound, made while they are read, so that they never stand
    /// in memory here.
    pub fn film(&self, job: Id, content: u32) -> Digest {
        let head = sample_video_head(&SampleVideo { content, ..SampleVideo::default() });
        let mut reader = Cursor::new(head).chain(std::io::repeat(0x55).take(content.into()));
        self.attach(job, &mut reader, "run.mp4", Stage::Left)
    }

    /// Keeps a file that was captured a moment ago, for no question.
    pub fn attach(&self, job: Id, reader: &mut dyn Read, name: &str, stage: Stage) -> Digest {
        let source = FileSource::Reader { reader, name: name.to_owned() };
        let origin = Origin::Captured { here: None };
        let request = CaptureRequest { job: job.to_string(), source, question: None, stage, origin };
        self.app().attach(request).expect("a file that is kept").sha256
    }

    /// Shows the pages and signs them.
    pub fn sign(&self, job: Id) -> Signed {
        self.try_sign(job).expect("a signature")
    }

    /// The same where it may be refused. The customer, where one is asked, accepts.
    pub fn try_sign(&self, job: Id) -> Result<Signed, AppError> {
        let shown = self.app().preview(&job.to_string())?;
        let request = SignRequest {
            name: "M. Lin".to_owned(),
            role: SignerRole::Customer,
            outcome: Outcome::Accepted,
            remarks: String::new(),
            satisfaction: Some(5),
            aspects: Default::default(),
            strokes: Some(sample_signature(1)),
            engineer_strokes: sample_signature(2),
            stamp: None,
            content_sha256: Some(shown.content_sha256),
        };
        self.app().sign(&job.to_string(), request)
    }

    /// Own commands that the hub does not durably have.
    pub fn pending(&self) -> u64 {
        self.app().outbox_screen().expect("the outbox can be read").pending
    }

    /// Kinds of what needs a person: `refused`, `unattested`, `fork`, `held`, …
    pub fn attention(&self) -> Vec<&'static str> {
        let screen = self.app().outbox_screen().expect("the outbox can be read");
        screen.attention.into_iter().map(|item| item.kind.word()).collect()
    }
}

fn open(folder: &Path, key: &Arc<Lockable>, vault: &Arc<LockableVault>) -> App {
    // A ballast per device of a test would fill the disk instead of keeping space on it.
    let store = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let key: Arc<dyn DeviceKey> = Arc::clone(key) as Arc<dyn DeviceKey>;
    let vault: Arc<dyn Vault> = Arc::clone(vault) as Arc<dyn Vault>;
    App::open(folder, AppOptions { store, key, vault, platform: Arc::new(SystemPlatform::new()) })
        .expect("the device opens")
}
