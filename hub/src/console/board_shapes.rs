//! The board's views over jobs: columns by state, lanes by person, a table. Each goes on by key, so that whoever looks
//! reaches every job; the columns stand together with their first jobs, and each opens alone.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use countersign_model::Id;
use countersign_model::words::key_of;

use super::board::{Card, PAGE, card};
use super::board_filter::{self, Filter};
use super::desk::Desk;
use super::fields::Asked;
use super::names::Names;
use super::trouble::Trouble;
use super::visible::People;
use super::words::Words;
use crate::store::{JobFilter, List, Place, Read};

/// Jobs of one column where all columns stand together.
const FEW: usize = 12;
/// Jobs of a column that are looked at together with its first ones: to count them costs less than to ask again.
const LOOK: usize = 1_000;
/// Counting ends here.
const MOST_COUNTED: usize = 100_000;

/// By what the table is sorted: its word in the address, the head's text, the field of the list.
const SORTS: &[(&str, &str, &str)] = &[
    ("job", "word-job", "number"),
    ("customer", "word-customer", "customer.name"),
    ("site", "word-site", "site.name"),
    ("machine", "word-machine", "serial"),
    ("state", "console-state", "state"),
    ("visit", "console-next-visit", "window"),
    ("lead", "console-lead", "lead.name"),
];

/// A column of the board, or the jobs of one person.
pub(crate) struct Lane {
    pub title: String,
    /// How many jobs it has; empty where only those of the page are known.
    pub count: String,
    pub jobs: Vec<Card>,
    /// Where the others are, and how many; empty where all are shown.
    pub more: String,
    pub more_label: String,
}

/// A head of the table, with the address that sorts by it.
pub(crate) struct Head {
    pub label: String,
    pub link: String,
    /// `ascending`, `descending` or empty.
    pub sorted: &'static str,
}

/// The table.
pub(crate) struct Table {
    pub title: String,
    pub heads: Vec<Head>,
    pub jobs: Vec<Card>,
}

/// Where the address goes on.
pub(super) fn place_of(asked: &Asked) -> Option<Place> {
    let id = asked.query.id("after")?;
    // As it is: keys may begin or end with a space.
    let key = asked.query.0.iter().find(|(name, _)| name == "after_key").map(|(_, key)| key.clone());
    Some(Place { key: key.unwrap_or_default(), id })
}

/// Finds jobs under the filters of the board, within what the reader may see.
pub(super) struct Finder<'a> {
    read: &'a Read<'a>,
    words: &'a Words,
    people: &'a People,
    names: Names<'a>,
    filter: &'a Filter,
    wanted: JobFilter<'a>,
    after: Option<Place>,
}

impl<'a> Finder<'a> {
    pub fn new(
        desk: &'a Desk<'_>,
        read: &'a Read<'a>,
        people: &'a People,
        filter: &'a Filter,
        after: Option<Place>,
    ) -> Result<Finder<'a>, Trouble> {
        let seen = desk.person()?;
        let mut wanted = filter.jobs(board_filter::open_states());
        if !seen.is_office() {
            // People of the field see the jobs that they are on, whatever the address asks for.
            wanted.person = Some(seen.id);
        }
        let words = &desk.words;
        Ok(Finder { read, words, people, names: Names::new(read, words), filter, wanted, after })
    }

    /// A page of cards, the place of its last one where there are more, and how many jobs were seen, looking so far.
    fn cards(&mut self, list: &List<'_>, look: usize) -> Result<(Vec<Card>, Option<Place>, usize), Trouble> {
        let limit = list.limit.max(look).saturating_add(1);
        let places = self.read.listed(&List { limit, ..list.clone() })?;
        let seen = places.len();
        let (cards, place) = self.drawn(places, list.limit)?;
        Ok((cards, place, seen))
    }

    /// The cards of the first of these places, and the place of the last card where there are more.
    fn drawn(&mut self, mut places: Vec<Place>, limit: usize) -> Result<(Vec<Card>, Option<Place>), Trouble> {
        let has_more = places.len() > limit;
        places.truncate(limit);
        let mut cards = Vec::with_capacity(places.len());
        for place in &places {
            if let Some((_, job)) = self.read.get(place.id)? {
                cards.push(card(&mut self.names, self.people, place.id, &job)?);
            }
        }
        Ok((cards, places.pop().filter(|_| has_more)))
    }

    fn next(&self, place: Option<Place>) -> String {
        place.map(|place| self.filter.address_after(&place)).unwrap_or_default()
    }

    /// Whether words are searched, which takes longer than all the rest of a page.
    fn searches(&self) -> bool {
        !self.wanted.text.trim().is_empty() || !self.wanted.customer_name.is_empty()
    }

    /// The jobs of each column in the board's order, where words are searched: columns that each searched them again, or
    /// read the order again, would take as many times as long. `None` where none are.
    fn found(&self, lanes: &[(&str, Vec<&str>)]) -> Result<Option<Vec<Vec<Place>>>, Trouble> {
        if !self.searches() {
            return Ok(None);
        }
        let states = lanes.iter().flat_map(|(_, states)| states).copied().collect();
        let lane_of: BTreeMap<String, usize> = lanes
            .iter()
            .enumerate()
            .flat_map(|(lane, (_, states))| states.iter().map(move |s| (key_of(s), lane)))
            .collect();
        let wanted = JobFilter { states, ..self.wanted.clone() };
        let hits = self.read.listed(&List { sort: "state", ..wanted.list(MOST_COUNTED) })?;
        let ids: Vec<Id> = hits.iter().map(|hit| hit.id).collect();
        let lane_by_job: HashMap<Id, usize> =
            hits.iter().filter_map(|hit| Some((hit.id, *lane_of.get(&hit.key)?))).collect();
        let everything = List { among: Some(&ids), filters: Vec::new(), words: "", ..wanted.list(MOST_COUNTED) };
        let mut found = vec![Vec::new(); lanes.len()];
        for place in self.read.listed(&everything)? {
            if let Some(column) = lane_by_job.get(&place.id).and_then(|lane| found.get_mut(*lane)) {
                column.push(place);
            }
        }
        Ok(Some(found))
    }

    /// The first jobs of a column, the place of the last of them where there are more, and how many the column has.
    fn column(&mut self, states: Vec<&str>, alone: bool) -> Result<(Vec<Card>, Option<Place>, usize), Trouble> {
        let wanted = JobFilter { states, ..self.wanted.clone() };
        let limit = if alone { PAGE } else { FEW };
        let list = List { after: self.after.clone().filter(|_| alone), ..wanted.list(limit) };
        let (jobs, place, seen) = self.cards(&list, LOOK)?;
        // A column whose end was seen is counted already.
        let is_counted = seen <= LOOK.max(limit) && list.after.is_none();
        let count = if is_counted { seen } else { self.read.count_listed(&list, MOST_COUNTED)? };
        Ok((jobs, place, count))
    }

    /// Columns by state, and the address of the next page of a column that stands alone. None where no job fits.
    pub fn by_state(&mut self) -> Result<(Vec<Lane>, String), Trouble> {
        let mut lanes = Vec::new();
        let mut next = None;
        let alone = !self.filter.get("lane").is_empty();
        let columns = self.filter.lanes();
        let mut found = if alone { None } else { self.found(&columns)? }.map(Vec::into_iter);
        for (word, states) in columns {
            let (jobs, place, count) = match found.as_mut().map(|found| found.next().unwrap_or_default()) {
                Some(places) => {
                    let count = places.len();
                    let (jobs, place) = self.drawn(places, FEW)?;
                    (jobs, place, count)
                }
                None => self.column(states, alone)?,
            };
            let hidden = if alone || place.is_none() { 0 } else { count.saturating_sub(jobs.len()) };
            next = if alone { place } else { None };
            lanes.push(Lane {
                title: self.words.t(&format!("console-lane-{word}")),
                count: self.words.texts.number(&count.to_string()),
                jobs,
                more: if hidden == 0 { String::new() } else { self.filter.address_with(&[("lane", word)]) },
                more_label: self.words.count("console-lane-more", hidden),
            });
        }
        if lanes.iter().all(|lane| lane.jobs.is_empty()) {
            lanes.clear();
        }
        Ok((lanes, self.next(next)))
    }

    /// A page of jobs, person by person; those that nobody is planned for come first.
    pub fn by_person(&mut self) -> Result<(Vec<Lane>, String), Trouble> {
        let wanted = self.wanted.clone();
        let list = List { sort: "lead.name", after: self.after.clone(), ..wanted.list(PAGE) };
        let (cards, place, _) = self.cards(&list, 0)?;
        let mut lanes: Vec<Lane> = Vec::new();
        let mut before = None;
        for card in cards {
            let lead = card.people.first().copied();
            match lanes.last_mut().filter(|_| before == Some(lead)) {
                Some(lane) => lane.jobs.push(card),
                None => lanes.push(Lane {
                    title: lead.map_or_else(|| self.words.t("console-nobody-planned"), |lead| self.people.name(lead)),
                    count: String::new(),
                    jobs: vec![card],
                    more: String::new(),
                    more_label: String::new(),
                }),
            }
            before = Some(lead);
        }
        Ok((lanes, self.next(place)))
    }

    /// How many jobs a list has, its page, and the place of the last one where there are more.
    fn counted_page(&mut self, list: &List<'_>) -> Result<(usize, Vec<Card>, Option<Place>), Trouble> {
        if !self.searches() {
            let count = self.read.count_listed(list, MOST_COUNTED)?;
            let (jobs, place, _) = self.cards(list, 0)?;
            return Ok((count, jobs, place));
        }
        // One search counts and lists: the page is cut out of all that was found.
        let mut places = self.read.listed(&List { after: None, limit: MOST_COUNTED, ..list.clone() })?;
        let count = places.len();
        if let Some(after) = &list.after {
            let seen = |place: &Place| (&place.key, place.id).cmp(&(&after.key, after.id));
            let is_before = if list.descending { Ordering::is_ge } else { Ordering::is_le };
            places.drain(..places.partition_point(|place| is_before(seen(place))));
        }
        let (jobs, place) = self.drawn(places, list.limit)?;
        Ok((count, jobs, place))
    }

    /// A page of the table.
    pub fn as_table(&mut self) -> Result<(Table, String), Trouble> {
        let sort = SORTS.iter().find(|(word, ..)| *word == self.filter.get("sort"));
        let descending = self.filter.get("dir") == "desc";
        let wanted = self.wanted.clone();
        let list = List {
            sort: sort.map_or("board", |(_, _, field)| field),
            descending: sort.is_some() && descending,
            after: self.after.clone(),
            ..wanted.list(PAGE)
        };
        let (count, jobs, place) = self.counted_page(&list)?;
        let heads = SORTS.iter().map(|(word, label, _)| {
            let here = sort.is_some_and(|(sorted, ..)| sorted == word);
            let turned = if here && !descending { "desc" } else { "" };
            Head {
                label: self.words.t(label),
                link: self.filter.address_with(&[("sort", word), ("dir", turned)]),
                sorted: match (here, descending) {
                    (false, _) => "",
                    (true, false) => "ascending",
                    (true, true) => "descending",
                },
            }
        });
        let table = Table { title: self.words.count("console-jobs-shown", count), heads: heads.collect(), jobs };
        Ok((table, self.next(place)))
    }
}
