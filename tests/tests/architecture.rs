//! Holds the house: which crate may use which (design section 3), and what is deliberately absent from each.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The arrows: a crate and what it may use of ours in its library or program. Nothing else.
const ARROWS: &[(&str, &[&str])] = &[
    ("countersign-model", &[]),
    ("countersign-forms", &["countersign-model"]),
    ("countersign-evidence", &["countersign-model"]),
    ("countersign-texts", &["countersign-model"]),
    ("countersign-documents", &["countersign-model", "countersign-texts", "countersign-evidence"]),
    (
        "countersign-device",
        &[
            "countersign-model",
            "countersign-forms",
            "countersign-evidence",
            "countersign-documents",
            "countersign-texts",
        ],
    ),
    (
        "countersign-hub",
        &[
            "countersign-model",
            "countersign-forms",
            "countersign-evidence",
            "countersign-documents",
            "countersign-texts",
        ],
    ),
    ("countersign-laptop", &["countersign-device", "countersign-texts"]),
    ("countersign-bindings", &["countersign-device"]),
    ("countersign-bindgen", &[]),
    (
        "countersign",
        &["countersign-device", "countersign-hub", "countersign-laptop", "countersign-documents", "countersign-forms"],
    ),
    ("xtask", &["countersign-tests"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What each crate of ours uses of ours, outside its tests.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let ours: BTreeSet<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let of = |package: &serde_json::Value| {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let shipped = dependencies.filter(|dependency| dependency["kind"].as_str() != Some("dev"));
        let names = shipped.map(|dependency| dependency["name"].as_str().unwrap());
        names.filter(|name| ours.contains(name)).map(str::to_owned).collect()
    };
    packages.iter().map(|package| (package["name"].as_str().unwrap().to_owned(), of(package))).collect()
}

#[test]
fn crates_use_only_what_the_arrows_allow() {
    for (name, used) in uses() {
        // `tests` may use any.
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            assert_eq!(name, "countersign-tests", "a new crate needs its line in ARROWS and in docs/architecture.md");
            continue;
        };
        for other in used {
            assert!(allowed.contains(&other.as_str()), "{name} must not use {other}");
        }
    }
}

/// Sources under a folder, without test folders and in-file test modules.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "target" {
                open.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = std::fs::read_to_string(&path).unwrap();
                let shipped = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                found.push((path, shipped));
            }
        }
    }
    found.sort();
    found
}

/// Code lines that hold one of these words, comments left out.
fn lines_with(folder: &str, words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut hits = Vec::new();
    for (path, text) in sources(folder) {
        let relative = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        if allowed.iter().any(|start| relative.starts_with(start)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && words.iter().any(|word| code.contains(word)) {
                hits.push(format!("{relative}:{}: {code}", number + 1));
            }
        }
    }
    hits
}

const PURE: &[&str] = &["core/model", "core/forms", "core/evidence", "core/documents", "core/texts"];

#[test]
fn the_pure_crates_have_no_clock_chance_file_network_or_sql() {
    let words = [
        "SystemTime::now",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::fs",
        "std::net",
        "std::env::var",
        "getrandom",
        "thread_rng",
        "rusqlite",
        "reqwest",
        "tokio::",
        "new_v4(",
        "now_v7(",
    ];
    for folder in PURE {
        assert_eq!(lines_with(folder, &words, &[]), Vec::<String>::new());
    }
}

#[test]
fn network_sql_and_clocks_stay_in_their_rooms() {
    // (folder, words that are absent, rooms where they may be)
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("core/device/src", &["reqwest", "TcpStream", "rustls::"], &["core/device/src/sync/http"]),
        (
            "core/device/src",
            &["rusqlite", "SELECT ", "INSERT ", "DELETE FROM"],
            &["core/device/src/store", "core/device/src/screens"],
        ),
        ("hub/src", &["reqwest", "TcpStream"], &["hub/src/webhooks"]),
        ("hub/src", &["rusqlite", "SELECT ", "INSERT ", "DELETE FROM"], &["hub/src/store"]),
        ("cli/src", &["rusqlite", "SELECT ", "INSERT "], &[]),
        (
            "core/device/src",
            &["SystemTime::now", "Instant::now", "Utc::now", "Local::now"],
            &["core/device/src/app.rs", "core/device/src/app/ports.rs"],
        ),
        // Holding a button is measured where it is held.
        ("laptop/src", &["SystemTime::now", "Instant::now", "Utc::now", "Local::now"], &["laptop/src/customer.rs"]),
        // The border hands on; it decides, words and stores nothing.
        (
            "bindings/src",
            &["SystemTime::now", "Instant::now", "rusqlite", "SELECT ", "decide(", "Texts::new("],
            &["bindings/src/words.rs"],
        ),
        (
            "hub/src",
            &["SystemTime::now", "Instant::now", "Utc::now", "Local::now"],
            &["hub/src/edge.rs", "hub/src/api/stamp.rs"],
        ),
    ];
    for (folder, words, rooms) in rows {
        assert_eq!(lines_with(folder, words, rooms), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn nothing_of_the_border_is_inside_the_core() {
    let words = ["uniffi", "jni::", "swift_bridge"];
    for folder in ["core", "hub", "laptop", "cli"] {
        assert_eq!(lines_with(folder, &words, &[]), Vec::<String>::new());
    }
}

#[test]
fn there_is_no_global_state() {
    let words = ["static mut", "lazy_static", "OnceLock<", "LazyLock<", "OnceCell<Mutex", "thread_local!"];
    for folder in ["core", "hub", "laptop"] {
        // Mistakes on purpose are on for the thread of one simulation, and are not compiled into any program.
        let hits: Vec<String> = lines_with(folder, &words, &["core/model/src/seeded.rs"])
            .into_iter()
            // A table that is computed once and never changes is a constant, not a state.
            .filter(|line| !line.contains("LazyLock<[") && !line.contains("// constant table"))
            .collect();
        assert_eq!(hits, Vec::<String>::new());
    }
}

#[test]
fn files_hold_one_concern() {
    for folder in ["core", "hub/src", "laptop/src", "bindings", "cli/src", "xtask/src"] {
        for (path, _) in sources(folder) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 700, "{} has {lines} lines: split it by concern", path.display());
        }
    }
}
