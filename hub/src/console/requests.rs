//! What the field asks of the office: shown at its job and on the attention list, and decided here.

use countersign_model::Id;
use countersign_model::entity::{Entity, Request, RequestState};
use countersign_model::payload::{Payload, RequestDecide};
use countersign_model::record::{Row, Scope, kind};
use serde_json::Value;

use super::attention::{job_of as job_of_scope, with_job};
use super::attention_items::Item;
use super::desk::{Desk, Outcome};
use super::fields::Asked;
use super::job_orders::{back, job_of};
use super::trouble::Trouble;
use super::visible::People;
use super::words::{Chip, Words};
use crate::store::Read;

/// A request at its job.
pub(crate) struct RequestShown {
    pub id: String,
    pub chip: Chip,
    /// What is asked, such as "Another appointment".
    pub title: String,
    /// Why, in the words of who asks.
    pub reason: String,
    /// The window or the fields that are asked for, and what the office answered.
    pub facts: Vec<(String, String)>,
    pub by: String,
    /// Whether it waits and this person may decide.
    pub open: bool,
    /// What the button says that does it: "Do as asked", "Answer".
    pub verb: String,
}

/// The window or the fields that are asked for, with names where there are any.
fn facts(words: &Words, request: &Request) -> Vec<(String, String)> {
    if let Some(window) = request.window() {
        return vec![(words.t("console-asked-window"), words.window(&window))];
    }
    let Value::Object(fields) = &request.fields else { return Vec::new() };
    if request.wish().is_some() {
        return Vec::new();
    }
    let about = words.texts.word("kind", &request.about.kind);
    let line = |(name, value): (&String, &Value)| {
        let key = format!("field-{name}");
        let named = if words.texts.has(&key) { words.t(&key) } else { name.clone() };
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (words.with("console-asked-field", &[("about", about.as_str().into()), ("field", named.into())]), value)
    };
    fields.iter().map(line).collect()
}

/// What the button says that does what is asked; a wish of a newer app is done by hand like others.
fn verb(words: &Words, what: &str) -> String {
    let key = format!("console-grant-{what}");
    if words.texts.has(&key) { words.t(&key) } else { words.t("console-grant-parts") }
}

fn by(words: &Words, people: &People, request: &Request) -> String {
    let facts = [("name", people.name(request.author).into()), ("time", words.recorded(&request.time, None).into())];
    words.with("console-by-at", &facts)
}

fn shown(desk: &Desk<'_>, people: &People, id: Id, request: &Request) -> RequestShown {
    let words = &desk.words;
    let what = request.what();
    let answer = (words.t("console-request-answer"), request.answer.clone());
    let answer = Some(answer).filter(|(_, answer)| !answer.is_empty());
    RequestShown {
        id: id.to_string(),
        chip: words.texts.request_state(&what, &request.state),
        title: words.texts.word("wish", &what),
        reason: request.reason.clone(),
        facts: facts(words, request).into_iter().chain(answer).collect(),
        by: by(words, people, request),
        open: request.state == RequestState::Open && desk.may("request.decide"),
        verb: verb(words, &what),
    }
}

/// The requests of a job, those that wait first, then the newest.
pub(crate) fn of(desk: &Desk<'_>, read: &Read<'_>, people: &People, job: Id) -> Result<Vec<RequestShown>, Trouble> {
    let rows = read.scope_of_kind(&Scope::job(job), kind::REQUEST)?;
    let mut found: Vec<(Id, Request)> =
        rows.iter().filter_map(|row| Request::of(row).map(|body| (row.id, body))).collect();
    found.sort_by_key(|(id, request)| (request.state != RequestState::Open, std::cmp::Reverse(*id)));
    Ok(found.iter().map(|(id, request)| shown(desk, people, *id, request)).collect())
}

/// A request on the attention list: it is decided at its job, where the office sees what it is about.
pub(crate) fn item(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    row: &Row,
    request: &Request,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of_scope(read, &row.scope)?;
    let shown = shown(desk, people, row.id, request);
    let mut lines = vec![shown.reason];
    lines.extend(with_job(words, &number));
    Ok(Item {
        id: shown.id,
        chip: shown.chip,
        title: shown.title,
        lines,
        facts: shown.facts,
        by: shown.by,
        link: (format!("{job}#requests"), words.t("console-open-request")),
        actions: Vec::new(),
    })
}

/// `POST /jobs/{id}/request`: `granted` is `yes` or `no`.
pub(crate) fn decide(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, _) = job_of(desk, asked)?;
    let order = || -> Result<(), Trouble> {
        let request = asked.form.made_id("request")?;
        // Only a request of this job: its lane is the job that the person may see.
        let found = desk.read(|read| Ok(read.get::<Request>(request)?))?;
        found.filter(|(row, _)| row.scope == Scope::job(job)).ok_or(Trouble::NotFound)?;
        let granted = asked.form.get("granted") == "yes";
        let answer = asked.form.get("answer").to_owned();
        desk.order(Payload::RequestDecide(RequestDecide { request, granted, answer }), Scope::job(job))
    };
    back(desk, asked, job, order(), "decided")
}
