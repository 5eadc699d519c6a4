//! The photos that a page draws, as the bytes of their JPEG files: what a person who extracts them would get.

use countersign_model::Digest;

use super::file::Pdf;
use super::syntax::{Object, Reader, Token, Value};
use super::words::page_stream;

/// The JPEG bytes of an object, where it is a photo.
pub(crate) fn photo<'b>(object: &Object<'b>) -> Option<&'b [u8]> {
    let jpeg = object.value.get("Filter").is_some_and(|filter| filter.is_name("DCTDecode"));
    object.stream.filter(|_| jpeg)
}

/// Digests of the photos in the order in which the page draws them.
pub(crate) fn page_photos(pdf: &Pdf<'_>, page: u32) -> Option<Vec<Digest>> {
    let stream = page_stream(pdf, page)?;
    let resources = pdf.resolve(pdf.object(page)?.value.get("Resources")?);
    let Some(pictures) = resources.get("XObject").map(|pictures| pdf.resolve(pictures)) else {
        return Some(Vec::new());
    };
    let names = drawn(&stream);
    let bytes = names.iter().filter_map(|name| {
        let Value::Dictionary(entries) = pictures else { return None };
        let (_, value) = entries.iter().find(|(known, _)| known == name)?;
        photo(pdf.object(value.reference()?)?)
    });
    Some(bytes.map(Digest::of).collect())
}

/// Names of what a content stream draws with `Do`.
fn drawn(stream: &[u8]) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    let mut last = None;
    let mut reader = Reader::new(stream, 0);
    while let Some(token) = reader.token() {
        match token {
            Token::Operand(value) => last = value.as_name().map(<[u8]>::to_vec),
            Token::Operator(operator) => names.extend(last.take().filter(|_| operator == b"Do")),
        }
    }
    names
}
