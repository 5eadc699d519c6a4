//! Settings of a tenant, its key chain, and the journal that a restore replays.

use countersign_model::Id;
use countersign_model::trust::{PublicKey, TenantKey, TrustChain};
use rusqlite::params;

use super::{Read, StoreError, Stored, Write, count_at, limit_of, signed};

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number, from 1.
    pub entry: u64,
    /// When, hub time.
    pub time: i64,
    /// What happened, such as `device.revoke`.
    pub what: String,
    /// The details as JSON.
    pub body: String,
}

impl Read<'_> {
    /// A setting.
    pub fn setting(&self, name: &str) -> Stored<Option<String>> {
        let sql = "SELECT value FROM setting WHERE tenant = ?1 AND name = ?2";
        self.first(sql, params![self.tenant(), name], |row| row.get(0))
    }

    /// The tenant's key chain.
    pub fn key_chain(&self, tenant: Id) -> Stored<TrustChain> {
        let sql = "SELECT number, key, signature, signature_back FROM tenant_key WHERE tenant = ?1 ORDER BY number";
        let rows: Vec<(u32, String, String, String)> =
            self.all(sql, params![self.tenant()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let keys = rows.into_iter().map(|(number, key, signature, signature_back)| {
            let key = PublicKey::parse(&key).map_err(|error| StoreError::Unreadable(error.to_string()))?;
            Ok(TenantKey { number, key, signature, signature_back })
        });
        Ok(TrustChain { tenant, keys: keys.collect::<Stored<Vec<TenantKey>>>()? })
    }

    /// The number of the tenant's newest key.
    pub fn newest_key_number(&self) -> Stored<u32> {
        self.value("SELECT coalesce(max(number), 0) FROM tenant_key WHERE tenant = ?1", params![self.tenant()])
    }

    /// The journal after an entry.
    pub fn journal(&self, after: u64, limit: usize) -> Stored<Vec<JournalEntry>> {
        self.all(
            "SELECT entry, time, what, body FROM journal WHERE tenant = ?1 AND entry > ?2 ORDER BY entry LIMIT ?3",
            params![self.tenant(), signed(after), limit_of(limit)],
            |row| {
                Ok(JournalEntry { entry: count_at(row, 0)?, time: row.get(1)?, what: row.get(2)?, body: row.get(3)? })
            },
        )
    }
}

impl Write<'_> {
    /// Keeps a setting.
    pub fn keep_setting(&self, name: &str, value: &str) -> Stored {
        self.execute(
            "INSERT INTO setting (tenant, name, value) VALUES (?1, ?2, ?3)
             ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value",
            params![self.tenant(), name, value],
        )?;
        Ok(())
    }

    /// Forgets a setting.
    pub fn remove_setting(&self, name: &str) -> Stored {
        self.execute("DELETE FROM setting WHERE tenant = ?1 AND name = ?2", params![self.tenant(), name])?;
        Ok(())
    }

    /// Adds a key to the tenant's chain.
    pub fn keep_tenant_key(&self, key: &TenantKey) -> Stored {
        self.execute(
            "INSERT INTO tenant_key (tenant, number, key, signature, signature_back) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.tenant(), key.number, key.key.as_hex(), key.signature, key.signature_back],
        )?;
        Ok(())
    }

    /// Adds an entry to the journal.
    pub fn journal_entry(&self, time: i64, what: &str, body: &str) -> Stored {
        self.execute(
            "INSERT INTO journal (tenant, entry, time, what, body)
             SELECT ?1, coalesce(max(entry), 0) + 1, ?2, ?3, ?4 FROM journal WHERE tenant = ?1",
            params![self.tenant(), time, what, body],
        )?;
        Ok(())
    }
}
