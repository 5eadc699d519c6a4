//! `hub webhook` and `hub metrics-token`: what other programs are told, and what they may read.

use countersign_hub::store::EndpointRow;
use countersign_hub::webhooks::NewEndpoint;
use countersign_hub::{Hub, HubError};
use serde_json::json;

use super::{of_hub, open};
use crate::arguments::{Reach, Webhook};
use crate::output::{Done, Exit, Failure, Output};

/// Deliveries that `list` shows.
const SHOWN: usize = 50;

/// Runs one subcommand.
pub fn run(webhook: Webhook, output: &Output) -> Done {
    match webhook {
        Webhook::Add { dir, name, url, events } => {
            let hub = open(&dir)?;
            let made = hub.add_webhook(&name, &url, &events).map_err(|error| of_hub(&error))?;
            noted(&hub, "webhook.add", &made.endpoint)?;
            secret(&made, output)
        }
        Webhook::List { dir, endpoint: None } => list(&open(&dir)?, output),
        Webhook::List { dir, endpoint: Some(name) } => deliveries(&open(&dir)?, &name, output),
        Webhook::Remove { dir, endpoint } => {
            each(&open(&dir)?, &endpoint, ("webhook.remove", "removed"), output, |hub, found| {
                hub.remove_webhook(found.id)
            })
        }
        Webhook::Replay { dir, endpoint, since, delivery } => {
            replay(&open(&dir)?, &endpoint, since.as_deref(), delivery, output)
        }
        Webhook::Test { dir, endpoint } => {
            each(&open(&dir)?, &endpoint, ("webhook.test", "queued"), output, |hub, found| hub.test_webhook(found.id))
        }
        Webhook::Rotate { dir, endpoint } => {
            let hub = open(&dir)?;
            let found = hub.find_webhook(&endpoint).map_err(|error| of_hub(&error))?;
            let changed = hub.rotate_webhook(found.id).map_err(|error| of_hub(&error))?;
            noted(&hub, "webhook.rotate", &changed.endpoint)?;
            secret(&changed, output)
        }
        Webhook::Enable { dir, endpoint } => {
            each(&open(&dir)?, &endpoint, ("webhook.enable", "enabled"), output, |hub, found| {
                hub.enable_webhook(found.id)
            })
        }
        Webhook::Disable { dir, endpoint } => {
            each(&open(&dir)?, &endpoint, ("webhook.disable", "disabled"), output, |hub, found| {
                hub.disable_webhook(found.id)
            })
        }
        Webhook::Private { dir, choice } => private(&open(&dir)?, choice, output),
    }
}

/// Who sends what out of the company stands in the audit log, as at the console.
fn noted(hub: &Hub, event: &str, endpoint: &EndpointRow) -> Result<(), Failure> {
    let facts = json!({"name": endpoint.name});
    hub.note_event(event, Some(endpoint.id), &facts).map_err(|error| of_hub(&error))
}

/// The secret, which nobody sees again.
fn secret(made: &NewEndpoint, output: &Output) -> Done {
    let endpoint = &made.endpoint;
    let object = json!({
        "endpoint": endpoint.id, "name": endpoint.name, "url": endpoint.url, "events": endpoint.events,
        "secret": made.secret,
    });
    output.result(&object, || {
        format!("{} {}\nsecret {}\nkeep it now: it is not shown again", endpoint.id, endpoint.name, made.secret)
    });
    Ok(Exit::Ok)
}

fn state(endpoint: &EndpointRow) -> &str {
    match endpoint.disabled {
        None => "enabled",
        Some(_) if endpoint.disabled_why.is_empty() => "disabled",
        Some(_) => &endpoint.disabled_why,
    }
}

fn list(hub: &Hub, output: &Output) -> Done {
    for (endpoint, counts) in hub.webhooks().map_err(|error| of_hub(&error))? {
        let object = json!({
            "endpoint": endpoint.id, "name": endpoint.name, "url": endpoint.url, "events": endpoint.events,
            "state": state(&endpoint), "queued": counts.queued, "failed": counts.failed,
        });
        output.result(&object, || {
            let events = if endpoint.events.is_empty() { "all events".to_owned() } else { endpoint.events.join(", ") };
            format!(
                "{}  {}  {}  {}  {} queued  {} failed  {events}",
                endpoint.id,
                endpoint.name,
                endpoint.url,
                state(&endpoint),
                counts.queued,
                counts.failed
            )
        });
    }
    Ok(Exit::Ok)
}

fn deliveries(hub: &Hub, name: &str, output: &Output) -> Done {
    let found = hub.find_webhook(name).map_err(|error| of_hub(&error))?;
    let (_, rows) = hub.webhook(found.id, None, SHOWN).map_err(|error| of_hub(&error))?;
    for row in rows {
        let object = json!({
            "delivery": row.place, "id": row.event.id, "type": row.event.kind, "happened": row.event.time,
            "state": row.state, "attempts": row.attempts, "status": row.status, "why": row.why,
        });
        output.result(&object, || {
            let status = row.status.map(|status| status.to_string()).unwrap_or_default();
            let why = &row.why;
            format!("{:6}  {}  {}  {} tries  {status} {why}", row.place, row.event.kind, row.state, row.attempts)
        });
    }
    Ok(Exit::Ok)
}

fn each(
    hub: &Hub,
    name: &str,
    (event, done): (&str, &str),
    output: &Output,
    work: impl FnOnce(&Hub, &EndpointRow) -> Result<(), HubError>,
) -> Done {
    let found = hub.find_webhook(name).map_err(|error| of_hub(&error))?;
    work(hub, &found).map_err(|error| of_hub(&error))?;
    noted(hub, event, &found)?;
    output.result(&json!({"endpoint": found.id, "state": done}), || format!("{done} {}", found.name));
    Ok(Exit::Ok)
}

fn replay(hub: &Hub, name: &str, since: Option<&str>, delivery: Option<u64>, output: &Output) -> Done {
    let found = hub.find_webhook(name).map_err(|error| of_hub(&error))?;
    let queued = match (delivery, since) {
        (Some(place), _) => hub.replay_webhook(found.id, place).map(|()| 1),
        (None, since) => hub.replay_webhooks(found.id, moment(since.unwrap_or_default())?),
    };
    let queued = queued.map_err(|error| of_hub(&error))?;
    noted(hub, "webhook.replay", &found)?;
    output.result(&json!({"endpoint": found.id, "queued": queued}), || format!("{queued} queued for {}", found.name));
    Ok(Exit::Ok)
}

fn moment(text: &str) -> Result<i64, Failure> {
    let parsed = chrono::NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%dT%H:%M").ok();
    let wrong = || Failure::usage(format!("--since {text}: write a time such as 2026-11-23T09:00"));
    parsed.map(|time| time.and_utc().timestamp_millis()).ok_or_else(wrong)
}

fn private(hub: &Hub, choice: Reach, output: &Output) -> Done {
    let allow = choice == Reach::Allow;
    hub.allow_private_webhooks(allow).map_err(|error| of_hub(&error))?;
    hub.note_event("webhook.private", None, &json!({"value": if allow { "allow" } else { "refuse" }}))
        .map_err(|error| of_hub(&error))?;
    output.result(&json!({"private": allow}), || match allow {
        true => "webhooks may go to private networks: whoever adds one reaches them".to_owned(),
        false => "webhooks go to public addresses only".to_owned(),
    });
    Ok(Exit::Ok)
}

/// Makes the token for the metrics, or forgets it.
pub fn metrics_token(hub: &Hub, off: bool, output: &Output) -> Done {
    hub.note_event("metrics.token", None, &json!({"value": if off { "off" } else { "on" }}))
        .map_err(|error| of_hub(&error))?;
    if off {
        hub.forget_metrics_token().map_err(|error| of_hub(&error))?;
        output.result(&json!({"token": null}), || "no token reads the metrics any more".to_owned());
        return Ok(Exit::Ok);
    }
    let token = hub.make_metrics_token().map_err(|error| of_hub(&error))?;
    output.result(&json!({"token": token}), || format!("{token}\nkeep it now: it is not shown again"));
    Ok(Exit::Ok)
}
