//! Numbers of vouchers and cash receipts from the phone's own block, `YY-<device code>-<n>`, allotted in the transaction that uses them.
//!
//! Never gives a number twice on one device: what was given is remembered by name, in the log, and by the vouchers
//! themselves, so that a salvaged store goes on where it was.

use countersign_model::record::kind;
use rusqlite::params;

use super::log::Entry;
use super::{StoreError, Tx, settings};

impl Tx<'_> {
    /// The next number of this device's block in a year.
    pub fn next_number(&self, year: i32) -> Result<String, StoreError> {
        let identity = self.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
        self.next_of(format!("{:02}-{}-", year.rem_euclid(100), identity.code), kind::VOUCHER)
    }

    /// The next number of a cash receipt, `YY-<device code>-R<n>`.
    pub fn next_cash_number(&self, year: i32) -> Result<String, StoreError> {
        let identity = self.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
        self.next_of(format!("{:02}-{}-R", year.rem_euclid(100), identity.code), kind::CASH_RECEIPT)
    }

    fn next_of(&self, block: String, kind: &str) -> Result<String, StoreError> {
        let remembered: u64 = settings::read(self.connection(), &name(&block))?.unwrap_or(0);
        let next = remembered.max(self.largest_of(&block, kind)?).saturating_add(1);
        settings::save(self.connection(), &name(&block), &next)?;
        let number = format!("{block}{next}");
        self.log(Entry::Number { block, last: next });
        Ok(number)
    }

    fn largest_of(&self, block: &str, kind: &str) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(max(CAST(substr(json_extract(body, '$.number'), length(?2) + 1) AS INTEGER)), 0)
                   FROM view_record WHERE kind = ?1 AND substr(json_extract(body, '$.number'), 1, length(?2)) = ?2";
        let largest: i64 = self.connection().prepare_cached(sql)?.query_row(params![kind, block], |row| row.get(0))?;
        Ok(largest.unsigned_abs())
    }
}

/// Under which name the last number of a block is remembered.
pub(super) fn name(block: &str) -> String {
    format!("{PREFIX}{block}")
}

/// What all those names begin with.
pub(super) const PREFIX: &str = "number/";
