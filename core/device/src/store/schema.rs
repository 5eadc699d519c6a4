//! The tables, and the way from an older format to the newest in one transaction.
//!
//! A step never writes the version; the opener does, once, at the end.

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, catalogue};

/// "CsDv": tells our files from others.
pub(super) const APPLICATION_ID: i64 = 0x4373_4476;

/// What leads from each format to the next; the first makes a new file.
const STEPS: &[&str] = &[FORMAT_1, FORMAT_2, FORMAT_3, FORMAT_4];

/// The newest format that this program knows.
pub(super) const NEWEST: i64 = STEPS.len() as i64;

/// Media that rows of the hub name and that are not here, by rank (see `wanted.rs`).
const FORMAT_4: &str = "
CREATE TABLE wanted_media(
  rank INTEGER NOT NULL, sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  kind TEXT NOT NULL, id BLOB NOT NULL CHECK(length(id) = 16),
  PRIMARY KEY(rank, sha256, kind, id)) STRICT, WITHOUT ROWID;
CREATE INDEX wanted_media_by_digest ON wanted_media(sha256);
INSERT INTO wanted_media(rank, sha256, kind, id)
  SELECT rank, unhex(name), kind, id FROM (
    SELECT 0 AS rank, json_extract(body, '$.sha256') AS name, kind, id FROM base_record
     WHERE kind = 'form' AND body IS NOT NULL AND json_extract(body, '$.active') = 1
    UNION ALL SELECT 0, json_extract(body, '$.form'), kind, id FROM base_record
     WHERE kind IN ('job', 'model', 'fill') AND body IS NOT NULL
    UNION ALL SELECT 1, json_extract(body, '$.logo.sha256'), kind, id FROM base_record
     WHERE kind = 'company' AND body IS NOT NULL
    UNION ALL SELECT 2, json_extract(body, '$.thumbnail.sha256'), kind, id FROM base_record
     WHERE kind = 'evidence' AND body IS NOT NULL
    UNION ALL SELECT 2, json_extract(body, '$.preview.sha256'), kind, id FROM base_record
     WHERE kind = 'evidence' AND body IS NOT NULL)
   WHERE length(unhex(name)) = 32
     AND CASE rank WHEN 0 THEN NOT EXISTS (SELECT 1 FROM form WHERE sha256 = unhex(name))
              ELSE NOT EXISTS (SELECT 1 FROM media WHERE sha256 = unhex(name) AND (here = 1 OR damaged = 1)) END
  ON CONFLICT DO NOTHING;
";

/// The device's token in a row of its own, away from what is read and logged. Sealed by the vault; one that an older
/// program kept in the clear stands in `plain` until the vault sealed it, and `wipe` says that its bytes may still be in
/// the file.
const FORMAT_3: &str = "
CREATE TABLE token(
  only INTEGER PRIMARY KEY CHECK(only = 1), device TEXT NOT NULL, sha256 TEXT, sealed TEXT, plain TEXT,
  CHECK((plain IS NULL) = (sealed IS NOT NULL AND sha256 IS NOT NULL))) STRICT;
INSERT INTO token(only, device, plain)
  SELECT 1, json_extract(value, '$.device'), json_extract(value, '$.token') FROM setting
   WHERE name = 'identity' AND json_extract(value, '$.token') IS NOT NULL;
INSERT INTO setting(name, value) SELECT 'wipe', '1' FROM token;
UPDATE setting SET value = json_remove(value, '$.token') WHERE name = 'identity';
";

/// Why the office refused what is carried for a colleague; holdings by their ids and by what is to be done about them; the
/// index of parts and machines (see `catalogue.rs`).
const FORMAT_2: &str = "
ALTER TABLE carried ADD COLUMN refusal TEXT;

CREATE INDEX held_scope_by_holding ON held_scope(holding);
CREATE INDEX held_scope_wanted ON held_scope(scope) WHERE state = 'wanted';
CREATE INDEX held_scope_lost ON held_scope(scope) WHERE state = 'lost';

-- The order of the parts, by their codes without case.
CREATE TABLE part_order(
  entry INTEGER PRIMARY KEY, part BLOB NOT NULL UNIQUE CHECK(length(part) = 16),
  code TEXT NOT NULL, archived INTEGER NOT NULL) STRICT;
CREATE INDEX part_order_by_code ON part_order(archived, code, part);
-- The words of the part with this entry; Chinese stands in it as overlapping pairs of characters.
CREATE VIRTUAL TABLE part_word USING fts5(
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

CREATE TABLE machine_serial(
  machine BLOB PRIMARY KEY CHECK(length(machine) = 16), serial TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX machine_serial_by_serial ON machine_serial(serial, machine);
";

/// The first format with the index of parts and machines.
const WITH_CATALOGUE: i64 = 2;

const FORMAT_1: &str = "
-- Exactly what the hub said. A tombstone has no body.
CREATE TABLE base_record(
  kind TEXT NOT NULL, id BLOB NOT NULL CHECK(length(id) = 16), scope TEXT NOT NULL,
  rev INTEGER NOT NULL, seq INTEGER NOT NULL, parent BLOB, body TEXT,
  listed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(kind, id)) STRICT;
CREATE INDEX base_by_parent ON base_record(parent, kind) WHERE parent IS NOT NULL;
CREATE INDEX base_by_scope ON base_record(scope);

-- What own commands that are not forgotten yet make of the base. Without a body: removed.
CREATE TABLE overlay_record(
  kind TEXT NOT NULL, id BLOB NOT NULL CHECK(length(id) = 16), scope TEXT NOT NULL,
  parent BLOB, body TEXT, lane TEXT NOT NULL,
  PRIMARY KEY(kind, id)) STRICT;
CREATE INDEX overlay_by_parent ON overlay_record(parent, kind) WHERE parent IS NOT NULL;
CREATE INDEX overlay_by_lane ON overlay_record(lane);
CREATE INDEX overlay_by_scope ON overlay_record(scope);

-- What the hub had said to a colleague whose work this device took over: shown where the base knows nothing.
CREATE TABLE carried_record(
  kind TEXT NOT NULL, id BLOB NOT NULL CHECK(length(id) = 16), scope TEXT NOT NULL,
  rev INTEGER NOT NULL, seq INTEGER NOT NULL, parent BLOB, body TEXT NOT NULL, device BLOB NOT NULL,
  PRIMARY KEY(kind, id)) STRICT;
CREATE INDEX carried_record_by_parent ON carried_record(parent, kind) WHERE parent IS NOT NULL;
CREATE INDEX carried_record_by_scope ON carried_record(scope);

CREATE VIEW view_record AS
  SELECT kind, id, scope, rev, seq, parent, body FROM base_record AS b
   WHERE body IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM overlay_record AS o WHERE o.kind = b.kind AND o.id = b.id)
  UNION ALL
  SELECT kind, id, scope, 0, 0, parent, body FROM overlay_record WHERE body IS NOT NULL
  UNION ALL
  SELECT kind, id, scope, rev, seq, parent, body FROM carried_record AS c
   WHERE NOT EXISTS (SELECT 1 FROM base_record AS b WHERE b.kind = c.kind AND b.id = c.id)
     AND NOT EXISTS (SELECT 1 FROM overlay_record AS o WHERE o.kind = c.kind AND o.id = c.id);

-- Own commands, with their place in the chain. Kept until a proven backup covers them.
CREATE TABLE outbox(
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), lane TEXT NOT NULL, kind TEXT NOT NULL,
  body TEXT NOT NULL, prev_hash BLOB NOT NULL, chain_hash BLOB NOT NULL,
  at_hub INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending'
    CHECK(state IN ('pending', 'accepted', 'refused', 'waiting', 'held', 'kept', 'closed')),
  crosses INTEGER NOT NULL DEFAULT 0, refusal TEXT, decided_at INTEGER) STRICT;
CREATE INDEX outbox_unsent ON outbox(seq) WHERE at_hub = 0;
CREATE INDEX outbox_by_state ON outbox(state, seq);
CREATE INDEX outbox_by_lane ON outbox(lane, seq);

CREATE TABLE staged_decision(
  command BLOB PRIMARY KEY, rev INTEGER NOT NULL, seq INTEGER NOT NULL, scopes TEXT NOT NULL) STRICT;

CREATE TABLE held_scope(
  scope TEXT PRIMARY KEY, holding BLOB NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('wanted', 'ready', 'lost')),
  rev INTEGER NOT NULL DEFAULT 0, as_of INTEGER NOT NULL DEFAULT 0, after TEXT) STRICT;

-- What was signed. There is no way to change or remove it.
CREATE TABLE sealed(
  sha256 BLOB PRIMARY KEY CHECK(length(sha256) = 32), body TEXT NOT NULL, sign_offs TEXT NOT NULL,
  visit BLOB NOT NULL, job BLOB NOT NULL) STRICT;
CREATE TRIGGER sealed_stays BEFORE UPDATE ON sealed BEGIN SELECT RAISE(ABORT, 'a sealed document never changes'); END;
CREATE TRIGGER sealed_remains BEFORE DELETE ON sealed BEGIN SELECT RAISE(ABORT, 'a sealed document is never removed'); END;
-- Replacing removes without asking the trigger above.
CREATE TRIGGER sealed_is_not_replaced BEFORE INSERT ON sealed
  WHEN EXISTS (SELECT 1 FROM sealed WHERE sha256 = NEW.sha256)
  BEGIN SELECT RAISE(ABORT, 'a sealed document never changes'); END;
CREATE TABLE attested(
  sha256 BLOB PRIMARY KEY REFERENCES sealed(sha256), body TEXT NOT NULL, pdf BLOB NOT NULL) STRICT;
CREATE TRIGGER attested_stays BEFORE UPDATE ON attested BEGIN SELECT RAISE(ABORT, 'an attestation never changes'); END;
CREATE TRIGGER attested_remains BEFORE DELETE ON attested BEGIN SELECT RAISE(ABORT, 'an attestation is never removed'); END;
CREATE TRIGGER attested_is_not_replaced BEFORE INSERT ON attested
  WHEN EXISTS (SELECT 1 FROM attested WHERE sha256 = NEW.sha256)
  BEGIN SELECT RAISE(ABORT, 'an attestation never changes'); END;

-- The last preview of each subject: what is signed must be what it showed.
CREATE TABLE shown(
  subject BLOB PRIMARY KEY, content TEXT NOT NULL, content_sha256 BLOB NOT NULL, pdf BLOB NOT NULL,
  facts_sha256 BLOB NOT NULL) STRICT;

CREATE TABLE media(
  sha256 BLOB PRIMARY KEY CHECK(length(sha256) = 32), bytes INTEGER NOT NULL, class TEXT NOT NULL,
  rank INTEGER NOT NULL, state TEXT NOT NULL CHECK(state IN ('local', 'receipted', 'remote')),
  here INTEGER NOT NULL, damaged INTEGER NOT NULL DEFAULT 0, scope TEXT NOT NULL DEFAULT '',
  seq INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL, receipt INTEGER REFERENCES receipt(id)) STRICT;
CREATE INDEX media_unsent ON media(rank, added) WHERE state = 'local';
CREATE INDEX media_by_scope ON media(scope);

CREATE TABLE receipt(id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, time INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE form(sha256 BLOB PRIMARY KEY CHECK(length(sha256) = 32), bytes BLOB NOT NULL) STRICT;

-- Commands of another device, on their way to the hub in this one (hand-over, rescue).
-- They are shown like own ones until the base has their effect.
CREATE TABLE carried(
  device BLOB NOT NULL, seq INTEGER NOT NULL, command BLOB NOT NULL, lane TEXT NOT NULL, envelope TEXT NOT NULL,
  at_hub INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending' CHECK(state IN ('pending', 'accepted', 'refused', 'waiting', 'kept')),
  crosses INTEGER NOT NULL DEFAULT 0, decided_at INTEGER,
  PRIMARY KEY(device, seq)) STRICT;
CREATE INDEX carried_by_command ON carried(command);
CREATE INDEX carried_by_lane ON carried(lane, state);
CREATE TABLE carried_chain(device BLOB PRIMARY KEY, signatures TEXT NOT NULL, credential TEXT NOT NULL) STRICT;

-- The order of the job list, and what its search looks at.
CREATE TABLE job_order(
  job BLOB PRIMARY KEY, at INTEGER NOT NULL, open INTEGER NOT NULL, state TEXT NOT NULL, words TEXT NOT NULL,
  customer BLOB, site BLOB, machine BLOB,
  part INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX job_order_by_machine ON job_order(machine) WHERE machine IS NOT NULL;
CREATE INDEX job_order_by_time ON job_order(open DESC, at, job);
-- The numbers by which people call a job: its own and those of its vouchers.
CREATE TABLE job_number(
  number TEXT NOT NULL, job BLOB NOT NULL, PRIMARY KEY(number, job)) STRICT, WITHOUT ROWID;
CREATE INDEX job_number_by_job ON job_number(job);

CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
";

/// Brings a connection to the newest format, all steps in one transaction.
pub(super) fn upgrade(connection: &mut Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found > NEWEST {
        return Err(StoreError::Newer { found, known: NEWEST });
    }
    if found == NEWEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let found = version(&transaction)?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    if found < WITH_CATALOGUE {
        catalogue::rebuild(&transaction)?;
    }
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()?;
    Ok(())
}

/// The format of a file; 0 for a new one.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use countersign_model::entity::{Entity, Machine, Part};
    use countersign_model::{Digest, Id};
    use rusqlite::params;
    use serde_json::json;

    use super::super::Rows;
    use super::*;

    fn tables(connection: &Connection) -> Vec<String> {
        let sql = "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    fn put(connection: &Connection, id: Id, kind: &str, body: &serde_json::Value) {
        let sql = "INSERT INTO base_record(kind, id, scope, rev, seq, body) VALUES(?1, ?2, 'ref/parts', 1, 1, ?3)";
        connection.execute(sql, params![kind, id.bytes(), body.to_string()]).unwrap();
    }

    #[test]
    fn an_upgraded_store_has_the_tables_of_a_fresh_one_and_finds_what_it_held() {
        let mut fresh = Connection::open_in_memory().unwrap();
        upgrade(&mut fresh).unwrap();
        let mut old = Connection::open_in_memory().unwrap();
        old.execute_batch(FORMAT_1).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        let (seal, press) = (Id::derived("test", &[b"seal"]), Id::derived("test", &[b"press"]));
        put(&old, seal, Part::KIND, &Part { code: "SEAL-12".to_owned(), ..Part::default() }.body());
        put(&old, press, Machine::KIND, &Machine { serial: "H7-3391".to_owned(), ..Machine::default() }.body());
        let names = |text: &str| Digest::of(text.as_bytes());
        let pictures =
            |here: &str| json!({"thumbnail": {"sha256": names("small")}, "preview": {"sha256": names(here)}});
        put(&old, Id::derived("test", &[b"job"]), "job", &json!({"form": names("form")}));
        put(&old, Id::derived("test", &[b"photo"]), "evidence", &pictures("large"));
        put(&old, Id::derived("test", &[b"other"]), "evidence", &pictures("here"));
        put(&old, Id::derived("test", &[b"spoilt"]), "evidence", &json!({"preview": {"sha256": "no digest"}}));
        old.execute(
            "INSERT INTO media(sha256, bytes, class, rank, state, here, added) VALUES(?1, 1, 'preview', 1, 'remote', 1, 0)",
            [names("here").0],
        )
        .unwrap();
        upgrade(&mut old).unwrap();
        assert_eq!(tables(&old), tables(&fresh));
        assert_eq!(version(&old).unwrap(), NEWEST);
        let rows = Rows::new(&old);
        let wanted = rows.media_to_fetch(9).unwrap();
        assert_eq!(wanted.first(), Some(&names("form")), "nothing can be filled in without its form");
        let wanted: BTreeSet<Digest> = wanted.into_iter().collect();
        assert_eq!(wanted, [names("form"), names("small"), names("large")].into());
        assert_eq!(rows.part_by_code("seal-12").unwrap().map(|(id, _)| id), Some(seal));
        assert_eq!(rows.parts_with("12", None, 5).unwrap().len(), 1);
        assert_eq!(rows.machine_by_serial("h7-3391").unwrap().map(|(id, _)| id), Some(press));
    }
}
