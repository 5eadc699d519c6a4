//! The job board: by state, by person, by week or day of each person, or as a list; machine down first. Rows never jump: a change is announced
//! and shown when the reader asks, only the chips of a row that stands there are refreshed in place.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use countersign_model::Id;
use countersign_model::entity::{Job, MachineState, Visit};
use countersign_model::record::Scope;

use super::board_filter::{self, Drawn, Filter};
use super::board_shapes::{self, Finder, Lane, Table};
use super::calendar;
use super::desk::{Desk, Outcome, drawn};
use super::fields::Asked;
use super::names::Names;
use super::page::Page;
use super::planner::{self, Planner};
use super::trouble::Trouble;
use super::views::{self, ViewShown};
use super::visible::{self, People};
use super::words::Chip;
use crate::store::current_visit;

/// Jobs of one page: of a single column, of the table, of the board by person.
pub(super) const PAGE: usize = 60;
/// Most changed jobs whose chips are refreshed at once.
const MOST_NEWS: usize = 100;

/// One job as the board shows it.
pub(crate) struct Card {
    pub id: String,
    pub number: String,
    pub customer: String,
    pub machine: String,
    pub fault: String,
    pub down: bool,
    /// The state: refreshed in place while the board is open.
    pub state_chip: Chip,
    /// What else to notice.
    pub chips: Vec<Chip>,
    pub window: String,
    pub lead: String,
    pub site: String,
    /// Who is on the visit, the lead first.
    pub people: Vec<Id>,
}

/// The jobs as lanes, as a table, or as the days of people.
enum Shape {
    Lanes(Vec<Lane>),
    Table(Table),
    Days(Planner),
}

#[derive(Template)]
#[template(path = "board.html")]
struct Board {
    page: Page,
    filter: Drawn,
    kept: Vec<ViewShown>,
    address: String,
    news: String,
    shape: Shape,
    /// Whether a plan has more than fits; the other views have pages.
    more: bool,
    /// Addresses of the next and the first page; empty where there is none.
    next: String,
    first: String,
    empty: String,
}

#[derive(Template)]
#[template(path = "news.html")]
struct News {
    page: Page,
    news: String,
    address: String,
    jobs: Vec<Card>,
}

/// `GET /board`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if let Some(first) = views::first(desk, &asked.query)? {
        return Ok(Redirect::to(&first).into_response());
    }
    let filter = Filter::of(&asked.query, calendar::day_of(desk.now, &desk.words.zone));
    let place = board_shapes::place_of(asked);
    desk.read(|read| {
        let people = People::load(read)?;
        let mut finder = Finder::new(desk, read, &people, &filter, place.clone())?;
        let (shape, next) = match filter.view {
            "week" | "day" => {
                planner::of(desk, read, &people, &filter).map(|plan| (Shape::Days(plan), String::new()))?
            }
            "person" => finder.by_person().map(|(lanes, next)| (Shape::Lanes(lanes), next))?,
            "list" => finder.as_table().map(|(table, next)| (Shape::Table(table), next))?,
            _ => finder.by_state().map(|(lanes, next)| (Shape::Lanes(lanes), next))?,
        };
        let address = filter.address();
        let since = read.counter()?.to_string();
        drawn(&Board {
            page: desk.page(read, desk.words.t("console-board"), "/board", asked)?,
            filter: board_filter::drawn(desk, read, &people, &filter)?,
            kept: views::of(desk, read, &address)?,
            news: super::fields::address("/board/news", &[("since", &since), ("back", &address)]),
            empty: desk.words.t(match (filter.narrows(), desk.person()?.is_office()) {
                (true, _) => "console-board-none-fit",
                (false, true) => "console-board-empty",
                (false, false) => "console-board-empty-own",
            }),
            first: if place.is_some() { address.clone() } else { String::new() },
            address,
            more: matches!(&shape, Shape::Days(plan) if plan.has_more),
            shape,
            next,
        })
    })
}

/// Whether somebody goes on visits.
pub(crate) fn is_field(person: &countersign_model::entity::Person) -> bool {
    countersign_model::permission::is_field(&person.roles)
}

/// A job as a card.
pub(crate) fn card(names: &mut Names<'_>, people: &People, id: Id, job: &Job) -> Result<Card, Trouble> {
    let visits = names.read.children_of::<Visit>(id)?;
    let visit = current_visit(&visits).map(|(_, visit)| visit);
    let window = visit.and_then(|visit| visit.window);
    let chips = chips(names, id, job)?;
    Ok(Card {
        id: id.to_string(),
        number: job.number.clone(),
        customer: names.customer(job.customer)?,
        machine: names.machine(job.machine, &job.serial)?,
        fault: job.fault.clone(),
        down: job.machine_state == MachineState::Down,
        site: names.site(job.site)?,
        state_chip: names.words.job_state(&job.state),
        chips: chips.into_iter().skip(1).collect(),
        window: window.map(|window| names.words.window(&window)).unwrap_or_default(),
        lead: visit.map(|visit| people.name(visit.lead)).unwrap_or_default(),
        people: visit
            .map(|visit| std::iter::once(visit.lead).chain(visit.helpers.iter().copied()).collect())
            .unwrap_or_default(),
    })
}

/// State, machine, priority, and what is still on the phone.
pub(crate) fn chips(names: &Names<'_>, id: Id, job: &Job) -> Result<Vec<Chip>, Trouble> {
    let words = names.words;
    let mut chips = vec![words.job_state(&job.state)];
    if job.machine_state != MachineState::Running {
        chips.push(words.machine_state(&job.machine_state));
    }
    chips.extend(words.priority(&job.priority));
    let files = names.read.evidence_state(&Scope::job(id))?;
    let absent: Vec<u64> = files.iter().filter(|(.., held)| !held).map(|(_, bytes, _)| *bytes).collect();
    if !absent.is_empty() {
        let word = words.on_phone(absent.len(), files.len(), absent.iter().sum());
        chips.push(Chip { class: "attention", icon: "phone", word });
    }
    Ok(chips)
}

/// `GET /board/news?since=N&back=ADDRESS`: how many jobs changed, and fresh chips for those that stand on the page.
pub(crate) fn news(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let since: u64 = asked.query.get("since").parse().unwrap_or(u64::MAX);
    desk.read(|read| {
        let seen = desk.person()?;
        let people = People::load(read)?;
        let mut names = Names::new(read, &desk.words);
        let mut cards = Vec::new();
        for scope in read.jobs_changed_since(since, MOST_NEWS)? {
            let Some(id) = scope.id() else { continue };
            if visible::sees_job(read, seen, id)?
                && let Some((_, job)) = read.get::<Job>(id)?
            {
                cards.push(card(&mut names, &people, id, &job)?);
            }
        }
        let page = desk.bare(String::new(), &asked.address);
        let news = if cards.is_empty() { String::new() } else { desk.words.count("console-news", cards.len()) };
        let back = super::fields::own_address(asked.query.get("back")).to_owned();
        drawn(&News { page, news, address: back, jobs: cards })
    })
}

/// `GET /jobs/{id}/news?since=N`: whether this job changed.
pub(crate) fn job_news(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let since: u64 = asked.query.get("since").parse().unwrap_or(u64::MAX);
    let id = asked.id()?;
    desk.read(|read| {
        visible::job(read, desk.person()?, id)?;
        let changed = read.changed_since(&Scope::job(id), since)?;
        let news = if changed { desk.words.t("console-job-news") } else { String::new() };
        let page = desk.bare(String::new(), &asked.address);
        drawn(&News { page, news, address: format!("/jobs/{id}"), jobs: Vec::new() })
    })
}
