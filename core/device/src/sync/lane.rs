//! What all lanes share: rest, work, wait longer after each failure, stop when only a person can help.
//!
//! A lane never decides what its work is; it says when.

use super::chance::Chance;
use super::failure::{Failure, Problem};
use super::message::{Action, LaneName};
use crate::store::MediaClass;
use crate::vault::VaultError;

/// How patient the engine is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Least wait after a first failure, milliseconds; doubled by each failure in a row. A random part of up to as
    /// much again is added.
    pub first_wait_ms: u64,
    /// The longest wait without its random part.
    pub longest_wait_ms: u64,
    /// Give a lane up after this many failures in a row; `None`: never.
    pub tries: Option<u32>,
    /// Whether the hub's open line is used and the feed is polled from time to time.
    pub stay: bool,
    /// Files of this class and of those before it are sent; the others wait for a network that costs less.
    pub last_class: MediaClass,
}

impl Settings {
    /// For as long as the program runs: waits from 1 s to 5 min (design brief of sync; half of it is random, so that a
    /// thousand devices do not come back together).
    pub fn staying() -> Settings {
        Settings {
            first_wait_ms: 1_000,
            longest_wait_ms: 150_000,
            tries: None,
            stay: true,
            last_class: MediaClass::Video,
        }
    }

    /// For one sync that a person or script waits for.
    pub fn once() -> Settings {
        Settings {
            first_wait_ms: 1_000,
            longest_wait_ms: 4_000,
            tries: Some(3),
            stay: false,
            last_class: MediaClass::Video,
        }
    }
}

/// The hub never makes a device wait longer than an hour, whatever it says.
const LONGEST_ASKED_S: u64 = 3_600;
/// A device that the office must confirm asks again after this.
const CONFIRMATION_S: u64 = 300;
/// A person who waits for one sync is told after this that the hub asks for patience.
const PATIENCE_ONCE_S: u64 = 10;

/// What the lanes write into while an event is handled.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub settings: Settings,
    pub chance: Chance,
    pub actions: Vec<Action>,
    /// Whether the hub answered any call since the engine began.
    pub ever_connected: bool,
}

impl Context {
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Exponential, with a random part as long as the fixed one.
    fn wait_after(&mut self, failures: u32) -> u64 {
        let doublings = failures.saturating_sub(1).min(20);
        let fixed = self.settings.first_wait_ms.saturating_mul(1 << doublings).min(self.settings.longest_wait_ms);
        fixed.saturating_add(self.chance.up_to(fixed))
    }

    /// At least what the hub asked for, at least a second, and a quarter more at random.
    fn wait_as_asked(&mut self, seconds: u64) -> u64 {
        let fixed = seconds.clamp(1, LONGEST_ASKED_S).saturating_mul(1_000);
        fixed.saturating_add(self.chance.up_to(fixed / 4))
    }
}

/// What a lane is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// Nothing to do.
    Idle,
    /// Nothing to do until the timer says to look again.
    Polling,
    /// At work.
    Working,
    /// Tries again when the timer fires.
    Waiting,
    /// Needs a person.
    Stopped,
}

/// One road of work.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub name: LaneName,
    pub rest: Rest,
    /// What went wrong last and is not mended yet.
    pub problem: Option<Problem>,
    failures: u32,
    /// Woken while at work: look again when done.
    pub again: bool,
    /// The hub itself named the time of the next try.
    asked_to_wait: bool,
}

impl Lane {
    pub fn new(name: LaneName) -> Lane {
        Lane { name, rest: Rest::Idle, problem: None, failures: 0, again: false, asked_to_wait: false }
    }

    pub fn is_working(&self) -> bool {
        self.rest == Rest::Working
    }

    fn work(&mut self, context: &mut Context) -> bool {
        if matches!(self.rest, Rest::Polling | Rest::Waiting) {
            context.act(Action::StopTimer(self.name));
        }
        self.rest = Rest::Working;
        self.again = false;
        true
    }

    /// There may be work. True: begin.
    pub fn wake(&mut self, context: &mut Context) -> bool {
        match self.rest {
            Rest::Idle | Rest::Polling => self.work(context),
            Rest::Working => {
                self.again = true;
                false
            }
            Rest::Waiting | Rest::Stopped => false,
        }
    }

    /// The network changed or works again: a wait that was about the network is over. True: begin.
    pub fn network_changed(&mut self, context: &mut Context) -> bool {
        let about_network =
            matches!(self.problem, Some(Problem::NotConnected | Problem::NotTheHub | Problem::Untrusted));
        if self.rest != Rest::Waiting || !about_network || self.asked_to_wait {
            return false;
        }
        self.failures = 0;
        self.work(context)
    }

    /// A person asked: whatever stopped or waits is tried. True: begin.
    pub fn restart(&mut self, context: &mut Context) -> bool {
        if self.is_working() {
            self.again = true;
            return false;
        }
        self.failures = 0;
        self.work(context)
    }

    /// True: begin.
    pub fn timer_fired(&mut self) -> bool {
        let due = matches!(self.rest, Rest::Waiting | Rest::Polling);
        if due {
            self.rest = Rest::Working;
            self.again = false;
        }
        due
    }

    /// Something worked.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.problem = None;
        self.asked_to_wait = false;
    }

    /// Nothing is left. True: it was woken meanwhile, begin again.
    pub fn finish(&mut self) -> bool {
        if self.again {
            self.again = false;
            return true;
        }
        self.rest = Rest::Idle;
        false
    }

    /// Looks again after this time although nothing woke it.
    pub fn poll_after(&mut self, context: &mut Context, ms: u64) {
        self.rest = Rest::Polling;
        let ms = ms.saturating_add(context.chance.up_to(ms / 4));
        context.act(Action::StartTimer { lane: self.name, ms });
    }

    /// What follows from a failure that the lane has no better answer to.
    pub fn fail(&mut self, context: &mut Context, failure: &Failure) {
        match failure {
            Failure::SignIn | Failure::Revoked | Failure::Fork | Failure::Vault(VaultError::Gone) => {
                self.stop(failure.problem());
            }
            // It ends when somebody at the office acts: a sync that stays asks now and then, one that ends says so.
            Failure::Unconfirmed => self.wait(context, failure.problem(), Some(CONFIRMATION_S)),
            _ => self.wait(context, failure.problem(), failure.retry_after()),
        }
    }

    /// Tries again later, or gives up where that was asked for.
    pub fn wait(&mut self, context: &mut Context, problem: Problem, asked_s: Option<u64>) {
        self.failures = self.failures.saturating_add(1);
        if self.gives_up(context, &problem, asked_s) {
            return self.stop(problem);
        }
        let own = context.wait_after(self.failures);
        let ms = asked_s.map_or(own, |seconds| context.wait_as_asked(seconds).max(own));
        self.rest = Rest::Waiting;
        self.asked_to_wait = asked_s.is_some();
        self.problem = Some(problem);
        context.act(Action::StartTimer { lane: self.name, ms });
    }

    fn gives_up(&self, context: &Context, problem: &Problem, asked_s: Option<u64>) -> bool {
        let Some(tries) = context.settings.tries else { return false };
        let away = matches!(problem, Problem::NotConnected | Problem::NotTheHub | Problem::Untrusted);
        self.failures >= tries
            || asked_s.is_some_and(|seconds| seconds > PATIENCE_ONCE_S)
            || (away && !context.ever_connected)
    }

    /// Only a person can help.
    pub fn stop(&mut self, problem: Problem) {
        self.rest = Rest::Stopped;
        self.problem = Some(problem);
    }

    /// The failures so far were those of one thing that is put aside now.
    pub fn forgive(&mut self) {
        self.failures = 0;
    }
}
