//! Backups and restoring: the hub of an older backup, and devices that know more than it does.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use countersign_hub::safekeeping::{BackupOptions, KEPT_BACKUPS, RestoreOptions, Restored};
use countersign_hub::{Hub, HubError};
use countersign_model::Id;
use countersign_model::entity::{Device, DeviceState, Document, Evidence, FlagCode, PartUse};
use countersign_model::recovery::DecryptionKey;
use countersign_tests::disk::SmallDisk;
use countersign_tests::office::Office;
use countersign_tests::safe::Safe;

fn refused(outcome: Result<impl Sized, HubError>) -> String {
    match outcome {
        Ok(_) => panic!("it was taken"),
        Err(error) => error.to_string(),
    }
}

fn restored_at(options: &RestoreOptions) -> Result<Restored, HubError> {
    Hub::restore(options, &mut |_, _, _| {})
}

fn parts(hub: &Hub, visit: Id) -> usize {
    hub.children::<PartUse>(visit).unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_restored_from_an_older_backup_gets_everything_again_and_each_command_once() {
    let mut office = Office::open().await;
    let safe = Safe::of(&office);
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = (office.phone(office.ana, 1).await, office.phone(office.ben, 2).await);
    for phone in [&ana, &ben] {
        phone.sync().await;
    }
    let job = planned.job.to_string();
    ana.app().use_part(&job, "SEAL-0042", "1", "").unwrap();
    ana.photograph(planned.job, 3);
    ana.sync().await;
    safe.backup(&office, false);
    // After the backup: more parts of both, a photo, a signed document, and all of it is safe at the office.
    ana.app().use_part(&job, "SEAL-0043", "2", "").unwrap();
    ben.app().use_part(&job, "SEAL-0044", "3", "").unwrap();
    ben.sync().await;
    // And something that is not at the office yet.
    ben.app().use_part(&job, "SEAL-0045", "4", "").unwrap();
    ana.photograph(planned.job, 4);
    ana.fill(planned.job);
    let signed = ana.sign(planned.job);
    for _ in 0..2 {
        ana.sync().await;
    }
    assert_eq!((parts(&office.hub, planned.visit), ana.pending(), ben.pending()), (3, 0, 1));
    office.stop().await;
    let options = safe.options("restored", Some(office.folder().join("journal.log")));
    let restored = safe.restore(&options);
    let epoch = office.hub.epoch().to_owned();
    office.replace(&options.into).await;
    assert_ne!(office.hub.epoch(), epoch);
    assert_eq!(office.hub.epoch(), restored.epoch);
    assert_eq!(parts(&office.hub, planned.visit), 1, "the backup is older");
    // The first sync learns of the new epoch, the second is at rest.
    for phone in [&ana, &ben, &ana, &ben, &ana] {
        phone.sync_trying(3).await;
    }
    for phone in [&ana, &ben] {
        let report = phone.sync().await;
        assert_eq!(report.problem, None);
        assert_eq!((phone.pending(), phone.attention()), (0, Vec::<&str>::new()));
        let counts = phone.app().store().read(|rows| rows.counts()).unwrap();
        assert!(!counts.unique_on_this_device(), "{counts:?}");
        let screen = phone.app().job_screen(&job).unwrap();
        assert_eq!(screen.parts.len(), 4, "base and office are the same");
        assert_eq!(screen.documents.len(), 1);
    }
    assert_eq!(parts(&office.hub, planned.visit), 4, "each once");
    let evidence = office.hub.children::<Evidence>(planned.visit).unwrap();
    assert_eq!(evidence.len(), 2);
    for (_, photo) in &evidence {
        assert!(office.hub.holds(photo.sha256).unwrap(), "its bytes came again");
    }
    let documents = office.hub.children::<Document>(planned.visit).unwrap();
    assert_eq!(documents.iter().map(|(_, document)| document.sealed_sha256).collect::<Vec<_>>(), [signed.sealed]);
    assert_eq!(office.flags(&FlagCode::HubRestored).len(), 1, "people see that it was restored");
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_keeps_revocations_enrolments_and_numbers_of_the_time_after_the_backup() {
    let mut office = Office::open().await;
    let safe = Safe::of(&office);
    let stolen = office.phone(office.ben, 1).await;
    stolen.sync().await;
    let device = stolen.app().store().identity().unwrap().unwrap().device;
    office.job(office.ana, &[]);
    safe.backup(&office, false);
    office.hub.revoke(&office.manager(), device, "stolen").unwrap();
    let number = office.job(office.ana, &[]).number;
    let late = office.phone(office.ana, 2).await;
    late.sync().await;
    let late_device = late.app().store().identity().unwrap().unwrap();
    let elsewhere = safe.path().join("journal");
    office.hub.move_journal(&elsewhere).unwrap();
    office.stop().await;
    let options = safe.options("restored", Some(elsewhere));
    let restored = safe.restore(&options);
    assert!(restored.replayed.unwrap() >= 3, "{restored:?}");
    assert_eq!((restored.by_hand.len(), restored.prefix), (0, None));
    office.replace(&options.into).await;
    let (_, body) = office.hub.get::<Device>(device).unwrap().unwrap();
    assert_eq!(body.state, DeviceState::Revoked);
    assert_eq!(stolen.try_sync().await.problem.map(|problem| format!("{problem:?}")), Some("Revoked".to_owned()));
    let (_, known) = office.hub.get::<Device>(late_device.device).unwrap().unwrap();
    assert_eq!(known.code, late_device.code, "a device that enrolled after the backup goes on as it was");
    late.sync_trying(3).await;
    late.sync().await;
    let next = office.job(office.ana, &[]).number;
    assert!(next > number, "{next} after {number}");
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_journal_new_numbers_and_codes_get_letters_of_their_own() {
    let mut office = Office::open().await;
    let safe = Safe::of(&office);
    office.job(office.ana, &[]);
    safe.backup(&office, false);
    let given = office.job(office.ana, &[]).number;
    office.stop().await;
    let options = safe.options("restored", None);
    let restored = safe.restore(&options);
    let prefix = restored.prefix.clone().unwrap();
    assert_eq!(restored.replayed, None);
    office.replace(&options.into).await;
    let next = office.job(office.ana, &[]).number;
    assert_ne!(next, given);
    assert!(next.contains(&prefix), "{next} bears {prefix}");
    let phone = office.phone(office.ben, 3).await;
    assert!(phone.app().store().identity().unwrap().unwrap().code.starts_with(&prefix));
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_backup_adds_what_is_new_and_old_ones_go_but_for_the_proven() {
    let office = Office::open().await;
    let safe = Safe::of(&office);
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    phone.photograph(planned.job, 1);
    phone.sync().await;
    let first = safe.backup(&office, true);
    assert_eq!(first.new_media, first.media);
    assert!(first.proven.is_some());
    assert_eq!(office.hub.last_proven().unwrap(), first.proven);
    let metrics = office.hub.metrics().unwrap();
    let proven = first.proven.unwrap() / 1_000;
    for line in [
        format!("countersign_backup_proven_timestamp_seconds {proven}"),
        format!("countersign_backup_taken_timestamp_seconds {}", first.taken / 1_000),
        format!("countersign_backup_bytes {}", first.bytes),
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line}: {metrics}");
    }
    assert!(first.bytes > 0 && metrics.contains("\ncountersign_backup_age_seconds "));
    phone.photograph(planned.job, 2);
    phone.sync().await;
    let second = safe.backup(&office, false);
    assert_eq!(second.new_media, second.media - first.media);
    for _ in 0..3 {
        let options = BackupOptions { to: safe.backups(), prove: false, keep: 2 };
        assert_eq!(office.hub.backup(&options, &mut |_, _, _| {}).unwrap().new_media, 0);
    }
    let left: Vec<_> = fs::read_dir(safe.backups().join("backups")).unwrap().flatten().map(|e| e.path()).collect();
    assert_eq!(left.len(), 3, "two and the proven one: {left:?}");
    assert!(left.contains(&first.folder));
    let runs = office.hub.backups().unwrap();
    assert_eq!((runs.len(), runs.last().unwrap().proven), (5, first.proven));
    // Any of them restores, also the older one by its own name.
    let mut options = safe.options("older", None);
    options.backup = first.folder.clone();
    assert_eq!(safe.restore(&options).taken, first.taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_frees_photos_and_forgets_commands_only_under_a_proven_mark() {
    let office = Office::open().await;
    let safe = Safe::of(&office);
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    let photo = phone.photograph(planned.job, 1);
    phone.sync().await;
    let store = phone.app().store();
    let here = |store: &countersign_device::store::Store| store.media_path(photo).exists();
    let kept = |store: &countersign_device::store::Store| {
        store.read(|rows| rows.own_commands(&["accepted", "kept"])).unwrap().len()
    };
    safe.backup(&office, false);
    phone.sync().await;
    store.free_confirmed_media(office.hub.now(), 90).unwrap();
    assert!(here(store) && kept(store) == 1, "a backup that nobody proved frees nothing");
    phone.app().use_part(&planned.job.to_string(), "SEAL-0042", "1", "").unwrap();
    phone.sync().await;
    safe.backup(&office, true);
    phone.sync().await;
    store.free_confirmed_media(office.hub.now(), 90).unwrap();
    assert!(!here(store), "it is at the office and in a backup that restores");
    assert_eq!(kept(store), 0);
    // After a restore the mark of the time before counts no more.
    phone.app().use_part(&planned.job.to_string(), "SEAL-0043", "1", "").unwrap();
    phone.sync().await;
    assert_eq!(kept(store), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_while_the_hub_is_busy_holds_every_file_that_it_cites() {
    let office = Office::open().await;
    let safe = Safe::of(&office);
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    for round in 0..4 {
        for seed in 0..3 {
            phone.photograph(planned.job, round * 10 + seed);
        }
        let hub = office.hub.clone();
        let to = safe.backups();
        let taking = tokio::task::spawn_blocking(move || {
            let options = BackupOptions { to, prove: true, keep: KEPT_BACKUPS };
            hub.backup(&options, &mut |_, _, _| {}).unwrap()
        });
        phone.sync().await;
        let backup = taking.await.unwrap();
        assert!(backup.proven.is_some(), "{:?}", backup.findings);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_in_which_a_backup_or_restore_cannot_work_says_what_to_do() {
    let office = Office::open().await;
    let safe = Safe::of(&office);
    let backup = safe.backup(&office, false);
    let hub_backup =
        |to: &Path| office.hub.backup(&BackupOptions { to: to.to_owned(), prove: false, keep: 7 }, &mut |_, _, _| {});
    // Where it goes.
    assert!(refused(hub_backup(&office.folder().join("backups"))).contains("inside the hub's own folder"));
    assert!(refused(hub_backup(&office.folder())).contains("inside the hub's own folder"));
    let busy = safe.path().join("busy");
    fs::create_dir(&busy).unwrap();
    fs::write(busy.join("letter.txt"), "mine").unwrap();
    assert!(refused(hub_backup(&busy)).contains("not empty"));
    let other = Office::open().await;
    let options = BackupOptions { to: safe.backups(), prove: false, keep: 7 };
    assert!(refused(other.hub.backup(&options, &mut |_, _, _| {})).contains("another company"));
    // What is restored, and to where.
    let good = safe.options("good", None);
    let mut options = good.clone();
    options.into = busy.clone();
    assert!(refused(restored_at(&options)).contains("not empty"));
    assert_eq!(fs::read_to_string(busy.join("letter.txt")).unwrap(), "mine");
    let mut options = good.clone();
    options.key = DecryptionKey::from_bytes([9; 32]);
    assert!(refused(restored_at(&options)).contains("recovery key"));
    let mut options = good.clone();
    options.backup = busy.clone();
    assert!(refused(restored_at(&options)).contains("not a folder of backups"));
    // A run that was stopped.
    let copy = |name: &str| {
        let to = safe.path().join(name);
        countersign_tests::bench::copy_folder(&safe.backups(), &to);
        let of = to.join("backups").join(backup.folder.file_name().unwrap());
        let mut options = safe.options(&format!("of {name}"), None);
        options.backup = to;
        (of, options)
    };
    let (of, options) = copy("stopped");
    let unfinished = of.with_file_name(format!("unfinished-{}", of.file_name().unwrap().to_str().unwrap()));
    fs::rename(&of, &unfinished).unwrap();
    assert!(refused(restored_at(&options)).contains("no whole backup"));
    let mut inside = options.clone();
    inside.backup = unfinished;
    assert!(refused(restored_at(&inside)).contains("not finished"));
    // Damage of each part, a newer format, a changed description.
    for part in ["hub.db", "keys.encrypted"] {
        let (of, options) = copy(&format!("damaged {part}"));
        let mut bytes = fs::read(of.join(part)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(of.join(part), bytes).unwrap();
        assert!(refused(restored_at(&options)).contains("changed or is damaged"), "{part}");
        fs::remove_file(of.join(part)).unwrap();
        assert!(refused(restored_at(&options)).contains("not there"), "{part}");
    }
    for (name, from, to, expected) in [
        ("newer", "\"format\":1", "\"format\":2", "newer program"),
        ("renamed", "Acme Service", "Acme Serfice", "signature does not fit"),
        ("torn", "\"format\"", "format", "damaged"),
    ] {
        let (of, options) = copy(name);
        let text = fs::read_to_string(of.join("backup.json")).unwrap();
        fs::write(of.join("backup.json"), text.replace(from, to)).unwrap();
        let why = refused(restored_at(&options));
        assert!(why.contains(expected), "{name}: {why}");
    }
    let (_, options) = copy("rotten");
    let blob = first_blob(&options.backup.join("blobs"));
    fs::write(&blob, "rotten").unwrap();
    assert!(refused(restored_at(&options)).contains("changed or is damaged"));
    fs::remove_file(&blob).unwrap();
    assert!(refused(restored_at(&options)).contains("not there"));
    assert!(!options.into.join("hub.db").exists(), "nothing half restored is left");
    assert!(!options.into.join(".restoring").exists());
    // A journal that was changed.
    let journal = safe.path().join("changed journal");
    let text = fs::read_to_string(office.folder().join("journal.log")).unwrap();
    fs::write(&journal, text.replacen("tenant.key", "tenant.kee", 1)).unwrap();
    let mut options = good.clone();
    options.journal = Some(journal.clone());
    assert!(refused(restored_at(&options)).contains("line 1 is damaged"));
    // A last line that a stop cut off does not count.
    fs::write(&journal, format!("{text}{{\"entry\":99")).unwrap();
    assert_eq!(safe.restore(&options).replayed, Some(0));
}

fn first_blob(folder: &Path) -> PathBuf {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    match entries.into_iter().next().unwrap() {
        folder if folder.is_dir() => first_blob(&folder),
        file => file,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_hub_itself_lost_is_named_and_the_rest_is_saved_and_restores() {
    let office = Office::open().await;
    let safe = Safe::of(&office);
    let kept = office.hub.keep_media(b"a manual").unwrap();
    let lost = office.hub.keep_media(b"another manual").unwrap();
    let path = countersign_hub::blobs::LocalBlobs::new(&office.folder().join("blobs")).path(office.hub.tenant(), lost);
    fs::write(path, b"another menual").unwrap();
    let options = BackupOptions { to: safe.backups(), prove: true, keep: 7 };
    let backup = office.hub.backup(&options, &mut |_, _, _| {}).unwrap();
    assert_eq!((backup.missing.as_slice(), backup.proven), ([lost].as_slice(), None));
    assert_eq!(office.hub.last_proven().unwrap(), None, "what lacks a file is not proven");
    let options = safe.options("restored", None);
    let restored = Hub::restore(&options, &mut |_, _, _| {}).unwrap();
    assert_eq!(restored.check.findings.len(), 1, "{:?}", restored.check.findings);
    let hub = Hub::open(&options.into).unwrap();
    assert!(hub.open_media(kept).unwrap().is_some() && hub.open_media(lost).unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_in_a_backup_is_found_by_proving_it() {
    let office = Office::open().await;
    let safe = Safe::of(&office);
    safe.backup(&office, false);
    let blob = first_blob(&safe.backups().join("blobs"));
    let length = fs::metadata(&blob).unwrap().len();
    fs::write(&blob, vec![0; usize::try_from(length).unwrap()]).unwrap();
    let options = BackupOptions { to: safe.backups(), prove: true, keep: 7 };
    let backup = office.hub.backup(&options, &mut |_, _, _| {}).unwrap();
    assert_eq!(backup.proven, None);
    assert!(backup.findings.iter().any(|finding| finding.item.starts_with("media/")), "{:?}", backup.findings);
    assert_eq!(office.hub.last_proven().unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_backup_disk_says_so_and_the_earlier_backup_stays_whole() {
    let Some(disk) = SmallDisk::mount(6 << 20) else { return };
    let office = Office::open().await;
    let safe = Safe::of(&office);
    let to = disk.path().join("backups");
    let options = BackupOptions { to: to.clone(), prove: true, keep: 7 };
    let first = office.hub.backup(&options, &mut |_, _, _| {}).unwrap();
    assert!(first.proven.is_some());
    let large: Vec<u8> = (0..8_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    office.hub.keep_media(&large).unwrap();
    let why = refused(office.hub.backup(&options, &mut |_, _, _| {}));
    assert!(why.contains("no space left"), "{why}");
    let mut from = safe.options("restored", None);
    from.backup = to;
    assert_eq!(safe.restore(&from).taken, first.taken);
    // A disk that is too small for the restore says so as well, and nothing half restored is left.
    let Some(small) = SmallDisk::mount(64 << 10) else { return };
    from.into = small.path().join("restored");
    let why = refused(restored_at(&from));
    assert!(why.contains("No space left") || why.contains("space"), "{why}");
    assert!(!from.into.join("hub.db").exists() && !from.into.join(".restoring").exists());
}
