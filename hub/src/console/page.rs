//! The frame around every page: who is signed in, the menu with its counts, the language, the token of its forms.
//!
//! What a person may do decides which buttons are drawn; the rules decide again when an order comes.

use countersign_model::entity::{Person, Role};
use countersign_model::permission;
use countersign_model::{Id, Language};

use super::words::Words;

/// Who looks at a page.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub id: Id,
    pub name: String,
    pub roles: Vec<Role>,
}

impl Seen {
    pub fn of(id: Id, person: &Person) -> Seen {
        Seen { id, name: person.name.clone(), roles: person.roles.clone() }
    }

    /// Whether they see every job of the company.
    pub fn is_office(&self) -> bool {
        permission::is_office(&self.roles)
    }

    /// Whether the permission table has one of their roles on the command's line.
    pub fn may(&self, command: &str) -> bool {
        permission::permission(command).is_some_and(|line| permission::has_role(line, &self.roles))
    }

    /// Whether they make jobs at the console: the form names every customer, so it is the office's. Engineers make
    /// theirs on their device.
    pub fn makes_jobs(&self) -> bool {
        self.is_office() && self.may("job.create")
    }

    pub fn has(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }
}

/// How much waits, for the menu.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub reviews: usize,
    pub attention: usize,
}

/// One entry of the menu.
pub(crate) struct Entry {
    pub address: &'static str,
    pub icon: &'static str,
    pub label: String,
    pub count: usize,
    pub here: bool,
}

/// Everything that the frame of a page shows.
pub(crate) struct Page {
    pub words: Words,
    pub person: Option<Seen>,
    pub csrf: String,
    pub title: String,
    /// The address of the menu's entry that this page belongs to.
    pub here: &'static str,
    /// Where choosing a language comes back to.
    pub path: String,
    pub counts: Counts,
    /// What was just done, as a sentence; empty for nothing.
    pub done: String,
    /// What was searched for.
    pub search: String,
}

/// Address, icon, text key and whether only the office sees it.
const MENU: &[(&str, &str, &str, bool)] = &[
    ("/board", "board", "console-board", false),
    ("/reviews", "inbox", "console-reviews", true),
    ("/calls", "call", "console-calls", true),
    ("/machines", "machine", "console-machines", true),
    ("/customers", "customer", "console-customers", true),
    ("/parts", "part", "console-parts", false),
    ("/people", "person", "console-people", true),
    ("/attention", "bell", "console-attention", true),
    ("/policies", "lock", "console-policies", true),
    ("/company", "file", "master-company", true),
    ("/safekeeping", "lock", "console-safekeeping", true),
];

/// What each key does, in the order of the help.
const KEYS: &[(&str, &str)] = &[
    ("j", "console-key-next"),
    ("k", "console-key-previous"),
    ("Enter", "console-key-open"),
    ("r", "console-key-remark"),
    ("a", "console-key-approve"),
    ("x", "console-key-return"),
    ("n", "console-key-next-voucher"),
    ("p", "console-key-previous-voucher"),
    ("m", "console-key-move"),
    ("/", "console-key-search"),
    ("?", "console-key-help"),
];

impl Page {
    /// A frame for tests of what stands inside it.
    #[cfg(test)]
    pub fn for_tests() -> Page {
        let words =
            Words { texts: countersign_texts::Texts::new(Language::English), zone: countersign_texts::Zone::utc() };
        Page {
            words,
            person: None,
            csrf: String::new(),
            title: String::new(),
            here: "",
            path: "/".to_owned(),
            counts: Counts::default(),
            done: String::new(),
            search: String::new(),
        }
    }

    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// A text with the variable `value`, for templates.
    pub fn with(&self, key: &str, value: &str) -> String {
        self.words.of(key, "value", value)
    }

    pub fn lang(&self) -> &'static str {
        self.words.language().tag()
    }

    pub fn own_language(&self) -> &'static str {
        self.words.language().own_name()
    }

    pub fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        let own = self.words.language();
        Language::ALL.into_iter().map(|language| (language.tag(), language.own_name(), language == own)).collect()
    }

    pub fn makes_jobs(&self) -> bool {
        self.person.as_ref().is_some_and(Seen::makes_jobs)
    }

    pub fn may(&self, command: &str) -> bool {
        self.person.as_ref().is_some_and(|person| person.may(command))
    }

    /// The roles of the person, in words.
    pub fn roles(&self) -> String {
        self.person.as_ref().map_or(String::new(), |person| role_words(&self.words, &person.roles))
    }

    pub fn menu(&self) -> Vec<Entry> {
        let office = self.person.as_ref().is_some_and(Seen::is_office);
        let seen = MENU.iter().filter(|(.., office_only)| office || !office_only);
        let entry = |&(address, icon, key, _): &(&'static str, &'static str, &str, bool)| Entry {
            address,
            icon,
            label: self.t(key),
            count: match address {
                "/reviews" => self.counts.reviews,
                "/attention" => self.counts.attention,
                _ => 0,
            },
            here: address == self.here,
        };
        let mut entries: Vec<Entry> = seen.map(entry).collect();
        let audits = self.person.as_ref().is_some_and(|person| permission::reads_audit(&person.roles));
        if audits {
            entries.push(entry(&("/audit", "file", "console-audit", true)));
        }
        if self.person.as_ref().is_some_and(|person| person.has(&Role::Administrator)) {
            entries.push(entry(&("/settings/webhooks", "send", "webhooks", true)));
        }
        entries
    }

    pub fn keys(&self) -> Vec<(&'static str, String)> {
        KEYS.iter().map(|(key, text)| (*key, self.t(text))).collect()
    }
}

/// Roles in words, in their order.
pub(crate) fn role_words(words: &Words, roles: &[Role]) -> String {
    let named: Vec<String> = roles.iter().map(|role| words.texts.word("role", role.as_str())).collect();
    named.join(&words.t("console-list-and"))
}
