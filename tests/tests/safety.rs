//! "Everything here is safe at the office": when a device says so, and when a job may leave it.
#![cfg(test)]

use std::sync::{Arc, Mutex};

use countersign_device::app::{App, AppOptions, DeviceKey, KeyLocked, SoftwareKey, SoftwareVault, SystemPlatform};
use countersign_device::store::OpenOptions;
use countersign_hub::{Caller, RawPush};
use countersign_model::entity::Answer;
use countersign_model::record::Scope;
use countersign_model::seeded;
use countersign_model::trust::PublicKey;
use countersign_model::wire::Push;
use countersign_tests::office::{Lockable, Office};

/// Pages are shown, something changes, they are shown again and signed: the first ones are nobody's, are never sent, and
/// keep neither the device from being safe nor the job from leaving it.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_nobody_signed_are_not_only_here() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.app().preview(&planned.job.to_string()).unwrap();
    ana.answer(planned.job, "hours", "5").unwrap();
    let status = ana.app().status_screen().unwrap();
    assert_eq!((status.unconfirmed_media, status.unique_on_this_device), (0, true), "the answers are only here");
    ana.sync().await;
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
    // Given away before it was signed, the job leaves the device although pages of it were shown there.
    office.hub.reassign_visit(&office.manager(), planned.visit, office.ben).unwrap();
    ana.sync().await;
    assert!(!ana.app().store().read(|rows| rows.is_ready(&Scope::job(planned.job))).unwrap());
    assert!(ana.app().job_screen(&planned.job.to_string()).is_err(), "the job has left");
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
}

/// Signed pages are sent, and only a receipt makes them safe.
#[tokio::test(flavor = "multi_thread")]
async fn signed_pages_are_only_here_until_the_hub_gave_its_receipt() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.sign(planned.job);
    let status = ana.app().status_screen().unwrap();
    assert!(status.unconfirmed_media >= 2, "pages and paper: {status:?}");
    ana.sync().await;
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
}

/// The key's file was lost or restored wrong: nothing is signed by a key that the office does not know.
#[tokio::test(flavor = "multi_thread")]
async fn another_key_signs_nothing_and_the_right_one_catches_up() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    let open = |key: Arc<dyn DeviceKey>| {
        let store = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
        let vault = Arc::new(SoftwareVault::beside(ana.folder()));
        App::open(ana.folder(), AppOptions { store, key, vault, platform: Arc::new(SystemPlatform::new()) }).unwrap()
    };
    let other = open(Arc::new(SoftwareKey::from_bytes(&[77; 32]).unwrap()));
    ana.key.lock(true);
    let sealed = ana.sign(planned.job).sealed;
    assert_eq!(other.resume_attestations().unwrap(), 0);
    assert_eq!(other.paper(sealed).unwrap(), None);
    ana.key.lock(false);
    assert_eq!(ana.app().resume_attestations().unwrap(), 1);
    ana.sync().await;
    assert!(ana.attention().is_empty());
    office.check();
}

/// A key at whose first use another program on the same store vouches for everything that waits.
struct Overtaken {
    key: Arc<Lockable>,
    other: Mutex<Option<App>>,
}

impl DeviceKey for Overtaken {
    fn public(&self) -> PublicKey {
        self.key.public()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        let other = self.other.lock().unwrap().take();
        if let Some(other) = other {
            assert_eq!(other.resume_attestations().unwrap(), 1);
        }
        self.key.sign(statement)
    }
}

/// `device sign` in one terminal, `device status` in another: both find a document that waits for the key.
#[tokio::test(flavor = "multi_thread")]
async fn two_programs_on_one_store_vouch_for_a_document_once() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.key.lock(true);
    let sealed = ana.sign(planned.job).sealed;
    let key = Arc::new(Overtaken { key: Arc::clone(&ana.key), other: Mutex::new(None) });
    let store = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let vault = Arc::new(SoftwareVault::beside(ana.folder()));
    let options = AppOptions { store, key: key.clone(), vault, platform: Arc::new(SystemPlatform::new()) };
    let second = App::open(ana.folder(), options).unwrap();
    ana.key.lock(false);
    *key.other.lock().unwrap() = Some(ana.app().clone());
    assert_eq!(second.resume_attestations().unwrap(), 1, "it is vouched for, by whomever");
    let commands = ana.app().store().read(|rows| rows.own_commands(&["pending"])).unwrap();
    let vouched = commands.iter().filter(|row| row.command.kind == "document.attest").count();
    assert_eq!(vouched, 1);
    ana.sync().await;
    assert!(ana.app().paper(sealed).unwrap().is_some() && ana.attention().is_empty());
    office.check();
}

/// A rule stops in its middle on one command (a mistake that nobody has made yet): it is refused, visibly, its job and all
/// others go on, and the hub's books are whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_on_which_a_rule_stops_is_refused_visibly_and_holds_up_nobody() {
    let office = Office::open().await;
    let jobs = [office.job(office.ana, &[]), office.job(office.ana, &[])];
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.answer(jobs[0].job, "hours", "1").unwrap();
    ana.answer(jobs[0].job, "machine_runs", "yes").unwrap();
    ana.answer(jobs[1].job, "hours", "2").unwrap();
    let envelopes = ana.app().store().next_push(9, 1 << 20).unwrap().unwrap().envelopes;
    let device = ana.app().store().identity().unwrap().unwrap().device;
    let caller = Caller { device, person: office.ana, revoked: None, left: false, unconfirmed: false };
    seeded::poison(Some(envelopes[0].command.id));
    let pushed = office.hub.receive(&caller, RawPush::from(&Push { envelopes, signature: None })).unwrap();
    seeded::poison(None);
    assert_eq!(pushed.stored, 3);
    let answers = office.hub.all::<Answer>().unwrap();
    let mut taken: Vec<_> = answers.iter().map(|(_, answer)| answer.current.value.as_deref().unwrap()).collect();
    taken.sort_unstable();
    assert_eq!(taken, ["2", "yes"], "the others have their effect");
    ana.sync().await;
    assert_eq!(ana.attention(), ["refused"]);
    assert_eq!(ana.pending(), 0);
    office.check();
}
