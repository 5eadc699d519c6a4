//! What an engineer asks of the office: another appointment, parts, a colleague, an answer, a record put right; and what
//! became of it.

use askama::Template;
use countersign_device::app::Wanted;
use countersign_device::screens::{
    FieldToPutRight, RequestRow, choices as device_choices, fields_to_put_right, usual_choice, wish_asks,
};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
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
    /// The wish that asks for a window, and the one that asks for a field.
    asks_window: &'static str,
    asks_field: &'static str,
    fields: Vec<Choice>,
    requests: Vec<RequestLine>,
}

/// `GET …/ask`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-ask")?;
    let words = &desk.words;
    let field = |field: FieldToPutRight| Choice { value: field.key, label: field.name, chosen: false };
    let wanted = asked.query.get("what");
    let chosen = device_choices("wish").iter().copied().find(|what| *what == wanted).unwrap_or(usual_choice("wish"));
    let page = AskingPage {
        path: format!("/jobs/{}", screen.name),
        what: offered(words, "wish", chosen),
        asks_window: of_wish(|wish| wish_asks(wish).window),
        asks_field: of_wish(|wish| wish_asks(wish).field),
        fields: fields_to_put_right(&words.texts).into_iter().map(field).collect(),
        requests: screen.facts.requests.iter().map(|row| line(words, row)).collect(),
        f,
    };
    drawn(&page)
}

/// The wish that asks for what `asks` looks for; empty for none.
fn of_wish(asks: impl Fn(&str) -> bool) -> &'static str {
    device_choices("wish").iter().copied().find(|wish| asks(wish)).unwrap_or_default()
}

/// `POST …/ask`
pub(crate) fn ask(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let field = |name: &str| form.text(name).to_owned();
    let wanted = Wanted {
        what: field("what"),
        from: field("from"),
        to: field("to"),
        field: field("field"),
        value: field("value"),
        reason: field("reason"),
    };
    desk.app().ask_wanted(job, &wanted)?;
    done(&format!("/jobs/{job}/ask"), "asked")
}
