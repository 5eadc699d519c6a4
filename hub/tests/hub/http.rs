//! Over HTTP: every route, what every answer carries, limits, TLS, pokes, one server per folder.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use countersign_hub::api::{Limits, Quota};
use countersign_hub::{Hub, HubError, ServeOptions, Tls};
use countersign_model::Digest;
use countersign_model::record::Scope;
use countersign_model::trust::{PrivateKey, Receipt};
use countersign_model::wire::{
    CHUNK_BYTES, Enrolment, ErrorCode, FeedPage, HUB_HEADER, MediaOffer, MediaState, PUSH_BYTES, Push, Pushed,
    ReceiptRequest, ScopePage, TIME_HEADER, Trust,
};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

use crate::common::{Device, Office, enrol_request, note};
use crate::live::{Answer, Ask, Live, call, chunk, connect, get, parse, post, read_until, request};

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
