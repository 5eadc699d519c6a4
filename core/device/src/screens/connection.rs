//! What the strip says of the connection: one state of several that may hold at once, the one that a person needs to know.

use crate::sync::Problem;

/// How the connection is, in one word of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// The device is not enrolled.
    NotEnrolled,
    /// What answers at the office's address is not the company's hub, or its key changed and nobody vouches for it. Nothing
    /// was sent to it.
    Stranger,
    /// What seals the device's token is locked: sync goes on when the device is unlocked.
    Locked,
    /// The office is not reached. A state like another: work goes on.
    Offline,
    /// Something else holds sync up.
    HeldUp,
    /// Something is on its way.
    Sending,
    /// The office answers.
    Online,
    /// It was not asked yet.
    Connecting,
}

/// What a shell knows of its sync at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionNow<'a> {
    /// Whether the device is enrolled.
    pub enrolled: bool,
    /// Whether the office answered the last call; `None` before the first.
    pub connected: Option<bool>,
    /// Whether something is under way.
    pub working: bool,
    /// Entries and files that are only here.
    pub left: u64,
    /// What holds sync up, by its code; empty for nothing.
    pub problem: &'a str,
}

impl ConnectionState {
    /// The state that the strip shows. A wrong key and a locked vault come before "offline", which would hide what to do.
    pub fn of(now: &ConnectionNow<'_>) -> ConnectionState {
        let is = |problem: Problem| now.problem == problem.code();
        match now.connected {
            _ if !now.enrolled => ConnectionState::NotEnrolled,
            _ if is(Problem::Untrusted) => ConnectionState::Stranger,
            _ if is(Problem::TokenLocked) => ConnectionState::Locked,
            Some(false) => ConnectionState::Offline,
            _ if !now.problem.is_empty() && !is(Problem::NotConnected) => ConnectionState::HeldUp,
            Some(true) if now.working && now.left > 0 => ConnectionState::Sending,
            Some(true) => ConnectionState::Online,
            None => ConnectionState::Connecting,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_says_what_a_person_needs_to_know() {
        use ConnectionState as S;
        let online = ConnectionNow { enrolled: true, connected: Some(true), ..ConnectionNow::default() };
        let away = ConnectionNow { connected: Some(false), ..online };
        let rows = [
            (ConnectionNow { enrolled: false, problem: "untrusted", ..away }, S::NotEnrolled),
            (ConnectionNow { connected: None, ..online }, S::Connecting),
            (online, S::Online),
            (ConnectionNow { working: true, ..online }, S::Online),
            (ConnectionNow { working: true, left: 3, ..online }, S::Sending),
            (ConnectionNow { problem: "offline", ..away }, S::Offline),
            (ConnectionNow { problem: "captive_portal", ..away }, S::Offline),
            (ConnectionNow { problem: "untrusted", ..away }, S::Stranger),
            (ConnectionNow { problem: "untrusted", connected: None, ..away }, S::Stranger),
            (ConnectionNow { problem: "token_locked", ..away }, S::Locked),
            (ConnectionNow { problem: "token_locked", connected: None, working: true, ..online }, S::Locked),
            (ConnectionNow { problem: "token_lost", connected: None, ..online }, S::HeldUp),
            (ConnectionNow { problem: "revoked", ..online }, S::HeldUp),
            (ConnectionNow { problem: "offline", ..online }, S::Online),
        ];
        for (now, state) in rows {
            assert_eq!(ConnectionState::of(&now), state, "{now:?}");
        }
    }
}
