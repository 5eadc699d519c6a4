//! The call register: registering a call while the caller is on the line, and making a job of it.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::Id;
use countersign_model::entity::{Call, Customer, Entity, Machine};
use countersign_model::payload::{CallRegister, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;

use super::desk::{Desk, Outcome, done, drawn, drawn_as, refusal_of};
use super::fields::Asked;
use super::lists::{Cell, Column, List, Table, more};
use super::master::flaw_text;
use super::names::Names;
use super::page::Page;
use super::trouble::{Problem, Trouble, refusal_status};
use super::words::{Choice, Words, choices};
use crate::master::{Flaw, Found, find};
use crate::store::{Direction, Read};

/// Channels by which a person at the desk registers a call; machines and the portal register their own.
const CHANNELS: &[&str] = &["phone", "mail", "portal", "machine"];
/// Most customers in a menu; of more, one is typed.
const MENU: usize = 200;

#[derive(Template)]
#[template(path = "call_new.html")]
struct NewCall {
    page: Page,
    id: String,
    fault: String,
    caller: String,
    phone: String,
    serial: String,
    channels: Vec<Choice>,
    customers: Vec<Choice>,
    customer: String,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "call.html")]
struct CallShown {
    page: Page,
    id: String,
    job: String,
    facts: Vec<(String, String)>,
}

/// Customers by name, for a menu; the empty choice says that the machine tells.
pub(crate) fn customer_choices(words: &Words, read: &Read<'_>, chosen: &str) -> Result<Vec<Choice>, Trouble> {
    let rows = read.list(kind::CUSTOMER, None, MENU.saturating_add(1), Direction::Ascending)?;
    if rows.len() > MENU {
        // Too many for a menu: the form asks for the number or name, and suggests.
        return Ok(Vec::new());
    }
    let mut found: Vec<Choice> = rows
        .iter()
        .filter_map(|row| Customer::of(row).filter(|customer| !customer.archived).map(|customer| (row.id, customer)))
        .map(|(id, customer)| Choice::new(id, customer.name, chosen))
        .collect();
    found.sort_by(|a, b| a.label.cmp(&b.label));
    let mut all = vec![Choice::new("", words.t("console-customer-of-machine"), chosen)];
    all.extend(found);
    Ok(all)
}

/// The customer that a form means: one of the menu, or typed by number or name. `Err` in the inner result: there is no
/// such customer, or there are several.
pub(crate) fn customer_meant(read: &Read<'_>, typed: &str) -> Result<Result<Option<Id>, Flaw>, Trouble> {
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    Ok(match find(read, kind::CUSTOMER, typed, None)? {
        Found::One(id) => Ok(Some(id)),
        Found::None => Err(Flaw::new("unknown-customer").with("value", typed)),
        Found::Several => Err(Flaw::new("several").with("value", typed)),
    })
}

/// The problem of a customer that nobody is.
pub(crate) fn customer_problem(words: &Words, flaw: &Flaw) -> Problem {
    Problem { what: flaw_text(words, flaw), ..Problem::of(words, "fields") }
}

/// The registered machine with this serial number, if it is the only one.
pub(crate) fn machine_of(read: &Read<'_>, serial: &str) -> Result<Option<(Id, Machine)>, Trouble> {
    if serial.is_empty() {
        return Ok(None);
    }
    let rows = read.machines_with_serial(serial)?;
    match rows.as_slice() {
        [only] => Ok(Machine::of(only).map(|machine| (only.id, machine))),
        _ => Ok(None),
    }
}

/// `GET /calls`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let (rows, next) = more(read, kind::CALL, asked, "/calls", Direction::Descending)?;
        let mut names = Names::new(read, words);
        let mut shown = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some(call) = Call::of(row) else { continue };
            let customer = match (call.customer, call.machine) {
                (None, Some(machine)) => read.get::<Machine>(machine)?.map(|(_, machine)| machine.customer),
                (customer, _) => customer,
            };
            let state = words.t(if call.job.is_some() { "console-call-has-job" } else { "console-call-open" });
            shown.push(vec![
                Cell::link(&call.number, &format!("/calls/{}", row.id)),
                Cell::text(words, "console-received", words.recorded(&call.received, None)),
                Cell::text(words, "word-customer", names.customer(customer)?),
                Cell::text(words, "word-machine", names.machine(call.machine, "")?),
                Cell::text(words, "console-fault", call.fault),
                Cell::text(words, "console-state", state),
            ]);
        }
        let columns =
            ["console-number", "console-received", "word-customer", "word-machine", "console-fault", "console-state"];
        let table =
            Table { columns: Column::plain(words, &columns), rows: shown, next, empty: words.t("console-calls-empty") };
        let actions = match desk.may("call.register") {
            true => vec![("/calls/new".to_owned(), words.t("console-register-call"))],
            false => Vec::new(),
        };
        drawn(&List { page: desk.page(read, words.t("console-calls"), "/calls", asked)?, table, actions })
    })
}

/// `GET /calls/new`
pub(crate) fn new(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    form(desk, asked, desk.new_id()?, None, StatusCode::OK)
}

fn form(desk: &Desk<'_>, asked: &Asked, id: Id, problem: Option<Problem>, status: StatusCode) -> Outcome {
    if !desk.may("call.register") {
        return Err(Trouble::NotAllowed);
    }
    let words = &desk.words;
    let typed = |name: &str| asked.form.get(name).to_owned();
    desk.read(|read| {
        let channel = if asked.form.get("channel").is_empty() { "phone" } else { asked.form.get("channel") };
        drawn_as(
            status,
            &NewCall {
                page: desk.page(read, words.t("console-register-call"), "/calls", asked)?,
                id: id.to_string(),
                fault: typed("fault"),
                caller: typed("caller"),
                phone: typed("phone"),
                serial: typed("serial"),
                channels: choices(words, "channel", CHANNELS.iter().copied(), channel),
                customers: customer_choices(words, read, asked.form.get("customer"))?,
                customer: asked.form.get("customer").to_owned(),
                problem,
            },
        )
    })
}

/// `POST /calls/new`
pub(crate) fn register(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let form_fields = &asked.form;
    let id = form_fields.made_id("id")?;
    let (machine, customer) = desk.read(|read| {
        Ok((machine_of(read, form_fields.get("serial"))?, customer_meant(read, form_fields.get("customer"))?))
    })?;
    let customer = match customer {
        Ok(customer) => customer,
        Err(flaw) => {
            let problem = customer_problem(&desk.words, &flaw);
            return form(desk, asked, id, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let mut fault = form_fields.get("fault").to_owned();
    if machine.is_none() && !form_fields.get("serial").is_empty() && !fault.is_empty() {
        // A serial that nobody registered must not be lost: it stays in the caller's words.
        fault = desk.words.with(
            "console-fault-with-serial",
            &[("fault", fault.into()), ("serial", form_fields.get("serial").into())],
        );
    }
    let body = Call {
        customer: customer.or(machine.as_ref().map(|(_, machine)| machine.customer)),
        machine: machine.map(|(id, _)| id),
        caller: form_fields.get("caller").to_owned(),
        phone: form_fields.get("phone").to_owned(),
        fault,
        channel: form_fields.get("channel").to_owned(),
        received: TimeRecord::by_hub(desk.now),
        ..Call::default()
    };
    let payload = Payload::CallRegister(CallRegister { call: id, body });
    match refusal_of(desk.order(payload, Scope::call(id)))? {
        None => done(&format!("/calls/{id}"), "registered"),
        Some(refusal) => {
            let problem = Problem::refused(&desk.words, &refusal);
            form(desk, asked, id, Some(problem), refusal_status(&refusal))
        }
    }
}

/// `GET /calls/{id}`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let id = asked.id()?;
    let words = &desk.words;
    desk.read(|read| {
        let (_, call) = read.get::<Call>(id)?.ok_or(Trouble::NotFound)?;
        let mut names = Names::new(read, words);
        let rows = [
            ("console-fault", call.fault.clone()),
            ("word-customer", names.customer(call.customer)?),
            ("word-machine", names.machine(call.machine, "")?),
            ("console-caller", call.caller.clone()),
            ("console-phone", call.phone.clone()),
            ("console-channel", words.texts.word("channel", &call.channel)),
            ("console-received", words.recorded(&call.received, None)),
        ];
        let facts = rows.into_iter().filter(|(_, value)| !value.is_empty());
        drawn(&CallShown {
            page: desk.page(read, words.of("console-call-numbered", "number", &call.number), "/calls", asked)?,
            id: id.to_string(),
            job: call.job.map(|job| format!("/jobs/{job}")).unwrap_or_default(),
            facts: facts.map(|(key, value)| (words.t(key), value)).collect(),
        })
    })
}
