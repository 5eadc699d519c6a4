//! Answers: a problem becomes the status that fits and the wire's error; work that blocks runs off the async threads.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use countersign_model::wire::{Error, ErrorCode};

use crate::problem::Problem;

/// Seconds that a device waits before it tries again, where the hub cannot say better.
const AGAIN: u64 = 5;

/// The HTTP status that fits a code.
pub fn status_of(code: &ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest | ErrorCode::Other(_) => StatusCode::BAD_REQUEST,
        ErrorCode::SignIn => StatusCode::UNAUTHORIZED,
        ErrorCode::Revoked | ErrorCode::Unconfirmed => StatusCode::FORBIDDEN,
        ErrorCode::CodeUsed => StatusCode::GONE,
        ErrorCode::CodeUnknown | ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Gap | ErrorCode::Fork => StatusCode::CONFLICT,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::TooOften => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::DigestMismatch => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::Storage => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Problem {
    /// The problem as an answer that says when to try again.
    pub(crate) fn answer(self, seconds: u64) -> Response {
        let status = status_of(&self.code);
        let again = matches!(self.code, ErrorCode::TooOften | ErrorCode::Storage | ErrorCode::Unavailable);
        let sign_in = self.code == ErrorCode::SignIn;
        let mut response = (status, Json(Error { code: self.code, detail: self.detail })).into_response();
        if again {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if sign_in {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.answer(AGAIN)
    }
}

/// Runs work that blocks off the async threads. A panic in it is an answer, not the end of the hub.
pub async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    let span = tracing::Span::current();
    match tokio::task::spawn_blocking(move || span.in_scope(work)).await {
        Ok(result) => result.map_err(Into::into),
        Err(_) => Err(Problem::new(ErrorCode::Unavailable, "the hub could not do it now: try again")),
    }
}
