//! Rescue files, backups and restoring on the command line.

use std::path::{Path, PathBuf};

use countersign_hub::Hub;
use countersign_hub::safekeeping::{BackupOptions, RestoreOptions, Restored, read_recovery_key};
use serde_json::json;

use super::lists::moment;
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

/// Says how far a long run is, at most once per thing and every thousand files.
fn hear(output: Output) -> impl FnMut(&str, u64, u64) {
    move |what, done, all| {
        let step = json!({"step": what, "done": done, "of": all});
        output.progress(&step, || match all {
            0 => what.to_owned(),
            _ => format!("{what}: {done} of {all}"),
        });
    }
}

/// Takes a backup.
pub fn backup(hub: &Hub, options: &BackupOptions, output: &Output) -> Done {
    let taken = hub.backup(options, &mut hear(*output)).map_err(|error| of_hub(&error))?;
    let ok = taken.missing.is_empty() && taken.findings.is_empty();
    let object = json!({
        "folder": taken.folder, "taken": taken.taken, "media": taken.media, "media_bytes": taken.media_bytes,
        "new_media": taken.new_media, "missing": taken.missing, "proven": taken.proven, "findings": taken.findings,
        "ok": ok,
    });
    output.result(&object, || {
        let mut lines =
            vec![format!("{}: {} files, {} of them new", taken.folder.display(), taken.media, taken.new_media)];
        lines.extend(taken.missing.iter().map(|sha256| {
            format!(
                "MISSING media/{sha256}: the hub itself does not have it whole; run `hub check` and look for its device"
            )
        }));
        lines.extend(taken.findings.iter().map(|finding| format!("DAMAGE {}: {}", finding.item, finding.why)));
        lines.push(match (taken.proven, options.prove) {
            (Some(time), _) => format!("proven {}: it restores, and everything in it holds", moment(time)),
            (None, true) => "NOT proven: see above".to_owned(),
            (None, false) => "not proven yet: add --prove".to_owned(),
        });
        lines.join("\n")
    });
    Ok(if ok { Exit::Ok } else { Exit::Refused })
}

/// Makes a hub of a backup.
pub fn restore(backup: PathBuf, into: PathBuf, key: &Path, journal: Option<PathBuf>, output: &Output) -> Done {
    let key = read_recovery_key(key).map_err(|error| of_hub(&error))?;
    let options = RestoreOptions { backup, into: into.clone(), key, journal };
    let restored = Hub::restore(&options, &mut hear(*output)).map_err(|error| of_hub(&error))?;
    let ok = restored.check.ok() && restored.by_hand.is_empty();
    let object = json!({
        "dir": into, "backup": restored.backup, "taken": restored.taken, "epoch": restored.epoch,
        "log_size": restored.log_size, "replayed": restored.replayed, "by_hand": restored.by_hand,
        "prefix": restored.prefix, "findings": restored.check.findings, "ok": ok,
    });
    output.result(&object, || words(&into, &restored));
    Ok(if ok { Exit::Ok } else { Exit::Refused })
}

fn words(into: &Path, restored: &Restored) -> String {
    let mut lines = vec![format!(
        "{} is the hub as of {}, from {}",
        into.display(),
        moment(restored.taken),
        restored.backup.display()
    )];
    lines.extend(restored.check.findings.iter().map(|finding| format!("MISSING {}: {}", finding.item, finding.why)));
    lines.push(match (&restored.replayed, &restored.prefix) {
        (Some(count), _) => format!("the journal knew {count} more entries: they are taken"),
        (None, Some(prefix)) => format!(
            "no journal was given: new numbers and device codes begin with {prefix}, and revocations since the backup must \
             be repeated"
        ),
        (None, None) => String::new(),
    });
    lines.extend(restored.by_hand.iter().map(|entry| format!("TO DO by hand: {entry}")));
    lines.push("serve it, and every device offers again what it kept".to_owned());
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// Shows where the journal stands, or puts it elsewhere.
pub fn journal(hub: &Hub, at: Option<&Path>, output: &Output) -> Done {
    if let Some(at) = at {
        hub.move_journal(at).map_err(|error| of_hub(&error))?;
    }
    let path = hub.journal_path().map_err(|error| of_hub(&error))?;
    let inside = path.starts_with(hub.folder());
    output.result(&json!({"file": path, "inside": inside}), || match inside {
        true => format!("{}: on the hub's own disk; keep it on another one with --at", path.display()),
        false => path.display().to_string(),
    });
    Ok(Exit::Ok)
}
