//! Search over everything: jobs, vouchers and signed documents by number or hash, calls, customers, sites, contacts,
//! machines by serial, parts, models, people. People of the field find their own jobs and parts only.

use std::collections::BTreeSet;

use askama::Template;
use countersign_model::entity::{Call, Contact, Document, Entity, Job, Machine, Site, Voucher, document_id};
use countersign_model::record::{Row, kind};
use countersign_model::{Digest, Id};

use super::desk::{Desk, Outcome, drawn};
use super::fields::{Asked, address};
use super::names::Names;
use super::page::{Page, Seen};
use super::trouble::Trouble;
use super::visible;
use crate::store::{Found, Read};

/// Hits of one sort where all sorts stand together.
const FEW: usize = 10;
/// Hits of one sort on its own page.
const PAGE: usize = 50;
/// Hits that are suggested while somebody types.
const SUGGESTED: usize = 8;
/// Fewest letters of a hash that name a document.
const SHORTEST_HASH: usize = 8;

/// The sorts in the order of the page: name in the address, text key, kinds of records.
const SORTS: &[(&str, &str, &[&str])] = &[
    ("jobs", "console-found-jobs", &[kind::JOB, kind::VOUCHER]),
    ("documents", "console-found-documents", &[]),
    ("calls", "console-calls", &[kind::CALL]),
    ("customers", "console-customers", &[kind::CUSTOMER, kind::CONTACT, kind::SITE]),
    ("machines", "console-machines", &[kind::MACHINE]),
    ("parts", "console-parts", &[kind::PART]),
    ("models", "console-found-models", &[kind::MODEL]),
    ("people", "console-people", &[kind::PERSON]),
];
/// Sorts that people of the field search.
const FIELD_SORTS: &[&str] = &["jobs", "parts"];

pub(crate) struct Hit {
    pub address: String,
    pub title: String,
    pub detail: String,
    pub archived: bool,
}

/// The hits of one sort.
pub(crate) struct Group {
    pub title: String,
    pub hits: Vec<Hit>,
    /// Where more of this sort stand; empty where these are all.
    pub more: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    page: Page,
    groups: Vec<Group>,
    all: String,
    text: String,
}

#[derive(Template)]
#[template(path = "suggestions.html")]
struct Suggestions {
    page: Page,
    groups: Vec<Group>,
    all: String,
}

/// `GET /search?q=…&sort=…&after=…`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let text = asked.query.get("q");
    let words = &desk.words;
    desk.read(|read| {
        let sort = SORTS.iter().find(|(name, ..)| *name == asked.query.get("sort"));
        let groups = match sort {
            Some(sort) => groups(desk, read, text, &[*sort], asked.query.get("after"), PAGE)?,
            None => groups(desk, read, text, SORTS, "", FEW)?,
        };
        drawn(&Search {
            page: desk.page(read, words.of("console-search-title", "text", text), "/search", asked)?,
            groups,
            all: if sort.is_some() { address("/search", &[("q", text)]) } else { String::new() },
            text: text.to_owned(),
        })
    })
}

/// `GET /search/suggestions?q=…`: the first hits of each sort, under the search field.
pub(crate) fn suggest(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let text = asked.query.get("q");
    desk.read(|read| {
        let mut groups = match text.chars().count() {
            0 => Vec::new(),
            // A single letter finds half of everything; a single Chinese character says something.
            1 if text.is_ascii() => Vec::new(),
            _ => groups(desk, read, text, SORTS, "", 3)?,
        };
        let mut left = SUGGESTED;
        for group in &mut groups {
            group.hits.truncate(left);
            left = left.saturating_sub(group.hits.len());
        }
        groups.retain(|group| !group.hits.is_empty());
        let page = desk.bare(String::new(), &asked.address);
        drawn(&Suggestions { page, groups, all: address("/search", &[("q", text)]) })
    })
}

fn groups(
    desk: &Desk<'_>,
    read: &Read<'_>,
    text: &str,
    sorts: &[(&str, &str, &[&str])],
    after: &str,
    limit: usize,
) -> Result<Vec<Group>, Trouble> {
    let seen = desk.person()?;
    let mut names = Names::new(read, &desk.words);
    let mut groups = Vec::new();
    for (name, title, kinds) in sorts {
        if text.is_empty() || (!seen.is_office() && !FIELD_SORTS.contains(name)) {
            continue;
        }
        let (hits, next) = match *name {
            "documents" => (documents(read, &mut names, text, limit)?, String::new()),
            "jobs" if !seen.is_office() => (own_jobs(&mut names, seen, text, limit)?, String::new()),
            "jobs" => jobs(&mut names, text, kinds, after, limit)?,
            _ => records(&mut names, text, kinds, after, limit)?,
        };
        let more = match next.as_str() {
            "" => String::new(),
            after => {
                // From the page of all sorts one comes to the first page of the sort.
                let after = if sorts.len() > 1 { "" } else { after };
                address("/search", &[("q", text), ("sort", name), ("after", after)])
            }
        };
        if !hits.is_empty() {
            groups.push(Group { title: desk.words.t(title), hits, more });
        }
    }
    Ok(groups)
}

/// Hits of these kinds and the place behind them, where there are more.
fn found(
    read: &Read<'_>,
    text: &str,
    kinds: &[&str],
    after: &str,
    limit: usize,
) -> Result<(Vec<Found>, String), Trouble> {
    let mut found = read.search(text, kinds, after.parse().ok(), limit.saturating_add(1))?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| has_more).map(|hit| hit.place.to_string()).unwrap_or_default();
    Ok((found, next))
}

fn records(
    names: &mut Names<'_>,
    text: &str,
    kinds: &[&str],
    after: &str,
    limit: usize,
) -> Result<(Vec<Hit>, String), Trouble> {
    let (found, next) = found(names.read, text, kinds, after, limit)?;
    let mut hits = Vec::with_capacity(found.len());
    for hit in found {
        let (address, title, detail) = described(names, &hit)?;
        hits.push(Hit { address, title, detail, archived: hit.archived });
    }
    Ok((hits, next))
}

/// Where a hit leads, what it is called, and what stands beside it.
fn described(names: &mut Names<'_>, hit: &Found) -> Result<(String, String, String), Trouble> {
    let id = hit.record.id;
    let read = names.read;
    Ok(match hit.record.kind.as_str() {
        kind::CALL => {
            let call = read.get::<Call>(id)?.map(|(_, call)| call);
            let customer = names.customer(call.as_ref().and_then(|call| call.customer))?;
            (format!("/calls/{id}"), format!("{} · {customer}", hit.title), hit.text.clone())
        }
        kind::CUSTOMER => (format!("/customers/{id}"), hit.title.clone(), hit.text.clone()),
        kind::CONTACT => {
            let customer = read.get::<Contact>(id)?.map(|(_, contact)| contact.customer);
            (format!("/contacts/{id}"), format!("{} · {}", hit.title, names.customer(customer)?), hit.text.clone())
        }
        kind::SITE => {
            let customer = read.get::<Site>(id)?.map(|(_, site)| site.customer);
            (format!("/sites/{id}"), format!("{} · {}", hit.title, names.customer(customer)?), hit.text.clone())
        }
        kind::MACHINE => {
            let customer = read.get::<Machine>(id)?.map(|(_, machine)| machine.customer);
            let detail = [names.customer(customer)?, hit.text.clone()];
            (format!("/machines/{id}"), names.machine(Some(id), &hit.title)?, joined(&detail))
        }
        kind::PART => (format!("/parts/{id}"), hit.title.clone(), part_name(names, id, &hit.text)?),
        kind::MODEL => (format!("/models/{id}"), names.model(id)?, hit.text.clone()),
        kind::PERSON => (format!("/people/{id}"), hit.title.clone(), hit.text.clone()),
        _ => (String::new(), hit.title.clone(), hit.text.clone()),
    })
}

/// A part's name in the reader's language.
fn part_name(names: &Names<'_>, id: Id, other: &str) -> Result<String, Trouble> {
    let part = names.read.get::<countersign_model::entity::Part>(id)?;
    Ok(part.map_or_else(|| other.to_owned(), |(_, part)| part.name.get(names.words.language()).to_owned()))
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}

/// Jobs by their own words, by the number of a voucher, by the machine and by the customer.
fn jobs(
    names: &mut Names<'_>,
    text: &str,
    kinds: &[&str],
    after: &str,
    limit: usize,
) -> Result<(Vec<Hit>, String), Trouble> {
    let read = names.read;
    let (found, next) = found(read, text, kinds, after, limit)?;
    let mut rows: Vec<Row> = Vec::new();
    for hit in found {
        let job = match hit.record.kind.as_str() {
            kind::VOUCHER => read.get::<Voucher>(hit.record.id)?.map(|(_, voucher)| voucher.job),
            _ => Some(hit.record.id),
        };
        rows.extend(job.map(|job| read.row(kind::JOB, job)).transpose()?.flatten());
    }
    // What is known of the job through others stands on the first page.
    if after.is_empty() {
        for machine in read.search(text, &[kind::MACHINE], None, 3)? {
            rows.extend(read.jobs_with("machine", machine.record.id, limit)?);
        }
        for customer in read.search(text, &[kind::CUSTOMER], None, 3)? {
            rows.extend(read.jobs_with("customer", customer.record.id, limit)?);
        }
    }
    let mut known = BTreeSet::new();
    rows.retain(|row| known.insert(row.id));
    rows.truncate(limit);
    let jobs = rows.into_iter().filter_map(|row| Job::of(&row).map(|job| (row, job)));
    Ok((job_hits(names, jobs.collect())?, next))
}

/// Jobs that a person of the field is on.
fn own_jobs(names: &mut Names<'_>, seen: &Seen, text: &str, limit: usize) -> Result<Vec<Hit>, Trouble> {
    let lower = text.to_lowercase();
    let mut own = visible::own_jobs(names.read, seen)?;
    own.retain(|(_, job)| {
        [&job.number, &job.fault, &job.serial].iter().any(|field| field.to_lowercase().contains(&lower))
    });
    own.truncate(limit);
    job_hits(names, own)
}

fn job_hits(names: &mut Names<'_>, rows: Vec<(Row, Job)>) -> Result<Vec<Hit>, Trouble> {
    let mut hits = Vec::with_capacity(rows.len());
    for (row, job) in rows {
        let state = names.words.job_state(&job.state).word;
        let machine = names.machine(job.machine, &job.serial)?;
        hits.push(Hit {
            address: format!("/jobs/{}", row.id),
            title: format!("{} · {}", job.number, names.customer(job.customer)?),
            detail: joined(&[machine, job.fault, state]),
            archived: false,
        });
    }
    Ok(hits)
}

/// Signed documents by their printed number, or by the beginning of their hash.
fn documents(read: &Read<'_>, names: &mut Names<'_>, text: &str, limit: usize) -> Result<Vec<Hit>, Trouble> {
    let mut sealed: Vec<Digest> = Vec::new();
    let hex = text.len() >= SHORTEST_HASH && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hex {
        sealed.extend(read.sealed_starting(&text.to_lowercase(), limit)?);
    }
    // The number of an amendment begins with that of its voucher.
    for hit in read.search(text.split("-A").next().unwrap_or(text), &[kind::VOUCHER], None, limit)? {
        let visit = read.get::<Voucher>(hit.record.id)?.map(|(_, voucher)| voucher.visit);
        for (_, document) in visit.map(|visit| read.children_of::<Document>(visit)).transpose()?.unwrap_or_default() {
            let number = document.sealed.content.number.to_lowercase();
            if number.starts_with(&text.to_lowercase()) {
                sealed.push(document.sealed_sha256);
            }
        }
    }
    let mut known = BTreeSet::new();
    sealed.retain(|digest| known.insert(*digest));
    let mut hits = Vec::new();
    for digest in sealed.into_iter().take(limit) {
        let Some((_, document)) = read.get::<Document>(document_id(digest))? else { continue };
        let customer = read.get::<Job>(document.job)?.and_then(|(_, job)| job.customer);
        hits.push(Hit {
            address: format!("/jobs/{}#document-{digest}", document.job),
            title: document.sealed.content.number.clone(),
            detail: joined(&[names.customer(customer)?, digest.hex().chars().take(16).collect()]),
            archived: false,
        });
    }
    Ok(hits)
}
