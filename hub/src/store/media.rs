//! Media rows: what is held, who sent it, and uploads under way. The bytes themselves are the blob store's.

use countersign_model::{Digest, Id};
use rusqlite::params;

use super::{Read, Stored, Write, count_at, digest_at, id_at, signed};

/// An upload under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which device sends.
    pub device: Id,
    /// Which bytes.
    pub sha256: Digest,
    /// Their length as announced.
    pub bytes: u64,
    /// Chunks that are here, ascending.
    pub chunks: Vec<u64>,
}

impl Read<'_> {
    /// The length of held bytes; `None` where they are not held.
    pub fn media_bytes(&self, sha256: Digest) -> Stored<Option<u64>> {
        let sql = "SELECT bytes FROM media WHERE tenant = ?1 AND sha256 = ?2";
        self.first(sql, params![self.tenant(), sha256.0], |row| count_at(row, 0))
    }

    /// Everything that is held, by digest, after one of them.
    pub fn media_after(&self, after: Option<Digest>, limit: usize) -> Stored<Vec<(Digest, u64)>> {
        let sql = "SELECT sha256, bytes FROM media WHERE tenant = ?1 AND (?2 IS NULL OR sha256 > ?2)
                   ORDER BY sha256 LIMIT ?3";
        let after = after.map(|digest| digest.0);
        self.all(sql, params![self.tenant(), after, super::limit_of(limit)], |row| {
            Ok((digest_at(row, 0)?, count_at(row, 1)?))
        })
    }

    /// Whether this device sent these bytes itself and they are held.
    pub fn sent_by(&self, device: Id, sha256: Digest) -> Stored<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM media_sender WHERE tenant = ?1 AND device = ?2 AND sha256 = ?3)";
        self.value(sql, params![self.tenant(), device.bytes(), sha256.0])
    }

    /// The upload of these bytes by this device.
    pub fn upload(&self, device: Id, sha256: Digest) -> Stored<Option<Upload>> {
        let sql = "SELECT bytes FROM media_upload WHERE tenant = ?1 AND device = ?2 AND sha256 = ?3";
        let key = params![self.tenant(), device.bytes(), sha256.0];
        let Some(bytes) = self.first(sql, key, |row| count_at(row, 0))? else { return Ok(None) };
        let chunks = self.all(
            "SELECT chunk FROM media_chunk WHERE tenant = ?1 AND device = ?2 AND sha256 = ?3 ORDER BY chunk",
            params![self.tenant(), device.bytes(), sha256.0],
            |row| count_at(row, 0),
        )?;
        Ok(Some(Upload { device, sha256, bytes, chunks }))
    }

    /// How many uploads a device has under way, and their announced bytes.
    pub fn uploads_of(&self, device: Id) -> Stored<(u64, u64)> {
        let sql = "SELECT count(*), coalesce(sum(bytes), 0) FROM media_upload WHERE tenant = ?1 AND device = ?2";
        let found =
            self.first(sql, params![self.tenant(), device.bytes()], |row| Ok((count_at(row, 0)?, count_at(row, 1)?)))?;
        Ok(found.unwrap_or_default())
    }

    /// Bytes that a device has sent since a time, for the quota of a revoked one.
    pub fn bytes_sent_since(&self, device: Id, since: i64) -> Stored<u64> {
        let sql = "SELECT coalesce(sum(m.bytes), 0) FROM media_sender s JOIN media m
                   ON m.tenant = s.tenant AND m.sha256 = s.sha256
                   WHERE s.tenant = ?1 AND s.device = ?2 AND s.held_at >= ?3";
        let value: i64 = self.value(sql, params![self.tenant(), device.bytes(), since])?;
        Ok(u64::try_from(value).unwrap_or(0))
    }

    /// How many files a device has sent, and their bytes.
    pub fn sent_by_device(&self, device: Id) -> Stored<(u64, u64)> {
        let sql = "SELECT count(*), coalesce(sum(m.bytes), 0) FROM media_sender s JOIN media m
                   ON m.tenant = s.tenant AND m.sha256 = s.sha256 WHERE s.tenant = ?1 AND s.device = ?2";
        let found = self.first(sql, params![self.tenant(), device.bytes()], |row| {
            Ok((super::count_at(row, 0)?, super::count_at(row, 1)?))
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Uploads that nobody touched since a time.
    pub fn stale_uploads(&self, before: i64) -> Stored<Vec<(Id, Digest)>> {
        let sql = "SELECT device, sha256 FROM media_upload WHERE tenant = ?1 AND touched < ?2";
        self.all(sql, params![self.tenant(), before], |row| Ok((id_at(row, 0)?, digest_at(row, 1)?)))
    }
}

impl Write<'_> {
    /// Opens an upload, or touches it. An upload that was announced with another length begins anew.
    pub fn open_upload(&self, device: Id, sha256: Digest, bytes: u64, now: i64) -> Stored<bool> {
        let other_length = self.upload(device, sha256)?.is_some_and(|upload| upload.bytes != bytes);
        if other_length {
            self.close_upload(device, sha256)?;
        }
        self.execute(
            "INSERT INTO media_upload (tenant, device, sha256, bytes, touched) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (tenant, device, sha256) DO UPDATE SET touched = excluded.touched",
            params![self.tenant(), device.bytes(), sha256.0, signed(bytes), now],
        )?;
        Ok(other_length)
    }

    /// A chunk is here. Twice is once.
    pub fn chunk_arrived(&self, device: Id, sha256: Digest, chunk: u64, now: i64) -> Stored {
        self.execute(
            "INSERT INTO media_chunk (tenant, device, sha256, chunk) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            params![self.tenant(), device.bytes(), sha256.0, signed(chunk)],
        )?;
        self.execute(
            "UPDATE media_upload SET touched = ?4 WHERE tenant = ?1 AND device = ?2 AND sha256 = ?3",
            params![self.tenant(), device.bytes(), sha256.0, now],
        )?;
        Ok(())
    }

    /// Ends an upload; its chunks go with it.
    pub fn close_upload(&self, device: Id, sha256: Digest) -> Stored {
        self.execute(
            "DELETE FROM media_upload WHERE tenant = ?1 AND device = ?2 AND sha256 = ?3",
            params![self.tenant(), device.bytes(), sha256.0],
        )?;
        Ok(())
    }

    /// Ends an upload that nobody touched since a time. Says whether it was one.
    pub fn close_stale_upload(&self, device: Id, sha256: Digest, before: i64) -> Stored<bool> {
        let ended = self.execute(
            "DELETE FROM media_upload WHERE tenant = ?1 AND device = ?2 AND sha256 = ?3 AND touched < ?4",
            params![self.tenant(), device.bytes(), sha256.0, before],
        )?;
        Ok(ended > 0)
    }

    /// The bytes are held durably; the blob must stand already.
    pub fn hold(&self, sha256: Digest, bytes: u64, now: i64) -> Stored {
        self.execute(
            "INSERT INTO media (tenant, sha256, bytes, held_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            params![self.tenant(), sha256.0, signed(bytes), now],
        )?;
        self.execute(
            "UPDATE media_citation SET held = 1 WHERE tenant = ?1 AND sha256 = ?2 AND held = 0",
            params![self.tenant(), sha256.0],
        )?;
        Ok(())
    }

    /// This device sent them itself.
    pub fn sent(&self, device: Id, sha256: Digest, now: i64) -> Stored {
        self.execute(
            "INSERT INTO media_sender (tenant, device, sha256, held_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
            params![self.tenant(), device.bytes(), sha256.0, now],
        )?;
        Ok(())
    }
}
