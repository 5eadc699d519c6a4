//! What a person should look at, sort by sort: refused work, what is held back, conflicts, flags, what waits, silent
//! devices, files that are still missing. Each item says what happened, to which job, and what can be done.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::Id;
use countersign_model::entity::{Entity, Flag, Job, Request};
use countersign_model::record::{Scope, kind};

use super::attention_items::{self as items, Item};
use super::desk::{Desk, Outcome, drawn_as};
use super::fields::{Asked, address};
use super::held_back;
use super::page::Page;
use super::requests;
use super::server_state;
use super::trouble::{Problem, Trouble};
use super::visible::People;
use super::words::Words;
use crate::store::{AttentionCounts, EntryState, Read};

/// Items of one sort on its own page.
const PAGE: usize = 50;
/// Items of each sort where all sorts stand together.
const FEW: usize = 10;
/// A device that was not heard of for so long is silent, milliseconds: a week, as long as a stay without network that
/// nobody announced.
const SILENT: i64 = 7 * 24 * 60 * 60 * 1000;

/// The sorts in the order of the page: what blocks work comes first.
const SORTS: &[&str] = &[
    "device",
    "refused",
    "quarantine",
    "conflict",
    "request",
    "flag",
    "webhook",
    "media",
    "silent",
    "waiting",
    "parked",
];

/// A sort in the row of sorts.
struct Tab {
    address: String,
    label: String,
    count: usize,
    here: bool,
}

/// The items of one sort, with the way to the others.
struct Group {
    title: String,
    lead: String,
    items: Vec<Item>,
    more: String,
    more_label: String,
}

#[derive(Template)]
#[template(path = "attention.html")]
struct AttentionPage {
    page: Page,
    problem: Option<Problem>,
    /// What the office server's machine asks of a person.
    notices: Vec<String>,
    /// The sort that is shown alone; its forms lead back to it.
    chosen: &'static str,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
}

/// `GET /attention?sort=…&after=…`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

fn of_sort(counts: &AttentionCounts, sort: &str) -> usize {
    match sort {
        "device" => counts.devices,
        "refused" => counts.refused,
        "quarantine" => counts.quarantined,
        "conflict" => counts.conflicts,
        "request" => counts.requests,
        "flag" => counts.flags,
        "webhook" => counts.webhooks,
        "media" => counts.media,
        "silent" => counts.silent,
        "waiting" => counts.waiting,
        "parked" => counts.parked,
        _ => 0,
    }
}

/// The page, with what was refused.
pub(super) fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let people = People::load(read)?;
        let counts = read.attention_counts(desk.now.saturating_sub(SILENT))?;
        let wanted = if asked.form.get("sort").is_empty() { asked.query.get("sort") } else { asked.form.get("sort") };
        let chosen = SORTS.iter().copied().find(|sort| *sort == wanted);
        let mut groups = Vec::new();
        for sort in SORTS.iter().copied().filter(|sort| chosen.is_none_or(|chosen| chosen == *sort)) {
            if of_sort(&counts, sort) == 0 {
                continue;
            }
            let limit = if chosen.is_some() { PAGE } else { FEW };
            let after = if chosen.is_some() { asked.query.get("after") } else { "" };
            let mut items = Vec::new();
            if sort == "quarantine" && after.is_empty() {
                for (device, count) in read.devices_held_back(limit)? {
                    items.push(held_back::of_device(desk, read, &people, device, count)?);
                }
            }
            let (page, next) = page_of(desk, read, &people, sort, after, limit)?;
            items.extend(page);
            let (more, more_label) = match (chosen, next.as_str()) {
                (_, "") => Default::default(),
                (Some(_), after) => {
                    (address("/attention", &[("sort", sort), ("after", after)]), words.t("console-next-page"))
                }
                (None, _) => (
                    address("/attention", &[("sort", sort)]),
                    words.count("console-attention-all-of-them", of_sort(&counts, sort)),
                ),
            };
            groups.push(Group {
                title: words.t(&format!("console-sort-{sort}")),
                lead: words.t(&format!("console-sort-{sort}-lead")),
                items,
                more,
                more_label,
            });
        }
        let shown = AttentionPage {
            page: desk.page(read, words.t("console-attention"), "/attention", asked)?,
            problem,
            notices: server_state::notices(desk)?,
            chosen: chosen.unwrap_or_default(),
            tabs: tabs(words, &counts, chosen),
            groups,
        };
        drawn_as(status, &shown)
    })
}

fn tabs(words: &Words, counts: &AttentionCounts, chosen: Option<&str>) -> Vec<Tab> {
    let all = Tab {
        address: "/attention".to_owned(),
        label: words.t("console-sort-all"),
        count: SORTS.iter().map(|sort| of_sort(counts, sort)).sum(),
        here: chosen.is_none(),
    };
    let tab = |sort: &&str| Tab {
        address: address("/attention", &[("sort", sort)]),
        label: words.t(&format!("console-sort-{sort}")),
        count: of_sort(counts, sort),
        here: chosen == Some(*sort),
    };
    let filled = SORTS.iter().filter(|sort| of_sort(counts, sort) > 0 || chosen == Some(**sort));
    std::iter::once(all).chain(filled.map(tab)).collect()
}

/// Some items of a sort, and the key after which the next ones stand; empty where there are none.
fn page_of(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    sort: &str,
    after: &str,
    limit: usize,
) -> Result<(Vec<Item>, String), Trouble> {
    let place = after.parse::<u64>().ok();
    let more = limit.saturating_add(1);
    let mut found: Vec<(String, Item)> = Vec::new();
    match sort {
        "refused" => {
            for entry in read.refused_before(place, more)? {
                found.push((entry.arrival.to_string(), items::refused(desk, read, people, &entry)?));
            }
        }
        "device" => {
            for device in read.unconfirmed_devices(after.parse().ok(), more)? {
                found.push((device.to_string(), items::device(desk, read, device)?));
            }
        }
        "quarantine" => {
            for entry in read.held_back(place.unwrap_or(0), more)? {
                found.push((entry.arrival.to_string(), held_back::quarantined(desk, read, people, &entry)?));
            }
        }
        "waiting" | "parked" => {
            let state = if sort == "waiting" { EntryState::Waiting } else { EntryState::Parked };
            for entry in read.entries_in(&state, place.unwrap_or(0), more)? {
                found.push((entry.arrival.to_string(), items::waiting(desk, read, people, &entry, sort)?));
            }
        }
        "conflict" | "flag" => {
            for row in read.flags_before(sort == "conflict", after.parse::<Id>().ok(), more)? {
                if let Some(flag) = Flag::of(&row) {
                    found.push((row.id.to_string(), items::flag(desk, read, people, &row, &flag)?));
                }
            }
        }
        "request" => {
            for row in read.open_requests_before(after.parse::<Id>().ok(), more)? {
                if let Some(request) = Request::of(&row) {
                    found.push((row.id.to_string(), requests::item(desk, read, people, &row, &request)?));
                }
            }
        }
        "webhook" => {
            // There are at most twenty endpoints: they have no pages.
            for endpoint in read.webhook_endpoints_failed()? {
                found.push((endpoint.id.to_string(), items::webhook(desk, &endpoint)));
            }
        }
        "silent" => {
            let (time, id) = after.split_once('.').unwrap_or_default();
            let after = (time.parse().unwrap_or(i64::MIN), id.parse().unwrap_or_default());
            for (device, seen) in read.silent_devices(desk.now.saturating_sub(SILENT), after, more)? {
                found.push((format!("{seen}.{device}"), items::silent(desk, read, people, device, seen)?));
            }
        }
        _ => {
            for (scope, count) in read.jobs_without_media(after, more)? {
                found.push((scope.0.clone(), items::media(desk, read, people, &scope, count)?));
            }
        }
    }
    let has_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| has_more).map(|(key, _)| key.clone()).unwrap_or_default();
    Ok((found.into_iter().map(|(_, item)| item).collect(), next))
}

/// The open flags of a job, as sentences.
pub(crate) fn flag_sentences(read: &Read<'_>, words: &Words, people: &People, job: Id) -> Result<Vec<String>, Trouble> {
    let rows = read.scope_of_kind(&Scope::job(job), kind::FLAG)?;
    let open = rows.iter().filter_map(Flag::of).filter(|flag| flag.open);
    Ok(open.map(|flag| flag_sentence(words, people, &flag)).collect())
}

/// What a flag says, with the facts that it carries.
pub(super) fn flag_sentence(words: &Words, people: &People, flag: &Flag) -> String {
    let what = words.texts.word("flag", flag.code.as_str());
    let facts: Vec<String> = flag.facts.values().map(|value| readable(words, people, value)).collect();
    match facts.is_empty() {
        true => what,
        false => words.with("console-flag-with-facts", &[("what", what.into()), ("facts", facts.join(" · ").into())]),
    }
}

/// Ids of people as names; command types as their words.
pub(super) fn readable(words: &Words, people: &People, value: &str) -> String {
    if let Ok(id) = value.parse::<Id>() {
        return people.name(id);
    }
    let key = format!("console-event-{}", value.replace('.', "-"));
    if words.texts.has(&key) { words.count(&key, 1) } else { value.to_owned() }
}

/// The address and name of the job of a scope.
pub(super) fn job_of(read: &Read<'_>, scope: &Scope) -> Result<(String, String), Trouble> {
    let Some(id) = scope.id().filter(|_| scope.is_job()) else { return Ok(Default::default()) };
    let number = read.get::<Job>(id)?.map(|(_, job)| job.number).unwrap_or_default();
    Ok((format!("/jobs/{id}"), number))
}

pub(super) fn with_job(words: &Words, number: &str) -> Vec<String> {
    if number.is_empty() { Vec::new() } else { vec![words.of("console-about-job", "number", number)] }
}
