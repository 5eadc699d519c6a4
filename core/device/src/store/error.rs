//! What can go wrong in the store, by what a person can do about it.

use std::io;

use countersign_model::decide::{Need, Refusal};
use countersign_model::trust::TrustProblem;

use crate::vault::VaultError;

/// Why the store could not do something. Nothing was changed where one of these is returned.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer program wrote the file: update this one. The file was not touched.
    #[error("this folder was written by a newer program (format {found}, this program knows {known}): update it")]
    Newer {
        /// Format of the file.
        found: i64,
        /// Newest format that this program knows.
        known: i64,
    },
    /// No space is left: free some, then try again. Nothing that was saved is lost.
    #[error("there is no space left: free some and try again; everything saved before is safe")]
    Full,
    /// Too little space is left to begin a capture: free some first. Nothing was copied.
    #[error("only {free} bytes are free and {reserve} must stay so: free space before you capture")]
    Reserve {
        /// Bytes that are free.
        free: u64,
        /// Bytes that must stay free.
        reserve: u64,
    },
    /// The database is damaged: open the store again, it will be moved aside and salvaged.
    #[error("the database is damaged ({0}): start again, unsent work is salvaged")]
    Damaged(String),
    /// The storage failed: try again; if it stays, the device needs attention.
    #[error("{doing} failed: {source}")]
    Files {
        /// What was being done.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
    /// The database refused: report it.
    #[error("the database refused: {0}")]
    Database(rusqlite::Error),
    /// This needs an enrolled device: ask the office for an invitation.
    #[error("this device is not enrolled: ask the office for an invitation")]
    NotEnrolled,
    /// A signature or chain does not fit the pinned keys: what it says is not believed.
    #[error("this does not come from the office that this device trusts: {0}")]
    Untrusted(#[from] TrustProblem),
    /// The token could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The rules refused a command; nothing was saved.
    #[error("refused: {} {:?}", .0.code, .0.facts)]
    Refused(Refusal),
    /// The command is about something that is not here.
    #[error("this is not on this device: {0:?}")]
    Missing(Need),
    /// Bytes do not have the digest that names them.
    #[error("the bytes of {0} are damaged")]
    WrongBytes(countersign_model::Digest),
    /// What was to be captured cannot be taken: choose or take it again. Nothing was kept.
    #[error("{0}")]
    Source(String),
    /// Something from outside does not fit its format.
    #[error("malformed: {0}")]
    Malformed(String),
}

impl StoreError {
    /// Names what was being done when the system failed.
    pub(crate) fn files(doing: impl Into<String>) -> impl FnOnce(io::Error) -> StoreError {
        let doing = doing.into();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
            _ => StoreError::Files { doing, source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            // The shared index beside the database did not fit: a full disk under another name.
            _ if extended(&error) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => StoreError::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged(error.to_string()),
            _ if is_no_value_of_ours(&error) => StoreError::Damaged(error.to_string()),
            _ => StoreError::Database(error),
        }
    }
}

/// A column holds what the store never writes into it.
fn is_no_value_of_ours(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..)
    )
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|inner| inner.extended_code)
}

impl From<countersign_model::canonical::NotCanonical> for StoreError {
    fn from(error: countersign_model::canonical::NotCanonical) -> StoreError {
        StoreError::Malformed(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::Malformed(error.to_string())
    }
}
