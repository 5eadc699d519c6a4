//! A phone at a hub with ever more jobs: the first sync, the push of offline work after it, a sync with nothing to do.

use std::path::Path;
use std::time::Instant;

use countersign_hub::Hub;
use countersign_model::document::Provenance;
use countersign_tests::bench::copy_folder;
use countersign_tests::measure::{ROUNDS, median};
use countersign_tests::office::Phone;
use countersign_tests::served::Server;
use rusqlite::params;
use serde_json::Value;

use crate::line::{Goal, Line};
use crate::office_made::{self, ANSWERS, said};
use crate::{Asked, child, many, plain};

/// Commands that are saved without a network and pushed afterwards.
const OFFLINE: usize = 500;
/// The number of jobs that the targets name.
const FULL: usize = 50_000;

/// What a phone took.
struct Synced {
    enrol_s: f64,
    first_s: f64,
    pulled: u64,
    bytes: u64,
    push_s: f64,
    idle_ms: f64,
    hub_mb: f64,
}

/// All sizes, the largest beside plain inserts and PouchDB.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for jobs in [500, 5_000] {
        let ours = synced(asked, jobs)?;
        let (plain_s, plain_bytes) = plain_inserts(&asked.cache, jobs)?;
        lines.push(
            Line::new(format!("growth: first sync, {jobs} jobs"), "s", ours.first_s, Goal::None)
                .beside("plain inserts", Ok(plain_s))
                .and("jobs", jobs)
                .and("bytes", ours.bytes)
                .and("plain_bytes", plain_bytes),
        );
        lines.push(
            Line::new(format!("growth: push of 500 commands, {jobs} jobs"), "s", ours.push_s, Goal::None)
                .and("jobs", jobs),
        );
        lines.push(
            Line::new(format!("growth: sync with nothing to do, {jobs} jobs"), "ms", ours.idle_ms, Goal::None)
                .and("jobs", jobs),
        );
    }
    let ours = synced(asked, FULL)?;
    lines.extend(full(asked, &ours)?);
    Ok(lines)
}

fn full(asked: &Asked, ours: &Synced) -> Result<Vec<Line>, String> {
    let (plain_s, plain_bytes) = plain_inserts(&asked.cache, FULL)?;
    let pouch = pouch(asked);
    let of = |name: &'static str| pouch.clone().and_then(|told| child::number(&told, name));
    let mega = |bytes: f64| bytes / 1e6;
    let first = |name: &str, goal| Line::new(name, "s", ours.first_s, goal);
    Ok(vec![
        // 6 s, at most four times plain inserts; 6 s against 17.1 s of PouchDB.
        first("first sync of 50,000 jobs and 500,000 answers", Goal::RatioAtMost(4.0))
            .beside("plain inserts, no network", Ok(plain_s))
            .and("jobs", FULL)
            .and("rows", ours.pulled)
            .and("enrol_s", ours.enrol_s)
            .and("hub_peak_mb", ours.hub_mb),
        first("first sync, PouchDB", Goal::RatioAtMost(0.35)).beside("PouchDB, 50,000 documents", of("first_s")),
        // 80 MB against 51 MB.
        Line::new("phone database after it", "MB", mega(ours.bytes as f64), Goal::RatioAtMost(1.57))
            .beside("plain rows", Ok(mega(plain_bytes as f64)))
            .and("pouchdb_mb", of("bytes").map(mega).unwrap_or(-1.0)),
        Line::new("first push of 500 offline commands after it", "s", ours.push_s, Goal::RatioAtMost(0.041))
            .beside("PouchDB", of("push_s"))
            .and("jobs", FULL),
        Line::new("sync with nothing to do", "ms", ours.idle_ms, Goal::RatioAtMost(0.53))
            .beside("PouchDB", of("idle_ms"))
            .and("jobs", FULL),
    ])
}

fn synced(asked: &Asked, jobs: usize) -> Result<Synced, String> {
    let made = office_made::office(&asked.cache, jobs)?;
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    copy_folder(&made, folder.path());
    let server = Server::start(&asked.program, folder.path())?;
    let hub = Hub::open(folder.path()).map_err(said)?;
    let person = office_made::engineer(&hub)?;
    let invitation = hub.invite(person, Some(server.url())).map_err(said)?.enrolment;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let phone = Phone::new(41);
    let begun = Instant::now();
    runtime.block_on(phone.enrol(&invitation)).map_err(|problem| format!("enrolment: {problem:?}"))?;
    let enrol_s = begun.elapsed().as_secs_f64();
    let (first_s, pulled) = sync(&runtime, &phone)?;
    let bytes = phone_bytes(phone.folder())?;
    for place in 0..OFFLINE {
        let job = many::number(place % jobs);
        let value = if place.is_multiple_of(2) { "yes" } else { "no" };
        phone.app().answer(&job, "machine_runs", value, Provenance::Typed).map_err(|error| error.to_string())?;
    }
    let (push_s, _) = sync(&runtime, &phone)?;
    let mut idle = Vec::new();
    for _ in 0..ROUNDS {
        idle.push(sync(&runtime, &phone)?.0 * 1_000.0);
    }
    let hub_mb = server.peak_memory() as f64 / 1_024.0;
    Ok(Synced { enrol_s, first_s, pulled, bytes, push_s, idle_ms: median(&mut idle), hub_mb })
}

/// A sync that gets through: seconds, rows that came.
fn sync(runtime: &tokio::runtime::Runtime, phone: &Phone) -> Result<(f64, u64), String> {
    let begun = Instant::now();
    let report = runtime.block_on(phone.app().sync(|_| {})).map_err(|error| error.to_string())?;
    match report.problem {
        Some(problem) => Err(format!("the sync ended with {problem:?}: {}", report.detail)),
        None if phone.pending() > 0 => Err("commands are left after the sync".to_owned()),
        None => Ok((begun.elapsed().as_secs_f64(), report.pulled)),
    }
}

/// The database of the phone, its write-ahead log moved in.
fn phone_bytes(folder: &Path) -> Result<u64, String> {
    let path = folder.join("store.db");
    let connection = rusqlite::Connection::open(&path).map_err(plain::whole)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(plain::whole)?;
    Ok(std::fs::metadata(&path).map_or(0, |file| file.len()))
}

/// As many jobs and answers into two plain tables with an index, in one transaction: seconds, and bytes.
fn plain_inserts(cache: &Path, jobs: usize) -> Result<(f64, u64), String> {
    let folder = tempfile::tempdir_in(cache).map_err(|error| error.to_string())?;
    let path = folder.path().join("plain.db");
    let connection = plain::durable(&path)?;
    connection
        .execute_batch(
            "CREATE TABLE job (id BLOB PRIMARY KEY, number TEXT, serial TEXT, fault TEXT, state TEXT) WITHOUT ROWID;
             CREATE TABLE answer (id BLOB PRIMARY KEY, job BLOB, path TEXT, value TEXT, author BLOB, at INTEGER)
               WITHOUT ROWID;
             CREATE INDEX answer_job ON answer (job);",
        )
        .map_err(plain::whole)?;
    let begun = Instant::now();
    connection.execute_batch("BEGIN").map_err(plain::whole)?;
    (0..jobs).try_for_each(|place| plain_job(&connection, place)).map_err(plain::whole)?;
    connection.execute_batch("COMMIT").map_err(plain::whole)?;
    let took = begun.elapsed().as_secs_f64();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(plain::whole)?;
    Ok((took, std::fs::metadata(&path).map_or(0, |file| file.len())))
}

fn plain_job(connection: &rusqlite::Connection, place: usize) -> rusqlite::Result<()> {
    let job = many::job_id(place);
    let fault = many::FAULTS[place % many::FAULTS.len()];
    let sql = "INSERT INTO job VALUES (?1, ?2, ?3, ?4, 'planned')";
    let row = params![job.bytes(), many::number(place), format!("H7-{:05}", place % 9_973), fault];
    connection.prepare_cached(sql)?.execute(row)?;
    let mut insert = connection.prepare_cached("INSERT INTO answer VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for number in 0..ANSWERS {
        let answer = countersign_model::Id::derived("plain", &[job.bytes(), &number.to_be_bytes()]);
        let path = format!("/data/checks/point_{number}");
        let value = format!("{}", 140 + (place + number) % 60);
        insert.execute(params![answer.bytes(), job.bytes(), path, value, job.bytes(), place as i64])?;
    }
    Ok(())
}

/// A document a job with its ten answers in it, from a server of its own.
fn pouch(asked: &Asked) -> Result<Value, String> {
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    let mut command = asked.peers.node("pouch.js")?;
    command.arg(folder.path()).arg(FULL.to_string()).arg(OFFLINE.to_string());
    child::read(&mut command)
}
