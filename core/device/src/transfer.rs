//! Hand-over and rescue: unsent work leaves this device as one file and reaches the hub through another device.
//!
//! The file is a bundle: the device's credential, the commands that the hub does not have with the chain's signature, and
//! the files that have no receipt. The carrying device checks it against the office that it trusts and never changes it;
//! the hub takes the signed part and holds an unsigned tail for confirmation. Nothing is removed from the device that
//! exports: its work is safe only when the hub says so.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use countersign_documents::{Bundle, BundleKind, BundleProblem, BundleSignature};
use countersign_model::canonical;
use countersign_model::command::Envelope;
use countersign_model::record::Scope;
use countersign_model::trust::{Credential, TrustChain, chain_statement};
use countersign_model::wire::ChainSignature;
use countersign_model::{Digest, Id};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::app::{App, AppError};
use crate::store::{CarriedChain, Identity, MediaClass, MediaItem, NewMedia, StagedFile, Store, StoreError};

/// Who made the file, and its signature over its chain.
const CHAIN: &str = "chain.json";
/// The commands that the hub does not have.
const COMMANDS: &str = "commands.json";
/// What the files are.
const MEDIA: &str = "media.json";
/// Most bytes of media in one file: a bundle is put together in memory, and a phone has little.
const MOST_MEDIA_BYTES: u64 = 1 << 30;
/// Largest file that is read: what a bundle can hold at most.
const MOST_FILE_BYTES: u64 = 4 << 30;
/// Most commands of one file, far above what a device collects in the lease's thirty days.
const MOST_COMMANDS: usize = 100_000;

#[derive(Serialize, Deserialize)]
struct ChainPart {
    credential: Credential,
    chain: TrustChain,
    signature: Option<ChainSignature>,
}

#[derive(Serialize, Deserialize)]
struct MediaPart {
    sha256: Digest,
    bytes: u64,
    class: MediaClass,
    added: i64,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Commands.
    pub commands: usize,
    /// Photos and files.
    pub media: usize,
    /// Their length together.
    pub media_bytes: u64,
    /// Files that did not fit: they are still only on this device. Export again after these are safe.
    pub left_out: usize,
    /// Whether the device's key signed the chain; an unsigned one waits at the office for confirmation.
    pub signed: bool,
}

/// What was taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Whose work it is.
    pub person_name: String,
    /// The device that it comes from.
    pub device: Id,
    /// Commands that were new here.
    pub commands: usize,
    /// Photos and files.
    pub media: usize,
    /// Whether that device's key signed the chain.
    pub signed: bool,
}

impl App {
    /// Writes everything that is only on this device into a file: durable when this returns.
    pub fn export(&self, path: &Path, kind: BundleKind) -> Result<Exported, AppError> {
        // A file for a colleague shows what is in it; the rescue file is for the office, and must go whatever happens.
        if kind != BundleKind::Rescue {
            self.check_lease()?;
        }
        let store = self.store();
        let identity = store.identity()?.ok_or(AppError::Enrol)?;
        let (envelopes, signature) = self.unsent()?;
        let (chosen, left_out) = choose(store.media_to_send(usize::MAX)?);
        let mut exported =
            Exported { commands: envelopes.len(), left_out, signed: signature.is_some(), ..Default::default() };
        let mut files = BTreeMap::new();
        let mut listed = Vec::new();
        for item in chosen {
            // A file that rotted is left out and told; the rest is worth saving all the more.
            let bytes = match store.media_bytes(item.sha256) {
                Ok(Some(bytes)) => bytes,
                Ok(None) | Err(StoreError::WrongBytes(_)) => {
                    exported.left_out += 1;
                    continue;
                }
                Err(other) => return Err(other.into()),
            };
            exported.media += 1;
            exported.media_bytes += item.bytes;
            listed.push(MediaPart { sha256: item.sha256, bytes: item.bytes, class: item.class, added: self.now() });
            files.insert(media_name(item.sha256), bytes);
        }
        let part = ChainPart { credential: identity.credential.clone(), chain: identity.chain.clone(), signature };
        files.insert(CHAIN.to_owned(), canonical_bytes(&part)?);
        files.insert(COMMANDS.to_owned(), canonical_bytes(&envelopes)?);
        files.insert(MEDIA.to_owned(), canonical_bytes(&listed)?);
        let bundle = self.signed_bundle(Bundle::new(kind, files).map_err(problem)?, &identity)?;
        write_durably(store, path, &bundle.write().map_err(problem)?)?;
        Ok(exported)
    }

    /// Every command that the hub does not have, and the device's word for its chain where the key is not locked.
    fn unsent(&self) -> Result<(Vec<Envelope>, Option<ChainSignature>), AppError> {
        let Some(batch) = self.store().next_push(MOST_COMMANDS, usize::MAX)? else { return Ok((Vec::new(), None)) };
        let Some(device) = batch.envelopes.first().and_then(|envelope| envelope.origin.device()) else {
            return Ok((Vec::new(), None));
        };
        let statement =
            chain_statement(device.0, batch.last_seq, batch.chain_hash).map_err(|error| report(error.to_string()))?;
        let signature = self.signature(&statement).ok();
        let signature =
            signature.map(|signature| ChainSignature { seq: batch.last_seq, chain_hash: batch.chain_hash, signature });
        Ok((batch.envelopes, signature))
    }

    fn signed_bundle(&self, bundle: Bundle, identity: &Identity) -> Result<Bundle, AppError> {
        let statement = bundle.statement().map_err(problem)?;
        match self.signature(&statement) {
            Err(_locked) => Ok(bundle),
            Ok(signature) => {
                let key = identity.credential.key.clone();
                bundle.signed(BundleSignature { device: identity.device, key, signature }).map_err(problem)
            }
        }
    }

    /// Takes another device's file, to carry its work to the hub. Taking the same file twice takes it once.
    pub fn import(&self, path: &Path) -> Result<Imported, AppError> {
        let bundle = Bundle::read(&read_whole(self.store(), path)?).map_err(problem)?;
        if !matches!(bundle.kind(), BundleKind::Rescue | BundleKind::HandOver) {
            return Err(input(format!("this is a file of kind \"{}\", not a hand-over or rescue file", bundle.kind())));
        }
        let identity = self.store().identity()?.ok_or(AppError::Enrol)?;
        let part: ChainPart = json(&bundle, CHAIN)?;
        check_origin(&identity, &part, &bundle)?;
        let carried = CarriedChain {
            credential: part.credential.clone(),
            envelopes: json(&bundle, COMMANDS)?,
            signature: part.signature,
        };
        // Everything is judged before anything is kept.
        carried.check().map_err(|error| input(error.to_string()))?;
        let listed: Vec<MediaPart> = json(&bundle, MEDIA)?;
        let rows = self.take_media(&bundle, &listed, part.credential.device)?;
        let commands = self.store().carry_with(&carried, &rows)?;
        Ok(Imported {
            person_name: part.credential.person_name,
            device: part.credential.device,
            commands,
            media: rows.len(),
            signed: carried.signature.is_some(),
        })
    }

    fn take_media(&self, bundle: &Bundle, listed: &[MediaPart], device: Id) -> Result<Vec<NewMedia>, AppError> {
        let mut checked = Vec::new();
        for media in listed {
            let bytes = bundle.files().get(&media_name(media.sha256));
            let bytes = bytes.filter(|bytes| Digest::of(bytes) == media.sha256);
            checked
                .push((media, bytes.ok_or_else(|| input(format!("the file {} is missing or damaged", media.sha256)))?));
        }
        let mut rows = Vec::new();
        for (media, bytes) in checked {
            let file: StagedFile = self.store().stage_bytes(bytes)?;
            // Where another device's file belongs is its own scope: nothing of ours goes because of it.
            let scope = Scope::device(device);
            rows.push(NewMedia { file, class: sendable(media.class), scope, added: media.added });
        }
        Ok(rows)
    }
}

/// A class from outside must not keep a file from being sent.
fn sendable(class: MediaClass) -> MediaClass {
    match class {
        MediaClass::Form | MediaClass::Unfiled => MediaClass::Original,
        other => other,
    }
}

/// As many files as fit, in the order of sending; and how many do not.
fn choose(items: Vec<MediaItem>) -> (Vec<MediaItem>, usize) {
    let all = items.len();
    let mut room = MOST_MEDIA_BYTES;
    let chosen: Vec<MediaItem> = items
        .into_iter()
        .filter(|item| match room.checked_sub(item.bytes) {
            Some(left) => {
                room = left;
                true
            }
            None => false,
        })
        .collect();
    let left_out = all - chosen.len();
    (chosen, left_out)
}

/// The file must come from a device of the same office, and its signature (if any) from that device's key.
fn check_origin(identity: &Identity, part: &ChainPart, bundle: &Bundle) -> Result<(), AppError> {
    let credential = &part.credential;
    if credential.tenant != identity.chain.tenant {
        return Err(input("this file is from a device of another company".to_owned()));
    }
    if credential.device == identity.device {
        return Err(input("this file is from this very device: take it to a colleague's".to_owned()));
    }
    // The other device may know a newer key of the tenant: its chain counts if ours is its beginning.
    let extends = part.chain.keys.starts_with(&identity.chain.keys) && part.chain.check().is_ok();
    let known = if extends { &part.chain } else { &identity.chain };
    credential.check(known).map_err(|error| input(format!("the office did not vouch for that device: {error}")))?;
    match bundle.signature() {
        Some(signature) if signature.key != credential.key => {
            Err(input("the file is signed by another key than the device's".to_owned()))
        }
        _ => Ok(()),
    }
}

fn media_name(sha256: Digest) -> String {
    format!("media/{sha256}")
}

fn json<T: DeserializeOwned>(bundle: &Bundle, name: &str) -> Result<T, AppError> {
    let bytes = bundle.files().get(name).ok_or_else(|| input(format!("the file lacks {name}")))?;
    serde_json::from_slice(bytes).map_err(|error| input(format!("{name} cannot be read: {error}")))
}

fn canonical_bytes(value: &impl Serialize) -> Result<Vec<u8>, AppError> {
    canonical::to_bytes(value).map_err(|error| report(error.to_string()))
}

fn input(why: String) -> AppError {
    AppError::Input { why }
}

fn report(why: String) -> AppError {
    AppError::Report { why }
}

fn problem(problem: BundleProblem) -> AppError {
    match problem {
        BundleProblem::Newer(_) => AppError::Update { why: problem.to_string() },
        other => input(other.to_string()),
    }
}

fn environment(path: &Path, error: &std::io::Error) -> AppError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => AppError::Space,
        _ => AppError::Environment { why: format!("{}: {error}", path.display()) },
    }
}

fn read_whole(store: &Store, path: &Path) -> Result<Vec<u8>, AppError> {
    let files = store.files();
    let length = files.length(path).map_err(|error| environment(path, &error))?;
    match length {
        None => return Err(AppError::NotFound { what: "file", name: path.display().to_string() }),
        Some(length) if length > MOST_FILE_BYTES => {
            return Err(input("the file is larger than a bundle can be".to_owned()));
        }
        Some(_) => {}
    }
    let mut bytes = Vec::new();
    let mut file = files.open(path).map_err(|error| environment(path, &error))?;
    file.read_to_end(&mut bytes).map_err(|error| environment(path, &error))?;
    Ok(bytes)
}

/// Durable under another name first, so that a file with this name is always whole.
fn write_durably(store: &Store, path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let mut name = path.file_name().map(|name| name.to_os_string()).ok_or_else(|| input("name a file".to_owned()))?;
    name.push(".part");
    let part = path.with_file_name(name);
    let files = store.files();
    let written = || -> std::io::Result<()> {
        let mut file = files.create(&part)?;
        file.write_all(bytes)?;
        file.flush()?;
        file.sync()?;
        drop(file);
        files.rename(&part, path)?;
        match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(folder) => files.sync_folder(folder),
            None => files.sync_folder(Path::new(".")),
        }
    };
    written().map_err(|error| environment(path, &error))
}
