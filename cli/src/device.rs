//! `countersign device`: a field device on the command line, over the same core that phones use.

mod actions;
mod annotate;
mod failures;
mod fieldwork;
mod look;
mod show;
mod sign;
mod sync;
mod transfer;

use std::path::Path;

use countersign_device::app::App;
use countersign_device::store::OpenOptions;

use crate::arguments::{Device, DeviceAction};
use crate::output::{Done, Failure, Output};

pub use failures::{of_app, of_enrol};
pub use sync::{enrol_string, runtime};

/// The ballast of a store on a laptop or server (design section 9 names 64 MiB for phones).
const BALLAST: u64 = 8 << 20;

/// How the command line opens a store.
pub fn options() -> OpenOptions {
    OpenOptions { ballast_bytes: BALLAST, ..OpenOptions::default() }
}

/// Runs one action on a device's store.
pub fn run(arguments: Device, output: &Output) -> Done {
    if !matches!(arguments.action, DeviceAction::Enrol { .. }) {
        is_store(&arguments.store)?;
    }
    let app = App::open_with_software_key_and(&arguments.store, options()).map_err(|error| of_app(&error))?;
    match arguments.action {
        DeviceAction::Enrol { code, hub, look: true, .. } => sync::look(&app, &code, hub.as_deref(), output),
        DeviceAction::Enrol { code, hub, name, .. } => sync::enrol(&app, &code, hub.as_deref(), &name, output),
        DeviceAction::Sync { watch } => sync::sync(&app, watch, output),
        DeviceAction::Jobs(jobs) => show::jobs(&app, &jobs, output),
        DeviceAction::Departure { id } => look::departure(&app, &id, output),
        DeviceAction::Machine { name } => look::machine(&app, &name, output),
        DeviceAction::Why { id, question } => look::why(&app, &id, &question, output),
        DeviceAction::Job { id } => show::job(&app, &id, output),
        DeviceAction::Status => show::status(&app, output),
        DeviceAction::Attention(attention) => show::attention(&app, &attention, output),
        DeviceAction::Preview { id } => sign::preview(&app, &id, output),
        DeviceAction::Sign(request) => sign::sign(&app, request, output),
        DeviceAction::Amend { id, reason } => sign::amend(&app, &id, &reason, output),
        DeviceAction::Annotate(request) => annotate::annotate(&app, &request, output),
        DeviceAction::ReceiveKey => transfer::receive_key(&app, output),
        DeviceAction::Export { file, to, job, rescue: _ } => transfer::export(&app, &file, to.as_deref(), &job, output),
        DeviceAction::Import { file } => transfer::import(&app, &file, output),
        DeviceAction::Step(step) => actions::run(&app, step, output),
        DeviceAction::Fieldwork(fieldwork) => fieldwork::run(&app, fieldwork, output),
    }
}

/// Only enrolling makes a store: a mistyped name must not look like a device with no work on it.
fn is_store(folder: &Path) -> Result<(), Failure> {
    if ["store.db", "outbox.log", "device.key"].iter().any(|name| folder.join(name).exists()) {
        return Ok(());
    }
    Err(Failure::environment(format!("{} holds no device's store: check --store, or enrol first", folder.display())))
}
