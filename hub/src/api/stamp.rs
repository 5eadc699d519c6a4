//! What every answer of the hub carries: whose it is, what the time is, which request it answers, and one line in the
//! log and one count in the metrics, both without secrets.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use countersign_model::wire::{ErrorCode, HUB_HEADER, TIME_HEADER};
use tracing::Instrument as _;

use super::Api;
use super::request_id::{REQUEST_ID, RequestId, request_id};
use crate::problem::Problem;

/// The outermost layer: stamps answers, words failures that a library answered, and notes the route, never the path
/// (a path may hold a sign-in secret).
pub(crate) async fn stamp(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(request.headers(), api.behind_proxy);
    request.extensions_mut().insert(RequestId(id.to_str().unwrap_or("-").to_owned()));
    // An error's span, so that warnings carry it also where information is not logged.
    let span = tracing::error_span!("request", id = id.to_str().unwrap_or("-"));
    let answered = async {
        let method = method_of(request.method());
        let for_devices = request.uri().path().starts_with("/v1/");
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
        let mut response = next.run(request).await;
        if for_devices {
            response = worded(response);
        }
        let taken = begun.elapsed();
        api.hub.inner.metrics.answered(method, &route, response.status().as_u16(), taken);
        let ms = u64::try_from(taken.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(method, %route, status = response.status().as_u16(), ms, "answered");
        response
    };
    let mut response = answered.instrument(span).await;
    let headers = response.headers_mut();
    if let Ok(tenant) = HeaderValue::from_str(&api.hub.tenant().to_string()) {
        headers.insert(HUB_HEADER, tenant);
    }
    headers.insert(TIME_HEADER, HeaderValue::from(api.hub.now()));
    headers.insert(REQUEST_ID, id);
    response
}

/// Methods that this hub knows; whoever makes one up gets no line of their own in log and metrics.
fn method_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
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
    let allowed = response.headers().get(header::ALLOW).cloned();
    let mut answer = Problem::new(code, status.canonical_reason().unwrap_or_default()).into_response();
    *answer.status_mut() = status;
    if let Some(allowed) = allowed {
        answer.headers_mut().insert(header::ALLOW, allowed);
    }
    answer
}
