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

/// The log's disk is full before the data's: a device saves and sends all the same, and the hub stores it.
#[test]
fn work_is_saved_and_sent_while_no_log_can_be_written() {
    let root = tempfile::tempdir().unwrap();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let (child, address) = serve(root.path(), full().into(), "json");
    let office = root.path().join("office");
    let office = office.to_str().unwrap();
    let url = format!("http://{address}");
    program::run(root.path(), &["hub", "person", office, "Ana Ruiz", "--role", "engineer"]);
    let invite = ["hub", "invite", office, "--person", "Ana Ruiz", "--role", "engineer", "--url", &url];
    let code = program::run_one(root.path(), &invite)["code"].as_str().unwrap().to_owned();
    let device = |arguments: &[&str]| -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["--json", "--verbose", "device", "--store", "phone"])
            .args(arguments)
            .current_dir(root.path())
            .stderr(full())
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(text.lines().last().unwrap_or("null")).unwrap()
    };
    device(&["enrol", "--code", &code]);
    device(&["sync"]);
    device(&["new", "--machine", "H7-3391", "--fault", "leaks"]);
    assert!(device(&["status"])["pending_commands"].as_u64().unwrap() > 0);
    device(&["sync"]);
    assert_eq!(device(&["status"])["pending_commands"], 0);
    end(child);
    program::run(root.path(), &["hub", "check", office]);
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

/// What the command line did, as the audit log has it.
fn noted(folder: &str) -> Vec<String> {
    let hub = countersign_hub::Hub::open(std::path::Path::new(folder)).unwrap();
    let filter = countersign_hub::store::AuditFilter::default();
    let events = hub.read(|read| Ok(read.audited_events(&filter, None, 100)?)).unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

#[test]
fn what_the_command_line_does_to_webhooks_stands_in_the_audit_log() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("office");
    let folder = folder.to_str().unwrap();
    let run = |rest: &[&str]| program::run(root.path(), rest);
    run(&["hub", "init", folder, "--company", "Acme"]);
    run(&["hub", "webhook", "add", folder, "--name", "books", "--url", "https://example.com/hook"]);
    for step in ["test", "rotate", "disable", "enable", "remove"] {
        run(&["hub", "webhook", step, folder, "books"]);
    }
    run(&["hub", "webhook", "private", folder, "allow"]);
    run(&["hub", "metrics-token", folder]);
    let mut kinds = noted(folder);
    kinds.reverse();
    let want =
        ["add", "test", "rotate", "disable", "enable", "remove", "private"].map(|step| format!("webhook.{step}"));
    assert_eq!(kinds[..7], want);
    assert_eq!(kinds[7], "metrics.token");
}

#[test]
fn an_administrator_needs_no_browser_for_people_policies_and_keys() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("office");
    let folder = folder.to_str().unwrap();
    let call = |rest: &[&str]| {
        let arguments: Vec<&str> = ["hub"].iter().chain(rest).copied().collect();
        match program::start(root.path(), &arguments).finish().0 {
            program::Ended::Done { code, mut lines, .. } => (code, lines.pop().unwrap_or_default()),
            other => panic!("{other:?}"),
        }
    };
    let first = call(&["init", folder, "--company", "Acme"]).1;
    // People.
    let (code, mia) = call(&["person", folder, "Mia Chen", "--role", "manager", "--language", "zh-Hans"]);
    assert_eq!((code, mia["name"].as_str(), mia["language"].as_str()), (0, Some("Mia Chen"), Some("zh-Hans")));
    let again = call(&["person", folder, "Mia Chen", "--role", "manager", "--role", "administrator"]).1;
    assert_eq!((&again["person"], again["roles"].as_array().map(Vec::len)), (&mia["person"], Some(2)));
    assert_eq!(call(&["person", folder, "Nobody"]).0, 1, "a new person needs a role");
    assert_eq!(call(&["person", folder, "Mia Chen", "--role", "king"]).0, 2);
    assert_eq!(call(&["person", folder, "Administrator", "--left"]).1["left"], true);
    assert_eq!(call(&["person", folder, "Mia Chen", "--left"]).0, 1, "somebody must let others in");
    let link = call(&["password-link", folder, "--person", "Mia Chen"]).1;
    assert!(link["path"].as_str().unwrap().starts_with("/sign-in/"), "{link}");
    // Policies, within the limits of the rules.
    let policy = call(&["policy", folder, "--grace", "30", "--reserve", "256", "--hide-prices", "C,D"]).1;
    assert_eq!((policy["grace_days"].as_i64(), policy["capture_reserve_bytes"].as_i64()), (Some(30), Some(256 << 20)));
    assert_eq!(policy["hide_prices"], serde_json::json!(["C", "D"]));
    assert_eq!(call(&["policy", folder, "--grace", "3"]).0, 1);
    assert_eq!(call(&["policy", folder]).1["grace_days"], 30);
    // Devices that nobody knows.
    assert_eq!(call(&["device", folder, "K7", "--confirm", "--reason", "x"]).0, 1);
    // Keys.
    let keys = root.path().join("keys.json");
    let rotated = call(&["rotate", folder]).1;
    assert_eq!((rotated["number"].as_i64(), &rotated["before"]), (Some(1), &first["fingerprint"]));
    assert_eq!(call(&["keys", folder, "--file", keys.to_str().unwrap()]).1["fingerprint"], rotated["fingerprint"]);
    assert_eq!(call(&["keys", folder, "--file", keys.to_str().unwrap()]).0, 3, "a file is not overwritten");
    assert_eq!(call(&["recovery-key", folder, "--renew"]).0, 1, "the present key still lies there");
    std::fs::remove_file(root.path().join("office").join("recovery.key")).unwrap();
    assert_eq!(call(&["recovery-key", folder, "--renew"]).1["made"], true);
    let kinds = noted(folder);
    for kind in ["link.make", "key.rotate", "recovery.renew"] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}: {kinds:?}");
    }
}
