//! Values of master data as a reader sees them: in their language, references by name and linked.

use std::collections::BTreeMap;

use countersign_model::money::Money;
use countersign_model::record::kind;
use countersign_model::{Id, Language, LocalText};
use serde_json::Value;

use crate::console::lists::day;
use crate::console::trouble::Trouble;
use crate::console::words::Words;
use crate::master::{Field, Sort, book_of_kind, form_title, title_of};
use crate::store::Read;

/// A value with the page that it leads to; the address is empty where it leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub text: String,
    pub link: String,
    /// Several values, each with its own page.
    pub links: Vec<(String, String)>,
}

impl Shown {
    fn text(text: impl Into<String>) -> Shown {
        Shown { text: text.into(), ..Shown::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.links.is_empty()
    }
}

/// Shows values, and remembers the names that it looked up.
pub(crate) struct Showing<'a> {
    pub read: &'a Read<'a>,
    pub words: &'a Words,
    titles: BTreeMap<(String, Id), String>,
}

impl<'a> Showing<'a> {
    pub fn new(read: &'a Read<'a>, words: &'a Words) -> Showing<'a> {
        Showing { read, words, titles: BTreeMap::new() }
    }

    /// What a record is called.
    pub fn title(&mut self, kind: &str, id: Id) -> Result<String, Trouble> {
        let key = (kind.to_owned(), id);
        if let Some(title) = self.titles.get(&key) {
            return Ok(title.clone());
        }
        let title = title_of(self.read, kind, id, self.words.language())?;
        self.titles.insert(key, title.clone());
        Ok(title)
    }

    /// The value of a field in a body.
    pub fn value(&mut self, field: &Field, body: &Value) -> Result<Shown, Trouble> {
        let words = self.words;
        let Some(value) = body.get(field.name).filter(|value| !value.is_null()) else { return Ok(Shown::default()) };
        let text = value.as_str().unwrap_or_default();
        Ok(match field.sort {
            Sort::Money => Shown::text(money(words, value)),
            Sort::Percent => Shown::text(words.texts.rate(value.as_i64().unwrap_or_default())),
            Sort::Day => Shown::text(day(words, text)),
            Sort::Decimal => Shown::text(words.texts.number(text)),
            Sort::Flag => {
                let key = if value.as_bool().unwrap_or(false) { "master-yes" } else { "master-no" };
                Shown::text(words.t(key))
            }
            Sort::Language => Shown::text(Language::from_tag(text).unwrap_or_default().own_name()),
            Sort::Local => Shown::text(local(value, words.language())),
            Sort::Word { words: kind, .. } => Shown::text(words.texts.word(kind, text)),
            Sort::Words { words: kind, .. } => {
                let each = value.as_array().into_iter().flatten().filter_map(Value::as_str);
                let each: Vec<String> = each.map(|word| words.texts.word(kind, word)).collect();
                Shown::text(each.join(&words.t("console-list-and")))
            }
            Sort::Ref(kind) => self.reference(kind, text)?,
            Sort::PartCodes => self.parts(value)?,
            Sort::CodeOf(list) => self.code(list, text)?,
            Sort::Form => Shown::text(form_title(self.read, value)?),
            _ => Shown::text(text),
        })
    }

    fn reference(&mut self, kind: &str, text: &str) -> Result<Shown, Trouble> {
        let Ok(id) = text.parse::<Id>() else { return Ok(Shown::default()) };
        let path = book_of_kind(kind).map_or("", |book| book.path);
        Ok(Shown { text: self.title(kind, id)?, link: format!("/{path}/{id}"), links: Vec::new() })
    }

    fn parts(&mut self, value: &Value) -> Result<Shown, Trouble> {
        let mut links = Vec::new();
        for code in value.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let id = self.read.named(kind::PART, "code", code)?.into_iter().next();
            links.push((code.to_owned(), id.map(|id| format!("/parts/{id}")).unwrap_or_default()));
        }
        Ok(Shown { links, ..Shown::default() })
    }

    fn code(&mut self, list: &str, code: &str) -> Result<Shown, Trouble> {
        if code.is_empty() {
            return Ok(Shown::default());
        }
        let id = Id::derived("code", &[list.as_bytes(), code.as_bytes()]);
        let name = self.title("code", id)?;
        Ok(Shown::text(if name.is_empty() { code.to_owned() } else { name }))
    }
}

fn money(words: &Words, value: &Value) -> String {
    let money: Option<Money> = serde_json::from_value(value.clone()).ok();
    money.map(|money| words.texts.money(&money)).unwrap_or_default()
}

fn local(value: &Value, language: Language) -> String {
    let name: Option<LocalText> = serde_json::from_value(value.clone()).ok();
    name.map(|name| name.get(language).to_owned()).unwrap_or_default()
}

/// Whether a field's values stand at the right of their column.
pub(crate) fn is_number(field: &Field) -> bool {
    matches!(field.sort, Sort::Money | Sort::Percent | Sort::Decimal)
}

/// A field's name on screen.
pub(crate) fn label(words: &Words, field: &Field) -> String {
    words.t(&format!("master-field-{}", field.label))
}

/// A book's name on screen, of all its records or of one.
pub(crate) fn book_name(words: &Words, path: &str, many: bool) -> String {
    words.t(&format!("master-{}-{path}", if many { "book" } else { "one" }))
}
