//! The sample forms of the demo and the tests: our own writing, in four languages.

/// The service form of the demo: safety, findings, hydraulics, electrical, work done, customer.
pub const SERVICE_VISIT: &str = include_str!("../samples/service-visit.xml");

/// Three questions, for tests of other crates: `/check/machine_runs` (select one: yes, no), `/check/fault` (text,
/// relevant and required when the machine does not run), `/check/hours` (integer, 0 to 200000).
pub const QUICK_CHECK: &str = include_str!("../samples/quick-check.xml");
