//! What sync is doing, for the status screen and `device status`.

use super::failure::Problem;

/// What sync as a whole is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is left to do.
    #[default]
    Idle,
    /// Something is under way.
    Working,
    /// Something failed and is tried again later by itself.
    Waiting,
    /// A person is needed.
    Stopped,
}

/// What sync is doing and what holds it up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// What it is doing.
    pub phase: Phase,
    /// Whether the hub answered the last call; `None` before the first.
    pub connected: Option<bool>,
    /// The hub takes uploads into quarantine only.
    pub quarantined: bool,
    /// The gravest thing that holds a lane up.
    pub problem: Option<Problem>,
}
