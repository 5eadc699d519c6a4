//! Opening: the pragmas, the schema, and its version, which is written once by the opener.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use countersign_model::Id;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};
use tokio::sync::watch;

use super::{Store, StoreError, Stored, upgrade};

/// The newest schema that this program knows.
pub const SCHEMA_VERSION: i64 = 4;
/// Marks the file as a hub's ("CSHB"), so that no other program's database is taken for one.
const APPLICATION_ID: i64 = 0x4353_4842;
/// A second process (`hub job` while the hub serves) writes for milliseconds; ten seconds is a stuck disk.
pub(super) const BUSY: Duration = Duration::from_secs(10);
const SCHEMA: &str = include_str!("schema.sql");

impl Store {
    /// Makes the database of a new hub with its first tenant. Fails where a file is there already.
    pub fn create(path: &Path, tenant: Id, name: &str, epoch: &str, now: i64) -> Stored<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        prepare(&connection)?;
        {
            let transaction = Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
            if version(&transaction)? != 0 {
                return Err(StoreError::Unreadable("there is a database already".to_owned()));
            }
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            insert_tenant(&transaction, tenant, name, epoch, now)?;
            transaction.commit()?;
        }
        Ok(Store::around(path, connection))
    }

    /// Opens the database of a hub. A newer one, or a file that is none, is refused untouched.
    pub fn open(path: &Path) -> Stored<Store> {
        {
            let looking = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
                .map_err(|_| StoreError::NotAHub(path.to_owned()))?;
            looking.busy_timeout(BUSY)?;
            check_ours(&looking, path)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        prepare(&connection)?;
        upgrade::run(&connection)?;
        Ok(Store::around(path, connection))
    }

    fn around(path: &Path, writer: Connection) -> Store {
        let (head, _) = watch::channel(0);
        Store {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            head,
            judged: Mutex::default(),
        }
    }

    /// The tenants of this hub, oldest first, with name and epoch.
    pub fn tenants(&self) -> Stored<Vec<(Id, String, String)>> {
        let connection = super::lock(&self.writer);
        let mut statement = connection.prepare("SELECT tenant, name, epoch FROM tenant ORDER BY created, tenant")?;
        let rows = statement.query_map([], |row| Ok((super::id_at(row, 0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Adds another company to this hub.
    pub fn add_tenant(&self, tenant: Id, name: &str, epoch: &str, now: i64) -> Stored {
        let connection = super::lock(&self.writer);
        let transaction = Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
        insert_tenant(&transaction, tenant, name, epoch, now)?;
        transaction.commit()?;
        Ok(())
    }

    /// A number that changes when any other connection commits; kept by whoever polls.
    pub fn watcher(&self) -> Stored<Watcher> {
        Ok(Watcher { connection: reader(&self.path)?, last: -1 })
    }
}

/// Notices commits of other connections and processes.
#[derive(Debug)]
pub struct Watcher {
    connection: Connection,
    last: i64,
}

impl Watcher {
    /// Whether somebody committed since the last look.
    pub fn changed(&mut self) -> Stored<bool> {
        let now: i64 = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let changed = now != self.last;
        self.last = now;
        Ok(changed)
    }
}

fn insert_tenant(connection: &Connection, tenant: Id, name: &str, epoch: &str, now: i64) -> Stored {
    connection.execute(
        "INSERT INTO tenant (tenant, name, epoch, created) VALUES (?1, ?2, ?3, ?4)",
        params![tenant.bytes(), name, epoch, now],
    )?;
    connection.execute("INSERT INTO counter (tenant, value) VALUES (?1, 0)", params![tenant.bytes()])?;
    Ok(())
}

pub(super) fn version(connection: &Connection) -> Stored<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

pub(super) fn check_ours(connection: &Connection, path: &Path) -> Stored {
    // A disk that is full or fails says nothing about whose database it is.
    let not_ours = |error: rusqlite::Error| match StoreError::from(error) {
        disk @ StoreError::Disk(_) => disk,
        _ => StoreError::NotAHub(path.to_owned()),
    };
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(not_ours)?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotAHub(path.to_owned()));
    }
    match version(connection)? {
        found if found > SCHEMA_VERSION => Err(StoreError::Newer { found, known: SCHEMA_VERSION }),
        _ => Ok(()),
    }
}

/// `FULL`: a commit that was answered is on the disk, also after a power cut.
fn prepare(connection: &Connection) -> Stored {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

pub(super) fn reader(path: &Path) -> Stored<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}
