//! Answers of a form: what is typed, picked and chosen becomes what is stored, by the core's rules.

use countersign_device::forms::{self, Picked};
use countersign_device::screens::{self, ScaleShown};

use crate::words::Reader;

/// An answer as it is stored, for a question of this kind. A date and time (`2026-11-29T14:03`) is picked by the clock of
/// the reader's zone. What is none of its kind comes back as it is, for a rule to refuse.
#[uniffi::export]
pub fn typed_answer(reader: Reader, kind: &str, typed: &str) -> String {
    screens::typed_answer(kind, &[typed], &reader.zone())
}

/// The day and the time of day with which a picker begins, by the clock of the reader's zone.
#[uniffi::export]
pub fn picked(reader: Reader, value: &str) -> Picked {
    screens::picked_in(value, &reader.zone())
}

/// The same with what the answer does not have taken from this moment, in milliseconds.
#[uniffi::export]
pub fn picked_from(reader: Reader, value: &str, now: i64) -> Picked {
    screens::picked_from(value, now, &reader.zone())
}

/// A moment as it is picked by the clock of the reader's zone, such as `2026-11-29T14:03`; empty beyond the years of a
/// calendar.
#[uniffi::export]
pub fn typed_moment(reader: Reader, milliseconds: i64) -> String {
    screens::typed_moment(milliseconds, &reader.zone())
}

/// The values that an answer holds, such as the chosen options.
#[uniffi::export]
pub fn values_of(value: &str) -> Vec<String> {
    forms::values_of(value).map(str::to_owned).collect()
}

/// An answer once one of these options was pressed: chosen where it was not, and the other way round.
#[uniffi::export]
pub fn toggled(options: Vec<String>, value: &str, pressed: &str) -> String {
    forms::toggled(options.iter().map(String::as_str), value, pressed)
}

/// The value at a mark of a scale, 0 for the first; the last mark for a place beyond it.
#[uniffi::export]
pub fn scale_at(scale: ScaleShown, place: u32) -> String {
    scale.at(place)
}

/// The mark of a scale at which a value lies; `None` for what lies beside the marks, or is no number.
#[uniffi::export]
pub fn scale_mark(scale: ScaleShown, value: &str) -> Option<u32> {
    scale.mark_of(value)
}

/// The mark of a scale next to a value; `None` for what is no number.
#[uniffi::export]
pub fn scale_place(scale: ScaleShown, value: &str) -> Option<u32> {
    scale.place_of(value)
}

/// Whether a question stands in an item of a repeat, both by their ids.
#[uniffi::export]
pub fn is_within(question: &str, item: &str) -> bool {
    forms::is_within(question, item)
}
