//! What can go wrong on a page, and how the page says it: what happened, what is safe, what to do - in that order.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_texts::Value;

use super::page::Page;
use super::words::Words;
use crate::error::HubError;
use crate::store::StoreError;

/// Why a page or an order did not come about. Each variant is a different thing that a person can do about it.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// There is no such page, or it is not for this person: both look the same from outside.
    NotFound,
    /// The person may not do this.
    NotAllowed,
    /// The form was not made by this console for this session.
    Form,
    /// Too many attempts; wait so many minutes.
    Throttled(i64),
    /// The one-time link is used up or too old.
    Link,
    /// The form is too large or no form.
    TooLarge,
    /// The rules refused.
    Refused(Refusal),
    /// The database or a file did not answer.
    Store(String),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Store(error.to_string())
    }
}

impl From<HubError> for Trouble {
    fn from(error: HubError) -> Trouble {
        match error {
            HubError::Refused(refusal) => Trouble::Refused(refusal),
            // An order of the office that waits names something that is not here.
            HubError::Waiting | HubError::NotFound { .. } => Trouble::NotFound,
            other => Trouble::Store(other.to_string()),
        }
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Trouble {
        Trouble::Store(error.to_string())
    }
}

/// The three sentences of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do.
    pub todo: String,
}

impl Problem {
    /// A problem from the three texts under `console-trouble-<name>-…`.
    pub fn of(words: &Words, name: &str) -> Problem {
        Problem::with(words, name, &[])
    }

    /// The same with variables.
    pub fn with(words: &Words, name: &str, variables: &[(&str, Value<'_>)]) -> Problem {
        let text = |part: &str| words.with(&format!("console-trouble-{name}-{part}"), variables);
        Problem { what: text("what"), safe: text("safe"), todo: text("todo") }
    }

    /// A refusal of the rules in words.
    pub fn refused(words: &Words, refusal: &Refusal) -> Problem {
        let what = refusal_text(words, refusal);
        let todo = match refusal.code {
            RefusalCode::ChangedSince | RefusalCode::State => words.t("console-trouble-look-again"),
            RefusalCode::NotAllowed | RefusalCode::OwnVoucher => words.t("console-trouble-ask-other"),
            RefusalCode::Defect => words.t("console-trouble-report"),
            _ => words.t("console-trouble-correct"),
        };
        Problem { what, safe: words.t("console-trouble-nothing-changed"), todo }
    }
}

/// The sentence of a refusal, with its facts.
pub(crate) fn refusal_text(words: &Words, refusal: &Refusal) -> String {
    let fact = |name: &str| refusal.facts.get(name).cloned().unwrap_or_default();
    let code = refusal.code.as_str();
    match refusal.code {
        RefusalCode::Missing => {
            let field = fact("field");
            let key = format!("console-field-{field}");
            let name = if words.texts.has(&key) { words.t(&key) } else { field };
            words.of("console-refused-missing", "field", &name)
        }
        RefusalCode::State => words.of("console-refused-state", "state", &words.texts.word("state", &fact("state"))),
        // The sentences of these say with numbers what to do; nothing shorter would.
        RefusalCode::TooLong
        | RefusalCode::TooMany
        | RefusalCode::OutOfRange
        | RefusalCode::NotANumber
        | RefusalCode::NoCurrency
        | RefusalCode::Currencies
        | RefusalCode::MoreThanBooked
        | RefusalCode::LineDoesNotAddUp => words.texts.refusal(refusal),
        RefusalCode::MediaMissing => words.count("console-refused-media_missing", fact("count").parse().unwrap_or(1)),
        _ => {
            let key = format!("console-refused-{code}");
            if words.texts.has(&key) { words.t(&key) } else { words.of("console-refused-other", "code", code) }
        }
    }
}

impl Trouble {
    /// The status, the three sentences and the detail for support.
    pub fn told(&self, words: &Words) -> (StatusCode, Problem, String) {
        let plain = |status, name| (status, Problem::of(words, name), String::new());
        match self {
            Trouble::NotFound => plain(StatusCode::NOT_FOUND, "not-found"),
            Trouble::NotAllowed => plain(StatusCode::FORBIDDEN, "not-allowed"),
            Trouble::Form => plain(StatusCode::FORBIDDEN, "form"),
            Trouble::Throttled(minutes) => (
                StatusCode::TOO_MANY_REQUESTS,
                Problem::with(words, "throttled", &[("minutes", (*minutes).into())]),
                String::new(),
            ),
            Trouble::Link => plain(StatusCode::GONE, "link"),
            Trouble::TooLarge => plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Trouble::Refused(refusal) => {
                (refusal_status(refusal), Problem::refused(words, refusal), refusal.code.to_string())
            }
            Trouble::Store(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "store"),
        }
    }
}

/// The status that goes with a refusal.
pub(crate) fn refusal_status(refusal: &Refusal) -> StatusCode {
    match refusal.code {
        RefusalCode::NotAllowed | RefusalCode::OwnVoucher => StatusCode::FORBIDDEN,
        RefusalCode::ChangedSince | RefusalCode::State | RefusalCode::Exists => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    page: Page,
    problem: Problem,
    detail: String,
    back: String,
    button: String,
}

/// The page that tells a trouble.
pub(crate) fn page(mut page: Page, trouble: &Trouble, request: &str) -> Response {
    let (status, problem, mut detail) = trouble.told(&page.words);
    if let Trouble::Store(why) = trouble {
        tracing::error!(why, "a page could not be made");
        // Paths and SQL are the log's; the reader gets the name under which they are found there.
        request.clone_into(&mut detail);
    }
    let signed_in = page.person.is_some();
    let button = page.t(if signed_in { "console-to-start" } else { "console-sign-in" });
    let back = if signed_in { "/" } else { "/sign-in" };
    page.title = problem.what.clone();
    let shown = Message { problem, detail, back: back.to_owned(), button, page }.render();
    match shown {
        Ok(text) => (status, Html(text)).into_response(),
        Err(_) => status.into_response(),
    }
}
