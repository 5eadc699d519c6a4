//! What a backup says about itself, signed by the tenant key.

use std::fs;
use std::path::Path;

use countersign_model::trust::{PrivateKey, TrustChain};
use countersign_model::{Digest, Id, canonical};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::error::{HubError, Outcome};

/// The number of the format.
pub(crate) const FORMAT: u32 = 1;
/// Its file in a backup.
pub(crate) const MANIFEST: &str = "backup.json";
/// The database's file in a backup.
pub(crate) const DATABASE: &str = "hub.db";
/// The keys' file in a backup, encrypted to the recovery key.
pub(crate) const KEYS: &str = "keys.encrypted";

/// A file of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Its digest.
    pub(crate) sha256: Digest,
    /// Its length.
    pub(crate) bytes: u64,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    pub(crate) tenant: Id,
    pub(crate) company: String,
    /// The hub's epoch.
    pub(crate) epoch: String,
    /// When it was taken, hub time in milliseconds: everything up to then is in it.
    pub(crate) taken: i64,
    /// The program that took it.
    pub(crate) program: String,
    pub(crate) database: Part,
    pub(crate) keys: Part,
    /// How many files are held.
    pub(crate) media: u64,
    /// Their length together.
    pub(crate) media_bytes: u64,
    /// Held files that the hub itself does not have whole: found damaged or missing when the backup was taken.
    pub(crate) missing: Vec<Digest>,
    /// Leaves of the log.
    pub(crate) log_size: u64,
    /// The root over them.
    pub(crate) log_root: Digest,
    /// Up to which of each device's sequence numbers everything is in it.
    pub(crate) marks: Vec<(Id, u64)>,
    pub(crate) key_number: u32,
    pub(crate) signature: String,
}

impl Manifest {
    fn statement(&self) -> Outcome<Vec<u8>> {
        let mut body = serde_json::to_value(self).map_err(|error| HubError::Input(error.to_string()))?;
        if let Some(body) = body.as_object_mut() {
            body.remove("signature");
            body.insert("purpose".to_owned(), json!("countersign/backup/1"));
        }
        Ok(canonical::to_bytes(&body)?)
    }

    /// Fills in the signature.
    pub(crate) fn signed(mut self, key: &PrivateKey) -> Outcome<Manifest> {
        self.signature = key.sign(&self.statement()?);
        Ok(self)
    }

    /// Checks that a key of this chain signed it.
    pub(crate) fn check(&self, chain: &TrustChain) -> Outcome {
        let key = chain.key(self.key_number);
        let statement = self.statement()?;
        match key.is_some_and(|key| key.verify(&statement, &self.signature).is_ok()) {
            true => Ok(()),
            false => Err(HubError::Input(
                "the backup's own description was changed: its signature does not fit. Use another backup".to_owned(),
            )),
        }
    }

    /// Reads the description of a backup.
    pub(crate) fn read(folder: &Path) -> Outcome<Manifest> {
        #[derive(Deserialize)]
        struct Formatted {
            format: u32,
        }
        let path = folder.join(MANIFEST);
        let text = fs::read(&path).map_err(HubError::file(&path))?;
        let damaged = |error: serde_json::Error| {
            HubError::Input(format!("{} is damaged ({error}): use another backup", path.display()))
        };
        let formatted: Formatted = serde_json::from_slice(&text).map_err(damaged)?;
        if formatted.format != FORMAT {
            return Err(HubError::Input(format!(
                "the backup has format {}, which this program does not know: restore it with the newer program",
                formatted.format
            )));
        }
        serde_json::from_slice(&text).map_err(damaged)
    }
}
