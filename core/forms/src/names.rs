//! One number per distinct name, so that matching a node against a name test is comparing two integers.
//!
//! Never forgets a name; it lives as long as the form.

use std::collections::BTreeMap;

/// A name's number. Zero is the empty name (no namespace, no prefix).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NameId(pub(crate) u32);

/// The empty name.
pub(crate) const NO_NAME: NameId = NameId(0);

/// All names of a form.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    texts: Vec<String>,
    numbers: BTreeMap<String, NameId>,
}

impl Names {
    /// Only the empty name.
    pub(crate) fn new() -> Names {
        Names { texts: vec![String::new()], numbers: BTreeMap::from([(String::new(), NO_NAME)]) }
    }

    /// The number of a name, made when it is new.
    pub(crate) fn intern(&mut self, text: &str) -> NameId {
        if let Some(known) = self.numbers.get(text) {
            return *known;
        }
        let id = NameId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), id);
        id
    }

    /// The number of a name; for one that no form text uses, a number that matches nothing.
    pub(crate) fn find(&self, text: &str) -> NameId {
        self.numbers.get(text).copied().unwrap_or(NameId(u32::MAX))
    }

    /// The text of a name.
    pub(crate) fn text(&self, id: NameId) -> &str {
        self.texts.get(id.0 as usize).map_or("", String::as_str)
    }
}
