//! The cells and columns of plain lists, paged by key. They change nothing.

use askama::Template;
use countersign_model::record::Row;

use super::fields::{Asked, address};
use super::page::Page;
use super::trouble::Trouble;
use super::words::{Chip, Words};
use crate::store::{Direction, Read};

/// Rows of one page.
const PAGE: usize = 50;

/// A column's head.
pub(crate) struct Column {
    pub label: String,
    pub number: bool,
}

impl Column {
    pub fn plain(words: &Words, keys: &[&str]) -> Vec<Column> {
        keys.iter().map(|key| Column { label: words.t(key), number: false }).collect()
    }
}

/// A cell.
#[derive(Default)]
pub(crate) struct Cell {
    pub label: String,
    pub text: String,
    pub link: String,
    pub number: bool,
    pub chips: Vec<Chip>,
}

impl Cell {
    pub fn text(words: &Words, label: &str, text: impl Into<String>) -> Cell {
        Cell { label: words.t(label), text: text.into(), ..Cell::default() }
    }

    pub fn number(words: &Words, label: &str, text: impl Into<String>) -> Cell {
        Cell { number: true, ..Cell::text(words, label, text) }
    }

    pub fn link(text: &str, link: &str) -> Cell {
        Cell { text: text.to_owned(), link: link.to_owned(), ..Cell::default() }
    }
}

/// A table with its next page.
pub(crate) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    pub next: String,
    pub empty: String,
}

#[derive(Template)]
#[template(path = "list.html")]
pub(crate) struct List {
    pub page: Page,
    pub table: Table,
    pub actions: Vec<(String, String)>,
}

/// A page of rows by key, and the address of the next page; empty where there is none.
pub(crate) fn more(
    read: &Read<'_>,
    kind: &str,
    asked: &Asked,
    path: &str,
    direction: Direction,
) -> Result<(Vec<Row>, String), Trouble> {
    let mut rows = read.list(kind, asked.query.id("after"), PAGE.saturating_add(1), direction)?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| has_more).map(|row| row.id.to_string());
    Ok((rows, last.map(|id| address(path, &[("after", &id)])).unwrap_or_default()))
}

/// A day as stored (`YYYY-MM-DD`) in the reader's writing.
pub(crate) fn day(words: &Words, stored: &str) -> String {
    let date = chrono::NaiveDate::parse_from_str(stored, "%Y-%m-%d").ok();
    let noon = date.and_then(|date| date.and_hms_opt(12, 0, 0)).map(|time| time.and_utc().timestamp_millis());
    noon.map_or_else(|| stored.to_owned(), |noon| words.texts.date(noon, &countersign_texts::Zone::utc()))
}
