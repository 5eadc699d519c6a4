//! The laptop shell: the field app in a browser. It serves on loopback alone, draws the whole snapshots of
//! `countersign_device::screens` as pages, and calls the methods of `App` for what a person does.
//!
//! Deliberately absent: every rule of the business (they live in `countersign_model::decide`), SQL, another network than
//! loopback (sync is the device core's own), inline scripts and styles, and anything loaded from elsewhere.

mod asking;
mod assets;
mod attention;
mod background;
mod before;
mod class;
mod costs;
mod customer;
mod desk;
mod diagnosis;
mod diagnostics;
mod documents;
mod door;
mod draw;
mod enrol;
mod facts;
mod fields;
mod files;
mod form;
mod form_answers;
mod job;
mod jobs;
mod live;
mod memory;
mod nameplate;
mod once;
mod page;
mod people;
mod planning;
mod raster;
mod router;
mod serve;
mod settings;
mod shell;
mod signing;
mod stamp;
mod status;
#[cfg(test)]
mod tests;
mod times;
mod trouble;
mod upload;
mod words;

pub use serve::{Laptop, LaptopOptions, ServeProblem};
