//! What keeps a company's work when a machine or a phone is lost: the recovery key, rescue files, backups and restoring.
//!
//! The recovery key's private half is written once, by `hub init`, for the company to keep away from every machine; the
//! hub knows its public half. Nothing here judges a command: rescued ones go through the inbox like all others.

mod backup;
mod backup_folder;
pub(crate) mod journal;
mod manifest;
mod notes;
mod prove;
mod recovery;
mod rescue;
mod restore;
mod rotate;

pub use backup::{Backup, BackupOptions, KEPT_BACKUPS};
pub(crate) use journal::JournalFile;
pub use prove::{BackupRun, ProvenBackup};
pub use recovery::{RECOVERY_FILE, read_recovery_key};
pub(crate) use recovery::{keep, make_recovery_keys};
pub use rescue::Rescued;
pub use restore::{RestoreOptions, Restored};
pub use rotate::Rotated;
pub(crate) use rotate::TENANT_KEY;
