//! Importing files of master data into the hub of a folder.

use countersign_device::texts::Texts;
use countersign_hub::Hub;
use countersign_hub::import::{Encoding, Finding, Options, Report, template};
use countersign_hub::master::{BOOKS, Book, DateOrder, book};
use serde_json::{Value, json};

use super::of_hub;
use crate::arguments::HubImport;
use crate::output::{Done, Exit, Failure, Output, language};

/// Rows between two lines of progress.
const STEP: usize = 10_000;

/// Imports a file, tries one, or prints the template of a kind.
pub fn run(hub: &Hub, order: &HubImport, output: &Output) -> Done {
    let book = book(&order.kind).ok_or_else(|| unknown(&order.kind))?;
    let texts = Texts::new(language());
    let Some(file) = &order.file else {
        let text = template(book, &texts);
        output.result(&json!({"template": text}), || text.trim_end().to_owned());
        return Ok(Exit::Ok);
    };
    let options = options(order)?;
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::environment(format!("{}: {error}: name a file that can be read", file.display())))?;
    let mut told = 0;
    let mut hear = |done: usize, total: usize| {
        if done / STEP > told {
            told = done / STEP;
            output.progress(&json!({"done": done, "total": total}), || format!("{done} of {total} rows"));
        }
    };
    let report = match order.dry_run {
        true => hub.try_import(book, &bytes, &options, &mut hear),
        false => hub.import(&hub.system(), book, &bytes, &options, &mut hear),
    };
    let report = report.map_err(|error| of_hub(&error))?;
    tell(book, &report, &texts, output);
    Ok(if report.is_clean() { Exit::Ok } else { Exit::Refused })
}

fn unknown(kind: &str) -> Failure {
    let known: Vec<&str> = BOOKS.iter().map(|book| book.path).collect();
    Failure::usage(format!("there is no kind {kind}: use one of {}", known.join(", ")))
}

fn options(order: &HubImport) -> Result<Options, Failure> {
    let encoding = match order.encoding.as_deref() {
        Some(word) => Some(Encoding::of_word(word).ok_or_else(|| {
            let known: Vec<&str> = Encoding::ALL.iter().map(|encoding| encoding.word()).collect();
            Failure::usage(format!("--encoding {word}: use one of {}", known.join(", ")))
        })?),
        None => None,
    };
    let separator = match order.separator.as_deref() {
        Some("tab") => Some('\t'),
        Some(text) if text.chars().count() == 1 => text.chars().next(),
        Some(text) => return Err(Failure::usage(format!("--separator {text}: use one character, or tab"))),
        None => None,
    };
    Ok(Options {
        encoding,
        separator,
        decimal: order.decimal.as_deref().and_then(|text| text.chars().next()),
        dates: order.dates.as_deref().map(|word| match word {
            "day" => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        }),
    })
}

fn tell(book: &Book, report: &Report, texts: &Texts, output: &Output) {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            json!({
                "row": finding.row, "column": finding.column, "code": finding.flaw.code,
                "error": finding.is_error, "message": sentence(finding, texts),
            })
        })
        .collect();
    let object = json!({
        "kind": book.path, "dry_run": report.dry_run, "rows": report.rows, "new": report.new,
        "changed": report.changed, "unchanged": report.unchanged, "left_out": report.left_out, "findings": findings,
    });
    output.result(&object, || {
        let mut lines: Vec<String> = report
            .findings
            .iter()
            .map(|finding| match finding.row {
                0 => sentence(finding, texts),
                row => format!("{row:6} {}: {}", finding.column, sentence(finding, texts)),
            })
            .collect();
        lines.push(format!(
            "{} rows: {} new, {} changed, {} unchanged, {} left out{}",
            report.rows,
            report.new,
            report.changed,
            report.unchanged,
            report.left_out,
            if report.dry_run { " (nothing was changed)" } else { "" }
        ));
        lines.join("\n")
    });
}

fn sentence(finding: &Finding, texts: &Texts) -> String {
    let facts: Vec<_> = finding.flaw.facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    texts.with(&format!("master-flaw-{}", finding.flaw.code), &facts)
}
