//! Where a test keeps an office's backups, and how it restores them.

use std::path::{Path, PathBuf};

use countersign_hub::Hub;
use countersign_hub::safekeeping::{
    Backup, BackupOptions, KEPT_BACKUPS, RECOVERY_FILE, RestoreOptions, Restored, read_recovery_key,
};
use countersign_model::recovery::DecryptionKey;

use crate::office::Office;

/// A folder for backups, with the recovery key of the office.
pub struct Safe {
    folder: tempfile::TempDir,
    key: DecryptionKey,
}

impl Safe {
    /// A safe for this office.
    pub fn of(office: &Office) -> Safe {
        let key = read_recovery_key(&office.folder().join(RECOVERY_FILE)).expect("the recovery key");
        Safe { folder: tempfile::tempdir().expect("a folder for the test"), key }
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where its backups are.
    pub fn backups(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    /// Takes a backup of the office, which must be whole.
    pub fn backup(&self, office: &Office, prove: bool) -> Backup {
        let options = BackupOptions { to: self.backups(), prove, keep: KEPT_BACKUPS };
        let backup = office.hub.backup(&options, &mut |_, _, _| {}).expect("a backup");
        assert_eq!((backup.missing.len(), backup.findings.len()), (0, 0), "{backup:?}");
        backup
    }

    /// How the newest backup is restored into a folder of this name.
    pub fn options(&self, name: &str, journal: Option<PathBuf>) -> RestoreOptions {
        RestoreOptions { backup: self.backups(), into: self.folder.path().join(name), key: self.key.clone(), journal }
    }

    /// Restores; the new hub must hold together.
    pub fn restore(&self, options: &RestoreOptions) -> Restored {
        let restored = Hub::restore(options, &mut |_, _, _| {}).expect("a restore");
        assert!(restored.check.ok(), "{:?}", restored.check.findings);
        restored
    }
}
