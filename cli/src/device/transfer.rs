//! Hand-over and rescue: what is only on this device as one encrypted file, and taking a colleague's file.

use std::path::Path;

use countersign_device::app::App;
use countersign_device::model::recovery::EncryptionKey;
use countersign_device::transfer::{ExportTo, Imported};
use serde_json::json;

use super::of_app;
use crate::hub::qr;
use crate::output::{Done, Exit, Failure, Output};

/// Shows the key that hand-over files for this device are encrypted to.
pub fn receive_key(app: &App, output: &Output) -> Done {
    let key = app.receive_key().map_err(|error| of_app(&error))?.to_string();
    output.result(&json!({"key": key}), || format!("{}\n{key}", qr(&key)));
    Ok(Exit::Ok)
}

/// Writes what is only here into one file.
pub fn export(app: &App, file: &Path, to: Option<&str>, jobs: &[String], output: &Output) -> Done {
    let to = recipient(app, to, jobs)?;
    if file.exists() {
        return Err(Failure::refused("exists", format!("{} exists already: name a new file", file.display())));
    }
    let written = app.export(file, &to).map_err(|error| of_app(&error))?;
    let kind = if to == ExportTo::Office { "rescue" } else { "hand-over" };
    let object = json!({
        "file": file, "kind": kind, "commands": written.commands, "media": written.media,
        "media_bytes": written.media_bytes, "left_out": written.left_out, "signed": written.signed,
    });
    output.result(&object, || {
        let left_out = match written.left_out {
            0 => String::new(),
            count => format!("; {count} files did not fit or are damaged: they are still only here"),
        };
        let reader = if to == ExportTo::Office { "only the office" } else { "only the device that showed the key" };
        format!(
            "{}: {} entries and {} files, which {reader} can read{left_out}",
            file.display(),
            written.commands,
            written.media
        )
    });
    Ok(if written.left_out == 0 { Exit::Ok } else { Exit::Refused })
}

fn recipient(app: &App, to: Option<&str>, jobs: &[String]) -> Result<ExportTo, Failure> {
    let Some(key) = to else { return Ok(ExportTo::Office) };
    let key: EncryptionKey = key.parse().map_err(|why| Failure::refused("key", format!("--to: {why}")))?;
    let jobs = jobs.iter().map(|job| app.find_job(job)).collect::<Result<_, _>>().map_err(|error| of_app(&error))?;
    Ok(ExportTo::Colleague { key, jobs })
}

/// Takes a colleague's file: what is in it goes to the office with this device's next sync.
pub fn import(app: &App, file: &Path, output: &Output) -> Done {
    if !file.exists() {
        return Err(Failure::environment(format!("{} does not exist: check the name", file.display())));
    }
    let taken = app.import(file).map_err(|error| of_app(&error))?;
    let object = json!({
        "person": taken.person_name, "device": taken.device, "commands": taken.commands, "media": taken.media,
        "signed": taken.signed, "sealed": taken.sealed,
    });
    output.result(&object, || words(&taken));
    Ok(Exit::Ok)
}

fn words(taken: &Imported) -> String {
    let (commands, media) = (taken.commands, taken.media);
    match taken.sealed {
        true => format!(
            "took a rescue file of {commands} entries and {media} files, which only the office can read; sync carries it there"
        ),
        false => format!("took {commands} entries and {media} files of {}; sync sends them", taken.person_name),
    }
}
