//! The log as devices watch it: its newest signed head, and proofs about it.

use countersign_model::log::{Included, LogProof, LogQuestion, PROVEN_AT_ONCE, TreeHead};
use countersign_model::wire::ErrorCode;

use super::sync::only_active;
use crate::error::Outcome;
use crate::hub::Hub;
use crate::judge::Caller;
use crate::problem::Problem;

impl Hub {
    /// The newest signed head.
    pub fn log_head(&self) -> Outcome<Option<TreeHead>> {
        self.read(|read| Ok(read.newest_checkpoint()?))
    }

    /// Proves that the log goes on from where the device knew it, and that it holds commands of its person.
    pub fn log_proof(&self, caller: &Caller, question: &LogQuestion) -> Result<LogProof, Problem> {
        only_active(caller)?;
        let bad = |why: String| Problem::new(ErrorCode::BadRequest, why);
        if question.from > question.to {
            return Err(bad("the smaller size comes first".to_owned()));
        }
        if question.commands.len() > PROVEN_AT_ONCE {
            return Err(bad(format!("ask about {PROVEN_AT_ONCE} commands at once")));
        }
        let proof = self.read(|read| {
            if question.to > read.log_size()? {
                return Ok(None);
            }
            let consistency = read.log_consistency(question.from, question.to)?;
            let mut included: Vec<Included> = Vec::with_capacity(question.commands.len());
            for command in &question.commands {
                included.extend(read.log_included(*command, caller.person, question.to)?);
            }
            Ok(Some(LogProof { consistency, included }))
        })?;
        proof.ok_or_else(|| bad("the log is not that long".to_owned()))
    }
}
