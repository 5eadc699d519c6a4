//! Signed documents on the page: sign-offs with their strokes, what an amendment changes, and what the verifier says
//! of the stored PDF. The bytes that the device made are shown as they are; nothing is rendered again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_documents::{Issuer, verify};
use countersign_evidence::Strokes;
use countersign_model::Digest;
use countersign_model::document::{ASPECTS, Outcome as Said, SignOff};
use countersign_model::entity::{Document, Voucher, document_id};
use std::io::Read as _;

use super::desk::{Desk, held};
use super::trouble::Trouble;
use super::words::{Chip, Words};
use crate::store::Read;

/// One sign-off.
pub(crate) struct Signed {
    pub role: String,
    pub name: String,
    pub outcome: Chip,
    pub remarks: String,
    pub satisfaction: String,
    /// What was rated apart from the whole: the aspect and its score in words.
    pub aspects: Vec<String>,
    pub time: String,
    /// The strokes as SVG, made from numbers alone; empty where nobody signed.
    pub drawing: String,
    pub alt: String,
    /// Address of the stamp's picture; empty where there is no stamp or its picture is not here.
    pub stamp: String,
    pub stamp_alt: String,
}

/// A signed document.
pub(crate) struct Paper {
    pub title: String,
    pub chips: Vec<Chip>,
    pub reason: String,
    pub changes: Vec<(String, String, String)>,
    pub sign_offs: Vec<Signed>,
    /// Address of the PDF; empty while it is not here.
    pub pdf: String,
    pub verify: String,
    pub verify_class: &'static str,
    pub failures: Vec<String>,
    pub sealed: String,
}

/// A document's PDF larger than this is not verified while a page is drawn; `countersign verify` still can.
const VERIFIED_BYTES: u64 = 64 << 20;

/// The documents of a visit, the newest last. `deep` verifies their PDFs.
pub(crate) fn of(
    desk: &Desk<'_>,
    read: &Read<'_>,
    voucher: &Voucher,
    documents: &[Document],
    deep: bool,
) -> Result<Vec<Paper>, Trouble> {
    documents.iter().map(|document| paper(desk, read, voucher, document, deep)).collect()
}

/// Address of a document's PDF; empty while the office does not hold it.
pub(crate) fn pdf_address(read: &Read<'_>, document: &Document) -> Result<String, Trouble> {
    match &document.pdf {
        Some(pdf) if held(read, pdf.sha256)? => Ok(format!("/documents/{}", document.sealed_sha256.hex())),
        _ => Ok(String::new()),
    }
}

fn paper(
    desk: &Desk<'_>,
    read: &Read<'_>,
    voucher: &Voucher,
    document: &Document,
    deep: bool,
) -> Result<Paper, Trouble> {
    let words = &desk.words;
    let content = &document.sealed.content;
    let amended = !voucher.leaves.contains(&document.sealed_sha256);
    let mut chips = vec![words.class(&content.class)];
    chips.push(match amended {
        true => Chip { class: "", icon: "return", word: words.t("console-amended") },
        false => Chip { class: "ok", icon: "lock", word: words.t("console-in-force") },
    });
    if document.attestation.is_none() {
        chips.push(Chip { class: "attention", icon: "warn", word: words.t("console-unattested") });
    }
    let title = match content.amendment.is_some() {
        true => words.of("console-amendment-numbered", "number", &content.number),
        false => words.of("console-voucher-numbered", "number", &content.number),
    };
    let nothing = words.t("voucher-change-nothing");
    let filled = |text: &str| if text.is_empty() { nothing.clone() } else { text.to_owned() };
    let changes = content.amendment.iter().flat_map(|amendment| &amendment.changes);
    let reason = content.amendment.as_ref().map(|a| words.of("console-amended-because", "reason", &a.reason));
    let sign_offs = document.sign_offs.iter().map(|sign_off| signed(words, read, sign_off));
    let mut paper = Paper {
        title,
        chips,
        reason: reason.unwrap_or_default(),
        changes: changes.map(|change| (change.what.clone(), filled(&change.before), filled(&change.after))).collect(),
        sign_offs: sign_offs.collect::<Result<_, _>>()?,
        pdf: String::new(),
        verify: String::new(),
        verify_class: "",
        failures: Vec::new(),
        sealed: document.sealed_sha256.hex(),
    };
    paper.pdf = pdf_address(read, document)?;
    match &document.pdf {
        Some(pdf) if !paper.pdf.is_empty() => {
            if deep && pdf.bytes <= VERIFIED_BYTES {
                verified(desk, pdf.sha256, &mut paper)?;
            }
        }
        Some(pdf) => {
            paper.verify = words.of("console-pdf-on-phone", "size", &words.texts.bytes(pdf.bytes));
            paper.verify_class = "attention";
        }
        None => {
            paper.verify = words.t("console-pdf-not-made");
            paper.verify_class = "attention";
        }
    }
    Ok(paper)
}

/// What the verifier says, against this company's own key.
fn verified(desk: &Desk<'_>, pdf: Digest, paper: &mut Paper) -> Result<(), Trouble> {
    let Some(bytes) = blob(desk, pdf)? else { return Ok(()) };
    let words = &desk.words;
    let verdict = verify(&bytes, Some(desk.hub().fingerprint()));
    paper.verify_class = if verdict.ok { "ok" } else { "danger" };
    paper.verify = match (verdict.ok, verdict.issuer) {
        (true, Issuer::Trusted) => words.t("verify-ok-trusted"),
        (true, _) => words.of("verify-ok-unchecked", "fingerprint", &desk.hub().fingerprint().hex()),
        (false, _) => words.count("verify-failed", verdict.failures.len()),
    };
    paper.failures = verdict.failures.iter().map(|failure| failure.why(&words.texts)).collect();
    Ok(())
}

/// The bytes under a digest; `None` where they are not held.
pub(crate) fn blob(desk: &Desk<'_>, sha256: Digest) -> Result<Option<Vec<u8>>, Trouble> {
    let inner = &desk.hub().inner;
    let found = inner.blobs.open(inner.tenant, sha256).map_err(|error| Trouble::Store(error.to_string()))?;
    let Some(blob) = found else { return Ok(None) };
    let mut bytes = Vec::new();
    let mut file = blob.file;
    file.read_to_end(&mut bytes).map_err(|error| Trouble::Store(error.to_string()))?;
    Ok(Some(bytes))
}

fn signed(words: &Words, read: &Read<'_>, sign_off: &SignOff) -> Result<Signed, Trouble> {
    let role = words.texts.word("signer", sign_off.role.as_str());
    let satisfaction =
        sign_off.satisfaction.map(|stars| words.with("console-satisfaction", &[("stars", i64::from(stars).into())]));
    let stamp = stamp(read, sign_off)?;
    let name = || sign_off.name.as_str().into();
    Ok(Signed {
        stamp_alt: words.with("console-stamp-alt", &[("name", name())]),
        stamp,
        alt: words
            .with("console-signature-alt", &[("name", sign_off.name.as_str().into()), ("role", role.clone().into())]),
        role,
        name: sign_off.name.clone(),
        outcome: words.outcome(&sign_off.outcome),
        remarks: sign_off.remarks.clone(),
        satisfaction: satisfaction.unwrap_or_default(),
        aspects: aspects(words, sign_off),
        time: words.recorded(&sign_off.time, None),
        drawing: drawing(&sign_off.strokes),
    })
}

/// Where the picture of the company stamp is shown from.
fn stamp(read: &Read<'_>, sign_off: &SignOff) -> Result<String, Trouble> {
    match sign_off.stamp_preview.filter(|_| sign_off.stamp.is_some()) {
        Some(picture) if held(read, picture)? => Ok(format!("/media/{picture}")),
        _ => Ok(String::new()),
    }
}

/// The rated aspects in the order in which they are asked.
fn aspects(words: &Words, sign_off: &SignOff) -> Vec<String> {
    let rated = ASPECTS.iter().filter_map(|aspect| {
        let score = i64::from(*sign_off.aspects.get(*aspect)?);
        let facts = [("aspect", words.texts.word("aspect", aspect).into()), ("score", score.into())];
        Some(words.with("signature-aspect", &facts))
    });
    rated.collect()
}

/// The strokes as SVG. They are unpacked and drawn here: nothing that a device sent reaches the page as markup.
fn drawing(packed: &str) -> String {
    let bytes = STANDARD.decode(packed).unwrap_or_default();
    match Strokes::unpack(&bytes) {
        Ok(strokes) if !strokes.is_blank() => strokes.svg(),
        _ => String::new(),
    }
}

/// The documents that one amends, where they are known.
pub(crate) fn amended_by(read: &Read<'_>, document: &Document) -> Result<Vec<Document>, Trouble> {
    let mut found = Vec::new();
    for sha256 in &document.amends {
        found.extend(read.get::<Document>(document_id(*sha256))?.map(|(_, before)| before));
    }
    Ok(found)
}

/// What a customer's sign-off says that a reviewer must not miss.
pub(crate) fn customer_said(words: &Words, document: &Document) -> Option<String> {
    let sign_off = document.sign_offs.iter().find(|s| s.outcome != Said::Accepted)?;
    let outcome = words.outcome(&sign_off.outcome).word;
    Some(words.with(
        "console-customer-said",
        &[
            ("name", sign_off.name.as_str().into()),
            ("outcome", outcome.into()),
            ("remarks", sign_off.remarks.as_str().into()),
        ],
    ))
}
