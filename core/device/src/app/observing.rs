//! Telling a shell that something may look different. The shell reads the screen it shows again; nothing else is passed.
//!
//! One thread per subscription calls the observer: never inside a transaction, once at the beginning, and once for all
//! commits that happened while it was busy. Dropping the subscription ends it. Commits of another process (a sync beside
//! the command line) are noticed too, by the number that SQLite changes with each of them.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{App, AppError};
use crate::store::{Store, Topic};

/// How often `outbox.log` is made durable and other processes' commits are looked for (design section 9: 2 s).
const ROUND: Duration = Duration::from_secs(2);

/// Who is told.
pub trait Observer: Send + Sync {
    /// These may look different now. Called from the subscription's own thread.
    fn changed(&self, topics: &BTreeSet<Topic>);
}

/// A running subscription; dropping it ends it, and no call comes after that.
#[derive(Debug)]
pub struct Subscription {
    store: Store,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    woken: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    topics: BTreeSet<Topic>,
    ended: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, topics: &BTreeSet<Topic>) {
        self.lock().topics.extend(topics.iter().copied());
        self.woken.notify_all();
    }

    /// What changed since the last call; nothing after a round without commits, `None` at the end.
    fn next(&self) -> Option<BTreeSet<Topic>> {
        let waiting = self.lock();
        let quiet = |waiting: &mut Waiting| waiting.topics.is_empty() && !waiting.ended;
        let (mut waiting, _) =
            self.woken.wait_timeout_while(waiting, ROUND, quiet).unwrap_or_else(PoisonError::into_inner);
        (!waiting.ended).then(|| std::mem::take(&mut waiting.topics))
    }
}

impl App {
    /// Tells an observer after each commit what may look different, and keeps `outbox.log` durable every two seconds.
    /// A shell has one subscription at a time: a new one takes the place of the one before.
    pub fn subscribe(&self, observer: Arc<dyn Observer>) -> Result<Subscription, AppError> {
        let shared = Arc::new(Shared::default());
        shared.add(&everything());
        let told = shared.clone();
        self.store().on_commit(Some(Arc::new(move |topics| told.add(topics))));
        let (app, heard) = (self.clone(), shared.clone());
        let thread = std::thread::Builder::new()
            .name("observer".to_owned())
            .spawn(move || observe(&app, &heard, &*observer))
            .map_err(|error| AppError::Environment { why: error.to_string() })?;
        Ok(Subscription { store: self.store().clone(), shared, thread: Some(thread) })
    }
}

fn observe(app: &App, shared: &Shared, observer: &dyn Observer) {
    let store = app.store();
    let locked = || app.check_lease().is_err();
    let (mut version, mut was_locked) = (store.data_version().ok(), locked());
    while let Some(mut topics) = shared.next() {
        if let Err(error) = app.flush() {
            tracing::warn!(%error, "the log of unsent work could not be made durable");
        }
        let now = store.data_version().ok();
        // A lease ends without any commit; what is shown must go all the same.
        let is_locked = locked();
        if now != version || is_locked != was_locked {
            (version, was_locked) = (now, is_locked);
            topics.extend(everything());
        }
        if !topics.is_empty() {
            observer.changed(&topics);
        }
    }
}

/// What a screen can show without knowing which job changed.
fn everything() -> BTreeSet<Topic> {
    BTreeSet::from([Topic::Jobs, Topic::Outbox, Topic::Status, Topic::References])
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.store.on_commit(None);
        self.shared.lock().ended = true;
        self.shared.woken.notify_all();
        let Some(thread) = self.thread.take() else { return };
        // An observer may end its own subscription; waiting for itself would never end.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("an observer stopped with a panic");
        }
    }
}
