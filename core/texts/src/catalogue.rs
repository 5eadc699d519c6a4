//! Looking a text up by its key. A key that a language lacks falls back to English and then to the key itself in
//! angle brackets; the tests below keep both from happening. Nothing here knows what a text is for.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use countersign_model::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use crate::locales::files;

/// What a text's variable is filled with: a word or a number (numbers choose plural forms).
pub type Value<'a> = FluentValue<'a>;

/// The texts of one language. Cloning shares them; any thread may use them.
#[derive(Clone)]
pub struct Texts {
    language: Language,
    own: Arc<FluentBundle<FluentResource>>,
    english: Arc<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.language.tag())
    }
}

impl Texts {
    /// The texts of a language; its embedded files are read once in a process, which takes about a millisecond.
    pub fn new(language: Language) -> Texts {
        Texts { language, own: shared(language), english: shared(Language::English) }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text without variables.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with its variables filled in.
    pub fn with(&self, key: &str, variables: &[(&str, Value<'_>)]) -> String {
        self.find(key, variables).unwrap_or_else(|| format!("<{key}>"))
    }

    /// The word for a stored code, as in `("state", "on_site")`; a code of a newer program is shown as it came.
    pub fn word(&self, kind: &str, code: &str) -> String {
        self.find(&format!("{kind}-{code}"), &[]).unwrap_or_else(|| code.to_owned())
    }

    /// Whether there is a text under this key.
    pub fn has(&self, key: &str) -> bool {
        self.own.has_message(key) || self.english.has_message(key)
    }

    fn find(&self, key: &str, variables: &[(&str, Value<'_>)]) -> Option<String> {
        let mut arguments = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            arguments.set((*name).to_owned(), value.clone());
        }
        [&self.own, &self.english].into_iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            // A variable that was not given shows as `{$name}`, which is better than no sentence.
            let mut errors = Vec::new();
            Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
        })
    }
}

fn shared(language: Language) -> Arc<FluentBundle<FluentResource>> {
    type Shared = Arc<FluentBundle<FluentResource>>;
    static READ: [OnceLock<Shared>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()]; // constant table
    let read = Language::ALL.iter().position(|one| *one == language).and_then(|place| READ.get(place));
    let made = || Arc::new(bundle(language));
    read.map_or_else(made, |read| Arc::clone(read.get_or_init(made)))
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks are for mixed writing directions; in PDFs and terminals they show as boxes.
    bundle.set_use_isolating(false);
    for resource in resources(language) {
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn resources(language: Language) -> impl Iterator<Item = FluentResource> {
    files(language).iter().map(|(_, source)| match FluentResource::try_new((*source).to_owned()) {
        // What could be read of a damaged file is still better than nothing; the tests refuse damaged files.
        Ok(resource) | Err((resource, _)) => resource,
    })
}

/// Every key of a language, so that other crates can test that the keys they use exist.
pub fn keys(language: Language) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for resource in resources(language) {
        keys.extend(resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        }));
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The names after `$` in each message, by key; fails on damaged, doubled and attribute-only messages.
    fn variables(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for (file, source) in files(language) {
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{}/{file}.ftl: {errors:?}", language.tag()));
            for entry in resource.entries() {
                let Entry::Message(message) = entry else { continue };
                assert!(
                    message.attributes.is_empty(),
                    "{} has attributes: give each text its own key",
                    message.id.name
                );
                let text = format!("{:?}", message.value.as_ref().unwrap());
                let names = text.split("VariableReference { id: Identifier { name: \"").skip(1);
                let names = names.map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
                let before = found.insert(message.id.name.to_owned(), names);
                assert!(before.is_none(), "{} stands twice in {}", message.id.name, language.tag());
            }
        }
        found
    }

    #[test]
    fn every_key_is_in_each_language_with_the_same_variables() {
        let english = variables(Language::English);
        assert!(english.len() > 200 && english["voucher-page"].contains("pages"));
        for language in Language::ALL {
            let own = variables(language);
            for (key, names) in &english {
                assert_eq!(own.get(key), Some(names), "{key} in {}", language.tag());
            }
            for key in own.keys() {
                assert!(english.contains_key(key), "{key} is in {} but not in English", language.tag());
            }
            assert_eq!(keys(language), own.keys().cloned().collect());
        }
    }

    #[test]
    fn texts_fill_their_variables_and_choose_plural_forms() {
        let english = Texts::new(Language::English);
        let seen = |count: i64| english.with("voucher-see-photos", &[("count", count.into()), ("hashes", "ab".into())]);
        assert_eq!((seen(1).as_str(), seen(2).as_str()), ("1 photo, ab", "2 photos, ab"));
        let chinese = Texts::new(Language::TraditionalChinese);
        assert_eq!(chinese.with("voucher-page", &[("page", 1.into()), ("pages", 3.into())]), "第 1 頁，共 3 頁");
    }

    #[test]
    fn unknown_words_are_shown_as_they_came_and_unknown_keys_in_brackets() {
        let texts = Texts::new(Language::Spanish);
        assert_eq!(texts.word("state", "on_site"), "En el lugar");
        assert_eq!(texts.word("state", "teleported"), "teleported");
        assert_eq!(texts.get("no-such-key"), "<no-such-key>");
        assert!(texts.has("voucher-title") && !texts.has("no-such-key"));
    }

    #[test]
    fn one_catalogue_serves_several_threads() {
        let texts = Texts::new(Language::SimplifiedChinese);
        let ask = || texts.with("voucher-page", &[("page", 1.into()), ("pages", 1.into())]);
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            assert!(threads.into_iter().all(|thread| thread.join().unwrap() == "第 1 页，共 1 页"));
        });
    }

    #[test]
    fn every_word_that_is_stored_has_its_text() {
        use countersign_model::document::{Outcome, Payer, Provenance, SignerRole, Stage, VoucherClass};
        use countersign_model::entity::{
            AmendmentState, CashMethod, CashState, ChargeKind, DecisionOutcome, DeviceState, FlagCode, HoldingReason,
            JobState, MachineState, MovementReason, PartGroup, Priority, RequestState, ReviewOutcome, Role, TimeKind,
            VisitState, VoucherState, Wish,
        };
        macro_rules! words {
            ($($kind:literal: $words:ty),+ $(,)?) => {
                [$(<$words>::KNOWN.iter().map(|word| format!("{}-{word}", $kind)).collect::<Vec<_>>()),+].concat()
            };
        }
        let all = words!(
            "class": VoucherClass, "outcome": Outcome, "signer": SignerRole, "provenance": Provenance,
            "stage": Stage, "state": JobState, "state": VisitState, "state": VoucherState, "state": AmendmentState,
            "state": ReviewOutcome, "priority": Priority, "machine": MachineState, "role": Role, "flag": FlagCode,
            "device": DeviceState, "holding": HoldingReason, "decision": DecisionOutcome, "time": TimeKind,
            "payer": Payer, "part_group": PartGroup, "charge": ChargeKind, "movement": MovementReason,
            "cash": CashMethod, "cash_state": CashState, "request": RequestState, "wish": Wish,
        );
        let known = keys(Language::English);
        for key in all {
            assert!(known.contains(&key), "{key}");
        }
    }

    /// The list of what a person sees of each fault names texts that exist, and leaves out no problem and no item of a
    /// device's attention list.
    #[test]
    fn what_a_person_sees_of_faults_is_listed() {
        let list = include_str!("../../../docs/what-a-person-sees.md");
        let kinds = ["problem-", "attention-", "trouble-", "salvaged", "console-"];
        let quoted = list.split('`').skip(1).step_by(2);
        let named: BTreeSet<&str> = quoted.filter(|word| kinds.iter().any(|kind| word.starts_with(kind))).collect();
        let keys = variables(Language::English);
        let unknown: Vec<&&str> = named.iter().filter(|key| !keys.contains_key(**key)).collect();
        assert!(unknown.is_empty(), "not a text: {unknown:?}");
        let said = |key: &str| {
            key.starts_with("problem-") || key.starts_with("attention-") && !key.starts_with("attention-title-")
        };
        let missing: Vec<&String> = keys.keys().filter(|key| said(key) && !named.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "not in the list: {missing:?}");
    }
}
