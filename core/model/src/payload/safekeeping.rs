//! What the hub writes into its own log about itself.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;
use crate::trust::{PrivateKey, TrustChain, TrustProblem};

/// `hub.restored`: written by the hub itself when it was restored from a backup. The log goes on behind it, and everybody
/// sees where it was cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubRestored {
    /// How many leaves the log of the backup has.
    pub log_size: u64,
    /// The root over them.
    pub log_root: Digest,
    /// The epoch before.
    pub epoch_before: String,
    /// The epoch from now on.
    pub epoch: String,
    /// When the backup was taken, hub time in milliseconds.
    pub taken: i64,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Signature over [`HubRestored::statement`].
    pub signature: String,
}

impl HubRestored {
    /// The bytes that the tenant key signs: every field but the signature.
    pub fn statement(&self, tenant: Id) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/restored/1", "tenant": tenant, "log_size": self.log_size,
            "log_root": self.log_root, "epoch_before": self.epoch_before, "epoch": self.epoch, "taken": self.taken,
            "key_number": self.key_number,
        }))
    }

    /// Fills in the signature.
    pub fn signed(mut self, tenant: Id, tenant_key: &PrivateKey) -> Result<HubRestored, NotCanonical> {
        self.signature = tenant_key.sign(&self.statement(tenant)?);
        Ok(self)
    }

    /// Checks that a key of this chain signed it.
    pub fn check(&self, chain: &TrustChain) -> Result<(), TrustProblem> {
        let key = chain.key(self.key_number).ok_or(TrustProblem::Mismatch)?;
        key.verify(&self.statement(chain.tenant)?, &self.signature)
    }
}
