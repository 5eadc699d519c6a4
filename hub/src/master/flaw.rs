//! What is wrong with a typed value, as data: pages and reports word it in the reader's language.

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Which flaw: the text is `master-flaw-<code>`.
    pub code: &'static str,
    /// What the text may name, such as what was typed or what is allowed.
    pub facts: Vec<(&'static str, String)>,
}

impl Flaw {
    /// A flaw without facts.
    pub fn new(code: &'static str) -> Flaw {
        Flaw { code, facts: Vec::new() }
    }

    /// Adds a fact, cut to what a line can show.
    pub fn with(mut self, name: &'static str, value: &str) -> Flaw {
        self.facts.push((name, cut(value)));
        self
    }
}

/// The beginning of a text that may be of any length.
fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
