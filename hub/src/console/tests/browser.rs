//! A browser that keeps cookies and sends forms with the token of the page it saw last.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, header};
use tower::Service as _;

use crate::console::fields::encoded;

pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    pub language: &'static str,
    /// The address that a proxy in front names; empty for none.
    pub from: &'static str,
    token: String,
}

/// An answer, read whole.
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Browser {
    pub fn new(router: &Router) -> Browser {
        Browser { router: router.clone(), cookies: BTreeMap::new(), language: "en", from: "", token: String::new() }
    }

    /// Signs in by a link that still holds.
    pub async fn signed_in(router: &Router, link: &str) -> Browser {
        let mut browser = Browser::new(router);
        browser.get(link).await.is(200);
        browser.post(link, &[]).await.leads_to("/board");
        browser
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.call(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            assert!(text.contains("HttpOnly") && text.contains("SameSite=Lax"), "{text}");
            match text.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(token) = body.split("name=\"csrf\" value=\"").nth(1) {
            self.token = token.split('"').next().unwrap().to_owned();
        }
        let location = parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Answer {
            status: parts.status.as_u16(),
            location: location.unwrap_or_default(),
            headers: parts.headers,
            body,
            bytes,
        }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let builder = match self.from {
            "" => Request::builder(),
            from => Request::builder().header("x-forwarded-for", format!("6.6.6.6, {from}")),
        };
        builder
            .method(method)
            .uri(path)
            .header(header::HOST, "hub.example")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::COOKIE, cookies.join("; "))
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn get_with(&mut self, path: &str, name: &str, value: &str) -> Answer {
        self.send(self.request("GET", path).header(name, value).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of the page seen last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_as_it_is(path, &all).await
    }

    /// Sends a form with a file.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        input: &str,
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        let mark = "------------------------countersign";
        let token = self.token.clone();
        let mut body = Vec::new();
        for (field, value) in [("csrf", token.as_str())].iter().chain(fields) {
            let part = format!("--{mark}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!("--{mark}\r\nContent-Disposition: form-data; name=\"{input}\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{mark}--\r\n").into_bytes());
        let sort = format!("multipart/form-data; boundary={mark}");
        let request = self.request("POST", path).header(header::CONTENT_TYPE, sort);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn post_as_it_is(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    pub fn cookie(&self, name: &str) -> Option<&String> {
        self.cookies.get(name)
    }
}

impl Answer {
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{} {}", self.location, self.body);
        self
    }

    #[track_caller]
    pub fn leads_to(self, start: &str) -> Answer {
        assert_eq!(self.status, 303, "{}", self.body);
        assert!(self.location.starts_with(start), "{}", self.location);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Answer {
        assert!(self.body.contains(text), "{text:?} is not in {}", self.body);
        self
    }

    #[track_caller]
    pub fn says_not(self, text: &str) -> Answer {
        assert!(!self.body.contains(text), "{text:?} is in {}", self.body);
        self
    }

    /// The value of a hidden field, the first one with this name.
    #[track_caller]
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest = self.body.split(&mark).nth(1).unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }
}
