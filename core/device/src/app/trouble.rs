//! An error in a person's words, the same in every shell: what happened, what is safe, what to do; what only a supporter
//! understands stands apart.

use countersign_texts::Texts;

use super::AppError;
use crate::sync::EnrolProblem;

/// The sentences of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do; empty where the first sentence says it.
    pub todo: String,
    /// For a supporter; empty for nothing.
    pub details: String,
}

impl Trouble {
    /// The trouble that goes by this name in the texts.
    pub fn named(texts: &Texts, name: &str, details: String) -> Trouble {
        let text = |part: &str| texts.get(&format!("trouble-{name}-{part}"));
        Trouble { what: text("what"), safe: text("safe"), todo: text("todo"), details }
    }
}

impl AppError {
    /// Its sentences.
    pub fn trouble(&self, texts: &Texts) -> Trouble {
        let (name, details) = match self {
            AppError::Refused { refusal } => {
                // The sentence of a refusal says what happened and what to do.
                let (what, safe) = (texts.refusal(refusal), texts.get("trouble-kept-safe"));
                return Trouble { what, safe, ..Trouble::default() };
            }
            AppError::Incomplete { missing } => {
                let what = texts.with("trouble-incomplete-what", &[("missing", missing.join(" · ").as_str().into())]);
                let todo = texts.get("trouble-incomplete-todo");
                return Trouble { what, safe: texts.get("trouble-kept-safe"), todo, details: String::new() };
            }
            AppError::Input { why } => ("input", why.clone()),
            AppError::ShownChanged => ("shown-changed", String::new()),
            AppError::Enrol => ("enrol", String::new()),
            AppError::Space => ("space", String::new()),
            AppError::Locked { .. } => ("locked", String::new()),
            AppError::Damaged { why } => ("damaged", why.clone()),
            AppError::Update { why } => ("update", why.clone()),
            AppError::NotFound { what, name } => ("not-found", format!("{what} {name}")),
            AppError::Environment { why } => ("environment", why.clone()),
            AppError::Report { why } => ("report", why.clone()),
        };
        Trouble::named(texts, name, details)
    }
}

impl EnrolProblem {
    /// Its sentences.
    pub fn trouble(&self, texts: &Texts) -> Trouble {
        let name = match self {
            EnrolProblem::NotConnected(_) => "enrol-offline",
            EnrolProblem::Busy(_) => "enrol-busy",
            EnrolProblem::CodeUsed => "enrol-used",
            EnrolProblem::CodeUnknown => "enrol-unknown",
            EnrolProblem::Untrusted(_) => "enrol-untrusted",
            EnrolProblem::NotUnderstood(_) => "enrol-update",
            EnrolProblem::Vault(_) => "enrol-locked",
            EnrolProblem::Store(_) => "environment",
        };
        Trouble::named(texts, name, self.to_string())
    }
}
