//! What a person can choose from: short lists as menus, long ones as suggestions while they type.

use axum::response::{Html, IntoResponse};
use countersign_model::record::kind;
use countersign_model::{Id, Language};
use countersign_texts::Zone;
use serde_json::Value;

use super::may_look;
use crate::console::desk::{Desk, Outcome};
use crate::console::fields::Asked;
use crate::console::trouble::Trouble;
use crate::console::words::{Choice, Words};
use crate::master::{Field, Found, Sort, book, book_of_kind, find, is_archived, named_as, title_in};
use crate::store::{Direction, List, Read};

/// A menu longer than this is no menu.
const MENU: usize = 200;
/// Suggestions at a time.
const SOME: usize = 12;

/// The record that a filter or a form's text means.
pub(super) fn meant(read: &Read<'_>, kind: &str, text: &str) -> Result<Option<Id>, Trouble> {
    Ok(match find(read, kind, text, None)? {
        Found::One(id) => Some(id),
        Found::None | Found::Several => None,
    })
}

/// Kinds that grow with the business: they are typed and suggested, never a menu.
fn is_long(kind: &str) -> bool {
    matches!(kind, kind::CUSTOMER | kind::MACHINE | kind::PART | kind::SITE)
}

/// The book whose records are suggested for a field; empty for a field that has a menu or is free.
pub(super) fn book_of_field(field: &Field) -> &'static str {
    match field.sort {
        Sort::Ref(kind) => book_of_kind(kind).map_or("", |book| book.path),
        _ => "",
    }
}

/// The menu of a field; empty where there is none.
pub(super) fn choices(read: &Read<'_>, words: &Words, field: &Field, value: &str) -> Result<Vec<Choice>, Trouble> {
    Ok(match field.sort {
        Sort::Word { words: kind, known } | Sort::Words { words: kind, known } => {
            known.iter().map(|word| Choice::new(word, words.texts.word(kind, word), value)).collect()
        }
        Sort::Language => {
            Language::ALL.iter().map(|language| Choice::new(language.tag(), language.own_name(), value)).collect()
        }
        Sort::Ref(kind) if !is_long(kind) => records(read, words, kind, value)?,
        Sort::CodeOf(list) => codes(read, words, list, value)?,
        Sort::Form => forms(read, value)?,
        _ => Vec::new(),
    })
}

/// The records of a short book by name; the one that is chosen stays in the menu when it is archived.
fn records(read: &Read<'_>, words: &Words, kind: &str, value: &str) -> Result<Vec<Choice>, Trouble> {
    let rows = read.list(kind, None, MENU.saturating_add(1), Direction::Ascending)?;
    if rows.len() > MENU {
        return Ok(Vec::new());
    }
    let chosen = meant(read, kind, value)?.map(|id| id.to_string()).unwrap_or_default();
    let mut choices = Vec::new();
    for row in &rows {
        let Some(body) = &row.body else { continue };
        if !is_archived(body) || row.id.to_string() == chosen {
            choices.push(Choice::new(row.id, title_in(kind, body, words.language()), &chosen));
        }
    }
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    Ok(choices)
}

fn codes(read: &Read<'_>, words: &Words, list: &str, value: &str) -> Result<Vec<Choice>, Trouble> {
    let mut choices = Vec::new();
    for row in read.list("code", None, 2_000, Direction::Ascending)? {
        let Some(body) = &row.body else { continue };
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("list") == list && (!is_archived(body) || text("code") == value) {
            choices.push(Choice::new(text("code"), title_in("code", body, words.language()), value));
        }
    }
    Ok(choices)
}

fn forms(read: &Read<'_>, value: &str) -> Result<Vec<Choice>, Trouble> {
    let mut choices = Vec::new();
    for row in read.list(kind::FORM, None, MENU, Direction::Descending)? {
        let Some(body) = &row.body else { continue };
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let active = body.get("active").and_then(Value::as_bool).unwrap_or(false);
        let chosen = text("sha256") == value || text("title") == value;
        if active || chosen {
            let value = if chosen { text("sha256") } else { value };
            choices.push(Choice::new(text("sha256"), text("title"), value));
        }
    }
    Ok(choices)
}

/// The zones that the company may write times in.
pub(super) fn zones() -> impl Iterator<Item = &'static str> {
    Zone::names()
}

/// `GET /suggest/{path}`: options for what is typed so far, whatever the input is called.
pub(super) fn options(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let book = book(asked.word("path")).ok_or(Trouble::NotFound)?;
    may_look(desk, book)?;
    let typed = asked.query.0.first().map_or("", |(_, value)| value.trim());
    desk.read(|read| {
        let mut html = String::new();
        let sort = match book.field(book.title).map(|field| field.sort) {
            Some(Sort::Local) => format!("{}.{}", book.title, desk.words.language().tag()),
            _ => book.title.to_owned(),
        };
        let list = List { kind: book.kind, sort: &sort, words: typed, limit: SOME, ..List::default() };
        for place in read.listed(&list)? {
            let name = named_as(read, book.kind, place.id)?;
            let body = read.row(book.kind, place.id)?.and_then(|row| row.body).unwrap_or_default();
            let title = title_in(book.kind, &body, desk.words.language());
            let owner = body.get("customer").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let owner = owner.map(|id| crate::master::title_of(read, kind::CUSTOMER, id, desk.words.language()));
            let label = [Some(title), owner.transpose()?].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            html.push_str(&format!("<option value=\"{}\">{}</option>", escaped(&name), escaped(&label)));
        }
        Ok(Html(html).into_response())
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
