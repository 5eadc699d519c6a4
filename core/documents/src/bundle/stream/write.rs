//! Writing a bundle file by file.

use std::io::{self, Read, Write};

use countersign_model::{Digest, canonical};
use flate2::Crc;

use super::{Directory, Measured, Measuring, StreamProblem, copy, entry_of};
use crate::bundle::{
    BundleKind, BundleProblem, BundleSignature, FORMAT, Listed, MANIFEST, Manifest, SIGNATURE, good_name,
    statement_over,
};

/// Opens a file's bytes when their turn comes.
pub type OpenSource<'a> = Box<dyn FnOnce() -> io::Result<Box<dyn Read + 'a>> + 'a>;

/// A file that goes into a bundle.
pub struct FileSource<'a> {
    /// Its name.
    pub name: String,
    /// What it measured.
    pub measured: Measured,
    /// Opens its bytes for the second reading.
    pub open: OpenSource<'a>,
}

impl<'a> FileSource<'a> {
    /// A small file that is in memory.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> FileSource<'a> {
        let mut crc = Crc::new();
        crc.update(&bytes);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let measured = Measured { sha256: Digest::of(&bytes), bytes: length, crc: crc.sum() };
        FileSource { name: name.to_owned(), measured, open: Box::new(|| Ok(Box::new(io::Cursor::new(bytes)))) }
    }
}

/// A bundle that is about to be written.
pub struct StreamedBundle<'a> {
    manifest: Vec<u8>,
    files: Vec<FileSource<'a>>,
}

impl<'a> StreamedBundle<'a> {
    /// A bundle of these files, in the order of their names.
    pub fn new(kind: BundleKind, mut files: Vec<FileSource<'a>>) -> Result<StreamedBundle<'a>, BundleProblem> {
        files.sort_by(|one, other| one.name.cmp(&other.name));
        if let Some(bad) = files.iter().find(|file| !good_name(&file.name)) {
            return Err(BundleProblem::Name(bad.name.chars().take(80).collect()));
        }
        let listed = |file: &FileSource<'_>| Listed {
            name: file.name.clone(),
            sha256: file.measured.sha256,
            bytes: file.measured.bytes,
        };
        let manifest = Manifest { format: FORMAT, kind, files: files.iter().map(listed).collect() };
        Ok(StreamedBundle { manifest: canonical::to_bytes(&manifest)?, files })
    }

    /// The bytes that a device signs.
    pub fn statement(&self) -> Result<Vec<u8>, BundleProblem> {
        statement_over(&self.manifest)
    }

    /// Writes the bundle. A file whose bytes are not those that were measured ends it with an error.
    pub fn write(self, signature: Option<&BundleSignature>, out: &mut dyn Write) -> Result<(), StreamProblem> {
        let mut directory = Directory::default();
        let manifest = FileSource::of_bytes(MANIFEST, self.manifest);
        let signature = signature.map(canonical::to_bytes).transpose().map_err(BundleProblem::from)?;
        let signature = signature.map(|bytes| FileSource::of_bytes(SIGNATURE, bytes));
        for file in std::iter::once(manifest).chain(self.files).chain(signature) {
            let entry = entry_of(&file.name, &file.measured)?;
            out.write_all(&directory.add(&file.name, entry)?)?;
            let mut from = Measuring::new((file.open)()?);
            copy(&mut from, out)?;
            if from.done() != file.measured {
                return Err(io::Error::other(format!("{} changed while it was written", file.name)).into());
            }
        }
        out.write_all(&directory.bytes()?)?;
        Ok(())
    }
}
