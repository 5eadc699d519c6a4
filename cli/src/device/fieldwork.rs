//! Diagnosis, helpers, further visits, requests, parts, charges and cash on the command line.

use countersign_device::app::{App, CashTaken, ChargeEntry, Diagnosis, OwnVisit, PartBooking, StockPlace, TimeSpent};
use countersign_device::model::Id;
use countersign_device::model::document::{Payer, VoucherClass};
use countersign_device::model::entity::{CashMethod, ChargeKind, MachineState, TimeKind, Window, Wish};
use countersign_device::model::money::amount_of;
use countersign_device::screens::PartFilter;
use serde_json::{Map, Value, json};

use super::of_app;
use super::sign::{known, read_strokes};
use crate::arguments::{
    Ask, Cash, Charge, Collect, Diagnose, Fieldwork, Helpers, New, PartUse, Parts, Plan, Remote, Time,
};
use crate::output::{Done, Exit, Failure, Output};

/// Runs one of these actions.
pub fn run(app: &App, action: Fieldwork, output: &Output) -> Done {
    match action {
        Fieldwork::New(arguments) => new(app, &arguments, output),
        Fieldwork::Part(arguments) => part(app, arguments, output),
        Fieldwork::Parts(arguments) => parts(app, &arguments, output),
        Fieldwork::Time(arguments) => time(app, &arguments, output),
        Fieldwork::Codes { list } => codes(app, &list, output),
        Fieldwork::Diagnose(said) => diagnose(app, said, output),
        Fieldwork::Class { id, class: word, reason } => class(app, &id, &word, &reason, output),
        Fieldwork::Helpers(arguments) => helpers(app, &arguments, output),
        Fieldwork::Plan(arguments) => plan(app, &arguments, output),
        Fieldwork::Remote(arguments) => remote(app, &arguments, output),
        Fieldwork::Collect(arguments) => collect(app, &arguments, output),
        Fieldwork::Ask(arguments) => ask(app, &arguments, output),
        Fieldwork::Charge(arguments) => charge(app, arguments, output),
        Fieldwork::Costs { id } => costs(app, &id, output),
        Fieldwork::Cash(arguments) => cash(app, arguments, output),
        Fieldwork::HandOverCash { number } => hand_over(app, &number, output),
    }
}

fn saved(output: &Output, object: &Value, text: &str) -> Done {
    output.result(object, || text.to_owned());
    Ok(Exit::Ok)
}

/// Makes a job on site.
fn new(app: &App, new: &New, output: &Output) -> Done {
    let serial = new.machine.clone().unwrap_or_default();
    let made = match &new.nameplate {
        Some(photo) => app.new_job_from_nameplate(photo, &serial, &new.fault),
        None => app.new_job(&serial, &new.fault),
    };
    let made = made.map_err(|error| of_app(&error))?;
    let object = json!({"job": made.job, "visit": made.visit, "number": made.number});
    saved(output, &object, &format!("made job {} with voucher {}", made.job, made.number))
}

fn payer(word: Option<&str>) -> Result<Option<Payer>, Failure> {
    word.map(|word| known(Payer::from_word(word), Payer::KNOWN, "--payer")).transpose()
}

fn id(text: &str) -> Result<Id, Failure> {
    text.parse().map_err(Failure::usage)
}

/// Books a part.
fn part(app: &App, part: PartUse, output: &Output) -> Done {
    let elsewhere = part.no_stock.then_some(StockPlace::Elsewhere);
    let booking = PartBooking {
        code: part.code.clone(),
        quantity: part.quantity.clone(),
        batch: part.batch,
        from: part.depot.map(StockPlace::Depot).or(elsewhere),
        payer: payer(part.payer.as_deref())?,
        undoes: None,
    };
    let part_use = app.book_part(&part.id, booking).map_err(|error| of_app(&error))?;
    saved(output, &json!({"part_use": part_use}), &format!("booked {} x {}", part.quantity, part.code))
}

/// Lists parts with price and stock, one line each.
fn parts(app: &App, parts: &Parts, output: &Output) -> Done {
    let mut filter = PartFilter { search: parts.search.clone(), ..PartFilter::default() };
    loop {
        let screen = app.parts_screen(&parts.id, &filter).map_err(|error| of_app(&error))?;
        for row in &screen.parts {
            let object = serde_json::to_value(row).map_err(Failure::environment)?;
            output.result(&object, || {
                let stock: Vec<String> =
                    row.stock.iter().map(|stock| format!("{} in {}", stock.quantity, stock.name)).collect();
                let price = row.price.as_ref().map(|price| format!("{} {}", price.plain(), price.currency));
                format!("{:16}  {:32}  {:>14}  {}", row.code, row.name, price.unwrap_or_default(), stock.join(", "))
            });
        }
        let last = screen.parts.last().map(|row| row.part);
        if !screen.more || last.is_none() || last == filter.after {
            return Ok(Exit::Ok);
        }
        filter.after = last;
    }
}

/// Records or corrects time.
fn time(app: &App, time: &Time, output: &Output) -> Done {
    let kind = known(TimeKind::from_word(&time.kind), TimeKind::KNOWN, "--kind")?;
    let spent = |kind: &TimeKind| app.minutes_spent(&time.id, kind).map_err(|error| of_app(&error));
    let minutes = time.minutes.map_or_else(|| spent(&kind), Ok)?;
    let spent = TimeSpent { kind, minutes, kilometres: time.kilometres };
    let done = match &time.correct {
        Some(entry) => app.correct_time(&time.id, id(entry)?, spent),
        None => app.record_time(&time.id, spent),
    };
    done.map_err(|error| of_app(&error))?;
    saved(output, &json!({"saved": "recorded"}), "time recorded")
}

/// Lists the choices of a code list.
fn codes(app: &App, list: &str, output: &Output) -> Done {
    for choice in app.code_choices(list).map_err(|error| of_app(&error))? {
        output.result(&json!({"code": choice.code, "name": choice.name}), || {
            format!("{:24}  {}", choice.code, choice.name)
        });
    }
    Ok(Exit::Ok)
}

/// Records the diagnosis.
fn diagnose(app: &App, said: Diagnose, output: &Output) -> Done {
    let state = |word: String| known(MachineState::from_word(&word), MachineState::KNOWN, "--machine-state");
    let diagnosis = Diagnosis {
        symptom: said.symptom,
        cause: said.cause,
        remedy: said.remedy,
        findings: said.findings,
        machine_state: said.machine_state.map(state).transpose()?,
    };
    if diagnosis == Diagnosis::default() {
        return Err(Failure::usage("say what was found: --symptom, --cause, --remedy, --findings or --machine-state"));
    }
    app.diagnose(&said.id, diagnosis).map_err(|error| of_app(&error))?;
    saved(output, &json!({"saved": "diagnosed"}), "diagnosis recorded")
}

/// Sets another class.
fn class(app: &App, job: &str, class: &str, reason: &str, output: &Output) -> Done {
    let class = known(VoucherClass::from_word(&class.to_uppercase()), VoucherClass::KNOWN, "CLASS")?;
    app.set_class(job, class.clone(), reason).map_err(|error| of_app(&error))?;
    saved(output, &json!({"class": class}), &format!("class {class}"))
}

/// Helpers join or leave.
fn helpers(app: &App, helpers: &Helpers, output: &Output) -> Done {
    if helpers.add.is_empty() && helpers.remove.is_empty() {
        return Err(Failure::usage("say who: --add or --remove"));
    }
    app.change_helpers(&helpers.id, &helpers.add, &helpers.remove).map_err(|error| of_app(&error))?;
    saved(output, &json!({"saved": "helpers"}), "helpers changed")
}

/// Plans a further visit of this person.
fn plan(app: &App, plan: &Plan, output: &Output) -> Done {
    let collects = plan.collect.iter().map(|name| app.visit_named(name).map_err(|error| of_app(&error)));
    let own = OwnVisit {
        window: plan.at.as_deref().map(window).transpose()?,
        remote: plan.remote,
        collects: collects.collect::<Result<_, _>>()?,
    };
    let made = app.plan_own_visit(&plan.id, own).map_err(|error| of_app(&error))?;
    let object = json!({"job": made.job, "visit": made.visit, "number": made.number});
    saved(output, &object, &format!("planned a visit with voucher {}", made.number))
}

/// Says that a visit is done by phone or video, or not after all.
fn remote(app: &App, remote: &Remote, output: &Output) -> Done {
    app.mark_remote(&remote.id, !remote.on_site).map_err(|error| of_app(&error))?;
    let text = if remote.on_site { "the visit is at the customer" } else { "the visit is by phone or video" };
    saved(output, &json!({"remote": !remote.on_site}), text)
}

/// Collects the sign-off of remote visits.
fn collect(app: &App, collect: &Collect, output: &Output) -> Done {
    let visits = collect.visits.iter().map(|name| app.visit_named(name).map_err(|error| of_app(&error)));
    let visits: Vec<Id> = visits.collect::<Result<_, _>>()?;
    app.collect(&collect.id, &visits).map_err(|error| of_app(&error))?;
    saved(output, &json!({"collects": visits}), "preview and sign each of them by its number")
}

/// Asks the office for a change.
fn ask(app: &App, ask: &Ask, output: &Output) -> Done {
    if let Some(word) = &ask.wish {
        let wish = known(Wish::from_word(word), Wish::KNOWN, "--for")?;
        let request = app.ask_for(&ask.id, &wish, &ask.reason).map_err(|error| of_app(&error))?;
        return saved(output, &json!({"request": request}), "asked; the office answers");
    }
    let request = match (&ask.about, &ask.at) {
        (_, Some(at)) => app.ask_for_window(&ask.id, window(at)?, &ask.reason),
        (Some(about), None) => {
            let mut fields = Map::new();
            for pair in &ask.set {
                let (name, value) =
                    pair.split_once('=').ok_or_else(|| Failure::usage(format!("--set {pair}: write NAME=VALUE")))?;
                fields.insert(name.trim().to_owned(), Value::String(value.to_owned()));
            }
            let about = app.subject_of(&ask.id, about).map_err(|error| of_app(&error))?;
            app.ask(&ask.id, about, Value::Object(fields), &ask.reason)
        }
        (None, None) => return Err(Failure::usage("say what should change: --about with --set, or --at")),
    };
    let request = request.map_err(|error| of_app(&error))?;
    saved(output, &json!({"request": request}), "asked; the office decides")
}

/// Adds, corrects or takes out a charge.
fn charge(app: &App, charge: Charge, output: &Output) -> Done {
    if charge.proposed {
        let count = app.charge_proposed(&charge.id).map_err(|error| of_app(&error))?;
        return saved(output, &json!({"charges": count}), &format!("added {count} charges"));
    }
    if let Some(removed) = &charge.remove {
        app.remove_charge(&charge.id, id(removed)?).map_err(|error| of_app(&error))?;
        return saved(output, &json!({"removed": removed}), "taken out");
    }
    let costs = app.costs_screen(&charge.id).map_err(|error| of_app(&error))?;
    let entry = ChargeEntry {
        kind: known(ChargeKind::from_word(&charge.kind), ChargeKind::KNOWN, "--kind")?,
        description: charge.description,
        quantity: charge.quantity,
        price: amount_of(&charge.price.unwrap_or_default(), &costs.currency).map_err(Failure::usage)?.minor,
        tax_basis_points: charge.tax.as_deref().map(basis_points).transpose()?,
        payer: payer(charge.payer.as_deref())?,
        replaces: charge.replaces.as_deref().map(id).transpose()?,
    };
    let made = app.charge(&charge.id, entry).map_err(|error| of_app(&error))?;
    saved(output, &json!({"charge": made}), "charged")
}

/// A tax rate in per cent as basis points.
fn basis_points(text: &str) -> Result<i64, Failure> {
    // A per cent has a hundred basis points, as a euro has a hundred cents.
    let rate =
        amount_of(text, "EUR").map_err(|_| Failure::usage(format!("--tax {text}: write per cent such as 21")))?;
    Ok(rate.minor)
}

/// What the visit costs.
fn costs(app: &App, job: &str, output: &Output) -> Done {
    let costs = app.costs_screen(job).map_err(|error| of_app(&error))?;
    let object = serde_json::to_value(&costs).map_err(Failure::environment)?;
    output.result(&object, || {
        let mut lines = vec![format!("class {}, paid by {}, in {}", costs.class, costs.payer, costs.currency)];
        lines.extend(costs.times.iter().map(|time| {
            let kilometres = time.kilometres.map(|count| format!(", {count} km")).unwrap_or_default();
            format!("  {}  {} min {}{kilometres}  {}", time.entry, time.minutes, time.kind, time.person)
        }));
        lines.extend(costs.charges.iter().map(|charge| {
            format!("  {}  {} {} ({})", charge.charge, charge.description, charge.line.net.plain(), charge.payer)
        }));
        lines.extend(costs.proposed.iter().map(|line| {
            format!(
                "  proposed: {} {} x {} = {}",
                line.kind,
                line.quantity,
                line.unit_price.plain(),
                line.line.net.plain()
            )
        }));
        lines.extend(costs.totals.iter().map(|totals| format!("to pay: {} {}", totals.gross.plain(), costs.currency)));
        lines.extend(
            costs.cash.iter().map(|cash| format!("cash {}: {} ({})", cash.number, cash.amount.plain(), cash.state)),
        );
        lines.join("\n")
    });
    Ok(Exit::Ok)
}

/// Takes cash and gives a receipt.
fn cash(app: &App, cash: Cash, output: &Output) -> Done {
    let costs = app.costs_screen(&cash.id).map_err(|error| of_app(&error))?;
    let amount = cash.amount.as_deref().map(|text| amount_of(text, &costs.currency)).transpose();
    let taken = CashTaken {
        minor: amount.map_err(Failure::usage)?.map(|amount| amount.minor),
        received_from: cash.from,
        method: known(CashMethod::from_word(&cash.method), CashMethod::KNOWN, "--method")?,
        note: cash.note,
        engineer_strokes: read_strokes(&cash.strokes)?,
    };
    let given = app.take_cash(&cash.id, taken).map_err(|error| of_app(&error))?;
    let paper = app.paper(given.paper.sealed).map_err(|error| of_app(&error))?;
    let object = json!({
        "receipt": given.receipt, "number": given.number, "amount": given.amount,
        "sealed": given.paper.sealed, "pdf": paper,
    });
    output.result(&object, || {
        let file = paper.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        format!("receipt {}: {} {}\n{file}", given.number, given.amount.plain(), given.amount.currency)
    });
    Ok(Exit::Ok)
}

/// Hands cash over to the accountant.
fn hand_over(app: &App, number: &str, output: &Output) -> Done {
    app.hand_over_cash(number).map_err(|error| of_app(&error))?;
    saved(output, &json!({"handed_over": number}), "handed over; the accountant confirms it")
}

/// Reads `FROM/TO` in UTC.
fn window(text: &str) -> Result<Window, Failure> {
    let moment = |part: &str| {
        let parsed = chrono::NaiveDateTime::parse_from_str(part.trim(), "%Y-%m-%dT%H:%M").ok()?;
        Some(parsed.and_utc().timestamp_millis())
    };
    let parts = text.split_once('/').and_then(|(from, to)| Some((moment(from)?, moment(to)?)));
    let (from, to) = parts.ok_or_else(|| {
        Failure::usage(format!("--at {text}: write a window such as 2026-11-23T09:00/2026-11-23T11:00"))
    })?;
    Ok(Window { from, to })
}
