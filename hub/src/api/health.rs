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
    /// When a backup was last proven, milliseconds since 1970; null before the first. Whoever watches it is warned.
    backup_last_proven: Option<i64>,
}

/// Whether this hub serves.
#[utoipa::path(get, path = "/healthz", tag = "about", operation_id = "health",
    responses(
        (status = 200, description = "It serves.", body = Health),
        (status = 503, description = "The database does not answer, or the hub stops.", body = Value)))]
pub(super) async fn health(State(api): State<Api>) -> Result<Response, Problem> {
    let ready = !*api.closing.borrow();
    let read = blocking(move || {
        api.hub.read(|read| Ok(read.counter()?))?;
        api.hub.last_proven()
    });
    let unavailable = |_| Problem::new(ErrorCode::Unavailable, "the database does not answer");
    let backup_last_proven = read.await.map_err(unavailable)?;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, Json(Health { ok: true, ready, version: PROGRAM, backup_last_proven })).into_response())
}
