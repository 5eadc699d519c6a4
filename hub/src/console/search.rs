//! Search over jobs, machines and customers. People of the field find their own jobs only.

use askama::Template;
use countersign_model::entity::{Customer, Entity, Job, Machine};
use countersign_model::record::{Row, kind};

use super::desk::{Desk, Outcome, drawn};
use super::fields::{Asked, address};
use super::names::Names;
use super::page::{Page, Seen};
use super::trouble::Trouble;
use super::visible;
use crate::store::Read;

/// Most hits of each sort.
const MOST: usize = 25;

pub(crate) struct Hit {
    pub address: String,
    pub title: String,
    pub detail: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    page: Page,
    found: Vec<(String, Vec<Hit>)>,
}

/// `GET /search?q=`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let text = asked.query.get("q");
    let words = &desk.words;
    desk.read(|read| {
        let seen = desk.person()?;
        let mut found = Vec::new();
        if !text.is_empty() {
            let mut names = Names::new(read, words);
            let rows = jobs(read, seen, text)?;
            found.push((words.t("console-found-jobs"), job_hits(&mut names, rows)?));
            if seen.is_office() {
                found.push((words.t("console-machines"), machine_hits(&mut names, text)?));
                found.push((words.t("console-customers"), customer_hits(read, text)?));
            }
            found.retain(|(_, hits)| !hits.is_empty());
        }
        let title = words.of("console-search-title", "text", text);
        drawn(&Search { page: desk.page(read, title, "/search", asked)?, found })
    })
}

fn jobs(read: &Read<'_>, seen: &Seen, text: &str) -> Result<Vec<(Row, Job)>, Trouble> {
    if !seen.is_office() {
        let lower = text.to_lowercase();
        let mut own = visible::own_jobs(read, seen)?;
        own.retain(|(_, job)| {
            [&job.number, &job.fault, &job.serial].iter().any(|field| field.to_lowercase().contains(&lower))
        });
        own.truncate(MOST);
        return Ok(own);
    }
    let mut rows = read.matching(kind::JOB, &["$.number", "$.fault", "$.serial"], text, MOST)?;
    for machine in read.matching(kind::MACHINE, &["$.serial"], text, 5)? {
        rows.extend(read.jobs_with("machine", machine.id, MOST)?);
    }
    for customer in read.matching(kind::CUSTOMER, &["$.name"], text, 5)? {
        rows.extend(read.jobs_with("customer", customer.id, MOST)?);
    }
    for voucher in read.matching(kind::VOUCHER, &["$.number"], text, MOST)? {
        let job = countersign_model::entity::Voucher::of(&voucher).map(|voucher| voucher.job);
        rows.extend(job.map(|job| read.row(kind::JOB, job)).transpose()?.flatten());
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(MOST);
    Ok(rows.into_iter().filter_map(|row| Job::of(&row).map(|job| (row, job))).collect())
}

fn job_hits(names: &mut Names<'_>, rows: Vec<(Row, Job)>) -> Result<Vec<Hit>, Trouble> {
    let mut hits = Vec::with_capacity(rows.len());
    for (row, job) in rows {
        let state = names.words.job_state(&job.state).word;
        let machine = names.machine(job.machine, &job.serial)?;
        hits.push(Hit {
            address: format!("/jobs/{}", row.id),
            title: format!("{} · {}", job.number, names.customer(job.customer)?),
            detail: [machine, job.fault, state].join(" · "),
        });
    }
    Ok(hits)
}

fn machine_hits(names: &mut Names<'_>, text: &str) -> Result<Vec<Hit>, Trouble> {
    let rows = names.read.matching(kind::MACHINE, &["$.serial", "$.place", "$.contract"], text, MOST)?;
    let mut hits = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(machine) = Machine::of(row) else { continue };
        hits.push(Hit {
            address: address("/board", &[("of_machine", &row.id.to_string()), ("view", "list")]),
            title: names.machine(Some(row.id), "")?,
            detail: names.customer(Some(machine.customer))?,
        });
    }
    Ok(hits)
}

fn customer_hits(read: &Read<'_>, text: &str) -> Result<Vec<Hit>, Trouble> {
    let rows = read.matching(kind::CUSTOMER, &["$.name", "$.address", "$.phone"], text, MOST)?;
    let hit = |row: &Row| {
        Customer::of(row).map(|customer| Hit {
            address: address("/board", &[("of_customer", &row.id.to_string()), ("view", "list")]),
            title: customer.name,
            detail: [customer.address.replace('\n', ", "), customer.phone].join(" · "),
        })
    };
    Ok(rows.iter().filter_map(hit).collect())
}
