//! The device's token: a row of its own, sealed. One that an older program kept in the clear is sealed at the first
//! opening with a vault, and its bytes are overwritten.

use countersign_model::{Digest, Id};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::exchange::Identity;
use super::log::Entry;
use super::{FileLock, Store, StoreError, Tx, lock, salvage, settings};
use crate::vault::{SealedToken, Token, Vault};

/// Most bytes of free pages that are overwritten in one transaction: by so much the write-ahead log grows.
const MOST_AT_ONCE: i64 = 4 << 20;

/// Keeps a sealed token in the place of the one before.
pub(super) fn put(connection: &Connection, token: &SealedToken) -> Result<(), StoreError> {
    connection.execute("DELETE FROM token", [])?;
    connection.execute(
        "INSERT INTO token(only, device, sha256, sealed) VALUES(1, ?1, ?2, ?3)",
        params![token.device.to_string(), token.sha256.hex(), token.sealed],
    )?;
    Ok(())
}

/// Keeps this device's token as an older program wrote it, until the vault seals it. The caller sees to it that what is
/// left of it elsewhere is wiped.
pub(super) fn put_plain(connection: &Connection, device: Id, plain: Option<(Id, Token)>) -> Result<(), StoreError> {
    if let Some((_, token)) = plain.filter(|(of, _)| *of == device) {
        let sql = "INSERT INTO token(only, device, plain) VALUES(1, ?1, ?2)";
        connection.execute(sql, params![device.to_string(), token.text()])?;
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

/// The sealed token that is kept here, whosever it is.
fn kept(connection: &Connection) -> Result<Option<SealedToken>, StoreError> {
    let sql = "SELECT device FROM token WHERE sealed IS NOT NULL";
    let device: Option<String> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    device.map_or(Ok(None), |device| get(connection, device_of(&device)?))
}

fn device_of(text: &str) -> Result<Id, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed("the device of the token".to_owned()))
}

fn digest(text: &str) -> Result<Digest, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed("the digest of the token".to_owned()))
}

/// The token that an older program kept in the clear.
fn plain(connection: &Connection) -> Result<Option<(Id, Token)>, StoreError> {
    let sql = "SELECT device, plain FROM token WHERE plain IS NOT NULL";
    let found: Option<(String, String)> =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(device, plain)| Ok((device_of(&device)?, Token::new(plain)))).transpose()
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

    /// Seals a token that an older program kept in the clear. Does nothing where none is.
    pub fn seal_token(&self, vault: &dyn Vault) -> Result<(), StoreError> {
        // Sealed outside the transaction, since the vault is foreign code: what was replaced meanwhile is looked at again.
        while let Some((device, token)) = self.read(|rows| plain(rows.connection()))? {
            let sealed = SealedToken::seal(vault, device, &token)?;
            self.write(|tx| {
                let same = plain(tx.connection())?.is_some_and(|(of, now)| of == device && now.text() == token.text());
                if same { put(tx.connection(), &sealed) } else { Ok(()) }
            })?;
        }
        Ok(())
    }

    /// Overwrites what an older program left of a token in the clear: in the database, its write-ahead log and the log of
    /// unsent work. Answers whether nothing is left of it: another program that reads the store keeps its last copy, and
    /// the next opening tries again, as it does after an error (a full disk).
    pub fn wipe_plain_token(&self) -> Result<bool, StoreError> {
        let (sealed, wanted) = self.read(|rows| {
            let wanted = settings::get(rows.connection(), settings::WIPE)?.is_some();
            Ok((plain(rows.connection())?.is_none(), wanted))
        })?;
        if !(wanted && sealed) {
            return Ok(sealed);
        }
        self.overwrite_places()?;
        while self.overwrite_free_pages()? {}
        self.overwrite_logs()
    }

    /// Overwrites the pages where the token stood.
    fn overwrite_places(&self) -> Result<(), StoreError> {
        self.alone(|writer| {
            // What is freed becomes zeros. Only here: it costs every other change.
            writer.connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
            let done = settings_anew(&mut writer.connection);
            writer.connection.pragma_update_and_check(None, "secure_delete", false, |_| Ok(()))?;
            done
        })
    }

    /// Overwrites some of the pages that were given up, and leaves room for others between. Answers whether more are left.
    fn overwrite_free_pages(&self) -> Result<bool, StoreError> {
        self.alone(|writer| {
            let transaction = writer.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let free: i64 = transaction.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
            let page: i64 = transaction.pragma_query_value(None, "page_size", |row| row.get(0))?;
            if free == 0 {
                transaction.execute_batch("DROP TABLE IF EXISTS wiping")?;
            } else {
                // A table as large as all free pages takes them, a piece at a time; without secure deletion they stay zeros
                // when it goes.
                transaction.execute_batch("CREATE TABLE IF NOT EXISTS wiping(bytes BLOB) STRICT")?;
                let some = free.saturating_mul(page).min(MOST_AT_ONCE);
                transaction.execute("INSERT INTO wiping(bytes) VALUES(zeroblob(?1))", [some])?;
            }
            transaction.commit()?;
            Ok(free > 0)
        })
    }

    /// Empties the write-ahead log, whose older pages hold what was overwritten, and writes the log of unsent work anew.
    fn overwrite_logs(&self) -> Result<bool, StoreError> {
        self.alone(|writer| {
            let super::Writer { connection, log, .. } = writer;
            let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy != 0 {
                return Ok(false);
            }
            if let Some(identity) = settings::identity(connection)? {
                salvage::rewrite_log(&*self.inner.files, connection, log, &identity)?;
            }
            settings::remove(connection, settings::WIPE)?;
            Ok(true)
        })
    }

    /// Changes the store while no other program does. Unlike [`Store::write`] it never gives up the ballast, which is
    /// there for what a person saves.
    fn alone<T>(&self, change: impl FnOnce(&mut super::Writer) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = lock(&self.inner.writer);
        let _lock = FileLock::take(&self.inner.lock)?;
        change(&mut writer)
    }
}

/// Writes every setting and the sealed token anew. A table that is emptied as a whole leaves nothing in its pages.
fn settings_anew(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(token) = kept(&transaction)? {
        put(&transaction, &token)?;
    }
    let rows: Vec<(String, String)> = transaction
        .prepare("SELECT name, value FROM setting")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    transaction.execute("DELETE FROM setting", [])?;
    for (name, value) in rows {
        settings::put(&transaction, &name, &value)?;
    }
    Ok(transaction.commit()?)
}
