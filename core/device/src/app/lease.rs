//! The lease on this device: whether content may be shown, and the mark from which it is reckoned.
//!
//! Showing is all that it refuses. Saving, sync, and taking what is unsent to the office go on.

use countersign_model::lease::{Lease, LeaseMark};

use super::{App, AppError};
use crate::store::Rows;

/// The mark is brought up at most this often, milliseconds: what is lost of the reckoning by a sudden restart.
const MARK_EVERY_MS: i64 = 10 * 60 * 1000;

impl App {
    /// Where the lease stands; `None` before the device is enrolled.
    pub fn lease(&self) -> Result<Option<Lease>, AppError> {
        let now = self.own_clocks();
        self.read(|rows| {
            let until = rows.identity()?.map(|identity| identity.lease_until);
            let mark = rows.lease_mark()?;
            Ok(until.map(|until| Lease::at(until, mark.as_ref(), &now)))
        })
    }

    /// Refuses while the lease is over.
    pub(crate) fn check_lease(&self) -> Result<(), AppError> {
        match self.lease()? {
            Some(Lease::Over { until }) => Err(AppError::Locked { until }),
            _ => Ok(()),
        }
    }

    /// Reads one consistent state for a person to see: refused while the lease is over.
    pub(crate) fn show<T>(&self, read: impl FnOnce(&Rows<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        self.check_lease()?;
        self.read(read)
    }

    /// Brings the mark up, so that a restart of the device loses nothing of what has passed. That it cannot be written
    /// (a full disk) must keep nobody from working.
    pub(super) fn keep_lease_mark(&self) {
        if let Err(error) = self.bring_mark_up() {
            tracing::warn!(%error, "the time of the lease could not be kept");
        }
    }

    fn bring_mark_up(&self) -> Result<(), AppError> {
        let now = self.own_clocks();
        let mark: Option<LeaseMark> = self.read(|rows| Ok(rows.lease_mark()?))?;
        let Some(mark) = mark else { return Ok(()) };
        let recent = mark.is_of_boot(&now) && now.monotonic.saturating_sub(mark.monotonic) < MARK_EVERY_MS;
        if !recent {
            self.store().put_lease_mark(&mark.brought_up_to(&now))?;
        }
        Ok(())
    }
}
