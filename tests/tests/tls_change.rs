//! The hub's TLS key changes: enrolled devices follow the tenant key's word, and nothing but `GET /v1/trust` reaches a
//! peer that nobody vouches for.
#![cfg(test)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};

use countersign_device::sync::Problem;
use countersign_hub::serve::Serving;
use countersign_hub::{ServeOptions, Tls};
use countersign_model::trust::TlsStatement;
use countersign_model::wire::{HUB_HEADER, Trust};
use countersign_model::{Digest, Id};
use countersign_tests::office::{Office, Phone};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

async fn serve(office: &Office, port: u16) -> Serving {
    office.hub.serve(ServeOptions { tls: Tls::SelfSigned, ..ServeOptions::local(port) }).await.unwrap()
}

/// An office that serves with its own certificate, and a device of Ana that is through.
async fn begin() -> (Office, Serving, Phone, Id) {
    let mut office = Office::open().await;
    office.stop().await;
    let serving = serve(&office, 0).await;
    let planned = office.job(office.ana, &[]);
    let ana = Phone::new(11);
    ana.enrol(&office.invite_at(office.ana, &serving.url)).await.unwrap();
    ana.sync().await;
    (office, serving, ana, planned.job)
}

fn pinned(phone: &Phone) -> (Option<Digest>, u64) {
    let identity = phone.app().store().identity().unwrap().unwrap();
    (identity.tls_key, identity.tls_counter)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_follows_its_hub_to_a_new_key_and_never_back() {
    let (office, serving, mut ana, job) = begin().await;
    let (port, old) = (serving.address.port(), pinned(&ana));
    assert_eq!(old.0, serving.tls_key);
    ana.answer(job, "hours", "1").unwrap();
    ana.photograph(job, 5);
    serving.stop().await.unwrap();
    let told = office.hub.renew_tls().unwrap();
    let serving = serve(&office, port).await;
    assert_eq!(serving.tls_key, Some(told));
    assert_ne!(serving.tls_key, old.0);

    ana.sync().await;
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
    let new = pinned(&ana);
    assert!(new.0 == serving.tls_key && new.1 > old.1, "{old:?} {new:?}");
    ana.restart();
    ana.sync().await;
    assert_eq!(pinned(&ana), new, "kept over a restart, and nothing more was believed");

    // Invitations name the new key, and a device that enrols now goes on from the new counter.
    let ben = Phone::new(12);
    ben.enrol(&office.invite_at(office.ben, &serving.url)).await.unwrap();
    assert_eq!(pinned(&ben), new);
    serving.stop().await.unwrap();
    let again = serve(&office, port).await;
    ana.sync().await;
    assert_eq!(pinned(&ana), new, "a start with the same key states nothing new");
    again.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staying_sync_follows_as_well() {
    let (office, serving, ana, job) = begin().await;
    let port = serving.address.port();
    let (wishes, wished) = tokio::sync::mpsc::channel(4);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let app = ana.app().clone();
    let watching = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        countersign_device::sync::watch(app.store(), app.surroundings(), |_| {}, wished, stopped).await
    });
    serving.stop().await.unwrap();
    office.hub.renew_tls().unwrap();
    let serving = serve(&office, port).await;
    ana.answer(job, "hours", "4").unwrap();
    wishes.send(countersign_device::sync::Wish::NetworkChanged).await.unwrap();
    let mut head = office.hub.follow();
    while ana.pending() > 0 {
        // Whatever moves at the hub is a reason to look again; the wish makes the device try at once.
        wishes.send(countersign_device::sync::Wish::SyncNow).await.unwrap();
        let _ = tokio::time::timeout(std::time::Duration::from_millis(200), head.changed()).await;
    }
    assert_eq!(pinned(&ana).0, serving.tls_key);
    stop.send(()).unwrap();
    watching.await.unwrap();
    serving.stop().await.unwrap();
}

/// Somebody at the hub's address: answers `GET /v1/trust` with this, and notes the head of each request.
struct Stranger {
    heads: Arc<Mutex<Vec<String>>>,
}

impl Stranger {
    fn start(address: SocketAddr, keys: &Path, tenant: Id, trust: Option<&Trust>) -> Stranger {
        let chain = CertificateDer::pem_file_iter(keys.join("tls.crt")).unwrap().collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_file(keys.join("tls.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let (config, heads) = (Arc::new(config), Arc::new(Mutex::new(Vec::new())));
        let listener = TcpListener::bind(address).unwrap();
        let body = trust.map(|trust| serde_json::to_string(trust).unwrap());
        let noted = Arc::clone(&heads);
        // It listens until the test's process ends; each test has a port of its own.
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                answer(StreamOwned::new(connection, stream), tenant, body.as_deref(), &noted);
            }
        });
        Stranger { heads }
    }

    /// All that it was sent were these, and no token.
    fn assert_only_asked_for_trust(&self) {
        let heads = self.heads.lock().unwrap();
        assert!(!heads.is_empty(), "the device asked whether its office vouches");
        for head in heads.iter() {
            assert!(head.starts_with("GET /v1/trust "), "{head}");
            assert!(!head.to_lowercase().contains("authorization") && !head.contains("Bearer"), "{head}");
        }
    }
}

fn answer(
    mut stream: StreamOwned<ServerConnection, std::net::TcpStream>,
    tenant: Id,
    body: Option<&str>,
    heads: &Mutex<Vec<String>>,
) {
    let (mut head, mut piece) = (Vec::new(), [0; 1024]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece) {
            Ok(length) if length > 0 => head.extend_from_slice(&piece[..length]),
            // The device broke off: nothing was sent.
            _ => return,
        }
    }
    heads.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
    let (status, body) = body.map_or(("404 Not Found", ""), |body| ("200 OK", body));
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\n{HUB_HEADER}: {tenant}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    );
    let _ = stream.write_all(text.as_bytes());
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

/// Each row: who stands at the hub's address and what they say. The device has work that waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_asked_for_the_offices_word_and_gets_nothing_else() {
    let (office, serving, ana, job) = begin().await;
    let (address, tenant) = (serving.address, office.hub.tenant());
    let keys = office.folder().join("keys");
    let stolen = tempfile::tempdir().unwrap();
    for name in ["tls.crt", "tls.key"] {
        std::fs::copy(keys.join(name), stolen.path().join(name)).unwrap();
    }
    let before = office.hub.trust().map_err(|_| ()).unwrap();
    serving.stop().await.unwrap();
    office.hub.renew_tls().unwrap();
    let serving = serve(&office, address.port()).await;
    ana.sync().await;
    let known = pinned(&ana);
    let real = office.hub.trust().map_err(|_| ()).unwrap();
    serving.stop().await.unwrap();

    // The key that was given up answers with the word that vouched for it, and with none; another office's key signs
    // for it; and a key of its own is shown with the office's real word.
    let other = Office::open().await;
    other.hub.renew_tls().unwrap();
    let own_keys = other.folder().join("keys");
    let foreign = other.hub.trust().map_err(|_| ()).unwrap();
    let named = before.tls.as_ref().and_then(|tls| tls.tls_key);
    let forged = TlsStatement { counter: known.1 + 1, tls_key: named, ..real.tls.clone().unwrap() };
    let with = |tls: Option<TlsStatement>| Trust { tls, ..real.clone() };
    let rows: [(&str, &Path, Option<Trust>); 6] = [
        ("an older word", stolen.path(), Some(before.clone())),
        ("no word", stolen.path(), Some(with(None))),
        ("a forged word", stolen.path(), Some(with(Some(forged)))),
        ("the real word for another key", &own_keys, Some(real.clone())),
        ("another office", &own_keys, Some(foreign)),
        ("no hub at all", &own_keys, None),
    ];
    ana.answer(job, "hours", "7").unwrap();
    let waiting = ana.pending();
    for (what, keys, trust) in rows {
        // A port per stranger, since they listen until the process ends; the device thinks it is its hub's.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = listener.local_addr().unwrap();
        drop(listener);
        let stranger = Stranger::start(place, keys, tenant, trust.as_ref());
        let lured = lured(&ana, place);
        let report = lured.try_sync().await;
        assert_eq!(report.problem, Some(Problem::Untrusted), "{what}: {}", report.detail);
        assert_eq!(report.pushed, 0, "{what}");
        assert_eq!((lured.pending(), pinned(&lured)), (waiting, known), "{what}");
        stranger.assert_only_asked_for_trust();
    }
    let serving = serve(&office, address.port()).await;
    ana.sync().await;
    assert_eq!((ana.pending(), pinned(&ana)), (0, known));
    serving.stop().await.unwrap();
}

/// A copy of the device whose way to the hub was bent to another address, as by a false name server.
fn lured(phone: &Phone, address: SocketAddr) -> Phone {
    let copy = phone.copied_as_it_is();
    copy.set_address(&format!("https://{address}"));
    copy
}
