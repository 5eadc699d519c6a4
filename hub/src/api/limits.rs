//! Rate limits per group of routes, keyed by the token, or by the address where there is none.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use countersign_model::Digest;
use countersign_model::wire::ErrorCode;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};
use utoipa_axum::router::OpenApiRouter;

use super::Api;
use crate::problem::Problem;

/// How much one caller may ask of a group of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Calls at once.
    pub burst: u32,
    /// One more call each so many milliseconds.
    pub every_ms: u64,
}

/// The quotas of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Enrolling and asking for the keys, per address: few, since codes are guessed here.
    pub enrolment: Quota,
    /// Commands, feed, scopes, receipts, pokes, per token.
    pub calls: Quota,
    /// Media, per token: a file of a gigabyte is 128 calls.
    pub files: Quota,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            enrolment: Quota { burst: 30, every_ms: 2_000 },
            // A first sync of some ten thousand jobs is several hundred calls in a row.
            calls: Quota { burst: 1_200, every_ms: 50 },
            files: Quota { burst: 600, every_ms: 20 },
        }
    }
}

/// By what a caller is told from others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Digest of a token.
    Token([u8; 32]),
    /// An address; IPv6 by its /64, which is what one subscriber gets.
    Address(IpAddr),
}

/// Tells callers apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Callers {
    pub behind_proxy: bool,
    /// Callers have tokens; where they have none, a made-up one must not make a new caller.
    pub by_token: bool,
}

/// An address as one subscriber has it: IPv6 by its /64.
pub(crate) fn subscriber(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

/// The address that a proxy forwards for. Only the last entry was written by our own proxy; the ones before it are the
/// caller's to invent.
pub(crate) fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

impl KeyExtractor for Callers {
    type Key = Who;

    fn name(&self) -> &'static str {
        "token or address"
    }

    fn extract<T>(&self, request: &Request<T>) -> Result<Who, GovernorError> {
        if let Some(token) = request.headers().get(header::AUTHORIZATION).filter(|_| self.by_token) {
            return Ok(Who::Token(Digest::of(token.as_bytes()).0));
        }
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let told = if self.behind_proxy { forwarded(request.headers()) } else { None };
        let address = told.or(peer).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        Ok(Who::Address(subscriber(address)))
    }
}

/// Forgets callers that have their whole quota again, so that strangers cannot fill the memory.
#[derive(Default)]
pub struct Sweep {
    sweeps: Vec<Box<dyn Fn() + Send + Sync>>,
}

impl std::fmt::Debug for Sweep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sweep({})", self.sweeps.len())
    }
}

impl Sweep {
    /// Sweeps every limiter.
    pub fn run(&self) {
        self.sweeps.iter().for_each(|sweep| sweep());
    }

    /// The same routes under a quota. A quota of nothing is no quota.
    pub(super) fn limited(&mut self, routes: OpenApiRouter<Api>, quota: Quota, callers: Callers) -> OpenApiRouter<Api> {
        let config = GovernorConfigBuilder::default()
            .key_extractor(callers)
            .period(Duration::from_millis(quota.every_ms))
            .burst_size(quota.burst)
            .finish();
        let Some(config) = config.map(Arc::new) else { return routes };
        let limiter = Arc::clone(config.limiter());
        self.sweeps.push(Box::new(move || limiter.retain_recent()));
        routes.layer(GovernorLayer::<_, _, Body>::new(config).error_handler(|error| {
            let seconds = match error {
                GovernorError::TooManyRequests { wait_time, .. } => wait_time,
                _ => 1,
            };
            // The crate floors the wait; one second more is never too early.
            Problem::new(ErrorCode::TooOften, "too many calls: wait").answer(seconds.saturating_add(1))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_token_makes_no_new_caller_where_there_are_none() {
        let request = |token: &str| Request::builder().header(header::AUTHORIZATION, token).body(()).unwrap();
        let who =
            |by_token: bool, token: &str| Callers { behind_proxy: false, by_token }.extract(&request(token)).unwrap();
        assert_eq!(who(false, "Bearer a"), who(false, "Bearer b"));
        assert_ne!(who(true, "Bearer a"), who(true, "Bearer b"));
    }

    #[test]
    fn only_our_own_proxy_is_believed_about_addresses() {
        let request = |forwarded: &str| {
            let mut request = Request::builder().header("x-forwarded-for", forwarded).body(()).unwrap();
            let peer: SocketAddr = "10.0.0.9:1".parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        };
        let rows = [
            (false, "1.2.3.4", "10.0.0.9"),
            (true, "1.2.3.4", "1.2.3.4"),
            (true, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
            (true, "garbage", "10.0.0.9"),
            (true, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ];
        for (behind_proxy, forwarded, want) in rows {
            let got = Callers { behind_proxy, by_token: true }.extract(&request(forwarded)).unwrap();
            assert_eq!(got, Who::Address(want.parse().unwrap()), "{forwarded}");
        }
    }
}
