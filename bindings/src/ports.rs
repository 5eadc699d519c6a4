//! What the phone gives the core: its key, its clocks and space, pictures of what Rust does not decode, and who is told of
//! changes. Few, synchronous, and never called inside a transaction.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use countersign_device::app::{
    DeviceKey as CoreKey, KeyLocked, Observer as CoreObserver, Platform as CorePlatform, PlatformImages as CoreImages,
};
use countersign_device::model::trust::{PublicKey, signature_from_der};
use countersign_device::store::Topic;

use crate::errors::PlatformError;

/// The device's key, in the phone's secure hardware where there is one.
#[uniffi::export(with_foreign)]
pub trait DeviceKey: Send + Sync {
    /// The public half: an uncompressed P-256 point, 65 bytes.
    fn public_key(&self) -> Result<Vec<u8>, PlatformError>;
    /// An ECDSA signature over the SHA-256 of the statement, in DER as the platforms give it.
    fn sign(&self, statement: Vec<u8>) -> Result<Vec<u8>, PlatformError>;
}

/// The rest of the phone.
#[uniffi::export(with_foreign)]
pub trait Platform: Send + Sync {
    /// Free bytes where this folder is; `None` where that cannot be known.
    fn free_space(&self, folder: String) -> Option<u64>;
    /// The wall clock, milliseconds since 1970.
    fn wall_clock(&self) -> i64;
    /// Which boot the monotonic clock counts from.
    fn boot_id(&self) -> String;
    /// Milliseconds since that boot, sleep included.
    fn monotonic_clock(&self) -> i64;
    /// Offset of local time from UTC in minutes.
    fn offset_minutes(&self) -> i32;
    /// Which network there is now.
    fn network(&self) -> NetworkClass;
    /// Battery in percent; `None` where that cannot be known.
    fn battery(&self) -> Option<u8>;
}

/// Which network there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NetworkClass {
    /// None.
    Offline,
    /// One that costs by the byte.
    Metered,
    /// One that does not.
    Unmetered,
}

/// What the phone draws of files that Rust does not decode.
#[uniffi::export(with_foreign)]
pub trait PlatformImages: Send + Sync {
    /// An upright JPEG or PNG of the file at `path`, its longer side about `edge` pixels; `None` where it cannot.
    fn preview(&self, path: String, edge: u16) -> Option<Vec<u8>>;
}

/// Who is told of changes.
#[uniffi::export(with_foreign)]
pub trait Observer: Send + Sync {
    /// These may look different now. Called from one thread of the core's own, never inside a transaction.
    fn changed(&self, topics: Vec<Topic>) -> Result<(), PlatformError>;
}

/// The phone's key as the core wants it. The public half is asked for once: it never changes.
pub(crate) struct Key {
    public: PublicKey,
    foreign: Arc<dyn DeviceKey>,
}

impl Key {
    pub fn new(foreign: Arc<dyn DeviceKey>) -> Result<Key, PlatformError> {
        let point = foreign.public_key()?;
        let public =
            PublicKey::from_sec1(&point).map_err(|error| PlatformError::Unexpected { reason: error.to_string() })?;
        Ok(Key { public, foreign })
    }
}

impl CoreKey for Key {
    fn public(&self) -> PublicKey {
        self.public.clone()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        let der = self.foreign.sign(statement.to_vec()).map_err(|error| {
            tracing::info!(%error, "the device's key did not sign");
            KeyLocked
        })?;
        signature_from_der(&der).map_err(|error| {
            tracing::error!(%error, "the device's key gave no signature");
            KeyLocked
        })
    }
}

/// The phone as the core wants it.
pub(crate) struct Phone(pub Arc<dyn Platform>);

impl CorePlatform for Phone {
    fn free_space(&self, folder: &Path) -> Option<u64> {
        self.0.free_space(folder.to_string_lossy().into_owned())
    }

    fn wall(&self) -> i64 {
        self.0.wall_clock()
    }

    fn boot(&self) -> String {
        self.0.boot_id()
    }

    fn monotonic(&self) -> i64 {
        self.0.monotonic_clock()
    }

    fn offset_minutes(&self) -> i32 {
        self.0.offset_minutes()
    }
}

/// The phone's pictures as the core wants them.
pub(crate) struct Images(pub Arc<dyn PlatformImages>);

impl CoreImages for Images {
    fn preview(&self, path: &Path, edge: u16) -> Option<Vec<u8>> {
        self.0.preview(path.to_string_lossy().into_owned(), edge)
    }
}

/// A foreign observer as the core wants it.
pub(crate) struct Told(pub Arc<dyn Observer>);

impl CoreObserver for Told {
    fn changed(&self, topics: &BTreeSet<Topic>) {
        if let Err(error) = self.0.changed(topics.iter().copied().collect()) {
            tracing::warn!(%error, "an observer stopped with an error");
        }
    }
}
