//! `cargo xtask bench device`: a device with long lists, through the app as a shell calls it.
//!
//! The store takes what the hub would send it, page by page; no network and no pictures. One JSON line for each thing
//! that is measured, beside a page of a plain indexed SQLite table of as many rows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measuring program: what it cannot make or reach ends it, and its message says what"
)]

mod lists;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use countersign_device::app::{App, AppError, AppOptions, SoftwareKey, SoftwareVault, SystemPlatform};
use countersign_device::screens::PartFilter;
use countersign_device::store::OpenOptions;
use countersign_tests::bench::{device_key, prepare};
use countersign_tests::measure::{ROUNDS, at_share, median, peak_memory, plain_page, rounded};
use serde_json::json;

/// The job that is worked on.
const JOB: &str = "J-26-0001";

/// What the command line asks for.
struct Asked {
    parts: usize,
    machines: usize,
    cache: PathBuf,
}

impl Asked {
    fn of(arguments: &[String]) -> Result<Asked, String> {
        let mut asked = Asked { parts: 100_000, machines: 10_000, cache: PathBuf::from("target/bench") };
        let mut words = arguments.iter();
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value"))?;
            let count = || value.parse::<usize>().map_err(|_| format!("{name} {value}: name a number"));
            match name.as_str() {
                "--parts" => asked.parts = count()?.max(1_000),
                "--machines" => asked.machines = count()?.max(10),
                "--cache" => asked.cache = PathBuf::from(value),
                _ => return Err(format!("{name} is not known: use --parts or --machines")),
            }
        }
        Ok(asked)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Asked::of(&arguments).and_then(|asked| run(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn run(asked: &Asked) -> Result<(), String> {
    let whole = |error: std::io::Error| format!("{}: {error}", asked.cache.display());
    std::fs::create_dir_all(&asked.cache).map_err(whole)?;
    let folder = tempfile::tempdir_in(&asked.cache).map_err(whole)?;
    let app = open(folder.path());
    prepare(app.store()).map_err(|error| error.to_string())?;
    lists::work(app.store());
    let begun = Instant::now();
    lists::parts(app.store(), asked.parts);
    told_once("take all parts", begun);
    let begun = Instant::now();
    lists::machines(app.store(), asked.machines);
    told_once("take all customers and machines", begun);
    let size = std::fs::metadata(folder.path().join("store.db")).map_or(0, |file| file.len());
    println!("{}", json!({"name": "size of the store", "kilobytes": size / 1024}));
    let peer = plain_page(&asked.cache, asked.parts)?;
    pickers(&app, asked, peer)?;
    others(&app, asked, peer)?;
    println!("{}", json!({"name": "peak memory, the making of the store included", "kilobytes": peak_memory("self")}));
    Ok(())
}

fn open(folder: &std::path::Path) -> App {
    let key = SoftwareKey::from_bytes(&device_key().to_bytes()).expect("a scalar");
    let store = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let vault = Arc::new(SoftwareVault::from_bytes([3; 32]));
    App::open(folder, AppOptions { store, key: Arc::new(key), vault, platform: Arc::new(SystemPlatform::new()) })
        .expect("the device opens")
}

fn told_once(name: &str, begun: Instant) {
    println!("{}", json!({"name": name, "seconds": rounded(begun.elapsed().as_secs_f64())}));
}

/// Pages of the picker: the first, one far behind, and searches with few hits and with many.
fn pickers(app: &App, asked: &Asked, peer: f64) -> Result<(), String> {
    let behind = Some(lists::part_id(asked.parts * 9 / 10));
    let far = PartFilter { after: behind, ..PartFilter::default() };
    let searches = [
        ("seal 77", "two words"),
        ("P-000777", "a code"),
        ("P-0007", "the beginning of a code"),
        ("轴封", "two Chinese characters"),
        ("p", "a word that every part has"),
        ("valve hose", "two words that no part has together"),
    ];
    let page = |name: &str, filter: &PartFilter| {
        measured(name, peer, || app.parts_screen(JOB, filter).map(|screen| screen.parts.len()))
    };
    page("picker: first page", &PartFilter::default())?;
    page("picker: a page far behind", &far)?;
    for (search, what) in searches {
        page(
            &format!("picker: {what} ({search})"),
            &PartFilter { search: search.to_owned(), ..PartFilter::default() },
        )?;
    }
    Ok(())
}

fn others(app: &App, asked: &Asked, peer: f64) -> Result<(), String> {
    let code = lists::code(asked.parts / 2);
    let serial = lists::serial(asked.machines / 2);
    let store = app.store();
    measured("part by code", peer, || Ok(usize::from(store.read(|rows| rows.part_by_code(&code))?.is_some())))?;
    measured("machine by serial", peer, || {
        Ok(usize::from(store.read(|rows| rows.machine_by_serial(&serial))?.is_some()))
    })?;
    measured("job screen", peer, || app.job_screen(JOB).map(|_| 1))?;
    measured("form screen", peer, || app.form_screen(JOB).map(|screen| screen.map_or(0, |form| form.pages.len())))?;
    measured("machine screen", peer, || app.machine_screen(&serial).map(|screen| screen.wear_parts.len()))?;
    measured("list of jobs", peer, || app.job_list(&Default::default()).map(|screen| screen.rows.len()))
}

/// Does something often enough to say a median, and tells its line; `work` answers how many rows it had.
fn measured(name: &str, peer: f64, work: impl Fn() -> Result<usize, AppError>) -> Result<(), String> {
    let mut times = Vec::with_capacity(ROUNDS);
    let mut rows = 0;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        rows = work().map_err(|error| format!("{name}: {error}"))?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    let median = median(&mut times);
    let line = json!({
        "name": name, "median_ms": rounded(median), "p95_ms": rounded(at_share(&mut times, 95)), "rows": rows,
        "peer": "plain page", "peer_ms": rounded(peer), "ratio": rounded(median / peer.max(0.001)),
    });
    println!("{line}");
    Ok(())
}
