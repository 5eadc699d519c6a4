//! Opening a store: refusing a newer one, salvaging a damaged one, bringing the log up, adopting files.

use std::fs::{File, OpenOptions as FsOptions};
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_model::seeded::{self, Bug};
use rusqlite::{Connection, OpenFlags};

use super::files::{Files, SystemFiles};
use super::forms::FormShelf;
use super::log::{Entry, Log};
use super::{FileLock, Inner, Store, StoreError, Writer, catch_up, media, salvage, schema, topics, whole};

/// Name of the database in the folder.
pub(super) const DATABASE: &str = "store.db";
/// Name of the log of unsent commands.
pub(super) const LOG: &str = "outbox.log";
/// Space that is given up when the disk is full, so that what is being saved fits.
pub(super) const BALLAST: &str = "ballast";
/// The database was found damaged; the next start looks closely.
pub(super) const DAMAGED: &str = "damaged";
/// Such a look found nothing. Where damage is met again after that, the look is not believed.
pub(super) const SUSPECTED: &str = "suspected";
/// Half-written captures.
pub(super) const INCOMING: &str = "incoming";
/// Marks of files that the app made itself, named as the files.
pub(super) const MADE: &str = "made";
/// 64 MiB (design section 9): a long visit's commands and photos' rows many times over.
const BALLAST_BYTES: u64 = 64 << 20;
/// Statements that a connection keeps compiled: more than a sync and a screen have together.
const STATEMENTS: usize = 256;
/// Pages that the connection that writes keeps, in KiB (negative: so SQLite takes a number of KiB). Rows come in no order
/// of their keys: with SQLite's two MiB a first sync reads most pages of the indexes again and again.
const CACHE_KIB: i64 = -16_384;
/// Pages that the write-ahead log takes before it is moved into the database. Rows come in no order of their keys: a page
/// that many commits change is then written back once for all of them. As much as the connection keeps in memory.
const LOG_PAGES: i64 = 4_096;
/// How long a writer waits for one of another process.
const BUSY: Duration = Duration::from_secs(20);

/// How the files are protected. The platform protects them at first; an encrypting layer can take its key here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreKey {
    /// By the platform's own protection of the app's folder.
    Platform,
}

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Size of the ballast; 0 for none.
    pub ballast_bytes: u64,
    /// A registered SQLite VFS, for injecting faults.
    pub vfs: Option<String>,
    /// The file layer.
    pub files: Arc<dyn Files>,
}

impl Default for OpenOptions {
    fn default() -> OpenOptions {
        OpenOptions { ballast_bytes: BALLAST_BYTES, vfs: None, files: Arc::new(SystemFiles) }
    }
}

pub(super) fn open(folder: &Path, key: StoreKey, options: OpenOptions) -> Result<Store, StoreError> {
    let opened = match begin(folder, key, options.clone(), None) {
        // Opening needs a little space itself: a full disk must not keep anybody from what is saved.
        Err(StoreError::Full) if options.files.remove(&folder.join(BALLAST)).is_ok() => {
            begin(folder, key, options.clone(), None)
        }
        opened => opened,
    };
    match opened {
        // What opening itself meets would keep the person out at every start.
        Err(StoreError::Damaged(why)) => begin(folder, key, options, Some(why)),
        opened => opened,
    }
}

/// `damage` was met before in this database: it is not tried again.
fn begin(folder: &Path, _key: StoreKey, options: OpenOptions, damage: Option<String>) -> Result<Store, StoreError> {
    let files = options.files.clone();
    for name in ["", "media", INCOMING, MADE] {
        files.make_folder(&folder.join(name)).map_err(StoreError::files("making the store's folder"))?;
    }
    let presence = lock_file(folder, "presence.lock")?;
    let lock = lock_file(folder, "store.lock")?;
    let held = FileLock::take(&lock)?;
    let alone = presence.try_lock().is_ok();
    refuse_newer(&*files, folder)?;
    let read = Log::read(&*files, &folder.join(LOG)).map_err(StoreError::files("reading the log of unsent work"))?;
    let whole = match damage {
        Some(why) => Err(StoreError::Damaged(why)),
        None => whole_database(&*files, folder, &options, &read.entries),
    };
    let (mut connection, salvaged) = match whole {
        Ok(connection) => (connection, None),
        Err(StoreError::Damaged(why)) if alone => salvage::salvage(&*files, folder, &options, &why, &read.entries)?,
        Err(other) => return Err(other),
    };
    schema::upgrade(&mut connection)?;
    let mut log = Log::new(&folder.join(LOG));
    salvage::bring_log_up(&*files, &connection, &mut log, &read.entries)?;
    if alone {
        salvage::shorten_log(&*files, folder, &connection, &mut log, read.broken)?;
        media::clear_incoming(&*files, folder)?;
    }
    presence.lock_shared().map_err(StoreError::files("locking the store"))?;
    take_ballast(&*files, folder, options.ballast_bytes);
    drop(held);
    let own = files.clone();
    let store = Store {
        inner: Arc::new(Inner {
            folder: folder.to_owned(),
            files,
            options,
            writer: Mutex::new(Writer { connection, log, log_behind: false }),
            readers: Mutex::new(Vec::new()),
            forms: FormShelf::default(),
            topics: topics::Listeners::default(),
            salvage: salvaged,
            _presence: presence,
            lock,
        }),
    };
    store.adopt_files()?;
    if alone {
        media::clear_marks(&*own, folder)?;
    }
    Ok(store)
}

fn lock_file(folder: &Path, name: &str) -> Result<File, StoreError> {
    let path = folder.join(name);
    FsOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(StoreError::files("opening the store's lock"))
}

/// Looks at the header's bytes, so that a newer file is not even opened by this program's SQLite.
fn refuse_newer(files: &dyn Files, folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(DATABASE);
    if files.length(&path).map_err(StoreError::files("looking at the database"))?.unwrap_or(0) < 100 {
        return Ok(());
    }
    let mut header = [0u8; 100];
    let mut file = files.open(&path).map_err(StoreError::files("opening the database"))?;
    file.read_exact(&mut header).map_err(StoreError::files("reading the database"))?;
    // SQLite file format, section 1.3: user version at offset 60, application id at 68, big-endian.
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, |bytes| i64::from(i32::from_be_bytes(bytes)))
    };
    let (found, application) = (number(60), number(68));
    if application == schema::APPLICATION_ID && found > schema::NEWEST {
        return Err(StoreError::Newer { found, known: schema::NEWEST });
    }
    Ok(())
}

/// The database, if it can be read; looked at closely only where something is suspicious, since that reads all of it.
fn whole_database(
    files: &dyn Files,
    folder: &Path,
    options: &OpenOptions,
    log: &[Entry],
) -> Result<Connection, StoreError> {
    let length = files.length(&folder.join(DATABASE)).map_err(StoreError::files("looking at the database"))?;
    let log_length = files.length(&folder.join(LOG)).map_err(StoreError::files("looking at the log"))?;
    if length.unwrap_or(0) == 0 && log_length.unwrap_or(0) > 0 {
        return Err(StoreError::Damaged("the database is gone".to_owned()));
    }
    let mut connection = connect(folder, options)?;
    // A file whose version says nothing but which has pages is none of ours or was overwritten.
    if schema::version(&connection)? == 0 && length.unwrap_or(0) > 0 {
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 {
            return Err(StoreError::Damaged("the format is not known".to_owned()));
        }
    }
    schema::upgrade(&mut connection)?;
    if is_there(files, folder, DAMAGED)? {
        look_closely(files, folder, &connection)?;
    }
    whole::outbox(&connection)?;
    whole::identity(&connection, log)?;
    catch_up::catch_up(&mut connection, log, files, folder)?;
    Ok(connection)
}

fn is_there(files: &dyn Files, folder: &Path, name: &str) -> Result<bool, StoreError> {
    Ok(files.length(&folder.join(name)).map_err(StoreError::files("looking at the database"))?.is_some())
}

/// Damage was met: reads all of it.
fn look_closely(files: &dyn Files, folder: &Path, connection: &Connection) -> Result<(), StoreError> {
    if is_there(files, folder, SUSPECTED)? {
        return Err(StoreError::Damaged("damage was met again and again".to_owned()));
    }
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(verdict));
    }
    whole::signed(connection)?;
    files
        .rename(&folder.join(DAMAGED), &folder.join(SUSPECTED))
        .map_err(StoreError::files("changing the mark of damage"))
}

/// The one connection that writes.
pub(super) fn connect(folder: &Path, options: &OpenOptions) -> Result<Connection, StoreError> {
    let connection = bare(&folder.join(DATABASE), options)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Malformed(format!("the folder allows no write-ahead log ({mode})")));
    }
    let synced = if seeded::is_on(Bug::SavedBeforeSync) { "OFF" } else { "FULL" };
    connection.pragma_update(None, "synchronous", synced)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", LOG_PAGES, |_| Ok(()))?;
    Ok(connection)
}

/// A connection that reads beside the writer.
pub(super) fn reader(folder: &Path, options: &OpenOptions) -> Result<Connection, StoreError> {
    let connection = bare(&folder.join(DATABASE), options)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A connection to a file without any setting of ours.
pub(super) fn bare(path: &Path, options: &OpenOptions) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match &options.vfs {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name.as_str())?,
        None => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Takes the ballast where there is plenty of space; having none is no reason not to open.
fn take_ballast(files: &dyn Files, folder: &Path, bytes: u64) {
    let path = folder.join(BALLAST);
    let there = matches!(files.length(&path), Ok(Some(length)) if length >= bytes);
    let plenty = files.free_space(folder).is_ok_and(|free| free / 4 > bytes);
    if bytes > 0
        && !there
        && plenty
        && let Err(error) = files.reserve(&path, bytes)
    {
        tracing::warn!(%error, "no ballast could be taken");
    }
}
