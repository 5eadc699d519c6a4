//! Lists, export and check of a hub.

use std::path::Path;

use countersign_device::model::Language;
use countersign_device::model::entity::{Customer, Device, Entity, Job, Machine, Part, Person};
use countersign_device::model::record::Row;
use countersign_hub::Hub;
use serde_json::{Value, json};

use super::of_hub;
use crate::arguments::Listed;
use crate::output::{Done, Exit, Output};

/// Lists records, one line each.
pub fn list(hub: &Hub, what: Listed, output: &Output) -> Done {
    match what {
        Listed::People => rows(
            hub,
            output,
            |row, person: &Person| json!({"id": row.id, "name": person.name, "roles": person.roles, "archived": person.archived}),
        ),
        Listed::Customers => rows(
            hub,
            output,
            |row, customer: &Customer| json!({"id": row.id, "name": customer.name, "language": customer.language}),
        ),
        Listed::Machines => rows(
            hub,
            output,
            |row, machine: &Machine| json!({"id": row.id, "serial": machine.serial, "customer": machine.customer, "place": machine.place}),
        ),
        Listed::Parts => rows(
            hub,
            output,
            |row, part: &Part| json!({"id": row.id, "code": part.code, "name": part.name.get(Language::English), "price": part.price}),
        ),
        Listed::Jobs => rows(
            hub,
            output,
            |row, job: &Job| json!({"id": row.id, "number": job.number, "state": job.state, "fault": job.fault}),
        ),
        Listed::Backups => backups(hub, output),
        Listed::Devices => rows(
            hub,
            output,
            |row, device: &Device| json!({"id": row.id, "code": device.code, "name": device.name, "state": device.state, "person": device.person}),
        ),
    }
}

/// The last backups, newest first.
fn backups(hub: &Hub, output: &Output) -> Done {
    for run in hub.backups().map_err(|error| of_hub(&error))? {
        let object = json!({
            "folder": run.folder, "taken": run.taken, "proven": run.proven, "media": run.media, "findings": run.findings,
        });
        output.result(&object, || {
            let proven = run.proven.map_or_else(|| "not proven".to_owned(), |time| format!("proven {}", moment(time)));
            format!("{}  {proven}  {} files  {}", moment(run.taken), run.media, run.folder)
        });
    }
    Ok(Exit::Ok)
}

/// A time in words.
pub fn moment(time: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(time).unwrap_or_default();
    time.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn rows<T: Entity>(hub: &Hub, output: &Output, object: impl Fn(&Row, &T) -> Value) -> Done {
    for (row, body) in hub.all::<T>().map_err(|error| of_hub(&error))? {
        let object = object(&row, &body);
        output.result(&object, || plain(&object));
    }
    Ok(Exit::Ok)
}

/// The words of an object, for people.
fn plain(object: &Value) -> String {
    let words = object.as_object().into_iter().flatten().map(|(_, value)| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    words.collect::<Vec<_>>().join("  ")
}

/// Writes everything into one file.
pub fn export(hub: &Hub, file: &Path, output: &Output) -> Done {
    let written = hub.export(file).map_err(|error| of_hub(&error))?;
    let object = json!({"file": file, "records": written.records, "media": written.media, "bytes": written.bytes});
    output.result(&object, || format!("{}: {} records, {} files", file.display(), written.records, written.media));
    Ok(Exit::Ok)
}

/// Checks every hash, every invariant and the log.
pub fn check(hub: &Hub, output: &Output) -> Done {
    let progress = *output;
    let mut hear = |sort: &str| {
        if !progress.is_json() {
            progress.progress(&json!({"checking": sort}), || format!("checking {sort}"));
        }
    };
    let report = hub.check(&mut hear).map_err(|error| of_hub(&error))?;
    let object = json!({
        "ok": report.ok(), "checked": report.checked, "findings": report.findings, "notes": report.notes,
    });
    output.result(&object, || {
        let mut lines: Vec<String> = report.checked.iter().map(|(sort, count)| format!("{count:6} {sort}")).collect();
        lines.extend(report.findings.iter().map(|finding| format!("DAMAGE {}: {}", finding.item, finding.why)));
        lines.extend(report.notes.iter().map(|note| format!("note {}: {}", note.item, note.why)));
        lines.push(if report.ok() { "everything holds".to_owned() } else { "damage was found: see above".to_owned() });
        lines.join("\n")
    });
    Ok(if report.ok() { Exit::Ok } else { Exit::Refused })
}
