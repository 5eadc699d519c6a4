//! Runs the engine: performs its actions against a carrier and the store, and hands back what happened.
//!
//! It decides nothing. It may be dropped at any moment: a store write that has begun ends by itself, whole or not at
//! all, and everything else is asked for again by the next run.

mod files;
mod perform;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use countersign_model::Digest;
use countersign_model::time::TimeRecord;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::mpsc;
use tokio::time::Sleep;

use super::carrier::Carrier;
use super::engine::{Engine, Settings};
use super::failure::{Failure, FileProblem, Problem};
use super::http::{HttpCarrier, HubAddress, Pass, TokenSource};
use super::message::{Action, Event, LaneName};
use super::status::{Phase, SyncStatus};
use crate::store::{MediaClass, Store, SyncProblem};
use crate::vault::{Token, Vault, VaultError};
use perform::{Done, Hands};

/// How often a staying sync looks whether another program saved something into the same store.
const LOOK: Duration = Duration::from_secs(1);
/// Pokes and wishes that may queue up; more of them say nothing new.
const QUEUE: usize = 16;

/// What sync needs of the world beside network and store: the app gives it, tests give their own.
pub trait Surroundings: Send + Sync + 'static {
    /// What the device's own clocks say, without what was ever heard of the hub's.
    fn clocks(&self) -> TimeRecord;
    /// The device's clock, milliseconds since 1970.
    fn wall(&self) -> i64 {
        self.clocks().wall
    }
    /// Milliseconds that only grow.
    fn monotonic(&self) -> i64 {
        self.clocks().monotonic
    }
    /// A number that differs from device to device and from start to start; spreads waiting times.
    fn seed(&self) -> u64;
    /// What seals the device's token.
    fn vault(&self) -> Arc<dyn Vault>;
    /// The device key's signature; `None` while the key is locked.
    fn sign(&self, statement: &[u8]) -> Option<String>;
    /// Whether work that blocks is done where it is asked for instead of on a thread of its own. A simulation says so:
    /// which of two threads ends first is for no seed to say.
    fn on_this_thread(&self) -> bool {
        false
    }
}

/// What a run of sync did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Commands that the hub stored.
    pub pushed: u64,
    /// Rows that were new or newer.
    pub pulled: u64,
    /// Bytes of media that the hub took.
    pub media_bytes: u64,
    /// Bytes of media that came from the hub.
    pub fetched_bytes: u64,
    /// Own commands that were refused meanwhile.
    pub refused: u64,
    /// Files that cannot be sent, and why.
    pub files: BTreeMap<Digest, FileProblem>,
    /// How long it took, milliseconds.
    pub ms: i64,
    /// What holds sync up at the end; `None`: everything is through.
    pub problem: Option<Problem>,
    /// The last failure in words, for people who look closer.
    pub detail: String,
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What was done so far.
    pub report: SyncReport,
    /// What sync is doing.
    pub status: SyncStatus,
}

/// A wish from outside for a staying sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Something was saved.
    LocalChange,
    /// The operating system reports another network.
    NetworkChanged,
    /// A person asks for a sync.
    SyncNow,
}

/// Syncs until nothing is left to do or nothing can be done: pushes all, pulls to the head, completes the scopes,
/// sends the media.
pub async fn sync_once(
    store: &Store,
    surroundings: Arc<dyn Surroundings>,
    progress: impl FnMut(&Progress) + Send,
) -> SyncReport {
    match carrier_of(store, &*surroundings).await {
        Ok(carrier) => sync_once_by(store, Arc::new(carrier), surroundings, progress).await,
        Err(failure) => refusal(&failure),
    }
}

/// The same through this carrier.
pub async fn sync_once_by<C: Carrier>(
    store: &Store,
    carrier: Arc<C>,
    surroundings: Arc<dyn Surroundings>,
    progress: impl FnMut(&Progress) + Send,
) -> SyncReport {
    sync_with(store, carrier, surroundings, Settings::once(), progress).await
}

/// The same, ended early when `cancel` is ready, and without the files behind this class: over a network that costs by
/// the byte.
pub async fn sync_some(
    store: &Store,
    surroundings: Arc<dyn Surroundings>,
    last_class: MediaClass,
    progress: impl FnMut(&Progress) + Send,
    cancel: impl Future<Output = ()> + Send,
) -> SyncReport {
    let (_wishes, none) = mpsc::channel(1);
    let settings = Settings { last_class, ..Settings::once() };
    match carrier_of(store, &*surroundings).await {
        Ok(carrier) => Run::new(store, Arc::new(carrier), surroundings, settings, progress).go(none, cancel).await,
        Err(failure) => refusal(&failure),
    }
}

/// The same with other patience: faults are tried without waiting for real seconds.
pub async fn sync_with<C: Carrier>(
    store: &Store,
    carrier: Arc<C>,
    surroundings: Arc<dyn Surroundings>,
    settings: Settings,
    progress: impl FnMut(&Progress) + Send,
) -> SyncReport {
    let (_wishes, none) = mpsc::channel(1);
    Run::new(store, carrier, surroundings, settings, progress).go(none, std::future::pending()).await
}

/// Syncs until `cancel` is ready: on pokes of the hub, on wishes, on what other programs save into the store, and from
/// time to time.
pub async fn watch(
    store: &Store,
    surroundings: Arc<dyn Surroundings>,
    progress: impl FnMut(&Progress) + Send,
    wishes: mpsc::Receiver<Wish>,
    cancel: impl Future<Output = ()> + Send,
) -> SyncReport {
    match carrier_of(store, &*surroundings).await {
        Ok(carrier) => watch_by(store, Arc::new(carrier), surroundings, progress, wishes, cancel).await,
        Err(failure) => refusal(&failure),
    }
}

/// The same without the files behind this class.
pub async fn watch_some(
    store: &Store,
    surroundings: Arc<dyn Surroundings>,
    last_class: MediaClass,
    progress: impl FnMut(&Progress) + Send,
    wishes: mpsc::Receiver<Wish>,
    cancel: impl Future<Output = ()> + Send,
) -> SyncReport {
    let settings = Settings { last_class, ..Settings::staying() };
    match carrier_of(store, &*surroundings).await {
        Ok(carrier) => Run::new(store, Arc::new(carrier), surroundings, settings, progress).go(wishes, cancel).await,
        Err(failure) => refusal(&failure),
    }
}

/// The same through this carrier.
pub async fn watch_by<C: Carrier>(
    store: &Store,
    carrier: Arc<C>,
    surroundings: Arc<dyn Surroundings>,
    progress: impl FnMut(&Progress) + Send,
    wishes: mpsc::Receiver<Wish>,
    cancel: impl Future<Output = ()> + Send,
) -> SyncReport {
    Run::new(store, carrier, surroundings, Settings::staying(), progress).go(wishes, cancel).await
}

/// The carrier to the hub at which this store is enrolled. It opens the token at its first call.
pub async fn carrier_of(store: &Store, surroundings: &dyn Surroundings) -> Result<HttpCarrier, Failure> {
    let (asked, vault) = (store.clone(), surroundings.vault());
    let identity = perform::blocking(move || asked.identity()).await?.ok_or(Failure::SignIn)?;
    let address = HubAddress { url: identity.url, tls_key: identity.tls_key };
    let store = store.clone();
    let token: TokenSource = Arc::new(move || opened(&store, &*vault));
    HttpCarrier::new(&address, Some(Pass { tenant: identity.chain.tenant, token }))
}

/// This device's token, out of its vault. One that an older program kept in the clear is sealed first.
fn opened(store: &Store, vault: &dyn Vault) -> Result<Token, Failure> {
    let sealed = store.seal_token(vault).and_then(|()| store.sealed_token());
    let sealed = sealed.map_err(|error| perform::store_failure(&error))?.ok_or(VaultError::Gone)?;
    Ok(sealed.open(vault)?)
}

fn refusal(failure: &Failure) -> SyncReport {
    SyncReport { problem: Some(failure.problem()), detail: failure.to_string(), ..SyncReport::default() }
}

struct Run<C: Carrier, P> {
    hands: Arc<Hands<C>>,
    engine: Engine,
    stay: bool,
    running: FuturesUnordered<BoxFuture<'static, Done>>,
    timers: BTreeMap<LaneName, Pin<Box<Sleep>>>,
    from_line: mpsc::Receiver<Event>,
    progress: Progress,
    /// What the store was last told to remember as the problem.
    remembered: Option<Option<Problem>>,
    /// What the store is to be told next; told one after the other, so that the last word stays.
    to_remember: Option<Option<SyncProblem>>,
    show: P,
}

impl<C: Carrier, P: FnMut(&Progress) + Send> Run<C, P> {
    fn new(store: &Store, carrier: Arc<C>, surroundings: Arc<dyn Surroundings>, settings: Settings, show: P) -> Self {
        let (line, from_line) = mpsc::channel(QUEUE);
        Run {
            stay: settings.stay,
            engine: Engine::new(settings, surroundings.seed()),
            hands: Arc::new(Hands::new(store.clone(), carrier, surroundings, line)),
            running: FuturesUnordered::new(),
            timers: BTreeMap::new(),
            from_line,
            progress: Progress::default(),
            remembered: None,
            to_remember: None,
            show,
        }
    }

    async fn go(mut self, mut wishes: mpsc::Receiver<Wish>, cancel: impl Future<Output = ()> + Send) -> SyncReport {
        let mut cancel = std::pin::pin!(cancel);
        let began = self.hands.surroundings.monotonic();
        // Looked at before the store is: what another program saves from here on is seen as a change.
        let mut version = if self.stay { self.hands.data_version().await } else { None };
        let mut look = Box::pin(tokio::time::sleep(LOOK));
        self.take(Event::Start);
        while self.stay || !self.engine.is_quiet() {
            self.remember().await;
            tokio::select! {
                // In this order, so that the same things happen in the same order each time.
                biased;
                () = &mut cancel => break,
                Some(done) = self.running.next(), if !self.running.is_empty() => self.done(done),
                lane = next_of(&mut self.timers), if !self.timers.is_empty() => {
                    self.timers.remove(&lane);
                    self.take(Event::TimerFired(lane));
                }
                Some(event) = self.from_line.recv() => self.take(event),
                Some(wish) = wishes.recv() => self.take(event_of(wish)),
                () = &mut look, if self.stay => {
                    let found = self.hands.data_version().await;
                    if found.is_some() && found != version {
                        version = found;
                        self.take(Event::LocalChange);
                    }
                    look = Box::pin(tokio::time::sleep(LOOK));
                }
            }
        }
        self.remember().await;
        let mut report = self.progress.report;
        report.problem = self.engine.status().problem;
        report.ms = self.hands.surroundings.monotonic().saturating_sub(began);
        report
    }

    fn done(&mut self, done: Done) {
        let report = &mut self.progress.report;
        report.pushed += done.pushed;
        report.pulled += done.pulled;
        report.refused += done.refused;
        report.media_bytes += done.media_bytes;
        report.fetched_bytes += done.fetched_bytes;
        if let Event::Failed(lane, failure) = &done.event {
            tracing::debug!(lane = lane.as_str(), %failure, "sync");
            report.detail = failure.to_string();
        }
        self.take(done.event);
        (self.show)(&self.progress);
    }

    fn take(&mut self, event: Event) {
        for action in self.engine.handle(event) {
            match action {
                Action::StartTimer { lane, ms } => {
                    self.timers.insert(lane, Box::pin(tokio::time::sleep(Duration::from_millis(ms))));
                }
                Action::StopTimer(lane) => {
                    self.timers.remove(&lane);
                }
                Action::ReportStatus(status) => self.report(status),
                action => {
                    if let Action::MarkFile { file, problem } = &action {
                        self.progress.report.files.insert(file.sha256, *problem);
                    }
                    self.running.push(Box::pin(Arc::clone(&self.hands).perform(action)));
                }
            }
        }
    }

    fn report(&mut self, status: SyncStatus) {
        self.progress.status = status;
        let now = &self.progress.status;
        // While work goes on without a problem, the one that is remembered may still be there.
        let settled = now.problem.is_some() || now.phase != Phase::Working;
        if settled && self.remembered.as_ref() != Some(&now.problem) {
            self.remembered = Some(now.problem.clone());
            self.to_remember = Some(now.problem.as_ref().map(|problem| SyncProblem {
                reason: problem.code().to_owned(),
                facts: facts(problem),
                since: self.hands.surroundings.wall(),
            }));
        }
        (self.show)(&self.progress);
    }

    /// Tells the store before anything else happens: whoever looks after a sync sees how it ended.
    async fn remember(&mut self) {
        if let Some(problem) = self.to_remember.take() {
            self.hands.remember(problem).await;
        }
    }
}

fn facts(problem: &Problem) -> BTreeMap<String, String> {
    match problem {
        Problem::CommandTooLarge(seq) | Problem::MissingOnHub(seq) => {
            BTreeMap::from([("seq".to_owned(), seq.to_string())])
        }
        _ => BTreeMap::new(),
    }
}

fn event_of(wish: Wish) -> Event {
    match wish {
        Wish::LocalChange => Event::LocalChange,
        Wish::NetworkChanged => Event::NetworkChanged,
        Wish::SyncNow => Event::Start,
    }
}

/// The first timer that is over.
async fn next_of(timers: &mut BTreeMap<LaneName, Pin<Box<Sleep>>>) -> LaneName {
    std::future::poll_fn(|context| {
        let over = timers.iter_mut().find_map(|(lane, sleep)| sleep.as_mut().poll(context).is_ready().then_some(*lane));
        over.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}
