//! The voucher PDF: its last line, its form, its layers, and what its pages show.

use countersign_model::Digest;
use countersign_model::document::Sealed;

use super::layers::{self, Files, Known};
use super::{Checks, Why, why};
use crate::compose::{Pieces, take_apart, write};
use crate::line::{LastLine, LineProblem};
use crate::pdf::{NotOurs, page_stream, page_words, read};
use crate::sheet::module_path;
use crate::signatures::qr_modules;
use crate::voucher::part;

/// Checks a voucher; gives the layers attached to it, for a bundle to compare with its own.
pub(super) fn check<'b>(file: &'b [u8], checks: &mut Checks) -> Files<'b> {
    let line = checks.take("last-line", LastLine::split(file).map_err(line_problem));
    let body = line.as_ref().map_or(file, |(body, _)| *body);
    let signed = match &line {
        Some((body, line)) => {
            let fits = line.key.verify(body, &line.signature).is_ok();
            checks.demand("signature", fits, "verify-bytes-changed")
        }
        None => false,
    };
    let Some(pieces) = checks.take("structure", take_apart(inner(body)).map_err(structure)) else {
        return Files::new();
    };
    let rebuilt = write(&pieces).is_ok_and(|bytes| bytes == inner(body));
    checks.demand("pages", rebuilt, "verify-pages-differ");
    let mut files: Files<'b> = pieces.attachments.clone();
    files.insert(part::SHOWN.to_owned(), pieces.shown);
    let known = layers::check(&files, checks);
    let content =
        files.get(part::CONTENT).ok_or_else(|| ("verify-part-missing", vec![("name", part::CONTENT.to_owned())]));
    checks.take("content", content);
    if let (Some((_, line)), Some(credential)) = (&line, &known.credential) {
        let same = line.key == credential.key && line.device == credential.device;
        checks.demand("last-line", same, "verify-line-key");
    }
    // What the pages show tells a dishonest device from an honest one; of a file that was changed afterwards enough is
    // said already.
    if signed && rebuilt {
        check_pages(inner(body), &pieces, &known, checks);
    }
    files
}

/// The PDF without the line end that the last line follows.
fn inner(body: &[u8]) -> &[u8] {
    body.strip_suffix(b"\n").unwrap_or(body)
}

fn line_problem(problem: LineProblem) -> Why {
    why(match problem {
        LineProblem::Missing => "verify-line-missing",
        LineProblem::Malformed => "verify-line-malformed",
    })
}

fn structure(problem: NotOurs) -> Why {
    ("verify-structure", vec![("detail", problem.to_string())])
}

fn check_pages(file: &[u8], pieces: &Pieces<'_>, known: &Known, checks: &mut Checks) {
    let (Some(sealed), Some(digest)) = (&known.sealed, known.sealed_sha256) else { return };
    let number = || ("verify-number", vec![("number", sealed.content.number.clone())]);
    checks.take("number", if shows_number(pieces, sealed) { Ok(()) } else { Err(number()) });
    checks.demand("qr", shows_code(file, pieces, digest), "verify-qr");
}

/// Whether the sealed number can be read on the shown pages.
fn shows_number(pieces: &Pieces<'_>, sealed: &Sealed) -> bool {
    let Ok(shown) = read(pieces.shown) else { return false };
    let number: String = sealed.content.number.split_whitespace().collect();
    let pages = shown.pages().unwrap_or_default();
    pages.iter().any(|page| page_words(&shown, *page).is_some_and(|words| words.contains(&number)))
}

/// Whether the signature pages hold the document's digest as text and as QR.
fn shows_code(_file: &[u8], pieces: &Pieces<'_>, sealed: Digest) -> bool {
    let Some((_, dark)) = qr_modules(sealed) else { return false };
    let Some(path) = module_path(&dark) else { return false };
    let pdf = pieces.signature_file();
    let pages = &pieces.signature_pages;
    let drawn = |page: &u32| page_stream(&pdf, *page).is_some_and(|stream| contains(&stream, &path));
    let written = |page: &u32| page_words(&pdf, *page).is_some_and(|words| words.contains(&sealed.hex()));
    pages.iter().any(drawn) && pages.iter().any(written)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && bytes.windows(part.len()).any(|window| window == part)
}
