//! Hand-over and rescue: what is only on this device as one file, and taking a colleague's file.

use std::path::Path;

use countersign_device::app::App;
use countersign_documents::BundleKind;
use serde_json::json;

use super::of_app;
use crate::output::{Done, Exit, Failure, Output};

/// Writes what is only here into one file.
pub fn export(app: &App, file: &Path, output: &Output) -> Done {
    if file.exists() {
        return Err(Failure::refused("exists", format!("{} exists already: name a new file", file.display())));
    }
    let written = app.export(file, BundleKind::Rescue).map_err(|error| of_app(&error))?;
    let object = json!({
        "file": file, "commands": written.commands, "media": written.media, "media_bytes": written.media_bytes,
        "left_out": written.left_out, "signed": written.signed,
    });
    output.result(&object, || {
        let left_out = match written.left_out {
            0 => String::new(),
            count => format!("; {count} files did not fit: export again after these are safe"),
        };
        format!("{}: {} entries and {} files{left_out}", file.display(), written.commands, written.media)
    });
    Ok(if written.left_out == 0 { Exit::Ok } else { Exit::Refused })
}

/// Takes a colleague's file: what is in it goes to the office with this device's next sync.
pub fn import(app: &App, file: &Path, output: &Output) -> Done {
    if !file.exists() {
        return Err(Failure::environment(format!("{} does not exist: check the name", file.display())));
    }
    let taken = app.import(file).map_err(|error| of_app(&error))?;
    let object = json!({
        "person": taken.person_name, "device": taken.device, "commands": taken.commands, "media": taken.media,
        "signed": taken.signed,
    });
    output.result(&object, || {
        format!("took {} entries and {} files of {}; sync sends them", taken.commands, taken.media, taken.person_name)
    });
    Ok(Exit::Ok)
}
