//! The list of a book: sorted, filtered and searched by what stands in the address, paged by key, and the same as CSV.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use countersign_model::record::Row;
use countersign_model::words::key_of;
use countersign_model::{Id, Language};
use serde_json::Value;

use super::shown::{Showing, Shown, book_name, is_number, label};
use super::suggest;
use super::{book_of, here, may_look, may_save};
use crate::console::desk::{Desk, Outcome, drawn};
use crate::console::fields::{Asked, address};
use crate::console::page::Page;
use crate::console::trouble::Trouble;
use crate::console::words::{Choice, Words};
use crate::import::csv_line;
use crate::master::{Book, Field, Sort, book_of_kind, plain};
use crate::store::{Filter, List as Listing, Place, Read};

/// Rows of one page.
const PAGE: usize = 50;
/// Rows fetched at a time for a file.
const CHUNK: usize = 500;

/// A column's head, with the address that sorts by it.
pub(crate) struct Head {
    pub label: String,
    pub number: bool,
    /// Empty where the list cannot be sorted by it.
    pub link: String,
    /// `ascending`, `descending` or empty.
    pub sorted: &'static str,
}

/// A cell.
pub(crate) struct Cell {
    pub label: String,
    pub number: bool,
    pub shown: Shown,
}

/// A filter above the list.
pub(crate) struct Chooser {
    pub name: String,
    pub label: String,
    /// The choices; empty for a field that is typed.
    pub choices: Vec<Choice>,
    pub value: String,
    /// The book that the typed value is looked up in.
    pub book: &'static str,
}

/// The filters above a list.
pub(crate) struct Filters {
    pub path: String,
    pub words: String,
    pub choosers: Vec<Chooser>,
    pub archived: Vec<Choice>,
    /// Sort and direction, to stay when a filter changes.
    pub kept: Vec<(String, String)>,
    pub is_filtered: bool,
}

/// A table of records.
pub(crate) struct BookTable {
    pub heads: Vec<Head>,
    pub rows: Vec<Vec<Cell>>,
    pub next: String,
    /// Address of the first page; empty on it.
    pub first: String,
    pub empty: String,
}

#[derive(Template)]
#[template(path = "book_list.html")]
struct ListPage {
    page: Page,
    filters: Filters,
    table: BookTable,
    new: String,
    import: String,
    csv: String,
    /// Lists that belong beside this one.
    beside: Vec<(String, String)>,
}

/// What the address says of the list.
struct Wish {
    sort: &'static str,
    descending: bool,
    archived: bool,
    words: String,
    filters: Vec<(&'static Field, String)>,
    after: Option<Place>,
}

impl Wish {
    fn of(book: &'static Book, asked: &Asked) -> Wish {
        let query = &asked.query;
        let sort = book.sorts.iter().find(|name| **name == query.get("sort")).or(book.sorts.first());
        let filters = book.filters.iter().filter_map(|name| book.field(name));
        let filters = filters.map(|field| (field, query.get(field.label).to_owned()));
        let after = query.id("after").map(|id| Place { key: raw(asked, "after_key"), id });
        Wish {
            sort: sort.copied().unwrap_or(book.title),
            descending: query.get("dir") == "desc",
            archived: query.get("archived") == "1",
            words: query.get("q").to_owned(),
            filters: filters.filter(|(_, value)| !value.is_empty()).collect(),
            after,
        }
    }

    /// The address of this list with another order or place.
    fn address(&self, path: &str, sort: &str, descending: bool, after: Option<&Place>) -> String {
        let id = after.map(|place| place.id.to_string()).unwrap_or_default();
        let mut fields = vec![("q", self.words.as_str())];
        fields.extend(self.filters.iter().map(|(field, value)| (field.label, value.as_str())));
        fields.push(("archived", if self.archived { "1" } else { "" }));
        fields.push(("sort", sort));
        fields.push(("dir", if descending { "desc" } else { "" }));
        fields.push(("after_key", after.map_or("", |place| place.key.as_str())));
        fields.push(("after", &id));
        address(path, &fields)
    }
}

/// A field of the address as it is: keys may begin or end with a space.
fn raw(asked: &Asked, name: &str) -> String {
    asked.query.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The key that a list is sorted by: texts per language in the reader's, a field that names another record by what that
/// is called.
fn sort_key(book: &Book, sort: &str, language: Language) -> String {
    match book.field(sort).map(|field| field.sort) {
        Some(Sort::Local) => format!("{sort}.{}", language.tag()),
        Some(Sort::Ref(kind)) => match book_of_kind(kind) {
            Some(named) => format!("{sort}.{}", sort_key(named, named.title, language)),
            None => sort.to_owned(),
        },
        _ => sort.to_owned(),
    }
}

/// The filters in keys; `None` where one names something that does not exist, so that nothing fits.
fn filters(read: &Read<'_>, wish: &Wish) -> Result<Option<Vec<Filter>>, Trouble> {
    let mut filters = Vec::new();
    for (field, value) in &wish.filters {
        let key = match field.sort {
            Sort::Ref(kind) => match suggest::meant(read, kind, value)? {
                Some(id) => id.to_string(),
                None => return Ok(None),
            },
            _ => key_of(value),
        };
        filters.push(Filter::Is { field: field.name.to_owned(), key });
    }
    Ok(Some(filters))
}

/// The rows of a page, and one more where there is a next page.
fn rows(
    read: &Read<'_>,
    book: &Book,
    wish: &Wish,
    language: Language,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<(Place, Row)>, Trouble> {
    let Some(filters) = filters(read, wish)? else { return Ok(Vec::new()) };
    let sort = sort_key(book, wish.sort, language);
    let list = Listing {
        kind: book.kind,
        sort: &sort,
        descending: wish.descending,
        archived: wish.archived,
        filters,
        words: &wish.words,
        among: None,
        after,
        limit,
    };
    let mut rows = Vec::new();
    for place in read.listed(&list)? {
        if let Some(row) = read.row(book.kind, place.id)? {
            rows.push((place, row));
        }
    }
    Ok(rows)
}

/// The fields that a list shows, the one that names the record first.
fn listed(book: &Book) -> Vec<&'static Field> {
    let title = book.field(book.title);
    let others = book.fields.iter().filter(|field| field.listed && field.name != book.title);
    title.into_iter().chain(others).collect()
}

/// `GET /customers` and its like.
pub(super) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let book = book_of(asked)?;
    may_look(desk, book)?;
    let words = &desk.words;
    desk.read(|read| {
        let (filters, table) = table(read, words, book, asked)?;
        let office = desk.person()?.is_office();
        let new = if may_save(desk, book.kind) { prefilled(book, asked) } else { String::new() };
        let import = if new.is_empty() { String::new() } else { address("/import", &[("kind", book.path)]) };
        let csv = asked.address.replacen(&format!("/{}", book.path), &format!("/{}.csv", book.path), 1);
        drawn(&ListPage {
            page: desk.page(read, book_name(words, book.path, true), here(book), asked)?,
            filters,
            table,
            new,
            import,
            csv,
            beside: if office { beside(words, book) } else { Vec::new() },
        })
    })
}

/// The form for a new record takes over what the list is filtered by.
fn prefilled(book: &Book, asked: &Asked) -> String {
    let fields: Vec<(&str, &str)> = book.filters.iter().map(|name| (*name, asked.query.get(name))).collect();
    address(&format!("/{}/new", book.path), &fields)
}

/// The lists that people look for beside this one.
fn beside(words: &Words, book: &Book) -> Vec<(String, String)> {
    let paths: &[&str] = match book.path {
        "customers" => &["sites", "contacts"],
        "sites" => &["customers", "contacts"],
        "contacts" => &["customers", "sites"],
        "machines" => &["models"],
        "models" => &["machines"],
        "parts" => &["prices", "depots"],
        "prices" => &["parts"],
        _ => &[],
    };
    paths.iter().map(|path| (format!("/{path}"), book_name(words, path, true))).collect()
}

/// Filters and table of a book's list.
pub(crate) fn table(
    read: &Read<'_>,
    words: &Words,
    book: &'static Book,
    asked: &Asked,
) -> Result<(Filters, BookTable), Trouble> {
    let wish = Wish::of(book, asked);
    let path = format!("/{}", book.path);
    let mut found = rows(read, book, &wish, words.language(), wish.after.clone(), PAGE.saturating_add(1))?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|(place, _)| wish.address(&path, wish.sort, wish.descending, Some(place)));
    let first = wish.after.as_ref().map(|_| wish.address(&path, wish.sort, wish.descending, None));
    let fields = listed(book);
    let mut showing = Showing::new(read, words);
    let mut shown = Vec::with_capacity(found.len());
    for (_, row) in &found {
        shown.push(cells(&mut showing, book, &fields, row)?);
    }
    let is_filtered = !wish.filters.is_empty() || !wish.words.is_empty() || wish.archived;
    let empty = if is_filtered { "master-nothing-fits" } else { "master-nothing-yet" };
    let table = BookTable {
        heads: fields.iter().map(|field| head(words, book, &wish, field)).collect(),
        rows: shown,
        next: next.unwrap_or_default(),
        first: first.unwrap_or_default(),
        empty: words.of(empty, "book", &book_name(words, book.path, true)),
    };
    Ok((choosers(read, words, book, &wish, is_filtered)?, table))
}

fn head(words: &Words, book: &Book, wish: &Wish, field: &Field) -> Head {
    let sorted = wish.sort == field.name;
    let link = match book.sorts.contains(&field.name) {
        true => wish.address(&format!("/{}", book.path), field.name, sorted && !wish.descending, None),
        false => String::new(),
    };
    let direction = match (sorted, wish.descending) {
        (false, _) => "",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    Head { label: label(words, field), number: is_number(field), link, sorted: direction }
}

fn cells(showing: &mut Showing<'_>, book: &Book, fields: &[&'static Field], row: &Row) -> Result<Vec<Cell>, Trouble> {
    let empty = Value::Null;
    let body = row.body.as_ref().unwrap_or(&empty);
    let mut cells = Vec::with_capacity(fields.len());
    for (place, field) in fields.iter().enumerate() {
        let mut shown = showing.value(field, body)?;
        shown.text = shown.text.replace('\n', ", ");
        if place == 0 {
            if shown.text.is_empty() {
                shown.text = showing.words.t("master-unnamed");
            }
            shown.link = format!("/{}/{}", book.path, row.id);
        }
        cells.push(Cell { label: label(showing.words, field), number: is_number(field), shown });
    }
    Ok(cells)
}

fn choosers(
    read: &Read<'_>,
    words: &Words,
    book: &'static Book,
    wish: &Wish,
    is_filtered: bool,
) -> Result<Filters, Trouble> {
    let chosen: BTreeMap<&str, &str> = wish.filters.iter().map(|(field, value)| (field.name, value.as_str())).collect();
    let mut choosers = Vec::new();
    for field in book.filters.iter().filter_map(|name| book.field(name)) {
        let value = chosen.get(field.name).copied().unwrap_or_default();
        let choices = suggest::choices(read, words, field, value)?;
        let typed = match (field.sort, value.parse::<Id>()) {
            (Sort::Ref(kind), Ok(id)) if choices.is_empty() => crate::master::named_as(read, kind, id)?,
            _ => value.to_owned(),
        };
        choosers.push(Chooser {
            name: field.label.to_owned(),
            label: label(words, field),
            choices: with_any(words, choices, value),
            value: typed,
            book: suggest::book_of_field(field),
        });
    }
    let state = if wish.archived { "1" } else { "" };
    let archived = [("", "master-in-use"), ("1", "master-archived")];
    Ok(Filters {
        path: format!("/{}", book.path),
        words: wish.words.clone(),
        choosers,
        archived: archived.map(|(value, key)| Choice::new(value, words.t(key), state)).to_vec(),
        kept: vec![
            ("sort".to_owned(), wish.sort.to_owned()),
            ("dir".to_owned(), if wish.descending { "desc".to_owned() } else { String::new() }),
        ],
        is_filtered,
    })
}

fn with_any(words: &Words, choices: Vec<Choice>, value: &str) -> Vec<Choice> {
    if choices.is_empty() {
        return choices;
    }
    std::iter::once(Choice::new("", words.t("console-any"), value)).chain(choices).collect()
}

/// `GET /customers.csv` and its like: what the list shows, whole, in columns that can be imported again.
pub(super) fn csv(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let book = book_of(asked)?;
    may_look(desk, book)?;
    let language = desk.words.language();
    let wish = Wish::of(book, asked);
    // A byte order mark: spreadsheet programs then read it as UTF-8.
    let mut text = "\u{feff}".to_owned();
    let columns = book.columns();
    let names: Vec<String> = columns.iter().map(crate::master::Column::name).collect();
    text.push_str(&csv_line(&names));
    let mut after = None;
    loop {
        let page = desk.read(|read| {
            let found = rows(read, book, &wish, language, after.clone(), CHUNK)?;
            for (_, row) in &found {
                let body = row.body.clone().unwrap_or_default();
                let cells: Result<Vec<String>, _> = columns.iter().map(|column| plain(read, column, &body)).collect();
                text.push_str(&csv_line(&cells?));
            }
            Ok(found.last().map(|(place, _)| place.clone()))
        })?;
        match page {
            Some(place) => after = Some(place),
            None => return Ok(file(&format!("{}.csv", book.path), "text/csv; charset=utf-8", text.into_bytes())),
        }
    }
}

/// A file to keep.
pub(crate) fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([("content-type", media_type.to_owned()), ("content-disposition", disposition)], bytes).into_response()
}
