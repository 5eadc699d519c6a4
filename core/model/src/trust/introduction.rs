//! How a device that its hub does not know makes itself known: a hub that was restored from a backup from before the
//! device's enrolment has neither its record nor its token, but it knows its own signature.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Credential, TrustChain, TrustProblem};
use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;

/// A device shows its credential, and proves that it holds the key that stands in it: credentials are printed into
/// documents, keys are not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introduction {
    /// The tenant key's statement about the device.
    pub credential: Credential,
    /// What its owner calls the device; empty where it does not know that.
    #[serde(default)]
    pub name: String,
    /// SHA-256 of the token with which it goes on calling.
    pub token: Digest,
    /// By the device's key over [`Introduction::statement`].
    pub signature: String,
}

impl Introduction {
    /// The bytes that the device signs.
    pub fn statement(tenant: Id, device: Id, token: Digest) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/introduction/1", "tenant": tenant, "device": device, "token": token,
        }))
    }

    /// Checks that a key of this chain knows the device, and that the device itself speaks.
    pub fn check(&self, chain: &TrustChain) -> Result<(), TrustProblem> {
        self.credential.check(chain)?;
        let statement = Introduction::statement(self.credential.tenant, self.credential.device, self.token)?;
        self.credential.key.verify(&statement, &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PrivateKey, TenantKey};
    use super::*;

    #[test]
    fn an_introduction_holds_only_by_the_office_and_the_device_itself() {
        let tenant = Id::derived("tenant", &[b"t"]);
        let key = |seed: u8| PrivateKey::from_bytes(&[seed; 32]).unwrap();
        let chain = TrustChain { tenant, keys: vec![TenantKey::first(tenant, &key(1)).unwrap()] };
        let device = Id::derived("device", &[b"d"]);
        let credential = Credential {
            tenant,
            device,
            person: Id::derived("person", &[b"p"]),
            person_name: "Ana Ruiz".to_owned(),
            code: "AB".to_owned(),
            key: key(2).public(),
            issued: 5,
            key_number: 0,
            signature: String::new(),
        };
        let token = Digest::of(b"token");
        let made = |by: &PrivateKey, office: &PrivateKey| Introduction {
            credential: credential.clone().signed(office).unwrap(),
            name: String::new(),
            token,
            signature: by.sign(&Introduction::statement(tenant, device, token).unwrap()),
        };
        let good = made(&key(2), &key(1));
        assert_eq!(good.check(&chain), Ok(()));
        assert_eq!(made(&key(3), &key(1)).check(&chain), Err(TrustProblem::Mismatch), "another key speaks");
        assert_eq!(made(&key(2), &key(3)).check(&chain), Err(TrustProblem::Mismatch), "another office vouches");
        let other_token = Introduction { token: Digest::of(b"other"), ..good.clone() };
        assert_eq!(other_token.check(&chain), Err(TrustProblem::Mismatch));
        let mut other_person = good;
        other_person.credential.person = device;
        assert_eq!(other_person.check(&chain), Err(TrustProblem::Mismatch));
    }
}
