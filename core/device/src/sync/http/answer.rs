//! What was heard: whose answer it is, what a failure means, and bodies read up to a limit.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use countersign_model::Id;
use countersign_model::wire::{Error, ErrorCode, HUB_HEADER};
use reqwest::Response;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use tokio::sync::mpsc;

use crate::sync::failure::Failure;

/// The body of a failed call names what can be done in a few words.
const ERROR_BYTES: usize = 64 << 10;

/// A successful answer of the hub whose body is not read yet.
#[derive(Debug)]
pub(super) struct Heard(Response);

impl Heard {
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The next piece; `None` at the end.
    pub async fn piece(&mut self, silence: Duration) -> Result<Option<Bytes>, Failure> {
        match tokio::time::timeout(silence, self.0.chunk()).await {
            Ok(Ok(piece)) => Ok(piece),
            Ok(Err(error)) => Err(transport(&error)),
            Err(_) => Err(Failure::NotConnected(format!("nothing came for {} s", silence.as_secs()))),
        }
    }

    /// The whole body, unless it is larger than this.
    pub async fn read(mut self, most: usize, silence: Duration) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        while let Some(piece) = self.piece(silence).await? {
            if body.len() + piece.len() > most {
                return Err(Failure::AnswerTooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }

    /// Hands the body on piece by piece; who receives them decides when it is enough.
    pub async fn stream(mut self, into: mpsc::Sender<Bytes>, silence: Duration) -> Result<(), Failure> {
        while let Some(piece) = self.piece(silence).await? {
            if into.send(piece).await.is_err() {
                return Err(Failure::AnswerTooLarge);
            }
        }
        Ok(())
    }
}

/// Whether it is the hub's answer and a good one.
pub(super) async fn check(response: Response, tenant: Option<Id>) -> Result<Heard, Failure> {
    let status = response.status();
    let Some(hub) = response.headers().get(HUB_HEADER).and_then(|value| value.to_str().ok()) else {
        return Err(Failure::NotTheHub(format!("status {}, without the hub's header", status.as_u16())));
    };
    let another = hub.parse::<Id>().is_ok_and(|hub| tenant.is_some_and(|tenant| tenant != hub));
    if another {
        return Err(Failure::NotTheHub("it is the hub of another company".to_owned()));
    }
    if status.is_success() {
        return Ok(Heard(response));
    }
    let retry_after =
        response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse::<u64>().ok());
    let body = Heard(response).read(ERROR_BYTES, Duration::from_secs(15)).await.unwrap_or_default();
    Err(failure_of(status.as_u16(), retry_after, serde_json::from_slice(&body).ok()))
}

/// What a failed call means: by the hub's word, or by the HTTP status where there is none. `retry_after` in seconds.
pub fn failure_of(status: u16, retry_after: Option<u64>, error: Option<Error>) -> Failure {
    let (code, detail) = error.map_or((None, String::new()), |error| (Some(error.code), error.detail));
    match code {
        Some(ErrorCode::SignIn) => Failure::SignIn,
        Some(ErrorCode::Unconfirmed) => Failure::Unconfirmed,
        Some(ErrorCode::Revoked) => Failure::Revoked,
        Some(ErrorCode::CodeUsed) => Failure::Invitation { used: true },
        Some(ErrorCode::CodeUnknown) => Failure::Invitation { used: false },
        Some(ErrorCode::NotFound) => Failure::NotFound,
        Some(ErrorCode::Gap) => Failure::Gap { expected: first_number(&detail) },
        Some(ErrorCode::Fork) => Failure::Fork,
        Some(ErrorCode::TooLarge) => Failure::TooLarge,
        Some(ErrorCode::TooOften) => Failure::TooOften { retry_after },
        Some(ErrorCode::DigestMismatch) => Failure::DigestMismatch,
        Some(ErrorCode::Storage) => Failure::HubStorage { retry_after },
        Some(ErrorCode::Unavailable) => Failure::Unavailable { status, retry_after },
        Some(ErrorCode::BadRequest) => Failure::NotUnderstood(detail),
        Some(ErrorCode::Other(_)) | None => by_status(status, retry_after, detail),
    }
}

fn by_status(status: u16, retry_after: Option<u64>, detail: String) -> Failure {
    match status {
        401 => Failure::SignIn,
        404 | 410 => Failure::NotFound,
        413 => Failure::TooLarge,
        429 => Failure::TooOften { retry_after },
        507 => Failure::HubStorage { retry_after },
        408 | 425 | 500..=599 => Failure::Unavailable { status, retry_after },
        other => Failure::NotUnderstood(format!("status {other} {detail}")),
    }
}

/// The number that a sentence names first.
fn first_number(text: &str) -> Option<u64> {
    let digits: String =
        text.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// What a call without an answer means.
pub(super) fn transport(error: &reqwest::Error) -> Failure {
    if speaks_of_tls(error, 0) {
        return Failure::Untrusted(chain(error));
    }
    Failure::NotConnected(chain(error))
}

/// Causes that an error may have one in another; more of them go in circles.
const DEEPEST: usize = 16;

/// Whether TLS itself refused: not a cut connection, which may happen in the middle of TLS too.
fn speaks_of_tls(error: &(dyn std::error::Error + 'static), depth: usize) -> bool {
    use rustls::Error::{General, InvalidCertificate, NoCertificatesPresented, PeerIncompatible};
    if depth > DEEPEST {
        return false;
    }
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return matches!(tls, InvalidCertificate(_) | NoCertificatesPresented | General(_) | PeerIncompatible(_));
    }
    // An IO error hides what it wraps: its source is the source of that.
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    let wrapped = wrapped.is_some_and(|inner| speaks_of_tls(inner, depth + 1));
    wrapped || error.source().is_some_and(|source| speaks_of_tls(source, depth + 1))
}

/// An error with its causes, without the address (it may hold a cursor).
pub(super) fn chain(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    match causes.last() {
        Some(last) => last.clone(),
        None if error.is_timeout() => "it took too long".to_owned(),
        None => "the call could not be made".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_failed_call_means() {
        let code =
            |code: &str, detail: &str| Some(Error { code: ErrorCode::from_word(code), detail: detail.to_owned() });
        let rows = [
            (401, None, code("sign_in", ""), Failure::SignIn),
            (403, None, code("revoked", ""), Failure::Revoked),
            (403, None, code("unconfirmed", ""), Failure::Unconfirmed),
            (409, None, code("gap", "expected 17, not 20"), Failure::Gap { expected: Some(17) }),
            (409, None, code("gap", "?"), Failure::Gap { expected: None }),
            (409, None, code("fork", ""), Failure::Fork),
            (413, None, None, Failure::TooLarge),
            (429, Some(0), None, Failure::TooOften { retry_after: Some(0) }),
            (503, Some(7), code("unavailable", ""), Failure::Unavailable { status: 503, retry_after: Some(7) }),
            (500, None, code("a_newer_word", ""), Failure::Unavailable { status: 500, retry_after: None }),
            (507, None, code("storage", ""), Failure::HubStorage { retry_after: None }),
            (422, None, code("digest_mismatch", ""), Failure::DigestMismatch),
            (400, None, code("bad_request", "why"), Failure::NotUnderstood("why".to_owned())),
            (404, None, None, Failure::NotFound),
            (410, None, code("code_used", ""), Failure::Invitation { used: true }),
        ];
        for (status, retry_after, error, want) in rows {
            assert_eq!(failure_of(status, retry_after, error), want);
        }
    }
}
