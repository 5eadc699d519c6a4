//! Amendments: a draft over what was signed. Answers, parts and signing work on it while it is open.

use countersign_model::Id;
use countersign_model::entity::{Document, document_id};
use countersign_model::payload::{AmendmentBegin, AmendmentDiscard, AmendmentReason, Payload};

use super::{App, AppError};
use crate::store::Rows;

/// An open draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendmentOpened {
    /// The draft.
    pub draft: Id,
    /// Its printed number.
    pub number: String,
}

impl App {
    /// Opens the draft of an amendment of what stands now; an open one is returned as it is.
    pub fn begin_amendment(&self, job: &str, reason: &str) -> Result<AmendmentOpened, AppError> {
        let reason = reason.trim();
        let (work, depth, code) = self.read(|rows| {
            let work = self.work(rows, job)?;
            let leaves = work.voucher.as_ref().map(|voucher| voucher.leaves.clone()).unwrap_or_default();
            let code = rows.identity()?.ok_or(AppError::Enrol)?.code;
            Ok((work, depth(rows, &leaves)?, code))
        })?;
        if let Some((draft, body)) = &work.draft {
            if body.reason != reason {
                let payload = Payload::AmendmentReason(AmendmentReason { draft: *draft, reason: reason.to_owned() });
                self.submit_all(&[self.draft(work.lane(), None, payload)?])?;
            }
            return Ok(AmendmentOpened { draft: *draft, number: body.number.clone() });
        }
        let Some(voucher) = work.voucher.as_ref().filter(|voucher| !voucher.leaves.is_empty()) else {
            return Err(AppError::Input { why: "nothing is signed yet: change the answers themselves".to_owned() });
        };
        let draft = self.new_id()?;
        let number = format!("{}-A{}-{code}", voucher.number, depth + 1);
        let payload = Payload::AmendmentBegin(AmendmentBegin {
            draft,
            visit: work.visit_id,
            amends: voucher.leaves.clone(),
            reason: reason.to_owned(),
            number: number.clone(),
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])?;
        Ok(AmendmentOpened { draft, number })
    }

    /// Gives the open draft up.
    pub fn discard_amendment(&self, job: &str, reason: &str) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let Some((draft, _)) = work.draft else {
            return Err(AppError::Input { why: "no amendment is open".to_owned() });
        };
        let payload = Payload::AmendmentDiscard(AmendmentDiscard { draft, reason: reason.to_owned() });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }
}

/// How many amendments lie between the first document and these.
fn depth(rows: &Rows<'_>, leaves: &[countersign_model::Digest]) -> Result<usize, AppError> {
    let mut deepest = 0;
    let mut open: Vec<_> = leaves.iter().map(|leaf| (*leaf, 0_usize)).collect();
    while let Some((sealed, steps)) = open.pop() {
        deepest = deepest.max(steps);
        if let Some(document) = rows.get::<Document>(document_id(sealed))? {
            open.extend(document.amends.iter().map(|parent| (*parent, steps + 1)));
        }
    }
    Ok(deepest)
}
