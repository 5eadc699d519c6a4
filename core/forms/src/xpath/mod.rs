//! XPath 1.0 with the ODK functions: reading expressions once, evaluating them many times.
//!
//! Everything that can be wrong with an expression is found when it is read; evaluating never fails. Never holds
//! state between evaluations.

pub(crate) mod ast;
#[cfg(test)]
mod conformance;
pub(crate) mod dates;
pub(crate) mod evaluate;
pub(crate) mod functions;
mod geo;
mod lexer;
pub(crate) mod number;
mod numeric;
pub(crate) mod parser;
mod select;
pub(crate) mod steps;
pub(crate) mod table;
mod text;
pub(crate) mod value;
pub(crate) mod world;
