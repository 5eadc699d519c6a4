//! What is sent again when the server is killed while a file is on its way: ours and @tus/server, the same file, the same
//! places.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream;
use tokio::sync::Notify;

use crate::Asked;
use crate::line::{Goal, Line, Peer};
use crate::receivers::Tus;
use crate::uploads::{MIB, Receiver, bytes};

/// Kills of one upload.
const KILLS: usize = 7;
/// The file.
const FILE: usize = 96 * MIB;
/// Bytes handed to the network at a time.
const PIECE: usize = 64 << 10;

/// Counts what was handed to the network, and calls when a number of bytes is reached.
#[derive(Clone)]
pub struct Meter {
    sent: Arc<AtomicUsize>,
    limit: usize,
    reached: Arc<Notify>,
}

impl Meter {
    /// Calls at this number.
    pub fn until(limit: usize) -> Meter {
        Meter { sent: Arc::default(), limit, reached: Arc::default() }
    }

    /// A body that counts; once the number is reached it hands out nothing more, as a network that is cut.
    pub fn body(&self, bytes: Vec<u8>) -> reqwest::Body {
        let meter = self.clone();
        let pieces = stream::unfold((bytes::Bytes::from(bytes), meter), |(mut rest, meter)| async move {
            if rest.is_empty() {
                return None;
            }
            if meter.sent.load(Ordering::SeqCst) >= meter.limit {
                meter.reached.notify_one();
                std::future::pending::<()>().await;
            }
            let piece = rest.split_to(rest.len().min(PIECE));
            meter.sent.fetch_add(piece.len(), Ordering::SeqCst);
            Some((Ok::<_, std::io::Error>(piece), (rest, meter)))
        });
        reqwest::Body::wrap_stream(pieces)
    }

    /// What was handed out.
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }

    /// Waits for the number.
    pub async fn reached(&self) {
        self.reached.notified().await;
    }
}

/// Bytes of the file that were handed to the network more than once.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let ours = ours(asked)?;
    let peer: Peer = tus(asked);
    let again = |bytes: f64| bytes / KILLS as f64 / MIB as f64;
    let line = Line::new("sent again after a kill of the hub", "MiB a kill", again(ours), Goal::AtMost(8.0));
    let line = line.beside("@tus/server", peer.map(again));
    Ok(vec![line.and("kills", KILLS).and("percent", (ours * 100.0 / FILE as f64).round())])
}

/// Where the next kill comes, counted from what the server had at the beginning of this try.
fn next_kill(kill: usize, has: usize) -> usize {
    // In the middle of chunks, evenly over the file.
    let place = FILE * (kill + 1) / (KILLS + 1) + 3 * MIB;
    if kill < KILLS { place.saturating_sub(has).max(MIB) } else { usize::MAX }
}

fn ours(asked: &Asked) -> Result<f64, String> {
    let file = bytes(5, FILE);
    let mut receiver = Receiver::open(asked)?;
    let mut sent = 0;
    for kill in 0..=KILLS {
        sent += receiver.send_until(asked, &file, |has| next_kill(kill, has))?;
    }
    Ok(sent.saturating_sub(FILE) as f64)
}

fn tus(asked: &Asked) -> Peer {
    let file = bytes(5, FILE);
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let mut tus = Tus::start(&asked.peers, folder.path())?;
    let place = runtime.block_on(tus.create(FILE))?;
    let mut sent = 0;
    for kill in 0..=KILLS {
        let has = runtime.block_on(tus.offset(&place))?;
        let meter = Meter::until(next_kill(kill, has));
        let body = meter.body(file.get(has..).unwrap_or_default().to_vec());
        let whole = runtime.block_on(async {
            tokio::select! {
                done = tus.patch(&place, has, body) => done.map(|()| true),
                () = meter.reached() => Ok(false),
            }
        })?;
        sent += meter.sent();
        if whole {
            break;
        }
        tus.kill();
        tus.again(&asked.peers)?;
    }
    match runtime.block_on(tus.offset(&place))? {
        FILE => Ok(sent.saturating_sub(FILE) as f64),
        has => Err(format!("@tus/server has {has} of {FILE} bytes at the end")),
    }
}
