//! The forms engine: ODK XForms 1.0.0 in Countersign's *service profile*.
//!
//! A form is compiled once ([`Form::compile`]) into an arena of nodes with resolved paths and dependency edges; a
//! [`Fill`] is one filling of it, kept computed: each answer recomputes exactly what depends on it. What a form uses
//! outside the profile is refused at compile with the node named; nothing is ignored silently.
//!
//! Architecture invariant: pure. No clock, randomness, files, network or SQL; no XML document at run time; no
//! sentences for people (problems are codes with parameters, the texts crate words them).

mod check;
mod compile;
mod environment;
mod fill;
mod form;
mod key;
mod lists;
mod model;
mod names;
mod problem;
mod question;
mod rules;
pub mod samples;
mod scale;
mod snapshot;
mod stored;
mod tree;
mod within;
mod xpath;

pub use environment::Environment;
pub use fill::Fill;
pub use form::Form;
pub use key::{ItemId, NodeKey};
pub use problem::{
    AnswerProblem, FormProblem, FormProblemCode, ItemProblem, Orphan, QuestionProblem, QuestionProblemCode,
};
pub use question::{Choice, QuestionInfo, QuestionKind, Scale};
pub use snapshot::{
    Changes, DefaultValue, Effect, Input, ItemView, NodeView, OptionView, PageEntry, PageView, Progress, QuestionView,
    Reason, RepeatView, Saved, ValueOrigin, Why,
};
pub use stored::{ACKNOWLEDGED, Picked, picked, stored_date_time, stored_time, together, toggled, values_of};
pub use within::is_within;
