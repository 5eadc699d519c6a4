//! How bytes arrive: offered, sent in chunks in any order, finished, verified, receipted.
//!
//! Uploads are per (device, digest): bytes that another device sent are received and verified again, then stored
//! once, so that nobody learns or cites what they do not have. A chunk is a file until the upload is finished.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use countersign_model::trust::Receipt;
use countersign_model::wire::{CHUNK_BYTES, ErrorCode, MEDIA_BYTES, MediaOffer, MediaState, chunk_count};
use countersign_model::{Digest, Id};

use crate::blobs::{BlobError, PART, sync_folder, tempfile_in};
use crate::error::HubError;
use crate::hub::Hub;
use crate::judge::Caller;
use crate::problem::Problem;
use crate::store::{Stored, Upload};
use crate::webhooks;

/// Uploads that one device may have under way; a visit has some hundred files.
const OPEN_UPLOADS: u64 = 2_000;
/// Their announced bytes.
const OPEN_BYTES: u64 = 64 << 30;
/// Bytes that a revoked or unconfirmed device may send into quarantine.
const QUARANTINE_BYTES: u64 = 4 << 30;
/// Digests in one request for receipts.
const RECEIPT_DIGESTS: usize = 10_000;
/// An upload that nobody touched for so long is swept, milliseconds: 30 days.
const STALE: i64 = 30 * 24 * 60 * 60 * 1000;

fn bad(detail: &str) -> Problem {
    Problem::new(ErrorCode::BadRequest, detail)
}

fn too_large(detail: &str) -> Problem {
    Problem::new(ErrorCode::TooLarge, detail)
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> Problem {
    let path = path.to_owned();
    move |error| HubError::File { path, reason: error }.into()
}

/// The length that a chunk of a file must have.
fn chunk_length(bytes: u64, chunk: u64) -> Option<u64> {
    let start = chunk.checked_mul(CHUNK_BYTES)?;
    (chunk < chunk_count(bytes, CHUNK_BYTES)).then(|| bytes.saturating_sub(start).min(CHUNK_BYTES))
}

fn missing_chunks(upload: &Upload) -> Vec<u64> {
    (0..chunk_count(upload.bytes, CHUNK_BYTES)).filter(|chunk| upload.chunks.binary_search(chunk).is_err()).collect()
}

/// The chunks of an upload, read one after the other.
struct Chunks {
    folder: PathBuf,
    next: u64,
    count: u64,
    open: Option<File>,
}

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.open.is_none() {
                if self.next >= self.count {
                    return Ok(0);
                }
                self.open = Some(File::open(self.folder.join(self.next.to_string()))?);
                self.next = self.next.saturating_add(1);
            }
            let count = self.open.as_mut().map_or(Ok(0), |file| file.read(buffer))?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.open = None;
        }
    }
}

impl Hub {
    fn staging(&self, device: Id, sha256: Digest) -> PathBuf {
        let root = self.inner.folder.join("uploads").join(self.tenant().to_string());
        root.join(device.to_string()).join(sha256.hex())
    }

    /// Takes an offer; answers what is missing, or a receipt where this device sent it all before.
    pub fn offer_media(&self, caller: &Caller, offer: &MediaOffer) -> Result<MediaState, Problem> {
        if offer.bytes > MEDIA_BYTES {
            return Err(too_large("the file is larger than any that is taken"));
        }
        let state = |missing, receipt| MediaState { chunk_bytes: CHUNK_BYTES, missing, receipt };
        if self.read(|read| Ok(read.sent_by(caller.device, offer.sha256)?))? {
            let receipt = self.receipt(caller, vec![offer.sha256])?;
            return Ok(state(Vec::new(), Some(receipt)));
        }
        self.check_room(caller, offer)?;
        let now = self.now();
        let upload = self.inner.store.write(self.tenant(), |write| {
            write.open_upload(caller.device, offer.sha256, offer.bytes, now)?;
            write.upload(caller.device, offer.sha256)
        })?;
        Ok(state(upload.map(|upload| missing_chunks(&upload)).unwrap_or_default(), None))
    }

    fn check_room(&self, caller: &Caller, offer: &MediaOffer) -> Result<(), Problem> {
        let (known, (count, bytes), sent) = self.read(|read| {
            let since = caller.held_since().unwrap_or(i64::MAX);
            Ok((
                read.upload(caller.device, offer.sha256)?.is_some(),
                read.uploads_of(caller.device)?,
                read.bytes_sent_since(caller.device, since)?,
            ))
        })?;
        let more = bytes.saturating_add(offer.bytes);
        if !known && (count >= OPEN_UPLOADS || more > OPEN_BYTES) {
            return Err(too_large("too many uploads are under way: finish some first"));
        }
        if caller.held_since().is_some() && sent.saturating_add(more) > QUARANTINE_BYTES {
            return Err(too_large("no more is taken into quarantine: ask the office"));
        }
        Ok(())
    }

    /// Takes a chunk. Twice is once; any order; a wrong digest or length leaves nothing behind.
    pub fn take_chunk(
        &self,
        caller: &Caller,
        sha256: Digest,
        chunk: u64,
        digest: Digest,
        bytes: &[u8],
    ) -> Result<(), Problem> {
        let offered = self.read(|read| Ok(read.upload(caller.device, sha256)?))?;
        let Some(upload) = offered else {
            // After the finish whose reply was lost, a late chunk is a resend of what is held.
            let held = self.read(|read| Ok(read.sent_by(caller.device, sha256)?))?;
            return if held { Ok(()) } else { Err(Problem::new(ErrorCode::NotFound, "offer the file first")) };
        };
        let expected = chunk_length(upload.bytes, chunk).ok_or_else(|| bad("the file has no such chunk"))?;
        if u64::try_from(bytes.len()).ok() != Some(expected) {
            return Err(bad(&format!("chunk {chunk} of this file has {expected} bytes")));
        }
        let found = Digest::of(bytes);
        if found != digest {
            return Err(Problem::new(ErrorCode::DigestMismatch, "the chunk does not have its digest: send it again"));
        }
        let folder = self.staging(caller.device, sha256);
        let written = write_chunk(&folder, chunk, bytes);
        let now = self.now();
        let (is_open, held) = self.inner.store.write(self.tenant(), |write| {
            let is_open = write.upload(caller.device, sha256)?.is_some();
            if is_open && written.is_ok() {
                write.chunk_arrived(caller.device, sha256, chunk, now)?;
            }
            Stored::Ok((is_open, write.sent_by(caller.device, sha256)?))
        })?;
        // A finish may have closed the upload and taken its folder away while this chunk was on its way.
        if !is_open {
            remove_folder(&folder);
        }
        if held { Ok(()) } else { written.map_err(disk(&folder)) }
    }

    /// Puts the chunks together, verifies, stores durably, and answers the receipt. Finishing twice is finishing once.
    pub fn finish_media(&self, caller: &Caller, sha256: Digest) -> Result<Receipt, Problem> {
        let (upload, sent) =
            self.read(|read| Ok((read.upload(caller.device, sha256)?, read.sent_by(caller.device, sha256)?)))?;
        if sent {
            return self.receipt(caller, vec![sha256]);
        }
        let upload = upload.ok_or_else(|| Problem::new(ErrorCode::NotFound, "offer the file first"))?;
        if !missing_chunks(&upload).is_empty() {
            return Err(bad("chunks are missing: offer the file again to learn which"));
        }
        let folder = self.staging(caller.device, sha256);
        let count = chunk_count(upload.bytes, CHUNK_BYTES);
        let mut chunks = Chunks { folder: folder.clone(), next: 0, count, open: None };
        match self.inner.blobs.keep(self.tenant(), sha256, &mut chunks) {
            Ok(_) => {}
            Err(error) => {
                // Bytes that are not what they claim, or chunks that are gone, must be sent anew, not asked for again;
                // after a full disk the chunks still stand and only the finish is repeated.
                if must_be_sent_anew(&error) {
                    self.forget_upload(caller.device, sha256)?;
                }
                return Err(error.into());
            }
        }
        let now = self.now();
        self.write(|write| {
            write.hold(sha256, upload.bytes, now)?;
            write.sent(caller.device, sha256, now)?;
            write.close_upload(caller.device, sha256)?;
            let event = webhooks::confirmed(sha256, upload.bytes, caller.device, &write.citing(sha256)?);
            webhooks::publish(write, now, &event)
        })?;
        remove_folder(&folder);
        self.form_arrived(sha256)?;
        if caller.held_since().is_none() {
            self.rescue_arrived(sha256, caller.device);
        }
        self.receipt(caller, vec![sha256])
    }

    /// Commands that wait for a form go on when its bytes are here.
    pub(crate) fn form_arrived(&self, sha256: Digest) -> Result<(), HubError> {
        let waiting = self.read(|read| Ok(read.waiting_for(&crate::store::form_word(sha256))?))?;
        self.judge(&waiting)
    }

    fn forget_upload(&self, device: Id, sha256: Digest) -> Result<(), Problem> {
        self.inner.store.write(self.tenant(), |write| write.close_upload(device, sha256))?;
        remove_folder(&self.staging(device, sha256));
        Ok(())
    }

    /// The hub's signed word for those of these bytes that this device sent and that are held.
    pub fn receipts(&self, caller: &Caller, asked: &[Digest]) -> Result<Receipt, Problem> {
        if asked.len() > RECEIPT_DIGESTS {
            return Err(too_large("ask for fewer receipts at a time"));
        }
        let mut holds = self.read(|read| {
            let mut holds = Vec::new();
            for sha256 in asked {
                if read.sent_by(caller.device, *sha256)? {
                    holds.push(*sha256);
                }
            }
            Ok(holds)
        })?;
        holds.sort();
        holds.dedup();
        self.receipt(caller, holds)
    }

    fn receipt(&self, caller: &Caller, holds: Vec<Digest>) -> Result<Receipt, Problem> {
        let signer = self.signer()?;
        let receipt = Receipt {
            tenant: self.tenant(),
            device: caller.device,
            epoch: self.epoch().to_owned(),
            holds,
            time: self.now(),
            key_number: signer.number,
            signature: String::new(),
        };
        let signed = receipt.signed(&signer.key).map_err(HubError::from)?;
        self.inner.metrics.receipt();
        Ok(signed)
    }

    /// Keeps bytes of the office itself: forms, manuals.
    pub fn keep_media(&self, bytes: &[u8]) -> crate::Outcome<Digest> {
        let sha256 = Digest::of(bytes);
        self.inner.blobs.keep(self.tenant(), sha256, &mut &*bytes)?;
        let now = self.now();
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.write(|write| Ok(write.hold(sha256, length, now)?))?;
        Ok(sha256)
    }

    /// Sweeps uploads that nobody goes on with. Their bytes are still on the phone: without a receipt it keeps them.
    pub(crate) fn sweep_uploads(&self) -> crate::Outcome {
        let before = self.now().saturating_sub(STALE);
        let stale = self.read(|read| Ok(read.stale_uploads(before)?))?;
        for (device, sha256) in stale {
            self.write(|write| Ok(write.close_upload(device, sha256)?))?;
            remove_folder(&self.staging(device, sha256));
        }
        Ok(())
    }
}

fn must_be_sent_anew(error: &BlobError) -> bool {
    match error {
        BlobError::Mismatch { .. } => true,
        BlobError::Disk { reason, .. } => reason.kind() == io::ErrorKind::NotFound,
    }
}

/// The chunk's file appears whole or not at all, and survives a power cut once it was acknowledged.
fn write_chunk(folder: &Path, chunk: u64, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut temporary = tempfile_in(folder)?;
    temporary.file.write_all(bytes)?;
    temporary.file.sync_all()?;
    fs::rename(&temporary.path, folder.join(chunk.to_string()))?;
    temporary.kept = true;
    sync_folder(folder)
}

/// What cannot be removed now is swept later; it costs space and nothing else.
fn remove_folder(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "an upload's folder could not be removed");
    }
}

/// Removes temporary files that a stop left behind, below one folder.
pub(crate) fn sweep_parts(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sweep_parts(&path);
        } else if entry.file_name().to_string_lossy().starts_with(PART) {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chunk_but_the_last_is_full() {
        let whole = CHUNK_BYTES;
        let rows = [
            (0, 0, Some(0)),
            (0, 1, None),
            (1, 0, Some(1)),
            (whole, 0, Some(whole)),
            (whole, 1, None),
            (whole + 5, 0, Some(whole)),
            (whole + 5, 1, Some(5)),
            (u64::MAX, u64::MAX, None),
        ];
        for (bytes, chunk, length) in rows {
            assert_eq!(chunk_length(bytes, chunk), length, "{bytes} {chunk}");
        }
    }
}
