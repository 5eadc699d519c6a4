//! Reading the catalogue and the stock: parts by code or by words, stock with this device's own unsent movements.

use countersign_model::Id;
use countersign_model::entity::{Entity, Movement, Part, Stock, stock_id};
use countersign_model::money::quantity_of;
use countersign_model::record::kind;
use rusqlite::params;
use rust_decimal::Decimal;

use super::rows::read_row;
use super::{Rows, StoreError};

/// How much of a part a depot holds, as this device knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnHand {
    /// What the hub said, with the movements of this device that the hub has not counted in yet.
    pub quantity: Decimal,
    /// Hub time of the last movement, milliseconds; `None` where the hub never said anything.
    pub changed: Option<i64>,
}

impl Rows<'_> {
    /// The part with this code, whatever the case of its letters.
    pub fn part_by_code(&self, code: &str) -> Result<Option<(Id, Part)>, StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM view_record
                   WHERE kind = ?1 AND json_extract(body, '$.code') = ?2 COLLATE NOCASE ORDER BY id LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query_map(params![kind::PART, code.trim()], read_row)?;
        let row = rows.next().transpose()?.transpose()?;
        Ok(row.and_then(|row| Part::of(&row).map(|part| (row.id, part))))
    }

    /// Parts whose row holds these words somewhere, by id after another id; the caller looks at code and name.
    pub fn parts_with(&self, words: &str, after: Option<Id>, most: usize) -> Result<Vec<(Id, Part)>, StoreError> {
        let sql = "SELECT kind, id, scope, rev, seq, body FROM view_record
                   WHERE kind = ?1 AND id > ?2 AND body IS NOT NULL AND lower(body) LIKE ?3 ESCAPE '!'
                   ORDER BY id LIMIT ?4";
        let after = after.map_or([0_u8; 16], |id| *id.bytes());
        let escaped = words.trim().to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map(params![kind::PART, after, format!("%{escaped}%"), limit], read_row)?;
        let mut found = Vec::new();
        for row in rows {
            let row = row??;
            found.extend(Part::of(&row).map(|part| (row.id, part)));
        }
        Ok(found)
    }

    /// How much of a part a depot holds.
    pub fn on_hand(&self, depot: Id, part: Id) -> Result<OnHand, StoreError> {
        let stock = self.get::<Stock>(stock_id(depot, part))?;
        let known = stock.as_ref().and_then(|stock| quantity_of(&stock.quantity).ok()).unwrap_or_default();
        let own = self.unsent_movements()?.into_iter().filter(|movement| movement.depot == depot);
        let own = own.filter(|movement| movement.part == Some(part));
        let change: Decimal = own.filter_map(|movement| quantity_of(&movement.quantity).ok()).sum();
        Ok(OnHand { quantity: known + change, changed: stock.map(|stock| stock.changed) })
    }

    /// Movements of this device that the hub's stock does not count yet: they stand over the base and not in it.
    fn unsent_movements(&self) -> Result<Vec<Movement>, StoreError> {
        let sql = "SELECT kind, id, scope, 0, 0, body FROM overlay_record AS own
                   WHERE kind = ?1 AND body IS NOT NULL
                     AND NOT EXISTS (SELECT 1 FROM base_record WHERE kind = own.kind AND id = own.id)";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map(params![kind::MOVEMENT], read_row)?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(Movement::of(&row??));
        }
        Ok(found)
    }
}
