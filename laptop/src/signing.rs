//! The first step of signing off, in the engineer's hands: the pages themselves, what is missing, the engineer's own
//! signature. Where the customer signs too, the device is then handed over ([`crate::customer`]).

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::app::{AppError, Preview, SignRequest};
use countersign_device::evidence::Strokes;
use countersign_device::model::decide::{Refusal, RefusalCode};
use countersign_device::model::document::{Outcome as Said, SignerRole};
use countersign_device::screens::JobScreen;
use countersign_texts::{Texts, Zone};

use crate::customer::CustomerMode;
use countersign_device::screens::{PageSection, page_sections};

use crate::desk::{Desk, Outcome, done, drawn, see};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::raster::Pages;
use crate::trouble::Trouble;
use crate::words::Words;

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    f: Frame,
    screen: JobScreen,
    number: String,
    language: String,
    class: String,
    total: String,
    missing: Vec<String>,
    needs_customer: bool,
    content: String,
    sections: Vec<PageSection>,
    pages: Vec<String>,
    pictures: String,
    facts: Vec<(String, String)>,
}

/// `GET …/sign`: makes the pages and shows what they say.
pub(crate) fn check(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (mut f, screen) = of_job(desk, asked, "laptop-sign-off")?;
    f.pane = Vec::new();
    if !screen.may.sign {
        // Somebody pressed "back" after signing: there is nothing to sign here any more.
        return Ok(see(&f.back));
    }
    // Looking at this page makes the pages: it is not asked for again with each change, only its strip is.
    f.live_from = "/status".to_owned();
    let preview = desk.app().preview(asked.path.get("job"))?;
    let pages = pictures(desk, &preview)?.len();
    let words = &desk.words;
    let content = &preview.content;
    let total = content.totals.as_ref().map(|totals| words.texts.money(&totals.gross)).unwrap_or_default();
    let facts = vec![
        (words.t("laptop-photos-and-files"), content.evidence.len().to_string()),
        (words.t("laptop-parts"), content.parts.len().to_string()),
        (words.t("laptop-times"), content.times.len().to_string()),
    ];
    let page = CheckPage {
        number: content.number.clone(),
        language: words.t(&format!("language-{}", content.language.tag())),
        class: words.texts.word("class", content.class.as_str()),
        total,
        missing: preview.missing.clone(),
        needs_customer: preview.needs_customer,
        content: preview.content_sha256.hex(),
        sections: page_sections(content),
        pages: captions(words, pages),
        pictures: format!("{}/sign/{}", f.back, preview.pages),
        facts,
        screen,
        f,
    };
    drawn(&page)
}

/// The words of the signer's language.
pub(crate) fn signer_words(preview: &Preview) -> Words {
    let content = &preview.content;
    Words { texts: Texts::new(content.language), zone: Zone::of(&content.zone, 0) }
}

/// The strokes of a pad; nothing drawn is told as a missing signature.
pub(crate) fn strokes_of(text: &str) -> Result<Strokes, Trouble> {
    let strokes = strokes_on(text)?;
    if strokes.is_blank() { Err(unsigned()) } else { Ok(strokes) }
}

/// What is drawn on a pad, also where that is nothing: the device core says whether it had to be something.
pub(crate) fn strokes_on(text: &str) -> Result<Strokes, Trouble> {
    Strokes::from_json(text).map_err(|problem| {
        tracing::info!(%problem, "no signature");
        unsigned()
    })
}

fn unsigned() -> Trouble {
    let refusal = Refusal::new(RefusalCode::Missing).with("field", "StrokesMissing");
    AppError::Refused { refusal }.into()
}

/// `POST …/sign`: the engineer signs; the device is handed to the customer, or the document is sealed at once where
/// nobody else signs.
pub(crate) fn begin(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job").to_owned();
    let engineer = strokes_of(asked.form.get("strokes"))?;
    let shown = asked.form.get("content").parse().map_err(|_| Trouble::Form)?;
    // What was shown on this page is what is handed over: pages that were made again since are looked at again.
    let preview = desk.app().preview_shown(&job, shown)?;
    if !preview.missing.is_empty() {
        return Err(AppError::Incomplete { missing: preview.missing }.into());
    }
    if !preview.needs_customer {
        let request = SignRequest {
            name: desk.own.person.clone(),
            role: SignerRole::Customer,
            outcome: Said::Accepted,
            remarks: String::new(),
            satisfaction: None,
            aspects: Default::default(),
            strokes: None,
            engineer_strokes: engineer,
            stamp: None,
            content_sha256: Some(shown),
        };
        desk.app().sign(&job, request)?;
        return done(&format!("/jobs/{job}"), "signed");
    }
    let pages = pictures(desk, &preview)?;
    *desk.shell.customer() = Some(CustomerMode::new(job, preview, pages, engineer));
    Ok(see("/customer"))
}

/// The shown pages as pictures.
fn pictures(desk: &Desk<'_>, preview: &Preview) -> Result<Pages, Trouble> {
    let read = || std::fs::read(&preview.pdf).map_err(|error| Trouble::Shell(error.to_string()));
    desk.shell.pictures.of(preview.pages, read)
}

/// `GET …/sign/{pages}/{number}`: one of the pages that were shown a moment ago.
pub(crate) fn picture(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let name = asked.path.get("pages").parse().map_err(|_| Trouble::NotFound)?;
    let pages = desk.shell.pictures.get(name).ok_or(Trouble::NotFound)?;
    let number: usize = asked.path.get("number").parse().map_err(|_| Trouble::NotFound)?;
    let picture = number.checked_sub(1).and_then(|index| pages.get(index)).ok_or(Trouble::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture.clone()).into_response())
}

/// The pages of a paper as the captions say it: "Page 1 of 3".
pub(crate) fn captions(words: &Words, pages: usize) -> Vec<String> {
    let of = |number: usize| {
        words.with("voucher-page", &[("page", number.to_string().into()), ("pages", pages.to_string().into())])
    };
    (1..=pages).map(of).collect()
}

/// The shown pages as a file, for a viewer.
pub(crate) fn pdf_of(preview: &Preview) -> Outcome {
    let bytes = std::fs::read(&preview.pdf).map_err(|error| Trouble::Shell(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}
