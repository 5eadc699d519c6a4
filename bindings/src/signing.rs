//! Sign-off: the very pages, what the customer says, the signature.

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign_device::app::{AppError as CoreError, CustomerWord, Preview, SignRequest, Signed, Stamp};
use countersign_device::evidence::Strokes;
use countersign_device::model::document::{ASPECTS, Outcome, SignerRole};
use countersign_device::model::{Digest, Language};

use crate::countersign::Countersign;
use crate::errors::AppError;

/// The pages that will be signed.
#[derive(Clone, Debug, uniffi::Record)]
pub struct PagesShown {
    /// Printed number of the document.
    pub number: String,
    /// Digest of what the pages say: signing asks for it.
    pub content_sha256: Digest,
    /// The pages as a PDF on this device.
    pub pdf: PathBuf,
    /// Questions that are missing or do not fit; signing waits for them.
    pub missing: Vec<String>,
    /// Whether the customer must sign.
    pub needs_customer: bool,
    /// The signer's language.
    pub language: Language,
    /// The company as it stands on the pages.
    pub company: String,
    /// The engineers as they stand on the pages.
    pub engineers: Vec<String>,
    /// The zone in which its times are written.
    pub zone: String,
}

impl From<Preview> for PagesShown {
    fn from(preview: Preview) -> PagesShown {
        let content = preview.content;
        PagesShown {
            number: content.number,
            content_sha256: preview.content_sha256,
            pdf: preview.pdf,
            missing: preview.missing,
            needs_customer: preview.needs_customer,
            language: content.language,
            company: content.company.name,
            engineers: content.engineers,
            zone: content.zone,
        }
    }
}

/// Who signs which pages, and how.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Signature {
    /// The digest of what was shown.
    pub content_sha256: Digest,
    /// What the customer said; `None` where nobody but the engineer signs.
    pub word: Option<CustomerWord>,
    /// The customer's strokes; none where nobody is there.
    pub strokes: Option<Strokes>,
    /// The engineer's strokes.
    pub engineer_strokes: Strokes,
    /// A photo of the company stamp, by its digest.
    pub stamp: Option<Digest>,
}

#[uniffi::export]
impl Countersign {
    /// Makes the pages of a visit.
    pub fn preview(&self, job: &str) -> Result<PagesShown, AppError> {
        self.say(self.app.preview(job)).map(PagesShown::from)
    }

    /// The pages that were shown, unless something changed since.
    pub fn preview_shown(&self, job: &str, content_sha256: Digest) -> Result<PagesShown, AppError> {
        self.say(self.app.preview_shown(job, content_sha256)).map(PagesShown::from)
    }

    /// Whether what the customer says is complete, before they draw.
    pub fn check_customer_word(&self, job: &str, content_sha256: Digest, word: CustomerWord) -> Result<(), AppError> {
        let preview = self.say(self.app.preview_shown(job, content_sha256))?;
        self.say(self.app.check_customer_word(&preview, &word))
    }

    /// Signs: sealed and durable on this device when this returns.
    pub fn sign(&self, job: &str, signature: Signature) -> Result<Signed, AppError> {
        let stamp = signature.stamp.map(|sha256| self.stamp(sha256)).transpose()?;
        // Where nobody else signs, the core asks for no customer's word and keeps none.
        let word = signature.word.unwrap_or_else(|| CustomerWord {
            name: String::new(),
            role: SignerRole::Customer,
            outcome: Outcome::Accepted,
            remarks: String::new(),
            satisfaction: None,
            aspects: BTreeMap::new(),
        });
        let request = SignRequest {
            name: word.name,
            role: word.role,
            outcome: word.outcome,
            remarks: word.remarks,
            satisfaction: word.satisfaction,
            aspects: word.aspects,
            strokes: signature.strokes,
            engineer_strokes: signature.engineer_strokes,
            stamp,
            content_sha256: Some(signature.content_sha256),
        };
        let signed = self.say(self.app.sign(job, request))?;
        if let Some(sha256) = signature.stamp {
            self.stamps().remove(&sha256);
        }
        Ok(signed)
    }

    /// A signed document with its proof, as one file for anybody to verify.
    pub fn verify_bundle(&self, sealed: Digest) -> Result<Vec<u8>, AppError> {
        self.say(self.app.verify_bundle(sealed))
    }
}

impl Countersign {
    fn stamp(&self, sha256: Digest) -> Result<Stamp, AppError> {
        let stamp = self.stamps().get(&sha256).cloned();
        self.say(stamp.ok_or_else(|| CoreError::NotFound { what: "stamp", name: sha256.to_string() }))
    }
}

/// What may be rated one by one, in the order in which it is asked; the texts word each by `aspect`.
#[uniffi::export]
pub fn aspects() -> Vec<String> {
    ASPECTS.iter().map(|aspect| (*aspect).to_owned()).collect()
}
