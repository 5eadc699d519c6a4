//! What a browser sent: the fields of a form or an address, and the ids in the path. Never trusts a field to be there.

use std::sync::Arc;
use std::{fmt, fs, io};

use countersign_model::Id;

use super::trouble::Trouble;
use crate::blobs::Temporary;

/// The fields of a form or of an address, in the order sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value under a name, trimmed; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value under a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// Every non-empty value whose name starts so, with the rest of the name.
    pub fn under<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(key, value)| key.strip_prefix(start).map(|rest| (rest, value.trim())))
            .filter(|(_, value)| !value.is_empty())
    }

    /// An id; `None` where the field is empty or no id.
    pub fn id(&self, name: &str) -> Option<Id> {
        self.get(name).parse().ok()
    }

    /// The id that a form carries for what it will make: sending the form twice makes one thing.
    pub fn made_id(&self, name: &str) -> Result<Id, Trouble> {
        self.id(name).ok_or(Trouble::NotFound)
    }
}

/// A file that came with a form. It lies on the disk as long as somebody knows of it.
#[derive(Clone)]
pub(crate) struct SentFile {
    /// The input that it was chosen in.
    pub field: String,
    /// Its name on the sender's machine.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    file: Arc<Temporary>,
}

impl SentFile {
    pub fn new(field: String, name: String, bytes: u64, file: Temporary) -> SentFile {
        SentFile { field, name, bytes, file: Arc::new(file) }
    }

    /// Its bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.file.path)
    }
}

impl fmt::Debug for SentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentFile").field("field", &self.field).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// A request as the pages see it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Ids and words in the path, by name.
    pub path: Vec<(String, String)>,
    /// Fields of the address.
    pub query: Fields,
    /// Fields of the form, for orders.
    pub form: Fields,
    /// Files that came with the form.
    pub files: Vec<SentFile>,
    /// Path and query as asked for, to come back to.
    pub address: String,
    /// Whether htmx asks for a fragment.
    pub fragment: bool,
    /// What the browser already has of a file.
    pub etag: String,
    /// The range of bytes asked for.
    pub range: String,
    /// Where the request comes from, for throttling.
    pub from: String,
    /// What the browser calls itself.
    pub agent: String,
}

impl Asked {
    /// The id in the path; an address with a broken id leads nowhere.
    pub fn id(&self) -> Result<Id, Trouble> {
        self.word("id").parse().map_err(|_| Trouble::NotFound)
    }

    /// A word in the path.
    pub fn word(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }
}

/// The address with one field set or (empty value) taken out; every filter stays in the address.
pub(crate) fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let mut mark = '?';
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(mark);
        out.push_str(name);
        out.push('=');
        out.push_str(&encoded(value));
        mark = '&';
    }
    out
}

/// A text as it may stand in an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A place of this console to go back to; anything that leads elsewhere becomes the start page.
pub(crate) fn own_address(text: &str) -> &str {
    let own = text.starts_with('/') && !text.starts_with("//") && !text.contains(['\\', '\n', '\r', '\t']);
    if own && text.is_ascii() { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_what_is_filled_and_never_lead_elsewhere() {
        assert_eq!(
            address("/board", &[("view", "day"), ("state", ""), ("q", "a b&ü")]),
            "/board?view=day&q=a%20b%26%C3%BC"
        );
        for (text, want) in [
            ("/jobs/1?x=2", "/jobs/1?x=2"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
            ("/a\nSet-Cookie: x", "/"),
        ] {
            assert_eq!(own_address(text), want, "{text}");
        }
    }

    #[test]
    fn fields_are_trimmed_and_repeated_ones_are_all_there() {
        let fields = Fields(vec![
            ("helper".into(), " a ".into()),
            ("helper".into(), "b".into()),
            ("remark./data/x".into(), "why".into()),
            ("remark.".into(), "  ".into()),
        ]);
        assert_eq!(fields.all("helper").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.under("remark.").collect::<Vec<_>>(), [("/data/x", "why")]);
        assert_eq!((fields.get("none"), fields.id("helper")), ("", None));
    }
}
