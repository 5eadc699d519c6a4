//! What a command or an event carried, in words: the fields that a person can read, with names instead of ids and
//! amounts instead of minor units.

use countersign_model::Id;
use countersign_model::entity::{Depot, Part, Window};
use countersign_model::money::Money;
use serde_json::{Map, Value};

use super::attention::readable;
use super::names::Names;
use super::trouble::Trouble;
use super::visible::People;
use super::words::Words;
use crate::store::Read;

/// Longest value that is shown, characters.
const LONGEST: usize = 300;
/// Most fields that are shown.
const MOST: usize = 16;
/// Fields whose value is a word of a list, with the prefix of its text.
const WORDS: &[(&str, &str)] = &[
    ("about", "kind"),
    ("class", "class"),
    ("machine_state", "machine"),
    ("method", "cash"),
    ("outcome", "outcome"),
    ("payer", "payer"),
    ("priority", "priority"),
    ("stage", "stage"),
];

/// Commands whose field `kind` is a word of a list of their own, with the prefix of its text.
const KINDS: &[(&str, &str)] = &[("time.record", "time"), ("charge.add", "charge")];

/// What a command wanted, in words.
pub(crate) fn wanted(words: &Words, kind: &str) -> String {
    let key = format!("console-event-{}", kind.replace('.', "-"));
    if words.texts.has(&key) { words.count(&key, 1) } else { kind.to_owned() }
}

/// The fields of a command of this kind, or of an event, that a person can read.
pub(crate) fn sent(
    read: &Read<'_>,
    words: &Words,
    people: &People,
    kind: &str,
    payload: &Value,
) -> Result<Vec<(String, String)>, Trouble> {
    let kinds = KINDS.iter().find(|(command, _)| *command == kind).map(|(_, prefix)| *prefix);
    let mut sender = Sender { read, words, people, kinds, found: Vec::new() };
    if let Value::Object(fields) = payload {
        sender.collect(fields)?;
    }
    sender.found.truncate(MOST);
    Ok(sender.found)
}

struct Sender<'a> {
    read: &'a Read<'a>,
    words: &'a Words,
    people: &'a People,
    /// The prefix of what the field `kind` says.
    kinds: Option<&'static str>,
    found: Vec<(String, String)>,
}

impl Sender<'_> {
    fn collect(&mut self, fields: &Map<String, Value>) -> Result<(), Trouble> {
        for (name, value) in fields {
            // Only fields that have a name for people: ids and digests say nothing to anybody.
            let key = format!("console-sent-{}", name.replace('_', "-"));
            let shown = match self.words.texts.has(&key) {
                true => self.shown(name, value)?,
                false => None,
            };
            match (shown, value) {
                (Some(text), _) if !text.is_empty() => {
                    self.found.push((self.words.t(&key), text.chars().take(LONGEST).collect()));
                }
                (None, Value::Object(inner)) if !is_reference(inner) => self.collect(inner)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A value in words; `None` where it must be looked into.
    fn shown(&self, name: &str, value: &Value) -> Result<Option<String>, Trouble> {
        let words = self.words;
        Ok(match value {
            Value::String(text) => Some(self.text(name, text)?),
            Value::Number(number) => Some(words.texts.number(&number.to_string())),
            Value::Bool(yes) => Some(words.t(if *yes { "master-yes" } else { "master-no" })),
            Value::Array(entries) => {
                let texts = entries.iter().filter_map(Value::as_str).map(|text| self.text(name, text));
                let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
                Some(texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "))
            }
            Value::Object(_) => {
                let money = serde_json::from_value::<Money>(value.clone()).ok().map(|money| words.texts.money(&money));
                let window =
                    || serde_json::from_value::<Window>(value.clone()).ok().map(|window| words.window(&window));
                money.or_else(window)
            }
            Value::Null => None,
        })
    }

    fn text(&self, name: &str, text: &str) -> Result<String, Trouble> {
        let listed = || WORDS.iter().find(|(field, _)| *field == name).map(|(_, prefix)| *prefix);
        if let Some(prefix) = self.kinds.filter(|_| name == "kind").or_else(listed) {
            return Ok(self.words.texts.word(prefix, text));
        }
        match text.parse::<Id>() {
            Ok(id) => self.named(id),
            Err(_) => Ok(readable(self.words, self.people, text)),
        }
    }

    /// What an id stands for; empty where it is nothing that has a name.
    fn named(&self, id: Id) -> Result<String, Trouble> {
        if let Some(person) = self.people.get(id) {
            return Ok(person.name.clone());
        }
        if let Some((_, part)) = self.read.get::<Part>(id)? {
            let variables =
                [("code", part.code.as_str().into()), ("name", part.name.get(self.words.language()).into())];
            return Ok(self.words.with("console-part-named", &variables));
        }
        if let Some((_, depot)) = self.read.get::<Depot>(id)? {
            return Ok(depot.name);
        }
        Names::new(self.read, self.words).machine(Some(id), "")
    }
}

/// What a command is about: the page that shows it says so already.
fn is_reference(fields: &Map<String, Value>) -> bool {
    fields.len() == 2 && ["kind", "id"].iter().all(|name| fields.get(*name).is_some_and(Value::is_string))
}
