//! Judging a refused command once more, after a person mended what it was refused for: a machine that was missing, a right
//! that was not given, a part that was not in the catalogue. The command stays the same, and its effect happens once.

use countersign_model::Id;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::entity::{DecisionOutcome, DecisionRecord};

use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::{Entry, EntryState};

/// Refused, and nobody dealt with it: whoever discarded it or sent it anew does not want its effect a second time.
fn is_open_refusal(entry: &Entry) -> bool {
    let refused = entry.decision.as_ref().is_some_and(|decision| decision.outcome == DecisionOutcome::Refused);
    refused && !entry.closed && entry.state == EntryState::Decided
}

impl Hub {
    /// Judges a refused command again. Answers the new decision, which its device hears of as well.
    pub fn judge_again(&self, command: Id) -> Outcome<DecisionRecord> {
        let missing = || HubError::NotFound { what: "command", name: command.to_string() };
        self.write(|write| {
            let entry = write.entry(command)?.ok_or_else(missing)?;
            if !is_open_refusal(&entry) {
                return Err(HubError::Refused(Refusal::new(RefusalCode::ChangedSince)));
            }
            write.reopen(command)?;
            self.judge_within(write, &[command])
        })?;
        self.write_journal();
        let entry = self.read(|read| Ok(read.entry(command)?))?;
        entry.and_then(|entry| entry.decision).ok_or(HubError::Waiting)
    }
}
