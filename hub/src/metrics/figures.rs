//! The gauges: what the store and the folder look like now.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicU64;

use countersign_model::payload::Payload;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use crate::error::Outcome;
use crate::hub::{Hub, PROGRAM, database};
use crate::safekeeping::ProvenBackup;
use crate::store::{Figures, Judged};

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Command {
    r#type: &'static str,
    outcome: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct State {
    state: &'static str,
}

/// One look at store and folder.
#[derive(Clone, Debug)]
pub(super) struct Gauges {
    figures: Figures,
    database_bytes: u64,
    free_bytes: Option<u64>,
    proven: Option<ProvenBackup>,
    now: i64,
}

/// The bytes of a file; 0 where there is none.
fn bytes_of(path: &Path) -> u64 {
    fs::metadata(path).map(|found| found.len()).unwrap_or(0)
}

/// The type as the rules know it: a device may send any word, and each would be a line of its own.
fn known(kind: &str) -> &'static str {
    Payload::KINDS.iter().map(|(known, _)| *known).find(|known| *known == kind).unwrap_or("unknown")
}

fn gauge(value: u64) -> Gauge<u64, AtomicU64> {
    let gauge = Gauge::default();
    gauge.set(value);
    gauge
}

fn by_state(rows: &[(&'static str, u64)]) -> Family<State, Gauge<u64, AtomicU64>> {
    let family = Family::<State, Gauge<u64, AtomicU64>>::default();
    for (state, count) in rows {
        family.get_or_create(&State { state }).set(*count);
    }
    family
}

impl Gauges {
    pub fn of(hub: &Hub, now: i64) -> Outcome<Gauges> {
        let figures = hub.read(|read| Ok(read.figures(now)?))?;
        let path = database(hub.folder());
        let log = path.with_extension("db-wal");
        Ok(Gauges {
            figures,
            database_bytes: bytes_of(&path).saturating_add(bytes_of(&log)),
            free_bytes: hub.free_bytes(),
            proven: hub.proven_backup()?,
            now,
        })
    }

    /// A registry of its own for this look: what is gone is not shown any more.
    pub fn registry(&self, judged: &Judged) -> Registry {
        let mut registry = Registry::with_prefix("countersign");
        registry.register("build", "The program", Info::new([("version", PROGRAM)]));
        registry.register("commands", "Commands by type and outcome since the start", commands(judged));
        self.inbox(&mut registry);
        self.people(&mut registry);
        self.storage(&mut registry);
        self.backup(&mut registry);
        let hooks = &self.figures;
        registry.register("webhooks_queued", "Webhooks that wait to be delivered", gauge(hooks.webhooks_queued));
        registry.register("webhooks_failed", "Webhooks that were given up", gauge(hooks.webhooks_failed));
        registry.register(
            "webhook_endpoints",
            "Webhook endpoints by state",
            by_state(&[("enabled", hooks.webhook_endpoints), ("disabled", hooks.webhook_endpoints_disabled)]),
        );
        registry
    }

    fn inbox(&self, registry: &mut Registry) {
        let open = by_state(&[
            ("stored", self.figures.stored),
            ("waiting", self.figures.waiting),
            ("quarantined", self.figures.quarantined),
            ("parked", self.figures.parked),
        ]);
        registry.register("commands_open", "Received commands that are not decided", open);
        registry.register("commands_refused_open", "Refusals that nobody dealt with", gauge(self.figures.refused));
        let lag = self.figures.oldest_stored.map_or(0, |since| self.now.saturating_sub(since).max(0));
        let seconds = u64::try_from(lag / 1000).unwrap_or(0);
        registry.register("feed_lag_seconds", "Age of the oldest command that is not judged", gauge(seconds));
        registry.register("feed_position", "The highest place in the feed", gauge(self.figures.position));
    }

    fn people(&self, registry: &mut Registry) {
        registry.register("sessions", "Open sessions at the console", gauge(self.figures.sessions));
        let devices = by_state(&[
            ("enrolled", self.figures.devices),
            ("seen_today", self.figures.devices_seen_today),
            ("revoked", self.figures.devices_revoked),
        ]);
        registry.register("devices", "Devices; seen today: in the last 24 hours", devices);
    }

    /// Never proven shows as 1970: an alert on its age then fires as well.
    fn backup(&self, registry: &mut Registry) {
        let proven = self.proven.unwrap_or(ProvenBackup { taken: 0, proven: 0, bytes: 0 });
        let seconds = |milliseconds: i64| u64::try_from(milliseconds.max(0) / 1000).unwrap_or(0);
        registry.register(
            "backup_taken_timestamp_seconds",
            "As of when the last proven backup is, seconds since 1970; 0 for none",
            gauge(seconds(proven.taken)),
        );
        registry.register(
            "backup_proven_timestamp_seconds",
            "When a backup was last proven, seconds since 1970; 0 for never",
            gauge(seconds(proven.proven)),
        );
        registry.register(
            "backup_age_seconds",
            "How old the last proven backup is: what would be lost with the hub",
            gauge(seconds(self.now.saturating_sub(proven.taken))),
        );
        registry.register("backup_bytes", "Bytes of the last proven backup", gauge(proven.bytes));
    }

    fn storage(&self, registry: &mut Registry) {
        registry.register("uploads", "Uploads under way", gauge(self.figures.uploads));
        registry.register("upload_bytes", "Announced bytes of the uploads under way", gauge(self.figures.upload_bytes));
        registry.register("media_files", "Files that are held", gauge(self.figures.media));
        registry.register("media_bytes", "Bytes of the files that are held", gauge(self.figures.media_bytes));
        registry.register("database_bytes", "Bytes of the database and its log", gauge(self.database_bytes));
        // A disk that does not say how much is free must not look full.
        if let Some(free) = self.free_bytes {
            registry.register("disk_free_bytes", "Free bytes on the disk of the data folder", gauge(free));
        }
    }
}

fn commands(judged: &Judged) -> Family<Command, Counter> {
    let family = Family::<Command, Counter>::default();
    let mut sums: BTreeMap<(&'static str, &str), u64> = BTreeMap::new();
    for ((kind, outcome), count) in judged {
        let sum = sums.entry((known(kind), outcome)).or_default();
        *sum = sum.saturating_add(*count);
    }
    for ((kind, outcome), count) in sums {
        family.get_or_create(&Command { r#type: kind, outcome: outcome.to_owned() }).inc_by(count);
    }
    family
}
