//! The board's filters: all of them stand in the address, so that a view can be kept, shared and gone back to.

use chrono::NaiveDate;
use countersign_model::Id;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Branch, Customer, Entity, JobState, Machine, MachineState, Person, Priority};
use countersign_model::record::kind;

use super::calendar;
use super::desk::Desk;
use super::fields::{Fields, address};
use super::trouble::Trouble;
use super::visible::People;
use super::words::{Choice, Words, choices};
use crate::store::{Direction, JobFilter, Place, Read};

/// Ways to arrange the board.
const VIEWS: &[&str] = &["state", "week", "day", "person", "list"];

/// The names of the filters in the address, in the order in which they are written.
const NAMES: &[&str] = &[
    "view",
    "day",
    "state",
    "person",
    "branch",
    "machine",
    "priority",
    "class",
    "customer",
    "q",
    "of_machine",
    "of_customer",
    "lane",
    "sort",
    "dir",
];

/// A column: its word in the address and in the texts, and the states in it.
type Column = (&'static str, &'static [JobState]);

/// The columns of the board.
const LANES: &[Column] = &[
    ("new", &[JobState::New]),
    ("planned", &[JobState::Planned]),
    ("field", &[JobState::Travelling, JobState::OnSite]),
    ("waiting", &[JobState::Waiting]),
    ("review", &[JobState::Signed, JobState::Submitted, JobState::CompletedAfterCancel]),
    ("returned", &[JobState::Returned]),
];
/// The column of what is over, seen when asked for.
const OVER: Column = ("over", &[JobState::Approved, JobState::Cancelled]);
/// The word of the column for states of a newer program.
const OTHER: &str = "other";

/// The states that the board shows where no filter names one.
pub(super) fn open_states() -> Vec<&'static str> {
    states_of(LANES.iter())
}

fn states_of<'a>(columns: impl Iterator<Item = &'a Column>) -> Vec<&'static str> {
    columns.flat_map(|(_, states)| states.iter()).map(JobState::as_str).collect()
}

/// What the address asks the board for.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    fields: Fields,
    /// How the board is arranged.
    pub view: &'static str,
    /// The day that the day view shows, or that is in the week that the week view shows.
    pub day: NaiveDate,
}

impl Filter {
    /// Reads the address; `today` is the day in the company's zone.
    pub fn of(query: &Fields, today: NaiveDate) -> Filter {
        let view = VIEWS.iter().find(|view| **view == query.get("view")).unwrap_or(&"state");
        let day = calendar::parse_day(query.get("day")).unwrap_or(today);
        Filter { fields: query.clone(), view, day }
    }

    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    pub fn id(&self, name: &str) -> Option<Id> {
        self.fields.id(name)
    }

    /// The address with some fields changed; the others stay.
    pub fn address_with(&self, changes: &[(&str, &str)]) -> String {
        let value = |name: &str| {
            let changed = changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
            changed.unwrap_or_else(|| self.get(name)).to_owned()
        };
        let fields: Vec<(&str, String)> = NAMES.iter().map(|name| (*name, value(name))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        address("/board", &fields)
    }

    /// The address of this very view.
    pub fn address(&self) -> String {
        self.address_with(&[])
    }

    /// The address of the page behind a job.
    pub fn address_after(&self, place: &Place) -> String {
        let id = place.id.to_string();
        let mut fields: Vec<(&str, &str)> = NAMES.iter().map(|name| (*name, self.get(name))).collect();
        fields.extend([("after_key", place.key.as_str()), ("after", id.as_str())]);
        address("/board", &fields)
    }

    /// Whether only jobs of one machine or customer are shown, whatever their state.
    fn of_one(&self) -> bool {
        self.id("of_machine").is_some() || self.id("of_customer").is_some()
    }

    /// The columns that the filter lets through, each with its states.
    pub fn lanes(&self) -> Vec<(&'static str, Vec<&str>)> {
        let (state, chosen) = (self.get("state"), self.get("lane"));
        let shown = |word: &str| chosen.is_empty() || chosen == word;
        let over = (self.of_one() || !state.is_empty() || chosen == OVER.0).then_some(&OVER);
        let mut lanes = Vec::new();
        for (word, states) in LANES.iter().chain(over).filter(|(word, _)| shown(word)) {
            let states: Vec<&str> =
                states.iter().map(JobState::as_str).filter(|known| state.is_empty() || *known == state).collect();
            if !states.is_empty() {
                lanes.push((*word, states));
            }
        }
        let known = states_of(LANES.iter().chain([&OVER]));
        if !state.is_empty() && !known.contains(&state) && shown(OTHER) {
            lanes.push((OTHER, vec![state]));
        }
        lanes
    }

    /// Whether anything narrows the board.
    pub fn narrows(&self) -> bool {
        NAMES
            .iter()
            .filter(|name| !matches!(**name, "view" | "day" | "lane" | "sort" | "dir"))
            .any(|name| !self.get(name).is_empty())
    }

    /// Whether somebody in this span of the company passes: the person and their branch.
    pub fn wants_person(&self, id: Id, person: Option<&Person>) -> bool {
        let own = self.id("person").is_none_or(|wanted| wanted == id);
        let branch = self.id("branch");
        own && (branch.is_none() || person.is_some_and(|person| person.branch == branch))
    }

    /// What the database is asked for; `states` where the address names none.
    pub fn jobs<'a>(&'a self, states: Vec<&'a str>) -> JobFilter<'a> {
        let lane = LANES.iter().chain([&OVER]).find(|(word, _)| *word == self.get("lane"));
        let states = match (self.get("state"), lane) {
            ("", Some(lane)) => states_of([lane].into_iter()),
            ("", None) if self.of_one() => Vec::new(),
            ("", None) => states,
            (word, _) => vec![word],
        };
        JobFilter {
            states,
            priority: self.get("priority"),
            class: self.get("class"),
            machine_state: self.get("machine"),
            customer: self.id("of_customer"),
            machine: self.id("of_machine"),
            person: self.id("person"),
            branch: self.id("branch"),
            customer_name: self.get("customer"),
            text: self.get("q"),
        }
    }
}

/// The filters as the page draws them.
pub(crate) struct Drawn {
    pub views: Vec<Choice>,
    pub view: &'static str,
    pub day: String,
    pub states: Vec<Choice>,
    pub people: Vec<Choice>,
    pub branches: Vec<Choice>,
    pub machine_states: Vec<Choice>,
    pub priorities: Vec<Choice>,
    pub classes: Vec<Choice>,
    pub customer: String,
    pub text: String,
    /// What is shown of one machine or customer only: the field, its id, the words and the address without it.
    pub only: Vec<(&'static str, String, String, String)>,
    /// What stays as it is when a filter changes.
    pub stays: Vec<(&'static str, String)>,
    pub narrows: bool,
    pub clear: String,
}

fn any_or<'a>(words: &Words, kind: &str, known: impl Iterator<Item = &'a str>, chosen: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("", words.t("console-any"), chosen)];
    all.extend(choices(words, kind, known, chosen));
    all
}

/// The filters with what can be chosen.
pub(crate) fn drawn(desk: &Desk<'_>, read: &Read<'_>, people: &People, filter: &Filter) -> Result<Drawn, Trouble> {
    let words = &desk.words;
    let office = desk.person()?.is_office();
    let mut persons = vec![Choice::new("", words.t("console-anybody"), filter.get("person"))];
    let field = people.with(super::board::is_field);
    persons.extend(field.into_iter().map(|(id, person)| Choice::new(id, person.name.clone(), filter.get("person"))));
    Ok(Drawn {
        views: VIEWS
            .iter()
            .map(|name| Choice::new(name, words.t(&format!("console-view-{name}")), filter.view))
            .collect(),
        view: filter.view,
        day: calendar::day_text(filter.day),
        states: any_or(words, "state", JobState::KNOWN.iter().map(JobState::as_str), filter.get("state")),
        people: if office { persons } else { Vec::new() },
        branches: if office { branches(words, read, filter.get("branch"))? } else { Vec::new() },
        machine_states: any_or(
            words,
            "machine",
            MachineState::KNOWN.iter().map(MachineState::as_str),
            filter.get("machine"),
        ),
        priorities: any_or(words, "priority", Priority::KNOWN.iter().map(Priority::as_str), filter.get("priority")),
        classes: any_or(words, "class", VoucherClass::KNOWN.iter().map(VoucherClass::as_str), filter.get("class")),
        customer: filter.get("customer").to_owned(),
        text: filter.get("q").to_owned(),
        only: only(words, read, filter)?,
        stays: ["sort", "dir"].map(|name| (name, filter.get(name).to_owned())).to_vec(),
        narrows: filter.narrows(),
        clear: address("/board", &[("view", filter.view), ("day", filter.get("day"))]),
    })
}

/// The branches; none where the company has only one place, which needs no filter.
fn branches(words: &Words, read: &Read<'_>, chosen: &str) -> Result<Vec<Choice>, Trouble> {
    let rows = read.list(kind::BRANCH, None, 1_000, Direction::Ascending)?;
    if rows.len() < 2 {
        return Ok(Vec::new());
    }
    let mut all = vec![Choice::new("", words.t("console-any"), chosen)];
    all.extend(rows.iter().filter_map(|row| Branch::of(row).map(|branch| Choice::new(row.id, branch.name, chosen))));
    Ok(all)
}

fn only(
    words: &Words,
    read: &Read<'_>,
    filter: &Filter,
) -> Result<Vec<(&'static str, String, String, String)>, Trouble> {
    let mut found = Vec::new();
    if let Some((word, _)) = LANES.iter().chain([&OVER]).find(|(word, _)| *word == filter.get("lane")) {
        let without = filter.address_with(&[("lane", "")]);
        found.push(("lane", (*word).to_owned(), words.t(&format!("console-lane-{word}")), without));
    }
    if let Some(id) = filter.id("of_machine") {
        let serial = read.get::<Machine>(id)?.map(|(_, machine)| machine.serial).unwrap_or_default();
        let sentence = words.of("console-only-machine", "serial", &serial);
        found.push(("of_machine", id.to_string(), sentence, filter.address_with(&[("of_machine", "")])));
    }
    if let Some(id) = filter.id("of_customer") {
        let name = read.get::<Customer>(id)?.map(|(_, customer)| customer.name).unwrap_or_default();
        let sentence = words.of("console-only-customer", "name", &name);
        found.push(("of_customer", id.to_string(), sentence, filter.address_with(&[("of_customer", "")])));
    }
    Ok(found)
}
