//! Trying and running a file. A run saves batch by batch, each whole or not at all; a batch that is refused is saved row
//! by row, so that one refused row leaves out itself only.

use std::collections::BTreeMap;

use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::kind;
use countersign_model::{Id, RecordRef};
use serde_json::Value;

use super::check::{Checking, Does, Planned, Reading, at};
use super::table::{self, Line};
use super::{Options, Report};
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::master::{Book, Flaw};
use crate::service::Actor;
use crate::store::{Direction, Read, StoreError, Write};

/// Rows that are checked or saved at a time.
const BATCH: usize = 200;

/// Hears how many rows are done, of how many.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

impl Hub {
    /// Says everything that is wrong with a file, and what running it would do. Changes nothing.
    pub fn try_import(
        &self,
        book: &'static Book,
        bytes: &[u8],
        options: &Options,
        progress: Progress<'_>,
    ) -> Outcome<Report> {
        self.import_with(book, bytes, options, None, progress)
    }

    /// Saves what can be saved of a file in somebody's name, and says what was left out.
    pub fn import(
        &self,
        actor: &Actor,
        book: &'static Book,
        bytes: &[u8],
        options: &Options,
        progress: Progress<'_>,
    ) -> Outcome<Report> {
        self.import_with(book, bytes, options, Some(actor), progress)
    }

    fn import_with(
        &self,
        book: &'static Book,
        bytes: &[u8],
        options: &Options,
        actor: Option<&Actor>,
        progress: Progress<'_>,
    ) -> Outcome<Report> {
        let mut report = Report { dry_run: actor.is_none(), ..Report::default() };
        let table = match table::read(book, bytes, options) {
            Ok(table) => table,
            Err(findings) => {
                report.findings = findings;
                return Ok(report);
            }
        };
        report.rows = table.lines.len();
        report.findings.clone_from(&table.findings);
        let currency = self.read(|read| Ok(currency(read)?))?;
        let reading = Reading::of(&table, options);
        let mut checking = Checking { book, table: &table, reading, currency, seen: BTreeMap::new() };
        let mut done = 0_usize;
        for batch in table.lines.chunks(BATCH) {
            match actor {
                None => self.read(|read| check(&mut checking, read, batch, &mut report))?,
                Some(actor) => self.save_rows(actor, &mut checking, batch, &mut report)?,
            }
            done = done.saturating_add(batch.len());
            progress(done, report.rows);
        }
        report.findings.sort_by_key(|finding| finding.row);
        Ok(report)
    }

    fn save_rows(&self, actor: &Actor, checking: &mut Checking<'_>, lines: &[Line], report: &mut Report) -> Outcome {
        let mut trial = report.clone();
        let saved = self.write(|write| save(self, actor, checking, write, lines, &mut trial));
        match saved {
            Ok(()) => *report = trial,
            Err(HubError::Refused(refusal)) if lines.len() == 1 => {
                let Some(line) = lines.first() else { return Ok(()) };
                let field = refusal.facts.get("field").cloned().unwrap_or_default();
                let flaw = Flaw::new("refused").with("code", refusal.code.as_str());
                report.findings.push(at(line, &field, flaw));
                report.left_out = report.left_out.saturating_add(1);
            }
            Err(HubError::Refused(_)) => {
                for line in lines.chunks(1) {
                    self.save_rows(actor, checking, line, report)?;
                }
            }
            Err(other) => return Err(other),
        }
        Ok(())
    }
}

fn currency(read: &Read<'_>) -> Result<String, StoreError> {
    let rows = read.list(kind::COMPANY, None, 1, Direction::Ascending)?;
    let body = rows.first().and_then(|row| row.body.as_ref());
    Ok(body.and_then(|body| body.get("currency")).and_then(Value::as_str).unwrap_or("EUR").to_owned())
}

fn count(report: &mut Report, does: Does) {
    let place = match does {
        Does::Make => &mut report.new,
        Does::Change => &mut report.changed,
        Does::Nothing => &mut report.unchanged,
    };
    *place = place.saturating_add(1);
}

fn check(checking: &mut Checking<'_>, read: &Read<'_>, lines: &[Line], report: &mut Report) -> Outcome {
    for line in lines {
        planned(checking, read, line, report)?;
    }
    Ok(())
}

/// What a row does, counted; `None` for a row that is left out, with its findings noted.
fn planned(checking: &mut Checking<'_>, read: &Read<'_>, line: &Line, report: &mut Report) -> Outcome<Option<Planned>> {
    match checking.row(read, line)? {
        Ok(planned) => {
            count(report, planned.does);
            Ok(Some(planned))
        }
        Err(findings) => {
            report.findings.extend(findings);
            report.left_out = report.left_out.saturating_add(1);
            Ok(None)
        }
    }
}

/// Saves a batch within one transaction: it is checked there again, so that nothing changes in between.
fn save(
    hub: &Hub,
    actor: &Actor,
    checking: &mut Checking<'_>,
    write: &Write<'_>,
    lines: &[Line],
    report: &mut Report,
) -> Outcome {
    let mut orders = Vec::new();
    for line in lines {
        let Some(planned) = planned(checking, write, line, report)? else { continue };
        if planned.does != Does::Nothing {
            orders.push(order(hub, checking.book, planned)?);
        }
    }
    hub.order_within(write, actor, &orders)
}

fn order(hub: &Hub, book: &Book, planned: Planned) -> Outcome<Payload> {
    let id: Id = planned.id.map_or_else(|| hub.new_id(), Ok)?;
    let record = RecordRef::new(book.kind, id);
    Ok(Payload::MasterSave(MasterSave { record, fields: Value::Object(planned.fields), seen: Some(planned.rev) }))
}
