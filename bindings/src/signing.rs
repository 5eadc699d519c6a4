//! Sign-off: the very pages, what the customer says, the signature.

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign_device::app::{AppError as CoreError, CustomerWord, Preview, SignRequest, Signed};
use countersign_device::evidence::{Point, Strokes, UNITS_PER_PIXEL, stroke_limits as limits};
use countersign_device::model::document::{ASPECTS, Outcome, SignerRole, VoucherClass};
use countersign_device::model::money::Money;
use countersign_device::model::{Digest, Language};

use countersign_device::screens::{PageSection, page_sections};

use crate::commands::count;
use crate::countersign::{Countersign, say_in};
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
    /// The class of the voucher.
    pub class: VoucherClass,
    /// What is to be paid, tax included; `None` where nothing is.
    pub total: Option<Money>,
    /// Photos and files.
    pub evidence: u32,
    /// Parts.
    pub parts: u32,
    /// Times.
    pub times: u32,
    /// What the pages say, as text in the signer's language.
    pub sections: Vec<PageSection>,
}

impl From<Preview> for PagesShown {
    fn from(preview: Preview) -> PagesShown {
        let content = preview.content;
        let sections = page_sections(&content);
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
            class: content.class,
            total: content.totals.map(|totals| totals.gross),
            evidence: count(content.evidence.len()),
            parts: count(content.parts.len()),
            times: count(content.times.len()),
            sections,
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
    pub strokes: Option<Vec<Vec<Point>>>,
    /// The engineer's strokes.
    pub engineer_strokes: Vec<Vec<Point>>,
    /// A photo of the company stamp, by its digest.
    pub stamp: Option<Digest>,
}

#[uniffi::export]
impl Countersign {
    /// Makes the pages of a visit.
    pub fn preview(&self, job: &str) -> Result<PagesShown, AppError> {
        self.say(self.app.preview(job)).map(PagesShown::from)
    }

    /// The pages that were shown, unless something changed since. `language` is that of whoever looks at them.
    pub fn preview_shown(&self, job: &str, content_sha256: Digest, language: Language) -> Result<PagesShown, AppError> {
        say_in(language, self.app.preview_shown(job, content_sha256)).map(PagesShown::from)
    }

    /// Whether the pages with this digest are signed, whatever else became of the visit meanwhile. `language` is that of
    /// whoever looks at them.
    pub fn is_signed(&self, job: &str, content_sha256: Digest, language: Language) -> Result<bool, AppError> {
        say_in(language, self.app.is_signed(job, content_sha256))
    }

    /// Whether what the customer says is complete, before they draw.
    /// `language` is the signer's.
    pub fn check_customer_word(
        &self,
        job: &str,
        content_sha256: Digest,
        word: CustomerWord,
        language: Language,
    ) -> Result<(), AppError> {
        let preview = say_in(language, self.app.preview_shown(job, content_sha256))?;
        say_in(language, self.app.check_customer_word(&preview, &word))
    }

    /// Signs: sealed and durable on this device when this returns. `language` is that of whoever holds the device.
    pub fn sign(&self, job: &str, signature: Signature, language: Language) -> Result<Signed, AppError> {
        let stamp = signature.stamp.map(|sha256| say_in(language, self.app.held_stamp(sha256))).transpose()?;
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
            strokes: signature.strokes.map(|strokes| drawn(strokes, language)).transpose()?,
            engineer_strokes: drawn(signature.engineer_strokes, language)?,
            stamp,
            content_sha256: Some(signature.content_sha256),
        };
        say_in(language, self.app.sign(job, request))
    }

    /// A signed document with its proof, as one file for anybody to verify.
    pub fn verify_bundle(&self, sealed: Digest) -> Result<Vec<u8>, AppError> {
        self.say(self.app.verify_bundle(sealed))
    }
}

/// Strokes within the limits of a signature.
pub(crate) fn drawn(strokes: Vec<Vec<Point>>, language: Language) -> Result<Strokes, AppError> {
    say_in(language, Strokes::new(strokes).map_err(|error| CoreError::Input { why: error.to_string() }))
}

/// Whether strokes are nothing that a person could have meant as a signature: none, or taps and dots alone. Signing refuses
/// them.
#[uniffi::export]
pub fn is_blank_signature(strokes: Vec<Vec<Point>>) -> bool {
    // What breaks a limit is no blank: signing says what is wrong with it.
    Strokes::new(strokes).is_ok_and(|strokes| strokes.is_blank())
}

/// How much a signature may be; a pad stops there by itself.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct StrokeLimits {
    /// Most strokes.
    pub strokes: u32,
    /// Most points together.
    pub points: u32,
    /// Greatest coordinate, in sixteenths of a pixel.
    pub coordinate: i32,
    /// Longest time from the first point on, milliseconds.
    pub milliseconds: u32,
    /// Units in a pixel of the pad, so that a signature is as large on every screen.
    pub units_per_pixel: i32,
}

/// How much a signature may be.
#[uniffi::export]
pub fn stroke_limits() -> StrokeLimits {
    StrokeLimits {
        strokes: count(limits::STROKES),
        points: count(limits::POINTS),
        coordinate: limits::UNITS,
        milliseconds: limits::MILLISECONDS,
        units_per_pixel: UNITS_PER_PIXEL,
    }
}

/// What may be rated one by one, in the order in which it is asked; the texts word each by `aspect`.
#[uniffi::export]
pub fn aspects() -> Vec<String> {
    ASPECTS.iter().map(|aspect| (*aspect).to_owned()).collect()
}
