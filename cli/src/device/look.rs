//! Looking before and on a visit: the departure check, a machine with its history, why a question is as it is.

use countersign_device::app::App;
use countersign_device::screens::{HistoryVisit, MachineScreen};
use countersign_device::texts::{Texts, Zone};

use super::of_app;
use crate::output::{Done, Exit, Failure, Output, language};

/// Shows the departure check of a job; exit code 1 while something is missing.
pub fn departure(app: &App, id: &str, output: &Output) -> Done {
    let screen = app.departure_screen(id).map_err(|error| of_app(&error))?;
    let object = serde_json::to_value(&screen).map_err(Failure::environment)?;
    output.result(&object, || {
        let mark = |here: bool| if here { "ok     " } else { "missing" };
        let lines = screen.items.iter().map(|item| format!("\n{} {}", mark(item.here), item.text));
        format!("{}{}", screen.sentence, lines.collect::<String>())
    });
    Ok(if screen.ready { Exit::Ok } else { Exit::Refused })
}

/// Shows a machine with its earlier visits.
pub fn machine(app: &App, name: &str, output: &Output) -> Done {
    let screen = app.machine_screen(name).map_err(|error| of_app(&error))?;
    let object = serde_json::to_value(&screen).map_err(Failure::environment)?;
    output.result(&object, || machine_text(&screen));
    Ok(Exit::Ok)
}

fn machine_text(screen: &MachineScreen) -> String {
    let texts = Texts::new(language());
    let place = format!("{} {}", screen.site, screen.place);
    let mut lines = vec![format!("{} {} – {} {place}", screen.model, screen.serial, screen.customer)];
    let facts = [&screen.warranty_until, &screen.contract, &screen.software, &screen.meter];
    lines.push(facts.into_iter().filter(|fact| !fact.is_empty()).cloned().collect::<Vec<_>>().join("  "));
    lines.extend(screen.visits.iter().map(|visit| visit_text(&texts, visit)));
    lines.join("\n")
}

fn visit_text(texts: &Texts, visit: &HistoryVisit) -> String {
    let at = visit.at.map(|at| texts.date(at, &Zone::utc())).unwrap_or_default();
    let parts: Vec<String> = visit.parts.iter().map(|part| format!("{} x {}", part.quantity, part.code)).collect();
    format!(
        "{at:14} {:12} {:20} {} as found, {} as left  {}  {}",
        visit.number,
        visit.lead,
        visit.found.len(),
        visit.left.len(),
        parts.join(", "),
        visit.fault
    )
}

/// Shows the rules behind the present state of a question, and what they looked at.
pub fn why(app: &App, id: &str, question: &str, output: &Output) -> Done {
    let why = app.why(id, question).map_err(|error| of_app(&error))?;
    let object = serde_json::to_value(&why).map_err(Failure::environment)?;
    output.result(&object, || {
        let Some(why) = &why else { return "nothing hides, requires or refuses it".to_owned() };
        let mut lines = vec![why.label.clone()];
        for reason in &why.reasons {
            let inputs: Vec<String> =
                reason.inputs.iter().map(|input| format!("{} = {}", input.label, input.value)).collect();
            lines.push(format!("{:?}: {}  ({})", reason.effect, reason.expression, inputs.join(", ")));
        }
        lines.join("\n")
    });
    Ok(Exit::Ok)
}
