//! Who is let in: a browser of this machine that has the one-time link, and no page of another site.
//!
//! The link's token is exchanged once for a cookie that scripts cannot read and that other sites cannot send. Every
//! request names a host of loopback (a name that somebody points at 127.0.0.1 is refused), and whatever changes
//! something comes from a page of this very shell.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, Method, header};
use countersign_device::model::Digest;

use crate::memory::{Memory, Session};

/// An unused link is good for half a day: long enough to find the terminal again.
const LINK_MILLISECONDS: i64 = 12 * 3_600_000;
/// A browser stays let in for thirty days after its last visit, as long as a device's lease.
const SESSION_MILLISECONDS: i64 = 30 * 86_400_000;
/// How far a session's end moves before it is written down again.
const RENEW_MILLISECONDS: i64 = 86_400_000;
/// Most browsers at a time; the oldest goes.
const MOST_SESSIONS: usize = 20;

/// The door of one shell.
#[derive(Default)]
pub(crate) struct Door {
    links: Mutex<Vec<Session>>,
}

/// No chance could be had from the system.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers: {0}")]
pub(crate) struct NoChance(getrandom::Error);

/// 32 random bytes in hexadecimal digits.
pub(crate) fn secret() -> Result<String, NoChance> {
    let mut random = [0u8; 32];
    getrandom::fill(&mut random).map_err(NoChance)?;
    Ok(hex::encode(random))
}

impl Door {
    fn links(&self) -> MutexGuard<'_, Vec<Session>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new one-time token.
    pub fn new_link(&self, now: i64) -> Result<String, NoChance> {
        let token = secret()?;
        let mut links = self.links();
        links.retain(|link| link.until > now);
        links.push(Session { digest: Digest::of(token.as_bytes()), until: now.saturating_add(LINK_MILLISECONDS) });
        Ok(token)
    }

    /// Exchanges a token for the secret of a session; `None` where it is used up, too old or unknown.
    pub fn enter(&self, memory: &Memory, token: &str, now: i64) -> Result<Option<String>, NoChance> {
        let digest = Digest::of(token.as_bytes());
        let mut links = self.links();
        links.retain(|link| link.until > now);
        let fresh = links.len();
        links.retain(|link| link.digest != digest);
        let known = links.len() < fresh;
        drop(links);
        if !known {
            return Ok(None);
        }
        let secret = secret()?;
        memory.change(|kept| {
            kept.sessions.retain(|session| session.until > now);
            let surplus = (kept.sessions.len() + 1).saturating_sub(MOST_SESSIONS);
            kept.sessions.drain(..surplus);
            let until = now.saturating_add(SESSION_MILLISECONDS);
            kept.sessions.push(Session { digest: Digest::of(secret.as_bytes()), until });
        });
        Ok(Some(secret))
    }

    /// Whether this secret was let in; each visit moves the end.
    pub fn knows(&self, memory: &Memory, secret: &str, now: i64) -> bool {
        let digest = Digest::of(secret.as_bytes());
        let Some(session) = memory.get().sessions.into_iter().find(|session| session.digest == digest) else {
            return false;
        };
        if session.until <= now {
            return false;
        }
        let until = now.saturating_add(SESSION_MILLISECONDS);
        if until.saturating_sub(session.until) > RENEW_MILLISECONDS {
            memory.change(|kept| {
                for session in kept.sessions.iter_mut().filter(|session| session.digest == digest) {
                    session.until = until;
                }
            });
        }
        true
    }

    /// Lets a browser out again.
    pub fn leave(&self, memory: &Memory, secret: &str) {
        let digest = Digest::of(secret.as_bytes());
        memory.change(|kept| kept.sessions.retain(|session| session.digest != digest));
    }
}

/// The name of the cookie: cookies do not tell ports apart, two shells on one machine must.
pub(crate) fn cookie_name(port: u16) -> String {
    format!("countersign_field_{port}")
}

/// The secret in a request's cookies.
pub(crate) fn cookie(headers: &HeaderMap, port: u16) -> Option<String> {
    let name = cookie_name(port);
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// What the browser is told to keep.
pub(crate) fn set_cookie(port: u16, secret: &str) -> String {
    let seconds = if secret.is_empty() { 0 } else { SESSION_MILLISECONDS / 1000 };
    format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}", cookie_name(port))
}

/// Why a request is not let near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stranger {
    /// It names another host than this machine's loopback.
    Host,
    /// It changes something and comes from a page of another site.
    Origin,
}

/// Looks at where a request wants to go and where it comes from.
pub(crate) fn check(method: &Method, headers: &HeaderMap, port: u16) -> Result<(), Stranger> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).ok_or(Stranger::Host)?;
    let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
    if !hosts.iter().any(|known| known == host) {
        return Err(Stranger::Host);
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let same_site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) == Some("same-origin");
    match text(header::ORIGIN) {
        Some(origin) if origin == format!("http://{host}") => Ok(()),
        // A form that is sent without the script has the origin "null", since no page here tells where it was left from;
        // the browser itself says that it comes from this very site.
        None | Some("null") if same_site => Ok(()),
        _ => Err(Stranger::Origin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_loopback_is_named_and_only_own_pages_change_something() {
        type Row<'a> = (Method, &'a [(&'static str, &'a str)], Result<(), Stranger>);
        let rows: &[Row<'_>] = &[
            (Method::GET, &[("host", "127.0.0.1:80")], Ok(())),
            (Method::GET, &[("host", "localhost:80")], Ok(())),
            (Method::GET, &[("host", "127.0.0.1:81")], Err(Stranger::Host)),
            (Method::GET, &[("host", "evil.example:80")], Err(Stranger::Host)),
            (Method::GET, &[("host", "127.0.0.1")], Err(Stranger::Host)),
            (Method::GET, &[], Err(Stranger::Host)),
            (Method::POST, &[("host", "127.0.0.1:80")], Err(Stranger::Origin)),
            (Method::POST, &[("host", "127.0.0.1:80"), ("origin", "http://127.0.0.1:80")], Ok(())),
            (Method::POST, &[("host", "127.0.0.1:80"), ("origin", "http://localhost:80")], Err(Stranger::Origin)),
            (Method::POST, &[("host", "127.0.0.1:80"), ("origin", "null")], Err(Stranger::Origin)),
            (Method::PUT, &[("host", "127.0.0.1:80"), ("origin", "https://evil.example")], Err(Stranger::Origin)),
            (Method::POST, &[("host", "127.0.0.1:80"), ("sec-fetch-site", "same-origin")], Ok(())),
            (Method::POST, &[("host", "127.0.0.1:80"), ("sec-fetch-site", "same-site")], Err(Stranger::Origin)),
            (Method::POST, &[("host", "127.0.0.1:80"), ("origin", "null"), ("sec-fetch-site", "same-origin")], Ok(())),
            (
                Method::POST,
                &[("host", "127.0.0.1:80"), ("origin", "null"), ("sec-fetch-site", "cross-site")],
                Err(Stranger::Origin),
            ),
        ];
        for (method, pairs, want) in rows {
            assert_eq!(check(method, &headers(pairs), 80), *want, "{method} {pairs:?}");
        }
    }

    #[test]
    fn a_link_is_good_once_and_a_session_until_it_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let (memory, door) = (Memory::open(folder.path()), Door::default());
        let token = door.new_link(0).unwrap();
        let secret = door.enter(&memory, &token, 1).unwrap().unwrap();
        assert_eq!(door.enter(&memory, &token, 2).unwrap(), None);
        assert_eq!(door.enter(&memory, "", 2).unwrap(), None);
        let old = door.new_link(0).unwrap();
        assert_eq!(door.enter(&memory, &old, LINK_MILLISECONDS).unwrap(), None);
        assert!(door.knows(&memory, &secret, 3));
        assert!(!door.knows(&memory, "another", 3));
        // Each visit moves the end, and a restart forgets nobody.
        assert!(door.knows(&memory, &secret, SESSION_MILLISECONDS));
        assert!(Door::default().knows(&Memory::open(folder.path()), &secret, SESSION_MILLISECONDS + 5));
        assert!(!door.knows(&memory, &secret, 3 * SESSION_MILLISECONDS));
        door.leave(&memory, &secret);
        assert!(!door.knows(&memory, &secret, 3));
    }

    #[test]
    fn the_cookie_is_that_of_this_port() {
        let with = |value: &str| headers(&[("cookie", value)]);
        assert_eq!(cookie(&with("a=b; countersign_field_80=x"), 80).as_deref(), Some("x"));
        assert_eq!(cookie(&with("countersign_field_81=x"), 80), None);
        assert!(set_cookie(80, "x").contains("HttpOnly; SameSite=Strict"));
    }
}
