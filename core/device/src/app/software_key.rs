//! A device key in a file, for laptops and the command line. Phones use their hardware.

use std::path::Path;

use countersign_model::trust::{PrivateKey, PublicKey};

use super::private_file::write_private;
use super::{AppError, DeviceKey, KeyLocked};

/// A key that only this user may read.
#[derive(Clone, Debug)]
pub struct SoftwareKey(PrivateKey);

impl SoftwareKey {
    /// Opens the key in this file, making one if there is none.
    pub fn open(path: &Path) -> Result<SoftwareKey, AppError> {
        let failed = |error: std::io::Error| AppError::Environment { why: format!("{}: {error}", path.display()) };
        match std::fs::read_to_string(path) {
            Ok(text) => SoftwareKey::read(&text).ok_or_else(|| AppError::Environment {
                why: format!("{} is no device key: restore it, or enrol with an empty store", path.display()),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = SoftwareKey::generate()?;
                write_private(path, hex::encode(key.0.to_bytes()).as_bytes()).map_err(failed)?;
                Ok(key)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// A key from these bytes, for tests.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<SoftwareKey, AppError> {
        PrivateKey::from_bytes(bytes).map(SoftwareKey).map_err(|error| AppError::Report { why: error.to_string() })
    }

    fn read(text: &str) -> Option<SoftwareKey> {
        let bytes: [u8; 32] = hex::decode(text.trim()).ok()?.try_into().ok()?;
        PrivateKey::from_bytes(&bytes).ok().map(SoftwareKey)
    }

    /// Draws until the bytes are a scalar; all but one draw in 2^32 are.
    fn generate() -> Result<SoftwareKey, AppError> {
        for _ in 0..8 {
            let mut bytes = [0u8; 32];
            getrandom::fill(&mut bytes).map_err(|error| AppError::Report { why: error.to_string() })?;
            if let Ok(key) = PrivateKey::from_bytes(&bytes) {
                return Ok(SoftwareKey(key));
            }
        }
        Err(AppError::Report { why: "no key could be made".to_owned() })
    }
}

impl DeviceKey for SoftwareKey {
    fn public(&self) -> PublicKey {
        self.0.public()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked> {
        Ok(self.0.sign(statement))
    }
}
