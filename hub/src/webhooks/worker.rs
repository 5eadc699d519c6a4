//! Sending what is due: one delivery of each endpoint at a time, endpoints beside each other, so that a slow receiver
//! holds up nobody else. Stopping in the middle loses nothing: what has no result noted is sent again.

use std::collections::BTreeSet;
use std::time::Duration;

use countersign_model::Id;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::client::{self, Message};
use super::guard::check_url;
use super::schedule::{Tried, Verdict, judged};
use super::sign::signature;
use crate::edge;
use crate::error::Outcome;
use crate::hub::Hub;
use crate::store::{DeliveryRow, EndpointRow};

/// How often it is looked for deliveries whose time has come; news of the feed are looked at once.
const LOOK: Duration = Duration::from_secs(1);

/// Sends until the server stops.
pub(crate) async fn run(hub: Hub, mut closed: watch::Receiver<bool>) {
    let mut news = hub.follow();
    let mut looks = tokio::time::interval(LOOK);
    let mut sending: JoinSet<Id> = JoinSet::new();
    let mut busy = BTreeSet::new();
    loop {
        match due(&hub).await {
            Ok(found) => {
                for delivery in found.into_iter().filter(|delivery| busy.insert(delivery.endpoint)) {
                    let hub = hub.clone();
                    sending.spawn(async move { attempt(hub, delivery).await });
                }
            }
            Err(error) => tracing::error!(%error, "what webhooks are due could not be read"),
        }
        tokio::select! {
            _ = looks.tick() => {}
            _ = news.changed() => {}
            Some(ended) = sending.join_next(), if !sending.is_empty() => match ended {
                Ok(endpoint) => { busy.remove(&endpoint); }
                // A try that stopped must not keep its endpoint busy for ever.
                Err(error) => { tracing::error!(%error, "a webhook's try stopped"); sending.abort_all(); busy.clear(); }
            },
            _ = closed.wait_for(|closed| *closed) => return,
        }
    }
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(crate::HubError::Input(format!("a webhook's work stopped: {error}"))),
    }
}

async fn due(hub: &Hub) -> Outcome<Vec<DeliveryRow>> {
    let hub = hub.clone();
    off_thread(move || {
        let now = hub.now();
        hub.read(|read| Ok(read.webhooks_due(now)?))
    })
    .await
}

/// Tries one delivery and notes how it ended; answers whose it was.
async fn attempt(hub: Hub, delivery: DeliveryRow) -> Id {
    let endpoint = delivery.endpoint;
    let noted = match prepare(&hub, &delivery).await {
        Ok(Some((url, private, message))) => {
            let tried = match check_url(&url, private) {
                Ok(url) => client::send(&url, private, message).await,
                Err(_) => Tried::Failed("private"),
            };
            note(hub, delivery, tried).await
        }
        // It was removed or disabled meanwhile.
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
        tracing::error!(%endpoint, %error, "a webhook's result could not be noted; it is sent again");
        // Not at once: a full disk would make every second a delivery.
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    endpoint
}

async fn prepare(hub: &Hub, delivery: &DeliveryRow) -> Outcome<Option<(String, bool, Message)>> {
    let (hub, id, event) = (hub.clone(), delivery.endpoint, delivery.event.clone());
    off_thread(move || {
        let found = hub.read(|read| Ok(read.webhook_endpoint(id)?))?;
        let Some(endpoint) = found.filter(|endpoint| endpoint.disabled.is_none()) else { return Ok(None) };
        let now = hub.now();
        let timestamp = now.div_euclid(1000);
        let signatures = hub.signatures(&endpoint, now, &event.id, timestamp, &event.body);
        let message = Message { id: event.id, timestamp, signatures, body: event.body };
        Ok(Some((endpoint.url, hub.private_webhooks()?, message)))
    })
    .await
}

async fn note(hub: Hub, mut delivery: DeliveryRow, tried: Tried) -> Outcome {
    off_thread(move || {
        let now = hub.now();
        let [chance] = edge::random::<1>()?;
        delivery.attempts = delivery.attempts.saturating_add(1);
        let verdict = judged(tried, delivery.attempts, chance);
        delivery.tried = Some(now);
        delivery.status = tried.status();
        delivery.why = tried.why().to_owned();
        match &verdict {
            Verdict::Delivered => delivery.state = "delivered".to_owned(),
            Verdict::Again(wait) => delivery.due = now.saturating_add(*wait),
            Verdict::GivenUp(_) => delivery.state = "failed".to_owned(),
        }
        hub.inner.metrics.webhook(if verdict == Verdict::Delivered { "delivered" } else { "failed" });
        tracing::info!(endpoint = %delivery.endpoint, event = %delivery.event.id, status = ?delivery.status,
            why = %delivery.why, attempts = delivery.attempts, "a webhook was tried");
        hub.write(|write| {
            write.webhook_tried(&delivery)?;
            if let Verdict::GivenUp(why) = &verdict
                && let Some(mut endpoint) = write.webhook_endpoint(delivery.endpoint)?
            {
                endpoint.disabled = Some(now);
                endpoint.disabled_why = why.as_str().to_owned();
                write.keep_webhook_endpoint(&endpoint)?;
                tracing::warn!(endpoint = %endpoint.id, %why, "a webhook was disabled");
            }
            Ok(())
        })
    })
    .await
}

impl Hub {
    /// Sends what is due now, one delivery of each endpoint; answers how many were tried. The server does this by
    /// itself.
    pub async fn deliver_webhooks(&self) -> Outcome<usize> {
        let found = due(self).await?;
        let count = found.len();
        for delivery in found {
            attempt(self.clone(), delivery).await;
        }
        Ok(count)
    }

    /// The signatures of a message: by the secret, and by the one before while it is being changed.
    fn signatures(&self, endpoint: &EndpointRow, now: i64, id: &str, timestamp: i64, body: &str) -> String {
        let by = |number: u32| signature(&self.webhook_secret(endpoint.id, number), id, timestamp, body);
        let before = endpoint.secret_number.saturating_sub(1);
        let rotating = before >= 1 && endpoint.previous_until.is_some_and(|until| now < until);
        match rotating {
            true => format!("{} {}", by(endpoint.secret_number), by(before)),
            false => by(endpoint.secret_number),
        }
    }
}
