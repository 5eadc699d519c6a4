//! Enrolment and sync. Both wait for the network and belong off the main thread; a sync ends early by its own handle,
//! since cancelling a caller does not stop Rust.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_device::screens::{self, StatusScreen};
use countersign_device::sync::{
    Connection, FilesToSend, HubSeen, Network, Problem, Progress, SyncReport, Wish, invitation as read, sync_some,
    watch_some,
};
use tokio::sync::{mpsc, watch};

use crate::countersign::Countersign;
use crate::errors::{AppError, PlatformError};
use crate::words::{ChipShown, Reader};

/// Wishes that may queue up; more say nothing new.
const QUEUE: usize = 4;

/// Which files go over a network that costs before the person says otherwise.
#[uniffi::export]
pub fn usually_over_metered() -> FilesToSend {
    FilesToSend::USUAL_OVER_METERED
}

/// Which files may go over a network, where the person allows these over one that costs; `None` where they allowed nothing
/// yet.
#[uniffi::export]
pub fn files_over(network: Network, over_metered: Option<FilesToSend>) -> FilesToSend {
    FilesToSend::over(network, over_metered)
}

/// How the connection is after sync told something of itself at this moment, milliseconds of the phone's clock.
#[uniffi::export]
pub fn connection_after(before: Connection, told: SyncState, now: i64) -> Connection {
    let told =
        Connection { connected: told.connected, working: told.working, problem: told.problem, ..Connection::default() };
    before.after(&told, now)
}

/// The two marks of the strip.
#[derive(Clone, Debug, uniffi::Record)]
pub struct StripShown {
    /// How the connection is.
    pub connection: ChipShown,
    /// What is only on this device.
    pub safety: ChipShown,
}

/// The strip of this moment.
#[uniffi::export]
pub fn strip(reader: Reader, status: StatusScreen, connection: Connection) -> StripShown {
    let strip = screens::strip(&reader.texts(), &reader.zone(), &status, &connection);
    StripShown { connection: strip.connection.into(), safety: strip.safety.into() }
}

/// Whether anything is only on this device, in the words of the status.
#[uniffi::export]
pub fn safety_chip(status: StatusScreen) -> ChipShown {
    screens::safety(&status).into()
}

/// How sync is.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct SyncState {
    /// Something is under way.
    pub working: bool,
    /// Whether the office answered the last call; `None` before the first.
    pub connected: Option<bool>,
    /// What holds it up, as the texts word it by `problem`.
    pub problem: Option<String>,
    /// Entries that the office stored in this run.
    pub sent_entries: u64,
    /// Bytes of files that the office took in this run.
    pub sent_bytes: u64,
    /// Bytes of files that came in this run.
    pub received_bytes: u64,
}

impl From<&Progress> for SyncState {
    fn from(progress: &Progress) -> SyncState {
        let Progress { report, status } = progress;
        let Connection { working, connected, problem, .. } = status.into();
        SyncState {
            working,
            connected,
            problem,
            sent_entries: report.pushed,
            sent_bytes: report.media_bytes,
            received_bytes: report.fetched_bytes,
        }
    }
}

/// What answers at an invitation's address, before anybody enrols there.
#[uniffi::remote(Record)]
pub struct HubSeen {
    /// What the company calls itself; empty where an older hub does not say.
    pub company: String,
    /// Where it is.
    pub url: String,
    /// The invitation, as one text.
    pub invitation: String,
    /// The print of its key, for comparing it with the one beside the invitation.
    pub print: String,
}

/// What a run of sync did.
#[derive(Clone, Debug, uniffi::Record)]
pub struct SyncDone {
    /// Entries that the office stored.
    pub sent_entries: u64,
    /// Rows that were new here.
    pub received_rows: u64,
    /// Bytes of files that the office took.
    pub sent_bytes: u64,
    /// Bytes of files that came.
    pub received_bytes: u64,
    /// Own entries that were refused meanwhile.
    pub refused: u64,
    /// What holds sync up at the end, as the texts word it by `problem`; `None`: everything is through.
    pub problem: Option<String>,
    /// Whether another try later may succeed without anybody's doing.
    pub passes_by_itself: bool,
}

impl From<SyncReport> for SyncDone {
    fn from(report: SyncReport) -> SyncDone {
        SyncDone {
            sent_entries: report.pushed,
            received_rows: report.pulled,
            sent_bytes: report.media_bytes,
            received_bytes: report.fetched_bytes,
            refused: report.refused,
            passes_by_itself: report.problem.as_ref().is_some_and(Problem::passes_by_itself),
            problem: report.problem.as_ref().map(|problem| problem.code().to_owned()),
        }
    }
}

/// Who is told how sync gets on.
#[uniffi::export(with_foreign)]
pub trait SyncListener: Send + Sync {
    /// It is so now.
    fn sync_is(&self, state: SyncState) -> Result<(), PlatformError>;
}

/// Ends a sync early.
#[derive(uniffi::Object)]
pub struct SyncHandle {
    ended: watch::Sender<bool>,
    wishes: Mutex<Option<mpsc::Sender<Wish>>>,
}

#[uniffi::export]
impl SyncHandle {
    /// A handle for one sync.
    #[uniffi::constructor]
    pub fn new() -> Arc<SyncHandle> {
        Arc::new(SyncHandle { ended: watch::channel(false).0, wishes: Mutex::default() })
    }

    /// Ends the sync that this handle was given to, or the coming one at once. What was begun is whole or not at all.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }

    /// A person asks for a sync now.
    pub fn sync_now(&self) {
        self.wish(Wish::SyncNow);
    }

    /// The phone has another network.
    pub fn network_changed(&self) {
        self.wish(Wish::NetworkChanged);
    }

    /// Something was saved.
    pub fn saved(&self) {
        self.wish(Wish::LocalChange);
    }
}

impl SyncHandle {
    fn wish(&self, wish: Wish) {
        if let Some(wishes) = self.wishes.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            // A full queue holds the same wish already.
            let _full = wishes.try_send(wish);
        }
    }

    fn wished(&self) -> mpsc::Receiver<Wish> {
        let (wishes, wished) = mpsc::channel(QUEUE);
        *self.wishes.lock().unwrap_or_else(PoisonError::into_inner) = Some(wishes);
        wished
    }

    async fn ended(&self) {
        let mut ended = self.ended.subscribe();
        // The sender lives as long as this handle.
        let _alive = ended.wait_for(|ended| *ended).await;
    }
}

#[uniffi::export]
impl Countersign {
    /// Asks who answers at an invitation's address, so that a person can compare before they enrol. The invitation stays
    /// unused.
    pub fn look_at_hub(&self, invitation: &str) -> Result<HubSeen, AppError> {
        let seen = read(invitation).and_then(|string| self.runtime.block_on(self.app.look_at_hub(&string)));
        seen.map_err(|problem| AppError::of_enrolment(problem, &self.texts()))
    }

    /// Redeems an invitation of which a person has seen who answers; `seen` is the invitation of what was shown, `name`
    /// what the office sees of this device.
    pub fn enrol(&self, invitation: &str, seen: &str, name: &str) -> Result<(), AppError> {
        let redeem = |string| self.runtime.block_on(self.app.enrol_seen(&string, seen, name));
        let enrolled = read(invitation).and_then(redeem);
        enrolled.map(|_| ()).map_err(|problem| AppError::of_enrolment(problem, &self.texts()))
    }

    /// Syncs until nothing is left to do, nothing can be done or the handle ends it.
    pub fn sync(
        &self,
        files: FilesToSend,
        listener: Arc<dyn SyncListener>,
        handle: Arc<SyncHandle>,
    ) -> Result<SyncDone, AppError> {
        self.app.attest_what_waits();
        let last = files.last_class();
        let run = sync_some(self.app.store(), self.app.surroundings(), last, told(listener), handle.ended());
        Ok(self.runtime.block_on(run).into())
    }

    /// Stays in sync until the handle ends it: for as long as the app is looked at.
    pub fn stay_in_sync(
        &self,
        files: FilesToSend,
        listener: Arc<dyn SyncListener>,
        handle: Arc<SyncHandle>,
    ) -> Result<SyncDone, AppError> {
        self.app.attest_what_waits();
        let last = files.last_class();
        let wished = handle.wished();
        let run = watch_some(self.app.store(), self.app.surroundings(), last, told(listener), wished, handle.ended());
        Ok(self.runtime.block_on(run).into())
    }

    /// The folder of this device's store, for files beside it.
    pub fn folder(&self) -> PathBuf {
        self.app.store().folder().to_owned()
    }
}

/// Tells a listener what is new; a listener that fails is told no less of the next.
fn told(listener: Arc<dyn SyncListener>) -> impl FnMut(&Progress) + Send {
    let mut before = None;
    move |progress| {
        let state = SyncState::from(progress);
        if before.as_ref() == Some(&state) {
            return;
        }
        before = Some(state.clone());
        if let Err(error) = listener.sync_is(state) {
            tracing::warn!(%error, "a listener of sync stopped with an error");
        }
    }
}
