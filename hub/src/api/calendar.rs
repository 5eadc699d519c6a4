//! `GET /calendar/{file}`: a person's visits for their calendar program, by a secret address.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use countersign_model::wire::ErrorCode;

use super::document::Addressed;
use super::{Api, blocking};
use crate::problem::Problem;

/// Letters of a secret.
const SECRET: usize = 64;

/// The secret of a file name such as `5f1c….ics`.
fn secret_of(file: &str) -> Option<String> {
    let secret = file.strip_suffix(".ics")?;
    let fits = secret.len() == SECRET && secret.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    fits.then(|| secret.to_owned())
}

/// Whether a client has this version already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let sent = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = sent.flat_map(|line| line.split(',')).map(|one| one.trim().trim_start_matches("W/"));
    tags.any(|one| one == "*" || one == tag)
}

/// A person's visits for their calendar program (iCalendar), by a secret address.
#[utoipa::path(get, path = "/calendar/{file}", tag = "about", operation_id = "calendar",
    params(
        ("file" = String, Path, description = "The secret with `.ics` behind it."),
        ("if-none-match" = Option<String>, Header, description = "The `etag` of the version that is known.")),
    responses(
        (status = 200, description = "The calendar.", body = String, content_type = "text/calendar"),
        (status = 304, description = "Nothing changed."),
        Addressed))]
pub(super) async fn calendar(
    State(api): State<Api>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let nowhere = || Problem::new(ErrorCode::NotFound, "this calendar is not there, or was revoked");
    let secret = secret_of(&file).ok_or_else(nowhere)?;
    let feed = blocking(move || api.hub.calendar(&secret)).await?.ok_or_else(nowhere)?;
    let tag = format!("\"{}\"", feed.tag);
    let fixed = [
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"visits.ics\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    let known = is_known(&headers, &tag);
    Ok(match known {
        true => (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response(),
        false => (fixed, [(header::ETAG, tag)], feed.text).into_response(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_secret_is_looked_up() {
        let good = "a".repeat(64);
        let rows = [
            (format!("{good}.ics"), true),
            (good.clone(), false),
            (format!("{}.ics", "a".repeat(63)), false),
            (format!("{}.ics", good.to_uppercase()), false),
            (format!("../{good}.ics"), false),
            (".ics".to_owned(), false),
        ];
        for (file, fits) in rows {
            assert_eq!(secret_of(&file).is_some(), fits, "{file}");
        }
    }

    #[test]
    fn a_client_that_has_this_version_is_known_by_its_tag() {
        for (sent, known) in
            [("\"x\"", true), ("W/\"x\"", true), ("\"y\", \"x\"", true), ("*", true), ("\"y\"", false), ("x", false)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, sent.parse().unwrap());
            assert_eq!(is_known(&headers, "\"x\""), known, "{sent}");
        }
    }
}
