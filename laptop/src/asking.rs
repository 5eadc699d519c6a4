//! What an engineer asks of the office: another appointment, parts, a colleague, an answer, a record put right; and what
//! became of it.

use askama::Template;
use countersign_device::app::AppError;
use countersign_device::model::decide::{Refusal, RefusalCode};
use countersign_device::model::entity::Wish;
use countersign_device::screens::{FIELDS_TO_PUT_RIGHT, RequestRow, choices as device_choices, usual};
use serde_json::{Map, Value};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::{Asked, Fields};
use crate::page::Frame;
use crate::planning::window_of;
use crate::trouble::Trouble;
use crate::words::{Chip, Choice, Words, offered};

/// A request with what became of it.
pub(crate) struct RequestLine {
    pub chip: Chip,
    pub title: String,
    pub reason: String,
    /// The window that was asked for; empty for none.
    pub window: String,
    pub when: String,
    /// What the office answered; empty before.
    pub answer: String,
}

pub(crate) fn line(words: &Words, row: &RequestRow) -> RequestLine {
    RequestLine {
        chip: words.texts.request_state(&row.what, &row.state),
        title: words.texts.word("wish", &row.what),
        reason: row.reason.clone(),
        window: row.window.as_ref().map(|window| words.appointment(window)).unwrap_or_default(),
        when: words.recorded(&row.time),
        answer: row.answer.clone(),
    }
}

#[derive(Template)]
#[template(path = "asking.html")]
struct AskingPage {
    f: Frame,
    path: String,
    what: Vec<Choice>,
    fields: Vec<Choice>,
    requests: Vec<RequestLine>,
}

/// `GET …/ask`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-ask")?;
    let words = &desk.words;
    let field = |(about, name): (&str, &str)| Choice {
        value: format!("{about}.{name}"),
        label: words.with(
            "console-asked-field",
            &[("about", words.texts.word("kind", about).into()), ("field", words.texts.word("field", name).into())],
        ),
        chosen: false,
    };
    let wanted = asked.query.get("what");
    let chosen = device_choices("wish").iter().copied().find(|what| *what == wanted).unwrap_or_else(|| usual("wish"));
    let page = AskingPage {
        path: format!("/jobs/{}", screen.name),
        what: offered(words, "wish", chosen),
        fields: FIELDS_TO_PUT_RIGHT.iter().copied().map(field).collect(),
        requests: screen.facts.requests.iter().rev().map(|row| line(words, row)).collect(),
        f,
    };
    drawn(&page)
}

/// `POST …/ask`
pub(crate) fn ask(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form, app) = (asked.path.get("job"), &asked.form, desk.app());
    let words = form.text("reason");
    match form.get("what") {
        "window" => {
            let window = window_of(desk, form)?.ok_or_else(|| missing("window"))?;
            app.ask_for_window(job, window, words)?
        }
        "change" => {
            let (about, name, value) = change_of(form)?;
            let fields = Map::from_iter([(name.to_owned(), Value::from(value))]);
            app.ask(job, app.subject_of(job, about)?, Value::Object(fields), words)?
        }
        what if device_choices("wish").contains(&what) => app.ask_for(job, &Wish::from_word(what), words)?,
        _ => return Err(Trouble::Form),
    };
    done(&format!("/jobs/{job}/ask"), "asked")
}

/// Which field of which record should be how.
fn change_of(form: &Fields) -> Result<(&'static str, &'static str, String), Trouble> {
    let wanted = form.get("field");
    let found = FIELDS_TO_PUT_RIGHT.iter().find(|(about, name)| wanted == format!("{about}.{name}"));
    let (about, name) = found.ok_or(Trouble::Form)?;
    match form.text("value") {
        "" => Err(missing("fields")),
        value => Ok((about, name, value.to_owned())),
    }
}

fn missing(field: &str) -> Trouble {
    AppError::Refused { refusal: Refusal::new(RefusalCode::Missing).with("field", field) }.into()
}
