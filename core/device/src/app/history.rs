//! The earlier visits of a machine, as far as the office lets this device hold them: what was done, and what the
//! questions of the form were answered then. Reads alone.

use std::collections::{BTreeMap, BTreeSet};

use countersign_forms::NodeKey;
use countersign_model::Id;
use countersign_model::document::Provenance;
use countersign_model::entity::{Answer, Document, Job, Visit, VisitState, Voucher, fill_id, voucher_id};
use countersign_model::record::Scope;
use countersign_model::time::estimate;

use super::answers::find;
use super::filling::{SERVICE, node_key};
use super::work::Work;
use super::{AnswerGiven, App, AppError};
use crate::store::Rows;

/// What a question was answered on the last visit that answered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastAnswer {
    /// The value as stored.
    pub value: String,
    /// The voucher's number of that visit.
    pub number: String,
    /// When that visit was, milliseconds since 1970; `None` where unknown.
    pub at: Option<i64>,
}

/// When a visit was, as well as is known: arrived, set out, left, or its appointment.
pub(crate) fn when(visit: &Visit) -> Option<i64> {
    let steps = [&visit.arrived, &visit.travelled, &visit.left];
    let step = steps.into_iter().flatten().next().map(|time| estimate(time, None).best);
    step.or_else(|| visit.window.map(|window| window.from))
}

/// The visits on a machine, newest first, but for those of one job and those that were given away or cancelled.
pub(crate) fn visits_on(rows: &Rows<'_>, machine: Id, but: Option<Id>) -> Result<Vec<Work>, AppError> {
    let mut found = Vec::new();
    for job_id in rows.jobs_on_machine(machine)?.into_iter().filter(|job| Some(*job) != but) {
        let Some(job) = rows.get::<Job>(job_id)? else { continue };
        for (visit_id, visit) in rows.children_of::<Visit>(job_id)? {
            if matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled) {
                continue;
            }
            let voucher = rows.get::<Voucher>(voucher_id(visit_id))?;
            found.push(Work { job_id, job: job.clone(), visit_id, visit, voucher, draft: None });
        }
    }
    found.sort_by_key(|work| std::cmp::Reverse((when(&work.visit), work.visit_id)));
    Ok(found)
}

/// Whether everything that the office lets this device hold about a machine's earlier jobs has arrived.
pub(crate) fn is_complete(rows: &Rows<'_>, works: &[Work]) -> Result<bool, AppError> {
    // A job whose scope is still empty cannot be told to be of this machine: then nothing is said to be complete.
    if rows.unknown_jobs_wanted()? {
        return Ok(false);
    }
    let jobs: BTreeSet<Id> = works.iter().map(|work| work.job_id).collect();
    for job in jobs {
        if !rows.is_ready(&Scope::job(job))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the signed documents of these visits are here; `None` where none was signed.
pub(crate) fn documents_here(rows: &Rows<'_>, works: &[Work]) -> Result<Option<bool>, AppError> {
    let mut any = None;
    for work in works {
        let leaves = work.voucher.as_ref().map(|voucher| voucher.leaves.as_slice()).unwrap_or_default();
        for leaf in leaves {
            let here = rows.get::<Document>(countersign_model::entity::document_id(*leaf))?.is_some();
            any = Some(any.unwrap_or(true) && here);
        }
    }
    Ok(any)
}

/// The newest answer of each question on earlier visits of the machine. Items of repeats are not compared: the third
/// point measured today need not be the third of last time.
pub(crate) fn last_answers(rows: &Rows<'_>, work: &Work) -> Result<BTreeMap<NodeKey, LastAnswer>, AppError> {
    let mut last = BTreeMap::new();
    let Some(machine) = work.job.machine else { return Ok(last) };
    for earlier in visits_on(rows, machine, Some(work.job_id))? {
        let Some(form) = earlier.job.form else { continue };
        let mut answers: BTreeMap<NodeKey, String> = BTreeMap::new();
        // Amendments stand over the visit's own answers.
        for layer in earlier.layers(rows)? {
            for (_, answer) in rows.children_of::<Answer>(fill_id(&layer, form, SERVICE))? {
                let typed = !matches!(answer.current.provenance, Provenance::Default | Provenance::Calculated);
                let value = answer.current.value.filter(|value| typed && !value.is_empty());
                if let Some(value) = value.filter(|_| answer.instance.items.is_empty()) {
                    answers.insert(node_key(&answer.instance), value);
                }
            }
        }
        let number = earlier.voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default();
        let at = when(&earlier.visit);
        for (key, value) in answers {
            last.entry(key).or_insert_with(|| LastAnswer { value, number: number.clone(), at });
        }
    }
    Ok(last)
}

impl App {
    /// Answers a question as it was answered on the last visit, and says so: provenance *copied*.
    pub(super) fn copy_last_answer(&self, job: &str, question: &str) -> Result<AnswerGiven, AppError> {
        self.check_lease()?;
        let (work, filling) = self.open_form(job, self.language()?)?;
        let key = find(&filling, question)
            .ok_or_else(|| AppError::NotFound { what: "question", name: question.to_owned() })?;
        let last = self.read(|rows| last_answers(rows, &work))?.remove(&key);
        let last = last.ok_or_else(|| AppError::Input {
            why: format!("no earlier visit of this machine answered {question}: type the answer"),
        })?;
        self.save_answer(job, question, &last.value, Provenance::Copied)
    }
}
