//! Reviewing a submitted voucher, as the command line does it; the console builds the same command itself.

use countersign_model::decide::job_lane;
use countersign_model::document::AnswerShown;
use countersign_model::entity::{
    Document, MissingMedia, Remark, ReviewOutcome, Role, Visit, Voucher, VoucherState, document_id, voucher_id,
};
use countersign_model::payload::{Payload, ReviewDecide};
use countersign_model::{Digest, Id};

use super::Actor;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;

/// What the reviewer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewChoice {
    /// Approve.
    Approve {
        /// Cited media that the office does without, with reasons.
        missing: Vec<MissingMedia>,
        /// Although the device has not signed yet.
        without_attestation: bool,
    },
    /// Return with remarks.
    Return(Vec<Remark>),
}

/// A review that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The review.
    pub review: Id,
    /// The visit whose voucher it was.
    pub visit: Id,
}

impl Hub {
    /// The visit of a job whose voucher waits for review.
    pub fn visit_to_review(&self, job: Id) -> Outcome<(Id, Voucher)> {
        for (row, _) in self.children::<Visit>(job)? {
            if let Some((_, voucher)) = self.get::<Voucher>(voucher_id(row.id))?
                && voucher.state == VoucherState::Submitted
            {
                return Ok((row.id, voucher));
            }
        }
        Err(HubError::NotFound { what: "submitted voucher of job", name: job.to_string() })
    }

    /// Decides a review of what stands now.
    pub fn review(&self, actor: &Actor, job: Id, choice: ReviewChoice) -> Outcome<Reviewed> {
        let (visit, voucher) = self.visit_to_review(job)?;
        let review = self.new_id()?;
        let (outcome, remarks, missing, without_attestation) = match choice {
            ReviewChoice::Approve { missing, without_attestation } => {
                (ReviewOutcome::Approved, Vec::new(), missing, without_attestation)
            }
            ReviewChoice::Return(remarks) => {
                let named: Outcome<Vec<Remark>> =
                    remarks.into_iter().map(|remark| self.with_label(&voucher.leaves, remark)).collect();
                (ReviewOutcome::Returned, named?, Vec::new(), false)
            }
        };
        let payload = Payload::ReviewDecide(ReviewDecide {
            review,
            visit,
            leaves: voucher.leaves,
            outcome,
            remarks,
            missing,
            without_attestation,
        });
        self.order(actor, &payload, job_lane(job))?;
        Ok(Reviewed { review, visit })
    }

    /// A manager who is not on the visit, in whose name the command line reviews.
    pub fn reviewer_for(&self, visit: Id) -> Outcome<Actor> {
        let on_visit = self.get::<Visit>(visit)?.map(|(_, visit)| visit);
        let people = self.all::<countersign_model::entity::Person>()?;
        let found = people.into_iter().find(|(row, person)| {
            let stands = on_visit.as_ref().is_some_and(|visit| visit.has(row.id));
            !person.archived && person.roles.contains(&Role::Manager) && !stands
        });
        let missing = || HubError::NotFound { what: "manager who may review", name: visit.to_string() };
        found.map(|(row, _)| Actor::System { person: row.id }).ok_or_else(missing)
    }

    /// Completes a remark with the question as the document printed it.
    fn with_label(&self, leaves: &[Digest], remark: Remark) -> Outcome<Remark> {
        if remark.question.is_empty() || !remark.label.is_empty() {
            return Ok(remark);
        }
        for leaf in leaves {
            let Some((_, document)) = self.get::<Document>(document_id(*leaf))? else { continue };
            let content = document.sealed.content;
            let mut answers = content.sections.iter().flat_map(|section| &section.answers);
            if let Some(answer) = answers.find(|answer| is_meant(answer, &remark.question)) {
                return Ok(Remark { question: answer.reference.clone(), label: answer.question.clone(), ..remark });
            }
        }
        Err(HubError::NotFound { what: "question", name: remark.question })
    }
}

/// A question is named by its printed number, its place in the form, or the last word of that.
fn is_meant(answer: &AnswerShown, named: &str) -> bool {
    answer.number == named || answer.reference == named || answer.reference.rsplit('/').next() == Some(named)
}
