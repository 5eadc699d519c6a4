//! Which records are searched and listed by what, as data: the title, the fields whose words are found, the fields by
//! which lists are sorted and filtered. Pure.

use countersign_model::record::kind;
use countersign_model::words::{key_of, number_key};
use countersign_model::{Digest, Language, LocalText};
use serde_json::Value;

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
    /// Fields that name another record, with its kind: lists sort by what that record is called.
    names: &'static [(&'static str, &'static str)],
}

const fn shape(
    kind: &'static str,
    title: &'static str,
    text: &'static [&'static str],
    keys: &'static [(&'static str, How)],
) -> Shape {
    Shape { kind, title, text, keys, names: &[] }
}

const fn naming(shape: Shape, names: &'static [(&'static str, &'static str)]) -> Shape {
    Shape { names, ..shape }
}

use How::{Each, Local, Money, Number, Text};

use kind::{JOB, PERSON};

const SHAPES: &[Shape] = &[
    shape(kind::BRANCH, "name", &["address", "phone"], &[("name", Text)]),
    naming(
        shape(
            kind::PERSON,
            "name",
            &["number", "email", "phone"],
            &[("name", Text), ("number", Text), ("branch", Text), ("roles", Each), ("language", Text)],
        ),
        &[("branch", kind::BRANCH)],
    ),
    shape(
        kind::CUSTOMER,
        "name",
        &["number", "address", "phone", "email", "tax_number"],
        &[("name", Text), ("number", Text), ("class", Text), ("language", Text)],
    ),
    naming(
        shape(kind::CONTACT, "name", &["phone", "email", "position"], &[("name", Text), ("customer", Text)]),
        &[("customer", kind::CUSTOMER)],
    ),
    naming(
        shape(kind::SITE, "name", &["address"], &[("name", Text), ("customer", Text)]),
        &[("customer", kind::CUSTOMER)],
    ),
    shape(kind::MODEL, "name", &["code"], &[("name", Local), ("code", Text)]),
    naming(
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
        &[("model", kind::MODEL), ("customer", kind::CUSTOMER), ("site", kind::SITE)],
    ),
    shape(kind::PART, "code", &["name"], &[("code", Text), ("name", Local), ("group", Text), ("price", Money)]),
    naming(shape("price", "", &[], &[("list", Text), ("part", Text)]), &[("part", kind::PART)]),
    shape("code", "name", &["code"], &[("code", Text), ("list", Text), ("name", Local)]),
    naming(
        shape("depot", "name", &[], &[("name", Text), ("branch", Text), ("person", Text)]),
        &[("branch", kind::BRANCH), ("person", kind::PERSON)],
    ),
    shape(kind::FORM, "title", &[], &[]),
    shape(kind::CALL, "number", &["caller", "phone", "fault"], &[]),
    naming(
        shape(
            kind::JOB,
            "number",
            &["fault", "serial", "findings"],
            &[
                ("number", Text),
                ("state", Text),
                ("priority", Text),
                ("class", Text),
                ("machine_state", Text),
                ("customer", Text),
                ("site", Text),
                ("machine", Text),
            ],
        ),
        &[("customer", kind::CUSTOMER), ("site", kind::SITE), ("machine", kind::MACHINE)],
    ),
    shape(kind::VOUCHER, "number", &[], &[("number", Text)]),
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
}

impl Entry {
    /// Changes when what is searched does.
    pub fn shape(&self) -> Digest {
        Digest::of(format!("{}\u{0}{}\u{0}{}", self.title, self.words, self.archived).as_bytes())
    }

    /// The keys by which records that name this one are sorted.
    pub fn title_keys(&self, kind: &str) -> Vec<(String, String)> {
        let fields = title_fields(kind);
        self.keys.iter().filter(|(field, _)| fields.contains(field)).cloned().collect()
    }
}

/// What the projections hold of a body alone; `None` for kinds that are neither searched nor listed.
pub(super) fn entry_of(kind: &str, body: &Value) -> Option<Entry> {
    let shape = shape_of(kind)?;
    let title = texts(body.get(shape.title)).into_iter().next().unwrap_or_default();
    let named = texts(body.get(shape.title));
    let others: Vec<String> = shape.text.iter().flat_map(|field| texts(body.get(*field))).collect();
    let words = named.iter().chain(&others).map(String::as_str).collect::<Vec<_>>().join("\n");
    let text: String = others.join(" · ").replace('\n', ", ").chars().take(SHOWN).collect();
    let archived = body.get("archived").and_then(Value::as_bool).unwrap_or(false);
    let keys = shape.keys.iter().flat_map(|(field, how)| keys(field, *how, body.get(*field))).collect();
    Some(Entry { title, text, words, archived, keys })
}

fn shape_of(kind: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.kind == kind)
}

/// The kinds that are searched or listed.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|shape| shape.kind)
}

/// The fields of a kind that name another record, with its kind.
pub(super) fn names_of(kind: &str) -> &'static [(&'static str, &'static str)] {
    shape_of(kind).map_or(&[], |shape| shape.names)
}

/// The kinds and fields that name records of a kind.
pub(super) fn naming_kind(kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let named = kind.to_owned();
    let of_shape = SHAPES.iter().flat_map(|shape| shape.names.iter().map(|(field, kind)| (shape.kind, *field, *kind)));
    // The lead stands in a job's visit, see `jobs.rs`.
    let all = of_shape.chain([(JOB, "lead", PERSON)]);
    all.filter(move |(_, _, kind)| *kind == named).map(|(child, field, _)| (child, field))
}

/// The fields that hold what a record of a kind is called, as keys are named.
pub(super) fn title_fields(kind: &str) -> Vec<String> {
    let Some(shape) = shape_of(kind) else { return Vec::new() };
    match shape.keys.iter().find(|(field, _)| *field == shape.title) {
        Some((field, Local)) => {
            Language::ALL.into_iter().map(|language| format!("{field}.{}", language.tag())).collect()
        }
        Some((field, _)) => vec![(*field).to_owned()],
        None => Vec::new(),
    }
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
