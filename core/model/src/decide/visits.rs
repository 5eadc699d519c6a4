//! What is changed on a job and its visits after planning: window, helpers, urgency, machine, diagnosis, class.

use chrono::DateTime;

use super::judge::{Judge, Ruling, refuse, require_text};
use super::{Refusal, RefusalCode};
use crate::command::Origin;
use crate::document::VoucherClass;
use crate::entity::{
    Amendment, Code, FlagCode, Job, JobState, Machine, MachineModel, Person, Visit, Voucher, VoucherState, Window,
    code_id, code_list, voucher_id,
};
use crate::id::{Id, RecordRef};
use crate::payload::{ClassSet, JobChange, JobDiagnose, JobLinkMachine, VisitAppoint, VisitStaff};
use crate::record::{Row, kind};
use crate::state::Lookup;

/// This window, unless it ends before it begins: such a one helps nobody.
pub fn ordered_window(window: Window) -> Result<Window, Refusal> {
    match window.to < window.from {
        true => Err(Refusal::new(RefusalCode::WindowReversed)),
        false => Ok(window),
    }
}

pub(super) fn check_window(window: Option<Window>) -> Ruling {
    window.map(ordered_window).transpose()?;
    Ok(())
}

/// A visit that was given away, cancelled or left is over.
pub(super) fn check_open(visit: &Visit) -> Ruling {
    match visit.is_over() {
        true => Err(Refusal::new(RefusalCode::State).with("state", &visit.state).into()),
        false => Ok(()),
    }
}

pub(super) fn visit_appoint(judge: &mut Judge<'_>, payload: VisitAppoint) -> Ruling {
    check_window(payload.window)?;
    let Some((row, mut visit)) = judge.known::<Visit>(payload.visit)? else { return Ok(()) };
    check_open(&visit)?;
    visit.window = payload.window;
    judge.put(row.id, &row.scope, &visit);
    Ok(())
}

/// The office and the lead say who helps. What a helper did before they left stays.
pub(super) fn visit_staff(judge: &mut Judge<'_>, payload: VisitStaff) -> Ruling {
    let Some((row, mut visit)) = judge.known::<Visit>(payload.visit)? else { return Ok(()) };
    if visit.lead != judge.command.author && !judge.is_office() && judge.context.on_hub {
        return refuse(RefusalCode::NotAllowed);
    }
    check_open(&visit)?;
    for person in &payload.add {
        let person = judge.known::<Person>(*person)?;
        if person.is_some_and(|(_, person)| person.archived) {
            return Err(Refusal::new(RefusalCode::NoRecord).with("kind", kind::PERSON).into());
        }
    }
    visit.helpers.retain(|helper| !payload.remove.contains(helper));
    for helper in payload.add {
        if helper != visit.lead && !visit.helpers.contains(&helper) {
            visit.helpers.push(helper);
        }
    }
    crate::limits::check(&serde_json::json!({ "helpers": visit.helpers }))?;
    judge.put(row.id, &row.scope, &visit);
    Ok(())
}

pub(super) fn job_change(judge: &mut Judge<'_>, payload: JobChange) -> Ruling {
    let Some((row, mut job)) = judge.known::<Job>(payload.job)? else { return Ok(()) };
    if let Some(fault) = payload.fault {
        require_text("fault", &fault)?;
        job.fault = fault;
    }
    job.priority = payload.priority.unwrap_or(job.priority);
    job.machine_state = payload.machine_state.unwrap_or(job.machine_state);
    judge.put(row.id, &row.scope, &job);
    Ok(())
}

/// The machine says whose it is, where it stands, how work on it is paid and which form its visits fill, unless the job
/// says so already. What was signed keeps what was shown.
pub(super) fn job_link_machine(judge: &mut Judge<'_>, payload: JobLinkMachine) -> Ruling {
    let Some((row, mut job)) = judge.known::<Job>(payload.job)? else { return Ok(()) };
    let Some((_, machine)) = judge.known::<Machine>(payload.machine)? else { return Ok(()) };
    if matches!(job.state, JobState::Approved | JobState::Cancelled) {
        return Err(Refusal::new(RefusalCode::State).with("state", &job.state).into());
    }
    job.machine = Some(payload.machine);
    job.serial = machine.serial.clone();
    job.customer = job.customer.or(Some(machine.customer));
    job.site = job.site.or(machine.site);
    if job.form.is_none() {
        job.form = judge.view.get::<MachineModel>(machine.model)?.known().and_then(|(_, model)| model.form);
    }
    let proposed = machine.proposed_class(&today(judge));
    if job.class == VoucherClass::Paid && proposed != VoucherClass::Paid {
        for (visit, _) in judge.view.children::<Visit>(payload.job)? {
            propose_class(judge, visit.id, &proposed)?;
        }
        job.class = proposed;
    }
    judge.put(row.id, &row.scope, &job);
    Ok(())
}

/// An open voucher whose class nobody set takes the proposed one.
fn propose_class(judge: &mut Judge<'_>, visit: Id, proposed: &VoucherClass) -> Ruling {
    let Some((row, mut voucher)) = judge.view.get::<Voucher>(voucher_id(visit))?.known() else { return Ok(()) };
    if voucher.state == VoucherState::Open && voucher.class_reason.is_empty() {
        voucher.class = proposed.clone();
        judge.put(row.id, &row.scope, &voucher);
    }
    Ok(())
}

fn today(judge: &Judge<'_>) -> String {
    DateTime::from_timestamp_millis(judge.context.now).unwrap_or_default().format("%Y-%m-%d").to_string()
}

/// Facts of the field: always recorded, also after the signature, since they describe the job and not the document.
pub(super) fn job_diagnose(judge: &mut Judge<'_>, payload: JobDiagnose) -> Ruling {
    let subject = judge.subject(&RecordRef::new(kind::VISIT, payload.visit))?;
    let Some((row, mut job)) = judge.existing::<Job>(subject.job)? else { return Ok(()) };
    let codes = [
        (code_list::SYMPTOM, payload.symptom, &mut job.symptom),
        (code_list::CAUSE, payload.cause, &mut job.cause),
        (code_list::REMEDY, payload.remedy, &mut job.remedy),
    ];
    for (list, given, stored) in codes {
        let Some(code) = given else { continue };
        let code = code.trim().to_owned();
        // On a phone the lists may not be here yet; the hub has them.
        if !code.is_empty() && judge.view.get::<Code>(code_id(list, &code))?.is_absent() {
            let facts = [("list", list), ("code", code.as_str())];
            judge.flag(row.reference(), &row.scope, FlagCode::UnknownCode, &facts);
        }
        *stored = code;
    }
    job.findings = payload.findings.unwrap_or(job.findings);
    job.machine_state = payload.machine_state.unwrap_or(job.machine_state);
    judge.put(row.id, &row.scope, &job);
    Ok(())
}

/// Another class than the proposed one. Set in the field it is a fact that the manager sees; after the signature it
/// needs an amendment.
pub(super) fn class_set(judge: &mut Judge<'_>, payload: ClassSet) -> Ruling {
    require_text("reason", &payload.reason)?;
    if let VoucherClass::Other(_) = payload.class {
        return refuse(RefusalCode::Malformed);
    }
    let subject = judge.subject(&payload.subject)?;
    if judge.late(&subject, &format!("class {}", payload.class))? {
        return Ok(());
    }
    if matches!(judge.context.origin, Origin::Device { .. }) {
        let facts = [("class", payload.class.as_str()), ("reason", payload.reason.as_str())];
        judge.flag(subject.reference.clone(), &subject.scope, FlagCode::ClassChanged, &facts);
    }
    if payload.subject.kind == kind::AMENDMENT {
        let Some((row, mut draft)) = judge.existing::<Amendment>(payload.subject.id)? else { return Ok(()) };
        draft.class = Some(payload.class);
        draft.class_reason = payload.reason;
        judge.put(row.id, &row.scope, &draft);
        return Ok(());
    }
    if let Some((row, mut voucher)) = subject.voucher {
        voucher.class = payload.class.clone();
        voucher.class_reason = payload.reason;
        judge.put(row.id, &row.scope, &voucher);
    }
    set_job_class(judge, subject.job, payload.class)
}

/// Later visits of the job are planned with the class that was set last.
fn set_job_class(judge: &mut Judge<'_>, job: Id, class: VoucherClass) -> Ruling {
    let found: Lookup<(Row, Job)> = judge.view.get::<Job>(job)?;
    if let Some((row, mut job)) = found.known() {
        job.class = class;
        judge.put(row.id, &row.scope, &job);
    }
    Ok(())
}
