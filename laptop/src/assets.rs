//! The files that pages load, from the binary, and what an installed app needs. The service worker keeps only these: no
//! page and no picture of the work is ever in a browser's cache.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use countersign_device::model::Digest;

/// Name, media type and bytes.
const FILES: &[(&str, &str, &[u8])] = &[
    ("app.css", "text/css; charset=utf-8", include_bytes!("../assets/app.css")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
    ("form.js", "text/javascript; charset=utf-8", include_bytes!("../assets/form.js")),
    ("files.js", "text/javascript; charset=utf-8", include_bytes!("../assets/files.js")),
    ("draw.js", "text/javascript; charset=utf-8", include_bytes!("../assets/draw.js")),
    ("pad.js", "text/javascript; charset=utf-8", include_bytes!("../assets/pad.js")),
    ("stamp.js", "text/javascript; charset=utf-8", include_bytes!("../assets/stamp.js")),
    ("icons.svg", "image/svg+xml", include_bytes!("../assets/icons.svg")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    ("icon-192.png", "image/png", include_bytes!("../assets/icon-192.png")),
    ("icon-512.png", "image/png", include_bytes!("../assets/icon-512.png")),
];

/// Shown by the service worker where the shell does not run.
const STOPPED: &[u8] = include_bytes!("../assets/stopped.html");
const WORKER: &[u8] = include_bytes!("../assets/sw.js");
const MANIFEST: &[u8] = include_bytes!("../assets/manifest.webmanifest");

/// `GET /assets/{name}`
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, bytes)) => file(kind, bytes, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /sw.js`: at the root, so that it may answer for every page.
pub(crate) async fn worker(headers: HeaderMap) -> Response {
    file("text/javascript; charset=utf-8", WORKER, &headers)
}

/// `GET /manifest.webmanifest`
pub(crate) async fn manifest(headers: HeaderMap) -> Response {
    file("application/manifest+json", MANIFEST, &headers)
}

/// `GET /stopped.html`
pub(crate) async fn stopped(headers: HeaderMap) -> Response {
    file("text/html; charset=utf-8", STOPPED, &headers)
}

fn file(kind: &'static str, bytes: &'static [u8], headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", Digest::of(bytes).hex());
    // Checked each time, which costs one small answer: after an upgrade no page runs with an old style.
    let fresh = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(etag.as_str()) {
        return (StatusCode::NOT_MODIFIED, fresh).into_response();
    }
    (fresh, [(header::CONTENT_TYPE, kind)], bytes).into_response()
}
