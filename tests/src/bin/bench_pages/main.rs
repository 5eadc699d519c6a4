//! `cargo xtask bench pages`: every page of the console over a company with a year's work, through the real program.
//!
//! The company is made through the hub's own import and its own judge, once for each set of amounts; the folder is kept
//! and used again. One JSON line a page; the program fails where a page takes longer than 50 ms at the median.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measuring program: what it cannot make or reach ends it, and its message says what"
)]

mod addresses;
mod amounts;
mod lists;
mod measure;
mod peer;
mod phone;
mod server;
mod work;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime};

use countersign_hub::{Hub, InitOptions};
use countersign_model::Language;
use countersign_model::entity::Role;
use countersign_tests::bench::{copy_folder, folder_in_memory};
use countersign_tests::served::Server;
use serde_json::json;

use crate::addresses::Known;
use crate::amounts::{Amounts, Asked};
use crate::server::{Browser, PASSWORD, USERNAME};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = match Asked::of(&arguments) {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    match run(&asked) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock after 1970");
    i64::try_from(since.as_millis()).expect("a clock of our time")
}

fn run(asked: &Asked) -> Result<bool, String> {
    let folder = made(asked)?;
    let mut server = Server::start(&asked.program, &folder)?;
    let browser = Browser::sign_in(&server)?;
    let import = browser.try_import("parts", &broken_list())?;
    let hub = Hub::open(&folder).map_err(|error| error.to_string())?;
    let known = Known::of(&hub, import);
    let mut slow = Vec::new();
    for page in countersign_hub::console::pages().iter().filter(|page| page.starts_with(&asked.only)) {
        let (line, is_quick) =
            measure::page(&browser, page, &known.of_page(page), rows(page, &asked.amounts), &asked.cache)?;
        println!("{line}");
        if !is_quick {
            slow.push(page.clone());
        }
    }
    println!("{}", json!({"name": "peak memory of the hub", "kilobytes": server.peak_memory()}));
    server.stop();
    if !slow.is_empty() {
        eprintln!("above 50 ms at the median: {}", slow.join(", "));
    }
    Ok(slow.is_empty())
}

/// A file with many findings.
fn broken_list() -> String {
    let mut text = "code,name_en,price\n".to_owned();
    for row in 0..2_000 {
        text.push_str(&format!("P-{row:06},Part,no price\n"));
    }
    text
}

/// How many rows the table of a list page has; 0 for any other page.
fn rows(page: &str, amounts: &Amounts) -> usize {
    match page {
        "/parts" => amounts.parts,
        "/customers" | "/sites" | "/contacts" | "/machines" => amounts.customers,
        "/board" | "/reviews" => amounts.jobs,
        _ => 0,
    }
}

/// The folder with these amounts: the kept one, or a new one.
fn made(asked: &Asked) -> Result<PathBuf, String> {
    let kept = asked.cache.join(asked.amounts.folder());
    if !kept.join("ready").exists() {
        let begun = Instant::now();
        let memory = folder_in_memory();
        let making = memory.path().join("office");
        make(&making, &asked.amounts);
        let file = |error: std::io::Error| format!("{}: {error}", kept.display());
        if kept.exists() {
            fs::remove_dir_all(&kept).map_err(file)?;
        }
        copy_folder(&making, &kept);
        fs::write(kept.join("ready"), b"").map_err(file)?;
        eprintln!("made {} in {} s", kept.display(), begun.elapsed().as_secs());
    }
    let folder = asked.cache.join("served");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    copy_folder(&kept, &folder);
    Ok(folder)
}

/// Makes the company in memory: nobody pulls the plug while it is made.
fn make(folder: &Path, amounts: &Amounts) {
    let clock = Arc::new(AtomicI64::new(now() - 366 * 24 * 60 * 60 * 1000));
    let ticking = Arc::clone(&clock);
    // A millisecond a look: ids that are made one after the other sort one after the other.
    let clock_of_hub: countersign_hub::edge::Clock = Arc::new(move || ticking.fetch_add(1, Ordering::SeqCst));
    let options = InitOptions { company: "Bench Service".to_owned(), sample: true };
    let hub = Hub::init_at(folder, &options, clock_of_hub).expect("a new hub");
    let roles = [Role::Administrator, Role::Manager, Role::StoreKeeper, Role::CallDesk];
    let admin = hub.add_person(&hub.system(), "Bench Administrator", &roles, Language::English).expect("a person");
    hub.set_password(admin, USERNAME, PASSWORD).expect("a password");
    hub.add_webhook("books", "https://example.com/hook", &["document.signed".to_owned()]).expect("an endpoint");
    lists::import(&hub, amounts);
    let mut company = work::company(&hub);
    work::jobs(&hub, &mut company, amounts, &|by| {
        clock.fetch_add(by, Ordering::SeqCst);
    });
}
