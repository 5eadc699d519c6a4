//! The OpenAPI document of the interface for programs. Routes, parameters and shapes come from the handlers themselves;
//! what is said here is what they have in common: who may call, what every answer carries, the limits.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use countersign_model::Digest;
use countersign_model::wire::{CHUNK_BYTES, COMMAND_BYTES, Error, MEDIA_BYTES, PAGE_ROWS, PUSH_BYTES, PUSH_COMMANDS};
use serde_json::Value;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr,
    ResponseBuilder, Type,
};
use utoipa::{IntoResponses, ToSchema as _};

use super::{Limits, Quota};
use crate::hub::PROGRAM;

/// The path template of a scope as the router needs it, and as the document says it.
const SCOPE_ROUTE: (&str, &str) = ("/v1/scopes/{*scope}", "/v1/scopes/{scope}");

fn rate(quota: Quota) -> String {
    format!("{} calls at once, then one more each {} ms", quota.burst, quota.every_ms)
}

/// What the document says before its routes.
pub(super) fn head(limits: &Limits) -> OpenApi {
    let description = format!(
        "What devices and other programs call on a Countersign hub.\n\n\
         Devices carry the token of their enrolment as `Authorization: Bearer <token>`. Every answer carries \
         `countersign-hub` (the tenant's id: an answer without it is not the hub's), `countersign-time` (the hub's clock, \
         milliseconds since 1970) and `x-request-id` (quote it when you ask for help). Failures are an `Error` with the \
         HTTP status that fits; `retry-after` says when to try again.\n\n\
         Limits: a push has at most {PUSH_COMMANDS} commands and {PUSH_BYTES} bytes, a command {COMMAND_BYTES} bytes, a \
         page {PAGE_ROWS} rows, a chunk {CHUNK_BYTES} bytes, a file {MEDIA_BYTES} bytes, any other body 1048576 bytes. \
         Rates, per token, or per address where there is none: enrolment, trust and calendars {}; commands, feed, scopes, \
         receipts, pokes and metrics {}; media {}.",
        rate(limits.enrolment),
        rate(limits.calls),
        rate(limits.files),
    );
    let license = LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build();
    let bearer = |about: &str| {
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about)).build())
    };
    let components = ComponentsBuilder::new()
        .schema(Error::name(), <Error as utoipa::PartialSchema>::schema())
        .security_scheme("device", bearer("The token that a device got at its enrolment."))
        .security_scheme(
            "monitoring",
            bearer("The token of `countersign hub metrics-token`; not needed on the hub's machine."),
        )
        .build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Countersign hub")
                .version(PROGRAM)
                .description(Some(description))
                .license(Some(license))
                .build(),
        )
        .components(Some(components))
        .build()
}

/// Failures of a call, by status.
fn failures(rows: &[(&str, &str)]) -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    let one = |(status, description): &(&str, &str)| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Error"))).build();
        let response = ResponseBuilder::new().description(*description).content("application/json", content);
        let response = match *status {
            "429" | "503" | "507" => response.header("retry-after", seconds()),
            _ => response,
        };
        ((*status).to_owned(), RefOr::T(response.build()))
    };
    rows.iter().map(one).collect()
}

fn seconds() -> utoipa::openapi::Header {
    let schema = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build();
    HeaderBuilder::new().schema(Some(schema)).description(Some("Seconds to wait before the next try.")).build()
}

const BAD: (&str, &str) = ("400", "`bad_request`: the request does not fit.");
const SIGN_IN: (&str, &str) = ("401", "`sign_in`: the token is missing or not known: enrol again.");
const REVOKED: (&str, &str) = (
    "403",
    "`revoked`: the device is revoked; `unconfirmed`: the office must confirm it first. It may only send, into quarantine.",
);
const NOT_FOUND: (&str, &str) = ("404", "`not_found`: not there, or not for this caller.");
const SLOW: (&str, &str) = ("408", "`unavailable`: the request took too long.");
const TOO_LARGE: (&str, &str) = ("413", "`too_large`: beyond a limit.");
const TOO_OFTEN: (&str, &str) = ("429", "`too_often`: wait as long as `retry-after` says.");
const UNAVAILABLE: (&str, &str) = ("503", "`unavailable`: try again.");
const STORAGE: (&str, &str) = ("507", "`storage`: the hub cannot write; nothing was taken.");

macro_rules! failing {
    ($($(#[$meta:meta])* $name:ident: [$($row:expr),+ $(,)?]),+ $(,)?) => {$(
        $(#[$meta])*
        pub(super) struct $name;
        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
                failures(&[$($row),+])
            }
        }
    )+};
}

failing! {
    /// Failures of a call that anybody makes.
    Open: [BAD, SLOW, TOO_OFTEN, UNAVAILABLE, STORAGE],
    /// Failures of enrolling.
    Enrolling: [
        BAD, SLOW, TOO_LARGE, TOO_OFTEN, UNAVAILABLE, STORAGE,
        ("404", "`code_unknown`: the invitation is not known: check the code."),
        ("410", "`code_used`: the invitation is used up or too old: ask for another."),
    ],
    /// Failures of an introduction.
    Introducing: [
        BAD, SLOW, TOO_LARGE, TOO_OFTEN, UNAVAILABLE, STORAGE,
        ("401", "`sign_in`: the credential is not of this office, or the device may not come back: enrol again."),
    ],
    /// Failures of a device's download.
    Down: [BAD, SIGN_IN, REVOKED, NOT_FOUND, SLOW, TOO_OFTEN, UNAVAILABLE, STORAGE],
    /// Failures of a device's upload.
    Up: [BAD, SIGN_IN, NOT_FOUND, SLOW, TOO_LARGE, TOO_OFTEN, UNAVAILABLE, STORAGE],
    /// Failures of a push.
    Pushing: [
        BAD, SIGN_IN, SLOW, TOO_LARGE, TOO_OFTEN, UNAVAILABLE, STORAGE,
        ("409", "`gap`: a number was skipped, `detail` names the one expected; `fork`: the store was copied, enrol anew."),
    ],
    /// Failures of a transfer whose bytes are checked.
    Checked: [
        BAD, SIGN_IN, NOT_FOUND, SLOW, TOO_LARGE, TOO_OFTEN, UNAVAILABLE, STORAGE,
        ("422", "`digest_mismatch`: the bytes do not have the digest: send them again."),
    ],
    /// Failures of asking at a secret address.
    Addressed: [BAD, NOT_FOUND, SLOW, TOO_OFTEN, UNAVAILABLE, STORAGE],
    /// Failures of reading the metrics.
    Watching: [
        SLOW, TOO_OFTEN, UNAVAILABLE, STORAGE,
        ("401", "`sign_in`: ask on the hub's machine, or with the token."),
    ],
}

/// The document as it is sent, with its tag.
#[derive(Clone, Debug)]
pub(super) struct Document {
    text: Arc<str>,
    tag: Arc<str>,
}

/// The document as JSON. The router's wildcard is no name that a document may have.
pub(super) fn json_of(api: &OpenApi) -> Value {
    let mut value = serde_json::to_value(api).unwrap_or_default();
    if let Some(paths) = value.get_mut("paths").and_then(Value::as_object_mut)
        && let Some(item) = paths.remove(SCOPE_ROUTE.0)
    {
        paths.insert(SCOPE_ROUTE.1.to_owned(), item);
    }
    value
}

impl Document {
    pub fn of(api: &OpenApi) -> Document {
        let text = json_of(api).to_string();
        let tag = format!("\"{}\"", Digest::of(text.as_bytes()).hex());
        Document { text: text.into(), tag: tag.into() }
    }
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "about", operation_id = "openapi",
    responses((status = 200, description = "The OpenAPI document.", body = Value), Open))]
pub(super) async fn openapi(Extension(document): Extension<Document>, headers: HeaderMap) -> Response {
    let fresh = [(header::ETAG, document.tag.to_string()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(&*document.tag) {
        return (StatusCode::NOT_MODIFIED, fresh).into_response();
    }
    (fresh, [(header::CONTENT_TYPE, "application/json")], document.text.to_string()).into_response()
}
