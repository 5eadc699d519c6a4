-- The hub's database. `tenant` leads every primary key: nothing is shared between companies.
-- The meaning of a column never changes; what is no longer needed is left, what is new gets a new name.

CREATE TABLE tenant (
  tenant  BLOB NOT NULL PRIMARY KEY CHECK (length(tenant) = 16),
  name    TEXT NOT NULL,
  epoch   TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The gapless feed counter: raised last in each transaction that writes records.
CREATE TABLE counter (
  tenant BLOB NOT NULL PRIMARY KEY REFERENCES tenant,
  value  INTEGER NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;

-- Every record and tombstone. A moved row leaves a tombstone in its old scope, hence `scope` in the key.
CREATE TABLE record (
  tenant BLOB NOT NULL REFERENCES tenant,
  kind   TEXT NOT NULL,
  id     BLOB NOT NULL CHECK (length(id) = 16),
  scope  TEXT NOT NULL,
  rev    INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  parent BLOB,
  body   TEXT,
  PRIMARY KEY (tenant, kind, id, scope)
) STRICT;
CREATE UNIQUE INDEX record_seq ON record (tenant, seq);
CREATE INDEX record_feed ON record (tenant, scope, seq);
CREATE INDEX record_scope ON record (tenant, scope, kind, id) WHERE body IS NOT NULL;
CREATE INDEX record_children ON record (tenant, kind, parent, id) WHERE parent IS NOT NULL AND body IS NOT NULL;
-- The console's lists: jobs and vouchers by state, flags that are open.
CREATE INDEX record_job_state ON record (tenant, json_extract(body, '$.state'), id) WHERE kind = 'job';
CREATE INDEX record_voucher_state ON record (tenant, json_extract(body, '$.state'), id) WHERE kind = 'voucher';
CREATE INDEX record_flag_open ON record (tenant, json_extract(body, '$.open'), id) WHERE kind = 'flag';
-- Vouchers that wait for a review, those that wait longest first.
CREATE INDEX record_voucher_waiting ON record (tenant, seq, parent)
  WHERE kind = 'voucher' AND json_extract(body, '$.state') = 'submitted';

-- A machine's and a customer's jobs.
CREATE INDEX record_job_machine ON record (tenant, json_extract(body, '$.machine'), id) WHERE kind = 'job';
CREATE INDEX record_job_customer ON record (tenant, json_extract(body, '$.customer'), id) WHERE kind = 'job';

-- Projection: what is searched for. `entry` is the place in the word index, newest last; `shape` is a digest of what
-- was indexed, so that a record whose words stay is not indexed again. Archived records are found too, marked.
CREATE TABLE search_entry (
  entry    INTEGER PRIMARY KEY,
  tenant   BLOB NOT NULL REFERENCES tenant,
  kind     TEXT NOT NULL,
  id       BLOB NOT NULL CHECK (length(id) = 16),
  title    TEXT NOT NULL,
  text     TEXT NOT NULL,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  shape    BLOB NOT NULL CHECK (length(shape) = 32)
) STRICT;
CREATE UNIQUE INDEX search_entry_record ON search_entry (tenant, kind, id);
-- The words themselves; Chinese stands in it as overlapping pairs of characters (see `countersign_model::words`). The tenant is a word
-- of its own, so that a search can never leave it.
CREATE VIRTUAL TABLE search_word USING fts5 (
  tenant, kind, words,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Projection: by what lists are sorted and filtered, and by what people name a record (serial, part code, number).
CREATE TABLE list_key (
  tenant   BLOB NOT NULL REFERENCES tenant,
  kind     TEXT NOT NULL,
  field    TEXT NOT NULL,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  key      TEXT NOT NULL,
  id       BLOB NOT NULL CHECK (length(id) = 16),
  PRIMARY KEY (tenant, kind, field, archived, key, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_key_record ON list_key (tenant, kind, id, field);

-- Projection: who is on which visit.
CREATE TABLE visit_person (
  tenant BLOB NOT NULL REFERENCES tenant,
  person BLOB NOT NULL,
  visit  BLOB NOT NULL,
  PRIMARY KEY (tenant, person, visit)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_person_visit ON visit_person (tenant, visit);

-- Projection: which record cites which media, and whose word that is (`device` is empty for the office's).
CREATE TABLE media_citation (
  tenant  BLOB NOT NULL REFERENCES tenant,
  sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
  kind    TEXT NOT NULL,
  id      BLOB NOT NULL,
  scope   TEXT NOT NULL,
  device  BLOB,
  carrier BLOB,
  -- Whether the bytes are here.
  held    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, sha256, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_citation_record ON media_citation (tenant, kind, id);
CREATE INDEX media_citation_absent ON media_citation (tenant, scope, sha256) WHERE held = 0;

-- Every command as it was received, before it is judged. What was received never changes.
CREATE TABLE inbox (
  tenant   BLOB NOT NULL REFERENCES tenant,
  command  BLOB NOT NULL CHECK (length(command) = 16),
  arrival  INTEGER NOT NULL,
  origin   TEXT NOT NULL,
  device   BLOB,
  lane     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  author   BLOB NOT NULL,
  received INTEGER NOT NULL,
  body     TEXT NOT NULL,
  digest   BLOB NOT NULL CHECK (length(digest) = 32),
  carrier  BLOB,
  state    TEXT NOT NULL CHECK (state IN ('stored', 'decided', 'waiting', 'quarantined', 'parked')),
  need     TEXT,
  outcome  TEXT,
  decision TEXT,
  decided  INTEGER,
  program  TEXT,
  closed   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, command)
) STRICT;
CREATE UNIQUE INDEX inbox_arrival ON inbox (tenant, arrival);
CREATE INDEX inbox_open ON inbox (tenant, state, device, lane, arrival) WHERE state <> 'decided';
CREATE INDEX inbox_lane ON inbox (tenant, lane, arrival);
CREATE INDEX inbox_carried ON inbox (tenant, device, json_extract(origin, '$.seq')) WHERE carrier IS NOT NULL;
CREATE INDEX inbox_refused ON inbox (tenant, arrival) WHERE outcome = 'refused' AND closed = 0;
CREATE TRIGGER inbox_kept BEFORE UPDATE OF
  tenant, command, arrival, origin, device, lane, kind, author, received, body, digest, carrier ON inbox
BEGIN SELECT RAISE(ABORT, 'a received command never changes'); END;
CREATE TRIGGER inbox_never_deleted BEFORE DELETE ON inbox
BEGIN SELECT RAISE(ABORT, 'a received command is never deleted'); END;
-- Replacing deletes without asking the trigger above, so an insert over what stands is refused by one of its own.
CREATE TRIGGER inbox_never_replaced BEFORE INSERT ON inbox
WHEN EXISTS (SELECT 1 FROM inbox WHERE tenant = NEW.tenant AND (command = NEW.command OR arrival = NEW.arrival))
BEGIN SELECT RAISE(ABORT, 'a received command never changes'); END;

-- Each device's chain: contiguous from 1. One command may stand in two chains (a store that was copied).
CREATE TABLE device_chain (
  tenant     BLOB NOT NULL REFERENCES tenant,
  device     BLOB NOT NULL,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  command    BLOB NOT NULL,
  prev_hash  BLOB NOT NULL CHECK (length(prev_hash) = 32),
  chain_hash BLOB NOT NULL CHECK (length(chain_hash) = 32),
  signed     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, device, seq),
  FOREIGN KEY (tenant, command) REFERENCES inbox (tenant, command)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER device_chain_kept BEFORE UPDATE OF tenant, device, seq, command, prev_hash, chain_hash ON device_chain
BEGIN SELECT RAISE(ABORT, 'a link of a chain never changes'); END;
CREATE TRIGGER device_chain_never_deleted BEFORE DELETE ON device_chain
BEGIN SELECT RAISE(ABORT, 'a link of a chain is never deleted'); END;
CREATE TRIGGER device_chain_never_replaced BEFORE INSERT ON device_chain
WHEN EXISTS (SELECT 1 FROM device_chain WHERE tenant = NEW.tenant AND device = NEW.device AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a link of a chain never changes'); END;

-- The device's own word for its chain, newest kept.
CREATE TABLE chain_signature (
  tenant     BLOB NOT NULL REFERENCES tenant,
  device     BLOB NOT NULL,
  seq        INTEGER NOT NULL,
  chain_hash BLOB NOT NULL,
  signature  TEXT NOT NULL,
  PRIMARY KEY (tenant, device, seq)
) STRICT, WITHOUT ROWID;

-- What was signed. There is no way to change or delete it.
CREATE TABLE sealed (
  tenant    BLOB NOT NULL REFERENCES tenant,
  sha256    BLOB NOT NULL CHECK (length(sha256) = 32),
  command   BLOB NOT NULL,
  body      TEXT NOT NULL,
  sign_offs TEXT NOT NULL,
  received  INTEGER NOT NULL,
  PRIMARY KEY (tenant, sha256)
) STRICT;
CREATE TRIGGER sealed_kept BEFORE UPDATE ON sealed
BEGIN SELECT RAISE(ABORT, 'a sealed document never changes'); END;
CREATE TRIGGER sealed_never_deleted BEFORE DELETE ON sealed
BEGIN SELECT RAISE(ABORT, 'a sealed document is never deleted'); END;
CREATE TRIGGER sealed_never_replaced BEFORE INSERT ON sealed
WHEN EXISTS (SELECT 1 FROM sealed WHERE tenant = NEW.tenant AND sha256 = NEW.sha256)
BEGIN SELECT RAISE(IGNORE); END;

-- Bytes that are held durably. The blob stands before the row.
CREATE TABLE media (
  tenant  BLOB NOT NULL REFERENCES tenant,
  sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
  bytes   INTEGER NOT NULL CHECK (bytes >= 0),
  held_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, sha256)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER media_kept BEFORE UPDATE ON media
BEGIN SELECT RAISE(ABORT, 'held bytes never change'); END;
CREATE TRIGGER media_never_deleted BEFORE DELETE ON media
BEGIN SELECT RAISE(ABORT, 'held bytes are never deleted'); END;
CREATE TRIGGER media_never_replaced BEFORE INSERT ON media
WHEN EXISTS (SELECT 1 FROM media WHERE tenant = NEW.tenant AND sha256 = NEW.sha256)
BEGIN SELECT RAISE(IGNORE); END;

-- Which device sent which bytes itself: only those are confirmed to it.
CREATE TABLE media_sender (
  tenant  BLOB NOT NULL,
  device  BLOB NOT NULL,
  sha256  BLOB NOT NULL,
  held_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, device, sha256),
  FOREIGN KEY (tenant, sha256) REFERENCES media (tenant, sha256)
) STRICT, WITHOUT ROWID;

-- Uploads under way, per device.
CREATE TABLE media_upload (
  tenant  BLOB NOT NULL REFERENCES tenant,
  device  BLOB NOT NULL,
  sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
  bytes   INTEGER NOT NULL CHECK (bytes >= 0),
  touched INTEGER NOT NULL,
  PRIMARY KEY (tenant, device, sha256)
) STRICT, WITHOUT ROWID;
CREATE TABLE media_chunk (
  tenant BLOB NOT NULL,
  device BLOB NOT NULL,
  sha256 BLOB NOT NULL,
  chunk  INTEGER NOT NULL CHECK (chunk >= 0),
  PRIMARY KEY (tenant, device, sha256, chunk),
  FOREIGN KEY (tenant, device, sha256) REFERENCES media_upload (tenant, device, sha256) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One-time invitations, by the digest of their code.
CREATE TABLE invite (
  tenant  BLOB NOT NULL REFERENCES tenant,
  code    BLOB NOT NULL CHECK (length(code) = 32),
  person  BLOB NOT NULL,
  expires INTEGER NOT NULL,
  nonce   BLOB NOT NULL,
  key     TEXT,
  device  BLOB,
  closed  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, code)
) STRICT, WITHOUT ROWID;

-- Bearer tokens of devices, by their digest.
CREATE TABLE token (
  tenant    BLOB NOT NULL REFERENCES tenant,
  digest    BLOB NOT NULL CHECK (length(digest) = 32),
  device    BLOB NOT NULL,
  invite    BLOB NOT NULL,
  used      INTEGER NOT NULL DEFAULT 0,
  last_seen INTEGER NOT NULL,
  revoked   INTEGER,
  PRIMARY KEY (tenant, digest)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX token_device ON token (tenant, device);

-- Console sign-in: names and argon2id hashes, one-time links, sessions by the digest of their id.
CREATE TABLE login (
  tenant   BLOB NOT NULL REFERENCES tenant,
  person   BLOB NOT NULL,
  username TEXT NOT NULL,
  hash     TEXT NOT NULL,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX login_username ON login (tenant, username);
CREATE TABLE sign_in_link (
  tenant  BLOB NOT NULL REFERENCES tenant,
  code    BLOB NOT NULL CHECK (length(code) = 32),
  person  BLOB NOT NULL,
  expires INTEGER NOT NULL,
  reusable INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  tenant  BLOB NOT NULL REFERENCES tenant,
  digest  BLOB NOT NULL CHECK (length(digest) = 32),
  person  BLOB NOT NULL,
  body    TEXT NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (tenant, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (tenant, person);

-- The append-only log over the inbox: salts outside the tree, so that an entry can be erased.
CREATE TABLE log_leaf (
  tenant  BLOB NOT NULL REFERENCES tenant,
  place   INTEGER NOT NULL CHECK (place >= 0),
  leaf    BLOB NOT NULL CHECK (length(leaf) = 32),
  salt    BLOB NOT NULL CHECK (length(salt) = 32),
  command BLOB NOT NULL,
  PRIMARY KEY (tenant, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER log_leaf_kept BEFORE UPDATE OF tenant, place, leaf ON log_leaf
BEGIN SELECT RAISE(ABORT, 'a leaf of the log never changes'); END;
CREATE TRIGGER log_leaf_never_deleted BEFORE DELETE ON log_leaf
BEGIN SELECT RAISE(ABORT, 'a leaf of the log is never deleted'); END;
CREATE TRIGGER log_leaf_never_replaced BEFORE INSERT ON log_leaf
WHEN EXISTS (SELECT 1 FROM log_leaf WHERE tenant = NEW.tenant AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'a leaf of the log never changes'); END;
-- Roots of complete runs of 2^level leaves, from 256 on, so that a proof reads few leaves.
CREATE TABLE log_node (
  tenant BLOB NOT NULL REFERENCES tenant,
  level  INTEGER NOT NULL CHECK (level >= 8),
  place  INTEGER NOT NULL CHECK (place >= 0),
  hash   BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant, level, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (
  tenant     BLOB NOT NULL REFERENCES tenant,
  size       INTEGER NOT NULL,
  root       BLOB NOT NULL CHECK (length(root) = 32),
  time       INTEGER NOT NULL,
  key_number INTEGER NOT NULL,
  signature  TEXT NOT NULL,
  PRIMARY KEY (tenant, size)
) STRICT, WITHOUT ROWID;

-- The tenant's key chain; the private halves stand in files.
CREATE TABLE tenant_key (
  tenant    BLOB NOT NULL REFERENCES tenant,
  number    INTEGER NOT NULL,
  key       TEXT NOT NULL,
  signature TEXT NOT NULL,
  -- By this key about the one before it; empty for the first.
  signature_back TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  tenant BLOB NOT NULL REFERENCES tenant,
  name   TEXT NOT NULL,
  value  TEXT NOT NULL,
  PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

-- What a restore must replay: revocations, key changes, highest numbers.
CREATE TABLE journal (
  tenant BLOB NOT NULL REFERENCES tenant,
  entry  INTEGER NOT NULL,
  time   INTEGER NOT NULL,
  what   TEXT NOT NULL,
  body   TEXT NOT NULL,
  PRIMARY KEY (tenant, entry)
) STRICT, WITHOUT ROWID;

-- Visits by the begin of their appointment: the board's days and weeks.
CREATE INDEX record_visit_window ON record (tenant, json_extract(body, '$.window.from')) WHERE kind = 'visit';

-- Views of the board that a person keeps: a name and the filters as they stand in the address.
CREATE TABLE saved_view (
  tenant  BLOB NOT NULL REFERENCES tenant,
  person  BLOB NOT NULL,
  id      BLOB NOT NULL CHECK (length(id) = 16),
  name    TEXT NOT NULL,
  address TEXT NOT NULL,
  first   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, person, id)
) STRICT, WITHOUT ROWID;

-- What people did at the office that is no command: signing in and out, links, sessions, quarantine, exports.
CREATE TABLE office_event (
  tenant  BLOB NOT NULL REFERENCES tenant,
  entry   INTEGER NOT NULL,
  time    INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  person  BLOB,
  about   BLOB,
  session TEXT NOT NULL,
  origin  TEXT NOT NULL,
  facts   TEXT NOT NULL,
  PRIMARY KEY (tenant, entry)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER office_event_kept BEFORE UPDATE ON office_event
BEGIN SELECT RAISE(ABORT, 'what was done at the office never changes'); END;
CREATE TRIGGER office_event_never_deleted BEFORE DELETE ON office_event
BEGIN SELECT RAISE(ABORT, 'what was done at the office is never deleted'); END;
-- The audit log's filters over the inbox.
CREATE INDEX inbox_author ON inbox (tenant, author, arrival);
CREATE INDEX inbox_kind ON inbox (tenant, kind, arrival);
CREATE INDEX inbox_received ON inbox (tenant, received, arrival);
-- What was saved of one record of master data.
CREATE INDEX inbox_saved ON inbox (tenant, json_extract(body, '$.payload.record.id'), arrival)
  WHERE kind = 'master.save';

-- Where other programs are told what happened. The secret is derived from a key file and `secret_number`; while it is
-- being changed, the one before is used as well until `previous_until`.
CREATE TABLE webhook_endpoint (
  tenant         BLOB NOT NULL REFERENCES tenant,
  endpoint       BLOB NOT NULL CHECK (length(endpoint) = 16),
  name           TEXT NOT NULL,
  url            TEXT NOT NULL,
  events         TEXT NOT NULL,
  secret_number  INTEGER NOT NULL CHECK (secret_number >= 1),
  previous_until INTEGER,
  created        INTEGER NOT NULL,
  disabled       INTEGER,
  disabled_why   TEXT,
  PRIMARY KEY (tenant, endpoint)
) STRICT, WITHOUT ROWID;

-- What happened, written with the records themselves; kept for some weeks, to be told again.
CREATE TABLE webhook_event (
  tenant BLOB NOT NULL REFERENCES tenant,
  place  INTEGER NOT NULL CHECK (place >= 1),
  id     TEXT NOT NULL,
  type   TEXT NOT NULL,
  time   INTEGER NOT NULL,
  body   TEXT NOT NULL,
  PRIMARY KEY (tenant, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_event_time ON webhook_event (tenant, time);

-- Each telling of an event to an endpoint, in the order in which they are sent.
CREATE TABLE webhook_delivery (
  tenant   BLOB NOT NULL,
  endpoint BLOB NOT NULL,
  place    INTEGER NOT NULL CHECK (place >= 1),
  event    INTEGER NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due      INTEGER NOT NULL,
  tried    INTEGER,
  status   INTEGER,
  why      TEXT,
  PRIMARY KEY (tenant, endpoint, place),
  FOREIGN KEY (tenant, endpoint) REFERENCES webhook_endpoint (tenant, endpoint) ON DELETE CASCADE,
  FOREIGN KEY (tenant, event) REFERENCES webhook_event (tenant, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_delivery_queue ON webhook_delivery (tenant, endpoint, place) WHERE state = 'queued';
CREATE INDEX webhook_delivery_failed ON webhook_delivery (tenant, endpoint, place) WHERE state = 'failed';
CREATE INDEX webhook_delivery_event ON webhook_delivery (tenant, event);

-- The secret address of a person's calendar, by its digest. Another one replaces it.
CREATE TABLE calendar_link (
  tenant  BLOB NOT NULL REFERENCES tenant,
  person  BLOB NOT NULL CHECK (length(person) = 16),
  digest  BLOB NOT NULL CHECK (length(digest) = 32),
  created INTEGER NOT NULL,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX calendar_link_digest ON calendar_link (tenant, digest);
