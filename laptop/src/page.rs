//! The frame around every page: the menu, and the strip that says at a glance whether there is a connection and whether
//! anything is only on this device. The strip is always there, and offline is a state like another, never an error.

use countersign_device::app::AppError;
use countersign_device::model::Language;
use countersign_device::model::limits::longest_typed;
use countersign_device::screens::{self, OwnScreen, StatusScreen, Strip};

use crate::jobs::Card;
use crate::shell::Shell;
use crate::words::Words;

/// One entry of the menu.
pub(crate) struct Entry {
    pub address: &'static str,
    pub icon: &'static str,
    pub label: String,
    pub count: u32,
    pub here: bool,
}

/// Everything that the frame of a page shows.
pub(crate) struct Frame {
    pub words: Words,
    pub own: OwnScreen,
    pub strip: Strip,
    pub title: String,
    /// Where "back" leads; empty for nowhere.
    pub back: String,
    /// The address of the menu's entry that this page belongs to.
    pub here: &'static str,
    /// What needs a person.
    pub attention: u32,
    /// What was just done, as a sentence; empty for nothing.
    pub done: String,
    /// The jobs beside the page, where there is room for two panes.
    pub pane: Vec<Card>,
    /// The name under which an order of this page is carried out once.
    pub once: String,
    /// Where live parts are asked for; empty for this very page.
    pub live_from: String,
    /// The count of changes that the page shows: its live line tells what came after.
    pub seen: u64,
    /// Nobody may go elsewhere from here: no menu, no strip.
    pub bare: bool,
}

/// Address, icon, text key.
const MENU: &[(&str, &str, &str)] = &[
    ("/", "board", "laptop-jobs"),
    ("/attention", "bell", "laptop-attention"),
    ("/status", "check", "laptop-status"),
    ("/settings", "gear", "laptop-settings"),
];

/// What each key does, in the order of the help.
const KEYS: &[(&str, &str)] = &[
    ("j", "laptop-key-next"),
    ("k", "laptop-key-previous"),
    ("Enter", "laptop-key-open"),
    ("n", "laptop-key-step"),
    ("/", "laptop-key-search"),
    ("?", "laptop-key-help"),
];

impl Frame {
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// A text with one variable that is a word.
    pub fn of(&self, key: &str, name: &str, value: &str) -> String {
        self.words.of(key, name, value)
    }

    /// How many characters a field takes, by its name in a command.
    pub fn longest(&self, field: &str) -> usize {
        longest_typed(field)
    }

    /// A text whose form follows a number.
    pub fn count(&self, key: &str, count: impl std::borrow::Borrow<usize>) -> String {
        self.words.count(key, u64::try_from(*count.borrow()).unwrap_or(u64::MAX))
    }

    pub fn lang(&self) -> &'static str {
        self.words.language().tag()
    }

    pub fn menu(&self) -> Vec<Entry> {
        let entry = |&(address, icon, key): &(&'static str, &'static str, &str)| Entry {
            address,
            icon,
            label: self.t(key),
            count: if address == "/attention" { self.attention } else { 0 },
            here: address == self.here,
        };
        MENU.iter().map(entry).collect()
    }

    pub fn keys(&self) -> Vec<(&'static str, String)> {
        KEYS.iter().map(|(key, text)| (*key, self.t(text))).collect()
    }

    pub fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = self.own.chosen;
        Language::ALL
            .into_iter()
            .map(|language| (language.tag(), language.own_name(), Some(language) == chosen))
            .collect()
    }
}

/// The strip of this moment.
pub(crate) fn strip(shell: &Shell, words: &Words, status: &StatusScreen) -> Strip {
    screens::strip(&words.texts, &words.zone, status, &shell.sync.connection())
}

/// The status of the device; one that is not enrolled has an empty one.
pub(crate) fn status(shell: &Shell) -> Result<StatusScreen, AppError> {
    shell.app.status_screen()
}
