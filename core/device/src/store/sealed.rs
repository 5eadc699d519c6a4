//! What was shown, what was signed, and what the device vouched for. The tables of signed things have no way to change.

use countersign_model::document::{Attestation, Content, Sealed, SignOff};
use countersign_model::{Digest, Id};
use rusqlite::{OptionalExtension, params};

use super::push::digest_at;
use super::{Rows, StoreError, Tx, id_of, stored, whole};

/// The last preview of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    /// What the pages say.
    pub content: Content,
    /// Its digest: what signing compares.
    pub content_sha256: Digest,
    /// `shown.pdf`.
    pub pdf: Digest,
    /// Digest of everything that the content was made from, without the moment of making.
    pub facts_sha256: Digest,
}

/// A document as it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSealed {
    /// Layers 1 to 3.
    pub sealed: Sealed,
    /// Layer 4.
    pub sign_offs: Vec<SignOff>,
}

impl NewSealed {
    /// Digests of the originals that it cites: the photos of the pages and of stamps.
    pub fn cited_originals(&self) -> impl Iterator<Item = Digest> + '_ {
        let stamps = self.sign_offs.iter().filter_map(|sign_off| sign_off.stamp);
        self.sealed.content.cited_media().chain(stamps)
    }
}

/// A signed document as the device keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRow {
    /// Its name.
    pub sha256: Digest,
    /// Layers 1 to 3.
    pub sealed: Sealed,
    /// Layer 4.
    pub sign_offs: Vec<SignOff>,
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
}

/// The device's signature over a document, with the finished paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    /// The signature.
    pub attestation: Attestation,
    /// `voucher.pdf`.
    pub pdf: Digest,
}

impl Rows<'_> {
    /// The last preview of a visit or amendment.
    pub fn shown(&self, subject: Id) -> Result<Option<ShownRow>, StoreError> {
        let sql = "SELECT content, content_sha256, pdf, facts_sha256 FROM shown WHERE subject = ?1";
        let row: Option<(String, Digest, Digest, Digest)> = self
            .connection()
            .prepare_cached(sql)?
            .query_row([subject.bytes()], |row| {
                Ok((row.get(0)?, digest_at(row, 1)?, digest_at(row, 2)?, digest_at(row, 3)?))
            })
            .optional()?;
        let Some((content, content_sha256, pdf, facts_sha256)) = row else { return Ok(None) };
        Ok(Some(ShownRow { content: stored(&content)?, content_sha256, pdf, facts_sha256 }))
    }

    /// A signed document of this device.
    pub fn sealed(&self, sha256: Digest) -> Result<Option<SealedRow>, StoreError> {
        let sql = "SELECT sha256, body, sign_offs, visit, job FROM sealed WHERE sha256 = ?1";
        Ok(self.sealed_rows(sql, params![sha256.0])?.pop())
    }

    /// The names of all signed documents of this device.
    pub(super) fn sealed_names(&self) -> Result<Vec<Digest>, StoreError> {
        let mut statement = self.connection().prepare_cached("SELECT sha256 FROM sealed NOT INDEXED")?;
        let names = statement.query_map([], |row| digest_at(row, 0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Signed documents that the device has not vouched for yet: its key was locked, or it was stopped.
    pub fn unattested(&self) -> Result<Vec<SealedRow>, StoreError> {
        let sql = "SELECT sha256, body, sign_offs, visit, job FROM sealed
                   WHERE sha256 NOT IN (SELECT sha256 FROM attested) ORDER BY rowid";
        let rows = self.sealed_rows(sql, [])?;
        rows.iter().try_for_each(|row| whole::unattested(self, row))?;
        Ok(rows)
    }

    /// The device's signature over a document.
    pub fn attested(&self, sha256: Digest) -> Result<Option<Attested>, StoreError> {
        let sql = "SELECT body, pdf FROM attested WHERE sha256 = ?1";
        let row: Option<(String, Digest)> = self
            .connection()
            .prepare_cached(sql)?
            .query_row([sha256.0], |row| Ok((row.get(0)?, digest_at(row, 1)?)))
            .optional()?;
        let Some((body, pdf)) = row else { return Ok(None) };
        let attestation: Attestation = stored(&body)?;
        whole::attestation(self, sha256, &attestation)?;
        Ok(Some(Attested { attestation, pdf }))
    }

    fn sealed_rows(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<SealedRow>, StoreError> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| {
            let visit = id_of(row.get_ref(3)?.as_blob()?)?;
            let job = id_of(row.get_ref(4)?.as_blob()?)?;
            Ok((digest_at(row, 0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, visit, job))
        })?;
        rows.map(|row| {
            let (sha256, body, sign_offs, visit, job) = row?;
            let row = SealedRow { sha256, sealed: stored(&body)?, sign_offs: stored(&sign_offs)?, visit, job };
            whole::sealed(self, &row, &body)?;
            Ok(row)
        })
        .collect()
    }
}

impl Tx<'_> {
    /// Remembers what a preview showed.
    pub fn put_shown(&self, subject: Id, shown: &ShownRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO shown(subject, content, content_sha256, pdf, facts_sha256) VALUES(?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT(subject) DO UPDATE SET content = excluded.content, content_sha256 = excluded.content_sha256,
                     pdf = excluded.pdf, facts_sha256 = excluded.facts_sha256";
        let content = countersign_model::canonical::to_text(&shown.content)?;
        self.connection().prepare_cached(sql)?.execute(params![
            subject.bytes(),
            content,
            shown.content_sha256.0,
            shown.pdf.0,
            shown.facts_sha256.0
        ])?;
        Ok(())
    }

    /// Keeps a signed document, for good.
    pub fn put_sealed(&self, new: &NewSealed) -> Result<Digest, StoreError> {
        let sha256 = new.sealed.digest()?;
        let sql = "INSERT INTO sealed(sha256, body, sign_offs, visit, job) VALUES(?1, ?2, ?3, ?4, ?5)";
        let body = countersign_model::canonical::to_text(&new.sealed)?;
        let sign_offs = countersign_model::canonical::to_text(&new.sign_offs)?;
        let content = &new.sealed.content;
        let (visit, job) = (content.visit.bytes(), content.job.bytes());
        self.connection().prepare_cached(sql)?.execute(params![sha256.0, body, sign_offs, visit, job])?;
        Ok(sha256)
    }

    /// Keeps the device's signature over a document, for good.
    pub fn put_attested(&self, attested: &Attested) -> Result<(), StoreError> {
        let sql = "INSERT INTO attested(sha256, body, pdf) VALUES(?1, ?2, ?3)";
        let body = serde_json::to_string(&attested.attestation)?;
        let sha256 = attested.attestation.sealed_sha256;
        self.connection().prepare_cached(sql)?.execute(params![sha256.0, body, attested.pdf.0])?;
        Ok(())
    }
}
