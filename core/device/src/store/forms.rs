//! The forms that are here, compiled once, and what they say of an answer when a command is decided.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;

use countersign_forms::{AnswerProblem, Form};
use countersign_model::Digest;
use countersign_model::decide::{AnswerCheck, FormRules, MediaRules};
use rusqlite::{Connection, OptionalExtension};

use super::lock;

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
    pub(super) fn get(&self, connection: &Connection, sha256: Digest) -> Option<Form> {
        if let Some(known) = lock(&self.compiled).get(&sha256) {
            return known.clone();
        }
        let bytes: Option<Vec<u8>> = connection
            .prepare_cached("SELECT bytes FROM form WHERE sha256 = ?1")
            .and_then(|mut statement| statement.query_row([sha256.0], |row| row.get(0)).optional())
            .ok()
            .flatten();
        let form = compile(&bytes?, sha256);
        lock(&self.compiled).insert(sha256, form.clone());
        form
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
    pub shelf: &'a FormShelf,
    pub connection: &'a Connection,
}

impl FormRules for ShelfRules<'_> {
    fn check(&self, form: Digest, path: &str, value: &str) -> AnswerCheck {
        let Some(form) = self.shelf.get(self.connection, form) else { return AnswerCheck::NoForm };
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
