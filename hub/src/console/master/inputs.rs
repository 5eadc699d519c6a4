//! The inputs of a form: how a column is asked for, what can be chosen, and what was wrong with what was typed.

use super::shown::label;
use super::suggest;
use crate::console::fields::Fields;
use crate::console::trouble::Trouble;
use crate::console::words::{Choice, Words};
use crate::master::{Column, Flaw, Sort};
use crate::store::Read;

/// An input of a form.
pub(super) struct Input {
    pub name: String,
    pub label: String,
    pub help: String,
    /// How it is drawn: `text`, `area`, `date`, `check`, `menu`, `boxes`, `find`, `list` or `fixed`.
    pub sort: &'static str,
    pub value: String,
    pub choices: Vec<Choice>,
    pub needed: bool,
    /// What is wrong with it.
    pub problem: String,
    /// What stands in the record now, where that is something else and somebody else saved it.
    pub now: String,
    /// Keyboard of a phone: `decimal`, `email` or `text`.
    pub keys: &'static str,
    /// Where suggestions come from.
    pub book: &'static str,
}

/// A flaw in the reader's words.
pub(crate) fn flaw_text(words: &Words, flaw: &Flaw) -> String {
    let facts: Vec<_> = flaw.facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    words.with(&format!("master-flaw-{}", flaw.code), &facts)
}

/// The input of a column.
pub(super) fn input(
    read: &Read<'_>,
    words: &Words,
    column: &Column,
    form: &Fields,
    fixed: bool,
) -> Result<Input, Trouble> {
    let field = column.field;
    let value = form.get(&column.name()).to_owned();
    let choices = match field.sort {
        Sort::Zone => suggest::zones().map(|zone| Choice::new(zone, zone, &value)).collect(),
        _ => suggest::choices(read, words, field, &value)?,
    };
    let sort = match field.sort {
        _ if fixed => "fixed",
        Sort::Lines | Sort::PartCodes => "area",
        Sort::Day => "date",
        Sort::Flag => "check",
        Sort::Words { .. } => "boxes",
        Sort::Zone => "list",
        Sort::Word { .. } | Sort::Language | Sort::CodeOf(_) | Sort::Form => "menu",
        Sort::Ref(_) if choices.is_empty() => "find",
        Sort::Ref(_) => "menu",
        _ => "text",
    };
    let keys = match field.sort {
        Sort::Decimal | Sort::Money | Sort::Percent => "decimal",
        Sort::Mail => "email",
        _ => "text",
    };
    let mut label = label(words, field);
    if let Some(language) = column.language {
        label = words.with("master-in-language", &[("field", label.into()), ("language", language.own_name().into())]);
    }
    let help = format!("master-help-{}", field.label);
    Ok(Input {
        name: column.name(),
        label,
        help: if words.texts.has(&help) { words.t(&help) } else { String::new() },
        sort,
        choices: completed(words, field.sort, sort, choices, form, &column.name()),
        value,
        needed: column.needed(),
        problem: String::new(),
        now: String::new(),
        keys,
        book: if sort == "find" { suggest::book_of_field(field) } else { "" },
    })
}

/// A menu gets an empty line where nothing has to be chosen yet; boxes know which are ticked.
fn completed(words: &Words, field: Sort, sort: &str, choices: Vec<Choice>, form: &Fields, name: &str) -> Vec<Choice> {
    match sort {
        "boxes" => {
            let chosen: Vec<&str> = form.all(name).collect();
            let tick = |choice: Choice| Choice { chosen: chosen.contains(&choice.value.as_str()), ..choice };
            choices.into_iter().map(tick).collect()
        }
        "menu" if field != Sort::Language => {
            let none = Choice::new("", words.t("master-none"), form.get(name));
            std::iter::once(none).chain(choices).collect()
        }
        _ => choices,
    }
}
