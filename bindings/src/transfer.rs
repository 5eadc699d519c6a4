//! Hand-over and rescue files.

use std::path::PathBuf;

use countersign_device::model::Id;
use countersign_device::model::recovery::EncryptionKey;
use countersign_device::texts::Texts;
use countersign_device::transfer::{ExportTo, Exported, Imported};

use crate::commands::count;
use crate::countersign::Countersign;
use crate::errors::AppError;

/// What a file holds.
#[derive(Clone, Debug, uniffi::Record)]
pub struct WorkExported {
    /// Entries.
    pub commands: u32,
    /// Photos and files.
    pub media: u32,
    /// Their length together.
    pub media_bytes: u64,
    /// What is said of files that are not in it, since they did not fit, are damaged or were filed nowhere yet: they are still
    /// only on this device. Empty where all are in it.
    pub left_out: String,
    /// Whether the device's key signed it; an unsigned one waits at the office for confirmation.
    pub signed: bool,
}

impl WorkExported {
    fn of(exported: Exported, texts: &Texts) -> WorkExported {
        WorkExported {
            commands: count(exported.commands),
            media: count(exported.media),
            media_bytes: exported.media_bytes,
            left_out: exported.left_out_words(texts).unwrap_or_default(),
            signed: exported.signed,
        }
    }
}

/// What was taken over from a colleague's file.
#[derive(Clone, Debug, uniffi::Record)]
pub struct WorkImported {
    /// Whose work it is; empty where this device cannot read it.
    pub person_name: String,
    /// Entries that were new here.
    pub commands: u32,
    /// Photos and files.
    pub media: u32,
    /// Only the office can open it: it is carried there as it is.
    pub sealed: bool,
}

impl From<Imported> for WorkImported {
    fn from(imported: Imported) -> WorkImported {
        WorkImported {
            person_name: imported.person_name,
            commands: count(imported.commands),
            media: count(imported.media),
            sealed: imported.sealed,
        }
    }
}

#[uniffi::export]
impl Countersign {
    /// The key that a colleague's hand-over file for this device is encrypted to.
    pub fn receive_key(&self) -> Result<EncryptionKey, AppError> {
        self.say(self.app.receive_key())
    }

    /// Writes all that is only here into a file for the colleague whose device showed this key.
    pub fn export_for_colleague(
        &self,
        path: PathBuf,
        key: EncryptionKey,
        jobs: Vec<Id>,
    ) -> Result<WorkExported, AppError> {
        self.say(self.app.export(&path, &ExportTo::Colleague { key, jobs }))
            .map(|exported| WorkExported::of(exported, &self.texts()))
    }

    /// Writes all that is only here into a file that only the office can read.
    pub fn export_for_office(&self, path: PathBuf) -> Result<WorkExported, AppError> {
        self.say(self.app.export(&path, &ExportTo::Office)).map(|exported| WorkExported::of(exported, &self.texts()))
    }

    /// Takes another device's file, to carry its work to the office.
    pub fn import_work(&self, path: PathBuf) -> Result<WorkImported, AppError> {
        self.say(self.app.import(&path)).map(WorkImported::from)
    }
}
