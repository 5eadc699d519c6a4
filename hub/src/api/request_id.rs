//! The id of a request: in the answer, in each log line about it, and what a person quotes when they ask for help.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::edge;

/// The header of the id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that a proxy may give.
const LONGEST: usize = 64;

/// The id of a request, for whoever answers it.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub String);

/// The id of a request. A proxy in front may have given one; what anybody else sends is not believed, since it would
/// stand in the log.
pub(super) fn request_id(headers: &HeaderMap, behind_proxy: bool) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|_| behind_proxy).filter(|value| is_plain(value.as_bytes()));
    given.cloned().unwrap_or_else(made)
}

fn is_plain(id: &[u8]) -> bool {
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !id.is_empty() && id.len() <= LONGEST && id.iter().all(fits)
}

/// 64 bits of chance: enough to tell the requests of one hub apart.
fn made() -> HeaderValue {
    let id = edge::random::<8>().map(hex::encode).ok();
    id.and_then(|text| HeaderValue::from_str(&text).ok()).unwrap_or(HeaderValue::from_static("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_id_of_our_own_proxy_is_taken_over() {
        let long = "a".repeat(65);
        let rows = [
            ("a-1_2.B", true, true),
            ("a-1_2.B", false, false),
            ("", true, false),
            ("a b", true, false),
            ("a\"}", true, false),
            (long.as_str(), true, false),
        ];
        for (sent, behind_proxy, kept) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_str(sent).unwrap());
            let id = request_id(&headers, behind_proxy);
            assert_eq!(id == sent, kept, "{sent} {behind_proxy}");
            assert!(kept || id.len() == 16);
        }
    }
}
