//! Customer mode: the device is in the customer's hands. Large type, their language, and this document alone; nothing
//! else of the shell answers until somebody holds "give back" for two seconds. The pages are pictures of the very
//! `shown.pdf` that is signed, one after the other.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use askama::Template;
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::app::{CustomerWord, Preview, SignRequest, Stamp};
use countersign_device::evidence::Strokes;
use countersign_device::model::document::{ASPECTS, Outcome as Said, SignerRole};
use serde_json::json;

use countersign_device::screens::{PageSection, outcome_asks, page_sections, usual_choice};

use crate::desk::{Desk, Outcome, drawn, see};
use crate::door;
use crate::fields::{Asked, Fields};
use crate::page::Frame;
use crate::raster::Pages;
use crate::signing::{captions, pdf_of, signer_words, strokes_on};
use crate::stamp;
use crate::trouble::{Problem, Trouble};
use crate::words::{Choice, Words, offered};

/// For how long "give back" is held. A little less than the two seconds on screen, for the way of the two requests.
const HOLD: Duration = Duration::from_millis(1900);

/// What the customer said before they sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Chosen {
    outcome: String,
    role: String,
    name: String,
    remarks: String,
    satisfaction: Option<u8>,
    aspects: BTreeMap<String, u8>,
}

impl Chosen {
    /// What the form says.
    fn of(form: &Fields) -> Chosen {
        let score = |name: &str| form.get(name).parse::<u8>().ok();
        let rated = |aspect: &str| score(&aspect_field(aspect)).map(|score| (aspect.to_owned(), score));
        Chosen {
            outcome: form.get("outcome").to_owned(),
            role: form.get("role").to_owned(),
            name: form.text("name").to_owned(),
            remarks: form.text("remarks").to_owned(),
            satisfaction: score("satisfaction"),
            aspects: ASPECTS.into_iter().filter_map(rated).collect(),
        }
    }

    /// What the device core judges.
    fn word(self) -> CustomerWord {
        CustomerWord {
            name: self.name,
            role: SignerRole::from_word(&self.role),
            satisfaction: self.satisfaction,
            aspects: self.aspects,
            outcome: Said::from_word(&self.outcome),
            remarks: self.remarks,
        }
    }
}

fn aspect_field(aspect: &str) -> String {
    format!("aspect-{aspect}")
}

/// One aspect of the service with its scores.
struct Aspect {
    field: String,
    name: String,
    scores: Vec<Choice>,
}

/// Every aspect that may be rated, each with "no rating" first.
fn aspects(words: &Words, chosen: &BTreeMap<String, u8>) -> Vec<Aspect> {
    let none = |given: Option<&u8>| Choice {
        value: String::new(),
        label: words.t("laptop-aspect-none"),
        chosen: given.is_none(),
    };
    let aspect = |aspect: &str| {
        let given = chosen.get(aspect);
        let scores = scores(words, given.copied());
        Aspect {
            field: aspect_field(aspect),
            name: words.texts.word("aspect", aspect),
            scores: std::iter::once(none(given)).chain(scores).collect(),
        }
    };
    ASPECTS.into_iter().map(aspect).collect()
}

/// Every score, the least satisfied first.
fn scores(words: &Words, chosen: Option<u8>) -> Vec<Choice> {
    offered(words, "score", &chosen.map(|score| score.to_string()).unwrap_or_default())
}

/// What the customer holds in their hands.
pub(crate) struct CustomerMode {
    job: String,
    preview: Preview,
    pages: Pages,
    engineer: Strokes,
    chosen: Option<Chosen>,
    /// A photo of the company stamp, for beside the signature.
    pub stamp: Option<Stamp>,
    /// Number of the document, once it is signed.
    pub signed: Option<String>,
    /// Since when "give back" is held.
    held: Option<Instant>,
}

impl CustomerMode {
    /// The pages, with the engineer's signature, ready to be handed over.
    pub fn new(job: String, preview: Preview, pages: Pages, engineer: Strokes) -> CustomerMode {
        CustomerMode { job, preview, pages, engineer, chosen: None, stamp: None, signed: None, held: None }
    }
}

/// Reads what the customer holds. The door lets nobody here while they hold nothing; the device may be given back in
/// the same moment all the same.
pub(crate) fn held<T>(desk: &Desk<'_>, read: impl FnOnce(&mut CustomerMode) -> T) -> Result<T, Trouble> {
    desk.shell.customer().as_mut().map(read).ok_or(Trouble::NotFound)
}

/// The frame of a page in the customer's language.
fn frame(desk: &Desk<'_>) -> Result<Frame, Trouble> {
    let words = held(desk, |mode| signer_words(&mode.preview))?;
    let number = held(desk, |mode| mode.preview.content.number.clone())?;
    let title = words.of("laptop-customer-title", "number", &number);
    Ok(Frame { words, bare: true, once: door::secret()?, ..desk.bare(title, "") })
}

/// Where somebody who signed already is sent: nothing is signed twice.
fn after(desk: &Desk<'_>) -> Result<Option<axum::response::Response>, Trouble> {
    Ok(held(desk, |mode| mode.signed.is_some())?.then(|| see("/customer/done")))
}

#[derive(Template)]
#[template(path = "customer_pages.html")]
struct PagesPage {
    f: Frame,
    company: String,
    engineer: String,
    pages: Vec<String>,
    sections: Vec<PageSection>,
}

/// `GET /customer`: the pages.
pub(crate) fn pages(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    if let Some(elsewhere) = after(desk)? {
        return Ok(elsewhere);
    }
    let f = frame(desk)?;
    let page = held(desk, |mode| PagesPage {
        company: mode.preview.content.company.name.clone(),
        engineer: mode.preview.content.engineers.join(", "),
        pages: captions(&f.words, mode.pages.len()),
        sections: page_sections(&mode.preview.content),
        f,
    })?;
    drawn(&page)
}

/// `GET /customer/pages/{number}`: one page as a picture.
pub(crate) fn picture(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let number: usize = asked.path.get("number").parse().map_err(|_| Trouble::NotFound)?;
    let picture = held(desk, |mode| number.checked_sub(1).and_then(|index| mode.pages.get(index).cloned()))?;
    let picture = picture.ok_or(Trouble::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture).into_response())
}

/// `GET /customer/shown.pdf`: the pages as the file that is signed.
pub(crate) fn pdf(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    pdf_of(&held(desk, |mode| mode.preview.clone())?)
}

#[derive(Template)]
#[template(path = "customer_outcome.html")]
struct OutcomePage {
    f: Frame,
    outcomes: Vec<Choice>,
    roles: Vec<Choice>,
    name: String,
    remarks: String,
    scores: Vec<Choice>,
    aspects: Vec<Aspect>,
    /// Whether an aspect was rated already: then they are open.
    rated: bool,
    problem: Option<Problem>,
}

/// `GET /customer/outcome`: what the customer says.
pub(crate) fn outcome(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    match after(desk)? {
        Some(elsewhere) => Ok(elsewhere),
        None => outcome_page(desk, None),
    }
}

fn outcome_page(desk: &Desk<'_>, trouble: Option<&Trouble>) -> Outcome {
    let f = frame(desk)?;
    let chosen = held(desk, |mode| mode.chosen.clone())?.unwrap_or_default();
    let role = if chosen.role.is_empty() { usual_choice("signer") } else { chosen.role.as_str() };
    let page = OutcomePage {
        outcomes: offered(&f.words, "outcome", &chosen.outcome),
        roles: offered(&f.words, "signer", role),
        scores: scores(&f.words, chosen.satisfaction).into_iter().rev().collect(),
        aspects: aspects(&f.words, &chosen.aspects),
        rated: !chosen.aspects.is_empty(),
        problem: trouble.map(|trouble| trouble.problem(&f.words)),
        name: chosen.name,
        remarks: chosen.remarks,
        f,
    };
    drawn(&page)
}

/// `POST /customer/outcome`
pub(crate) fn choose(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if let Some(elsewhere) = after(desk)? {
        return Ok(elsewhere);
    }
    let chosen = Chosen::of(&asked.form);
    held(desk, |mode| mode.chosen = Some(chosen.clone()))?;
    let word = chosen.word();
    // The rule that decides at signing is asked now, so that nobody draws a signature for nothing.
    let preview = held(desk, |mode| mode.preview.clone())?;
    match desk.app().check_customer_word(&preview, &word) {
        Ok(()) => Ok(see("/customer/sign")),
        Err(error) => say_again(desk, asked, error.into()),
    }
}

/// The page once more with what is missing; what was said stays.
fn say_again(desk: &Desk<'_>, asked: &Asked, trouble: Trouble) -> Outcome {
    if asked.script {
        return Err(trouble);
    }
    let mut page = outcome_page(desk, Some(&trouble))?;
    *page.status_mut() = trouble.status();
    Ok(page)
}

#[derive(Template)]
#[template(path = "customer_sign.html")]
struct PadPage {
    f: Frame,
    name: String,
    outcome: String,
    remarks: String,
    date: String,
    /// Whether a signature may stand here at all: nobody draws one who is not there.
    draws: bool,
    /// Whether it must stand here: who refuses may refuse to draw as well.
    must: bool,
    /// Whether a photo of the stamp was taken.
    stamped: bool,
    /// Where its picture is; empty where this device cannot draw it.
    stamp: String,
    verb: String,
}

/// `GET /customer/sign`
pub(crate) fn pad(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    if let Some(elsewhere) = after(desk)? {
        return Ok(elsewhere);
    }
    let Some(chosen) = held(desk, |mode| mode.chosen.clone())? else { return Ok(see("/customer/outcome")) };
    let f = frame(desk)?;
    let asks = outcome_asks(&Said::from_word(&chosen.outcome));
    let stamp = held(desk, |mode| mode.stamp.clone())?;
    let page = PadPage {
        stamped: stamp.is_some(),
        stamp: stamp.as_ref().map(stamp::address).unwrap_or_default(),
        date: f.words.texts.date(desk.app().now(), &f.words.zone),
        outcome: f.words.texts.word("outcome", &chosen.outcome),
        draws: asks.may_draw,
        must: asks.must_draw,
        verb: f.t(if asks.may_draw { "laptop-verb-sign" } else { "laptop-verb-seal" }),
        name: if asks.names { chosen.name } else { String::new() },
        remarks: chosen.remarks,
        f,
    };
    drawn(&page)
}

/// `POST /customer/sign`: seals what was shown. All or nothing.
pub(crate) fn sign(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if let Some(elsewhere) = after(desk)? {
        return Ok(elsewhere);
    }
    let (job, engineer, content) =
        held(desk, |mode| (mode.job.clone(), mode.engineer.clone(), mode.preview.content_sha256))?;
    let (chosen, stamp) = held(desk, |mode| (mode.chosen.clone(), mode.stamp.clone()))?;
    let Some(chosen) = chosen else { return Ok(see("/customer/outcome")) };
    let word = chosen.word();
    let drawn = asked.form.get("strokes");
    let strokes = if drawn.is_empty() { None } else { Some(strokes_on(drawn)?) };
    let request = SignRequest {
        stamp,
        name: word.name,
        role: word.role,
        satisfaction: word.satisfaction,
        aspects: word.aspects,
        outcome: word.outcome,
        remarks: word.remarks,
        strokes,
        engineer_strokes: engineer,
        content_sha256: Some(content),
    };
    desk.app().sign(&job, request)?;
    held(desk, |mode| mode.signed = Some(mode.preview.content.number.clone()))?;
    Ok(see("/customer/done"))
}

#[derive(Template)]
#[template(path = "customer_done.html")]
struct DonePage {
    f: Frame,
    number: String,
}

/// `GET /customer/done`
pub(crate) fn done(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    let Some(number) = held(desk, |mode| mode.signed.clone())? else { return Ok(see("/customer")) };
    drawn(&DonePage { f: frame(desk)?, number })
}

/// `POST /customer/hold`: somebody began to hold "give back".
pub(crate) fn hold(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    held(desk, |mode| mode.held = Some(Instant::now()))?;
    Ok(Json(json!({ "held": true })).into_response())
}

/// `POST /customer/leave`: somebody held it long enough. Back to the job, signed or not.
pub(crate) fn leave(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    let mut mode = desk.shell.customer();
    let Some(present) = mode.as_ref() else { return Err(Trouble::NotFound) };
    if present.held.is_none_or(|since| since.elapsed() < HOLD) {
        return Err(Trouble::WithCustomer);
    }
    let word = if present.signed.is_some() { "signed" } else { "given-back" };
    let place = format!("/jobs/{}?done={word}", present.job);
    let stamp = mode.take().and_then(|mode| mode.stamp);
    // Files that the signed document cites stay.
    if let Some(stamp) = stamp
        && let Err(error) = desk.app().drop_stamp(&stamp)
    {
        tracing::warn!(%error, "a photo of a stamp that nobody signed with stays");
    }
    Ok(Json(json!({ "to": place })).into_response())
}
