//! The model of Countersign: records, commands, decisions, digests, trust and wire types.
//!
//! Pure: no clock, randomness, file, network or SQL. Phone and hub call the same [`decide`](decide::decide), so a
//! business rule exists once. What is stored or sent is defined here and nowhere else.

pub mod canonical;
pub mod digest;
pub mod document;
pub mod id;
pub mod language;
pub mod money;
mod open_enum;
pub mod time;
pub mod trust;

pub use digest::Digest;
pub use id::{Id, RecordRef};
pub use language::{Language, LocalText};
