//! Taking a backup while the hub serves: first the database as of one moment, then every file that it says is held, then
//! the keys, encrypted. Only when all of it is durable does the run get a backup's name.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use countersign_documents::{About, Bundle, BundleKind, EncryptedWriter, Recipients};
use countersign_model::{Digest, Id, canonical, merkle};
use serde::Serialize;

use super::backup_folder::{BackupFolder, full};
use super::manifest::{DATABASE, FORMAT, KEYS, MANIFEST, Manifest, Part};
use crate::blobs::{BlobError, Blobs as _, LocalBlobs, sync_folder};
use crate::edge;
use crate::error::{HubError, Outcome};
use crate::hub::{Hub, PROGRAM, keys_folder};
use crate::signer;
use crate::store::{Read, Snapshot, StoreError};

/// What the bundle of keys is for.
pub(crate) const KEYS_KIND: &str = "backup-keys";
/// Rows read at a time.
const PAGE: usize = 500;
/// How many backups are kept where nothing else is said.
pub const KEPT_BACKUPS: usize = 7;

/// How a backup is taken.
#[derive(Clone, Debug)]
pub struct BackupOptions {
    /// The folder of backups: on another disk.
    pub to: PathBuf,
    /// Whether it is proven: restored into a scratch folder and checked.
    pub prove: bool,
    /// How many backups are kept.
    pub keep: usize,
}

/// A backup that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// Its folder.
    pub folder: PathBuf,
    /// When it was taken, hub time in milliseconds.
    pub taken: i64,
    /// Held files in it.
    pub media: u64,
    /// Their length together.
    pub media_bytes: u64,
    /// Of these, how many this run copied.
    pub new_media: u64,
    /// Held files that the hub itself does not have whole.
    pub missing: Vec<Digest>,
    /// When it was proven, hub time in milliseconds; `None` where that was not asked for, or failed.
    pub proven: Option<i64>,
    /// Bytes of all of it: files, database and keys.
    pub bytes: u64,
    /// What does not hold in it.
    pub findings: Vec<crate::service::Finding>,
}

impl Hub {
    /// Takes a backup. `progress` hears what begins, and how many files of how many were looked at.
    pub fn backup(&self, options: &BackupOptions, progress: &mut dyn FnMut(&str, u64, u64)) -> Outcome<Backup> {
        let recovery = self.recovery_key()?;
        let folder = BackupFolder::prepare(&options.to, self.folder(), self.tenant())?;
        let _lock = folder.lock()?;
        let taken = self.now();
        let unfinished = folder.begin(taken)?;
        progress("database", 0, 0);
        let database = unfinished.join(DATABASE);
        self.inner.store.copy_to(&database).map_err(|error| of_copy(&database, error))?;
        let snapshot = Snapshot::open(&database)?;
        let copied = self.copy_media(&snapshot, &folder.blobs(), progress)?;
        progress("keys", 0, 0);
        self.encrypt_keys(&unfinished.join(KEYS), recovery)?;
        let described = snapshot.read(self.tenant(), |read| Ok::<_, HubError>(describe(read)?))?;
        // The key that the copied database knows, also where a rotation came in between: its chain must check it.
        let chain = snapshot.read(self.tenant(), |read| Ok::<_, HubError>(read.key_chain(self.tenant())?))?;
        let signer = signer::newest(&keys_folder(self.folder()), &chain)?;
        drop(snapshot);
        let manifest = Manifest {
            format: FORMAT,
            tenant: self.tenant(),
            company: self.company_name()?,
            epoch: self.epoch().to_owned(),
            taken,
            program: PROGRAM.to_owned(),
            database: part_of(&database)?,
            keys: part_of(&unfinished.join(KEYS))?,
            media: described.media.0,
            media_bytes: described.media.1,
            missing: copied.missing.clone(),
            log_size: described.log.0,
            log_root: described.log.1,
            marks: described.marks,
            key_number: signer.number,
            signature: String::new(),
        };
        let manifest = manifest.signed(&signer.key)?;
        write_durably(&unfinished.join(MANIFEST), &canonical::to_bytes(&manifest)?)?;
        let whole = folder.finish(&unfinished)?;
        let mut backup = Backup {
            folder: whole.clone(),
            taken,
            media: manifest.media,
            media_bytes: manifest.media_bytes,
            new_media: copied.new,
            missing: copied.missing,
            proven: None,
            bytes: manifest.media_bytes.saturating_add(manifest.database.bytes).saturating_add(manifest.keys.bytes),
            findings: Vec::new(),
        };
        if options.prove {
            progress("proof", 0, 0);
            (backup.proven, backup.findings) = self.prove(&folder, &whole)?;
        }
        folder.keep_newest(options.keep)?;
        self.note_backup(&backup)?;
        Ok(backup)
    }

    /// Copies what the folder does not have yet. What the hub itself does not have whole is named, and the rest is saved.
    fn copy_media(
        &self,
        snapshot: &Snapshot,
        to: &Path,
        progress: &mut dyn FnMut(&str, u64, u64),
    ) -> Outcome<CopiedMedia> {
        let blobs = LocalBlobs::new(to);
        let all = snapshot.read(self.tenant(), |read| Ok::<_, HubError>(read.media_total()?.0))?;
        let mut copied = CopiedMedia { new: 0, missing: Vec::new() };
        let (mut after, mut seen) = (None, 0);
        loop {
            let page = snapshot.read(self.tenant(), |read| Ok::<_, HubError>(read.media_after(after, PAGE)?))?;
            let Some((last, _)) = page.last() else { return Ok(copied) };
            after = Some(*last);
            for (sha256, bytes) in page {
                self.copy_one(&blobs, sha256, bytes, &mut copied)?;
                seen += 1;
            }
            progress("files", seen, all);
        }
    }

    fn copy_one(&self, to: &LocalBlobs, sha256: Digest, bytes: u64, copied: &mut CopiedMedia) -> Outcome {
        let there = to.path(self.tenant(), sha256);
        if fs::metadata(&there).is_ok_and(|found| found.len() == bytes) {
            return Ok(());
        }
        let Some(mut blob) = self.inner.blobs.open(self.tenant(), sha256)? else {
            copied.missing.push(sha256);
            return Ok(());
        };
        match to.keep(self.tenant(), sha256, &mut blob.file) {
            Ok(_) => copied.new += 1,
            Err(BlobError::Mismatch { .. }) => copied.missing.push(sha256),
            Err(error) => return Err(of_blob(&there, error)),
        }
        Ok(())
    }

    /// The hub's private keys, in one file that only the recovery key opens.
    fn encrypt_keys(&self, to: &Path, recovery: countersign_model::recovery::EncryptionKey) -> Outcome {
        let folder = keys_folder(self.folder());
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(&folder).map_err(HubError::file(&folder))? {
            let path = entry.map_err(HubError::file(&folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| path.is_file()) else {
                continue;
            };
            let mut bytes = Vec::new();
            File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(HubError::file(&path))?;
            files.insert(name.to_owned(), bytes);
        }
        let refused = |why: String| HubError::Input(format!("the keys cannot be saved: {why}"));
        let bundle = Bundle::new(BundleKind::from_word(KEYS_KIND), files).and_then(|bundle| bundle.write());
        let bundle = bundle.map_err(|problem| refused(problem.to_string()))?;
        let about = About { kind: KEYS_KIND.to_owned(), ..About::default() };
        let recipients = Recipients { keys: vec![(recovery, edge::random()?)], file_key: edge::random()? };
        let mut writer =
            EncryptedWriter::new(Vec::new(), about, &recipients).map_err(|problem| refused(problem.to_string()))?;
        let encrypted = writer.write_all(&bundle).and_then(|()| writer.finish());
        write_durably(to, &encrypted.map_err(|error| refused(error.to_string()))?)
    }
}

struct CopiedMedia {
    new: u64,
    missing: Vec<Digest>,
}

/// What a database says about itself.
pub(super) struct Described {
    pub(super) media: (u64, u64),
    pub(super) log: (u64, Digest),
    pub(super) marks: Vec<(Id, u64)>,
}

pub(super) fn describe(read: &Read<'_>) -> Result<Described, StoreError> {
    let size = read.log_size()?;
    let root = merkle::root(&read.leaf_hashes(size)?);
    let mut marks = Vec::new();
    for device in read.chained_devices()? {
        marks.push((device, read.chain_head(device)?.seq));
    }
    Ok(Described { media: read.media_total()?, log: (size, root), marks })
}

/// Digest and length of a file.
pub(super) fn part_of(path: &Path) -> Outcome<Part> {
    let mut file = File::open(path).map_err(HubError::file(path))?;
    let sha256 = Digest::read(&mut file).map_err(HubError::file(path))?;
    Ok(Part { sha256, bytes: file.metadata().map_err(HubError::file(path))?.len() })
}

fn write_durably(path: &Path, bytes: &[u8]) -> Outcome {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| of_io(path, error))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    sync_folder(folder).map_err(|error| of_io(folder, error))
}

fn of_io(path: &Path, error: std::io::Error) -> HubError {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded => full(path.parent().unwrap_or(path)),
        _ => HubError::File { path: path.to_owned(), reason: error },
    }
}

fn of_blob(path: &Path, error: BlobError) -> HubError {
    match error {
        BlobError::Disk { reason, .. } => of_io(path, reason),
        other => other.into(),
    }
}

/// SQLite says that a disk is full; here that is the backup's disk, not the hub's.
fn of_copy(path: &Path, error: StoreError) -> HubError {
    match error {
        full_disk if full_disk.is_full() => full(path.parent().unwrap_or(path)),
        other => other.into(),
    }
}
