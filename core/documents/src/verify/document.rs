//! The voucher PDF: its last line, its form, its layers, and what its pages show.

use std::collections::BTreeMap;

use countersign_model::Digest;
use countersign_model::document::Sealed;

use super::layers::{self, Files, Known};
use super::{Checks, Why, why};
use crate::compose::{Pieces, take_apart, write};
use crate::fonts::Fonts;
use crate::line::{LastLine, LineProblem};
use crate::pdf::{NotOurs, Pdf, page_photos, page_stream, page_words, photo, read};
use crate::sheet::module_path;
use crate::shown::{RENDERER, render_shown};
use crate::signatures::{self, Signed, qr_modules};
use crate::voucher::part;

/// Checks a voucher; gives the layers attached to it, for a bundle to compare with its own.
pub(super) fn check<'b>(file: &'b [u8], checks: &mut Checks) -> Files<'b> {
    let (body, line, signed) = check_signature(file, checks);
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
    if let (Some(line), Some(credential)) = (&line, &known.credential) {
        let same = line.key == credential.key && line.device == credential.device;
        checks.demand("last-line", same, "verify-line-key");
    }
    // What the pages show tells a dishonest device from an honest one; of a file that was changed afterwards enough is
    // said already.
    if signed && rebuilt {
        check_pages(&pieces, &known, checks);
    }
    files
}

/// Checks the last line and its signature over every byte before it; gives those bytes, or the whole file without one.
pub(super) fn check_signature<'b>(file: &'b [u8], checks: &mut Checks) -> (&'b [u8], Option<LastLine>, bool) {
    let Some((body, line)) = checks.take("last-line", LastLine::split(file).map_err(line_problem)) else {
        return (file, None, false);
    };
    let fits = line.key.verify(body, &line.signature).is_ok();
    let signed = checks.demand("signature", fits, "verify-bytes-changed");
    (body, Some(line), signed)
}

/// The PDF without the line end that the last line follows.
pub(super) fn inner(body: &[u8]) -> &[u8] {
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

fn check_pages(pieces: &Pieces<'_>, known: &Known, checks: &mut Checks) {
    let (Some(sealed), Some(digest)) = (&known.sealed, known.sealed_sha256) else { return };
    let number = || ("verify-number", vec![("number", sealed.content.number.clone())]);
    checks.take("number", if shows_number(pieces, sealed) { Ok(()) } else { Err(number()) });
    checks.demand("qr", shows_code(pieces, digest), "verify-qr");
    if sealed.renderer == RENDERER {
        check_words(pieces, sealed, digest, known, checks);
    }
}

/// Draws the pages again from the layers and compares what they say. Words and photos rather than bytes: a verdict must
/// not hang on the last digit of a coordinate.
fn check_words(pieces: &Pieces<'_>, sealed: &Sealed, digest: Digest, known: &Known, checks: &mut Checks) {
    let Ok(fonts) = Fonts::bundled() else { return };
    let Ok(shown) = read(pieces.shown) else { return };
    let again = render_shown(&sealed.content, &pictures(&shown), &fonts).ok().and_then(|bytes| said_by_file(&bytes));
    let own = shown.pages().and_then(|pages| said(&shown, &pages));
    checks.demand("shown", again.is_some() && again == own, "verify-shown-words");
    let (Some(sign_offs), Some(attestation), Some(credential)) =
        (&known.sign_offs, &known.attestation, &known.credential)
    else {
        return;
    };
    let signature_file = pieces.signature_file();
    let media = &pictures(&signature_file);
    let signed = Signed { content: &sealed.content, sealed: digest, sign_offs, attestation, credential, media };
    let again = signatures::render(&signed, &fonts).ok().and_then(|bytes| said_by_file(&bytes));
    let own = said(&signature_file, &pieces.signature_pages);
    checks.demand("sign-offs", again.is_some() && again == own, "verify-signature-words");
}

/// What a page says: its words, and the photos drawn on it.
pub(super) type Said = (String, Vec<Digest>);

pub(super) fn said_by_file(bytes: &[u8]) -> Option<Vec<Said>> {
    let file = read(bytes).ok()?;
    said(&file, &file.pages()?)
}

fn said(file: &Pdf<'_>, pages: &[u32]) -> Option<Vec<Said>> {
    pages.iter().map(|page| Some((page_words(file, *page)?, page_photos(file, *page)?))).collect()
}

/// The pictures that a file holds, by their digest.
fn pictures(file: &Pdf<'_>) -> BTreeMap<Digest, Vec<u8>> {
    let streams = file.objects.values().filter_map(|(_, object)| photo(object));
    streams.map(|bytes| (Digest::of(bytes), bytes.to_vec())).collect()
}

/// Whether the sealed number can be read on the shown pages.
fn shows_number(pieces: &Pieces<'_>, sealed: &Sealed) -> bool {
    let Ok(shown) = read(pieces.shown) else { return false };
    let number: String = sealed.content.number.split_whitespace().collect();
    let pages = shown.pages().unwrap_or_default();
    pages.iter().any(|page| page_words(&shown, *page).is_some_and(|words| words.contains(&number)))
}

/// Whether the signature pages hold the document's digest as text and as QR.
fn shows_code(pieces: &Pieces<'_>, sealed: Digest) -> bool {
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
