//! Own commands on their way up: the next run, what the hub has, and the fork of a copied store.

use countersign_model::Digest;
use countersign_model::command::{Command, Envelope, Origin, chain_next};
use countersign_model::lease::LeaseMark;
use countersign_model::wire::Pushed;

use super::exchange::{ChainHead, Contact, Identity, PushBatch, SyncProblem};
use super::log::Entry;
use super::topics::Topic;
use super::{Store, StoreError, Tx, settings, stored, submit, wrong_column};

impl Store {
    /// The end of this device's chain.
    pub fn chain_head(&self) -> Result<ChainHead, StoreError> {
        self.read(|rows| rows.chain_head())
    }

    /// The next run of own commands that the hub does not have; `None` when there is none, while the store is known to
    /// be a copy, and where re-enveloped commands wait for a person's word.
    pub fn next_push(&self, max_commands: usize, max_bytes: usize) -> Result<Option<PushBatch>, StoreError> {
        self.read(|rows| {
            let connection = rows.connection();
            let Some(identity) = rows.identity()? else { return Ok(None) };
            if settings::get(connection, settings::FORKED)?.is_some() {
                return Ok(None);
            }
            let sql = "SELECT seq, body, prev_hash, chain_hash, state FROM outbox WHERE at_hub = 0 ORDER BY seq";
            let mut statement = connection.prepare_cached(sql)?;
            let mut found = statement.query([])?;
            let mut batch: Option<PushBatch> = None;
            let mut bytes = 0;
            while let Some(row) = found.next()? {
                let seq = row.get::<_, i64>(0)?.unsigned_abs();
                let body: String = row.get(1)?;
                let gap = batch.as_ref().is_some_and(|batch| batch.last_seq.saturating_add(1) != seq);
                let full = batch
                    .as_ref()
                    .is_some_and(|batch| batch.envelopes.len() >= max_commands || bytes + body.len() > max_bytes);
                if gap || full || row.get::<_, String>(4)? == "held" {
                    break;
                }
                bytes += body.len();
                let prev_hash = digest_at(row, 2)?;
                let command: Command = stored(&body)?;
                let origin = Origin::Device { id: identity.device, seq, prev_hash };
                let chain_hash = digest_at(row, 3)?;
                let batch = batch.get_or_insert(PushBatch { envelopes: Vec::new(), last_seq: seq, chain_hash });
                batch.envelopes.push(Envelope { origin, command });
                batch.last_seq = seq;
                batch.chain_hash = chain_hash;
            }
            Ok(batch)
        })
    }

    /// Notes what the hub durably has. The decisions come by the feed.
    pub fn record_pushed(&self, pushed: &Pushed) -> Result<(), StoreError> {
        self.write(|tx| {
            let head = tx.rows().chain_head()?;
            // A hub that claims more than was ever sent is not believed beyond it.
            let stored = i64::try_from(pushed.stored.min(head.seq)).unwrap_or(i64::MAX);
            let sql = "UPDATE outbox SET at_hub = 1 WHERE at_hub = 0 AND seq > 0 AND seq <= ?1";
            tx.connection().prepare_cached(sql)?.execute([stored])?;
            tx.touch(Topic::Outbox);
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// The hub expects this sequence number next: what it lacks is offered again. False where it is not here any more,
    /// or where the hub knows a longer chain: then this store is a copy or was salvaged, see [`Store::mark_fork`].
    pub fn rewind_push(&self, expected: u64) -> Result<bool, StoreError> {
        self.write(|tx| {
            let head = tx.rows().chain_head()?;
            let from = i64::try_from(expected).unwrap_or(i64::MAX);
            let sql = "SELECT count(*) FROM outbox WHERE seq >= ?1";
            let here: i64 = tx.connection().prepare_cached(sql)?.query_row([from], |row| row.get(0))?;
            let lacking = head.seq.saturating_add(1).checked_sub(expected);
            if lacking != Some(here.unsigned_abs()) {
                return Ok(false);
            }
            let sql = "UPDATE outbox SET at_hub = 0 WHERE seq >= ?1";
            tx.connection().prepare_cached(sql)?.execute([from])?;
            // What the hub had and lost is before that; it holds the rest.
            let sql = "UPDATE outbox SET at_hub = 1 WHERE seq > 0 AND seq < ?1";
            tx.connection().prepare_cached(sql)?.execute([from])?;
            Ok(true)
        })
    }

    /// A hub that was restored does not know this device, so it has nothing of it: what was sent before counts as unsent, and
    /// no receipt counts any more. What the device shows stays as it is. With `again` also where this was done before and no
    /// page of the hub came since.
    pub fn offer_everything(&self, again: bool) -> Result<(), StoreError> {
        self.write(|tx| {
            let done = settings::get(tx.connection(), settings::UNKNOWN_AT_HUB)?.is_some();
            if done && !again {
                return Ok(());
            }
            tx.connection().execute_batch(
                "UPDATE outbox SET at_hub = 0;
                 UPDATE carried SET at_hub = 0;
                 UPDATE media SET state = 'local', receipt = NULL WHERE here = 1 AND state = 'receipted';",
            )?;
            settings::remove(tx.connection(), settings::BACKUP_MARK)?;
            settings::put(tx.connection(), settings::UNKNOWN_AT_HUB, "1")?;
            tx.touch(Topic::Outbox);
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// The hub knows another content under a sequence number of ours: this store is a copy. Pushing stops until the
    /// device is enrolled anew.
    pub fn mark_fork(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            settings::put(tx.connection(), settings::FORKED, "1")?;
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// Whether a fork was found and the device waits for a new enrolment.
    pub fn is_forked(&self) -> Result<bool, StoreError> {
        self.read(|rows| Ok(settings::get(rows.connection(), settings::FORKED)?.is_some()))
    }

    /// How many unsent bodies were put under the new device id by the last enrolment. [`Store::save_enrolment`] does
    /// it in its own transaction, so that no stop can leave them between two ids.
    pub fn re_envelope_after_enrolment(&self) -> Result<usize, StoreError> {
        self.held_for_confirmation()
    }

    /// How many re-enveloped commands wait for a person's word.
    pub fn held_for_confirmation(&self) -> Result<usize, StoreError> {
        let count = self.read(|rows| rows.count("SELECT count(*) FROM outbox WHERE state = 'held'"))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// A person confirms: the held commands are pushed from now on.
    pub fn confirm_held(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.connection().execute("UPDATE outbox SET state = 'pending' WHERE state = 'held'", [])?;
            tx.touch(Topic::Outbox);
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// Notes a successful exchange, and from when the lease is reckoned on.
    pub fn record_contact(&self, contact: &Contact, mark: &LeaseMark) -> Result<(), StoreError> {
        self.write(|tx| {
            settings::put_contact(tx.connection(), contact)?;
            settings::save(tx.connection(), settings::LEASE_MARK, mark)?;
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// From when the lease is reckoned on: the hub's time is known, or was reckoned again.
    pub fn put_lease_mark(&self, mark: &LeaseMark) -> Result<(), StoreError> {
        self.write(|tx| settings::save(tx.connection(), settings::LEASE_MARK, mark))
    }

    /// What the status screen says about sync; `None` when all is well.
    pub fn set_sync_problem(&self, problem: Option<&SyncProblem>) -> Result<(), StoreError> {
        self.write(|tx| {
            match problem {
                Some(problem) => settings::save(tx.connection(), settings::SYNC_PROBLEM, problem)?,
                None => settings::remove(tx.connection(), settings::SYNC_PROBLEM)?,
            }
            tx.touch(Topic::Status);
            Ok(())
        })
    }
}

impl Tx<'_> {
    /// Puts every own command whose fate is not known into the chain of a new device id, held until a person confirms.
    /// Accepted ones are at the hub; refused ones stay visible outside the chain (negative places).
    pub(super) fn re_envelope(&self, identity: &Identity) -> Result<(), StoreError> {
        let open = self.rows().own_commands(&["pending", "waiting", "held"])?;
        let connection = self.connection();
        connection.execute_batch(
            "DELETE FROM outbox WHERE state IN ('pending', 'waiting', 'held', 'accepted', 'kept', 'closed');
             UPDATE outbox SET seq = -seq, at_hub = 1 WHERE seq > 0;",
        )?;
        let mut head = settings::chain_head(connection, identity.device)?;
        for row in open {
            let seq = head.seq.saturating_add(1);
            let next = chain_next(head.hash, seq, &row.command)?;
            submit::insert_outbox(connection, seq, &row.command, head.hash, next, "held")?;
            let command = Box::new(row.command);
            self.log(Entry::Command { device: identity.device, seq, prev_hash: head.hash, command });
            head = ChainHead { device: identity.device, seq, hash: next };
        }
        settings::put_chain_head(connection, identity.device, head.seq, head.hash)?;
        self.touch(Topic::Outbox);
        Ok(())
    }
}

/// A digest in a column.
pub(super) fn digest_at(row: &rusqlite::Row<'_>, column: usize) -> Result<Digest, rusqlite::Error> {
    let bytes = row.get_ref(column)?.as_blob()?;
    Digest::from_slice(bytes).ok_or_else(|| wrong_column("a digest has 32 bytes"))
}
