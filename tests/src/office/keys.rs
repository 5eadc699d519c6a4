//! Keys and vaults of devices that can be locked and lost.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use countersign_device::app::{DeviceKey, KeyLocked, SoftwareKey, SoftwareVault, Vault, VaultError};
use countersign_device::vault::Zeroizing;
use countersign_model::trust::PublicKey;

use crate::chance::Chance;

/// A device's key that can be locked, as a phone's is while its screen is off.
pub struct Lockable {
    key: SoftwareKey,
    locked: AtomicBool,
}

impl Lockable {
    /// The key of this seed, unlocked.
    pub(super) fn of(seed: u64) -> Lockable {
        let key = SoftwareKey::from_bytes(&Chance::new(seed).key()).expect("a scalar");
        Lockable { key, locked: AtomicBool::new(false) }
    }

    /// Locks or unlocks it.
    pub fn lock(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
    }
}

impl DeviceKey for Lockable {
    fn public(&self) -> PublicKey {
        self.key.public()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        if self.locked.load(Ordering::SeqCst) { Err(KeyLocked) } else { self.key.sign(statement) }
    }
}

/// A device's vault that can be locked, as a phone's is before it was unlocked for the first time, and whose key can be
/// lost, as a phone loses it when its screen lock is removed.
pub struct LockableVault {
    inner: SoftwareVault,
    locked: AtomicBool,
    /// How often the key was lost; it leads what is sealed.
    lost: AtomicU8,
}

impl LockableVault {
    /// A vault with its key in this folder.
    pub(super) fn beside(folder: &Path) -> LockableVault {
        let inner = SoftwareVault::beside(folder);
        LockableVault { inner, locked: AtomicBool::new(false), lost: AtomicU8::new(0) }
    }

    /// Locks or unlocks it.
    pub fn lock(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
    }

    /// Its key is lost: what it sealed so far opens no more.
    pub fn lose_key(&self) {
        self.lost.fetch_add(1, Ordering::SeqCst);
    }

    fn check(&self) -> Result<(), VaultError> {
        if self.locked.load(Ordering::SeqCst) { Err(VaultError::Locked) } else { Ok(()) }
    }
}

impl Vault for LockableVault {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.check()?;
        let mut sealed = vec![self.lost.load(Ordering::SeqCst)];
        sealed.extend(self.inner.seal(plain)?);
        Ok(sealed)
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.check()?;
        match sealed.split_first() {
            Some((lost, rest)) if *lost == self.lost.load(Ordering::SeqCst) => self.inner.open(rest),
            _ => Err(VaultError::Gone),
        }
    }
}
