//! Sync: commands and media go up, records come down, over a network that is mostly away.
//!
//! [`engine`] decides what happens next and does nothing itself: event in, actions out, no clock, no chance, no file,
//! no network. [`http`] is the only code of the device that talks to a network. [`driver`] is the dull part that runs
//! the engine's actions against a [`carrier::Carrier`] and the device's own store and hands the results back as
//! events. [`enrol`] redeems an invitation.
//!
//! What never happens here: nothing is deleted because of an answer (that is the store's decision, under a receipt),
//! nothing counts as sent before the hub said that it stored it, and a download never waits for an upload.

pub mod carrier;
mod chance;
mod down;
pub mod driver;
pub mod engine;
pub mod enrol;
pub mod failure;
mod fetch;
pub mod http;
mod lane;
mod listen;
mod media;
pub mod message;
mod network;
mod push;
pub mod status;

pub use driver::{
    Progress, Surroundings, SyncReport, Wish, carrier_of, sync_once, sync_once_by, sync_some, watch, watch_by,
    watch_some,
};
pub use enrol::{EnrolProblem, HubSeen, Newcomer, enrol, enrol_by, invitation, look};
pub use failure::{FileProblem, Problem};
pub use network::{FilesToSend, Network};
pub use status::{Connection, Phase, SyncStatus};
