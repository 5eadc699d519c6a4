//! Over HTTP: every route, what every answer carries, limits, TLS, pokes, one server per folder.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_hub::api::{Limits, Quota};
use countersign_hub::{Hub, HubError, ServeOptions, Serving, Tls};
use countersign_model::Digest;
use countersign_model::record::Scope;
use countersign_model::trust::{PrivateKey, Receipt};
use countersign_model::wire::{
    CHUNK_BYTES, Enrolment, Error, ErrorCode, FeedPage, HUB_HEADER, MediaOffer, MediaState, PUSH_BYTES, Push, Pushed,
    ReceiptRequest, ScopePage, TIME_HEADER, Trust,
};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::common::{Device, Office, enrol_request, note};

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

#[test]
fn a_device_walks_every_route() {
    let mut live = Live::new();
    let at = live.address;
    let hub = live.office.hub.clone();
    let trust: Trust = get(at, "/v1/trust", None).json();
    assert_eq!(trust.chain.check().unwrap().fingerprint(), hub.fingerprint());
    let invite = hub.invite(live.office.engineer, None).unwrap();
    assert_eq!(invite.url, format!("http://{at}"));
    let key = PrivateKey::from_bytes(&[1; 32]).unwrap();
    let enrolment: Enrolment = post(at, "/v1/enrol", None, &enrol_request(&invite.code, &key)).json();
    let secret = enrolment.token.clone();
    let token = Some(secret.as_str());
    let mut phone = Device {
        chain_hash: countersign_model::command::chain_start(enrolment.device),
        enrolment: enrolment.clone(),
        key,
        seq: 0,
        count: 0,
    };
    let job = live.office.job(live.office.engineer).job;
    let envelope = phone.command(&note("a", job), &Scope::job(job));
    let push = Push { envelopes: vec![envelope], signature: Some(phone.signature()) };
    let pushed: Pushed = post(at, "/v1/commands", token, &push).json();
    assert_eq!((pushed.stored, pushed.outcomes.len()), (1, 1));
    let page: FeedPage = get(at, "/v1/feed?limit=3", token).json();
    assert!(page.rows.len() == 3 && !page.at_head);
    let page: FeedPage = get(at, &format!("/v1/feed?cursor={}", page.cursor), token).json();
    assert!(page.at_head && page.lease_until > page.hub_time);
    let scope: ScopePage = get(at, &format!("/v1/scopes/{}", Scope::job(job)), token).json();
    assert!(scope.rows.iter().any(|row| row.kind == "note"));

    let form = hub.publish_form(&hub.system(), countersign_forms::samples::QUICK_CHECK, "service").unwrap();
    let ask = Ask { token, headers: vec![("range", "bytes=0-4".to_owned())], ..Ask::default() };
    let part = call(at, "GET", &format!("/v1/media/{form}"), &ask);
    assert_eq!((part.status, part.body.as_slice()), (206, &b"<?xml"[..]));
    let whole = get(at, &format!("/v1/media/{form}"), token);
    assert_eq!(Digest::of(&whole.body), form);

    let bytes = b"a photo".to_vec();
    let sha256 = Digest::of(&bytes);
    let state: MediaState = post(at, "/v1/media", token, &MediaOffer { sha256, bytes: 7 }).json();
    assert_eq!(state.missing, [0]);
    assert_eq!(chunk(at, &secret, &bytes, &bytes, 0).status, 204);
    let path = format!("/v1/media/{sha256}/finish");
    let receipt: Receipt = post(at, &path, token, &()).json();
    assert_eq!(receipt.check(&trust.chain, enrolment.device), Ok(()));
    let again: Receipt = post(at, "/v1/receipts", token, &ReceiptRequest { sha256: vec![sha256] }).json();
    assert_eq!(again.holds, [sha256]);
    assert_eq!(get(at, "/healthz", None).status, 200);
    live.stop();
}

/// Method, path, token and body, and the status and code that they get.
type Row<'a> = (&'a str, String, Option<&'a str>, Vec<u8>, u16, ErrorCode);

#[test]
fn every_answer_says_whose_it_is_and_failures_are_worded() {
    let mut live = Live::new();
    let at = live.address;
    let phone = live.office.device(live.office.engineer, 1);
    let token = Some(phone.enrolment.token.as_str());
    let tenant = live.office.hub.tenant().to_string();
    let send = |method: &str, path: &str, token: Option<&str>, body: &[u8]| {
        call(at, method, path, &Ask { token, body: body.to_vec(), ..Ask::default() })
    };
    let missing = Digest::of(b"missing");
    // (method, path, token, body) -> (status, code)
    let rows: Vec<Row<'_>> = vec![
        ("GET", "/v1/nowhere".into(), token, vec![], 404, ErrorCode::NotFound),
        ("DELETE", "/v1/feed".into(), token, vec![], 405, ErrorCode::NotFound),
        ("GET", "/v1/feed".into(), None, vec![], 401, ErrorCode::SignIn),
        ("GET", "/v1/feed".into(), Some("wrong"), vec![], 401, ErrorCode::SignIn),
        ("GET", "/v1/feed?limit=x".into(), token, vec![], 400, ErrorCode::BadRequest),
        ("GET", "/v1/scopes/job".into(), token, vec![], 400, ErrorCode::BadRequest),
        ("GET", "/v1/scopes/job/..%2f..".into(), token, vec![], 400, ErrorCode::BadRequest),
        ("GET", "/v1/scopes/office".into(), token, vec![], 404, ErrorCode::NotFound),
        ("GET", "/v1/media/zz".into(), token, vec![], 400, ErrorCode::BadRequest),
        ("GET", format!("/v1/media/{missing}"), token, vec![], 404, ErrorCode::NotFound),
        ("POST", "/v1/commands".into(), token, b"<html>".to_vec(), 400, ErrorCode::BadRequest),
        ("POST", "/v1/commands".into(), token, b"{\"envelopes\":[]}".to_vec(), 400, ErrorCode::BadRequest),
        ("POST", "/v1/commands".into(), token, vec![b' '; PUSH_BYTES + 1], 413, ErrorCode::TooLarge),
        ("POST", "/v1/commands".into(), token, vec![b'['; 100_000], 400, ErrorCode::BadRequest),
        ("POST", "/v1/enrol".into(), None, b"{}".to_vec(), 400, ErrorCode::BadRequest),
        ("PUT", format!("/v1/media/{missing}/chunks/0"), token, vec![], 400, ErrorCode::BadRequest),
    ];
    for (method, path, token, body, status, code) in rows {
        let answer = send(method, &path, token, &body);
        assert_eq!((answer.status, answer.problem()), (status, code), "{method} {path}");
        assert_eq!(answer.header(HUB_HEADER), Some(tenant.as_str()), "{method} {path}");
        assert!(answer.header(TIME_HEADER).unwrap().parse::<i64>().unwrap() > 0, "{method} {path}");
    }
    let oversize = chunk(at, &phone.enrolment.token, b"x", &vec![0; CHUNK_BYTES as usize + 1], 0);
    assert_eq!(oversize.problem(), ErrorCode::TooLarge);
    live.stop();
}

#[test]
fn who_asks_too_often_is_told_how_long_to_wait() {
    let limits = Limits { enrolment: Quota { burst: 2, every_ms: 60_000 }, ..Limits::default() };
    let mut live = Live::with(ServeOptions { limits, ..ServeOptions::local(0) });
    let statuses: Vec<u16> = (0..3).map(|_| get(live.address, "/v1/trust", None).status).collect();
    assert_eq!(statuses, [200, 200, 429]);
    let refused = get(live.address, "/v1/trust", None);
    assert_eq!(refused.problem(), ErrorCode::TooOften);
    assert!(refused.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
    // Others are not held up by it.
    let phone = live.office.device(live.office.engineer, 1);
    assert_eq!(get(live.address, "/v1/feed", Some(&phone.enrolment.token)).status, 200);
    live.stop();
}

/// What is sent and then nothing more: nothing at all, half a head, a whole question and half of the next.
#[test]
fn a_connection_that_asks_nothing_is_closed() {
    let mut live = Live::with(ServeOptions { patience: Duration::from_millis(50), ..ServeOptions::local(0) });
    let next = "GET /healthz HTTP/1.1\r\nhost: hub\r\n\r\nGET /healthz HTTP/1.1\r\nx-slow: ";
    for sent in ["", "G", "GET /v1/feed HTTP/1.1\r\nhost: hub\r\nx-slow: ", next, "PRI * HTTP/2.0\r\n"] {
        let mut stream = connect(live.address);
        stream.write_all(sent.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let ended = stream.read_to_end(&mut answer);
        let waited = ended
            .err()
            .is_some_and(|error| matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut));
        assert!(!waited, "{sent:?} still holds its connection");
    }
    live.stop();
}

#[test]
fn plain_http_stays_on_this_machine_and_a_folder_has_one_server() {
    let mut live = Live::new();
    let hub = live.office.hub.clone();
    let open = ServeOptions { listen: "0.0.0.0:0".parse().unwrap(), ..ServeOptions::local(0) };
    let refused = live.runtime.block_on(hub.serve(open.clone()));
    assert!(matches!(refused, Err(HubError::Insecure(_))), "{refused:?}");
    let second = live.runtime.block_on(hub.serve(ServeOptions::local(0)));
    assert!(matches!(second, Err(HubError::Serving(_))), "{second:?}");
    live.stop();
    let behind = live.runtime.block_on(hub.serve(ServeOptions { behind_proxy: true, ..open })).unwrap();
    live.serving = Some(behind);
    live.stop();
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

#[test]
fn a_poke_comes_for_commands_of_this_and_of_another_process() {
    let mut live = Live::new();
    let phone = live.office.device(live.office.engineer, 1);
    let mut stream = connect(live.address);
    let ask = Ask { token: Some(&phone.enrolment.token), ..Ask::default() };
    stream.write_all(&request("GET", "/v1/poke", &ask)).unwrap();
    read_until(&mut stream, "event: poke", 1);
    live.office.job(live.office.engineer);
    read_until(&mut stream, "event: poke", 1);
    // As `hub job` does it: the same folder, opened a second time.
    let other = Hub::open(live.office.hub.folder()).unwrap();
    other.add_person(&other.system(), "Ben", &[countersign_model::entity::Role::Engineer], Default::default()).unwrap();
    read_until(&mut stream, "event: poke", 1);
    // Stopping ends the stream and does not wait for it.
    live.stop();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
}

/// Accepts the one certificate whose key has this fingerprint, as devices do.
#[derive(Debug)]
struct Pinned(Digest);

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let (_, parsed) = x509_parser::parse_x509_certificate(end_entity).unwrap();
        match Digest::of(parsed.public_key().raw) == self.0 {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(rustls::Error::General("another key".to_owned())),
        }
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

fn over_tls(address: SocketAddr, pin: Digest) -> std::io::Result<Answer> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pinned(pin)))
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let client = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = rustls::StreamOwned::new(client, connect(address));
    stream.write_all(&request("GET", "/v1/trust", &Ask::default()))?;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    Ok(parse(&bytes))
}

#[test]
fn a_self_signed_key_is_pinned_by_invitations_and_stays_over_restarts() {
    let mut live = Live::with(ServeOptions { tls: Tls::SelfSigned, ..ServeOptions::local(0) });
    let pin = live.serving.as_ref().unwrap().tls_key.unwrap();
    let invite = live.office.hub.invite(live.office.engineer, None).unwrap();
    assert!(invite.url.starts_with("https://"));
    let string: countersign_model::wire::EnrolmentString = invite.enrolment.parse().unwrap();
    assert_eq!(string.tls_key, Some(pin));
    let _: Trust = over_tls(live.address, pin).unwrap().json();
    assert!(over_tls(live.address, Digest::of(b"another key")).is_err());
    live.stop();
    let hub = live.office.hub.clone();
    let options = ServeOptions { tls: Tls::SelfSigned, ..ServeOptions::local(0) };
    let again = live.runtime.block_on(hub.serve(options)).unwrap();
    assert_eq!(again.tls_key, Some(pin));
    live.serving = Some(again);
    live.stop();
}

#[test]
fn a_certificate_that_cannot_be_used_is_named() {
    let live = Live::new();
    let office = Office::new();
    let missing = office.folder.path().join("none.pem");
    let tls = Tls::Files { certificate: missing.clone(), key: missing };
    let refused = live.runtime.block_on(office.hub.serve(ServeOptions { tls, ..ServeOptions::local(0) }));
    let Err(HubError::Certificate(why)) = refused else { panic!("{refused:?}") };
    assert!(why.contains("none.pem"), "{why}");
}
