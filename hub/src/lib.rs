//! The office server.
pub mod store;
