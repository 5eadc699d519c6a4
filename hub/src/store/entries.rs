//! Which records are searched and listed by what, as data: the title, the fields whose words are found, the fields by
//! which lists are sorted and filtered. Pure.

use countersign_model::record::kind;
use countersign_model::{Digest, Language, LocalText};
use serde_json::Value;

use super::words::{key_of, number_key};

/// Most characters of the text that a hit shows; every word is found all the same.
const SHOWN: usize = 300;

/// How a field becomes a key.
#[derive(Clone, Copy)]
enum How {
    /// A text, an id or a day.
    Text,
    /// An exact decimal.
    Number,
    /// An amount.
    Money,
    /// A text per language: one key per language of the product, `name.en` and so on.
    Local,
    /// Each text of a list.
    Each,
}

struct Shape {
    kind: &'static str,
    title: &'static str,
    /// Other fields whose words are found.
    text: &'static [&'static str],
    keys: &'static [(&'static str, How)],
}

const fn shape(
    kind: &'static str,
    title: &'static str,
    text: &'static [&'static str],
    keys: &'static [(&'static str, How)],
) -> Shape {
    Shape { kind, title, text, keys }
}

use How::{Each, Local, Money, Number, Text};

const SHAPES: &[Shape] = &[
    shape(kind::BRANCH, "name", &["address", "phone"], &[("name", Text)]),
    shape(
        kind::PERSON,
        "name",
        &["number", "email", "phone"],
        &[("name", Text), ("number", Text), ("branch", Text), ("roles", Each), ("language", Text)],
    ),
    shape(
        kind::CUSTOMER,
        "name",
        &["number", "address", "phone", "email", "tax_number"],
        &[("name", Text), ("number", Text), ("class", Text), ("language", Text)],
    ),
    shape(kind::CONTACT, "name", &["phone", "email", "position"], &[("name", Text), ("customer", Text)]),
    shape(kind::SITE, "name", &["address"], &[("name", Text), ("customer", Text)]),
    shape(kind::MODEL, "name", &["code"], &[("name", Local), ("code", Text)]),
    shape(
        kind::MACHINE,
        "serial",
        &["place", "contract", "software"],
        &[
            ("serial", Text),
            ("model", Text),
            ("customer", Text),
            ("site", Text),
            ("warranty_until", Text),
            ("contract", Text),
            ("meter", Number),
        ],
    ),
    shape(kind::PART, "code", &["name"], &[("code", Text), ("name", Local), ("group", Text), ("price", Money)]),
    shape("price", "", &[], &[("list", Text), ("part", Text)]),
    shape("code", "name", &["code"], &[("code", Text), ("list", Text), ("name", Local)]),
    shape("depot", "name", &[], &[("name", Text), ("branch", Text)]),
    shape(kind::FORM, "title", &[], &[]),
    shape(kind::CALL, "number", &["caller", "phone", "fault"], &[]),
    shape(kind::JOB, "number", &["fault", "serial", "findings"], &[]),
    shape(kind::VOUCHER, "number", &[], &[]),
];

/// What the projections hold of a record.
pub(super) struct Entry {
    /// What a hit is called; empty for records that are listed but not searched.
    pub title: String,
    /// What a hit shows beside its title.
    pub text: String,
    /// Everything whose words are found.
    pub words: String,
    /// Whether the record is archived.
    pub archived: bool,
    /// Keys by field.
    pub keys: Vec<(String, String)>,
    /// Changes when anything above does.
    pub shape: Digest,
}

/// What the projections hold of a body; `None` for kinds that are neither searched nor listed.
pub(super) fn entry_of(kind: &str, body: &Value) -> Option<Entry> {
    let shape = SHAPES.iter().find(|shape| shape.kind == kind)?;
    let title = texts(body.get(shape.title)).into_iter().next().unwrap_or_default();
    let named = texts(body.get(shape.title));
    let others: Vec<String> = shape.text.iter().flat_map(|field| texts(body.get(*field))).collect();
    let words = named.iter().chain(&others).map(String::as_str).collect::<Vec<_>>().join("\n");
    let text: String = others.join(" · ").replace('\n', ", ").chars().take(SHOWN).collect();
    let archived = body.get("archived").and_then(Value::as_bool).unwrap_or(false);
    let keys: Vec<(String, String)> =
        shape.keys.iter().flat_map(|(field, how)| keys(field, *how, body.get(*field))).collect();
    let mut all = format!("{title}\u{0}{words}\u{0}{archived}");
    for (field, key) in &keys {
        all.push_str(&format!("\u{0}{field}\u{0}{key}"));
    }
    Some(Entry { title, text, words, archived, keys, shape: Digest::of(all.as_bytes()) })
}

/// The texts of a field: one, or one per language with the preferred first.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => vec![text.clone()],
        Some(Value::Object(by_language)) => {
            by_language.values().filter_map(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn keys(field: &str, how: How, value: Option<&Value>) -> Vec<(String, String)> {
    let one = |key: String| vec![(field.to_owned(), key)];
    match how {
        Text => one(key_of(value.and_then(Value::as_str).unwrap_or_default())),
        Number => one(number_key(value.and_then(Value::as_str).unwrap_or_default())),
        Money => {
            let minor = value.and_then(|value| value.get("minor")).and_then(Value::as_i64);
            one(minor.map(|minor| number_key(&minor.to_string())).unwrap_or_default())
        }
        Each => {
            let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            list.iter().filter_map(Value::as_str).map(|text| (field.to_owned(), key_of(text))).collect()
        }
        Local => {
            let name: LocalText =
                value.cloned().and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
            Language::ALL
                .into_iter()
                .map(|language| (format!("{field}.{}", language.tag()), key_of(name.get(language))))
                .collect()
        }
    }
}
