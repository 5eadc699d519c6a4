//! Enrolment and sync on the command line.

use std::str::FromStr;
use std::time::Duration;

use countersign_device::app::App;
use countersign_device::model::wire::EnrolmentString;
use countersign_device::sync::{Progress, SyncReport, watch};
use countersign_device::texts::Texts;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{of_app, of_enrol};
use crate::output::{Done, Exit, Failure, Output, language};

/// How often what was saved is made durable in the second memory while a sync stays (design section 9).
const FLUSH: Duration = Duration::from_secs(2);

/// A runtime for network work.
pub fn runtime() -> Result<Runtime, Failure> {
    Runtime::new().map_err(|error| Failure::environment(format!("the system gives no threads: {error}")))
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
    let identity = runtime()?.block_on(app.enrol(&string, name)).map_err(|error| of_enrol(&error))?;
    let object =
        json!({"device": identity.device, "person": identity.person, "code": identity.code, "hub": identity.url});
    output.result(&object, || format!("enrolled as device {} at {}", identity.code, identity.url));
    Ok(Exit::Ok)
}

/// Syncs once, or stays and syncs until it is stopped.
pub fn sync(app: &App, stay: bool, output: &Output) -> Done {
    let runtime = runtime()?;
    if stay { runtime.block_on(stay_in_sync(app, output)) } else { once(app, &runtime, output) }
}

fn once(app: &App, runtime: &Runtime, output: &Output) -> Done {
    let progress = *output;
    let report =
        runtime.block_on(app.sync(move |now| show_progress(&progress, now))).map_err(|error| of_app(&error))?;
    output.result(&report_object(&report), || report_text(&report));
    Ok(match (&report.problem, report.refused) {
        (Some(_), _) => Exit::Environment,
        (None, 0) => Exit::Ok,
        (None, _) => Exit::Refused,
    })
}

async fn stay_in_sync(app: &App, output: &Output) -> Done {
    let progress = *output;
    let (_wishes, wished) = tokio::sync::mpsc::channel(1);
    let flush = tokio::spawn(flush_often(app.clone()));
    let stopped = async {
        // Without a handler for the signal the process simply ends; nothing that was saved is lost by that.
        let _signal = tokio::signal::ctrl_c().await;
    };
    let show = move |now: &Progress| show_progress(&progress, now);
    let report = watch(app.store(), app.surroundings(), show, wished, stopped).await;
    flush.abort();
    app.flush().map_err(|error| of_app(&error))?;
    output.result(&report_object(&report), || report_text(&report));
    Ok(if report.problem.is_some() { Exit::Environment } else { Exit::Ok })
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

fn show_progress(output: &Output, now: &Progress) {
    let report = &now.report;
    let object = json!({
        "progress": {"pushed": report.pushed, "pulled": report.pulled, "media_bytes": report.media_bytes},
    });
    if output.is_json() {
        output.progress(&object, String::new);
    } else {
        tracing::info!(pushed = report.pushed, pulled = report.pulled, media_bytes = report.media_bytes, "syncing");
    }
}

fn report_object(report: &SyncReport) -> Value {
    json!({
        "pushed": report.pushed, "pulled": report.pulled, "media_bytes": report.media_bytes,
        "fetched_bytes": report.fetched_bytes, "refused": report.refused, "ms": report.ms,
        "problem": report.problem.as_ref().map(|problem| problem.code()), "advice": advice(report),
        "detail": report.detail,
    })
}

/// What holds sync up and what to do about it.
fn advice(report: &SyncReport) -> Option<String> {
    report.problem.as_ref().map(|problem| Texts::new(language()).word("problem", problem.code()))
}

fn report_text(report: &SyncReport) -> String {
    let problem = advice(report).map(|advice| format!("\nnot everything is through: {advice} ({})", report.detail));
    format!(
        "sent {} entries and {} bytes of files, got {} rows, {} refused, {} ms{}",
        report.pushed,
        report.media_bytes,
        report.pulled,
        report.refused,
        report.ms,
        problem.unwrap_or_default()
    )
}
