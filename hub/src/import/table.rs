//! A file as rows of cells, and which column is which.

use countersign_model::Language;
use countersign_texts::Texts;

use super::encoding::decoded;
use super::line::unguarded;
use super::{Finding, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Options, sheet};
use crate::master::{Book, Column, Flaw};

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    /// The file says what it is: numbers have a point, days are ISO.
    pub is_typed: bool,
    /// A formula that gave no value.
    pub is_error: bool,
}

/// A row with its number as a spreadsheet program counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub number: usize,
    pub cells: Vec<Cell>,
}

/// A file whose columns are known.
pub(super) struct Table {
    /// The book's columns, in the order in which they must be read, with their place in a row and their head.
    pub columns: Vec<(Column, usize, String)>,
    pub lines: Vec<Line>,
    /// What is odd about the heads; none of it leaves a row out.
    pub findings: Vec<Finding>,
}

fn whole(flaw: Flaw) -> Finding {
    Finding { row: 0, column: String::new(), flaw, is_error: true }
}

/// Reads a file. What makes it unusable as a whole is answered as findings.
pub(super) fn read(book: &'static Book, bytes: &[u8], options: &Options) -> Result<Table, Vec<Finding>> {
    if bytes.len() > MOST_BYTES {
        return Err(vec![whole(Flaw::new("file-large").with("most", &(MOST_BYTES >> 20).to_string()))]);
    }
    let lines = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        sheet::lines(bytes)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Err(Flaw::new("file-xls"))
    } else {
        decoded(bytes, options.encoding).and_then(|text| csv_lines(&text, options.separator))
    };
    let mut lines = lines.map_err(|flaw| vec![whole(flaw)])?;
    lines
        .retain(|line| !is_remark(line) && line.cells.iter().any(|cell| !cell.text.trim().is_empty() || cell.is_error));
    if lines.is_empty() {
        return Err(vec![whole(Flaw::new("file-empty"))]);
    }
    let head = lines.remove(0);
    let (columns, findings) = heads(book, &head)?;
    Ok(Table { columns, lines, findings })
}

/// Rows that explain the columns, as the templates have them.
fn is_remark(line: &Line) -> bool {
    line.cells.first().is_some_and(|cell| cell.text.trim_start().starts_with("# "))
}

/// The separator that the heads are separated by; a head never holds one.
fn separator_of(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    [',', ';', '\t', '|'].into_iter().max_by_key(|sign| (count(*sign), *sign == ',')).unwrap_or(',')
}

fn csv_lines(text: &str, separator: Option<char>) -> Result<Vec<Line>, Flaw> {
    if text.contains('\u{0}') {
        return Err(Flaw::new("file-binary"));
    }
    // Some spreadsheet programs write which separator follows.
    let (said, text) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((said, rest)) => (said.trim().chars().next().or(Some('\t')), rest),
        None => (None, text),
    };
    let skipped = usize::from(said.is_some());
    let separator = separator.or(said).unwrap_or_else(|| separator_of(text));
    let separator = u8::try_from(separator).map_err(|_| Flaw::new("file-separator"))?;
    if unclosed(text, char::from(separator)) {
        return Err(Flaw::new("file-quote"));
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Flaw::new("file-csv").with("why", &error.to_string()))?;
        if lines.len() > MOST_ROWS {
            return Err(Flaw::new("file-rows").with("most", &MOST_ROWS.to_string()));
        }
        if record.len() > MOST_COLUMNS {
            return Err(Flaw::new("file-columns").with("most", &MOST_COLUMNS.to_string()));
        }
        let cells = record.iter().map(|text| Cell { text: unguarded(text).to_owned(), ..Cell::default() }).collect();
        let number = place.saturating_add(1).saturating_add(skipped);
        lines.push(Line { number, cells });
    }
    Ok(lines)
}

/// A quotation mark that is opened and never closed would swallow the rest of the file into one cell.
fn unclosed(text: &str, separator: char) -> bool {
    let (mut inside, mut at_start) = (false, true);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (inside, c) {
            (true, '"') if characters.peek() == Some(&'"') => {
                characters.next();
            }
            (true, '"') => inside = false,
            (false, '"') if at_start => inside = true,
            _ => {}
        }
        at_start = !inside && (c == separator || c == '\n' || c == '\r');
    }
    inside
}

/// A head as it is compared: without case, and without what people add around it.
fn plain_head(text: &str) -> String {
    let text = text.trim().trim_end_matches('*').trim().to_lowercase();
    text.replace([' ', '-', '_'], "")
}

/// Everything that a column may be called: its name in files, and its label in each language.
fn names(texts: &[Texts], column: &Column) -> Vec<String> {
    let mut names = vec![plain_head(&column.name())];
    for texts in texts {
        let label = texts.get(&format!("master-field-{}", column.field.label));
        let label = match column.language {
            Some(language) => {
                texts.with("master-in-language", &[("field", label.into()), ("language", language.own_name().into())])
            }
            None => label,
        };
        names.push(plain_head(&label));
    }
    names
}

type Heads = (Vec<(Column, usize, String)>, Vec<Finding>);

fn heads(book: &'static Book, head: &Line) -> Result<Heads, Vec<Finding>> {
    let texts = Language::ALL.map(Texts::new);
    let columns = book.columns();
    let known: Vec<(Column, Vec<String>)> = columns.iter().map(|column| (*column, names(&texts, column))).collect();
    let mut found: Vec<(Column, usize, String)> = Vec::new();
    let (mut odd, mut errors) = (Vec::new(), Vec::new());
    for (place, cell) in head.cells.iter().enumerate().filter(|(_, cell)| !cell.text.trim().is_empty()) {
        let name = plain_head(&cell.text);
        match known.iter().find(|(_, names)| names.contains(&name)) {
            Some((column, _)) if found.iter().any(|(other, ..)| other == column) => {
                errors.push(whole(Flaw::new("column-twice").with("column", &cell.text)));
            }
            Some((column, _)) => found.push((*column, place, cell.text.trim().to_owned())),
            None => odd.push(Finding {
                row: head.number,
                column: cell.text.trim().to_owned(),
                flaw: Flaw::new("column-unknown"),
                is_error: false,
            }),
        }
    }
    for key in book.key {
        if !found.iter().any(|(column, ..)| column.field.name == *key) {
            errors.push(whole(Flaw::new("column-missing").with("column", key)));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    // In the order of the book: a site is looked up among those of the customer that stands before it.
    found.sort_by_key(|(column, ..)| columns.iter().position(|known| known == column));
    Ok((found, odd))
}
