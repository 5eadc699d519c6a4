//! The model of Countersign: records, commands, decisions, digests, trust and wire types.
//!
//! Pure: no clock, randomness, file, network or SQL. Phone and hub call the same [`decide`](decide::decide), so a
//! business rule exists once. What is stored or sent is defined here and nowhere else.
#![cfg_attr(test, allow(clippy::string_slice, reason = "tests cut ASCII texts of their own"))]

pub mod canonical;
pub mod charges;
pub mod command;
pub mod decide;
pub mod departure;
pub mod digest;
pub mod document;
pub mod entity;
pub mod holding;
pub mod id;
pub mod job_state;
pub mod language;
pub mod lease;
pub mod limits;
pub mod log;
pub mod merkle;
pub mod money;
mod open_enum;
pub mod parsed;
pub mod payload;
pub mod permission;
pub mod record;
pub mod recovery;
#[cfg(feature = "openapi")]
mod schema;
pub mod scope_sum;
pub mod seeded;
pub mod state;
pub mod time;
pub mod trust;
pub mod wire;
pub mod words;

pub use digest::Digest;
pub use id::{Id, RecordRef};
pub use language::{Language, LocalText};
