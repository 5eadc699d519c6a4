//! Devices that enrolled after the backup from which a hub was restored, where the journal is lost as well.
#![cfg(test)]

use countersign_device::sync::failure::Problem;
use countersign_hub::Hub;
use countersign_hub::service::Planned;
use countersign_hub::store::EntryState;
use countersign_model::entity::{Device, DeviceState, Evidence, PartUse, Person, Role};
use countersign_model::{Digest, Id};
use countersign_tests::office::{Office, Phone};
use countersign_tests::safe::Safe;

fn identity(phone: &Phone) -> countersign_device::store::Identity {
    phone.app().store().identity().unwrap().unwrap()
}

/// The digest of the device's token.
fn token(phone: &Phone) -> Digest {
    phone.app().store().sealed_token().unwrap().unwrap().sha256
}

fn state(hub: &Hub, device: Id) -> Option<DeviceState> {
    hub.get::<Device>(device).unwrap().map(|(_, device)| device.state)
}

fn parts(hub: &Hub, visit: Id) -> usize {
    hub.children::<PartUse>(visit).unwrap().len()
}

/// The office as the backup has it, without its journal.
async fn set_back(office: &mut Office, safe: &Safe, name: &str) {
    office.stop().await;
    let options = safe.options(name, None);
    safe.restore(&options);
    office.replace(&options.into).await;
}

/// Ben's device enrolled after the backup and has a part and a photo for a job that the backup knows, not sent yet.
struct Scene {
    office: Office,
    safe: Safe,
    planned: Planned,
    ben: Phone,
    photo: Digest,
}

impl Scene {
    async fn new() -> Scene {
        let office = Office::open().await;
        let safe = Safe::of(&office);
        let planned = office.job(office.ana, &[office.ben]);
        safe.backup(&office, false);
        let ben = office.phone(office.ben, 2).await;
        ben.sync().await;
        ben.app().use_part(&planned.job.to_string(), "SEAL-0042", "1", "").unwrap();
        let photo = ben.photograph(planned.job, 3);
        Scene { office, safe, planned, ben, photo }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_enrolled_after_the_backup_comes_back_as_it_was_once_it_is_confirmed() {
    let Scene { mut office, safe, planned, ben, .. } = Scene::new().await;
    let job = planned.job.to_string();
    ben.sync().await;
    // Without network, and with an office that knows nothing of this device when there is one again.
    ben.app().use_part(&job, "SEAL-0043", "2", "").unwrap();
    ben.photograph(planned.job, 4);
    let (before, known) = (identity(&ben), token(&ben));
    set_back(&mut office, &safe, "restored").await;
    assert_eq!(state(&office.hub, before.device), None);

    assert_eq!(ben.try_sync().await.problem, Some(Problem::Unconfirmed));
    assert_eq!(state(&office.hub, before.device), Some(DeviceState::Unconfirmed));
    assert_eq!(parts(&office.hub, planned.visit), 0, "nothing has an effect yet");
    let held = office.hub.read(|read| Ok(read.entries_in(&EntryState::Quarantined, 0, 100)?)).unwrap();
    let kinds: Vec<&str> = held.iter().map(|entry| entry.command.kind.as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "part.use").count(), 2, "{kinds:?}");
    assert_eq!(kinds.iter().filter(|kind| **kind == "evidence.attach").count(), 2, "{kinds:?}");
    assert_eq!(ben.app().status_screen().unwrap().problem.as_deref(), Some("unconfirmed"));
    assert!(ben.app().job_screen(&job).unwrap().parts.len() == 2, "the device goes on as it was");

    // Saved while it waits: that arrives as well.
    ben.app().use_part(&job, "SEAL-0044", "3", "").unwrap();
    assert_eq!(ben.try_sync().await.problem, Some(Problem::Unconfirmed));
    let missing = office.hub.confirm_device(&office.manager(), before.device, "");
    assert!(missing.is_err(), "a reason is asked for");
    office.hub.confirm_device(&office.manager(), before.device, "Ben read the code out").unwrap();
    assert_eq!(parts(&office.hub, planned.visit), 3);
    for _ in 0..2 {
        ben.sync_trying(3).await;
    }
    ben.sync().await;
    assert_eq!(state(&office.hub, before.device), Some(DeviceState::Active));
    let after = identity(&ben);
    assert_eq!((after.device, &after.code, token(&ben)), (before.device, &before.code, known));
    assert_eq!((ben.pending(), ben.attention()), (0, Vec::<&str>::new()));
    assert_eq!(parts(&office.hub, planned.visit), 3, "each once");
    let evidence = office.hub.children::<Evidence>(planned.visit).unwrap();
    assert_eq!(evidence.len(), 2);
    for (_, photo) in &evidence {
        assert!(office.hub.holds(photo.sha256).unwrap(), "its bytes came again");
    }
    assert!(!ben.app().store().read(|rows| rows.counts()).unwrap().unique_on_this_device());
    assert_eq!(ben.app().status_screen().unwrap().problem, None);
    office.check();

    // The journal knows the device from now on: a second restore with it needs no person.
    let journal = office.hub.journal_path().unwrap();
    office.stop().await;
    let options = safe.options("again", Some(journal));
    safe.restore(&options);
    office.replace(&options.into).await;
    assert_eq!(state(&office.hub, before.device), Some(DeviceState::Active));
    ben.sync_trying(3).await;
    ben.sync().await;
    assert_eq!(parts(&office.hub, planned.visit), 3);
}

/// Nothing new shows the device that the office lost its work: being unknown there says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_saved_nothing_since_brings_back_what_the_office_lost() {
    let Scene { mut office, safe, planned, ben, photo } = Scene::new().await;
    ben.sync().await;
    assert!(ben.pending() == 0 && office.hub.holds(photo).unwrap());
    set_back(&mut office, &safe, "restored").await;
    assert!(!office.hub.holds(photo).unwrap());

    assert_eq!(ben.try_sync().await.problem, Some(Problem::Unconfirmed));
    let held = office.hub.read(|read| Ok(read.entries_in(&EntryState::Quarantined, 0, 100)?)).unwrap();
    let kinds: Vec<&str> = held.iter().map(|entry| entry.command.kind.as_str()).collect();
    assert_eq!(kinds, ["part.use", "evidence.attach"]);
    assert!(office.hub.holds(photo).unwrap(), "its bytes came again");
    let counts = ben.app().store().read(|rows| rows.counts()).unwrap();
    assert!(!counts.unique_on_this_device() && ben.pending() == 0, "{counts:?}");
    // Once is enough: it asks every now and then and sends nothing twice.
    let again = ben.try_sync().await;
    assert_eq!((again.pushed, again.media_bytes), (0, 0), "{again:?}");
    office.hub.confirm_device(&office.manager(), identity(&ben).device, "Ben read the code out").unwrap();
    ben.sync_trying(3).await;
    ben.sync().await;
    assert_eq!((parts(&office.hub, planned.visit), ben.pending()), (1, 0));
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_the_backup_does_not_know_comes_back_with_their_device() {
    let mut office = Office::open().await;
    let safe = Safe::of(&office);
    safe.backup(&office, false);
    let system = office.hub.system();
    let cleo = office
        .hub
        .add_person(&system, "Cleo Adeyemi", &[Role::Engineer], countersign_model::Language::English)
        .unwrap();
    let phone = office.phone(cleo, 5).await;
    phone.sync().await;
    set_back(&mut office, &safe, "restored").await;
    assert_eq!(phone.try_sync().await.problem, Some(Problem::Unconfirmed));
    let device = identity(&phone).device;
    office.hub.confirm_device(&office.manager(), device, "a new colleague").unwrap();
    let (_, person) = office.hub.get::<Person>(cleo).unwrap().unwrap();
    assert_eq!((person.name.as_str(), person.roles.as_slice()), ("Cleo Adeyemi", [Role::Engineer].as_slice()));
    phone.sync_trying(3).await;
    phone.sync().await;
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_turned_down_is_told_and_what_it_sent_is_kept_without_effect() {
    let Scene { mut office, safe, planned, ben, photo } = Scene::new().await;
    set_back(&mut office, &safe, "restored").await;
    for _ in 0..2 {
        assert_eq!(ben.try_sync().await.problem, Some(Problem::Unconfirmed));
    }
    let device = identity(&ben).device;
    office.hub.turn_down_device(&office.manager(), device, "found in a bin").unwrap();
    assert_eq!(ben.try_sync().await.problem, Some(Problem::Revoked));
    assert_eq!(state(&office.hub, device), Some(DeviceState::Revoked));
    assert!(office.hub.confirm_device(&office.manager(), device, "after all").is_err(), "what is revoked stays so");
    assert_eq!(parts(&office.hub, planned.visit), 0);
    assert!(office.hub.holds(photo).unwrap(), "the bytes are kept");
    let kept = office.hub.read(|read| Ok(read.entries(None, 1_000)?)).unwrap();
    let of_device = |entry: &&countersign_hub::store::Entry| entry.origin.device().is_some_and(|(id, _)| id == device);
    let kept: Vec<_> = kept.iter().filter(of_device).collect();
    assert!(kept.iter().any(|entry| entry.command.kind == "part.use" && entry.closed), "{kept:?}");
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_device_itself_introduces_itself_and_a_revoked_one_does_not_come_back() {
    let office = Office::open().await;
    let ben = office.phone(office.ben, 2).await;
    ben.sync().await;
    let identity = identity(&ben);
    use countersign_device::app::DeviceKey as _;
    use countersign_model::trust::Introduction;
    let introduction = |token: Digest| Introduction {
        credential: identity.credential.clone(),
        name: String::new(),
        token,
        signature: {
            let statement = Introduction::statement(office.hub.tenant(), identity.device, token).unwrap();
            ben.key.sign(&statement).unwrap_or_default()
        },
    };
    let own = token(&ben);
    assert!(!office.hub.introduce(&introduction(own)).unwrap().unconfirmed, "known is known");
    assert!(office.hub.introduce(&introduction(Digest::of(b"another"))).is_err(), "a token is not exchanged");
    let stolen = Introduction { signature: "0".repeat(128), ..introduction(own) };
    assert!(office.hub.introduce(&stolen).is_err(), "a credential alone is printed in every document");
    office.hub.revoke(&office.manager(), identity.device, "lost").unwrap();
    assert!(!office.hub.introduce(&introduction(own)).unwrap().unconfirmed);
    assert_eq!(ben.try_sync().await.problem, Some(Problem::Revoked));
}
