//! One line of the result: what we take, what the peer takes in the same run, and whether that is what was aimed at.

use countersign_tests::measure::rounded;
use serde_json::{Map, Value, json};

/// What a figure is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// Ours through the peer's, at most.
    RatioAtMost(f64),
    /// Ours through the peer's, at least.
    RatioAtLeast(f64),
    /// Ours alone, at most, in the unit of the line.
    AtMost(f64),
    /// Nothing: the figure is told.
    None,
}

impl Goal {
    fn words(self) -> String {
        match self {
            Goal::RatioAtMost(ratio) => format!("ratio <= {ratio}"),
            Goal::RatioAtLeast(ratio) => format!("ratio >= {ratio}"),
            Goal::AtMost(most) => format!("<= {most}"),
            Goal::None => String::new(),
        }
    }

    /// Whether it is reached; `None` where that cannot be said.
    fn met(self, ours: f64, ratio: Option<f64>) -> Option<bool> {
        match self {
            Goal::RatioAtMost(most) => ratio.map(|ratio| ratio <= most),
            Goal::RatioAtLeast(least) => ratio.map(|ratio| ratio >= least),
            Goal::AtMost(most) => Some(ours <= most),
            Goal::None => None,
        }
    }
}

/// What the peer took, or why nobody knows.
pub type Peer = Result<f64, String>;

/// A figure beside its peer's.
pub struct Line {
    name: String,
    unit: &'static str,
    ours: f64,
    peer_name: String,
    peer: Peer,
    goal: Goal,
    more: Map<String, Value>,
}

impl Line {
    /// A figure without a peer, in this unit.
    pub fn new(name: impl Into<String>, unit: &'static str, ours: f64, goal: Goal) -> Line {
        let peer = Err(String::new());
        Line { name: name.into(), unit, ours, peer_name: String::new(), peer, goal, more: Map::new() }
    }

    /// Beside this peer.
    pub fn beside(mut self, name: impl Into<String>, peer: Peer) -> Line {
        self.peer_name = name.into();
        self.peer = peer;
        self
    }

    /// With something more to know.
    pub fn and(mut self, name: &str, value: impl Into<Value>) -> Line {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// As it is printed.
    pub fn to_json(&self) -> Value {
        let peer = self.peer.as_ref().ok().copied();
        let ratio = peer.filter(|peer| *peer > 0.0).map(|peer| self.ours / peer);
        let mut line = json!({
            "name": self.name, "ours": rounded(self.ours), "peer": peer.map(rounded), "peer_name": self.peer_name,
            "unit": self.unit, "ratio": ratio.map(|ratio| (ratio * 1_000.0).round() / 1_000.0),
            "target": self.goal.words(), "met": self.goal.met(self.ours, ratio), "load": load(), "more": self.more,
        });
        if let (Err(why), Some(object)) = (&self.peer, line.as_object_mut())
            && !why.is_empty()
        {
            object.insert("peer_missing".to_owned(), Value::from(why.as_str()));
        }
        line
    }
}

/// How busy the machine was over the last minute; -1 where the system does not say.
fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(-1.0)
}
