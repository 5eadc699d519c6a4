//! Cold openings: of a device with many jobs, and of one with unsent work and sealed documents.

use std::path::Path;
use std::time::Instant;

use countersign_device::app::{App, SignRequest};
use countersign_evidence::samples::sample_signature;
use countersign_model::document::{Outcome, Provenance, SignerRole};
use countersign_tests::bench::copy_folder;
use countersign_tests::measure::median;
use serde_json::json;

use crate::line::{Goal, Line};
use crate::{Asked, child, many, plain};

/// Times that a program is started to say a median.
const STARTS: usize = 11;

/// Job list of a store with many jobs, from opening the folder: `alone open FOLDER`.
pub fn alone(folder: &Path) -> Result<serde_json::Value, String> {
    let begun = Instant::now();
    let app = many::open(folder)?;
    let opened = begun.elapsed().as_secs_f64() * 1_000.0;
    let list = app.job_list(&Default::default()).map_err(|error| error.to_string())?;
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    Ok(json!({"ms": took, "open_ms": opened, "rows": list.rows.len()}))
}

/// The same of a plain table: `alone plain-open FILE`.
pub fn alone_plain(file: &Path) -> Result<serde_json::Value, String> {
    Ok(json!({"ms": plain::first_page(file)?}))
}

/// Medians of fresh processes that open this, milliseconds, and the part of it that is opening alone.
fn started(folder: &Path) -> Result<(f64, f64), String> {
    let (mut times, mut opens) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let told = child::alone("open", &[folder])?;
        times.push(child::number(&told, "ms")?);
        opens.push(child::number(&told, "open_ms")?);
    }
    Ok((median(&mut times), median(&mut opens)))
}

fn started_plain(file: &Path) -> Result<f64, String> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(child::number(&child::alone("plain-open", &[file])?, "ms")?);
    }
    Ok(median(&mut times))
}

/// Cold open with ever more jobs; the goal is for the largest.
pub fn cold(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for jobs in [500, 5_000, 50_000] {
        let folder = many::device(&asked.cache, jobs)?;
        let (ours, open) = started(&folder)?;
        let peer = started_plain(&plain::jobs(&asked.cache, jobs)?)?;
        let (name, goal) = match jobs {
            50_000 => ("cold open of 50,000 jobs to the first page".to_owned(), Goal::RatioAtMost(3.0)),
            _ => (format!("growth: cold open, {jobs} jobs"), Goal::None),
        };
        let line = Line::new(name, "ms", ours, goal).beside("SQLite open and one indexed page", Ok(peer));
        lines.push(line.and("opening_ms", open).and("jobs", jobs));
    }
    Ok(lines)
}

/// Opening with unsent answers and with sealed documents that wait for the hub.
pub fn unsent(asked: &Asked) -> Result<Vec<Line>, String> {
    let peer = started_plain(&plain::jobs(&asked.cache, 50_000)?)?;
    let mut lines = Vec::new();
    for (answers, documents) in [(0, 0), (500, 0), (5_000, 0), (0, 5), (0, 50), (5_000, 50)] {
        let folder = with_work(asked, answers, documents)?;
        let (ours, open) = started(&folder)?;
        let name = format!("start with 50,000 jobs, {answers} unsent answers, {documents} sealed documents");
        let line = Line::new(name, "ms", ours, Goal::None).beside("SQLite open and one indexed page", Ok(peer));
        lines.push(line.and("opening_ms", open).and("answers", answers).and("documents", documents));
    }
    Ok(lines)
}

fn with_work(asked: &Asked, answers: usize, documents: usize) -> Result<std::path::PathBuf, String> {
    let jobs = many::device(&asked.cache, 50_000)?;
    many::kept(&asked.cache, &format!("unsent-{answers}-{documents}"), |folder| {
        copy_folder(&jobs, folder);
        let app = many::open(folder)?;
        for place in 0..answers {
            // Ten answers a job, in jobs that are not signed.
            let value = if place.is_multiple_of(2) { "yes" } else { "no" };
            answer(&app, 1_000 + place / 10, value)?;
        }
        (0..documents).try_for_each(|place| sign(&app, place))?;
        app.flush().map_err(|error| error.to_string())
    })
}

fn answer(app: &App, place: usize, value: &str) -> Result<(), String> {
    let answered = app.answer(&many::number(place), "machine_runs", value, Provenance::Typed);
    answered.map(|_| ()).map_err(|error| error.to_string())
}

fn sign(app: &App, place: usize) -> Result<(), String> {
    answer(app, place, "yes")?;
    let job = many::number(place);
    let shown = app.preview(&job).map_err(|error| error.to_string())?;
    let request = SignRequest {
        name: "M. Lin".to_owned(),
        role: SignerRole::Customer,
        outcome: Outcome::Accepted,
        remarks: String::new(),
        satisfaction: Some(5),
        aspects: Default::default(),
        strokes: Some(sample_signature(1)),
        engineer_strokes: sample_signature(2),
        stamp: None,
        content_sha256: Some(shown.content_sha256),
    };
    app.sign(&job, request).map(|_| ()).map_err(|error| error.to_string())
}
