//! `countersign device`: a field device on the command line, over the same core that phones use.

mod actions;
mod failures;
mod show;
mod sign;
mod sync;
mod transfer;

use countersign_device::app::App;
use countersign_device::store::OpenOptions;

use crate::arguments::{Device, DeviceAction};
use crate::output::{Done, Output};

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
    let app = App::open_with_software_key_and(&arguments.store, options()).map_err(|error| of_app(&error))?;
    match arguments.action {
        DeviceAction::Enrol { code, hub, name } => sync::enrol(&app, &code, hub.as_deref(), &name, output),
        DeviceAction::Sync { watch } => sync::sync(&app, watch, output),
        DeviceAction::Jobs => show::jobs(&app, output),
        DeviceAction::Job { id } => show::job(&app, &id, output),
        DeviceAction::Status => show::status(&app, output),
        DeviceAction::Attention(attention) => show::attention(&app, &attention, output),
        DeviceAction::Preview { id } => sign::preview(&app, &id, output),
        DeviceAction::Sign(request) => sign::sign(&app, request, output),
        DeviceAction::Amend { id, reason } => sign::amend(&app, &id, &reason, output),
        DeviceAction::Export { file } => transfer::export(&app, &file, output),
        DeviceAction::Import { file } => transfer::import(&app, &file, output),
        other => actions::run(&app, other, output),
    }
}
