//! `GET /v1/trust`, `/v1/feed` and `/v1/scopes/{scope}`, `POST /v1/scopes`.

use axum::Json;
use axum::extract::{Path, State};
use countersign_model::log::{LogProof, LogQuestion};
use countersign_model::record::Scope;
use countersign_model::wire::{ErrorCode, FeedPage, ScopePage, ScopesPage, ScopesRequest, Trust};
use serde::Deserialize;
use utoipa::IntoParams;

use super::document::{Down, Open};
use super::extract::{Asked, Body, Device};
use super::{Api, blocking};
use crate::problem::Problem;

/// The tenant's keys and the hub's epoch.
///
/// For everybody, so that a device can check whom it talks to before it shows its token.
#[utoipa::path(get, path = "/v1/trust", tag = "enrolment", operation_id = "trust",
    responses((status = 200, description = "The keys.", body = Trust), Open))]
pub(super) async fn trust(State(api): State<Api>) -> Result<Json<Trust>, Problem> {
    blocking(move || api.hub.trust()).await.map(Json)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FeedQuery {
    /// Where the page before ended; opaque. Without it, or with one of another epoch, the feed begins at its start.
    cursor: Option<String>,
    /// `own` with no cursor: the first page tells the device's own scope alone, and the next ones everything behind it.
    /// For whoever fetches every scope whole.
    begin: Option<String>,
    /// Most rows of the page; 1 to 1000, cut to that.
    #[param(minimum = 0)]
    limit: Option<usize>,
}

/// A page of the feed.
///
/// Rows and tombstones of the scopes that the device holds, in the order of a gapless counter.
#[utoipa::path(get, path = "/v1/feed", tag = "download", operation_id = "feed", params(FeedQuery),
    security(("device" = [])), responses((status = 200, description = "The page.", body = FeedPage), Down))]
pub(super) async fn feed(
    State(api): State<Api>,
    Device(caller): Device,
    Asked(query): Asked<FeedQuery>,
) -> Result<Json<FeedPage>, Problem> {
    let is_newcomer = query.cursor.is_none() && query.begin.as_deref() == Some("own");
    blocking(move || match is_newcomer {
        true => api.hub.feed_of_newcomer(&caller, query.limit),
        false => api.hub.feed(&caller, query.cursor.as_deref(), query.limit),
    })
    .await
    .map(Json)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ScopeQuery {
    /// Where the page before said to go on.
    after: Option<String>,
    /// Most rows of the page; 1 to 1000, cut to that.
    #[param(minimum = 0)]
    limit: Option<usize>,
}

/// A page of the snapshot of one held scope, by kind and id.
///
/// The slash of the scope is sent as it is: `/v1/scopes/ref/people`.
#[utoipa::path(get, path = "/v1/scopes/{*scope}", tag = "download", operation_id = "scope",
    params(("scope" = Scope, Path, description = "The scope, with its slash."), ScopeQuery),
    security(("device" = [])), responses((status = 200, description = "The page.", body = ScopePage), Down))]
pub(super) async fn scope(
    State(api): State<Api>,
    Path(scope): Path<String>,
    Device(caller): Device,
    Asked(query): Asked<ScopeQuery>,
) -> Result<Json<ScopePage>, Problem> {
    let scope = Scope(scope);
    if !scope.is_well_formed() {
        return Err(Problem::new(ErrorCode::BadRequest, "this is no scope"));
    }
    blocking(move || api.hub.scope_page(&caller, &scope, query.after.as_deref(), query.limit)).await.map(Json)
}

/// Proofs about the log.
///
/// That the log of size `to` goes on from that of size `from`, and where it holds commands of the device.
#[utoipa::path(post, path = "/v1/log", tag = "download", operation_id = "log", request_body = LogQuestion,
    security(("device" = [])), responses((status = 200, description = "The proofs.", body = LogProof), Down))]
pub(super) async fn log(
    State(api): State<Api>,
    Device(caller): Device,
    Body(question): Body<LogQuestion>,
) -> Result<Json<LogProof>, Problem> {
    blocking(move || api.hub.log_proof(&caller, &question)).await.map(Json)
}

/// The next pages of many held scopes in one call.
///
/// What does not fit is left out and asked for again.
#[utoipa::path(post, path = "/v1/scopes", tag = "download", operation_id = "scopes", request_body = ScopesRequest,
    security(("device" = [])), responses((status = 200, description = "The pages.", body = ScopesPage), Down))]
pub(super) async fn scopes(
    State(api): State<Api>,
    Device(caller): Device,
    Body(request): Body<ScopesRequest>,
) -> Result<Json<ScopesPage>, Problem> {
    if request.wanted.iter().any(|wanted| !wanted.scope.is_well_formed()) {
        return Err(Problem::new(ErrorCode::BadRequest, "one of these is no scope"));
    }
    blocking(move || api.hub.scope_pages(&caller, &request)).await.map(Json)
}
