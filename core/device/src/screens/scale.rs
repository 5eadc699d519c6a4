//! A scale of numbers as screens show it: its marks, and where a value lies.

use countersign_forms::Scale;
use serde::Serialize;

/// A scale of numbers, exact decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScaleShown {
    /// The first mark.
    pub start: String,
    /// The last mark.
    pub end: String,
    /// From one mark to the next, without a sign.
    pub step: String,
    /// How many marks it has.
    pub count: u32,
}

impl ScaleShown {
    /// The value at a mark, 0 for the first, as it is stored; the last mark for a place beyond it.
    pub fn at(&self, place: u32) -> String {
        self.scale().at(place)
    }

    /// The mark next to a value; `None` for what is no number.
    pub fn place_of(&self, value: &str) -> Option<u32> {
        self.scale().place_of(value)
    }

    /// The mark at which a value lies; `None` for what lies beside the marks, or is no number.
    pub fn mark_of(&self, value: &str) -> Option<u32> {
        self.scale().mark_of(value)
    }

    /// Whether the first mark is the largest.
    pub fn runs_down(&self) -> bool {
        self.scale().runs_down()
    }

    /// The smallest value on it.
    pub fn least(&self) -> String {
        self.at(if self.runs_down() { u32::MAX } else { 0 })
    }

    /// The largest value on it.
    pub fn most(&self) -> String {
        self.at(if self.runs_down() { 0 } else { u32::MAX })
    }

    fn scale(&self) -> Scale {
        Scale { start: self.start.clone(), end: self.end.clone(), step: self.step.clone() }
    }
}

impl From<Scale> for ScaleShown {
    fn from(scale: Scale) -> ScaleShown {
        let step = scale.step.trim_start_matches('-').to_owned();
        ScaleShown { count: scale.count(), start: scale.start, end: scale.end, step }
    }
}
