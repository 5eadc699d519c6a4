//! The job list with its search, and a job that is made on site.

use askama::Template;
use countersign_device::screens::{JobChoice, JobFilter, JobPlace, JobRow};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::{Asked, address};
use crate::page::Frame;
use crate::trouble::{Problem, Trouble};
use crate::words::{Chip, Choice, Words, choices};

/// Most jobs beside a page.
const PANE: u32 = 30;

/// One job as a card.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub id: String,
    /// The heading above it, where it is the first of its day.
    pub day: String,
    /// Hours of the appointment.
    pub hours: String,
    /// Customer and site.
    pub place: String,
    /// Machine and its serial.
    pub machine: String,
    pub fault: String,
    pub number: String,
    pub chips: Vec<Chip>,
    /// Whether the machine is down.
    pub down: bool,
    /// Whether its page is the one that is shown.
    pub here: bool,
}

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage {
    f: Frame,
    cards: Vec<Card>,
    search: String,
    choices: Vec<Choice>,
    next: String,
    first: bool,
}

/// `GET /`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let search = asked.query.text("q").to_owned();
    let wanted = asked.query.get("show");
    let choice = JobChoice::ALL.into_iter().find(|choice| choice.word() == wanted).unwrap_or(JobChoice::Open);
    let after = place_of(asked.query.get("after"));
    let filter = JobFilter { choice, search: search.clone(), after, ..JobFilter::default() };
    let screen = desk.app().job_list(&filter)?;
    let next = screen.rows.last().filter(|_| screen.more).map(|row| place_text(&row.place)).unwrap_or_default();
    let next = match next.is_empty() {
        true => String::new(),
        false => address("/", &[("q", &search), ("show", choice.word()), ("after", &next)]),
    };
    let cards = cards(&desk.words, &screen.rows, "");
    let f = desk.frame(desk.words.t("laptop-jobs"), "/", asked)?;
    let choices = choices(&desk.words, "job-choice", JobChoice::ALL.map(JobChoice::word), choice.word());
    drawn(&JobsPage { f, cards, search, choices, next, first: after.is_none() })
}

/// The jobs beside a page.
pub(crate) fn pane(desk: &Desk<'_>, here: &str) -> Result<Vec<Card>, Trouble> {
    let filter = JobFilter { choice: JobChoice::Open, limit: PANE, ..JobFilter::default() };
    Ok(cards(&desk.words, &desk.app().job_list(&filter)?.rows, here))
}

fn cards(words: &Words, rows: &[JobRow], here: &str) -> Vec<Card> {
    let mut last = String::new();
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let day = day(words, row);
        let mut card = card(words, row, here);
        if day != last {
            card.day.clone_from(&day);
            last = day;
        }
        cards.push(card);
    }
    cards
}

fn day(words: &Words, row: &JobRow) -> String {
    match (&row.window, row.place.open) {
        (_, 0) => words.t("laptop-day-closed"),
        (Some(window), _) => words.texts.date(window.from, &words.zone),
        (None, _) => words.t("laptop-day-none"),
    }
}

fn card(words: &Words, row: &JobRow, here: &str) -> Card {
    let joined = |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let machine_state = words.machine_state(&row.machine_state);
    let mut chips = vec![words.job_state(&row.state)];
    chips.extend(machine_state.clone());
    chips.extend(words.priority(&row.priority));
    if row.place.open > 0 && row.own && !row.ready {
        chips.push(Chip { class: "attention", icon: "warn", word: words.t("laptop-not-all-here") });
    }
    if row.unconfirmed_files > 0 {
        let word = words.count("laptop-files-only-here", row.unconfirmed_files);
        chips.push(Chip { class: "attention", icon: "phone", word });
    }
    let id = row.job.to_string();
    Card {
        here: id == here,
        day: String::new(),
        hours: row.window.as_ref().map(|window| words.hours(window)).unwrap_or_default(),
        place: joined([&row.customer, &row.site]),
        machine: row.machine.clone(),
        fault: row.fault.clone(),
        number: if row.voucher.is_empty() { row.number.clone() } else { row.voucher.clone() },
        down: machine_state.is_some_and(|chip| chip.class == "danger"),
        chips,
        id,
    }
}

fn place_text(place: &JobPlace) -> String {
    format!("{}.{}.{}", place.open, place.at, place.job)
}

/// A place that cannot be read is the beginning.
fn place_of(text: &str) -> Option<JobPlace> {
    let mut parts = text.splitn(3, '.');
    let open = parts.next()?.parse().ok()?;
    let at = parts.next()?.parse().ok()?;
    Some(JobPlace { open, at, job: parts.next()?.parse().ok()? })
}

#[derive(Template)]
#[template(path = "new.html")]
struct NewPage {
    f: Frame,
    serial: String,
    fault: String,
    /// Whether there is room for a photo.
    reserve: bool,
    problem: Option<Problem>,
}

/// `GET /new`
pub(crate) fn new(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let mut f = desk.frame(desk.words.t("laptop-new-job"), "/", asked)?;
    f.back = "/".to_owned();
    let reserve = desk.app().check_reserve().is_ok();
    drawn(&NewPage { f, serial: String::new(), fault: String::new(), reserve, problem: None })
}

/// `POST /new`
pub(crate) fn make(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (serial, fault) = (asked.form.text("serial"), asked.form.text("fault"));
    let trouble = match desk.app().new_job(serial, fault) {
        Ok(new) => return done(&format!("/jobs/{}", new.job), "job-made"),
        Err(error) if asked.script => return Err(Trouble::App(error)),
        Err(error) => Trouble::App(error),
    };
    let mut f = desk.frame(desk.words.t("laptop-new-job"), "/", asked)?;
    f.back = "/".to_owned();
    let problem = Some(trouble.problem(&desk.words));
    let mut page = drawn(&NewPage {
        f,
        serial: serial.to_owned(),
        fault: fault.to_owned(),
        reserve: desk.app().check_reserve().is_ok(),
        problem,
    })?;
    *page.status_mut() = trouble.status();
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_goes_through_an_address() {
        let place = JobPlace { open: 1, at: -5, job: countersign_device::model::Id::from_time(7, [3; 10]) };
        assert_eq!(place_of(&place_text(&place)), Some(place));
        for bad in ["", "1", "1.2", "1.2.x", "a.b.c"] {
            assert_eq!(place_of(bad), None, "{bad}");
        }
    }
}
