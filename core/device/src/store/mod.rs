//! The store: SQLite for what is known, files for media, and an append-only log of unsent commands.
//!
//! Never judges by itself (that is `countersign_model::decide`), never asks for the time, never reaches the network.

mod aside;
mod carried;
mod catalogue;
mod catch_up;
mod cited;
mod counts;
mod enrolment;
mod error;
mod exchange;
mod feed;
pub mod files;
mod fold;
mod forget;
mod forms;
mod goods;
mod intact;
mod jobs;
mod keys;
mod log;
mod media;
mod numbers;
mod office_log;
mod open;
mod push;
mod receipts;
mod receiving;
mod refusals;
mod rows;
mod salvage;
mod schema;
mod scopes;
mod sealed;
mod settings;
mod submit;
mod sums;
mod tls_key;
mod token;
mod told;
mod topics;
mod wanted;
mod whole;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_model::Id;
use rusqlite::{Connection, TransactionBehavior};

pub use carried::{CarriedChain, HandedOver, RefusedCarried};
pub use counts::Counts;
pub use enrolment::EnrolmentProblem;
pub use error::StoreError;
pub use exchange::{
    AppliedPage, AppliedScope, CarriedPush, ChainHead, Contact, Identity, MediaClass, MediaItem, PendingEnrolment,
    PushBatch, ScopeToFetch, SyncProblem,
};
pub use fold::oracle_view;
pub use goods::OnHand;
pub(crate) use jobs::{NO_APPOINTMENT, next_visit};
pub use media::{MediaRow, NewMedia, StagedFile};
pub use office_log::{LogChanged, LogWatch};
pub use open::{OpenOptions, StoreKey};
pub use rows::{OutboxRow, Rows};
pub use salvage::Salvage;
pub use sealed::{Attested, NewSealed, SealedRow, ShownRow};
pub use submit::{Draft, Tx};
pub use sums::WrongSums;
pub use told::KnownJobs;
pub use topics::Topic;

use files::Files;
use forms::FormShelf;
use log::Log;

/// A device's store in one folder. Cloning shares it; any thread may use it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    files: Arc<dyn Files>,
    options: OpenOptions,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Connection>>,
    forms: FormShelf,
    topics: topics::Listeners,
    salvage: Option<Salvage>,
    /// Held shared as long as this store is open: who gets it alone may tidy up.
    _presence: std::fs::File,
    /// Held alone around commit and append.
    lock: std::fs::File,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.folder.display())
    }
}

struct Writer {
    connection: Connection,
    log: Log,
    /// An append failed after its commit: the log is brought up before the next one.
    log_behind: bool,
}

/// Locks although another thread stopped while it held the lock: every change is a transaction, so the state behind
/// the lock is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock file, released when this goes.
struct FileLock<'a>(&'a std::fs::File);

impl<'a> FileLock<'a> {
    fn take(file: &'a std::fs::File) -> Result<FileLock<'a>, StoreError> {
        file.lock().map_err(StoreError::files("locking the store"))?;
        Ok(FileLock(file))
    }
}

impl Drop for FileLock<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the store's lock was not released; it goes with the process");
        }
    }
}

impl Store {
    /// Opens the store in a folder, making it if needed; see [`OpenOptions`].
    pub fn open(folder: &Path, key: StoreKey, options: OpenOptions) -> Result<Store, StoreError> {
        open::open(folder, key, options)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// The file layer.
    pub fn files(&self) -> &dyn Files {
        &*self.inner.files
    }

    /// What was salvaged when this store was opened, if its database was damaged.
    pub fn salvaged(&self) -> Option<&Salvage> {
        self.inner.salvage.as_ref()
    }

    /// Changes the store. The closure is one transaction: all of it or nothing. It may run twice, when space had to be
    /// made by giving up the ballast. What it appended to the outbox is in `outbox.log` when this returns.
    pub fn write<T>(&self, mut change: impl FnMut(&Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let inner = &*self.inner;
        let (result, topics) = {
            let mut writer = lock(&inner.writer);
            let _lock = FileLock::take(&inner.lock)?;
            let outcome = match self.attempt(&mut writer, &mut change) {
                Err(StoreError::Full) if self.release_ballast() => self.attempt(&mut writer, &mut change),
                other => other,
            };
            self.note_damage(&outcome);
            outcome?
        };
        inner.topics.tell(topics);
        Ok(result)
    }

    fn attempt<T>(
        &self,
        writer: &mut Writer,
        change: &mut impl FnMut(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, topics::Topics), StoreError> {
        if writer.log_behind {
            let files = &*self.inner.files;
            let read = Log::read(files, &self.inner.folder.join(open::LOG));
            let read = read.map_err(StoreError::files("reading the log of unsent work"))?;
            salvage::bring_log_up(files, &writer.connection, &mut writer.log, &read.entries)?;
            writer.log_behind = false;
        }
        // Without memory not even the undoing of a transaction gets through: it is done before the next one, or nothing could
        // be saved any more.
        if !writer.connection.is_autocommit() {
            writer.connection.execute_batch("ROLLBACK")?;
        }
        let transaction = writer.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tx = Tx::new(&transaction, &self.inner.forms);
        let result = change(&tx)?;
        let (topics, entries) = tx.finish()?;
        transaction.commit()?;
        if let Err(error) = writer.log.append(&*self.inner.files, &entries) {
            // The commit stands; the log is the second memory and is brought up before the next one.
            tracing::warn!(%error, "outbox.log could not be written");
            writer.log_behind = true;
        }
        Ok((result, topics))
    }

    /// Reads one consistent state.
    pub fn read<T>(&self, read: impl FnOnce(&Rows<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let outcome = self.read_noting_nothing(read);
        self.note_damage(&outcome);
        outcome
    }

    fn read_noting_nothing<T>(&self, read: impl FnOnce(&Rows<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let connection = lock(&self.inner.readers).pop();
        let mut connection = match connection {
            Some(connection) => connection,
            None => open::reader(&self.inner.folder, &self.inner.options)?,
        };
        let outcome = {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let outcome = read(&Rows::new(&transaction));
            transaction.finish()?;
            outcome
        };
        lock(&self.inner.readers).push(connection);
        outcome
    }

    /// Makes `outbox.log` durable: at a sign-off, when a screen is left, every two seconds.
    pub fn flush(&self) -> Result<(), StoreError> {
        lock(&self.inner.writer).log.sync().map_err(StoreError::files("saving the log of unsent work"))
    }

    /// A number that changes when another process commits to this store.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        let writer = lock(&self.inner.writer);
        Ok(writer.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Calls back after each commit with what it touched; one listener at a time.
    pub fn on_commit(&self, listener: Option<topics::Listener>) {
        self.inner.topics.set(listener);
    }

    /// Tells the listener that these may look different although nothing was committed: something beside the store changed.
    pub fn announce(&self, topics: impl IntoIterator<Item = Topic>) {
        self.inner.topics.tell(topics.into_iter().collect());
    }

    /// The forms that are here, compiled once.
    pub fn form(&self, sha256: countersign_model::Digest) -> Result<Option<countersign_forms::Form>, StoreError> {
        self.read(|rows| self.inner.forms.get(rows.connection(), sha256))
    }

    fn note_damage<T>(&self, outcome: &Result<T, StoreError>) {
        if let Err(StoreError::Damaged(why)) = outcome {
            self.mark_damaged(why);
        }
    }

    /// Somebody met damage: the mark makes the next start look closely and salvage.
    pub(crate) fn mark_damaged(&self, why: &str) {
        tracing::error!(why, "the database is damaged");
        if let Err(error) = self.inner.files.create(&self.inner.folder.join(open::DAMAGED)) {
            tracing::error!(%error, "the mark of damage could not be written");
        }
    }

    /// Gives up the ballast, so that what is being saved now has room. False where there was none.
    fn release_ballast(&self) -> bool {
        let path = self.inner.folder.join(open::BALLAST);
        let there = matches!(self.inner.files.length(&path), Ok(Some(length)) if length > 0);
        there && self.inner.files.remove(&path).is_ok()
    }
}

/// The sixteen bytes of an id in a column.
pub(crate) fn id_of(bytes: &[u8]) -> Result<Id, rusqlite::Error> {
    Id::from_slice(bytes).ok_or_else(|| wrong_column("an id has sixteen bytes"))
}

/// Reads back what the store itself wrote as JSON: where it is none any more, it was damaged.
pub(crate) fn stored<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(format!("a stored value cannot be read: {error}")))
}

/// A column that does not hold what it should.
pub(crate) fn wrong_column(why: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, why.to_owned().into())
}
