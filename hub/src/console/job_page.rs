//! The job: what was reported, each visit, what is still on the phone, and the course of everything.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::Id;
use countersign_model::decide::Refusal;
use countersign_model::entity::{Call, Entity, Job, JobState, Machine, Note, Visit, VisitState};
use countersign_model::job_state::{self, Event as Step};
use countersign_model::record::{Row, Scope, kind};

use super::attention;
use super::board::{self, is_field};
use super::calendar;
use super::departure::{self, Light};
use super::desk::{Desk, Outcome, drawn_as};
use super::fields::Asked;
use super::job_changes::{self, Change};
use super::job_orders::field_time;
use super::moves;
use super::names::Names;
use super::page::Page;
use super::requests::{self, RequestShown};
use super::timeline::{self, Event};
use super::trouble::{Problem, Trouble, refusal_status};
use super::visible::{self, People};
use super::visit::{self, Loaded, VisitShown};
use super::words::{Chip, Choice, is_chosen};
use crate::store::Read;

/// The form for planning a visit.
struct Plan {
    id: String,
    open: bool,
    leads: Vec<Choice>,
    helpers: Vec<Choice>,
    from: String,
    to: String,
    remote: bool,
    zone: String,
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    page: Page,
    id: String,
    as_of: u64,
    chips: Vec<Chip>,
    problem: Option<Problem>,
    phone_sentence: String,
    lights: Vec<Light>,
    flags: Vec<String>,
    fault: String,
    facts: Vec<(String, String)>,
    plan: Option<Plan>,
    change: Option<Change>,
    can_cancel: bool,
    visits: Vec<VisitShown>,
    requests: Vec<RequestShown>,
    notes: Vec<(String, String)>,
    note_id: String,
    timeline: Vec<Event>,
}

/// `GET /jobs/{id}`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

/// The same page with what was refused.
pub(crate) fn with_problem(desk: &Desk<'_>, asked: &Asked, refusal: &Refusal) -> Outcome {
    draw(desk, asked, Some(Problem::refused(&desk.words, refusal)), refusal_status(refusal))
}

fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    let id = asked.id()?;
    let words = &desk.words;
    desk.read(|read| {
        let (row, job) = visible::job(read, desk.person()?, id)?;
        let people = People::load(read)?;
        let mut names = Names::new(read, words);
        let title = words.with(
            "console-job-numbered",
            &[("number", job.number.as_str().into()), ("customer", names.customer(job.customer)?.into())],
        );
        let chips = board::chips(&names, id, &job)?;
        let loaded = loaded(read, id)?;
        let mut visits = Vec::with_capacity(loaded.len());
        for visit in &loaded {
            let mut shown = visit::shown(desk, read, &people, visit, true)?;
            shown.reassign = reassign(desk, &people, visit);
            shown.change = job_changes::visit_form(desk, &people, visit);
            visits.push(shown);
        }
        let flags = attention::flag_sentences(read, words, &people, id)?;
        let shown = JobPage {
            page: desk.page(read, title, "/board", asked)?,
            id: id.to_string(),
            as_of: read.counter()?,
            chips,
            phone_sentence: phone_sentence(desk, read, id)?,
            lights: departure::lights(desk, read, &people, id, &job, &loaded)?,
            flags,
            fault: job.fault.clone(),
            facts: facts(&mut names, &row, &job)?,
            plan: plan(desk, asked, &people, &job, &loaded, problem.is_some())?,
            change: job_changes::form(desk, &job),
            can_cancel: desk.may("job.cancel") && job_state::next(&job.state, Step::Cancel).is_some(),
            visits,
            requests: requests::of(desk, read, &people, id)?,
            notes: notes(desk, read, &people, id)?,
            note_id: desk.new_id()?.to_string(),
            timeline: timeline::of(desk, read, &people, id)?,
            problem,
        };
        drawn_as(status, &shown)
    })
}

/// The visits, the latest first.
fn loaded(read: &Read<'_>, job: Id) -> Result<Vec<Loaded>, Trouble> {
    let mut visits = read.children_of::<Visit>(job)?;
    visits.sort_by_key(|(row, visit)| std::cmp::Reverse((visit.ordinal, row.id)));
    visits.into_iter().map(|(row, visit)| Loaded::of(read, row, visit)).collect()
}

fn phone_sentence(desk: &Desk<'_>, read: &Read<'_>, job: Id) -> Result<String, Trouble> {
    let files = read.evidence_state(&Scope::job(job))?;
    let absent: Vec<u64> = files.iter().filter(|(.., held)| !held).map(|(_, bytes, _)| *bytes).collect();
    Ok(desk.words.on_phone(absent.len(), files.len(), absent.iter().sum()))
}

fn facts(names: &mut Names<'_>, _row: &Row, job: &Job) -> Result<Vec<(String, String)>, Trouble> {
    let (read, words) = (names.read, names.words);
    let machine = job.machine.map(|id| read.get::<Machine>(id)).transpose()?.flatten().map(|(_, machine)| machine);
    let call = job.call.map(|id| read.get::<Call>(id)).transpose()?.flatten().map(|(_, call)| call);
    let rows = [
        ("word-machine", names.machine(job.machine, &job.serial)?),
        ("word-site", names.site(job.site)?),
        ("console-place", machine.as_ref().map(|machine| machine.place.clone()).unwrap_or_default()),
        ("console-class", words.texts.word("class", job.class.as_str())),
        ("console-priority", words.texts.word("priority", job.priority.as_str())),
        ("console-contract", machine.map(|machine| machine.contract).unwrap_or_default()),
        ("word-call", call.as_ref().map(|call| call.number.clone()).unwrap_or_default()),
        ("console-caller", call.as_ref().map(|call| call.caller.clone()).unwrap_or_default()),
        ("console-phone", call.map(|call| call.phone).unwrap_or_default()),
        ("console-cancel-reason", job.cancel_reason.clone()),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    Ok(filled.map(|(key, value)| (words.t(key), value)).collect())
}

/// The form for a next visit, where one may be planned.
fn plan(
    desk: &Desk<'_>,
    asked: &Asked,
    people: &People,
    job: &Job,
    loaded: &[Loaded],
    again: bool,
) -> Result<Option<Plan>, Trouble> {
    let office = desk.person()?.is_office();
    if !office || !desk.may("visit.plan") || job_state::next(&job.state, Step::Plan).is_none() {
        return Ok(None);
    }
    let busy = loaded
        .iter()
        .any(|visit| matches!(visit.visit.state, VisitState::Planned | VisitState::Travelling | VisitState::OnSite));
    let form = &asked.form;
    let chosen: Vec<Id> = form.all("helper").filter_map(|text| text.parse().ok()).collect();
    let field = people.with(is_field);
    let (lead, from, to) = wished(desk, asked);
    let mut leads = vec![Choice::new("", desk.words.t("console-choose-person"), &lead)];
    leads.extend(field.iter().map(|(id, person)| Choice::new(id, person.name.clone(), &lead)));
    let helpers = field.iter().map(|(id, person)| Choice {
        value: id.to_string(),
        label: person.name.clone(),
        chosen: is_chosen(&chosen, *id),
    });
    Ok(Some(Plan {
        id: desk.new_id()?.to_string(),
        open: again || (job.state == JobState::New && !busy) || asked.query.get("plan") == "1",
        leads,
        helpers: helpers.collect(),
        from,
        to,
        remote: !asked.form.get("remote").is_empty(),
        zone: desk.words.of("console-zone", "zone", &zone_name(desk)),
    }))
}

/// Lead and appointment as sent, or as a drop on the board's plan asks for them in the address.
fn wished(desk: &Desk<'_>, asked: &Asked) -> (String, String, String) {
    let either = |name: &str| match asked.form.get(name) {
        "" => asked.query.get(name).to_owned(),
        sent => sent.to_owned(),
    };
    let (lead, from, to) = (either("lead"), either("from"), either("to"));
    let zone = &desk.words.zone;
    let day = calendar::parse_day(asked.query.get("day")).and_then(|day| day.and_hms_opt(moves::FIRST_HOUR, 0, 0));
    let begin = field_time(&from, zone).or_else(|| day.and_then(|time| calendar::moment(time, zone)));
    match begin.filter(|_| to.is_empty()) {
        Some(begin) => (lead, calendar::field(begin, zone), calendar::field(begin.saturating_add(moves::USUAL), zone)),
        None => (lead, from, to),
    }
}

pub(crate) fn zone_name(desk: &Desk<'_>) -> String {
    match &desk.words.zone {
        countersign_texts::Zone::Named(zone) => zone.to_string(),
        countersign_texts::Zone::Offset(offset) => offset.to_string(),
    }
}

/// To whom a visit may be given: everybody of the field who does not lead it.
fn reassign(desk: &Desk<'_>, people: &People, loaded: &Loaded) -> Option<Vec<Choice>> {
    let open = matches!(loaded.visit.state, VisitState::Planned | VisitState::Travelling | VisitState::OnSite);
    let signed = loaded.voucher.as_ref().is_some_and(|voucher| !voucher.leaves.is_empty());
    if !open || signed || !desk.may("visit.reassign") {
        return None;
    }
    let others = people.with(is_field).into_iter().filter(|(id, _)| *id != loaded.visit.lead);
    let mut choices = vec![Choice::new("", desk.words.t("console-choose-person"), "")];
    choices.extend(others.map(|(id, person)| Choice::new(id, person.name.clone(), "")));
    Some(choices)
}

fn notes(desk: &Desk<'_>, read: &Read<'_>, people: &People, job: Id) -> Result<Vec<(String, String)>, Trouble> {
    let rows = read.scope_of_kind(&Scope::job(job), kind::NOTE)?;
    let words = &desk.words;
    let note = |note: Note| {
        let variables = [("name", people.name(note.author).into()), ("time", words.recorded(&note.time, None).into())];
        (note.text, words.with("console-by-at", &variables))
    };
    Ok(rows.iter().filter_map(Note::of).map(note).collect())
}
