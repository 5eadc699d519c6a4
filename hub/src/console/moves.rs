//! Moving a visit to another person or another time: the page names the consequence first. Dragging on the board leads
//! here, and so do the menu of a visit and the key `m`.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use countersign_model::Id;
use countersign_model::decide::{Refusal, RefusalCode, ordered_window};
use countersign_model::entity::{Job, Visit, VisitState, Voucher, Window, voucher_id};
use countersign_model::payload::{Payload, VisitAppoint, VisitReassign};
use countersign_model::record::{Row, Scope};

use super::board::is_field;
use super::calendar;
use super::desk::{Desk, Outcome, drawn_as};
use super::fields::{Asked, own_address};
use super::job_orders::field_time;
use super::names::Names;
use super::page::Page;
use super::trouble::{Problem, Trouble, refusal_status};
use super::visible::{self, People};
use super::words::Choice;

/// How long an appointment is where none was agreed before, milliseconds: two hours.
pub(crate) const USUAL: i64 = 2 * 60 * 60 * 1000;
/// When a visit begins that is dropped on a day and had no time before, hours.
pub(crate) const FIRST_HOUR: u32 = 9;

#[derive(Template)]
#[template(path = "move.html")]
struct MovePage {
    page: Page,
    id: String,
    new_id: String,
    problem: Option<Problem>,
    job: String,
    about: Vec<(String, String)>,
    leads: Vec<Choice>,
    from: String,
    to: String,
    zone: String,
    consequences: Vec<String>,
    back: String,
    can_reassign: bool,
    can_appoint: bool,
}

/// The visit with its job, if the reader may see it.
fn found(desk: &Desk<'_>, id: Id) -> Result<(Row, Visit, Job), Trouble> {
    desk.read(|read| {
        let (row, visit) = read.get::<Visit>(id)?.ok_or(Trouble::NotFound)?;
        let (_, job) = visible::job(read, desk.person()?, visit.job)?;
        Ok((row, visit, job))
    })
}

/// `GET /visits/{id}/move?lead=…&day=…|from=…&back=…`
pub(crate) fn ask(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    let id = asked.id()?;
    let (can_reassign, can_appoint) = (desk.may("visit.reassign"), desk.may("visit.appoint"));
    if !can_reassign && !can_appoint {
        return Err(Trouble::NotAllowed);
    }
    let (row, visit, job) = found(desk, id)?;
    let words = &desk.words;
    desk.read(|read| {
        let people = People::load(read)?;
        let mut names = Names::new(read, words);
        let voucher = read.get::<Voucher>(voucher_id(row.id))?.map(|(_, voucher)| voucher.number).unwrap_or_default();
        let asked_for = |name: &str| match asked.form.get(name) {
            "" => asked.query.get(name).to_owned(),
            sent => sent.to_owned(),
        };
        let lead = asked_for("lead").parse().unwrap_or(visit.lead);
        let wish = wished(desk, asked, &visit);
        let field = |moment: Option<i64>| moment.map(|moment| calendar::field(moment, &words.zone)).unwrap_or_default();
        let (from, to) = match asked.form.get("from") {
            "" => (field(wish.map(|window| window.from)), field(wish.map(|window| window.to))),
            sent => (sent.to_owned(), asked.form.get("to").to_owned()),
        };
        let about = vec![
            (words.t("word-voucher"), voucher),
            (words.t("word-customer"), names.customer(job.customer)?),
            (words.t("word-machine"), names.machine(job.machine, &job.serial)?),
            (words.t("console-fault"), job.fault.clone()),
            (words.t("console-lead"), people.name(visit.lead)),
            (words.t("console-window-agreed"), visit.window.map(|window| words.window(&window)).unwrap_or_default()),
        ];
        let mut leads: Vec<Choice> = people
            .with(is_field)
            .into_iter()
            .map(|(id, person)| Choice::new(id, person.name.clone(), &lead.to_string()))
            .collect();
        if !leads.iter().any(|choice| choice.chosen) {
            leads.insert(0, Choice::new(lead, people.name(lead), &lead.to_string()));
        }
        let shown = MovePage {
            page: desk.page(read, words.of("console-move-title", "number", &job.number), "/board", asked)?,
            id: id.to_string(),
            new_id: desk.new_id()?.to_string(),
            problem,
            job: format!("/jobs/{}", visit.job),
            about: about.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            leads,
            from,
            to,
            zone: words.of("console-zone", "zone", &super::job_page::zone_name(desk)),
            consequences: consequences(desk, &people, &visit, lead),
            back: back(asked, visit.job),
            can_reassign,
            can_appoint,
        };
        drawn_as(status, &shown)
    })
}

/// What follows, in words: of another lead, and of another time.
fn consequences(desk: &Desk<'_>, people: &People, visit: &Visit, lead: Id) -> Vec<String> {
    let words = &desk.words;
    let other = if lead == visit.lead { words.t("console-move-somebody") } else { people.name(lead) };
    let variables = [("from", people.name(visit.lead).into()), ("to", other.into())];
    vec![words.with("console-move-reassigns", &variables), words.t("console-move-appoints")]
}

/// The appointment that a drop asks for: the time asked for, or the old time of day on the day asked for. The length
/// stays.
fn wished(desk: &Desk<'_>, asked: &Asked, visit: &Visit) -> Option<Window> {
    let zone = &desk.words.zone;
    let length = visit.window.map_or(USUAL, |window| window.to.saturating_sub(window.from));
    let begin = match (field_time(asked.query.get("from"), zone), calendar::parse_day(asked.query.get("day"))) {
        (Some(from), _) => Some(from),
        (None, Some(day)) => {
            let nine = day.and_hms_opt(FIRST_HOUR, 0, 0)?;
            let time = visit.window.map_or(nine, |window| day.and_time(calendar::local(window.from, zone).time()));
            calendar::moment(time, zone)
        }
        (None, None) => return visit.window,
    };
    begin.map(|from| Window { from, to: from.saturating_add(length) })
}

fn back(asked: &Asked, job: Id) -> String {
    let wished = if asked.form.get("back").is_empty() { asked.query.get("back") } else { asked.form.get("back") };
    match own_address(wished) {
        "/" => format!("/jobs/{job}"),
        own => own.to_owned(),
    }
}

fn refusal(code: RefusalCode, name: &str, value: &str) -> Trouble {
    Trouble::Refused(Refusal::new(code).with(name, value))
}

/// `POST /visits/{id}/move`
pub(crate) fn carry_out(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (row, visit, _) = found(desk, asked.id()?)?;
    match ordered(desk, asked, &row, &visit) {
        Ok(()) => {
            let back = back(asked, visit.job);
            let mark = if back.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{back}{mark}done=moved")).into_response())
        }
        Err(Trouble::Refused(refusal)) => {
            draw(desk, asked, Some(Problem::refused(&desk.words, &refusal)), refusal_status(&refusal))
        }
        Err(other) => Err(other),
    }
}

/// The orders that the form asks for: first another lead, then another time for whichever visit stands then.
fn ordered(desk: &Desk<'_>, asked: &Asked, row: &Row, visit: &Visit) -> Result<(), Trouble> {
    let form = &asked.form;
    let lead = form.id("lead").ok_or_else(|| refusal(RefusalCode::Missing, "field", "lead"))?;
    let zone = &desk.words.zone;
    let window = match (form.get("from"), form.get("to")) {
        ("", "") => None,
        (from, to) => {
            let both = field_time(from, zone).zip(field_time(to, zone));
            Some(
                both.map(|(from, to)| Window { from, to })
                    .ok_or_else(|| refusal(RefusalCode::Missing, "field", "window"))?,
            )
        }
    };
    let moved = window != shown_window(visit);
    if moved {
        window.map(ordered_window).transpose().map_err(Trouble::Refused)?;
    }
    if visit.state != VisitState::Planned {
        return Err(refusal(RefusalCode::State, "state", visit.state.as_str()));
    }
    let lane = Scope::job(visit.job);
    let mut standing = row.id;
    if lead != visit.lead {
        standing = form.made_id("id")?;
        let heard = desk.hub().last_heard_of(visit.lead)?;
        let payload = VisitReassign { visit: row.id, new_visit: standing, lead, heard };
        desk.order(Payload::VisitReassign(payload), lane.clone())?;
    }
    if moved {
        appoint(desk, standing, window, lane)?;
    }
    Ok(())
}

/// The window as the form shows it: to the minute.
fn shown_window(visit: &Visit) -> Option<Window> {
    let minute = |moment: i64| moment.div_euclid(60_000).saturating_mul(60_000);
    visit.window.map(|window| Window { from: minute(window.from), to: minute(window.to) })
}

fn appoint(desk: &Desk<'_>, visit: Id, window: Option<Window>, lane: Scope) -> Result<(), Trouble> {
    desk.order(Payload::VisitAppoint(VisitAppoint { visit, window }), lane)
}
