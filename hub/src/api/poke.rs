//! `GET /v1/poke`: says "poll now" and nothing else.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;

use super::Api;
use super::document::Down;
use super::extract::Device;

/// How often a silent line says that it is alive; mobile networks cut after about half a minute.
const ALIVE: Duration = Duration::from_secs(25);
/// After this the device connects again, so that a revoked one does not listen for ever.
const LONGEST: Duration = Duration::from_secs(900);
/// Pokes of one burst are one poke.
const CALM: Duration = Duration::from_millis(150);

/// Says "poll now" as server-sent events without content; ends by itself after a quarter of an hour.
#[utoipa::path(get, path = "/v1/poke", tag = "download", operation_id = "poke", security(("device" = [])),
    responses((status = 200, description = "Events named `poke`.", body = String, content_type = "text/event-stream"), Down))]
pub(super) async fn poke(
    State(api): State<Api>,
    Device(_): Device,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut head = api.hub.follow();
    let mut closing = api.closing;
    let stream = async_stream::stream! {
        // The first one tells that the line stands; what came before it is found by the poll.
        yield Ok(Event::default().event("poke").data("-"));
        let end = tokio::time::sleep(LONGEST);
        tokio::pin!(end);
        loop {
            tokio::select! {
                changed = head.changed() => if changed.is_err() { break },
                _ = closing.wait_for(|closed| *closed) => break,
                () = &mut end => break,
            }
            tokio::time::sleep(CALM).await;
            head.borrow_and_update();
            yield Ok(Event::default().event("poke").data("-"));
        }
    };
    Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE))
}
