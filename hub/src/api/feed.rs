//! `GET /v1/trust`, `/v1/feed` and `/v1/scopes/{scope}`.

use axum::Json;
use axum::extract::{Path, State};
use countersign_model::record::Scope;
use countersign_model::wire::{ErrorCode, FeedPage, ScopePage, Trust};
use serde::Deserialize;

use super::extract::{Asked, Device};
use super::{Api, blocking};
use crate::problem::Problem;

pub(super) async fn trust(State(api): State<Api>) -> Result<Json<Trust>, Problem> {
    blocking(move || api.hub.trust()).await.map(Json)
}

#[derive(Deserialize)]
pub(super) struct FeedQuery {
    cursor: Option<String>,
    limit: Option<usize>,
}

pub(super) async fn feed(
    State(api): State<Api>,
    Device(caller): Device,
    Asked(query): Asked<FeedQuery>,
) -> Result<Json<FeedPage>, Problem> {
    blocking(move || api.hub.feed(&caller, query.cursor.as_deref(), query.limit)).await.map(Json)
}

#[derive(Deserialize)]
pub(super) struct ScopeQuery {
    after: Option<String>,
    limit: Option<usize>,
}

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
