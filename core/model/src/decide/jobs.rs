//! Calls, jobs and visits: registering, planning, reassigning, cancelling.

use super::judge::{Judge, Ruling, refuse, require_text};
use super::remote::collect;
use super::visits::check_window;
use super::{Refusal, RefusalCode};
use crate::document::VoucherClass;
use crate::entity::{Call, Customer, Job, JobState, Machine, Visit, VisitState, Voucher, voucher_id};
use crate::id::Id;
use crate::job_state::{self, Event};
use crate::payload::{CallRegister, JobCancel, JobCreate, VisitPlan, VisitReassign};
use crate::record::{Scope, kind};
use crate::state::Lookup;

pub(super) fn call_register(judge: &mut Judge<'_>, payload: CallRegister) -> Ruling {
    require_text("fault", &payload.body.fault)?;
    judge.unused(kind::CALL, payload.call)?;
    let number = judge.allot("C")?;
    let call = Call { number, ..payload.body };
    judge.put(payload.call, &Scope::call(payload.call), &call);
    Ok(())
}

pub(super) fn job_create(judge: &mut Judge<'_>, payload: JobCreate) -> Ruling {
    require_text("fault", &payload.fault)?;
    judge.unused(kind::JOB, payload.job)?;
    let named = payload.machine.is_some() || !payload.serial.trim().is_empty() || payload.nameplate.is_some();
    if !named && payload.class != VoucherClass::Internal {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "machine").into());
    }
    let (customer, site) = place_of(judge, &payload)?;
    if let Some(id) = customer {
        judge.known::<Customer>(id)?;
    }
    if let Some((row, mut call)) = payload.call.map(|id| judge.known::<Call>(id)).transpose()?.flatten() {
        call.job = Some(payload.job);
        judge.put(row.id, &row.scope, &call);
    }
    let job = Job {
        number: judge.allot("J")?,
        call: payload.call,
        customer,
        site,
        machine: payload.machine,
        serial: payload.serial,
        fault: payload.fault,
        priority: payload.priority,
        machine_state: payload.machine_state,
        state: JobState::New,
        class: payload.class,
        form: payload.form,
        nameplate: payload.nameplate,
        ..Job::default()
    };
    judge.put(payload.job, &Scope::job(payload.job), &job);
    Ok(())
}

/// A registered machine says whose it is and where it stands, unless the job says otherwise.
fn place_of(judge: &Judge<'_>, payload: &JobCreate) -> Ruling<(Option<Id>, Option<Id>)> {
    let machine = payload.machine.map(|id| judge.known::<Machine>(id)).transpose()?.flatten();
    let customer = payload.customer.or(machine.as_ref().map(|(_, machine)| machine.customer));
    let site = payload.site.or(machine.and_then(|(_, machine)| machine.site));
    Ok((customer, site))
}

pub(super) fn job_cancel(judge: &mut Judge<'_>, payload: JobCancel) -> Ruling {
    require_text("reason", &payload.reason)?;
    let Some((row, mut job)) = judge.known::<Job>(payload.job)? else { return Ok(()) };
    let Some(next) = job_state::next(&job.state, Event::Cancel) else {
        return Err(Refusal::new(RefusalCode::State).with("state", &job.state).into());
    };
    job.state = next;
    job.cancel_reason = payload.reason;
    for (visit_row, mut visit) in judge.view.children::<Visit>(payload.job)? {
        if visit.state == VisitState::Planned {
            visit.state = VisitState::Cancelled;
            judge.put(visit_row.id, &visit_row.scope, &visit);
        }
    }
    judge.put(payload.job, &row.scope, &job);
    Ok(())
}

pub(super) fn visit_plan(judge: &mut Judge<'_>, payload: VisitPlan) -> Ruling {
    let for_oneself = payload.lead == judge.command.author;
    if !for_oneself && !judge.is_office() && judge.context.on_hub {
        return refuse(RefusalCode::NotAllowed);
    }
    judge.unused(kind::VISIT, payload.visit)?;
    check_window(payload.window)?;
    let Some((row, mut job)) = judge.existing::<Job>(payload.job)? else { return Ok(()) };
    // A visit that an engineer planned offline for themselves is a fact; the office's order must fit the state.
    match job_state::next(&job.state, Event::Plan) {
        Some(next) => job.state = next,
        None if judge.is_office() && matches!(job.state, JobState::Cancelled) => {
            return Err(Refusal::new(RefusalCode::State).with("state", &job.state).into());
        }
        None => {}
    }
    let number = match payload.number.is_empty() {
        true => judge.allot("V")?,
        false => payload.number.clone(),
    };
    let ordinal = u32::try_from(judge.view.children::<Visit>(payload.job)?.len()).unwrap_or(u32::MAX).saturating_add(1);
    collect(judge, payload.visit, &payload.collects)?;
    let visit = Visit {
        helpers: payload.helpers,
        window: payload.window,
        remote: payload.remote,
        collects: payload.collects,
        ..planned(payload.job, payload.lead, ordinal)
    };
    put_visit(judge, payload.visit, &visit, &row.scope, number, job.class.clone());
    judge.put(payload.job, &row.scope, &job);
    Ok(())
}

fn planned(job: Id, lead: Id, ordinal: u32) -> Visit {
    Visit { job, ordinal, lead, ..Visit::default() }
}

fn put_visit(judge: &mut Judge<'_>, id: Id, visit: &Visit, scope: &Scope, number: String, class: VoucherClass) {
    judge.put(id, scope, visit);
    let voucher = Voucher { visit: id, job: visit.job, number, class, ..Voucher::default() };
    judge.put(voucher_id(id), scope, &voucher);
}

pub(super) fn visit_reassign(judge: &mut Judge<'_>, payload: VisitReassign) -> Ruling {
    let Some((row, mut visit)) = judge.known::<Visit>(payload.visit)? else { return Ok(()) };
    judge.unused(kind::VISIT, payload.new_visit)?;
    let closed = matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled | VisitState::Left);
    let signed = matches!(
        judge.view.get::<Voucher>(voucher_id(payload.visit))?,
        Lookup::Known((_, voucher)) if !voucher.leaves.is_empty()
    );
    if closed || signed {
        return Err(Refusal::new(RefusalCode::State).with("state", &visit.state).into());
    }
    let class = match judge.view.get::<Job>(visit.job)? {
        Lookup::Known((_, job)) => job.class,
        _ => VoucherClass::Paid,
    };
    let ordinal = u32::try_from(judge.view.children::<Visit>(visit.job)?.len()).unwrap_or(u32::MAX).saturating_add(1);
    let next = Visit {
        helpers: visit.helpers.clone(),
        window: visit.window,
        replaces: Some(payload.visit),
        heard: payload.heard,
        remote: visit.remote,
        collects: visit.collects.clone(),
        ..planned(visit.job, payload.lead, ordinal)
    };
    let number = judge.allot("V")?;
    put_visit(judge, payload.new_visit, &next, &row.scope, number, class);
    visit.state = VisitState::Reassigned;
    visit.replaced_by = Some(payload.new_visit);
    judge.put(payload.visit, &row.scope, &visit);
    Ok(())
}
