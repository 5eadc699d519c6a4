//! What a save of a record changed: each field with what stood there before, in words. For the histories on pages and
//! for the audit log.

use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Branch, DecisionOutcome, Rate, Role};
use countersign_model::record::kind;
use countersign_model::{Id, Language, RecordRef};
use serde_json::Value;

use super::fields::Asked;
use super::page::role_words;
use super::trouble::{Problem, Trouble};
use super::words::Words;
use super::{policies, policy_rates};
use crate::store::{Entry, Read};

/// Saves of one record that are looked back at.
const LOOKED_BACK: usize = 200;

/// The problem of a form that was not saved: where somebody else was faster, the form shows what is stored.
pub(crate) fn problem(words: &Words, refusal: &Refusal) -> (Problem, axum::http::StatusCode) {
    let problem = match refusal.code {
        RefusalCode::ChangedSince => Problem::of(words, "changed-since"),
        _ => Problem::refused(words, refusal),
    };
    (problem, super::trouble::refusal_status(refusal))
}

/// Whether the form that was sent was made from another revision than the stored one.
pub(crate) fn is_stale(asked: &Asked, rev: u64) -> bool {
    asked.form.get("seen").parse::<u64>().is_ok_and(|seen| seen != rev)
}

/// The record that a save is about.
pub(crate) fn record_of(entry: &Entry) -> Option<RecordRef> {
    let record = entry.command.payload.get("record").cloned()?;
    serde_json::from_value(record).ok()
}

fn was_accepted(entry: &Entry) -> bool {
    entry.decision.as_ref().is_some_and(|decision| decision.outcome == DecisionOutcome::Accepted)
}

/// The accepted saves of a record, newest first.
pub(crate) fn of(read: &Read<'_>, record: Id) -> Result<Vec<Entry>, Trouble> {
    let mut saves = read.saves_of(record, LOOKED_BACK)?;
    saves.retain(was_accepted);
    Ok(saves)
}

/// What a save changed: the name of each field, what stood there, what stands there. `saves` are those of the record,
/// newest first. Fields without a name for people are left out, and so is what stayed the same.
pub(crate) fn changes(
    read: &Read<'_>,
    words: &Words,
    entry: &Entry,
    saves: &[Entry],
) -> Result<Vec<(String, String)>, Trouble> {
    let Some(record) = record_of(entry) else { return Ok(Vec::new()) };
    let fields = entry.command.payload.get("fields").and_then(Value::as_object).cloned().unwrap_or_default();
    let earlier = saves.iter().filter(|save| save.arrival < entry.arrival);
    let mut found = Vec::new();
    for (name, after) in &fields {
        let stood = |save: &Entry| save.command.payload.get("fields")?.get(name).cloned();
        let before = earlier.clone().find_map(stood);
        if before.as_ref() == Some(after) {
            continue;
        }
        if (record.kind.as_str(), name.as_str()) == (kind::POLICY, "rates") {
            let rates = |value: &Value| serde_json::from_value::<Vec<Rate>>(value.clone()).unwrap_or_default();
            let before = before.as_ref().map(rates).unwrap_or_default();
            let lines = policy_rates::changes(words, &before, &rates(after));
            found.extend(lines.into_iter().map(|line| (words.t("console-policy-rates"), line)));
            continue;
        }
        let Some((label, new)) = field(read, words, &record.kind, name, after)? else { continue };
        let shown = match before.map(|value| field(read, words, &record.kind, name, &value)).transpose()?.flatten() {
            Some((_, old)) => {
                let named = |text: String| if text.is_empty() { words.t("console-change-nothing") } else { text };
                let variables = [("before", named(old).into()), ("after", named(new).into())];
                words.with("console-change-from-to", &variables)
            }
            None => new,
        };
        found.push((label, shown));
    }
    Ok(found)
}

/// A field of a person or a policy in words; `None` for one that pages do not show.
pub(crate) fn field(
    read: &Read<'_>,
    words: &Words,
    of: &str,
    name: &str,
    value: &Value,
) -> Result<Option<(String, String)>, Trouble> {
    let text = || value.as_str().unwrap_or_default().to_owned();
    let label = |key: &str| words.t(key);
    Ok(Some(match (of, name) {
        (kind::PERSON, "name") => (label("console-person-name"), text()),
        (kind::PERSON, "number") => (label("master-field-number"), text()),
        (kind::PERSON, "language") => {
            let language = Language::from_tag(&text()).map(Language::own_name).unwrap_or_default();
            (label("console-language"), language.to_owned())
        }
        (kind::PERSON, "roles") => {
            let roles: Vec<Role> = serde_json::from_value(value.clone()).unwrap_or_default();
            (label("console-roles"), role_words(words, &roles))
        }
        (kind::PERSON, "archived") => {
            let word = if value.as_bool() == Some(true) { "master-yes" } else { "master-no" };
            (label("console-archived"), words.t(word))
        }
        (kind::PERSON, "branch") => {
            let branch = text().parse::<Id>().map(|id| read.get::<Branch>(id)).ok().transpose()?.flatten();
            (label("master-field-branch"), branch.map(|(_, branch)| branch.name).unwrap_or_default())
        }
        (kind::POLICY, "name") => (label("console-policy-name"), text()),
        (kind::POLICY, "capture_reserve_bytes") => {
            (label("console-policy-reserve"), words.texts.bytes(value.as_u64().unwrap_or(0)))
        }
        (kind::POLICY, "grace_days") => {
            let days = usize::try_from(value.as_u64().unwrap_or(0)).unwrap_or(0);
            (label("console-policy-grace"), words.count("console-policy-days", days))
        }
        (kind::POLICY, "hide_prices") => {
            let hidden: Vec<VoucherClass> = serde_json::from_value(value.clone()).unwrap_or_default();
            (label("console-policy-prices"), policies::classes(words, &hidden))
        }
        (kind::POLICY, "rates") => {
            let rates: Vec<Rate> = serde_json::from_value(value.clone()).unwrap_or_default();
            (label("console-policy-rates"), policy_rates::in_words(words, &rates))
        }
        _ => return Ok(None),
    }))
}
