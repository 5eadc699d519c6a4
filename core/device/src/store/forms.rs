//! The forms that are here, compiled once, and what they say of an answer when a command is decided.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;

use countersign_forms::{AnswerProblem, Form};
use countersign_model::Digest;
use countersign_model::decide::{AnswerCheck, FormRules, MediaRules};
use rusqlite::{Connection, OptionalExtension};

use super::{StoreError, lock};

/// Compiled forms by digest. A form never changes, so neither does what is remembered here.
#[derive(Default)]
pub(super) struct FormShelf {
    compiled: Mutex<BTreeMap<Digest, Option<Form>>>,
}

impl fmt::Debug for FormShelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormShelf")
    }
}

impl FormShelf {
    /// The form, if its bytes are here and can be used.
    pub(super) fn get(&self, connection: &Connection, sha256: Digest) -> Result<Option<Form>, StoreError> {
        if let Some(known) = lock(&self.compiled).get(&sha256) {
            return Ok(known.clone());
        }
        let sql = "SELECT bytes FROM form WHERE sha256 = ?1";
        let bytes: Option<Vec<u8>> =
            connection.prepare_cached(sql)?.query_row([sha256.0], |row| row.get(0)).optional()?;
        let Some(bytes) = bytes else { return Ok(None) };
        let form = compile(&bytes, sha256);
        lock(&self.compiled).insert(sha256, form.clone());
        Ok(form)
    }
}

fn compile(bytes: &[u8], sha256: Digest) -> Option<Form> {
    let text = std::str::from_utf8(bytes).ok()?;
    match Form::compile(text) {
        Ok(form) => Some(form),
        Err(problems) => {
            tracing::warn!(%sha256, first = ?problems.first(), "a form cannot be used by this program");
            None
        }
    }
}

/// The shelf inside a transaction, as rules ask it.
pub(super) struct ShelfRules<'a> {
    shelf: &'a FormShelf,
    connection: &'a Connection,
    failed: Cell<Option<StoreError>>,
}

impl<'a> ShelfRules<'a> {
    pub(super) fn new(shelf: &'a FormShelf, connection: &'a Connection) -> ShelfRules<'a> {
        ShelfRules { shelf, connection, failed: Cell::new(None) }
    }

    /// What kept a form from being read since this was last asked. A rule cannot say it, and what it decided then counts
    /// for nothing: SQLite may have rolled the transaction back, and what is written after that stands alone.
    pub(super) fn outcome(&self) -> Result<(), StoreError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    fn form(&self, sha256: Digest) -> Option<Form> {
        self.shelf.get(self.connection, sha256).unwrap_or_else(|error| {
            self.failed.set(Some(error));
            None
        })
    }
}

impl FormRules for ShelfRules<'_> {
    fn check(&self, form: Digest, path: &str, value: &str) -> AnswerCheck {
        let Some(form) = self.form(form) else { return AnswerCheck::NoForm };
        match form.check(path, value) {
            Ok(canonical) => AnswerCheck::Fits(canonical),
            Err(AnswerProblem::WrongType { kind, .. }) => AnswerCheck::Wrong { expected: kind.word().to_owned() },
            Err(AnswerProblem::NotAnOption { .. }) => AnswerCheck::Wrong { expected: "option".to_owned() },
            Err(AnswerProblem::ReadOnly { .. }) => AnswerCheck::Wrong { expected: "read_only".to_owned() },
            Err(AnswerProblem::NoSuchQuestion { .. } | AnswerProblem::TakesNoAnswer { .. }) => AnswerCheck::NoQuestion,
        }
    }
}

impl MediaRules for ShelfRules<'_> {
    /// A phone cannot know what the hub holds.
    fn holds(&self, _sha256: Digest) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_cannot_be_read_is_no_form_that_is_missing() {
        let broken = Connection::open_in_memory().unwrap();
        let shelf = FormShelf::default();
        let rules = ShelfRules::new(&shelf, &broken);
        assert_eq!(rules.check(Digest::of(b"form"), "/runs", "yes"), AnswerCheck::NoForm);
        assert!(matches!(rules.outcome(), Err(StoreError::Database(_))), "what was decided counts for nothing");
        broken.execute_batch("CREATE TABLE form(sha256 BLOB PRIMARY KEY, bytes BLOB NOT NULL)").unwrap();
        assert_eq!(rules.check(Digest::of(b"form"), "/runs", "yes"), AnswerCheck::NoForm);
        assert!(rules.outcome().is_ok(), "it is missing, and nothing failed");
    }
}
