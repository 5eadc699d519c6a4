//! From what was typed to what is stored. Nothing is guessed: a value that can be read in two ways is a flaw unless the
//! caller says which is meant.

use countersign_model::money::minor_digits;
use countersign_model::record::kind;
use countersign_model::{Id, Language};
use countersign_texts::Zone;
use serde_json::{Map, Value, json};

use super::book::{Column, Field, Sort};
use super::find::{Found, find};
use super::flaw::Flaw;
use crate::store::{Read, StoreError};

/// Most characters of one line.
const LINE: usize = 500;
/// Most characters of several lines.
const LINES: usize = 10_000;

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

/// Characters that no text of ours holds: they would break papers and files.
fn unwritable(text: &str, lines: bool) -> Option<Flaw> {
    let bad = |c: char| (c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) || c == '\u{FFFD}';
    text.chars().any(bad).then(|| Flaw::new("unwritable"))
}

fn line(text: &str) -> Result<Value, Flaw> {
    within(text, LINE)
}

fn long(text: &str) -> Result<Value, Flaw> {
    within(&text.replace("\r\n", "\n").replace('\r', "\n"), LINES)
}

fn within(text: &str, most: usize) -> Result<Value, Flaw> {
    match text.chars().count() <= most {
        true => Ok(json!(text)),
        false => Err(Flaw::new("too-long").with("most", &most.to_string())),
    }
}

fn mail(text: &str) -> Result<Value, Flaw> {
    let plausible = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    if text.is_empty() || (plausible && !text.contains(char::is_whitespace) && text.len() <= 254) {
        return Ok(json!(text));
    }
    Err(Flaw::new("mail").with("value", text))
}

/// `2026-12-31`, `2026/12/31`, `2026年12月31日`, `31.12.2026`; with slashes or dashes and the year last only where the
/// order is known.
pub(super) fn day(text: &str, order: Option<DateOrder>) -> Result<String, Flaw> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let flaw = || Flaw::new("day").with("value", text);
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    let &[first, second, third] = numbers.as_slice() else { return Err(flaw()) };
    let known = matches!(signs.as_slice(), ['-', '-'] | ['/', '/'] | ['.', '.'] | ['年', '月', '日'] | ['年', '月']);
    if !known {
        return Err(flaw());
    }
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else if third.len() == 4 {
        let day_first = match (signs.first(), order) {
            (Some('.'), _) => true,
            (_, Some(order)) => order == DateOrder::DayFirst,
            // Only one of the two can be a month.
            _ if first.parse::<u32>().is_ok_and(|n| n > 12) => true,
            _ if second.parse::<u32>().is_ok_and(|n| n > 12) => false,
            _ => return Err(Flaw::new("day-order").with("value", text)),
        };
        if day_first { (third, second, first) } else { (third, first, second) }
    } else {
        return Err(flaw());
    };
    let found = year.parse().ok().zip(month.parse().ok()).zip(day.parse().ok());
    let found = found.and_then(|((year, month), day)| chrono::NaiveDate::from_ymd_opt(year, month, day));
    found.map(|date| date.format("%Y-%m-%d").to_string()).ok_or_else(flaw)
}

/// A decimal with `sign` between whole and fraction and the other sign, or spaces, between groups of three.
pub(super) fn decimal(text: &str, sign: char) -> Result<String, Flaw> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let flaw = || Flaw::new("number").with("value", text);
    let (minus, digits) = text.strip_prefix(['-', '−']).map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once(sign).unwrap_or((digits, ""));
    let group = if sign == ',' { '.' } else { ',' };
    let grouped = whole.contains([group, ' ', '\u{a0}', '\u{202f}', '\'']);
    let groups: Vec<&str> = whole.split([group, ' ', '\u{a0}', '\u{202f}', '\'']).collect();
    let fits = groups.iter().skip(1).all(|part| part.len() == 3) && groups.first().is_some_and(|part| part.len() <= 3);
    if grouped && !fits {
        return Err(flaw());
    }
    let whole: String = groups.concat();
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || fraction.len() > 6 || !digits_only(&whole) || !digits_only(fraction) {
        return Err(flaw());
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    let plain = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    Ok(if plain == "0" { plain } else { format!("{minus}{plain}") })
}

fn percent(text: &str, sign: char) -> Result<Value, Flaw> {
    let bare = text.trim_end_matches(['%', '％']).trim();
    if bare.is_empty() {
        return Ok(json!(0));
    }
    let flaw = || Flaw::new("percent").with("value", text);
    let plain = decimal(bare, sign).map_err(|_| flaw())?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let points: i64 = format!("{whole}{fraction:0<2}").parse().map_err(|_| flaw())?;
    if fraction.len() > 2 || !(0..=10_000).contains(&points) {
        return Err(flaw());
    }
    Ok(json!(points))
}

const YES: &[&str] = &["1", "yes", "y", "true", "x", "sí", "si", "s", "是"];
const NO: &[&str] = &["", "0", "no", "n", "false", "否"];

fn flag(text: &str) -> Result<Value, Flaw> {
    let lower = text.to_lowercase();
    match (YES.contains(&lower.as_str()), NO.contains(&lower.as_str())) {
        (true, _) => Ok(json!(true)),
        (_, true) => Ok(json!(false)),
        _ => Err(Flaw::new("flag").with("value", text)),
    }
}

fn language(text: &str) -> Result<Value, Flaw> {
    if text.is_empty() {
        return Ok(json!(Language::default()));
    }
    let by_name = Language::ALL.into_iter().find(|language| language.own_name().eq_ignore_ascii_case(text));
    let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
    by_name
        .or_else(|| Language::from_tag(text))
        .map(|language| json!(language))
        .ok_or_else(|| Flaw::new("word").with("value", text).with("allowed", &known.join(", ")))
}

fn currency(text: &str) -> Result<Value, Flaw> {
    let upper = text.to_uppercase();
    match upper.is_empty() || (upper.len() == 3 && upper.bytes().all(|byte| byte.is_ascii_uppercase())) {
        true => Ok(json!(upper)),
        false => Err(Flaw::new("currency").with("value", text)),
    }
}

fn zone(text: &str) -> Result<Value, Flaw> {
    match text.is_empty() || Zone::named(text).is_some() {
        true => Ok(json!(text)),
        false => Err(Flaw::new("zone").with("value", text)),
    }
}

fn word(text: &str, known: &[&str]) -> Result<Value, Flaw> {
    let lower = text.to_lowercase().replace([' ', '-'], "_");
    match known.iter().find(|word| **word == lower) {
        Some(word) => Ok(json!(word)),
        None if text.is_empty() => Ok(Value::Null),
        None => Err(Flaw::new("word").with("value", text).with("allowed", &known.join(", "))),
    }
}

fn words(text: &str, known: &[&str]) -> Result<Value, Flaw> {
    let mut found: Vec<Value> = Vec::new();
    for part in text.split([';', ',', '\n', '，', '；', '、']).map(str::trim).filter(|part| !part.is_empty()) {
        let word = word(part, known)?;
        if !found.contains(&word) {
            found.push(word);
        }
    }
    Ok(Value::Array(found))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_one_way_only() {
        use DateOrder::{DayFirst, MonthFirst};
        let rows = [
            ("2026-12-31", None, Ok("2026-12-31")),
            ("2026/2/3", None, Ok("2026-02-03")),
            ("2026年2月3日", None, Ok("2026-02-03")),
            ("31.12.2026", None, Ok("2026-12-31")),
            ("3.4.2026", Some(MonthFirst), Ok("2026-04-03")),
            ("31/12/2026", None, Ok("2026-12-31")),
            ("12/31/2026", None, Ok("2026-12-31")),
            ("03/04/2026", None, Err("day-order")),
            ("03/04/2026", Some(DayFirst), Ok("2026-04-03")),
            ("03/04/2026", Some(MonthFirst), Ok("2026-03-04")),
            ("31/12/2026", Some(MonthFirst), Err("day")),
            ("2026-02-30", None, Err("day")),
            ("31/12/26", None, Err("day")),
            ("tomorrow", None, Err("day")),
            ("2026-12-31T00:00", None, Err("day")),
            ("", None, Ok("")),
        ];
        for (text, order, want) in rows {
            assert_eq!(day(text, order).as_deref().map_err(|flaw| flaw.code), want, "{text}");
        }
    }

    #[test]
    fn decimals_are_read_with_the_sign_that_was_said() {
        let rows = [
            ("1204.5", '.', Ok("1204.5")),
            ("1,204.50", '.', Ok("1204.5")),
            ("1.204,5", ',', Ok("1204.5")),
            ("1 204,5", ',', Ok("1204.5")),
            ("1'204.5", '.', Ok("1204.5")),
            ("-0.00", '.', Ok("0")),
            ("007", '.', Ok("7")),
            ("1,2", '.', Err("number")),
            ("1.2.3", '.', Err("number")),
            ("1e5", '.', Err("number")),
            ("12,34,567", '.', Err("number")),
            (".5", '.', Err("number")),
            ("9999999999999999", '.', Err("number")),
        ];
        for (text, sign, want) in rows {
            assert_eq!(decimal(text, sign).as_deref().map_err(|flaw| flaw.code), want, "{text}");
        }
    }

    #[test]
    fn percent_mail_currency_and_words_are_checked() {
        assert_eq!(percent("21", '.'), Ok(json!(2100)));
        assert_eq!(percent("5,5 %", ','), Ok(json!(550)));
        assert_eq!(percent("101", '.').map_err(|flaw| flaw.code), Err("percent"));
        assert_eq!(percent("-1", '.').map_err(|flaw| flaw.code), Err("percent"));
        assert!(mail("ana@example.com").is_ok() && mail("").is_ok());
        assert!(["ana", "a@b", "a b@c.d", "a@b@c.d"].iter().all(|text| mail(text).is_err()));
        assert_eq!(currency("eur"), Ok(json!("EUR")));
        assert!(currency("€").is_err() && currency("EURO").is_err());
        assert_eq!(words("Engineer; call desk", &["engineer", "call_desk"]), Ok(json!(["engineer", "call_desk"])));
        assert!(unwritable("a\u{0}b", false).is_some() && unwritable("a\nb", false).is_some());
        assert!(unwritable("a\nb", true).is_none() && unwritable("🚜 مضخة \"x\"", false).is_none());
    }
}
