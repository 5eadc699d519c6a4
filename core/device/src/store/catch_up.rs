//! Commits that only the log still knows: the write-ahead log was damaged, or the storage lost what it had called
//! durable. SQLite goes on from the last commit before; going on from there with other commands would lose those of the
//! log and give their places in the chain twice.

use std::path::Path;

use countersign_model::command::chain_next;
use rusqlite::Connection;

use super::files::Files;
use super::forms::FormShelf;
use super::log::Entry;
use super::whole::{self, Chained, Lost};
use super::{StoreError, Tx, cited, numbers, settings, submit};

/// Puts what the log knows and the database lost back where it was. Damaged where the two do not fit together.
pub(super) fn catch_up(
    connection: &mut Connection,
    log: &[Entry],
    files: &dyn Files,
    folder: &Path,
) -> Result<(), StoreError> {
    let commands = match whole::lost(connection, log)? {
        Lost::Nothing => return Ok(()),
        Lost::Commands(commands) => commands,
        Lost::Apart => return Err(StoreError::Damaged("it is older than the log of unsent work".to_owned())),
    };
    tracing::warn!(commands = commands.len(), "the database had lost commits; the log has them");
    let transaction = connection.transaction()?;
    let shelf = FormShelf::default();
    let tx = Tx::new(&transaction, &shelf);
    match put_back(&tx, &commands, log, files, folder) {
        // What the tables refuse does not fit to what is in them.
        Err(StoreError::Database(error)) => return Err(StoreError::Damaged(error.to_string())),
        other => other?,
    }
    tx.finish()?;
    Ok(transaction.commit()?)
}

fn put_back(
    tx: &Tx<'_>,
    commands: &[Chained],
    log: &[Entry],
    files: &dyn Files,
    folder: &Path,
) -> Result<(), StoreError> {
    let connection = tx.connection();
    let device = tx.rows().identity()?.ok_or(StoreError::NotEnrolled)?.device;
    for Chained { seq, prev_hash, command } in commands {
        let next = chain_next(*prev_hash, *seq, command)?;
        submit::insert_outbox(connection, *seq, command, *prev_hash, next, "pending")?;
        settings::put_chain_head(connection, device, *seq, next)?;
        cited::restore(tx, command, files, folder)?;
    }
    for entry in log {
        if let Entry::Number { block, last } = entry {
            let name = numbers::name(block);
            let known: u64 = settings::read(connection, &name)?.unwrap_or(0);
            settings::save(connection, &name, &known.max(*last))?;
        }
    }
    tx.fold(None)
}
