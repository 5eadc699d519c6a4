//! Signed documents: the voucher as a file and as pages, its bundle, and amendments after a return.

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::model::Digest;
use countersign_device::screens::{AmendmentProposed, DocumentScreen, JobScreen};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::raster::Pages;
use crate::signing::captions;
use crate::trouble::Trouble;
use crate::words::Chip;

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    f: Frame,
    number: String,
    sealed: String,
    outcome: Option<Chip>,
    /// Why there is no file; empty where it is here.
    advice: String,
    /// Whether this device can pack the bundle that verifies it.
    bundle: bool,
    amended: bool,
    path: String,
    pages: Vec<String>,
}

fn signed(desk: &Desk<'_>, asked: &Asked) -> Result<DocumentScreen, Trouble> {
    let sealed: Digest = asked.path.get("sealed").parse().map_err(|_| Trouble::NotFound)?;
    Ok(desk.app().document_of(sealed)?)
}

fn voucher(document: &DocumentScreen) -> Result<Vec<u8>, Trouble> {
    let path = document.pdf.as_ref().ok_or(Trouble::NotFound)?;
    std::fs::read(path).map_err(|error| Trouble::Shell(error.to_string()))
}

fn pictures(desk: &Desk<'_>, document: &DocumentScreen) -> Result<Pages, Trouble> {
    desk.shell.pictures.of(document.sealed, || voucher(document))
}

/// `GET …/documents/{sealed}`: of this visit, or of an earlier one of the machine.
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-document")?;
    let document = signed(desk, asked)?;
    let pages = match &document.pdf {
        Some(_) => pictures(desk, &document)?.len(),
        None => 0,
    };
    let page = DocumentPage {
        number: document.number.clone(),
        sealed: document.sealed.hex(),
        outcome: document.outcome.as_ref().map(|outcome| f.words.outcome(outcome)),
        advice: document.advice.clone().unwrap_or_default(),
        bundle: document.bundle,
        amended: document.amended,
        path: format!("/jobs/{}/documents/{}", screen.name, document.sealed),
        pages: captions(&f.words, pages),
        f,
    };
    drawn(&page)
}

/// `GET …/documents/{sealed}/{file}`: `voucher.pdf`, `verify.bundle`, or the number of a page as a picture.
pub(crate) fn file(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let document = signed(desk, asked)?;
    let name: String = document.number.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let disposition = |how: &str, ending: &str| format!("{how}; filename=\"{name}.{ending}\"");
    match asked.path.get("file") {
        "voucher.pdf" => {
            let how = if asked.query.get("download").is_empty() { "inline" } else { "attachment" };
            let head = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (header::CONTENT_DISPOSITION, disposition(how, "pdf")),
            ];
            Ok((head, voucher(&document)?).into_response())
        }
        "verify.bundle" => {
            let bytes = desk.app().verify_bundle(document.sealed)?;
            let head = [
                (header::CONTENT_TYPE, "application/zip".to_owned()),
                (header::CONTENT_DISPOSITION, disposition("attachment", "bundle")),
            ];
            Ok((head, bytes).into_response())
        }
        page => {
            let index = page.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or(Trouble::NotFound)?;
            let pages = pictures(desk, &document)?;
            let picture = pages.get(index).ok_or(Trouble::NotFound)?;
            Ok(([(header::CONTENT_TYPE, "image/png")], picture.clone()).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "amend.html")]
struct AmendPage {
    f: Frame,
    screen: JobScreen,
    /// What the remarks of the review suggest.
    proposed: AmendmentProposed,
}

/// `GET …/amend`
pub(crate) fn amending(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-step-amend")?;
    let proposed = desk.app().amendment_proposed(asked.path.get("job"))?;
    drawn(&AmendPage { f, screen, proposed })
}

/// `POST …/amend`: opens the draft.
pub(crate) fn amend(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().begin_amendment(job, asked.form.text("reason"))?;
    let question = asked.form.get("question");
    let form = crate::fields::address(&format!("/jobs/{job}/form"), &[("question", question)]);
    done(&form, "amendment-open")
}

/// `POST …/amend/discard`: gives the draft up.
pub(crate) fn discard(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().discard_amendment(job, asked.form.text("reason"))?;
    done(&format!("/jobs/{job}"), "amendment-discarded")
}
