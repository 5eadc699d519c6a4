//! What can go wrong on a page, and how the page says it: what happened, what is safe, what to do, in that order; what
//! only a supporter understands stands in a fold below.

use askama::Template;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use countersign_device::app::AppError;
use countersign_device::sync::EnrolProblem;
use serde::Serialize;
use serde_json::json;

use crate::door::NoChance;
use crate::page::Frame;
use crate::words::Words;

/// Why a page or an order did not come about.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// There is no such page.
    NotFound,
    /// The link is used up, too old or was never good; or the browser was not let in.
    Link,
    /// The device is in the customer's hands.
    WithCustomer,
    /// The fields cannot be read.
    Form,
    /// The aeroplane switch is on, so the office cannot be asked.
    Aeroplane,
    /// The device core refuses.
    App(AppError),
    /// The enrolment did not succeed.
    Enrol(EnrolProblem),
    /// The shell itself failed.
    Shell(String),
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Trouble {
        match error {
            AppError::NotFound { .. } => Trouble::NotFound,
            other => Trouble::App(other),
        }
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Trouble {
        Trouble::Shell(error.to_string())
    }
}

impl From<NoChance> for Trouble {
    fn from(error: NoChance) -> Trouble {
        Trouble::Shell(error.to_string())
    }
}

impl From<countersign_device::store::StoreError> for Trouble {
    fn from(error: countersign_device::store::StoreError) -> Trouble {
        AppError::from(error).into()
    }
}

/// The sentences of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do.
    pub todo: String,
    /// For a supporter; empty for nothing.
    pub details: String,
    /// What the fold around the details is called.
    pub details_word: String,
}

impl Trouble {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Link => StatusCode::UNAUTHORIZED,
            Trouble::WithCustomer => StatusCode::FORBIDDEN,
            Trouble::Form => StatusCode::BAD_REQUEST,
            Trouble::App(AppError::Space) => StatusCode::INSUFFICIENT_STORAGE,
            Trouble::App(AppError::Environment { .. } | AppError::Report { .. }) | Trouble::Shell(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Trouble::App(_) | Trouble::Aeroplane | Trouble::Enrol(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Its sentences.
    pub fn problem(&self, words: &Words) -> Problem {
        let (name, details) = match self {
            Trouble::NotFound => ("not-found", String::new()),
            Trouble::Link => ("link", String::new()),
            Trouble::WithCustomer => ("with-customer", String::new()),
            Trouble::Form => ("form", String::new()),
            Trouble::Aeroplane => ("aeroplane", String::new()),
            Trouble::App(AppError::Refused { refusal }) => {
                // The sentence of a refusal says what happened and what to do.
                let (what, safe) = (words.texts.refusal(refusal), words.t("laptop-trouble-kept-safe"));
                return Problem { what, safe, ..Problem::default() };
            }
            Trouble::App(AppError::Incomplete { missing }) => {
                let what = words.of("laptop-trouble-incomplete-what", "missing", &missing.join(" · "));
                let todo = words.t("laptop-trouble-incomplete-todo");
                return Problem { what, safe: words.t("laptop-trouble-kept-safe"), todo, ..Problem::default() };
            }
            Trouble::App(AppError::Input { why }) => ("input", why.clone()),
            Trouble::App(AppError::ShownChanged) => ("shown-changed", String::new()),
            Trouble::App(AppError::Enrol) => ("enrol", String::new()),
            Trouble::App(AppError::Space) => ("space", String::new()),
            Trouble::App(AppError::Update { why }) => ("update", why.clone()),
            Trouble::App(AppError::NotFound { what, name }) => ("not-found", format!("{what} {name}")),
            Trouble::App(AppError::Environment { why }) => ("environment", why.clone()),
            Trouble::App(AppError::Report { why }) | Trouble::Shell(why) => ("report", why.clone()),
            Trouble::Enrol(problem) => (enrol_name(problem), problem.to_string()),
            Trouble::App(AppError::Locked { .. }) => ("locked", String::new()),
        };
        let text = |part: &str| words.t(&format!("laptop-trouble-{name}-{part}"));
        let details_word = words.t("laptop-details");
        Problem { what: text("what"), safe: text("safe"), todo: text("todo"), details, details_word }
    }
}

fn enrol_name(problem: &EnrolProblem) -> &'static str {
    match problem {
        EnrolProblem::NotConnected(_) => "enrol-offline",
        EnrolProblem::Busy(_) => "enrol-busy",
        EnrolProblem::CodeUsed => "enrol-used",
        EnrolProblem::CodeUnknown => "enrol-unknown",
        EnrolProblem::Untrusted(_) => "enrol-untrusted",
        EnrolProblem::NotUnderstood(_) => "enrol-update",
        EnrolProblem::Store(_) => "environment",
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    f: Frame,
    problem: Problem,
    back: String,
}

/// The page of a trouble, or an answer for the script.
pub(crate) fn answer(mut frame: Frame, trouble: &Trouble, script: bool) -> Response {
    let problem = trouble.problem(&frame.words);
    if !problem.details.is_empty() {
        tracing::info!(?trouble, "not done");
    }
    if script {
        return (trouble.status(), Json(json!({ "problem": problem }))).into_response();
    }
    frame.title = problem.what.clone();
    let back = frame.back.clone();
    match (TroublePage { f: frame, problem, back }).render() {
        Ok(text) => (trouble.status(), Html(text)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
