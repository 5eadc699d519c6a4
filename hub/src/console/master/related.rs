//! What belongs to a record: a customer's sites, contacts, machines and jobs, a part's prices, a branch's people.

use countersign_model::Id;
use countersign_model::entity::{Entity, Job};
use countersign_model::record::{Row, kind};
use serde_json::Value;

use super::shown::{Showing, book_name};
use crate::console::fields::address;
use crate::console::names::Names;
use crate::console::trouble::Trouble;
use crate::master::{Book, book_of_kind, title_in};
use crate::store::{Filter, List};

/// Rows of each sort; the rest is a click away.
const SOME: usize = 10;

/// A sort of records that belong to this one.
pub(crate) struct Related {
    pub title: String,
    /// Text, detail, address.
    pub rows: Vec<(String, String, String)>,
    /// Address of all of them; empty where all are shown.
    pub all: String,
    /// Address of the form for another one; empty where there is none.
    pub new: String,
}

/// Which kinds hang under a kind, by the field that names it.
const UNDER: &[(&str, &str, &str)] = &[
    (kind::CUSTOMER, kind::SITE, "customer"),
    (kind::CUSTOMER, kind::CONTACT, "customer"),
    (kind::CUSTOMER, kind::MACHINE, "customer"),
    (kind::SITE, kind::MACHINE, "site"),
    (kind::MODEL, kind::MACHINE, "model"),
    (kind::PART, "price", "part"),
    (kind::BRANCH, kind::PERSON, "branch"),
    (kind::BRANCH, "depot", "branch"),
];

pub(super) fn of(showing: &mut Showing<'_>, book: &Book, id: Id, _body: &Value) -> Result<Vec<Related>, Trouble> {
    let mut related = Vec::new();
    for (_, child, field) in UNDER.iter().filter(|(parent, ..)| *parent == book.kind) {
        related.extend(under(showing, child, field, id)?);
    }
    if book.kind == kind::CUSTOMER {
        related.push(jobs(showing, id)?);
    }
    Ok(related)
}

fn under(showing: &mut Showing<'_>, child: &str, field: &str, id: Id) -> Result<Option<Related>, Trouble> {
    let Some(book) = book_of_kind(child) else { return Ok(None) };
    let language = showing.words.language();
    let sort = match book.field(book.title).map(|field| field.sort) {
        Some(crate::master::Sort::Local) => format!("{}.{}", book.title, language.tag()),
        _ => book.title.to_owned(),
    };
    let filter = Filter::Is { field: field.to_owned(), key: id.to_string() };
    let list =
        List { kind: child, sort: &sort, filters: vec![filter], limit: SOME.saturating_add(1), ..List::default() };
    let places = showing.read.listed(&list)?;
    let has_more = places.len() > SOME;
    let mut rows = Vec::new();
    for place in places.iter().take(SOME) {
        if let Some(row) = showing.read.row(child, place.id)? {
            rows.push(line(showing, book, field, &row)?);
        }
    }
    let id = id.to_string();
    let made = address(&format!("/{}/new", book.path), &[(field, &id)]);
    Ok(Some(Related {
        title: book_name(showing.words, book.path, true),
        rows,
        all: if has_more { address(&format!("/{}", book.path), &[(field, &id)]) } else { String::new() },
        // People are added on the page that lists them.
        new: if child == kind::PERSON { format!("/{}#add", book.path) } else { made },
    }))
}

/// A record in one line: what it is called, and its next facts.
fn line(showing: &mut Showing<'_>, book: &Book, but: &str, row: &Row) -> Result<(String, String, String), Trouble> {
    let body = row.body.clone().unwrap_or_default();
    let mut detail = Vec::new();
    for field in book.fields.iter().filter(|field| field.listed && field.name != book.title && field.name != but) {
        let shown = showing.value(field, &body)?;
        if !shown.text.is_empty() && detail.len() < 3 {
            detail.push(shown.text.replace('\n', ", "));
        }
    }
    let title = title_in(book.kind, &body, showing.words.language());
    Ok((title, detail.join(" · "), format!("/{}/{}", book.path, row.id)))
}

fn jobs(showing: &mut Showing<'_>, customer: Id) -> Result<Related, Trouble> {
    let words = showing.words;
    let rows = showing.read.jobs_with("customer", customer, SOME.saturating_add(1))?;
    let mut names = Names::new(showing.read, words);
    let mut lines = Vec::new();
    for row in rows.iter().take(SOME) {
        let Some(job) = Job::of(row) else { continue };
        let detail = [names.machine(job.machine, &job.serial)?, job.fault.clone(), words.job_state(&job.state).word];
        lines.push((job.number.clone(), detail.join(" · "), format!("/jobs/{}", row.id)));
    }
    let all = address("/board", &[("of_customer", &customer.to_string()), ("view", "list")]);
    Ok(Related {
        title: words.t("master-jobs"),
        all: if rows.len() > SOME { all } else { String::new() },
        rows: lines,
        new: String::new(),
    })
}
