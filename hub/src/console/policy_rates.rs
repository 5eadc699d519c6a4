//! The rates of a policy: as rows of a form, read back from it, and in words.

use countersign_model::entity::{ChargeKind, Rate};
use countersign_model::money::Money;
use serde_json::{Map, Value, json};

use super::fields::{Asked, Fields};
use super::master::{flaw_text, typing};
use super::trouble::Trouble;
use super::words::{Choice, Words};
use crate::master::{Column, Field, Sort, Typing};
use crate::store::Read;

/// Empty rows behind the stored ones: more come with the next save.
const SPARE: usize = 2;

/// How a price and a tax rate are typed, as everywhere in the office's books.
const PRICE: Field = Field { name: "price", label: "price", sort: Sort::Money, needed: true, listed: false };
const TAX: Field = Field { name: "tax_basis_points", label: "tax", sort: Sort::Percent, needed: false, listed: false };

/// A rate in the form.
pub(crate) struct RateRow {
    pub kinds: Vec<Choice>,
    pub currency: String,
    pub price: String,
    pub tax: String,
    /// What is wrong with it.
    pub problem: String,
}

fn kinds(words: &Words, chosen: &str) -> Vec<Choice> {
    let named = |kind: &ChargeKind| {
        Choice::new(kind.as_str(), words.t(&format!("console-policy-rate-{}", kind.as_str())), chosen)
    };
    ChargeKind::KNOWN.iter().map(named).collect()
}

/// A number with a point, as this reader types it.
fn typed(typing: &Typing<'_>, plain: &str) -> String {
    plain.replace('.', &typing.decimal.to_string())
}

/// Basis points as percent, with a point and no zeros behind it.
fn percent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The rows of the stored rates, and some empty ones.
pub(crate) fn stored_rows(read: &Read<'_>, words: &Words, rates: &[Rate]) -> Result<Vec<RateRow>, Trouble> {
    let typing = typing(read, words)?;
    let row = |rate: &Rate| RateRow {
        kinds: kinds(words, rate.kind.as_str()),
        currency: rate.price.currency.clone(),
        price: typed(&typing, &rate.price.plain()),
        tax: typed(&typing, &percent(rate.tax_basis_points)),
        problem: String::new(),
    };
    let spare = || RateRow {
        kinds: kinds(words, ChargeKind::Labour.as_str()),
        currency: typing.currency.clone(),
        price: String::new(),
        tax: String::new(),
        problem: String::new(),
    };
    Ok(rates.iter().map(row).chain(std::iter::repeat_with(spare).take(SPARE)).collect())
}

/// The rates of a form, and its rows as they were typed, each with what is wrong with it.
pub(crate) struct SentRates {
    pub rates: Vec<Rate>,
    pub rows: Vec<RateRow>,
}

impl SentRates {
    /// Whether every row can be taken.
    pub fn are_good(&self) -> bool {
        self.rows.iter().all(|row| row.problem.is_empty())
    }
}

/// Reads the rows of a form. A row without a price is no rate.
pub(crate) fn sent(read: &Read<'_>, words: &Words, asked: &Asked) -> Result<SentRates, Trouble> {
    let typing = typing(read, words)?;
    let column = |form: &Fields, name: &str| form.all(name).map(str::to_owned).collect::<Vec<String>>();
    let form = &asked.form;
    let (names, currencies) = (column(form, "rate_kind"), column(form, "rate_currency"));
    let (prices, taxes) = (column(form, "rate_price"), column(form, "rate_tax"));
    let mut taken = SentRates { rates: Vec::new(), rows: Vec::new() };
    for (place, kind) in names.iter().enumerate() {
        let at = |texts: &[String]| texts.get(place).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut row = RateRow {
            kinds: kinds(words, kind),
            currency: at(&currencies).to_uppercase(),
            price: at(&prices),
            tax: at(&taxes),
            problem: String::new(),
        };
        if !row.price.is_empty() {
            match rate(&typing, words, kind, &row)? {
                Ok(rate) => {
                    let same = |other: &Rate| other.kind == rate.kind && other.price.currency == rate.price.currency;
                    if taken.rates.iter().any(same) {
                        row.problem = words.t("console-rate-twice");
                    }
                    taken.rates.push(rate);
                }
                Err(problem) => row.problem = problem,
            }
        }
        taken.rows.push(row);
    }
    Ok(taken)
}

fn rate(typing: &Typing<'_>, words: &Words, kind: &str, row: &RateRow) -> Result<Result<Rate, String>, Trouble> {
    let currency = &row.currency;
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Ok(Err(words.t("console-rate-currency")));
    }
    let others = Map::from_iter([("list".to_owned(), json!(currency))]);
    let value = |field: &'static Field, text: &str| typing.value(&Column { field, language: None }, text, &others);
    let price = match value(&PRICE, &row.price)? {
        Ok(price) => price,
        Err(flaw) => return Ok(Err(flaw_text(words, &flaw))),
    };
    let tax = match value(&TAX, &row.tax)? {
        Ok(tax) => tax,
        Err(flaw) => return Ok(Err(flaw_text(words, &flaw))),
    };
    let minor = price.get("minor").and_then(Value::as_i64).unwrap_or(0);
    Ok(Ok(Rate {
        kind: ChargeKind::from_word(kind),
        price: Money::new(minor, currency),
        tax_basis_points: tax.as_i64().unwrap_or(0),
    }))
}

/// One rate in words.
pub(crate) fn line(words: &Words, rate: &Rate) -> String {
    let key = format!("console-policy-rate-{}", rate.kind.as_str());
    let kind = if words.texts.has(&key) { words.t(&key) } else { rate.kind.as_str().to_owned() };
    let tax = words.texts.number(&percent(rate.tax_basis_points));
    let price = words.texts.money(&rate.price);
    words.with("console-policy-rate-line", &[("kind", kind.into()), ("price", price.into()), ("tax", tax.into())])
}

/// All of them in words.
pub(crate) fn in_words(words: &Words, rates: &[Rate]) -> String {
    match rates.is_empty() {
        true => words.t("console-policy-rates-none"),
        false => rates.iter().map(|rate| line(words, rate)).collect::<Vec<_>>().join("; "),
    }
}

/// What a save changed about the rates: one line for each that is new, gone or another.
pub(crate) fn changes(words: &Words, before: &[Rate], after: &[Rate]) -> Vec<String> {
    let same = |one: &Rate, other: &Rate| one.kind == other.kind && one.price.currency == other.price.currency;
    let of = |rates: &[Rate], wanted: &Rate| rates.iter().find(|rate| same(rate, wanted)).cloned();
    let shown = |rate: Option<Rate>| rate.map_or_else(|| words.t("console-change-nothing"), |rate| line(words, &rate));
    let gone = before.iter().filter(|rate| of(after, rate).is_none());
    let touched = after.iter().filter(|rate| of(before, rate).as_ref() != Some(rate));
    let pair = |rate: &Rate| {
        let (old, new) = (shown(of(before, rate)), shown(of(after, rate)));
        words.with("console-change-from-to", &[("before", old.into()), ("after", new.into())])
    };
    touched.chain(gone).map(pair).collect()
}
