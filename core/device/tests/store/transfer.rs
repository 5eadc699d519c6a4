//! Hand-over and rescue files: unsent work reaches the office through a colleague's device, or not at all if anything
//! about the file is wrong.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use countersign_device::app::{App, AppError};
use countersign_device::media::capture;
use countersign_device::store::files::SystemFiles;
use countersign_device::transfer::ExportTo;
use countersign_documents::{EncryptedReader, Transfer};
use countersign_model::Digest;
use countersign_model::RecordRef;
use countersign_model::document::Stage;
use countersign_model::payload::Payload;
use countersign_model::record::kind;
use countersign_model::recovery::{DecryptionKey, EncryptionKey};
use countersign_model::wire::Pushed;

use crate::faulty::FaultyFiles;
use crate::office::Office;
use crate::world::*;

/// An app enrolled with its own key.
fn app(folder: &Path, office: &mut Office, device: &str, person: &str, files: FaultyFiles) -> App {
    let app = App::open_with_software_key_and(folder, options(Arc::new(files))).unwrap();
    let mut answer = enrolment(device, person, &office.epoch);
    answer.credential.key = app.key().public();
    answer.credential = answer.credential.signed(&key(1)).unwrap();
    app.store().save_enrolment(&string(), &answer, &*vault()).unwrap();
    office.enrol(id(device), id(person));
    sync(app.store(), office);
    app
}

fn with_work(app: &App) -> Digest {
    let store = app.store();
    give(store, &draft("answer", &job_lane(), None, answer("visit", "/f/a", "184"))).unwrap();
    let captured = capture(store, &mut Cursor::new(b"a file of the job"), "data.bin", 0).unwrap();
    let subject = RecordRef::new(kind::VISIT, id("visit"));
    let payload = Payload::EvidenceAttach(captured.attach(id("e"), subject, Stage::Found, None, None));
    store
        .write(|tx| {
            captured.rows(&job_lane(), 1).iter().try_for_each(|row| tx.put_media(row))?;
            tx.submit(&draft("attach", &job_lane(), None, payload.clone()))
        })
        .unwrap();
    captured.sha256()
}

struct Scene {
    _folders: Vec<tempfile::TempDir>,
    office: Office,
    from: App,
    to: App,
    file: std::path::PathBuf,
    photo: Digest,
}

fn scene() -> Scene {
    let folders: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
    let mut office = office();
    let from = app(folders[0].path(), &mut office, "phone", "ana", FaultyFiles::unlimited());
    let to = app(folders[1].path(), &mut office, "tablet", "ben", FaultyFiles::unlimited());
    let photo = with_work(&from);
    let file = folders[2].path().join("work.bundle");
    Scene { _folders: folders, office, from, to, file, photo }
}

impl Scene {
    fn to_colleague(&self) -> ExportTo {
        ExportTo::Colleague { key: self.to.receive_key().unwrap(), jobs: Vec::new() }
    }
}

/// What a holder of the key reads in a file.
fn opened(file: &Path, key: &DecryptionKey) -> Result<(Transfer, Vec<(Digest, u64)>), String> {
    let mut media = Vec::new();
    let content =
        EncryptedReader::open(std::fs::File::open(file).unwrap(), key).map_err(|problem| problem.to_string())?;
    let transfer = Transfer::read(content, &mut |sha256, bytes, _| {
        media.push((sha256, bytes));
        Ok(())
    });
    Ok((transfer.map_err(|problem| problem.to_string())?, media))
}

#[test]
fn unsent_work_goes_up_through_a_colleagues_device() {
    let mut scene = scene();
    let exported = scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    assert_eq!((exported.commands, exported.media, exported.left_out, exported.signed), (2, 1, 0, true));
    let imported = scene.to.import(&scene.file).unwrap();
    assert_eq!((imported.commands, imported.media, imported.device), (2, 1, id("phone")));
    assert_eq!(scene.to.import(&scene.file).unwrap().commands, 0, "twice is once");
    let store = scene.to.store();
    let counts = store.read(|rows| rows.counts()).unwrap();
    assert_eq!((counts.pending_commands, counts.unconfirmed_media), (2, 1));
    let media = store.media_to_send(9).unwrap();
    assert_eq!((media.len(), media[0].sha256), (1, scene.photo));
    let carried = store.next_carried_push(9).unwrap().unwrap();
    for envelope in &carried.push.envelopes {
        scene.office.give(&envelope.command, &envelope.origin);
    }
    let stored = Pushed { stored: 2, quarantined: false, outcomes: Vec::new() };
    store.record_carried_pushed(carried.device, &stored).unwrap();
    assert_eq!(store.read(|rows| rows.counts()).unwrap().pending_commands, 0);
    assert!(scene.office.decided.contains_key(&id("answer")));
    // The first device comes back to the network: the same commands, once.
    sync(scene.from.store(), &mut scene.office);
    assert_eq!(scene.office.decided.len(), 2);
}

#[test]
fn a_file_of_which_any_byte_changed_is_not_taken() {
    let scene = scene();
    scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    let whole = std::fs::read(&scene.file).unwrap();
    let changed = scene.file.with_extension("changed");
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&changed, &bytes).unwrap();
        assert!(scene.to.import(&changed).is_err(), "byte {at}");
    }
    for bytes in [&whole[..whole.len() - 1], &[whole.as_slice(), b"x"].concat(), &[b"x", whole.as_slice()].concat()] {
        std::fs::write(&changed, bytes).unwrap();
        assert!(scene.to.import(&changed).is_err());
    }
    let counts = scene.to.store().read(|rows| rows.counts()).unwrap();
    assert_eq!((counts.pending_commands, counts.unconfirmed_media), (0, 0));
}

#[test]
fn own_files_other_companies_files_and_missing_ones_each_say_so() {
    let scene = scene();
    scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    assert!(matches!(scene.from.import(&scene.file), Err(AppError::Input { .. })), "its own");
    assert!(matches!(scene.to.import(&scene.file.with_extension("no")), Err(AppError::NotFound { .. })));
    std::fs::write(&scene.file, b"PK\x03\x04 a plain bundle").unwrap();
    let refused = scene.to.import(&scene.file).unwrap_err().to_string();
    assert!(refused.contains("plain bundle"), "{refused}");
    let empty = tempfile::tempdir().unwrap();
    let stranger = App::open_with_software_key_and(empty.path(), options(Arc::new(SystemFiles))).unwrap();
    assert!(matches!(stranger.export(&scene.file, &ExportTo::Office), Err(AppError::Enrol)));
    assert!(matches!(stranger.import(&scene.file), Err(AppError::Input { .. } | AppError::Enrol)));
}

#[test]
fn a_rotten_file_is_left_out_and_told_and_the_rest_is_saved() {
    let scene = scene();
    std::fs::write(scene.from.store().media_path(scene.photo), b"a file of the jab").unwrap();
    let exported = scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    assert_eq!((exported.commands, exported.media, exported.left_out), (2, 0, 1));
    let again = scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    assert_eq!((again.media, again.left_out), (0, 1), "a damage that is known stays told");
    assert_eq!(scene.to.import(&scene.file).unwrap().commands, 2);
}

#[test]
fn an_export_stopped_at_every_call_never_leaves_a_file_that_looks_whole() {
    let folder = tempfile::tempdir().unwrap();
    let target = tempfile::tempdir().unwrap();
    let mut office = office();
    let files = FaultyFiles::unlimited();
    let from = app(folder.path(), &mut office, "phone", "ana", files.clone());
    with_work(&from);
    let file = target.path().join("work.bundle");
    for stop in 0.. {
        let _ = std::fs::remove_file(&file);
        files.allow(stop);
        let outcome = from.export(&file, &ExportTo::Office);
        let done = files.calls() <= stop;
        if file.exists() {
            assert!(opened(&file, &recovery_secrets()[0]).is_ok(), "stop {stop}");
        }
        if done {
            assert!(outcome.is_ok());
            break;
        }
        assert!(outcome.is_err(), "stop {stop}");
    }
}

#[test]
fn nothing_readable_leaves_the_store_and_only_the_named_key_opens_it() {
    let scene = scene();
    scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    let bytes = std::fs::read(&scene.file).unwrap();
    for plain in [&b"a file of the job"[..], b"answer.set", b"credential", b"person_name"] {
        assert!(!bytes.windows(plain.len()).any(|window| window == plain), "{}", String::from_utf8_lossy(plain));
    }
    let beside: Vec<_> = std::fs::read_dir(scene.file.parent().unwrap()).unwrap().flatten().collect();
    assert_eq!(beside.len(), 1, "nothing else is left there: {beside:?}");
    let refused = opened(&scene.file, &recovery_secrets()[0]).unwrap_err();
    assert!(refused.contains("another key"), "{refused}");
}

#[test]
fn a_file_for_another_device_says_which_key_to_export_to() {
    let scene = scene();
    let key = EncryptionKey([3; 32]);
    scene.from.export(&scene.file, &ExportTo::Colleague { key, jobs: Vec::new() }).unwrap();
    let refused = scene.to.import(&scene.file).unwrap_err().to_string();
    assert!(refused.contains(&scene.to.receive_key().unwrap().to_string()), "{refused}");
}

#[test]
fn a_device_shows_the_same_key_each_time_and_keeps_the_private_half() {
    let scene = scene();
    let key = scene.to.receive_key().unwrap();
    assert_eq!(scene.to.receive_key().unwrap(), key);
    assert_eq!(key.to_string().parse(), Ok(key));
    assert_ne!(scene.from.receive_key().unwrap(), key);
}

#[test]
fn a_rescue_file_opens_at_the_office_and_is_carried_unread() {
    let scene = scene();
    let exported = scene.from.export(&scene.file, &ExportTo::Office).unwrap();
    assert_eq!((exported.commands, exported.media, exported.signed), (2, 1, true));
    for secret in recovery_secrets() {
        let (transfer, media) = opened(&scene.file, &secret).unwrap();
        assert_eq!((transfer.commands.len(), transfer.rows.len()), (2, 0));
        assert_eq!(media[0].0, scene.photo);
    }
    let imported = scene.to.import(&scene.file).unwrap();
    assert_eq!((imported.sealed, imported.commands, imported.media), (true, 2, 1));
    assert_eq!((imported.device, imported.person_name.as_str()), (id("phone"), ""));
    let store = scene.to.store();
    let sealed = Digest::of(&std::fs::read(&scene.file).unwrap());
    let media = store.media_to_send(9).unwrap();
    assert_eq!(media.iter().map(|item| item.sha256).collect::<Vec<_>>(), [sealed]);
    assert!(store.next_carried_push(9).unwrap().is_none(), "it cannot read them");
    scene.to.import(&scene.file).unwrap();
    assert_eq!(store.media_to_send(9).unwrap().len(), 1, "twice is once");
}

#[test]
fn without_the_offices_key_a_rescue_file_says_what_else_to_do() {
    let scene = scene();
    let mut answer = enrolment("phone", "ana", &scene.office.epoch);
    answer.recovery = None;
    answer.credential.key = scene.from.key().public();
    answer.credential = answer.credential.signed(&key(1)).unwrap();
    scene.from.store().save_enrolment(&string(), &answer, &*vault()).unwrap();
    let refused = scene.from.export(&scene.file, &ExportTo::Office).unwrap_err().to_string();
    assert!(refused.contains("--to"), "{refused}");
    scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
}

#[test]
fn a_recovery_key_that_the_office_did_not_sign_is_not_enrolled_with() {
    let scene = scene();
    let mut answer = enrolment("phone", "ana", &scene.office.epoch);
    answer.credential.key = scene.from.key().public();
    answer.credential = answer.credential.signed(&key(1)).unwrap();
    let mut swapped = recovery();
    swapped.recovery = EncryptionKey([5; 32]);
    answer.recovery = Some(swapped);
    assert!(scene.from.store().save_enrolment(&string(), &answer, &*vault()).is_err());
    assert_eq!(scene.from.store().identity().unwrap().unwrap().recovery, Some(recovery()));
}

#[test]
fn a_long_chain_is_signed_at_the_end_of_each_run_that_the_hub_takes() {
    let mut scene = scene();
    for number in 0..450 {
        give(scene.from.store(), &draft(&format!("n{number}"), &job_lane(), None, note("job", &format!("n{number}"))))
            .unwrap();
    }
    scene.from.export(&scene.file, &scene.to_colleague()).unwrap();
    assert_eq!(scene.to.import(&scene.file).unwrap().commands, 452);
    let store = scene.to.store();
    let mut lengths = Vec::new();
    while let Some(carried) = store.next_carried_push(7).unwrap() {
        let last = carried.push.envelopes.last().unwrap();
        let (_, seq) = last.origin.device().unwrap();
        assert_eq!(carried.push.signature.as_ref().map(|signature| signature.seq), Some(seq), "covered to its end");
        for envelope in &carried.push.envelopes {
            scene.office.give(&envelope.command, &envelope.origin);
        }
        lengths.push(carried.push.envelopes.len());
        store
            .record_carried_pushed(carried.device, &Pushed { stored: seq, quarantined: false, outcomes: vec![] })
            .unwrap();
    }
    assert_eq!(lengths, [200, 200, 52]);
}
