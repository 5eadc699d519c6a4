//! The folder that backups go into: each backup in a folder of its own, the held files once for all of them.
//!
//! ```text
//! DEST/countersign-backup              whose backups these are
//! DEST/blobs/<tenant>/<ab>/<sha256>    held files; they never change, so a later run adds what is new
//! DEST/backups/20261128T200000Z/       a whole backup: hub.db, keys.encrypted, backup.json, proven.json
//! DEST/backups/unfinished-…/           a run that is under way or was stopped: never restored from
//! ```

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use countersign_model::Id;
use serde::{Deserialize, Serialize};

use super::manifest::{MANIFEST, Manifest};
use crate::blobs::sync_folder;
use crate::error::{HubError, Outcome};
use crate::keys::make_folder;

/// Names whose backups these are.
const MARKER: &str = "countersign-backup";
const BACKUPS: &str = "backups";
const BLOBS: &str = "blobs";
const LOCK: &str = "backup.lock";
/// What the name of a run begins with until it is whole.
const UNFINISHED: &str = "unfinished-";
/// Says that a backup was restored and checked, and when.
const PROVEN: &str = "proven.json";

/// That a backup was proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proof {
    /// When, hub time in milliseconds.
    pub(crate) proven: i64,
}

/// A folder with backups.
#[derive(Clone, Debug)]
pub(crate) struct BackupFolder {
    root: PathBuf,
}

/// One whole backup.
#[derive(Clone, Debug)]
pub(crate) struct WholeBackup {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Where the held files are.
    pub(crate) blobs: PathBuf,
    /// What it says about itself.
    pub(crate) manifest: Manifest,
    /// Whether it was proven.
    pub(crate) proof: Option<Proof>,
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> HubError {
    let path = path.to_owned();
    move |reason| match reason.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => full(&path),
        _ => HubError::File { path, reason },
    }
}

/// The sentence for a full backup disk.
pub(crate) fn full(path: &Path) -> HubError {
    HubError::Input(format!(
        "there is no space left at {}: free some or use another disk, then run the backup again; earlier whole backups \
         there stay whole",
        path.display()
    ))
}

impl BackupFolder {
    /// Makes or opens the folder for a company's backups. It must be outside the hub's own folder, and either empty or
    /// a folder of this company's backups.
    pub(crate) fn prepare(root: &Path, hub_folder: &Path, tenant: Id) -> Outcome<BackupFolder> {
        let root = std::path::absolute(root).map_err(HubError::file(root))?;
        outside(&root, hub_folder)?;
        let marker = root.join(MARKER);
        match fs::read_to_string(&marker) {
            Ok(text) if text.lines().any(|line| line == format!("tenant {tenant}")) => {}
            Ok(_) => {
                return Err(HubError::Input(format!(
                    "{} holds the backups of another company: name another folder",
                    root.display()
                )));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if has_entries(&root)? {
                    return Err(HubError::Input(format!(
                        "{} is not empty and holds no backups: name a new or empty folder",
                        root.display()
                    )));
                }
                make_folder(&root)?;
                let text = format!("Backups of a Countersign hub. Restore one with `hub restore`.\ntenant {tenant}\n");
                fs::write(&marker, text).map_err(io(&marker))?;
            }
            Err(error) => return Err(io(&marker)(error)),
        }
        for folder in [root.join(BACKUPS), root.join(BLOBS)] {
            make_folder(&folder)?;
        }
        sync_folder(&root).map_err(io(&root))?;
        Ok(BackupFolder { root })
    }

    /// Where the held files go.
    pub(crate) fn blobs(&self) -> PathBuf {
        self.root.join(BLOBS)
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// One run at a time.
    pub(crate) fn lock(&self) -> Outcome<File> {
        let path = self.root.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(_) => Err(HubError::Input(format!(
                "another backup into {} is under way: wait until it has ended",
                self.root.display()
            ))),
        }
    }

    /// A new run's folder; what earlier runs left unfinished is cleared.
    pub(crate) fn begin(&self, taken: i64) -> Outcome<PathBuf> {
        for entry in entries(&self.root.join(BACKUPS))? {
            if name_of(&entry).starts_with(UNFINISHED) {
                fs::remove_dir_all(&entry).map_err(io(&entry))?;
            }
        }
        let folder = self.root.join(BACKUPS).join(format!("{UNFINISHED}{}", self.free_name(taken)));
        make_folder(&folder)?;
        Ok(folder)
    }

    /// A name by the time that no backup has.
    fn free_name(&self, taken: i64) -> String {
        let time = chrono::DateTime::from_timestamp_millis(taken).unwrap_or_default();
        let name = time.format("%Y%m%dT%H%M%SZ").to_string();
        let free = |name: &String| !self.root.join(BACKUPS).join(name).exists();
        std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}"))).find(free).unwrap_or(name)
    }

    /// The run is whole: from now on it can be restored.
    pub(crate) fn finish(&self, unfinished: &Path) -> Outcome<PathBuf> {
        sync_folder(unfinished).map_err(io(unfinished))?;
        let name = name_of(unfinished);
        let whole = self.root.join(BACKUPS).join(name.strip_prefix(UNFINISHED).unwrap_or(&name));
        fs::rename(unfinished, &whole).map_err(io(&whole))?;
        let folder = self.root.join(BACKUPS);
        sync_folder(&folder).map_err(io(&folder))?;
        Ok(whole)
    }

    /// Removes old backups beyond so many; the newest proven one always stays, since devices freed what it covers.
    pub(crate) fn keep_newest(&self, count: usize) -> Outcome<usize> {
        let backups = whole_backups(&self.root)?;
        let proven = backups.iter().rev().find(|backup| backup.proof.is_some()).map(|backup| backup.folder.clone());
        let mut removed = 0;
        for old in backups.iter().rev().skip(count.max(1)).filter(|backup| Some(&backup.folder) != proven.as_ref()) {
            fs::remove_dir_all(&old.folder).map_err(io(&old.folder))?;
            removed += 1;
        }
        Ok(removed)
    }
}

impl WholeBackup {
    /// Finds a backup: the newest whole one of a folder of backups, or the one whose own folder is named.
    pub(crate) fn find(path: &Path) -> Outcome<WholeBackup> {
        if path.join(MANIFEST).exists() {
            let root = path.parent().and_then(Path::parent);
            let root = root.ok_or_else(|| HubError::Input("name the folder that `hub backup` wrote".to_owned()))?;
            return read_backup(root, path);
        }
        if !path.join(MARKER).exists() {
            return Err(HubError::Input(format!(
                "{} is not a folder of backups: name the folder that `hub backup` wrote",
                path.display()
            )));
        }
        let newest = whole_backups(path)?.pop();
        newest.ok_or_else(|| {
            HubError::Input(format!(
                "there is no whole backup in {}: its runs were stopped before their end; run `hub backup` again",
                path.display()
            ))
        })
    }

    /// Notes that it was proven.
    pub(crate) fn note_proof(&self, proof: Proof) -> Outcome {
        let path = self.folder.join(PROVEN);
        let text = serde_json::to_vec(&proof).map_err(|error| HubError::Input(error.to_string()))?;
        fs::write(&path, text).and_then(|()| File::open(&path)?.sync_all()).map_err(io(&path))?;
        sync_folder(&self.folder).map_err(io(&self.folder))
    }
}

/// The whole backups, oldest first.
fn whole_backups(root: &Path) -> Outcome<Vec<WholeBackup>> {
    let mut found = Vec::new();
    for folder in entries(&root.join(BACKUPS))? {
        if !name_of(&folder).starts_with(UNFINISHED) && folder.join(MANIFEST).exists() {
            found.push(read_backup(root, &folder)?);
        }
    }
    found.sort_by_key(|backup| (backup.manifest.taken, name_of(&backup.folder)));
    Ok(found)
}

fn read_backup(root: &Path, folder: &Path) -> Outcome<WholeBackup> {
    if name_of(folder).starts_with(UNFINISHED) {
        return Err(HubError::Input(format!("{} was not finished: use another backup", folder.display())));
    }
    let manifest = Manifest::read(folder)?;
    let proof = fs::read(folder.join(PROVEN)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(WholeBackup { folder: folder.to_owned(), blobs: root.join(BLOBS), manifest, proof })
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let found = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(io(folder))?,
    };
    let mut paths =
        found.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<_>>>().map_err(io(folder))?;
    paths.sort();
    Ok(paths)
}

pub(crate) fn has_entries(folder: &Path) -> Outcome<bool> {
    Ok(!entries(folder)?.is_empty())
}

/// A backup inside the folder that it saves would be lost with it.
fn outside(root: &Path, hub_folder: &Path) -> Outcome {
    let real = |path: &Path| {
        // What does not exist yet lies where its nearest existing folder does.
        path.ancestors().find_map(|folder| {
            let below = path.strip_prefix(folder).ok()?;
            Some(folder.canonicalize().ok()?.join(below))
        })
    };
    let (Some(root), Some(hub)) = (real(root), real(hub_folder)) else { return Ok(()) };
    match root.starts_with(&hub) {
        true => Err(HubError::Input(format!(
            "{} lies inside the hub's own folder and would be lost with it: name a folder on another disk",
            root.display()
        ))),
        false => Ok(()),
    }
}
