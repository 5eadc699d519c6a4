//! What the desk orders: a job, a visit, another lead, a cancellation, a note. Each form carries the id of what it
//! makes, so that sending it twice makes one thing.

use askama::Template;
use axum::http::StatusCode;
use chrono::{NaiveDateTime, TimeZone as _};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Call, Entity, FormVersion, Job, Machine, MachineState, Priority, Visit, Window};
use countersign_model::payload::{JobCancel, JobCreate, NoteAdd, Payload, VisitPlan, VisitReassign};
use countersign_model::record::{Scope, kind};
use countersign_model::{Digest, Id, RecordRef};
use countersign_texts::Zone;

use super::calls::{customer_choices, customer_meant, customer_problem, machine_of};
use super::desk::{Desk, Outcome, done, drawn_as, refusal_of};
use super::fields::Asked;
use super::page::Page;
use super::trouble::{Problem, Trouble, refusal_status};
use super::visible;
use super::words::{Choice, Words, choices};
use crate::store::{Direction, Read};

#[derive(Template)]
#[template(path = "job_new.html")]
struct NewJob {
    page: Page,
    id: String,
    call: String,
    serial: String,
    fault: String,
    customers: Vec<Choice>,
    customer: String,
    machine_states: Vec<Choice>,
    priorities: Vec<Choice>,
    classes: Vec<Choice>,
    forms: Vec<Choice>,
    problem: Option<Problem>,
}

/// `GET /jobs/new?call=ID`
pub(crate) fn new(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    form(desk, asked, desk.new_id()?, None, StatusCode::OK)
}

fn form(desk: &Desk<'_>, asked: &Asked, id: Id, problem: Option<Problem>, status: StatusCode) -> Outcome {
    if !desk.office()?.makes_jobs() {
        return Err(Trouble::NotAllowed);
    }
    let words = &desk.words;
    desk.read(|read| {
        let call_id = asked.query.id("call").or(asked.form.id("call"));
        let call = call_id.map(|id| read.get::<Call>(id)).transpose()?.flatten().map(|(_, call)| call);
        let from_call = |of: fn(&Call) -> String| call.as_ref().map(of).unwrap_or_default();
        let typed = |name: &str, other: String| {
            let value = asked.form.get(name);
            if value.is_empty() { other } else { value.to_owned() }
        };
        let machine = call.as_ref().and_then(|call| call.machine).or(asked.query.id("machine"));
        let machine = machine.map(|id| read.get::<Machine>(id)).transpose()?.flatten();
        let serial = typed("serial", machine.map(|(_, machine)| machine.serial).unwrap_or_default());
        let customer = typed("customer", from_call(|call| call.customer.map(|id| id.to_string()).unwrap_or_default()));
        let shown = NewJob {
            page: desk.page(read, words.t("console-make-job"), "/board", asked)?,
            id: id.to_string(),
            call: call_id.map(|id| id.to_string()).unwrap_or_default(),
            serial,
            fault: typed("fault", from_call(|call| call.fault.clone())),
            customers: customer_choices(words, read, &customer)?,
            customer,
            machine_states: choices(
                words,
                "machine",
                MachineState::KNOWN.iter().map(MachineState::as_str),
                &typed("machine_state", "limited".to_owned()),
            ),
            priorities: choices(
                words,
                "priority",
                Priority::KNOWN.iter().map(Priority::as_str),
                &typed("priority", "normal".to_owned()),
            ),
            classes: class_choices(words, asked.form.get("class")),
            forms: form_choices(words, read, asked.form.get("form"))?,
            problem,
        };
        drawn_as(status, &shown)
    })
}

/// The first choice lets warranty and contract decide.
fn class_choices(words: &Words, chosen: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("proposed", words.t("console-class-proposed"), chosen)];
    all.extend(choices(words, "class", VoucherClass::KNOWN.iter().map(VoucherClass::as_str), chosen));
    all
}

fn form_choices(words: &Words, read: &Read<'_>, chosen: &str) -> Result<Vec<Choice>, Trouble> {
    let rows = read.list(kind::FORM, None, 1_000, Direction::Descending)?;
    let forms = rows.iter().filter_map(FormVersion::of).filter(|form| form.active);
    let mut all = vec![Choice::new("", words.t("console-form-of-model"), chosen)];
    all.extend(forms.map(|form| Choice::new(form.sha256.hex(), form.title, chosen)));
    Ok(all)
}

/// `POST /jobs/new`
pub(crate) fn make(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let fields = &asked.form;
    let id = fields.made_id("id")?;
    let (machine, customer) =
        desk.read(|read| Ok((machine_of(read, fields.get("serial"))?, customer_meant(read, fields.get("customer"))?)))?;
    let customer = match customer {
        Ok(customer) => customer,
        Err(flaw) => {
            let problem = customer_problem(&desk.words, &flaw);
            return form(desk, asked, id, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let body = machine.as_ref().map(|(_, machine)| machine);
    let class = match fields.get("class") {
        "" | "proposed" => desk.hub().class_for(body),
        word => VoucherClass::from_word(word),
    };
    let chosen: Option<Digest> = fields.get("form").parse().ok();
    let form_digest = match chosen {
        Some(digest) => Some(digest),
        None => desk.hub().form_for(body)?,
    };
    let payload = Payload::JobCreate(JobCreate {
        job: id,
        call: fields.id("call"),
        customer,
        site: None,
        machine: machine.as_ref().map(|(id, _)| *id),
        serial: if machine.is_some() { String::new() } else { fields.get("serial").to_owned() },
        fault: fields.get("fault").to_owned(),
        priority: Priority::from_word(fields.get("priority")),
        machine_state: MachineState::from_word(fields.get("machine_state")),
        class,
        form: form_digest,
        ..JobCreate::default()
    });
    match refusal_of(desk.order(payload, Scope::job(id)))? {
        None => done(&format!("/jobs/{id}"), "made"),
        // The form was sent twice: the job is there.
        Some(refusal) if refusal.code == RefusalCode::Exists => done(&format!("/jobs/{id}"), "made"),
        Some(refusal) => {
            let problem = Problem::refused(&desk.words, &refusal);
            form(desk, asked, id, Some(problem), refusal_status(&refusal))
        }
    }
}

/// A time as a browser's field has it (`2026-11-22T09:00`), in the company's zone.
pub(crate) fn field_time(text: &str, zone: &Zone) -> Option<i64> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    Some(match zone {
        Zone::Named(zone) => zone.from_local_datetime(&local).earliest()?.timestamp_millis(),
        Zone::Offset(offset) => offset.from_local_datetime(&local).earliest()?.timestamp_millis(),
    })
}

fn missing(field: &str) -> Trouble {
    Trouble::Refused(Refusal::new(RefusalCode::Missing).with("field", field))
}

/// The agreed window; none where both fields are empty. Half a window is no appointment.
fn window(desk: &Desk<'_>, asked: &Asked) -> Result<Option<Window>, Trouble> {
    let (from, to) = (asked.form.get("from"), asked.form.get("to"));
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    let zone = &desk.words.zone;
    let window = field_time(from, zone).zip(field_time(to, zone)).map(|(from, to)| Window { from, to });
    window.map(Some).ok_or_else(|| missing("window"))
}

/// Shows the job again with what was refused, or says what was done.
pub(super) fn back(desk: &Desk<'_>, asked: &Asked, job: Id, result: Result<(), Trouble>, word: &str) -> Outcome {
    match refusal_of(result)? {
        None => done(&format!("/jobs/{job}"), word),
        Some(refusal) if refusal.code == RefusalCode::Exists => done(&format!("/jobs/{job}"), word),
        Some(refusal) => super::job_page::with_problem(desk, asked, &refusal),
    }
}

/// Only a job that the person may see takes their orders.
pub(super) fn job_of(desk: &Desk<'_>, asked: &Asked) -> Result<(Id, Job), Trouble> {
    let id = asked.id()?;
    desk.read(|read| Ok((id, visible::job(read, desk.person()?, id)?.1)))
}

/// `POST /jobs/{id}/plan`
pub(crate) fn plan(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, _) = job_of(desk, asked)?;
    let order = || -> Result<(), Trouble> {
        let lead = asked.form.id("lead").ok_or_else(|| missing("lead"))?;
        let helpers = asked.form.all("helper").filter_map(|text| text.parse().ok()).filter(|id| *id != lead);
        let payload = Payload::VisitPlan(VisitPlan {
            visit: asked.form.made_id("id")?,
            job,
            lead,
            helpers: helpers.collect(),
            window: window(desk, asked)?,
            remote: !asked.form.get("remote").is_empty(),
            ..VisitPlan::default()
        });
        desk.order(payload, Scope::job(job))
    };
    back(desk, asked, job, order(), "planned")
}

/// `POST /jobs/{id}/reassign`
pub(crate) fn reassign(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, _) = job_of(desk, asked)?;
    let order = || -> Result<(), Trouble> {
        let visit = asked.form.made_id("visit")?;
        let found = desk.read(|read| Ok(read.get::<Visit>(visit)?))?;
        let (_, before) = found.filter(|(_, visit)| visit.job == job).ok_or(Trouble::NotFound)?;
        let heard = desk.hub().last_heard_of(before.lead)?;
        let lead = asked.form.id("lead").ok_or_else(|| missing("lead"))?;
        let new_visit = asked.form.made_id("id")?;
        desk.order(Payload::VisitReassign(VisitReassign { visit, new_visit, lead, heard }), Scope::job(job))
    };
    back(desk, asked, job, order(), "reassigned")
}

/// `POST /jobs/{id}/cancel`
pub(crate) fn cancel(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, _) = job_of(desk, asked)?;
    let reason = asked.form.get("reason").to_owned();
    let result = desk.order(Payload::JobCancel(JobCancel { job, reason }), Scope::job(job));
    back(desk, asked, job, result, "cancelled")
}

/// `POST /jobs/{id}/note`
pub(crate) fn note(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, _) = job_of(desk, asked)?;
    let payload = Payload::NoteAdd(NoteAdd {
        note: asked.form.made_id("id")?,
        subject: RecordRef::new(kind::JOB, job),
        text: asked.form.get("text").to_owned(),
        instead_of: None,
    });
    let result = match desk.may("note.add") {
        true => desk.order(payload, Scope::job(job)),
        false => Err(Trouble::Refused(Refusal::new(RefusalCode::NotAllowed))),
    };
    back(desk, asked, job, result, "noted")
}
