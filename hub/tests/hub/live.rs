//! A hub that listens, and a plain client that calls it.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_hub::{ServeOptions, Serving};
use countersign_model::Digest;
use countersign_model::wire::{Error, ErrorCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::common::Office;

/// A test that waits for something that does not come fails after this.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!(self.status < 300, "{} {}", self.status, String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn problem(&self) -> ErrorCode {
        assert!(self.status >= 400, "{}", self.status);
        serde_json::from_slice::<Error>(&self.body).unwrap().code
    }
}

/// What is sent besides method and path.
#[derive(Default)]
pub(crate) struct Ask<'a> {
    pub token: Option<&'a str>,
    pub headers: Vec<(&'a str, String)>,
    pub body: Vec<u8>,
}

pub(crate) fn request(method: &str, path: &str, ask: &Ask<'_>) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n");
    head.push_str(&format!("content-length: {}\r\n", ask.body.len()));
    if let Some(token) = ask.token {
        head.push_str(&format!("authorization: Bearer {token}\r\n"));
    }
    for (name, value) in &ask.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    [head.as_bytes(), &ask.body].concat()
}

pub(crate) fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

pub(crate) fn call(address: SocketAddr, method: &str, path: &str, ask: &Ask<'_>) -> Answer {
    let mut stream = connect(address);
    // A hub that refuses a large body answers before it has read it all.
    let _ = stream.write_all(&request(method, path, ask));
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parse(&bytes)
}

/// The same without a host of its own: the headers name it.
pub(crate) fn call_as(address: SocketAddr, method: &str, path: &str, ask: &Ask<'_>) -> Answer {
    let text = String::from_utf8(request(method, path, ask)).unwrap().replacen("host: hub\r\n", "", 1);
    let mut stream = connect(address);
    stream.write_all(text.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parse(&bytes)
}

pub(crate) fn get(address: SocketAddr, path: &str, token: Option<&str>) -> Answer {
    call(address, "GET", path, &Ask { token, ..Ask::default() })
}

pub(crate) fn post(address: SocketAddr, path: &str, token: Option<&str>, body: &impl Serialize) -> Answer {
    let body = serde_json::to_vec(body).unwrap();
    let headers = vec![("content-type", "application/json".to_owned())];
    call(address, "POST", path, &Ask { token, headers, body })
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A hub that listens, for calls from this thread.
pub(crate) struct Live {
    pub office: Office,
    pub runtime: tokio::runtime::Runtime,
    pub serving: Option<Serving>,
    pub address: SocketAddr,
}

impl Live {
    pub fn new() -> Live {
        Live::with(ServeOptions::local(0))
    }

    pub fn with(options: ServeOptions) -> Live {
        let office = Office::new();
        let runtime = runtime();
        let serving = runtime.block_on(office.hub.serve(options)).unwrap();
        let address = serving.address;
        Live { office, runtime, serving: Some(serving), address }
    }

    pub fn stop(&mut self) {
        let serving = self.serving.take().unwrap();
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, serving.stop()).await.unwrap().unwrap() });
    }
}

pub(crate) fn base64_of(digest: Digest) -> String {
    STANDARD.encode(digest.0)
}

pub(crate) fn chunk(address: SocketAddr, token: &str, bytes: &[u8], part: &[u8], number: u64) -> Answer {
    let digest = format!("sha-256=:{}:", base64_of(Digest::of(part)));
    let path = format!("/v1/media/{}/chunks/{number}", Digest::of(bytes));
    let ask = Ask { token: Some(token), headers: vec![("content-digest", digest)], body: part.to_vec() };
    call(address, "PUT", &path, &ask)
}

/// Reads a stream of events until a word was seen so many times; gives what came.
pub(crate) fn read_until(stream: &mut TcpStream, word: &str, times: usize) -> String {
    let (mut seen, mut buffer) = (String::new(), [0; 1024]);
    while seen.matches(word).count() < times {
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "the stream ended after {seen}");
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    seen
}
