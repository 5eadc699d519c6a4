//! What an amendment starts from.

use serde::Serialize;

use crate::app::{App, AppError};

/// What the remarks of a review suggest to somebody who amends what was returned; empty without remarks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AmendmentProposed {
    /// The reason, to be worded otherwise.
    pub reason: String,
    /// The question with which the work begins: its reference.
    pub question: String,
}

impl App {
    /// What the last review suggests for an amendment: its first remark is the reason, and the first remark that names a
    /// question is where the work begins.
    pub fn amendment_proposed(&self, job: &str) -> Result<AmendmentProposed, AppError> {
        let remarks = self.job_screen(job)?.remarks;
        let question = remarks.iter().find(|remark| !remark.question.is_empty());
        Ok(AmendmentProposed {
            reason: remarks.first().map(|remark| remark.text.clone()).unwrap_or_default(),
            question: question.map(|remark| remark.question.clone()).unwrap_or_default(),
        })
    }
}
