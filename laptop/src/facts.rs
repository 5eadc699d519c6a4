//! Facts of the visit that are not in the form: parts, times, the meter, leaving.

use askama::Template;
use countersign_device::app::{AppError, TimeSpent};
use countersign_device::model::entity::TimeKind;
use countersign_device::screens::{JobScreen, PartChoice, PartFilter};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::{Asked, address};
use crate::job::title;
use crate::jobs;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Choice, Words, choices};

/// Why somebody leaves, as the command names it.
const REASONS: [&str; 5] = ["solved", "part", "customer", "workshop", "another_visit"];

/// Parts on one page of the picker.
const SHELF: usize = 20;

/// The frame of a page of a job, and the job.
pub(crate) fn of_job(desk: &Desk<'_>, asked: &Asked, what: &str) -> Result<(Frame, JobScreen), Trouble> {
    let screen = desk.app().job_screen(asked.path.get("job"))?;
    let heading = format!("{} · {}", desk.words.t(what), title(&screen));
    let mut f = desk.frame(heading, "/", asked)?;
    f.back = format!("/jobs/{}", screen.job);
    f.pane = jobs::pane(desk, &screen.job.to_string())?;
    Ok((f, screen))
}

pub(crate) struct PartLine {
    pub code: String,
    pub quantity: String,
    pub late: bool,
}

#[derive(Template)]
#[template(path = "parts.html")]
struct PartsPage {
    f: Frame,
    screen: JobScreen,
    parts: Vec<PartLine>,
    search: String,
    shelf: Vec<ShelfLine>,
    next: String,
}

/// A part of the catalogue with where it lies.
pub(crate) struct ShelfLine {
    pub code: String,
    pub name: String,
    pub price: String,
    pub wears: bool,
    pub stock: Vec<String>,
}

fn shelf_line(words: &Words, part: &PartChoice) -> ShelfLine {
    let stock = part.stock.iter().map(|place| format!("{}: {}", place.name, words.texts.number(&place.quantity)));
    ShelfLine {
        code: part.code.clone(),
        name: part.name.clone(),
        price: part.price.as_ref().map(|price| words.texts.money(price)).unwrap_or_default(),
        wears: part.wears,
        stock: stock.collect(),
    }
}

/// `GET …/parts`
pub(crate) fn parts(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-parts")?;
    let line = |part: &countersign_device::screens::PartRow| PartLine {
        code: part.code.clone(),
        quantity: desk.words.texts.number(&part.quantity),
        late: part.late,
    };
    let parts = screen.parts.iter().map(line).collect();
    let search = asked.query.text("q").to_owned();
    let filter = PartFilter { search: search.clone(), after: asked.query.get("after").parse().ok(), limit: SHELF };
    let picker = desk.app().parts_screen(asked.path.get("job"), &filter)?;
    let last = picker.parts.last().filter(|_| picker.more).map(|part| part.part.to_string()).unwrap_or_default();
    let next = match last.is_empty() {
        true => String::new(),
        false => address(&format!("/jobs/{}/parts", screen.job), &[("q", &search), ("after", &last)]),
    };
    let shelf = picker.parts.iter().map(|part| shelf_line(&desk.words, part)).collect();
    drawn(&PartsPage { f, parts, search, shelf, next, screen })
}

/// `POST …/parts`
pub(crate) fn use_part(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let quantity = number(form.text("quantity"));
    desk.app().use_part(job, form.text("code"), &quantity, form.text("batch"))?;
    done(&format!("/jobs/{job}/parts"), "part")
}

/// A number as people of any of our languages write it: a single comma is the decimal sign where no point is.
pub(crate) fn number(text: &str) -> String {
    let text = text.trim();
    match text.matches(',').count() == 1 && !text.contains('.') {
        true => text.replace(',', "."),
        false => text.to_owned(),
    }
}

pub(crate) struct TimeLine {
    pub person: String,
    pub kind: String,
    pub duration: String,
}

#[derive(Template)]
#[template(path = "times.html")]
struct TimesPage {
    f: Frame,
    screen: JobScreen,
    times: Vec<TimeLine>,
    kinds: Vec<Choice>,
    /// Minutes that the visit's steps speak of; empty where they do not say.
    minutes: String,
}

/// `GET …/times`
pub(crate) fn times(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-times")?;
    let line = |time: &countersign_device::screens::TimeRow| TimeLine {
        person: time.person.clone(),
        kind: desk.words.texts.word("time", &time.kind),
        duration: desk.words.texts.duration(time.minutes),
    };
    let times = screen.times.iter().map(line).collect();
    let kinds = choices(&desk.words, "time", ["work", "travel", "waiting"], "work");
    // Steps that do not say how long it took leave the field to the person.
    let spent = desk.app().minutes_spent(asked.path.get("job"), &TimeKind::Work);
    let minutes = spent.map(|minutes| minutes.to_string()).unwrap_or_default();
    drawn(&TimesPage { f, times, kinds, minutes, screen })
}

/// `POST …/times`
pub(crate) fn record(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let kind = TimeKind::from_word(form.text("kind"));
    let whole = |name: &str| -> Result<Option<i64>, Trouble> {
        let text = form.text(name);
        let number = (!text.is_empty()).then(|| text.parse().map_err(|_| not_a_number(text))).transpose();
        Ok(number?)
    };
    let minutes = match whole("minutes")? {
        Some(minutes) => minutes,
        None => desk.app().minutes_spent(job, &kind)?,
    };
    desk.app().record_time(job, TimeSpent { kind, minutes, kilometres: whole("kilometres")? })?;
    done(&format!("/jobs/{job}/times"), "time")
}

fn not_a_number(text: &str) -> AppError {
    use countersign_device::model::decide::{Refusal, RefusalCode};
    let refusal = Refusal::new(RefusalCode::WrongAnswer).with("expected", "integer").with("value", text);
    AppError::Refused { refusal }
}

/// `POST …/meter`
pub(crate) fn meter(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().read_meter(job, &number(asked.form.text("value")))?;
    done(&format!("/jobs/{job}/times"), "meter")
}

#[derive(Template)]
#[template(path = "leave.html")]
struct LeavePage {
    f: Frame,
    screen: JobScreen,
    reasons: Vec<Choice>,
}

/// `GET …/leave`
pub(crate) fn leaving(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-step-leave")?;
    let reasons = choices(&desk.words, "leave", REASONS, "solved");
    drawn(&LeavePage { f, screen, reasons })
}

/// `POST …/leave`
pub(crate) fn leave(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().leave(job, asked.form.get("reason"))?;
    done(&format!("/jobs/{job}"), "left")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_comma_is_a_decimal_sign_where_nothing_else_can_be_meant() {
        let rows = [("1,5", "1.5"), (" 2 ", "2"), ("1.5", "1.5"), ("1,000.5", "1,000.5"), ("1,2,3", "1,2,3")];
        for (typed, meant) in rows {
            assert_eq!(super::number(typed), meant);
        }
    }
}
