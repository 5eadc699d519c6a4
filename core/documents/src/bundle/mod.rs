//! A bundle: a ZIP without compression, in one exact form, with a manifest that names each file's digest.
//!
//! Here a bundle is put together in memory; [`StreamedBundle`] and [`BundleReader`] write and read the same bytes file by
//! file, for those that are too large for that.
//!
//! Reading takes it apart, writes it again, and demands the same bytes; so there is one bundle for one content, and no
//! place to hide anything. The kinds rescue, hand-over and export carry other files in the same form.

mod stream;

use std::collections::BTreeMap;

use countersign_model::canonical::{self, NotCanonical};
use countersign_model::trust::{PublicKey, TrustProblem};
use countersign_model::{Digest, Id, open_enum};
use serde::{Deserialize, Serialize};

use crate::zip;

pub use stream::{BundleReader, FileSource, Measured, StreamProblem, StreamedBundle, measure};

/// Name of the manifest; always the first file.
pub const MANIFEST: &str = "manifest.json";
/// Name of the signature; always the last file, if there is one.
pub const SIGNATURE: &str = "signature.json";
/// The version of the format.
const FORMAT: u32 = 1;

open_enum! {
    /// What a bundle is for.
    BundleKind {
        /// A document that anyone can verify.
        Verify = "verify",
        /// What a device holds, for the office.
        Rescue = "rescue",
        /// A half-finished job, for a colleague.
        HandOver = "hand-over",
        /// Everything of a company.
        Export = "export",
    }
}

/// A file as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    name: String,
    sha256: Digest,
    bytes: u64,
}

/// What a bundle holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    kind: BundleKind,
    files: Vec<Listed>,
}

/// A device's signature over the manifest, and so over every file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleSignature {
    /// Which device.
    pub device: Id,
    /// Its key.
    pub key: PublicKey,
    /// 128 lowercase hexadecimal digits over [`Bundle::statement`].
    pub signature: String,
}

/// Files by name, for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    kind: BundleKind,
    files: BTreeMap<String, Vec<u8>>,
    signature: Option<BundleSignature>,
}

/// Why something is no bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleProblem {
    /// A name that is not made of small letters, digits, `.`, `-`, `_` and `/`, or that leaves its folder.
    #[error("\"{0}\" cannot name a file in a bundle")]
    Name(String),
    /// More than the format holds (4 GiB, 65,535 files).
    #[error("a bundle holds at most 65,533 files of 4 GiB together: make several")]
    TooLarge,
    /// The bytes are no bundle in its one form.
    #[error("this is no bundle, or it was changed: {0}")]
    Form(String),
    /// It was made by a newer program.
    #[error("the bundle has format {0}, which this program does not know: update it")]
    Newer(u32),
    /// The signature does not fit.
    #[error("the bundle's signature does not fit: {0}")]
    Signature(TrustProblem),
    /// The manifest has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

fn form<T>(what: &str) -> Result<T, BundleProblem> {
    Err(BundleProblem::Form(what.to_owned()))
}

impl Bundle {
    /// A bundle of these files. Names are paths of small letters, digits, `.`, `-`, `_`.
    pub fn new(kind: BundleKind, files: BTreeMap<String, Vec<u8>>) -> Result<Bundle, BundleProblem> {
        match files.keys().find(|name| !good_name(name)) {
            Some(bad) => Err(BundleProblem::Name(bad.chars().take(80).collect())),
            None => Ok(Bundle { kind, files, signature: None }),
        }
    }

    /// What it is for.
    pub fn kind(&self) -> &BundleKind {
        &self.kind
    }

    /// Its files by name, without manifest and signature.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// The signature, if it bears one.
    pub fn signature(&self) -> Option<&BundleSignature> {
        self.signature.as_ref()
    }

    fn manifest(&self) -> Result<Vec<u8>, BundleProblem> {
        let listed = |(name, bytes): (&String, &Vec<u8>)| Listed {
            name: name.clone(),
            sha256: Digest::of(bytes),
            bytes: bytes.len() as u64,
        };
        let files = self.files.iter().map(listed).collect();
        Ok(canonical::to_bytes(&Manifest { format: FORMAT, kind: self.kind.clone(), files })?)
    }

    /// The bytes that a device signs.
    pub fn statement(&self) -> Result<Vec<u8>, BundleProblem> {
        statement_over(&self.manifest()?)
    }

    /// Adds a signature, which must fit.
    pub fn signed(mut self, signature: BundleSignature) -> Result<Bundle, BundleProblem> {
        let statement = self.statement()?;
        signature.key.verify(&statement, &signature.signature).map_err(BundleProblem::Signature)?;
        self.signature = Some(signature);
        Ok(self)
    }

    /// The bytes: manifest, files in the order of their names, signature.
    pub fn write(&self) -> Result<Vec<u8>, BundleProblem> {
        let manifest = self.manifest()?;
        let signature = self.signature.as_ref().map(canonical::to_bytes).transpose()?;
        let mut files: Vec<(&str, &[u8])> = vec![(MANIFEST, &manifest)];
        files.extend(self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        files.extend(signature.as_ref().map(|bytes| (SIGNATURE, bytes.as_slice())));
        zip::write(&files).ok_or(BundleProblem::TooLarge)
    }

    /// Reads a bundle: the files must be those of the manifest, and writing it again must give the same bytes.
    /// A signature, where there is one, must fit.
    pub fn read(bytes: &[u8]) -> Result<Bundle, BundleProblem> {
        let mut files = zip::read(bytes).map_err(|what| BundleProblem::Form(what.to_owned()))?;
        let Some((MANIFEST, manifest)) = files.first().map(|(name, bytes)| (name.as_str(), *bytes)) else {
            return form("the manifest is not the first file");
        };
        let manifest = read_manifest(manifest)?;
        files.remove(0);
        let signature = match files.last() {
            Some((name, bytes)) if name == SIGNATURE => {
                let signature =
                    serde_json::from_slice(bytes).map_err(|error| BundleProblem::Form(error.to_string()))?;
                files.pop();
                Some(signature)
            }
            _ => None,
        };
        let files = files.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect();
        let bundle = Bundle { signature, ..Bundle::new(manifest.kind, files)? };
        // The manifest is compared too: it is written anew from the files.
        if bundle.write()? != bytes {
            return form("it does not give the same bytes when written again");
        }
        match bundle.signature.clone() {
            Some(signature) => bundle.signed(signature),
            None => Ok(bundle),
        }
    }
}

/// What a device signs: the digest of the manifest, which names every file's digest.
fn statement_over(manifest: &[u8]) -> Result<Vec<u8>, BundleProblem> {
    let manifest = Digest::of(manifest);
    let statement = serde_json::json!({"purpose": "countersign/bundle/1", "manifest_sha256": manifest});
    Ok(canonical::to_bytes(&statement)?)
}

fn read_manifest(bytes: &[u8]) -> Result<Manifest, BundleProblem> {
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| BundleProblem::Form(error.to_string()))?;
    if manifest.format == FORMAT { Ok(manifest) } else { Err(BundleProblem::Newer(manifest.format)) }
}

fn good_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-/".contains(&byte);
    let parts = || name.split('/');
    name.len() <= 200
        && name.bytes().all(plain)
        && parts().all(|part| !part.is_empty() && !part.starts_with('.'))
        && name != MANIFEST
        && name != SIGNATURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_model::trust::PrivateKey;

    fn bundle() -> Bundle {
        let files = [("b.bin", vec![0, 1, 2]), ("media/aa", vec![]), ("a.json", b"{}".to_vec())];
        let files = files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
        Bundle::new(BundleKind::Rescue, files).unwrap()
    }

    fn signed() -> Bundle {
        let key = PrivateKey::from_bytes(&[5; 32]).unwrap();
        let bundle = bundle();
        let signature = key.sign(&bundle.statement().unwrap());
        bundle.signed(BundleSignature { device: Id::default(), key: key.public(), signature }).unwrap()
    }

    #[test]
    fn a_bundle_reads_back_and_is_the_same_bytes_every_time() {
        for bundle in [bundle(), signed()] {
            let bytes = bundle.write().unwrap();
            assert_eq!(Bundle::read(&bytes).unwrap(), bundle);
            assert_eq!(bundle.write().unwrap(), bytes);
        }
    }

    #[test]
    fn every_changed_added_or_missing_byte_is_found() {
        let bytes = signed().write().unwrap();
        for at in 0..bytes.len() {
            for bit in [1, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= bit;
                assert!(Bundle::read(&changed).is_err(), "byte {at}");
            }
            assert!(Bundle::read(&bytes[..at]).is_err(), "cut at {at}");
        }
        assert!(Bundle::read(&[bytes.as_slice(), b"\0"].concat()).is_err());
        assert!(Bundle::read(&[b"\0".as_slice(), &bytes].concat()).is_err());
    }

    #[test]
    fn names_that_could_leave_the_folder_are_refused() {
        for bad in ["", "/a", "a/", "../a", "a/../b", "A", "a\\b", "a//b", ".a", "manifest.json", "signature.json", "é"]
        {
            let files = BTreeMap::from([(bad.to_owned(), vec![])]);
            assert!(matches!(Bundle::new(BundleKind::Export, files), Err(BundleProblem::Name(_))), "{bad}");
        }
    }

    #[test]
    fn a_newer_format_says_so_and_an_unknown_kind_is_kept() {
        let manifest = |text: &str| zip::write(&[(MANIFEST, text.as_bytes())]).unwrap();
        let newer = manifest(r#"{"files":[],"format":2,"kind":"verify"}"#);
        assert_eq!(Bundle::read(&newer), Err(BundleProblem::Newer(2)));
        let unknown = Bundle::read(&manifest(r#"{"files":[],"format":1,"kind":"box"}"#)).unwrap();
        assert_eq!(unknown.kind().as_str(), "box");
    }
}
