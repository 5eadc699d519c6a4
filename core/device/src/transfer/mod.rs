//! Hand-over and rescue: unsent work leaves this device as one encrypted file and reaches the hub through another device
//! or through the office.
//!
//! A hand-over file is encrypted to the key that a colleague's device shows; a rescue file to the office's recovery key and
//! to the hub, so that a colleague carries it without being able to read it. The bundle inside holds the device's
//! credential, the commands that the hub does not have with the chain's signatures, and the files that have no receipt.
//! Nothing is removed from the device that exports: its work is safe only when the hub says so. Plain bytes are never
//! written outside the store.

mod export;
mod import;

use std::path::Path;

use countersign_documents::{EncryptedProblem, StreamProblem, public_half};
use countersign_model::recovery::{DecryptionKey, EncryptionKey};

pub use export::{ExportTo, Exported};
pub use import::Imported;

use crate::app::{App, AppError};
use crate::store::StoreError;

impl App {
    /// The key that a colleague's hand-over file for this device is encrypted to; made when it is first asked for.
    pub fn receive_key(&self) -> Result<EncryptionKey, AppError> {
        Ok(public_half(&self.secret_receive_key()?))
    }

    fn secret_receive_key(&self) -> Result<DecryptionKey, AppError> {
        let fresh = DecryptionKey::from_bytes(chance()?);
        Ok(self.store().receive_key_or(&fresh)?)
    }
}

/// 32 bytes of chance from the system.
fn chance() -> Result<[u8; 32], AppError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| report(format!("no chance from the system: {error}")))?;
    Ok(bytes)
}

fn input(why: String) -> AppError {
    AppError::Input { why }
}

fn report(why: String) -> AppError {
    AppError::Report { why }
}

fn of_encrypted(path: &Path, problem: EncryptedProblem) -> AppError {
    match problem {
        EncryptedProblem::Io(error) => environment(path, &error),
        EncryptedProblem::Newer(_) => AppError::Update { why: problem.to_string() },
        other => input(other.to_string()),
    }
}

fn of_stream(path: &Path, problem: StreamProblem) -> AppError {
    use countersign_documents::BundleProblem;
    match problem {
        StreamProblem::Io(error) => environment(path, &error),
        StreamProblem::Bundle(BundleProblem::Newer(_)) => AppError::Update { why: problem.to_string() },
        other => input(other.to_string()),
    }
}

fn environment(path: &Path, error: &std::io::Error) -> AppError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => AppError::Space,
        _ => AppError::Environment { why: format!("{}: {error}", path.display()) },
    }
}

/// An error of the store on its way through the reading of a file.
fn through(error: StoreError) -> StreamProblem {
    match error {
        StoreError::Full => StreamProblem::Io(std::io::ErrorKind::StorageFull.into()),
        other => StreamProblem::Io(std::io::Error::other(other.to_string())),
    }
}
