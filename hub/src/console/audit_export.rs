//! The audit log as a file for spreadsheets.

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use super::audit::{Place, entries, filter, line, reads_it};
use super::desk::{Desk, Outcome};
use super::fields::Asked;
use super::trouble::Trouble;
use super::visible::People;

/// Entries of one export: as much as a spreadsheet takes; the period narrows it.
const MOST_EXPORTED: usize = 100_000;
/// Entries read at a time while exporting.
const PIECE: usize = 1_000;

/// A cell of CSV as RFC 4180 has it. A text that a spreadsheet would run as a formula is marked as text.
fn cell(text: &str) -> String {
    let guarded = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    format!("\"{}\"", guarded.replace('"', "\"\""))
}

/// `GET /audit.csv`: the same filters; UTF-8 with a mark that spreadsheets know.
pub(crate) fn export(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    reads_it(desk)?;
    let words = &desk.words;
    let facts = json!({ "filter": asked.address.split_once('?').map_or("", |(_, query)| query) });
    desk.note_event(asked, "audit.export", None, &facts)?;
    let text = desk.read(|read| {
        let people = People::load(read)?;
        let filter = filter(read, words, &asked.query)?.ok_or(Trouble::NotFound)?;
        let heads = ["time", "who", "what", "about", "outcome", "from", "details"];
        let mut out = String::from("\u{feff}");
        out.push_str(&row(heads.map(|head| words.t(&format!("console-audit-{head}")))));
        let (mut place, mut count) = (Place::default(), 0_usize);
        loop {
            let (found, next) = entries(read, &filter, place, PIECE)?;
            for entry in &found {
                let line = line(desk, read, &people, entry)?;
                let details: Vec<String> = line.facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                out.push_str(&row([
                    line.iso,
                    line.who,
                    line.what,
                    line.about,
                    line.outcome,
                    line.from,
                    details.join("; "),
                ]));
            }
            count = count.saturating_add(found.len());
            match next {
                Some(next) if count < MOST_EXPORTED => place = next,
                Some(_) => {
                    // Said in the file itself, so that nobody takes a part for the whole.
                    out.push_str(&row([
                        words.t("console-audit-cut"),
                        "".into(),
                        "".into(),
                        "".into(),
                        "".into(),
                        "".into(),
                        "".into(),
                    ]));
                    return Ok(out);
                }
                None => return Ok(out),
            }
        }
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn row(cells: [String; 7]) -> String {
    let mut line = cells.map(|text| cell(&text)).join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        for (text, want) in [
            ("plain", "\"plain\""),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("-1", "\"'-1\""),
            ("", "\"\""),
        ] {
            assert_eq!(cell(text), want);
        }
    }
}
