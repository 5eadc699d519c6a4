//! A file to fill: the columns of a book with help in the reader's language.

use countersign_texts::Texts;

use super::line::csv_line;
use crate::master::{Book, Column, Sort};

/// The template of a book as CSV in UTF-8 with a byte order mark, which spreadsheet programs read rightly. The rows that
/// begin with `# ` explain the columns; an import passes over them.
pub fn template(book: &Book, texts: &Texts) -> String {
    let columns = book.columns();
    let names: Vec<String> = columns.iter().map(Column::name).collect();
    let mut help: Vec<String> = columns.iter().map(|column| explained(texts, book, column)).collect();
    if let Some(first) = help.first_mut() {
        first.insert_str(0, "# ");
    }
    format!("\u{feff}{}{}", csv_line(&names), csv_line(&help))
}

fn explained(texts: &Texts, book: &Book, column: &Column) -> String {
    let field = column.field;
    let label = texts.get(&format!("master-field-{}", field.label));
    let mut parts = match column.language {
        Some(language) => {
            vec![texts.with("master-in-language", &[("field", label.into()), ("language", language.own_name().into())])]
        }
        None => vec![label],
    };
    if field.needed || book.key.contains(&field.name) {
        parts.push(format!("({})", texts.get("master-needed")));
    }
    let help = format!("master-help-{}", field.label);
    if texts.has(&help) {
        parts.push(texts.get(&help));
    }
    match field.sort {
        Sort::Word { known, .. } | Sort::Words { known, .. } => parts.push(known.join(" | ")),
        Sort::Day => parts.push("2026-12-31".to_owned()),
        Sort::Flag => parts.push("yes | no".to_owned()),
        Sort::Language => parts.push("en | es | zh-Hans | zh-Hant".to_owned()),
        _ => {}
    }
    parts.join(" ")
}
