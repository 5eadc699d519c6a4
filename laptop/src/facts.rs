//! Facts of the visit that are not in the form: parts and leaving; and what every page of a job begins with.

use askama::Template;
use countersign_device::app::{PartBooking, StockPlace};
use countersign_device::model::Id;
use countersign_device::model::document::Payer;
use countersign_device::screens::{JobScreen, PartChoice, PartFilter, PartsScreen, PlaceRow, StockRow, usual_choice};

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
    pub part_use: String,
    pub code: String,
    /// Batch or serial; empty for none.
    pub batch: String,
    pub quantity: String,
    pub late: bool,
    /// How many a take-back starts from; empty for what was taken back itself.
    pub back: String,
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
    /// How many are taken where nobody says otherwise.
    quantity: String,
    payers: Vec<Choice>,
    /// Where a part that is not listed may be taken from.
    places: Vec<Choice>,
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
    /// Whether its very code was searched: its details are open.
    pub exact: bool,
}

fn shelf_line(words: &Words, picker: &PartsScreen, part: &PartChoice) -> ShelfLine {
    let stock = part.stock.iter().map(|place| format!("{}: {}", place.name, words.texts.number(&place.quantity)));
    ShelfLine {
        places: places(words, picker, part),
        exact: picker.exact == Some(part.part),
        code: part.code.clone(),
        name: part.name.clone(),
        price: part.price.as_ref().map(|price| words.texts.money(price)).unwrap_or_default(),
        wears: part.wears,
        stock: stock.collect(),
    }
}

/// The places that hold a part, and "not from our stock".
fn places(words: &Words, picker: &PartsScreen, part: &PartChoice) -> Vec<Choice> {
    let place = |place: &StockRow| {
        let count = words.texts.number(&place.quantity);
        let label = words.with("laptop-stock-place", &[("place", place.name.as_str().into()), ("count", count.into())]);
        place_choice(picker, place.depot, label)
    };
    part.stock.iter().map(place).chain([elsewhere(words, picker)]).collect()
}

/// Every place of the company, and "not from our stock".
fn all_places(words: &Words, picker: &PartsScreen) -> Vec<Choice> {
    let place = |place: &PlaceRow| place_choice(picker, place.depot, place.name.clone());
    picker.places.iter().map(place).chain([elsewhere(words, picker)]).collect()
}

fn place_choice(picker: &PartsScreen, depot: Id, label: String) -> Choice {
    let value = depot.to_string();
    Choice { chosen: picker.usual == StockPlace::Depot(value.clone()), value, label }
}

fn elsewhere(words: &Words, picker: &PartsScreen) -> Choice {
    let chosen = picker.usual == StockPlace::Elsewhere;
    Choice { value: ELSEWHERE.to_owned(), label: words.t("laptop-part-elsewhere"), chosen }
}

/// `GET …/parts`
pub(crate) fn parts(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-parts")?;
    let line = |part: &countersign_device::screens::PartRow| PartLine {
        part_use: part.part_use.to_string(),
        code: part.code.clone(),
        batch: part.batch.clone(),
        quantity: desk.words.texts.number(&part.quantity),
        late: part.late,
        back: part.back.as_ref().map(|back| back.quantity.clone()).unwrap_or_default(),
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
    let shelf = picker.parts.iter().map(|part| shelf_line(&desk.words, &picker, part)).collect();
    let (payers, places) = (payers(&desk.words, None), all_places(&desk.words, &picker));
    let quantity = picker.usual_quantity;
    drawn(&PartsPage { f, parts, search, shelf, next, quantity, payers, places, screen })
}

/// Who may pay for a line: whom the class names, where nobody chose.
pub(crate) fn payers(words: &Words, chosen: Option<&Payer>) -> Vec<Choice> {
    let by_class = Choice { value: String::new(), label: words.t("laptop-payer-by-class"), chosen: chosen.is_none() };
    let known = offered(words, "payer", chosen.map_or("", Payer::as_str));
    std::iter::once(by_class).chain(known).collect()
}

/// The payer of a form; `None` leaves it to the class.
pub(crate) fn payer_of(form: &Fields) -> Option<Payer> {
    Some(form.get("payer")).filter(|payer| !payer.is_empty()).map(Payer::from_word)
}

/// `POST …/parts`
pub(crate) fn use_part(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    if form.get("action") == "back" {
        return take_back(desk, asked);
    }
    let from = match form.get("from") {
        "" => None,
        ELSEWHERE => Some(StockPlace::Elsewhere),
        depot => Some(StockPlace::Depot(depot.to_owned())),
    };
    let booking = PartBooking {
        code: form.text("code").to_owned(),
        quantity: form.text("quantity").to_owned(),
        batch: form.text("batch").to_owned(),
        from,
        payer: payer_of(form),
        undoes: None,
    };
    desk.app().book_part(job, booking)?;
    done(&format!("/jobs/{job}/parts"), "part")
}

/// Takes back as many of a booked part as are typed.
fn take_back(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let booked = desk.app().job_screen(job)?.parts;
    let booked = booked.into_iter().find(|part| part.part_use.to_string() == form.get("id"));
    let back = booked.and_then(|part| part.back).ok_or(Trouble::NotFound)?;
    desk.app().take_back_part(job, PartBooking { quantity: form.text("quantity").to_owned(), ..back })?;
    done(&format!("/jobs/{job}/parts"), "part-back")
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
    let reasons = offered(&desk.words, "leave", usual_choice("leave"));
    drawn(&LeavePage { f, screen, reasons })
}

/// `POST …/leave`
pub(crate) fn leave(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().leave(job, asked.form.get("reason"))?;
    done(&format!("/jobs/{job}"), "left")
}
