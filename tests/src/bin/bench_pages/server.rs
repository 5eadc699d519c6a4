//! A browser of the console: no more than a client that keeps its cookies.

use std::time::{Duration, Instant};

use countersign_tests::http::client;
use countersign_tests::served::Server;
use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

/// Name and password of the administrator who looks at the pages.
pub const USERNAME: &str = "bench";
/// The password.
pub const PASSWORD: &str = "a long password for the bench";

/// An answer and how long it took.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The length of the body.
    pub bytes: usize,
    /// The body, where it is text.
    pub text: String,
    /// From sending the question to having the whole body.
    pub took: Duration,
    location: String,
    cookies: Vec<String>,
}

/// Somebody who is signed in.
pub struct Browser {
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
    url: String,
    cookies: String,
}

impl Browser {
    /// Signs in as the administrator.
    pub fn sign_in(server: &Server) -> Result<Browser, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let client = client()?;
        let mut browser = Browser { client, runtime, url: server.url().to_owned(), cookies: String::new() };
        let form = browser.get("/sign-in")?;
        browser.cookies = form.cookies.join("; ");
        let fields = [("csrf", csrf(&form.text)), ("name", USERNAME), ("password", PASSWORD), ("next", "/board")];
        let entered = browser.post("/sign-in", urlencoded(&fields), "application/x-www-form-urlencoded")?;
        if entered.status != 303 {
            return Err(format!("signing in was answered with {}", entered.status));
        }
        browser.cookies = entered.cookies.join("; ");
        Ok(browser)
    }

    /// Asks for a page.
    pub fn get(&self, address: &str) -> Result<Answer, String> {
        self.send(self.client.get(format!("{}{address}", self.url)))
    }

    /// Hands a file to the import and answers the address of what was found in it.
    pub fn try_import(&self, kind: &str, file: &str) -> Result<String, String> {
        let page = self.get("/import")?;
        let mut body = String::new();
        for (name, value) in [("csrf", csrf(&page.text)), ("kind", kind)] {
            body.push_str(&format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str(&format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n{file}\r\n--edge--\r\n"
        ));
        Ok(self.post("/import", body, "multipart/form-data; boundary=edge")?.location)
    }

    fn post(&self, address: &str, body: String, media_type: &'static str) -> Result<Answer, String> {
        let request = self.client.post(format!("{}{address}", self.url)).header("content-type", media_type);
        self.send(request.body(body))
    }

    fn send(&self, request: reqwest::RequestBuilder) -> Result<Answer, String> {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_str(&self.cookies).map_err(|error| error.to_string())?);
        let begun = Instant::now();
        self.runtime.block_on(async {
            let response = request.headers(headers).send().await.map_err(|error| error.to_string())?;
            let status = response.status().as_u16();
            let text = |name: &str| {
                let value = response.headers().get(name).and_then(|value| value.to_str().ok());
                value.unwrap_or_default().to_owned()
            };
            let location = text("location");
            let set = response.headers().get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
            let cookies = set.filter_map(|value| value.split(';').next()).map(str::to_owned).collect();
            let body = response.bytes().await.map_err(|error| error.to_string())?;
            let took = begun.elapsed();
            let text = String::from_utf8_lossy(&body).into_owned();
            Ok(Answer { status, bytes: body.len(), text, took, location, cookies })
        })
    }
}

/// The token that the forms of a page carry.
fn csrf(page: &str) -> &str {
    let behind = page.split_once("name=\"csrf\" value=\"").map_or("", |(_, behind)| behind);
    behind.split('"').next().unwrap_or_default()
}

/// Fields as a form sends them.
pub fn urlencoded(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

/// A text as it stands in an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
