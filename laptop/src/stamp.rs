//! A photo of the company stamp beside the customer's signature. It is in the store as soon as it is taken, so that a page
//! that is loaded again still shows it; only signing makes it part of the document.

use std::io::Read;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use countersign_device::app::{FileSource, Stamp};
use serde_json::json;

use crate::customer::held;
use crate::desk::{Desk, Outcome, Who, see};
use crate::fields::Asked;
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::upload::with_body;

/// Where the picture of the stamp is shown from; empty where this device cannot draw it. Another photo, another address.
pub(crate) fn address(stamp: &Stamp) -> String {
    stamp.preview().map(|picture| format!("/customer/stamp?of={picture}")).unwrap_or_default()
}

/// `PUT /customer/stamp?name=…`: the body is the photo.
pub(crate) async fn take(
    State(shell): State<Arc<Shell>>,
    Query(query): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    with_body(shell, request, Who::Customer, Vec::new(), query, take_photo).await
}

fn take_photo(desk: &Desk<'_>, asked: &Asked, reader: &mut dyn Read) -> Outcome {
    check_unsigned(desk)?;
    let name = asked.query.text("name");
    let name = if name.is_empty() { "stamp" } else { name }.to_owned();
    let stamp = desk.app().take_stamp(FileSource::Reader { reader, name })?;
    let picture = address(&stamp);
    replace(desk, Some(stamp))?;
    Ok(Json(json!({ "saved": true, "picture": picture })).into_response())
}

/// `POST /customer/stamp/remove`
pub(crate) fn remove(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    check_unsigned(desk)?;
    replace(desk, None)?;
    Ok(see("/customer/sign"))
}

/// `GET /customer/stamp`: its picture, as it will be printed.
pub(crate) fn picture(desk: &Desk<'_>, _asked: &Asked) -> Outcome {
    let stamp = held(desk, |mode| mode.stamp.clone())?.ok_or(Trouble::NotFound)?;
    let bytes = desk.app().stamp_picture(&stamp)?.ok_or(Trouble::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// What was signed keeps the stamp that it has.
fn check_unsigned(desk: &Desk<'_>) -> Result<(), Trouble> {
    match held(desk, |mode| mode.signed.is_some())? {
        true => Err(Trouble::NotFound),
        false => Ok(()),
    }
}

/// Puts another stamp, or none, in the place of the one before, whose files go unless they are the same.
fn replace(desk: &Desk<'_>, stamp: Option<Stamp>) -> Result<(), Trouble> {
    let kept = stamp.as_ref().map(Stamp::sha256);
    let before = held(desk, |mode| std::mem::replace(&mut mode.stamp, stamp))?;
    match before.filter(|before| Some(before.sha256()) != kept) {
        Some(before) => Ok(desk.app().drop_stamp(&before)?),
        None => Ok(()),
    }
}
