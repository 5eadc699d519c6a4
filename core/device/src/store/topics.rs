//! What a commit touched, for those who show it. Never says what is in it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};

use countersign_model::Id;

use super::lock;

/// What may look different after a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// The list of jobs.
    Jobs,
    /// Everything of one job.
    Job(Id),
    /// The outbox and what needs attention.
    Outbox,
    /// The status sentence and its counts.
    Status,
    /// Catalogues: people, parts, forms.
    References,
}

/// A set of topics.
pub(super) type Topics = BTreeSet<Topic>;

/// Who is told after a commit.
pub type Listener = Arc<dyn Fn(&BTreeSet<Topic>) + Send + Sync>;

#[derive(Default)]
pub(super) struct Listeners(Mutex<Option<Listener>>);

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listeners")
    }
}

impl Listeners {
    pub(super) fn set(&self, listener: Option<Listener>) {
        *lock(&self.0) = listener;
    }

    pub(super) fn tell(&self, topics: Topics) {
        let listener = lock(&self.0).clone();
        if let (Some(listener), false) = (listener, topics.is_empty()) {
            listener(&topics);
        }
    }
}
