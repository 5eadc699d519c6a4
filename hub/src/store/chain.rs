//! The chains of devices: contiguous, hashed, signed up to a place.

use countersign_model::command::{chain_link, chain_start};
use countersign_model::{Digest, Id};
use rusqlite::params;

use super::{Read, Stored, Write, count_at, digest_at, id_at, limit_of, signed};

/// How far a device's chain is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// The last sequence number; 0 for none.
    pub seq: u64,
    /// The chain's value there.
    pub chain_hash: Digest,
}

/// One link of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose chain.
    pub device: Id,
    /// Which place.
    pub seq: u64,
    /// Which command.
    pub command: Id,
    /// The value before.
    pub prev_hash: Digest,
    /// The value after.
    pub chain_hash: Digest,
    /// Whether the device vouched for it.
    pub signed: bool,
}

/// A device's word for its chain, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSignature {
    /// Up to here.
    pub seq: u64,
    /// The chain's value there.
    pub chain_hash: Digest,
    /// The signature.
    pub signature: String,
}

fn link_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        device: id_at(row, 0)?,
        seq: count_at(row, 1)?,
        command: id_at(row, 2)?,
        prev_hash: digest_at(row, 3)?,
        chain_hash: digest_at(row, 4)?,
        signed: row.get(5)?,
    })
}

const COLUMNS: &str = "device, seq, command, prev_hash, chain_hash, signed";

impl Read<'_> {
    /// How far a device's chain is here.
    pub fn chain_head(&self, device: Id) -> Stored<ChainHead> {
        let sql = "SELECT seq, chain_hash FROM device_chain WHERE tenant = ?1 AND device = ?2
                   ORDER BY seq DESC LIMIT 1";
        let head = self.first(sql, params![self.tenant(), device.bytes()], |row| {
            Ok(ChainHead { seq: count_at(row, 0)?, chain_hash: digest_at(row, 1)? })
        })?;
        Ok(head.unwrap_or(ChainHead { seq: 0, chain_hash: chain_start(device) }))
    }

    /// One link.
    pub fn link(&self, device: Id, seq: u64) -> Stored<Option<Link>> {
        let sql = format!("SELECT {COLUMNS} FROM device_chain WHERE tenant = ?1 AND device = ?2 AND seq = ?3");
        self.first(&sql, params![self.tenant(), device.bytes(), signed(seq)], link_at)
    }

    /// Whether a command of a device that others brought is here at this place and leads to this value of its chain. What
    /// nobody signed is kept beside the chain, which it does not lengthen.
    pub fn leads_to(&self, device: Id, seq: u64, chain_hash: Digest) -> Stored<bool> {
        let sql = "SELECT json_extract(origin, '$.prev_hash'), digest FROM inbox INDEXED BY inbox_open
                   WHERE tenant = ?1 AND state <> 'decided' AND state = 'quarantined' AND device = ?2
                     AND json_extract(origin, '$.seq') = ?3
                   UNION
                   SELECT json_extract(origin, '$.prev_hash'), digest FROM inbox INDEXED BY inbox_carried
                   WHERE tenant = ?1 AND device = ?2 AND json_extract(origin, '$.seq') = ?3 AND carrier IS NOT NULL";
        let links = self.all(sql, params![self.tenant(), device.bytes(), signed(seq)], |row| {
            Ok((row.get::<_, String>(0)?, digest_at(row, 1)?))
        })?;
        let leads = |(before, digest): &(String, Digest)| {
            before.parse().is_ok_and(|before: Digest| chain_link(before, seq, *digest) == chain_hash)
        };
        Ok(links.iter().any(leads))
    }

    /// A run of a device's chain.
    pub fn links(&self, device: Id, after: u64, limit: usize) -> Stored<Vec<Link>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM device_chain WHERE tenant = ?1 AND device = ?2 AND seq > ?3 ORDER BY seq LIMIT ?4"
        );
        self.all(&sql, params![self.tenant(), device.bytes(), signed(after), limit_of(limit)], link_at)
    }

    /// The devices that have a chain here.
    pub fn chained_devices(&self) -> Stored<Vec<Id>> {
        let sql = "SELECT DISTINCT device FROM device_chain WHERE tenant = ?1 ORDER BY device";
        self.all(sql, params![self.tenant()], |row| id_at(row, 0))
    }

    /// How many links of a device are not covered by its signature.
    pub fn unsigned_links(&self, device: Id) -> Stored<u64> {
        let sql = "SELECT count(*) FROM device_chain WHERE tenant = ?1 AND device = ?2 AND signed = 0";
        let count: i64 = self.value(sql, params![self.tenant(), device.bytes()])?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The signatures of a device, oldest first.
    pub fn chain_signatures(&self, device: Id) -> Stored<Vec<StoredSignature>> {
        let sql = "SELECT seq, chain_hash, signature FROM chain_signature WHERE tenant = ?1 AND device = ?2
                   ORDER BY seq";
        self.all(sql, params![self.tenant(), device.bytes()], |row| {
            Ok(StoredSignature { seq: count_at(row, 0)?, chain_hash: digest_at(row, 1)?, signature: row.get(2)? })
        })
    }
}

impl Write<'_> {
    /// Adds a link.
    pub fn append_link(&self, link: &Link) -> Stored {
        self.execute(
            "INSERT INTO device_chain (tenant, device, seq, command, prev_hash, chain_hash, signed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.tenant(),
                link.device.bytes(),
                signed(link.seq),
                link.command.bytes(),
                link.prev_hash.0,
                link.chain_hash.0,
                link.signed
            ],
        )?;
        Ok(())
    }

    /// Keeps a checked signature and marks what it covers.
    pub fn keep_signature(&self, device: Id, signature: &StoredSignature) -> Stored {
        self.execute(
            "INSERT INTO chain_signature (tenant, device, seq, chain_hash, signature) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            params![self.tenant(), device.bytes(), signed(signature.seq), signature.chain_hash.0, signature.signature],
        )?;
        self.execute(
            "UPDATE device_chain SET signed = 1 WHERE tenant = ?1 AND device = ?2 AND seq <= ?3 AND signed = 0",
            params![self.tenant(), device.bytes(), signed(signature.seq)],
        )?;
        Ok(())
    }
}
