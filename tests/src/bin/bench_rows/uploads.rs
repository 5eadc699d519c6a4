//! A file on its way to the hub: speed, the hub's memory, and what is sent again when the hub is killed.

use std::time::Instant;

use base64::Engine as _;
use countersign_hub::Hub;
use countersign_model::Digest;
use countersign_model::trust::Receipt;
use countersign_model::wire::{CHUNK_BYTES, MediaOffer, MediaState};
use countersign_tests::bench::copy_folder;
use countersign_tests::chance::Chance;
use countersign_tests::http::client;
use countersign_tests::pusher::Pusher;
use countersign_tests::served::Server;

use crate::Asked;
use crate::killed::Meter;
use crate::line::{Goal, Line, Peer};
use crate::office_made::{self, said};
use crate::receivers::{Nginx, Tus, words};

/// Bytes of a megabyte as the targets count it.
pub const MIB: usize = 1 << 20;
/// The file of the targets.
const FULL: usize = 300 * MIB;
/// A served office and a device that sends files to it.
pub struct Receiver {
    /// The hub.
    pub server: Server,
    /// Its folder.
    pub folder: tempfile::TempDir,
    device: Pusher,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

/// Speed, memory by size and by how many are on their way.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let receiver = Receiver::open(asked)?;
    let mut lines = Vec::new();
    for size in [3, 30, 300] {
        let file = bytes(size as u64, size * MIB);
        let before = receiver.memory_now();
        let took = receiver.send(&file)?;
        let held = receiver.server.peak_memory().saturating_sub(before) as f64 / 1_024.0;
        lines.extend(speed(asked, &file, took)?);
        lines.push(memory(asked, &file, held)?);
    }
    lines.push(many_at_once(&receiver)?);
    Ok(lines)
}

fn rate(bytes: usize, seconds: f64) -> f64 {
    bytes as f64 / 1e6 / seconds
}

/// 250 MB/s with hash and fsync against 500 MB/s of nginx without, and 198 MB/s of @tus/server.
fn speed(asked: &Asked, file: &[u8], took: f64) -> Result<Vec<Line>, String> {
    let size = file.len() / MIB;
    let (nginx, equal) = match nginx(asked, file) {
        Ok((bare, equal)) => (Ok(bare), Ok(equal)),
        Err(why) => (Err(why.clone()), Err(why)),
    };
    let line = |what: &str, goal: Goal, name: &str, peer: Peer| {
        let (growth, goal) = if file.len() == FULL { ("", goal) } else { ("growth: ", Goal::None) };
        Line::new(format!("{growth}upload of {size} MiB{what}"), "MB/s", rate(file.len(), took), goal)
            .beside(name, peer)
            .and("mib", size)
    };
    Ok(vec![
        line(", hashed and durable", Goal::RatioAtLeast(0.5), "nginx PUT, neither", nginx),
        line(", equal work", Goal::None, "nginx PUT, then SHA-256 and fsync", equal),
        line(", tus", Goal::RatioAtLeast(1.26), "@tus/server", tus(asked, file).map(|(speed, _)| speed)),
    ])
}

fn nginx(asked: &Asked, file: &[u8]) -> Result<(f64, f64), String> {
    let folder = tempfile::tempdir_in(&asked.cache).map_err(words)?;
    let folder_path = folder.path().canonicalize().map_err(words)?;
    let nginx = Nginx::start(&asked.peers, &folder_path)?;
    let runtime = tokio::runtime::Runtime::new().map_err(words)?;
    let (took, path) = runtime.block_on(nginx.put(file))?;
    let begun = Instant::now();
    let kept = std::fs::File::open(&path).map_err(words)?;
    let ingested = countersign_evidence::ingest(&kept, std::io::sink(), u64::MAX).map_err(words)?;
    kept.sync_all().map_err(words)?;
    let more = begun.elapsed().as_secs_f64();
    if ingested.sha256 != Digest::of(file) {
        return Err("nginx kept other bytes".to_owned());
    }
    Ok((rate(file.len(), took), rate(file.len(), took + more)))
}

/// Speed, and memory that it took more than before, MB.
fn tus(asked: &Asked, file: &[u8]) -> Result<(f64, f64), String> {
    let folder = tempfile::tempdir_in(&asked.cache).map_err(words)?;
    let tus = Tus::start(&asked.peers, folder.path())?;
    let before = tus.peak_memory();
    let runtime = tokio::runtime::Runtime::new().map_err(words)?;
    let body = file.to_vec();
    let begun = Instant::now();
    runtime.block_on(async {
        let place = tus.create(body.len()).await?;
        tus.patch(&place, 0, body.into()).await
    })?;
    let took = begun.elapsed().as_secs_f64();
    Ok((rate(file.len(), took), tus.peak_memory().saturating_sub(before) as f64 / 1_024.0))
}

fn memory(asked: &Asked, file: &[u8], held: f64) -> Result<Line, String> {
    let size = file.len() / MIB;
    let (growth, goal) = if file.len() == FULL { ("", Goal::AtMost(32.0)) } else { ("growth: ", Goal::None) };
    let line = Line::new(format!("{growth}hub memory for an upload of {size} MiB in flight"), "MiB", held, goal);
    Ok(line.beside("@tus/server", tus(asked, file).map(|(_, held)| held)).and("mib", size))
}

/// Eight files of 30 MiB at once, through one device's token.
fn many_at_once(receiver: &Receiver) -> Result<Line, String> {
    let files: Vec<Vec<u8>> = (0..8).map(|seed| bytes(100 + seed, 30 * MIB)).collect();
    let before = receiver.memory_now();
    std::thread::scope(|scope| {
        let sending: Vec<_> = files.iter().map(|file| scope.spawn(|| receiver.send(file))).collect();
        sending.into_iter().try_for_each(|sent| sent.join().map_err(|_| "a sender stopped".to_owned())?.map(drop))
    })?;
    let held = receiver.server.peak_memory().saturating_sub(before) as f64 / 1_024.0;
    let line = Line::new("hub memory for each of 8 uploads in flight", "MiB", held / 8.0, Goal::AtMost(32.0));
    Ok(line.and("uploads", 8))
}

/// Bytes that do not compress, the same for the same seed.
pub fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let block: Vec<u8> = (0..MIB / 32).flat_map(|_| chance.key()).collect();
    let mut bytes: Vec<u8> = block.iter().copied().cycle().take(count).collect();
    // Each megabyte begins with its number, so that no two chunks are alike.
    for (place, piece) in bytes.chunks_mut(MIB).enumerate() {
        let number = (seed ^ place as u64).to_be_bytes();
        piece.iter_mut().zip(number).for_each(|(byte, digit)| *byte = digit);
    }
    bytes
}

impl Receiver {
    /// A small office.
    pub fn open(asked: &Asked) -> Result<Receiver, String> {
        let made = office_made::office(&asked.cache, 500)?;
        let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
        copy_folder(&made, folder.path());
        let hub = Hub::open(folder.path()).map_err(said)?;
        let device = Pusher::enrol(&hub, office_made::engineer(&hub)?, 77)?;
        drop(hub);
        let server = Server::start(&asked.program, folder.path())?;
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        Ok(Receiver { server, folder, device, client: client()?, runtime })
    }

    /// Sends a whole file chunk by chunk, as a device does, and takes the receipt; seconds. The digests of the chunks are
    /// made before: the hub is measured, not the sender.
    pub fn send(&self, file: &[u8]) -> Result<f64, String> {
        let sha256 = Digest::of(file);
        let chunks: Vec<(Vec<u8>, Digest)> =
            file.chunks(CHUNK_BYTES as usize).map(|chunk| (chunk.to_vec(), Digest::of(chunk))).collect();
        let begun = Instant::now();
        self.runtime.block_on(async {
            let state = self.offer(sha256, file.len()).await?;
            for ((chunk, digest), number) in chunks.into_iter().zip(&state.missing) {
                taken(self.chunk(sha256, *number, digest).body(chunk)).await?;
            }
            self.finish(sha256).await
        })?;
        Ok(begun.elapsed().as_secs_f64())
    }

    /// What the hub holds now, kilobytes; its peak is counted anew from here.
    fn memory_now(&self) -> u64 {
        self.server.forget_peak();
        self.server.peak_memory()
    }

    /// Sends what is missing until so many bytes were handed to the network, kills the hub then and starts it again;
    /// bytes handed out. `limit` is told what the hub had at the beginning.
    pub fn send_until(
        &mut self,
        asked: &Asked,
        file: &[u8],
        limit: impl FnOnce(usize) -> usize,
    ) -> Result<usize, String> {
        let sha256 = Digest::of(file);
        let state = self.runtime.block_on(self.offer(sha256, file.len()))?;
        let size = state.chunk_bytes as usize;
        let missing: usize =
            state.missing.iter().filter_map(|number| file.chunks(size).nth(*number as usize)).map(<[u8]>::len).sum();
        let meter = Meter::until(limit(file.len().saturating_sub(missing)));
        let whole = self.runtime.block_on(async {
            tokio::select! {
                done = self.metered(sha256, file, &state, &meter) => done.map(|()| true),
                () = meter.reached() => Ok(false),
            }
        })?;
        if !whole {
            let address = self.server.url().trim_start_matches("http://").to_owned();
            self.server.stop();
            self.server = Server::start_at(&asked.program, self.folder.path(), &address)?;
            self.client = client()?;
        }
        Ok(meter.sent())
    }

    async fn metered(&self, sha256: Digest, file: &[u8], state: &MediaState, meter: &Meter) -> Result<(), String> {
        let size = state.chunk_bytes as usize;
        for number in &state.missing {
            let chunk = file.chunks(size).nth(*number as usize).unwrap_or_default().to_vec();
            let request = self.chunk(sha256, *number, Digest::of(&chunk)).header("content-length", chunk.len());
            taken(request.body(meter.body(chunk))).await?;
        }
        self.finish(sha256).await
    }

    async fn offer(&self, sha256: Digest, bytes: usize) -> Result<MediaState, String> {
        let offer = MediaOffer { sha256, bytes: bytes as u64 };
        let request = self.client.post(format!("{}/v1/media", self.server.url())).json(&offer);
        json(request.bearer_auth(&self.device.token)).await
    }

    fn chunk(&self, sha256: Digest, number: u64, digest: Digest) -> reqwest::RequestBuilder {
        let digest = base64::engine::general_purpose::STANDARD.encode(digest.0);
        self.client
            .put(format!("{}/v1/media/{sha256}/chunks/{number}", self.server.url()))
            .bearer_auth(&self.device.token)
            .header("content-digest", format!("sha-256=:{digest}:"))
    }

    async fn finish(&self, sha256: Digest) -> Result<(), String> {
        let request = self.client.post(format!("{}/v1/media/{sha256}/finish", self.server.url()));
        let _: Receipt = json(request.bearer_auth(&self.device.token)).await?;
        Ok(())
    }
}

/// Sends a chunk, which must be taken.
async fn taken(request: reqwest::RequestBuilder) -> Result<(), String> {
    let sent = request.send().await.map_err(words)?;
    if sent.status() == 204 { Ok(()) } else { Err(format!("a chunk was answered with {}", sent.status())) }
}

async fn json<T: serde::de::DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, String> {
    let response = request.send().await.map_err(|error| error.to_string())?;
    let status = response.status();
    let text = response.text().await.map_err(|error| error.to_string())?;
    if !status.is_success() {
        return Err(format!("the hub answered {status}: {text}"));
    }
    serde_json::from_str(&text).map_err(|error| error.to_string())
}
