//! SHA-256 digests as a type of their own, printed and read as 64 lowercase hexadecimal digits.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A reader is hashed in pieces of so many bytes.
const PIECE_BYTES: usize = 256 << 10;

/// A SHA-256 digest: it names media, sealed documents, forms and chain links.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// The digest of several pieces, one after the other.
    pub fn of_parts(parts: &[&[u8]]) -> Digest {
        let mut hash = Sha256::new();
        parts.iter().for_each(|part| hash.update(part));
        Digest(hash.finalize().into())
    }

    /// The digest of everything that a reader gives.
    pub fn read(from: &mut dyn Read) -> io::Result<Digest> {
        let mut hash = Sha256::new();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match from.read(&mut piece)? {
                0 => return Ok(Digest(hash.finalize().into())),
                length => hash.update(piece.get(..length).unwrap_or_default()),
            }
        }
    }

    /// 64 lowercase hexadecimal digits.
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// The first half in groups of four digits, for two people who compare a key by eye or over the phone. It is the
    /// beginning of [`Digest::hex`], so whoever has that compares it too; 128 bits are beyond any search for a look-alike.
    pub fn print(&self) -> String {
        let groups: Vec<String> = self.0.chunks(2).take(8).map(hex::encode).collect();
        groups.join(" ")
    }

    /// From a stored slice; `None` unless it has 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Digest> {
        bytes.try_into().ok().map(Digest)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl FromStr for Digest {
    type Err = NotADigest;
    fn from_str(text: &str) -> Result<Digest, NotADigest> {
        let refused = || NotADigest(text.chars().take(80).collect());
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(refused());
        }
        let bytes = hex::decode(text).map_err(|_| refused())?;
        Digest::from_slice(&bytes).ok_or_else(refused)
    }
}

/// A text that should have been a digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a SHA-256: 64 lowercase hexadecimal digits are expected")]
pub struct NotADigest(pub String);

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_strictly_lowercase_hexadecimal() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.hex().parse::<Digest>().unwrap(), digest);
        for bad in ["", "BA7816BF", &digest.hex().to_uppercase(), &format!("{}0", digest.hex())] {
            assert!(bad.parse::<Digest>().is_err(), "{bad}");
        }
    }
}
