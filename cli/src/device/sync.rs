//! Enrolment and sync on the command line.

use std::str::FromStr;
use std::time::{Duration, Instant};

use countersign_device::app::App;
use countersign_device::model::wire::EnrolmentString;
use countersign_device::sync::{HubSeen, Problem, Progress, SyncReport, watch};
use countersign_device::texts::Texts;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use super::{of_app, of_enrol};
use crate::output::{Done, Exit, Failure, Output, language};

/// How often what was saved is made durable in the second memory while a sync stays (design section 9).
const FLUSH: Duration = Duration::from_secs(2);
/// How often a person hears how far a sync is.
const OFTEN: Duration = Duration::from_secs(1);

/// Calls that wait for the database or a file at the same moment; more wait for their turn. Each has a stack and a connection
/// of its own with its cache: where a thousand devices come back at once, tokio's 512 of them take a gigabyte.
const BLOCKING_THREADS: usize = 64;

/// A runtime for network work.
pub fn runtime() -> Result<Runtime, Failure> {
    let made = Builder::new_multi_thread().enable_all().max_blocking_threads(BLOCKING_THREADS).build();
    made.map_err(|error| Failure::environment(format!("the system gives no threads: {error}")))
}

/// The enrolment string, from itself; `hub` replaces its address.
pub fn enrol_string(code: &str, hub: Option<&str>) -> Result<EnrolmentString, Failure> {
    let mut string = EnrolmentString::from_str(code).map_err(|error| Failure::refused("enrolment_string", error))?;
    if let Some(hub) = hub {
        if !hub.starts_with("http://") && !hub.starts_with("https://") {
            return Err(Failure::usage(format!("--hub {hub}: an address begins with http:// or https://")));
        }
        string.url = hub.trim_end_matches('/').to_owned();
    }
    Ok(string)
}

/// Redeems an invitation.
pub fn enrol(app: &App, code: &str, hub: Option<&str>, name: &str, output: &Output) -> Done {
    let string = enrol_string(code, hub)?;
    let runtime = runtime()?;
    let seen = runtime.block_on(app.look_at_hub(&string)).map_err(|error| of_enrol(&error))?;
    if !output.is_json() {
        // Said before anything is sent, for whoever stops here.
        output.progress(&Value::Null, || seen_text(&seen));
    }
    let identity = runtime.block_on(app.enrol(&string, name)).map_err(|error| of_enrol(&error))?;
    let object = json!({
        "device": identity.device, "person": identity.person, "code": identity.code, "hub": identity.url,
        "company": seen.company, "print": seen.print,
    });
    output.result(&object, || format!("enrolled as device {} at {}", identity.code, identity.url));
    Ok(Exit::Ok)
}

/// Says who answers at the address of an invitation, without using it.
pub fn look(app: &App, code: &str, hub: Option<&str>, output: &Output) -> Done {
    let string = enrol_string(code, hub)?;
    let seen = runtime()?.block_on(app.look_at_hub(&string)).map_err(|error| of_enrol(&error))?;
    output.result(&json!({"company": seen.company, "hub": seen.url, "print": seen.print}), || seen_text(&seen));
    Ok(Exit::Ok)
}

fn seen_text(seen: &HubSeen) -> String {
    let company = if seen.company.is_empty() { "an office that gives no name" } else { &seen.company };
    format!("{company} at {}, key {}: compare it with the print beside the invitation", seen.url, seen.print)
}

/// Syncs once, or stays and syncs until it is stopped.
pub fn sync(app: &App, stay: bool, output: &Output) -> Done {
    app.person().map_err(|error| of_app(&error))?;
    let runtime = runtime()?;
    if stay { runtime.block_on(stay_in_sync(app, output)) } else { once(app, &runtime, output) }
}

fn once(app: &App, runtime: &Runtime, output: &Output) -> Done {
    let report = runtime.block_on(app.sync(progress(*output))).map_err(|error| of_app(&error))?;
    output.result(&report_object(&report), || report_text(&report));
    Ok(match &report.problem {
        Some(problem) => exit_of(problem),
        None if report.refused == 0 && report.files.is_empty() => Exit::Ok,
        None => Exit::Refused,
    })
}

/// A problem that waiting does not end needs a person.
fn exit_of(problem: &Problem) -> Exit {
    if problem.passes_by_itself() { Exit::Environment } else { Exit::Refused }
}

async fn stay_in_sync(app: &App, output: &Output) -> Done {
    let (_wishes, wished) = tokio::sync::mpsc::channel(1);
    let flush = tokio::spawn(flush_often(app.clone()));
    let stopped = async {
        // Without a handler for the signal the process simply ends; nothing that was saved is lost by that.
        let _signal = tokio::signal::ctrl_c().await;
    };
    let report = watch(app.store(), app.surroundings(), progress(*output), wished, stopped).await;
    flush.abort();
    app.flush().map_err(|error| of_app(&error))?;
    output.result(&report_object(&report), || report_text(&report));
    Ok(report.problem.as_ref().map_or(Exit::Ok, exit_of))
}

async fn flush_often(app: App) {
    let mut every = tokio::time::interval(FLUSH);
    loop {
        every.tick().await;
        if let Err(error) = app.flush() {
            tracing::warn!(%error, "the second memory was not made durable");
        }
    }
}

/// Shows what moved; a step that moved nothing says nothing.
fn progress(output: Output) -> impl FnMut(&Progress) {
    let mut shown = (0, 0, 0);
    let mut last = Instant::now();
    move |now| {
        let report = &now.report;
        let moved = (report.pushed, report.pulled, report.media_bytes);
        // A program hears every step; a person hears of what takes over a second, once a second.
        if moved != shown && (output.is_json() || last.elapsed() >= OFTEN) {
            shown = moved;
            last = Instant::now();
            show_progress(&output, report);
        }
    }
}

fn show_progress(output: &Output, report: &SyncReport) {
    let object = json!({
        "progress": {"pushed": report.pushed, "pulled": report.pulled, "media_bytes": report.media_bytes},
    });
    output.progress(&object, || {
        format!("sent {} entries and {} bytes of files, got {} rows", report.pushed, report.media_bytes, report.pulled)
    });
}

fn report_object(report: &SyncReport) -> Value {
    json!({
        "pushed": report.pushed, "pulled": report.pulled, "media_bytes": report.media_bytes,
        "fetched_bytes": report.fetched_bytes, "refused": report.refused, "ms": report.ms,
        "problem": report.problem.as_ref().map(|problem| problem.code()), "advice": advice(report),
        "detail": report.detail,
        "files": report.files.iter().map(|(sha256, problem)| json!({"sha256": sha256, "problem": problem.code()}))
            .collect::<Vec<_>>(),
    })
}

/// What holds sync up and what to do about it.
fn advice(report: &SyncReport) -> Option<String> {
    report.problem.as_ref().map(|problem| Texts::new(language()).word("problem", problem.code()))
}

fn report_text(report: &SyncReport) -> String {
    let problem = advice(report).map(|advice| format!("\nnot everything is through: {advice} ({})", report.detail));
    let files: String = report
        .files
        .iter()
        .map(|(sha256, problem)| format!("\nfile {sha256} cannot be sent: {}", problem.code()))
        .collect();
    format!(
        "sent {} entries and {} bytes of files, got {} rows, {} refused, {} ms{}{files}",
        report.pushed,
        report.media_bytes,
        report.pulled,
        report.refused,
        report.ms,
        problem.unwrap_or_default()
    )
}
