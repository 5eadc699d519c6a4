//! What can be wrong: with a form (at import), with an answer (when it is given), with a fill (before it is signed).
//!
//! Sentences for people are not written here: each problem has a code and parameters, and the texts crate words it.
//! The `Display` of a form problem is for the author of the form and the log.

use serde::{Deserialize, Serialize};

use crate::key::NodeKey;
use crate::question::QuestionKind;

/// Why a form cannot be used. The form is refused whole; nothing in it is ignored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
#[error("{node}: {code}: {detail}")]
pub struct FormProblem {
    /// Where: the element, bind or path, such as `bind /data/pressure` or `/h:html/h:body/input[3]`.
    pub node: String,
    /// What kind of problem.
    pub code: FormProblemCode,
    /// The text that is at fault: an expression, an attribute, a name.
    pub detail: String,
}

/// The kinds of form problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FormProblemCode {
    /// The text is not well-formed XML.
    #[error("not well-formed XML")]
    Xml,
    /// A part that every form has is missing.
    #[error("a part that every form needs is missing")]
    Missing,
    /// An element, attribute, type, event or appearance outside the service profile.
    #[error("outside the service profile")]
    OutsideProfile,
    /// An expression that cannot be read.
    #[error("the expression cannot be read")]
    Expression,
    /// A function that the service profile does not have.
    #[error("a function outside the service profile")]
    Function,
    /// A path that leads to no node of the form.
    #[error("the path leads to no node")]
    NoSuchNode,
    /// A text id, list or instance that the form does not define.
    #[error("refers to something that the form does not define")]
    Undefined,
    /// Two things with one name.
    #[error("defined twice")]
    Duplicate,
    /// A value that is not of the type declared for it.
    #[error("not of the declared type")]
    WrongType,
    /// Values that depend on each other in a circle.
    #[error("depends on itself")]
    Circle,
}

/// Why an answer is refused. Nothing changes when one is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AnswerProblem {
    /// The form has no such question, or the repeat item is not there.
    #[error("there is no question {path}")]
    NoSuchQuestion {
        /// The path or reference asked for.
        path: String,
    },
    /// The node takes no answer: a note, a group, a calculated value.
    #[error("{path} takes no answer")]
    TakesNoAnswer {
        /// The path asked for.
        path: String,
    },
    /// The question is read-only at this moment.
    #[error("{path} is read-only")]
    ReadOnly {
        /// The path asked for.
        path: String,
    },
    /// The text is not a value of the question's kind.
    #[error("{value:?} is not a value of kind {}", kind.word())]
    WrongType {
        /// The kind that the question takes.
        kind: QuestionKind,
        /// The text given.
        value: String,
    },
    /// The value is not among the options.
    #[error("{value:?} is not an option of {path}")]
    NotAnOption {
        /// The path asked for.
        path: String,
        /// The value that is not an option.
        value: String,
    },
}

/// What keeps a question from being complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionProblem {
    /// What is wrong.
    pub code: QuestionProblemCode,
    /// The form's own message in the fill's language; `None` when the form has none and the texts crate words the code.
    pub message: Option<String>,
}

/// The kinds of question problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionProblemCode {
    /// Required, relevant, and without an answer.
    Missing,
    /// The answer breaks the question's constraint.
    Violated,
    /// The answer is not (or no longer) among the options. It is kept and shown, never dropped.
    NotAnOption,
}

/// A saved answer whose place is not in this form version, or whose item is gone. It is kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphan {
    /// Where it was.
    pub key: NodeKey,
    /// What it was.
    pub value: String,
}

/// Why a repeat item cannot be added or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ItemProblem {
    /// The form has no such repeat, or an item around it is not there.
    #[error("there is no repeat {path}")]
    NoSuchRepeat {
        /// The path asked for.
        path: String,
    },
    /// No item with this id.
    #[error("there is no item {id} in {path}")]
    NoSuchItem {
        /// The repeat's path.
        path: String,
        /// The id asked for.
        id: String,
    },
    /// An item with this id is there already.
    #[error("item {id} is in {path} already")]
    SameId {
        /// The repeat's path.
        path: String,
        /// The id given.
        id: String,
    },
    /// The form calculates how many items there are.
    #[error("the form counts the items of {path} itself")]
    Counted {
        /// The repeat's path.
        path: String,
    },
}
