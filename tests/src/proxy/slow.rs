//! A slow line with losses: bytes pass in packets at a rate, and a packet that gets lost comes when it was sent again, as TCP
//! lets programs see it: late, in order, nothing else.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::chance::Chance;

/// Bytes that travel together.
const PACKET: usize = 500;
/// After this a lost packet is sent again; each further loss doubles it.
const AGAIN: Duration = Duration::from_millis(100);
/// Further losses of one packet wait no longer than this many doublings.
const DOUBLINGS: u32 = 4;
/// What the line holds on its way, so that a sender feels how slow it is.
const ON_THE_WAY: u32 = 4 << 10;

/// What the line is like.
#[derive(Clone, Copy, Debug)]
struct Kind {
    bytes_per_second: u64,
    lost_per_mille: u64,
    seed: u64,
}

/// The running line; it ends with this value.
pub struct SlowLine {
    address: SocketAddr,
    passed: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Drop for SlowLine {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SlowLine {
    /// Listens on loopback and passes on to this address, each way and each connection at the rate; of a thousand packets
    /// so many are lost.
    pub async fn start(upstream: SocketAddr, bytes_per_second: u64, lost_per_mille: u64, seed: u64) -> SlowLine {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(ON_THE_WAY).expect("a small buffer");
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a free port on loopback");
        let listener = socket.listen(64).expect("a listener");
        let address = listener.local_addr().expect("the port is known");
        let passed = Arc::new(AtomicU64::new(0));
        let kind = Kind { bytes_per_second, lost_per_mille, seed };
        let task = tokio::spawn(accept(listener, upstream, kind, Arc::clone(&passed)));
        SlowLine { address, passed, task }
    }

    /// Where devices reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes that went through so far, both ways.
    pub fn passed(&self) -> u64 {
        self.passed.load(Ordering::Relaxed)
    }
}

async fn accept(listener: TcpListener, upstream: SocketAddr, kind: Kind, passed: Arc<AtomicU64>) {
    let mut lines = JoinSet::new();
    let mut number = 0;
    while let Ok((device, _)) = listener.accept().await {
        let Ok(hub) = TcpStream::connect(upstream).await else { continue };
        let (from_device, to_device) = device.into_split();
        let (from_hub, to_hub) = hub.into_split();
        for (from, to) in [(from_device, to_hub), (from_hub, to_device)] {
            number += 1;
            let chance = Chance::new(kind.seed.wrapping_add(number));
            lines.spawn(carry(from, to, kind, chance, Arc::clone(&passed)));
        }
        while lines.try_join_next().is_some() {}
    }
}

async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    kind: Kind,
    mut chance: Chance,
    passed: Arc<AtomicU64>,
) {
    let mut packet = [0; PACKET];
    while let Ok(length @ 1..) = from.read(&mut packet).await {
        tokio::time::sleep(way(length, kind, &mut chance)).await;
        if to.write_all(&packet[..length]).await.is_err() {
            return;
        }
        passed.fetch_add(length as u64, Ordering::Relaxed);
    }
}

/// How long a packet is on its way.
fn way(length: usize, kind: Kind, chance: &mut Chance) -> Duration {
    let mut time = Duration::from_micros(length as u64 * 1_000_000 / kind.bytes_per_second.max(1));
    let mut losses = 0;
    while chance.below(1_000) < kind.lost_per_mille && losses < 20 {
        time += AGAIN * 2u32.pow(losses.min(DOUBLINGS));
        losses += 1;
    }
    time
}
