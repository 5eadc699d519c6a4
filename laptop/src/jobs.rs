//! The job list with its search, and a job that is made on site.

use askama::Template;
use countersign_device::screens::{JobChoice, JobFilter, JobPlace, JobRow};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::{Asked, Fields, address};
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
    let choice = JobChoice::ALL.into_iter().find(|choice| choice.word() == wanted).unwrap_or(JobChoice::USUAL);
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
    let mut last = "";
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let mut card = card(words, row, here);
        if row.heading != last {
            card.day.clone_from(&row.heading);
            last = &row.heading;
        }
        cards.push(card);
    }
    cards
}

fn card(words: &Words, row: &JobRow, here: &str) -> Card {
    let joined = |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let mut chips = vec![words.job_state(&row.state)];
    chips.extend(words.texts.machine_trouble(&row.machine_state));
    chips.extend(words.priority(&row.priority));
    if row.lacking {
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
        number: row.title.clone(),
        down: row.down,
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
    /// The registered machine of this serial number; empty for none.
    known: String,
}

/// `GET /new`
pub(crate) fn new(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    drawn(&new_page(desk, asked, &asked.query, None)?)
}

fn new_page(desk: &Desk<'_>, asked: &Asked, typed: &Fields, problem: Option<Problem>) -> Result<NewPage, Trouble> {
    let mut f = desk.frame(desk.words.t("laptop-new-job"), "/", asked)?;
    f.back = "/".to_owned();
    let reserve = desk.app().check_reserve().is_ok();
    let (serial, fault) = (typed.text("serial").to_owned(), typed.text("fault").to_owned());
    let known = desk.app().known_machine(&serial)?.map(|known| {
        let about = [known.serial, known.model, known.customer, known.site];
        about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    let known = known.map(|about| desk.words.of("laptop-new-known", "about", &about)).unwrap_or_default();
    Ok(NewPage { f, serial, fault, reserve, problem, known })
}

/// `POST /new`
pub(crate) fn make(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (serial, fault) = (asked.form.text("serial"), asked.form.text("fault"));
    let trouble = match desk.app().new_job(serial, fault) {
        Ok(new) => return done(&format!("/jobs/{}", new.job), "job-made"),
        Err(error) if asked.script => return Err(Trouble::App(error)),
        Err(error) => Trouble::App(error),
    };
    let problem = Some(trouble.problem(&desk.words));
    let mut page = drawn(&new_page(desk, asked, &asked.form, problem)?)?;
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
