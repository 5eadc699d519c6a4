//! Settings → webhooks: endpoints, their deliveries, telling again. An administrator's pages; a secret is shown once.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use countersign_model::Id;
use countersign_model::entity::Role;
use serde_json::json;

use super::desk::{Desk, Outcome, done, drawn, drawn_as};
use super::fields::{Asked, address};
use super::job_orders::field_time;
use super::lists::{Cell, Column, Table};
use super::page::Page;
use super::trouble::{Problem, Trouble};
use super::words::{Chip, Words};
use crate::error::HubError;
use crate::store::{DeliveryCounts, DeliveryRow, EndpointRow};
use crate::webhooks::{NewEndpoint, TYPES};

/// Where the pages are.
const PAGES: &str = "/settings/webhooks";
/// Deliveries of one page.
const SHOWN: usize = 50;

/// One event that an endpoint may want.
struct Wanted {
    kind: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "webhooks.html")]
struct Endpoints {
    page: Page,
    lead: String,
    table: Table,
    problem: Option<Problem>,
    name: String,
    url: String,
    wanted: Vec<Wanted>,
}

struct Delivery {
    place: u64,
    chip: Chip,
    title: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "webhook.html")]
struct EndpointPage {
    page: Page,
    id: String,
    chip: Chip,
    facts: Vec<(String, String)>,
    problem: Option<Problem>,
    enabled: bool,
    why: String,
    deliveries: Vec<Delivery>,
    next: String,
    removal: String,
}

#[derive(Template)]
#[template(path = "webhook_secret.html")]
struct Secret {
    page: Page,
    lead: String,
    secret: String,
    note: String,
    back: String,
    button: String,
}

/// Endpoints lead out of the company, so they are an administrator's.
fn only_administrators(desk: &Desk<'_>) -> Result<(), Trouble> {
    match desk.person()?.has(&Role::Administrator) {
        true => Ok(()),
        false => Err(Trouble::NotAllowed),
    }
}

fn state(words: &Words, endpoint: &EndpointRow) -> Chip {
    match endpoint.disabled {
        None => Chip { class: "ok", icon: "check", word: words.t("webhook-enabled") },
        Some(_) if endpoint.disabled_why == "person" => {
            Chip { class: "", icon: "cross", word: words.t("webhook-disabled") }
        }
        Some(_) => Chip { class: "danger", icon: "warn", word: words.t("webhook-failing") },
    }
}

/// Why nothing is sent, as a sentence; empty where something is.
pub(crate) fn why(words: &Words, endpoint: &EndpointRow) -> String {
    match (endpoint.disabled, endpoint.disabled_why.as_str()) {
        (None, _) => String::new(),
        (Some(time), "gone") => words.of("webhook-why-gone", "time", &words.when(time)),
        (Some(time), "failing") => words.of("webhook-why-failing", "time", &words.when(time)),
        (Some(time), _) => words.of("webhook-why-person", "time", &words.when(time)),
    }
}

fn events(words: &Words, endpoint: &EndpointRow) -> String {
    match endpoint.events.is_empty() {
        true => words.t("webhook-all-events"),
        false => endpoint.events.join(", "),
    }
}

/// `GET /settings/webhooks`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw_list(desk, asked, None, StatusCode::OK)
}

fn draw_list(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    only_administrators(desk)?;
    let words = &desk.words;
    let rows = desk.hub().webhooks()?;
    let shown = rows.iter().map(|(endpoint, counts)| row(words, endpoint, counts)).collect();
    let mut columns = Column::plain(words, &["webhook-name", "webhook-address", "webhook-events", "console-state"]);
    let keys = ["webhook-queued", "webhook-failed"];
    columns.extend(keys.iter().map(|key| Column { label: words.t(key), number: true }));
    let chosen: Vec<&str> = asked.form.all("event").collect();
    let wanted =
        TYPES.iter().map(|kind| Wanted { kind, label: event_word(words, kind), chosen: chosen.contains(kind) });
    desk.read(|read| {
        let shown = Endpoints {
            page: desk.page(read, words.t("webhooks"), PAGES, asked)?,
            lead: words.t("webhooks-lead"),
            table: Table { columns, rows: shown, next: String::new(), empty: words.t("webhooks-empty") },
            problem,
            name: asked.form.get("name").to_owned(),
            url: asked.form.get("url").to_owned(),
            wanted: wanted.collect(),
        };
        drawn_as(status, &shown)
    })
}

fn row(words: &Words, endpoint: &EndpointRow, counts: &DeliveryCounts) -> Vec<Cell> {
    vec![
        Cell::link(&endpoint.name, &format!("{PAGES}/{}", endpoint.id)),
        Cell::text(words, "webhook-address", endpoint.url.as_str()),
        Cell::text(words, "webhook-events", events(words, endpoint)),
        Cell { label: words.t("console-state"), chips: vec![state(words, endpoint)], ..Cell::default() },
        Cell::number(words, "webhook-queued", words.texts.number(&counts.queued.to_string())),
        Cell::number(words, "webhook-failed", words.texts.number(&counts.failed.to_string())),
    ]
}

/// An event in words, with the word that its receiver reads.
fn event_word(words: &Words, kind: &str) -> String {
    let key = format!("webhook-event-{}", kind.replace(['.', '_'], "-"));
    words.t(&key)
}

/// `POST /settings/webhooks`
pub(crate) fn add(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    let known: Vec<String> = asked.form.all("event").filter(|kind| TYPES.contains(kind)).map(str::to_owned).collect();
    // All of them chosen is the same as none chosen: events of a newer program come as well.
    let events = if known.len() == TYPES.len() { Vec::new() } else { known };
    match desk.hub().add_webhook(asked.form.get("name"), asked.form.get("url"), &events) {
        Ok(made) => {
            let facts = json!({ "name": made.endpoint.name });
            desk.note_event(asked, "webhook.add", Some(made.endpoint.id), &facts)?;
            secret(desk, asked, &made)
        }
        Err(HubError::Input(detail)) => {
            let problem = Problem::with(&desk.words, "webhook", &[("detail", detail.as_str().into())]);
            draw_list(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(other) => Err(other.into()),
    }
}

fn secret(desk: &Desk<'_>, asked: &Asked, made: &NewEndpoint) -> Outcome {
    let words = &desk.words;
    desk.read(|read| {
        drawn(&Secret {
            page: desk.page(read, words.of("webhook-secret-title", "name", &made.endpoint.name), PAGES, asked)?,
            lead: words.t("webhook-secret-lead"),
            secret: made.secret.clone(),
            note: words.t("webhook-secret-note"),
            back: format!("{PAGES}/{}", made.endpoint.id),
            button: words.t("webhook-open"),
        })
    })
}

/// `GET /settings/webhooks/{id}`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    only_administrators(desk)?;
    let id = asked.id()?;
    let words = &desk.words;
    let before = asked.query.get("before").parse().ok();
    let (endpoint, mut rows) = desk.hub().webhook(id, before, SHOWN.saturating_add(1))?;
    let more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    let last = rows.last().filter(|_| more).map(|row| row.place.to_string());
    let path = format!("{PAGES}/{id}");
    let mut facts = vec![
        (words.t("webhook-address"), endpoint.url.clone()),
        (words.t("webhook-events"), events(words, &endpoint)),
        (words.t("webhook-created"), words.when(endpoint.created)),
    ];
    if let Some(until) = endpoint.previous_until.filter(|until| *until > desk.now) {
        facts.push((words.t("webhook-rotating"), words.when(until)));
    }
    desk.read(|read| {
        let shown = EndpointPage {
            page: desk.page(read, endpoint.name.clone(), PAGES, asked)?,
            id: id.to_string(),
            chip: state(words, &endpoint),
            facts,
            problem,
            enabled: endpoint.disabled.is_none(),
            why: why(words, &endpoint),
            deliveries: rows.iter().map(|row| delivery(words, row)).collect(),
            next: last.map(|place| address(&path, &[("before", &place)])).unwrap_or_default(),
            removal: words.of("webhook-remove-understood", "name", &endpoint.name),
        };
        drawn_as(status, &shown)
    })
}

fn delivery(words: &Words, row: &DeliveryRow) -> Delivery {
    let (class, icon) = match row.state.as_str() {
        "delivered" => ("ok", "check"),
        "failed" => ("danger", "cross"),
        _ if row.attempts > 0 => ("attention", "wait"),
        _ => ("info", "wait"),
    };
    let mut lines = vec![words.of("webhook-happened", "time", &words.when(row.event.time))];
    if let Some(tried) = row.tried {
        let count = i64::from(row.attempts);
        lines.push(words.with("webhook-tried", &[("count", count.into()), ("time", words.when(tried).into())]));
    }
    match (row.why.as_str(), row.status) {
        ("", _) => {}
        ("status", Some(status)) => {
            lines.push(words.with("webhook-fault-status", &[("status", i64::from(status).into())]))
        }
        (word, _) => {
            let key = format!("webhook-fault-{word}");
            lines.push(words.t(if words.texts.has(&key) { &key } else { "webhook-fault-broken" }));
        }
    }
    if row.state == "queued" && row.attempts > 0 {
        lines.push(words.of("webhook-next", "time", &words.when(row.due)));
    }
    Delivery {
        place: row.place,
        chip: Chip { class, icon, word: words.t(&format!("webhook-state-{}", row.state)) },
        title: if row.event.kind == crate::webhooks::TEST {
            words.t("webhook-event-test")
        } else {
            event_word(words, &row.event.kind)
        },
        lines,
    }
}

/// Who sends what out of the company stands in the audit log.
fn noted(desk: &Desk<'_>, asked: &Asked, kind: &str, endpoint: Id) -> Result<(), Trouble> {
    desk.note_event(asked, kind, Some(endpoint), &json!({}))
}

fn back(id: Id, word: &str) -> Result<Response, Trouble> {
    done(&format!("{PAGES}/{id}"), word)
}

/// `POST /settings/webhooks/{id}/test`
pub(crate) fn test(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    desk.hub().test_webhook(asked.id()?)?;
    noted(desk, asked, "webhook.test", asked.id()?)?;
    back(asked.id()?, "queued")
}

/// `POST /settings/webhooks/{id}/enable`
pub(crate) fn enable(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    desk.hub().enable_webhook(asked.id()?)?;
    noted(desk, asked, "webhook.enable", asked.id()?)?;
    back(asked.id()?, "enabled")
}

/// `POST /settings/webhooks/{id}/disable`
pub(crate) fn disable(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    desk.hub().disable_webhook(asked.id()?)?;
    noted(desk, asked, "webhook.disable", asked.id()?)?;
    back(asked.id()?, "disabled")
}

/// `POST /settings/webhooks/{id}/rotate`
pub(crate) fn rotate(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    let changed = desk.hub().rotate_webhook(asked.id()?)?;
    noted(desk, asked, "webhook.rotate", asked.id()?)?;
    secret(desk, asked, &changed)
}

/// `POST /settings/webhooks/{id}/replay`: one delivery, or everything since a time of the company's zone.
pub(crate) fn replay(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    let id = asked.id()?;
    if let Ok(place) = asked.form.get("delivery").parse() {
        desk.hub().replay_webhook(id, place)?;
        noted(desk, asked, "webhook.replay", id)?;
        return back(id, "queued");
    }
    match field_time(asked.form.get("since"), &desk.words.zone) {
        Some(since) => {
            desk.hub().replay_webhooks(id, since)?;
            noted(desk, asked, "webhook.replay", id)?;
            back(id, "queued")
        }
        None => draw(desk, asked, Some(Problem::of(&desk.words, "webhook-since")), StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// `POST /settings/webhooks/{id}/remove`
pub(crate) fn remove(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    if asked.form.get("understood") != "1" {
        let problem = Problem::of(&desk.words, "not-understood");
        return draw(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    desk.hub().remove_webhook(asked.id()?)?;
    noted(desk, asked, "webhook.remove", asked.id()?)?;
    done(PAGES, "removed")
}
