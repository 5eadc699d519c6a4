//! The device's token: sealed where it is kept, open only in the hands of what makes calls to the hub.
//!
//! Whoever holds the token calls as the device. So the store keeps it sealed by a [`Vault`], whose key a copy of the store
//! does not have: phones keep it in their hardware, laptops in a file of its own.

use std::fmt;

use countersign_model::{Digest, Id};
use serde::{Deserialize, Serialize};
pub use zeroize::Zeroizing;

/// Why a vault did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Not now: the phone was not unlocked since it started, or its key store is busy. It passes by itself.
    #[error("what seals this device's token is locked for now: unlock the device")]
    Locked,
    /// Never again: the key is lost, or it is not the one that sealed this (the store is a copy). Only a new enrolment
    /// helps.
    #[error("what sealed this device's token is gone: enrol the device anew")]
    Gone,
}

/// Seals and opens small secrets with a key that never leaves it.
pub trait Vault: Send + Sync {
    /// Seals these bytes so that only this vault opens them. A vault that has no key yet, or whose key was taken away,
    /// makes one.
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError>;
    /// Opens what this vault sealed. Bytes that it did not seal, or that were changed, are [`VaultError::Gone`].
    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError>;
}

/// A bearer token in the clear. It shows itself to nobody, and its memory is wiped when it goes.
pub struct Token(Zeroizing<String>);

impl Token {
    /// A token as the hub gave it.
    pub fn new(text: String) -> Token {
        Token(Zeroizing::new(text))
    }

    /// The token itself: for the header of a call and for nothing else.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// A device's token as its store keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedToken {
    /// Whose token it is.
    pub device: Id,
    /// Its digest, as the hub keeps it: it names the token and opens nothing.
    pub sha256: Digest,
    /// What the vault made of it, hexadecimal.
    pub sealed: String,
}

impl SealedToken {
    /// Seals a device's token.
    pub fn seal(vault: &dyn Vault, device: Id, token: &Token) -> Result<SealedToken, VaultError> {
        let plain = token.text().as_bytes();
        Ok(SealedToken { device, sha256: Digest::of(plain), sealed: hex::encode(vault.seal(plain)?) })
    }

    /// The token. What a vault gives back that is another one counts as gone.
    pub fn open(&self, vault: &dyn Vault) -> Result<Token, VaultError> {
        let sealed = hex::decode(&self.sealed).map_err(|_torn| VaultError::Gone)?;
        let plain = vault.open(&sealed)?;
        if Digest::of(&plain) != self.sha256 {
            return Err(VaultError::Gone);
        }
        let text = std::str::from_utf8(&plain).map_err(|_other| VaultError::Gone)?;
        Ok(Token::new(text.to_owned()))
    }
}
