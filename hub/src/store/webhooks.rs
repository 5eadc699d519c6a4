//! Webhooks: endpoints, what happened, and the telling of it. An event is written in the transaction of the records
//! that it is about; deliveries of one endpoint have one order.

use countersign_model::Id;
use rusqlite::params;

use super::{Read, StoreError, Stored, Write, count_at, id_at, limit_of, signed};

/// Where other programs are told what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointRow {
    /// Its id.
    pub id: Id,
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// The types that it wants; empty for all.
    pub events: Vec<String>,
    /// Which of its secrets signs.
    pub secret_number: u32,
    /// Until when the secret before signs as well, hub time.
    pub previous_until: Option<i64>,
    /// When it was made, hub time.
    pub created: i64,
    /// Since when nothing is sent to it, hub time.
    pub disabled: Option<i64>,
    /// Why: a word, see [`crate::webhooks::DisabledWhy`].
    pub disabled_why: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Its place in the order of events.
    pub place: u64,
    /// Its id, the same in every telling.
    pub id: String,
    /// Its type, such as `job.created`.
    pub kind: String,
    /// When, hub time.
    pub time: i64,
    /// What is sent, as JSON.
    pub body: String,
}

/// One telling of an event to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// To whom.
    pub endpoint: Id,
    /// Its place in the order of this endpoint.
    pub place: u64,
    /// What.
    pub event: EventRow,
    /// `queued`, `delivered` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, hub time.
    pub due: i64,
    /// When it was last tried, hub time.
    pub tried: Option<i64>,
    /// The HTTP status of the last try.
    pub status: Option<u16>,
    /// What went wrong in the last try.
    pub why: String,
}

/// How many deliveries of an endpoint stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryCounts {
    /// Waiting.
    pub queued: u64,
    /// Given up.
    pub failed: u64,
}

const ENDPOINT: &str =
    "endpoint, name, url, events, secret_number, previous_until, created, disabled, coalesce(disabled_why, '')";
const DELIVERY: &str = "d.endpoint, d.place, d.state, d.attempts, d.due, d.tried, d.status, coalesce(d.why, ''),
    v.place, v.id, v.type, v.time, v.body";
const WITH_EVENT: &str = "webhook_delivery d JOIN webhook_event v ON v.tenant = d.tenant AND v.place = d.event";

fn endpoint_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<EndpointRow> {
    let events: String = row.get(3)?;
    Ok(EndpointRow {
        id: id_at(row, 0)?,
        name: row.get(1)?,
        url: row.get(2)?,
        // What cannot be read wants everything: an event too many is better than one too few.
        events: serde_json::from_str(&events).unwrap_or_default(),
        secret_number: row.get(4)?,
        previous_until: row.get(5)?,
        created: row.get(6)?,
        disabled: row.get(7)?,
        disabled_why: row.get(8)?,
    })
}

fn event_from(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<EventRow> {
    let column = |offset: usize| first.saturating_add(offset);
    Ok(EventRow {
        place: count_at(row, first)?,
        id: row.get(column(1))?,
        kind: row.get(column(2))?,
        time: row.get(column(3))?,
        body: row.get(column(4))?,
    })
}

fn delivery_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<DeliveryRow> {
    Ok(DeliveryRow {
        endpoint: id_at(row, 0)?,
        place: count_at(row, 1)?,
        state: row.get(2)?,
        attempts: row.get(3)?,
        due: row.get(4)?,
        tried: row.get(5)?,
        status: row.get(6)?,
        why: row.get(7)?,
        event: event_from(row, 8)?,
    })
}

impl Read<'_> {
    /// Every endpoint, oldest first.
    pub fn webhook_endpoints(&self) -> Stored<Vec<EndpointRow>> {
        let sql = format!("SELECT {ENDPOINT} FROM webhook_endpoint WHERE tenant = ?1 ORDER BY created, endpoint");
        self.all(&sql, params![self.tenant()], endpoint_at)
    }

    /// One endpoint.
    pub fn webhook_endpoint(&self, endpoint: Id) -> Stored<Option<EndpointRow>> {
        let sql = format!("SELECT {ENDPOINT} FROM webhook_endpoint WHERE tenant = ?1 AND endpoint = ?2");
        self.first(&sql, params![self.tenant(), endpoint.bytes()], endpoint_at)
    }

    /// The endpoints that were disabled because nothing got through.
    pub fn webhook_endpoints_failed(&self) -> Stored<Vec<EndpointRow>> {
        let sql = format!(
            "SELECT {ENDPOINT} FROM webhook_endpoint
             WHERE tenant = ?1 AND disabled IS NOT NULL AND disabled_why <> 'person' ORDER BY disabled, endpoint"
        );
        self.all(&sql, params![self.tenant()], endpoint_at)
    }

    /// The first waiting delivery of each enabled endpoint, where its time has come: one endpoint's order is kept by
    /// never sending a later one before it. Asked each second, so it goes from the few endpoints to one row of each and
    /// never over what was delivered.
    pub fn webhooks_due(&self, now: i64) -> Stored<Vec<DeliveryRow>> {
        let sql = format!(
            "SELECT {DELIVERY} FROM webhook_endpoint e
             CROSS JOIN webhook_delivery d ON d.tenant = e.tenant AND d.endpoint = e.endpoint AND d.place = (
               SELECT min(q.place) FROM webhook_delivery q INDEXED BY webhook_delivery_queue
               WHERE q.tenant = e.tenant AND q.endpoint = e.endpoint AND q.state = 'queued')
             CROSS JOIN webhook_event v ON v.tenant = d.tenant AND v.place = d.event
             WHERE e.tenant = ?1 AND e.disabled IS NULL AND d.due <= ?2 ORDER BY d.due"
        );
        self.all(&sql, params![self.tenant(), now], delivery_at)
    }

    /// One delivery.
    pub fn webhook_delivery(&self, endpoint: Id, place: u64) -> Stored<Option<DeliveryRow>> {
        let sql =
            format!("SELECT {DELIVERY} FROM {WITH_EVENT} WHERE d.tenant = ?1 AND d.endpoint = ?2 AND d.place = ?3");
        self.first(&sql, params![self.tenant(), endpoint.bytes(), signed(place)], delivery_at)
    }

    /// The deliveries of an endpoint before a place, newest first.
    pub fn webhook_deliveries(&self, endpoint: Id, before: Option<u64>, limit: usize) -> Stored<Vec<DeliveryRow>> {
        let sql = format!(
            "SELECT {DELIVERY} FROM {WITH_EVENT} WHERE d.tenant = ?1 AND d.endpoint = ?2 AND d.place < ?3
             ORDER BY d.place DESC LIMIT ?4"
        );
        let before = before.map_or(i64::MAX, signed);
        self.all(&sql, params![self.tenant(), endpoint.bytes(), before, limit_of(limit)], delivery_at)
    }

    /// How many deliveries of an endpoint stand where.
    pub fn webhook_counts(&self, endpoint: Id) -> Stored<DeliveryCounts> {
        let count = |index: &str, state: &str| -> Stored<u64> {
            let sql = format!(
                "SELECT count(*) FROM webhook_delivery INDEXED BY {index}
                 WHERE tenant = ?1 AND endpoint = ?2 AND state = '{state}'"
            );
            let value: i64 = self.value(&sql, params![self.tenant(), endpoint.bytes()])?;
            Ok(u64::try_from(value).unwrap_or(0))
        };
        Ok(DeliveryCounts {
            queued: count("webhook_delivery_queue", "queued")?,
            failed: count("webhook_delivery_failed", "failed")?,
        })
    }
}

impl Write<'_> {
    /// Keeps an endpoint, or what was changed in it.
    pub fn keep_webhook_endpoint(&self, endpoint: &EndpointRow) -> Stored {
        let events =
            serde_json::to_string(&endpoint.events).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        self.execute(
            "INSERT INTO webhook_endpoint (tenant, endpoint, name, url, events, secret_number, previous_until, created,
               disabled, disabled_why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (tenant, endpoint) DO UPDATE SET name = excluded.name, url = excluded.url,
               events = excluded.events, secret_number = excluded.secret_number,
               previous_until = excluded.previous_until, disabled = excluded.disabled,
               disabled_why = excluded.disabled_why",
            params![
                self.tenant(),
                endpoint.id.bytes(),
                endpoint.name,
                endpoint.url,
                events,
                endpoint.secret_number,
                endpoint.previous_until,
                endpoint.created,
                endpoint.disabled,
                endpoint.disabled_why
            ],
        )?;
        Ok(())
    }

    /// Removes an endpoint with its deliveries.
    pub fn remove_webhook_endpoint(&self, endpoint: Id) -> Stored<bool> {
        let sql = "DELETE FROM webhook_endpoint WHERE tenant = ?1 AND endpoint = ?2";
        Ok(self.execute(sql, params![self.tenant(), endpoint.bytes()])? > 0)
    }

    /// Notes what happened; answers its place.
    pub fn keep_webhook_event(&self, id: &str, kind: &str, time: i64, body: &str) -> Stored<u64> {
        let last: i64 =
            self.value("SELECT coalesce(max(place), 0) FROM webhook_event WHERE tenant = ?1", params![self.tenant()])?;
        let place = last.saturating_add(1);
        self.execute(
            "INSERT INTO webhook_event (tenant, place, id, type, time, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![self.tenant(), place, id, kind, time, body],
        )?;
        Ok(u64::try_from(place).unwrap_or(0))
    }

    /// Queues an event for an endpoint, behind what waits there.
    pub fn queue_webhook(&self, endpoint: Id, event: u64, due: i64) -> Stored {
        self.execute(
            "INSERT INTO webhook_delivery (tenant, endpoint, place, event, state, due)
             SELECT ?1, ?2, coalesce(max(place), 0) + 1, ?3, 'queued', ?4 FROM webhook_delivery
             WHERE tenant = ?1 AND endpoint = ?2",
            params![self.tenant(), endpoint.bytes(), signed(event), due],
        )?;
        Ok(())
    }

    /// Queues every event since a time again for an endpoint, as far as it wants them; answers how many.
    pub fn replay_webhooks(&self, endpoint: &EndpointRow, since: i64, now: i64) -> Stored<u64> {
        let events =
            serde_json::to_string(&endpoint.events).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let count = self.execute(
            "INSERT INTO webhook_delivery (tenant, endpoint, place, event, state, due)
             SELECT ?1, ?2,
               (SELECT coalesce(max(place), 0) FROM webhook_delivery WHERE tenant = ?1 AND endpoint = ?2)
                 + row_number() OVER (ORDER BY v.place),
               v.place, 'queued', ?4
             FROM webhook_event v
             WHERE v.tenant = ?1 AND v.time >= ?3 AND v.type <> 'webhook.test'
               AND (?5 = '[]' OR v.type IN (SELECT value FROM json_each(?5)))
               AND NOT EXISTS (SELECT 1 FROM webhook_delivery q WHERE q.tenant = ?1 AND q.endpoint = ?2
                               AND q.event = v.place AND q.state = 'queued')",
            params![self.tenant(), endpoint.id.bytes(), since, now, events],
        )?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Notes how a try ended.
    pub fn webhook_tried(&self, delivery: &DeliveryRow) -> Stored {
        self.execute(
            "UPDATE webhook_delivery SET state = ?4, attempts = ?5, due = ?6, tried = ?7, status = ?8, why = ?9
             WHERE tenant = ?1 AND endpoint = ?2 AND place = ?3",
            params![
                self.tenant(),
                delivery.endpoint.bytes(),
                signed(delivery.place),
                delivery.state,
                delivery.attempts,
                delivery.due,
                delivery.tried,
                delivery.status,
                delivery.why
            ],
        )?;
        Ok(())
    }

    /// What waits for an endpoint is tried from now on: after it was enabled again.
    pub fn webhooks_due_now(&self, endpoint: Id, now: i64) -> Stored {
        self.execute(
            "UPDATE webhook_delivery SET due = ?3, attempts = 0
             WHERE tenant = ?1 AND endpoint = ?2 AND state = 'queued'",
            params![self.tenant(), endpoint.bytes(), now],
        )?;
        Ok(())
    }

    /// Forgets events, with their deliveries, that happened before a time.
    pub fn forget_webhooks(&self, before: i64) -> Stored<u64> {
        let sql = "DELETE FROM webhook_event WHERE tenant = ?1 AND time < ?2";
        let count = self.execute(sql, params![self.tenant(), before])?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
