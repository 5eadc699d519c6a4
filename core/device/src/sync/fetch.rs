//! The lane of media that records cite and this device should have: forms, and files for documents.
//!
//! A file that cannot be had is put aside and never holds up the others or the feed.

use std::collections::BTreeSet;

use countersign_model::Digest;

use super::failure::Failure;
use super::lane::{Context, Lane};
use super::message::{Action, LaneName};

/// Files per look into the store.
const FILES: usize = 16;
/// A file that arrives wrong this often is put aside until a person asks for a sync.
const MOST_TROUBLE: u32 = 3;
/// More files put aside than this are forgotten and tried again: memory is bounded.
const MOST_SKIPPED: usize = 512;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Rest,
    Loading,
    Fetching(Digest),
}

#[derive(Clone, Debug)]
pub(super) struct Fetch {
    pub lane: Lane,
    step: Step,
    /// Not on the hub at the moment: tried again in the next round.
    absent: BTreeSet<Digest>,
    /// Arrived wrong again and again.
    given_up: BTreeSet<Digest>,
    trouble: (Digest, u32),
}

impl Fetch {
    pub fn new() -> Fetch {
        Fetch {
            lane: Lane::new(LaneName::Fetch),
            step: Step::Rest,
            absent: BTreeSet::new(),
            given_up: BTreeSet::new(),
            trouble: (Digest::default(), 0),
        }
    }

    pub fn begin(&mut self, context: &mut Context) {
        self.absent.clear();
        self.load(context);
    }

    pub fn forget_given_up(&mut self) {
        self.given_up.clear();
    }

    fn load(&mut self, context: &mut Context) {
        self.step = Step::Loading;
        context.act(Action::LoadFetch { limit: FILES + self.absent.len() + self.given_up.len() });
    }

    pub fn loaded(&mut self, context: &mut Context, files: Vec<Digest>) {
        if self.step != Step::Loading {
            return;
        }
        let next = files.into_iter().find(|file| !self.absent.contains(file) && !self.given_up.contains(file));
        if let Some(file) = next {
            self.step = Step::Fetching(file);
            return context.act(Action::FetchMedia(file));
        }
        self.step = Step::Rest;
        self.lane.succeeded();
        if self.lane.finish() {
            self.begin(context);
        }
    }

    pub fn fetched(&mut self, context: &mut Context) {
        if matches!(self.step, Step::Fetching(_)) {
            self.lane.succeeded();
            self.load(context);
        }
    }

    pub fn failed(&mut self, context: &mut Context, failure: &Failure) {
        match (self.step.clone(), failure) {
            (Step::Rest, _) => {}
            (Step::Fetching(file), Failure::NotFound) => {
                self.absent.insert(file);
                self.go_on(context);
            }
            (Step::Fetching(file), Failure::DigestMismatch | Failure::NotUnderstood(_) | Failure::AnswerTooLarge)
                if self.trouble_with(file) >= MOST_TROUBLE =>
            {
                self.given_up.insert(file);
                self.lane.forgive();
                self.go_on(context);
            }
            _ => {
                self.step = Step::Rest;
                self.lane.fail(context, failure);
            }
        }
    }

    fn trouble_with(&mut self, file: Digest) -> u32 {
        let before = if self.trouble.0 == file { self.trouble.1 } else { 0 };
        self.trouble = (file, before + 1);
        before + 1
    }

    fn go_on(&mut self, context: &mut Context) {
        if self.absent.len() + self.given_up.len() > MOST_SKIPPED {
            self.absent.clear();
            self.given_up.clear();
            self.step = Step::Rest;
            return self.lane.wait(context, super::failure::Problem::NotUnderstood, None);
        }
        self.load(context);
    }
}
