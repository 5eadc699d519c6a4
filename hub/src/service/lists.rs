//! Lists that page by key, and the attention list: what a person should look at.

use countersign_model::Id;
use countersign_model::entity::{Entity, Flag};
use countersign_model::record::{Row, kind};

use crate::error::Outcome;
use crate::hub::Hub;
use crate::store::{Direction, Entry, EntryState};

/// Most items of each sort on the attention list.
const MOST: usize = 200;

/// Something that a person should look at.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a list of at most a few hundred, shown at once")]
pub enum AttentionItem {
    /// A flag that a rule raised.
    Flag {
        /// Its row.
        row: Row,
        /// Its body.
        flag: Flag,
    },
    /// A refused command that nobody dealt with.
    Refused(Entry),
    /// A command that waits for something.
    Waiting(Entry),
    /// A command that a person must confirm.
    Quarantined(Entry),
    /// A command of a type that this program does not know.
    Parked(Entry),
}

/// The attention list.
pub type Attention = Vec<AttentionItem>;

impl Hub {
    /// A page of the live records of a kind, by id.
    pub fn list(&self, kind: &str, after: Option<Id>, limit: usize, direction: Direction) -> Outcome<Vec<Row>> {
        self.read(|read| Ok(read.list(kind, after, limit, direction)?))
    }

    /// The same with typed bodies.
    pub fn page<T: Entity>(&self, after: Option<Id>, limit: usize, direction: Direction) -> Outcome<Vec<(Row, T)>> {
        let rows = self.list(T::KIND, after, limit, direction)?;
        Ok(rows.into_iter().filter_map(|row| T::of(&row).map(|body| (row, body))).collect())
    }

    /// What a person should look at: refusals and quarantine first, then flags, newest first in each.
    pub fn attention(&self) -> Outcome<Attention> {
        self.read(|read| {
            let mut items: Attention = Vec::new();
            items.extend(read.refused(MOST)?.into_iter().map(AttentionItem::Refused));
            items.extend(
                read.entries_in(&EntryState::Quarantined, 0, MOST)?.into_iter().map(AttentionItem::Quarantined),
            );
            items.extend(read.entries_in(&EntryState::Waiting, 0, MOST)?.into_iter().map(AttentionItem::Waiting));
            items.extend(read.entries_in(&EntryState::Parked, 0, MOST)?.into_iter().map(AttentionItem::Parked));
            let mut after = None;
            let mut flags = 0;
            loop {
                let page = read.list(kind::FLAG, after, MOST, Direction::Descending)?;
                let Some(last) = page.last() else { return Ok(items) };
                after = Some(last.id);
                for row in page {
                    if let Some(flag) = Flag::of(&row).filter(|flag| flag.open && flags < MOST) {
                        flags += 1;
                        items.push(AttentionItem::Flag { row, flag });
                    }
                }
            }
        })
    }
}
