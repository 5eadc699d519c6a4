//! Commands of another device on their way to the hub in this one (hand-over, rescue). They are never changed here and
//! never become part of this device's chain.

use countersign_model::command::{Envelope, chain_next};
use countersign_model::trust::Credential;
use countersign_model::wire::{ChainSignature, Push, Pushed};
use countersign_model::{Digest, Id};
use rusqlite::{OptionalExtension, params};

use super::exchange::CarriedPush;
use super::topics::Topic;
use super::{NewMedia, Rows, Store, StoreError, Tx, id_of};

/// A part of another device's chain, as a hand-over or rescue file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedChain {
    /// The tenant key's statement about that device.
    pub credential: Credential,
    /// The commands, in the order of their places.
    pub envelopes: Vec<Envelope>,
    /// That device's signatures over its chain, one per run that the hub takes at once; none where its key was locked.
    pub signatures: Vec<ChainSignature>,
}

impl CarriedChain {
    /// Checks that places and hashes follow each other, and that the signatures are by the device's key.
    pub fn check(&self) -> Result<(), StoreError> {
        let device = self.credential.device;
        let mut expected: Option<(u64, Digest)> = None;
        for envelope in &self.envelopes {
            let countersign_model::command::Origin::Device { id, seq, prev_hash } = &envelope.origin else {
                return Err(StoreError::Malformed("a carried command has no device".to_owned()));
            };
            let follows = expected.is_none_or(|(next, hash)| next == *seq && hash == *prev_hash);
            if *id != device || !follows {
                return Err(StoreError::Malformed(format!("the chain is broken at place {seq}")));
            }
            let hash = chain_next(*prev_hash, *seq, &envelope.command)?;
            let mut here = self.signatures.iter().filter(|signature| signature.seq == *seq);
            if here.any(|signature| signature.chain_hash != hash) {
                return Err(StoreError::Malformed("a signature is over another chain".to_owned()));
            }
            expected = Some((seq.saturating_add(1), hash));
        }
        for signature in &self.signatures {
            let statement = countersign_model::trust::chain_statement(device, signature.seq, signature.chain_hash)?;
            self.credential.key.verify(&statement, &signature.signature)?;
        }
        Ok(())
    }
}

impl Store {
    /// Takes a checked chain to carry. Returns how many commands were new.
    pub fn carry(&self, chain: &CarriedChain) -> Result<usize, StoreError> {
        self.carry_with(chain, &[])
    }

    /// The same with the rows of its files, in one transaction.
    pub fn carry_with(&self, chain: &CarriedChain, media: &[NewMedia]) -> Result<usize, StoreError> {
        chain.check()?;
        self.write(|tx| {
            media.iter().try_for_each(|row| tx.put_media(row))?;
            tx.carry(chain)
        })
    }

    /// The next run that is carried for another device: up to the next place that it signed, since the hub takes what a
    /// signature covers; where none follows, at most so many commands.
    pub fn next_carried_push(&self, max_commands: usize) -> Result<Option<CarriedPush>, StoreError> {
        self.read(|rows| {
            let sql = "SELECT device, min(seq) FROM carried WHERE at_hub = 0 GROUP BY device ORDER BY device LIMIT 1";
            let mut statement = rows.connection().prepare_cached(sql)?;
            let first = statement.query_row([], |row| Ok((id_of(row.get_ref(0)?.as_blob()?)?, row.get::<_, i64>(1)?)));
            let Some((device, first)) = first.optional()? else { return Ok(None) };
            let signatures = rows.carried_signatures(device)?;
            let signature = signatures.into_iter().find(|signature| signature.seq >= first.unsigned_abs());
            let last = signature.as_ref().map_or(u64::MAX, |signature| signature.seq);
            let limit = if signature.is_some() { usize::MAX } else { max_commands };
            let sql =
                "SELECT envelope FROM carried WHERE device = ?1 AND at_hub = 0 AND seq <= ?3 ORDER BY seq LIMIT ?2";
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let last = i64::try_from(last).unwrap_or(i64::MAX);
            let mut statement = rows.connection().prepare_cached(sql)?;
            let texts = statement.query_map(params![device.bytes(), limit, last], |row| row.get::<_, String>(0))?;
            let envelopes =
                texts.map(|text| Ok(serde_json::from_str(&text?)?)).collect::<Result<Vec<Envelope>, StoreError>>()?;
            Ok(Some(CarriedPush { device, push: Push { envelopes, signature } }))
        })
    }

    /// Notes what the hub has of a carried chain.
    pub fn record_carried_pushed(&self, device: Id, pushed: &Pushed) -> Result<(), StoreError> {
        self.write(|tx| {
            let stored = i64::try_from(pushed.stored).unwrap_or(i64::MAX);
            let sql = "UPDATE carried SET at_hub = 1 WHERE device = ?1 AND seq <= ?2";
            tx.connection().prepare_cached(sql)?.execute(params![device.bytes(), stored])?;
            tx.touch(Topic::Status);
            Ok(())
        })
    }
}

impl Tx<'_> {
    fn carry(&self, chain: &CarriedChain) -> Result<usize, StoreError> {
        let device = chain.credential.device;
        let mut signatures = self.rows().carried_signatures(device)?;
        signatures.extend(chain.signatures.iter().cloned());
        signatures.sort_by_key(|signature| signature.seq);
        signatures.dedup_by_key(|signature| signature.seq);
        let sql = "INSERT INTO carried_chain(device, signatures, credential) VALUES(?1, ?2, ?3)
                   ON CONFLICT(device) DO UPDATE SET signatures = excluded.signatures";
        let signatures = serde_json::to_string(&signatures)?;
        let credential = serde_json::to_string(&chain.credential)?;
        self.connection().prepare_cached(sql)?.execute(params![device.bytes(), signatures, credential])?;
        let mut new = 0;
        for envelope in &chain.envelopes {
            let Some((_, seq)) = envelope.origin.device() else { continue };
            let sql = "INSERT INTO carried(device, seq, envelope) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
            let seq = i64::try_from(seq).unwrap_or(i64::MAX);
            let text = serde_json::to_string(envelope)?;
            new += self.connection().prepare_cached(sql)?.execute(params![device.bytes(), seq, text])?;
        }
        self.touch(Topic::Status);
        Ok(new)
    }
}

impl Rows<'_> {
    /// The signatures over a carried chain, by place.
    fn carried_signatures(&self, device: Id) -> Result<Vec<ChainSignature>, StoreError> {
        let sql = "SELECT signatures FROM carried_chain WHERE device = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let stored: Option<String> = statement.query_row([device.bytes()], |row| row.get(0)).optional()?;
        Ok(stored.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
    }
}
