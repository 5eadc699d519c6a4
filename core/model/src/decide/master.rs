//! Master data and devices: the office wins; records are archived, never deleted.

use serde_json::Value;

use super::judge::{Judge, Ruling, refuse, require_text};
use super::{Change, Refusal, RefusalCode};
use crate::command::Origin;
use crate::entity::{
    Branch, Code, Company, Contact, Customer, Depot, Device, DeviceState, Entity, FormVersion, Machine, MachineModel,
    Part, Person, Policy, Price, Role, Site, code_id, price_id,
};
use crate::id::{Id, RecordRef};
use crate::payload::{DeviceEnrol, DeviceRevoke, MasterSave};
use crate::record::{Row, Scope, kind};
use crate::state::Lookup;

/// Where master data of a kind travel; `None` for kinds that are no master data.
fn scope_of(record: &RecordRef, body: &Value) -> Option<Scope> {
    let customer = body.get("customer").and_then(Value::as_str).and_then(|text| text.parse().ok());
    Some(match record.kind.as_str() {
        kind::COMPANY | kind::BRANCH => Scope::reference("company"),
        kind::PERSON => Scope::reference("people"),
        kind::MODEL => Scope::reference("models"),
        kind::PART | kind::PRICE => Scope::reference("parts"),
        kind::CODE => Scope::reference("codes"),
        kind::DEPOT => Scope::reference("depots"),
        kind::FORM => Scope::reference("forms"),
        kind::POLICY => Scope::reference("policies"),
        kind::CUSTOMER => Scope::customer(record.id),
        kind::CONTACT => Scope::customer(customer?),
        kind::SITE => Scope::site(record.id),
        kind::MACHINE => Scope::machine(record.id),
        _ => return None,
    })
}

/// Whether the body is one of its kind. Prices and codes stand under the id that everyone derives, so that an import
/// and an edit meet in one row; a price is in the currency of its list.
fn fits(record: &RecordRef, body: &Value) -> bool {
    fn read<T: Entity>(id: Id, body: &Value) -> Option<T> {
        let row =
            Row { kind: T::KIND.to_owned(), id, scope: Scope::default(), rev: 0, seq: 0, body: Some(body.clone()) };
        T::of(&row)
    }
    fn reads<T: Entity>(id: Id, body: &Value) -> bool {
        read::<T>(id, body).is_some()
    }
    let id = record.id;
    match record.kind.as_str() {
        kind::COMPANY => reads::<Company>(id, body),
        kind::BRANCH => reads::<Branch>(id, body),
        kind::PERSON => reads::<Person>(id, body),
        kind::MODEL => reads::<MachineModel>(id, body),
        kind::PART => reads::<Part>(id, body),
        kind::PRICE => read::<Price>(id, body)
            .is_some_and(|price| id == price_id(&price.list, price.part) && price.price.currency == price.list),
        kind::CODE => read::<Code>(id, body).is_some_and(|code| id == code_id(&code.list, &code.code)),
        kind::DEPOT => reads::<Depot>(id, body),
        kind::FORM => reads::<FormVersion>(id, body),
        kind::POLICY => reads::<Policy>(id, body),
        kind::CUSTOMER => reads::<Customer>(id, body),
        kind::CONTACT => reads::<Contact>(id, body),
        kind::SITE => reads::<Site>(id, body),
        kind::MACHINE => reads::<Machine>(id, body),
        _ => false,
    }
}

/// Kinds that only an administrator changes: who may do what, what is filled, what is promised.
const GUARDED: &[&str] = &[kind::COMPANY, kind::BRANCH, kind::PERSON, kind::FORM, kind::POLICY];

pub(super) fn master_save(judge: &mut Judge<'_>, payload: MasterSave) -> Ruling {
    let guarded = GUARDED.contains(&payload.record.kind.as_str());
    let administers = judge.roles().contains(&Role::Administrator) || *judge.context.origin == Origin::System;
    if guarded && !administers && judge.context.on_hub {
        return refuse(RefusalCode::NotAllowed);
    }
    let before = match judge.view.row(&payload.record.kind, payload.record.id)? {
        Lookup::Known(row) => row.body,
        _ => None,
    };
    let mut body = before.unwrap_or_else(|| Value::Object(Default::default()));
    if let (Value::Object(body), Value::Object(fields)) = (&mut body, payload.fields) {
        body.extend(fields);
    }
    let scope = scope_of(&payload.record, &body).filter(|_| fits(&payload.record, &body));
    let Some(scope) = scope else {
        let why = format!("these fields do not make a {}", payload.record.kind);
        return Err(Refusal::new(RefusalCode::Malformed).with("why", why).into());
    };
    judge.put_raw(Change::Put { record: payload.record, scope, body });
    Ok(())
}

pub(super) fn device_enrol(judge: &mut Judge<'_>, payload: DeviceEnrol) -> Ruling {
    judge.unused(kind::DEVICE, payload.device)?;
    let device = Device {
        person: payload.person,
        name: payload.name,
        code: payload.code,
        key: payload.key,
        state: DeviceState::Active,
        enrolled: judge.context.now,
        revoke_reason: String::new(),
        extra: Default::default(),
    };
    judge.put(payload.device, &Scope::device(payload.device), &device);
    Ok(())
}

pub(super) fn device_revoke(judge: &mut Judge<'_>, payload: DeviceRevoke) -> Ruling {
    require_text("reason", &payload.reason)?;
    let Some((row, mut device)) = judge.known::<Device>(payload.device)? else { return Ok(()) };
    device.state = DeviceState::Revoked;
    device.revoke_reason = payload.reason;
    judge.put(payload.device, &row.scope, &device);
    Ok(())
}
