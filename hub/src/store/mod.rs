//! The hub's database: records, inbox, feed, media rows, sign-in. The only place of the hub with SQL.
//!
//! A write *is* a transaction ([`Store::write`]); a read is one snapshot ([`Store::read`]). Both carry the tenant, so
//! that no statement can forget it. This module never judges a command, asks the time or makes up a number.

mod attention;
mod board;
mod calendar;
mod chain;
mod console_queries;
mod devices;
mod entries;
mod events;
mod feed;
mod figures;
mod inbox;
mod jobs;
mod lists;
mod log;
mod media;
mod open;
mod projections;
mod records;
mod sealed;
mod search;
mod settings;
mod signin;
mod snapshot;
mod upgrade;
mod views;
mod webhooks;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_model::{Digest, Id};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row as SqlRow, Transaction, TransactionBehavior};
use tokio::sync::watch;

pub use attention::AttentionCounts;
pub use board::JobFilter;
pub use chain::{ChainHead, Link, StoredSignature};
pub use devices::{InviteRow, TokenRow};
pub use events::{AuditFilter, OfficeEvent};
pub use feed::{FeedRows, ScopeRows};
pub use figures::{Figures, Judged};
pub use inbox::{Entry, EntryState, LANE_WORD, NewEntry, Verdict, form_word, need_word, refused, row_word};
pub use jobs::current_visit;
pub use lists::{Filter, List, Listed, Place};
pub use log::Leaf;
pub use media::Upload;
pub use open::{SCHEMA_VERSION, Watcher};
pub use records::{Direction, Put, Written};
pub use sealed::SealedRow;
pub use search::Found;
pub use settings::JournalEntry;
pub use signin::{Login, SessionRow};
pub use snapshot::Snapshot;
pub use views::{MOST_VIEWS, SavedView};
pub use webhooks::{DeliveryCounts, DeliveryRow, EndpointRow, EventRow};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer program wrote this database; it is left untouched.
    #[error("this database has version {found}, this program knows up to {known}: use the newer program")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The file is not a database of a hub.
    #[error("{0} is not the database of a hub: name the folder that `hub init` made")]
    NotAHub(PathBuf),
    /// A stored value cannot be read.
    #[error("a stored value cannot be read ({0}): run `hub check`")]
    Unreadable(String),
    /// The disk is full or cannot be written.
    #[error("the database cannot be written ({0}): free space or check the disk")]
    Disk(#[source] rusqlite::Error),
    /// Anything else that SQLite says.
    #[error("the database refused: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

impl StoreError {
    /// Whether a disk has no space left.
    pub fn is_full(&self) -> bool {
        match self {
            StoreError::Disk(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode::{DiskFull, ReadOnly, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(DiskFull | SystemIoFailure | ReadOnly) => StoreError::Disk(error),
            _ => StoreError::Sqlite(error),
        }
    }
}

/// Reading connections that are kept open between reads: as many as reads overlap on a busy day.
const IDLE_READERS: usize = 16;

/// The result of a store call.
pub type Stored<T = ()> = Result<T, StoreError>;

/// The database of a hub.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    // Closed before the writer, which then closes last and empties the write-ahead log.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    head: watch::Sender<u64>,
    judged: Mutex<Judged>,
}

/// Reading access within one snapshot, for one tenant.
#[derive(Debug)]
pub struct Read<'a> {
    connection: &'a Connection,
    tenant: Id,
}

/// Writing access within one immediate transaction, for one tenant. It can read as well.
#[derive(Debug)]
pub struct Write<'a> {
    read: Read<'a>,
    /// Type and outcome of what this transaction judged.
    judged: RefCell<Vec<(String, String)>>,
}

impl<'a> std::ops::Deref for Write<'a> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.read
    }
}

impl Read<'_> {
    fn tenant(&self) -> &[u8] {
        self.tenant.bytes()
    }
}

/// A panic in a closure leaves a rolled-back transaction and nothing half-done, so a poisoned lock is still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a closure in one immediate transaction; an error rolls everything back.
    pub fn write<T, E: From<StoreError>>(
        &self,
        tenant: Id,
        work: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (result, head, judged) = {
            let connection = lock(&self.writer);
            // Without memory not even the undoing of a transaction gets through: it is done before the next one.
            if !connection.is_autocommit() {
                connection.execute_batch("ROLLBACK").map_err(StoreError::from)?;
            }
            let transaction =
                Transaction::new_unchecked(&connection, TransactionBehavior::Immediate).map_err(StoreError::from)?;
            let write = Write { read: Read { connection: &transaction, tenant }, judged: RefCell::default() };
            let result = work(&write)?;
            let head = write.counter()?;
            let judged = write.judged.take();
            transaction.commit().map_err(StoreError::from)?;
            (result, head, judged)
        };
        self.add_judged(judged);
        self.announce(head);
        Ok(result)
    }

    /// Runs a closure over one snapshot.
    pub fn read<T, E: From<StoreError>>(
        &self,
        tenant: Id,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let pooled = lock(&self.readers).pop();
        let connection = match pooled {
            Some(connection) => connection,
            None => open::reader(&self.path)?,
        };
        let result = {
            let transaction =
                Transaction::new_unchecked(&connection, TransactionBehavior::Deferred).map_err(StoreError::from)?;
            work(&Read { connection: &transaction, tenant })
        };
        let mut readers = lock(&self.readers);
        // A reader that could not end its transaction would see the same moment for ever.
        if readers.len() < IDLE_READERS && connection.is_autocommit() {
            readers.push(connection);
        }
        result
    }

    /// Follows the feed counter: each change means "poll now". Contentless on purpose.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    fn announce(&self, head: u64) {
        self.head.send_if_modified(|known| {
            let newer = head > *known;
            *known = head.max(*known);
            newer
        });
    }

    /// Looks whether another process wrote records, and tells the followers.
    pub fn look_around(&self, tenant: Id) -> Stored {
        let head = self.read(tenant, |read| read.counter())?;
        self.announce(head);
        Ok(())
    }
}

/// An id column.
fn id_at(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<Id> {
    row.get::<_, [u8; 16]>(column).map(Id::from_bytes)
}

/// An id column that may be empty.
fn maybe_id_at(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<Option<Id>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Id::from_bytes))
}

/// A digest column.
fn digest_at(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<Digest> {
    row.get::<_, [u8; 32]>(column).map(Digest)
}

/// A column that holds a count; negative values cannot occur (CHECK) and read as 0.
fn count_at(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|value| u64::try_from(value).unwrap_or(0))
}

/// A count as SQLite stores it.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A row's limit as SQLite takes it.
fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

impl Read<'_> {
    /// Every row of a query, read by a function.
    fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<T>,
    ) -> Stored<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, read)?;
        Ok(rows.collect::<rusqlite::Result<Vec<T>>>()?)
    }

    /// The first row of a query, if there is one.
    fn first<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnOnce(&SqlRow<'_>) -> rusqlite::Result<T>,
    ) -> Stored<Option<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        Ok(rows.next()?.map(read).transpose()?)
    }

    /// The single value of a query.
    fn value<T: FromSql>(&self, sql: &str, parameters: impl rusqlite::Params) -> Stored<T> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(parameters, |row| row.get(0))?)
    }
}

impl Write<'_> {
    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> Stored<usize> {
        let mut statement = self.read.connection.prepare_cached(sql)?;
        Ok(statement.execute(parameters)?)
    }
}
