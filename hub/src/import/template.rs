//! A file to fill: the columns of a book with help in the reader's language.

use countersign_texts::Texts;
use rust_xlsxwriter::{Color, DataValidation, DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

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

/// The same as a workbook: the first row is the head, the second explains, and a column that holds one of a few words
/// offers them. Columns of text keep what is typed as it is, so that `00123` stays a number of a part.
pub fn workbook(book: &Book, texts: &Texts) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    // When it was made says nothing, and the same template is the same file.
    file.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = file.add_worksheet().set_name(book.path)?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0xE5EFFA));
    let help = Format::new().set_italic().set_text_wrap().set_font_color(Color::RGB(0x52606D));
    for (place, column) in (0_u16..).zip(book.columns()) {
        sheet.set_column_format(place, &format_of(&column))?;
        sheet.set_column_width(place, WIDTH)?;
        sheet.write_string_with_format(0, place, column.name(), &head)?;
        let mark = if place == 0 { "# " } else { "" };
        sheet.write_string_with_format(1, place, format!("{mark}{}", explained(texts, book, &column)), &help)?;
        if let Some(words) = words_of(&column) {
            let choice = DataValidation::new().allow_list_strings(words)?.ignore_blank(true);
            sheet.add_data_validation(2, place, LAST_ROW, place, &choice)?;
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    file.save_to_buffer()
}

/// Width of a column, characters.
const WIDTH: f64 = 24.0;
/// The last row in which words are offered.
const LAST_ROW: u32 = 10_000;

fn format_of(column: &Column) -> Format {
    match column.field.sort {
        Sort::Decimal | Sort::Money | Sort::Percent => Format::new(),
        Sort::Day => Format::new().set_num_format("yyyy-mm-dd"),
        _ => Format::new().set_num_format("@"),
    }
}

/// The words of which a cell holds one.
fn words_of(column: &Column) -> Option<&'static [&'static str]> {
    match column.field.sort {
        Sort::Word { known, .. } => Some(known),
        Sort::Flag => Some(&["yes", "no"]),
        Sort::Language => Some(&["en", "es", "zh-Hans", "zh-Hant"]),
        _ => None,
    }
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
