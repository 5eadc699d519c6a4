//! Vouchers as PDF, bundles, and the verifier of both.
//!
//! Pages are drawn once, from [`Content`](countersign_model::document::Content) alone, and are the same bytes on
//! every run; what was signed is therefore what was shown. This crate holds no key, asks for no time, and reads and
//! writes no file: bytes come in and go out.
//!
//! The road of a document: [`render_shown`] -> seal and sign -> [`UnsignedVoucher::prepare`] -> the device signs
//! [`UnsignedVoucher::statement`] -> [`UnsignedVoucher::finish`]; [`verify_bundle`] packs all layers for sending, and
//! [`verify`] judges either file.

// The samples of the tests speak of this crate by its name.
#[cfg(test)]
extern crate self as countersign_documents;

mod bundle;
mod compose;
mod encrypted;
mod fonts;
mod line;
mod paper;
mod pdf;
#[cfg(test)]
#[path = "../tests/samples/mod.rs"]
mod samples;
mod sheet;
mod shown;
mod signatures;
mod transfer;
mod verify;
mod voucher;
mod zip;

pub use bundle::{
    Bundle, BundleKind, BundleProblem, BundleReader, BundleSignature, FileSource, MANIFEST, Measured, SIGNATURE,
    StreamProblem, StreamedBundle, measure,
};
pub use encrypted::{
    About, ENCRYPTED_MAGIC, EncryptedProblem, EncryptedReader, EncryptedWriter, Header, Recipients, looks_encrypted,
    public_half,
};
pub use fonts::{Fonts, FontsProblem};
pub use shown::{MediaSource, NoMedia, RENDERER, RenderProblem, render_shown};
pub use transfer::{CarriedPart, ChainPart, MediaPart, TakeMedia, Transfer, media_name};
pub use verify::{Failure, Issuer, Verification, verify, verify_bundle};
pub use voucher::{UnsignedVoucher, VoucherLayers, VoucherProblem, part};
