//! Photos, files and PDFs for the browser. Each asks again whether the person may see it; nothing that came from a
//! device is ever served as a page.

use std::io::{Read as _, Seek as _, SeekFrom};

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use countersign_model::Digest;
use countersign_model::entity::{Document, document_id};
use futures_util::stream;

use super::desk::{Desk, Outcome};
use super::fields::Asked;
use super::trouble::Trouble;
use super::visible;
use crate::blobs::OpenBlob;

/// Bytes read at a time while a file is sent.
const PIECE: usize = 256 * 1024;

/// What the first bytes of a file say that it is; only kinds that a browser shows without running anything.
fn kind_of(first: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| first.starts_with(magic);
    let brand = first.get(4..12).unwrap_or_default();
    match () {
        () if starts(&[0xff, 0xd8, 0xff]) => Some("image/jpeg"),
        () if starts(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        () if starts(b"GIF8") => Some("image/gif"),
        () if starts(b"RIFF") && first.get(8..12) == Some(b"WEBP") => Some("image/webp"),
        () if brand.starts_with(b"ftyp") && !brand.ends_with(b"heic") && !brand.ends_with(b"heix") => Some("video/mp4"),
        () if starts(b"%PDF-") => Some("application/pdf"),
        () => None,
    }
}

/// `GET /media/{sha256}`
pub(crate) fn media(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let sha256: Digest = asked.word("sha256").parse().map_err(|_| Trouble::NotFound)?;
    desk.read(|read| match visible::sees_media(read, desk.person()?, sha256)? {
        true => Ok(()),
        false => Err(Trouble::NotFound),
    })?;
    let name = match plain_name(asked.query.get("name")) {
        name if name.is_empty() => format!("{}.bin", sha256.hex().chars().take(16).collect::<String>()),
        name => name,
    };
    sent(desk, asked, sha256, &name)
}

/// A file name as it may stand in a header: what is left of the name once everything but plain letters is gone.
fn plain_name(text: &str) -> String {
    let plain = text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).take(80);
    plain.collect::<String>().trim_start_matches('.').to_owned()
}

/// `GET /documents/{sealed}`: the voucher PDF of a signed document, as the device made it.
pub(crate) fn document(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let sealed: Digest = asked.word("sealed").parse().map_err(|_| Trouble::NotFound)?;
    let (pdf, name) = desk.read(|read| {
        let (_, document) = read.get::<Document>(document_id(sealed))?.ok_or(Trouble::NotFound)?;
        visible::job(read, desk.person()?, document.job)?;
        let pdf = document.pdf.ok_or(Trouble::NotFound)?;
        Ok((pdf.sha256, document.sealed.content.number))
    })?;
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    sent(desk, asked, pdf, &format!("{plain}.pdf"))
}

fn sent(desk: &Desk<'_>, asked: &Asked, sha256: Digest, name: &str) -> Outcome {
    let etag = format!("\"{}\"", sha256.hex());
    if asked.etag == etag {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let mut blob = desk.hub().open_media(sha256)?.ok_or(Trouble::NotFound)?;
    let kind = first_bytes(&mut blob)?;
    let all = blob.bytes;
    let (status, start, length) = match range(&asked.range, all) {
        Range::Whole => (StatusCode::OK, 0, all),
        Range::Part(start, length) => (StatusCode::PARTIAL_CONTENT, start, length),
        Range::Beyond => return Ok(beyond(all)),
    };
    blob.file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
    let inline = kind.is_some() && asked.query.get("download").is_empty();
    let disposition = format!("{}; filename=\"{name}\"", if inline { "inline" } else { "attachment" });
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind.unwrap_or("application/octet-stream"))
        .header(header::CONTENT_LENGTH, length)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, etag)
        .header(header::CONTENT_DISPOSITION, disposition)
        // Named by their digest, the bytes never change; `private` keeps them out of shared caches.
        .header(header::CACHE_CONTROL, "private, max-age=86400, immutable")
        .header(header::CONTENT_SECURITY_POLICY, policy(kind));
    if status == StatusCode::PARTIAL_CONTENT {
        let last = start.saturating_add(length).saturating_sub(1);
        response = response.header(header::CONTENT_RANGE, format!("bytes {start}-{last}/{all}"));
    }
    response.body(pieces(blob.file, length)).map_err(|error| Trouble::Store(error.to_string()))
}

fn unreadable(error: std::io::Error) -> Trouble {
    Trouble::Store(error.to_string())
}

/// A file that a device sent runs nothing and loads nothing. A PDF may be drawn inside a page of ours.
fn policy(kind: Option<&'static str>) -> &'static str {
    match kind {
        Some("application/pdf") => {
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
        }
        _ => "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    }
}

fn first_bytes(blob: &mut OpenBlob) -> Result<Option<&'static str>, Trouble> {
    let mut first = Vec::with_capacity(16);
    (&mut blob.file).take(16).read_to_end(&mut first).map_err(unreadable)?;
    Ok(kind_of(&first))
}

/// Which bytes are asked for.
#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    /// Start and length.
    Part(u64, u64),
    /// Nothing of the file.
    Beyond,
}

/// One range, as players of video ask; several at once, or something unreadable, get the whole.
fn range(text: &str, all: u64) -> Range {
    let Some((from, to)) = text.strip_prefix("bytes=").and_then(|rest| rest.split_once('-')) else {
        return Range::Whole;
    };
    let last = all.saturating_sub(1);
    match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), _) if from >= all => Range::Beyond,
        (Ok(from), Ok(to)) if to >= from => Range::Part(from, to.min(last).saturating_sub(from).saturating_add(1)),
        (Ok(from), Err(_)) if to.is_empty() => Range::Part(from, all.saturating_sub(from)),
        (Err(_), Ok(count)) if from.is_empty() && count > 0 => {
            let count = count.min(all);
            Range::Part(all.saturating_sub(count), count)
        }
        _ => Range::Whole,
    }
}

fn beyond(all: u64) -> axum::response::Response {
    (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{all}"))]).into_response()
}

/// The file in pieces: a video of gigabytes never stands in memory.
pub(super) fn pieces(file: std::fs::File, length: u64) -> Body {
    let next = |(file, left): (Option<std::fs::File>, u64)| async move {
        let mut file = file.filter(|_| left > 0)?;
        let read = tokio::task::spawn_blocking(move || {
            let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
            let mut piece = vec![0; wanted];
            let count = file.read(&mut piece)?;
            piece.truncate(count);
            Ok::<_, std::io::Error>((file, piece))
        });
        match read.await {
            Ok(Ok((file, piece))) if !piece.is_empty() => {
                let left = left.saturating_sub(u64::try_from(piece.len()).unwrap_or(left));
                Some((Ok(Bytes::from(piece)), (Some(file), left)))
            }
            // The browser sees a broken transfer, not a short file.
            Ok(Err(error)) => Some((Err(error), (None, 0))),
            _ => None,
        }
    };
    Body::from_stream(stream::unfold((Some(file), length), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file() {
        let rows = [
            ("", Range::Whole),
            ("bytes=0-99", Range::Part(0, 100)),
            ("bytes=90-200", Range::Part(90, 10)),
            ("bytes=10-", Range::Part(10, 90)),
            ("bytes=-10", Range::Part(90, 10)),
            ("bytes=-500", Range::Part(0, 100)),
            ("bytes=100-", Range::Beyond),
            ("bytes=5-2", Range::Whole),
            ("bytes=0-1,5-6", Range::Whole),
            ("lines=1-2", Range::Whole),
        ];
        for (text, want) in rows {
            assert_eq!(range(text, 100), want, "{text}");
        }
    }

    #[test]
    fn only_what_a_browser_shows_safely_has_a_kind() {
        let rows: [(&[u8], Option<&str>); 6] = [
            (&[0xff, 0xd8, 0xff, 0xe0], Some("image/jpeg")),
            (b"%PDF-1.7", Some("application/pdf")),
            (b"<svg xmlns=", None),
            (b"<!doctype html>", None),
            (b"", None),
            (b"\0\0\0\x18ftypmp42", Some("video/mp4")),
        ];
        for (bytes, want) in rows {
            assert_eq!(kind_of(bytes), want, "{bytes:?}");
        }
    }
}
