//! Copying a source into its place while hashing it, in one pass and in bounded memory.
//!
//! The name of evidence is the SHA-256 of its bytes, so the hash must be of exactly the bytes that were
//! written: they are hashed from the same buffer. This module never makes a file durable (no fsync, no
//! rename) and never deletes what was written before an error: both belong to the caller who owns the file.

use std::io::{self, ErrorKind, Read, Write};

use countersign_model::Digest;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Bytes copied at a time: large enough that hashing dominates, small enough for any phone.
const BUFFER_BYTES: usize = 64 * 1024;

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ingested {
    /// SHA-256 of all bytes written: the name of the evidence.
    pub sha256: Digest,
    /// How many bytes were written.
    pub bytes: u64,
}

/// Why a source could not be ingested. Each variant asks something else of a person.
#[derive(Debug, Error)]
pub enum IngestError {
    /// The camera, card or network that delivers the bytes failed: take or choose the file again.
    #[error("the source could not be read after {after} bytes; choose the file again: {source}")]
    SourceFailed {
        /// Bytes that were copied before.
        after: u64,
        /// What the source said.
        source: io::Error,
    },
    /// The place to write to has no room: free space, then take or choose the file again.
    #[error("no space left after {after} bytes; free space and try again: {source}")]
    DestinationFull {
        /// Bytes that were copied before.
        after: u64,
        /// What the destination said.
        source: io::Error,
    },
    /// The place to write to failed in another way: the storage itself needs attention.
    #[error("the file could not be written after {after} bytes; the storage needs attention: {source}")]
    DestinationFailed {
        /// Bytes that were copied before.
        after: u64,
        /// What the destination said.
        source: io::Error,
    },
    /// The source has more bytes than allowed: shorten the video or raise the limit.
    #[error("the source is larger than the limit of {limit} bytes; shorten it or ask for a higher limit")]
    TooLarge {
        /// The most bytes that the caller allows.
        limit: u64,
    },
    /// The source has no bytes at all: the capture did not work, take it again.
    #[error("the source is empty; take it again")]
    Empty,
}

/// Copies `reader` to `writer` until its end, hashing on the way, and flushes `writer`.
///
/// At most `limit` bytes are written; a source with more ends in [`IngestError::TooLarge`].
pub fn ingest(mut reader: impl Read, mut writer: impl Write, limit: u64) -> Result<Ingested, IngestError> {
    let mut buffer = vec![0_u8; BUFFER_BYTES];
    let mut hasher = Sha256::new();
    let mut bytes = 0_u64;
    loop {
        let chunk = read_chunk(&mut reader, &mut buffer)
            .map_err(|source| IngestError::SourceFailed { after: bytes, source })?;
        if chunk.is_empty() {
            break;
        }
        let total = bytes.saturating_add(chunk.len() as u64);
        if total > limit {
            return Err(IngestError::TooLarge { limit });
        }
        writer.write_all(chunk).map_err(|source| destination_error(bytes, source))?;
        hasher.update(chunk);
        bytes = total;
    }
    if bytes == 0 {
        return Err(IngestError::Empty);
    }
    writer.flush().map_err(|source| destination_error(bytes, source))?;
    Ok(Ingested { sha256: Digest(hasher.finalize().into()), bytes })
}

/// Reads what is there, at most one buffer; an empty slice is the end of the source.
fn read_chunk<'a>(reader: &mut impl Read, buffer: &'a mut [u8]) -> io::Result<&'a [u8]> {
    loop {
        match reader.read(buffer) {
            // A signal that interrupts a read says nothing about the source.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok(count) => {
                let filled: &'a [u8] = buffer;
                return filled
                    .get(..count)
                    .ok_or_else(|| io::Error::other("the source reported more bytes than it was asked for"));
            }
        }
    }
}

/// Tells a full place from a broken one, because a person can free space but not repair storage.
fn destination_error(after: u64, source: io::Error) -> IngestError {
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge | ErrorKind::WriteZero => {
            IngestError::DestinationFull { after, source }
        }
        _ => IngestError::DestinationFailed { after, source },
    }
}
