//! The steps of a visit, with the next one.

use countersign_model::document::Stage;
use countersign_model::entity::VoucherState;
use serde::Serialize;

use super::count;
use super::job_rows::{DocumentRow, EvidenceRow};
use crate::app::work::Work;

/// Whether a step of the visit is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Done.
    Done,
    /// The next one to do.
    Next,
    /// Still to come.
    Open,
}

/// The steps of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// Setting off.
    Travel,
    /// Arriving; of a remote visit, beginning.
    Arrive,
    /// Photos of the machine as found.
    AsFound,
    /// The form.
    Form,
    /// Photos of the machine as left.
    AsLeft,
    /// An amendment of what was returned.
    Amend,
    /// The sign-off.
    Sign,
    /// Handing in for review.
    Submit,
    /// Leaving; of a remote visit, ending.
    Leave,
}

impl StepName {
    /// Whether one press does it; every other step is a page of its own.
    fn is_one_press(self) -> bool {
        matches!(self, StepName::Travel | StepName::Arrive | StepName::Submit)
    }

    /// The stage of the photos and files that it asks for; `None` for a step without.
    pub fn stage(self) -> Option<Stage> {
        match self {
            StepName::AsFound => Some(Stage::Found),
            StepName::AsLeft => Some(Stage::Left),
            _ => None,
        }
    }

    /// Its word in texts and on the command line, such as `as_found`.
    pub fn word(self) -> &'static str {
        match self {
            StepName::Travel => "travel",
            StepName::Arrive => "arrive",
            StepName::AsFound => "as_found",
            StepName::Form => "form",
            StepName::AsLeft => "as_left",
            StepName::Amend => "amend",
            StepName::Sign => "sign",
            StepName::Submit => "submit",
            StepName::Leave => "leave",
        }
    }
}

/// A step of the visit; any order stays possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Which one.
    pub step: StepName,
    /// Whether it is done.
    pub state: StepState,
    /// Of a session by phone or video nobody arrives and leaves: it begins and ends.
    pub remote: bool,
    /// The stage of its photos and files; `None` for a step without.
    pub stage: Option<Stage>,
    /// Photos and files of its stage; 0 for a step without.
    pub files: u32,
    /// Whether one press does it, without a page of its own.
    pub one_press: bool,
    /// Whether it may be pressed: what one press does is not done twice.
    pub may_press: bool,
}

/// The steps in their usual order; the first that is not done is the next one, but for a sign-off that waits for a visit.
pub(super) fn steps(
    work: &Work,
    evidence: &[EvidenceRow],
    documents: &[DocumentRow],
    form_complete: bool,
) -> Vec<Step> {
    let visit = &work.visit;
    let voucher = work.voucher.as_ref().map(|voucher| voucher.state.clone());
    let returned = voucher == Some(VoucherState::Returned);
    let signed = !documents.is_empty() && !returned && work.draft.is_none();
    let submitted = matches!(voucher, Some(VoucherState::Submitted | VoucherState::Approved));
    let seen = |stage: Stage| work.is_signed() || evidence.iter().any(|row| row.stage == stage);
    // What was signed is not filled in again; what an amendment changes is.
    let filled = form_complete || work.is_locked();
    let mut done = match visit.remote {
        // Nobody goes there, and nothing is seen with one's own eyes.
        true => vec![(StepName::Arrive, visit.arrived.is_some() || signed), (StepName::Form, filled)],
        false => vec![
            (StepName::Travel, visit.travelled.is_some() || visit.arrived.is_some()),
            (StepName::Arrive, visit.arrived.is_some() || signed),
            (StepName::AsFound, seen(Stage::Found)),
            (StepName::Form, filled),
            (StepName::AsLeft, seen(Stage::Left)),
        ],
    };
    if returned || work.draft.is_some() {
        done.push((StepName::Amend, work.draft.is_some()));
    }
    let left = (StepName::Leave, visit.left.is_some());
    // A remote visit is signed on a later one: it is left first, and signing is no next step before somebody collects it.
    let waits = visit.remote && visit.collected_by.is_none() && !signed;
    match visit.remote {
        true => done.extend([left, (StepName::Sign, signed), (StepName::Submit, submitted)]),
        false => done.extend([(StepName::Sign, signed), (StepName::Submit, submitted), left]),
    }
    if waits {
        done.retain(|(step, _)| *step != StepName::Submit);
    }
    let next = done.iter().position(|(step, done)| !(*done || waits && *step == StepName::Sign));
    let state = |index: usize, done: bool| match (done, Some(index) == next) {
        (true, _) => StepState::Done,
        (false, true) => StepState::Next,
        (false, false) => StepState::Open,
    };
    let files = |stage: &Stage| count(evidence.iter().filter(|row| row.stage == *stage).count());
    let remote = |step: StepName| visit.remote && matches!(step, StepName::Arrive | StepName::Leave);
    let step = |(index, (step, done)): (usize, &(StepName, bool))| Step {
        step: *step,
        state: state(index, *done),
        remote: remote(*step),
        stage: step.stage(),
        files: step.stage().as_ref().map_or(0, files),
        one_press: step.is_one_press(),
        may_press: !(*done && step.is_one_press()),
    };
    done.iter().enumerate().map(step).collect()
}
