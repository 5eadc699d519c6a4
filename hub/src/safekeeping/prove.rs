//! Proving a backup: its database is opened as a hub over the backup's own files and checked as `hub check` does. Then
//! what it covers is announced to the devices, which may forget what they kept for the day of a restore.

use std::fs;
use std::path::Path;

use countersign_model::{Digest, Id};
use serde::{Deserialize, Serialize};

use super::backup::{Backup, describe, part_of};
use super::backup_folder::{BackupFolder, Proof, WholeBackup};
use super::manifest::{DATABASE, KEYS, Manifest};
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::keys::make_folder;
use crate::service::Finding;

/// What the newest proven backup covers.
const MARK: &str = "backup_mark";
/// The last runs, newest first.
const RUNS: &str = "backup_runs";
/// How many runs are remembered.
const MOST_RUNS: usize = 20;

/// What devices are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    taken: i64,
    proven: i64,
    marks: Vec<(Id, u64)>,
}

/// A backup that was taken, as the hub remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupRun {
    /// Its folder.
    pub folder: String,
    /// When it was taken, hub time in milliseconds.
    pub taken: i64,
    /// When it was proven.
    pub proven: Option<i64>,
    /// Held files in it.
    pub media: u64,
    /// How much in it does not hold, or is missing.
    pub findings: u64,
    /// Bytes of all of it: files, database and keys. 0 for a run that an older program took.
    #[serde(default)]
    pub bytes: u64,
}

/// The backup that was proven last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProvenBackup {
    /// As of when it is, hub time in milliseconds.
    pub taken: i64,
    /// When it was proven.
    pub proven: i64,
    /// Its bytes; 0 where an older program took it.
    pub bytes: u64,
}

impl Hub {
    /// Restores a backup into a scratch folder beside it and checks it. Answers when it was proven, or what does not hold.
    pub(super) fn prove(&self, folder: &BackupFolder, backup: &Path) -> Outcome<(Option<i64>, Vec<Finding>)> {
        let backup = WholeBackup::find(backup)?;
        let scratch = folder.root().join("proving");
        if scratch.exists() {
            fs::remove_dir_all(&scratch).map_err(HubError::file(&scratch))?;
        }
        make_folder(&scratch)?;
        let outcome = self.check_backup(&backup, &scratch);
        fs::remove_dir_all(&scratch).map_err(HubError::file(&scratch))?;
        let findings = outcome?;
        if !findings.is_empty() {
            return Ok((None, findings));
        }
        let proven = self.now();
        backup.note_proof(Proof { proven })?;
        let mark = Mark { taken: backup.manifest.taken, proven, marks: backup.manifest.marks };
        let text = serde_json::to_string(&mark).map_err(|error| HubError::Input(error.to_string()))?;
        self.write(|write| Ok(write.keep_setting(MARK, &text)?))?;
        Ok((Some(proven), findings))
    }

    fn check_backup(&self, backup: &WholeBackup, scratch: &Path) -> Outcome<Vec<Finding>> {
        let manifest = &backup.manifest;
        manifest.check(&self.chain()?)?;
        let mut findings = same_parts(&backup.folder, manifest)?;
        findings.extend(manifest.missing.iter().map(|sha256| finding(format!("media/{sha256}"), "the hub lacks it")));
        if !findings.is_empty() {
            return Ok(findings);
        }
        let database = scratch.join(DATABASE);
        fs::copy(backup.folder.join(DATABASE), &database).map_err(HubError::file(&database))?;
        let restored = self.over_backup(&database, &backup.blobs)?;
        findings.extend(restored.check(&mut |_| {})?.findings);
        let described = restored.read(|read| Ok(describe(read)?))?;
        if described.log != (manifest.log_size, manifest.log_root) || described.marks != manifest.marks {
            findings.push(finding("backup.json", "it describes another database"));
        }
        Ok(findings)
    }

    /// Remembers a run.
    pub(super) fn note_backup(&self, backup: &Backup) -> Outcome {
        let findings = backup.findings.len().max(backup.missing.len());
        let run = BackupRun {
            folder: backup.folder.display().to_string(),
            taken: backup.taken,
            proven: backup.proven,
            media: backup.media,
            findings: u64::try_from(findings).unwrap_or(u64::MAX),
            bytes: backup.bytes,
        };
        let mut runs = self.backups()?;
        runs.insert(0, run);
        runs.truncate(MOST_RUNS);
        let text = serde_json::to_string(&runs).map_err(|error| HubError::Input(error.to_string()))?;
        self.write(|write| Ok(write.keep_setting(RUNS, &text)?))
    }

    /// The last backups, newest first.
    pub fn backups(&self) -> Outcome<Vec<BackupRun>> {
        let text = self.read(|read| Ok(read.setting(RUNS)?))?;
        let unreadable = |error: serde_json::Error| HubError::Input(format!("the list of backups: {error}"));
        Ok(text.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()?.unwrap_or_default())
    }

    /// When a backup was last proven, hub time in milliseconds.
    pub fn last_proven(&self) -> Outcome<Option<i64>> {
        Ok(self.mark()?.map(|mark| mark.proven))
    }

    /// The backup that was proven last; `None` where none was, or none since a restore.
    pub fn proven_backup(&self) -> Outcome<Option<ProvenBackup>> {
        let Some(mark) = self.mark()? else { return Ok(None) };
        let run = self.backups()?.into_iter().find(|run| run.taken == mark.taken);
        let bytes = run.map_or(0, |run| run.bytes);
        Ok(Some(ProvenBackup { taken: mark.taken, proven: mark.proven, bytes }))
    }

    fn mark(&self) -> Outcome<Option<Mark>> {
        let text = self.read(|read| Ok(read.setting(MARK)?))?;
        let unreadable = |error: serde_json::Error| HubError::Input(format!("the backup mark: {error}"));
        text.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
    }

    /// Up to which of a device's sequence numbers a proven backup covers; `None` where no backup was ever proven.
    pub(crate) fn backup_mark(&self, device: Id) -> Outcome<Option<u64>> {
        let seq = |mark: Mark| mark.marks.into_iter().find(|(of, _)| *of == device).map_or(0, |(_, seq)| seq);
        Ok(self.mark()?.map(seq))
    }

    /// No mark is announced any more: a restored hub has not proven a backup of its own yet.
    pub(crate) fn forget_mark(&self) -> Outcome {
        self.write(|write| Ok(write.remove_setting(MARK)?))
    }
}

fn finding(item: impl Into<String>, why: &str) -> Finding {
    Finding { item: item.into(), why: why.to_owned() }
}

/// Whether the files are those that the backup describes.
pub(super) fn same_parts(folder: &Path, manifest: &Manifest) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    for (name, expected) in [(DATABASE, manifest.database), (KEYS, manifest.keys)] {
        let path = folder.join(name);
        match path.exists().then(|| part_of(&path)).transpose()? {
            Some(found) if found == expected => {}
            Some(found) => findings.push(finding(name, &damaged(found.sha256))),
            None => findings.push(finding(name, "it is not there")),
        }
    }
    Ok(findings)
}

fn damaged(sha256: Digest) -> String {
    format!("it was changed or is damaged: its digest is {sha256}")
}
