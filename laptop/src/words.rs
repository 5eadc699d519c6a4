//! Words for the reader: texts in their language, times in the company's zone, chips for states. Never asks the clock.

use countersign_device::model::Language;
use countersign_device::model::document::Outcome;
use countersign_device::model::entity::{JobState, Priority, VisitState, VoucherState, Window};
use countersign_device::model::time::TimeRecord;
use countersign_device::screens::{FileSafety, choices as device_choices};
pub(crate) use countersign_texts::Chip;
use countersign_texts::{Texts, Value, Zone};

/// Texts of one language with the zone in which times are written.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub texts: Texts,
    pub zone: Zone,
}

/// One option of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Words {
    pub fn language(&self) -> Language {
        self.texts.language()
    }

    pub fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    pub fn with(&self, key: &str, variables: &[(&str, Value<'_>)]) -> String {
        self.texts.with(key, variables)
    }

    /// A text with one variable that is a word.
    pub fn of(&self, key: &str, name: &str, value: &str) -> String {
        self.texts.with(key, &[(name, value.into())])
    }

    /// A text whose form follows a number.
    pub fn count(&self, key: &str, count: u64) -> String {
        self.texts.with(key, &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())])
    }

    pub fn when(&self, milliseconds: i64) -> String {
        self.texts.date_time(milliseconds, &self.zone)
    }

    /// When a step was made, by this device's own clock: it is the clock that the engineer looks at.
    pub fn recorded(&self, record: &TimeRecord) -> String {
        self.when(record.wall)
    }

    /// The hours of an appointment, where its day stands above.
    pub fn hours(&self, window: &Window) -> String {
        self.texts.hours(window, &self.zone)
    }

    /// An appointment with its day.
    pub fn appointment(&self, window: &Window) -> String {
        self.texts.appointment(window, &self.zone)
    }

    pub fn job_state(&self, state: &JobState) -> Chip {
        self.texts.job_state(state)
    }

    pub fn visit_state(&self, state: &VisitState) -> Chip {
        self.texts.visit_state(state)
    }

    pub fn voucher_state(&self, state: &VoucherState) -> Chip {
        self.texts.voucher_state(state)
    }

    pub fn priority(&self, priority: &Priority) -> Option<Chip> {
        self.texts.priority(priority)
    }

    pub fn outcome(&self, outcome: &Outcome) -> Chip {
        self.texts.outcome(outcome)
    }

    /// A visit by phone or video.
    pub fn remote(&self) -> Chip {
        Chip { class: "info", icon: "call", word: self.t("laptop-remote") }
    }

    /// Where a file is safe.
    pub fn safety(&self, safety: FileSafety) -> Chip {
        safety.chip(&self.texts)
    }
}

/// Options of a kind, as every shell offers them.
pub(crate) fn offered(words: &Words, kind: &str, chosen: &str) -> Vec<Choice> {
    choices(words, kind, device_choices(kind).iter().copied(), chosen)
}

/// Options from the words of an open enum.
pub(crate) fn choices<'a>(
    words: &Words,
    kind: &str,
    known: impl IntoIterator<Item = &'a str>,
    chosen: &str,
) -> Vec<Choice> {
    let choice =
        |word: &str| Choice { value: word.to_owned(), label: words.texts.word(kind, word), chosen: word == chosen };
    known.into_iter().map(choice).collect()
}
