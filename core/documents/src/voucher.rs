//! `voucher.pdf`: the shown pages, the signature pages, every layer attached, and the signed last line.
//!
//! The device's key lives outside (Keystore, Secure Enclave, a file): an [`UnsignedVoucher`] gives the bytes to sign
//! and takes the signature, so a voucher without a fitting signature cannot be made.

use std::collections::BTreeMap;

use countersign_model::Digest;
use countersign_model::canonical::{self, NotCanonical};
use countersign_model::document::{Attestation, Sealed, SignOff, sign_offs_digest};
use countersign_model::trust::{Credential, TrustChain, TrustProblem};

use crate::compose::{Pieces, adopt, write};
use crate::fonts::Fonts;
use crate::line::LastLine;
use crate::pdf::{NotOurs, read};
use crate::shown::{MediaSource, RenderProblem};
use crate::signatures::{self, Signed};

/// Names of the attached layers; the bundle uses the same.
pub mod part {
    /// Layer 1, canonical JSON.
    pub const CONTENT: &str = "content.json";
    /// Layer 2, the pages that the signer saw.
    pub const SHOWN: &str = crate::compose::SHOWN;
    /// Layer 3, canonical JSON; its digest names the document.
    pub const SEALED: &str = "sealed.json";
    /// Layer 4, the list of sign-offs, canonical JSON.
    pub const SIGN_OFFS: &str = "sign-offs.json";
    /// The device's signature over sealed and sign-offs, canonical JSON.
    pub const ATTESTATION: &str = "attestation.json";
    /// The tenant's statement about the device's key, canonical JSON.
    pub const CREDENTIAL: &str = "credential.json";
    /// The tenant's key chain, canonical JSON.
    pub const TRUST: &str = "trust.json";
    /// Layer 5; in a bundle.
    pub const VOUCHER: &str = "voucher.pdf";
}

/// The layers that a voucher is made of.
#[derive(Clone, Copy)]
pub struct VoucherLayers<'a> {
    /// `shown.pdf` as [`render_shown`](crate::render_shown) gave it and the signer saw it.
    pub shown: &'a [u8],
    /// The sealed document.
    pub sealed: &'a Sealed,
    /// Its sign-offs in their order.
    pub sign_offs: &'a [SignOff],
    /// The device's signature over both.
    pub attestation: &'a Attestation,
    /// Whose key that is.
    pub credential: &'a Credential,
    /// Who says so.
    pub trust: &'a TrustChain,
    /// Where the pictures of company stamps come from.
    pub media: &'a dyn MediaSource,
}

/// Why no voucher can be made. Each means that the layers do not belong together, or that the program is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoucherProblem {
    /// The pages are not those that were sealed.
    #[error("the pages given are not the ones that were sealed: keep the shown pages with the sealed document")]
    OtherPages,
    /// The attestation speaks of another document or other sign-offs.
    #[error("the device's statement is about another document: sign this one again")]
    OtherDocument,
    /// The signature is not by the credential's key over the voucher's bytes.
    #[error("the signature does not fit the voucher: {0}; sign again with this device's key")]
    Signature(TrustProblem),
    /// The pages could not be drawn.
    #[error(transparent)]
    Render(#[from] RenderProblem),
    /// The pages are no file of this program.
    #[error("the shown pages cannot be read: {0}")]
    Pages(String),
    /// A layer has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

impl From<NotOurs> for VoucherProblem {
    fn from(problem: NotOurs) -> VoucherProblem {
        VoucherProblem::Pages(problem.to_string())
    }
}

/// The bytes of the layers as attached, by name, without the pages.
pub(crate) fn layer_files(layers: &VoucherLayers<'_>) -> Result<BTreeMap<String, Vec<u8>>, NotCanonical> {
    let mut files = BTreeMap::new();
    let mut add = |name: &str, bytes| files.insert(name.to_owned(), bytes);
    add(part::CONTENT, canonical::to_bytes(&layers.sealed.content)?);
    add(part::SEALED, canonical::to_bytes(layers.sealed)?);
    add(part::SIGN_OFFS, canonical::to_bytes(&layers.sign_offs)?);
    add(part::ATTESTATION, canonical::to_bytes(layers.attestation)?);
    add(part::CREDENTIAL, canonical::to_bytes(layers.credential)?);
    add(part::TRUST, canonical::to_bytes(layers.trust)?);
    Ok(files)
}

/// A voucher that lacks only the device's signature.
#[derive(Clone, Debug)]
pub struct UnsignedVoucher {
    body: Vec<u8>,
    credential: Credential,
}

impl UnsignedVoucher {
    /// Puts the layers together. The same layers give the same bytes.
    pub fn prepare(layers: &VoucherLayers<'_>, fonts: &Fonts) -> Result<UnsignedVoucher, VoucherProblem> {
        check_layers(layers)?;
        let body = body_of(layers, fonts)?;
        Ok(UnsignedVoucher { body, credential: layers.credential.clone() })
    }

    /// The bytes that the device signs (ECDSA P-256 over SHA-256).
    pub fn statement(&self) -> &[u8] {
        &self.body
    }

    /// Adds the last line. `signature` is 128 lowercase hexadecimal digits, low-S, by the credential's key.
    pub fn finish(self, signature: &str) -> Result<Vec<u8>, VoucherProblem> {
        self.credential.key.verify(&self.body, signature).map_err(VoucherProblem::Signature)?;
        let line = LastLine {
            device: self.credential.device,
            key: self.credential.key.clone(),
            signature: signature.to_owned(),
        };
        let mut bytes = self.body;
        bytes.extend(line.to_bytes());
        Ok(bytes)
    }
}

/// The layers must belong together: what is put into one file is believed together.
fn check_layers(layers: &VoucherLayers<'_>) -> Result<(), VoucherProblem> {
    if Digest::of(layers.shown) != layers.sealed.shown_sha256 {
        return Err(VoucherProblem::OtherPages);
    }
    let statement = layers.attestation;
    let document = statement.sealed_sha256 == layers.sealed.digest()?;
    let sign_offs = statement.sign_offs_sha256 == sign_offs_digest(layers.sign_offs)?;
    if document && sign_offs { Ok(()) } else { Err(VoucherProblem::OtherDocument) }
}

/// The bytes of these layers, whether or not they belong together.
pub(crate) fn body_of(layers: &VoucherLayers<'_>, fonts: &Fonts) -> Result<Vec<u8>, VoucherProblem> {
    let signed = Signed {
        content: &layers.sealed.content,
        sealed: layers.sealed.digest()?,
        sign_offs: layers.sign_offs,
        attestation: layers.attestation,
        credential: layers.credential,
        media: layers.media,
    };
    compose_body(layers, &signatures::render(&signed, fonts)?)
}

fn compose_body(layers: &VoucherLayers<'_>, signature_pages: &[u8]) -> Result<Vec<u8>, VoucherProblem> {
    let files = layer_files(layers)?;
    let signature_file = read(signature_pages)?;
    let (signature_objects, signature_page_numbers) = adopt(layers.shown, &signature_file)?;
    let pieces = Pieces {
        shown: layers.shown,
        signature_objects,
        signature_pages: signature_page_numbers,
        attachments: files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())).collect(),
    };
    let mut body = write(&pieces)?;
    body.push(b'\n');
    Ok(body)
}
