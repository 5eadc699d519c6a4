//! The only code of the hub that calls others: one POST to an address that was looked up and checked before.
//!
//! No redirect is followed, no proxy of the environment is used, the answer's body is not read, and nothing of it but
//! the status and the wait that it asks for is kept.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Url};
use rustls::{ClientConfig, RootCertStore};

use super::guard::{literal_of, may_reach};
use super::schedule::Tried;

/// A receiver that cannot be connected to within this time is not there.
const CONNECT: Duration = Duration::from_secs(5);
/// What a receiver has to answer; the specification asks for 15 to 30 seconds.
const ANSWER: Duration = Duration::from_secs(20);

/// What is sent.
pub(super) struct Message {
    pub id: String,
    pub timestamp: i64,
    pub signatures: String,
    pub body: String,
}

/// Sends a message to an endpoint, or says in a word why it could not.
pub(super) async fn send(url: &Url, private: bool, message: Message) -> Tried {
    let addresses = match addresses_of(url, private).await {
        Ok(addresses) => addresses,
        Err(word) => return Tried::Failed(word),
    };
    match post(url, &addresses, message).await {
        Ok(tried) => tried,
        Err(error) => Tried::Failed(word_of(&error)),
    }
}

/// The addresses of the endpoint, looked up once: the connection goes to these and to no others. One that may not be
/// reached refuses all.
async fn addresses_of(url: &Url, private: bool) -> Result<Vec<SocketAddr>, &'static str> {
    let port = url.port_or_known_default().ok_or("address")?;
    let addresses: Vec<SocketAddr> = match literal_of(url) {
        Some(literal) => vec![SocketAddr::new(literal, port)],
        None => {
            let host = url.host_str().ok_or("address")?;
            let looked = tokio::time::timeout(CONNECT, tokio::net::lookup_host((host, port))).await;
            looked.map_err(|_| "dns")?.map_err(|_| "dns")?.collect()
        }
    };
    match addresses.is_empty() {
        true => Err("dns"),
        false if addresses.iter().all(|address| may_reach(address.ip(), private)) => Ok(addresses),
        false => Err("private"),
    }
}

async fn post(url: &Url, addresses: &[SocketAddr], message: Message) -> Result<Tried, reqwest::Error> {
    let header = |text: String| HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    let response = client(url, addresses)?
        .post(url.clone())
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .header(HeaderName::from_static("webhook-id"), header(message.id))
        .header(HeaderName::from_static("webhook-timestamp"), HeaderValue::from(message.timestamp))
        .header(HeaderName::from_static("webhook-signature"), header(message.signatures))
        .body(message.body)
        .send()
        .await?;
    let again = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    Ok(Tried::Answered(response.status().as_u16(), again))
}

/// A client for one call: names are not looked up again, so that an answer of the name server that changes meanwhile
/// (DNS rebinding) leads nowhere.
fn client(url: &Url, addresses: &[SocketAddr]) -> Result<Client, reqwest::Error> {
    let builder = Client::builder()
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .pool_max_idle_per_host(0)
        .no_proxy()
        .referer(false)
        .resolve_to_addrs(url.host_str().unwrap_or_default(), addresses)
        .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")));
    match tls() {
        Some(config) => builder.tls_backend_preconfigured(config).build(),
        None => builder.build(),
    }
}

/// The public authorities.
fn tls() -> Option<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Some(config)
}

/// A word for a failure; its text may hold the address with what is secret in it.
fn word_of(error: &reqwest::Error) -> &'static str {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if one.downcast_ref::<rustls::Error>().is_some() {
            return "tls";
        }
        cause = one.source();
    }
    match () {
        () if error.is_timeout() => "timeout",
        () if error.is_connect() => "connect",
        () => "broken",
    }
}
