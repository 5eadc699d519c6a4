//! Facts of the visit that are not in the form: parts and leaving; and what every page of a job begins with.

use askama::Template;
use countersign_device::app::{PartBooking, StockPlace};
use countersign_device::model::document::Payer;
use countersign_device::screens::{JobScreen, PartChoice, PartFilter, StockRow, usual};
use countersign_texts::typed_number;

use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::{Asked, Fields, address};
use crate::jobs;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Choice, Words, offered};

/// The part came from no stock of ours.
const ELSEWHERE: &str = "elsewhere";

/// Parts on one page of the picker.
const SHELF: u32 = 20;

/// The frame of a page of a job, and the job.
pub(crate) fn of_job(desk: &Desk<'_>, asked: &Asked, what: &str) -> Result<(Frame, JobScreen), Trouble> {
    let screen = desk.app().job_screen(asked.path.get("job"))?;
    // Where the heading breaks, the dot stays with what stands before it.
    let heading = format!("{}\u{a0}· {}", desk.words.t(what), screen.title);
    let mut f = desk.frame(heading, "/", asked)?;
    f.back = format!("/jobs/{}", screen.name);
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
    payers: Vec<Choice>,
}

/// A part of the catalogue with where it lies.
pub(crate) struct ShelfLine {
    /// Where it may be taken from, where there is a choice.
    pub places: Vec<Choice>,
    pub code: String,
    pub name: String,
    pub price: String,
    pub wears: bool,
    pub stock: Vec<String>,
}

fn shelf_line(words: &Words, part: &PartChoice) -> ShelfLine {
    let stock = part.stock.iter().map(|place| format!("{}: {}", place.name, words.texts.number(&place.quantity)));
    ShelfLine {
        places: places(words, part),
        code: part.code.clone(),
        name: part.name.clone(),
        price: part.price.as_ref().map(|price| words.texts.money(price)).unwrap_or_default(),
        wears: part.wears,
        stock: stock.collect(),
    }
}

/// The places that hold a part, and "not from our stock"; the own van is taken where nobody chooses.
fn places(words: &Words, part: &PartChoice) -> Vec<Choice> {
    let own = part.stock.iter().any(|place| place.own);
    let place = |place: &StockRow| Choice {
        value: place.depot.to_string(),
        label: words.with(
            "laptop-stock-place",
            &[("place", place.name.as_str().into()), ("count", words.texts.number(&place.quantity).into())],
        ),
        chosen: place.own,
    };
    let elsewhere = Choice { value: ELSEWHERE.to_owned(), label: words.t("laptop-part-elsewhere"), chosen: !own };
    part.stock.iter().map(place).chain(std::iter::once(elsewhere)).collect()
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
        false => address(&format!("/jobs/{}/parts", screen.name), &[("q", &search), ("after", &last)]),
    };
    let shelf = picker.parts.iter().map(|part| shelf_line(&desk.words, part)).collect();
    let payers = payers(&desk.words);
    drawn(&PartsPage { f, parts, search, shelf, next, payers, screen })
}

/// Who may pay for a line: whom the class names, where nobody chooses.
pub(crate) fn payers(words: &Words) -> Vec<Choice> {
    let by_class = Choice { value: String::new(), label: words.t("laptop-payer-by-class"), chosen: true };
    let known = offered(words, "payer", "");
    std::iter::once(by_class).chain(known).collect()
}

/// The payer of a form; `None` leaves it to the class.
pub(crate) fn payer_of(form: &Fields) -> Option<Payer> {
    Some(form.get("payer")).filter(|payer| !payer.is_empty()).map(Payer::from_word)
}

/// `POST …/parts`
pub(crate) fn use_part(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let quantity = typed_number(form.text("quantity"));
    let from = match form.get("from") {
        "" => None,
        ELSEWHERE => Some(StockPlace::Elsewhere),
        depot => Some(StockPlace::Depot(depot.to_owned())),
    };
    let booking = PartBooking {
        code: form.text("code").to_owned(),
        quantity,
        batch: form.text("batch").to_owned(),
        from,
        payer: payer_of(form),
    };
    desk.app().book_part(job, booking)?;
    done(&format!("/jobs/{job}/parts"), "part")
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
    let reasons = offered(&desk.words, "leave", usual("leave"));
    drawn(&LeavePage { f, screen, reasons })
}

/// `POST …/leave`
pub(crate) fn leave(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().leave(job, asked.form.get("reason"))?;
    done(&format!("/jobs/{job}"), "left")
}
