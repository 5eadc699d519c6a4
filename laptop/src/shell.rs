//! The shell itself: the device it draws, who is let in, what runs in the background. One for each store; two of them run
//! in one process without knowing of each other.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_device::app::{App, Observer, Subscription};
use countersign_device::store::Topic;
use countersign_device::sync::Wish;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::background::Background;
use crate::customer::CustomerMode;
use crate::door::Door;
use crate::memory::Memory;
use crate::once::Once;
use crate::raster::Pictures;
use crate::serve::ServeProblem;

/// What every request shares.
pub(crate) struct Shell {
    pub app: App,
    pub port: u16,
    pub door: Door,
    pub memory: Memory,
    pub sync: Arc<Background>,
    pub once: Once,
    pub pictures: Pictures,
    /// Grows when a screen may look different.
    pub changes: watch::Sender<u64>,
    /// Turns true when the shell ends.
    pub closing: watch::Receiver<bool>,
    /// For the few calls of the device core that go to the network.
    pub runtime: Handle,
    customer: Mutex<Option<CustomerMode>>,
}

/// Passes the device core's changes on: to the pages, and what was saved to sync.
struct Teller {
    changes: watch::Sender<u64>,
    sync: Arc<Background>,
}

impl Observer for Teller {
    fn changed(&self, topics: &BTreeSet<Topic>) {
        self.changes.send_modify(|count| *count += 1);
        if topics.contains(&Topic::Outbox) {
            self.sync.wish(Wish::LocalChange);
        }
    }
}

impl Shell {
    /// The shell over an opened device.
    pub fn new(app: App, memory: Memory, port: u16, closing: watch::Receiver<bool>) -> Shell {
        let aeroplane = memory.get().aeroplane;
        Shell {
            app,
            port,
            door: Door::default(),
            memory,
            sync: Arc::new(Background::new(aeroplane)),
            once: Once::default(),
            pictures: Pictures::default(),
            changes: watch::channel(0).0,
            closing,
            runtime: Handle::current(),
            customer: Mutex::new(None),
        }
    }

    /// Lets the device core tell this shell of its changes; keeps `outbox.log` durable as well.
    pub fn subscribe(&self) -> Result<Subscription, ServeProblem> {
        Ok(self.app.subscribe(Arc::new(Teller { changes: self.changes.clone(), sync: self.sync.clone() }))?)
    }

    /// A screen may look different.
    pub fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// What the customer holds in their hands, if anything.
    pub fn customer(&self) -> MutexGuard<'_, Option<CustomerMode>> {
        self.customer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the device is in the customer's hands: everything else is shut then.
    pub fn is_with_customer(&self) -> bool {
        self.customer().is_some()
    }
}
