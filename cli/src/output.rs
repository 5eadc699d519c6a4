//! What is printed: for people as lines, for programs as one JSON object a line; and the exit codes.

use std::io::Write as _;
use std::process::ExitCode;

use countersign_device::model::Language;
use serde_json::{Value, json};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Ok,
    /// Refused, or something needs a person's attention.
    Refused,
    /// The arguments do not fit.
    Usage,
    /// The machine does not allow it: no space, port taken, no permission, hub not reachable.
    Environment,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Ok => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
        })
    }
}

/// Why a subcommand failed: what happened and what to do.
#[derive(Debug)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// A word for programs.
    pub code: String,
    /// A sentence for people: what happened, what to do.
    pub message: String,
}

impl Failure {
    /// Refused by a rule.
    pub fn refused(code: &str, message: impl ToString) -> Failure {
        Failure { exit: Exit::Refused, code: code.to_owned(), message: message.to_string() }
    }

    /// Wrong arguments.
    pub fn usage(message: impl ToString) -> Failure {
        Failure { exit: Exit::Usage, code: "usage".to_owned(), message: message.to_string() }
    }

    /// The machine does not allow it.
    pub fn environment(message: impl ToString) -> Failure {
        Failure { exit: Exit::Environment, code: "environment".to_owned(), message: message.to_string() }
    }
}

/// The result of a subcommand.
pub type Done = Result<Exit, Failure>;

/// Where results go.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// JSON lines or text.
    pub fn new(json: bool) -> Output {
        Output { json }
    }

    /// Whether programs read this.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// One result: the object for programs, the text for people. Each line is flushed, so that a pipe sees it at once.
    pub fn result(&self, object: &Value, text: impl FnOnce() -> String) {
        let line = if self.json { object.to_string() } else { text() };
        let mut out = std::io::stdout().lock();
        // A reader that went away is no failure of what was done.
        let _closed = writeln!(out, "{line}").and_then(|()| out.flush());
    }

    /// Progress for people on standard error, for programs as an object a line.
    pub fn progress(&self, object: &Value, text: impl FnOnce() -> String) {
        if self.json {
            self.result(object, String::new);
        } else {
            let _closed = writeln!(std::io::stderr(), "{}", text());
        }
    }

    /// A failure, on standard error for people.
    pub fn failure(&self, failure: &Failure) {
        if self.json {
            let object = json!({"error": {"code": failure.code, "message": failure.message}});
            self.result(&object, String::new);
        } else {
            // Standard error may be a full disk or closed; the exit code says it too.
            let _closed = writeln!(std::io::stderr(), "countersign: {}", failure.message);
        }
    }
}

/// The language of the person at the terminal, from the environment; English where it is none of ours.
pub fn language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Language::from_tag(value.split('.').next().unwrap_or_default()))
        .unwrap_or_default()
}
