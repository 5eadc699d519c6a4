//! Taking a rescue file: its photos and files are held, its commands go through the inbox as a carried chain does. What
//! the device signed is taken, an unsigned tail waits in quarantine. Taking the same file twice takes it once.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use countersign_documents::{ChainPart, EncryptedReader, Header, StreamProblem, Transfer, looks_encrypted};
use countersign_model::recovery::DecryptionKey;
use countersign_model::wire::ErrorCode;
use countersign_model::{Digest, Id};
use serde::Serialize;
use serde_json::Value;

use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::judge::{RawEnvelope, RawPush};
use crate::store::EntryState;

/// What was taken from a rescue file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rescued {
    /// The device that made it.
    pub device: Id,
    /// Whose it was.
    pub person: String,
    /// Commands in the file.
    pub commands: u64,
    /// Of these, how many were new here.
    pub new_commands: u64,
    /// Of these, how many wait for a person's word.
    pub quarantined: u64,
    /// Photos and files in it.
    pub media: u64,
    /// Of these, how many were new here.
    pub new_media: u64,
}

/// A file with its name, to be read more than once.
struct Source<'a> {
    name: String,
    open: &'a dyn Fn() -> Outcome<Box<dyn Read>>,
    key: &'a DecryptionKey,
}

impl Source<'_> {
    fn read(&self, take: &mut countersign_documents::TakeMedia<'_>) -> Outcome<Transfer> {
        let refused = |why: String| HubError::Input(format!("{}: {why}", self.name));
        let content = EncryptedReader::open(BufReader::new((self.open)()?), self.key);
        let content = content.map_err(|problem| refused(problem.to_string()))?;
        Transfer::read(content, take).map_err(|problem| match problem {
            StreamProblem::Io(error) => HubError::File { path: self.name.clone().into(), reason: error },
            other => refused(other.to_string()),
        })
    }
}

impl Hub {
    /// Opens a rescue file with the recovery key and takes what is in it.
    pub fn rescue(&self, file: &Path, key: &DecryptionKey) -> Outcome<Rescued> {
        let open = || Ok(Box::new(File::open(file).map_err(HubError::file(file))?) as Box<dyn Read>);
        self.take_transfer(&Source { name: file.display().to_string(), open: &open, key }, None)
    }

    /// A device brought bytes: if they are a rescue file for this hub, it is taken. Whatever is wrong with it, the bytes
    /// are held and an administrator can try again with the recovery key.
    pub(crate) fn rescue_arrived(&self, sha256: Digest, carrier: Id) {
        match self.take_if_rescue(sha256, carrier) {
            Ok(None) => {}
            Ok(Some(rescued)) => {
                tracing::info!(device = %rescued.device, commands = rescued.commands, "a rescue file was taken");
            }
            Err(error) => tracing::warn!(%sha256, %error, "a rescue file could not be taken; its bytes are held"),
        }
    }

    fn take_if_rescue(&self, sha256: Digest, carrier: Id) -> Outcome<Option<Rescued>> {
        let mut beginning = Vec::new();
        let open = || {
            let blob = self.inner.blobs.open(self.tenant(), sha256)?;
            let missing = || HubError::Input(format!("the file {sha256} is not held"));
            Ok(Box::new(blob.ok_or_else(missing)?.file) as Box<dyn Read>)
        };
        open()?.take(64).read_to_end(&mut beginning).map_err(HubError::file("a held file"))?;
        if !looks_encrypted(&beginning) {
            return Ok(None);
        }
        let Some(key) = self.rescue_key()? else { return Ok(None) };
        let header = Header::read(&mut BufReader::new(open()?));
        if !header.is_ok_and(|header| header.is_for(&countersign_documents::public_half(&key))) {
            return Ok(None);
        }
        let source = Source { name: format!("the file {sha256}"), open: &open, key: &key };
        self.take_transfer(&source, Some(carrier)).map(Some)
    }

    /// Everything is judged before anything is kept: the file is read twice, as it does not fit into memory.
    fn take_transfer(&self, source: &Source<'_>, carrier: Option<Id>) -> Outcome<Rescued> {
        let transfer = source.read(&mut |_, _, _| Ok(()))?;
        let device = transfer.chain.credential.device;
        // What its device had taken over from others comes first: it went on after that.
        let mut chains: Vec<(Id, Option<Id>, RawPush)> = Vec::new();
        for part in &transfer.carried {
            self.check_origin(&source.name, &part.chain)?;
            let push = raw_push(&source.name, &part.chain, &part.commands)?;
            chains.push((part.chain.credential.device, Some(device), push));
        }
        self.check_origin(&source.name, &transfer.chain)?;
        chains.push((device, carrier, raw_push(&source.name, &transfer.chain, &transfer.commands)?));
        let before = self.known(&chains)?;
        let new_media = self.take_media(source, device)?;
        // The media are here before the commands that cite them.
        for (of, by, push) in &chains {
            self.receive_rescued(*of, *by, push.clone()).map_err(|problem| refused(&source.name, &problem))?;
        }
        let (after, quarantined) = (self.known(&chains)?, self.in_quarantine(&chains)?);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Ok(Rescued {
            device,
            person: transfer.chain.credential.person_name.clone(),
            commands: count(chains.iter().map(|(.., push)| push.envelopes.len()).sum()),
            new_commands: after.saturating_sub(before),
            quarantined,
            media: count(transfer.media.len()),
            new_media,
        })
    }

    /// The chain must come from a device that this company vouched for.
    fn check_origin(&self, name: &str, part: &ChainPart) -> Outcome {
        part.credential.check(&self.chain()?).map_err(|why| {
            HubError::Input(format!(
                "{name}: it is not from a device of this company ({why}): open it at its own office"
            ))
        })
    }

    fn take_media(&self, source: &Source<'_>, device: Id) -> Outcome<u64> {
        let mut new = 0;
        let mut kept: Vec<(Digest, u64)> = Vec::new();
        source.read(&mut |sha256, bytes, from| {
            self.inner
                .blobs
                .keep(self.tenant(), sha256, from)
                .map_err(|error| StreamProblem::Io(std::io::Error::other(error.to_string())))?;
            kept.push((sha256, bytes));
            Ok(())
        })?;
        let now = self.now();
        for (sha256, bytes) in kept {
            let held = self.holds(sha256)?;
            self.write(|write| {
                write.hold(sha256, bytes, now)?;
                Ok(write.sent(device, sha256, now)?)
            })?;
            new += u64::from(!held);
            self.form_arrived(sha256)?;
        }
        Ok(new)
    }

    fn known(&self, chains: &[(Id, Option<Id>, RawPush)]) -> Outcome<u64> {
        self.count_entries(chains, |_| true)
    }

    fn in_quarantine(&self, chains: &[(Id, Option<Id>, RawPush)]) -> Outcome<u64> {
        self.count_entries(chains, |state| state == EntryState::Quarantined)
    }

    fn count_entries(&self, chains: &[(Id, Option<Id>, RawPush)], wanted: impl Fn(EntryState) -> bool) -> Outcome<u64> {
        let ids: BTreeSet<Id> =
            chains.iter().flat_map(|(.., push)| &push.envelopes).filter_map(RawEnvelope::id).collect();
        self.read(|read| {
            let mut count = 0;
            for id in ids {
                count += u64::from(read.entry(id)?.is_some_and(|entry| wanted(entry.state)));
            }
            Ok(count)
        })
    }
}

fn raw_push(name: &str, chain: &ChainPart, commands: &[Value]) -> Outcome<RawPush> {
    let envelopes = commands.iter().map(|value| serde_json::from_value::<RawEnvelope>(value.clone()));
    let envelopes = envelopes.collect::<Result<Vec<_>, _>>();
    let unreadable =
        |error| HubError::Input(format!("{name}: an entry in it cannot be read ({error}): update the hub"));
    let envelopes = envelopes.map_err(unreadable)?;
    Ok(RawPush { envelopes, signature: chain.signatures.last().cloned() })
}

fn refused(name: &str, problem: &crate::problem::Problem) -> HubError {
    let why = match problem.code {
        ErrorCode::Gap => format!(
            "the hub lacks entries of this device before those of the file (it expects number {}): take the older \
             rescue file of the device first, or bring the device itself",
            problem.detail
        ),
        ErrorCode::Fork => {
            "the device's own entries at the hub are others under the same numbers: its data was copied; \
                            enrol the device anew, its work then waits for confirmation"
                .to_owned()
        }
        _ => problem.detail.clone(),
    };
    HubError::Input(format!("{name}: {why}"))
}
