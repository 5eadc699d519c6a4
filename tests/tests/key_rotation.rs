//! A new tenant key, and another recovery key: devices follow at their next sync, and what the earlier keys signed stays
//! good.
#![cfg(test)]

use std::fs;
use std::sync::Barrier;

use countersign_device::store::Identity;
use countersign_device::transfer::ExportTo;
use countersign_documents::{Issuer, verify};
use countersign_hub::safekeeping::{RECOVERY_FILE, read_recovery_key};
use countersign_hub::{Hub, HubError};
use countersign_model::Digest;
use countersign_model::entity::Evidence;
use countersign_model::trust::{PrivateKey, TenantKey};
use countersign_tests::office::{Office, Phone};
use countersign_tests::safe::Safe;

fn identity(phone: &Phone) -> Identity {
    phone.app().store().identity().unwrap().unwrap()
}

fn trusted(pdf: &[u8], fingerprint: Digest) -> bool {
    let verdict = verify(pdf, Some(fingerprint));
    verdict.ok && verdict.issuer == Issuer::Trusted
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_follow_at_their_next_sync_and_earlier_documents_stay_good() {
    let office = Office::open().await;
    let (first, second) = (office.job(office.ana, &[]), office.job(office.ana, &[]));
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    ana.fill(first.job);
    let before = fs::read(ana.sign(first.job).pdf.unwrap()).unwrap();
    ana.sync().await;
    let invited = office.invite_at(office.ben, &office.url());

    // By another process in the hub's folder, while this one serves.
    let rotated = Hub::open(&office.folder()).unwrap().rotate().unwrap();
    assert_eq!((rotated.number, office.hub.fingerprint()), (1, rotated.fingerprint));
    // A receipt by the new key is understood by a device that knows the old one only.
    ana.photograph(second.job, 3);
    ana.sync().await;
    let known = identity(&ana);
    assert_eq!(known.chain.keys.len(), 2);
    assert_eq!(known.credential.key_number, 0, "nobody enrols again");
    let evidence = office.hub.children::<Evidence>(second.visit).unwrap();
    assert!(office.hub.holds(evidence[0].1.sha256).unwrap());
    assert!(!ana.app().store().read(|rows| rows.counts()).unwrap().unique_on_this_device());

    ana.fill(second.job);
    let after = fs::read(ana.sign(second.job).pdf.unwrap()).unwrap();
    for _ in 0..2 {
        ana.sync().await;
    }
    assert!(trusted(&before, rotated.before) && verify(&before, None).ok);
    assert!(trusted(&after, rotated.before) && trusted(&after, rotated.fingerprint));
    // An invitation from before the rotation, and one from after it.
    let ben = Phone::new(7);
    ben.enrol(&invited).await.unwrap();
    ben.sync().await;
    assert_eq!(identity(&ben).credential.key_number, 1);
    office.phone(office.mia, 9).await.sync().await;
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_was_away_for_two_rotations_follows_both_and_believes_no_other_chain() {
    let office = Office::open().await;
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    office.hub.rotate().unwrap();
    office.hub.rotate().unwrap();
    ana.sync().await;
    let known = identity(&ana);
    assert_eq!(known.chain, office.hub.chain().unwrap());
    let real = office.hub.trust().unwrap();
    // Somebody puts a key of their own behind the newest, or shows an older chain.
    let thief = PrivateKey::from_bytes(&[9; 32]).unwrap();
    let mut forged = real.clone();
    forged.chain.keys.push(TenantKey::next(forged.chain.tenant, 3, &thief, &thief).unwrap());
    let mut older = real.clone();
    older.chain.keys.pop();
    for trust in [forged, older] {
        assert!(ana.app().store().follow_keys(&trust).is_err());
    }
    assert_eq!(identity(&ana), known);
    assert!(!ana.app().store().follow_keys(&real).unwrap(), "nothing is new");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_rotations_at_once_each_is_whole_or_refused() {
    let office = Office::open().await;
    let ana = office.phone(office.ana, 1).await;
    let gate = Barrier::new(4);
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let hub = Hub::open(&office.folder()).unwrap();
                    gate.wait();
                    hub.rotate()
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let refused = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(HubError::Input(why)) if why.contains("another rotation")));
    assert_eq!(done + refused.count(), 4, "{outcomes:?}");
    assert!(done >= 1);
    let chain = office.hub.chain().unwrap();
    assert_eq!((chain.keys.len(), chain.check().is_ok()), (done + 1, true));
    ana.sync().await;
    Hub::open(&office.folder()).unwrap();
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_stopped_half_way_leaves_the_key_before_and_is_begun_anew() {
    let mut office = Office::open().await;
    let before = office.hub.fingerprint();
    // Stopped after the key's file was written, before the chain named it.
    let left = office.folder().join("keys").join("tenant-1.key");
    fs::write(&left, "half").unwrap();
    office.restart().await;
    assert_eq!(office.hub.fingerprint(), before);
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    let rotated = office.hub.rotate().unwrap();
    assert_eq!(rotated.before, before);
    office.restart().await;
    assert_eq!(office.hub.fingerprint(), rotated.fingerprint);
    ana.sync().await;
    assert_eq!(identity(&ana).chain.keys.len(), 2);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_after_the_backup_comes_back_from_the_journal() {
    let mut office = Office::open().await;
    let safe = Safe::of(&office);
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    safe.backup(&office, false);
    let rotated = office.hub.rotate().unwrap();
    ana.sync().await;
    let ben = office.phone(office.ben, 2).await;
    ben.sync().await;
    let journal = office.folder().join("journal.log");
    office.stop().await;
    let options = safe.options("restored", Some(journal.clone()));
    let restored = safe.restore(&options);
    assert_eq!(restored.by_hand, Vec::<String>::new());
    office.replace(&options.into).await;
    assert_eq!(office.hub.fingerprint(), rotated.fingerprint);
    for phone in [&ana, &ben] {
        phone.sync_trying(3).await;
        phone.sync().await;
        assert_eq!(identity(phone).chain, office.hub.chain().unwrap());
    }
    office.check();
    // A backup after the rotation needs no journal for it.
    office.hub.rotate().unwrap();
    safe.backup(&office, true);
    office.stop().await;
    let options = safe.options("newer", None);
    safe.restore(&options);
    assert_eq!(Hub::open(&options.into).unwrap().chain().unwrap().keys.len(), 3);
    // A journal with a rotation that nobody signed is no journal.
    let text = fs::read_to_string(&journal).unwrap();
    let forged = safe.path().join("forged");
    fs::write(&forged, text.replacen("signature_back", "signature_bacc", 1)).unwrap();
    let options = safe.options("forged hub", Some(forged));
    let why = Hub::restore(&options, &mut |_, _, _| {}).unwrap_err().to_string();
    assert!(why.contains("is damaged or not by this company"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_learn_another_recovery_key_at_sync_and_never_go_back_to_the_one_before() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    let first = identity(&ana).recovery.unwrap();
    let path = office.folder().join(RECOVERY_FILE);
    let old = read_recovery_key(&path).unwrap();
    let refused = office.hub.renew_recovery_key().unwrap_err().to_string();
    assert!(refused.contains("move it to a safe place first"), "{refused}");
    fs::remove_file(&path).unwrap();
    office.hub.renew_recovery_key().unwrap();
    let new = read_recovery_key(&path).unwrap();
    ana.sync().await;
    let learnt = identity(&ana).recovery.unwrap();
    assert_ne!(learnt.recovery, first.recovery);
    assert_eq!(Some(&learnt), office.hub.recovery_keys().unwrap().as_ref());
    // The rescue file is encrypted to the new one alone.
    ana.app().use_part(&planned.job.to_string(), "SEAL-0042", "1", "").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("work.rescue");
    ana.app().export(&file, &ExportTo::Office).unwrap();
    assert!(office.hub.rescue(&file, &old).is_err());
    assert_eq!(office.hub.rescue(&file, &new).unwrap().new_commands, 1);
    // An older statement of the same office, and one by a stranger, change nothing.
    let real = office.hub.trust().unwrap();
    let mut stale = real.clone();
    stale.recovery = Some(first);
    assert!(!ana.app().store().follow_keys(&stale).unwrap());
    let mut forged = real;
    let stranger = PrivateKey::from_bytes(&[9; 32]).unwrap();
    let mut keys = learnt.clone();
    keys.issued += 1_000;
    forged.recovery = Some(keys.signed(&stranger).unwrap());
    assert!(ana.app().store().follow_keys(&forged).is_err());
    assert_eq!(identity(&ana).recovery, Some(learnt));
    office.check();
}
