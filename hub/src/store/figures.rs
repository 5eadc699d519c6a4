//! Counts for monitoring, and what was judged since the start. No row that names anybody leaves here.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Read, Stored, Write, count_at};

/// How many commands ended how, by type and outcome.
pub type Judged = BTreeMap<(String, String), u64>;

/// Counts of one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The highest place in the feed.
    pub position: u64,
    /// Commands stored and not judged.
    pub stored: u64,
    /// When the oldest of them was received, hub time.
    pub oldest_stored: Option<i64>,
    /// Commands that wait for something.
    pub waiting: u64,
    /// Commands in quarantine.
    pub quarantined: u64,
    /// Commands that wait for a newer program.
    pub parked: u64,
    /// Refusals that nobody dealt with.
    pub refused: u64,
    /// Uploads under way.
    pub uploads: u64,
    /// Their announced bytes.
    pub upload_bytes: u64,
    /// Files that are held.
    pub media: u64,
    /// Their bytes.
    pub media_bytes: u64,
    /// Sessions that have not ended.
    pub sessions: u64,
    /// Devices that may sync.
    pub devices: u64,
    /// Those that called in the last 24 hours.
    pub devices_seen_today: u64,
    /// Devices that were revoked.
    pub devices_revoked: u64,
    /// Webhooks that wait to be delivered.
    pub webhooks_queued: u64,
    /// Webhooks that were given up.
    pub webhooks_failed: u64,
    /// Webhook endpoints that are enabled.
    pub webhook_endpoints: u64,
    /// Webhook endpoints that are disabled.
    pub webhook_endpoints_disabled: u64,
}

/// A day, milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

impl Read<'_> {
    /// The counts of this moment.
    pub fn figures(&self, now: i64) -> Stored<Figures> {
        let mut figures = Figures { position: self.counter()?, ..Figures::default() };
        self.count_open(&mut figures)?;
        self.count_media(&mut figures)?;
        self.count_callers(&mut figures, now)?;
        self.count_webhooks(&mut figures)?;
        Ok(figures)
    }

    fn count_open(&self, figures: &mut Figures) -> Stored {
        let sql = "SELECT state, count(*), min(received) FROM inbox WHERE tenant = ?1 AND state <> 'decided'
                   GROUP BY state";
        let rows: Vec<(String, u64, Option<i64>)> =
            self.all(sql, params![self.tenant()], |row| Ok((row.get(0)?, count_at(row, 1)?, row.get(2)?)))?;
        for (state, count, oldest) in rows {
            match state.as_str() {
                "stored" => (figures.stored, figures.oldest_stored) = (count, oldest),
                "waiting" => figures.waiting = count,
                "quarantined" => figures.quarantined = count,
                "parked" => figures.parked = count,
                _ => {}
            }
        }
        figures.refused =
            self.number("SELECT count(*) FROM inbox WHERE tenant = ?1 AND outcome = 'refused' AND closed = 0")?;
        Ok(())
    }

    fn count_media(&self, figures: &mut Figures) -> Stored {
        let pair = |sql: &str| {
            let found = self.first(sql, params![self.tenant()], |row| Ok((count_at(row, 0)?, count_at(row, 1)?)))?;
            Stored::Ok(found.unwrap_or_default())
        };
        (figures.uploads, figures.upload_bytes) =
            pair("SELECT count(*), coalesce(sum(bytes), 0) FROM media_upload WHERE tenant = ?1")?;
        (figures.media, figures.media_bytes) =
            pair("SELECT count(*), coalesce(sum(bytes), 0) FROM media WHERE tenant = ?1")?;
        Ok(())
    }

    fn count_callers(&self, figures: &mut Figures, now: i64) -> Stored {
        let sql = "SELECT count(*) FROM session WHERE tenant = ?1 AND expires > ?2";
        figures.sessions = unsigned(self.value(sql, params![self.tenant(), now])?);
        figures.devices = self.number("SELECT count(*) FROM token WHERE tenant = ?1 AND revoked IS NULL")?;
        figures.devices_revoked =
            self.number("SELECT count(*) FROM token WHERE tenant = ?1 AND revoked IS NOT NULL")?;
        let sql = "SELECT count(*) FROM token WHERE tenant = ?1 AND revoked IS NULL AND used = 1 AND last_seen > ?2";
        figures.devices_seen_today = unsigned(self.value(sql, params![self.tenant(), now.saturating_sub(DAY)])?);
        Ok(())
    }

    fn count_webhooks(&self, figures: &mut Figures) -> Stored {
        let waiting = |index: &str, state: &str| {
            self.number(&format!(
                "SELECT count(*) FROM webhook_delivery INDEXED BY {index} WHERE tenant = ?1 AND state = '{state}'"
            ))
        };
        figures.webhooks_queued = waiting("webhook_delivery_queue", "queued")?;
        figures.webhooks_failed = waiting("webhook_delivery_failed", "failed")?;
        let endpoint = "SELECT count(*) FROM webhook_endpoint WHERE tenant = ?1 AND disabled";
        figures.webhook_endpoints = self.number(&format!("{endpoint} IS NULL"))?;
        figures.webhook_endpoints_disabled = self.number(&format!("{endpoint} IS NOT NULL"))?;
        Ok(())
    }

    fn number(&self, sql: &str) -> Stored<u64> {
        Ok(unsigned(self.value(sql, params![self.tenant()])?))
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

impl Write<'_> {
    /// Notes how a command ended; counted when the transaction is kept.
    pub(super) fn count_judged(&self, kind: &str, outcome: &str) {
        self.judged.borrow_mut().push((kind.to_owned(), outcome.to_owned()));
    }
}

impl super::Store {
    /// How the commands judged by this process ended.
    pub fn judged(&self) -> Judged {
        super::lock(&self.judged).clone()
    }

    pub(super) fn add_judged(&self, ended: Vec<(String, String)>) {
        if ended.is_empty() {
            return;
        }
        let mut judged = super::lock(&self.judged);
        for key in ended {
            let count = judged.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }
}
