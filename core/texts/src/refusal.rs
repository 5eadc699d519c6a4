//! The sentence for a refusal: what happened and what to do. Codes among the facts become words of the language.

use countersign_model::decide::Refusal;

use crate::catalogue::{Texts, Value};

/// Facts whose value is a code with a word of its own: (name of the fact, kind of the word).
const CODED: [(&str, &str); 3] = [("state", "state"), ("kind", "kind"), ("field", "field")];

impl Texts {
    /// Why a command was refused and what a person can do about it.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let key = format!("refusal-{}", refusal.code.as_str());
        if !self.has(&key) {
            // A newer hub refused for a reason that this program has no words for.
            return self.with("refusal-unknown", &[("code", refusal.code.as_str().into())]);
        }
        let facts = refusal.facts.iter().map(|(name, value)| (name.as_str(), self.fact(name, value)));
        let facts: Vec<(&str, Value<'_>)> = facts.map(|(name, value)| (name, value.into())).collect();
        self.with(&key, &facts)
    }

    fn fact(&self, name: &str, value: &str) -> String {
        match CODED.iter().find(|(fact, _)| *fact == name) {
            Some((_, kind)) => self.word(kind, value),
            None => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;
    use countersign_model::Language;
    use countersign_model::decide::RefusalCode;
    use countersign_model::wire::ErrorCode;

    #[test]
    fn every_code_has_its_sentence() {
        let known = keys(Language::English);
        let refusals = RefusalCode::KNOWN.iter().map(|code| format!("refusal-{code}"));
        let errors = ErrorCode::KNOWN.iter().map(|code| format!("error-{code}"));
        for key in refusals.chain(errors) {
            assert!(known.contains(&key), "{key}");
        }
    }

    #[test]
    fn codes_among_the_facts_are_worded_and_unknown_refusals_say_so() {
        let texts = Texts::new(Language::Spanish);
        let refusal = Refusal::new(RefusalCode::State).with("state", "on_site");
        assert!(texts.refusal(&refusal).contains("En el lugar"));
        let newer = Refusal::new(RefusalCode::Other("tired".to_owned()));
        assert!(texts.refusal(&newer).contains("tired"));
    }
}
