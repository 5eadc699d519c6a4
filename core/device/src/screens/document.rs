//! One signed document, of this visit or of an earlier one: its paper where it is on this device, checked as any verifier
//! would, and else what there is to do.

use std::path::PathBuf;

use countersign_documents::{Issuer, verify};
use countersign_model::document::Outcome;
use countersign_model::entity::{Document, Voucher, document_id, voucher_id};
use countersign_model::payload::customer_outcome;
use countersign_model::record::kind;
use countersign_model::{Digest, Id};
use countersign_texts::Texts;
use serde::Serialize;

use super::revision;
use crate::app::work::not_found;
use crate::app::{App, AppError};

/// One signed document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Its name.
    pub sealed: Digest,
    /// Printed number.
    pub number: String,
    /// `voucher`, `amendment` or `cash_receipt`.
    pub kind: String,
    /// Of which job.
    pub job: Id,
    /// What the customer said.
    pub outcome: Option<Outcome>,
    /// Whether something amends it.
    pub amended: bool,
    /// The paper on this device; `None` while the device has not signed it, and where its file is not here.
    pub pdf: Option<PathBuf>,
    /// Whether the device has not signed it yet.
    pub unsigned: bool,
    /// Why there is no paper and what there is to do, in the reader's language; `None` where it is here.
    pub advice: Option<String>,
    /// Whether this device can pack the bundle that verifies it: it signed it itself.
    pub bundle: bool,
}

impl App {
    /// A signed document by its name, whoever signed it. A paper that does not verify is an error, never shown.
    pub fn document_of(&self, sealed: Digest) -> Result<DocumentScreen, AppError> {
        let texts = Texts::new(self.language()?);
        let (document, leaves, own, attested, known) = self.show(|rows| {
            let document = rows.get::<Document>(document_id(sealed))?;
            let document = document.ok_or_else(|| not_found("signed document", &sealed.hex()))?;
            let voucher = rows.get::<Voucher>(voucher_id(document.visit))?;
            let known = rows.identity()?.ok_or(AppError::Enrol)?.chain;
            let leaves = voucher.map(|voucher| voucher.leaves).unwrap_or_default();
            Ok((document, leaves, rows.sealed(sealed)?.is_some(), rows.attested(sealed)?, known))
        })?;
        let named = document.sealed.digest().map_err(|problem| broken(sealed, &problem.to_string()))?;
        if named != sealed {
            return Err(broken(sealed, "its layers have another digest"));
        }
        let paper = attested.map(|attested| attested.pdf).or(document.pdf.as_ref().map(|pdf| pdf.sha256));
        let bytes = paper.map(|pdf| self.store().media_bytes(pdf)).transpose()?.flatten();
        // What this device signed itself it checked as it made it, and the store checks the digest of each file.
        if let Some(bytes) = bytes.as_ref().filter(|_| !own) {
            let trust = known.keys.last().map(|link| link.key.fingerprint());
            let verdict = verify(bytes, trust);
            if !verdict.ok || verdict.issuer != Issuer::Trusted {
                let why: Vec<String> = verdict.failures.iter().map(|failure| failure.why(&texts)).collect();
                return Err(broken(sealed, &why.join(" ")));
            }
        }
        let pdf = paper.filter(|_| bytes.is_some()).map(|pdf| self.store().media_path(pdf));
        let key = if paper.is_none() { "attention-unattested" } else { "document-not-here" };
        let mut screen = DocumentScreen {
            revision: 0,
            sealed,
            number: document.sealed.content.number.clone(),
            outcome: customer_outcome(&document.sign_offs).cloned(),
            amended: is_amended(&document, &leaves),
            kind: document.kind,
            job: document.job,
            unsigned: paper.is_none(),
            advice: pdf.is_none().then(|| texts.get(key)),
            bundle: own && pdf.is_some(),
            pdf,
        };
        screen.revision = revision(&screen);
        Ok(screen)
    }
}

/// Whether something amends a document, by the newest documents of its voucher. A receipt is none of the voucher's, and
/// nothing amends it.
pub(super) fn is_amended(document: &Document, leaves: &[Digest]) -> bool {
    document.kind != kind::CASH_RECEIPT && !leaves.contains(&document.sealed_sha256)
}

fn broken(sealed: Digest, why: &str) -> AppError {
    AppError::Report { why: format!("the document {} does not verify: {why}", sealed.hex()) }
}
