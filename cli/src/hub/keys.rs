//! The company's keys on the command line: the tenant key and its chain, the recovery key.

use std::path::Path;

use countersign_hub::Hub;
use countersign_hub::safekeeping::RECOVERY_FILE;
use serde_json::json;

use super::of_hub;
use crate::output::{Done, Exit, Failure, Output};

/// Rotates the tenant key.
pub fn rotate(hub: &Hub, output: &Output) -> Done {
    let rotated = hub.rotate().map_err(|error| of_hub(&error))?;
    let object = json!({"number": rotated.number, "fingerprint": rotated.fingerprint, "before": rotated.before});
    output.result(&object, || {
        format!(
            "key {} of the company is {}\nthe one before, {}, stays good for what it signed\ndevices follow at their next \
             sync; take a backup now: an older one does not know this key but for the journal",
            rotated.number, rotated.fingerprint, rotated.before
        )
    });
    Ok(Exit::Ok)
}

/// Shows the chain; a file of it tells `verify` that the keys belong together.
pub fn show(hub: &Hub, file: Option<&Path>, output: &Output) -> Done {
    let chain = hub.chain().map_err(|error| of_hub(&error))?;
    if let Some(file) = file {
        let text = serde_json::to_string_pretty(&chain).map_err(|error| Failure::environment(error.to_string()))?;
        let written = std::fs::File::create_new(file)
            .and_then(|mut new| std::io::Write::write_all(&mut new, format!("{text}\n").as_bytes()));
        written.map_err(|error| {
            Failure::environment(format!("{} cannot be written ({error}): name a new file", file.display()))
        })?;
    }
    for link in &chain.keys {
        let fingerprint = link.key.fingerprint();
        let newest = hub.fingerprint() == fingerprint;
        let object = json!({"number": link.number, "fingerprint": fingerprint, "newest": newest, "file": file});
        output.result(&object, || format!("{}  {fingerprint}{}", link.number, if newest { "  newest" } else { "" }));
    }
    Ok(Exit::Ok)
}

/// Shows the recovery key's public half; makes a key where there is none, or another one where that is asked for.
pub fn recovery_key(hub: &Hub, renew: bool, output: &Output) -> Done {
    let known = hub.recovery_keys().map_err(|error| of_hub(&error))?;
    let made = known.is_none() || renew;
    let keys = match known {
        Some(_) if renew => hub.renew_recovery_key().map_err(|error| of_hub(&error))?,
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
