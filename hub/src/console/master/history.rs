//! A machine's history: each job with its visits, what was signed, the parts, the meter, how it was found and left.

use countersign_model::Id;
use countersign_model::entity::{Document, Entity, Evidence, Job, MeterReading, PartUse, Visit};
use countersign_model::record::Row;

use crate::console::desk::Desk;
use crate::console::documents::pdf_address;
use crate::console::evidence::{self, Photo};
use crate::console::trouble::Trouble;
use crate::console::visible::People;
use crate::console::words::{Chip, Words};
use crate::store::Read;

/// Jobs of one page.
const PAGE: usize = 20;
/// Photos of a visit that are shown; the job has all.
const PHOTOS: usize = 4;

/// A page of a machine's history.
pub(crate) struct History {
    pub jobs: Vec<Past>,
    /// Address of the earlier jobs; empty where there are none.
    pub earlier: String,
}

/// A job of the past.
pub(crate) struct Past {
    pub link: String,
    pub number: String,
    pub fault: String,
    pub state: Chip,
    pub visits: Vec<PastVisit>,
}

/// A visit of the past.
pub(crate) struct PastVisit {
    pub time: String,
    pub people: String,
    pub state: Chip,
    /// Number and address.
    pub documents: Vec<(String, String)>,
    pub parts: String,
    pub meters: String,
    pub photos: Vec<Photo>,
    /// How many photos and files there are.
    pub files: String,
}

pub(super) fn of(desk: &Desk<'_>, read: &Read<'_>, machine: Id, before: Option<Id>) -> Result<History, Trouble> {
    let mut rows = read.jobs_with_before("machine", machine, before, PAGE.saturating_add(1))?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let earlier = rows.last().filter(|_| has_more).map(|row| format!("/machines/{machine}?before={}#history", row.id));
    let people = People::load(read)?;
    let mut jobs = Vec::with_capacity(rows.len());
    for row in &rows {
        jobs.extend(job(&desk.words, read, &people, row)?);
    }
    Ok(History { jobs, earlier: earlier.unwrap_or_default() })
}

fn job(words: &Words, read: &Read<'_>, people: &People, row: &Row) -> Result<Option<Past>, Trouble> {
    let Some(job) = Job::of(row) else { return Ok(None) };
    let mut visits = read.children_of::<Visit>(row.id)?;
    visits.sort_by_key(|(row, visit)| std::cmp::Reverse((visit.ordinal, row.id)));
    let mut shown = Vec::new();
    for (row, body) in &visits {
        shown.push(visit(words, read, people, row.id, body)?);
    }
    Ok(Some(Past {
        link: format!("/jobs/{}", row.id),
        number: job.number,
        fault: job.fault,
        state: words.job_state(&job.state),
        visits: shown,
    }))
}

fn visit(words: &Words, read: &Read<'_>, people: &People, id: Id, visit: &Visit) -> Result<PastVisit, Trouble> {
    let time = match (&visit.arrived, &visit.window) {
        (Some(arrived), _) => words.recorded(arrived, None),
        (None, Some(window)) => words.window(window),
        (None, None) => String::new(),
    };
    let names: Vec<String> =
        std::iter::once(visit.lead).chain(visit.helpers.iter().copied()).map(|id| people.name(id)).collect();
    let mut documents = Vec::new();
    for (_, document) in read.children_of::<Document>(id)? {
        let address = pdf_address(read, &document)?;
        documents.push((document.sealed.content.number, address));
    }
    let parts = read
        .children_of::<PartUse>(id)?
        .into_iter()
        .map(|(_, part)| format!("{} × {}", words.texts.number(&part.quantity), part.code));
    let meters =
        read.children_of::<MeterReading>(id)?.into_iter().map(|(_, reading)| words.texts.number(&reading.value));
    let count = read.children_of::<Evidence>(id)?.len();
    let mut photos = if count == 0 { Vec::new() } else { evidence::of(read, words, people, &[id])? };
    photos.retain(|photo| photo.is_picture && matches!(photo.stage.as_str(), "found" | "left"));
    Ok(PastVisit {
        time,
        people: names.join(&words.t("console-list-and")),
        state: words.visit_state(&visit.state),
        documents,
        parts: parts.collect::<Vec<_>>().join(" · "),
        meters: meters.collect::<Vec<_>>().join(" · "),
        photos: pairs(photos),
        files: if count == 0 { String::new() } else { words.count("master-files", count) },
    })
}

/// As found beside as left: the first of each, then the next.
fn pairs(photos: Vec<Photo>) -> Vec<Photo> {
    let (found, left): (Vec<Photo>, Vec<Photo>) = photos.into_iter().partition(|photo| photo.stage == "found");
    let half = PHOTOS / 2;
    found.into_iter().take(half).chain(left.into_iter().take(half)).collect()
}
