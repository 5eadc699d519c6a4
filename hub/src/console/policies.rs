//! Policies: the rules that an administrator edits, each explained in words, with who changed what and when.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Entity, Policy};
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};
use serde_json::{Value, json};

use super::desk::{Desk, Outcome, done, drawn, drawn_as, refusal_of};
use super::fields::Asked;
use super::lists::{Cell, Column, List, Table};
use super::page::Page;
use super::trouble::{Problem, Trouble, refusal_status};
use super::visible::People;
use super::words::{Choice, Words};
use crate::store::{Direction, Entry, Read};

/// Bytes of a mebibyte: the reserve is edited in these.
const MEBIBYTE: u64 = 1 << 20;
/// Smallest and largest reserve, MiB: one photo must fit, and no phone has more than a few TiB.
const RESERVE: std::ops::RangeInclusive<u64> = 16..=1_048_576;
/// Shortest and longest grace time, days: a week on site, ten years of archive.
const GRACE: std::ops::RangeInclusive<i64> = 7..=3_650;
/// Changes that the page shows.
const HISTORY: usize = 100;

/// One change: when, who, and the fields with their values.
struct Change {
    by: String,
    lines: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "policy.html")]
struct PolicyPage {
    page: Page,
    id: String,
    problem: Option<Problem>,
    can_save: bool,
    name: String,
    reserve: String,
    grace: String,
    hidden: Vec<Choice>,
    explained: Vec<String>,
    history: Vec<Change>,
}

/// `GET /policies`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let rows = read.list(kind::POLICY, None, 200, Direction::Ascending)?;
        let shown = rows.iter().filter_map(|row| Policy::of(row).map(|policy| (row.id, policy)));
        let rows = shown.map(|(id, policy)| {
            vec![
                Cell::link(&name_of(words, &policy), &format!("/policies/{id}")),
                Cell::number(words, "console-policy-reserve", words.texts.bytes(policy.capture_reserve_bytes)),
                Cell::number(
                    words,
                    "console-policy-grace",
                    words.count("console-policy-days", count(policy.grace_days)),
                ),
                Cell::text(words, "console-policy-prices", classes(words, &policy.hide_prices)),
            ]
        });
        let rows = rows.collect();
        let columns = Column::plain(
            words,
            &["console-policy-name", "console-policy-reserve", "console-policy-grace", "console-policy-prices"],
        );
        let table = Table { columns, rows, next: String::new(), empty: words.t("console-policies-empty") };
        drawn(&List {
            page: desk.page(read, words.t("console-policies"), "/policies", asked)?,
            table,
            actions: Vec::new(),
        })
    })
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// The first policy has no name of its own; it is called what it is.
fn name_of(words: &Words, policy: &Policy) -> String {
    if policy.name == "default" { words.t("console-policy-default") } else { policy.name.clone() }
}

fn classes(words: &Words, hidden: &[VoucherClass]) -> String {
    let named: Vec<String> = hidden.iter().map(|class| words.texts.word("class", class.as_str())).collect();
    if named.is_empty() { words.t("console-policy-prices-all") } else { named.join(&words.t("console-list-and")) }
}

/// `GET /policies/{id}`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    desk.office()?;
    let id = asked.id()?;
    let words = &desk.words;
    desk.read(|read| {
        let (_, policy) = read.get::<Policy>(id)?.ok_or(Trouble::NotFound)?;
        let people = People::load(read)?;
        let again = problem.is_some();
        let sent = |name: &str, stored: String| if again { asked.form.get(name).to_owned() } else { stored };
        let hides = |class: &VoucherClass| match again {
            true => asked.form.all("hide").any(|sent| sent == class.as_str()),
            false => policy.hide_prices.contains(class),
        };
        let hidden = VoucherClass::KNOWN.iter().map(|class| Choice {
            value: class.as_str().to_owned(),
            label: words.texts.word("class", class.as_str()),
            chosen: hides(class),
        });
        let shown = PolicyPage {
            page: desk.page(read, name_of(words, &policy), "/policies", asked)?,
            id: id.to_string(),
            problem,
            can_save: super::people::administers(desk),
            name: sent("name", policy.name.clone()),
            reserve: sent("reserve", (policy.capture_reserve_bytes / MEBIBYTE).to_string()),
            grace: sent("grace", policy.grace_days.to_string()),
            hidden: hidden.collect(),
            explained: explained(words, &policy),
            history: history(read, words, &people, id)?,
        };
        drawn_as(status, &shown)
    })
}

/// What the policy means, in words.
fn explained(words: &Words, policy: &Policy) -> Vec<String> {
    vec![
        words.of("console-policy-says-reserve", "size", &words.texts.bytes(policy.capture_reserve_bytes)),
        words.count("console-policy-says-grace", count(policy.grace_days)),
        match policy.hide_prices.is_empty() {
            true => words.t("console-policy-says-all-prices"),
            false => words.of("console-policy-says-prices", "classes", &classes(words, &policy.hide_prices)),
        },
    ]
}

fn history(read: &Read<'_>, words: &Words, people: &People, id: Id) -> Result<Vec<Change>, Trouble> {
    let change = |entry: Entry| {
        let variables = [
            (
                "name",
                people.get(entry.command.author).map_or_else(|| words.t("console-from-hub"), |p| p.name.clone()).into(),
            ),
            ("time", words.when(entry.received).into()),
        ];
        let fields = entry.command.payload.get("fields").and_then(Value::as_object).cloned().unwrap_or_default();
        let lines = fields.iter().filter_map(|(name, value)| field(words, name, value));
        Change { by: words.with("console-by-at", &variables), lines: lines.collect() }
    };
    Ok(read.saves_of(id, HISTORY)?.into_iter().map(change).collect())
}

/// A field of a saved policy, in words; `None` for one that this page does not know.
fn field(words: &Words, name: &str, value: &Value) -> Option<(String, String)> {
    let number = value.as_u64().unwrap_or(0);
    Some(match name {
        "name" => (words.t("console-policy-name"), value.as_str().unwrap_or_default().to_owned()),
        "capture_reserve_bytes" => (words.t("console-policy-reserve"), words.texts.bytes(number)),
        "grace_days" => {
            (words.t("console-policy-grace"), words.count("console-policy-days", usize::try_from(number).unwrap_or(0)))
        }
        "hide_prices" => {
            let hidden: Vec<VoucherClass> = serde_json::from_value(value.clone()).unwrap_or_default();
            (words.t("console-policy-prices"), classes(words, &hidden))
        }
        _ => return None,
    })
}

/// `POST /policies/{id}`
pub(crate) fn save(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let id = asked.id()?;
    let form = &asked.form;
    let reserve = form.get("reserve").parse().ok().filter(|reserve| RESERVE.contains(reserve));
    let grace = form.get("grace").parse().ok().filter(|days| GRACE.contains(days));
    let wrong = match (form.get("name").is_empty(), reserve, grace) {
        (true, ..) => Some("policy-name"),
        (_, None, _) => Some("policy-reserve"),
        (_, _, None) => Some("policy-grace"),
        _ => None,
    };
    if let Some(name) = wrong {
        return draw(desk, asked, Some(Problem::of(&desk.words, name)), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let hidden: Vec<VoucherClass> = form.all("hide").map(VoucherClass::from_word).collect();
    let fields = json!({
        "name": form.get("name"),
        "capture_reserve_bytes": reserve.unwrap_or(0).saturating_mul(MEBIBYTE),
        "grace_days": grace.unwrap_or(0),
        "hide_prices": hidden,
    });
    let payload = Payload::MasterSave(MasterSave { record: RecordRef::new(kind::POLICY, id), fields, seen: None });
    match refusal_of(desk.order(payload, Scope::office()))? {
        None => done(&format!("/policies/{id}"), "saved"),
        Some(refusal) => draw(desk, asked, Some(Problem::refused(&desk.words, &refusal)), refusal_status(&refusal)),
    }
}
