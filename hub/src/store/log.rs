//! The append-only log over the inbox: one leaf per received command, and signed checkpoints.

use countersign_model::canonical;
use countersign_model::{Digest, Id, merkle};
use rusqlite::params;
use serde_json::json;

use super::{Read, StoreError, Stored, Write, count_at, digest_at, id_at, limit_of, signed};

/// A leaf with its salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its place in the log.
    pub place: u64,
    /// Its hash.
    pub leaf: Digest,
    /// The salt that stands outside the tree.
    pub salt: [u8; 32],
    /// The command.
    pub command: Id,
}

/// A signed root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many leaves it covers.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    /// When, hub time.
    pub time: i64,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Over [`Checkpoint::statement`].
    pub signature: String,
}

impl Checkpoint {
    /// The bytes that the tenant key signs.
    pub fn statement(&self, tenant: Id) -> Result<Vec<u8>, canonical::NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/checkpoint/1", "tenant": tenant, "size": self.size, "root": self.root,
            "time": self.time, "key_number": self.key_number,
        }))
    }
}

/// What a leaf says: which command came from where and when, and the digest of its body.
pub fn log_entry(command: Id, origin: &str, received: i64, digest: Digest) -> Vec<u8> {
    let mut entry = b"countersign/inbox/1".to_vec();
    entry.extend_from_slice(command.bytes());
    entry.extend_from_slice(&Digest::of(origin.as_bytes()).0);
    entry.extend_from_slice(&received.to_be_bytes());
    entry.extend_from_slice(&digest.0);
    entry
}

impl Read<'_> {
    /// How many leaves the log has.
    pub fn log_size(&self) -> Stored<u64> {
        let sql = "SELECT coalesce(max(place) + 1, 0) FROM log_leaf WHERE tenant = ?1";
        let value: i64 = self.value(sql, params![self.tenant()])?;
        Ok(u64::try_from(value).unwrap_or(0))
    }

    /// A run of leaves with the columns that each of them hashes: origin, receive time and body digest as stored.
    pub fn leaves(&self, from: u64, limit: usize) -> Stored<Vec<(Leaf, Option<Vec<u8>>)>> {
        self.all(
            "SELECT l.place, l.leaf, l.salt, l.command, i.origin, i.received, i.digest
             FROM log_leaf l LEFT JOIN inbox i ON i.tenant = l.tenant AND i.command = l.command
               AND i.arrival = l.place
             WHERE l.tenant = ?1 AND l.place >= ?2 ORDER BY l.place LIMIT ?3",
            params![self.tenant(), signed(from), limit_of(limit)],
            |row| {
                let leaf = Leaf {
                    place: count_at(row, 0)?,
                    leaf: digest_at(row, 1)?,
                    salt: row.get(2)?,
                    command: id_at(row, 3)?,
                };
                let origin: Option<String> = row.get(4)?;
                let entry = match origin {
                    Some(origin) => Some(log_entry(leaf.command, &origin, row.get(5)?, digest_at(row, 6)?)),
                    None => None,
                };
                Ok((leaf, entry))
            },
        )
    }

    /// The first `size` leaf hashes.
    pub fn leaf_hashes(&self, size: u64) -> Stored<Vec<Digest>> {
        self.all(
            "SELECT leaf FROM log_leaf WHERE tenant = ?1 AND place < ?2 ORDER BY place",
            params![self.tenant(), signed(size)],
            |row| digest_at(row, 0),
        )
    }

    /// The checkpoints, oldest first.
    pub fn checkpoints(&self) -> Stored<Vec<Checkpoint>> {
        self.all(
            "SELECT size, root, time, key_number, signature FROM checkpoint WHERE tenant = ?1 ORDER BY size",
            params![self.tenant()],
            |row| {
                Ok(Checkpoint {
                    size: count_at(row, 0)?,
                    root: digest_at(row, 1)?,
                    time: row.get(2)?,
                    key_number: row.get(3)?,
                    signature: row.get(4)?,
                })
            },
        )
    }
}

impl Write<'_> {
    pub(super) fn append_leaf(
        &self,
        place: u64,
        command: Id,
        origin: &str,
        received: i64,
        digest: Digest,
        salt: [u8; 32],
    ) -> Stored {
        if place != self.log_size()? {
            return Err(StoreError::Unreadable("the log and the inbox have different lengths".to_owned()));
        }
        let leaf = merkle::leaf(&salt, &log_entry(command, origin, received, digest));
        self.execute(
            "INSERT INTO log_leaf (tenant, place, leaf, salt, command) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.tenant(), signed(place), leaf.0, salt, command.bytes()],
        )?;
        Ok(())
    }

    /// Keeps a signed root.
    pub fn keep_checkpoint(&self, checkpoint: &Checkpoint) -> Stored {
        self.execute(
            "INSERT INTO checkpoint (tenant, size, root, time, key_number, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING",
            params![
                self.tenant(),
                signed(checkpoint.size),
                checkpoint.root.0,
                checkpoint.time,
                checkpoint.key_number,
                checkpoint.signature
            ],
        )?;
        Ok(())
    }
}
