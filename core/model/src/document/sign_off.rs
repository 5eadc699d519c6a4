//! Layer 4 and what stands over it: sign-offs, what each class requires of them, the device's attestation.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Outcome, SignerRole, VoucherClass};
use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;
use crate::time::TimeRecord;

/// Layer 4: one person's word over a sealed document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// What is signed.
    pub sealed_sha256: Digest,
    /// In which part.
    pub role: SignerRole,
    /// The signer's name.
    pub name: String,
    /// The customer's outcome; the engineer's is always accepted.
    pub outcome: Outcome,
    /// Remarks; must be there for the outcomes remarks and refused.
    #[serde(default)]
    pub remarks: String,
    /// 1 to 5; customers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u8>,
    /// 1 to 5 by aspect (`timeliness`, `thoroughness`, `documents`, `skill`, `training`, `attitude`), where given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aspects: BTreeMap<String, u8>,
    /// Packed strokes in base64; empty for absent.
    #[serde(default)]
    pub strokes: String,
    /// Digest of a photo of the company stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Digest>,
    /// Digest of the picture of the stamp that is printed; `None` prints a labelled placeholder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp_preview: Option<Digest>,
    /// When.
    pub time: TimeRecord,
}

impl SignOff {
    /// Every digest of media that the sign-off cites.
    pub fn cited_media(&self) -> impl Iterator<Item = Digest> + '_ {
        self.stamp.into_iter().chain(self.stamp_preview)
    }
}

/// What a customer may rate apart from the whole, in the order in which it is asked. The list is the same for every
/// company and does not change, so that ratings can be compared; a name that is not in it is refused.
pub const ASPECTS: [&str; 6] = ["timeliness", "thoroughness", "documents", "skill", "training", "attitude"];

/// What a customer may give for the whole and for an aspect, from the least satisfied to the most.
pub const SCORES: RangeInclusive<u8> = 1..=5;

/// The digest over all sign-offs of a document, in their order.
pub fn sign_offs_digest(sign_offs: &[SignOff]) -> Result<Digest, NotCanonical> {
    canonical::digest(&sign_offs)
}

/// The device's signature over sealed plus sign-offs (`document.attest`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// The document.
    pub sealed_sha256: Digest,
    /// Digest over its sign-offs.
    pub sign_offs_sha256: Digest,
    /// Which device.
    pub device: Id,
    /// When it was signed by the device; later than the sign-offs where the key was locked.
    pub time: TimeRecord,
    /// ECDSA P-256 signature (lowercase hex, r‖s, low-S) over [`Attestation::statement`].
    pub signature: String,
}

impl Attestation {
    /// The bytes that the device signs.
    pub fn statement(
        sealed_sha256: Digest,
        sign_offs_sha256: Digest,
        device: Id,
        time: &TimeRecord,
    ) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&serde_json::json!({
            "purpose": "countersign/attestation/1",
            "sealed_sha256": sealed_sha256,
            "sign_offs_sha256": sign_offs_sha256,
            "device": device,
            "time": time,
        }))
    }
}

/// What a document's signature page still lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOffProblem {
    /// The engineer did not sign.
    EngineerMissing,
    /// The class needs a customer's sign-off (or a reason why there is none).
    CustomerMissing,
    /// Remarks are needed for this outcome.
    RemarksMissing,
    /// There are no strokes although somebody signed.
    StrokesMissing,
    /// A name is missing.
    NameMissing,
    /// Satisfaction is not 1 to 5, or somebody absent gave one.
    Satisfaction,
    /// A sign-off names another document.
    OtherDocument,
}

/// Checks sign-offs against what the document's class and kind require (design section 6, layer 4).
pub fn check_sign_offs(sealed: Digest, needs_customer: bool, sign_offs: &[SignOff]) -> Result<(), SignOffProblem> {
    let engineer = sign_offs.iter().any(|s| s.role == SignerRole::Engineer);
    let customer = sign_offs.iter().any(|s| s.role != SignerRole::Engineer);
    for sign_off in sign_offs {
        check_one(sealed, sign_off)?;
    }
    match (engineer, customer || !needs_customer) {
        (false, _) => Err(SignOffProblem::EngineerMissing),
        (_, false) => Err(SignOffProblem::CustomerMissing),
        _ => Ok(()),
    }
}

fn check_one(sealed: Digest, sign_off: &SignOff) -> Result<(), SignOffProblem> {
    let words_needed = matches!(sign_off.outcome, Outcome::Remarks | Outcome::Refused);
    if sign_off.sealed_sha256 != sealed {
        return Err(SignOffProblem::OtherDocument);
    }
    if words_needed && sign_off.remarks.trim().is_empty() {
        return Err(SignOffProblem::RemarksMissing);
    }
    // Nobody rates a service that nobody was there to see.
    let fits = |score: u8| sign_off.outcome != Outcome::Absent && SCORES.contains(&score);
    let scores = sign_off.satisfaction.iter().chain(sign_off.aspects.values());
    if !scores.copied().all(fits) || sign_off.aspects.keys().any(|aspect| !ASPECTS.contains(&aspect.as_str())) {
        return Err(SignOffProblem::Satisfaction);
    }
    if sign_off.outcome == Outcome::Absent {
        return Ok(());
    }
    if sign_off.name.trim().is_empty() {
        return Err(SignOffProblem::NameMissing);
    }
    // A customer who refuses to accept may also refuse to draw; the engineer's strokes prove the statement.
    if sign_off.strokes.is_empty() && sign_off.outcome != Outcome::Refused {
        return Err(SignOffProblem::StrokesMissing);
    }
    Ok(())
}

/// Whether a class needs the customer's sign-off.
pub fn needs_customer(class: &VoucherClass) -> bool {
    *class != VoucherClass::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_off(role: SignerRole, outcome: Outcome, remarks: &str, strokes: &str) -> SignOff {
        SignOff {
            sealed_sha256: Digest::default(),
            role,
            name: "Ana".to_owned(),
            outcome,
            remarks: remarks.to_owned(),
            satisfaction: None,
            aspects: BTreeMap::new(),
            strokes: strokes.to_owned(),
            stamp: None,
            stamp_preview: None,
            time: TimeRecord::default(),
        }
    }

    fn rated(outcome: Outcome, score: u8) -> SignOff {
        SignOff { satisfaction: Some(score), ..sign_off(SignerRole::Customer, outcome, "", "x") }
    }

    fn aspect(name: &str, score: u8) -> SignOff {
        SignOff { aspects: BTreeMap::from([(name.to_owned(), score)]), ..rated(Outcome::Accepted, 4) }
    }

    #[test]
    fn what_each_class_and_outcome_requires() {
        use Outcome::*;
        use SignerRole::*;
        let engineer = || sign_off(Engineer, Accepted, "", "x");
        let rows: Vec<(bool, Vec<SignOff>, Result<(), SignOffProblem>)> = vec![
            (true, vec![engineer(), sign_off(Customer, Accepted, "", "x")], Ok(())),
            (true, vec![engineer()], Err(SignOffProblem::CustomerMissing)),
            (false, vec![engineer()], Ok(())),
            (true, vec![sign_off(Customer, Accepted, "", "x")], Err(SignOffProblem::EngineerMissing)),
            (true, vec![engineer(), sign_off(Customer, Remarks, " ", "x")], Err(SignOffProblem::RemarksMissing)),
            (true, vec![engineer(), sign_off(Customer, Refused, "too loud", "")], Ok(())),
            (true, vec![engineer(), sign_off(Customer, Absent, "", "")], Ok(())),
            (true, vec![engineer(), sign_off(Customer, Accepted, "", "")], Err(SignOffProblem::StrokesMissing)),
            (true, vec![engineer(), rated(Accepted, 5)], Ok(())),
            (true, vec![engineer(), rated(Accepted, 0)], Err(SignOffProblem::Satisfaction)),
            (true, vec![engineer(), rated(Accepted, 6)], Err(SignOffProblem::Satisfaction)),
            (true, vec![engineer(), rated(Absent, 5)], Err(SignOffProblem::Satisfaction)),
            (true, vec![engineer(), aspect("skill", 5)], Ok(())),
            (true, vec![engineer(), aspect("skill", 6)], Err(SignOffProblem::Satisfaction)),
            (true, vec![engineer(), aspect("haircut", 5)], Err(SignOffProblem::Satisfaction)),
        ];
        for (index, (needs, sign_offs, want)) in rows.into_iter().enumerate() {
            assert_eq!(check_sign_offs(Digest::default(), needs, &sign_offs), want, "row {index}");
        }
    }
}
