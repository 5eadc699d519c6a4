//! What a simulation came across: commands, refusals, flags, faults, each with how often.

use std::collections::BTreeMap;

/// Counts by name, such as `command:answer.set` or `fault:reply-lost`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    /// Counts one more.
    pub fn hit(&mut self, kind: &str, name: &str) {
        *self.0.entry(format!("{kind}:{name}")).or_insert(0) += 1;
    }

    /// Adds what another run came across.
    pub fn add(&mut self, other: &Coverage) {
        for (name, count) in &other.0 {
            *self.0.entry(name.clone()).or_insert(0) += count;
        }
    }

    /// How often.
    pub fn of(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    /// All counts, by name.
    pub fn rows(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(name, count)| (name.as_str(), *count))
    }
}
