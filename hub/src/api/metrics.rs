//! `GET /metrics`: for the operator's monitoring only, by a token or from this very machine.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use countersign_model::wire::ErrorCode;

use super::document::Watching;
use super::extract::token_of;
use super::{Api, blocking};
use crate::metrics::METRICS_TYPE;
use crate::problem::Problem;

/// Somebody who may read the metrics.
pub(super) struct Monitor;

impl FromRequestParts<Api> for Monitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Monitor, Problem> {
        let refused =
            || Problem::new(ErrorCode::SignIn, "ask on this machine, or with the token of `hub metrics-token`");
        match token_of(parts).map(str::to_owned) {
            Some(token) => {
                let hub = api.hub.clone();
                let known = blocking(move || hub.is_metrics_token(&token)).await?;
                if known { Ok(Monitor) } else { Err(refused()) }
            }
            None => {
                let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
                let local = !api.behind_proxy && peer.is_some_and(|peer| is_local(peer, &parts.headers));
                if local { Ok(Monitor) } else { Err(refused()) }
            }
        }
    }
}

/// Whether a call comes from this machine itself: not through a proxy on it, and not from a page that a browser on it
/// was led to under another name (DNS rebinding).
fn is_local(peer: IpAddr, headers: &HeaderMap) -> bool {
    let forwarded = ["x-forwarded-for", "forwarded", "via"].iter().any(|name| headers.contains_key(*name));
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    peer.to_canonical().is_loopback() && !forwarded && names_loopback(host)
}

fn names_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Figures for monitoring, in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "about", operation_id = "metrics", security(("monitoring" = []), ()),
    responses((status = 200, description = "The figures.", body = String, content_type = "text/plain"), Watching))]
pub(super) async fn metrics(State(api): State<Api>, _: Monitor) -> Result<Response, Problem> {
    let text = blocking(move || api.hub.metrics()).await?;
    Ok(([(header::CONTENT_TYPE, METRICS_TYPE), (header::CACHE_CONTROL, "no-store")], text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_itself_is_local() {
        // (peer, host, header) -> local
        let rows = [
            ("127.0.0.1", "127.0.0.1:8080", "", true),
            ("::1", "[::1]:8080", "", true),
            ("::ffff:127.0.0.1", "localhost:8080", "", true),
            ("127.0.0.1", "hub.example", "", false),
            ("127.0.0.1", "localhost.evil.example", "", false),
            ("127.0.0.1", "", "", false),
            ("127.0.0.1", "localhost", "x-forwarded-for", false),
            ("127.0.0.1", "localhost", "forwarded", false),
            ("10.0.0.5", "localhost", "", false),
        ];
        for (peer, host, extra, local) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Ok(name) = extra.parse::<axum::http::HeaderName>() {
                headers.insert(name, "1.2.3.4".parse().unwrap());
            }
            assert_eq!(is_local(peer.parse().unwrap(), &headers), local, "{peer} {host} {extra}");
        }
    }
}
