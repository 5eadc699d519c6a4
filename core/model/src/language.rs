//! The four languages, and texts that exist in several of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    SimplifiedChinese,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    TraditionalChinese,
}

impl Language {
    /// All of them, in the order of menus.
    pub const ALL: [Language; 4] =
        [Language::English, Language::Spanish, Language::SimplifiedChinese, Language::TraditionalChinese];

    /// The BCP 47 tag: `en`, `es`, `zh-Hans`, `zh-Hant`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
            Language::SimplifiedChinese => "zh-Hans",
            Language::TraditionalChinese => "zh-Hant",
        }
    }

    /// The language of a tag as people and browsers write it (`zh-TW`, `es-MX`, `en-GB`); `None` if it is none of ours.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let lower = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = lower.split('-');
        match parts.next()? {
            "en" => Some(Language::English),
            "es" => Some(Language::Spanish),
            "zh" if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => Some(Language::TraditionalChinese),
            "zh" => Some(Language::SimplifiedChinese),
            _ => None,
        }
    }

    /// Its name in itself, for menus.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
            Language::SimplifiedChinese => "简体中文",
            Language::TraditionalChinese => "繁體中文",
        }
    }
}

/// A text per language, for catalogue names; falls back in the order asked, English, any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalText(pub BTreeMap<Language, String>);

impl LocalText {
    /// One text for one language.
    pub fn single(language: Language, text: &str) -> LocalText {
        LocalText(BTreeMap::from([(language, text.to_owned())]))
    }

    /// The four texts in menu order: en, es, zh-Hans, zh-Hant.
    pub fn four(texts: [&str; 4]) -> LocalText {
        LocalText(Language::ALL.into_iter().zip(texts.map(str::to_owned)).collect())
    }

    /// Whether there is no text in any language.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }

    /// The text in this language, else its nearest relative, else English, else any; empty if there is none.
    pub fn get(&self, language: Language) -> &str {
        let relative = match language {
            Language::SimplifiedChinese => Language::TraditionalChinese,
            Language::TraditionalChinese => Language::SimplifiedChinese,
            other => other,
        };
        [language, relative, Language::English]
            .iter()
            .find_map(|language| self.0.get(language))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_browsers_find_our_languages() {
        let rows = [
            ("en-GB", Some(Language::English)),
            ("es_MX", Some(Language::Spanish)),
            ("zh", Some(Language::SimplifiedChinese)),
            ("zh-CN", Some(Language::SimplifiedChinese)),
            ("zh-Hant-HK", Some(Language::TraditionalChinese)),
            ("zh-TW", Some(Language::TraditionalChinese)),
            ("fr", None),
            ("", None),
        ];
        for (tag, want) in rows {
            assert_eq!(Language::from_tag(tag), want, "{tag}");
        }
    }

    #[test]
    fn a_missing_text_falls_back_to_the_nearest_language() {
        let text = LocalText(BTreeMap::from([
            (Language::English, "seal".to_owned()),
            (Language::SimplifiedChinese, "密封".to_owned()),
        ]));
        assert_eq!(text.get(Language::TraditionalChinese), "密封");
        assert_eq!(text.get(Language::Spanish), "seal");
        assert_eq!(LocalText::default().get(Language::English), "");
    }
}
