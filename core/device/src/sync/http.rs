//! The only code of the device that talks to a network.
//!
//! It says what happened and decides nothing: no retry, no redirect, no waiting beyond a silent line. Every answer
//! must carry the hub's header, else it is somebody else's; every answer has a size beyond which it is cut; every
//! upload and download runs in bounded memory.

mod answer;
mod body;
mod line;
mod tls;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use countersign_model::log::{LogProof, LogQuestion};
use countersign_model::parsed::parsed_bytes;
use countersign_model::record::Scope;
use countersign_model::trust::{Introduction, Receipt};
use countersign_model::wire::{
    EnrolRequest, Enrolment, FeedPage, Introduced, MediaOffer, MediaState, Push, Pushed, ScopePage, ScopesPage,
    ScopesRequest, TIME_HEADER, Trust,
};
use countersign_model::{Digest, Id};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Method, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{OnceCell, mpsc};
use zeroize::Zeroizing;

use super::carrier::{Carrier, Chunk, FeedAnswer, LineEvent, Stranger};
use super::failure::Failure;
pub use answer::failure_of;

use crate::vault::Token;
use answer::Heard;
use body::Upload;

/// A hub that cannot be connected to within this time is not there; a phone in a lift waits longer than a wire.
const CONNECT: Duration = Duration::from_secs(15);
/// A call on which nothing moves for this long is dead (half-open connections, radio silence).
const SILENCE: Duration = Duration::from_secs(60);
/// The open line brings a comment every 15 s; four of them missing mean that it is dead.
const LINE_SILENCE: Duration = Duration::from_secs(60);
/// Pages beyond this are asked for again with fewer rows. A hub's own pages end at four.
const PAGE_BYTES: usize = 16 << 20;
/// What an answer may take in memory once it is read, bytes; a page of a thousand rows of thirty fields takes a twentieth.
const PARSED_BYTES: usize = 64 << 20;
/// Answers other than pages: the longest lists a file's missing chunks.
const ANSWER_BYTES: usize = 4 << 20;

/// Where a hub is and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubAddress {
    /// Such as `https://hub.example:8443`.
    pub url: String,
    /// Digest of its TLS key, where it is pinned.
    pub tls_key: Option<Digest>,
}

/// Opens the bearer token: asked once by each carrier, at its first call, where it may block.
pub type TokenSource = Arc<dyn Fn() -> Result<Token, Failure> + Send + Sync>;

/// What a device shows to its hub.
#[derive(Clone)]
pub struct Pass {
    /// The tenant whose hub must answer.
    pub tenant: Id,
    /// Where its token comes from.
    pub token: TokenSource,
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pass").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// Calls over HTTP to one hub.
#[derive(Clone, Debug)]
pub struct HttpCarrier {
    /// Behind a lock, because the hub's TLS key may change while a sync stays.
    client: Arc<RwLock<Client>>,
    base: Url,
    pass: Option<Pass>,
    /// The token as calls show it: opened at the first call, wiped when this carrier and its clones have gone.
    bearer: Arc<OnceCell<HeaderValue>>,
}

impl HttpCarrier {
    /// A carrier to this hub; without a pass only `trust` and `enrol` make sense.
    pub fn new(address: &HubAddress, pass: Option<Pass>) -> Result<HttpCarrier, Failure> {
        let base = Url::parse(&address.url).map_err(|error| Failure::NotConnected(format!("the address: {error}")))?;
        let loopback = is_loopback(&base);
        if base.scheme() != "https" && !loopback {
            let why = "the address is not https: the token would travel readable for everyone";
            return Err(Failure::Untrusted(why.to_owned()));
        }
        Ok(HttpCarrier::by(client(&base, tls::config(address.tls_key)?)?, base, pass))
    }

    fn by(client: Client, base: Url, pass: Option<Pass>) -> HttpCarrier {
        HttpCarrier { client: Arc::new(RwLock::new(client)), base, pass, bearer: Arc::default() }
    }

    /// What a call shows of this device; `None` where it has no pass.
    async fn bearer(&self) -> Result<Option<HeaderValue>, Failure> {
        let Some(pass) = &self.pass else { return Ok(None) };
        let open = || async {
            let source = Arc::clone(&pass.token);
            let opened = tokio::task::spawn_blocking(move || source()).await;
            header(&opened.map_err(|error| Failure::Store(error.to_string()))??)
        };
        Ok(Some(self.bearer.get_or_try_init(open).await?.clone()))
    }

    fn client(&self) -> Client {
        self.client.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The address of a route below `/v1`.
    fn url(&self, route: &[&str], query: &[(&str, &str)]) -> Result<Url, Failure> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| Failure::NotConnected("the address takes no path".to_owned()))?
            .pop_if_empty()
            .push("v1")
            .extend(route);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn call(&self, method: Method, url: Url, headers: HeaderMap, upload: Upload) -> Result<Heard, Failure> {
        let steps = upload.steps();
        let trouble = upload.trouble();
        let bearer = self.bearer().await?;
        let mut request = self.client().request(method, url).headers(headers);
        if let Some(bearer) = bearer {
            request = request.header(AUTHORIZATION, bearer);
        }
        if let Some(bytes) = upload.bytes() {
            request = request.header(CONTENT_LENGTH, bytes);
        }
        let sent = request.body(upload.into_body()).send();
        let response = match body::watched(&steps, SILENCE, sent).await? {
            Ok(response) => response,
            Err(error) => return Err(trouble.take().unwrap_or_else(|| answer::transport(&error))),
        };
        answer::check(response, self.pass.as_ref().map(|pass| pass.tenant)).await
    }

    async fn json<T: DeserializeOwned>(
        &self,
        method: Method,
        url: Url,
        request: Option<&(impl Serialize + Sync)>,
        most: usize,
    ) -> Result<(T, HeaderMap), Failure> {
        let mut headers = HeaderMap::new();
        let upload = match request {
            None => Upload::nothing(),
            Some(request) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                let bytes = serde_json::to_vec(request).map_err(|error| Failure::Store(error.to_string()))?;
                Upload::of_bytes(Bytes::from(bytes))
            }
        };
        let heard = self.call(method, url, headers, upload).await?;
        let headers = heard.headers().clone();
        let bytes = heard.read(most, SILENCE).await?;
        if parsed_bytes(&bytes) > PARSED_BYTES {
            return Err(Failure::AnswerTooLarge);
        }
        let value = serde_json::from_slice(&bytes).map_err(|error| Failure::NotUnderstood(error.to_string()))?;
        Ok((value, headers))
    }

    async fn get<T: DeserializeOwned>(&self, url: Url, most: usize) -> Result<(T, HeaderMap), Failure> {
        self.json(Method::GET, url, None::<&()>, most).await
    }

    async fn post<T: DeserializeOwned>(&self, route: &[&str], request: &(impl Serialize + Sync)) -> Result<T, Failure> {
        let url = self.url(route, &[])?;
        self.json(Method::POST, url, Some(request), ANSWER_BYTES).await.map(|(value, _)| value)
    }
}

fn client(base: &Url, tls: rustls::ClientConfig) -> Result<Client, Failure> {
    let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        // One connection per call: on one shared connection a slow upload would hold up the feed.
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")))
        .default_headers(headers);
    let builder = if is_loopback(base) { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| Failure::NotConnected(answer::chain(&error)))
}

/// The token as the header of a call. Its bytes are wiped with its last clone; what the network's own buffers held is not
/// in our hands.
fn header(token: &Token) -> Result<HeaderValue, Failure> {
    let bytes = Bytes::from_owner(Zeroizing::new(["Bearer ", token.text()].concat().into_bytes()));
    let mut header = HeaderValue::from_maybe_shared(bytes).map_err(|_| Failure::SignIn)?;
    header.set_sensitive(true);
    Ok(header)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || plain.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Carrier for HttpCarrier {
    async fn trust(&self) -> Result<Trust, Failure> {
        self.get(self.url(&["trust"], &[])?, ANSWER_BYTES).await.map(|(trust, _)| trust)
    }

    async fn stranger(&self) -> Result<Stranger, Failure> {
        let (tls, seen) = tls::anybody()?;
        // A client of its own: without the token, and without any connection that the real one could use later.
        let asking = HttpCarrier::by(client(&self.base, tls)?, self.base.clone(), None);
        let url = asking.url(&["trust"], &[])?;
        let (trust, _) = asking.get::<Trust>(url, ANSWER_BYTES).await?;
        let tls_key = seen.get().ok_or_else(|| Failure::Untrusted("the answer came without TLS".to_owned()))?;
        Ok(Stranger { trust, tls_key })
    }

    fn pin(&self, tls_key: Option<Digest>) -> Result<(), Failure> {
        let client = client(&self.base, tls::config(tls_key)?)?;
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = client;
        Ok(())
    }

    async fn enrol(&self, request: EnrolRequest) -> Result<Enrolment, Failure> {
        self.post(&["enrol"], &request).await
    }

    async fn introduce(&self, introduction: Introduction) -> Result<Introduced, Failure> {
        self.post(&["introduce"], &introduction).await
    }

    async fn push(&self, push: Push) -> Result<Pushed, Failure> {
        self.post(&["commands"], &push).await
    }

    async fn feed(&self, cursor: Option<String>, limit: usize) -> Result<FeedAnswer, Failure> {
        let limit = limit.to_string();
        let mut query = vec![("limit", limit.as_str())];
        // Whoever took no page yet fetches all its scopes whole: from the feed it needs to hear only which they are.
        query.push(cursor.as_deref().map_or(("begin", "own"), |cursor| ("cursor", cursor)));
        let (page, headers) = self.get::<FeedPage>(self.url(&["feed"], &query)?, PAGE_BYTES).await?;
        let hub_time = headers.get(TIME_HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
        Ok(FeedAnswer { page, hub_time })
    }

    async fn scope(&self, scope: Scope, after: Option<String>, limit: usize) -> Result<ScopePage, Failure> {
        let limit = limit.to_string();
        let mut query = vec![("limit", limit.as_str())];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let route: Vec<&str> = std::iter::once("scopes").chain(scope.0.split('/')).collect();
        self.get(self.url(&route, &query)?, PAGE_BYTES).await.map(|(page, _)| page)
    }

    async fn scopes(&self, request: ScopesRequest) -> Result<ScopesPage, Failure> {
        let url = self.url(&["scopes"], &[])?;
        self.json(Method::POST, url, Some(&request), PAGE_BYTES).await.map(|(page, _)| page)
    }

    async fn log_proof(&self, question: LogQuestion) -> Result<LogProof, Failure> {
        self.post(&["log"], &question).await
    }

    async fn offer(&self, offer: MediaOffer) -> Result<MediaState, Failure> {
        self.post(&["media"], &offer).await
    }

    async fn chunk(&self, chunk: Chunk) -> Result<(), Failure> {
        let url = self.url(&["media", &chunk.sha256.hex(), "chunks", &chunk.index.to_string()], &[])?;
        let (digest, upload) = Upload::of_chunk(&chunk).await?;
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        let digest = HeaderValue::from_str(&digest).map_err(|error| Failure::Store(error.to_string()))?;
        headers.insert("content-digest", digest);
        let heard = self.call(Method::PUT, url, headers, upload).await?;
        heard.read(ANSWER_BYTES, SILENCE).await.map(|_| ())
    }

    async fn finish(&self, sha256: Digest) -> Result<Receipt, Failure> {
        let url = self.url(&["media", &sha256.hex(), "finish"], &[])?;
        self.json(Method::POST, url, None::<&()>, ANSWER_BYTES).await.map(|(receipt, _)| receipt)
    }

    async fn fetch(&self, sha256: Digest, into: mpsc::Sender<Bytes>) -> Result<(), Failure> {
        let url = self.url(&["media", &sha256.hex()], &[])?;
        let heard = self.call(Method::GET, url, HeaderMap::new(), Upload::nothing()).await?;
        heard.stream(into, SILENCE).await
    }

    async fn listen(&self, into: mpsc::Sender<LineEvent>) -> Failure {
        let opened = async {
            let url = self.url(&["poke"], &[])?;
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
            self.call(Method::GET, url, headers, Upload::nothing()).await
        };
        match opened.await {
            Ok(heard) => line::read(heard, into, LINE_SILENCE).await,
            Err(failure) => failure,
        }
    }
}
