//! Sync in the background: the device core's own driver, watched for the strip, and cut by the aeroplane switch. While the
//! switch is on no connection is open and none is tried.

use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_device::app::App;
use countersign_device::sync::{Connection, Progress, Wish, watch as stay_in_sync};
use tokio::sync::{mpsc, watch};

/// Wishes that may queue up; more say nothing new.
const QUEUE: usize = 4;

/// What the background is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Orders {
    /// A person cut sync.
    aeroplane: bool,
    /// The shell ends.
    closing: bool,
    /// Grows when the device is enrolled anew, so that sync begins again.
    enrolments: u64,
}

/// The background of one shell.
pub(crate) struct Background {
    orders: watch::Sender<Orders>,
    wishes: Mutex<Option<mpsc::Sender<Wish>>>,
    connection: Mutex<Connection>,
}

impl Background {
    /// The background, not started yet.
    pub fn new(aeroplane: bool) -> Background {
        let (orders, _) = watch::channel(Orders { aeroplane, ..Orders::default() });
        let connection = Connection { cut: aeroplane, ..Connection::default() };
        Background { orders, wishes: Mutex::new(None), connection: Mutex::new(connection) }
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the connection is.
    pub fn connection(&self) -> Connection {
        self.lock().clone()
    }

    /// Cuts sync, or lets it go on.
    pub fn set_aeroplane(&self, aeroplane: bool) {
        *self.lock() = Connection { cut: aeroplane, ..Connection::default() };
        self.orders.send_modify(|orders| orders.aeroplane = aeroplane);
    }

    /// The device was enrolled: sync begins, or begins again.
    pub fn enrolled(&self) {
        self.orders.send_modify(|orders| orders.enrolments += 1);
    }

    /// Ends for good.
    pub fn close(&self) {
        self.orders.send_modify(|orders| orders.closing = true);
    }

    /// A person asks for a sync now. Nothing happens while sync is cut.
    pub fn wish(&self, wish: Wish) {
        let wishes = self.wishes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wishes) = wishes.as_ref() {
            // A full queue holds the same wish already.
            let _full = wishes.try_send(wish);
        }
    }

    /// Runs until it is closed; `changed` is called when the strip may look different.
    pub async fn run(&self, app: App, changed: impl Fn() + Send + Sync) {
        let mut orders = self.orders.subscribe();
        loop {
            let now = *orders.borrow_and_update();
            if now.closing {
                return;
            }
            let enrolled = app.person().is_ok();
            if enrolled && !now.aeroplane {
                self.stay(&app, orders.clone(), &changed).await;
            }
            // A run that ended by itself could not begin at all: it waits for a person as well.
            if orders.changed().await.is_err() {
                return;
            }
            changed();
        }
    }

    async fn stay(&self, app: &App, mut orders: watch::Receiver<Orders>, changed: &(impl Fn() + Send + Sync)) {
        let (wishes, wished) = mpsc::channel(QUEUE);
        *self.wishes.lock().unwrap_or_else(PoisonError::into_inner) = Some(wishes);
        let show = |progress: &Progress| {
            if self.take(progress, app.now()) {
                changed();
            }
        };
        let cut = async move {
            let _closed = orders.changed().await;
        };
        let report = stay_in_sync(app.store(), app.surroundings(), show, wished, cut).await;
        *self.wishes.lock().unwrap_or_else(PoisonError::into_inner) = None;
        tracing::debug!(?report, "sync in the background ended");
    }

    /// Takes what sync says of itself; whether that is something new.
    fn take(&self, progress: &Progress, now: i64) -> bool {
        let mut connection = self.lock();
        let fresh = connection.after(&Connection::from(&progress.status), now);
        let new = *connection != fresh;
        *connection = fresh;
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_device::sync::{Phase, SyncStatus};

    fn progress(connected: Option<bool>, phase: Phase) -> Progress {
        Progress { status: SyncStatus { phase, connected, ..SyncStatus::default() }, ..Progress::default() }
    }

    #[test]
    fn offline_is_counted_from_its_first_moment() {
        let background = Background::new(false);
        assert!(background.take(&progress(Some(false), Phase::Waiting), 10));
        assert!(!background.take(&progress(Some(false), Phase::Waiting), 20));
        assert_eq!(background.connection().since, Some(10));
        assert!(background.take(&progress(Some(true), Phase::Idle), 30));
        assert_eq!(background.connection().since, None);
        background.set_aeroplane(true);
        assert_eq!(background.connection(), Connection { cut: true, ..Connection::default() });
    }
}
