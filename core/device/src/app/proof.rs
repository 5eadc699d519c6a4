//! The verify bundle of a document: what the customer can check with no account and no network.

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign_documents::{BundleSignature, NoMedia, VoucherLayers, verify_bundle};
use countersign_model::digest::Digest;

use super::work::not_found;
use super::{App, AppError, Preview};

impl App {
    /// Packs a signed document of this device with all its layers, signed by the device.
    pub fn verify_bundle(&self, sealed: Digest) -> Result<Vec<u8>, AppError> {
        let (row, attested, identity) = self.show(|rows| {
            Ok((rows.sealed(sealed)?, rows.attested(sealed)?, rows.identity()?.ok_or(AppError::Enrol)?))
        })?;
        let row = row.ok_or_else(|| not_found("signed document", &sealed.hex()))?;
        let attested = attested.ok_or_else(|| AppError::Input {
            why: "the device has not signed this document yet: unlock it and try again".to_owned(),
        })?;
        let shown = self.bytes_of(row.sealed.shown_sha256)?;
        let voucher = self.bytes_of(attested.pdf)?;
        let layers = VoucherLayers {
            shown: &shown,
            sealed: &row.sealed,
            sign_offs: &row.sign_offs,
            attestation: &attested.attestation,
            credential: &identity.credential,
            trust: &identity.chain,
            media: &NoMedia,
        };
        let report = |problem: countersign_documents::BundleProblem| AppError::Report { why: problem.to_string() };
        let bundle = verify_bundle(&layers, &voucher, &BTreeMap::new()).map_err(report)?;
        let statement = bundle.statement().map_err(report)?;
        let signature = self.signature(&statement).map_err(|locked| AppError::Input { why: locked.to_string() })?;
        let signature = BundleSignature { device: identity.device, key: self.key().public(), signature };
        bundle.signed(signature).and_then(|bundle| bundle.write()).map_err(report)
    }

    /// The finished voucher of a document under a name that people and viewers know: `papers/<number>.pdf` in the store's
    /// folder. The bytes are those of the store; `None` while the device's key is locked.
    pub fn paper(&self, sealed: Digest) -> Result<Option<PathBuf>, AppError> {
        let (row, attested) = self.show(|rows| Ok((rows.sealed(sealed)?, rows.attested(sealed)?)))?;
        let (Some(row), Some(attested)) = (row, attested) else { return Ok(None) };
        self.put_paper(&row.sealed.content.number, attested.pdf).map(Some)
    }

    /// The pages of a preview in the same way: `papers/preview-<number>.pdf`.
    pub fn preview_paper(&self, preview: &Preview) -> Result<PathBuf, AppError> {
        self.check_lease()?;
        self.put_paper(&format!("preview-{}", preview.content.number), preview.pages)
    }

    fn put_paper(&self, number: &str, pdf: Digest) -> Result<PathBuf, AppError> {
        let folder = self.store().folder().join("papers");
        let name: String = number.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        let path = folder.join(format!("{name}.pdf"));
        let bytes = self.bytes_of(pdf)?;
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes));
        written.map_err(|error| AppError::Environment { why: format!("{}: {error}", path.display()) })?;
        Ok(path)
    }

    fn bytes_of(&self, sha256: Digest) -> Result<Vec<u8>, AppError> {
        let bytes = self.store().media_bytes(sha256)?;
        bytes.ok_or_else(|| AppError::Environment { why: format!("the file {sha256} is missing on this device") })
    }
}
