//! The board's week and day: a row for each person of the field, a column for each day or span of hours, and beside it
//! what has no appointment yet. A visit is moved by dragging it, from its menu or with a key; each way leads to the page
//! that names the consequence ([`super::moves`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use countersign_model::Id;
use countersign_model::entity::{Entity, Job, Visit, VisitState, Window};
use countersign_model::record::Row;

use super::board::{self, Card, is_field};
use super::board_filter::Filter;
use super::calendar;
use super::desk::Desk;
use super::fields::address;
use super::names::Names;
use super::trouble::Trouble;
use super::visible::People;
use super::words::Chip;
use crate::store::{Filter as StoreFilter, List, Read, current_visit};

/// Most visits of one page: more do not fit on any screen.
const MOST_VISITS: usize = 600;
/// Most jobs without an appointment beside the plan; a filter helps beyond that.
const MOST_OPEN: usize = 60;
/// Jobs without an appointment that are looked at together.
const LOOKED_AT: usize = 200;
/// Where the spans of a day begin, hours; what is earlier or later goes into the first or the last one.
const SPANS: &[u32] = &[6, 8, 10, 12, 14, 16, 18];

/// A visit or a job without one, as the plan shows it.
pub(crate) struct Planned {
    pub job: Card,
    /// The time of the appointment; empty where none is agreed.
    pub time: String,
    /// Where moving or planning it is asked; empty where it cannot be moved (any more).
    pub moves: String,
    /// Whether the chips that are refreshed in place stand here: a job with two visits has them once.
    pub live: bool,
}

/// One person on one day, or in one span of hours.
pub(crate) struct Cell {
    /// The column's name, for narrow screens.
    pub label: String,
    /// What a drop here asks for, as fields of an address.
    pub drop: String,
    pub visits: Vec<Planned>,
}

/// One person.
pub(crate) struct Line {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// The whole plan.
pub(crate) struct Planner {
    pub title: String,
    pub before: String,
    pub after: String,
    pub today: String,
    /// Names of the columns and whether each is today.
    pub columns: Vec<(String, bool)>,
    pub lines: Vec<Line>,
    pub open: Vec<Planned>,
    /// Whether there is more than fits.
    pub has_more: bool,
}

/// A column: its name, its span, and what a drop on it asks for.
struct Column {
    name: String,
    from: i64,
    to: i64,
    drop: (&'static str, String),
    today: bool,
}

/// The plan that a filter asks for.
pub(crate) fn of(desk: &Desk<'_>, read: &Read<'_>, people: &People, filter: &Filter) -> Result<Planner, Trouble> {
    let columns = if filter.view == "day" { hours(desk, filter.day) } else { days(desk, filter.day) };
    let (from, to) = (columns.first().map_or(0, |column| column.from), columns.last().map_or(0, |column| column.to));
    let visits = visits(desk, read, filter, from, to)?;
    let (open, more_open) = without_appointment(desk, read, people, filter)?;
    let mut names = Names::new(read, &desk.words);
    let mut drawn = Draw { desk, people, names: &mut names, back: filter.address(), live: BTreeSet::new() };
    let more = more_open || visits.len() >= MOST_VISITS;
    let mut by_person: BTreeMap<Id, Vec<&(Row, Visit)>> = BTreeMap::new();
    for found in &visits {
        let on_it = std::iter::once(found.1.lead).chain(found.1.helpers.iter().copied());
        on_it.for_each(|person| by_person.entry(person).or_default().push(found));
    }
    let mut lines = Vec::new();
    for (id, name) in rows(desk, people, filter, &by_person)? {
        let own = by_person.get(&id).map(Vec::as_slice).unwrap_or_default();
        lines.push(Line { name, cells: drawn.cells(id, own, &columns)? });
    }
    let open = open.into_iter().map(|(row, job, visit)| drawn.open(&row, &job, visit.as_ref()));
    let open = open.collect::<Result<Vec<Planned>, Trouble>>()?;
    let step = if filter.view == "day" { 1 } else { 7 };
    let at = |day: NaiveDate| filter.address_with(&[("day", &calendar::day_text(day))]);
    Ok(Planner {
        title: title(desk, filter),
        before: at(calendar::plus(filter.day, -step)),
        after: at(calendar::plus(filter.day, step)),
        today: filter.address_with(&[("day", "")]),
        columns: columns.iter().map(|column| (column.name.clone(), column.today)).collect(),
        lines,
        open,
        has_more: more,
    })
}

fn title(desk: &Desk<'_>, filter: &Filter) -> String {
    let words = &desk.words;
    let date = |day| words.texts.date(calendar::begin(day, &words.zone), &words.zone);
    if filter.view == "day" {
        return words.with(
            "console-weekday-date",
            &[("weekday", weekday(desk, filter.day).into()), ("date", date(filter.day).into())],
        );
    }
    let monday = calendar::monday(filter.day);
    let sunday = calendar::plus(monday, 6);
    words.texts.span(&date(monday), &date(sunday))
}

fn weekday(desk: &Desk<'_>, day: NaiveDate) -> String {
    desk.words.t(&format!("console-weekday-{}", day.weekday().number_from_monday()))
}

fn days(desk: &Desk<'_>, day: NaiveDate) -> Vec<Column> {
    let zone = &desk.words.zone;
    let today = calendar::day_of(desk.now, zone);
    let monday = calendar::monday(day);
    let column = |offset: i64| {
        let day = calendar::plus(monday, offset);
        let name = desk.words.with(
            "console-weekday-day",
            &[
                ("weekday", weekday(desk, day).into()),
                ("day", i64::from(day.day()).into()),
                ("month", i64::from(day.month()).into()),
            ],
        );
        Column {
            name,
            from: calendar::begin(day, zone),
            to: calendar::begin(calendar::plus(day, 1), zone),
            drop: ("day", calendar::day_text(day)),
            today: day == today,
        }
    };
    (0..7).map(column).collect()
}

fn hours(desk: &Desk<'_>, day: NaiveDate) -> Vec<Column> {
    let words = &desk.words;
    let (begin, end) = (calendar::begin(day, &words.zone), calendar::begin(calendar::plus(day, 1), &words.zone));
    let at =
        |hour: u32| day.and_hms_opt(hour, 0, 0).and_then(|time| calendar::moment(time, &words.zone)).unwrap_or(begin);
    let spans = SPANS.iter().enumerate().map(|(index, hour)| {
        let next = SPANS.get(index.saturating_add(1));
        let (shown_from, shown_to) = (at(*hour), next.map_or_else(|| at(20), |hour| at(*hour)));
        let time = |moment| words.texts.time(moment, &words.zone);
        Column {
            name: words.texts.span(&time(shown_from), &time(shown_to)),
            from: if index == 0 { begin } else { shown_from },
            to: if next.is_none() { end } else { shown_to },
            drop: ("from", calendar::field(shown_from, &words.zone)),
            today: false,
        }
    });
    spans.collect()
}

/// The visits of the span that the filters and the reader's rights let through.
fn visits(desk: &Desk<'_>, read: &Read<'_>, filter: &Filter, from: i64, to: i64) -> Result<Vec<(Row, Visit)>, Trouble> {
    let seen = desk.person()?;
    let mut visits = read.visits_between(from, to, MOST_VISITS)?;
    if !seen.is_office() {
        visits.retain(|(_, visit)| visit.has(seen.id));
    }
    if filter.narrows() {
        // People and branches choose rows of the plan, not jobs.
        let wanted = crate::store::JobFilter { person: None, branch: None, ..filter.jobs(Vec::new()) };
        let among: Vec<Id> = visits.iter().map(|(_, visit)| visit.job).collect();
        let list = List { among: Some(&among), ..wanted.list(among.len()) };
        let jobs: BTreeSet<Id> = read.listed(&list)?.into_iter().map(|place| place.id).collect();
        visits.retain(|(_, visit)| jobs.contains(&visit.job));
    }
    Ok(visits)
}

/// Whose rows are drawn: people of the field, and whoever has a visit in the span.
fn rows(
    desk: &Desk<'_>,
    people: &People,
    filter: &Filter,
    busy: &BTreeMap<Id, Vec<&(Row, Visit)>>,
) -> Result<Vec<(Id, String)>, Trouble> {
    let seen = desk.person()?;
    if !seen.is_office() {
        return Ok(vec![(seen.id, seen.name.clone())]);
    }
    let mut found: Vec<(Id, String)> =
        people.with(is_field).into_iter().map(|(id, person)| (id, person.name.clone())).collect();
    let others: Vec<Id> = busy.keys().copied().filter(|id| !found.iter().any(|(known, _)| known == id)).collect();
    found.extend(others.into_iter().map(|id| (id, people.name(id))));
    found.retain(|(id, _)| filter.wants_person(*id, people.get(*id)));
    Ok(found)
}

/// A job with its visit, where it has one without an appointment.
type Open = (Row, Job, Option<Row>);

/// Jobs for which no appointment is agreed: nobody planned, or a visit without a window.
fn without_appointment(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    filter: &Filter,
) -> Result<(Vec<Open>, bool), Trouble> {
    let seen = desk.person()?;
    let mut wanted = filter.jobs(Vec::new());
    // A job that nobody is planned for belongs to no person and no branch yet.
    (wanted.person, wanted.branch) = (None, None);
    if !seen.is_office() {
        wanted.person = Some(seen.id);
    }
    let mut found = Vec::new();
    let mut list = wanted.list(LOOKED_AT);
    list.filters.push(StoreFilter::Is { field: "unplanned".to_owned(), key: "1".to_owned() });
    while found.len() <= MOST_OPEN {
        let places = read.listed(&list)?;
        list.after = places.last().cloned();
        for place in &places {
            let Some((row, job)) = read.get::<Job>(place.id)? else { continue };
            let visits = read.children_of::<Visit>(row.id)?;
            let planned = current_visit(&visits).filter(|(_, visit)| visit.state == VisitState::Planned);
            if planned.is_none_or(|(_, visit)| filter.wants_person(visit.lead, people.get(visit.lead))) {
                let planned = planned.map(|(row, _)| row.clone());
                found.push((row, job, planned));
            }
            if found.len() > MOST_OPEN {
                break;
            }
        }
        if places.len() < LOOKED_AT {
            break;
        }
    }
    let more = found.len() > MOST_OPEN;
    found.truncate(MOST_OPEN);
    Ok((found, more))
}

/// Draws visits, each job's live chips once.
struct Draw<'a, 'b> {
    desk: &'a Desk<'a>,
    people: &'a People,
    names: &'b mut Names<'a>,
    back: String,
    live: BTreeSet<Id>,
}

impl Draw<'_, '_> {
    fn cells(&mut self, person: Id, own: &[&(Row, Visit)], columns: &[Column]) -> Result<Vec<Cell>, Trouble> {
        let mut cells = Vec::with_capacity(columns.len());
        for column in columns {
            let mut visits = Vec::new();
            for (row, visit) in own.iter().copied() {
                let Some(window) = visit.window.filter(|window| (column.from..column.to).contains(&window.from)) else {
                    continue;
                };
                let others = own.iter().filter(|(other, _)| other.id != row.id);
                let overlaps = others.filter_map(|(_, visit)| visit.window).any(|other| overlap(&window, &other));
                visits.extend(self.visit(row, visit, &window, overlaps)?);
            }
            let lead = person.to_string();
            let drop = address("", &[("lead", &lead), (column.drop.0, &column.drop.1)]);
            cells.push(Cell { label: column.name.clone(), drop: drop.trim_start_matches('?').to_owned(), visits });
        }
        Ok(cells)
    }

    fn visit(&mut self, row: &Row, visit: &Visit, window: &Window, overlaps: bool) -> Result<Option<Planned>, Trouble> {
        let Some((_, job)) = self.names.read.get::<Job>(visit.job)? else { return Ok(None) };
        let mut card = board::card(self.names, self.people, visit.job, &job)?;
        card.lead = self.people.name(visit.lead);
        if overlaps {
            let word = self.desk.words.t("console-overlaps");
            card.chips.push(Chip { class: "attention", icon: "warn", word });
        }
        let time = |moment| self.desk.words.texts.time(moment, &self.desk.words.zone);
        let (from, to) = (time(window.from), time(window.to));
        Ok(Some(Planned {
            time: self.desk.words.texts.span(&from, &to),
            moves: self.moves(row.id, visit),
            live: self.live.insert(visit.job),
            job: card,
        }))
    }

    /// Where moving a visit is asked: it must not have begun, and the reader must be allowed to.
    fn moves(&self, id: Id, visit: &Visit) -> String {
        let may = self.desk.may("visit.reassign") || self.desk.may("visit.appoint");
        match visit.state == VisitState::Planned && may {
            true => address(&format!("/visits/{id}/move"), &[("back", &self.back)]),
            false => String::new(),
        }
    }

    fn open(&mut self, row: &Row, job: &Job, visit: Option<&Row>) -> Result<Planned, Trouble> {
        let card = board::card(self.names, self.people, row.id, job)?;
        let typed = visit.and_then(|row| Visit::of(row).map(|visit| (row.id, visit)));
        let moves = match typed {
            Some((id, visit)) => self.moves(id, &visit),
            None if self.desk.may("visit.plan") && self.desk.person()?.is_office() => {
                address(&format!("/jobs/{}", row.id), &[("plan", "1"), ("back", &self.back)])
            }
            None => String::new(),
        };
        Ok(Planned { time: String::new(), moves, live: self.live.insert(row.id), job: card })
    }
}

fn overlap(one: &Window, other: &Window) -> bool {
    one.from < other.to && other.from < one.to
}
