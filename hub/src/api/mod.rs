//! What devices call over HTTP: the routes of `countersign_model::wire`, each with its limits. Handlers only translate;
//! what happens is in the hub's own modules, and everything that touches disk runs off the async threads.

mod answer;
mod calendar;
mod commands;
mod document;
mod extract;
mod feed;
mod health;
mod limits;
mod media;
mod metrics;
mod poke;
mod request_id;
mod stamp;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::{Extension, Router};
use countersign_model::wire::{CHUNK_BYTES, PUSH_BYTES};
use serde_json::Value;
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use crate::hub::Hub;

pub use answer::{blocking, status_of};
use limits::Callers;
pub use limits::{Limits, Quota, Sweep};
pub(crate) use limits::{forwarded, subscriber};
pub use media::send_blob;
pub(crate) use request_id::RequestId;
pub(crate) use stamp::stamp;

/// What every handler gets.
#[derive(Clone, Debug)]
pub struct Api {
    /// The hub.
    pub hub: Hub,
    /// Turns true when the server stops, so that open streams end.
    pub closing: watch::Receiver<bool>,
    /// A proxy of ours stands in front: what it says about a request counts.
    pub behind_proxy: bool,
    /// Who reads and judges a push now; the others wait with their bytes.
    turns: Arc<Semaphore>,
}

impl Api {
    /// A hub as handlers get it.
    pub fn new(hub: Hub, closing: watch::Receiver<bool>, behind_proxy: bool) -> Api {
        Api { hub, closing, behind_proxy, turns: Arc::new(Semaphore::new(PUSHES)) }
    }
}

/// Pushes that are read and judged at once.
const PUSHES: usize = 8;

/// Small requests: codes, offers, digests.
const SMALL: usize = 1 << 20;
/// A call that moves no file.
const CALL: Duration = Duration::from_secs(60);
/// A chunk of 8 MiB over the slowest line that still makes sense (14 kB/s).
const TRANSFER: Duration = Duration::from_secs(600);

fn within(time: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time)
}

fn bytes(limit: u64) -> DefaultBodyLimit {
    DefaultBodyLimit::max(usize::try_from(limit).unwrap_or(usize::MAX))
}

/// Every route with what the document says of it.
fn described(limits: &Limits, behind_proxy: bool, sweep: &mut Sweep) -> OpenApiRouter<Api> {
    let enrolment = OpenApiRouter::default()
        .routes(routes!(feed::trust))
        .routes(routes!(commands::enrol))
        .routes(routes!(commands::introduce))
        .layer(DefaultBodyLimit::max(SMALL))
        .layer(within(CALL));
    let calls = OpenApiRouter::default()
        .routes(routes!(commands::push).layer(DefaultBodyLimit::max(PUSH_BYTES)))
        .routes(routes!(feed::feed))
        .routes(routes!(feed::scopes).layer(DefaultBodyLimit::max(SMALL)))
        .routes(routes!(feed::scope))
        .routes(routes!(feed::log).layer(DefaultBodyLimit::max(SMALL)))
        .routes(routes!(media::receipts).layer(DefaultBodyLimit::max(SMALL)))
        .layer(CompressionLayer::new())
        .layer(within(CALL));
    let streams = OpenApiRouter::default().routes(routes!(poke::poke));
    let files = OpenApiRouter::default()
        .routes(routes!(media::offer).layer(DefaultBodyLimit::max(SMALL)))
        .routes(routes!(media::chunk).layer(bytes(CHUNK_BYTES)))
        .routes(routes!(media::finish).layer(DefaultBodyLimit::max(SMALL)))
        .layer(within(TRANSFER))
        .routes(routes!(media::download));
    let monitoring = OpenApiRouter::default().routes(routes!(metrics::metrics)).layer(within(CALL));
    let about = OpenApiRouter::default()
        .routes(routes!(calendar::calendar))
        .routes(routes!(document::openapi))
        .layer(CompressionLayer::new())
        .layer(within(CALL));
    let devices = Callers { behind_proxy, by_token: true };
    let anybody = Callers { behind_proxy, by_token: false };
    OpenApiRouter::with_openapi(document::head(limits))
        .merge(sweep.limited(enrolment, limits.enrolment, anybody))
        .merge(sweep.limited(calls.merge(streams), limits.calls, devices))
        .merge(sweep.limited(files, limits.files, devices))
        .merge(sweep.limited(monitoring, limits.calls, anybody))
        .merge(sweep.limited(about, limits.enrolment, anybody))
        .routes(routes!(health::health))
}

/// The routes of devices and other programs, with what sweeps their rate limiters.
pub fn router(api: Api, limits: &Limits, behind_proxy: bool) -> (Router, Sweep) {
    let mut sweep = Sweep::default();
    let (router, described) = described(limits, behind_proxy, &mut sweep).split_for_parts();
    let document = document::Document::of(&described);
    (router.layer(Extension(document)).with_state(api), sweep)
}

/// The OpenAPI document with the usual limits, for the page that shows it.
pub(crate) fn interface() -> Value {
    document::json_of(&described(&Limits::default(), false, &mut Sweep::default()).into_openapi())
}
