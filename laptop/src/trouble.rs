//! What can go wrong on a page, and how the page says it: what happened, what is safe, what to do, in that order; what
//! only a supporter understands stands in a fold below.

use askama::Template;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use countersign_device::app::{AppError, Trouble as Sentences};
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
            Trouble::App(AppError::Damaged { .. } | AppError::Environment { .. } | AppError::Report { .. })
            | Trouble::Shell(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Trouble::App(_) | Trouble::Aeroplane | Trouble::Enrol(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Its sentences.
    pub fn problem(&self, words: &Words) -> Problem {
        let named = |name: &str, details: &str| Sentences::named(&words.texts, name, details.to_owned());
        let sentences = match self {
            Trouble::NotFound => named("not-found", ""),
            Trouble::Link => named("link", ""),
            Trouble::WithCustomer => named("with-customer", ""),
            Trouble::Form => named("form", ""),
            Trouble::Aeroplane => named("aeroplane", ""),
            Trouble::App(error) => error.trouble(&words.texts),
            Trouble::Enrol(problem) => problem.trouble(&words.texts),
            Trouble::Shell(why) => named("report", why),
        };
        let Sentences { what, safe, todo, details, .. } = sentences;
        let details_word = if details.is_empty() { String::new() } else { words.t("laptop-details") };
        Problem { what, safe, todo, details, details_word }
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
