//! The same bundle, written and read file by file: a phone has little memory, and a hand-over may hold a video.
//!
//! Digests and checksums stand before the bytes, so each file is read twice when writing: once by [`measure`], once on
//! its way into the bundle. Reading demands the one form byte by byte, as reading in memory does.

mod read;
#[cfg(test)]
mod tests;
mod write;

use std::io::{self, Read, Write};

use countersign_model::Digest;
use flate2::Crc;
use sha2::{Digest as _, Sha256};

use super::BundleProblem;
use crate::encrypted::EncryptedProblem;
use crate::zip::{self, Entry};

pub use read::BundleReader;
pub use write::{FileSource, StreamedBundle};

/// Bytes copied at a time.
const PIECE: usize = 64 << 10;

/// What must be known of a file before it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// Its checksum as ZIP wants it.
    crc: u32,
}

/// Hashing on the way from a reader.
struct Measuring<R> {
    from: R,
    hash: Sha256,
    crc: Crc,
    bytes: u64,
}

impl<R: Read> Measuring<R> {
    fn new(from: R) -> Measuring<R> {
        Measuring { from, hash: Sha256::new(), crc: Crc::new(), bytes: 0 }
    }

    fn done(self) -> Measured {
        Measured { sha256: Digest(self.hash.finalize().into()), bytes: self.bytes, crc: self.crc.sum() }
    }
}

impl<R: Read> Read for Measuring<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        let read = into.get(..count).unwrap_or_default();
        self.hash.update(read);
        self.crc.update(read);
        self.bytes = self.bytes.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}

/// Reads to the end and says what must be known before writing.
pub fn measure(from: impl Read) -> io::Result<Measured> {
    let mut measuring = Measuring::new(from);
    copy(&mut measuring, &mut io::sink())?;
    Ok(measuring.done())
}

fn copy(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let count = from.read(&mut piece)?;
        match piece.get(..count) {
            Some(read) if !read.is_empty() => to.write_all(read)?,
            _ => return Ok(()),
        }
    }
}

/// Why a bundle was not written or read.
#[derive(Debug, thiserror::Error)]
pub enum StreamProblem {
    /// The bundle.
    #[error(transparent)]
    Bundle(#[from] BundleProblem),
    /// The encryption around it.
    #[error("{0}")]
    Encrypted(String),
    /// The disk.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for StreamProblem {
    fn from(error: io::Error) -> StreamProblem {
        match EncryptedProblem::inside(&error) {
            Some(problem) => StreamProblem::Encrypted(problem.to_string()),
            None => StreamProblem::Io(error),
        }
    }
}

/// The directory at the end, as it grows.
#[derive(Default)]
struct Directory {
    central: Vec<u8>,
    at: u32,
    count: u16,
}

impl Directory {
    /// Notes a file and says what stands before its bytes.
    fn add(&mut self, name: &str, entry: Entry) -> Result<Vec<u8>, BundleProblem> {
        let header = entry.local_header(name);
        self.central.extend(entry.central_header(name, self.at));
        let length = u32::try_from(header.len()).ok().and_then(|length| length.checked_add(entry.length));
        self.at = length.and_then(|length| self.at.checked_add(length)).ok_or(BundleProblem::TooLarge)?;
        self.count = self.count.checked_add(1).ok_or(BundleProblem::TooLarge)?;
        Ok(header)
    }

    /// The bytes after the last file.
    fn bytes(mut self) -> Result<Vec<u8>, BundleProblem> {
        let length = u32::try_from(self.central.len()).map_err(|_| BundleProblem::TooLarge)?;
        self.central.extend(zip::end(self.count, length, self.at));
        Ok(self.central)
    }
}

fn entry_of(name: &str, measured: &Measured) -> Result<Entry, BundleProblem> {
    let length = u32::try_from(measured.bytes).map_err(|_| BundleProblem::TooLarge)?;
    let name_length = u16::try_from(name.len()).map_err(|_| BundleProblem::TooLarge)?;
    Ok(Entry { crc: measured.crc, length, name_length })
}
