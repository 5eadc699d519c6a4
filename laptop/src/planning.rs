//! A further visit that an engineer plans for themselves, a visit by phone or video, and the remote visits whose sign-off
//! a later one collects.

use askama::Template;
use countersign_device::app::OwnVisitTyped;
use countersign_device::model::Id;
use countersign_device::screens::{JobScreen, WaitingRow};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::{Asked, Fields};
use crate::page::Frame;
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "planning.html")]
struct PlanningPage {
    f: Frame,
    screen: JobScreen,
    /// Remote visits that wait for a sign-off; a remote visit that is looked at is one of them.
    waiting: Vec<WaitingRow>,
}

/// `GET …/plan`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-plan")?;
    let waiting = desk.app().remote_visits(asked.path.get("job"))?;
    drawn(&PlanningPage { waiting, screen, f })
}

/// The visits that a form names.
fn visits_of(form: &Fields) -> Result<Vec<Id>, Trouble> {
    form.all("collect").into_iter().map(|id| id.parse().map_err(|_| Trouble::Form)).collect()
}

/// `POST …/plan`
pub(crate) fn plan(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let form = &asked.form;
    let typed = OwnVisitTyped {
        from: form.get("from").to_owned(),
        to: form.get("to").to_owned(),
        remote: form.get("where") == "remote",
        collects: visits_of(form)?,
    };
    let own = desk.app().own_visit_typed(typed)?;
    let made = desk.app().plan_own_visit(asked.path.get("job"), own)?;
    done(&format!("/jobs/{}", made.visit), "planned")
}

/// `POST …/remote`: this visit is done by phone or video, or not after all.
pub(crate) fn remote(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    let remote = asked.form.get("where") == "remote";
    desk.app().mark_remote(job, remote)?;
    done(&format!("/jobs/{job}"), if remote { "remote" } else { "on-site" })
}

/// `POST …/collect`: this visit collects the sign-off of remote ones.
pub(crate) fn collect(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    let visits = visits_of(&asked.form)?;
    if visits.is_empty() {
        return Err(Trouble::Form);
    }
    desk.app().collect(job, &visits)?;
    done(&format!("/jobs/{job}"), "collected")
}
