//! What every answer of the hub carries: whose it is, what the time is, and one line in the log without secrets.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use countersign_model::wire::{ErrorCode, HUB_HEADER, TIME_HEADER};

use super::Api;
use crate::problem::Problem;

/// The outermost layer: stamps answers, words failures that a library answered, and logs the route, never the path
/// (a path may hold a sign-in secret).
pub(crate) async fn stamp(State(api): State<Api>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let for_devices = request.uri().path().starts_with("/v1/");
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let mut response = next.run(request).await;
    if for_devices {
        response = worded(response);
    }
    let headers = response.headers_mut();
    if let Ok(tenant) = HeaderValue::from_str(&api.hub.tenant().to_string()) {
        headers.insert(HUB_HEADER, tenant);
    }
    headers.insert(TIME_HEADER, HeaderValue::from(api.hub.now()));
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, %route, status = response.status().as_u16(), ms, "answered");
    response
}

/// A device reads errors by their code, also those that a timeout, a missing route or a panic answered.
fn worded(response: Response) -> Response {
    let status = response.status();
    let json = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value == "application/json");
    if json || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ErrorCode::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge,
        StatusCode::REQUEST_TIMEOUT => ErrorCode::Unavailable,
        other if other.is_server_error() => ErrorCode::Unavailable,
        _ => ErrorCode::BadRequest,
    };
    let mut answer = Problem::new(code, status.canonical_reason().unwrap_or_default()).into_response();
    *answer.status_mut() = status;
    answer
}
