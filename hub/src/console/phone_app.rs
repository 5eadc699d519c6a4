//! `GET /app`: how a phone gets the app: a QR, the file and its digest to compare. Open to everybody, since nobody can sign
//! in on a phone that has no app yet; nothing of the company stands in the file.

use askama::Template;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse as _;

use super::desk::{Desk, Outcome, drawn};
use super::devices::qr;
use super::fields::Asked;
use super::media::pieces;
use super::page::Page;
use super::trouble::Trouble;

/// Where the file is.
const FILE: &str = "/app/countersign.apk";
/// What Android calls such a file.
const MEDIA_TYPE: &str = "application/vnd.android.package-archive";

#[derive(Template)]
#[template(path = "phone_app.html")]
struct AppPage {
    page: Page,
    /// Empty where no app was placed.
    file: &'static str,
    qr: String,
    address: String,
    size: String,
    sha256: String,
}

/// `GET /app`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let page = desk.bare(desk.words.t("console-app-title"), &asked.address);
    let Some(app) = desk.hub().phone_app()? else {
        let (file, none) = ("", String::new);
        return drawn(&AppPage { page, file, qr: none(), address: none(), size: none(), sha256: none() });
    };
    let base = desk.read(|read| Ok(read.setting(crate::service::URL_SETTING)?))?.unwrap_or_default();
    let address = format!("{base}{FILE}");
    drawn(&AppPage {
        qr: if base.is_empty() { String::new() } else { qr(&address) },
        page,
        file: FILE,
        size: desk.words.texts.bytes(app.bytes),
        sha256: app.sha256.to_string(),
        address,
    })
}

/// `GET /app/countersign.apk`
pub(crate) fn file(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let app = desk.hub().phone_app()?.ok_or(Trouble::NotFound)?;
    let etag = format!("\"{}\"", app.sha256);
    if asked.etag == etag {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let opened = std::fs::File::open(&app.path).map_err(|error| Trouble::Store(error.to_string()))?;
    Response::builder()
        .header(header::CONTENT_TYPE, MEDIA_TYPE)
        .header(header::CONTENT_LENGTH, app.bytes)
        .header(header::ETAG, etag)
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"countersign.apk\"")
        .body(pieces(opened, app.bytes))
        .map_err(|error| Trouble::Store(error.to_string()))
}
