//! The live poke: server-sent events without content. The page asks again; the poll stays the truth.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::desk::Console;
use super::session;

/// Pokes closer together than this are one, milliseconds: a sync of forty commands is one look again.
const TOGETHER: Duration = Duration::from_millis(500);

/// After this the browser connects again, so that a session that ended does not listen for ever.
const LONGEST: Duration = Duration::from_secs(900);

/// `GET /live`
pub(crate) async fn live(State(console): State<Console>, headers: HeaderMap) -> Response {
    let hub = console.shared.hub.clone();
    let secret = session::cookie(&headers, session::SESSION);
    let looked = tokio::task::spawn_blocking(move || {
        secret.map(|secret| session::visitor(&hub, &secret)).transpose().ok().flatten().flatten().is_some()
    });
    if !looked.await.unwrap_or(false) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let end = Box::pin(tokio::time::sleep(LONGEST));
    let start = (console.shared.hub.follow(), console.shared.closing.clone(), end);
    let pokes = stream::unfold(start, move |(mut head, mut closing, mut end)| async move {
        tokio::select! {
            changed = head.changed() => changed.ok()?,
            _ = closing.wait_for(|closed| *closed) => return None,
            () = &mut end => return None,
        }
        tokio::time::sleep(TOGETHER).await;
        head.mark_unchanged();
        Some((Ok::<_, Infallible>(Event::default().event("poke").data("-")), (head, closing, end)))
    });
    Sse::new(pokes).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}
