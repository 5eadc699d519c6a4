//! The live line: a page hears that something changed, never what; it then asks again for what it shows.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde::Deserialize;

use crate::shell::Shell;

/// A line says that it lives, so that the browser notices when the shell ended.
const ALIVE: Duration = Duration::from_secs(20);
/// Changes that come thicker than this are told together.
const TOGETHER: Duration = Duration::from_millis(300);

/// What a page says of itself.
#[derive(Deserialize)]
pub(crate) struct Shown {
    /// The count of changes that it shows; without it, it hears only what changes from now on.
    seen: Option<u64>,
}

/// `GET /live?seen=…`
pub(crate) async fn live(State(shell): State<Arc<Shell>>, Query(shown): Query<Shown>) -> Response {
    Sse::new(pokes(&shell, shown.seen)).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

fn pokes(shell: &Shell, seen: Option<u64>) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let (mut changes, closing) = (shell.changes.subscribe(), shell.closing.clone());
    // What changed between a page and its line, or while the line was broken, is told as well.
    if seen.is_some_and(|seen| seen != *changes.borrow()) {
        changes.mark_changed();
    }
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

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt as _, StreamExt as _};

    use super::*;
    use crate::tests::house;

    #[tokio::test(start_paused = true)]
    async fn a_page_hears_what_changed_before_its_line_stood() {
        let house = house();
        let shown = *house.shell.changes.borrow();
        for seen in [Some(shown), None] {
            let mut pokes = std::pin::pin!(pokes(&house.shell, seen));
            assert!(pokes.next().now_or_never().is_none(), "{seen:?}: nothing changed since");
        }
        house.shell.changed();
        let mut missed = std::pin::pin!(pokes(&house.shell, Some(shown)));
        assert!(missed.next().await.is_some());
        assert!(missed.next().now_or_never().is_none(), "told once");
        let mut unasked = std::pin::pin!(pokes(&house.shell, None));
        assert!(unasked.next().now_or_never().is_none());
    }
}
