//! The forms that are at hand, as the rules of `decide` ask about them.
//!
//! Filled by its owner from blobs; never fetches a form itself.

use std::collections::BTreeMap;

use countersign_model::decide::{AnswerCheck, FormRules};
use countersign_model::digest::Digest;

use crate::form::Form;
use crate::problem::AnswerProblem;

/// Compiled forms by the digest of their XML.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    forms: BTreeMap<Digest, Form>,
}

impl Shelf {
    /// An empty shelf.
    pub fn new() -> Shelf {
        Shelf::default()
    }

    /// Puts a form on the shelf.
    pub fn put(&mut self, digest: Digest, form: Form) {
        self.forms.insert(digest, form);
    }

    /// The form with this digest.
    pub fn form(&self, digest: &Digest) -> Option<&Form> {
        self.forms.get(digest)
    }
}

impl FormRules for Shelf {
    fn check(&self, form: Digest, path: &str, value: &str) -> AnswerCheck {
        let Some(form) = self.forms.get(&form) else { return AnswerCheck::NoForm };
        match form.check(path, value) {
            Ok(canonical) => AnswerCheck::Fits(canonical),
            Err(AnswerProblem::NoSuchQuestion { .. } | AnswerProblem::TakesNoAnswer { .. }) => AnswerCheck::NoQuestion,
            Err(AnswerProblem::WrongType { kind, .. }) => AnswerCheck::Wrong { expected: kind.word().to_owned() },
            Err(AnswerProblem::NotAnOption { .. }) => AnswerCheck::Wrong { expected: "option".to_owned() },
            // Read-only depends on a fill; without one it cannot come up.
            Err(AnswerProblem::ReadOnly { .. }) => AnswerCheck::NoQuestion,
        }
    }
}
