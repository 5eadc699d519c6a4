//! Storage that fails where it is told to: a plan shared by a SQLite VFS ([`Vfs`]) and by the device's file layer, so
//! that "the n-th call" counts the calls of both in the order in which they happen.
//!
//! Deterministic: nothing here depends on time, and a plan that is not armed passes every call on.

mod files;
mod plan;
mod small;
mod some;
mod vfs;

pub use files::FaultyFiles;
pub use plan::{Call, Faults, Plan, Verdict};
pub use small::{SmallDisk, free};
pub use vfs::Vfs;

/// Every way in which storage fails at its n-th call.
pub fn plans(at: u64) -> [Plan; 6] {
    [
        Plan::KilledAt(at),
        Plan::PowerCutAt(at),
        Plan::PowerCutSome { at, seed: at },
        Plan::BrokenOnce(at),
        Plan::SyncDropped(at),
        Plan::FullFrom(at),
    ]
}
