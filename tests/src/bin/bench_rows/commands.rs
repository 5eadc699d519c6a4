//! What a hub takes: durable commands of eight devices, one by one and in batches; the feed under 32 writers.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use countersign_hub::Hub;
use countersign_model::record::kind;
use countersign_model::wire::Push;
use countersign_tests::bench::copy_folder;
use countersign_tests::http::client;
use countersign_tests::pusher::{self, Pusher};
use countersign_tests::served::Server;
use tokio::task::JoinSet;

use crate::line::{Goal, Line};
use crate::office_made::{self, said, visit_id};
use crate::{Asked, many, plain};

/// Calls that a device may make at once by the hub's own quota, some left for the reader.
const CALLS: usize = 200;
/// Commands of one batch.
const BATCH: usize = 100;
/// Batches of one device.
const BATCHES: usize = 6;
/// Writers of the feed's row, and what each of them writes, one by one.
const WRITERS: usize = 32;
const WRITES: usize = 60;

/// A served copy of an office with a thousand jobs, and devices of its engineer.
struct Field {
    server: Server,
    devices: Vec<Pusher>,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Field {
    fn open(asked: &Asked, devices: usize) -> Result<Field, String> {
        let made = office_made::office(&asked.cache, 500)?;
        let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
        copy_folder(&made, folder.path());
        let hub = Hub::open(folder.path()).map_err(said)?;
        let person = office_made::engineer(&hub)?;
        let devices =
            (0..devices).map(|seed| Pusher::enrol(&hub, person, 1_000 + seed as u64)).collect::<Result<_, _>>()?;
        drop(hub);
        let server = Server::start(&asked.program, folder.path())?;
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        Ok(Field { server, devices, runtime, _folder: folder })
    }

    /// The pushes of every device, each on a job of its own.
    fn pushes(&mut self, calls: usize, commands: usize) -> Result<Vec<(String, Vec<Push>)>, String> {
        let devices = self.devices.iter_mut().enumerate();
        devices
            .map(|(place, device)| {
                let (job, visit) = (many::job_id(place), visit_id(place));
                let push = |call: usize| device.notes(job, visit, &format!("{commands} {call}"), commands);
                let pushes: Vec<Push> = (0..calls).map(push).collect::<Result<_, _>>()?;
                Ok((device.token.clone(), pushes))
            })
            .collect()
    }

    /// Every device sends its pushes one after the other, all devices at once; commands a second.
    fn rate(&self, pushes: Vec<(String, Vec<Push>)>) -> Result<f64, String> {
        let commands: usize = pushes.iter().flat_map(|(_, pushes)| pushes).map(|push| push.envelopes.len()).sum();
        let begun = Instant::now();
        self.runtime.block_on(send_all(self.server.url(), pushes))?;
        Ok(commands as f64 / begun.elapsed().as_secs_f64())
    }
}

async fn send_all(url: &str, pushes: Vec<(String, Vec<Push>)>) -> Result<(), String> {
    let mut running = JoinSet::new();
    for (token, pushes) in pushes {
        let url = url.to_owned();
        running.spawn(async move {
            let client = client()?;
            for push in &pushes {
                pusher::push(&client, &url, &token, push).await?;
            }
            Ok::<(), String>(())
        });
    }
    while let Some(done) = running.join_next().await {
        done.map_err(|error| error.to_string())??;
    }
    Ok(())
}

/// One by one and in batches by eight devices, and by one and 32 to see how it grows.
pub fn rates(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for devices in [1, 8, 32] {
        let mut field = Field::open(asked, devices)?;
        let singles = field.pushes(if devices == 32 { 60 } else { CALLS }, 1)?;
        let single = field.rate(singles)?;
        let batches = field.pushes(if devices == 32 { 2 } else { BATCHES }, BATCH)?;
        let batch = field.rate(batches)?;
        let growth = if devices == 8 { "" } else { "growth: " };
        let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
        let line = |how: &str, ours: f64, peer: Peer| {
            Line::new(format!("{growth}durable commands, {how}, {devices} devices"), "1/s", ours, Goal::None)
                .beside("SQLite commits of as many threads", peer)
                .and("devices", devices)
        };
        lines.push(line("one by one", single, plain_rate(&folder.path().join("single.db"), devices, CALLS, 1)));
        lines.push(line("batches of 100", batch, plain_rate(&folder.path().join("batch.db"), devices, BATCHES, BATCH)));
    }
    Ok(lines)
}

type Peer = crate::line::Peer;

/// Rows a second of so many threads, each with a connection of its own, that commit so many rows at a time.
fn plain_rate(path: &Path, threads: usize, commits: usize, rows: usize) -> Peer {
    plain::table(path)?;
    let begun = Instant::now();
    let done: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(|| plain_writer(path, commits, rows))).collect();
        running.into_iter().map(|thread| thread.join().map_err(|_| "a thread stopped".to_owned())?).collect()
    });
    done.into_iter().collect::<Result<Vec<()>, String>>()?;
    Ok((threads * commits * rows) as f64 / begun.elapsed().as_secs_f64())
}

fn plain_writer(path: &Path, commits: usize, rows: usize) -> Result<(), String> {
    let connection = plain::durable(path)?;
    for _ in 0..commits {
        connection.execute_batch("BEGIN IMMEDIATE").map_err(plain::whole)?;
        (0..rows).try_for_each(|_| plain::commit(&connection, "command", 900))?;
        connection.execute_batch("COMMIT").map_err(plain::whole)?;
    }
    Ok(())
}

/// A device follows the feed while 32 others write: what it misses, and how much is written a second.
pub fn feed(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut field = Field::open(asked, WRITERS + 1)?;
    let reader = field.devices.pop().ok_or("no reader")?;
    let pushes = field.pushes(WRITES, 1)?;
    let written = WRITERS * WRITES;
    let is_over = Arc::new(AtomicBool::new(false));
    let url = field.server.url().to_owned();
    let begun = Instant::now();
    let (seen, took) = field.runtime.block_on(async {
        let following = tokio::spawn(follow(url.clone(), reader.token.clone(), Arc::clone(&is_over)));
        send_all(&url, pushes).await?;
        let took = begun.elapsed().as_secs_f64();
        is_over.store(true, Ordering::SeqCst);
        Ok::<_, String>((following.await.map_err(|error| error.to_string())??, took))
    })?;
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    let peer = plain_rate(&folder.path().join("sequence.db"), WRITERS, WRITES, 1);
    let missed = written.saturating_sub(seen.0);
    Ok(vec![
        Line::new("feed under 32 writers: rows missed", "rows", missed as f64, Goal::AtMost(0.0))
            .and("written", written)
            .and("pages", seen.1),
        Line::new("feed under 32 writers: throughput", "1/s", written as f64 / took, Goal::None)
            .beside("plain SQLite sequence of 32 threads", peer),
    ])
}

/// Reads the feed to its head again and again with nothing but its cursor; distinct notes, and pages.
async fn follow(url: String, token: String, is_over: Arc<AtomicBool>) -> Result<(usize, usize), String> {
    let client = client()?;
    let (mut cursor, mut notes, mut pages) = (String::new(), BTreeSet::new(), 0);
    loop {
        // Looked at before the page: what was written before then must be on the pages up to the next head.
        let last = is_over.load(Ordering::SeqCst);
        let page = pusher::feed(&client, &url, &token, &cursor).await?;
        pages += 1;
        notes.extend(page.rows.iter().filter(|row| row.kind == kind::NOTE).map(|row| row.id));
        cursor = page.cursor;
        if page.at_head && last {
            return Ok((notes.len(), pages));
        }
        // The hub's own quota is twenty calls a second after the first 240.
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
