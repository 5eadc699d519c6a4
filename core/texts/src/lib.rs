//! Every text that a person reads from Rust, in four languages, and the formats of dates, numbers and money.
//!
//! Texts live in Fluent files under `locales`, one folder a language, built into the program. This crate never glues
//! words to sentences, never asks for the time, and holds no global state: make a [`Texts`] and keep it.

mod catalogue;
mod chips;
mod chosen;
mod format;
mod locales;
mod media;
mod money;
mod refusal;
mod typed;
mod zone;

pub use catalogue::{Texts, Value, keys};
pub use chips::Chip;
pub use money::sum_to_type;
pub use typed::{typed_number, typed_sum, typed_window};
pub use zone::{TIME_ZONES, Zone};
