//! What an operator's monitoring sees, as Prometheus text. Counters live in the hub object (there is no global
//! registry: two hubs in one process count apart); gauges are read from the store when somebody asks.
//!
//! Nothing here names a person, a customer or a device, and every label has a small, fixed set of values.

mod figures;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use self::figures::Gauges;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;

/// Media type of the text that [`Hub::metrics`] writes.
pub const METRICS_TYPE: &str = prometheus_client::encoding::prometheus_text::CONTENT_TYPE;

/// Bounds of the latency buckets, seconds: a page is fast below 50 ms; a chunk over a slow line takes a minute.
const BUCKETS: [f64; 12] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0];
/// For how long gauges are shown again before the store is asked anew, milliseconds: several who scrape cost as one.
const FRESH: i64 = 5_000;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Delivered {
    outcome: &'static str,
}

/// The counters of one hub.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Family<Route, Histogram>,
    receipts: Counter,
    delivered: Family<Delivered, Counter>,
    gauges: Mutex<Option<(i64, Gauges)>>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("countersign");
        let answered = Family::<Answered, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let receipts = Counter::default();
        let delivered = Family::<Delivered, Counter>::default();
        registry.register("http_requests", "Requests by route template and status", answered.clone());
        registry.register("http_request_seconds", "Time to the answer's head by route template", seconds.clone());
        registry.register("receipts", "Receipts over held media that were signed", receipts.clone());
        registry.register("webhook_attempts", "Attempts to deliver a webhook by outcome", delivered.clone());
        Metrics { registry, answered, seconds, receipts, delivered, gauges: Mutex::default() }
    }
}

impl Metrics {
    /// A request was answered. `route` is the template, never the path.
    pub fn answered(&self, method: &'static str, route: &str, status: u16, taken: Duration) {
        let route = route.to_owned();
        self.answered.get_or_create(&Answered { method, route: route.clone(), status }).inc();
        self.seconds.get_or_create(&Route { method, route }).observe(taken.as_secs_f64());
    }

    /// A receipt was signed.
    pub fn receipt(&self) {
        self.receipts.inc();
    }

    /// A webhook was tried: `delivered` or `failed`.
    pub fn webhook(&self, outcome: &'static str) {
        self.delivered.get_or_create(&Delivered { outcome }).inc();
    }
}

impl Hub {
    /// Everything that monitoring sees, as Prometheus text.
    pub fn metrics(&self) -> Outcome<String> {
        let gauges = self.gauges()?;
        let mut text = String::new();
        let unwritable = |_| HubError::Input("the metrics could not be written".to_owned());
        encode(&mut text, &self.inner.metrics.registry).map_err(unwritable)?;
        encode(&mut text, &gauges.registry(&self.inner.store.judged())).map_err(unwritable)?;
        Ok(text)
    }

    fn gauges(&self) -> Outcome<Gauges> {
        let now = self.now();
        // Held while the store is read, so that many who ask at once cost one look.
        let mut kept = self.inner.metrics.gauges.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((time, gauges)) = kept.as_ref()
            && (0..FRESH).contains(&now.saturating_sub(*time))
        {
            return Ok(gauges.clone());
        }
        let gauges = Gauges::of(self, now)?;
        *kept = Some((now, gauges.clone()));
        Ok(gauges)
    }
}
