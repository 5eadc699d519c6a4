//! Making and changing a record. A form carries the revision that it was made from: when somebody else saved since, both
//! texts are shown and the person decides. Sending a form twice does one thing.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::decide::RefusalCode;
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::{Row, Scope};
use countersign_model::{Id, Language, RecordRef};
use serde_json::{Map, Value};

use super::inputs::{Input, flaw_text, input};
use super::{book_of, here, may_save};
use crate::console::desk::{Desk, Outcome, company, done, drawn_as, refusal_of};
use crate::console::fields::{Asked, Fields};
use crate::console::page::Page;
use crate::console::trouble::{Problem, Trouble, refusal_status};
use crate::console::words::Words;
use crate::master::{Book, Column, Flaw, Sort, Typing, assembled, by_key, derived_id, plain, title_in};
use crate::store::Read;

#[derive(Template)]
#[template(path = "book_edit.html")]
struct EditPage {
    page: Page,
    problem: Option<Problem>,
    action: String,
    back: String,
    id: String,
    seen: u64,
    inputs: Vec<Input>,
}

/// A form as it was sent.
struct Sent {
    id: Id,
    /// The revision that the form was made from; 0 for a new record.
    seen: u64,
    is_new: bool,
}

/// What became of the fields of a form.
enum Taken {
    Fields(Map<String, Value>),
    Flaws(Vec<(String, Flaw)>),
}

/// What a page of a form shows beside the typed texts.
#[derive(Default)]
struct Told {
    problem: Option<Problem>,
    flaws: Vec<(String, Flaw)>,
    /// Shows what stands now beside what was typed.
    compare: bool,
}

/// `GET /customers/new` and its like.
pub(super) fn new(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let book = book_of(asked)?;
    allowed(desk, book)?;
    let sent = Sent { id: desk.new_id()?, seen: 0, is_new: true };
    let texts = desk.read(|read| prefilled(read, book, &asked.query))?;
    draw(desk, asked, book, &sent, &texts, Told::default(), StatusCode::OK)
}

/// What an address hands to a new record. A reference comes as an id and is shown as people write it.
fn prefilled(read: &Read<'_>, book: &Book, query: &Fields) -> Result<Fields, Trouble> {
    let mut fields = query.0.clone();
    for column in book.columns().iter().filter(|column| matches!(column.field.sort, Sort::Ref(_))) {
        if query.id(&column.name()).is_none() {
            continue;
        }
        let body = serde_json::json!({ column.field.name: query.get(&column.name()) });
        let named = plain(read, column, &body)?;
        let of_it = fields.iter_mut().filter(|(name, _)| *name == column.name());
        of_it.for_each(|(_, text)| text.clone_from(&named));
    }
    Ok(Fields(fields))
}

/// `GET /customers/{id}/edit` and its like.
pub(super) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let book = book_of(asked)?;
    allowed(desk, book)?;
    let id = asked.id()?;
    let (row, texts) = desk.read(|read| {
        let row = read.row(book.kind, id)?.ok_or(Trouble::NotFound)?;
        let texts = texts(read, book, &row)?;
        Ok((row, texts))
    })?;
    let sent = Sent { id, seen: row.rev, is_new: false };
    draw(desk, asked, book, &sent, &texts, Told::default(), StatusCode::OK)
}

fn allowed(desk: &Desk<'_>, book: &Book) -> Result<(), Trouble> {
    desk.office()?;
    if may_save(desk, book.kind) { Ok(()) } else { Err(Trouble::NotAllowed) }
}

/// What stands in a record, as its form would send it.
fn texts(read: &Read<'_>, book: &Book, row: &Row) -> Result<Fields, Trouble> {
    let body = row.body.clone().unwrap_or_default();
    let mut fields = Vec::new();
    for column in book.columns() {
        match column.field.sort {
            Sort::Words { .. } => {
                let words = body.get(column.field.name).and_then(Value::as_array).into_iter().flatten();
                fields.extend(words.filter_map(Value::as_str).map(|word| (column.name(), word.to_owned())));
            }
            _ => fields.push((column.name(), plain(read, &column, &body)?)),
        }
    }
    Ok(Fields(fields))
}

/// The text of a column in a form.
fn text_of(column: &Column, form: &Fields) -> String {
    let name = column.name();
    match column.field.sort {
        Sort::Words { .. } => form.all(&name).collect::<Vec<_>>().join(";"),
        _ => form.get(&name).to_owned(),
    }
}

/// How texts of this reader are read: the decimal sign is that of their language.
pub(crate) fn typing<'a>(read: &'a Read<'a>, words: &Words) -> Result<Typing<'a>, Trouble> {
    let decimal = if words.language() == Language::Spanish { ',' } else { '.' };
    Ok(Typing { read, currency: company(read)?.currency, decimal, dates: None })
}

/// The fields of a form, or everything that is wrong with them by the name of the input.
pub(super) type Typed = Result<Map<String, Value>, Vec<(String, Flaw)>>;

/// Reads every field; all that is wrong is found at once.
pub(super) fn take(typing: &Typing<'_>, book: &Book, before: Option<&Value>, form: &Fields) -> Result<Typed, Trouble> {
    let mut fields = Map::new();
    let mut flaws = Vec::new();
    for column in book.columns() {
        let text = text_of(&column, form);
        // A number that this reader did not touch stands as the form wrote it, with a point.
        let value = match plain_number(typing, &column, &text)? {
            Some(value) => Ok(value),
            None => typing.value(&column, &text, &fields)?,
        };
        match value {
            Ok(_) if column.needed() && text.is_empty() => flaws.push((column.name(), Flaw::new("missing"))),
            Ok(value) => assembled(&mut fields, before, &column, value),
            Err(flaw) => flaws.push((column.name(), flaw)),
        }
    }
    for field in book.fields.iter().filter(|field| field.needed && field.sort == Sort::Local) {
        let named = fields.get(field.name).and_then(Value::as_object).is_some_and(|texts| !texts.is_empty());
        if !named {
            let column = Column { field, language: Some(typing_language(form)) };
            flaws.push((column.name(), Flaw::new("missing-name")));
        }
    }
    Ok(if flaws.is_empty() { Ok(fields) } else { Err(flaws) })
}

/// The language whose input shows that a name is missing in all of them.
fn typing_language(_form: &Fields) -> Language {
    Language::English
}

/// A decimal with a point means the same in each language as long as it cannot be a group of thousands.
fn plain_number(typing: &Typing<'_>, column: &Column, text: &str) -> Result<Option<Value>, Trouble> {
    let is_number = matches!(column.field.sort, Sort::Decimal | Sort::Money | Sort::Percent);
    let fraction = text.split_once('.').map(|(_, fraction)| fraction.len());
    if !is_number || typing.decimal == '.' || text.contains(',') || fraction.is_none_or(|digits| digits == 3) {
        return Ok(None);
    }
    let with_point = Typing { read: typing.read, currency: typing.currency.clone(), decimal: '.', dates: typing.dates };
    Ok(with_point.value(column, text, &Map::new())?.ok())
}

/// `POST /customers/new` and its like.
pub(super) fn make(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let id = asked.form.made_id("id")?;
    save(desk, asked, Sent { id, seen: 0, is_new: true })
}

/// `POST /customers/{id}/edit` and its like.
pub(super) fn change(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let seen = asked.form.get("seen").parse().map_err(|_| Trouble::Form)?;
    save(desk, asked, Sent { id: asked.id()?, seen, is_new: false })
}

fn save(desk: &Desk<'_>, asked: &Asked, mut sent: Sent) -> Outcome {
    let book = book_of(asked)?;
    allowed(desk, book)?;
    let taken = desk.read(|read| {
        let before = read.row(book.kind, sent.id)?;
        if before.is_none() && !sent.is_new {
            return Err(Trouble::NotFound);
        }
        let before = before.and_then(|row| row.body);
        let taken = take(&typing(read, &desk.words)?, book, before.as_ref(), &asked.form)?;
        let mut fields = match taken {
            Ok(fields) => fields,
            Err(flaws) => return Ok(Taken::Flaws(flaws)),
        };
        let mut before = before;
        if sent.is_new {
            if let Some(id) = derived_id(book, &fields) {
                sent.id = id;
                before = read.row(book.kind, id)?.and_then(|row| row.body);
            }
        } else {
            fix_key(book, before.as_ref(), &mut fields);
        }
        let same_form_again = before.as_ref().is_some_and(|body| holds(body, &fields));
        let taken = if same_form_again { None } else { key_taken(read, book, &sent, &fields)? };
        Ok(match taken {
            Some(flaw) => Taken::Flaws(vec![flaw]),
            None => Taken::Fields(fields),
        })
    })?;
    let fields = match taken {
        Taken::Fields(fields) => fields,
        Taken::Flaws(flaws) => {
            let trouble = Told { problem: Some(Problem::of(&desk.words, "fields")), flaws, compare: false };
            return draw(desk, asked, book, &sent, &asked.form, trouble, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let record = RecordRef::new(book.kind, sent.id);
    let order = MasterSave { record, fields: Value::Object(fields), seen: Some(sent.seen) };
    match refusal_of(desk.order(Payload::MasterSave(order), Scope::office()))? {
        None => done(&format!("/{}/{}", book.path, sent.id), if sent.is_new { "created" } else { "saved" }),
        Some(refusal) => {
            let compare = refusal.code == RefusalCode::ChangedSince;
            let problem = match compare {
                true => Problem::of(&desk.words, "changed-since"),
                false => Problem::refused(&desk.words, &refusal),
            };
            if compare {
                // The next time it is sent it goes over what is shown now.
                sent.seen = desk.read(|read| Ok(read.row(book.kind, sent.id)?.map_or(0, |row| row.rev)))?;
                sent.is_new = false;
            }
            let trouble = Told { problem: Some(problem), flaws: Vec::new(), compare };
            draw(desk, asked, book, &sent, &asked.form, trouble, refusal_status(&refusal))
        }
    }
}

/// Whether a body has all of these fields already: the same form sent twice.
fn holds(body: &Value, fields: &Map<String, Value>) -> bool {
    fields.iter().all(|(name, value)| body.get(name) == Some(value))
}

/// Where the id is derived from the key, the key stays: another key is another record.
fn fix_key(book: &Book, before: Option<&Value>, fields: &mut Map<String, Value>) {
    if derived_id(book, fields).is_some() {
        for name in book.key {
            if let Some(value) = before.and_then(|body| body.get(*name)) {
                fields.insert((*name).to_owned(), value.clone());
            }
        }
    }
}

/// Another record with the same own key.
fn key_taken(
    read: &Read<'_>,
    book: &Book,
    sent: &Sent,
    fields: &Map<String, Value>,
) -> Result<Option<(String, Flaw)>, Trouble> {
    let same = by_key(read, book, fields)?.unwrap_or_default();
    let is_derived = derived_id(book, fields).is_some();
    let Some(other) = same.into_iter().find(|id| *id != sent.id || (is_derived && sent.is_new)) else {
        return Ok(None);
    };
    let body = read.row(book.kind, other)?.and_then(|row| row.body).unwrap_or_default();
    if book.kind == countersign_model::record::kind::MACHINE && body.get("model") != fields.get("model") {
        // Two makers may use one serial.
        return Ok(None);
    }
    let column = book.key.last().and_then(|name| book.field(name)).map_or("", |field| field.label);
    let flaw = Flaw::new("taken").with("name", &title_in(book.kind, &body, Language::English));
    Ok(Some((column.to_owned(), flaw)))
}

fn draw(
    desk: &Desk<'_>,
    asked: &Asked,
    book: &'static Book,
    sent: &Sent,
    form: &Fields,
    trouble: Told,
    status: StatusCode,
) -> Outcome {
    let words = &desk.words;
    desk.read(|read| {
        let row = read.row(book.kind, sent.id)?;
        let now = match (&row, trouble.compare) {
            (Some(row), true) => Some(texts(read, book, row)?),
            _ => None,
        };
        let mut inputs = Vec::new();
        for column in book.columns() {
            let mut input = input(read, words, &column, form, !sent.is_new && is_fixed(book, &column))?;
            let flaw = trouble.flaws.iter().find(|(name, _)| *name == input.name);
            input.problem = flaw.map(|(_, flaw)| flaw_text(words, flaw)).unwrap_or_default();
            if let Some(now) = &now {
                let standing = text_of(&column, now);
                if standing != text_of(&column, form) {
                    input.now = if standing.is_empty() { words.t("master-nothing") } else { standing };
                }
            }
            inputs.push(input);
        }
        let name = match &row {
            Some(row) => title_in(book.kind, &row.body.clone().unwrap_or_default(), words.language()),
            None => String::new(),
        };
        let title = match sent.is_new {
            true => words.t(&format!("master-new-{}", book.path)),
            false => words.of("master-edit-title", "name", &name),
        };
        let path = book.path;
        let (action, back) = match sent.is_new {
            true => (format!("/{path}/new"), format!("/{path}")),
            false => (format!("/{path}/{}/edit", sent.id), format!("/{path}/{}", sent.id)),
        };
        let shown = EditPage {
            page: desk.page(read, title, here(book), asked)?,
            problem: trouble.problem,
            action,
            back,
            id: sent.id.to_string(),
            seen: sent.seen,
            inputs,
        };
        drawn_as(status, &shown)
    })
}

/// Part of a key from which the id is derived.
fn is_fixed(book: &Book, column: &Column) -> bool {
    matches!(book.path, "codes" | "prices") && book.key.contains(&column.field.name)
}
