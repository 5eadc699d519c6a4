//! Files on their way: bytes from the hub into the store without a stop in memory, and a check of bytes on this device.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use countersign_model::Digest;
use tokio::sync::mpsc;

use super::super::carrier::{Carrier, FileSource};
use super::super::failure::Failure;
use super::perform::{blocking, store_failure};
use crate::store::Store;

/// What a device fetches by itself is forms, previews and pages; more than this is no answer but an attack on its disk.
const FETCH_BYTES: u64 = 1 << 30;
/// Pieces that may wait between network and disk.
const PIECES: usize = 8;

/// Fetches a file into the store, which keeps it only if it has the digest. Returns its length.
pub(super) async fn fetch<C: Carrier>(
    store: &Store,
    carrier: &C,
    sha256: Digest,
    on_this_thread: bool,
) -> Result<u64, Failure> {
    let (into, mut pieces) = mpsc::channel::<Bytes>(PIECES);
    if on_this_thread {
        // Reading would wait for a sender on the same thread: all of it is taken first.
        let mut bytes = Vec::new();
        let taking = async {
            while let Some(piece) = pieces.recv().await {
                bytes.extend_from_slice(&piece);
            }
        };
        let (carried, ()) = tokio::join!(carrier.fetch(sha256, into), taking);
        carried?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        return store
            .store_fetched(sha256, &mut bytes.as_slice())
            .map(|()| length)
            .map_err(|error| store_failure(&error));
    }
    let count = Arc::new(AtomicU64::new(0));
    let mut reader = Pieces { pieces, rest: Bytes::new(), count: Arc::clone(&count) };
    let store = store.clone();
    let storing = blocking(move || store.store_fetched(sha256, &mut reader));
    let (stored, carried) = tokio::join!(storing, carrier.fetch(sha256, into));
    // A cut stream also has the wrong digest; the cut is the reason.
    match (carried, stored) {
        (Err(failure @ Failure::AnswerTooLarge), Ok(())) => Err(failure),
        (Err(Failure::AnswerTooLarge), Err(failure)) | (Err(failure), _) | (Ok(()), Err(failure)) => Err(failure),
        (Ok(()), Ok(())) => Ok(count.load(Ordering::Relaxed)),
    }
}

/// The pieces as a reader; its end is the sender's.
struct Pieces {
    pieces: mpsc::Receiver<Bytes>,
    rest: Bytes,
    count: Arc<AtomicU64>,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.pieces.blocking_recv() {
                Some(piece) => self.rest = piece,
                None => return Ok(0),
            }
        }
        let part = self.rest.split_to(self.rest.len().min(into.len()));
        into.iter_mut().zip(&part).for_each(|(to, from)| *to = *from);
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        if self.count.fetch_add(length, Ordering::Relaxed).saturating_add(length) > FETCH_BYTES {
            return Err(io::Error::other("the hub sends more than a file of this kind has"));
        }
        Ok(part.len())
    }
}

/// Fails if the file's bytes are not those that its digest names.
pub(super) async fn check(source: FileSource, sha256: Digest) -> Result<(), Failure> {
    let found = tokio::task::spawn_blocking(move || Digest::read(&mut source.open()?)).await;
    match found {
        Ok(Ok(found)) if found == sha256 => Ok(()),
        Ok(Ok(_)) => Err(Failure::File("its bytes changed since it was captured".to_owned())),
        Ok(Err(error)) => Err(Failure::File(error.to_string())),
        Err(error) => Err(Failure::Store(error.to_string())),
    }
}
