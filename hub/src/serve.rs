//! Serving: listening, with or without TLS, and the hub's own clockwork (waiting commands, expired sessions, stale
//! uploads, checkpoints of the log, pokes for what another process wrote). One server per folder.

use std::fs::File;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::middleware::from_fn_with_state;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsConfig;
use axum_server::{Address, Handle, Server};
use countersign_model::Digest;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower_http::catch_panic::CatchPanicLayer;

use crate::api::{self, Api, Limits, Sweep};
use crate::blobs::sweep_parts;
use crate::console::{self, Reached};
use crate::error::{HubError, Outcome};
use crate::hub::{Hub, keys_folder};
use crate::service::{TLS_SETTING, URL_SETTING};
use crate::tls::{self, Tls};
use crate::webhooks;

/// How the hub serves.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How to encrypt.
    pub tls: Tls,
    /// A proxy that encrypts stands in front: its word about addresses counts, and plain HTTP may leave loopback.
    pub behind_proxy: bool,
    /// The address that people use, where it is not the one listened on.
    pub public_url: Option<String>,
    /// Rate limits.
    pub limits: Limits,
    /// How long a connection may take to ask its next whole question; then it is closed.
    pub patience: Duration,
}

impl ServeOptions {
    /// Plain HTTP on loopback.
    pub fn local(port: u16) -> ServeOptions {
        ServeOptions {
            listen: SocketAddr::from(([127, 0, 0, 1], port)),
            tls: Tls::None,
            behind_proxy: false,
            public_url: None,
            limits: Limits::default(),
            patience: PATIENCE,
        }
    }
}

/// A request's head is a few hundred bytes, so this is enough for any line; who sends it letter by letter (or nothing at
/// all) only wants to hold the connection.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often another process's commits are looked for.
const LOOK: Duration = Duration::from_millis(250);
/// How often the clockwork turns.
const TURN: Duration = Duration::from_secs(600);
/// What running calls get to end, when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// A server that runs.
pub struct Serving {
    /// Where it listens.
    pub address: SocketAddr,
    /// The address that people and devices use.
    pub url: String,
    /// Fingerprint of the self-signed TLS key, which devices pin.
    pub tls_key: Option<Digest>,
    stopper: Stopper,
    server: JoinHandle<std::io::Result<()>>,
    hub: Hub,
    _end: StopAtEnd,
}

/// A server that nobody holds any more stops.
struct StopAtEnd(Stopper);

impl Drop for StopAtEnd {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl std::fmt::Debug for Serving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Serving").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Stops a server from elsewhere: a signal, another task.
#[derive(Clone)]
pub struct Stopper {
    handle: Handle<SocketAddr>,
    closing: watch::Sender<bool>,
}

impl Stopper {
    /// Ends open streams, lets running calls end, and stops.
    pub fn stop(&self) {
        self.closing.send_replace(true);
        self.handle.graceful_shutdown(Some(GRACE));
    }
}

impl Serving {
    /// What stops it from elsewhere.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Waits until it ends.
    pub async fn join(self) -> Outcome {
        let ended = self.server.await;
        self.stopper.closing.send_replace(true);
        let hub = self.hub;
        let _ = tokio::task::spawn_blocking(move || hub.checkpoint()).await;
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(HubError::Listen { address: self.address, reason: error.to_string() }),
            Err(error) => Err(HubError::Listen { address: self.address, reason: error.to_string() }),
        }
    }

    /// Stops it and waits until it ended.
    pub async fn stop(self) -> Outcome {
        self.stopper.stop();
        self.join().await
    }
}

fn check_reach(options: &ServeOptions) -> Outcome {
    let plain = options.tls == Tls::None && !options.behind_proxy;
    match plain && !options.listen.ip().is_loopback() {
        true => Err(HubError::Insecure(options.listen)),
        false => Ok(()),
    }
}

fn lock_folder(hub: &Hub) -> Outcome<File> {
    let path = hub.folder().join("serve.lock");
    let open = File::options().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(HubError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(HubError::Serving(hub.folder().to_owned())),
    }
}

/// Names that a self-signed certificate carries; devices pin its key, browsers look at these.
fn names(listen: IpAddr) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    if !listen.is_unspecified() && !listen.is_loopback() {
        names.push(listen.to_string());
    }
    names
}

/// The host in an address such as `https://[::1]:8443`.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => authority.split(':').next(),
    }
    .filter(|host| !host.is_empty())
}

fn url_of(options: &ServeOptions, address: SocketAddr) -> String {
    let scheme = if options.tls == Tls::None { "http" } else { "https" };
    match &options.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None if address.ip().is_unspecified() => format!("{scheme}://localhost:{}", address.port()),
        None => format!("{scheme}://{address}"),
    }
}

/// Everything that the hub answers, in its outermost layers.
fn application(api: Api, options: &ServeOptions) -> (Router, Sweep) {
    let (routes, sweep) = api::router(api.clone(), &options.limits, options.behind_proxy);
    let secure = options.tls != Tls::None || options.behind_proxy;
    let reached = Reached { secure, behind_proxy: options.behind_proxy };
    let pages = console::router(api.hub.clone(), reached, api.closing.clone());
    let router = routes.merge(pages).layer(CatchPanicLayer::new()).layer(from_fn_with_state(api, api::stamp));
    (router, sweep)
}

impl Hub {
    /// Serves until stopped. Must be called within a tokio runtime.
    pub async fn serve(&self, options: ServeOptions) -> Outcome<Serving> {
        check_reach(&options)?;
        let lock = lock_folder(self)?;
        let hub = self.clone();
        let prepared = {
            let (hub, tls) = (hub.clone(), options.tls.clone());
            let names = names(options.listen.ip());
            run_blocking(move || {
                hub.before_serving()?;
                tls::prepare(&tls, &keys_folder(hub.folder()), names)
            })
            .await?
        };
        let unreachable =
            |error: std::io::Error| HubError::Listen { address: options.listen, reason: error.to_string() };
        let listener = TcpListener::bind(options.listen).map_err(unreachable)?;
        let address = listener.local_addr().map_err(unreachable)?;
        let url = url_of(&options, address);
        let pinned = prepared.as_ref().and_then(|prepared| prepared.pinned);
        self.remember_address(&url, pinned).await?;

        let (closing, closed) = watch::channel(false);
        let (router, sweep) = application(Api::new(hub.clone(), closed.clone(), options.behind_proxy), &options);
        let handle = Handle::new();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let config = prepared.map(|prepared| RustlsConfig::from_config(prepared.config));
        let server =
            spawn_server(listener, config, handle.clone(), service, lock, options.patience).map_err(unreachable)?;
        // A stop that comes before the server listens would go unheard.
        handle.listening().await;
        tokio::spawn(clockwork(hub.clone(), sweep, closed.clone()));
        tokio::spawn(webhooks::run(hub.clone(), closed.clone()));
        tokio::spawn(watch_others(hub.clone(), closed));
        let stopper = Stopper { handle, closing };
        let end = StopAtEnd(stopper.clone());
        Ok(Serving { address, url, tls_key: pinned, stopper, server, hub, _end: end })
    }

    /// Makes a new self-signed TLS key for the next start with one. Devices follow by the tenant key's statement;
    /// browsers ask their people once more. Returns the new key's fingerprint.
    pub fn renew_tls(&self) -> Outcome<Digest> {
        let served = self.read(|read| Ok(read.setting(URL_SETTING)?))?.unwrap_or_default();
        let address = host_of(&served).and_then(|host| host.parse().ok());
        let mut names = names(address.unwrap_or(IpAddr::from([127, 0, 0, 1])));
        names.extend(host_of(&served).filter(|host| address.is_none() && *host != "localhost").map(str::to_owned));
        tls::renew_self_signed(&keys_folder(self.folder()), names)
    }

    fn before_serving(&self) -> Outcome {
        for folder in ["blobs", "uploads"] {
            sweep_parts(&self.folder().join(folder));
        }
        // Space is all that is lost by it: the commands of the devices come in all the same.
        if let Err(error) = self.sweep_left_over() {
            tracing::warn!(%error, "what uploads left behind could not be swept");
        }
        self.judge_left_over()?;
        self.checkpoint().map(|_| ())
    }

    async fn remember_address(&self, url: &str, pinned: Option<Digest>) -> Outcome {
        let (hub, url) = (self.clone(), url.to_owned());
        let tls_key = pinned;
        let pinned = pinned.map(|digest| digest.hex()).unwrap_or_default();
        run_blocking(move || {
            hub.state_tls_key(tls_key)?;
            hub.write(|write| {
                write.keep_setting(URL_SETTING, &url)?;
                Ok(write.keep_setting(TLS_SETTING, &pinned)?)
            })
        })
        .await
    }

    /// Does what comes due by itself: waiting commands, expired sessions, stale uploads, a checkpoint.
    pub fn turn(&self) -> Outcome {
        let now = self.now();
        self.end_waiting()?;
        self.end_windows()?;
        self.write(|write| Ok(write.forget_expired(now)?))?;
        self.sweep_uploads()?;
        self.sweep_webhooks()?;
        self.checkpoint().map(|_| ())
    }
}

async fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(HubError::Input(format!("the hub's own work stopped: {error}"))),
    }
}

type Service = IntoMakeServiceWithConnectInfo<Router, SocketAddr>;

/// The folder stays locked until the server has ended. What is written goes out at once: a file whose head and body are
/// written one after the other would otherwise wait forty milliseconds for the other side's word.
fn spawn_server(
    listener: TcpListener,
    config: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
    service: Service,
    lock: File,
    patience: Duration,
) -> std::io::Result<JoinHandle<std::io::Result<()>>> {
    Ok(match config {
        Some(config) => {
            let server = axum_server::from_tcp_rustls(listener, config)?.handle(handle);
            let server = patient(server.map(|tls| tls.acceptor(NoDelayAcceptor::new())), patience);
            tokio::spawn(async move {
                let _lock = lock;
                server.serve(service).await
            })
        }
        None => {
            let server = axum_server::from_tcp(listener)?.handle(handle).acceptor(NoDelayAcceptor::new());
            let server = patient(server, patience);
            tokio::spawn(async move {
                let _lock = lock;
                server.serve(service).await
            })
        }
    })
}

/// Connections that ask nothing are closed: the first question has its own limit, the later ones of HTTP/1 that of a
/// head, and an HTTP/2 connection must show that somebody is there.
fn patient<A: Address, Acceptor>(server: Server<A, Acceptor>, patience: Duration) -> Server<A, Acceptor> {
    let mut server = server.first_request_timeout(patience);
    let builder = server.http_builder();
    builder.http1().header_read_timeout(patience);
    builder.http2().keep_alive_interval(patience).keep_alive_timeout(patience);
    server
}

/// Turns until the server stops. A turn that fails is logged and tried again at the next.
async fn clockwork(hub: Hub, sweep: Sweep, mut closed: watch::Receiver<bool>) {
    let mut turns = tokio::time::interval(TURN);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            _ = closed.wait_for(|closed| *closed) => return,
        }
        sweep.run();
        let hub = hub.clone();
        if let Err(error) = run_blocking(move || hub.turn()).await {
            tracing::error!(%error, "the hub's clockwork could not do its turn");
        }
    }
}

/// Pokes for commands that another process gave (`hub job` while the hub serves).
async fn watch_others(hub: Hub, mut closed: watch::Receiver<bool>) {
    let mut watcher = match hub.inner.store.watcher() {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::error!(%error, "other processes' commands will show at the next poll only");
            return;
        }
    };
    let mut looks = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            _ = closed.wait_for(|closed| *closed) => return,
        }
        let hub = hub.clone();
        let looked = tokio::task::spawn_blocking(move || {
            if watcher.changed()? {
                hub.inner.store.look_around(hub.tenant())?;
            }
            Ok::<_, crate::store::StoreError>(watcher)
        });
        watcher = match looked.await {
            Ok(Ok(watcher)) => watcher,
            _ => return,
        };
    }
}
