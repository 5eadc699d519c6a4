//! The live line: a page hears that something changed, never what; it then asks again for what it shows.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};

use crate::shell::Shell;

/// A line says that it lives, so that the browser notices when the shell ended.
const ALIVE: Duration = Duration::from_secs(20);
/// Changes that come thicker than this are told together.
const TOGETHER: Duration = Duration::from_millis(300);

/// `GET /live`
pub(crate) async fn live(State(shell): State<Arc<Shell>>) -> Response {
    Sse::new(pokes(shell)).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

fn pokes(shell: Arc<Shell>) -> impl Stream<Item = Result<Event, Infallible>> {
    let (changes, closing) = (shell.changes.subscribe(), shell.closing.clone());
    stream::unfold((changes, closing), |(mut changes, mut closing)| async move {
        let changed = tokio::select! {
            changed = changes.changed() => changed.is_ok(),
            _ended = closing.wait_for(|closing| *closing) => false,
        };
        if !changed {
            return None;
        }
        tokio::time::sleep(TOGETHER).await;
        changes.mark_unchanged();
        Some((Ok(Event::default().event("poke").data("changed")), (changes, closing)))
    })
}
