//! The media routes: offer, chunk, finish, receipts, download with ranges.

use std::io::{Seek as _, SeekFrom};

use axum::Json;
use axum::body::{Body as HttpBody, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_model::Digest;
use countersign_model::trust::Receipt;
use countersign_model::wire::{Error, ErrorCode, MediaOffer, MediaState, ReceiptRequest};
use tokio::io::AsyncReadExt as _;

use super::document::{Checked, Down, Up};
use super::extract::{Body, Device, Raw};
use super::{Api, blocking};
use crate::blobs::OpenBlob;
use crate::error::HubError;
use crate::problem::Problem;

/// Bytes read from a blob at a time.
const PIECE: usize = 128 << 10;

fn bad(detail: &str) -> Problem {
    Problem::new(ErrorCode::BadRequest, detail)
}

fn digest_in_path(text: &str) -> Result<Digest, Problem> {
    text.parse().map_err(|_| bad("the address holds no SHA-256"))
}

/// Reads `Content-Digest: sha-256=:<base64>:` (RFC 9530).
fn content_digest(headers: &HeaderMap) -> Result<Digest, Problem> {
    let missing = || bad("Content-Digest with sha-256 is needed");
    let value = headers.get("content-digest").and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    let item = value.split(',').find_map(|item| item.trim().strip_prefix("sha-256=:")).ok_or_else(missing)?;
    let text = item.strip_suffix(':').ok_or_else(missing)?;
    let bytes = STANDARD.decode(text).map_err(|_| missing())?;
    Digest::from_slice(&bytes).ok_or_else(missing)
}

/// Offers a file; answers which chunks are missing.
#[utoipa::path(post, path = "/v1/media", tag = "upload", operation_id = "offer", request_body = MediaOffer,
    security(("device" = [])), responses((status = 200, description = "What is missing.", body = MediaState), Up))]
pub(super) async fn offer(
    State(api): State<Api>,
    Device(caller): Device,
    Body(offer): Body<MediaOffer>,
) -> Result<Json<MediaState>, Problem> {
    blocking(move || api.hub.offer_media(&caller, &offer)).await.map(Json)
}

/// Sends one chunk of an offered file, in any order, as often as needed.
#[utoipa::path(put, path = "/v1/media/{sha256}/chunks/{chunk}", tag = "upload", operation_id = "chunk",
    params(
        ("sha256" = Digest, Path, description = "The file."),
        ("chunk" = u64, Path, maximum = 2047, description = "Which chunk, from 0."),
        ("content-digest" = String, Header, pattern = "^sha-256=:[A-Za-z0-9+/]{43}=:$", description = "`sha-256=:<base64>:` over the bytes sent (RFC 9530).")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("device" = [])), responses((status = 204, description = "It is here, durably."), Checked))]
pub(super) async fn chunk(
    State(api): State<Api>,
    Path((sha256, chunk)): Path<(String, String)>,
    Device(caller): Device,
    headers: HeaderMap,
    Raw(bytes): Raw,
) -> Result<StatusCode, Problem> {
    let sha256 = digest_in_path(&sha256)?;
    let chunk: u64 = chunk.parse().map_err(|_| bad("the address holds no chunk number"))?;
    let digest = content_digest(&headers)?;
    blocking(move || api.hub.take_chunk(&caller, sha256, chunk, digest, &bytes)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts the chunks together, verifies them and answers the hub's signed receipt.
#[utoipa::path(post, path = "/v1/media/{sha256}/finish", tag = "upload", operation_id = "finish",
    params(("sha256" = Digest, Path, description = "The file.")),
    security(("device" = [])), responses((status = 200, description = "The receipt.", body = Receipt), Checked))]
pub(super) async fn finish(
    State(api): State<Api>,
    Path(sha256): Path<String>,
    Device(caller): Device,
) -> Result<Json<Receipt>, Problem> {
    let sha256 = digest_in_path(&sha256)?;
    blocking(move || api.hub.finish_media(&caller, sha256)).await.map(Json)
}

/// The hub's signed word for those of these files that this device sent and that are held.
#[utoipa::path(post, path = "/v1/receipts", tag = "upload", operation_id = "receipts", request_body = ReceiptRequest,
    security(("device" = [])), responses((status = 200, description = "The receipt.", body = Receipt), Up))]
pub(super) async fn receipts(
    State(api): State<Api>,
    Device(caller): Device,
    Body(request): Body<ReceiptRequest>,
) -> Result<Json<Receipt>, Problem> {
    blocking(move || api.hub.receipts(&caller, &request.sha256)).await.map(Json)
}

/// The bytes of a file that a record in a held scope cites, or the range of them that is asked for.
#[utoipa::path(get, path = "/v1/media/{sha256}", tag = "download", operation_id = "download",
    params(
        ("sha256" = Digest, Path, description = "The file."),
        ("range" = Option<String>, Header, description = "One range, such as `bytes=0-1023`.")),
    security(("device" = [])),
    responses(
        (status = 200, description = "The whole file.", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, description = "The range.", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 416, description = "The range is outside the file.", body = Error),
        Down))]
pub(super) async fn download(
    State(api): State<Api>,
    Path(sha256): Path<String>,
    Device(caller): Device,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let sha256 = digest_in_path(&sha256)?;
    let blob = blocking(move || api.hub.media_for(&caller, sha256)).await?;
    send_blob(blob, sha256, "application/octet-stream", headers.get(header::RANGE)).await
}

/// The bytes that a `Range` header asks for, as first and length; one range only, others get the whole.
fn range_of(header: Option<&HeaderValue>, total: u64) -> Option<Result<(u64, u64), ()>> {
    let text = header?.to_str().ok()?.strip_prefix("bytes=")?;
    let (first, last) = text.split_once('-').filter(|_| !text.contains(','))?;
    if first.is_empty() {
        let count = last.parse::<u64>().ok()?.min(total);
        return Some(if count == 0 { Err(()) } else { Ok((total.saturating_sub(count), count)) });
    }
    let first: u64 = first.parse().ok()?;
    let last = if last.is_empty() { u64::MAX } else { last.parse().ok()? };
    if first >= total || last < first {
        return Some(Err(()));
    }
    let last = last.min(total.saturating_sub(1));
    Some(Ok((first, last.saturating_sub(first).saturating_add(1))))
}

/// Sends a blob, or the range of it that is asked for. Bytes never change under their digest, so they may be kept.
pub async fn send_blob(
    blob: OpenBlob,
    sha256: Digest,
    media_type: &str,
    range: Option<&HeaderValue>,
) -> Result<Response, Problem> {
    let total = blob.bytes;
    let asked = range_of(range, total);
    if asked == Some(Err(())) {
        let refused = [(header::CONTENT_RANGE, format!("bytes */{total}"))];
        return Ok((StatusCode::RANGE_NOT_SATISFIABLE, refused, Json(bad_range())).into_response());
    }
    let (first, count) = asked.and_then(Result::ok).unwrap_or((0, total));
    let mut file = blob.file;
    let file = blocking(move || {
        file.seek(SeekFrom::Start(first)).map_err(HubError::file("blob"))?;
        Ok::<_, HubError>(file)
    })
    .await?;
    let partial = asked.is_some();
    let status = if partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    let mut headers = HeaderMap::new();
    let media_type = HeaderValue::from_str(media_type);
    headers.insert(
        header::CONTENT_TYPE,
        media_type.unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(count));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{sha256}\"")) {
        headers.insert(header::ETAG, tag);
    }
    if partial {
        let last = first.saturating_add(count).saturating_sub(1);
        if let Ok(range) = HeaderValue::from_str(&format!("bytes {first}-{last}/{total}")) {
            headers.insert(header::CONTENT_RANGE, range);
        }
    }
    Ok((status, headers, HttpBody::from_stream(pieces(file, count))).into_response())
}

fn bad_range() -> countersign_model::wire::Error {
    countersign_model::wire::Error { code: ErrorCode::BadRequest, detail: "the range is outside the file".to_owned() }
}

fn pieces(file: std::fs::File, count: u64) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    async_stream::try_stream! {
        let mut file = tokio::fs::File::from_std(file).take(count);
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let taken = (&mut file).take(u64::try_from(PIECE).unwrap_or(u64::MAX)).read_to_end(&mut piece).await?;
            if taken == 0 {
                break;
            }
            yield Bytes::from(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file_and_nonsense_gets_the_whole() {
        let of = |text: &str| range_of(Some(&HeaderValue::from_str(text).unwrap()), 10);
        let rows = [
            ("bytes=0-3", Some(Ok((0, 4)))),
            ("bytes=4-", Some(Ok((4, 6)))),
            ("bytes=-3", Some(Ok((7, 3)))),
            ("bytes=-99", Some(Ok((0, 10)))),
            ("bytes=8-99", Some(Ok((8, 2)))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=5-4", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=0-1,3-4", None),
            ("items=0-1", None),
            ("bytes=x-y", None),
        ];
        for (text, want) in rows {
            assert_eq!(of(text), want, "{text}");
        }
        assert_eq!(range_of(None, 10), None);
    }

    #[test]
    fn a_content_digest_is_read_strictly() {
        let digest = Digest::of(b"x");
        let header = |text: String| {
            let mut headers = HeaderMap::new();
            headers.insert("content-digest", HeaderValue::from_str(&text).unwrap());
            content_digest(&headers)
        };
        let good = STANDARD.encode(digest.0);
        assert_eq!(header(format!("sha-256=:{good}:")), Ok(digest));
        assert_eq!(header(format!("md5=:AA==:, sha-256=:{good}:")), Ok(digest));
        for bad in [String::new(), good.clone(), format!("sha-256={good}"), "sha-256=:AA==:".to_owned()] {
            assert!(header(bad.clone()).is_err(), "{bad}");
        }
    }
}
