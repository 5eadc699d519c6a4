//! A proxy on loopback that stands between a device and a hub and does, at the exchange and the byte it is told to,
//! what networks do: cut, swallow a reply, hold a connection half open, answer in the hub's place.
//!
//! Deterministic: a fault is placed by rule or drawn from a seed, never by time. It never changes a byte that it
//! passes on.

mod http;
mod plan;
mod slow;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::AsyncWriteExt;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::chance::Chance;
use http::{Message, Reader};
use plan::{Cuts, Plan, Rule, Weather};
pub use slow::SlowLine;

/// What happens to one exchange (a request and its reply).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: it is passed on.
    Pass,
    /// The connection breaks before anything is passed on.
    Refuse,
    /// The hub gets this many bytes of the request, then both connections break.
    CutRequest(usize),
    /// The hub answers the whole request; the device gets this many bytes of the reply, then the connection breaks.
    CutReply(usize),
    /// The connection breaks at this byte of the request and its reply together; a shorter exchange passes whole.
    CutAt(usize),
    /// The hub answers and nothing of it arrives; the connection breaks.
    DropReply,
    /// The request is swallowed and the connection stays open without a word until the proxy ends.
    HalfOpen,
    /// Somebody else answers with these raw bytes; the hub hears nothing.
    Answer(Vec<u8>),
}

impl Fault {
    /// A captive portal: success, and a page for people.
    pub fn portal_page() -> Fault {
        let page = "<html><body>Welcome! Please accept our terms to use the network.</body></html>";
        Fault::answer(200, "content-type: text/html\r\n", page)
    }

    /// A captive portal that sends its visitor elsewhere.
    pub fn portal_redirect() -> Fault {
        Fault::answer(302, "location: http://portal.invalid/login\r\n", "")
    }

    /// The hub's own way to say no: its header, its error body and, where given, `Retry-After` in seconds.
    pub fn status(status: u16, code: &str, retry_after: Option<u64>) -> Fault {
        let wait = retry_after.map(|seconds| format!("retry-after: {seconds}\r\n")).unwrap_or_default();
        let headers = format!("countersign-hub: -\r\ncontent-type: application/json\r\n{wait}");
        Fault::answer(status, &headers, &format!("{{\"code\":\"{code}\",\"detail\":\"said by the test\"}}"))
    }

    /// An answer of somebody in between; `headers` are whole lines.
    pub fn answer(status: u16, headers: &str, body: &str) -> Fault {
        let length = body.len();
        Fault::Answer(
            format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
                .into_bytes(),
        )
    }
}

/// One exchange as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Method, such as `POST`.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// What was done to it.
    pub fault: Fault,
    /// Bytes of the request.
    pub request_bytes: usize,
    /// Bytes of the hub's reply; 0 where the hub heard nothing.
    pub reply_bytes: usize,
    /// The hub's status; 0 where the hub heard nothing.
    pub status: u16,
}

struct Shared {
    upstream: Mutex<SocketAddr>,
    plan: Mutex<Plan>,
    noted: Notify,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The running proxy; it ends with this value.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Listens on a free port of loopback in front of this address.
    pub async fn start(upstream: SocketAddr) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("the port is known");
        let shared = Arc::new(Shared {
            upstream: Mutex::new(upstream),
            plan: Mutex::new(Plan::default()),
            noted: Notify::new(),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Proxy { address, shared, task }
    }

    /// Where devices reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The hub moved, as after a restart on another port.
    pub fn lead_to(&self, upstream: SocketAddr) {
        *lock(&self.shared.upstream) = upstream;
    }

    /// The next exchange with this method (`*` for any) and a path that starts so has this fault.
    pub fn once(&self, method: &str, path: &str, fault: Fault) {
        self.place(method, path, 0, 1, fault);
    }

    /// Skips some fitting exchanges, then gives the fault to a number of them.
    pub fn place(&self, method: &str, path: &str, skip: usize, times: usize, fault: Fault) {
        let rule = Rule { method: method.to_owned(), path: path.to_owned(), skip, times, fault };
        lock(&self.shared.plan).rules.push(rule);
    }

    /// Each exchange with a path that starts so has this fault, until [`Proxy::clear`].
    pub fn always(&self, path: &str, fault: Fault) {
        self.place("*", path, 0, usize::MAX, fault);
    }

    /// From now on a seeded share of all exchanges goes wrong.
    pub fn weather(&self, seed: u64, per_mille: u64) {
        lock(&self.shared.plan).weather = Some(Weather { chance: Chance::new(seed), per_mille });
    }

    /// From now on each call is cut at one byte after the other of request and reply, this far apart, until it passes whole;
    /// the next call of the same route begins at its first byte again.
    pub fn cut_everywhere(&self, every: usize) {
        lock(&self.shared.plan).cuts = Some(Cuts::every(every));
    }

    /// Takes away every fault that was placed.
    pub fn clear(&self) {
        let mut plan = lock(&self.shared.plan);
        plan.rules.clear();
        plan.weather = None;
        plan.cuts = None;
    }

    /// Returns when an exchange since the last [`Proxy::take_log`] had this fault.
    pub async fn met(&self, fault: Fault) {
        loop {
            let mut next = std::pin::pin!(self.shared.noted.notified());
            next.as_mut().enable();
            if lock(&self.shared.plan).log.iter().any(|(_, exchange)| exchange.fault == fault) {
                return;
            }
            next.await;
        }
    }

    /// What went through since the last call.
    pub fn take_log(&self) -> Vec<Exchange> {
        let log = std::mem::take(&mut lock(&self.shared.plan).log);
        log.into_iter().map(|(_, exchange)| exchange).collect()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Connections live in the set and end with the proxy.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((device, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        connections.spawn(async move { Connection::new(device, shared).run().await });
        while connections.try_join_next().is_some() {}
    }
}

struct Connection {
    from_device: Reader<OwnedReadHalf>,
    to_device: OwnedWriteHalf,
    shared: Arc<Shared>,
}

/// Whether the connection goes on after an exchange.
#[derive(PartialEq, Eq)]
enum After {
    Open,
    Closed,
}

impl Connection {
    fn new(device: TcpStream, shared: Arc<Shared>) -> Connection {
        let (read, write) = device.into_split();
        Connection { from_device: Reader::new(read), to_device: write, shared }
    }

    async fn run(mut self) {
        while let Some(request) = self.from_device.request().await {
            if self.exchange(&request).await == After::Closed {
                return;
            }
        }
    }

    async fn exchange(&mut self, request: &Message) -> After {
        let (method, path) = request.request();
        let fault = lock(&self.shared.plan).choose(&method, &path);
        let entry = self.note(Exchange {
            method: method.clone(),
            path,
            fault: fault.clone(),
            request_bytes: request.raw.len(),
            reply_bytes: 0,
            status: 0,
        });
        match fault {
            Fault::Refuse => After::Closed,
            Fault::CutRequest(at) => {
                self.cut_request(request, at).await;
                After::Closed
            }
            Fault::CutAt(at) if at < request.raw.len() => {
                self.cut_request(request, at).await;
                After::Closed
            }
            Fault::CutAt(at) => self.forward(request, &method, entry, at - request.raw.len()).await,
            Fault::HalfOpen => std::future::pending().await,
            Fault::Answer(bytes) => {
                let _ = self.to_device.write_all(&bytes).await;
                After::Closed
            }
            Fault::Pass => self.forward(request, &method, entry, usize::MAX).await,
            Fault::CutReply(at) => self.forward(request, &method, entry, at).await,
            Fault::DropReply => self.forward(request, &method, entry, 0).await,
        }
    }

    fn note(&self, exchange: Exchange) -> usize {
        let number = {
            let mut plan = lock(&self.shared.plan);
            plan.exchanges += 1;
            let number = plan.exchanges;
            plan.log.push((number, exchange));
            number
        };
        self.shared.noted.notify_waiters();
        number
    }

    fn note_reply(&self, number: usize, reply: &Message) {
        let mut plan = lock(&self.shared.plan);
        if let Some((_, exchange)) = plan.log.iter_mut().find(|(of, _)| *of == number) {
            exchange.reply_bytes = reply.raw.len();
            exchange.status = reply.status();
            let exchange = exchange.clone();
            plan.answered(&exchange);
        }
    }

    async fn connect(&self) -> Option<TcpStream> {
        let upstream = *lock(&self.shared.upstream);
        TcpStream::connect(upstream).await.ok()
    }

    async fn cut_request(&self, request: &Message, at: usize) {
        let Some(mut hub) = self.connect().await else { return };
        let _ = hub.write_all(&request.raw[..at.min(request.raw.len())]).await;
        let _ = hub.shutdown().await;
        // Until the hub closed its side too, the order of what it sees next would be left to chance.
        let mut reader = Reader::new(hub);
        while !reader.more().await.is_empty() {}
    }

    /// Passes the request on whole, waits for the whole reply, and gives the device at most `limit` bytes of it.
    async fn forward(&mut self, request: &Message, method: &str, entry: usize, limit: usize) -> After {
        let Some(hub) = self.connect().await else { return After::Closed };
        let (read, mut write) = hub.into_split();
        if write.write_all(&request.raw).await.is_err() {
            return After::Closed;
        }
        let mut from_hub = Reader::new(read);
        let Some(reply) = from_hub.reply(method).await else { return After::Closed };
        self.note_reply(entry, &reply);
        let part = &reply.raw[..limit.min(reply.raw.len())];
        if self.to_device.write_all(part).await.is_err() || limit < usize::MAX {
            return After::Closed;
        }
        match reply.endless {
            false => After::Open,
            true => {
                self.stream(&mut from_hub).await;
                After::Closed
            }
        }
    }

    /// Events and other answers without an end; over when either side leaves.
    async fn stream(&mut self, from_hub: &mut Reader<OwnedReadHalf>) {
        loop {
            let piece = tokio::select! {
                piece = from_hub.more() => piece,
                _ = self.from_device.more() => return,
            };
            if piece.is_empty() || self.to_device.write_all(&piece).await.is_err() {
                return;
            }
        }
    }
}

/// A port of loopback on which nobody listens.
pub async fn nobody() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
    listener.local_addr().expect("the port is known")
}

#[cfg(test)]
mod tests;
