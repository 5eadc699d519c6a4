//! A failed call as a device hears it: a code that says what can be done, and a detail without secrets.

use countersign_model::wire::ErrorCode;

use crate::blobs::BlobError;
use crate::error::HubError;
use crate::store::StoreError;

/// Why a call of a device failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Problem {
    /// What can be done.
    pub code: ErrorCode,
    /// For people who look closer.
    pub detail: String,
}

impl Problem {
    /// A problem with its detail.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Problem {
        Problem { code, detail: detail.into() }
    }
}

impl From<HubError> for Problem {
    fn from(error: HubError) -> Problem {
        let disk = matches!(
            error,
            HubError::Store(StoreError::Disk(_)) | HubError::Blob(BlobError::Disk { .. }) | HubError::File { .. }
        );
        // Paths and SQL are the office's business: the log has them, the answer has not.
        tracing::error!(%error, "a call failed at the hub");
        match disk {
            true => Problem::new(ErrorCode::Storage, "the hub cannot write: nothing was taken, try again later"),
            false => Problem::new(ErrorCode::Unavailable, "the hub could not do it now: try again"),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        HubError::from(error).into()
    }
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Problem {
        match error {
            BlobError::Mismatch { .. } => Problem::new(ErrorCode::DigestMismatch, error.to_string()),
            other => HubError::from(other).into(),
        }
    }
}
