//! What a row would do: its values read, its record found by its own key, and what differs. Nothing is written here.

use std::collections::BTreeMap;

use countersign_model::Id;
use countersign_model::words::key_of;
use serde_json::{Map, Value};

use super::numbers::{self, FractionSign};
use super::table::{Cell, Line, Table};
use super::{Finding, Options};
use crate::master::{Book, Column, DateOrder, Flaw, Sort, Typing, assembled, by_key, derived_id};
use crate::store::{Read, StoreError};

/// How the numbers and days of a file are to be read.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    sign: FractionSign,
    dates: Option<DateOrder>,
}

impl Reading {
    /// What a person said, or else what all values of the file tell together.
    pub fn of(table: &Table, options: &Options) -> Reading {
        let texts = |wanted: fn(&Sort) -> bool| {
            let columns = table.columns.iter().filter(move |(column, ..)| wanted(&column.field.sort));
            columns.flat_map(|(_, place, _)| {
                table.lines.iter().filter_map(|line| line.cells.get(*place)).filter(|cell| !cell.is_typed)
            })
        };
        let numbers = texts(|sort| matches!(sort, Sort::Decimal | Sort::Money | Sort::Percent));
        let sign = match options.decimal {
            Some(sign) => FractionSign::Is(sign),
            None => numbers::sign(numbers.map(|cell| cell.text.trim())),
        };
        let days = texts(|sort| matches!(sort, Sort::Day)).map(|cell| cell.text.trim());
        Reading { sign, dates: options.dates.or_else(|| order_of(days)) }
    }
}

/// The order of day and month, where some day of the file can be read in one way only and none the other way.
fn order_of<'a>(days: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for day in days {
        let numbers: Vec<u32> = day.split(['/', '-']).filter_map(|part| part.trim().parse().ok()).collect();
        if let [first, second, year] = numbers.as_slice()
            && *year > 999
        {
            day_first |= *first > 12;
            month_first |= *second > 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// What a row does to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    Make,
    Change,
    Nothing,
}

/// A row that can be saved.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub does: Does,
    /// The record; `None` for a new one whose id is made up.
    pub id: Option<Id>,
    /// Its revision now, 0 for a new one.
    pub rev: u64,
    pub fields: Map<String, Value>,
}

/// Checks the rows of one file.
pub(super) struct Checking<'a> {
    pub book: &'static Book,
    pub table: &'a Table,
    pub reading: Reading,
    pub currency: String,
    /// Rows by their key, to find those that name one record twice.
    pub seen: BTreeMap<String, usize>,
}

impl Checking<'_> {
    /// What a row would do, or everything that is wrong with it.
    pub fn row(&mut self, read: &Read<'_>, line: &Line) -> Result<Result<Planned, Vec<Finding>>, StoreError> {
        let mut findings = Vec::new();
        let mut values: Vec<(Column, Value)> = Vec::new();
        let mut plain = Map::new();
        for (column, place, head) in &self.table.columns {
            let Some(cell) = line.cells.get(*place).filter(|cell| !cell.text.trim().is_empty() || cell.is_error) else {
                continue;
            };
            match self.value(read, column, cell, &plain)? {
                Ok(value) => {
                    if column.language.is_none() {
                        plain.insert(column.field.name.to_owned(), value.clone());
                    }
                    values.push((*column, value));
                }
                Err(flaw) => findings.push(at(line, head, flaw)),
            }
        }
        let beyond = self.table.columns.iter().map(|(_, place, _)| *place).max().unwrap_or(0);
        if line.cells.iter().skip(beyond.saturating_add(1)).any(|cell| !cell.text.trim().is_empty())
            && self.table.findings.is_empty()
        {
            findings.push(at(line, "", Flaw::new("row-long")));
        }
        if !findings.is_empty() {
            return Ok(Err(findings));
        }
        match self.record(read, line, &plain)? {
            Ok((id, rev, before)) => Ok(self.planned(line, values, id, rev, before)),
            Err(finding) => Ok(Err(vec![finding])),
        }
    }

    fn value(
        &self,
        read: &Read<'_>,
        column: &Column,
        cell: &Cell,
        others: &Map<String, Value>,
    ) -> Result<Result<Value, Flaw>, StoreError> {
        if cell.is_error {
            return Ok(Err(Flaw::new("formula").with("value", &cell.text)));
        }
        let is_number = matches!(column.field.sort, Sort::Decimal | Sort::Money | Sort::Percent);
        let decimal = match self.reading.sign {
            _ if cell.is_typed => '.',
            FractionSign::Is(sign) => sign,
            FractionSign::Unclear if is_number && numbers::is_unclear(&cell.text) => {
                return Ok(Err(Flaw::new("number-sign").with("value", &cell.text)));
            }
            FractionSign::Unclear => '.',
        };
        let typing = Typing { read, currency: self.currency.clone(), decimal, dates: self.reading.dates };
        typing.value(column, &cell.text, others)
    }

    /// The record that a row names by its own key.
    #[allow(clippy::type_complexity, reason = "what was found of one record, used at one place")]
    fn record(
        &mut self,
        read: &Read<'_>,
        line: &Line,
        fields: &Map<String, Value>,
    ) -> Result<Result<(Option<Id>, u64, Option<Value>), Finding>, StoreError> {
        let head = self.head_of_key();
        let Some(ids) = by_key(read, self.book, fields)? else {
            return Ok(Err(at(line, &head, Flaw::new("key-missing"))));
        };
        let key: Vec<String> = self
            .book
            .key
            .iter()
            .map(|name| key_of(fields.get(*name).and_then(Value::as_str).unwrap_or_default()))
            .chain(
                (self.book.path == "machines")
                    .then(|| fields.get("model").map(ToString::to_string).unwrap_or_default()),
            )
            .collect();
        if let Some(first) = self.seen.insert(key.join("\u{0}"), line.number)
            && first != line.number
        {
            return Ok(Err(at(line, &head, Flaw::new("row-twice").with("row", &first.to_string()))));
        }
        let id = match ids.as_slice() {
            [] => return Ok(Ok((derived_id(self.book, fields), 0, None))),
            [only] => *only,
            _ => return Ok(Err(at(line, &head, Flaw::new("key-several")))),
        };
        let row = read.row(self.book.kind, id)?;
        let rev = row.as_ref().map_or(0, |row| row.rev);
        Ok(Ok((Some(id), rev, row.and_then(|row| row.body))))
    }

    fn head_of_key(&self) -> String {
        let last = self.book.key.last().copied().unwrap_or_default();
        let found = self.table.columns.iter().find(|(column, ..)| column.field.name == last);
        found.map(|(_, _, head)| head.clone()).unwrap_or_default()
    }

    fn planned(
        &self,
        line: &Line,
        values: Vec<(Column, Value)>,
        id: Option<Id>,
        rev: u64,
        before: Option<Value>,
    ) -> Result<Planned, Vec<Finding>> {
        let mut fields = Map::new();
        for (column, value) in values {
            assembled(&mut fields, before.as_ref(), &column, value);
        }
        let Some(before) = before else {
            // The one value that a record cannot be without and that has a plain meaning when it is not said.
            for field in self.book.fields.iter().filter(|field| field.sort == Sort::Percent) {
                fields.entry(field.name).or_insert(Value::from(0));
            }
            let missing = self.missing(line, &fields);
            return if missing.is_empty() { Ok(Planned { does: Does::Make, id, rev, fields }) } else { Err(missing) };
        };
        fields.retain(|name, value| before.get(name.as_str()) != Some(&*value));
        let does = if fields.is_empty() { Does::Nothing } else { Does::Change };
        Ok(Planned { does, id, rev, fields })
    }

    /// What a new record needs and the row does not have.
    fn missing(&self, line: &Line, fields: &Map<String, Value>) -> Vec<Finding> {
        let filled = |name: &str| match fields.get(name) {
            Some(Value::Object(texts)) => !texts.is_empty(),
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::String(text)) => !text.trim().is_empty(),
            Some(Value::Null) | None => false,
            Some(_) => true,
        };
        let missing = self.book.fields.iter().filter(|field| field.needed && !filled(field.name));
        missing.map(|field| at(line, field.label, Flaw::new("missing"))).collect()
    }
}

pub(super) fn at(line: &Line, column: &str, flaw: Flaw) -> Finding {
    Finding { row: line.number, column: column.to_owned(), flaw, is_error: true }
}
