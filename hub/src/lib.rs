//! The office server of Countersign: inbox, judge, feed, media, keys; one folder, one process, no global state.
//!
//! | module | for |
//! |---|---|
//! | [`hub`] | the hub of a folder as an object |
//! | [`service`] | what the office does with it: people, jobs, reviews, invitations, check |
//! | [`store`] | the database; the only place with SQL |
//! | [`master`] | the books of master data as one table: fields, how they are typed, stored and found |
//! | [`import`] | files of master data: reading, checking, running |
//! | [`judge`] | storing, then deciding what devices and people send |
//! | [`blobs`], [`uploads`] | bytes, and how they arrive |
//! | [`safekeeping`] | recovery key, rescue files, backups, restoring |
//! | [`api`] | what devices and other programs call over HTTP, with its OpenAPI document |
//! | [`webhooks`] | telling other programs what happened |
//! | [`serve`] | listening, with or without TLS |
//!
//! It never depends on the device crate: they meet in `countersign_model::wire`.

pub mod api;
pub mod blobs;
mod calendar;
pub mod console;
pub mod edge;
pub mod error;
mod forms;
pub mod hub;
pub mod import;
pub mod judge;
mod keys;
pub mod master;
mod metrics;
mod phone_app;
pub mod problem;
pub mod safekeeping;
mod sample;
pub mod serve;
pub mod service;
mod signer;
mod staging;
pub mod store;
pub mod tls;
pub mod uploads;
pub mod webhooks;

pub use error::{HubError, Outcome};
pub use hub::{Hub, InitOptions};
pub use judge::{Caller, RawEnvelope, RawPush};
pub use phone_app::PhoneApp;
pub use problem::Problem;
pub use serve::{ServeOptions, Serving, Stopper};
pub use tls::Tls;
