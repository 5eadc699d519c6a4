//! What is sent: bytes, or one chunk of a file, in small pieces, so that progress shows and memory stays bounded.

use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use countersign_model::Digest;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use reqwest::Body;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use crate::sync::carrier::Chunk;
use crate::sync::failure::Failure;

/// Size of a piece: several of them in a second even at 100 kB/s.
const PIECE: usize = 32 << 10;
/// Pieces that may wait between disk and network.
const PIECES: usize = 4;

/// What went wrong on the device's side while a body was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Trouble(Arc<Mutex<Option<Failure>>>);

impl Trouble {
    pub fn take(&self) -> Option<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn set(&self, failure: Failure) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
    }
}

/// A body on its way.
pub(super) struct Upload {
    bytes: Option<u64>,
    pieces: BoxStream<'static, io::Result<Bytes>>,
    steps: Arc<AtomicU64>,
    trouble: Trouble,
}

impl Upload {
    pub fn nothing() -> Upload {
        Upload { bytes: None, pieces: stream::empty().boxed(), steps: Arc::default(), trouble: Trouble::default() }
    }

    pub fn of_bytes(bytes: Bytes) -> Upload {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let pieces = stream::unfold(bytes, |mut rest| async move {
            let piece = rest.split_to(rest.len().min(PIECE));
            (!piece.is_empty()).then_some((Ok(piece), rest))
        });
        Upload { bytes: Some(length), pieces: pieces.boxed(), steps: Arc::default(), trouble: Trouble::default() }
    }

    /// Reads the chunk once for its digest and again while it is sent.
    pub async fn of_chunk(chunk: &Chunk) -> Result<(String, Upload), Failure> {
        let hashed = chunk.clone();
        let digest = tokio::task::spawn_blocking(move || digest_of(&hashed))
            .await
            .map_err(|error| Failure::Store(error.to_string()))?
            .map_err(|error| Failure::File(error.to_string()))?;
        let (into, pieces) = mpsc::channel(PIECES);
        let trouble = Trouble::default();
        let (sent, told) = (chunk.clone(), trouble.clone());
        tokio::task::spawn_blocking(move || {
            if let Err(error) = send_pieces(&sent, &into) {
                told.set(Failure::File(error.to_string()));
                // A body that breaks off is never taken for a whole one.
                let _ = into.blocking_send(Err(error));
            }
        });
        let pieces = stream::unfold(pieces, |mut pieces| async move { Some((pieces.recv().await?, pieces)) }).boxed();
        Ok((digest, Upload { bytes: Some(chunk.bytes), pieces, steps: Arc::default(), trouble }))
    }

    pub fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    pub fn steps(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.steps)
    }

    pub fn trouble(&self) -> Trouble {
        self.trouble.clone()
    }

    pub fn into_body(self) -> Body {
        if self.bytes.is_none_or(|bytes| bytes == 0) {
            return Body::from(Bytes::new());
        }
        let steps = self.steps;
        Body::wrap_stream(self.pieces.inspect(move |_| {
            steps.fetch_add(1, Ordering::Relaxed);
        }))
    }
}

/// Reads a chunk piece by piece, as far as somebody wants them.
fn read_pieces(chunk: &Chunk, mut take: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let mut file = chunk.source.open()?;
    let found = file.seek(SeekFrom::End(0))?;
    if found != chunk.file_bytes {
        let why = format!("it has {found} bytes and should have {}", chunk.file_bytes);
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    file.seek(SeekFrom::Start(chunk.offset))?;
    let mut left = chunk.bytes;
    let mut piece = vec![0; PIECE];
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let part = piece.get_mut(..want).unwrap_or_default();
        file.read_exact(part)?;
        if !take(part) {
            return Ok(());
        }
        left -= u64::try_from(want).unwrap_or(left);
    }
    Ok(())
}

fn send_pieces(chunk: &Chunk, into: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    read_pieces(chunk, |piece| into.blocking_send(Ok(Bytes::copy_from_slice(piece))).is_ok())
}

/// The value of `Content-Digest` (RFC 9530) of a chunk.
fn digest_of(chunk: &Chunk) -> io::Result<String> {
    let mut hash = Sha256::new();
    read_pieces(chunk, |piece| {
        hash.update(piece);
        true
    })?;
    Ok(content_digest(&Digest(hash.finalize().into())))
}

/// A digest as RFC 9530 writes it.
fn content_digest(digest: &Digest) -> String {
    format!("sha-256=:{}:", base64(&digest.0))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4_usize {
            let letter = (word >> (18 - 6 * place)) & 63;
            let letter = LETTERS.get(usize::try_from(letter).unwrap_or(0)).copied().unwrap_or(b'=');
            text.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// Waits for work on which something must move now and then.
pub(super) async fn watched<T>(
    steps: &AtomicU64,
    silence: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Failure> {
    let mut work = std::pin::pin!(work);
    let mut seen = steps.load(Ordering::Relaxed);
    loop {
        if let Ok(done) = tokio::time::timeout(silence, work.as_mut()).await {
            return Ok(done);
        }
        let now = steps.load(Ordering::Relaxed);
        if now == seen {
            return Err(Failure::NotConnected(format!("nothing moved for {} s", silence.as_secs())));
        }
        seen = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_digest_is_written_as_the_rfc_writes_it() {
        // RFC 9530, appendix B.1: the digest of {"hello": "world"} and a newline.
        let digest = Digest::of(b"{\"hello\": \"world\"}\n");
        assert_eq!(content_digest(&digest), "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
