//! Keys that files are encrypted to: as text on a screen, in a QR code, in a file, and as the tenant key states them.
//!
//! Only what a key looks like lives here. Encrypting and decrypting is `countersign-documents`' work; this module makes
//! no key from chance.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;
use crate::trust::{PrivateKey, TrustChain, TrustProblem};

/// What the text of a public key begins with.
const PUBLIC: &str = "countersign-key:1:";
/// What the text of a private key begins with.
const SECRET: &str = "countersign-secret:1:";
/// Hexadecimal digits of the check at the end of a key's text: one typing error in four thousand million passes.
const CHECK_DIGITS: usize = 8;

/// A text that is no key of this sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// Another text.
    #[error("this is no key: copy the whole text that begins with \"{0}\"")]
    Other(&'static str),
    /// Some letters are wrong or missing.
    #[error("this key was not copied whole, or a letter is wrong: scan or copy it again")]
    Mistyped,
    /// The private half where the public one belongs.
    #[error(
        "this is the private half of a key: give the text that begins with \"countersign-key\" and keep this one safe"
    )]
    Private,
}

fn written(prefix: &str, bytes: &[u8; 32]) -> String {
    format!("{prefix}{}:{}", hex::encode(bytes), check(prefix, bytes))
}

fn check(prefix: &str, bytes: &[u8; 32]) -> String {
    Digest::of_parts(&[prefix.as_bytes(), bytes]).hex().chars().take(CHECK_DIGITS).collect()
}

fn read(prefix: &'static str, text: &str) -> Result<[u8; 32], NotAKey> {
    let rest = text.trim().strip_prefix(prefix).ok_or(NotAKey::Other(prefix))?;
    let (key, sum) = rest.split_once(':').ok_or(NotAKey::Mistyped)?;
    let bytes: Digest = key.parse().map_err(|_| NotAKey::Mistyped)?;
    if check(prefix, &bytes.0) != sum { Err(NotAKey::Mistyped) } else { Ok(bytes.0) }
}

/// A public key (X25519) that files are encrypted to. As text `countersign-key:1:<64 digits>:<8 digits of check>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EncryptionKey(pub [u8; 32]);

impl EncryptionKey {
    /// By which an encrypted file names it.
    pub fn fingerprint(&self) -> Digest {
        Digest::of_parts(&[PUBLIC.as_bytes(), &self.0])
    }
}

impl fmt::Display for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(PUBLIC, &self.0))
    }
}

impl fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for EncryptionKey {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<EncryptionKey, NotAKey> {
        if text.trim().starts_with(SECRET) {
            return Err(NotAKey::Private);
        }
        read(PUBLIC, text).map(EncryptionKey)
    }
}

impl Serialize for EncryptionKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EncryptionKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<EncryptionKey, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A private key that opens what was encrypted to its public half. As text
/// `countersign-secret:1:<64 digits>:<8 digits of check>`; never printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct DecryptionKey([u8; 32]);

impl DecryptionKey {
    /// From 32 bytes of chance; every value is a key.
    pub fn from_bytes(bytes: [u8; 32]) -> DecryptionKey {
        DecryptionKey(bytes)
    }

    /// The 32 bytes; the caller keeps them secret.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The text, for a file that nobody else may read.
    pub fn secret_text(&self) -> String {
        written(SECRET, &self.0)
    }

    /// Reads a key file: the line that is the key; lines that begin with `#` are for people.
    pub fn parse_file(text: &str) -> Result<DecryptionKey, NotAKey> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        read(SECRET, line.unwrap_or_default()).map(DecryptionKey)
    }
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DecryptionKey(…)")
    }
}

/// To which keys a tenant's rescue files are encrypted. The tenant key signs it, so that nobody on the way can put a
/// key of their own in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryKeys {
    /// The tenant.
    pub tenant: Id,
    /// Whose private half the company keeps away from every machine.
    pub recovery: EncryptionKey,
    /// Whose private half the hub has: it opens what another device brings it.
    pub hub: EncryptionKey,
    /// When it was stated, milliseconds since 1970 by the hub's clock; the newest counts.
    pub issued: i64,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Signature over [`RecoveryKeys::statement`].
    pub signature: String,
}

impl RecoveryKeys {
    /// The bytes that the tenant key signs: every field but the signature.
    pub fn statement(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/recovery-keys/1", "tenant": self.tenant, "recovery": self.recovery,
            "hub": self.hub, "issued": self.issued, "key_number": self.key_number,
        }))
    }

    /// Fills in the signature.
    pub fn signed(mut self, tenant_key: &PrivateKey) -> Result<RecoveryKeys, NotCanonical> {
        self.signature = tenant_key.sign(&self.statement()?);
        Ok(self)
    }

    /// Checks that a key of this chain stated it.
    pub fn check(&self, chain: &TrustChain) -> Result<(), TrustProblem> {
        chain.check_signed(self.tenant, self.key_number, &self.statement()?, &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::TenantKey;

    #[test]
    fn a_key_reads_back_and_any_wrong_letter_is_found() {
        let key = EncryptionKey([7; 32]);
        let text = key.to_string();
        assert_eq!(text.parse(), Ok(key));
        assert_eq!(format!(" {text}\n").parse(), Ok(key));
        for at in PUBLIC.len()..text.len() {
            let mut letters: Vec<char> = text.chars().collect();
            letters[at] = if letters[at] == '1' { '2' } else { '1' };
            let wrong: String = letters.into_iter().collect();
            assert_eq!(wrong.parse::<EncryptionKey>(), Err(NotAKey::Mistyped), "letter {at}");
            assert_eq!(text[..at].parse::<EncryptionKey>(), Err(NotAKey::Mistyped), "cut at {at}");
        }
        assert_eq!("hello".parse::<EncryptionKey>(), Err(NotAKey::Other(PUBLIC)));
    }

    #[test]
    fn the_private_half_is_never_taken_for_the_public_one_nor_shown() {
        let secret = DecryptionKey::from_bytes([9; 32]);
        assert_eq!(secret.secret_text().parse::<EncryptionKey>(), Err(NotAKey::Private));
        assert!(!format!("{secret:?}").contains("09"));
        let file = format!("# keep me safe\n\n{}\n", secret.secret_text());
        assert_eq!(DecryptionKey::parse_file(&file), Ok(secret));
        for bad in ["", "# only a comment", "countersign-secret:1:00:11"] {
            assert!(DecryptionKey::parse_file(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn recovery_keys_count_only_as_the_tenant_key_stated_them() {
        let private = PrivateKey::from_bytes(&[1; 32]).unwrap();
        let tenant = Id::derived("tenant", &[b"t"]);
        let first = TenantKey::first(tenant, &private).unwrap();
        let chain = TrustChain { tenant, keys: vec![first] };
        let keys = RecoveryKeys {
            tenant,
            recovery: EncryptionKey([1; 32]),
            hub: EncryptionKey([2; 32]),
            issued: 5,
            key_number: 0,
            signature: String::new(),
        };
        let keys = keys.signed(&private).unwrap();
        assert_eq!(keys.check(&chain), Ok(()));
        let swapped = RecoveryKeys { recovery: EncryptionKey([3; 32]), ..keys.clone() };
        assert_eq!(swapped.check(&chain), Err(TrustProblem::Mismatch));
        let swapped = RecoveryKeys { hub: EncryptionKey([3; 32]), ..keys.clone() };
        assert_eq!(swapped.check(&chain), Err(TrustProblem::Mismatch));
        let stranger = PrivateKey::from_bytes(&[2; 32]).unwrap();
        assert_eq!(keys.signed(&stranger).unwrap().check(&chain), Err(TrustProblem::Mismatch));
    }
}
