//! The projections over words and list keys, written with each row in its transaction, and the search over all of them.

use std::collections::BTreeSet;

use countersign_model::record::kind;
use countersign_model::words::{asked, indexed, key_of};
use countersign_model::{Id, RecordRef};
use rusqlite::params;
use serde_json::Value;

use super::entries::{Entry, entry_of, names_of, naming_kind, title_fields};
use super::{Read, Stored, Write, id_at, limit_of};

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
    /// Brings words and keys in line with one written row, and the keys of the records that name it. Nothing is written
    /// where nothing changed.
    pub(super) fn project_words(&self, record: &RecordRef, body: Option<&Value>) -> Stored {
        let entry = match body {
            Some(body) => self.described(record, body)?,
            None => None,
        };
        let titles = entry.as_ref().map(|entry| entry.title_keys(&record.kind)).unwrap_or_default();
        self.keep_words(record, entry.as_ref())?;
        let renamed = self.keep_keys(record, entry.as_ref())?.iter().any(|key| titles.contains(key));
        if renamed { self.project_naming(record) } else { Ok(()) }
    }

    /// Brings a record's words and keys in line with what stands around it.
    pub(super) fn project_again(&self, kind: &str, id: Id) -> Stored {
        match self.row(kind, id)? {
            Some(row) => self.project_words(&RecordRef::new(kind, id), row.body.as_ref()),
            None => Ok(()),
        }
    }

    /// The records that name this one are sorted by what it is called now.
    fn project_naming(&self, record: &RecordRef) -> Stored {
        for (kind, field) in naming_kind(&record.kind) {
            let naming = self.all(
                "SELECT DISTINCT id FROM list_key
                 WHERE tenant = ?1 AND kind = ?2 AND field = ?3 AND archived IN (0, 1) AND key = ?4",
                params![self.tenant(), kind, field, record.id.to_string()],
                |row| id_at(row, 0),
            )?;
            for id in naming {
                self.project_again(kind, id)?;
            }
        }
        Ok(())
    }

    fn keep_words(&self, record: &RecordRef, entry: Option<&Entry>) -> Stored {
        let standing = self.first(
            "SELECT entry, shape FROM search_entry WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
            params![self.tenant(), record.kind, record.id.bytes()],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)),
        )?;
        let shape = entry.map(Entry::shape);
        if standing.map(|(_, shape)| shape) == shape.map(|digest| digest.0) {
            return Ok(());
        }
        if let Some((place, _)) = standing {
            self.execute("DELETE FROM search_word WHERE rowid = ?1", params![place])?;
            self.execute("DELETE FROM search_entry WHERE entry = ?1", params![place])?;
        }
        entry.map_or(Ok(()), |entry| self.add_words(record, entry))
    }

    fn add_words(&self, record: &RecordRef, entry: &Entry) -> Stored {
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
                entry.shape().0
            ],
        )?;
        if entry.words.is_empty() {
            return Ok(());
        }
        self.execute(
            "INSERT INTO search_word (rowid, tenant, kind, words) VALUES (?1, ?2, ?3, ?4)",
            params![self.read.connection.last_insert_rowid(), self.tenant_word(), record.kind, indexed(&entry.words)],
        )?;
        Ok(())
    }

    /// Brings the keys of a record in line; answers those that are new.
    fn keep_keys(&self, record: &RecordRef, entry: Option<&Entry>) -> Stored<Vec<(String, String)>> {
        let standing: BTreeSet<(String, String, bool)> = self
            .all(
                "SELECT field, key, archived FROM list_key INDEXED BY list_key_record
                 WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
                params![self.tenant(), record.kind, record.id.bytes()],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?
            .into_iter()
            .collect();
        let wanted: BTreeSet<(String, String, bool)> = entry
            .into_iter()
            .flat_map(|entry| entry.keys.iter().map(|(field, key)| (field.clone(), key.clone(), entry.archived)))
            .collect();
        for (field, key, archived) in standing.difference(&wanted) {
            self.execute(
                "DELETE FROM list_key
                 WHERE tenant = ?1 AND kind = ?2 AND field = ?3 AND archived = ?4 AND key = ?5 AND id = ?6",
                params![self.tenant(), record.kind, field, archived, key, record.id.bytes()],
            )?;
        }
        let mut added = Vec::new();
        for (field, key, archived) in wanted.difference(&standing) {
            self.execute(
                "INSERT INTO list_key (tenant, kind, field, archived, key, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![self.tenant(), record.kind, field, archived, key, record.id.bytes()],
            )?;
            added.push((field.clone(), key.clone()));
        }
        Ok(added)
    }
}

impl Read<'_> {
    /// What the projections hold of a record: its own fields, what the records are called that it names, and of a job
    /// what its visits say.
    fn described(&self, record: &RecordRef, body: &Value) -> Stored<Option<Entry>> {
        let Some(mut entry) = entry_of(&record.kind, body) else { return Ok(None) };
        for (field, kind) in names_of(&record.kind) {
            let named = body.get(*field).and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok());
            let keys = self.names_keys(kind, named)?;
            entry.keys.extend(keys.into_iter().map(|(title, key)| (format!("{field}.{title}"), key)));
        }
        if record.kind == kind::JOB {
            self.add_work(record.id, body, &mut entry)?;
        }
        Ok(Some(entry))
    }

    /// The keys of what a record is called; empty ones where there is none, so that it is listed all the same.
    pub(super) fn names_keys(&self, kind: &str, id: Option<Id>) -> Stored<Vec<(String, String)>> {
        let body = id.map(|id| self.row(kind, id)).transpose()?.flatten().and_then(|row| row.body);
        let keys = body.and_then(|body| entry_of(kind, &body)).map(|entry| entry.title_keys(kind));
        Ok(keys.unwrap_or_else(|| title_fields(kind).into_iter().map(|field| (field, String::new())).collect()))
    }
}

impl Read<'_> {
    /// The tenant as a word of the index.
    fn tenant_word(&self) -> String {
        self.tenant.to_string().replace('-', "")
    }

    /// The FTS5 expression of what was typed within this tenant and these kinds; `None` for nothing to search for.
    pub(super) fn expression(&self, typed: &str, kinds: &[&str]) -> Option<String> {
        let words = asked(typed)?;
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("\"{}\"", kind.replace('"', ""))).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" AND kind : ({})", kinds.join(" OR ")) };
        Some(format!("tenant : \"{}\"{kinds} AND words : ({words})", self.tenant_word()))
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
            params![self.tenant(), kind, field, key_of(value)],
            |row| id_at(row, 0),
        )
    }
}
