//! `GET /v1/poke`: says "poll now" and nothing else.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _};
use tokio::sync::watch;
use utoipa::ToSchema;

use super::Api;
use super::document::Down;
use super::extract::Device;

/// How often a silent line says that it is alive; mobile networks cut after about half a minute.
const ALIVE: Duration = Duration::from_secs(25);
/// After this the device connects again, so that a revoked one does not listen for ever.
const LONGEST: Duration = Duration::from_secs(900);
/// Pokes of one burst are one poke. Short enough that the second of two changes is seen within a tenth of a second.
const CALM: Duration = Duration::from_millis(75);

/// What every event is called.
const NAME: &str = "poke";
/// An event must have data to be one; this says nothing.
const NOTHING: &str = "-";

/// One event of the open line. Poll when it comes; what changed is for the feed to say.
#[derive(ToSchema)]
#[expect(dead_code, reason = "for the document alone: the line is written as server-sent events, not as JSON")]
pub(super) struct Poke {
    /// Always `poke`.
    #[schema(pattern = "^poke$")]
    event: String,
    /// Always `-`.
    #[schema(pattern = "^-$")]
    data: String,
}

/// Says "poll now" as server-sent events without content; ends by itself after a quarter of an hour.
#[utoipa::path(get, path = "/v1/poke", tag = "download", operation_id = "poke", security(("device" = [])),
    responses((status = 200, description = "Server-sent events; the shape is that of one of them.", body = Poke,
        content_type = "text/event-stream"), Down))]
pub(super) async fn poke(
    State(api): State<Api>,
    Device(_): Device,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let pokes = pokes(api.hub.follow(), api.closing);
    let stream = pokes.map(|()| Ok(Event::default().event(NAME).data(NOTHING)));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE))
}

/// One at once, which tells that the line stands; then one for each change, at most one in each calm time. The first
/// change after a calm time pokes at once: whoever waits for a colleague's answer waits no longer than it takes.
fn pokes(mut head: watch::Receiver<u64>, mut closing: watch::Receiver<bool>) -> impl Stream<Item = ()> {
    async_stream::stream! {
        // What came before this one is found by the poll.
        head.borrow_and_update();
        yield ();
        let end = tokio::time::sleep(LONGEST);
        tokio::pin!(end);
        loop {
            tokio::select! {
                changed = head.changed() => if changed.is_err() { break },
                _ = closing.wait_for(|closed| *closed) => break,
                () = &mut end => break,
            }
            head.borrow_and_update();
            yield ();
            tokio::time::sleep(CALM).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_change_pokes_at_once_and_a_burst_once_more_after_the_calm_time() {
        let ((heads, head), (_open, closing)) = (watch::channel(1), watch::channel(false));
        let mut pokes = std::pin::pin!(pokes(head, closing));
        assert_eq!(pokes.next().now_or_never(), Some(Some(())), "the line stands");
        assert_eq!(pokes.next().now_or_never(), None, "nothing changed");
        heads.send_replace(2);
        assert_eq!(pokes.next().now_or_never(), Some(Some(())), "at once, no time passed");
        for head in 3..9 {
            heads.send_replace(head);
            assert_eq!(pokes.next().now_or_never(), None, "the calm time is not over");
        }
        let before = tokio::time::Instant::now();
        assert_eq!(pokes.next().await, Some(()));
        assert_eq!(before.elapsed(), CALM);
        tokio::time::advance(CALM).await;
        assert_eq!(pokes.next().now_or_never(), None, "one for all of them");
    }
}
