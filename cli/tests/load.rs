//! Many and hostile callers at the real office server: a thousand devices that come back within one second, requests that
//! are never finished, bodies without an end. Everybody with an honest question is served, nothing happens twice, and the
//! server's memory stays within bounds, which its process says itself.
#![cfg(test)]
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "a long run says what it measured")]

mod devices;
mod program;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use devices::{Company, Count};
use program::Hub;

/// Devices where nothing is asked for; `COUNTERSIGN_DEVICES` asks for more.
const DEVICES: usize = 60;
/// What the server may use beyond what it used before, kilobytes, for each device that comes back: its connections, and
/// its calls while they wait.
const PER_DEVICE_KB: u64 = 512;
/// What it may use beyond that, whatever happens, kilobytes.
const SPARE_KB: u64 = 96 << 10;
/// Most bytes that are taken from somebody whose request is refused: the largest body that any call takes, and what the
/// system's own buffers hold.
const TAKEN: u64 = 24 << 20;
const GIGABYTE: u64 = 1 << 30;

fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
}

#[test]
fn devices_that_all_come_back_within_one_second_are_served_once_each() {
    let count = asked("COUNTERSIGN_DEVICES", DEVICES);
    let folder = tempfile::tempdir().unwrap();
    let company = Company::new(folder.path(), count);
    let hub = Hub::serve(&company.office(), &company.listen);
    let before = hub.peak_memory();
    let came = company.come_back();
    let used = hub.peak_memory() - before;
    drop(hub);
    assert_eq!(came.through, Count(count), "{came:?}");
    company.each_has_its_note_once();
    println!(
        "soak: {count} devices within one second: all through after {:.1} s, {} of them after more than one try; the \
         server used {} MB before and {} MB more at most",
        came.took.as_secs_f64(),
        came.tried_again,
        before >> 10,
        used >> 10
    );
    let most = SPARE_KB + PER_DEVICE_KB * count as u64;
    assert!(used < most, "the server used {used} kB more; {most} kB are allowed");
}

fn connect(hub: &Hub) -> TcpStream {
    let stream = TcpStream::connect(hub.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// Sends a body without an end, in pieces of this text, until the server closes; says what it answered and how much it
/// took.
fn flood(hub: &Hub, head: &str, is_chunked: bool, piece: &str) -> (String, u64) {
    let mut stream = connect(hub);
    stream.write_all(head.as_bytes()).unwrap();
    let mut text = piece.repeat((64 << 10) / piece.len());
    if is_chunked {
        text = format!("{:x}\r\n{text}\r\n", text.len());
    }
    let mut sent = 0;
    while sent < GIGABYTE && stream.write_all(text.as_bytes()).is_ok() {
        sent += text.len() as u64;
    }
    let mut answer = Vec::new();
    // A server that closes on somebody who still sends resets the line; what it said may be lost with it.
    let _ = stream.read_to_end(&mut answer);
    (String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned(), sent)
}

#[test]
fn bodies_of_a_gigabyte_are_refused_early_and_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let company = Company::new(folder.path(), 1);
    let token = &company.token;
    let hub = Hub::serve(&company.office(), &company.listen);
    let before = hub.peak_memory();
    let host = "host: hub\r\ncontent-type: application/json\r\nexpect-nothing: 1\r\n";
    let own = format!("authorization: Bearer {token}\r\n");
    let routes = [
        ("POST /v1/enrol", ""),
        ("POST /v1/introduce", ""),
        ("POST /v1/commands", own.as_str()),
        ("POST /v1/scopes", &own),
        ("POST /v1/media", &own),
        ("PUT /v1/media/0000000000000000000000000000000000000000000000000000000000000000/chunks/0", &own),
        ("POST /sign-in", ""),
    ];
    for (route, own) in routes {
        for (length, is_chunked) in
            [("transfer-encoding: chunked\r\n", true), ("content-length: 1073741824\r\n", false)]
        {
            let head = format!("{route} HTTP/1.1\r\n{host}{own}{length}\r\n");
            let (answer, taken) = flood(&hub, &head, is_chunked, "[[0,0,{\"a\":[],");
            assert!(taken < TAKEN, "{route} {length}: {taken} bytes were taken, {answer}");
            assert!(!answer.contains(" 200 "), "{route} {length}: {answer}");
        }
    }
    let used = hub.peak_memory() - before;
    println!(
        "soak: fourteen bodies of a gigabyte: the server used {} MB before and {used} kB more at most",
        before >> 10
    );
    assert!(used < SPARE_KB, "{used} kB");
}

/// Bodies of the size that is allowed, and all of it the smallest values that JSON has: in memory each is many times as
/// large. One device sends them all at once.
#[test]
fn bodies_of_very_many_values_do_not_fill_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let company = Company::new(folder.path(), 1);
    let token = &company.token;
    let hub = Hub::serve(&company.office(), &company.listen);
    let before = hub.peak_memory();
    let values = "[],".repeat((4 << 20) / 3 - 200);
    let body = format!("{{\"envelopes\":[{{\"origin\":{{\"system\":null}},\"command\":[{values}0]}}]}}");
    let head = format!(
        "POST /v1/commands HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\nconnection: close\r\n\
         authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    std::thread::scope(|threads| {
        for _ in 0..24 {
            threads.spawn(|| {
                let mut stream = connect(&hub);
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
                let mut answer = String::new();
                let _ = stream.read_to_string(&mut answer);
                assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
            });
        }
    });
    let used = hub.peak_memory() - before;
    println!("soak: 24 bodies of 1.4 million values each: {used} kB more at most");
    // The bodies themselves are 96 MiB.
    assert!(used < 2 * SPARE_KB, "{used} kB");
}

/// Connections that begin a question and never finish it: half a head, or half a body. Meanwhile everybody else is served.
#[test]
fn half_sent_questions_hold_up_nobody() {
    let count = asked("COUNTERSIGN_HALF_SENT", 600);
    let folder = tempfile::tempdir().unwrap();
    let company = Company::new(folder.path(), 1);
    let hub = Hub::serve(&company.office(), &company.listen);
    let before = hub.peak_memory();
    let body = "POST /v1/enrol HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{\"code\":";
    let mut held: Vec<TcpStream> = Vec::new();
    let mut slowest = Duration::ZERO;
    for number in 0..count {
        let mut stream = connect(&hub);
        let half = if number % 2 == 0 { "GET /v1/feed HTTP/1.1\r\nhost: hub\r\nx-slow: " } else { body };
        stream.write_all(half.as_bytes()).unwrap();
        held.push(stream);
        if number % 20 == 0 {
            let begun = Instant::now();
            let mut honest = connect(&hub);
            honest.write_all(b"GET /healthz HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            honest.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            slowest = slowest.max(begun.elapsed());
        }
    }
    let used = hub.peak_memory() - before;
    println!("soak: {count} half-sent questions: others were answered within {slowest:?}; {used} kB more at most");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert!(used < 32 << 10, "{used} kB");
}
