//! How bytes arrive: offered, sent in chunks in any order, finished, verified, receipted.
//!
//! Uploads are per (device, digest): bytes that another device sent are received and verified again, then stored
//! once, so that nobody learns or cites what they do not have. Until then they stand in a file of their own (`staging`).

use std::io;

use countersign_model::trust::Receipt;
use countersign_model::wire::{CHUNK_BYTES, ErrorCode, MEDIA_BYTES, MediaOffer, MediaState, chunk_count};
use countersign_model::{Digest, Id};

use crate::blobs::BlobError;
use crate::error::HubError;
use crate::hub::Hub;
use crate::judge::Caller;
use crate::problem::Problem;
use crate::staging::{Staged, Whole};
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

/// The length that a chunk of a file must have.
fn chunk_length(bytes: u64, chunk: u64) -> Option<u64> {
    let start = chunk.checked_mul(CHUNK_BYTES)?;
    (chunk < chunk_count(bytes, CHUNK_BYTES)).then(|| bytes.saturating_sub(start).min(CHUNK_BYTES))
}

fn missing_chunks(upload: &Upload) -> Vec<u64> {
    (0..chunk_count(upload.bytes, CHUNK_BYTES)).filter(|chunk| upload.chunks.binary_search(chunk).is_err()).collect()
}

impl Hub {
    /// Takes an offer; answers what is missing, or a receipt where this device sent it all before.
    pub fn offer_media(&self, caller: &Caller, offer: &MediaOffer) -> Result<MediaState, Problem> {
        if offer.bytes > MEDIA_BYTES {
            return Err(too_large("the file is larger than any that is taken"));
        }
        let state = |missing, receipt| MediaState { chunk_bytes: CHUNK_BYTES, missing, receipt };
        // Before anything is looked at: a finish that is under way may be about to hold the bytes.
        let staged = self.staged(caller.device, offer.sha256)?;
        if self.read(|read| Ok(read.sent_by(caller.device, offer.sha256)?))? {
            let receipt = self.receipt(caller, vec![offer.sha256])?;
            return Ok(state(Vec::new(), Some(receipt)));
        }
        self.check_room(caller, offer)?;
        let stands = staged.stands().map_err(HubError::file(staged.folder()))?;
        let now = self.now();
        let (anew, upload) = self.inner.store.write(self.tenant(), |write| {
            let known = write.upload(caller.device, offer.sha256)?;
            // Chunks of which nothing stands: the hub came back from a backup, or somebody emptied the folder.
            let lost = known.is_some_and(|upload| !upload.chunks.is_empty()) && !stands;
            if lost {
                write.close_upload(caller.device, offer.sha256)?;
            }
            let other_length = write.open_upload(caller.device, offer.sha256, offer.bytes, now)?;
            Stored::Ok((lost || other_length, write.upload(caller.device, offer.sha256)?))
        })?;
        if anew {
            forget(&staged);
        }
        Ok(state(upload.map(|upload| missing_chunks(&upload)).unwrap_or_default(), None))
    }

    /// The upload, which nobody else touches meanwhile.
    fn staged(&self, device: Id, sha256: Digest) -> Result<Staged<'_>, Problem> {
        let busy = || Problem::new(ErrorCode::Unavailable, "this file is being looked at: try again");
        self.inner.staging.of(device, sha256).ok_or_else(busy)
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
        let found = Digest::of(bytes);
        let staged = self.staged(caller.device, sha256)?;
        let (offered, held) =
            self.read(|read| Ok((read.upload(caller.device, sha256)?, read.sent_by(caller.device, sha256)?)))?;
        let upload = match offered {
            Some(upload) => upload,
            // After the finish whose reply was lost, a late chunk is a resend of what is held.
            None if held => return Ok(()),
            None => return Err(Problem::new(ErrorCode::NotFound, "offer the file first")),
        };
        let expected = chunk_length(upload.bytes, chunk).ok_or_else(|| bad("the file has no such chunk"))?;
        if u64::try_from(bytes.len()).ok() != Some(expected) {
            return Err(bad(&format!("chunk {chunk} of this file has {expected} bytes")));
        }
        if found != digest {
            return Err(Problem::new(ErrorCode::DigestMismatch, "the chunk does not have its digest: send it again"));
        }
        if upload.chunks.binary_search(&chunk).is_ok() {
            return Ok(());
        }
        staged.write(chunk, upload.bytes, bytes).map_err(HubError::file(staged.folder()))?;
        let now = self.now();
        Ok(self.inner.store.write(self.tenant(), |write| write.chunk_arrived(caller.device, sha256, chunk, now))?)
    }

    /// Verifies what came, keeps it durably, and answers the receipt. Finishing twice is finishing once.
    pub fn finish_media(&self, caller: &Caller, sha256: Digest) -> Result<Receipt, Problem> {
        if self.finish_upload(caller, sha256)? {
            self.form_arrived(sha256)?;
            if caller.held_since().is_none() {
                self.rescue_arrived(sha256, caller.device);
            }
        }
        self.receipt(caller, vec![sha256])
    }

    /// Says whether the bytes are held since now; `false` where they were before.
    fn finish_upload(&self, caller: &Caller, sha256: Digest) -> Result<bool, Problem> {
        let staged = self.staged(caller.device, sha256)?;
        let (upload, sent) =
            self.read(|read| Ok((read.upload(caller.device, sha256)?, read.sent_by(caller.device, sha256)?)))?;
        if sent {
            // Offered again while the finish before was under way.
            if upload.is_some() {
                self.end_upload(&staged, caller.device, sha256)?;
            }
            return Ok(false);
        }
        let upload = upload.ok_or_else(|| Problem::new(ErrorCode::NotFound, "offer the file first"))?;
        if !missing_chunks(&upload).is_empty() {
            return Err(bad("chunks are missing: offer the file again to learn which"));
        }
        if let Err(error) = self.keep_staged(&staged, sha256, upload.bytes) {
            // Bytes that are not what they claim, or that are gone, must be sent anew, not asked for again; after a full
            // disk they still stand and only the finish is repeated.
            if must_be_sent_anew(&error) {
                self.end_upload(&staged, caller.device, sha256)?;
            }
            return Err(error.into());
        }
        let now = self.now();
        self.write(|write| {
            write.hold(sha256, upload.bytes, now)?;
            write.sent(caller.device, sha256, now)?;
            write.close_upload(caller.device, sha256)?;
            let event = webhooks::confirmed(sha256, upload.bytes, caller.device, &write.citing(sha256)?);
            webhooks::publish(write, now, &event)
        })?;
        forget(&staged);
        Ok(true)
    }

    /// The upload is over: neither a row nor bytes of it stay.
    fn end_upload(&self, staged: &Staged<'_>, device: Id, sha256: Digest) -> Result<(), Problem> {
        self.inner.store.write(self.tenant(), |write| write.close_upload(device, sha256))?;
        forget(staged);
        Ok(())
    }

    /// Verified bytes move to where they are kept.
    fn keep_staged(&self, staged: &Staged<'_>, sha256: Digest, bytes: u64) -> Result<(), BlobError> {
        let disk = |reason| BlobError::Disk { path: staged.folder().to_owned(), reason };
        let gone = || disk(io::ErrorKind::NotFound.into());
        match staged.whole(bytes).map_err(disk)? {
            Whole::Here(path, found) if found == sha256 => {
                staged.verified().map_err(disk)?;
                self.inner.blobs.adopt(self.tenant(), sha256, &path)
            }
            Whole::Here(_, found) => Err(BlobError::Mismatch { expected: sha256, found }),
            // A stop between the move and the row.
            Whole::Moved => {
                let kept = self.inner.blobs.open(self.tenant(), sha256)?;
                kept.filter(|blob| blob.bytes == bytes).ok_or_else(gone)?;
                self.inner.blobs.settled(self.tenant(), sha256)
            }
            Whole::Gone => Err(gone()),
        }
    }

    /// Commands that wait for a form go on when its bytes are here.
    pub(crate) fn form_arrived(&self, sha256: Digest) -> Result<(), HubError> {
        let waiting = self.read(|read| Ok(read.waiting_for(&crate::store::form_word(sha256))?))?;
        self.judge(&waiting)
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
        for (device, sha256) in self.read(|read| Ok(read.stale_uploads(before)?))? {
            // Whoever is at it goes on with it.
            let Some(staged) = self.inner.staging.of(device, sha256) else { continue };
            if self.write(|write| Ok(write.close_stale_upload(device, sha256, before)?))? {
                forget(&staged);
            }
        }
        Ok(())
    }

    /// Removes what stands of uploads that are over: a stop came between the two, or it could not be removed.
    pub(crate) fn sweep_left_over(&self) -> crate::Outcome {
        for (device, sha256) in self.inner.staging.all().map_err(HubError::file("uploads"))? {
            let Some(staged) = self.inner.staging.of(device, sha256) else { continue };
            if self.read(|read| Ok(read.upload(device, sha256)?))?.is_none() {
                forget(&staged);
            }
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

/// What cannot be removed now is swept at the next start; it costs space and nothing else.
fn forget(staged: &Staged<'_>) {
    if let Err(error) = staged.forget() {
        tracing::warn!(%error, "an upload's folder could not be removed");
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
