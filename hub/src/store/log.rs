//! The append-only log over the inbox: one leaf per received command, and signed checkpoints.

use countersign_model::log::{Included, TreeHead, log_entry};
use countersign_model::merkle::Tree;
use countersign_model::{Digest, Id, merkle};
use rusqlite::params;

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

/// Leaves under the smallest runs whose roots are kept: a proof reads fewer leaves than this, and one row per run.
const RUN_LEVEL: u32 = 8;

/// The log's tree, as far as it is signed.
struct StoredTree<'a>(&'a Read<'a>);

impl Tree for StoredTree<'_> {
    type Error = StoreError;

    fn over(&self, from: u64, to: u64) -> Stored<Digest> {
        let count = to.saturating_sub(from);
        let level = count.trailing_zeros();
        let complete = count.is_power_of_two() && from.is_multiple_of(count) && level >= RUN_LEVEL;
        if complete && let Some(kept) = self.0.log_node(level, from >> level)? {
            return Ok(kept);
        }
        if count <= 1 << RUN_LEVEL {
            let leaves = self.0.leaf_run(from, to)?;
            let whole = u64::try_from(leaves.len()) == Ok(count);
            return if whole { Ok(merkle::root(&leaves)) } else { Err(lacks(to)) };
        }
        let middle = from + merkle::half_of(count);
        Ok(merkle::node(self.over(from, middle)?, self.over(middle, to)?))
    }
}

fn lacks(size: u64) -> StoreError {
    StoreError::Unreadable(format!("the log does not have {size} entries"))
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
        self.leaf_run(0, size)
    }

    /// The signed heads, oldest first.
    pub fn checkpoints(&self) -> Stored<Vec<TreeHead>> {
        let sql = format!("SELECT {HEAD} FROM checkpoint WHERE tenant = ?1 ORDER BY size");
        self.all(&sql, params![self.tenant()], head_at)
    }

    /// The newest signed head.
    pub fn newest_checkpoint(&self) -> Stored<Option<TreeHead>> {
        let sql = format!("SELECT {HEAD} FROM checkpoint WHERE tenant = ?1 ORDER BY size DESC LIMIT 1");
        self.first(&sql, params![self.tenant()], head_at)
    }

    fn leaf_run(&self, from: u64, to: u64) -> Stored<Vec<Digest>> {
        self.all(
            "SELECT leaf FROM log_leaf WHERE tenant = ?1 AND place >= ?2 AND place < ?3 ORDER BY place",
            params![self.tenant(), signed(from), signed(to)],
            |row| digest_at(row, 0),
        )
    }

    /// The kept root of a complete run of `2^level` leaves.
    pub fn log_node(&self, level: u32, place: u64) -> Stored<Option<Digest>> {
        let sql = "SELECT hash FROM log_node WHERE tenant = ?1 AND level = ?2 AND place = ?3";
        self.first(sql, params![self.tenant(), level, signed(place)], |row| digest_at(row, 0))
    }

    /// The kept roots, with the run of leaves that each stands for.
    pub fn log_nodes(&self) -> Stored<Vec<(u64, u64, Digest)>> {
        self.all("SELECT level, place, hash FROM log_node WHERE tenant = ?1", params![self.tenant()], |row| {
            let (level, place) = (row.get::<_, u32>(0)?, count_at(row, 1)?);
            Ok((place << level, (place + 1) << level, digest_at(row, 2)?))
        })
    }

    /// The root over the first `size` leaves.
    pub fn log_root(&self, size: u64) -> Stored<Digest> {
        if size == 0 { Ok(merkle::root(&[])) } else { StoredTree(self).over(0, size) }
    }

    /// That the log of size `to` goes on from that of size `from`.
    pub fn log_consistency(&self, from: u64, to: u64) -> Stored<Vec<Digest>> {
        merkle::consistency(&StoredTree(self), from, to)
    }

    /// Where the first `size` entries hold this command of a person; `None` where they do not.
    pub fn log_included(&self, command: Id, author: Id, size: u64) -> Stored<Option<Included>> {
        let sql = "SELECT l.place, i.origin, i.received, l.salt FROM inbox i
                   JOIN log_leaf l ON l.tenant = i.tenant AND l.place = i.arrival
                   WHERE i.tenant = ?1 AND i.command = ?2 AND i.author = ?3 AND i.arrival < ?4";
        let values = params![self.tenant(), command.bytes(), author.bytes(), signed(size)];
        let found = self.first(sql, values, |row| {
            let (place, origin, received) = (count_at(row, 0)?, row.get(1)?, row.get(2)?);
            Ok(Included { command, place, origin, received, salt: digest_at(row, 3)?, path: Vec::new() })
        })?;
        let Some(included) = found else { return Ok(None) };
        let path = merkle::inclusion(&StoredTree(self), included.place, size)?;
        Ok(Some(Included { path, ..included }))
    }
}

const HEAD: &str = "size, root, time, key_number, signature";

fn head_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<TreeHead> {
    Ok(TreeHead {
        size: count_at(row, 0)?,
        root: digest_at(row, 1)?,
        time: row.get(2)?,
        key_number: row.get(3)?,
        signature: row.get(4)?,
    })
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
        self.keep_nodes(place + 1)
    }

    /// Keeps the roots of the runs that are complete with this many leaves.
    pub(super) fn keep_nodes(&self, size: u64) -> Stored {
        for level in RUN_LEVEL..=size.trailing_zeros() {
            let from = size - (1 << level);
            let hash = StoredTree(self).over(from, size)?;
            let sql =
                "INSERT INTO log_node (tenant, level, place, hash) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
            self.execute(sql, params![self.tenant(), level, signed(from >> level), hash.0])?;
        }
        Ok(())
    }

    /// Keeps a signed root.
    pub fn keep_checkpoint(&self, checkpoint: &TreeHead) -> Stored {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    const SIZE: u64 = 1_100;

    fn tenant() -> Id {
        Id::from_bytes([7; 16])
    }

    /// A log of many entries.
    fn log(folder: &tempfile::TempDir) -> Store {
        let store = Store::create(&folder.path().join("hub.db"), tenant(), "x", "e", 1).unwrap();
        let filled = store.write::<_, StoreError>(tenant(), |write| {
            for place in 0..SIZE {
                let number = place.to_be_bytes();
                write.append_leaf(place, Id::derived("entry", &[&number]), "{}", 1, Digest::of(&number), [3; 32])?;
            }
            Ok(())
        });
        filled.unwrap();
        store
    }

    fn read<T>(store: &Store, work: impl FnOnce(&Read<'_>) -> Stored<T>) -> T {
        store.read::<_, StoreError>(tenant(), work).unwrap()
    }

    #[test]
    fn the_kept_runs_give_the_roots_and_proofs_of_the_leaves() {
        let folder = tempfile::tempdir().unwrap();
        let store = log(&folder);
        let leaves = read(&store, |read| read.leaf_hashes(SIZE));
        let root = |size: u64| merkle::root(&leaves[..usize::try_from(size).unwrap()]);
        let kept: Vec<(u64, u64)> =
            read(&store, |read| read.log_nodes()).into_iter().map(|(from, to, _)| (from, to)).collect();
        for run in [(0, 256), (256, 512), (768, 1_024), (0, 512), (512, 1_024), (0, 1_024)] {
            assert!(kept.contains(&run), "{run:?} of {kept:?}");
        }
        for size in [1, 2, 255, 256, 257, 511, 512, 513, 768, 1_024, SIZE] {
            let now = (size, root(size));
            assert_eq!(read(&store, |read| read.log_root(size)), now.1, "{size}");
            for before in [1, 200, 256, 300, 512, 700, 1_024, SIZE].into_iter().filter(|before| *before <= size) {
                let path = read(&store, |read| read.log_consistency(before, size));
                assert!(merkle::goes_on((before, root(before)), now, &path), "{before} to {size}");
            }
        }
        let missing = store.read::<_, StoreError>(tenant(), |read| read.log_root(SIZE + 1));
        assert!(matches!(missing, Err(StoreError::Unreadable(_))), "{missing:?}");
    }

    #[test]
    fn a_database_without_kept_runs_gets_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = log(&folder);
        let (path, kept) = (store.path().to_owned(), read(&store, |read| read.log_nodes()));
        drop(store);
        let old = rusqlite::Connection::open(&path).unwrap();
        old.execute_batch("DROP TABLE log_node; DROP INDEX inbox_carried; PRAGMA user_version = 2").unwrap();
        drop(old);
        assert_eq!(read(&Store::open(&path).unwrap(), |read| read.log_nodes()), kept);
    }
}
