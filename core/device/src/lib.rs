//! The phone's engine: the store, media files, sync, screens and the app object.
//!
//! The phone is the system of record until the hub has sealed its copy: what [`store::Store`] called saved survives a
//! stop at any moment. Rules are decided in `countersign_model`; here they are only applied and remembered.
//!
//! Deliberately absent: network outside `sync/http.rs`, SQL outside `store` and `screens`, the time outside `app.rs`,
//! calls into foreign code inside a database transaction, global state.

pub mod app;
pub mod media;
pub mod screens;
pub mod store;
pub mod sync;
pub mod transfer;
pub mod vault;

// What a program around this crate needs of the crates below it, so that it depends on one border only.
pub use countersign_evidence as evidence;
pub use countersign_forms as forms;
pub use countersign_model as model;
pub use countersign_texts as texts;
