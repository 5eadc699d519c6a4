//! A compiled form: immutable, cheap to clone, shared by all its fills.
//!
//! Never holds answers and never reads XML after compiling.

use std::sync::Arc;

use crate::problem::{AnswerProblem, FormProblem, FormProblemCode};
use crate::question::QuestionInfo;

/// A compiled form. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Form {
    pub(crate) inner: Arc<FormInner>,
}

#[derive(Debug)]
pub(crate) struct FormInner {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) languages: Vec<String>,
}

impl Form {
    /// Compiles a form. Everything outside the service profile is a problem, and each problem names its node.
    pub fn compile(xml: &str) -> Result<Form, Vec<FormProblem>> {
        let problem = |detail: String| {
            vec![FormProblem {
                node: "/".to_owned(),
                code: FormProblemCode::Xml,
                detail,
            }]
        };
        roxmltree::Document::parse(xml).map_err(|error| problem(error.to_string()))?;
        Err(problem("not built yet".to_owned()))
    }

    /// The form's id (of the primary instance).
    pub fn id(&self) -> &str {
        &self.inner.id
    }

    /// The form's title.
    pub fn title(&self) -> &str {
        &self.inner.title
    }

    /// The form's version text, or empty.
    pub fn version(&self) -> &str {
        &self.inner.version
    }

    /// The languages as the form names them, such as `English (en)`; empty for a form without translations.
    pub fn languages(&self) -> &[String] {
        &self.inner.languages
    }

    /// What the form says about its questions, in document order, in a language (see [`crate::Environment::language`]).
    pub fn questions(&self, _language: &str) -> Vec<QuestionInfo> {
        Vec::new()
    }

    /// Checks the type of an answer without a fill and returns it in canonical form (trimmed where the kind is not
    /// text). Options are checked where they do not depend on answers. The empty value clears and is always of the
    /// right type.
    pub fn check(&self, path: &str, _value: &str) -> Result<String, AnswerProblem> {
        Err(AnswerProblem::NoSuchQuestion {
            path: path.to_owned(),
        })
    }
}
