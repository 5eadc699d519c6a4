//! The job board: by state, by person, by week or day of each person, or as a list; machine down first. Rows never jump: a change is announced
//! and shown when the reader asks, only the chips of a row that stands there are refreshed in place.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use countersign_model::Id;
use countersign_model::entity::{Entity, Job, JobState, MachineState, Priority, Visit, VisitState};
use countersign_model::record::{Row, Scope};

use super::board_filter::{self, Drawn, Filter};
use super::calendar;
use super::desk::{Desk, Outcome, drawn};
use super::fields::Asked;
use super::names::Names;
use super::page::{Page, Seen};
use super::planner::{self, Planner};
use super::trouble::Trouble;
use super::views::{self, ViewShown};
use super::visible::{self, People};
use super::words::{Chip, Words};
use crate::store::Read;

/// Most jobs on one board; beyond that a filter helps more than a longer page.
const MOST_JOBS: usize = 300;
/// Most changed jobs whose chips are refreshed at once.
const MOST_NEWS: usize = 100;

/// The columns of the board: a text key and the states in it.
const LANES: &[(&str, &[JobState])] = &[
    ("console-lane-new", &[JobState::New]),
    ("console-lane-planned", &[JobState::Planned]),
    ("console-lane-field", &[JobState::Travelling, JobState::OnSite]),
    ("console-lane-waiting", &[JobState::Waiting]),
    ("console-lane-review", &[JobState::Signed, JobState::Submitted, JobState::CompletedAfterCancel]),
    ("console-lane-returned", &[JobState::Returned]),
];

/// States that are over, seen when asked for.
const OVER: &[JobState] = &[JobState::Approved, JobState::Cancelled];

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
    state: JobState,
    order: (u8, u8, i64),
    people: Vec<Id>,
    day: Option<i64>,
}

pub(crate) struct Lane {
    pub title: String,
    pub jobs: Vec<Card>,
}

/// The jobs as lanes, as a table, or as the days of people.
enum Shape {
    Lanes(Vec<Lane>),
    Table(Vec<Lane>),
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
    more: bool,
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
    desk.read(|read| {
        let people = People::load(read)?;
        let (shape, more) = match filter.view {
            "week" | "day" => {
                planner::of(desk, read, &people, &filter).map(|(days, more)| (Shape::Days(days), more))?
            }
            _ => shape(desk, read, &people, &filter)?,
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
            address,
            shape,
            more,
        })
    })
}

/// The jobs by state, by person or as a table; and whether there are more than fit.
fn shape(desk: &Desk<'_>, read: &Read<'_>, people: &People, filter: &Filter) -> Result<(Shape, bool), Trouble> {
    let words = &desk.words;
    let (jobs, more) = jobs(read, desk.person()?, filter)?;
    let mut names = Names::new(read, words);
    let mut cards = Vec::with_capacity(jobs.len());
    for (row, job) in &jobs {
        cards.push(card(&mut names, people, row.id, job)?);
    }
    cards.sort_by_key(|card| card.order);
    let shape = match filter.view {
        _ if cards.is_empty() => Shape::Lanes(Vec::new()),
        "person" => Shape::Lanes(by_person(words, cards, people)),
        "list" => Shape::Table(vec![Lane { title: words.count("console-jobs-shown", cards.len()), jobs: cards }]),
        _ => Shape::Lanes(by_state(words, !filter.get("state").is_empty(), cards)),
    };
    Ok((shape, more))
}

/// Whether somebody goes on visits.
pub(crate) fn is_field(person: &countersign_model::entity::Person) -> bool {
    use countersign_model::entity::Role;
    person.roles.iter().any(|role| matches!(role, Role::Engineer | Role::TrainingRep | Role::Manager))
}

/// The states that the board shows where no filter names one.
pub(crate) fn open_states() -> Vec<&'static str> {
    LANES.iter().flat_map(|(_, states)| states.iter()).map(JobState::as_str).collect()
}

/// The jobs that the filters ask for, and whether there are more than fit.
fn jobs(read: &Read<'_>, seen: &Seen, filter: &Filter) -> Result<(Vec<(Row, Job)>, bool), Trouble> {
    let mut wanted = filter.jobs(open_states());
    if !seen.is_office() {
        // People of the field see the jobs that they are on, whatever the address asks for.
        wanted.person = Some(seen.id);
    }
    let rows = read.jobs_wanted(&wanted, MOST_JOBS.saturating_add(1))?;
    let more = rows.len() > MOST_JOBS;
    let typed = rows.into_iter().take(MOST_JOBS).filter_map(|row| Job::of(&row).map(|job| (row, job)));
    Ok((typed.collect(), more))
}

fn machine_order(state: &MachineState) -> u8 {
    match state {
        MachineState::Down => 0,
        MachineState::Limited => 1,
        _ => 2,
    }
}

fn priority_order(priority: &Priority) -> u8 {
    match priority {
        Priority::Urgent => 0,
        Priority::High => 1,
        Priority::Normal | Priority::Other(_) => 2,
        Priority::Low => 3,
    }
}

/// The visit that matters now: the latest that was not given away or cancelled.
pub(crate) fn current_visit(visits: &[(Row, Visit)]) -> Option<(&Row, &Visit)> {
    let open =
        visits.iter().filter(|(_, visit)| !matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled));
    open.max_by_key(|(row, visit)| (visit.ordinal, row.id)).map(|(row, visit)| (row, visit))
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
        state_chip: names.words.job_state(&job.state),
        chips: chips.into_iter().skip(1).collect(),
        window: window.map(|window| names.words.window(&window)).unwrap_or_default(),
        lead: visit.map(|visit| people.name(visit.lead)).unwrap_or_default(),
        state: job.state.clone(),
        order: (
            machine_order(&job.machine_state),
            priority_order(&job.priority),
            window.map_or(i64::MAX, |window| window.from),
        ),
        people: visit
            .map(|visit| std::iter::once(visit.lead).chain(visit.helpers.iter().copied()).collect())
            .unwrap_or_default(),
        day: window.map(|window| window.from),
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

fn by_state(words: &Words, filtered: bool, mut cards: Vec<Card>) -> Vec<Lane> {
    let mut lanes = Vec::new();
    for (key, states) in LANES {
        let (here, rest): (Vec<Card>, Vec<Card>) = cards.into_iter().partition(|card| states.contains(&card.state));
        cards = rest;
        // A board that is filtered to one state shows that column alone.
        if !filtered || !here.is_empty() {
            lanes.push(Lane { title: words.t(key), jobs: here });
        }
    }
    let (over, other): (Vec<Card>, Vec<Card>) = cards.into_iter().partition(|card| OVER.contains(&card.state));
    for (key, jobs) in [("console-lane-over", over), ("console-lane-other", other)] {
        if !jobs.is_empty() {
            lanes.push(Lane { title: words.t(key), jobs });
        }
    }
    lanes
}

fn by_person(words: &Words, cards: Vec<Card>, people: &People) -> Vec<Lane> {
    let mut found: BTreeMap<(u8, String), Vec<Card>> = BTreeMap::new();
    for card in cards {
        let place = match card.people.first() {
            Some(lead) => (1, people.name(*lead)),
            None => (0, words.t("console-nobody-planned")),
        };
        found.entry(place).or_default().push(card);
    }
    found.into_iter().map(|((_, title), jobs)| Lane { title, jobs: by_time(jobs) }).collect()
}

fn by_time(mut cards: Vec<Card>) -> Vec<Card> {
    cards.sort_by_key(|card| card.day.unwrap_or(i64::MAX));
    cards
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
