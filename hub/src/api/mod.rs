//! What devices call over HTTP: the routes of `countersign_model::wire`, each with its limits. Handlers only translate;
//! what happens is in the hub's own modules, and everything that touches disk runs off the async threads.

mod answer;
mod commands;
mod extract;
mod feed;
mod health;
mod limits;
mod media;
mod metrics;
mod poke;
mod request_id;
mod stamp;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use countersign_model::wire::{CHUNK_BYTES, PUSH_BYTES};
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::hub::Hub;

pub use answer::{blocking, status_of};
pub use limits::{Limits, Quota, Sweep};
pub use media::send_blob;
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
}

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

/// The routes of the devices, with what sweeps their rate limiters.
pub fn router(api: Api, limits: &Limits, behind_proxy: bool) -> (Router, Sweep) {
    let mut sweep = Sweep::default();
    let enrolment = Router::new()
        .route("/v1/trust", get(feed::trust))
        .route("/v1/enrol", post(commands::enrol))
        .layer(DefaultBodyLimit::max(SMALL))
        .layer(within(CALL));
    let calls = Router::new()
        .route("/v1/commands", post(commands::push).layer(DefaultBodyLimit::max(PUSH_BYTES)))
        .route("/v1/feed", get(feed::feed))
        .route("/v1/scopes/{*scope}", get(feed::scope))
        .route("/v1/receipts", post(media::receipts).layer(DefaultBodyLimit::max(SMALL)))
        .layer(CompressionLayer::new())
        .layer(within(CALL));
    let streams = Router::new().route("/v1/poke", get(poke::poke));
    let files = Router::new()
        .route("/v1/media", post(media::offer).layer(DefaultBodyLimit::max(SMALL)))
        .route("/v1/media/{sha256}/chunks/{chunk}", put(media::chunk).layer(bytes(CHUNK_BYTES)))
        .route("/v1/media/{sha256}/finish", post(media::finish).layer(DefaultBodyLimit::max(SMALL)))
        .layer(within(TRANSFER))
        .route("/v1/media/{sha256}", get(media::download));
    let monitoring = Router::new().route("/metrics", get(metrics::metrics)).layer(within(CALL));
    let router = Router::new()
        .merge(sweep.limited(enrolment, limits.enrolment, behind_proxy))
        .merge(sweep.limited(calls.merge(streams), limits.calls, behind_proxy))
        .merge(sweep.limited(files, limits.files, behind_proxy))
        .merge(sweep.limited(monitoring, limits.calls, behind_proxy))
        .route("/healthz", get(health::health))
        .with_state(api);
    (router, sweep)
}
