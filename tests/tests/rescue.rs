//! A rescue file: work that is only on a phone reaches the office although the phone never does.
#![cfg(test)]

use std::path::PathBuf;

use countersign_device::transfer::ExportTo;
use countersign_hub::safekeeping::{RECOVERY_FILE, read_recovery_key};
use countersign_hub::store::EntryState;
use countersign_model::entity::{Evidence, PartUse};
use countersign_model::recovery::DecryptionKey;
use countersign_tests::office::{Office, Phone};

fn recovery_key(office: &Office) -> DecryptionKey {
    read_recovery_key(&office.folder().join(RECOVERY_FILE)).unwrap()
}

/// A phone with an answer, a part and a photo that the office does not have, and the folder for its file.
async fn unsent(office: &Office) -> (Phone, countersign_hub::service::Planned, tempfile::TempDir, PathBuf) {
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    phone.answer(planned.job, "hours", "4711").unwrap();
    phone.app().use_part(&planned.job.to_string(), "SEAL-0042", "1", "").unwrap();
    phone.photograph(planned.job, 3);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("work.rescue");
    (phone, planned, folder, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_opens_it_with_the_recovery_key_and_taking_it_twice_takes_it_once() {
    let office = Office::open().await;
    let (phone, planned, _folder, file) = unsent(&office).await;
    let exported = phone.app().export(&file, &ExportTo::Office).unwrap();
    assert!(exported.signed && exported.media >= 2, "{exported:?}");
    let taken = office.hub.rescue(&file, &recovery_key(&office)).unwrap();
    assert_eq!(taken.new_commands, 3);
    assert_eq!((taken.person.as_str(), taken.quarantined), ("Ana Ruiz", 0));
    assert_eq!(taken.new_media, u64::try_from(exported.media).unwrap());
    assert_eq!(office.hub.children::<PartUse>(planned.visit).unwrap().len(), 1);
    let evidence = office.hub.children::<Evidence>(planned.visit).unwrap();
    assert!(office.hub.holds(evidence[0].1.sha256).unwrap(), "the photo is at the office");
    let again = office.hub.rescue(&file, &recovery_key(&office)).unwrap();
    assert_eq!((again.new_commands, again.new_media, again.commands), (0, 0, 3));
    // The phone was found again: nothing happens twice, and it hears that everything is safe.
    phone.sync().await;
    assert_eq!(phone.pending(), 0);
    let counts = phone.app().store().read(|rows| rows.counts()).unwrap();
    assert!(!counts.unique_on_this_device(), "{counts:?}");
    assert_eq!(office.hub.children::<PartUse>(planned.visit).unwrap().len(), 1);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_carries_it_unread_and_the_hub_opens_it() {
    let office = Office::open().await;
    let (phone, planned, _folder, file) = unsent(&office).await;
    phone.app().export(&file, &ExportTo::Office).unwrap();
    let colleague = office.phone(office.ben, 2).await;
    let imported = colleague.app().import(&file).unwrap();
    assert!(imported.sealed);
    assert_eq!(imported.commands, 3);
    colleague.sync().await;
    assert_eq!(office.hub.children::<PartUse>(planned.visit).unwrap().len(), 1);
    assert_eq!(office.hub.children::<Evidence>(planned.visit).unwrap().len(), 1);
    colleague.app().import(&file).unwrap();
    colleague.sync().await;
    phone.sync().await;
    assert_eq!(office.hub.children::<PartUse>(planned.visit).unwrap().len(), 1);
    assert_eq!(phone.pending(), 0);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_device_did_not_sign_waits_for_a_person() {
    let office = Office::open().await;
    let (phone, planned, _folder, file) = unsent(&office).await;
    phone.key.lock(true);
    assert!(!phone.app().export(&file, &ExportTo::Office).unwrap().signed);
    let taken = office.hub.rescue(&file, &recovery_key(&office)).unwrap();
    assert_eq!((taken.new_commands, taken.quarantined), (3, 3));
    assert!(office.hub.children::<PartUse>(planned.visit).unwrap().is_empty());
    // The device itself is the best confirmation.
    phone.key.lock(false);
    phone.sync().await;
    assert_eq!(office.hub.children::<PartUse>(planned.visit).unwrap().len(), 1);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_bring_of_a_revoked_device_waits_for_a_person() {
    let office = Office::open().await;
    let (phone, planned, _folder, file) = unsent(&office).await;
    phone.app().export(&file, &ExportTo::Office).unwrap();
    let device = phone.app().store().identity().unwrap().unwrap().device;
    office.hub.revoke(&office.manager(), device, "stolen").unwrap();
    let taken = office.hub.rescue(&file, &recovery_key(&office)).unwrap();
    assert_eq!(taken.quarantined, 3);
    assert!(office.hub.children::<PartUse>(planned.visit).unwrap().is_empty());
    let held = office.hub.read(|read| Ok(read.entries(None, 500)?)).unwrap();
    let held: Vec<_> = held.into_iter().filter(|entry| entry.state == EntryState::Quarantined).collect();
    office.hub.confirm_quarantined(&held.iter().map(|entry| entry.command.id).collect::<Vec<_>>()).unwrap();
    assert_eq!(office.hub.children::<PartUse>(planned.visit).unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_key_or_file_says_what_to_do() {
    let office = Office::open().await;
    let (phone, planned, folder, file) = unsent(&office).await;
    phone.app().export(&file, &ExportTo::Office).unwrap();
    let key = recovery_key(&office);
    let wrong = DecryptionKey::from_bytes([7; 32]);
    let refused = office.hub.rescue(&file, &wrong).unwrap_err().to_string();
    assert!(refused.contains("another key"), "{refused}");
    let whole = std::fs::read(&file).unwrap();
    let damaged = folder.path().join("damaged");
    for at in [whole.len() - 1, whole.len() / 2, 40] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&damaged, &bytes).unwrap();
        let refused = office.hub.rescue(&damaged, &key).unwrap_err().to_string();
        assert!(refused.contains("copy it again"), "byte {at}: {refused}");
    }
    std::fs::write(&damaged, &whole[..whole.len() - 9]).unwrap();
    assert!(office.hub.rescue(&damaged, &key).unwrap_err().to_string().contains("cut off"));
    assert!(office.hub.rescue(&folder.path().join("nowhere"), &key).is_err());
    let refused = read_recovery_key(&file).unwrap_err().to_string();
    assert!(
        refused.contains("recovery.key") || refused.contains("valid UTF-8") || refused.contains("hub init"),
        "{refused}"
    );
    assert!(office.hub.children::<PartUse>(planned.visit).unwrap().is_empty(), "nothing was kept of any of them");
    let other = Office::open().await;
    let refused = other.hub.rescue(&file, &key).unwrap_err().to_string();
    assert!(refused.contains("not from a device of this company"), "{refused}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_private_half_lies_in_one_file_that_nobody_else_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::open().await;
    let path = office.folder().join(RECOVERY_FILE);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let secret = recovery_key(&office);
    let public = office.hub.recovery_keys().unwrap().unwrap();
    assert_eq!(countersign_documents::public_half(&secret), public.recovery);
    std::fs::remove_file(&path).unwrap();
    let text = secret.secret_text();
    for folder in [office.folder(), office.folder().join("keys")] {
        for entry in std::fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            let bytes = std::fs::read(entry.path()).unwrap();
            assert!(!bytes.windows(64).any(|window| text.as_bytes().windows(64).any(|part| part == window)));
        }
    }
    assert!(office.hub.make_recovery_key().is_err(), "a second one would leave older files unopened");
}
