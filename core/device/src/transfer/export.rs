//! Writing a hand-over or rescue file.

use std::io::{BufReader, Read, Write};
use std::path::Path;

use countersign_documents::{
    About, BundleKind, BundleSignature, CarriedPart, ChainPart, EncryptedWriter, FileSource, MediaPart, Recipients,
    StreamedBundle, Transfer, measure, media_name,
};
use countersign_model::command::Envelope;
use countersign_model::record::Scope;
use countersign_model::recovery::EncryptionKey;
use countersign_model::trust::chain_statement;
use countersign_model::wire::{ChainSignature, PUSH_BYTES, PUSH_COMMANDS};
use countersign_model::{Digest, Id};
use countersign_texts::Texts;
use serde_json::Value;

use super::{chance, environment, input, of_encrypted, of_stream, report};
use crate::app::{App, AppError};
use crate::screens::Waiting;
use crate::store::files::WriteFile;
use crate::store::{CarriedChain, HandedOver, Identity, MediaClass, MediaItem, PushBatch, Store};

/// Most bytes of media in one file: a bundle holds 4 GiB, and the rest of it needs some room.
const MOST_MEDIA_BYTES: u64 = (4 << 30) - (256 << 20);
/// Most commands of one file, far above what a device collects in the lease's thirty days.
const MOST_COMMANDS: usize = 100_000;

/// For whom a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportTo {
    /// A colleague whose device showed this key: they can read it and go on with the work. Beside what is unsent goes
    /// what is known of these jobs.
    Colleague {
        /// The key that their device shows.
        key: EncryptionKey,
        /// Jobs that go along although nothing of them is unsent.
        jobs: Vec<Id>,
    },
    /// The office: nobody else can read it, whoever carries it.
    Office,
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
    /// Files that did not fit, are damaged or belong to no job yet: they are still only on this device.
    pub left_out: usize,
    /// Whether the device's key signed the chain; an unsigned one waits at the office for confirmation.
    pub signed: bool,
}

impl Exported {
    /// What is said of photos and files that are not in the file, in the reader's language; `None` where all are.
    pub fn left_out_words(&self, texts: &Texts) -> Option<String> {
        let count = u64::try_from(self.left_out).unwrap_or(u64::MAX);
        (count > 0).then(|| texts.with("export-left-out", &[("count", count.into())]))
    }
}

/// One file on its way into the bundle.
struct Packed<'a> {
    part: MediaPart,
    source: FileSource<'a>,
}

impl App {
    /// Writes everything that is only on this device into an encrypted file: durable when this returns.
    pub fn export(&self, path: &Path, to: &ExportTo) -> Result<Exported, AppError> {
        // A file for a colleague shows what is in it; the rescue file is for the office, and must go whatever happens.
        if *to != ExportTo::Office {
            self.check_lease()?;
        }
        let identity = self.store().identity()?.ok_or(AppError::Enrol)?;
        let keys = recipients(&identity, to)?;
        let kind = match to {
            ExportTo::Colleague { .. } => BundleKind::HandOver,
            ExportTo::Office => BundleKind::Rescue,
        };
        let (envelopes, signatures) = self.unsent()?;
        // What was taken over from others goes on: it may be nowhere else any more.
        let taken_over = self.store().carried_unsent()?;
        let commands = envelopes.len() + taken_over.iter().map(|chain| chain.envelopes.len()).sum::<usize>();
        let mut exported = Exported { commands, signed: !signatures.is_empty(), ..Exported::default() };
        let mut packed = self.pack(&mut exported)?;
        exported.left_out = self.left_out(&exported)?;
        let handed = match to {
            ExportTo::Colleague { jobs, .. } => {
                let all = envelopes.iter().chain(taken_over.iter().flat_map(|chain| &chain.envelopes));
                self.hand_over(all, jobs)?
            }
            ExportTo::Office => HandedOver::default(),
        };
        packed.extend(self.pack_thumbnails(&handed, &packed)?);
        let chain = ChainPart { credential: identity.credential.clone(), chain: identity.chain.clone(), signatures };
        let commands = values(&envelopes)?;
        let carried = taken_over.iter().map(|chain| handed_on(&identity, chain)).collect::<Result<_, _>>()?;
        let media = packed.iter().map(|packed| packed.part.clone()).collect();
        let transfer = Transfer { kind, chain, commands, media, rows: handed.rows, forms: handed.forms, carried };
        let about = About {
            kind: transfer.kind.to_string(),
            device: Some(identity.device),
            commands: u64::try_from(exported.commands).unwrap_or(u64::MAX),
            media: u64::try_from(exported.media).unwrap_or(u64::MAX),
        };
        let mut sources = transfer.sources().map_err(|problem| input(problem.to_string()))?;
        sources.extend(packed.into_iter().map(|packed| packed.source));
        let bundle = StreamedBundle::new(transfer.kind, sources).map_err(|problem| input(problem.to_string()))?;
        let statement = bundle.statement().map_err(|problem| report(problem.to_string()))?;
        let signature = self.signature(&statement).ok().map(|signature| BundleSignature {
            device: identity.device,
            key: identity.credential.key.clone(),
            signature,
        });
        self.write_encrypted(path, about, &keys, bundle, signature.as_ref())?;
        Ok(exported)
    }

    /// Every command that the hub does not have, and the device's word for its chain where the key is not locked.
    fn unsent(&self) -> Result<(Vec<Envelope>, Vec<ChainSignature>), AppError> {
        let Some(batch) = self.store().next_push(MOST_COMMANDS, usize::MAX)? else {
            return Ok((Vec::new(), Vec::new()));
        };
        let mut signatures = Vec::new();
        for (device, seq, chain_hash) in run_ends(&batch) {
            let statement = chain_statement(device, seq, chain_hash).map_err(|error| report(error.to_string()))?;
            // A locked key: the office confirms what nobody signed.
            let Ok(signature) = self.signature(&statement) else { return Ok((batch.envelopes, Vec::new())) };
            signatures.push(ChainSignature { seq, chain_hash, signature });
        }
        Ok((batch.envelopes, signatures))
    }

    /// What the colleague must know of the jobs with unsent work and of those that were named.
    fn hand_over<'a>(
        &self,
        envelopes: impl Iterator<Item = &'a Envelope>,
        named: &[Id],
    ) -> Result<HandedOver, AppError> {
        let lanes = envelopes.map(|envelope| &envelope.command.lane);
        let mut jobs: Vec<Id> = lanes.filter(|lane| lane.is_job()).filter_map(Scope::id).collect();
        jobs.extend(named);
        jobs.sort();
        jobs.dedup();
        Ok(self.store().read(|rows| rows.rows_to_hand_over(&jobs))?)
    }

    /// Thumbnails that the office has, so that the colleague sees the evidence. One that is not here is done without.
    fn pack_thumbnails(&self, handed: &HandedOver, packed: &[Packed<'_>]) -> Result<Vec<Packed<'_>>, AppError> {
        let store = self.store();
        let mut found = Vec::new();
        for sha256 in &handed.thumbnails {
            let known = store.read(|rows| rows.media(*sha256))?.filter(|media| media.here && !media.damaged);
            let Some(media) = known.filter(|_| packed.iter().all(|other| other.part.sha256 != *sha256)) else {
                continue;
            };
            let path = store.media_path(*sha256);
            let item = MediaItem { sha256: *sha256, bytes: media.bytes, path, class: MediaClass::Thumbnail };
            if let Some(mut one) = self.pack_one(&item)? {
                one.part.at_hub = media.confirmed;
                found.push(one);
            }
        }
        Ok(found)
    }

    /// As many files as fit, in the order of sending, each read once. A file that rotted is left out and told; the rest is
    /// worth saving all the more.
    fn pack(&self, exported: &mut Exported) -> Result<Vec<Packed<'_>>, AppError> {
        let mut room = MOST_MEDIA_BYTES;
        let mut packed = Vec::new();
        for item in self.store().media_to_send(usize::MAX)? {
            let Some(left) = room.checked_sub(item.bytes) else { continue };
            if let Some(one) = self.pack_one(&item)? {
                room = left;
                exported.media += 1;
                exported.media_bytes += item.bytes;
                packed.push(one);
            }
        }
        Ok(packed)
    }

    /// Everything that is only on this device and not in the file: what did not fit, is damaged, was never filed with a
    /// job, or is not in the store yet.
    fn left_out(&self, exported: &Exported) -> Result<usize, AppError> {
        let only_here = self.store().read(|rows| rows.counts())?.unconfirmed_media;
        let files = only_here.saturating_add(Waiting::of(self).files);
        Ok(usize::try_from(files).unwrap_or(usize::MAX).saturating_sub(exported.media))
    }

    fn pack_one(&self, item: &MediaItem) -> Result<Option<Packed<'_>>, AppError> {
        let store = self.store();
        if store.files().length(&item.path).map_err(|error| environment(&item.path, &error))?.is_none() {
            return Ok(None);
        }
        let measured = measure(store.open_media(item.sha256)?).map_err(|error| environment(&item.path, &error))?;
        if measured.sha256 != item.sha256 || measured.bytes != item.bytes {
            store.media_damaged(item.sha256)?;
            return Ok(None);
        }
        let sha256 = item.sha256;
        let source = FileSource {
            name: media_name(sha256),
            measured,
            open: Box::new(move || {
                let file = store.open_media(sha256).map_err(std::io::Error::other)?;
                Ok(Box::new(BufReader::new(file)) as Box<dyn Read>)
            }),
        };
        let class = class_word(item.class);
        let part = MediaPart { sha256, bytes: item.bytes, class, added: self.now(), at_hub: false };
        Ok(Some(Packed { part, source }))
    }

    /// Durable under another name first, so that a file with this name is always whole.
    fn write_encrypted(
        &self,
        path: &Path,
        about: About,
        keys: &[EncryptionKey],
        bundle: StreamedBundle<'_>,
        signature: Option<&BundleSignature>,
    ) -> Result<(), AppError> {
        let keys = keys.iter().map(|key| Ok((*key, chance()?))).collect::<Result<_, AppError>>()?;
        let recipients = Recipients { keys, file_key: chance()? };
        let name = path.file_name().ok_or_else(|| input("name a file".to_owned()))?;
        let mut unfinished = name.to_os_string();
        unfinished.push(".part");
        let unfinished = path.with_file_name(unfinished);
        let files = self.store().files();
        let outcome = (|| {
            let file = files.create(&unfinished).map_err(|error| environment(path, &error))?;
            let out = Durable(std::io::BufWriter::new(Boxed(file)));
            let mut out =
                EncryptedWriter::new(out, about, &recipients).map_err(|problem| of_encrypted(path, problem))?;
            bundle.write(signature, &mut out).map_err(|problem| of_stream(path, problem))?;
            let written = out.finish().and_then(Durable::sync);
            written.and_then(|()| settle(self.store(), &unfinished, path)).map_err(|error| environment(path, &error))
        })();
        if outcome.is_err() {
            // Half a file that nobody can open is of no use to anybody; if it stays, the next export replaces it.
            let _ = files.remove(&unfinished);
        }
        outcome
    }
}

fn values(envelopes: &[Envelope]) -> Result<Vec<Value>, AppError> {
    let values = envelopes.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    values.map_err(|error| report(error.to_string()))
}

/// A chain that was taken over, as it goes on.
fn handed_on(identity: &Identity, chain: &CarriedChain) -> Result<CarriedPart, AppError> {
    let CarriedChain { credential, envelopes, signatures, .. } = chain;
    let chain =
        ChainPart { credential: credential.clone(), chain: identity.chain.clone(), signatures: signatures.clone() };
    Ok(CarriedPart { chain, commands: values(envelopes)? })
}

fn settle(store: &Store, unfinished: &Path, path: &Path) -> std::io::Result<()> {
    store.files().rename(unfinished, path)?;
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(folder) => store.files().sync_folder(folder),
        None => store.files().sync_folder(Path::new(".")),
    }
}

/// To which keys a file is encrypted.
fn recipients(identity: &Identity, to: &ExportTo) -> Result<Vec<EncryptionKey>, AppError> {
    match (to, &identity.recovery) {
        (ExportTo::Colleague { key, .. }, _) => Ok(vec![*key]),
        (ExportTo::Office, Some(recovery)) => {
            // Looked at again: what is written now may be all that is left of the work one day.
            recovery.check(&identity.chain).map_err(|_| input(BAD_RECOVERY.to_owned()))?;
            Ok(vec![recovery.recovery, recovery.hub])
        }
        (ExportTo::Office, None) => Err(input(NO_RECOVERY.to_owned())),
    }
}

const BAD_RECOVERY: &str = "the office's recovery key on this device is not signed by the office: enrol again, or hand the \
                            work over to a colleague's device with --to";
const NO_RECOVERY: &str = "this device does not know the office's recovery key, which a rescue file is encrypted to: \
                           enrol again, or hand the work over to a colleague's device with --to";

/// Where the chain is signed: at the end of each run that the hub takes in one push.
fn run_ends(batch: &PushBatch) -> Vec<(Id, u64, Digest)> {
    let mut ends = Vec::new();
    let (mut count, mut bytes) = (0_usize, 0_usize);
    for (index, envelope) in batch.envelopes.iter().enumerate() {
        let Some((device, seq)) = envelope.origin.device() else { continue };
        let next = batch.envelopes.get(index + 1);
        let hash = next.and_then(|next| next.origin.prev_hash()).unwrap_or(batch.chain_hash);
        count += 1;
        bytes += length_of(envelope);
        let full = next.is_some_and(|next| count >= PUSH_COMMANDS || bytes + length_of(next) > PUSH_BYTES / 2);
        if full || next.is_none() {
            ends.push((device, seq, hash));
            (count, bytes) = (0, 0);
        }
    }
    ends
}

fn length_of(envelope: &Envelope) -> usize {
    serde_json::to_vec(envelope).map_or(0, |bytes| bytes.len())
}

/// The class as it is written.
fn class_word(class: MediaClass) -> String {
    match serde_json::to_value(class) {
        Ok(Value::String(word)) => word,
        _ => "original".to_owned(),
    }
}

/// A file of the store's file layer as a writer.
struct Boxed(Box<dyn WriteFile>);

impl Write for Boxed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// Buffered, and on the medium when asked to be.
struct Durable(std::io::BufWriter<Boxed>);

impl Durable {
    fn sync(self) -> std::io::Result<()> {
        self.0.into_inner().map_err(std::io::IntoInnerError::into_error)?.0.sync()
    }
}

impl Write for Durable {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}
