//! Sealed documents: inserted once, never changed, never deleted (triggers refuse both).

use countersign_model::canonical;
use countersign_model::entity::Document;
use countersign_model::{Digest, Id};
use rusqlite::params;

use super::{Read, StoreError, Stored, Write, digest_at, id_at};

/// A sealed document as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRow {
    /// Its name.
    pub sha256: Digest,
    /// The command that brought it.
    pub command: Id,
    /// Canonical bytes of the sealed layer.
    pub body: String,
    /// Canonical bytes of the sign-offs.
    pub sign_offs: String,
}

impl Read<'_> {
    /// Every sealed document after one of them, by digest.
    pub fn sealed_after(&self, after: Option<Digest>, limit: usize) -> Stored<Vec<SealedRow>> {
        self.all(
            "SELECT sha256, command, body, sign_offs FROM sealed
             WHERE tenant = ?1 AND (?2 IS NULL OR sha256 > ?2) ORDER BY sha256 LIMIT ?3",
            params![self.tenant(), after.map(|digest| digest.0), super::limit_of(limit)],
            |row| {
                Ok(SealedRow {
                    sha256: digest_at(row, 0)?,
                    command: id_at(row, 1)?,
                    body: row.get(2)?,
                    sign_offs: row.get(3)?,
                })
            },
        )
    }

    /// Digests of sealed documents that begin with these hexadecimal letters; none for anything else.
    pub fn sealed_starting(&self, hex: &str, limit: usize) -> Stored<Vec<Digest>> {
        let bound = |fill: char| {
            let padded: String = hex.chars().chain(std::iter::repeat(fill)).take(64).collect();
            padded.parse::<Digest>().ok()
        };
        let Some((from, to)) = bound('0').zip(bound('f')) else { return Ok(Vec::new()) };
        self.all(
            "SELECT sha256 FROM sealed WHERE tenant = ?1 AND sha256 BETWEEN ?2 AND ?3 ORDER BY sha256 LIMIT ?4",
            params![self.tenant(), from.0, to.0, super::limit_of(limit)],
            |row| digest_at(row, 0),
        )
    }

    /// One sealed document.
    pub fn sealed(&self, sha256: Digest) -> Stored<Option<SealedRow>> {
        let sql = "SELECT sha256, command, body, sign_offs FROM sealed WHERE tenant = ?1 AND sha256 = ?2";
        self.first(sql, params![self.tenant(), sha256.0], |row| {
            Ok(SealedRow {
                sha256: digest_at(row, 0)?,
                command: id_at(row, 1)?,
                body: row.get(2)?,
                sign_offs: row.get(3)?,
            })
        })
    }
}

impl Write<'_> {
    /// Keeps what was signed; what is kept already stays as it is.
    pub fn seal(&self, document: &Document, command: Id, now: i64) -> Stored {
        let unreadable = |error: canonical::NotCanonical| StoreError::Unreadable(error.to_string());
        let body = canonical::to_text(&document.sealed).map_err(unreadable)?;
        let sign_offs = canonical::to_text(&document.sign_offs).map_err(unreadable)?;
        self.execute(
            "INSERT INTO sealed (tenant, sha256, command, body, sign_offs, received) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING",
            params![self.tenant(), document.sealed_sha256.0, command.bytes(), body, sign_offs, now],
        )?;
        Ok(())
    }
}
