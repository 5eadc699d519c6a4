//! `GET /healthz`: whether this hub can serve, for load balancers and service managers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use countersign_model::wire::ErrorCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Api, blocking};
use crate::hub::PROGRAM;
use crate::problem::Problem;

/// Whether this hub can serve.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// The database answers.
    ok: bool,
    /// New requests are welcome; false while the hub stops.
    ready: bool,
    /// The program's version.
    version: &'static str,
}

/// Whether this hub serves.
#[utoipa::path(get, path = "/healthz", tag = "about", operation_id = "health",
    responses(
        (status = 200, description = "It serves.", body = Health),
        (status = 503, description = "The database does not answer, or the hub stops.", body = Value)))]
pub(super) async fn health(State(api): State<Api>) -> Result<Response, Problem> {
    let ready = !*api.closing.borrow();
    let read = blocking(move || api.hub.read(|read| Ok(read.counter()?))).await;
    read.map_err(|_| Problem::new(ErrorCode::Unavailable, "the database does not answer"))?;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, Json(Health { ok: true, ready, version: PROGRAM })).into_response())
}
