//! Between showing and signing: whether what was shown still stands, and whether what the customer says is complete.

use std::collections::BTreeMap;

use countersign_model::Digest;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::{Outcome, SignOff, SignOffProblem, SignerRole, check_sign_offs};
use countersign_model::entity::{Document, Visit};
use countersign_model::time::TimeRecord;

use super::content::Draft;
use super::signing::{digest, sign_off_error};
use super::{App, AppError, Preview};
use crate::screens::outcome_asks;

/// What the customer says, before they draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerWord {
    /// Their name.
    pub name: String,
    /// In which part they sign.
    pub role: SignerRole,
    /// What they say.
    pub outcome: Outcome,
    /// Remarks.
    pub remarks: String,
    /// 1 to 5.
    pub satisfaction: Option<u8>,
    /// 1 to 5 by aspect, of [`ASPECTS`](countersign_model::document::ASPECTS), where given.
    pub aspects: BTreeMap<String, u8>,
}

impl App {
    /// The pages with this digest, if they are the ones shown last and nothing changed since; nothing is made anew.
    pub fn preview_shown(&self, job: &str, content_sha256: Digest) -> Result<Preview, AppError> {
        let (shown, draft) = self.shown_unchanged(job, content_sha256)?;
        let Draft { missing, needs_customer, .. } = draft;
        let pdf = self.store().media_path(shown.pdf);
        Ok(Preview { content: shown.content, content_sha256, pdf, pages: shown.pdf, missing, needs_customer })
    }

    /// Whether the pages with this digest are signed: a document of the job says exactly this. What else became of the visit
    /// meanwhile - other pages signed elsewhere, an amendment begun, another visit planned - plays no part.
    pub fn is_signed(&self, job: &str, content_sha256: Digest) -> Result<bool, AppError> {
        let documents = self.read(|rows| {
            let (job, _) = self.job(rows, job)?;
            let mut documents = Vec::new();
            for (visit, _) in rows.children_of::<Visit>(job)? {
                documents.extend(rows.children_of::<Document>(visit)?);
            }
            Ok(documents)
        })?;
        for (_, document) in documents {
            if digest(&document.sealed.content)? == content_sha256 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Asks the rule of signing whether what the customer says is complete, so that nobody draws for nothing. What nobody
    /// was asked for is not looked at.
    pub fn check_customer_word(&self, preview: &Preview, word: &CustomerWord) -> Result<(), AppError> {
        if matches!(word.outcome, Outcome::Other(_)) {
            return Err(Refusal::new(RefusalCode::Missing).with("field", "outcome").into());
        }
        let sealed_sha256 = preview.content_sha256;
        let rates = outcome_asks(&word.outcome).rates;
        // The strokes come on the next page; here only the words are looked at.
        let sign_off = |role: SignerRole, name: &str, outcome: Outcome| SignOff {
            sealed_sha256,
            role,
            name: name.to_owned(),
            outcome,
            remarks: String::new(),
            satisfaction: None,
            aspects: BTreeMap::new(),
            strokes: "drawn".to_owned(),
            stamp: None,
            stamp_preview: None,
            time: TimeRecord::default(),
        };
        let customer = SignOff {
            remarks: word.remarks.clone(),
            satisfaction: word.satisfaction.filter(|_| rates),
            aspects: if rates { word.aspects.clone() } else { BTreeMap::new() },
            ..sign_off(word.role.clone(), &word.name, word.outcome.clone())
        };
        if word.role == SignerRole::Engineer {
            return Err(sign_off_error(SignOffProblem::CustomerMissing));
        }
        let engineer = sign_off(SignerRole::Engineer, "engineer", Outcome::Accepted);
        check_sign_offs(sealed_sha256, preview.needs_customer, &[engineer, customer]).map_err(sign_off_error)
    }
}
