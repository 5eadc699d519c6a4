//! The border to Kotlin and Swift: one object over the device core, flat records, errors by what a person can do about
//! them. Mirrors and calls alone: no rule, no text and no SQL. Nothing else in the product knows UniFFI.

#![expect(clippy::result_large_err, reason = "an error carries its sentences, and is written out whole at the border")]

mod answers;
mod commands;
mod countersign;
mod custom;
mod drawing;
mod errors;
mod evidence;
mod mirrors;
mod ports;
mod screens;
mod signing;
mod sync;
mod transfer;
mod words;

uniffi::setup_scaffolding!("countersign_core");
