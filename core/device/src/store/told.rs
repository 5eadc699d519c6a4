//! What was told of the jobs on this device: what comes later is news, also to a process that began meanwhile.

use countersign_model::Id;
use serde::{Deserialize, Serialize};

use super::settings::{NEWS_TOLD, read, save};
use super::{Rows, Store, StoreError};

/// What was known when it was told last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownJobs {
    /// Jobs that were ever seen open.
    pub open: Vec<Id>,
    /// Those that were returned.
    pub returned: Vec<Id>,
    /// Whether the device had synced: its first sync brings everything, and nobody wants to be told of each.
    pub synced: bool,
}

impl Rows<'_> {
    /// What was known when it was told last; `None` where nothing ever was.
    pub fn told(&self) -> Result<Option<KnownJobs>, StoreError> {
        read(self.connection(), NEWS_TOLD)
    }
}

impl Store {
    /// Remembers what is told. No screen looks different for it.
    pub fn put_told(&self, known: &KnownJobs) -> Result<(), StoreError> {
        self.write(|tx| save(tx.connection(), NEWS_TOLD, known))
    }
}
