//! The tenant key with which the hub signs: always the newest of the chain, also where another process rotated it.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use countersign_model::trust::{PrivateKey, PublicKey, TrustChain};

use crate::error::{HubError, Outcome};
use crate::hub::{Hub, keys_folder};
use crate::keys;

/// The newest tenant key.
#[derive(Clone)]
pub(crate) struct Signer {
    /// Its private half.
    pub key: PrivateKey,
    /// Its number on the chain.
    pub number: u32,
}

/// The signer that was read last.
pub(crate) struct Signers(RwLock<Arc<Signer>>);

impl Signers {
    pub fn new(signer: Signer) -> Signers {
        Signers(RwLock::new(Arc::new(signer)))
    }

    pub fn known(&self) -> Arc<Signer> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, signer: Signer) -> Arc<Signer> {
        let signer = Arc::new(signer);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&signer);
        signer
    }
}

/// Reads the private half of the newest key on this chain, and checks that it is that.
pub(crate) fn newest(keys: &Path, chain: &TrustChain) -> Outcome<Signer> {
    let public: &PublicKey = chain.check()?;
    let number = chain.keys.last().map_or(0, |key| key.number);
    let key = keys::tenant_key(keys, number)?;
    if key.public() != *public {
        return Err(HubError::Input(format!("the key in {} is not this hub's", keys.display())));
    }
    Ok(Signer { key, number })
}

impl Hub {
    /// The key to sign with now.
    pub(crate) fn signer(&self) -> Outcome<Arc<Signer>> {
        let known = self.inner.signers.known();
        if self.read(|read| Ok(read.newest_key_number()?))? == known.number {
            return Ok(known);
        }
        Ok(self.inner.signers.replace(newest(&keys_folder(self.folder()), &self.chain()?)?))
    }
}
