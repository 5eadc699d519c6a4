//! Copying while hashing: what is written is what was hashed, and each failure says whose fault it is.
#![cfg(test)]

use std::io::{self, ErrorKind, Read, Write};

use countersign_evidence::{IngestError, ingest};
use countersign_model::Digest;

/// A source that gives `good` bytes, then an error.
struct Failing {
    good: usize,
}

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.good == 0 {
            return Err(io::Error::from(ErrorKind::ConnectionReset));
        }
        let count = buffer.len().min(self.good);
        buffer[..count].fill(7);
        self.good -= count;
        Ok(count)
    }
}

/// A source that is interrupted before each of its single bytes.
struct Stuttering {
    left: u8,
    interrupted: bool,
}

impl Read for Stuttering {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::Error::from(ErrorKind::Interrupted));
        }
        if self.left == 0 {
            return Ok(0);
        }
        buffer[0] = self.left;
        self.left -= 1;
        Ok(1)
    }
}

/// A place that takes `room` bytes, then answers with `then`; `flushes` says whether a flush works.
struct Place {
    room: usize,
    then: ErrorKind,
    flushes: bool,
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.room == 0 {
            return Err(io::Error::from(self.then));
        }
        let count = bytes.len().min(self.room);
        self.room -= count;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.flushes { Ok(()) } else { Err(io::Error::from(self.then)) }
    }
}

#[test]
fn bytes_hash_and_length_agree_at_every_size_around_the_buffer() {
    for length in [1, 2, 65_535, 65_536, 65_537, 200_000] {
        let source: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
        let mut copy = Vec::new();
        let ingested = ingest(source.as_slice(), &mut copy, u64::MAX).unwrap();
        assert_eq!(copy, source);
        assert_eq!(ingested.sha256, Digest::of(&source), "{length} bytes");
        assert_eq!(ingested.bytes, length as u64);
    }
}

#[test]
fn an_interruption_is_no_failure() {
    let mut copy = Vec::new();
    let ingested = ingest(Stuttering { left: 3, interrupted: false }, &mut copy, 3).unwrap();
    assert_eq!((copy, ingested.bytes), (vec![3, 2, 1], 3));
}

#[test]
fn the_limit_is_the_last_size_that_passes_and_nothing_beyond_it_is_written() {
    let source = [1_u8; 100_000];
    assert!(ingest(source.as_slice(), io::sink(), 100_000).is_ok());
    let mut copy = Vec::new();
    let error = ingest(source.as_slice(), &mut copy, 99_999).unwrap_err();
    assert!(matches!(error, IngestError::TooLarge { limit: 99_999 }), "{error}");
    assert!(copy.len() <= 99_999);
}

#[test]
fn an_endless_source_ends_at_the_limit() {
    assert!(matches!(ingest(io::repeat(1), io::sink(), 1_000_000), Err(IngestError::TooLarge { .. })));
}

#[test]
fn an_empty_source_says_so() {
    assert!(matches!(ingest(io::empty(), io::sink(), 10), Err(IngestError::Empty)));
}

#[test]
fn a_failing_source_names_itself_and_how_far_it_came() {
    let error = ingest(Failing { good: 70_000 }, io::sink(), u64::MAX).unwrap_err();
    assert!(matches!(error, IngestError::SourceFailed { after: 70_000, .. }), "{error}");
}

#[test]
fn a_full_place_is_told_from_a_broken_one() {
    let cases = [
        (ErrorKind::StorageFull, true),
        (ErrorKind::QuotaExceeded, true),
        (ErrorKind::FileTooLarge, true),
        (ErrorKind::WriteZero, true),
        (ErrorKind::PermissionDenied, false),
        (ErrorKind::Other, false),
    ];
    for (then, is_full) in cases {
        for place in [Place { room: 65_536, then, flushes: true }, Place { room: usize::MAX, then, flushes: false }] {
            let error = ingest([5_u8; 90_000].as_slice(), place, u64::MAX).unwrap_err();
            let full = matches!(error, IngestError::DestinationFull { .. });
            let broken = matches!(error, IngestError::DestinationFailed { .. });
            assert_eq!((full, broken), (is_full, !is_full), "{then:?}: {error}");
        }
    }
}
