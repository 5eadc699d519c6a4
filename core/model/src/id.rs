//! Identities: 128-bit ids, derived ids and references to records.
//!
//! Ids that are made up come from the caller (UUIDv7); this module only parses, prints and *derives* them.
//! It never asks for randomness or time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A 128-bit identity, printed as a hyphenated lowercase UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// An id that sorts by time: UUIDv7 from milliseconds since 1970 and ten random bytes.
    pub fn from_time(milliseconds: u64, random: [u8; 10]) -> Id {
        Id(uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
    }

    /// The id that everyone derives from the same parts: SHA-256 over the length-prefixed parts, cut to
    /// 128 bits and marked UUIDv8, so that two phones that answer one question meet in one row.
    pub fn derived(purpose: &str, parts: &[&[u8]]) -> Id {
        let mut hash = Sha256::new();
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = [0u8; 16];
        bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Id(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// The sixteen bytes, as stored in `BLOB(16)` columns.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// From the sixteen bytes of a `BLOB(16)` column.
    pub fn from_bytes(bytes: [u8; 16]) -> Id {
        Id(Uuid::from_bytes(bytes))
    }

    /// From a stored slice; `None` unless it has sixteen bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Id> {
        Uuid::from_slice(bytes).ok().map(Id)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Id, NotAnId> {
        Uuid::try_parse(text).map(Id).map_err(|_| NotAnId(text.chars().take(80).collect()))
    }
}

/// A text that should have been an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an id: 32 hexadecimal digits with hyphens are expected")]
pub struct NotAnId(pub String);

/// Which record something is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    /// The kind of the record, see [`crate::record::kind`].
    pub kind: String,
    /// Its id.
    pub id: Id,
}

impl RecordRef {
    /// A reference to the record of that kind with that id.
    pub fn new(kind: &str, id: Id) -> RecordRef {
        RecordRef { kind: kind.to_owned(), id }
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_depend_on_every_part_and_on_where_parts_end() {
        let of = |parts: &[&[u8]]| Id::derived("answer", parts);
        assert_eq!(of(&[b"ab", b"c"]), of(&[b"ab", b"c"]));
        assert_ne!(of(&[b"ab", b"c"]), of(&[b"a", b"bc"]));
        assert_ne!(Id::derived("answer", &[b"x"]), Id::derived("fill", &[b"x"]));
        assert_eq!(of(&[b"x"]).to_string().as_bytes()[14], b'8');
    }

    #[test]
    fn an_id_reads_back_what_it_prints() {
        let id = Id::from_time(1_700_000_000_000, [7; 10]);
        assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
        assert!("not-an-id".parse::<Id>().is_err());
    }
}
