//! The lane of commands: the device's chain, in order, until the hub has it up to its head; then chains that are
//! carried for other devices.
//!
//! It never forgets a command; the store does, when a page of the feed says so. It never goes on beside a fork.

use countersign_model::Id;
use countersign_model::wire::{PUSH_COMMANDS, Pushed};

use super::failure::{Failure, Problem};
use super::lane::{Context, Lane};
use super::message::{Action, Batch, LaneName};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Rest,
    Loading,
    Sending(Sent),
    Recording,
    Rewinding { expected: u64, carried: bool },
    MarkingFork,
}

/// What the engine must know of the commands under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sent {
    first: Option<u64>,
    count: usize,
    head: u64,
    carried_for: Option<Id>,
}

#[derive(Clone, Debug)]
pub(super) struct Push {
    pub lane: Lane,
    /// The hub's last answer came from quarantine.
    pub quarantined: bool,
    step: Step,
    /// Most commands at once: halved where the hub finds a push too large or the line broke under it.
    most: usize,
    /// The gap that the hub named last; naming it again without progress means that sending again does not help.
    last_gap: Option<u64>,
    /// The same of a chain that is carried, until a person's next sync.
    last_carried_gap: Option<(Id, u64)>,
    /// The hub does not take what is carried: own commands go on, a person's next sync tries again.
    carried_refused: bool,
}

impl Push {
    pub fn new() -> Push {
        Push {
            lane: Lane::new(LaneName::Push),
            quarantined: false,
            step: Step::Rest,
            most: PUSH_COMMANDS,
            last_gap: None,
            last_carried_gap: None,
            carried_refused: false,
        }
    }

    pub fn begin(&mut self, context: &mut Context) {
        self.step = Step::Loading;
        context.act(Action::LoadPush { commands: self.most, carried: !self.carried_refused });
    }

    /// A person asked for a sync.
    pub fn forget_refused(&mut self) {
        self.carried_refused = false;
        self.last_carried_gap = None;
    }

    pub fn loaded(&mut self, context: &mut Context, batch: Option<Box<Batch>>) {
        if self.step != Step::Loading {
            return;
        }
        let Some(batch) = batch else {
            self.step = Step::Rest;
            self.lane.succeeded();
            if self.lane.finish() {
                self.begin(context);
            }
            return;
        };
        self.step = Step::Sending(Sent {
            first: batch.first(),
            count: batch.push.envelopes.len(),
            head: batch.head,
            carried_for: batch.carried_for,
        });
        context.act(Action::Push(batch));
    }

    pub fn answered(&mut self, context: &mut Context, pushed: Box<Pushed>) {
        let Step::Sending(sent) = self.step else { return };
        if pushed.stored > sent.head && sent.carried_for.is_none() {
            // The hub has commands under our name that this store never gave.
            return self.mark_fork(context);
        }
        if sent.first.is_some_and(|first| pushed.stored < first) {
            return self.failed(context, &Failure::NotUnderstood("the hub stored nothing of what was sent".to_owned()));
        }
        self.quarantined = pushed.quarantined;
        self.step = Step::Recording;
        context.act(Action::RecordPushed { pushed, carried_for: sent.carried_for });
    }

    fn mark_fork(&mut self, context: &mut Context) {
        self.step = Step::MarkingFork;
        context.act(Action::MarkFork);
    }

    /// Returns whether that was awaited.
    pub fn recorded(&mut self, context: &mut Context) -> bool {
        if self.step != Step::Recording {
            return false;
        }
        self.lane.succeeded();
        self.last_gap = None;
        self.most = self.most.saturating_mul(2).min(PUSH_COMMANDS);
        self.begin(context);
        true
    }

    /// What the hub lacks is offered again, if it is still here.
    pub fn rewound(&mut self, context: &mut Context, still_here: bool) {
        let Step::Rewinding { expected, carried } = self.step else { return };
        self.carried_refused |= carried && !still_here;
        if still_here || carried {
            return self.begin(context);
        }
        self.last_gap = None;
        self.step = Step::Rest;
        self.lane.stop(Problem::MissingOnHub(expected));
    }

    pub fn fork_marked(&mut self) {
        if self.step == Step::MarkingFork {
            self.step = Step::Rest;
            self.lane.stop(Problem::Forked);
        }
    }

    pub fn failed(&mut self, context: &mut Context, failure: &Failure) {
        match self.step {
            Step::Rest => {}
            Step::Sending(sent) => self.sending_failed(context, sent, failure),
            _ => self.rest(context, failure),
        }
    }

    fn sending_failed(&mut self, context: &mut Context, sent: Sent, failure: &Failure) {
        match failure {
            Failure::TooLarge if sent.count > 1 => {
                self.most = sent.count / 2;
                self.begin(context);
            }
            Failure::Gap { expected: Some(expected) } if self.is_new_gap(sent, *expected) => {
                self.rewind_carried(context, sent, *expected);
            }
            // The hub's word about somebody else's chain must not stop our own.
            Failure::Fork | Failure::Gap { .. } | Failure::TooLarge | Failure::NotUnderstood(_)
                if sent.carried_for.is_some() =>
            {
                self.carried_refused = true;
                self.begin(context);
            }
            Failure::Fork => self.mark_fork(context),
            Failure::TooLarge => {
                self.step = Step::Rest;
                self.lane.stop(Problem::CommandTooLarge(sent.first.unwrap_or(0)));
            }
            Failure::Gap { expected: Some(expected) } => self.gap(context, sent, *expected),
            Failure::NotConnected(_) | Failure::Unavailable { .. } => {
                // A line that breaks or is too slow for this much carries half of it.
                self.most = (sent.count / 2).max(1);
                self.rest(context, failure);
            }
            _ => self.rest(context, failure),
        }
    }

    fn gap(&mut self, context: &mut Context, sent: Sent, expected: u64) {
        if expected > sent.head.saturating_add(1) {
            return self.mark_fork(context);
        }
        // A gap lies before what was sent; naming the same one again means that sending again does not help.
        let before = sent.first.is_some_and(|first| expected < first);
        if !before || self.last_gap == Some(expected) {
            self.last_gap = None;
            return self.rest(context, &Failure::Gap { expected: Some(expected) });
        }
        self.last_gap = Some(expected);
        self.step = Step::Rewinding { expected, carried: false };
        context.act(Action::RewindPush { expected });
    }

    /// Whether a gap lies before what was carried, and was not filled before. What nobody signed waits at the hub beside
    /// the chain of its device, which it does not lengthen: whoever brings what was done after it brings it again.
    fn is_new_gap(&self, sent: Sent, expected: u64) -> bool {
        let before = sent.first.is_some_and(|first| expected < first);
        before && sent.carried_for.is_some_and(|device| self.last_carried_gap != Some((device, expected)))
    }

    fn rewind_carried(&mut self, context: &mut Context, sent: Sent, expected: u64) {
        let Some(device) = sent.carried_for else { return };
        self.last_carried_gap = Some((device, expected));
        self.step = Step::Rewinding { expected, carried: true };
        context.act(Action::RewindCarried { device, expected });
    }

    fn rest(&mut self, context: &mut Context, failure: &Failure) {
        self.step = Step::Rest;
        self.lane.fail(context, failure);
    }
}
