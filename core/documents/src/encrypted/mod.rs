//! Encrypted files: hand-over and rescue files on their way, and the keys inside a backup.
//!
//! Two lines of text, then parts. The first line names the format, the second (canonical JSON) says what is inside and
//! holds the file's own key, encrypted to each recipient by HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305).
//! Each part of 64 KiB is encrypted by ChaCha20-Poly1305 in the STREAM construction: its place and whether it is the
//! last one are part of its nonce, so a part that is changed, missing, swapped or added does not open. The header is
//! authenticated with every part. Only one part is in memory at a time; chance is an argument.

mod keys;
mod reader;
mod writer;

use aead_stream::StreamBE32;
use chacha20poly1305::ChaCha20Poly1305;
use countersign_model::recovery::EncryptionKey;
use countersign_model::{Digest, Id};
use serde::{Deserialize, Serialize};

pub use keys::public_half;
pub use reader::{EncryptedReader, Header};
pub use writer::EncryptedWriter;

/// What every encrypted file begins with, before the number of its format.
pub const ENCRYPTED_MAGIC: &str = "countersign encrypted ";
/// The number of the format.
const FORMAT: u32 = 1;
/// Bytes of one part before encryption.
const PART: usize = 64 << 10;
/// What each part grows by: the authentication tag of Poly1305.
const TAG: usize = 16;
/// Longest header: some recipients' keys and a few numbers.
const HEADER_BYTES: usize = 16 << 10;

type Cipher = ChaCha20Poly1305;
type Stream = StreamBE32<Cipher>;

/// What is inside, told to whoever carries the file without being able to open it. Authenticated when it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Such as `rescue`, `hand-over` or `backup-keys`.
    pub kind: String,
    /// The device that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Id>,
    /// Commands in it.
    #[serde(default)]
    pub commands: u64,
    /// Photos and files in it.
    #[serde(default)]
    pub media: u64,
}

/// The file's own key, encrypted to one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Recipient {
    /// [`EncryptionKey::fingerprint`].
    key: Digest,
    /// HPKE's encapsulated key.
    encapsulated: String,
    /// The encrypted key of the file.
    sealed: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct HeaderLine {
    about: About,
    recipients: Vec<Recipient>,
}

/// For whom a file is encrypted, and the chance that it takes: 32 random bytes per recipient and as many for the file.
#[derive(Clone, Debug)]
pub struct Recipients {
    /// Who can open it.
    pub keys: Vec<(EncryptionKey, [u8; 32])>,
    /// The file's own key.
    pub file_key: [u8; 32],
}

/// Why a file was not opened.
#[derive(Debug, thiserror::Error)]
pub enum EncryptedProblem {
    /// Another sort of file.
    #[error("this is no encrypted file of Countersign: name the file that was exported")]
    NotEncrypted,
    /// A newer program made it.
    #[error("the file has format {0}, which this program does not know: update it")]
    Newer(u32),
    /// The header cannot be read.
    #[error("the beginning of the file is damaged ({0}): copy it again from where it was made")]
    Header(String),
    /// It is encrypted to others.
    #[error("the file is encrypted to another key: have it made again for this one, or open it where that key is")]
    OtherKey,
    /// A part does not open.
    #[error(
        "the file is damaged at part {0}: it was changed, cut off, or its parts are not in their order; copy it again \
         from where it was made"
    )]
    Damaged(u64),
    /// The key to encrypt to cannot be used.
    #[error("this key cannot be used: have its owner show it again")]
    BadKey,
    /// The disk or the pipe.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl EncryptedProblem {
    /// As an error of reading, so that it travels through [`std::io::Read`].
    fn into_io(self) -> std::io::Error {
        match self {
            EncryptedProblem::Io(error) => error,
            other => std::io::Error::new(std::io::ErrorKind::InvalidData, other),
        }
    }

    /// The problem inside an error of reading, if it is one of ours.
    pub fn inside(error: &std::io::Error) -> Option<&EncryptedProblem> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

/// Whether these first bytes of a file are those of an encrypted one.
pub fn looks_encrypted(beginning: &[u8]) -> bool {
    beginning.starts_with(ENCRYPTED_MAGIC.as_bytes())
}

#[cfg(test)]
mod tests;
