//! The Fluent files, embedded. A new file is named once here and must exist in all four folders.

use countersign_model::Language;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// The files of a language, as (name, source).
        pub(crate) fn files(language: Language) -> &'static [(&'static str, &'static str)] {
            match language {
                Language::English => &[$(($name, include_str!(concat!("../locales/en/", $name, ".ftl")))),+],
                Language::Spanish => &[$(($name, include_str!(concat!("../locales/es/", $name, ".ftl")))),+],
                Language::SimplifiedChinese => {
                    &[$(($name, include_str!(concat!("../locales/zh-Hans/", $name, ".ftl")))),+]
                }
                Language::TraditionalChinese => {
                    &[$(($name, include_str!(concat!("../locales/zh-Hant/", $name, ".ftl")))),+]
                }
            }
        }
    };
}

// One name a line, so that two people who add a file each do not meet in one.
files! {
    "common",
    "words",
    "refusals",
    "codes",
    "voucher",
    "verify",
    "device",
    "phone",
    "console",
    "daily",
    "cli",
    "fieldwork",
    "operations",
    "evidence",
    "master",
    "import",
    "safekeeping",
    "laptop",
    "office",
    "visit",
}
