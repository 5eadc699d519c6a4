//! Commands: what goes up. A body is immutable and has its effect once; an origin wraps it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;
use crate::payload::{Payload, PayloadProblem};
use crate::record::Scope;
use crate::time::TimeRecord;

/// The body of a command. Never changed after it was saved; its canonical bytes are what the chain covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Command {
    /// UUIDv7. The effect happens once per id.
    pub id: Id,
    /// What is intended, such as `answer.set`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Version of the payload's format.
    pub version: u32,
    /// The person who intends it.
    pub author: Id,
    /// When, as the author's device knew it.
    pub time: TimeRecord,
    /// The one lane in which it waits its turn.
    pub lane: Scope,
    /// The command that set what the author saw, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Id>,
    /// The author's own refused command that this one is sent instead of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Id>,
    /// The details, by type.
    pub payload: Value,
}

impl Command {
    /// The digest of the canonical body.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        canonical::digest(self)
    }

    /// The typed payload.
    pub fn parse(&self) -> Result<Payload, PayloadProblem> {
        Payload::parse(&self.kind, self.version, &self.payload)
    }
}

/// Where a command came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// A device; contiguous and hash-chained.
    Device {
        /// Which.
        id: Id,
        /// From 1, without gaps.
        seq: u64,
        /// The chain before this command.
        prev_hash: Digest,
    },
    /// A person at the console.
    Console {
        /// Digest of the session's id.
        session: String,
    },
    /// The customers' portal.
    Portal,
    /// A machine that reports itself.
    Machine,
    /// The hub itself.
    System,
}

impl Origin {
    /// The device and its sequence number.
    pub fn device(&self) -> Option<(Id, u64)> {
        match self {
            Origin::Device { id, seq, .. } => Some((*id, *seq)),
            _ => None,
        }
    }

    /// The chain's value before this command, where it stands in a device's chain.
    pub fn prev_hash(&self) -> Option<Digest> {
        match self {
            Origin::Device { prev_hash, .. } => Some(*prev_hash),
            _ => None,
        }
    }
}

/// A command with its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// Where it came from.
    pub origin: Origin,
    /// The body.
    pub command: Command,
}

/// The chain's value before the first command of a device.
pub fn chain_start(device: Id) -> Digest {
    Digest::of_parts(&[b"countersign/chain-start/1", device.bytes()])
}

/// The chain's value after a command: SHA-256 over the value before, the sequence number and the body's digest.
pub fn chain_next(before: Digest, seq: u64, command: &Command) -> Result<Digest, NotCanonical> {
    Ok(chain_link(before, seq, command.digest()?))
}

/// The same from the digest of a body as it came, which may hold fields that this version does not know.
pub fn chain_link(before: Digest, seq: u64, body: Digest) -> Digest {
    Digest::of_parts(&[b"countersign/chain/1", &before.0, &seq.to_be_bytes(), &body.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn command(value: &str) -> Command {
        Command {
            id: Id::derived("c", &[b"1"]),
            kind: "note.add".to_owned(),
            version: 1,
            author: Id::default(),
            time: TimeRecord::default(),
            lane: Scope::reference("people"),
            seen: None,
            instead_of: None,
            payload: json!({"text": value, "future": {"b": 1, "a": 2}}),
        }
    }

    #[test]
    fn the_chain_covers_order_place_and_every_field() {
        let start = chain_start(Id::default());
        let one = chain_next(start, 1, &command("a")).unwrap();
        assert_ne!(one, chain_next(start, 2, &command("a")).unwrap());
        assert_ne!(one, chain_next(start, 1, &command("b")).unwrap());
        assert_ne!(one, chain_next(one, 1, &command("a")).unwrap());
        assert_ne!(start, chain_start(Id::derived("d", &[b"2"])));
    }

    #[test]
    fn a_body_keeps_its_digest_through_json() {
        let body = command("a");
        let text = serde_json::to_string(&body).unwrap();
        let back: Command = serde_json::from_str(&text).unwrap();
        assert_eq!(back.digest().unwrap(), body.digest().unwrap());
    }
}
