//! What holds whatever happens (the names are those of the list of faults): I1 what was called saved survives, I2 each
//! command has one effect, I3 what was signed never changes, I4 at rest base and hub agree, I5 the view is the fold of
//! base and own commands, I6 every command ends visibly, I7 at its cursor a device has just the rows of its scopes, I8
//! what has a receipt is at the hub, I10 nothing outside a scope, I11 all comes to rest, I13 chains and log verify.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use countersign_device::store::oracle_view;
use countersign_model::entity::{Holding, holding_id};
use countersign_model::record::Scope;
use countersign_model::{Digest, Id};
use rusqlite::{Connection, OpenFlags};

use super::phone::Phone;
use super::world::World;

type Held = Result<(), String>;

/// What was seen so far and must stay.
#[derive(Default)]
pub struct Seen {
    /// Sealed documents at the hub, as they were first seen.
    documents: BTreeMap<Id, String>,
    /// How many sealed documents each device had.
    sealed: BTreeMap<Id, i64>,
    /// What became of commands at the hub.
    decided: BTreeMap<Id, String>,
}

impl Seen {
    /// The hub came back from a backup: what it had not yet when that was taken comes again from the devices.
    pub fn hub_restored(&mut self) {
        self.documents.clear();
        self.decided.clear();
    }
}

pub(super) fn reading(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database that can be read")
}

fn id_of(bytes: Vec<u8>) -> Id {
    Id::from_bytes(bytes.try_into().expect("sixteen bytes"))
}

/// One row as a device or the hub has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    scope: String,
    rev: i64,
    seq: i64,
    gone: bool,
}

/// Holdings and decisions are instructions to the device: it keeps what they say, not the rows.
const INSTRUCTIONS: [&str; 2] = ["holding", "decision"];

type Rows = BTreeMap<(String, Id), Vec<Known>>;

fn rows_of(connection: &Connection, table: &str) -> Rows {
    let sql = format!("SELECT kind, id, scope, rev, seq, body IS NULL FROM {table}");
    let mut statement = connection.prepare_cached(&sql).expect("the table is there");
    let found = statement
        .query_map([], |row| {
            let known = Known { scope: row.get(2)?, rev: row.get(3)?, seq: row.get(4)?, gone: row.get(5)? };
            Ok(((row.get::<_, String>(0)?, id_of(row.get(1)?)), known))
        })
        .expect("the rows can be read");
    let mut rows = Rows::new();
    for row in found {
        let (key, known) = row.expect("a row");
        rows.entry(key).or_default().push(known);
    }
    rows
}

/// Looks at everything that holds at any moment.
pub fn after_each_step(world: &mut World) -> Held {
    let office = reading(&world.office().join("hub.db"));
    let inbox: BTreeSet<Id> = received(&office);
    let hub = rows_of(&office, "record");
    let epoch = world.hub().epoch().to_owned();
    for phone in world.phones.iter().chain(&world.retired) {
        let store = phone.store();
        if phone.wrote() {
            folded(phone)?;
            signed_stays(phone, store, &mut world.seen.sealed)?;
        }
        kept(phone, store, &inbox)?;
        has_its_files(phone, store)?;
        stays_barred(phone)?;
        never_doubts(phone)?;
        if !phone.revoked {
            has_its_rows(phone, store, &hub, &epoch)?;
        }
    }
    decided_once(&office, &mut world.seen.decided)?;
    documents_stay(&office, &mut world.seen.documents)
}

/// A command is judged once: what became of it stays.
fn decided_once(office: &Connection, seen: &mut BTreeMap<Id, String>) -> Held {
    let sql = "SELECT command, outcome FROM inbox WHERE state = 'decided' AND outcome IS NOT NULL";
    let mut statement = office.prepare(sql).expect("the inbox is there");
    let found = statement.query_map([], |row| Ok((id_of(row.get(0)?), row.get::<_, String>(1)?))).expect("a read");
    for (command, outcome) in found.map(|row| row.expect("a row")) {
        let before = seen.entry(command).or_insert_with(|| outcome.clone());
        if *before != outcome {
            return Err(format!("I2: command {command} was {before} and is {outcome}"));
        }
    }
    Ok(())
}

/// No file is let go before the hub signed that it holds it.
fn has_its_files(phone: &Phone, store: &Connection) -> Held {
    let sql = "SELECT sha256 FROM media WHERE state = 'local' AND here = 1";
    let mut statement = store.prepare_cached(sql).expect("media are there");
    let found = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("a read");
    for sha256 in found {
        let sha256 = Digest::from_slice(&sha256.expect("a hash")).expect("thirty-two bytes");
        if !phone.app().store().media_path(sha256).exists() {
            return Err(format!("I8: {sha256} is gone from phone {}, and there is no receipt for it", phone.place));
        }
    }
    Ok(())
}

/// Nothing here bends rows: a scope whose sum does not fit would be a false alarm, or a row that got lost.
fn never_doubts(phone: &Phone) -> Held {
    let wrong = phone.app().store().read(|rows| rows.wrong_sums()).expect("a read");
    match wrong.last {
        None => Ok(()),
        Some(scope) => Err(format!("I7: on phone {} the rows of {scope} were not those of the hub", phone.place)),
    }
}

/// Nothing goes down to a device that was turned out.
fn stays_barred(phone: &Phone) -> Held {
    let Some(barred) = &phone.barred_at else { return Ok(()) };
    let now = phone.app().store().cursor().expect("a read");
    match now.as_ref() == Some(barred) {
        true => Ok(()),
        false => Err(format!("I10: phone {} was turned out at {barred} and is at {now:?}", phone.place)),
    }
}

fn received(office: &Connection) -> BTreeSet<Id> {
    let mut statement = office.prepare("SELECT command FROM inbox").expect("the inbox is there");
    let found = statement.query_map([], |row| Ok(id_of(row.get(0)?))).expect("the inbox can be read");
    found.map(|id| id.expect("an id")).collect()
}

fn folded(phone: &Phone) -> Held {
    let (view, folded) = oracle_view(phone.app().store()).expect("the view can be read");
    if view == folded {
        return Ok(());
    }
    let only: Vec<_> = view.iter().filter(|row| !folded.contains(row)).take(3).collect();
    let lacks: Vec<_> = folded.iter().filter(|row| !view.contains(row)).take(3).collect();
    Err(format!("I5: the view of phone {} is not the fold: it has {only:?} and lacks {lacks:?}", phone.place))
}

fn kept(phone: &Phone, store: &Connection, inbox: &BTreeSet<Id>) -> Held {
    let mut statement = store.prepare_cached("SELECT id FROM outbox").expect("the outbox is there");
    let own: BTreeSet<Id> =
        statement.query_map([], |row| Ok(id_of(row.get(0)?))).expect("a read").map(|id| id.expect("an id")).collect();
    match phone.saved.iter().find(|(id, _)| !own.contains(id) && !inbox.contains(id)) {
        None => Ok(()),
        Some((id, seq)) => Err(format!("I1: command {seq} ({id}) of phone {} was saved and is nowhere", phone.place)),
    }
}

fn signed_stays(phone: &Phone, store: &Connection, before: &mut BTreeMap<Id, i64>) -> Held {
    for sealed in &phone.signed {
        let sql = "SELECT body FROM sealed WHERE sha256 = ?1";
        let body: Option<String> = store.query_row(sql, [&sealed.0], |row| row.get(0)).ok();
        let Some(body) = body else {
            return Err(format!("I3: {sealed} was signed on phone {} and is gone", phone.place));
        };
        if Digest::of(body.as_bytes()) != *sealed {
            return Err(format!("I3: {sealed} changed on phone {}", phone.place));
        }
    }
    let count: i64 = store.query_row("SELECT count(*) FROM sealed", [], |row| row.get(0)).expect("a count");
    let known = before.entry(phone.device).or_insert(0);
    if count < *known {
        return Err(format!("I3: phone {} had {known} sealed documents and has {count}", phone.place));
    }
    *known = count;
    Ok(())
}

fn documents_stay(office: &Connection, seen: &mut BTreeMap<Id, String>) -> Held {
    let sql = "SELECT id, json_extract(body, '$.sealed') FROM record WHERE kind = 'document' AND body IS NOT NULL";
    let mut statement = office.prepare(sql).expect("records are there");
    let rows = statement.query_map([], |row| Ok((id_of(row.get(0)?), row.get::<_, String>(1)?))).expect("a read");
    let now: BTreeMap<Id, String> = rows.map(|row| row.expect("a row")).collect();
    for (id, sealed) in seen.iter() {
        if now.get(id) != Some(sealed) {
            return Err(format!("I3: document {id} changed or is gone at the hub"));
        }
    }
    seen.extend(now);
    Ok(())
}

fn ready_scopes(store: &Connection) -> BTreeSet<String> {
    let mut statement =
        store.prepare_cached("SELECT scope FROM held_scope WHERE state = 'ready'").expect("scopes are there");
    statement.query_map([], |row| row.get(0)).expect("a read").map(|scope| scope.expect("a scope")).collect()
}

fn has_its_rows(phone: &Phone, store: &Connection, hub: &Rows, epoch: &str) -> Held {
    let cursor = phone.app().store().cursor().expect("a read");
    let Some(place) = cursor.as_deref().and_then(|cursor| cursor.strip_prefix(epoch)?.strip_prefix('.')?.parse().ok())
    else {
        return Ok(());
    };
    let place: i64 = place;
    let (mut ready, base) = (ready_scopes(store), rows_of(store, "base_record"));
    // What the hub took away, or took away and gave back, beyond that place: the device has not heard of it yet.
    ready.retain(|scope| {
        let holding = holding_id(phone.device, &Scope(scope.clone()));
        let said = hub.get(&("holding".to_owned(), holding));
        said.is_none_or(|rows| rows.iter().any(|row| !row.gone && row.seq <= place))
    });
    for (key, known) in hub.iter().filter(|(key, _)| !INSTRUCTIONS.contains(&key.0.as_str())) {
        let now = known.iter().find(|row| !row.gone && ready.contains(&row.scope) && row.seq <= place);
        let Some(now) = now else { continue };
        let has = base.get(key).is_some_and(|rows| rows.iter().any(|row| row.rev >= now.rev));
        if !has {
            let own = base.get(key);
            return Err(format!("I7: phone {} at {place} lacks {key:?} {now:?}; it has {own:?}", phone.place));
        }
    }
    for (key, rows) in &base {
        let own = rows.iter().find(|row| !row.gone && ready.contains(&row.scope) && row.seq <= place);
        let Some(own) = own else { continue };
        let known = hub.get(key).is_some_and(|rows| {
            rows.iter().any(|row| row.seq > place || row.scope == own.scope && row.rev == own.rev && !row.gone)
        });
        if !known {
            let theirs = hub.get(key);
            return Err(format!("I7: phone {} at {place} has {key:?} {own:?}; the hub {theirs:?}", phone.place));
        }
    }
    Ok(())
}

/// What the devices have not sent, in words; empty for nothing. What a person must confirm first does not count.
pub fn unsent(world: &World) -> String {
    let mut left = Vec::new();
    for phone in &world.phones {
        let store = phone.app().store();
        if store.is_forked().expect("a read") {
            continue;
        }
        let counts = store.read(|rows| rows.counts()).expect("a read");
        // A file that a stop left without a job is sent once a person says where it belongs.
        let unsent_media = counts.unconfirmed_media > counts.unfiled_media;
        if unsent_media || counts.pending_commands > 0 || counts.unattested > 0 {
            left.push(format!("phone {} {counts:?}", phone.place));
        }
    }
    left.join("; ")
}

/// What stands still at rest: how far the hub is, and where each device's cursor is.
pub fn mark(world: &World) -> Vec<String> {
    let counter = world.hub().read(|read| Ok(read.counter()?)).expect("a read");
    let cursors = world.phones.iter().map(|phone| {
        let cursor = phone.app().store().cursor().expect("a read");
        cursor.unwrap_or_default()
    });
    std::iter::once(counter.to_string()).chain(cursors).collect()
}

/// Looks at what holds when everything has come to rest.
pub fn at_rest(world: &World) -> Held {
    let report = world.hub().check(&mut |_| {}).expect("the check runs");
    if !report.ok() {
        return Err(format!("I13: {:?}", report.findings));
    }
    let office = reading(&world.office().join("hub.db"));
    everything_decided(&office)?;
    waits_for_its_own(&office)?;
    let hub = rows_of(&office, "record");
    for phone in &world.phones {
        let store = phone.store();
        agrees(phone, store, &hub)?;
        refused_are_shown(phone, store, &office)?;
        confirmed(world, phone, store)?;
        stays_within(world, phone, store)?;
    }
    Ok(())
}

fn everything_decided(office: &Connection) -> Held {
    let sql = "SELECT count(*) FROM inbox WHERE state = 'stored'";
    let stored: i64 = office.query_row(sql, [], |row| row.get(0)).expect("a count");
    if stored > 0 {
        return Err(format!("I6: {stored} commands are stored and nobody judged them"));
    }
    let sql = "SELECT count(*) FROM inbox WHERE state = 'decided' AND outcome IS NULL";
    let silent: i64 = office.query_row(sql, [], |row| row.get(0)).expect("a count");
    if silent > 0 { Err(format!("I6: {silent} commands were decided without an outcome")) } else { Ok(()) }
}

/// What waits for its turn waits behind a command of the same device and job.
fn waits_for_its_own(office: &Connection) -> Held {
    let sql = "SELECT count(*) FROM inbox AS behind WHERE behind.state = 'waiting' AND behind.need = 'lane'
               AND NOT EXISTS (SELECT 1 FROM inbox AS first WHERE first.state = 'waiting' AND first.need != 'lane'
                 AND first.device = behind.device AND first.lane = behind.lane AND first.arrival < behind.arrival)";
    let held_up: i64 = office.query_row(sql, [], |row| row.get(0)).expect("a count");
    if held_up > 0 { Err(format!("I11: {held_up} commands wait behind another job's")) } else { Ok(()) }
}

/// A refusal that nobody dealt with stands on its device's list.
fn refused_are_shown(phone: &Phone, store: &Connection, office: &Connection) -> Held {
    let sql = "SELECT command FROM inbox WHERE outcome = 'refused' AND closed = 0 AND device = ?1";
    let mut statement = office.prepare(sql).expect("the inbox is there");
    let refused = statement.query_map([phone.device.bytes()], |row| Ok(id_of(row.get(0)?))).expect("a read");
    for command in refused.map(|id| id.expect("an id")) {
        let sql = "SELECT state FROM outbox WHERE id = ?1";
        let state: Option<String> = store.query_row(sql, [command.bytes()], |row| row.get(0)).ok();
        if state.as_deref() != Some("refused") && !phone.dealt_with.contains(&command) {
            let place = phone.place;
            return Err(format!("I6: command {command} of phone {place} was refused, and there it is {state:?}"));
        }
    }
    Ok(())
}

/// At rest the base of each ready scope is what the hub has.
fn agrees(phone: &Phone, store: &Connection, hub: &Rows) -> Held {
    let (ready, base) = (ready_scopes(store), rows_of(store, "base_record"));
    let live = |rows: &Rows| -> BTreeSet<(String, Id, String, i64)> {
        rows.iter()
            .flat_map(|((kind, id), known)| known.iter().map(move |row| (kind.clone(), *id, row)))
            .filter(|(kind, _, row)| !INSTRUCTIONS.contains(&kind.as_str()) && !row.gone && ready.contains(&row.scope))
            .map(|(kind, id, row)| (kind, id, row.scope.clone(), row.rev))
            .collect()
    };
    let (here, there) = (live(&base), live(hub));
    if here == there {
        return Ok(());
    }
    let more: Vec<_> = here.difference(&there).take(3).collect();
    let less: Vec<_> = there.difference(&here).take(3).collect();
    Err(format!("I4: phone {} and the hub differ: only here {more:?}, only there {less:?}", phone.place))
}

/// What a device thinks to be safe at the office is there.
fn confirmed(world: &World, phone: &Phone, store: &Connection) -> Held {
    let mut statement =
        store.prepare_cached("SELECT sha256 FROM media WHERE state = 'receipted'").expect("media are there");
    let hashes = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("a read");
    for sha256 in hashes {
        let sha256 = Digest::from_slice(&sha256.expect("a hash")).expect("thirty-two bytes");
        if !world.hub().holds(sha256).expect("a read") {
            return Err(format!("I8: phone {} has a receipt for {sha256}, and the hub does not hold it", phone.place));
        }
    }
    Ok(())
}

/// A device holds what the hub lets it hold, and nothing else is on it.
fn stays_within(world: &World, phone: &Phone, store: &Connection) -> Held {
    let holdings = world.hub().children::<Holding>(phone.device).expect("a read");
    let held: BTreeSet<Scope> = holdings.into_iter().map(|(_, holding)| holding.held).collect();
    let mut statement = store
        .prepare_cached("SELECT DISTINCT scope FROM base_record WHERE scope LIKE 'job/%' AND body IS NOT NULL")
        .expect("records are there");
    let scopes = statement.query_map([], |row| row.get::<_, String>(0)).expect("a read");
    let kept = "SELECT count(*) FROM outbox WHERE lane = ?1";
    for scope in scopes {
        let scope = scope.expect("a scope");
        let own: i64 = store.query_row(kept, [&scope], |row| row.get(0)).expect("a count");
        if !held.contains(&Scope(scope.clone())) && own == 0 {
            return Err(format!("I10: phone {} keeps {scope}, which it does not hold any more", phone.place));
        }
    }
    Ok(())
}
