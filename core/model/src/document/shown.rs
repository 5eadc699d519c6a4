//! Parts of the content beside the service itself: the company's letterhead, what was drawn over photos, and the sets
//! that the photos belong to.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::entity::{CaptureSet, SetFinding, SetMember, Shape, check_sets};
use crate::id::Id;

use super::{Content, EvidenceShown};

/// What the company prints about itself besides name, address and phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// What tax is called, such as `VAT`; empty prints the plain word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tax_label: String,
    /// Tax number; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tax_number: String,
    /// Mail address; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// ISO 4217 currency of the prices.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub currency: String,
    /// Digest of a PNG or JPEG; its place is kept free where the bytes are not at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Digest>,
}

/// A layer that somebody drew over a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerShown {
    /// Who drew it.
    pub by: String,
    /// What is drawn.
    pub shapes: Vec<Shape>,
}

/// The captures of one device, as they were when the pages were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetShown {
    /// The device.
    pub set: Id,
    /// Who captured with it.
    pub by: String,
    /// The highest number.
    pub count: u64,
    /// The chain after the last capture.
    pub head: Digest,
    /// What was wrong with it then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<SetFinding>,
}

impl SetShown {
    /// A set as it is found, with the name of who captured it.
    pub fn of(found: CaptureSet, by: String) -> SetShown {
        SetShown { set: found.set, by, count: found.count, head: found.head, findings: found.findings }
    }

    /// Whether nothing is missing, exchanged or re-timed.
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }
}

impl EvidenceShown {
    /// It as a member of its set.
    pub fn set_member(&self) -> Option<SetMember<'_>> {
        self.set.map(|place| SetMember { place, sha256: self.sha256, time: &self.time })
    }
}

impl Content {
    /// The sets of the evidence that this content cites, as they are found now.
    pub fn sets_found(&self) -> Vec<CaptureSet> {
        let members: Vec<SetMember<'_>> = self.evidence.iter().filter_map(EvidenceShown::set_member).collect();
        check_sets(self.visit, &members)
    }
}
