//! A copy of the database as of one moment, made while others write; and looking into such a copy without changing it.

use std::fs::File;
use std::path::Path;

use countersign_model::Id;
use rusqlite::{Connection, OpenFlags, params};

use super::open::{BUSY, check_ours};
use super::{Read, Store, StoreError, Stored, Write};

impl Store {
    /// Copies the database into a new file, whole and as of one moment. Durable when this returns.
    pub fn copy_to(&self, to: &Path) -> Stored {
        let name = to.to_str().ok_or_else(|| StoreError::Unreadable("the name of the copy is no text".to_owned()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.path(), flags)?;
        connection.busy_timeout(BUSY)?;
        // One read transaction; it neither waits for writers nor holds them up.
        connection.execute("VACUUM INTO ?1", params![name])?;
        let synced = File::open(to).and_then(|file| file.sync_all());
        synced.map_err(|error| StoreError::Unreadable(format!("the copy was not made durable: {error}")))
    }

    /// Gives a tenant another epoch, after a restore.
    pub fn set_epoch(&self, tenant: Id, epoch: &str) -> Stored {
        let connection = super::lock(&self.writer);
        connection.execute("UPDATE tenant SET epoch = ?2 WHERE tenant = ?1", params![tenant.bytes(), epoch])?;
        Ok(())
    }
}

/// A copy that is only looked at: no side files are made, nothing is written.
#[derive(Debug)]
pub struct Snapshot {
    connection: Connection,
}

impl Snapshot {
    /// Opens a copy. A newer one, or a file that is none, is refused.
    pub fn open(path: &Path) -> Stored<Snapshot> {
        let name = path.to_str().ok_or_else(|| StoreError::NotAHub(path.to_owned()))?;
        // Characters that a file address gives a meaning.
        let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
            .map_err(|_| StoreError::NotAHub(path.to_owned()))?;
        check_ours(&connection, path)?;
        Ok(Snapshot { connection })
    }

    /// Reads for one tenant.
    pub fn read<T, E: From<StoreError>>(
        &self,
        tenant: Id,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&Read { connection: &self.connection, tenant })
    }
}

impl Write<'_> {
    /// Takes an entry of the journal under the number that it had, where there is none yet.
    pub fn keep_journal_entry(&self, entry: &super::JournalEntry) -> Stored {
        self.execute(
            "INSERT INTO journal (tenant, entry, time, what, body) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            params![self.tenant(), super::signed(entry.entry), entry.time, entry.what, entry.body],
        )?;
        Ok(())
    }
}

impl Read<'_> {
    /// The number of the journal's last entry; 0 for none.
    pub fn journal_head(&self) -> Stored<u64> {
        let head: i64 =
            self.value("SELECT coalesce(max(entry), 0) FROM journal WHERE tenant = ?1", params![self.tenant()])?;
        Ok(u64::try_from(head).unwrap_or(0))
    }

    /// How many files are held, and their length together.
    pub fn media_total(&self) -> Stored<(u64, u64)> {
        let sql = "SELECT count(*), coalesce(sum(bytes), 0) FROM media WHERE tenant = ?1";
        let found =
            self.first(sql, params![self.tenant()], |row| Ok((super::count_at(row, 0)?, super::count_at(row, 1)?)))?;
        Ok(found.unwrap_or_default())
    }
}
