//! Policies: the rules that an administrator edits, each explained in words, with who changed what and when.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Entity, Policy};
use countersign_model::limits::{GRACE_DAYS, RESERVE_BYTES};
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};
use serde_json::{Value, json};

use super::desk::{Desk, Outcome, done, drawn, drawn_as, refusal_of};
use super::fields::Asked;
use super::lists::{Cell, Column, List, Table};
use super::page::Page;
use super::policy_rates::{self, RateRow};
use super::saved;
use super::trouble::{Problem, Trouble};
use super::visible::People;
use super::words::{Choice, Words};
use crate::store::{Direction, Read};

/// Bytes of a mebibyte: the reserve is edited in these.
const MEBIBYTE: i64 = 1 << 20;

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
    /// The revision that the form was made from.
    seen: u64,
    /// What is stored where the form says something else, after somebody else saved.
    now: Vec<(String, String)>,
    name: String,
    reserve: String,
    grace: String,
    hidden: Vec<Choice>,
    rates: Vec<RateRow>,
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

pub(crate) fn classes(words: &Words, hidden: &[VoucherClass]) -> String {
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
        let (row, policy) = read.get::<Policy>(id)?.ok_or(Trouble::NotFound)?;
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
        let rates = match again {
            true => policy_rates::sent(read, words, asked)?.rows,
            false => policy_rates::stored_rows(read, words, &policy.rates)?,
        };
        let shown = PolicyPage {
            page: desk.page(read, name_of(words, &policy), "/policies", asked)?,
            id: id.to_string(),
            problem,
            can_save: super::people::administers(desk),
            seen: row.rev,
            // Somebody else saved since the form was made: the next save goes over what stands here.
            now: if saved::is_stale(asked, row.rev) { differing(read, words, asked, &policy)? } else { Vec::new() },
            name: sent("name", policy.name.clone()),
            reserve: sent("reserve", mebibytes(&policy).to_string()),
            grace: sent("grace", policy.grace_days.to_string()),
            hidden: hidden.collect(),
            rates,
            explained: explained(words, &policy, super::people::administers(desk)),
            history: history(read, words, &people, id)?,
        };
        drawn_as(status, &shown)
    })
}

fn mebibytes(policy: &Policy) -> i64 {
    i64::try_from(policy.capture_reserve_bytes).unwrap_or(i64::MAX) / MEBIBYTE
}

/// What is stored in the fields in which the form says something else.
fn differing(read: &Read<'_>, words: &Words, asked: &Asked, policy: &Policy) -> Result<Vec<(String, String)>, Trouble> {
    let form = &asked.form;
    let hidden: Vec<VoucherClass> = form.all("hide").map(VoucherClass::from_word).collect();
    let same = [
        ("name", form.get("name") == policy.name),
        ("capture_reserve_bytes", form.get("reserve") == mebibytes(policy).to_string()),
        ("grace_days", form.get("grace") == policy.grace_days.to_string()),
        ("hide_prices", hidden == policy.hide_prices),
        ("rates", policy_rates::sent(read, words, asked)?.rates == policy.rates),
    ];
    let body = policy.body();
    let mut found = Vec::new();
    for (name, _) in same.iter().filter(|(_, same)| !same) {
        found.extend(saved::field(read, words, kind::POLICY, name, body.get(name).unwrap_or(&Value::Null))?);
    }
    Ok(found)
}

/// What the policy means, in words.
fn explained(words: &Words, policy: &Policy, can_save: bool) -> Vec<String> {
    let mut lines = vec![
        words.of("console-policy-says-reserve", "size", &words.texts.bytes(policy.capture_reserve_bytes)),
        words.count("console-policy-says-grace", count(policy.grace_days)),
        match policy.hide_prices.is_empty() {
            true => words.t("console-policy-says-all-prices"),
            false => words.of("console-policy-says-prices", "classes", &classes(words, &policy.hide_prices)),
        },
    ];
    if policy.rates.is_empty() {
        lines.push(words.t("console-policy-says-no-rates"));
    }
    // Who may change them sees each in the form.
    let rates = policy.rates.iter().filter(|_| !can_save).map(|rate| policy_rates::line(words, rate));
    lines.extend(rates.map(|rate| words.of("console-policy-says-rates", "rate", &rate)));
    lines
}

fn history(read: &Read<'_>, words: &Words, people: &People, id: Id) -> Result<Vec<Change>, Trouble> {
    let saves = saved::of(read, id)?;
    let mut changes = Vec::with_capacity(saves.len());
    for entry in &saves {
        let author = people.get(entry.command.author);
        let name = author.map_or_else(|| words.t("console-from-hub"), |person| person.name.clone());
        let variables = [("name", name.into()), ("time", words.when(entry.received).into())];
        let lines = saved::changes(read, words, entry, &saves)?;
        changes.push(Change { by: words.with("console-by-at", &variables), lines });
    }
    Ok(changes)
}

/// `POST /policies/{id}`
pub(crate) fn save(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let id = asked.id()?;
    let form = &asked.form;
    let seen = form.get("seen").parse().map_err(|_| Trouble::Form)?;
    let rates = desk.read(|read| policy_rates::sent(read, &desk.words, asked))?;
    let reserve = form.get("reserve").parse::<i64>().ok().and_then(|mebibytes| mebibytes.checked_mul(MEBIBYTE));
    let reserve = reserve.filter(|bytes| RESERVE_BYTES.contains(bytes));
    let grace = form.get("grace").parse().ok().filter(|days| GRACE_DAYS.contains(days));
    let wrong = match (form.get("name").is_empty(), reserve, grace, rates.are_good()) {
        (true, ..) => Some("policy-name"),
        (_, None, ..) => Some("policy-reserve"),
        (_, _, None, _) => Some("policy-grace"),
        (.., false) => Some("policy-rates"),
        _ => None,
    };
    if let Some(name) = wrong {
        return draw(desk, asked, Some(Problem::of(&desk.words, name)), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let hidden: Vec<VoucherClass> = form.all("hide").map(VoucherClass::from_word).collect();
    let fields = json!({
        "name": form.get("name"),
        "capture_reserve_bytes": reserve,
        "grace_days": grace,
        "hide_prices": hidden,
        "rates": rates.rates,
    });
    let payload =
        Payload::MasterSave(MasterSave { record: RecordRef::new(kind::POLICY, id), fields, seen: Some(seen) });
    match refusal_of(desk.order(payload, Scope::office()))? {
        None => done(&format!("/policies/{id}"), "saved"),
        Some(refusal) => {
            let (problem, status) = saved::problem(&desk.words, &refusal);
            draw(desk, asked, Some(problem), status)
        }
    }
}
