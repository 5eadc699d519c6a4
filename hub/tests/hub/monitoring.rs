//! What an operator sees: metrics, health, request ids. Every line of the metrics is read; nothing names anybody.

use std::collections::{BTreeMap, BTreeSet};

use countersign_hub::ServeOptions;
use countersign_model::Digest;
use countersign_model::record::Scope;
use countersign_model::wire::{ErrorCode, MediaOffer, Push};

use crate::common::note;
use crate::live::{Answer, Ask, Live, call, chunk, get, post};

/// A line with its labels.
#[derive(Debug, Clone, PartialEq)]
struct Sample {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':')
}

/// Reads one line of samples of the text format 0.0.4, strictly.
fn sample(line: &str) -> Sample {
    let (head, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no value: {line}"));
    let (name, labels) = match head.split_once('{') {
        Some((name, rest)) => (name, rest.strip_suffix('}').unwrap_or_else(|| panic!("open braces: {line}"))),
        None => (head, ""),
    };
    let pairs = labels.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, quoted) = pair.split_once('=').unwrap_or_else(|| panic!("no label: {line}"));
        let text = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        assert!(is_name(key), "{line}");
        (key.to_owned(), text.unwrap_or_else(|| panic!("no quotes: {line}")).to_owned())
    });
    assert!(is_name(name), "{line}");
    let value = if value == "+Inf" { f64::INFINITY } else { value.parse().unwrap_or_else(|_| panic!("{line}")) };
    Sample { name: name.to_owned(), labels: pairs.collect(), value }
}

/// Reads every line; a sample without a type, or of no known type, fails.
fn parse(answer: &Answer) -> Vec<Sample> {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert!(answer.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    let mut types = BTreeMap::new();
    let mut samples = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(types.insert(name.to_owned(), kind.to_owned()).is_none(), "twice: {line}");
        } else if let Some(rest) = line.strip_prefix("# HELP ") {
            assert!(is_name(rest.split(' ').next().unwrap()), "{line}");
        } else {
            let found = sample(line);
            let plain = ["_bucket", "_sum", "_count"].iter().find_map(|end| found.name.strip_suffix(end));
            let family = plain.filter(|name| types.contains_key(*name)).unwrap_or(&found.name);
            assert!(types.contains_key(family), "no type: {line}");
            samples.push(found);
        }
    }
    assert!(text.ends_with('\n'));
    samples
}

fn value(samples: &[Sample], name: &str, labels: &[(&str, &str)]) -> f64 {
    let fits = |sample: &&Sample| {
        sample.name == name && labels.iter().all(|(key, want)| sample.labels.get(*key).is_some_and(|is| is == want))
    };
    let found: Vec<f64> = samples.iter().filter(fits).map(|sample| sample.value).collect();
    assert_eq!(found.len(), 1, "{name} {labels:?}: {samples:#?}");
    found[0]
}

/// As a monitoring on this machine asks.
fn scrape(live: &Live) -> Answer {
    // The store is asked anew.
    live.office.advance(10_000);
    let ask = Ask { headers: vec![("host", "127.0.0.1".to_owned())], ..Ask::default() };
    crate::live::call_as(live.address, "GET", "/metrics", &ask)
}

#[test]
fn every_line_of_the_metrics_is_read_and_nothing_names_anybody() {
    let mut live = Live::new();
    let job = live.office.job(live.office.engineer).job;
    let mut phone = live.office.device(live.office.engineer, 1);
    let token = phone.enrolment.token.clone();
    let envelope = phone.command(&note("a", job), &Scope::job(job));
    let mut odd = phone.command(&note("b", job), &Scope::job(job)).command;
    odd.kind = "made.up.word".to_owned();
    phone.seq = 1;
    phone.chain_hash = countersign_model::command::chain_next(
        countersign_model::command::chain_start(phone.id()),
        1,
        &envelope.command,
    )
    .unwrap();
    let odd = phone.envelope(odd);
    let push = Push { envelopes: vec![envelope, odd], signature: Some(phone.signature()) };
    assert_eq!(post(live.address, "/v1/commands", Some(&token), &push).status, 200);
    let bytes = b"a photo".to_vec();
    let sha256 = Digest::of(&bytes);
    post(live.address, "/v1/media", Some(&token), &MediaOffer { sha256, bytes: 7 });
    assert_eq!(value(&parse(&scrape(&live)), "countersign_upload_bytes", &[]), 7.0);
    chunk(live.address, &token, &bytes, &bytes, 0);
    post(live.address, &format!("/v1/media/{sha256}/finish"), Some(&token), &());
    get(live.address, "/no/such/page/anywhere", None);

    let samples = parse(&scrape(&live));
    let one = |name: &str, labels: &[(&str, &str)]| value(&samples, name, labels);
    assert_eq!(one("countersign_commands_total", &[("type", "note.add"), ("outcome", "accepted")]), 1.0);
    assert_eq!(one("countersign_commands_total", &[("type", "unknown"), ("outcome", "parked")]), 1.0);
    assert_eq!(one("countersign_commands_open", &[("state", "parked")]), 1.0);
    assert_eq!(one("countersign_commands_open", &[("state", "quarantined")]), 0.0);
    assert_eq!(one("countersign_devices", &[("state", "seen_today")]), 1.0);
    assert_eq!(one("countersign_receipts_total", &[]), 1.0);
    assert_eq!(one("countersign_uploads", &[]), 0.0);
    assert_eq!((one("countersign_media_files", &[]), one("countersign_media_bytes", &[])), (1.0, 7.0));
    assert_eq!(one("countersign_http_requests_total", &[("route", "-"), ("status", "404")]), 1.0);
    let route = ("route", "/v1/media/{sha256}/finish");
    assert_eq!(one("countersign_http_requests_total", &[route, ("method", "POST"), ("status", "200")]), 1.0);
    assert_eq!(one("countersign_http_request_seconds_bucket", &[route, ("le", "+Inf")]), 1.0);
    assert_eq!(one("countersign_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1.0);
    assert_eq!(one("countersign_feed_lag_seconds", &[]), 0.0);
    assert_eq!(one("countersign_webhooks_queued", &[]), 0.0);
    for name in ["feed_position", "database_bytes", "disk_free_bytes"] {
        assert!(one(&format!("countersign_{name}"), &[]) > 0.0, "{name}");
    }
    let long: BTreeSet<&String> = samples.iter().flat_map(|sample| sample.labels.values()).collect();
    let secretive = |text: &&&String| text.len() > 40 || text.parse::<countersign_model::Id>().is_ok();
    assert_eq!(long.iter().filter(secretive).count(), 0, "{long:?}");
    live.stop();
}

#[test]
fn only_this_machine_and_the_token_read_the_metrics() {
    let mut live = Live::new();
    let hub = live.office.hub.clone();
    let ask = |token: Option<&str>, headers: &[(&'static str, &str)]| {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        crate::live::call_as(live.address, "GET", "/metrics", &Ask { token, headers, body: Vec::new() })
    };
    let local = ("host", "localhost");
    assert_eq!(ask(None, &[local]).status, 200);
    assert_eq!(ask(None, &[("host", "evil.example")]).problem(), ErrorCode::SignIn);
    assert_eq!(ask(None, &[local, ("x-forwarded-for", "1.2.3.4")]).status, 401);
    assert_eq!(ask(Some(""), &[("host", "hub")]).status, 401);
    assert_eq!(ask(Some("wrong"), &[local]).status, 401, "a wrong token is never helped by the address");
    let first = hub.make_metrics_token().unwrap();
    assert_eq!(ask(Some(&first), &[("host", "hub.example")]).status, 200);
    let second = hub.make_metrics_token().unwrap();
    assert_eq!((ask(Some(&first), &[local]).status, ask(Some(&second), &[local]).status), (401, 200));
    hub.forget_metrics_token().unwrap();
    assert_eq!(ask(Some(&second), &[local]).status, 401);
    let phone = live.office.device(live.office.engineer, 1);
    let refused = ask(Some(&phone.enrolment.token), &[local]);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    live.stop();
    let options = ServeOptions { behind_proxy: true, ..ServeOptions::local(0) };
    let behind = live.runtime.block_on(hub.serve(options)).unwrap();
    let ask = Ask { headers: vec![("host", "localhost".to_owned())], ..Ask::default() };
    assert_eq!(crate::live::call_as(behind.address, "GET", "/metrics", &ask).status, 401, "the proxy is local too");
    live.serving = Some(behind);
    live.stop();
}

#[test]
fn health_says_whether_it_serves_and_which_program() {
    let mut live = Live::new();
    let answer = get(live.address, "/healthz", None);
    let body: serde_json::Value = answer.json();
    assert_eq!(
        body,
        serde_json::json!({"ok": true, "ready": true, "version": env!("CARGO_PKG_VERSION"), "backup_last_proven": null})
    );
    live.stop();
}

#[test]
fn every_answer_names_its_request_and_only_our_proxy_names_it() {
    let mut live = Live::new();
    let ids: BTreeSet<String> = ["/healthz", "/v1/feed", "/sign-in", "/nowhere"]
        .iter()
        .map(|path| get(live.address, path, None).header("x-request-id").unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 4);
    let ask = Ask { headers: vec![("x-request-id", "mine".to_owned())], ..Ask::default() };
    assert_ne!(call(live.address, "GET", "/healthz", &ask).header("x-request-id"), Some("mine"));
    let hub = live.office.hub.clone();
    live.stop();
    let options = ServeOptions { behind_proxy: true, ..ServeOptions::local(0) };
    live.serving = Some(live.runtime.block_on(hub.serve(options)).unwrap());
    let at = live.serving.as_ref().unwrap().address;
    assert_eq!(call(at, "GET", "/healthz", &ask).header("x-request-id"), Some("mine"));
    live.stop();
}

#[test]
fn a_refused_method_says_which_are_allowed() {
    let mut live = Live::new();
    let answer = call(live.address, "DELETE", "/v1/trust", &Ask::default());
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET,HEAD")));
    live.stop();
}
