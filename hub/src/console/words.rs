//! Words for the reader: texts in their language, times in the company's zone, chips for states. Never asks the clock.

use countersign_model::document::{Outcome, VoucherClass};
use countersign_model::entity::{
    DeviceState, JobState, MachineState, Priority, ReviewOutcome, VisitState, VoucherState, Window,
};
use countersign_model::time::{TimeRecord, estimate};
use countersign_model::{Id, Language};
pub(crate) use countersign_texts::Chip;
use countersign_texts::{Texts, Value, Zone};

/// Texts of one language with the zone in which times are written.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub texts: Texts,
    pub zone: Zone,
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
    pub fn count(&self, key: &str, count: usize) -> String {
        self.texts.with(key, &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())])
    }

    pub fn when(&self, milliseconds: i64) -> String {
        self.texts.date_time(milliseconds, &self.zone)
    }

    /// The best estimate of a recorded time, with what it may be off by where that is more than a second.
    pub fn recorded(&self, record: &TimeRecord, received: Option<i64>) -> String {
        let guess = estimate(record, received);
        let off = guess.latest.saturating_sub(guess.earliest) / 2000;
        let time = self.texts.estimated(&guess, &self.zone);
        match guess.verified && off >= 1 {
            true => self.with("console-time-about", &[("time", time.into()), ("seconds", off.into())]),
            false => time,
        }
    }

    /// An appointment, such as `22 Nov 2026, 09:00 – 11:00`.
    pub fn window(&self, window: &Window) -> String {
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

    pub fn machine_state(&self, state: &MachineState) -> Chip {
        self.texts.machine_state(state)
    }

    pub fn priority(&self, priority: &Priority) -> Option<Chip> {
        self.texts.priority(priority)
    }

    pub fn class(&self, class: &VoucherClass) -> Chip {
        self.texts.class(class)
    }

    pub fn device_state(&self, state: &DeviceState) -> Chip {
        self.texts.device_state(state)
    }

    pub fn outcome(&self, outcome: &Outcome) -> Chip {
        self.texts.outcome(outcome)
    }

    pub fn review_outcome(&self, outcome: &ReviewOutcome) -> &'static str {
        match outcome {
            ReviewOutcome::Approved => "ok",
            ReviewOutcome::Returned => "attention",
            ReviewOutcome::Other(_) => "",
        }
    }

    /// "3 of 5 files still on the phone, 412 MB"; empty where everything is here.
    pub fn on_phone(&self, absent: usize, all: usize, bytes: u64) -> String {
        if absent == 0 {
            return String::new();
        }
        self.with(
            "console-on-phone",
            &[
                ("absent", i64::try_from(absent).unwrap_or(i64::MAX).into()),
                ("all", i64::try_from(all).unwrap_or(i64::MAX).into()),
                ("size", self.texts.bytes(bytes).into()),
            ],
        )
    }
}

/// One option of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl ToString, label: impl Into<String>, chosen: &str) -> Choice {
        let value = value.to_string();
        let chosen = value == chosen;
        Choice { value, label: label.into(), chosen }
    }
}

/// Options from the words of an open enum.
pub(crate) fn choices<'a>(
    words: &Words,
    kind: &str,
    known: impl IntoIterator<Item = &'a str>,
    chosen: &str,
) -> Vec<Choice> {
    known.into_iter().map(|word| Choice::new(word, words.texts.word(kind, word), chosen)).collect()
}

/// Where an id stands in a list of chosen ones.
pub(crate) fn is_chosen(chosen: &[Id], id: Id) -> bool {
    chosen.contains(&id)
}
