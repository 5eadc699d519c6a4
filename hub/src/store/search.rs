//! The projections over words and list keys, written with each row in its transaction, and the search over all of them.

use countersign_model::{Id, RecordRef};
use rusqlite::params;
use serde_json::Value;

use super::entries::{Entry, entry_of};
use super::{Read, Stored, Write, id_at, limit_of, words};

/// A hit of the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place, for asking for the next page.
    pub place: i64,
    /// Which record.
    pub record: RecordRef,
    /// What it is called; for texts in several languages one of them.
    pub title: String,
    /// The beginning of its other texts.
    pub text: String,
    /// Whether it is archived.
    pub archived: bool,
}

impl Write<'_> {
    /// Brings words and keys in line with one written row. Nothing is written where neither changed.
    pub(super) fn project_words(&self, record: &RecordRef, body: Option<&Value>) -> Stored {
        let entry = body.and_then(|body| entry_of(&record.kind, body));
        let standing = self.first(
            "SELECT entry, shape FROM search_entry WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
            params![self.tenant(), record.kind, record.id.bytes()],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)),
        )?;
        match (standing, entry) {
            (None, None) => Ok(()),
            (Some((_, shape)), Some(entry)) if shape == entry.shape.0 => Ok(()),
            (standing, entry) => {
                if let Some((place, _)) = standing {
                    self.forget_words(record, place)?;
                }
                entry.map_or(Ok(()), |entry| self.keep_words(record, &entry))
            }
        }
    }

    fn forget_words(&self, record: &RecordRef, place: i64) -> Stored {
        self.execute("DELETE FROM search_word WHERE rowid = ?1", params![place])?;
        self.execute("DELETE FROM search_entry WHERE entry = ?1", params![place])?;
        self.execute(
            "DELETE FROM list_key WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
            params![self.tenant(), record.kind, record.id.bytes()],
        )?;
        Ok(())
    }

    fn keep_words(&self, record: &RecordRef, entry: &Entry) -> Stored {
        self.execute(
            "INSERT INTO search_entry (tenant, kind, id, title, text, archived, shape)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.tenant(),
                record.kind,
                record.id.bytes(),
                entry.title,
                entry.text,
                entry.archived,
                entry.shape.0
            ],
        )?;
        if !entry.words.is_empty() {
            self.execute(
                "INSERT INTO search_word (rowid, tenant, kind, words) VALUES (?1, ?2, ?3, ?4)",
                params![
                    self.read.connection.last_insert_rowid(),
                    self.tenant_word(),
                    record.kind,
                    words::indexed(&entry.words)
                ],
            )?;
        }
        for (field, key) in &entry.keys {
            self.execute(
                "INSERT INTO list_key (tenant, kind, field, archived, key, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO NOTHING",
                params![self.tenant(), record.kind, field, entry.archived, key, record.id.bytes()],
            )?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// The tenant as a word of the index.
    fn tenant_word(&self) -> String {
        self.tenant.to_string().replace('-', "")
    }

    /// The FTS5 expression of what was typed within this tenant and these kinds; `None` for nothing to search for.
    pub(super) fn expression(&self, typed: &str, kinds: &[&str]) -> Option<String> {
        let asked = words::asked(typed)?;
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("\"{}\"", kind.replace('"', ""))).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" AND kind : ({})", kinds.join(" OR ")) };
        Some(format!("tenant : \"{}\"{kinds} AND words : ({asked})", self.tenant_word()))
    }

    /// Records of these kinds (of all, where none is named) in which every typed word occurs, newest first. `after` is
    /// the place of the last hit of the page before. Who may see a hit is the caller's business.
    pub fn search(&self, typed: &str, kinds: &[&str], after: Option<i64>, limit: usize) -> Stored<Vec<Found>> {
        let Some(expression) = self.expression(typed, kinds) else { return Ok(Vec::new()) };
        self.all(
            "SELECT e.entry, e.kind, e.id, e.title, e.text, e.archived
             FROM search_word w CROSS JOIN search_entry e ON e.entry = w.rowid
             WHERE search_word MATCH ?1 AND w.rowid < ?2 AND e.tenant = ?3
             ORDER BY w.rowid DESC LIMIT ?4",
            params![expression, after.unwrap_or(i64::MAX), self.tenant(), limit_of(limit)],
            |row| {
                let record = RecordRef { kind: row.get(1)?, id: id_at(row, 2)? };
                Ok(Found { place: row.get(0)?, record, title: row.get(3)?, text: row.get(4)?, archived: row.get(5)? })
            },
        )
    }

    /// The records of a kind that a person names by the value of a field such as `serial`, without case; archived ones
    /// after the others. At most a handful is answered: whoever asks wants to know whether there is exactly one.
    pub fn named(&self, kind: &str, field: &str, value: &str) -> Stored<Vec<Id>> {
        self.all(
            "SELECT id FROM list_key WHERE tenant = ?1 AND kind = ?2 AND field = ?3 AND archived IN (0, 1) AND key = ?4
             ORDER BY archived, id LIMIT 5",
            params![self.tenant(), kind, field, super::key_of(value)],
            |row| id_at(row, 0),
        )
    }
}
