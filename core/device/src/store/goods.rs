//! Reading the stock, with this device's own unsent movements.

use countersign_model::Id;
use countersign_model::entity::{Entity, Movement, Stock, stock_id};
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
