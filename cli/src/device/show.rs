//! Showing screens: jobs, one job with its questions, status, attention.

use countersign_device::app::{App, Remedy};
use countersign_device::model::Id;
use countersign_device::model::document::Stage;
use countersign_device::screens::{AttentionKind, FileSafety, FormQuestion, JobChoice, JobFilter, JobScreen};
use countersign_device::sync::Problem;
use serde_json::{Value, json};

use super::of_app;
use crate::arguments::{Attention, Jobs, JobsArgument};
use crate::output::{Done, Exit, Failure, Output};

fn choice(argument: JobsArgument) -> JobChoice {
    match argument {
        JobsArgument::Today => JobChoice::Today,
        JobsArgument::Open => JobChoice::Open,
        JobsArgument::Mine => JobChoice::Mine,
        JobsArgument::Returned => JobChoice::Returned,
        JobsArgument::Own => JobChoice::Own,
        JobsArgument::All => JobChoice::All,
    }
}

/// Lists the jobs that were asked for, one line each.
pub fn jobs(app: &App, arguments: &Jobs, output: &Output) -> Done {
    let (choice, search) = (choice(arguments.show), arguments.search.clone());
    let mut filter = JobFilter { choice, search, ..JobFilter::default() };
    loop {
        let page = app.job_list(&filter).map_err(|error| of_app(&error))?;
        for row in &page.rows {
            let object = json!({
                "job": row.job, "number": row.number, "voucher": row.voucher, "state": row.state,
                "customer": row.customer, "site": row.site, "machine": row.machine, "fault": row.fault,
                "priority": row.priority, "machine_state": row.machine_state, "window": row.window,
                "carried_from": row.carried_from,
                "unconfirmed_files": row.unconfirmed_files, "unconfirmed_bytes": row.unconfirmed_bytes,
                "unsent_entries": row.unsent_entries, "own": row.own, "ready": row.ready,
            });
            output.result(&object, || {
                let name = if row.number.is_empty() { row.job.to_string() } else { row.number.clone() };
                format!("{name:12}  {:10}  {:24}  {:12}  {}", row.state, row.customer, row.machine, row.fault)
            });
        }
        filter.after = page.rows.last().map(|row| row.place);
        if !page.more {
            return Ok(Exit::Ok);
        }
    }
}

/// Shows one job with its questions.
pub fn job(app: &App, id: &str, output: &Output) -> Done {
    let screen = app.job_screen(id).map_err(|error| of_app(&error))?;
    let form = app.form_screen(id);
    // A job without its form yet is shown all the same.
    let (questions, form_problem) = match form {
        Ok(form) => (
            form.map(|form| form.pages.into_iter().flat_map(|page| page.questions).collect()).unwrap_or_default(),
            None,
        ),
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    let object = job_object(&screen, &questions, form_problem.as_deref());
    output.result(&object, || job_text(&screen, &questions, form_problem.as_deref()));
    Ok(Exit::Ok)
}

fn job_object(screen: &JobScreen, questions: &[FormQuestion], form_problem: Option<&str>) -> Value {
    let evidence: Vec<Value> = screen
        .evidence
        .iter()
        .map(|row| {
            json!({
                "id": row.evidence, "sha256": row.sha256, "bytes": row.bytes, "kind": row.kind, "name": row.name,
                "stage": row.stage, "question": row.question, "findings": row.findings,
                "confirmed": row.safety == FileSafety::Office, "safety": row.safety,
                "pixels": row.pixels, "duration_ms": row.duration_ms, "layers": row.layers, "captured": row.time,
            })
        })
        .collect();
    json!({
        "job": screen.job, "number": screen.number, "state": screen.state, "fault": screen.fault,
        "customer": screen.customer.name, "site": screen.site.name, "machine": screen.machine.serial,
        "facts": screen.facts, "visits": screen.visits, "steps": screen.steps, "questions": questions, "form_problem": form_problem,
        "evidence": evidence, "parts": screen.parts, "times": screen.times, "documents": screen.documents,
        "remarks": screen.remarks, "draft": screen.draft, "carried_from": screen.carried_from,
    })
}

fn job_text(screen: &JobScreen, questions: &[FormQuestion], form_problem: Option<&str>) -> String {
    let mut lines = vec![
        format!("{}  {}  {}", screen.number, screen.state, screen.fault),
        format!(
            "{}, {}, machine {} {}",
            screen.customer.name, screen.site.name, screen.machine.model, screen.machine.serial
        ),
    ];
    if !screen.carried_from.is_empty() {
        lines.push(format!("taken over from {}", screen.carried_from));
    }
    lines.extend(screen.remarks.iter().map(|remark| format!("remark on {}: {}", remark.question, remark.text)));
    lines.extend(form_problem.map(|problem| format!("form: {problem}")));
    for question in questions.iter().filter(|question| question.relevant) {
        let mark = if question.required { "*" } else { " " };
        let problem = question.problem.as_ref().map(|problem| format!("   ! {problem}")).unwrap_or_default();
        lines.push(format!("{mark} {:44} {} = {}{problem}", question.reference, question.label, question.display));
    }
    lines.extend(screen.evidence.iter().map(|row| {
        let safe = match row.safety {
            FileSafety::Office => "safe at the office",
            FileSafety::Here => "only on this device",
            FileSafety::Elsewhere => "captured with another device",
        };
        format!("  {} {} ({safe})", row.name, row.sha256)
    }));
    lines.extend(screen.documents.iter().map(|document| {
        let pdf = document.pdf.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        format!("  signed {} {} {pdf}", document.number, document.sealed)
    }));
    lines.join("\n")
}

/// What is safe and what is only here.
pub fn status(app: &App, output: &Output) -> Done {
    let screen = app.status_screen().map_err(|error| of_app(&error))?;
    let object = serde_json::to_value(&screen).map_err(Failure::environment)?;
    output.result(&object, || {
        let mut lines = vec![screen.sentence.clone()];
        lines.extend(screen.advice.clone());
        lines.extend(screen.lease_advice.clone());
        lines.extend(screen.salvaged.clone());
        lines.extend((screen.attention > 0).then(|| format!("{} need attention", screen.attention)));
        lines.join("\n")
    });
    let lasting = screen.problem.as_deref().is_some_and(Problem::needs_a_person);
    Ok(if screen.attention > 0 || lasting { Exit::Refused } else { Exit::Ok })
}

/// Lists what needs a person, or deals with one item.
pub fn attention(app: &App, arguments: &Attention, output: &Output) -> Done {
    if arguments.confirm {
        app.confirm_held_work().map_err(|error| of_app(&error))?;
        output.result(&json!({"done": "confirmed"}), || "confirmed; sync sends it".to_owned());
        return Ok(Exit::Ok);
    }
    if arguments.acknowledge {
        app.acknowledge_salvage().map_err(|error| of_app(&error))?;
        let carried = app.outbox_screen().map_err(|error| of_app(&error))?.attention;
        for item in carried.iter().filter(|item| item.kind == AttentionKind::RefusedCarried) {
            if let Ok(command) = item.id.parse() {
                app.acknowledge_carried(command).map_err(|error| of_app(&error))?;
            }
        }
        output.result(&json!({"done": "acknowledged"}), || "noted".to_owned());
        return Ok(Exit::Ok);
    }
    if let (Some(file), Some(job)) = (&arguments.file, &arguments.job) {
        let sha256 = file.parse().map_err(Failure::usage)?;
        let filed = app.file_found(sha256, job, Stage::Neither).map_err(|error| of_app(&error))?;
        output.result(&json!({"sha256": filed.sha256, "bytes": filed.bytes}), || "filed".to_owned());
        return Ok(Exit::Ok);
    }
    match remedy(arguments)? {
        Some((command, remedy)) => {
            app.remedy(command, remedy).map_err(|error| of_app(&error))?;
            output.result(&json!({"done": command}), || "done".to_owned());
            Ok(Exit::Ok)
        }
        None => list_attention(app, output),
    }
}

fn remedy(arguments: &Attention) -> Result<Option<(Id, Remedy)>, Failure> {
    let reason = arguments.reason.clone().unwrap_or_default();
    let (id, remedy) = match (&arguments.fix, &arguments.note, &arguments.discard) {
        (Some(id), _, _) => (id, Remedy::Fix { value: arguments.value.clone() }),
        (_, Some(id), _) => (id, Remedy::Note),
        (_, _, Some(id)) => (id, Remedy::Discard { reason }),
        _ => return Ok(None),
    };
    let command = id.parse::<Id>().map_err(Failure::usage)?;
    Ok(Some((command, remedy)))
}

fn list_attention(app: &App, output: &Output) -> Done {
    let screen = app.outbox_screen().map_err(|error| of_app(&error))?;
    for item in &screen.attention {
        let object = serde_json::to_value(item).map_err(Failure::environment)?;
        output.result(&object, || format!("{} {} {}", item.id, item.kind.word(), item.text));
    }
    Ok(if screen.attention.is_empty() { Exit::Ok } else { Exit::Refused })
}
