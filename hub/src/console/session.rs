//! Who asks: the session behind the cookie, the token of its forms, the language. Only digests of secrets are stored.
//!
//! A form must carry the token of its session, or, before there is one, the value of a cookie that only this console
//! could set. Tokens are compared in constant time.

use axum::http::{HeaderMap, HeaderValue, header};
use countersign_model::entity::Person;
use countersign_model::{Digest, Language};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::page::Seen;
use super::trouble::Trouble;
use crate::service::Session;
use crate::{Hub, edge};

/// The cookie of a session.
pub(crate) const SESSION: &str = "countersign_session";
/// The cookie of forms before there is a session.
pub(crate) const FORM: &str = "countersign_form";
/// The cookie of the chosen language.
pub(crate) const LANGUAGE: &str = "countersign_language";

/// How long a session lasts after its last use, milliseconds: a working day.
pub(crate) const LASTS: i64 = 12 * 60 * 60 * 1000;
/// A session is written again when this much of it is used up, milliseconds: not on every request.
const RENEWED_AFTER: i64 = 15 * 60 * 1000;

/// What a session keeps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The token of its forms.
    pub csrf: String,
    /// When it began, hub time; 0 where an older program began it.
    #[serde(default)]
    pub begun: i64,
    /// The network address that it began from.
    #[serde(default)]
    pub from: String,
    /// What the browser called itself.
    #[serde(default)]
    pub agent: String,
    /// It began with a one-time link: its person may choose a password without the old one.
    #[serde(default)]
    pub choosing: bool,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub seen: Seen,
    pub language: Language,
    pub digest: Digest,
    /// The session's secret, for ending it.
    pub secret: String,
    pub csrf: String,
    /// Whether they may choose a password.
    pub choosing: bool,
}

/// Longest name of a browser that is kept, bytes.
const LONGEST_AGENT: usize = 300;

/// What a new session keeps, as JSON: the token of its forms, and what tells its person which one it is.
pub(crate) fn begun(choosing: bool, now: i64, from: &str, agent: &str) -> Result<String, Trouble> {
    let agent = agent.chars().take(LONGEST_AGENT).collect();
    let kept = Kept { csrf: secret()?, begun: now, from: from.to_owned(), agent, choosing };
    serde_json::to_string(&kept).map_err(|error| Trouble::Store(error.to_string()))
}

/// 256 bits of chance as text.
pub(crate) fn secret() -> Result<String, Trouble> {
    edge::random::<32>().map(hex::encode).map_err(|error| Trouble::Store(error.to_string()))
}

/// The visitor behind a session's secret; its time is renewed where some of it is used up.
pub(crate) fn visitor(hub: &Hub, secret: &str) -> Result<Option<Visitor>, Trouble> {
    let Some(session) = hub.session(secret)? else { return Ok(None) };
    let Some((_, person)) = hub.get::<Person>(session.person)? else { return Ok(None) };
    let Ok(kept) = serde_json::from_str::<Kept>(&session.body) else { return Ok(None) };
    let fresh = hub.now().saturating_add(LASTS);
    if fresh.saturating_sub(session.expires) > RENEWED_AFTER {
        hub.change_session(&Session { expires: fresh, ..session.clone() })?;
    }
    Ok(Some(Visitor {
        seen: Seen::of(session.person, &person),
        language: person.language,
        digest: session.digest,
        secret: secret.to_owned(),
        csrf: kept.csrf,
        choosing: kept.choosing,
    }))
}

/// Whether two tokens are the same, and are tokens at all.
pub(crate) fn same(sent: &str, expected: &str) -> bool {
    expected.len() == 64 && bool::from(sent.as_bytes().ct_eq(expected.as_bytes()))
}

/// Whether a browser says that another site sent this; a browser that says nothing is judged by the token alone.
pub(crate) fn from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if text(header::HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site == "cross-site") {
        return true;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").map_or(origin, |(_, rest)| rest) != host,
        _ => false,
    }
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// A cookie as it is set. `seconds` 0 takes it away.
pub(crate) fn set_cookie(name: &str, value: &str, seconds: i64, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).ok()
}

/// The reader's language: what they chose in the menu, else the person's own, else what the browser asks for.
pub(crate) fn language(headers: &HeaderMap, person: Option<Language>) -> Language {
    let chosen = cookie(headers, LANGUAGE).and_then(|tag| Language::from_tag(&tag));
    chosen.or(person).or_else(|| accepted(headers)).unwrap_or_default()
}

fn accepted(headers: &HeaderMap) -> Option<Language> {
    let wish = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(u32, Language)> = wish.split(',').filter_map(one_wish).collect();
    // Stable: of two wishes with one weight, the one named first counts.
    wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wishes.first().map(|(_, language)| *language)
}

/// A wish such as `zh-TW;q=0.8` with its weight in thousandths.
fn one_wish(text: &str) -> Option<(u32, Language)> {
    let (tag, rest) = text.split_once(';').unwrap_or((text, ""));
    let weight = rest.trim().strip_prefix("q=").and_then(|number| number.parse::<f32>().ok()).unwrap_or(1.0);
    let thousandths = (weight.clamp(0.0, 1.0) * 1000.0) as u32;
    Some((thousandths, Language::from_tag(tag)?)).filter(|(weight, _)| *weight > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(rows: &[(&'static str, &'static str)]) -> HeaderMap {
        rows.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_language_is_the_chosen_one_then_the_persons_then_the_browsers() {
        let wish = ("accept-language", "fr-FR, zh-TW;q=0.8, es;q=0.9");
        assert_eq!(language(&headers(&[wish]), None), Language::Spanish);
        assert_eq!(language(&headers(&[wish]), Some(Language::English)), Language::English);
        let chosen = ("cookie", "a=b; countersign_language=zh-Hant");
        assert_eq!(language(&headers(&[wish, chosen]), Some(Language::English)), Language::TraditionalChinese);
        assert_eq!(language(&headers(&[("accept-language", "xx, *;q=0.5")]), None), Language::English);
    }

    #[test]
    fn another_sites_form_is_known_by_what_the_browser_says() {
        let rows: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("origin", "https://evil.example"), ("host", "hub.example")], true),
            (&[("origin", "null"), ("host", "hub.example")], true),
            (&[("origin", "https://hub.example"), ("host", "hub.example"), ("sec-fetch-site", "same-origin")], false),
            (&[("host", "hub.example")], false),
        ];
        for (lines, want) in rows {
            let map = lines.iter().map(|(n, v)| (n.parse().unwrap(), HeaderValue::from_str(v).unwrap())).collect();
            assert_eq!(from_elsewhere(&map), *want, "{lines:?}");
        }
    }

    #[test]
    fn an_empty_token_never_fits() {
        let token = "a".repeat(64);
        assert!(same(&token, &token));
        for (sent, expected) in [("", ""), ("a", "a"), ("", token.as_str()), ("aaaa", token.as_str())] {
            assert!(!same(sent, expected), "{sent} {expected}");
        }
    }
}
