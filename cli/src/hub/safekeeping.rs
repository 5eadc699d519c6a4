//! Rescue files, the recovery key, backups and restoring on the command line.

use std::path::Path;

use countersign_hub::Hub;
use countersign_hub::safekeeping::{RECOVERY_FILE, read_recovery_key};
use serde_json::json;

use super::of_hub;
use crate::output::{Done, Exit, Output};

/// Opens a rescue file and takes what is in it.
pub fn rescue(hub: &Hub, file: &Path, key: &Path, output: &Output) -> Done {
    let key = read_recovery_key(key).map_err(|error| of_hub(&error))?;
    let taken = hub.rescue(file, &key).map_err(|error| of_hub(&error))?;
    let object = json!({
        "device": taken.device, "person": taken.person, "commands": taken.commands,
        "new_commands": taken.new_commands, "quarantined": taken.quarantined, "media": taken.media,
        "new_media": taken.new_media,
    });
    output.result(&object, || {
        let waiting = match taken.quarantined {
            0 => String::new(),
            count => format!("; {count} entries are not signed by the device and wait in the attention list"),
        };
        format!(
            "{}: {} of {} entries and {} of {} files of {} are new{waiting}",
            file.display(),
            taken.new_commands,
            taken.commands,
            taken.new_media,
            taken.media,
            taken.person
        )
    });
    Ok(Exit::Ok)
}

/// Shows the recovery key's public half; makes a key where there is none.
pub fn recovery_key(hub: &Hub, output: &Output) -> Done {
    let known = hub.recovery_keys().map_err(|error| of_hub(&error))?;
    let made = known.is_none();
    let keys = match known {
        Some(keys) => keys,
        None => hub.make_recovery_key().map_err(|error| of_hub(&error))?,
    };
    let file = hub.folder().join(RECOVERY_FILE);
    let lies_here = hub.recovery_key_lies_here();
    let object = json!({
        "public": keys.recovery.to_string(), "made": made, "private_lies_here": lies_here,
        "file": lies_here.then_some(&file),
    });
    output.result(&object, || match lies_here {
        true => format!(
            "{}\nthe private half lies in {}: move it off this machine, nothing else opens backups and rescue files",
            keys.recovery,
            file.display()
        ),
        false => keys.recovery.to_string(),
    });
    Ok(Exit::Ok)
}
