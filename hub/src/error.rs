//! What can go wrong at the hub, by what a person can do about it.

use std::net::SocketAddr;
use std::path::PathBuf;

use countersign_model::canonical::NotCanonical;
use countersign_model::decide::Refusal;
use countersign_model::trust::TrustProblem;

use crate::blobs::BlobError;
use crate::edge::NoChance;
use crate::store::StoreError;

/// Why the hub did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The folder already holds a hub.
    #[error("{0} already holds a hub: open it with `hub serve`, or name another folder")]
    AlreadyAHub(PathBuf),
    /// Another process serves this folder.
    #[error("another process serves {0}: stop it first, or use it")]
    Serving(PathBuf),
    /// Listening beyond this machine without encryption.
    #[error(
        "{0} can be reached from other machines: give a certificate (--tls-cert, --tls-key), use --tls-self-signed, \
         or put a proxy that encrypts in front (--behind-proxy)"
    )]
    Insecure(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// The certificate or its key cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Certificate(String),
    /// The rules refused a command.
    #[error("refused: {}", .0.code)]
    Refused(Refusal),
    /// The command waits for something that is not here.
    #[error("it waits for something that is not here yet")]
    Waiting,
    /// Nothing fits what was named.
    #[error("there is no {what} \"{name}\"")]
    NotFound {
        /// Such as `person`.
        what: &'static str,
        /// As it was named.
        name: String,
    },
    /// Several things fit what was named.
    #[error("several {what} fit \"{name}\": name one by its id")]
    Several {
        /// Such as `people`.
        what: &'static str,
        /// As it was named.
        name: String,
    },
    /// What was given does not fit.
    #[error("{0}")]
    Input(String),
    /// A form is not in the service profile.
    #[error("this form cannot be used: {0}")]
    Form(String),
    /// A file of the hub's folder cannot be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The blobs.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// No random bytes.
    #[error(transparent)]
    NoChance(#[from] NoChance),
    /// Something has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// A key or signature.
    #[error(transparent)]
    Trust(#[from] TrustProblem),
    /// A password could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Password(String),
}

impl HubError {
    /// A failed file operation.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> HubError {
        let path = path.into();
        move |reason| HubError::File { path, reason }
    }
}

/// The result of a hub call.
pub type Outcome<T = ()> = Result<T, HubError>;
