//! A vault whose key is a file, for laptops and the command line. Phones use their hardware.
//!
//! It keeps the token from whoever gets the database alone (a backup of it, a part of the disk, a bundle for support).
//! Whoever may read this user's files reads the key as well: against them it protects nothing.

use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use zeroize::Zeroizing;

use super::private_file::open_private;
use crate::vault::{Vault, VaultError};

/// Name of the key's file in the device's folder.
const FILE: &str = "vault.key";
/// Bound into each seal, so that nothing else that a key sealed opens here.
const PURPOSE: &[u8] = b"countersign/vault/1";
/// Bytes of a nonce, which lead what is sealed.
const NONCE: usize = 12;

type Bytes32 = Zeroizing<[u8; 32]>;

/// A vault whose key is a file beside the store that only this user may read.
pub struct SoftwareVault {
    place: Option<PathBuf>,
    key: Mutex<Option<Bytes32>>,
}

impl std::fmt::Debug for SoftwareVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SoftwareVault")
    }
}

impl SoftwareVault {
    /// The vault of the device in this folder. Its key is made when something is first sealed.
    pub fn beside(folder: &Path) -> SoftwareVault {
        SoftwareVault { place: Some(folder.join(FILE)), key: Mutex::new(None) }
    }

    /// A vault with this key, for tests.
    pub fn from_bytes(key: [u8; 32]) -> SoftwareVault {
        SoftwareVault { place: None, key: Mutex::new(Some(Zeroizing::new(key))) }
    }

    fn known(&self) -> MutexGuard<'_, Option<Bytes32>> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key; `None` where there is none, or none that is whole.
    fn key(&self) -> Result<Option<Bytes32>, VaultError> {
        let mut known = self.known();
        if known.is_none()
            && let Some(place) = &self.place
        {
            *known = read(place)?;
        }
        Ok(known.clone())
    }

    /// The key to seal with, made where there is none. It is in its file before anything is sealed with it, also where the
    /// file went away since it was read: what is sealed must open after a restart.
    fn key_or_new(&self) -> Result<Bytes32, VaultError> {
        let key = match self.key()? {
            Some(key) => key,
            None => new_key()?,
        };
        let key = match &self.place {
            Some(place) => keep(place, key).map_err(|error| locked("keeping the key", &error))?,
            None => key,
        };
        *self.known() = Some(key.clone());
        Ok(key)
    }
}

fn new_key() -> Result<Bytes32, VaultError> {
    let mut key = Zeroizing::new([0u8; 32]);
    getrandom::fill(&mut *key).map_err(|error| locked("making a key", &error))?;
    Ok(key)
}

/// Keeps this key in its file, unless another program has just kept one there: that one is the vault's then. Whole before
/// anything is sealed with it.
fn keep(place: &Path, key: Bytes32) -> io::Result<Bytes32> {
    let mut file = open_private(place)?;
    file.lock()?;
    let mut known = Zeroizing::new(Vec::new());
    file.read_to_end(&mut known)?;
    if let Some(known) = parse(&known) {
        return Ok(known);
    }
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(Zeroizing::new(hex::encode(*key)).as_bytes())?;
    file.sync_all()?;
    if let Some(folder) = place.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(key)
}

fn parse(text: &[u8]) -> Option<Bytes32> {
    let mut key = Zeroizing::new([0u8; 32]);
    hex::decode_to_slice(text.trim_ascii(), &mut *key).is_ok().then_some(key)
}

/// What a machine does not do now it may do later.
fn locked(doing: &str, error: &dyn std::fmt::Display) -> VaultError {
    tracing::warn!(doing, %error, "the vault");
    VaultError::Locked
}

fn read(place: &Path) -> Result<Option<Bytes32>, VaultError> {
    match std::fs::read(place).map(Zeroizing::new) {
        Ok(text) => Ok(parse(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(locked("reading the key", &error)),
    }
}

impl Vault for SoftwareVault {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let key = self.key_or_new()?;
        let mut sealed = vec![0u8; NONCE];
        getrandom::fill(&mut sealed).map_err(|error| locked("drawing a nonce", &error))?;
        let nonce = Nonce::try_from(sealed.as_slice()).map_err(|error| locked("drawing a nonce", &error))?;
        let made = cipher(&key)
            .encrypt(&nonce, Payload { msg: plain, aad: PURPOSE })
            .map_err(|error| locked("sealing", &error))?;
        sealed.extend(made);
        Ok(sealed)
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let key = self.key()?.ok_or(VaultError::Gone)?;
        let (nonce, made) = sealed.split_at_checked(NONCE).ok_or(VaultError::Gone)?;
        let nonce = Nonce::try_from(nonce).map_err(|_short| VaultError::Gone)?;
        let opened = cipher(&key).decrypt(&nonce, Payload { msg: made, aad: PURPOSE });
        opened.map(Zeroizing::new).map_err(|_other_key| VaultError::Gone)
    }
}

fn cipher(key: &Bytes32) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(**key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_vault_sealed_opens_there_after_a_restart_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let vault = SoftwareVault::beside(folder.path());
        assert_eq!(vault.open(&[0; 40]), Err(VaultError::Gone), "without a key nothing opens, and none is made");
        assert!(!folder.path().join(FILE).exists());
        let sealed = vault.seal(b"token").unwrap();
        assert_ne!(sealed, vault.seal(b"token").unwrap(), "a nonce is drawn each time");
        let again = SoftwareVault::beside(folder.path());
        assert_eq!(again.open(&sealed).unwrap().as_slice(), b"token");
        assert_eq!(SoftwareVault::from_bytes([7; 32]).open(&sealed), Err(VaultError::Gone));
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(again.open(&changed), Err(VaultError::Gone), "byte {index}");
            assert_eq!(again.open(&sealed[..index]), Err(VaultError::Gone), "cut at {index}");
        }
    }

    #[test]
    fn what_is_sealed_after_the_key_s_file_went_away_opens_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let vault = SoftwareVault::beside(folder.path());
        let before = vault.seal(b"token").unwrap();
        std::fs::remove_file(folder.path().join(FILE)).unwrap();
        let after = vault.seal(b"token").unwrap();
        let again = SoftwareVault::beside(folder.path());
        for sealed in [before, after] {
            assert_eq!(again.open(&sealed).unwrap().as_slice(), b"token");
        }
    }

    #[test]
    fn two_programs_that_seal_at_once_have_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let vaults: Vec<SoftwareVault> = (0..8).map(|_| SoftwareVault::beside(folder.path())).collect();
        let sealed: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let begun: Vec<_> = vaults.iter().map(|vault| scope.spawn(|| vault.seal(b"token").unwrap())).collect();
            begun.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let later = SoftwareVault::beside(folder.path());
        for one in sealed {
            assert_eq!(later.open(&one).unwrap().as_slice(), b"token");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_reads_the_key_and_what_is_no_key_opens_nothing() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let sealed = SoftwareVault::beside(folder.path()).seal(b"token").unwrap();
        let file = folder.path().join(FILE);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&file, "no key").unwrap();
        assert_eq!(SoftwareVault::beside(folder.path()).open(&sealed), Err(VaultError::Gone));
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert_eq!(SoftwareVault::beside(folder.path()).open(&sealed), Err(VaultError::Locked), "unreadable now");
    }
}
