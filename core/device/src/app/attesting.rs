//! The device's own signature under what people signed: made at once, or later where its key is locked or the paper cannot be
//! finished now.

use std::path::PathBuf;

use countersign_documents::{UnsignedVoucher, VoucherLayers};
use countersign_model::digest::Digest;
use countersign_model::document::{Attestation, sign_offs_digest};
use countersign_model::entity::Derived;
use countersign_model::payload::{DocumentAttest, Payload};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;

use super::signing::{StoreMedia, not_canonical};
use super::{App, AppError};
use crate::store::{Attested, SealedRow};

impl App {
    /// The device signs; with a locked key the document waits as "unsigned by device" and is resumed later.
    pub(crate) fn attest(&self, sealed: Digest) -> Result<Option<PathBuf>, AppError> {
        let Some(row) = self.read(|rows| Ok(rows.sealed(sealed)?))? else { return Ok(None) };
        if let Some(attested) = self.read(|rows| Ok(rows.attested(sealed)?))? {
            return Ok(Some(self.store().media_path(attested.pdf)));
        }
        let Some((attestation, paper)) = self.finished_paper(&row)? else { return Ok(None) };
        let file = self.store().stage_made(&paper)?;
        let shown_bytes = self.staged(row.sealed.shown_sha256)?.bytes;
        let lane = Scope::job(row.job);
        let payload = Payload::DocumentAttest(DocumentAttest {
            job: row.job,
            attestation: attestation.clone(),
            pdf: Derived { sha256: file.sha256, bytes: file.bytes },
            shown_bytes,
        });
        let draft = self.draft(lane.clone(), None, payload)?;
        let media = self.document_media(&lane, file);
        let attested = Attested { attestation, pdf: file.sha256 };
        let kept = self.store().write(|tx| {
            // Another program on this store may have vouched for it meanwhile: the first signature stands.
            if let Some(first) = tx.rows().attested(sealed)? {
                return Ok(first.pdf);
            }
            tx.put_attested(&attested)?;
            tx.put_media(&media)?;
            tx.submit(&draft)?;
            Ok(file.sha256)
        })?;
        self.flush()?;
        Ok(Some(self.store().media_path(kept)))
    }

    /// Signs every document that waits for this device's key, because a person asks for it. One that cannot be finished
    /// holds up no other; the first reason is the error.
    pub fn resume_attestations(&self) -> Result<usize, AppError> {
        let mut done = 0;
        let mut first = None;
        for row in self.read(|rows| Ok(rows.unattested()?))? {
            match self.attest(row.sha256) {
                Ok(paper) => done += usize::from(paper.is_some()),
                Err(error) => {
                    tracing::warn!(%error, sealed = %row.sha256, "a document still waits for the device's signature");
                    first.get_or_insert(error);
                }
            }
        }
        first.map_or(Ok(done), Err)
    }

    /// The same when nobody asked, before a sync and at the start: a full disk or a page that is gone keeps nobody from
    /// working. The document goes on waiting, and the attention list says so.
    pub fn attest_what_waits(&self) {
        if let Err(error) = self.resume_attestations() {
            tracing::warn!(%error, "not every document has the device's signature yet");
        }
    }

    fn finished_paper(&self, row: &SealedRow) -> Result<Option<(Attestation, Vec<u8>)>, AppError> {
        let identity = self.read(|rows| rows.identity()?.ok_or(AppError::Enrol))?;
        let shown = self.store().media_bytes(row.sealed.shown_sha256)?.ok_or_else(|| AppError::Environment {
            why: format!("the shown pages {} are missing on this device: restore them", row.sealed.shown_sha256),
        })?;
        let time = self.time()?;
        let Some(attestation) = self.attestation(row, identity.device, time)? else { return Ok(None) };
        let layers = VoucherLayers {
            shown: &shown,
            sealed: &row.sealed,
            sign_offs: &row.sign_offs,
            attestation: &attestation,
            credential: &identity.credential,
            trust: &identity.chain,
            media: &StoreMedia(self.store()),
        };
        let report = |problem: countersign_documents::VoucherProblem| AppError::Report { why: problem.to_string() };
        let unsigned = UnsignedVoucher::prepare(&layers, self.fonts()).map_err(report)?;
        let Ok(signature) = self.signature(unsigned.statement()) else { return Ok(None) };
        Ok(Some((attestation.clone(), unsigned.finish(&signature).map_err(report)?)))
    }

    fn attestation(
        &self,
        row: &SealedRow,
        device: countersign_model::Id,
        time: TimeRecord,
    ) -> Result<Option<Attestation>, AppError> {
        let sign_offs_sha256 = sign_offs_digest(&row.sign_offs).map_err(not_canonical)?;
        let statement = Attestation::statement(row.sha256, sign_offs_sha256, device, &time).map_err(not_canonical)?;
        let Ok(signature) = self.signature(&statement) else { return Ok(None) };
        Ok(Some(Attestation { sealed_sha256: row.sha256, sign_offs_sha256, device, time, signature }))
    }
}
