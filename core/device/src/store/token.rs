//! The device's token: a row of its own, sealed. One that an older program kept in the clear is sealed at the first
//! opening with a vault, and its bytes are overwritten.

use countersign_model::{Digest, Id};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::exchange::Identity;
use super::log::Entry;
use super::{FileLock, Store, StoreError, Tx, lock, salvage, settings};
use crate::vault::{SealedToken, Token, Vault};

/// Most bytes of free pages that are overwritten at once: what SQLite takes as one value.
const MOST_AT_ONCE: i64 = 256 << 20;

/// Keeps a sealed token in the place of the one before.
pub(super) fn put(connection: &Connection, token: &SealedToken) -> Result<(), StoreError> {
    connection.execute("DELETE FROM token", [])?;
    connection.execute(
        "INSERT INTO token(only, device, sha256, sealed) VALUES(1, ?1, ?2, ?3)",
        params![token.device.to_string(), token.sha256.hex(), token.sealed],
    )?;
    Ok(())
}

/// Keeps this device's token as an older program wrote it, until the vault seals it.
pub(super) fn put_plain(connection: &Connection, device: Id, plain: Option<(Id, Token)>) -> Result<(), StoreError> {
    if let Some((_, token)) = plain.filter(|(of, _)| *of == device) {
        let sql = "INSERT INTO token(only, device, plain) VALUES(1, ?1, ?2)";
        connection.execute(sql, params![device.to_string(), token.text()])?;
        settings::put(connection, settings::WIPE, "1")?;
    }
    Ok(())
}

/// The sealed token of this device, if there is one.
pub(super) fn get(connection: &Connection, device: Id) -> Result<Option<SealedToken>, StoreError> {
    let sql = "SELECT sha256, sealed FROM token WHERE device = ?1 AND sealed IS NOT NULL";
    let found: Option<(String, String)> =
        connection.query_row(sql, [device.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(sha256, sealed)| Ok(SealedToken { device, sha256: digest(&sha256)?, sealed })).transpose()
}

fn digest(text: &str) -> Result<Digest, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed("the digest of the token".to_owned()))
}

/// The token that an older program kept in the clear.
fn plain(connection: &Connection) -> Result<Option<(Id, Token)>, StoreError> {
    let sql = "SELECT device, plain FROM token WHERE plain IS NOT NULL";
    let found: Option<(String, String)> =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found
        .map(|(device, plain)| {
            let device = device.parse().map_err(|_| StoreError::Malformed("the device of the token".to_owned()))?;
            Ok((device, Token::new(plain)))
        })
        .transpose()
}

/// The log's line about what the device is: with its token, once that is sealed.
pub(super) fn identity_entry(connection: &Connection, identity: &Identity) -> Result<Entry, StoreError> {
    let token = get(connection, identity.device)?.map(Box::new);
    Ok(Entry::Identity { identity: Box::new(identity.clone()), token })
}

impl Tx<'_> {
    /// Writes into the log what the device is now.
    pub(super) fn log_identity(&self, identity: &Identity) -> Result<(), StoreError> {
        self.log(identity_entry(self.connection(), identity)?);
        Ok(())
    }
}

impl Store {
    /// The sealed token of this device; `None` before it is enrolled, and where it is lost.
    pub fn sealed_token(&self) -> Result<Option<SealedToken>, StoreError> {
        self.read(|rows| {
            let Some(identity) = rows.identity()? else { return Ok(None) };
            get(rows.connection(), identity.device)
        })
    }

    /// Seals a token that an older program kept in the clear, and overwrites its bytes in the database and in the log of
    /// unsent work. Does nothing where none is. Answers whether nothing is left of it: another program that reads the
    /// store keeps its last copy, and the next opening tries again.
    pub fn seal_token(&self, vault: &dyn Vault) -> Result<bool, StoreError> {
        // Sealed outside the transaction: the vault is foreign code.
        let sealed = match self.read(|rows| plain(rows.connection()))? {
            Some((device, token)) => Some(SealedToken::seal(vault, device, &token)?),
            None => None,
        };
        if sealed.is_none() && !self.must_wipe()? {
            return Ok(true);
        }
        self.set_secure_delete(true)?;
        let wiped = self.write(|tx| overwrite(tx.connection(), sealed.as_ref())).and_then(|()| self.wiped());
        self.set_secure_delete(false)?;
        wiped
    }

    fn must_wipe(&self) -> Result<bool, StoreError> {
        self.read(|rows| Ok(settings::get(rows.connection(), settings::WIPE)?.is_some()))
    }

    /// Whether what is freed is overwritten with zeros. Only while a token is wiped: it costs every other change.
    fn set_secure_delete(&self, on: bool) -> Result<(), StoreError> {
        let writer = lock(&self.inner.writer);
        Ok(writer.connection.pragma_update_and_check(None, "secure_delete", on, |_| Ok(()))?)
    }

    /// Empties the write-ahead log, whose older pages hold what was overwritten, and writes the log of unsent work anew.
    fn wiped(&self) -> Result<bool, StoreError> {
        {
            let mut writer = lock(&self.inner.writer);
            let _lock = FileLock::take(&self.inner.lock)?;
            let busy: i64 = writer.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy != 0 {
                return Ok(false);
            }
            let super::Writer { connection, log, .. } = &mut *writer;
            if let Some(identity) = settings::identity(connection)? {
                salvage::rewrite_log(&*self.inner.files, connection, log, &identity)?;
            }
        }
        self.write(|tx| settings::remove(tx.connection(), settings::WIPE))?;
        Ok(true)
    }
}

/// Overwrites wherever the token stood: its row, the pages of the settings where the identity held it, and what of them
/// was given up since. Secure deletion is on, so that what is removed becomes zeros.
fn overwrite(connection: &Connection, sealed: Option<&SealedToken>) -> Result<(), StoreError> {
    if let Some(sealed) = sealed {
        put(connection, sealed)?;
    }
    let mut statement = connection.prepare("SELECT name, value FROM setting")?;
    let rows: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    connection.execute("DELETE FROM setting", [])?;
    for (name, value) in rows {
        settings::put(connection, &name, &value)?;
    }
    let free: i64 = connection.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    // A table as large as all free pages takes them, and leaves them as zeros.
    connection.execute_batch("CREATE TABLE wiping(bytes BLOB) STRICT")?;
    let mut left = free.saturating_mul(page);
    while left > 0 {
        let some = left.min(MOST_AT_ONCE);
        connection.execute("INSERT INTO wiping(bytes) VALUES(zeroblob(?1))", [some])?;
        left -= some;
    }
    connection.execute_batch("DROP TABLE wiping")?;
    Ok(())
}
