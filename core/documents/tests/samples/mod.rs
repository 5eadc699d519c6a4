//! A voucher in each language, with photos, parts, charges and signatures that the repository makes itself.
#![allow(dead_code, unused_imports, reason = "each test program uses a part of these samples")]

mod content;
mod signing;
mod words;

pub use content::{amendment, capturing_device, chained, content, logo, media, photo, small, stamp, with_sets};
pub use signing::{Document, Issuer, attest, document, issuer, sign_offs};
pub use words::{Words, words};

/// 2026-11-20T13:30:00Z.
pub const PREPARED: i64 = 1_795_181_400_000;
