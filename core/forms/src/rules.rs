//! What a form says of an answer when a command is decided: one wording for the phone and the hub.
//!
//! Finding the form by its digest is the caller's part.

use countersign_model::decide::AnswerCheck;

use crate::form::Form;
use crate::problem::AnswerProblem;

impl Form {
    /// [`Form::check`] in the words of `decide`: phone and hub answer alike.
    pub fn judge(&self, path: &str, value: &str) -> AnswerCheck {
        let wrong = |expected: &str| AnswerCheck::Wrong { expected: expected.to_owned() };
        match self.check(path, value) {
            Ok(canonical) => AnswerCheck::Fits(canonical),
            Err(AnswerProblem::WrongType { kind, .. }) => wrong(kind.word()),
            Err(AnswerProblem::NotAnOption { .. }) => wrong("option"),
            Err(AnswerProblem::TakesNoAnswer { .. } | AnswerProblem::ReadOnly { .. }) => wrong("nothing"),
            Err(AnswerProblem::NoSuchQuestion { .. }) => AnswerCheck::NoQuestion,
        }
    }
}
