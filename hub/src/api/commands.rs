//! `POST /v1/enrol` and `POST /v1/commands`.

use axum::Json;
use axum::extract::State;
use countersign_model::wire::{EnrolRequest, Enrolment, Pushed};

use super::extract::{Body, Device};
use super::{Api, blocking};
use crate::judge::RawPush;
use crate::problem::Problem;

pub(super) async fn enrol(
    State(api): State<Api>,
    Body(request): Body<EnrolRequest>,
) -> Result<Json<Enrolment>, Problem> {
    blocking(move || api.hub.enrol(&request)).await.map(Json)
}

pub(super) async fn push(
    State(api): State<Api>,
    Device(caller): Device,
    Body(push): Body<RawPush>,
) -> Result<Json<Pushed>, Problem> {
    blocking(move || api.hub.receive(&caller, push)).await.map(Json)
}
