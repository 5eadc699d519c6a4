//! What the phone gives the core: its key, its clocks and space, pictures of what Rust does not decode, and who is told of
//! changes. Few, synchronous, and never called inside a transaction.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_device::app::{
    DeviceKey as CoreKey, KeyLocked, Observer as CoreObserver, Platform as CorePlatform, PlatformImages as CoreImages,
    Vault as CoreVault, VaultError as CoreVaultError, WaitingFile,
};
use countersign_device::model::trust::{PublicKey, signature_from_der};
use countersign_device::store::Topic;
use countersign_device::vault::Zeroizing;

use crate::errors::{PlatformError, VaultError};

/// The device's key, in the phone's secure hardware where there is one.
#[uniffi::export(with_foreign)]
pub trait DeviceKey: Send + Sync {
    /// The public half: an uncompressed P-256 point, 65 bytes.
    fn public_key(&self) -> Result<Vec<u8>, PlatformError>;
    /// An ECDSA signature over the SHA-256 of the statement, in DER as the platforms give it.
    fn sign(&self, statement: Vec<u8>) -> Result<Vec<u8>, PlatformError>;
}

/// Seals and opens small secrets with a key of the phone's secure hardware that never leaves it and needs nobody's
/// finger: sync runs while nobody looks.
#[uniffi::export(with_foreign)]
pub trait Vault: Send + Sync {
    /// Seals these bytes; makes a key where there is none, or where the phone took it away.
    fn seal(&self, plain: Vec<u8>) -> Result<Vec<u8>, VaultError>;
    /// Opens what this vault sealed. It is not called `open`, which is a word of the Swift language itself.
    fn unseal(&self, sealed: Vec<u8>) -> Result<Vec<u8>, VaultError>;
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
    /// Captured files that the phone still has to hand to the core: they are only here too.
    fn waiting_files(&self) -> Vec<WaitingFile>;
}

/// A file that was captured and is not in the store yet.
#[uniffi::remote(Record)]
pub struct WaitingFile {
    /// By which the phone finds it again.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Whether it could not be filed where it belongs, so that a person has to say where.
    pub needs_person: bool,
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

/// The phone's key as the core wants it. The public half is asked for at the beginning, and again where the phone took the
/// key away: another one takes its place then, which the office does not know.
pub(crate) struct Key {
    public: Mutex<PublicKey>,
    foreign: Arc<dyn DeviceKey>,
}

impl Key {
    pub fn new(foreign: Arc<dyn DeviceKey>) -> Result<Key, PlatformError> {
        Ok(Key { public: Mutex::new(public_of(&*foreign)?), foreign })
    }

    fn known(&self) -> MutexGuard<'_, PublicKey> {
        self.public.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key is gone for good: takes the public half of the one in its place.
    fn replaced(&self) {
        match public_of(&*self.foreign) {
            Ok(public) => *self.known() = public,
            Err(error) => tracing::error!(%error, "the device's key is gone, and there is no other yet"),
        }
    }
}

fn public_of(foreign: &dyn DeviceKey) -> Result<PublicKey, PlatformError> {
    let point = foreign.public_key()?;
    PublicKey::from_sec1(&point).map_err(|error| PlatformError::Unexpected { reason: error.to_string() })
}

impl CoreKey for Key {
    fn public(&self) -> PublicKey {
        self.known().clone()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        let der = self.foreign.sign(statement.to_vec()).map_err(|error| {
            tracing::info!(%error, "the device's key did not sign");
            if matches!(error, PlatformError::Gone) {
                self.replaced();
            }
            KeyLocked
        })?;
        signature_from_der(&der).map_err(|error| {
            tracing::error!(%error, "the device's key gave no signature");
            KeyLocked
        })
    }
}

/// The phone's vault as the core wants it.
pub(crate) struct Safe(pub Arc<dyn Vault>);

impl CoreVault for Safe {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, CoreVaultError> {
        self.0.seal(plain.to_vec()).map_err(|error| error.into_core())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CoreVaultError> {
        self.0.unseal(sealed.to_vec()).map(Zeroizing::new).map_err(|error| error.into_core())
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

    fn waiting_files(&self) -> Vec<WaitingFile> {
        self.0.waiting_files()
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
