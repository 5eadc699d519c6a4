//! Finding a record by what people call it: its id, its own key, its name.

use countersign_model::entity::{Entity, FormVersion};
use countersign_model::record::kind;
use countersign_model::words::key_of;
use countersign_model::{Digest, Id, Language};
use serde_json::{Map, Value};

use super::book::{Book, CODE, PRICE, Sort, book_of_kind};
use super::plain::local;
use crate::store::{Direction, Read, StoreError};

/// Between a number and a name where a form shows both.
const BETWEEN: &str = " · ";

/// What a word leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    One(Id),
    None,
    Several,
}

fn of_list(ids: Vec<Id>) -> Found {
    match ids.as_slice() {
        [] => Found::None,
        [only] => Found::One(*only),
        _ => Found::Several,
    }
}

/// The fields by which a kind is found: its own key before its name.
fn names(kind: &str) -> Vec<String> {
    let Some(book) = book_of_kind(kind) else { return Vec::new() };
    let mut names = Vec::new();
    for name in book.key.iter().chain([&book.title]) {
        match book.field(name).map(|field| field.sort) {
            Some(Sort::Ref(_)) | None => {}
            Some(Sort::Local) => names.extend(Language::ALL.map(|language| format!("{name}.{}", language.tag()))),
            Some(_) => names.push((*name).to_owned()),
        }
    }
    names
}

/// The record that a person means, of a customer's own where `within` names one.
pub(crate) fn find(read: &Read<'_>, kind: &str, text: &str, within: Option<Id>) -> Result<Found, StoreError> {
    if let Ok(id) = text.parse::<Id>() {
        return Ok(if read.row(kind, id)?.is_some() { Found::One(id) } else { Found::None });
    }
    if let Some(customer) = within {
        return Ok(of_list(children_named(read, kind, customer, text)?));
    }
    let short = text.split_once(BETWEEN).map_or(text, |(number, _)| number);
    for typed in [text, short] {
        for field in names(kind) {
            match of_list(in_use_first(read, kind, read.named(kind, &field, typed)?)?) {
                Found::None => {}
                found => return Ok(found),
            }
        }
    }
    Ok(Found::None)
}

/// Where one of several is in use and the others are archived, that one is meant.
fn in_use_first(read: &Read<'_>, kind: &str, ids: Vec<Id>) -> Result<Vec<Id>, StoreError> {
    if ids.len() < 2 {
        return Ok(ids);
    }
    let mut used = Vec::new();
    for id in &ids {
        let archived = read.row(kind, *id)?.and_then(|row| row.body).is_some_and(|body| is_archived(&body));
        if !archived {
            used.push(*id);
        }
    }
    Ok(if used.is_empty() { ids } else { used })
}

pub(crate) fn is_archived(body: &Value) -> bool {
    body.get("archived").and_then(Value::as_bool).unwrap_or(false)
}

fn children_named(read: &Read<'_>, kind: &str, parent: Id, name: &str) -> Result<Vec<Id>, StoreError> {
    let rows = read.children(kind, parent)?;
    let same =
        |body: &Value| body.get("name").and_then(Value::as_str).is_some_and(|known| key_of(known) == key_of(name));
    let ids: Vec<Id> = rows.iter().filter(|row| row.body.as_ref().is_some_and(same)).map(|row| row.id).collect();
    in_use_first(read, kind, ids)
}

/// The records of a book that have this own key. `None` where a part of the key is empty: such a record has no key.
pub(crate) fn by_key(read: &Read<'_>, book: &Book, fields: &Map<String, Value>) -> Result<Option<Vec<Id>>, StoreError> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().trim();
    if book.key.iter().any(|name| text(name).is_empty()) {
        return Ok(None);
    }
    let id = |name: &str| text(name).parse::<Id>().ok();
    Ok(Some(match book.kind {
        CODE => existing(read, CODE, Id::derived("code", &[text("list").as_bytes(), text("code").as_bytes()]))?,
        PRICE => match id("part") {
            Some(part) => existing(read, PRICE, Id::derived("price", &[text("list").as_bytes(), part.bytes()]))?,
            None => Vec::new(),
        },
        kind::CONTACT | kind::SITE => match id("customer") {
            Some(customer) => children_named(read, book.kind, customer, text("name"))?,
            None => Vec::new(),
        },
        kind::MACHINE => machines(read, text("serial"), id("model"))?,
        _ => match book.key {
            [only] => in_use_first(read, book.kind, read.named(book.kind, only, text(only))?)?,
            _ => Vec::new(),
        },
    }))
}

/// The id under which a new record of a book stands, where everybody derives the same one.
pub(crate) fn derived_id(book: &Book, fields: &Map<String, Value>) -> Option<Id> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    match book.kind {
        CODE => Some(Id::derived("code", &[text("list").as_bytes(), text("code").as_bytes()])),
        PRICE => {
            let part: Id = text("part").parse().ok()?;
            Some(Id::derived("price", &[text("list").as_bytes(), part.bytes()]))
        }
        _ => None,
    }
}

fn existing(read: &Read<'_>, kind: &str, id: Id) -> Result<Vec<Id>, StoreError> {
    Ok(read.row(kind, id)?.map(|row| row.id).into_iter().collect())
}

/// Machines with a serial. Two models may share one: then the model decides.
fn machines(read: &Read<'_>, serial: &str, model: Option<Id>) -> Result<Vec<Id>, StoreError> {
    let ids = in_use_first(read, kind::MACHINE, read.named(kind::MACHINE, "serial", serial)?)?;
    let (Some(model), true) = (model, ids.len() > 1) else { return Ok(ids) };
    let mut same = Vec::new();
    for id in ids {
        let body = read.row(kind::MACHINE, id)?.and_then(|row| row.body);
        if body.is_some_and(|body| body.get("model").and_then(Value::as_str) == Some(&model.to_string())) {
            same.push(id);
        }
    }
    Ok(same)
}

/// What a record is called in a reader's language; empty where there is none.
pub(crate) fn title_of(read: &Read<'_>, kind: &str, id: Id, language: Language) -> Result<String, StoreError> {
    let body = read.row(kind, id)?.and_then(|row| row.body);
    Ok(body.map(|body| title_in(kind, &body, language)).unwrap_or_default())
}

/// What a body of a kind is called.
pub(crate) fn title_in(kind: &str, body: &Value, language: Language) -> String {
    let field = book_of_kind(kind).map_or("name", |book| book.title);
    match body.get(field) {
        Some(Value::String(text)) => text.clone(),
        other => local(other, language),
    }
}

/// How a form and a file name a record, so that [`find`] finds it again: by its own key where it has one.
pub(crate) fn named_as(read: &Read<'_>, kind: &str, id: Id) -> Result<String, StoreError> {
    let Some(body) = read.row(kind, id)?.and_then(|row| row.body) else { return Ok(id.to_string()) };
    let title = title_in(kind, &body, Language::English);
    let number = ["number", "code", "serial"].iter().find_map(|name| body.get(*name).and_then(Value::as_str));
    let text = match number.filter(|number| !number.is_empty()) {
        Some(number) => number.to_owned(),
        None => title,
    };
    let within = (kind == kind::SITE).then(|| body.get("customer").and_then(Value::as_str)).flatten();
    let within = within.and_then(|id| id.parse().ok());
    // A name that two share says nothing.
    Ok(if find(read, kind, &text, within)? == Found::One(id) { text } else { id.to_string() })
}

/// A code of a list by its code or one of its names.
pub(crate) fn code(read: &Read<'_>, list: &str, text: &str) -> Result<Option<String>, StoreError> {
    let direct = Id::derived("code", &[list.as_bytes(), text.as_bytes()]);
    if read.row(CODE, direct)?.is_some() {
        return Ok(Some(text.to_owned()));
    }
    let names = Language::ALL.map(|language| format!("name.{}", language.tag()));
    for field in std::iter::once("code").chain(names.iter().map(String::as_str)) {
        for id in read.named(CODE, field, text)? {
            let body = read.row(CODE, id)?.and_then(|row| row.body).unwrap_or_default();
            if body.get("list").and_then(Value::as_str) == Some(list) {
                return Ok(body.get("code").and_then(Value::as_str).map(str::to_owned));
            }
        }
    }
    Ok(None)
}

fn forms(read: &Read<'_>) -> Result<Vec<FormVersion>, StoreError> {
    let rows = read.list(kind::FORM, None, 500, Direction::Descending)?;
    Ok(rows.iter().filter_map(FormVersion::of).collect())
}

/// A form by its digest or its title; the active version of several.
pub(crate) fn form(read: &Read<'_>, text: &str) -> Result<Option<Digest>, StoreError> {
    let forms = forms(read)?;
    let by_digest = forms.iter().find(|form| form.sha256.to_string() == text);
    let titled = |active: bool| forms.iter().find(|form| form.active == active && key_of(&form.title) == key_of(text));
    Ok(by_digest.or_else(|| titled(true)).or_else(|| titled(false)).map(|form| form.sha256))
}

/// How a form is named in a file: by its title where that leads to this version.
pub(crate) fn form_title(read: &Read<'_>, value: &Value) -> Result<String, StoreError> {
    let Some(digest) = value.as_str() else { return Ok(String::new()) };
    let forms = forms(read)?;
    let Some(found) = forms.iter().find(|form| form.sha256.to_string() == digest) else { return Ok(digest.to_owned()) };
    let leads_back = form(read, &found.title)?.is_some_and(|sha256| sha256 == found.sha256);
    Ok(if leads_back { found.title.clone() } else { digest.to_owned() })
}
