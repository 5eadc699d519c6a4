//! What handlers take from a request: the device behind a token, a JSON body, a query, each refused as a wire error.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use countersign_model::parsed::parsed_bytes;
use countersign_model::wire::ErrorCode;
use serde::de::DeserializeOwned;

use super::{Api, blocking};
use crate::judge::Caller;
use crate::problem::Problem;

/// The device that calls, by its bearer token.
pub(super) struct Device(pub(super) Caller);

/// What a body may take in memory once it is read, bytes: a push as large as any with ten fields an object takes half of it.
/// A device divides what is too large.
const PARSED: usize = 32 << 20;

/// Longer than any token of ours.
const LONGEST_TOKEN: usize = 256;

/// The bearer token of a request.
pub(super) fn token_of(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim).filter(|token| !token.is_empty() && token.len() <= LONGEST_TOKEN)
}

impl FromRequestParts<Api> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Device, Problem> {
        let missing = || Problem::new(ErrorCode::SignIn, "the token is missing: enrol the device");
        let token = token_of(parts).ok_or_else(missing)?.to_owned();
        let hub = api.hub.clone();
        blocking(move || hub.recognise(&token)).await.map(Device)
    }
}

/// A body of bytes within the route's limit.
pub(super) struct Raw(pub(super) Bytes);

impl FromRequest<Api> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Raw, Problem> {
        Bytes::from_request(request, api).await.map(Raw).map_err(|rejection| match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(ErrorCode::TooLarge, "the request is too large"),
            _ => Problem::new(ErrorCode::BadRequest, "the request ended early"),
        })
    }
}

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Api> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Body<T>, Problem> {
        let Raw(bytes) = Raw::from_request(request, api).await?;
        read(&bytes).map(Body)
    }
}

/// Reads a JSON body.
pub(super) fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    if parsed_bytes(json) > PARSED {
        return Err(Problem::new(ErrorCode::TooLarge, "the body has too many values: send less at once"));
    }
    serde_json::from_slice(json).map_err(|error| {
        // The position only: an error that quotes the body could quote a secret.
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::new(ErrorCode::BadRequest, format!("the body does not fit at {place}"))
    })
}

/// The query of a request.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Api> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Asked<T>, Problem> {
        let Query(query) = Query::<T>::from_request_parts(parts, api)
            .await
            .map_err(|_| Problem::new(ErrorCode::BadRequest, "the query does not fit"))?;
        Ok(Asked(query))
    }
}
