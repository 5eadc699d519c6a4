//! Signed documents and the drafts of amendments.

use serde::{Deserialize, Serialize};

use super::{Derived, Extra};
use crate::digest::Digest;
use crate::document::{Attestation, Sealed, SignOff, VoucherClass};
use crate::id::Id;
use crate::open_enum;

/// A sealed document as the records show it. The sealed bytes themselves stand in a table that nothing updates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// `voucher` or `amendment`.
    pub kind: String,
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
    /// Digest of the sealed layer: the document's name.
    pub sealed_sha256: Digest,
    /// Layers 1 to 3.
    pub sealed: Sealed,
    /// Layer 4.
    pub sign_offs: Vec<SignOff>,
    /// Documents that it amends.
    #[serde(default)]
    pub amends: Vec<Digest>,
    /// The amendment's draft that it sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Id>,
    /// The device that signed, and the place of the command in its chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<SignedBy>,
    /// The device's signature; `None` while its key is locked ("unsigned by device").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attestation>,
    /// Digest and length of `voucher.pdf`, once attested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf: Option<Derived>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Which device signed, at which place of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBy {
    /// The device.
    pub device: Id,
    /// The sequence number of `document.sign`.
    pub seq: u64,
}

/// The id of a document's record.
pub fn document_id(sealed: Digest) -> Id {
    Id::derived("document", &[&sealed.0])
}

open_enum! {
    /// Where an amendment's draft stands.
    AmendmentState {
        /// Being written.
        Open = "open",
        /// Signed.
        Sealed = "sealed",
        /// Given up.
        Discarded = "discarded",
    }
}

/// The copy-on-write draft of an amendment: its own fill and facts stand over those of what it amends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
    /// Documents that it will amend.
    pub amends: Vec<Digest>,
    /// Why.
    pub reason: String,
    /// Printed number `<voucher>-A<depth>-<device code>`.
    pub number: String,
    /// Where it stands.
    pub state: AmendmentState,
    /// Who writes it.
    pub author: Id,
    /// The class that it sets; `None` keeps that of what it amends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<VoucherClass>,
    /// Why the class changed.
    #[serde(default)]
    pub class_reason: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}
