//! The log as the second memory: bringing it up after a stop, shortening it, and saving unsent work from it when the
//! database is damaged. The damaged file is moved aside, never deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use countersign_model::command::{Command, chain_next, chain_start};
use countersign_model::{Digest, Id};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::exchange::Identity;
use super::files::Files;
use super::forms::FormShelf;
use super::log::{Entry, Log};
use super::open::{DAMAGED, DATABASE, LOG, OpenOptions, SUSPECTED, connect};
use super::topics::Topic;
use super::{
    Rows, Store, StoreError, Tx, aside, cited, numbers, schema, settings, stored, submit, token, wrong_column,
};
use crate::vault::{SealedToken, Token};

/// A log longer than this is shortened at a start where most of it is at the hub.
const LONG_LOG: u64 = 4 << 20;

/// What was saved from a damaged store, for telling the person. It is kept until somebody acknowledges it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvage {
    /// What was wrong.
    pub why: String,
    /// Where the damaged file is now.
    pub aside: PathBuf,
    /// Commands found in the log. What was saved in the last two seconds before the damage may be missing: as long as
    /// the log may be behind.
    pub commands: usize,
    /// Files that these commands name and that are here: they are sent as before.
    pub files: usize,
    /// When the last of these commands was given, by the device's clock; `None` where there was none.
    pub last: Option<i64>,
}

/// Appends what a stop between commit and append left out; `read` is what the log holds.
pub(super) fn bring_log_up(
    files: &dyn Files,
    connection: &Connection,
    log: &mut Log,
    read: &[Entry],
) -> Result<(), StoreError> {
    let Some(identity) = settings::identity(connection)? else { return Ok(()) };
    let has: BTreeSet<u64> = read
        .iter()
        .filter_map(|entry| match entry {
            Entry::Command { device, seq, .. } if *device == identity.device => Some(*seq),
            _ => None,
        })
        .collect();
    let knows = read.iter().rev().find(|entry| matches!(entry, Entry::Identity { .. }));
    let own = token::identity_entry(connection, &identity)?;
    let mut lacking = Vec::new();
    if knows != Some(&own) {
        lacking.push(own);
    }
    let entries = command_entries(connection, identity.device)?;
    lacking.extend(entries.into_iter().filter(|(seq, _)| !has.contains(seq)).map(|(_, entry)| entry));
    log.append(files, &lacking).map_err(StoreError::files("writing the log of unsent work"))?;
    log.sync().map_err(StoreError::files("saving the log of unsent work"))
}

/// Leaves out of a long log what the hub has and the outbox has forgotten, and of one with broken lines those: it would
/// be no second memory for what stood in them.
pub(super) fn shorten_log(
    files: &dyn Files,
    folder: &Path,
    connection: &Connection,
    log: &mut Log,
    broken: bool,
) -> Result<(), StoreError> {
    let length = files.length(&folder.join(LOG)).map_err(StoreError::files("looking at the log"))?;
    let Some(identity) = settings::identity(connection)? else { return Ok(()) };
    if length.unwrap_or(0) <= LONG_LOG && !broken {
        return Ok(());
    }
    rewrite_log(files, connection, log, &identity)
}

/// Writes the log anew: the identity, the chain's end, and every command that is not forgotten.
pub(super) fn rewrite_log(
    files: &dyn Files,
    connection: &Connection,
    log: &mut Log,
    identity: &Identity,
) -> Result<(), StoreError> {
    let head = settings::chain_head(connection, identity.device)?;
    let mut entries = vec![
        token::identity_entry(connection, identity)?,
        Entry::Head { device: head.device, seq: head.seq, hash: head.hash },
    ];
    entries.extend(number_entries(connection)?);
    entries.extend(command_entries(connection, identity.device)?.into_iter().map(|(_, entry)| entry));
    log.replace(files, &entries).map_err(StoreError::files("shortening the log of unsent work"))
}

/// The log's lines of the numbers that were given out.
fn number_entries(connection: &Connection) -> Result<Vec<Entry>, StoreError> {
    let sql = "SELECT substr(name, length(?1) + 1), CAST(value AS INTEGER) FROM setting
               WHERE substr(name, 1, length(?1)) = ?1";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([numbers::PREFIX], |row| {
        Ok(Entry::Number { block: row.get(0)?, last: row.get::<_, i64>(1)?.unsigned_abs() })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The log's lines of every command that is not forgotten.
fn command_entries(connection: &Connection, device: Id) -> Result<Vec<(u64, Entry)>, StoreError> {
    let mut statement = connection.prepare(
        // Negative places are those of an earlier identity's chain, which the hub decided.
        "SELECT seq, prev_hash, body FROM outbox
          WHERE seq > 0 AND (state NOT IN ('kept', 'closed') OR at_hub = 0) ORDER BY seq",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, String>(2)?)))?;
    rows.map(|row| {
        let (seq, prev, body) = row?;
        let prev_hash = Digest::from_slice(&prev).ok_or_else(|| wrong_column("a digest has 32 bytes"))?;
        let seq = seq.unsigned_abs();
        Ok((seq, Entry::Command { device, seq, prev_hash, command: stored(&body)? }))
    })
    .collect()
}

/// Moves the damaged database aside and makes a new one with what the log remembers.
pub(super) fn salvage(
    files: &dyn Files,
    folder: &Path,
    options: &OpenOptions,
    why: &str,
    log: &[Entry],
) -> Result<(Connection, Option<Salvage>), StoreError> {
    tracing::error!(why, "the database is moved aside and unsent work is salvaged");
    let aside = move_aside(files, folder)?;
    let of = log.iter().rev().find_map(|entry| match entry {
        Entry::Identity { identity, .. } => Some(identity.device),
        _ => None,
    });
    // The log has the last word; what a broken line of it held may still be readable in the damaged file.
    let entries = aside::entries(&aside, options, of).into_iter().chain(log.iter().cloned()).collect();
    let mut connection = connect(folder, options)?;
    schema::upgrade(&mut connection)?;
    let salvage = Salvage { why: why.to_owned(), aside, commands: 0, files: 0, last: None };
    let plain =
        Log::read_plain_token(files, &folder.join(LOG)).map_err(StoreError::files("reading the log of unsent work"))?;
    let salvage = restore(&mut connection, (entries, plain), salvage, files, folder)?;
    for mark in [DAMAGED, SUSPECTED] {
        let mark = folder.join(mark);
        if files.length(&mark).map_err(StoreError::files("looking at the mark of damage"))?.is_some() {
            files.remove(&mark).map_err(StoreError::files("removing the mark of damage"))?;
        }
    }
    Ok((connection, Some(salvage)))
}

fn move_aside(files: &dyn Files, folder: &Path) -> Result<PathBuf, StoreError> {
    let moving = || StoreError::files("moving the damaged database aside");
    let taken = files.list(folder).map_err(moving())?;
    let free = |number: usize| folder.join(format!("damaged-{number}-{DATABASE}"));
    let number = (1..).find(|number| !taken.contains(&free(*number))).unwrap_or(usize::MAX);
    for suffix in ["", "-wal", "-shm"] {
        let from = folder.join(format!("{DATABASE}{suffix}"));
        if files.length(&from).map_err(moving())?.is_some() {
            let to = folder.join(format!("damaged-{number}-{DATABASE}{suffix}"));
            files.rename(&from, &to).map_err(moving())?;
        }
    }
    files.sync_folder(folder).map_err(moving())?;
    Ok(free(number))
}

/// The commands of the last identity's chain; those of an earlier identity were put into the new chain.
fn restore(
    connection: &mut Connection,
    (entries, plain): (Vec<Entry>, Option<(Id, Token)>),
    mut salvage: Salvage,
    files: &dyn Files,
    folder: &Path,
) -> Result<Salvage, StoreError> {
    let mut identity: Option<(Identity, Option<Box<SealedToken>>)> = None;
    let mut heads: BTreeMap<Id, (u64, Digest)> = BTreeMap::new();
    let mut commands: BTreeMap<(Id, u64), (Digest, Command)> = BTreeMap::new();
    let mut blocks: BTreeMap<String, u64> = BTreeMap::new();
    let mut last_device = None;
    for entry in entries {
        match entry {
            Entry::Identity { identity: found, token } => identity = Some((*found, token)),
            Entry::Head { device, seq, hash } => {
                let head = heads.entry(device).or_insert((seq, hash));
                if seq > head.0 {
                    *head = (seq, hash);
                }
            }
            Entry::Number { block, last } => {
                let number = blocks.entry(block).or_insert(last);
                *number = last.max(*number);
            }
            Entry::Command { device, seq, prev_hash, command } => {
                commands.insert((device, seq), (prev_hash, *command));
                last_device = Some(device);
            }
        }
    }
    let transaction = connection.transaction()?;
    if plain.is_some() {
        // Whether it is this device's or not, and sealed since or not: the log holds one in the clear.
        settings::put(&transaction, settings::WIPE, "1")?;
    }
    // Whose work it is where nothing says any more what this device is: it waits for the next enrolment.
    let device = identity.as_ref().map(|(identity, _)| identity.device).or(last_device);
    if let Some((identity, token)) = identity {
        let device = identity.device;
        settings::put_identity(&transaction, &identity)?;
        match token {
            Some(token) => token::put(&transaction, &token)?,
            None => token::put_plain(&transaction, device, plain)?,
        }
        for (block, last) in blocks {
            settings::save(&transaction, &numbers::name(&block), &last)?;
        }
        super::scopes::want_always(&transaction, device)?;
    }
    if let Some(device) = device {
        if settings::identity(&transaction)?.is_none() {
            settings::put(&transaction, settings::ORPHANED, "1")?;
        }
        commands.retain(|(of, _), _| *of == device);
        let head = heads.get(&device).copied().unwrap_or((0, chain_start(device)));
        chain_again(&transaction, device, head, &commands)?;
        let shelf = FormShelf::default();
        let tx = Tx::new(&transaction, &shelf);
        salvage.commands = commands.len();
        salvage.last = commands.values().next_back().map(|(_, command)| command.time.wall);
        for (_, command) in commands.values() {
            salvage.files += cited::restore(&tx, command, files, folder)?;
        }
    }
    settings::save(&transaction, settings::SALVAGE, &salvage)?;
    transaction.commit()?;
    Ok(salvage)
}

/// Puts the commands back into the outbox, each at its place in the chain.
fn chain_again(
    connection: &Connection,
    device: Id,
    mut head: (u64, Digest),
    commands: &BTreeMap<(Id, u64), (Digest, Command)>,
) -> Result<(), StoreError> {
    for ((_, seq), (prev_hash, command)) in commands {
        let next = chain_next(*prev_hash, *seq, command)?;
        submit::insert_outbox(connection, *seq, command, *prev_hash, next, "pending")?;
        if *seq > head.0 {
            head = (*seq, next);
        }
    }
    settings::put_chain_head(connection, device, head.0, head.1)
}

impl Store {
    /// Somebody read what was salvaged: it is not said any more. The damaged file stays where it is.
    pub fn acknowledge_salvage(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            settings::remove(tx.connection(), settings::SALVAGE)?;
            tx.touch(Topic::Outbox);
            tx.touch(Topic::Status);
            Ok(())
        })
    }
}

impl Rows<'_> {
    /// What was salvaged and nobody acknowledged yet.
    pub fn salvage(&self) -> Result<Option<Salvage>, StoreError> {
        settings::read(self.connection(), settings::SALVAGE)
    }
}
