//! Media of the hub that this device needs and does not have: noted when the row that names them comes, so that a sync with
//! nothing to do looks at no row of any job.

use std::collections::BTreeSet;
use std::io::Read;

use countersign_model::Digest;
use countersign_model::record::{Row, kind};
use countersign_model::wire::MEDIA_BYTES;
use rusqlite::params;
use serde_json::Value;

use super::push::digest_at;
use super::topics::Topic;
use super::{Rows, Store, StoreError, Tx};

/// Largest form that is taken, in bytes.
const FORM_BYTES: u64 = 32 << 20;

/// In which order they are fetched: nothing can be filled in without its form.
mod rank {
    pub(super) const FORM: i64 = 0;
    pub(super) const LOGO: i64 = 1;
    pub(super) const PICTURE: i64 = 2;
}

/// What a row of the hub names: its rank, and where in the body.
fn named(row: &Row, body: &Value) -> Vec<(i64, Digest)> {
    let at = |rank, pointer: &str| Some((rank, body.pointer(pointer)?.as_str()?.parse().ok()?));
    let found = match row.kind.as_str() {
        kind::FORM if body.pointer("/active") == Some(&Value::Bool(true)) => [at(rank::FORM, "/sha256"), None],
        kind::JOB | kind::MODEL | kind::FILL => [at(rank::FORM, "/form"), None],
        kind::COMPANY => [at(rank::LOGO, "/logo/sha256"), None],
        kind::EVIDENCE => [at(rank::PICTURE, "/thumbnail/sha256"), at(rank::PICTURE, "/preview/sha256")],
        _ => [None, None],
    };
    found.into_iter().flatten().collect()
}

impl Tx<'_> {
    /// Notes what this row, which was just taken, names and is not here.
    pub(super) fn want_media_of(&self, row: &Row) -> Result<(), StoreError> {
        let Some(body) = &row.body else { return Ok(()) };
        for (rank, sha256) in named(row, body) {
            if self.rows().is_missing(rank, sha256)? {
                let sql =
                    "INSERT INTO wanted_media(rank, sha256, kind, id) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
                let wanted = params![rank, sha256.0, row.kind, row.id.bytes()];
                self.connection().prepare_cached(sql)?.execute(wanted)?;
            }
        }
        Ok(())
    }

    /// It came.
    pub(super) fn media_came(&self, sha256: Digest) -> Result<(), StoreError> {
        self.connection().prepare_cached("DELETE FROM wanted_media WHERE sha256 = ?1")?.execute([sha256.0])?;
        Ok(())
    }

    /// Rows went: what only they named is not wanted any more.
    pub(super) fn forget_wanted_media(&self) -> Result<(), StoreError> {
        let sql = "DELETE FROM wanted_media AS w WHERE NOT EXISTS
                     (SELECT 1 FROM base_record AS b WHERE b.kind = w.kind AND b.id = w.id AND b.body IS NOT NULL)";
        self.connection().prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

impl Store {
    /// Media that this device needs and does not have, at most so many: forms, the company's logo, then thumbnails and
    /// previews of held evidence.
    pub fn media_to_fetch(&self, most: usize) -> Result<Vec<Digest>, StoreError> {
        self.read(|rows| rows.media_to_fetch(most))
    }

    /// Takes fetched bytes, if they have the digest.
    pub fn store_fetched(&self, sha256: Digest, reader: &mut dyn Read) -> Result<(), StoreError> {
        let is_form = self.read(|rows| rows.is_missing_form(sha256))?;
        if is_form {
            return self.store_form(sha256, reader);
        }
        let staged = self.stage(reader, MEDIA_BYTES)?;
        if staged.sha256 != sha256 {
            return Err(StoreError::WrongBytes(sha256));
        }
        self.write(|tx| {
            let sql = "INSERT INTO media(sha256, bytes, class, rank, state, here, added) VALUES(?1, ?2, 'preview', 1, 'remote', 1, 0)
                       ON CONFLICT(sha256) DO UPDATE SET here = 1, damaged = 0";
            let bytes = i64::try_from(staged.bytes).unwrap_or(i64::MAX);
            tx.connection().prepare_cached(sql)?.execute(params![sha256.0, bytes])?;
            tx.media_came(sha256)?;
            tx.touch(Topic::References);
            Ok(())
        })
    }

    fn store_form(&self, sha256: Digest, reader: &mut dyn Read) -> Result<(), StoreError> {
        let mut bytes = Vec::new();
        let mut limited = reader.take(FORM_BYTES + 1);
        limited.read_to_end(&mut bytes).map_err(StoreError::files("reading a form"))?;
        if Digest::of(&bytes) != sha256 {
            return Err(StoreError::WrongBytes(sha256));
        }
        self.write(|tx| tx.put_form(sha256, &bytes))
    }
}

impl Rows<'_> {
    pub(super) fn media_to_fetch(&self, most: usize) -> Result<Vec<Digest>, StoreError> {
        let mut wanted = self.forms_of_unsent_work()?;
        let sql =
            "SELECT w.rank, w.sha256 FROM wanted_media AS w JOIN base_record AS b ON b.kind = w.kind AND b.id = w.id
                   WHERE b.body IS NOT NULL GROUP BY w.rank, w.sha256";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, digest_at(row, 1)?)))?;
        for pair in found {
            if wanted.len() >= most {
                break;
            }
            let (rank, sha256) = pair?;
            // Another way may have brought it: a colleague's file, this device's own photo.
            if self.is_missing(rank, sha256)? && !wanted.contains(&sha256) {
                wanted.push(sha256);
            }
        }
        wanted.truncate(most);
        Ok(wanted)
    }

    /// Whether these bytes are fetched as a form.
    fn is_missing_form(&self, sha256: Digest) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM wanted_media WHERE rank = ?1 AND sha256 = ?2";
        let named = self.connection().prepare_cached(sql)?.exists(params![rank::FORM, sha256.0])?;
        Ok((named && self.is_missing(rank::FORM, sha256)?) || self.forms_of_unsent_work()?.contains(&sha256))
    }

    /// Missing forms that own work and a colleague's name.
    fn forms_of_unsent_work(&self) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT json_extract(body, '$.form') FROM overlay_record WHERE kind IN ('job', 'model', 'fill')
                   UNION SELECT json_extract(body, '$.form') FROM carried_record WHERE kind IN ('job', 'model', 'fill')";
        let mut statement = self.connection().prepare_cached(sql)?;
        let named = statement.query_map([], |row| row.get::<_, Option<String>>(0))?;
        let named: BTreeSet<Option<String>> = named.collect::<Result<_, _>>()?;
        let digests = named.into_iter().flatten().filter_map(|text| text.parse().ok());
        let missing = digests.map(|sha256| Ok(self.is_missing(rank::FORM, sha256)?.then_some(sha256)));
        missing.filter_map(Result::transpose).collect()
    }

    fn is_missing(&self, rank: i64, sha256: Digest) -> Result<bool, StoreError> {
        if rank == rank::FORM {
            let sql = "SELECT 1 FROM form WHERE sha256 = ?1";
            return Ok(!self.connection().prepare_cached(sql)?.exists([sha256.0])?);
        }
        Ok(self.media(sha256)?.is_none_or(|media| !media.here && !media.damaged))
    }
}
