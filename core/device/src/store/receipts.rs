//! Receipts: the hub's signed word that it holds bytes durably. Without one, no local bytes are ever removed.

use countersign_model::Digest;
use countersign_model::trust::Receipt;
use rusqlite::params;

use super::push::digest_at;
use super::topics::Topic;
use super::{Store, StoreError, Tx, media, settings};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// Takes a receipt, if the pinned chain signed it for this device; a fake one changes nothing.
    pub fn record_receipt(&self, receipt: &Receipt) -> Result<(), StoreError> {
        let identity = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        receipt.check(&identity.chain, identity.device)?;
        self.write(|tx| {
            let body = serde_json::to_string(receipt)?;
            let sql = "INSERT INTO receipt(epoch, time, body) VALUES(?1, ?2, ?3)";
            tx.connection().prepare_cached(sql)?.execute(params![receipt.epoch, receipt.time, body])?;
            let id = tx.connection().last_insert_rowid();
            // A backup whose mark is beyond this place was made after the hub had these bytes.
            let seq = i64::try_from(tx.rows().chain_head()?.seq).unwrap_or(i64::MAX);
            let sql =
                "UPDATE media SET state = 'receipted', receipt = ?2, seq = ?3 WHERE sha256 = ?1 AND state = 'local'";
            for sha256 in &receipt.holds {
                tx.connection().prepare_cached(sql)?.execute(params![sha256.0, id, seq])?;
            }
            tx.let_go()?;
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// Frees local originals that are safe at the office: there is a receipt, and a proven backup mark covers them or,
    /// where none are announced, the grace time is over. Previews and thumbnails stay for the screens. `hub_now` is the
    /// newest hub time known. Returns the bytes freed.
    pub fn free_confirmed_media(&self, hub_now: i64, grace_days: i64) -> Result<u64, StoreError> {
        let freeable = self.read(|rows| {
            let mark: Option<u64> = settings::read(rows.connection(), settings::BACKUP_MARK)?;
            let sql = "SELECT m.sha256, m.bytes FROM media AS m JOIN receipt AS r ON r.id = m.receipt
                       WHERE m.state = 'receipted' AND m.here = 1 AND m.class IN ('cited', 'original', 'video')
                         AND CASE WHEN ?1 IS NULL THEN r.time < ?2 ELSE m.seq < ?1 END";
            let oldest = hub_now.saturating_sub(grace_days.max(0).saturating_mul(DAY));
            let mark = mark.map(|mark| i64::try_from(mark).unwrap_or(i64::MAX));
            let mut statement = rows.connection().prepare_cached(sql)?;
            let found = statement.query_map(params![mark, oldest], |row| Ok((digest_at(row, 0)?, row.get(1)?)))?;
            Ok(found.collect::<Result<Vec<(Digest, i64)>, _>>()?)
        })?;
        let mut freed = 0;
        for (sha256, bytes) in freeable {
            // First the row, then the file: a stop between them leaves a file that start-up finds again.
            self.write(|tx| tx.mark_gone(sha256))?;
            let path = media::path_of(self.folder(), sha256);
            self.files().remove(&path).map_err(StoreError::files("removing a file that is safe at the office"))?;
            freed += bytes.unsigned_abs();
        }
        Ok(freed)
    }
}

impl Tx<'_> {
    fn mark_gone(&self, sha256: Digest) -> Result<(), StoreError> {
        let sql = "UPDATE media SET here = 0 WHERE sha256 = ?1 AND state = 'receipted'";
        self.connection().prepare_cached(sql)?.execute([sha256.0])?;
        Ok(())
    }
}
