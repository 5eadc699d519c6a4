//! The hub's word that it was restored from a backup: a flag that people see.

use chrono::DateTime;

use super::judge::{Judge, Ruling};
use crate::entity::FlagCode;
use crate::id::RecordRef;
use crate::payload::HubRestored;
use crate::record::kind;

/// Only the hub itself says so; its word stands in the office's list until somebody has dealt with it.
pub(super) fn hub_restored(judge: &mut Judge<'_>, payload: HubRestored) -> Ruling {
    let company = RecordRef::new(kind::COMPANY, judge.command.author);
    let taken = DateTime::from_timestamp_millis(payload.taken).unwrap_or_default();
    let taken = taken.format("%Y-%m-%d %H:%M UTC").to_string();
    let lane = judge.command.lane.clone();
    judge.flag(company, &lane, FlagCode::HubRestored, &[("taken", &taken)]);
    Ok(())
}
