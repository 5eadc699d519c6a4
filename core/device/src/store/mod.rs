//! The store: SQLite for what is known, files for media, and an append-only log of unsent commands.
//!
//! Never judges by itself (that is `countersign_model::decide`), never asks for the time, never reaches the network.

mod calls;
mod error;
mod exchange;

pub use error::StoreError;
pub use exchange::{
    AppliedPage, AppliedScope, CarriedPush, ChainHead, Contact, Identity, MediaClass, MediaItem, PendingEnrolment,
    PushBatch, ScopeToFetch, SyncProblem,
};

/// A device's store in one folder. Cloning shares it; any thread may use it.
#[derive(Clone, Debug)]
pub struct Store {}
