//! What tests across crates share: a faulty network, faulty storage, a seeded chance, and a whole office with its hub
//! and devices in one process.
//!
//! Used by tests alone; nothing that ships may depend on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken expectation here is a failed test, and its message says which"
)]

pub mod bench;
pub mod chance;
pub mod disk;
pub mod fuzz;
pub mod http;
pub mod measure;
pub mod memory;
pub mod office;
pub mod paper;
pub mod proxy;
pub mod pusher;
pub mod safe;
pub mod served;
pub mod simulation;
pub mod steps;
