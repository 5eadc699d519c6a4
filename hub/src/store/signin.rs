//! Console sign-in: names and hashes, one-time links, sessions. Digests only, never a secret in clear.

use countersign_model::{Digest, Id};
use rusqlite::params;

use super::{Read, Stored, Write, digest_at, id_at};

/// Somebody's way to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub person: Id,
    /// The name that is typed.
    pub username: String,
    /// argon2id in PHC form.
    pub hash: String,
}

/// A session at the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Digest of its id.
    pub digest: Digest,
    /// Who.
    pub person: Id,
    /// What the console keeps in it, as JSON.
    pub body: String,
    /// Until when, hub time.
    pub expires: i64,
}

fn login_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Login> {
    Ok(Login { person: id_at(row, 0)?, username: row.get(1)?, hash: row.get(2)? })
}

impl Read<'_> {
    /// The login under a name. Names are compared as they were normalised when kept.
    pub fn login_named(&self, username: &str) -> Stored<Option<Login>> {
        let sql = "SELECT person, username, hash FROM login WHERE tenant = ?1 AND username = ?2";
        self.first(sql, params![self.tenant(), username], login_at)
    }

    /// A person's login.
    pub fn login_of(&self, person: Id) -> Stored<Option<Login>> {
        let sql = "SELECT person, username, hash FROM login WHERE tenant = ?1 AND person = ?2";
        self.first(sql, params![self.tenant(), person.bytes()], login_at)
    }

    /// For whom a sign-in link is, if it still holds.
    pub fn sign_in_link(&self, code: Digest, now: i64) -> Stored<Option<Id>> {
        let sql = "SELECT person FROM sign_in_link WHERE tenant = ?1 AND code = ?2 AND expires > ?3";
        self.first(sql, params![self.tenant(), code.0, now], |row| id_at(row, 0))
    }

    /// A session that has not ended.
    pub fn session(&self, digest: Digest, now: i64) -> Stored<Option<SessionRow>> {
        let sql = "SELECT digest, person, body, expires FROM session
                   WHERE tenant = ?1 AND digest = ?2 AND expires > ?3";
        self.first(sql, params![self.tenant(), digest.0, now], |row| {
            Ok(SessionRow {
                digest: digest_at(row, 0)?,
                person: id_at(row, 1)?,
                body: row.get(2)?,
                expires: row.get(3)?,
            })
        })
    }

    /// The sessions of a person that have not ended, the one used last first.
    pub fn sessions_of(&self, person: Id, now: i64) -> Stored<Vec<SessionRow>> {
        let sql = "SELECT digest, person, body, expires FROM session
                   WHERE tenant = ?1 AND person = ?2 AND expires > ?3 ORDER BY expires DESC, digest";
        self.all(sql, params![self.tenant(), person.bytes(), now], |row| {
            Ok(SessionRow {
                digest: digest_at(row, 0)?,
                person: id_at(row, 1)?,
                body: row.get(2)?,
                expires: row.get(3)?,
            })
        })
    }
}

impl Write<'_> {
    /// Keeps a login; a person has one.
    pub fn keep_login(&self, login: &Login) -> Stored {
        self.execute(
            "INSERT INTO login (tenant, person, username, hash) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (tenant, person) DO UPDATE SET username = excluded.username, hash = excluded.hash",
            params![self.tenant(), login.person.bytes(), login.username, login.hash],
        )?;
        Ok(())
    }

    /// Keeps a sign-in link; a reusable one (the demo's) stays until it expires.
    pub fn keep_sign_in_link(&self, code: Digest, person: Id, expires: i64, reusable: bool) -> Stored {
        self.execute(
            "INSERT INTO sign_in_link (tenant, code, person, expires, reusable) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.tenant(), code.0, person.bytes(), expires, reusable],
        )?;
        Ok(())
    }

    /// Uses a sign-in link up.
    pub fn use_sign_in_link(&self, code: Digest) -> Stored {
        self.execute(
            "DELETE FROM sign_in_link WHERE tenant = ?1 AND code = ?2 AND reusable = 0",
            params![self.tenant(), code.0],
        )?;
        Ok(())
    }

    /// Keeps a session, or what the console changed in it.
    pub fn keep_session(&self, session: &SessionRow) -> Stored {
        self.execute(
            "INSERT INTO session (tenant, digest, person, body, expires) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (tenant, digest) DO UPDATE SET body = excluded.body, expires = excluded.expires",
            params![self.tenant(), session.digest.0, session.person.bytes(), session.body, session.expires],
        )?;
        Ok(())
    }

    /// Ends a session.
    pub fn end_session(&self, digest: Digest) -> Stored {
        self.execute("DELETE FROM session WHERE tenant = ?1 AND digest = ?2", params![self.tenant(), digest.0])?;
        Ok(())
    }

    /// Ends every session of a person, when their rights or password change.
    pub fn end_sessions_of(&self, person: Id) -> Stored {
        self.execute("DELETE FROM session WHERE tenant = ?1 AND person = ?2", params![self.tenant(), person.bytes()])?;
        Ok(())
    }

    /// Forgets sessions, links and unused invitations that ended before a time.
    pub fn forget_expired(&self, before: i64) -> Stored {
        for sql in [
            "DELETE FROM session WHERE tenant = ?1 AND expires <= ?2",
            "DELETE FROM sign_in_link WHERE tenant = ?1 AND expires <= ?2",
            "DELETE FROM invite WHERE tenant = ?1 AND expires <= ?2 AND device IS NULL",
        ] {
            self.execute(sql, params![self.tenant(), before])?;
        }
        Ok(())
    }
}
