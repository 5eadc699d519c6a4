//! The open line on which the hub pokes. A poke has no content and only saves waiting for the next poll; without the
//! line everything still arrives.

use super::failure::{Failure, Problem};
use super::lane::{Context, Lane};
use super::message::{Action, LaneName};

/// A hub without the line is asked again after this many seconds.
const WITHOUT_LINE_S: u64 = 600;

#[derive(Clone, Debug)]
pub(super) struct Listen {
    pub lane: Lane,
    pub open: bool,
}

impl Listen {
    pub fn new() -> Listen {
        Listen { lane: Lane::new(LaneName::Listen), open: false }
    }

    pub fn begin(&mut self, context: &mut Context) {
        self.open = false;
        context.act(Action::Listen);
    }

    /// Returns whether that was awaited.
    pub fn opened(&mut self) -> bool {
        let awaited = self.lane.is_working();
        if awaited {
            self.lane.succeeded();
            self.open = true;
        }
        awaited
    }

    pub fn failed(&mut self, context: &mut Context, failure: &Failure) {
        if !self.lane.is_working() {
            return;
        }
        self.open = false;
        match failure {
            Failure::NotFound => self.lane.wait(context, Problem::NotUnderstood, Some(WITHOUT_LINE_S)),
            other => self.lane.fail(context, other),
        }
    }
}
