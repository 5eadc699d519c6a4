//! What a hand-over or rescue file holds once it is decrypted: a device's credential, the commands that the hub does not
//! have with the chain's signatures, the files that have no receipt, and for a colleague the rows that the work is about.
//!
//! Written by a device, read by another device or by the hub. Whether the device may be believed is the reader's
//! question; here only the file's own order is checked.

use std::collections::BTreeSet;
use std::io::Read;

use countersign_model::record::Row;
use countersign_model::trust::{Credential, TrustChain};
use countersign_model::wire::ChainSignature;
use countersign_model::{Digest, canonical};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bundle::{BundleKind, BundleProblem, BundleReader, BundleSignature, FileSource, StreamProblem};

/// Who made the file, and its signatures over its chain.
const CHAIN: &str = "chain.json";
/// The commands that the hub does not have.
const COMMANDS: &str = "commands.json";
/// What the files are.
const MEDIA: &str = "media.json";
/// Chains of other devices that the device carries.
const CARRIED: &str = "carried.json";
/// The rows that the work is about.
const ROWS: &str = "rows.json";
/// Before the digest of a photo or file.
const MEDIA_FOLDER: &str = "media/";
/// Before the digest of a form.
const FORM_FOLDER: &str = "forms/";
/// Most bytes of a part that is kept in memory: a month's commands of a device have a twentieth of this.
const PART_BYTES: u64 = 128 << 20;

/// Who made the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainPart {
    /// The office's word for the device.
    pub credential: Credential,
    /// The office's keys as the device knows them.
    pub chain: TrustChain,
    /// The device's signatures over its chain, one per run that the hub takes at once; none where its key was locked.
    #[serde(default)]
    pub signatures: Vec<ChainSignature>,
}

/// A photo or file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaPart {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// What it is, as the device calls it.
    pub class: String,
    /// When it was captured, the device's clock; orders sending within a class.
    #[serde(default)]
    pub added: i64,
    /// The hub has it: it is here only so that the colleague sees it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_hub: bool,
}

/// A part of another device's chain that the device carries: it took it over and the hub does not have it either.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CarriedPart {
    /// Whose it is, with that device's signatures.
    pub chain: ChainPart,
    /// The commands with their origins, as they were given.
    pub commands: Vec<Value>,
}

/// Everything but the photos and files.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Hand-over or rescue.
    pub kind: BundleKind,
    /// Who made it.
    pub chain: ChainPart,
    /// The commands with their origins, as they were given.
    pub commands: Vec<Value>,
    /// The photos and files that the file holds.
    pub media: Vec<MediaPart>,
    /// Rows that the work is about, as the hub had sent them; empty in a rescue file.
    pub rows: Vec<Row>,
    /// Forms that the work is about; empty in a rescue file.
    pub forms: Vec<(Digest, Vec<u8>)>,
    /// What was taken over from others before, in the order in which it came.
    pub carried: Vec<CarriedPart>,
}

/// Takes a photo's or file's bytes as they come by.
pub type TakeMedia<'a> = dyn FnMut(Digest, u64, &mut dyn Read) -> Result<(), StreamProblem> + 'a;

fn malformed(why: impl Into<String>) -> StreamProblem {
    StreamProblem::Bundle(BundleProblem::Form(why.into()))
}

/// The name of a photo or file in the bundle.
pub fn media_name(sha256: Digest) -> String {
    format!("{MEDIA_FOLDER}{sha256}")
}

impl Transfer {
    /// The small parts, ready to be written; the photos and files are the caller's.
    pub fn sources<'a>(&self) -> Result<Vec<FileSource<'a>>, BundleProblem> {
        let mut sources = vec![
            FileSource::of_bytes(CHAIN, canonical::to_bytes(&self.chain)?),
            FileSource::of_bytes(COMMANDS, canonical::to_bytes(&self.commands)?),
            FileSource::of_bytes(MEDIA, canonical::to_bytes(&self.media)?),
        ];
        if self.kind == BundleKind::HandOver {
            sources.push(FileSource::of_bytes(ROWS, canonical::to_bytes(&self.rows)?));
        }
        if !self.carried.is_empty() {
            sources.push(FileSource::of_bytes(CARRIED, canonical::to_bytes(&self.carried)?));
        }
        let form = |(sha256, bytes): &(Digest, Vec<u8>)| {
            FileSource::of_bytes(&format!("{FORM_FOLDER}{sha256}"), bytes.clone())
        };
        sources.extend(self.forms.iter().map(form));
        Ok(sources)
    }

    /// Reads a whole file. Only when this returns is everything that `take` saw known to be whole.
    pub fn read(from: impl Read, take: &mut TakeMedia<'_>) -> Result<Transfer, StreamProblem> {
        let bundle = BundleReader::open(from)?;
        let kind = bundle.kind().clone();
        if !matches!(kind, BundleKind::Rescue | BundleKind::HandOver) {
            return Err(malformed(format!("it is of kind \"{kind}\", not a hand-over or rescue file")));
        }
        let mut parts = Parts::default();
        let signature = bundle.read_all(&mut |name, bytes, from| parts.take(name, bytes, from, take))?;
        parts.finish(kind, signature)
    }
}

#[derive(Default)]
struct Parts {
    chain: Option<ChainPart>,
    commands: Option<Vec<Value>>,
    listed: Option<Vec<MediaPart>>,
    rows: Vec<Row>,
    forms: Vec<(Digest, Vec<u8>)>,
    carried: Vec<CarriedPart>,
    seen: BTreeSet<Digest>,
}

impl Parts {
    fn take(
        &mut self,
        name: &str,
        bytes: u64,
        from: &mut dyn Read,
        take: &mut TakeMedia<'_>,
    ) -> Result<(), StreamProblem> {
        match name {
            CHAIN => self.chain = Some(json(name, from)?),
            COMMANDS => self.commands = Some(json(name, from)?),
            MEDIA => self.listed = Some(json(name, from)?),
            ROWS => self.rows = json(name, from)?,
            CARRIED => self.carried = json(name, from)?,
            _ => match (name.strip_prefix(MEDIA_FOLDER), name.strip_prefix(FORM_FOLDER)) {
                (Some(digest), _) => {
                    let sha256 = digest.parse().map_err(|_| malformed(format!("{name} names no digest")))?;
                    self.seen.insert(sha256);
                    take(sha256, bytes, from)?;
                }
                (_, Some(digest)) => {
                    let sha256 = digest.parse().map_err(|_| malformed(format!("{name} names no digest")))?;
                    self.forms.push((sha256, whole(name, from)?));
                }
                // What a newer program adds is left alone; its digest is checked all the same.
                _ => {}
            },
        }
        Ok(())
    }

    fn finish(self, kind: BundleKind, signature: Option<BundleSignature>) -> Result<Transfer, StreamProblem> {
        let missing = |name: &str| malformed(format!("{name} is missing"));
        let chain = self.chain.ok_or_else(|| missing(CHAIN))?;
        let commands = self.commands.ok_or_else(|| missing(COMMANDS))?;
        let media = self.listed.ok_or_else(|| missing(MEDIA))?;
        let listed: BTreeSet<Digest> = media.iter().map(|part| part.sha256).collect();
        if listed != self.seen {
            return Err(malformed("its photos and files are not those of its list"));
        }
        if self.forms.iter().any(|(sha256, bytes)| Digest::of(bytes) != *sha256) {
            return Err(malformed("a form does not have the digest that names it"));
        }
        let by_itself = signature.is_none_or(|signature| {
            signature.key == chain.credential.key && signature.device == chain.credential.device
        });
        if !by_itself {
            return Err(malformed("it is signed by another key than its device's"));
        }
        Ok(Transfer { kind, chain, commands, media, rows: self.rows, forms: self.forms, carried: self.carried })
    }
}

fn whole(name: &str, from: &mut dyn Read) -> Result<Vec<u8>, StreamProblem> {
    let mut bytes = Vec::new();
    from.take(PART_BYTES + 1).read_to_end(&mut bytes)?;
    match u64::try_from(bytes.len()).is_ok_and(|length| length <= PART_BYTES) {
        true => Ok(bytes),
        false => Err(malformed(format!("{name} is larger than any device writes"))),
    }
}

fn json<T: DeserializeOwned>(name: &str, from: &mut dyn Read) -> Result<T, StreamProblem> {
    serde_json::from_slice(&whole(name, from)?).map_err(|error| malformed(format!("{name} cannot be read: {error}")))
}
