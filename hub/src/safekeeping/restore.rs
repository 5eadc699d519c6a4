//! Restoring: a backup becomes a hub in a new folder, proves itself as `hub check` does, takes what the journal knows
//! beyond it, and begins a new epoch, by which every device offers again what it kept. Until the end nothing stands in
//! the folder but a building site.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use countersign_documents::{Bundle, BundleKind, EncryptedReader};
use countersign_model::Id;
use countersign_model::entity::{Device, DeviceState, SERIES_LETTERS, Series, series_id};
use countersign_model::payload::{DeviceEnrol, DeviceRevoke, HubRestored, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::recovery::DecryptionKey;
use countersign_model::{Digest, RecordRef};
use serde::{Deserialize, Serialize};

use super::backup::KEYS_KIND;
use super::backup_folder::{WholeBackup, has_entries};
use super::journal::{ENROLLED, JOURNAL_PLACE, Line, NUMBERS, REVOKED, TOKEN, read_journal};
use super::manifest::{DATABASE, KEYS};
use super::prove::same_parts;
use super::recovery::{self, RECOVERY_KEY};
use super::rotate::{self, TENANT_KEY};
use crate::blobs::{Blobs as _, LocalBlobs};
use crate::edge::Edge;
use crate::error::{HubError, Outcome};
use crate::hub::{Hub, blobs_folder, database, keys_folder, move_in};
use crate::keys::{make_folder, write_secret};
use crate::service::{Actor, CheckReport};
use crate::store::{Put, Snapshot, Store};

/// The building site in the new folder.
const BUILDING: &str = ".restoring";
/// Rows read at a time.
const PAGE: usize = 500;
/// Letters of the prefix that numbers and codes get without a journal: one of a thousand by chance.
const PREFIX_LETTERS: usize = 2;

/// What is restored, and to where.
#[derive(Clone, Debug)]
pub struct RestoreOptions {
    /// A folder of backups (its newest is taken), or one backup's folder.
    pub backup: PathBuf,
    /// The new hub's folder: new or empty.
    pub into: PathBuf,
    /// The private half of the recovery key.
    pub key: DecryptionKey,
    /// The journal; where it is left out, the place that the backup names is looked at.
    pub journal: Option<PathBuf>,
}

/// A hub that was restored.
#[derive(Clone, Debug, Serialize)]
pub struct Restored {
    /// The backup that was taken.
    pub backup: PathBuf,
    /// When it was taken, hub time in milliseconds.
    pub taken: i64,
    /// The epoch from now on.
    pub epoch: String,
    /// How many leaves the log had.
    pub log_size: u64,
    /// Entries that the journal knew beyond the backup; `None` where there was no journal.
    pub replayed: Option<u64>,
    /// What the journal says and a person must do.
    pub by_hand: Vec<String>,
    /// Letters before new numbers and device codes, where there was no journal.
    pub prefix: Option<String>,
    /// What `hub check` found.
    pub check: CheckReport,
}

impl Hub {
    /// Restores a backup. `progress` hears what begins, and how many files of how many were copied.
    pub fn restore(options: &RestoreOptions, progress: &mut dyn FnMut(&str, u64, u64)) -> Outcome<Restored> {
        Hub::restore_at(options, Edge::system(), progress)
    }

    /// The same with a clock of the caller's, or a clock and chance.
    pub fn restore_at(
        options: &RestoreOptions,
        edge: impl Into<Edge>,
        progress: &mut dyn FnMut(&str, u64, u64),
    ) -> Outcome<Restored> {
        let backup = WholeBackup::find(&options.backup)?;
        let into = &options.into;
        let building = into.join(BUILDING);
        // What an earlier try left is begun anew; anything else there is somebody's.
        if building.exists() {
            fs::remove_dir_all(&building).map_err(HubError::file(&building))?;
        }
        if has_entries(into)? {
            return Err(HubError::Input(format!(
                "{} is not empty, and restoring never overwrites: name a new folder",
                into.display()
            )));
        }
        make_folder(into)?;
        make_folder(&building)?;
        let restored = Site { backup: &backup, folder: &building, options, edge: edge.into() }.build(progress);
        match restored {
            Ok(restored) => {
                move_in(&building, into)?;
                Ok(restored)
            }
            Err(error) => {
                // Nothing half restored is left that could be taken for a hub.
                let _ = fs::remove_dir_all(&building);
                Err(error)
            }
        }
    }
}

/// A restore under way.
struct Site<'a> {
    backup: &'a WholeBackup,
    folder: &'a Path,
    options: &'a RestoreOptions,
    edge: Edge,
}

impl Site<'_> {
    fn build(&self, progress: &mut dyn FnMut(&str, u64, u64)) -> Outcome<Restored> {
        let manifest = &self.backup.manifest;
        progress("keys", 0, 0);
        let damage = same_parts(&self.backup.folder, manifest)?;
        if let Some(damaged) = damage.first() {
            return Err(HubError::Input(format!(
                "{} of the backup cannot be used: {}. Name another backup in it, or another copy of the folder",
                damaged.item, damaged.why
            )));
        }
        self.restore_keys()?;
        progress("database", 0, 0);
        let path = database(self.folder);
        fs::copy(self.backup.folder.join(DATABASE), &path).map_err(HubError::file(&path))?;
        let chain =
            Snapshot::open(&path)?.read(manifest.tenant, |read| Ok::<_, HubError>(read.key_chain(manifest.tenant)?))?;
        chain.check()?;
        manifest.check(&chain)?;
        self.restore_media(progress)?;
        let epoch = hex::encode(self.edge.random::<8>()?);
        let elsewhere = begin_epoch(&path, manifest.tenant, &epoch)?;
        let hub = Hub::open_at(self.folder, self.edge.clone())?;
        progress("check", 0, 0);
        let check = hub.check(&mut |_| {})?;
        self.judge_check(&check)?;
        progress("journal", 0, 0);
        self.say_restored(&hub, &epoch)?;
        hub.forget_mark()?;
        let mut restored = Restored {
            backup: self.backup.folder.clone(),
            taken: manifest.taken,
            epoch,
            log_size: manifest.log_size,
            replayed: None,
            by_hand: Vec::new(),
            prefix: None,
            check,
        };
        match self.journal(elsewhere.as_deref(), &chain)? {
            Some(lines) => {
                let (count, by_hand) = replay(&hub, &lines, &self.options.key)?;
                restored.replayed = Some(count);
                restored.by_hand = by_hand;
            }
            None => restored.prefix = Some(begin_prefix(&hub)?),
        }
        hub.write_journal_now()?;
        hub.checkpoint()?;
        Ok(restored)
    }

    /// The keys, which only the recovery key opens.
    fn restore_keys(&self) -> Outcome {
        let path = self.backup.folder.join(KEYS);
        let refused = |why: String| {
            HubError::Input(format!(
                "the keys of the backup do not open: {why}. Give the recovery key of the company {:?}, as `hub init` \
                 wrote it",
                self.backup.manifest.company
            ))
        };
        let file = fs::File::open(&path).map_err(HubError::file(&path))?;
        let mut bytes = Vec::new();
        let mut reader =
            EncryptedReader::open(file, &self.options.key).map_err(|problem| refused(problem.to_string()))?;
        reader.read_to_end(&mut bytes).map_err(|error| refused(error.to_string()))?;
        let bundle = Bundle::read(&bytes).map_err(|problem| refused(problem.to_string()))?;
        if *bundle.kind() != BundleKind::from_word(KEYS_KIND) {
            return Err(refused("the file holds something else".to_owned()));
        }
        let keys = keys_folder(self.folder);
        make_folder(&keys)?;
        for (name, bytes) in bundle.files().iter().filter(|(name, _)| !name.contains('/')) {
            write_secret(&keys.join(name), bytes)?;
        }
        Ok(())
    }

    /// Every held file, checked on its way.
    fn restore_media(&self, progress: &mut dyn FnMut(&str, u64, u64)) -> Outcome {
        let manifest = &self.backup.manifest;
        let snapshot = Snapshot::open(&self.backup.folder.join(DATABASE))?;
        let (from, to) = (LocalBlobs::new(&self.backup.blobs), LocalBlobs::new(&blobs_folder(self.folder)));
        let (mut after, mut seen) = (None, 0);
        loop {
            let page = snapshot.read(manifest.tenant, |read| Ok::<_, HubError>(read.media_after(after, PAGE)?))?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            for (sha256, _) in page {
                self.restore_one(&from, &to, sha256)?;
                seen += 1;
            }
            progress("files", seen, manifest.media);
        }
    }

    fn restore_one(&self, from: &LocalBlobs, to: &LocalBlobs, sha256: Digest) -> Outcome {
        let manifest = &self.backup.manifest;
        if manifest.missing.contains(&sha256) {
            return Ok(());
        }
        let damaged = |why: String| {
            HubError::Input(format!(
                "the file {sha256} of the backup cannot be used: {why}. Name another copy of the folder of backups"
            ))
        };
        let blob = from.open(manifest.tenant, sha256)?;
        let mut blob = blob.ok_or_else(|| damaged("it is not there".to_owned()))?;
        match to.keep(manifest.tenant, sha256, &mut blob.file) {
            Err(crate::blobs::BlobError::Mismatch { .. }) => Err(damaged("it was changed or is damaged".to_owned())),
            other => Ok(other.map(|_| ())?),
        }
    }

    /// The restored hub must be sound, but for what the hub itself lacked when the backup was taken.
    fn judge_check(&self, check: &CheckReport) -> Outcome {
        let known: Vec<String> = self.backup.manifest.missing.iter().map(|sha256| format!("media/{sha256}")).collect();
        match check.findings.iter().find(|finding| !known.contains(&finding.item)) {
            None => Ok(()),
            Some(finding) => Err(HubError::Input(format!(
                "the restored hub does not hold together: {}: {}. Name an older backup in {}",
                finding.item,
                finding.why,
                self.options.backup.display()
            ))),
        }
    }

    fn say_restored(&self, hub: &Hub, epoch: &str) -> Outcome {
        let manifest = &self.backup.manifest;
        let signer = hub.signer()?;
        let word = HubRestored {
            log_size: manifest.log_size,
            log_root: manifest.log_root,
            epoch_before: manifest.epoch.clone(),
            epoch: epoch.to_owned(),
            taken: manifest.taken,
            key_number: signer.number,
            signature: String::new(),
        };
        let payload = Payload::HubRestored(word.signed(hub.tenant(), &signer.key)?);
        hub.order(&hub.system(), &payload, Scope::office()).map(|_| ())
    }

    /// The journal that was named, or the one at the place that the backup names.
    fn journal(
        &self,
        elsewhere: Option<&Path>,
        chain: &countersign_model::trust::TrustChain,
    ) -> Outcome<Option<Vec<Line>>> {
        match (&self.options.journal, elsewhere.filter(|path| path.exists())) {
            (Some(named), _) => read_journal(named, chain).map(Some),
            (None, Some(elsewhere)) => read_journal(elsewhere, chain).map(Some),
            (None, None) => Ok(None),
        }
    }
}

/// Gives the database its new epoch. Answers where the journal stood that the old hub wrote; the restored hub writes its
/// own, at the usual place, and never into that one.
fn begin_epoch(path: &Path, tenant: Id, epoch: &str) -> Outcome<Option<PathBuf>> {
    let store = Store::open(path)?;
    store.set_epoch(tenant, epoch)?;
    store.write(tenant, |write| {
        let place = write.setting(JOURNAL_PLACE)?;
        write.remove_setting(JOURNAL_PLACE)?;
        Ok::<_, HubError>(place.map(PathBuf::from))
    })
}

#[derive(Deserialize)]
struct Revocation {
    device: Id,
    reason: String,
}

#[derive(Deserialize)]
struct Token {
    device: Id,
    digest: Digest,
    invite: Digest,
}

#[derive(Deserialize)]
struct Numbers {
    series: Id,
    next: u64,
    #[serde(default)]
    prefix: String,
}

/// Takes what the journal knows beyond the database. Answers how many entries, and what a person must do.
fn replay(hub: &Hub, lines: &[Line], key: &DecryptionKey) -> Outcome<(u64, Vec<String>)> {
    let head = hub.read(|read| Ok(read.journal_head()?))?;
    // Entries that the restore itself wrote have the same numbers as lost ones: the signed word about the restore is
    // no entry, so the database stands where the backup stood.
    let newer: Vec<_> = lines.iter().map(Line::entry).filter(|entry| entry.entry > head).collect();
    hub.write(|write| Ok(newer.iter().try_for_each(|entry| write.keep_journal_entry(entry))?))?;
    let mut by_hand = Vec::new();
    let mut numbers: BTreeMap<Id, Numbers> = BTreeMap::new();
    for entry in &newer {
        let done = match entry.what.as_str() {
            REVOKED => read(&entry.body).map(|of| revoke(hub, of)),
            ENROLLED => read(&entry.body).map(|of| enrol(hub, of)),
            TOKEN => read(&entry.body).map(|of| token(hub, of, entry.time)),
            TENANT_KEY => read(&entry.body).map(|of| rotate::take(hub, key, &of)),
            RECOVERY_KEY => read(&entry.body).map(|of| recovery::take(hub, &of)),
            NUMBERS => read::<Numbers>(&entry.body).map(|of| {
                numbers.insert(of.series, of);
                Ok(())
            }),
            _ => None,
        };
        if !matches!(done, Some(Ok(()))) {
            let why = done.and_then(Result::err).map(|error| error.to_string()).unwrap_or_default();
            by_hand.push(format!("{}: {} {why}", entry.what, entry.body));
        }
    }
    hub.write(|write| {
        for (id, of) in &numbers {
            let series = Series { next: of.next, prefix: of.prefix.clone(), ..Series::default() };
            put_series(write, *id, series)?;
        }
        Ok(())
    })?;
    Ok((u64::try_from(newer.len()).unwrap_or(u64::MAX), by_hand))
}

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Option<T> {
    serde_json::from_str(body).ok()
}

/// Only upwards: a number that was given is never given again.
fn put_series(write: &crate::store::Write<'_>, id: Id, mut series: Series) -> Outcome {
    if let Some((_, known)) = write.get::<Series>(id)? {
        series.next = series.next.max(known.next);
        series.extra = known.extra;
    }
    let put = Put::of(id, Scope::office(), &series);
    write.put(&[Put { record: RecordRef::new(kind::SERIES, id), ..put }])?;
    Ok(())
}

fn revoke(hub: &Hub, of: Revocation) -> Outcome {
    let standing = hub.get::<Device>(of.device)?.is_none_or(|(_, device)| device.state != DeviceState::Active);
    if standing {
        return Ok(());
    }
    let payload = Payload::DeviceRevoke(DeviceRevoke { device: of.device, reason: of.reason });
    hub.order(&hub.system(), &payload, Scope::device(of.device)).map(|_| ())
}

fn enrol(hub: &Hub, of: DeviceEnrol) -> Outcome {
    if hub.get::<Device>(of.device)?.is_some() {
        return Ok(());
    }
    let (person, device) = (of.person, of.device);
    hub.order(&Actor::System { person }, &Payload::DeviceEnrol(of), Scope::device(device)).map(|_| ())
}

fn token(hub: &Hub, of: Token, time: i64) -> Outcome {
    hub.write(|write| Ok(write.keep_token(of.digest, of.device, of.invite, time).map(|_| ())?))
}

/// Without the journal nobody knows which numbers and codes were given since the backup: new ones get letters of their
/// own.
fn begin_prefix(hub: &Hub) -> Outcome<String> {
    let prefix = hub.inner.edge.random_letters(PREFIX_LETTERS)?;
    hub.set_code_prefix(&prefix)?;
    let year = chrono::DateTime::from_timestamp_millis(hub.now()).unwrap_or_default();
    let year = year.format("%y").to_string();
    hub.write(|write| {
        for letter in SERIES_LETTERS {
            let id = series_id(&format!("{letter}-{year}"));
            put_series(write, id, Series { next: 1, prefix: prefix.clone(), ..Series::default() })?;
        }
        Ok(())
    })?;
    Ok(prefix)
}
