//! `POST /v1/enrol` and `POST /v1/commands`.

use axum::Json;
use axum::extract::State;
use countersign_model::trust::Introduction;
use countersign_model::wire::{EnrolRequest, Enrolment, ErrorCode, Introduced, Push, Pushed};

use super::document::{Enrolling, Introducing, Pushing};
use super::extract::{self, Body, Device, Raw};
use super::{Api, blocking};
use crate::judge::RawPush;
use crate::problem::Problem;

/// Redeems an invitation.
///
/// The same code and key get the same answer until the device's first call with its token, so that a lost reply can be
/// asked for again.
#[utoipa::path(post, path = "/v1/enrol", tag = "enrolment", operation_id = "enrol", request_body = EnrolRequest,
    responses((status = 200, description = "What the device is from now on.", body = Enrolment), Enrolling))]
pub(super) async fn enrol(
    State(api): State<Api>,
    Body(request): Body<EnrolRequest>,
) -> Result<Json<Enrolment>, Problem> {
    blocking(move || api.hub.enrol(&request)).await.map(Json)
}

/// Makes a device known again to a hub that does not know its token.
///
/// A hub that was restored from a backup does not know the devices that enrolled after it. Such a device shows its
/// credential and proves that it holds the key in it; it may then push commands and media into quarantine, until an
/// administrator confirms it or turns it down.
#[utoipa::path(post, path = "/v1/introduce", tag = "enrolment", operation_id = "introduce",
    request_body = Introduction,
    responses((status = 200, description = "The hub knows who calls.", body = Introduced), Introducing))]
pub(super) async fn introduce(
    State(api): State<Api>,
    Body(introduction): Body<Introduction>,
) -> Result<Json<Introduced>, Problem> {
    blocking(move || api.hub.introduce(&introduction)).await.map(Json)
}

/// Pushes a run of a device's command chain.
///
/// Everything is stored durably before it is judged; sending it twice has its effect once. A push may carry another
/// device's chain (hand-over, rescue). Signing and attaching evidence are always stored.
#[utoipa::path(post, path = "/v1/commands", tag = "upload", operation_id = "push", request_body = Push,
    security(("device" = [])), responses((status = 200, description = "What became of it so far.", body = Pushed), Pushing))]
pub(super) async fn push(
    State(api): State<Api>,
    Device(caller): Device,
    Raw(bytes): Raw,
) -> Result<Json<Pushed>, Problem> {
    // Read in turn, since a push takes many times its length: the store takes one after the other anyway.
    let _turn = api.turns.acquire().await.map_err(|_| Problem::new(ErrorCode::Unavailable, "the hub stops"))?;
    let push: RawPush = extract::read(&bytes)?;
    drop(bytes);
    blocking(move || api.hub.receive(&caller, push)).await.map(Json)
}
