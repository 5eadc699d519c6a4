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

/// How the connection to the office is, over all runs of sync, for the strip of a shell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// A person cut sync.
    pub cut: bool,
    /// Whether the office answered the last call; `None` before the first.
    pub connected: Option<bool>,
    /// Since when the office is not reached, milliseconds of this device's clock.
    pub since: Option<i64>,
    /// Something is under way.
    pub working: bool,
    /// What holds sync up, by its code.
    pub problem: Option<String>,
}

impl Connection {
    /// How it is after sync told something of itself at this moment: not reaching the office counts from its first
    /// moment, and what is not known of this call is what was known before.
    pub fn after(&self, told: &Connection, now: i64) -> Connection {
        let connected = told.connected.or(self.connected);
        Connection {
            cut: self.cut,
            connected,
            since: self.since.or(Some(now)).filter(|_| connected == Some(false)),
            working: told.working,
            problem: told.problem.clone(),
        }
    }
}

impl From<&SyncStatus> for Connection {
    fn from(status: &SyncStatus) -> Connection {
        Connection {
            connected: status.connected,
            working: status.phase == Phase::Working,
            problem: status.problem.as_ref().map(|problem| problem.code().to_owned()),
            ..Connection::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offline_is_counted_from_its_first_moment() {
        let told = |connected| Connection { connected, ..Connection::default() };
        let first = Connection::default().after(&told(Some(false)), 10);
        assert_eq!(first.since, Some(10));
        let again = first.after(&told(Some(false)), 20);
        assert_eq!(again.since, Some(10));
        // The next run of sync has not called yet.
        let next = again.after(&told(None), 30);
        assert_eq!((next.connected, next.since), (Some(false), Some(10)));
        assert_eq!(next.after(&told(Some(true)), 40).since, None);
    }
}
