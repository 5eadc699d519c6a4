//! Bringing the database of an older program up, in one transaction: afterwards it is what a new one would be.

use std::cell::RefCell;

use countersign_model::{Id, RecordRef};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::open::{SCHEMA_VERSION, version};
use super::records::Direction;
use super::{Read, Stored, Write, entries, id_at};

/// Records read at a time.
const PAGE: usize = 1_000;

/// What version 2 adds to the tables; the same text stands in `schema.sql`.
const VERSION_2: &str = "
    CREATE INDEX record_voucher_waiting ON record (tenant, seq, parent)
      WHERE kind = 'voucher' AND json_extract(body, '$.state') = 'submitted';
    CREATE INDEX inbox_saved ON inbox (tenant, json_extract(body, '$.payload.record.id'), arrival)
      WHERE kind = 'master.save';
    CREATE INDEX inbox_received ON inbox (tenant, received, arrival);
    ALTER TABLE media_citation ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
    UPDATE media_citation SET held = 1 WHERE EXISTS (
      SELECT 1 FROM media AS m WHERE m.tenant = media_citation.tenant AND m.sha256 = media_citation.sha256);
    CREATE INDEX media_citation_absent ON media_citation (tenant, scope, sha256) WHERE held = 0;
";

/// What version 3 adds; the same text stands in `schema.sql`.
const VERSION_3: &str = "
    CREATE TABLE log_node (
      tenant BLOB NOT NULL REFERENCES tenant,
      level  INTEGER NOT NULL CHECK (level >= 8),
      place  INTEGER NOT NULL CHECK (place >= 0),
      hash   BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (tenant, level, place)
    ) STRICT, WITHOUT ROWID;
";

/// What version 4 adds; the same text stands in `schema.sql`.
const VERSION_4: &str = "
    CREATE INDEX inbox_carried ON inbox (tenant, device, json_extract(origin, '$.seq')) WHERE carrier IS NOT NULL;
";

/// Upgrades where the database is older than this program.
pub(super) fn run(connection: &Connection) -> Stored {
    if version(connection)? >= SCHEMA_VERSION {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let found = version(&transaction)?;
    if found < 2 {
        transaction.execute_batch(VERSION_2)?;
        project_everything(&transaction)?;
    }
    if found < 3 {
        transaction.execute_batch(VERSION_3)?;
        for tenant in tenants(&transaction)? {
            let write = Write { read: Read { connection: &transaction, tenant }, judged: RefCell::default() };
            (1..=write.log_size()?).try_for_each(|size| write.keep_nodes(size))?;
        }
    }
    if found < 4 {
        transaction.execute_batch(VERSION_4)?;
    }
    if found < SCHEMA_VERSION {
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    Ok(transaction.commit()?)
}

fn tenants(transaction: &Transaction<'_>) -> Stored<Vec<Id>> {
    let mut statement = transaction.prepare("SELECT tenant FROM tenant")?;
    let found = statement.query_map([], |row| id_at(row, 0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Version 2 sorts lists by what a record names, and jobs by their visits: words and keys of every record anew.
fn project_everything(transaction: &Transaction<'_>) -> Stored {
    for tenant in tenants(transaction)? {
        let write = Write { read: Read { connection: transaction, tenant }, judged: RefCell::default() };
        for kind in entries::kinds() {
            let mut after = None;
            loop {
                let rows = write.list(kind, after, PAGE, Direction::Ascending)?;
                for row in &rows {
                    write.project_words(&RecordRef::new(kind, row.id), row.body.as_ref())?;
                }
                match rows.last().filter(|_| rows.len() == PAGE) {
                    Some(last) => after = Some(last.id),
                    None => break,
                }
            }
        }
    }
    Ok(())
}
