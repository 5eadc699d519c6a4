//! From what was typed to what is stored. Nothing is guessed: a value that can be read in two ways is a flaw unless the
//! caller says which is meant.

use countersign_model::Id;
use countersign_model::money::minor_digits;
use countersign_model::record::kind;
use serde_json::{Map, Value, json};

use super::book::{Column, Field, Sort};
use super::find::{Found, find};
use super::flaw::Flaw;
use super::scalar::{currency, day, decimal, flag, language, line, long, mail, percent, unwritable, word, words, zone};
use crate::store::{Read, StoreError};

/// In which order day and month stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2026.
    DayFirst,
    /// 12/31/2026.
    MonthFirst,
}

/// How typed values are to be read.
#[derive(Clone, Debug)]
pub(crate) struct Typing<'a> {
    pub read: &'a Read<'a>,
    /// The company's currency.
    pub currency: String,
    /// The sign between whole and fraction.
    pub decimal: char,
    /// In which order day and month stand; `None` where nobody said so.
    pub dates: Option<DateOrder>,
}

/// A value that was read, or what is wrong with it.
type Typed = Result<Result<Value, Flaw>, StoreError>;

impl Typing<'_> {
    /// Reads a value of a column. `others` are the fields of the record that are read already: a site is looked up
    /// among those of the customer, an amount is in the currency of its list.
    pub fn value(&self, column: &Column, text: &str, others: &Map<String, Value>) -> Typed {
        let text = text.trim();
        if let Some(flaw) = unwritable(text, matches!(column.field.sort, Sort::Lines)) {
            return Ok(Err(flaw));
        }
        let plain = match column.field.sort {
            Sort::Line | Sort::Local => line(text),
            Sort::Lines => long(text),
            Sort::Mail => mail(text),
            Sort::Day => day(text, self.dates).map(Value::String),
            Sort::Decimal => decimal(text, self.decimal).map(Value::String),
            Sort::Percent => percent(text, self.decimal),
            Sort::Flag => flag(text),
            Sort::Language => language(text),
            Sort::Currency => currency(text),
            Sort::Zone => zone(text),
            Sort::Word { known, .. } => word(text, known),
            Sort::Words { known, .. } => words(text, known),
            Sort::Money => self.money(column.field, text, others),
            Sort::Ref(kind) => return self.reference(kind, text, others),
            Sort::PartCodes => return self.parts(text),
            Sort::CodeOf(list) => return self.code(list, text),
            Sort::Form => return self.form(text),
        };
        Ok(plain)
    }

    fn money(&self, field: &Field, text: &str, others: &Map<String, Value>) -> Result<Value, Flaw> {
        let currency = others.get("list").and_then(Value::as_str).unwrap_or(&self.currency).to_owned();
        if text.is_empty() {
            return if field.needed {
                Err(Flaw::new("missing"))
            } else {
                Ok(json!({"minor": 0, "currency": currency}))
            };
        }
        let amount = text.trim_end_matches(currency.as_str()).trim();
        let plain = decimal(amount, self.decimal).map_err(|_| Flaw::new("amount").with("value", text))?;
        let (sign, digits) = plain.strip_prefix('-').map_or((1, plain.as_str()), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = minor_digits(&currency);
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > places {
            return Err(Flaw::new("amount-places").with("value", text).with("currency", &currency));
        }
        let minor: i64 =
            format!("{whole}{fraction:0<places$}").parse().map_err(|_| Flaw::new("amount").with("value", text))?;
        if sign < 0 {
            return Err(Flaw::new("negative").with("value", text));
        }
        Ok(json!({"minor": minor, "currency": currency}))
    }

    fn reference(&self, kind: &'static str, text: &str, others: &Map<String, Value>) -> Typed {
        if text.is_empty() {
            return Ok(Ok(Value::Null));
        }
        let within = (kind == kind::SITE).then(|| others.get("customer").and_then(Value::as_str)).flatten();
        let within = within.and_then(|id| id.parse::<Id>().ok());
        Ok(match find(self.read, kind, text, within)? {
            Found::One(id) => Ok(json!(id)),
            Found::None => Err(Flaw::new(unknown(kind)).with("value", text)),
            Found::Several => Err(Flaw::new("several").with("value", text)),
        })
    }

    fn parts(&self, text: &str) -> Typed {
        let mut codes = Vec::new();
        for code in text.split([';', ',', '\n', '，', '；']).map(str::trim).filter(|code| !code.is_empty()) {
            let Found::One(id) = find(self.read, kind::PART, code, None)? else {
                return Ok(Err(Flaw::new(unknown(kind::PART)).with("value", code)));
            };
            let stored = self.read.row(kind::PART, id)?.and_then(|row| row.body);
            let stored = stored.as_ref().and_then(|body| body.get("code")).and_then(Value::as_str).unwrap_or(code);
            if !codes.iter().any(|known| known == stored) {
                codes.push(stored.to_owned());
            }
        }
        Ok(Ok(json!(codes)))
    }

    fn code(&self, list: &'static str, text: &str) -> Typed {
        if text.is_empty() {
            return Ok(Ok(json!("")));
        }
        Ok(match super::find::code(self.read, list, text)? {
            Some(code) => Ok(json!(code)),
            None => Err(Flaw::new("unknown-code").with("value", text)),
        })
    }

    fn form(&self, text: &str) -> Typed {
        if text.is_empty() {
            return Ok(Ok(Value::Null));
        }
        Ok(match super::find::form(self.read, text)? {
            Some(sha256) => Ok(json!(sha256)),
            None => Err(Flaw::new("unknown-form").with("value", text)),
        })
    }
}

/// The flaw of a reference that leads nowhere, by what was looked for.
fn unknown(kind: &str) -> &'static str {
    match kind {
        kind::CUSTOMER => "unknown-customer",
        kind::SITE => "unknown-site",
        kind::MODEL => "unknown-model",
        kind::PART => "unknown-part",
        kind::BRANCH => "unknown-branch",
        kind::PERSON => "unknown-person",
        _ => "unknown",
    }
}

/// Adds a column's value to the fields of a record. Texts per language gather in one object over what stands there, so
/// that a file with one language keeps the others; an empty text takes its language out. Empty words and references
/// leave a new record's default and take the value out of one that is there.
pub(crate) fn assembled(fields: &mut Map<String, Value>, before: Option<&Value>, column: &Column, value: Value) {
    let name = column.field.name;
    let Some(language) = column.language else {
        let takes_out = before.and_then(|body| body.get(name)).is_some();
        if !value.is_null() || takes_out {
            fields.insert(name.to_owned(), value);
        }
        return;
    };
    let standing = before.and_then(|body| body.get(name)).cloned().unwrap_or_else(|| json!({}));
    let texts = fields.entry(name).or_insert(standing);
    if let Value::Object(texts) = texts {
        match value.as_str().filter(|text| !text.is_empty()) {
            Some(text) => texts.insert(language.tag().to_owned(), json!(text)),
            None => texts.remove(language.tag()),
        };
    }
}
