//! The cells of an XLSX file, read cell by cell: what a file claims of its size is not believed.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Reader as _, Xlsx};

use super::table::{Cell, Line};
use super::{MOST_COLUMNS, MOST_ROWS};
use crate::master::Flaw;

/// Most bytes that the parts of a file may unpack to.
const UNPACKED: u64 = 256 * 1024 * 1024;

fn broken(error: impl std::fmt::Display) -> Flaw {
    Flaw::new("file-xlsx").with("why", &error.to_string())
}

/// Unpacks every part into nothing and counts: a file of a few kilobytes can unpack to gigabytes.
fn check_size(bytes: &[u8]) -> Result<(), Flaw> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let read = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink()).map_err(broken)?;
        left = left.checked_sub(read).ok_or_else(|| Flaw::new("file-unpacks"))?;
    }
    Ok(())
}

/// The rows of the first sheet.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Flaw> {
    check_size(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let name = book.sheet_names().first().cloned().ok_or_else(|| Flaw::new("file-empty"))?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut lines: Vec<Line> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let (row, column) = (usize::try_from(row).unwrap_or(usize::MAX), usize::try_from(column).unwrap_or(usize::MAX));
        let read = read(cell.get_value());
        if read.text.is_empty() && !read.is_error {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(Flaw::new("file-columns").with("most", &MOST_COLUMNS.to_string()));
        }
        let number = row.saturating_add(1);
        if lines.last().is_none_or(|line| line.number != number) {
            if lines.len() > MOST_ROWS {
                return Err(Flaw::new("file-rows").with("most", &MOST_ROWS.to_string()));
            }
            lines.push(Line { number, cells: Vec::new() });
        }
        if let Some(line) = lines.last_mut() {
            line.cells.resize_with(line.cells.len().max(column.saturating_add(1)), Cell::default);
            if let Some(place) = line.cells.get_mut(column) {
                *place = read;
            }
        }
    }
    Ok(lines)
}

/// A cell's text. Numbers and days have a type of their own in such a file, so there is nothing to guess; of a formula
/// the stored result counts, and nothing is calculated.
fn read(value: &DataRef<'_>) -> Cell {
    let typed = |text: String| Cell { text, is_typed: true, is_error: false };
    match value {
        DataRef::String(text) => Cell { text: text.clone(), ..Cell::default() },
        DataRef::SharedString(text) => Cell { text: (*text).to_owned(), ..Cell::default() },
        DataRef::Int(number) => typed(number.to_string()),
        DataRef::Float(number) => typed(decimal(*number)),
        DataRef::Bool(flag) => typed(if *flag { "yes" } else { "no" }.to_owned()),
        DataRef::DateTime(time) => typed(day(time.as_f64())),
        DataRef::DateTimeIso(text) => typed(text.chars().take(10).collect()),
        DataRef::DurationIso(text) => typed(text.clone()),
        DataRef::Error(_) => Cell { text: Data::from(value.clone()).to_string(), is_typed: true, is_error: true },
        DataRef::Empty => Cell::default(),
    }
}

/// A number as people write it: what binary fractions add behind the twelfth digit is not theirs.
fn decimal(number: f64) -> String {
    let plain = format!("{number:.9}");
    plain.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A day of a spreadsheet program: days since 30 December 1899.
fn day(number: f64) -> String {
    let days = number.floor();
    if !(1.0..2_958_466.0).contains(&days) {
        return decimal(number);
    }
    let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30);
    let date = first.and_then(|first| first.checked_add_days(chrono::Days::new(days as u64)));
    date.map_or_else(|| decimal(number), |date| date.format("%Y-%m-%d").to_string())
}
