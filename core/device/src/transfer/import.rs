//! Taking a colleague's file: a hand-over is opened and its work goes to the hub with this device's own; a rescue file is
//! carried to the office as it is.

use std::io::{BufReader, Read};
use std::path::Path;

use countersign_documents::{ChainPart, EncryptedReader, Header, MediaPart, Transfer, looks_encrypted};
use countersign_model::command::Envelope;
use countersign_model::record::Scope;
use countersign_model::trust::TrustChain;
use countersign_model::wire::{MEDIA_BYTES, Trust};
use countersign_model::{Digest, Id};
use serde_json::Value;

use super::{environment, input, of_encrypted, of_stream, through};
use crate::app::{App, AppError};
use crate::store::{CarriedChain, Identity, MediaClass, NewMedia, StagedFile};

/// What was taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Whose work it is; empty where this device cannot read it.
    pub person_name: String,
    /// The device that it comes from.
    pub device: Id,
    /// Commands that were new here; of a sealed file what it says about itself.
    pub commands: usize,
    /// Photos and files.
    pub media: usize,
    /// Whether that device's key signed the chain; unknown of a sealed file.
    pub signed: Option<bool>,
    /// Only the office can open it: it is carried there as it is.
    pub sealed: bool,
}

impl App {
    /// Takes another device's file, to carry its work to the hub. Taking the same file twice takes it once.
    pub fn import(&self, path: &Path) -> Result<Imported, AppError> {
        let identity = self.store().identity()?.ok_or(AppError::Enrol)?;
        let header = self.header(path)?;
        if header.about().device == Some(identity.device) {
            return Err(input(
                "this file is from this very device: take it to a colleague's, or to the office".to_owned(),
            ));
        }
        let key = self.receive_key()?;
        let office = identity.recovery.as_ref();
        match header.is_for(&key) {
            true => self.take(path, &identity),
            false if office.is_some_and(|keys| header.is_for(&keys.hub) || header.is_for(&keys.recovery)) => {
                self.carry_sealed(path, &header)
            }
            false => Err(input(format!(
                "this file is encrypted to another device or office: have it exported again with --to {key}"
            ))),
        }
    }

    fn open_file(&self, path: &Path) -> Result<BufReader<Box<dyn Read>>, AppError> {
        let files = self.store().files();
        if files.length(path).map_err(|error| environment(path, &error))?.is_none() {
            return Err(AppError::NotFound { what: "file", name: path.display().to_string() });
        }
        let file = files.open(path).map_err(|error| environment(path, &error))?;
        Ok(BufReader::new(Box::new(file)))
    }

    fn header(&self, path: &Path) -> Result<Header, AppError> {
        let mut beginning = Vec::new();
        let file = self.open_file(path)?;
        file.take(64).read_to_end(&mut beginning).map_err(|error| environment(path, &error))?;
        if beginning.starts_with(b"PK") && !looks_encrypted(&beginning) {
            return Err(input(
                "this is a plain bundle, not a hand-over or rescue file: those are encrypted".to_owned(),
            ));
        }
        Header::read(&mut self.open_file(path)?).map_err(|problem| of_encrypted(path, problem))
    }

    /// Reads the whole file, giving each photo and file to `take`.
    fn read_transfer(
        &self,
        path: &Path,
        take: &mut countersign_documents::TakeMedia<'_>,
    ) -> Result<Transfer, AppError> {
        let key = self.secret_receive_key()?;
        let content = EncryptedReader::open(self.open_file(path)?, &key);
        let content = content.map_err(|problem| of_encrypted(path, problem))?;
        Transfer::read(content, take).map_err(|problem| of_stream(path, problem))
    }

    /// Everything is judged before anything is kept: the file is read twice, as it does not fit into memory.
    fn take(&self, path: &Path, identity: &Identity) -> Result<Imported, AppError> {
        let transfer = self.read_transfer(path, &mut |_, _, _| Ok(()))?;
        if transfer.chain.credential.device == identity.device {
            return Err(input("this file is from this very device: take it to a colleague's".to_owned()));
        }
        check_origin(identity, &transfer.chain)?;
        let chains = chains(identity, &transfer)?;
        chains.iter().try_for_each(|chain| chain.check().map_err(|error| input(error.to_string())))?;
        let staged = self.stage_media(path)?;
        let at_hub = |file: &StagedFile| transfer.media.iter().any(|part| part.at_hub && part.sha256 == file.sha256);
        let (seen, unsent): (Vec<StagedFile>, Vec<StagedFile>) = staged.iter().copied().partition(at_hub);
        let rows = media_rows(&transfer.media, &unsent, transfer.chain.credential.device);
        let signed = chains.iter().all(|chain| chain.envelopes.is_empty() || !chain.signatures.is_empty());
        let commands = self.store().carry_with(&chains, &rows, &seen)?;
        self.follow(identity, &transfer.chain.chain)?;
        Ok(Imported {
            person_name: transfer.chain.credential.person_name,
            device: transfer.chain.credential.device,
            commands,
            media: rows.len(),
            signed: Some(signed),
            sealed: false,
        })
    }

    /// The colleague's device may know a newer key of the office: what its file says of it can be handed on.
    fn follow(&self, identity: &Identity, chain: &TrustChain) -> Result<(), AppError> {
        if chain.goes_on_from(&identity.chain) {
            let epoch = identity.epoch.clone();
            let trust = Trust { chain: chain.clone(), epoch, tls: None, recovery: None, company: String::new() };
            self.store().follow_keys(&trust)?;
        }
        Ok(())
    }

    fn stage_media(&self, path: &Path) -> Result<Vec<StagedFile>, AppError> {
        let mut staged: Vec<StagedFile> = Vec::new();
        let outcome = self.read_transfer(path, &mut |sha256, _, from| {
            let file = self.store().stage_as(sha256, from, MEDIA_BYTES).map_err(through)?;
            staged.push(file);
            Ok(())
        });
        match outcome {
            Ok(_) => Ok(staged),
            Err(error) => {
                // The file changed between its two readings: what was put beside the store's own goes again.
                self.store().unstage(&staged)?;
                Err(error)
            }
        }
    }

    /// A file that only the office can open goes there as one file of this device.
    fn carry_sealed(&self, path: &Path, header: &Header) -> Result<Imported, AppError> {
        let identity = self.store().identity()?.ok_or(AppError::Enrol)?;
        let file = self.store().stage(&mut self.open_file(path)?, MEDIA_BYTES)?;
        let scope = Scope::device(identity.device);
        let row = NewMedia { file, class: MediaClass::Original, scope, added: self.now() };
        self.store().write(|tx| tx.put_media(&row))?;
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let about = header.about();
        Ok(Imported {
            person_name: String::new(),
            device: about.device.unwrap_or_default(),
            commands: count(about.commands),
            media: count(about.media),
            signed: None,
            sealed: true,
        })
    }
}

/// The chains of a file, those that its device took over itself first: it went on after them. What was this device's own
/// is here already.
fn chains(identity: &Identity, transfer: &Transfer) -> Result<Vec<CarriedChain>, AppError> {
    let mut found = Vec::new();
    for part in transfer.carried.iter().filter(|part| part.chain.credential.device != identity.device) {
        check_origin(identity, &part.chain)?;
        found.push(chain_of(&part.chain, &part.commands)?);
    }
    let mut own = chain_of(&transfer.chain, &transfer.commands)?;
    own.rows.clone_from(&transfer.rows);
    own.forms.clone_from(&transfer.forms);
    found.push(own);
    Ok(found)
}

fn chain_of(chain: &ChainPart, commands: &[Value]) -> Result<CarriedChain, AppError> {
    let envelope = |value: &Value| serde_json::from_value::<Envelope>(value.clone());
    let envelopes = commands.iter().map(envelope).collect::<Result<Vec<_>, _>>();
    let unreadable = |error: serde_json::Error| AppError::Update { why: format!("an entry cannot be read: {error}") };
    Ok(CarriedChain {
        credential: chain.credential.clone(),
        envelopes: envelopes.map_err(unreadable)?,
        signatures: chain.signatures.clone(),
        rows: Vec::new(),
        forms: Vec::new(),
    })
}

/// The chain must be of a device of the same office.
fn check_origin(identity: &Identity, part: &ChainPart) -> Result<(), AppError> {
    let (credential, chain) = (&part.credential, &part.chain);
    if credential.tenant != identity.chain.tenant {
        return Err(input("this file is from a device of another company".to_owned()));
    }
    // The other device may know a newer key of the tenant: its chain counts if ours is its beginning.
    let known = if chain.goes_on_from(&identity.chain) { chain } else { &identity.chain };
    credential.check(known).map_err(|error| input(format!("the office did not vouch for that device: {error}")))
}

/// Where another device's file belongs is its own scope: nothing of ours goes because of it.
fn media_rows(listed: &[MediaPart], staged: &[StagedFile], device: Id) -> Vec<NewMedia> {
    let of = |sha256: Digest| listed.iter().find(|part| part.sha256 == sha256);
    let row = |file: &StagedFile| {
        of(file.sha256).map(|part| NewMedia {
            file: *file,
            class: sendable(&part.class),
            scope: Scope::device(device),
            added: part.added,
        })
    };
    staged.iter().filter_map(row).collect()
}

/// A class from outside must not keep a file from being sent.
fn sendable(word: &str) -> MediaClass {
    match serde_json::from_value(Value::from(word)) {
        Ok(MediaClass::Form | MediaClass::Unfiled | MediaClass::Pages) | Err(_) => MediaClass::Original,
        Ok(other) => other,
    }
}
