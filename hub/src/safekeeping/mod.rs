//! What keeps a company's work when a machine or a phone is lost: the recovery key, rescue files, backups and restoring.
//!
//! The recovery key's private half is written once, by `hub init`, for the company to keep away from every machine; the
//! hub knows its public half. Nothing here judges a command: rescued ones go through the inbox like all others.

mod recovery;
mod rescue;

pub use recovery::{RECOVERY_FILE, read_recovery_key};
pub(crate) use recovery::{keep, make_recovery_keys};
pub use rescue::Rescued;
