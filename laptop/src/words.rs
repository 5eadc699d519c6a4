//! Words for the reader: texts in their language, times in the company's zone, chips for states. Never asks the clock.

use countersign_device::model::Language;
use countersign_device::model::document::Outcome;
use countersign_device::model::entity::{JobState, MachineState, Priority, VisitState, VoucherState, Window};
use countersign_device::model::time::TimeRecord;
use countersign_texts::{Texts, Value, Zone};

/// Texts of one language with the zone in which times are written.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub texts: Texts,
    pub zone: Zone,
}

/// A state on screen: colour, icon and word, never colour alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chip {
    /// `ok`, `info`, `attention`, `danger` or empty.
    pub class: &'static str,
    /// Name of a symbol in `icons.svg`.
    pub icon: &'static str,
    /// The word.
    pub word: String,
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
        let from = self.texts.time(window.from, &self.zone);
        let same_day = self.texts.date(window.from, &self.zone) == self.texts.date(window.to, &self.zone);
        let to = if same_day { self.texts.time(window.to, &self.zone) } else { self.when(window.to) };
        self.with("laptop-window", &[("from", from.into()), ("to", to.into())])
    }

    pub fn job_state(&self, state: &JobState) -> Chip {
        let (class, icon) = match state {
            JobState::New => ("", "new"),
            JobState::Planned => ("info", "calendar"),
            JobState::Travelling => ("info", "road"),
            JobState::OnSite => ("info", "place"),
            JobState::Waiting => ("attention", "wait"),
            JobState::Signed => ("ok", "lock"),
            JobState::Submitted => ("info", "inbox"),
            JobState::Returned => ("attention", "return"),
            JobState::Approved => ("ok", "check"),
            JobState::Cancelled => ("", "cross"),
            JobState::CompletedAfterCancel => ("attention", "warn"),
            JobState::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.texts.word("state", state.as_str()) }
    }

    pub fn visit_state(&self, state: &VisitState) -> Chip {
        let (class, icon) = match state {
            VisitState::Planned => ("info", "calendar"),
            VisitState::Travelling => ("info", "road"),
            VisitState::OnSite => ("info", "place"),
            VisitState::Left => ("", "check"),
            VisitState::Cancelled => ("", "cross"),
            _ => ("", "dot"),
        };
        Chip { class, icon, word: self.texts.word("state", state.as_str()) }
    }

    pub fn voucher_state(&self, state: &VoucherState) -> Chip {
        let (class, icon) = match state {
            VoucherState::Open => ("", "file"),
            VoucherState::Signed => ("ok", "lock"),
            VoucherState::Submitted => ("info", "inbox"),
            VoucherState::Returned => ("attention", "return"),
            VoucherState::Approved => ("ok", "check"),
            VoucherState::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.texts.word("state", state.as_str()) }
    }

    /// A chip only where the machine does not simply run.
    pub fn machine_state(&self, state: &MachineState) -> Option<Chip> {
        let (class, icon, word) = match state {
            MachineState::Down => ("danger", "warn", self.texts.word("machine", state.as_str())),
            // "Limited" alone would not say what is limited.
            MachineState::Limited => ("attention", "machine", self.t("laptop-machine-limited")),
            _ => return None,
        };
        Some(Chip { class, icon, word })
    }

    /// A chip only where the priority says something.
    pub fn priority(&self, priority: &Priority) -> Option<Chip> {
        let class = match priority {
            Priority::Urgent => "danger",
            Priority::High => "attention",
            _ => return None,
        };
        Some(Chip { class, icon: "bell", word: self.texts.word("priority", priority.as_str()) })
    }

    pub fn outcome(&self, outcome: &Outcome) -> Chip {
        let (class, icon) = match outcome {
            Outcome::Accepted => ("ok", "check"),
            Outcome::Remarks => ("attention", "remark"),
            Outcome::Refused => ("danger", "cross"),
            Outcome::Absent => ("attention", "person"),
            Outcome::Other(_) => ("", "dot"),
        };
        Chip { class, icon, word: self.texts.word("outcome", outcome.as_str()) }
    }

    /// A file that is still only here, or safe at the office.
    pub fn safety(&self, confirmed: bool) -> Chip {
        match confirmed {
            true => Chip { class: "ok", icon: "check", word: self.t("laptop-file-safe") },
            false => Chip { class: "attention", icon: "phone", word: self.t("laptop-file-only-here") },
        }
    }
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
