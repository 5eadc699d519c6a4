//! Rate limits per group of routes, keyed by the token, or by the address where there is none.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use countersign_model::Digest;
use countersign_model::wire::ErrorCode;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

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
            calls: Quota { burst: 240, every_ms: 50 },
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
struct Callers {
    behind_proxy: bool,
}

fn subscriber(address: IpAddr) -> IpAddr {
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

impl Callers {
    /// Only the last entry was written by our own proxy; the ones before it are the caller's to invent.
    fn forwarded<T>(self, request: &Request<T>) -> Option<IpAddr> {
        if !self.behind_proxy {
            return None;
        }
        let values = request.headers().get_all("x-forwarded-for");
        let last = values.iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    }
}

impl KeyExtractor for Callers {
    type Key = Who;

    fn name(&self) -> &'static str {
        "token or address"
    }

    fn extract<T>(&self, request: &Request<T>) -> Result<Who, GovernorError> {
        if let Some(token) = request.headers().get(header::AUTHORIZATION) {
            return Ok(Who::Token(Digest::of(token.as_bytes()).0));
        }
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let address = self.forwarded(request).or(peer).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
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
    pub(super) fn limited(&mut self, routes: Router<Api>, quota: Quota, behind_proxy: bool) -> Router<Api> {
        let config = GovernorConfigBuilder::default()
            .key_extractor(Callers { behind_proxy })
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
            let got = Callers { behind_proxy }.extract(&request(forwarded)).unwrap();
            assert_eq!(got, Who::Address(want.parse().unwrap()), "{forwarded}");
        }
    }
}
