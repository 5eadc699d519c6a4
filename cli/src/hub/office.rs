//! What an administrator does in the office without a browser: people, links for a password, devices that a restored hub
//! did not know, policies. All of it are the commands that the console gives, so the audit log has them as well.

use countersign_device::model::document::VoucherClass;
use countersign_device::model::entity::{Person, Policy, Role};
use countersign_device::model::payload::{MasterSave, Payload};
use countersign_device::model::record::{Scope, kind};
use countersign_device::model::{Id, Language, RecordRef};
use countersign_hub::{Hub, HubError};
use serde_json::{Map, Value, json};

use super::of_hub;
use super::orders::word;
use crate::arguments::{HubDevice, HubPerson, HubPolicy};
use crate::output::{Done, Exit, Failure, Output};

const MEBIBYTE: i64 = 1 << 20;

/// Saves some fields of a record; the others stay.
fn save(hub: &Hub, kind: &str, id: Id, fields: Map<String, Value>) -> Result<(), Failure> {
    let record = RecordRef::new(kind, id);
    let payload = Payload::MasterSave(MasterSave { record, fields: Value::Object(fields), seen: None });
    hub.order(&hub.system(), &payload, Scope::office()).map(|_| ()).map_err(|error| of_hub(&error))
}

/// Adds a person, or changes one.
pub fn person(hub: &Hub, order: &HubPerson, output: &Output) -> Done {
    let role = |text: &String| word(Role::from_word(text), Role::KNOWN, "--role");
    let roles: Vec<Role> = order.role.iter().map(role).collect::<Result<_, _>>()?;
    let language = order.language.as_deref().map(|tag| {
        let known = || Failure::usage(format!("--language {tag}: use one of en, es, zh-Hans, zh-Hant"));
        Language::from_tag(tag).ok_or_else(known)
    });
    let language = language.transpose()?;
    let id = match hub.find_person(&order.person) {
        Ok((id, _)) => {
            let mut fields = Map::new();
            if !roles.is_empty() {
                fields.insert("roles".to_owned(), json!(roles));
            }
            if let Some(language) = language {
                fields.insert("language".to_owned(), json!(language));
            }
            if order.left || order.back {
                fields.insert("archived".to_owned(), json!(order.left));
            }
            if !fields.is_empty() {
                keep_an_administrator(hub, id, &fields)?;
                save(hub, kind::PERSON, id, fields)?;
            }
            id
        }
        Err(HubError::NotFound { .. }) if !order.left && !order.back => hub
            .add_person(&hub.system(), &order.person, &roles, language.unwrap_or_default())
            .map_err(|error| of_hub(&error))?,
        Err(error) => return Err(of_hub(&error)),
    };
    let person = hub.get::<Person>(id).map_err(|error| of_hub(&error))?.map(|(_, person)| person).unwrap_or_default();
    let roles: Vec<&str> = person.roles.iter().map(Role::as_str).collect();
    let object = json!({
        "person": id, "name": person.name, "roles": roles, "language": person.language, "left": person.archived,
    });
    output.result(&object, || {
        let left = if person.archived { "  left" } else { "" };
        format!("{id}  {}  {}{left}", person.name, roles.join(", "))
    });
    Ok(Exit::Ok)
}

/// Somebody must be able to let others in.
fn keep_an_administrator(hub: &Hub, id: Id, fields: &Map<String, Value>) -> Result<(), Failure> {
    let roles = fields.get("roles").map(|roles| serde_json::from_value::<Vec<Role>>(roles.clone()).unwrap_or_default());
    let goes = fields.get("archived") == Some(&json!(true))
        || roles.is_some_and(|roles| !roles.contains(&Role::Administrator));
    let people = hub.all::<Person>().map_err(|error| of_hub(&error))?;
    let administers = |person: &Person| !person.archived && person.roles.contains(&Role::Administrator);
    let others = people.iter().any(|(row, person)| row.id != id && administers(person));
    let is_one = people.iter().any(|(row, person)| row.id == id && administers(person));
    if goes && is_one && !others {
        let why = "nobody else is an administrator: give the role to another person first";
        return Err(Failure::refused("input", why.to_owned()));
    }
    Ok(())
}

/// A link by which a person sets a password.
pub fn password_link(hub: &Hub, name: &str, output: &Output) -> Done {
    let (id, person) = hub.find_person(name).map_err(|error| of_hub(&error))?;
    let link = hub.sign_in_link(id, false).map_err(|error| of_hub(&error))?;
    hub.note_event("link.make", Some(id), &json!({})).map_err(|error| of_hub(&error))?;
    let object = json!({"person": id, "path": link.path, "expires": link.expires});
    output.result(&object, || {
        format!(
            "{}: open {} behind the console's address, once\nwhoever has it signs in as this person",
            person.name, link.path
        )
    });
    Ok(Exit::Ok)
}

/// Confirms a device that a restored hub did not know, or turns it down.
pub fn device(hub: &Hub, order: &HubDevice, output: &Output) -> Done {
    let (id, body) = hub.find_device(&order.device).map_err(|error| of_hub(&error))?;
    let (done, state) = match (order.confirm, order.turn_down) {
        (true, _) => (hub.confirm_device(&hub.system(), id, &order.reason), "confirmed"),
        (_, true) => (hub.turn_down_device(&hub.system(), id, &order.reason), "turned down"),
        _ => return Err(Failure::usage("say --confirm or --turn-down")),
    };
    done.map_err(|error| of_hub(&error))?;
    output.result(&json!({"device": id, "code": body.code, "state": state}), || format!("{state} {}", body.code));
    Ok(Exit::Ok)
}

/// Shows a policy, and changes what is given.
pub fn policy(hub: &Hub, order: &HubPolicy, output: &Output) -> Done {
    let policies = hub.all::<Policy>().map_err(|error| of_hub(&error))?;
    let fits = |name: &str, id: Id, policy: &Policy| policy.name == name || id.to_string() == name;
    let mut found = policies.into_iter().map(|(row, policy)| (row.id, policy));
    let (id, _) = match &order.policy {
        Some(name) => found.find(|(id, policy)| fits(name, *id, policy)),
        None => found.next().filter(|_| found.next().is_none()),
    }
    .ok_or_else(|| Failure::refused("not_found", "name one of the policies that the console shows".to_owned()))?;
    let mut fields = Map::new();
    if let Some(mebibytes) = order.reserve {
        fields.insert("capture_reserve_bytes".to_owned(), json!(mebibytes.saturating_mul(MEBIBYTE)));
    }
    if let Some(days) = order.grace {
        fields.insert("grace_days".to_owned(), json!(days));
    }
    if let Some(classes) = &order.hide_prices {
        let classes = classes.split(',').map(str::trim).filter(|class| !class.is_empty());
        let class = |text: &str| word(VoucherClass::from_word(text), VoucherClass::KNOWN, "--hide-prices");
        fields.insert("hide_prices".to_owned(), json!(classes.map(class).collect::<Result<Vec<_>, _>>()?));
    }
    if !fields.is_empty() {
        save(hub, kind::POLICY, id, fields)?;
    }
    let now = hub.get::<Policy>(id).map_err(|error| of_hub(&error))?.map(|(_, policy)| policy).unwrap_or_default();
    let hidden: Vec<&str> = now.hide_prices.iter().map(VoucherClass::as_str).collect();
    let object = json!({
        "policy": id, "name": now.name, "capture_reserve_bytes": now.capture_reserve_bytes, "grace_days": now.grace_days,
        "hide_prices": hidden, "rates": now.rates,
    });
    output.result(&object, || {
        let mebibytes = i64::try_from(now.capture_reserve_bytes).unwrap_or(i64::MAX) / MEBIBYTE;
        format!(
            "{id}  {}  {mebibytes} MiB free before a camera opens  kept {} days on phones  no prices: {}  {} rates",
            now.name,
            now.grace_days,
            if hidden.is_empty() { "none".to_owned() } else { hidden.join(", ") },
            now.rates.len()
        )
    });
    Ok(Exit::Ok)
}
