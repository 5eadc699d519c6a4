//! The office's log of everything that it received, as devices watch it: signed heads, and proofs that a head goes on from
//! the one before and holds what the device sent. A hub that changed or left out something afterwards is found out.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;
use crate::merkle;
use crate::trust::{TrustChain, TrustProblem};

/// Commands about which one question asks at most.
pub const PROVEN_AT_ONCE: usize = 64;

/// A signed root of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TreeHead {
    /// How many entries it covers.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    /// When, milliseconds since 1970 by the hub's clock.
    pub time: i64,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Over [`TreeHead::statement`].
    pub signature: String,
}

impl TreeHead {
    /// The bytes that the tenant key signs.
    pub fn statement(&self, tenant: Id) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/checkpoint/1", "tenant": tenant, "size": self.size, "root": self.root,
            "time": self.time, "key_number": self.key_number,
        }))
    }

    /// Checks that a key of this chain signed it.
    pub fn check(&self, chain: &TrustChain) -> Result<(), TrustProblem> {
        chain.check_signed(chain.tenant, self.key_number, &self.statement(chain.tenant)?, &self.signature)
    }
}

/// What an entry says: which command came from where and when, and the digest of its canonical bytes. `origin` is the JSON
/// of the origin, `received` the hub's time in milliseconds since 1970.
pub fn log_entry(command: Id, origin: &str, received: i64, digest: Digest) -> Vec<u8> {
    let mut entry = b"countersign/inbox/1".to_vec();
    entry.extend_from_slice(command.bytes());
    entry.extend_from_slice(&Digest::of(origin.as_bytes()).0);
    entry.extend_from_slice(&received.to_be_bytes());
    entry.extend_from_slice(&digest.0);
    entry
}

/// What a device asks about the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogQuestion {
    /// The size of the smaller tree; 0 for none.
    pub from: u64,
    /// The size of the larger one.
    pub to: u64,
    /// Commands of this device, at most [`PROVEN_AT_ONCE`].
    pub commands: Vec<Id>,
}

/// The hub's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogProof {
    /// That the larger tree goes on from the smaller.
    pub consistency: Vec<Digest>,
    /// Where the larger tree holds the commands that were asked for; what it does not hold is left out.
    pub included: Vec<Included>,
}

/// Where the log holds a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Included {
    /// The command.
    pub command: Id,
    /// Its place, from 0.
    pub place: u64,
    /// Where it came from, as the log has it.
    pub origin: String,
    /// When it was received, hub time.
    pub received: i64,
    /// The salt of its leaf.
    pub salt: Digest,
    /// The way to the root.
    pub path: Vec<Digest>,
}

impl Included {
    /// Whether this shows that the tree under `head` holds the command with this digest.
    pub fn shows(&self, head: &TreeHead, digest: Digest) -> bool {
        let leaf = merkle::leaf(&self.salt.0, &log_entry(self.command, &self.origin, self.received, digest));
        merkle::is_included(leaf, self.place, head.size, &self.path, head.root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_by_its_own_words_alone() {
        let digest = Digest::of(b"body");
        let entry = |command: u8| log_entry(Id::from_bytes([command; 16]), "origin", 7, digest);
        let salt = |command: u8| Digest([command; 32]);
        let leaves: Vec<Digest> = (0..9).map(|command| merkle::leaf(&salt(command).0, &entry(command))).collect();
        let head = TreeHead { size: 9, root: merkle::root(&leaves), time: 0, key_number: 1, signature: String::new() };
        let Ok(path) = merkle::inclusion(&leaves[..], 4, 9);
        let origin = "origin".to_owned();
        let shown = Included { command: Id::from_bytes([4; 16]), place: 4, origin, received: 7, salt: salt(4), path };
        assert!(shown.shows(&head, digest));
        assert!(!shown.shows(&head, Digest::of(b"another body")));
        let others = [
            Included { origin: "another".to_owned(), ..shown.clone() },
            Included { received: 8, ..shown.clone() },
            Included { command: Id::from_bytes([5; 16]), ..shown.clone() },
            Included { salt: salt(5), ..shown },
        ];
        assert!(others.iter().all(|other| !other.shows(&head, digest)));
    }
}
