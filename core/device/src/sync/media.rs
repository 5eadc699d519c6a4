//! The lane of media to the hub: offer, send what is missing, finish, keep the receipt; then the next file in the
//! store's order. Commands go first: between two chunks it lets the lane of commands pass.
//!
//! It never deletes a file and never lets a bad file hold up the others.

use std::collections::{BTreeSet, VecDeque};

use countersign_model::Digest;
use countersign_model::trust::Receipt;
use countersign_model::wire::{MediaState, chunk_count};

use super::failure::{Failure, FileProblem, Problem};
use super::lane::{Context, Lane};
use super::message::{Action, LaneName, MediaToSend};

/// Files per look into the store: the first that can be sent is taken, and the order may change meanwhile.
const FILES: usize = 16;
/// A file that fails this often is marked or put aside, so that others go on.
const MOST_TROUBLE: u32 = 3;
/// More files put aside than this: it is the hub, not the files.
const MOST_ASIDE: usize = 512;
/// The sizes of chunk that a hub may ask for.
const CHUNK_SIZES: std::ops::RangeInclusive<u64> = 64 << 10..=64 << 20;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Rest,
    /// Will look for a file when the commands are through.
    ToLoad,
    Loading,
    Offering(MediaToSend),
    /// Will send a chunk when the commands are through.
    ToSend(Sending),
    Sending(Sending),
    Finishing(MediaToSend),
    Recording(MediaToSend),
    Marking(MediaToSend),
}

/// A file under way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sending {
    file: MediaToSend,
    chunk_bytes: u64,
    /// Chunks still to send; the first is the one under way.
    missing: VecDeque<u64>,
}

#[derive(Clone, Debug)]
pub(super) struct Media {
    pub lane: Lane,
    step: Step,
    /// Marked for a person.
    given_up: BTreeSet<Digest>,
    /// Put aside until the others went.
    deferred: BTreeSet<Digest>,
    /// Files put aside since the last one that went through.
    deferred_in_a_row: u32,
    trouble: (Digest, u32),
}

impl Media {
    pub fn new() -> Media {
        Media {
            lane: Lane::new(LaneName::Media),
            step: Step::Rest,
            given_up: BTreeSet::new(),
            deferred: BTreeSet::new(),
            deferred_in_a_row: 0,
            trouble: (Digest::default(), 0),
        }
    }

    pub fn begin(&mut self) {
        self.step = Step::ToLoad;
    }

    /// A person asked for a sync: what was given up is tried once more.
    pub fn forget_given_up(&mut self) {
        self.given_up.clear();
        self.deferred.clear();
        self.trouble.1 = 0;
    }

    /// Goes on where it let the commands pass.
    pub fn go_on(&mut self, context: &mut Context) {
        match std::mem::replace(&mut self.step, Step::Rest) {
            Step::ToLoad => {
                self.step = Step::Loading;
                context.act(Action::LoadMedia { limit: FILES + self.given_up.len() + self.deferred.len() });
            }
            Step::ToSend(sending) => self.send(context, sending),
            other => self.step = other,
        }
    }

    fn send(&mut self, context: &mut Context, sending: Sending) {
        let file = sending.file;
        let Some(index) = sending.missing.front().copied() else {
            self.step = Step::Finishing(file);
            return context.act(Action::FinishMedia(file));
        };
        let offset = index.saturating_mul(sending.chunk_bytes);
        let bytes = sending.chunk_bytes.min(file.bytes.saturating_sub(offset));
        self.step = Step::Sending(sending);
        context.act(Action::SendChunk { file, index, offset, bytes });
    }

    pub fn loaded(&mut self, context: &mut Context, files: Vec<MediaToSend>) {
        if self.step != Step::Loading {
            return;
        }
        let aside = |file: &MediaToSend| self.given_up.contains(&file.sha256) || self.deferred.contains(&file.sha256);
        let last = context.settings.last_class;
        if let Some(file) = files.into_iter().find(|file| file.class <= last && !aside(file)) {
            return self.offer(context, file);
        }
        self.step = Step::Rest;
        if !self.deferred.is_empty() {
            self.deferred.clear();
            return self.lane.wait(context, Problem::HubBusy, None);
        }
        self.lane.succeeded();
        if self.lane.finish() {
            self.begin();
        }
    }

    fn offer(&mut self, context: &mut Context, file: MediaToSend) {
        if self.trouble.0 != file.sha256 {
            self.trouble = (file.sha256, 0);
        }
        self.step = Step::Offering(file);
        context.act(Action::OfferMedia(file));
    }

    pub fn offer_answered(&mut self, context: &mut Context, state: MediaState) {
        let Step::Offering(file) = self.step else { return };
        let covers = |receipt: &Receipt| receipt.holds.contains(&file.sha256);
        if let Some(receipt) = state.receipt.filter(covers) {
            return self.record(context, file, Box::new(receipt));
        }
        let count = chunk_count(file.bytes, state.chunk_bytes);
        let ascending = state.missing.is_sorted_by(|before, after| before < after);
        let inside = state.missing.last().is_none_or(|last| *last < count);
        if !CHUNK_SIZES.contains(&state.chunk_bytes) || !ascending || !inside {
            let why = "the hub asks for chunks that the file does not have";
            return self.failed(context, &Failure::NotUnderstood(why.to_owned()));
        }
        self.step = Step::ToSend(Sending { file, chunk_bytes: state.chunk_bytes, missing: state.missing.into() });
    }

    pub fn chunk_answered(&mut self) {
        match std::mem::replace(&mut self.step, Step::Rest) {
            Step::Sending(mut sending) => {
                self.lane.succeeded();
                sending.missing.pop_front();
                self.step = Step::ToSend(sending);
            }
            other => self.step = other,
        }
    }

    pub fn finished(&mut self, context: &mut Context, receipt: Box<Receipt>) {
        let Step::Finishing(file) = self.step else { return };
        match receipt.holds.contains(&file.sha256) {
            true => self.record(context, file, receipt),
            false => self.failed(context, &Failure::BadReceipt("it does not name the file".to_owned())),
        }
    }

    fn record(&mut self, context: &mut Context, file: MediaToSend, receipt: Box<Receipt>) {
        self.step = Step::Recording(file);
        context.act(Action::RecordReceipt { file, receipt });
    }

    pub fn receipt_recorded(&mut self) {
        if matches!(self.step, Step::Recording(_)) {
            self.lane.succeeded();
            self.deferred_in_a_row = 0;
            self.step = Step::ToLoad;
        }
    }

    pub fn file_marked(&mut self) {
        if let Step::Marking(_) = self.step {
            self.step = Step::ToLoad;
        }
    }

    pub fn failed(&mut self, context: &mut Context, failure: &Failure) {
        match std::mem::replace(&mut self.step, Step::Rest) {
            Step::Rest => {}
            // Asked for nothing, so nothing can have failed.
            waiting @ (Step::ToLoad | Step::ToSend(_)) => self.step = waiting,
            Step::Sending(sending) if *failure == Failure::DigestMismatch => {
                match self.trouble_with(sending.file) < MOST_TROUBLE {
                    true => self.step = Step::ToSend(sending),
                    false => self.mark(context, sending.file, FileProblem::Damaged),
                }
            }
            Step::Offering(file)
            | Step::Sending(Sending { file, .. })
            | Step::Finishing(file)
            | Step::Recording(file) => self.file_failed(context, file, failure),
            Step::Loading | Step::Marking(_) => self.lane.fail(context, failure),
        }
    }

    fn file_failed(&mut self, context: &mut Context, file: MediaToSend, failure: &Failure) {
        match failure {
            Failure::File(_) => self.mark(context, file, FileProblem::Unreadable),
            Failure::TooLarge => self.mark(context, file, FileProblem::TooLarge),
            Failure::DigestMismatch | Failure::NotFound | Failure::BadReceipt(_) | Failure::NotUnderstood(_) => {
                match (self.trouble_with(file) < MOST_TROUBLE, file_problem(failure)) {
                    (true, _) if matches!(failure, Failure::DigestMismatch | Failure::NotFound) => {
                        self.offer(context, file);
                    }
                    (true, _) => self.lane.fail(context, failure),
                    (false, problem) => self.mark(context, file, problem),
                }
            }
            Failure::Unavailable { .. } if self.trouble_with(file) >= MOST_TROUBLE => {
                self.defer(context, file, failure);
            }
            other => self.lane.fail(context, other),
        }
    }

    fn mark(&mut self, context: &mut Context, file: MediaToSend, problem: FileProblem) {
        self.given_up.insert(file.sha256);
        self.trouble.1 = 0;
        if self.given_up.len() > MOST_ASIDE {
            self.given_up.clear();
            return self.lane.stop(Problem::NotUnderstood);
        }
        self.lane.forgive();
        self.step = Step::Marking(file);
        context.act(Action::MarkFile { file, problem });
    }

    /// The hub fails at this file: the others go first.
    fn defer(&mut self, context: &mut Context, file: MediaToSend, failure: &Failure) {
        self.deferred.insert(file.sha256);
        self.deferred_in_a_row += 1;
        if self.deferred.len() > MOST_ASIDE {
            self.deferred.clear();
        }
        // The second in a row: it is the hub that fails, so the waits go on growing.
        if self.deferred_in_a_row == 1 {
            self.lane.forgive();
        }
        self.lane.fail(context, failure);
    }

    fn trouble_with(&mut self, file: MediaToSend) -> u32 {
        let before = if self.trouble.0 == file.sha256 { self.trouble.1 } else { 0 };
        self.trouble = (file.sha256, before + 1);
        before + 1
    }
}

fn file_problem(failure: &Failure) -> FileProblem {
    match failure {
        Failure::BadReceipt(_) => FileProblem::BadReceipt,
        Failure::DigestMismatch => FileProblem::Damaged,
        _ => FileProblem::Refused,
    }
}
