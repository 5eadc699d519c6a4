//! The office's books as data: which kinds of master data there are, which fields each has, how a field is typed,
//! stored and looked up. The console's forms and lists and the import of files are drawn from this one table, so that
//! what a person may type and what a file may hold are the same.
//!
//! It holds no rule about who may change what: that is `countersign_model::decide`. It has no SQL of its own.

mod book;
mod find;
mod flaw;
mod plain;
mod scalar;
mod typed;

pub(crate) use book::COMPANY;
pub use book::{BOOKS, Book, Column, Field, Sort, book, book_of_kind};
pub(crate) use find::{Found, by_key, derived_id, find, form_title, is_archived, named_as, title_in, title_of};
pub use flaw::Flaw;
pub(crate) use plain::plain;
pub use typed::DateOrder;
pub(crate) use typed::{Typing, assembled};
