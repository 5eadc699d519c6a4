//! Further visits of an engineer, visits by phone or video, and the visit that collects their sign-off.

use countersign_model::Id;
use countersign_model::entity::Window;
use countersign_model::payload::{Payload, VisitCollect, VisitPlan, VisitRemote};
use countersign_model::record::Scope;
use countersign_texts::typed_window;

use super::{App, AppError, NewJob};
use crate::store::Draft;

/// A further visit of a job, planned by an engineer for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnVisit {
    /// The agreed window.
    pub window: Option<Window>,
    /// A session by phone or video.
    pub remote: bool,
    /// Remote visits whose sign-off it collects.
    pub collects: Vec<Id>,
}

/// A further visit as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnVisitTyped {
    /// Where the agreed window begins, as a field for a date and time has it; empty with `to` for none.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// A session by phone or video.
    pub remote: bool,
    /// Remote visits that are ticked: a visit on site collects their sign-off, a remote one cannot.
    pub collects: Vec<Id>,
}

impl App {
    /// What a person typed, as a visit; half a window is refused.
    pub fn own_visit_typed(&self, typed: OwnVisitTyped) -> Result<OwnVisit, AppError> {
        let zone = self.read(|rows| self.zone(rows))?;
        let OwnVisitTyped { from, to, remote, collects } = typed;
        let collects = if remote { Vec::new() } else { collects };
        Ok(OwnVisit { window: typed_window(&from, &to, &zone)?, remote, collects })
    }

    /// Plans a further visit of this person; the voucher's number comes from this phone's own block.
    pub fn plan_own_visit(&self, job: &str, plan: OwnVisit) -> Result<NewJob, AppError> {
        let (job, _) = self.read(|rows| self.job(rows, job))?;
        let lead = self.person()?;
        let visit = self.new_id()?;
        let payload = |number: String| {
            Payload::VisitPlan(VisitPlan {
                visit,
                job,
                lead,
                helpers: Vec::new(),
                window: plan.window,
                number,
                remote: plan.remote,
                collects: plan.collects.clone(),
            })
        };
        let draft = self.draft(Scope::job(job), None, payload(String::new()))?;
        let year = self.year();
        let number = self.store().write(|tx| {
            let number = tx.next_number(year)?;
            tx.submit(&Draft { payload: payload(number.clone()), ..draft.clone() })?;
            Ok(number)
        })?;
        Ok(NewJob { job, visit, number })
    }

    /// Says that this person's visit is done by phone or video, or that somebody goes there after all.
    pub fn mark_remote(&self, job: &str, remote: bool) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::VisitRemote(VisitRemote { visit: work.visit_id, remote });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// This person's visit collects the sign-off of these remote visits too.
    pub fn collect(&self, job: &str, visits: &[Id]) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::VisitCollect(VisitCollect { visit: work.visit_id, collects: visits.to_vec() });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }
}
