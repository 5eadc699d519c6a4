//! What an operator does with the program: logs that never hold up or stop the work (standard error is a full disk, a
//! pipe that nobody reads, or closed), health checks, webhooks.
#![cfg(test)]

mod program;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Serves with everything logged, standard error going where the test says.
fn serve(root: &std::path::Path, errors: Stdio, format: &str) -> (Child, String) {
    let folder = root.join("office");
    if !folder.exists() {
        program::run(root, &["hub", "init", folder.to_str().unwrap(), "--company", "Acme"]);
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["--json", "--verbose", "--log-format", format, "hub", "serve", folder.to_str().unwrap()])
        .args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(errors)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    (child, said["address"].as_str().unwrap().to_owned())
}

fn healthy(address: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// Asks it to end, as a service manager does.
fn end(mut child: Child) {
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_full_log_disk_stops_nothing() {
    let root = tempfile::tempdir().unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let (child, address) = serve(root.path(), full.into(), "text");
    (0..50).for_each(|_| healthy(&address));
    end(child);
}

#[test]
fn a_log_that_nobody_reads_holds_up_nothing() {
    let root = tempfile::tempdir().unwrap();
    let (mut child, address) = serve(root.path(), Stdio::piped(), "text");
    let unread = child.stderr.take();
    // A pipe holds 64 KiB: some hundred lines.
    (0..1_000).for_each(|_| healthy(&address));
    end(child);
    drop(unread);
}

#[test]
fn each_line_is_an_object_with_its_request() {
    let root = tempfile::tempdir().unwrap();
    let log = root.path().join("log");
    let (child, address) = serve(root.path(), File::create(&log).unwrap().into(), "json");
    healthy(&address);
    end(child);
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = lines.iter().find(|line| line["message"] == "answered").unwrap();
    assert_eq!((answered["route"].as_str(), answered["status"].as_u64()), (Some("/healthz"), Some(200)));
    assert_eq!(answered["span"]["id"].as_str().unwrap().len(), 16);
    assert!(answered["timestamp"].is_string() && answered["level"] == "INFO");
}

#[test]
fn a_health_check_needs_no_other_program() {
    let root = tempfile::tempdir().unwrap();
    let (child, address) = serve(root.path(), Stdio::null(), "text");
    let ask = |address: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_countersign")).args(["hub", "health", address]).output().unwrap();
        output.status.code()
    };
    assert_eq!(ask(&address), Some(0));
    end(child);
    assert_eq!(ask(&address), Some(3));
}

#[test]
fn webhooks_are_set_on_the_command_line() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("office");
    let folder = folder.to_str().unwrap();
    program::run(root.path(), &["hub", "init", folder, "--company", "Acme"]);
    let hook = |rest: &[&str]| {
        let arguments: Vec<&str> = ["hub", "webhook"].iter().chain(rest).copied().collect();
        match program::start(root.path(), &arguments).finish().0 {
            program::Ended::Done { code, mut lines, .. } => (code, lines.pop().unwrap_or_default()),
            other => panic!("{other:?}"),
        }
    };
    let url = "https://example.com/hook";
    let (code, made) = hook(&["add", folder, "--name", "books", "--url", url, "--event", "document.signed"]);
    assert!(code == 0 && made["secret"].as_str().unwrap().starts_with("whsec_"), "{made}");
    assert_eq!(hook(&["add", folder, "--name", "x", "--url", "http://127.0.0.1:1/"]).0, 1);
    assert_eq!(hook(&["add", folder, "--name", "x", "--url", url, "--event", "made.up"]).0, 1);
    let (_, listed) = hook(&["list", folder]);
    assert_eq!((listed["name"].as_str(), listed["state"].as_str()), (Some("books"), Some("enabled")));
    assert!(!listed.to_string().contains("whsec_"));
    assert_eq!(hook(&["test", folder, "books"]).0, 0);
    assert_eq!(hook(&["list", folder, "books"]).1["type"], "webhook.test");
    assert_ne!(hook(&["rotate", folder, "books"]).1["secret"], made["secret"]);
    assert_eq!(hook(&["replay", folder, "books", "--since", "2026-11-23T09:00"]).0, 0);
    assert_eq!(hook(&["replay", folder, "books", "--since", "yesterday"]).0, 2);
    assert_eq!(hook(&["replay", folder, "books"]).0, 2);
    assert_eq!((hook(&["disable", folder, "books"]).0, hook(&["enable", folder, "books"]).0), (0, 0));
    assert_eq!((hook(&["remove", folder, "books"]).0, hook(&["remove", folder, "books"]).0), (0, 1));
}
