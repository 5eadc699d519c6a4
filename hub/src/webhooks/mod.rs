//! Webhooks: telling other programs what happened, as <https://www.standardwebhooks.com> describes it.
//!
//! An event is written with the records that it is about, in one transaction, and queued for each endpoint that wants
//! it. Deliveries of one endpoint keep their order: what fails is tried again before anything later is sent. Only the
//! serving process sends.
//!
//! A secret is never stored: it is derived from a key file, shown once, and never logged. Nothing here decides what a
//! record means; the data are what the record says.

mod client;
mod event;
mod guard;
mod schedule;
mod sign;
mod worker;

use countersign_model::Id;
use serde_json::json;

use crate::edge;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::keys;
use crate::store::{DeliveryCounts, DeliveryRow, EndpointRow, Write};

pub(crate) use event::{Event, confirmed, is_watched, of_change};
pub use event::{TEST, TYPES};
pub use guard::{AddressProblem, check_url, may_reach};
pub use schedule::{DisabledWhy, Tried, Verdict, judged};
pub use sign::{secret_text, signature};
pub(crate) use worker::run;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
/// For how long the secret before signs beside the new one.
const ROTATION: i64 = DAY;
/// For how long events are kept, to be told again.
const KEPT: i64 = 30 * DAY;
/// Endpoints that a company may have: each is one more telling of everything.
const ENDPOINTS: usize = 20;
/// Longest name of an endpoint, in characters.
const NAME: usize = 80;
/// The setting that lets webhooks go to private addresses and to loopback without TLS.
const PRIVATE_SETTING: &str = "webhook.private";

/// A new endpoint with the secret that its receiver checks signatures with: shown once.
pub struct NewEndpoint {
    /// The endpoint.
    pub endpoint: EndpointRow,
    /// Its secret, `whsec_…`.
    pub secret: String,
}

impl std::fmt::Debug for NewEndpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewEndpoint").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

fn unknown(endpoint: Id) -> HubError {
    HubError::NotFound { what: "webhook", name: endpoint.to_string() }
}

/// Writes an event beside the records that it is about, and queues it for every endpoint that wants it. A disabled
/// endpoint gets it when it is enabled again.
pub(crate) fn publish(write: &Write<'_>, now: i64, event: &Event) -> Outcome {
    let place = keep(write, now, event)?;
    for endpoint in write.webhook_endpoints()? {
        if endpoint.events.is_empty() || endpoint.events.iter().any(|wanted| wanted == event.kind) {
            write.queue_webhook(endpoint.id, place, now)?;
        }
    }
    Ok(())
}

fn keep(write: &Write<'_>, now: i64, event: &Event) -> Outcome<u64> {
    let time = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
    let timestamp = time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let body = json!({ "type": event.kind, "timestamp": timestamp, "data": event.data }).to_string();
    let id = format!("msg_{}", edge::new_id(now)?);
    Ok(write.keep_webhook_event(&id, event.kind, now, &body)?)
}

impl Hub {
    /// Whether webhooks may go to private addresses, and to loopback without TLS.
    pub fn private_webhooks(&self) -> Outcome<bool> {
        self.read(|read| Ok(read.setting(PRIVATE_SETTING)?.as_deref() == Some("allow")))
    }

    /// Lets webhooks go to private addresses, or no longer. Whoever may add endpoints then reaches this network.
    pub fn allow_private_webhooks(&self, allow: bool) -> Outcome {
        let value = if allow { "allow" } else { "refuse" };
        self.write(|write| Ok(write.keep_setting(PRIVATE_SETTING, value)?))
    }

    /// Adds an endpoint. No types means all of them.
    pub fn add_webhook(&self, name: &str, url: &str, events: &[String]) -> Outcome<NewEndpoint> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME {
            return Err(HubError::Input(format!("a webhook needs a name of 1 to {NAME} letters")));
        }
        if let Some(wrong) = events.iter().find(|kind| !TYPES.contains(&kind.as_str())) {
            let shown: String = wrong.chars().take(80).collect();
            return Err(HubError::Input(format!("there is no event {shown}: use {}", TYPES.join(", "))));
        }
        let url = check_url(url.trim(), self.private_webhooks()?)
            .map_err(|problem| HubError::Input(format!("the address cannot be used: {problem}")))?;
        let now = self.now();
        let mut events = events.to_vec();
        events.sort();
        events.dedup();
        let endpoint = EndpointRow {
            id: self.inner.edge.new_id(now)?,
            name: name.to_owned(),
            url: url.to_string(),
            events,
            secret_number: 1,
            previous_until: None,
            created: now,
            disabled: None,
            disabled_why: String::new(),
        };
        self.write(|write| {
            if write.webhook_endpoints()?.len() >= ENDPOINTS {
                return Err(HubError::Input(format!("there are {ENDPOINTS} webhooks already: remove one first")));
            }
            Ok(write.keep_webhook_endpoint(&endpoint)?)
        })?;
        tracing::info!(endpoint = %endpoint.id, "a webhook was added");
        let secret = secret_text(&self.webhook_secret(endpoint.id, 1));
        Ok(NewEndpoint { endpoint, secret })
    }

    fn webhook_secret(&self, endpoint: Id, number: u32) -> [u8; 32] {
        keys::webhook_secret(&self.inner.token_secret, endpoint, number)
    }

    /// The endpoints with what waits for them.
    pub fn webhooks(&self) -> Outcome<Vec<(EndpointRow, DeliveryCounts)>> {
        self.read(|read| {
            let endpoints = read.webhook_endpoints()?.into_iter();
            endpoints
                .map(|endpoint| read.webhook_counts(endpoint.id).map(|counts| (endpoint, counts)))
                .collect::<Result<_, _>>()
                .map_err(HubError::from)
        })
    }

    /// One endpoint with a page of its deliveries before a place, newest first.
    pub fn webhook(&self, endpoint: Id, before: Option<u64>, limit: usize) -> Outcome<(EndpointRow, Vec<DeliveryRow>)> {
        self.read(|read| {
            let found = read.webhook_endpoint(endpoint)?.ok_or_else(|| unknown(endpoint))?;
            Ok((found, read.webhook_deliveries(endpoint, before, limit)?))
        })
    }

    /// An endpoint by its id or name.
    pub fn find_webhook(&self, name: &str) -> Outcome<EndpointRow> {
        let mut found = self.read(|read| Ok(read.webhook_endpoints()?))?;
        found.retain(|endpoint| endpoint.id.to_string() == name || endpoint.name == name);
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(_), false) => Err(HubError::Several { what: "webhooks", name: name.to_owned() }),
            (None, _) => Err(HubError::NotFound { what: "webhook", name: name.to_owned() }),
        }
    }

    /// Removes an endpoint with its deliveries.
    pub fn remove_webhook(&self, endpoint: Id) -> Outcome {
        let removed = self.write(|write| Ok(write.remove_webhook_endpoint(endpoint)?))?;
        tracing::info!(%endpoint, removed, "a webhook was removed");
        if removed { Ok(()) } else { Err(unknown(endpoint)) }
    }

    fn change_webhook(&self, endpoint: Id, change: impl FnOnce(&mut EndpointRow)) -> Outcome<EndpointRow> {
        self.write(|write| {
            let mut found = write.webhook_endpoint(endpoint)?.ok_or_else(|| unknown(endpoint))?;
            change(&mut found);
            write.keep_webhook_endpoint(&found)?;
            Ok(found)
        })
    }

    /// Gives an endpoint another secret, shown once. For a day both sign, so that the receiver can change over.
    pub fn rotate_webhook(&self, endpoint: Id) -> Outcome<NewEndpoint> {
        let until = self.now().saturating_add(ROTATION);
        let endpoint = self.change_webhook(endpoint, |found| {
            found.secret_number = found.secret_number.saturating_add(1);
            found.previous_until = Some(until);
        })?;
        tracing::info!(endpoint = %endpoint.id, "a webhook got another secret");
        let secret = secret_text(&self.webhook_secret(endpoint.id, endpoint.secret_number));
        Ok(NewEndpoint { endpoint, secret })
    }

    /// Stops sending to an endpoint; what happens meanwhile waits for it.
    pub fn disable_webhook(&self, endpoint: Id) -> Outcome {
        let now = self.now();
        self.change_webhook(endpoint, |found| {
            found.disabled = Some(now);
            found.disabled_why = DisabledWhy::Person.as_str().to_owned();
        })
        .map(|_| ())
    }

    /// Sends to an endpoint again: what waits goes out at once.
    pub fn enable_webhook(&self, endpoint: Id) -> Outcome {
        let now = self.now();
        self.change_webhook(endpoint, |found| {
            found.disabled = None;
            found.disabled_why = String::new();
        })?;
        self.write(|write| Ok(write.webhooks_due_now(endpoint, now)?))
    }

    /// Sends an event that says nothing, to see whether it arrives.
    pub fn test_webhook(&self, endpoint: Id) -> Outcome {
        let now = self.now();
        let event = Event { kind: TEST, data: json!({ "webhook": endpoint }) };
        self.write(|write| {
            write.webhook_endpoint(endpoint)?.ok_or_else(|| unknown(endpoint))?;
            let place = keep(write, now, &event)?;
            Ok(write.queue_webhook(endpoint, place, now)?)
        })
    }

    /// Sends one delivery again, behind what waits.
    pub fn replay_webhook(&self, endpoint: Id, place: u64) -> Outcome {
        let now = self.now();
        self.write(|write| {
            let missing = || HubError::NotFound { what: "delivery", name: place.to_string() };
            let delivery = write.webhook_delivery(endpoint, place)?.ok_or_else(missing)?;
            Ok(write.queue_webhook(endpoint, delivery.event.place, now)?)
        })
    }

    /// Sends everything again that happened since a time and is kept; answers how many events.
    pub fn replay_webhooks(&self, endpoint: Id, since: i64) -> Outcome<u64> {
        let now = self.now();
        self.write(|write| {
            let found = write.webhook_endpoint(endpoint)?.ok_or_else(|| unknown(endpoint))?;
            Ok(write.replay_webhooks(&found, since, now)?)
        })
    }

    /// Endpoints to which nothing got through: a person must look.
    pub fn failed_webhooks(&self) -> Outcome<Vec<EndpointRow>> {
        self.read(|read| Ok(read.webhook_endpoints_failed()?))
    }

    /// Forgets events that are too old to be told again.
    pub(crate) fn sweep_webhooks(&self) -> Outcome {
        let before = self.now().saturating_sub(KEPT);
        self.write(|write| Ok(write.forget_webhooks(before)?)).map(|_| ())
    }
}
