//! Whether what may not be lost is whole. SQLite notices a broken page; it does not notice a changed letter, nor that a
//! page whose count of rows was hit has fewer. Own commands carry their place in a chain, signed documents their digest,
//! and the log says what was committed: each is asked.

use countersign_model::Digest;
use countersign_model::command::{Command, chain_next};
use countersign_model::document::{Attestation, sign_offs_digest};
use countersign_model::payload::Payload;
use countersign_model::record::Scope;
use rusqlite::{Connection, OptionalExtension as _};

use super::exchange::Identity;
use super::log::Entry;
use super::push::digest_at;
use super::sealed::SealedRow;
use super::{Rows, StoreError, settings, stored};

/// An own command as its row says it, with its place in the chain.
pub(super) struct Chained {
    pub seq: u64,
    pub prev_hash: Digest,
    pub command: Command,
}

/// The columns of [`chained`].
pub(super) const CHAINED: &str = "seq, body, prev_hash, chain_hash, id, lane, kind";

/// Reads an own command and compares it with its place in the chain, which was reckoned from every byte of it.
pub(super) fn chained(row: &rusqlite::Row<'_>) -> Result<Chained, StoreError> {
    let seq = row.get::<_, i64>(0)?.unsigned_abs();
    let command: Command = stored(&row.get::<_, String>(1)?)?;
    let prev_hash = digest_at(row, 2)?;
    let same = chain_next(prev_hash, seq, &command)? == digest_at(row, 3)?
        && command.id == super::id_of(row.get_ref(4).map_err(StoreError::from)?.as_blob().map_err(not_bytes)?)?
        && command.lane.0 == row.get::<_, String>(5)?
        && command.kind == row.get::<_, String>(6)?;
    match same {
        true => Ok(Chained { seq, prev_hash, command }),
        false => Err(StoreError::Damaged(format!("entry {seq} is not what was saved"))),
    }
}

fn not_bytes(error: rusqlite::types::FromSqlError) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// The office's word for what this device is still holds, or nobody knows better.
pub(super) fn identity(connection: &Connection, log: &[Entry]) -> Result<(), StoreError> {
    let Some(known) = settings::identity(connection)? else { return nobodys_work(connection, log) };
    if vouched(&known) {
        return Ok(());
    }
    let better = log.iter().any(|entry| match entry {
        Entry::Identity { identity, .. } => identity.device == known.device && vouched(identity),
        _ => false,
    });
    match better {
        true => Err(StoreError::Damaged("what this device is was changed".to_owned())),
        // It is kept: the device counts as one whose key was lost, and is enrolled anew with its work.
        false => Ok(()),
    }
}

/// Work without a word of whose it is: that word was lost, or a salvage found none and said so.
fn nobodys_work(connection: &Connection, log: &[Entry]) -> Result<(), StoreError> {
    let said = settings::get(connection, settings::ORPHANED)?.is_some();
    let work = log.iter().any(|entry| matches!(entry, Entry::Command { .. }))
        || connection.query_row("SELECT count(*) FROM outbox", [], |row| row.get::<_, i64>(0))? > 0;
    match work && !said {
        true => Err(StoreError::Damaged("what this device is cannot be found".to_owned())),
        false => Ok(()),
    }
}

fn vouched(identity: &Identity) -> bool {
    identity.credential.check(&identity.chain).is_ok()
}

/// Looks at every own command that is not forgotten.
pub(super) fn outbox(connection: &Connection) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {CHAINED} FROM outbox NOT INDEXED
          WHERE seq > 0 AND (state NOT IN ('kept', 'closed') OR at_hub = 0) ORDER BY seq"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        chained(row)?;
    }
    RowsTwice::ALL.iter().try_for_each(|twice| twice.check(connection))?;
    chain_end(connection)
}

/// Rows that stand in a table and in an index of it: one page cannot be hit so that both forget the same row.
struct RowsTwice {
    table: &'static str,
    index: &'static str,
    of: &'static str,
}

impl RowsTwice {
    const ALL: &[RowsTwice] = &[
        RowsTwice { table: "outbox", index: "outbox_unsent", of: "at_hub = 0" },
        RowsTwice { table: "sealed", index: "sqlite_autoindex_sealed_1", of: "true" },
        RowsTwice { table: "attested", index: "sqlite_autoindex_attested_1", of: "true" },
        RowsTwice { table: "setting", index: "sqlite_autoindex_setting_1", of: "true" },
    ];

    fn check(&self, connection: &Connection) -> Result<(), StoreError> {
        let RowsTwice { table, index, of } = self;
        let count = |how: &str| {
            let sql = format!("SELECT count(*) FROM {table} {how} WHERE {of}");
            connection.query_row(&sql, [], |row| row.get::<_, i64>(0))
        };
        match count("NOT INDEXED")? == count(&format!("INDEXED BY {index}"))? {
            true => Ok(()),
            false => Err(StoreError::Damaged(format!("rows are missing in the table {table}"))),
        }
    }
}

/// The end of the chain is that of the last command, unless that was forgotten.
fn chain_end(connection: &Connection) -> Result<(), StoreError> {
    let Some(identity) = settings::identity(connection)? else { return Ok(()) };
    let head = settings::chain_head(connection, identity.device)?;
    let sql = "SELECT seq, chain_hash FROM outbox WHERE seq > 0 ORDER BY seq DESC LIMIT 1";
    let last = connection
        .query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), digest_at(row, 1)?)))
        .optional()?;
    match last {
        Some((seq, hash)) if seq > head.seq || (seq == head.seq && hash != head.hash) => {
            Err(StoreError::Damaged("the end of the chain is not where it was".to_owned()))
        }
        _ => Ok(()),
    }
}

/// Every signed document and every signature of the device over one.
pub(super) fn signed(connection: &Connection) -> Result<(), StoreError> {
    let rows = Rows::new(connection);
    for sha256 in rows.sealed_names()? {
        rows.sealed(sha256)?;
        rows.attested(sha256)?;
    }
    rows.unattested()?;
    Ok(())
}

/// A signed document still has the digest that names it, and its sign-offs the one that the device vouched for.
pub(super) fn sealed(rows: &Rows<'_>, row: &SealedRow, body: &str) -> Result<(), StoreError> {
    let content = &row.sealed.content;
    if Digest::of(body.as_bytes()) != row.sha256 || content.visit != row.visit || content.job != row.job {
        return Err(changed(row.sha256));
    }
    let sql = "SELECT body FROM attested WHERE sha256 = ?1";
    let attested: Option<String> =
        rows.connection().prepare_cached(sql)?.query_row([row.sha256.0], |row| row.get(0)).optional()?;
    let attested: Option<Attestation> = attested.map(|text| stored(&text)).transpose()?;
    match attested {
        Some(attested) if attested.sign_offs_sha256 != sign_offs_digest(&row.sign_offs)? => Err(changed(row.sha256)),
        _ => Ok(()),
    }
}

/// The sign-offs that the device is about to vouch for are those of the command that signed, as long as it is here.
pub(super) fn unattested(rows: &Rows<'_>, row: &SealedRow) -> Result<(), StoreError> {
    let sql = "SELECT seq, body, at_hub, state, refusal FROM outbox WHERE kind = 'document.sign' AND lane = ?1";
    for own in rows.outbox(sql, [Scope::job(row.job).0])? {
        if let Ok(Payload::DocumentSign(sign)) = own.command.parse()
            && sign.sealed.digest()? == row.sha256
            && sign.sign_offs != row.sign_offs
        {
            return Err(changed(row.sha256));
        }
    }
    Ok(())
}

/// The device's own signature still signs what it says.
pub(super) fn attestation(rows: &Rows<'_>, sha256: Digest, attested: &Attestation) -> Result<(), StoreError> {
    let own = |identity: &Identity| identity.device == attested.device && vouched(identity);
    let Some(identity) = rows.identity()?.filter(own) else {
        // An earlier identity of this device signed it; its key is not known here any more.
        return if attested.sealed_sha256 == sha256 { Ok(()) } else { Err(changed(sha256)) };
    };
    let statement =
        Attestation::statement(attested.sealed_sha256, attested.sign_offs_sha256, attested.device, &attested.time)?;
    let holds = identity.credential.key.verify(&statement, &attested.signature).is_ok();
    if holds && attested.sealed_sha256 == sha256 { Ok(()) } else { Err(changed(sha256)) }
}

fn changed(sha256: Digest) -> StoreError {
    StoreError::Damaged(format!("the signed document {sha256} is not what was signed"))
}

/// Commits that the log knows and the database has lost: a damaged write-ahead log ends where it is damaged, and SQLite
/// takes that for its end.
pub(super) enum Lost {
    /// None.
    Nothing,
    /// These follow the end of the chain without a gap.
    Commands(Vec<Chained>),
    /// The log and the database do not fit together.
    Apart,
}

/// What the log knows that the database has lost.
pub(super) fn lost(connection: &Connection, log: &[Entry]) -> Result<Lost, StoreError> {
    let identity = settings::identity(connection)?;
    if newer_identity(log, identity.as_ref()) {
        return Ok(Lost::Apart);
    }
    let Some(identity) = identity else { return Ok(Lost::Nothing) };
    let mut head = settings::chain_head(connection, identity.device)?;
    let mut after: std::collections::BTreeMap<u64, Chained> = log
        .iter()
        .filter_map(|entry| match entry {
            Entry::Command { device, seq, prev_hash, command } if *device == identity.device && *seq > head.seq => {
                Some((*seq, Chained { seq: *seq, prev_hash: *prev_hash, command: command.as_ref().clone() }))
            }
            _ => None,
        })
        .collect();
    let mut follow = Vec::new();
    while let Some((seq, next)) = after.pop_first() {
        if seq != head.seq.saturating_add(1) || next.prev_hash != head.hash {
            return Ok(Lost::Apart);
        }
        (head.seq, head.hash) = (seq, chain_next(head.hash, seq, &next.command)?);
        follow.push(next);
    }
    Ok(if follow.is_empty() { Lost::Nothing } else { Lost::Commands(follow) })
}

/// Whether the log's last identity came after the database's: it is another one, and the log had the database's before.
/// A database whose identity the log never had is the newer: the stop came between the commit and the log's line.
fn newer_identity(log: &[Entry], known: Option<&Identity>) -> bool {
    let mut identities = log.iter().rev().filter_map(|entry| match entry {
        Entry::Identity { identity, .. } => Some(identity.device),
        _ => None,
    });
    let Some(last) = identities.next() else { return false };
    known.is_none_or(|known| last != known.device && identities.any(|device| device == known.device))
}
