//! What can still be read of a database that was moved aside: for a line of the log that is damaged as well.

use std::collections::BTreeMap;
use std::path::Path;

use countersign_model::Id;
use countersign_model::command::chain_next;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::exchange::Identity;
use super::log::Entry;
use super::open::{OpenOptions, bare};
use super::whole::{CHAINED, Chained, chained};
use super::{StoreError, settings, stored, token};

/// The identity, the chain's end and the commands that are as they were saved; nothing where the file is none any more.
/// `of` is the device that the log names last.
pub(super) fn entries(path: &Path, options: &OpenOptions, of: Option<Id>) -> Vec<Entry> {
    match read(path, options, of) {
        Ok(entries) => entries,
        Err(error) => {
            tracing::warn!(%error, "nothing more can be read of the damaged database");
            Vec::new()
        }
    }
}

fn read(path: &Path, options: &OpenOptions, of: Option<Id>) -> Result<Vec<Entry>, StoreError> {
    let connection = bare(path, options)?;
    // The damaged file is evidence: it stays as it is.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "query_only", true)?;
    let identity = identity(&connection);
    let device = match (of, &identity) {
        (Some(of), Some(identity)) if identity.device != of => return Ok(Vec::new()),
        (Some(of), _) => of,
        (None, Some(identity)) => identity.device,
        (None, None) => return Ok(Vec::new()),
    };
    let mut entries = Vec::new();
    if let (None, Some(identity)) = (of, &identity) {
        // Without its token the device is enrolled anew, with its work.
        let bare = || Entry::Identity { identity: Box::new(identity.clone()), token: None };
        entries.push(token::identity_entry(&connection, identity).unwrap_or_else(|_| bare()));
    }
    entries.extend(head(&connection, device));
    let commands = commands(&connection)?.into_values();
    entries.extend(commands.map(|Chained { seq, prev_hash, command }| Entry::Command {
        device,
        seq,
        prev_hash,
        command: Box::new(command),
    }));
    Ok(entries)
}

/// Past the index, which may be what is damaged.
fn identity(connection: &Connection) -> Option<Identity> {
    let sql = "SELECT value FROM setting NOT INDEXED WHERE name = ?1";
    let text: String = connection.query_row(sql, [settings::IDENTITY], |row| row.get(0)).ok()?;
    stored(&text).ok()
}

/// The chain's end, where the last command vouches for it.
fn head(connection: &Connection, device: Id) -> Option<Entry> {
    let head = settings::chain_head(connection, device).ok()?;
    let sql = format!("SELECT {CHAINED} FROM outbox NOT INDEXED WHERE seq = ?1");
    let mut statement = connection.prepare(&sql).ok()?;
    let mut rows = statement.query([i64::try_from(head.seq).ok()?]).ok()?;
    let last = chained(rows.next().ok()??).ok()?;
    let hash = chain_next(last.prev_hash, last.seq, &last.command).ok()?;
    (hash == head.hash).then_some(Entry::Head { device, seq: head.seq, hash })
}

/// The commands that are not forgotten: from both ends, since reading ends where a page is broken.
fn commands(connection: &Connection) -> Result<BTreeMap<u64, Chained>, StoreError> {
    let mut found = BTreeMap::new();
    for order in ["ASC", "DESC"] {
        let sql = format!(
            "SELECT {CHAINED} FROM outbox NOT INDEXED
              WHERE seq > 0 AND (state NOT IN ('kept', 'closed') OR at_hub = 0) ORDER BY seq {order}"
        );
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Ok(Some(row)) = rows.next() {
            if let Ok(chained) = chained(row) {
                found.insert(chained.seq, chained);
            }
        }
    }
    Ok(found)
}
