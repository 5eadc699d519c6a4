//! Plain lists of machines, customers and parts, paged by key. They change nothing.

use askama::Template;
use countersign_model::entity::{Customer, Entity, Machine, Part};
use countersign_model::record::{Row, kind};

use super::desk::{Desk, Outcome, drawn};
use super::fields::{Asked, address};
use super::names::Names;
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

    pub fn chips(words: &Words, label: &str, chips: Vec<Chip>) -> Cell {
        Cell { label: words.t(label), chips, ..Cell::default() }
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

/// `GET /machines`
pub(crate) fn machines(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let (rows, next) = more(read, kind::MACHINE, asked, "/machines", Direction::Ascending)?;
        let mut names = Names::new(read, words);
        let mut shown = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some(machine) = Machine::of(row) else { continue };
            let until = day(words, &machine.warranty_until);
            let jobs = address("/board", &[("of_machine", &row.id.to_string()), ("view", "list")]);
            shown.push(vec![
                Cell::link(&machine.serial, &jobs),
                Cell::text(words, "word-model", names.model(machine.model)?),
                Cell::text(words, "word-customer", names.customer(Some(machine.customer))?),
                Cell::text(words, "word-site", names.site(machine.site)?),
                Cell::text(words, "console-warranty-until", until),
                Cell::text(words, "console-contract", machine.contract),
                Cell::number(words, "console-meter", words.texts.number(&machine.meter)),
            ]);
        }
        let keys =
            ["word-serial", "word-model", "word-customer", "word-site", "console-warranty-until", "console-contract"];
        let mut columns = Column::plain(words, &keys);
        columns.push(Column { label: words.t("console-meter"), number: true });
        let table = Table { columns, rows: shown, next, empty: words.t("console-machines-empty") };
        drawn(&List {
            page: desk.page(read, words.t("console-machines"), "/machines", asked)?,
            table,
            actions: Vec::new(),
        })
    })
}

/// A day as stored (`YYYY-MM-DD`) in the reader's writing.
fn day(words: &Words, stored: &str) -> String {
    let date = chrono::NaiveDate::parse_from_str(stored, "%Y-%m-%d").ok();
    let noon = date.and_then(|date| date.and_hms_opt(12, 0, 0)).map(|time| time.and_utc().timestamp_millis());
    noon.map_or_else(|| stored.to_owned(), |noon| words.texts.date(noon, &countersign_texts::Zone::utc()))
}

/// `GET /customers`
pub(crate) fn customers(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let (rows, next) = more(read, kind::CUSTOMER, asked, "/customers", Direction::Ascending)?;
        let found = rows.iter().filter_map(|row| Customer::of(row).map(|customer| (row.id, customer)));
        let shown = found.map(|(id, customer)| {
            let jobs = address("/board", &[("of_customer", &id.to_string()), ("view", "list")]);
            vec![
                Cell::link(&customer.name, &jobs),
                Cell::text(words, "console-address", customer.address.replace('\n', ", ")),
                Cell::text(words, "console-phone", customer.phone),
                Cell::text(words, "console-language", customer.language.own_name()),
            ]
        });
        let rows = shown.collect();
        let columns = Column::plain(words, &["word-customer", "console-address", "console-phone", "console-language"]);
        let table = Table { columns, rows, next, empty: words.t("console-customers-empty") };
        drawn(&List {
            page: desk.page(read, words.t("console-customers"), "/customers", asked)?,
            table,
            actions: Vec::new(),
        })
    })
}

/// `GET /parts`
pub(crate) fn parts(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.person()?;
    let words = &desk.words;
    desk.read(|read| {
        let (rows, next) = more(read, kind::PART, asked, "/parts", Direction::Ascending)?;
        let found = rows.iter().filter_map(Part::of).map(|part| {
            let wear = Chip { class: "info", icon: "part", word: words.t("console-wear-part") };
            vec![
                Cell { text: part.code.clone(), ..Cell::default() },
                Cell::text(words, "voucher-description", part.name.get(words.language())),
                Cell::number(words, "voucher-unit-price", words.texts.money(&part.price)),
                Cell::number(words, "voucher-tax", words.texts.rate(part.tax_basis_points)),
                Cell::chips(words, "console-kind", if part.wear { vec![wear] } else { Vec::new() }),
            ]
        });
        let rows = found.collect();
        let columns = vec![
            Column { label: words.t("voucher-code"), number: false },
            Column { label: words.t("voucher-description"), number: false },
            Column { label: words.t("voucher-unit-price"), number: true },
            Column { label: words.t("voucher-tax"), number: true },
            Column { label: words.t("console-kind"), number: false },
        ];
        let table = Table { columns, rows, next, empty: words.t("console-parts-empty") };
        drawn(&List { page: desk.page(read, words.t("console-parts"), "/parts", asked)?, table, actions: Vec::new() })
    })
}
