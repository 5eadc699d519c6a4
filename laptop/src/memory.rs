//! What the shell remembers between starts, beside the store and never in it: its port, the switch that cuts sync, and
//! the browsers that were let in. Holds digests of sessions only, so that the file lets nobody in.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_device::model::Digest;
use serde::{Deserialize, Serialize};

/// One browser that was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// Digest of its secret.
    pub digest: Digest,
    /// Until when, milliseconds since 1970 by this machine's clock.
    pub until: i64,
}

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Remembered {
    /// The port of the last start; an installed app finds the shell there again.
    #[serde(default)]
    pub port: u16,
    /// Whether a person cut sync.
    #[serde(default)]
    pub aeroplane: bool,
    /// Who is let in.
    #[serde(default)]
    pub sessions: Vec<Session>,
}

/// The file and what is in it.
pub(crate) struct Memory {
    path: PathBuf,
    kept: Mutex<Remembered>,
}

impl Memory {
    /// Reads the file of a store's folder. One that cannot be read counts as none: it only costs a new link.
    pub fn open(folder: &Path) -> Memory {
        let path = folder.join("laptop.json");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let kept = serde_json::from_str(&text).unwrap_or_default();
        Memory { path, kept: Mutex::new(kept) }
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered now.
    pub fn get(&self) -> Remembered {
        self.lock().clone()
    }

    /// Changes it and writes it down; a file that cannot be written is said in the log, and the change holds until the
    /// program ends.
    pub fn change(&self, change: impl FnOnce(&mut Remembered)) {
        let mut kept = self.lock();
        change(&mut kept);
        if let Err(error) = write(&self.path, &kept) {
            tracing::warn!(%error, path = %self.path.display(), "what the shell remembers could not be written");
        }
    }
}

fn write(path: &Path, kept: &Remembered) -> std::io::Result<()> {
    let aside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = options.open(&aside)?;
    serde_json::to_writer(&file, kept)?;
    file.sync_all()?;
    std::fs::rename(&aside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_is_there_after_a_restart_and_damage_only_costs_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let session = Session { digest: Digest::of(b"secret"), until: 7 };
        Memory::open(folder.path()).change(|kept| {
            kept.port = 4711;
            kept.sessions.push(session.clone());
        });
        let again = Memory::open(folder.path()).get();
        assert_eq!((again.port, again.sessions), (4711, vec![session]));
        std::fs::write(folder.path().join("laptop.json"), "{").unwrap();
        assert_eq!(Memory::open(folder.path()).get(), Remembered::default());
    }
}
