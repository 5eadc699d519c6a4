//! The office's log as this device watches it: the signed head that it knows, how far its own commands were shown to be in
//! it, and what it saw where the log was changed afterwards.

use countersign_model::command::Command;
use countersign_model::log::{LogProof, LogQuestion, PROVEN_AT_ONCE, TreeHead};
use countersign_model::{Digest, Id, merkle};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::exchange::Identity;
use super::topics::Topic;
use super::{Store, StoreError, settings, stored};

/// What was received this long before a head was signed stands in it, milliseconds: far more than any writing takes.
const SURELY_COVERED: i64 = 60_000;

/// What the device knows of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// The hub's epoch: a hub that came back from a backup has another log, and people are told of it.
    epoch: String,
    head: TreeHead,
    /// Own commands up to this number were shown to be in it.
    proven: u64,
}

/// What the device saw where the log was changed: both heads are signed by the office, so that anybody can check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogChanged {
    /// What does not fit.
    pub why: String,
    /// The head that the device knew.
    pub known: Option<TreeHead>,
    /// The head that it was shown.
    pub shown: TreeHead,
}

/// An own command that the log must hold.
#[derive(Clone, Debug)]
struct Sent {
    seq: u64,
    command: Id,
    digest: Digest,
    /// The hub decided it long before the head was signed.
    overdue: bool,
}

/// What the hub is asked about its log, and what the answer is held against.
#[derive(Clone, Debug)]
pub struct LogWatch {
    /// What to ask.
    pub question: LogQuestion,
    known: Option<Known>,
    shown: TreeHead,
    sent: Vec<Sent>,
    epoch: String,
}

impl Store {
    /// The head of the office's log that this device knows, and up to which number its own commands were shown to be in it.
    pub fn known_log(&self) -> Result<Option<(TreeHead, u64)>, StoreError> {
        let known: Option<Known> = self.read(|rows| settings::read(rows.connection(), settings::OFFICE_LOG))?;
        Ok(known.map(|known| (known.head, known.proven)))
    }

    /// What is to be asked about a head that came with the feed; `None` where nothing is: it is the known one, or the log
    /// was found changed already, which stays said. A head that no key of the office signed is noted.
    pub fn watch_log(&self, shown: &TreeHead) -> Result<Option<LogWatch>, StoreError> {
        let Identity { chain, epoch, .. } = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        let asked = self.read(|rows| {
            if rows.log_changed()?.is_some() {
                return Ok(None);
            }
            let known: Option<Known> = settings::read(rows.connection(), settings::OFFICE_LOG)?;
            let known = known.filter(|known| known.epoch == epoch);
            let proven = known.as_ref().map_or(0, |known| known.proven);
            let is_known = known.as_ref().is_some_and(|known| known.head == *shown);
            // What was sent since then a known head cannot hold; what did not fit into one question is still asked about.
            if is_known && !is_overdue(rows.connection(), proven, shown.time)? {
                return Ok(None);
            }
            Ok(Some((known, is_known, sent_since(rows.connection(), proven, shown.time)?)))
        })?;
        let Some((known, is_known, sent)) = asked else { return Ok(None) };
        // A head that is known was checked when it came first.
        if !is_known && shown.check(&chain).is_err() {
            let why = "no key of the office signed the head".to_owned();
            self.note_log_changed(LogChanged { why, known: None, shown: shown.clone() })?;
            return Ok(None);
        }
        // Two programs on one store may hear of heads in another order than they were signed.
        let before = known.as_ref().map_or(0, |known| known.head.size);
        let question = LogQuestion {
            from: before.min(shown.size),
            to: before.max(shown.size),
            commands: if before > shown.size { Vec::new() } else { sent.iter().map(|sent| sent.command).collect() },
        };
        Ok(Some(LogWatch { question, known, shown: shown.clone(), sent, epoch }))
    }

    /// Holds the hub's answer against what the device knows: the head is known from now on, or it is noted what does not
    /// fit.
    pub fn log_proven(&self, watch: &LogWatch, proof: &LogProof) -> Result<(), StoreError> {
        match watch.judge(proof) {
            Ok(None) => Ok(()),
            Ok(Some(known)) => self.write(|tx| settings::save(tx.connection(), settings::OFFICE_LOG, &known)),
            Err(why) => {
                let known = watch.known.as_ref().map(|known| known.head.clone());
                self.note_log_changed(LogChanged { why, known, shown: watch.shown.clone() })
            }
        }
    }

    /// The hub says that its log is not as long as a head that it signed.
    pub fn log_became_shorter(&self, watch: &LogWatch) -> Result<(), StoreError> {
        let known = watch.known.as_ref().map(|known| known.head.clone());
        let why = format!("the log ends before entry {}, which the office signed", watch.question.to);
        self.note_log_changed(LogChanged { why, known, shown: watch.shown.clone() })
    }

    /// The first contradiction stays: a log that is right again later was wrong all the same.
    fn note_log_changed(&self, changed: LogChanged) -> Result<(), StoreError> {
        tracing::error!(why = changed.why, "the office's log was changed");
        self.write(|tx| {
            if settings::get(tx.connection(), settings::LOG_CHANGED)?.is_none() {
                settings::save(tx.connection(), settings::LOG_CHANGED, &changed)?;
                tx.touch(Topic::Outbox);
                tx.touch(Topic::Status);
            }
            Ok(())
        })
    }
}

impl super::Rows<'_> {
    /// What the device saw where the office's log was changed.
    pub fn log_changed(&self) -> Result<Option<LogChanged>, StoreError> {
        settings::read(self.connection(), settings::LOG_CHANGED)
    }
}

/// Whether a command of the hub's was decided so early that it must stand under a head; `?2` is that moment.
const OVERDUE: &str = "state NOT IN ('pending', 'held', 'waiting') AND decided_at > 0 AND decided_at < ?2";

/// What the commands after a number and a head that was signed then are compared by.
fn after(proven: u64, signed: i64) -> (i64, i64) {
    (i64::try_from(proven).unwrap_or(i64::MAX), signed.saturating_sub(SURELY_COVERED))
}

fn is_overdue(connection: &rusqlite::Connection, proven: u64, signed: i64) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM outbox WHERE at_hub = 1 AND seq > ?1 AND {OVERDUE}");
    let (seq, covered) = after(proven, signed);
    Ok(connection.prepare_cached(&sql)?.exists(params![seq, covered])?)
}

fn sent_since(connection: &rusqlite::Connection, proven: u64, signed: i64) -> Result<Vec<Sent>, StoreError> {
    let sql = format!("SELECT seq, body, {OVERDUE} FROM outbox WHERE at_hub = 1 AND seq > ?1 ORDER BY seq LIMIT ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let (seq, covered) = after(proven, signed);
    let most = i64::try_from(PROVEN_AT_ONCE).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![seq, covered, most], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
    })?;
    rows.map(|row| {
        let (seq, body, overdue) = row?;
        let command: Command = stored(&body)?;
        Ok(Sent { seq: seq.unsigned_abs(), digest: command.digest()?, command: command.id, overdue })
    })
    .collect()
}

impl LogWatch {
    /// Whether the head that was shown covers less than the known one.
    pub fn is_shorter(&self) -> bool {
        self.shown.size < self.question.to
    }

    /// What is known from now on, if this is more than before; or what does not fit.
    fn judge(&self, proof: &LogProof) -> Result<Option<Known>, String> {
        let shown = (self.shown.size, self.shown.root);
        let before = self.known.as_ref().map_or((0, Digest::default()), |known| (known.head.size, known.head.root));
        let (old, new) = if before.0 <= shown.0 { (before, shown) } else { (shown, before) };
        if !merkle::goes_on(old, new, &proof.consistency) {
            return Err(format!("the log of {} entries does not go on from that of {}", new.0, old.0));
        }
        if before.0 > shown.0 {
            return Ok(None);
        }
        let mut proven = self.known.as_ref().map_or(0, |known| known.proven);
        for sent in &self.sent {
            let included = proof.included.iter().find(|included| included.command == sent.command);
            match included {
                Some(included) if included.shows(&self.shown, sent.digest) => proven = sent.seq,
                Some(_) => return Err(format!("the log does not hold command {} as it was sent", sent.seq)),
                None if sent.overdue => return Err(format!("the log does not hold command {}", sent.seq)),
                // It came after the head was signed.
                None => break,
            }
        }
        Ok(Some(Known { epoch: self.epoch.clone(), head: self.shown.clone(), proven }))
    }
}
