//! Commands of another device on their way to the hub in this one (hand-over, rescue). They are never changed here and
//! never become part of this device's chain.

use std::collections::BTreeSet;

use countersign_model::command::{Envelope, chain_next};
use countersign_model::decide::Refusal;
use countersign_model::entity::Job;
use countersign_model::record::{Row, Scope, kind, parent_of};
use countersign_model::trust::Credential;
use countersign_model::wire::{ChainSignature, Push, Pushed};
use countersign_model::{Digest, Id};
use rusqlite::{OptionalExtension, params};

use super::exchange::CarriedPush;
use super::topics::Topic;
use super::{NewMedia, Rows, StagedFile, Store, StoreError, Tx, id_of, stored};

/// A part of another device's chain, as a hand-over or rescue file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedChain {
    /// The tenant key's statement about that device.
    pub credential: Credential,
    /// The commands, in the order of their places.
    pub envelopes: Vec<Envelope>,
    /// That device's signatures over its chain, one per run that the hub takes at once; none where its key was locked.
    pub signatures: Vec<ChainSignature>,
    /// Rows that the work is about, as the hub had sent them to that device.
    pub rows: Vec<Row>,
    /// Forms that the work is about.
    pub forms: Vec<(Digest, Vec<u8>)>,
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

/// Whether work of this lane came with a colleague's file.
pub(super) fn took_over(connection: &rusqlite::Connection, lane: &Scope) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS(SELECT 1 FROM carried_record WHERE scope = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([&lane.0], |row| row.get(0))?)
}

impl Store {
    /// Takes a checked chain to carry. Returns how many commands were new.
    pub fn carry(&self, chain: &CarriedChain) -> Result<usize, StoreError> {
        self.carry_with(std::slice::from_ref(chain), &[], &[])
    }

    /// The same for several chains, oldest first, with the rows of their files, in one transaction.
    /// `seen` are files that the hub has already.
    pub fn carry_with(
        &self,
        chains: &[CarriedChain],
        media: &[NewMedia],
        seen: &[StagedFile],
    ) -> Result<usize, StoreError> {
        chains.iter().try_for_each(CarriedChain::check)?;
        self.write(|tx| {
            media.iter().try_for_each(|row| tx.put_media(row))?;
            seen.iter().try_for_each(|file| tx.put_seen_media(*file))?;
            chains.iter().try_fold(0, |new, chain| Ok(new + tx.carry(chain)?))
        })
    }

    /// What was taken over and the hub does not have, in the order in which it came, to hand it on.
    pub fn carried_unsent(&self) -> Result<Vec<CarriedChain>, StoreError> {
        self.read(|rows| {
            let sql = "SELECT device FROM carried WHERE at_hub = 0 GROUP BY device ORDER BY min(rowid)";
            let mut statement = rows.connection().prepare_cached(sql)?;
            let devices = statement.query_map([], |row| id_of(row.get_ref(0)?.as_blob()?))?;
            devices.map(|device| rows.unsent_chain(device?)).collect()
        })
    }

    /// A person read that a colleague's entry was refused.
    pub fn acknowledge_carried(&self, command: Id) -> Result<(), StoreError> {
        self.write(|tx| {
            let sql = "UPDATE carried SET state = 'kept' WHERE command = ?1 AND state = 'refused'";
            tx.connection().prepare_cached(sql)?.execute([command.bytes()])?;
            tx.touch(Topic::Outbox);
            Ok(())
        })
    }

    /// The next run that is carried for another device: up to the next place that it signed, since the hub takes what a
    /// signature covers; where none follows, at most so many commands.
    pub fn next_carried_push(&self, max_commands: usize) -> Result<Option<CarriedPush>, StoreError> {
        self.read(|rows| {
            let sql =
                "SELECT device, min(seq) FROM carried WHERE at_hub = 0 GROUP BY device ORDER BY min(rowid) LIMIT 1";
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
            let envelopes = texts.map(|text| stored(&text?)).collect::<Result<Vec<Envelope>, StoreError>>()?;
            Ok(Some(CarriedPush { device, push: Push { envelopes, signature } }))
        })
    }

    /// The hub expects this number of a carried chain: what comes from there on is offered again. False where it is not
    /// here.
    pub fn rewind_carried(&self, device: Id, expected: u64) -> Result<bool, StoreError> {
        self.write(|tx| {
            let from = params![device.bytes(), i64::try_from(expected).unwrap_or(i64::MAX)];
            let sql = "SELECT 1 FROM carried WHERE device = ?1 AND seq = ?2";
            if !tx.connection().prepare_cached(sql)?.exists(from)? {
                return Ok(false);
            }
            let sql = "UPDATE carried SET at_hub = 0 WHERE device = ?1 AND seq >= ?2";
            tx.connection().prepare_cached(sql)?.execute(from)?;
            tx.touch(Topic::Status);
            Ok(true)
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
            let sql = "INSERT INTO carried(device, seq, command, lane, envelope) VALUES(?1, ?2, ?3, ?4, ?5)
                       ON CONFLICT DO NOTHING";
            let seq = i64::try_from(seq).unwrap_or(i64::MAX);
            let text = serde_json::to_string(envelope)?;
            let (command, lane) = (envelope.command.id, &envelope.command.lane.0);
            let row = params![device.bytes(), seq, command.bytes(), lane, text];
            new += self.connection().prepare_cached(sql)?.execute(row)?;
        }
        chain.forms.iter().try_for_each(|(sha256, bytes)| self.put_form(*sha256, bytes))?;
        chain.rows.iter().try_for_each(|row| self.put_carried_row(row, device))?;
        self.fold(None)?;
        self.touch(Topic::Status);
        self.touch(Topic::Jobs);
        Ok(new)
    }
}

/// Kinds of rows that a hand-over may bring: those of a job, and what a job names. Nothing of people, rights or this
/// device comes by a file.
const HANDED_OVER: &[&str] = &[kind::CUSTOMER, kind::CONTACT, kind::SITE, kind::MACHINE];

impl Tx<'_> {
    /// A row of another device's base. It never touches the base, and counts only where the base knows nothing.
    fn put_carried_row(&self, row: &Row, device: Id) -> Result<(), StoreError> {
        let Some(body) = row.body.as_ref() else { return Ok(()) };
        let related = HANDED_OVER.contains(&row.kind.as_str()) && !row.scope.is_job();
        if !row.scope.is_well_formed() || !(row.scope.is_job() || related) || self.rows().is_ready(&row.scope)? {
            return Ok(());
        }
        let sql = "INSERT INTO carried_record(kind, id, scope, rev, seq, parent, body, device)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                   ON CONFLICT(kind, id) DO UPDATE SET scope = excluded.scope, rev = excluded.rev, seq = excluded.seq,
                     parent = excluded.parent, body = excluded.body, device = excluded.device
                   WHERE excluded.rev >= carried_record.rev";
        let parent = parent_of(&row.kind, body).map(|id| *id.bytes());
        let (rev, seq) = (i64::try_from(row.rev).unwrap_or(i64::MAX), i64::try_from(row.seq).unwrap_or(i64::MAX));
        let body = serde_json::to_string(body)?;
        self.connection().prepare_cached(sql)?.execute(params![
            row.kind,
            row.id.bytes(),
            row.scope.0,
            rev,
            seq,
            parent,
            body,
            device.bytes()
        ])?;
        self.touch_row(&row.kind, row.id, &row.scope)
    }

    /// Rows of a job that came by a file go when the hub has the last word: when this device holds the job and has it
    /// whole, or when everything done on it is decided and this device does not hold it.
    pub(super) fn drop_carried_rows(&self, changed: &mut BTreeSet<Scope>) -> Result<(), StoreError> {
        let shown = super::fold::SHOWN;
        let sql = format!(
            "SELECT DISTINCT c.scope FROM carried_record AS c WHERE c.scope LIKE 'job/%' AND (
               EXISTS (SELECT 1 FROM held_scope AS h WHERE h.scope = c.scope AND h.state = 'ready')
               OR (NOT EXISTS (SELECT 1 FROM held_scope AS h WHERE h.scope = c.scope AND h.state != 'lost')
                   AND NOT EXISTS (SELECT 1 FROM outbox WHERE lane = c.scope AND {shown})
                   AND NOT EXISTS (SELECT 1 FROM carried WHERE lane = c.scope AND {shown})))"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let gone: Vec<Scope> = statement.query_map([], |row| row.get(0).map(Scope))?.collect::<Result<_, _>>()?;
        for scope in gone {
            let sql = "SELECT kind, id, scope, 0, 0, body FROM carried_record WHERE scope = ?1";
            let mut statement = self.connection().prepare_cached(sql)?;
            for row in statement.query_map([&scope.0], super::rows::read_row)? {
                let row = row??;
                self.touch_row(&row.kind, row.id, &scope)?;
            }
            self.connection().prepare_cached("DELETE FROM carried_record WHERE scope = ?1")?.execute([&scope.0])?;
            self.touch(Topic::Jobs);
            changed.insert(scope);
        }
        // What jobs name goes with the last job that came with it.
        let sql = "DELETE FROM carried_record WHERE scope NOT LIKE 'job/%'
                     AND device NOT IN (SELECT device FROM carried_record WHERE scope LIKE 'job/%')
                   RETURNING kind, id, scope, 0, 0, NULL";
        let mut statement = self.connection().prepare_cached(sql)?;
        for row in statement.query_map([], super::rows::read_row)? {
            let row = row??;
            self.touch_row(&row.kind, row.id, &row.scope)?;
        }
        Ok(())
    }
}

impl Rows<'_> {
    /// From whom this device took over what it shows of a job: that colleague's id and name; `None` for a job that it
    /// has from the hub alone.
    pub fn carried_from(&self, job: Id) -> Result<Option<(Id, String)>, StoreError> {
        // From the few colleagues to their work: every line of the job list asks, and mostly there is no colleague.
        let sql = format!(
            "SELECT credential FROM carried_chain AS c
              WHERE EXISTS (SELECT 1 FROM carried WHERE lane = ?1 AND device = c.device AND {})
                 OR EXISTS (SELECT 1 FROM carried_record WHERE scope = ?1 AND device = c.device)
              ORDER BY device LIMIT 1",
            super::fold::SHOWN
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let text: Option<String> = statement.query_row([&Scope::job(job).0], |row| row.get(0)).optional()?;
        let credential: Option<Credential> = text.map(|text| stored(&text)).transpose()?;
        Ok(credential.map(|credential| (credential.person, credential.person_name)))
    }

    /// The rows that a colleague needs to go on with these jobs, as the hub said them, and the forms that they name.
    pub fn rows_to_hand_over(&self, jobs: &[Id]) -> Result<HandedOver, StoreError> {
        let mut handed = HandedOver::default();
        let mut scopes = BTreeSet::new();
        for job in jobs {
            scopes.insert(Scope::job(*job));
            if let Some(body) = self.get::<Job>(*job)? {
                scopes.extend(body.customer.map(Scope::customer));
                scopes.extend(body.site.map(Scope::site));
                scopes.extend(body.machine.map(Scope::machine));
            }
        }
        for scope in scopes {
            let sql = "SELECT kind, id, scope, rev, seq, body FROM base_record WHERE scope = ?1 AND body IS NOT NULL
                       UNION ALL
                       SELECT kind, id, scope, rev, seq, body FROM carried_record AS c WHERE scope = ?1
                         AND NOT EXISTS (SELECT 1 FROM base_record AS b WHERE b.kind = c.kind AND b.id = c.id)";
            let mut statement = self.connection().prepare_cached(sql)?;
            for row in statement.query_map([&scope.0], super::rows::read_row)? {
                handed.rows.push(row??);
            }
        }
        for job in jobs {
            let sql = "SELECT DISTINCT json_extract(body, '$.form'), json_extract(body, '$.thumbnail.sha256')
                       FROM view_record WHERE scope = ?1 AND kind IN ('job', 'fill', 'evidence')";
            let mut statement = self.connection().prepare_cached(sql)?;
            let named = statement.query_map([&Scope::job(*job).0], |row| {
                Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?))
            })?;
            for pair in named {
                let (form, thumbnail) = pair?;
                let digest = |text: Option<String>| text.and_then(|text| text.parse::<Digest>().ok());
                if let Some(sha256) = digest(form)
                    && let Some(bytes) = self.form_bytes(sha256)?
                    && !handed.forms.iter().any(|(known, _)| *known == sha256)
                {
                    handed.forms.push((sha256, bytes));
                }
                handed.thumbnails.extend(digest(thumbnail));
            }
        }
        Ok(handed)
    }
}

/// What goes along with a hand-over beside the unsent work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandedOver {
    /// Rows as the hub said them.
    pub rows: Vec<Row>,
    /// Forms with their bytes.
    pub forms: Vec<(Digest, Vec<u8>)>,
    /// Thumbnails of the evidence.
    pub thumbnails: BTreeSet<Digest>,
}

/// A colleague's entry that the office refused.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedCarried {
    /// What it was.
    pub envelope: Envelope,
    /// Why.
    pub refusal: Option<Refusal>,
    /// Whose.
    pub person_name: String,
}

impl Rows<'_> {
    /// Entries that were taken over and that the office refused: the colleague sees them as well.
    pub fn refused_carried(&self) -> Result<Vec<RefusedCarried>, StoreError> {
        let sql = "SELECT c.envelope, c.refusal, n.credential FROM carried AS c
                   JOIN carried_chain AS n ON n.device = c.device WHERE c.state = 'refused' ORDER BY c.rowid";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (envelope, refusal, credential) = row?;
            let credential: Credential = stored(&credential)?;
            Ok(RefusedCarried {
                envelope: stored(&envelope)?,
                refusal: refusal.map(|text| stored(&text)).transpose()?,
                person_name: credential.person_name,
            })
        })
        .collect()
    }

    fn unsent_chain(&self, device: Id) -> Result<CarriedChain, StoreError> {
        let sql = "SELECT credential FROM carried_chain WHERE device = ?1";
        let credential: String =
            self.connection().prepare_cached(sql)?.query_row([device.bytes()], |row| row.get(0))?;
        let sql = "SELECT envelope FROM carried WHERE device = ?1 AND at_hub = 0 ORDER BY seq";
        let mut statement = self.connection().prepare_cached(sql)?;
        let texts = statement.query_map([device.bytes()], |row| row.get::<_, String>(0))?;
        let envelopes = texts.map(|text| stored(&text?)).collect::<Result<Vec<Envelope>, StoreError>>()?;
        let first = envelopes.first().and_then(|envelope| envelope.origin.device()).map_or(0, |(_, seq)| seq);
        let mut signatures = self.carried_signatures(device)?;
        // Those before are over places that the hub has.
        signatures.retain(|signature| signature.seq >= first);
        Ok(CarriedChain {
            credential: stored(&credential)?,
            envelopes,
            signatures,
            rows: Vec::new(),
            forms: Vec::new(),
        })
    }

    /// The signatures over a carried chain, by place.
    fn carried_signatures(&self, device: Id) -> Result<Vec<ChainSignature>, StoreError> {
        let sql = "SELECT signatures FROM carried_chain WHERE device = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let kept: Option<String> = statement.query_row([device.bytes()], |row| row.get(0)).optional()?;
        Ok(kept.map(|text| stored(&text)).transpose()?.unwrap_or_default())
    }
}
