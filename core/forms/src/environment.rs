//! Everything a fill needs from outside: the job's data, the language, the time, and a seed.
//!
//! Pure: nothing here reads a clock or makes chance; the caller does, once, and passes it in.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

/// What the world looks like to one fill.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The secondary instance `job` as a JSON object: a scalar becomes an element's text, an object an element with
    /// children, an array one element per entry. `{"customer":"ACME","part":[{"code":"F1"},{"code":"F2"}]}` is
    /// `<root><customer>ACME</customer><part><code>F1</code></part><part><code>F2</code></part></root>`.
    pub job: Value,
    /// The language of labels and messages, as the form names it (`English (en)`) or by its tag (`en`).
    /// A language that the form does not have falls back to the form's default language.
    pub language: String,
    /// The time that `now()` and `today()` answer, with the offset of the place.
    pub now: DateTime<FixedOffset>,
    /// A 128-bit id of the fill; `uuid()`, `random()`, `randomize()` without a seed and the ids of items that the form
    /// itself makes are derived from it, so two devices that open one fill get the same ones.
    pub fill: [u8; 16],
}
