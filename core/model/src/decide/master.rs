//! Master data and devices: the office wins; records are archived, never deleted.

use serde_json::Value;

use super::judge::{Judge, Ruling, refuse, require_text};
use super::{Change, Refusal, RefusalCode};
use crate::command::Origin;
use crate::entity::{
    Branch, Code, Company, Contact, Customer, Depot, Device, DeviceState, Entity, FormVersion, Machine, MachineModel,
    Part, Person, Policy, Price, Rate, Site, code_id, price_id,
};
use crate::id::{Id, RecordRef};
use crate::limits::{GRACE_DAYS, MOST_MINOR, RESERVE_BYTES, within};
use crate::payload::{DeviceConfirm, DeviceEnrol, DeviceIntroduce, DeviceRevoke, MasterSave};
use crate::permission;
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

/// What a record of a kind is called by: never empty.
const NAMED: &[(&str, &str)] = &[
    (kind::COMPANY, "name"),
    (kind::BRANCH, "name"),
    (kind::PERSON, "name"),
    (kind::CUSTOMER, "name"),
    (kind::CONTACT, "name"),
    (kind::SITE, "name"),
    (kind::DEPOT, "name"),
    (kind::MACHINE, "serial"),
    (kind::PART, "code"),
    (kind::CODE, "code"),
    (kind::POLICY, "name"),
];

/// Which field of a kind names a record of which other kind.
const REFERENCES: &[(&str, &str, &str)] = &[
    (kind::PERSON, "branch", kind::BRANCH),
    (kind::CONTACT, "customer", kind::CUSTOMER),
    (kind::SITE, "customer", kind::CUSTOMER),
    (kind::MACHINE, "customer", kind::CUSTOMER),
    (kind::MACHINE, "model", kind::MODEL),
    (kind::MACHINE, "site", kind::SITE),
    (kind::PRICE, "part", kind::PART),
    (kind::DEPOT, "branch", kind::BRANCH),
    (kind::DEPOT, "person", kind::PERSON),
];

pub(super) fn master_save(judge: &mut Judge<'_>, payload: MasterSave) -> Ruling {
    let by_hub = *judge.context.origin == Origin::System;
    if judge.context.on_hub && !by_hub && !permission::may_save(&payload.record.kind, judge.roles()) {
        return refuse(RefusalCode::NotAllowed);
    }
    let (before, rev) = match judge.view.row(&payload.record.kind, payload.record.id)? {
        Lookup::Known(row) => (row.body, row.rev),
        _ => (None, 0),
    };
    let mut body = before.clone().unwrap_or_else(|| Value::Object(Default::default()));
    if let (Value::Object(body), Value::Object(fields)) = (&mut body, payload.fields) {
        body.extend(fields);
        body.retain(|_, value| !value.is_null());
    }
    // A form sent twice changes nothing the second time, so it is no news that the record has changed since.
    let changes = before.as_ref() != Some(&body);
    if changes && judge.context.on_hub && payload.seen.is_some_and(|seen| seen != rev) {
        return refuse(RefusalCode::ChangedSince);
    }
    let scope = scope_of(&payload.record, &body).filter(|_| fits(&payload.record, &body));
    let Some(scope) = scope else {
        let why = format!("these fields do not make a {}", payload.record.kind);
        return Err(Refusal::new(RefusalCode::Malformed).with("why", why).into());
    };
    for (_, field) in NAMED.iter().filter(|(kind, _)| *kind == payload.record.kind) {
        require_text(field, body.get(*field).and_then(Value::as_str).unwrap_or_default())?;
    }
    check_references(judge, &payload.record.kind, before.as_ref(), &body)?;
    if payload.record.kind == kind::POLICY {
        check_policy(&body)?;
    }
    judge.put_raw(Change::Put { record: payload.record, scope, body });
    Ok(())
}

/// What a policy asks for must be something that a phone can do, and each kind of charge has one rate in a currency.
fn check_policy(body: &Value) -> Result<(), Refusal> {
    let number = |field: &str| body.get(field).and_then(Value::as_i64).unwrap_or(i64::MAX);
    for (field, range) in [("capture_reserve_bytes", RESERVE_BYTES), ("grace_days", GRACE_DAYS)] {
        within(field, number(field), *range.start(), *range.end())?;
    }
    let rates: Vec<Rate> =
        body.get("rates").cloned().map(serde_json::from_value).transpose().ok().flatten().unwrap_or_default();
    for (place, rate) in rates.iter().enumerate() {
        within("rates", rate.price.minor, 0, MOST_MINOR)?;
        let same = |other: &Rate| other.kind == rate.kind && other.price.currency == rate.price.currency;
        if rates.iter().take(place).any(same) {
            let refusal = Refusal::new(RefusalCode::Exists).with("kind", "rate");
            return Err(refusal.with("field", "rates").with("value", rate.kind.as_str()));
        }
    }
    Ok(())
}

/// What is newly referred to must be there: an id of another company, or a made-up one, leads nowhere.
fn check_references(judge: &Judge<'_>, own_kind: &str, before: Option<&Value>, body: &Value) -> Ruling {
    for (_, field, kind) in REFERENCES.iter().filter(|(kind, ..)| *kind == own_kind) {
        let value = body.get(*field);
        let id = value.and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok());
        let Some(id) = id.filter(|_| before.and_then(|body| body.get(*field)) != value) else { continue };
        if judge.view.row(kind, id)?.is_absent() {
            return Err(Refusal::new(RefusalCode::NoRecord).with("field", *field).into());
        }
    }
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
        person_name: String::new(),
        extra: Default::default(),
    };
    judge.put(payload.device, &Scope::device(payload.device), &device);
    Ok(())
}

/// The hub checked the credential; whether the device may come back is a person's to say.
pub(super) fn device_introduce(judge: &mut Judge<'_>, payload: DeviceIntroduce) -> Ruling {
    judge.unused(kind::DEVICE, payload.device)?;
    let device = Device {
        person: payload.person,
        name: payload.name,
        code: payload.code,
        key: payload.key,
        state: DeviceState::Unconfirmed,
        enrolled: judge.context.now,
        revoke_reason: String::new(),
        person_name: payload.person_name,
        extra: Default::default(),
    };
    judge.put(payload.device, &Scope::device(payload.device), &device);
    Ok(())
}

pub(super) fn device_confirm(judge: &mut Judge<'_>, payload: DeviceConfirm) -> Ruling {
    require_text("reason", &payload.reason)?;
    let Some((row, mut device)) = judge.known::<Device>(payload.device)? else { return Ok(()) };
    if device.state != DeviceState::Unconfirmed {
        return Err(Refusal::new(RefusalCode::State).with("state", device.state.as_str()).into());
    }
    if judge.view.row(kind::PERSON, device.person)?.is_absent() {
        return Err(Refusal::new(RefusalCode::NoRecord).with("kind", kind::PERSON).into());
    }
    device.state = DeviceState::Active;
    judge.put(payload.device, &row.scope, &device);
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
