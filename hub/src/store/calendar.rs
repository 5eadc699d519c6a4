//! The secret addresses of people's calendars, by their digests.

use countersign_model::{Digest, Id};
use rusqlite::params;

use super::{Read, Stored, Write, id_at};

impl Read<'_> {
    /// Whose calendar is behind this digest of a secret.
    pub fn calendar_person(&self, digest: Digest) -> Stored<Option<Id>> {
        let sql = "SELECT person FROM calendar_link WHERE tenant = ?1 AND digest = ?2";
        self.first(sql, params![self.tenant(), digest.0], |row| id_at(row, 0))
    }

    /// When a person's address was made, hub time.
    pub fn calendar_link_since(&self, person: Id) -> Stored<Option<i64>> {
        let sql = "SELECT created FROM calendar_link WHERE tenant = ?1 AND person = ?2";
        self.first(sql, params![self.tenant(), person.bytes()], |row| row.get(0))
    }
}

impl Write<'_> {
    /// Keeps the digest of a person's address; a person has one.
    pub fn keep_calendar_link(&self, person: Id, digest: Digest, now: i64) -> Stored {
        self.execute(
            "INSERT INTO calendar_link (tenant, person, digest, created) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (tenant, person) DO UPDATE SET digest = excluded.digest, created = excluded.created",
            params![self.tenant(), person.bytes(), digest.0, now],
        )?;
        Ok(())
    }

    /// Removes a person's address.
    pub fn remove_calendar_link(&self, person: Id) -> Stored {
        let sql = "DELETE FROM calendar_link WHERE tenant = ?1 AND person = ?2";
        self.execute(sql, params![self.tenant(), person.bytes()])?;
        Ok(())
    }
}
