//! The carrier against a server that says what each test wants: whose answer counts, what a failure means, and what
//! leaves the device byte by byte.
#![cfg(test)]

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use countersign_device::sync::carrier::{Carrier, Chunk, FileSource, LineEvent};
use countersign_device::sync::failure::Failure;
use countersign_device::sync::http::{HttpCarrier, HubAddress, Pass};
use countersign_device::vault::Token;
use countersign_model::record::Scope;
use countersign_model::wire::{MediaOffer, Push};
use countersign_model::{Digest, Id};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

fn tenant() -> Id {
    Id::derived("tenant", &[b"ours"])
}

/// Answers one connection with these bytes and returns what it was sent.
async fn server(answer: String) -> (HttpCarrier, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/base", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        let mut piece = [0; 4096];
        while !is_whole(&request) {
            let length = stream.read(&mut piece).await.unwrap();
            if length == 0 {
                break;
            }
            request.extend_from_slice(&piece[..length]);
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        String::from_utf8_lossy(&request).into_owned()
    });
    let pass = Pass { tenant: tenant(), token: Arc::new(|| Ok(Token::new("secret-token".to_owned()))) };
    (HttpCarrier::new(&HubAddress { url, tls_key: None }, Some(pass)).unwrap(), heard)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.trim().parse().unwrap())
}

fn hub(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncountersign-hub: {}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}",
        tenant()
    )
}

fn is_not_the_hub(failure: &Failure) -> bool {
    matches!(failure, Failure::NotTheHub(_))
}

#[tokio::test]
async fn only_the_hubs_own_answer_counts() {
    let other = Id::derived("tenant", &[b"theirs"]);
    let html = "<html>Welcome to our hotel</html>";
    let rows = [
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{html}", html.len()),
        "HTTP/1.1 302 Found\r\nlocation: http://portal.example/\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 9\r\ncontent-length: 0\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\ncountersign-hub: {other}\r\ncontent-length: 12\r\n\r\n{{\"stored\":5}}"),
    ];
    for answer in rows {
        let (carrier, _heard) = server(answer.clone()).await;
        let push = Push { envelopes: Vec::new(), signature: None };
        let failure = carrier.push(push).await.unwrap_err();
        assert!(is_not_the_hub(&failure), "{answer} gave {failure:?}");
    }
}

#[tokio::test]
async fn what_the_hub_says_is_understood() {
    let rows = [
        (hub("200 OK", "", "{\"stored\":5}"), None),
        (hub("200 OK", "", "<html>"), Some("the hub and this program do not understand each other")),
        (hub("429 Too Many Requests", "retry-after: 9\r\n", ""), Some("the hub asks to wait")),
        (hub("401 Unauthorized", "", "{\"code\":\"sign_in\"}"), Some("the hub does not know this device's token")),
        (hub("302 Found", "location: http://elsewhere.example/\r\n", ""), Some("the hub and this program")),
        ("HTTP/1.1 200 OK\r\ncontent-le".to_owned(), Some("not connected")),
        (String::new(), Some("not connected")),
    ];
    for (answer, want) in rows {
        let (carrier, _heard) = server(answer.clone()).await;
        let pushed = carrier.push(Push { envelopes: Vec::new(), signature: None }).await;
        match want {
            None => assert_eq!(pushed.unwrap().stored, 5),
            Some(words) => assert!(pushed.as_ref().unwrap_err().to_string().starts_with(words), "{answer}: {pushed:?}"),
        }
    }
}

#[tokio::test]
async fn a_body_that_is_cut_is_no_answer() {
    let whole = hub("200 OK", "", "{\"stored\":5,\"outcomes\":[]}");
    for cut in 1..whole.len() {
        let (carrier, _heard) = server(String::from_utf8_lossy(&whole.as_bytes()[..cut]).into_owned()).await;
        let pushed = carrier.push(Push { envelopes: Vec::new(), signature: None }).await;
        assert!(matches!(pushed, Err(Failure::NotConnected(_) | Failure::NotTheHub(_))), "cut at {cut}: {pushed:?}");
    }
}

#[tokio::test]
async fn calls_go_where_the_contract_says() {
    let page = r#"{"scope":"job/1","as_of":1,"rows":[],"next":null}"#;
    let (carrier, heard) = server(hub("200 OK", "", page)).await;
    carrier.scope(Scope("job/1".to_owned()), Some("a b&c".to_owned()), 7).await.unwrap();
    let request = heard.await.unwrap();
    assert!(request.starts_with("GET /base/v1/scopes/job/1?limit=7&after=a+b%26c HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer secret-token\r\n"), "{request}");
    assert!(!request.contains("accept-encoding"), "{request}");

    let feed = r#"{"cursor":"c","epoch":"e","rows":[],"at_head":true,"hub_time":3,"lease_until":0}"#;
    let (carrier, heard) = server(hub("200 OK", "countersign-time: 12345\r\n", feed)).await;
    assert_eq!(carrier.feed(None, 1000).await.unwrap().hub_time, Some(12_345));
    // Who never took a page asks for its own scope first; who did, for what came since.
    assert!(heard.await.unwrap().starts_with("GET /base/v1/feed?limit=1000&begin=own HTTP/1.1\r\n"));
    let (carrier, heard) = server(hub("200 OK", "", feed)).await;
    carrier.feed(Some("e.7".to_owned()), 1000).await.unwrap();
    assert!(heard.await.unwrap().starts_with("GET /base/v1/feed?limit=1000&cursor=e.7 HTTP/1.1\r\n"));
}

fn chunk(bytes: &'static [u8], file_bytes: u64, offset: u64, length: u64) -> Chunk {
    Chunk {
        sha256: Digest::of(bytes),
        index: 1,
        source: FileSource::new(move || Ok(Box::new(Cursor::new(bytes)))),
        file_bytes,
        offset,
        bytes: length,
    }
}

#[tokio::test]
async fn a_chunk_carries_its_own_digest_and_length() {
    let (carrier, heard) = server(hub("204 No Content", "", "")).await;
    carrier.chunk(chunk(b"0123456789", 10, 4, 6)).await.unwrap();
    let request = heard.await.unwrap();
    let sha = Digest::of(b"0123456789");
    assert!(request.starts_with(&format!("PUT /base/v1/media/{sha}/chunks/1 HTTP/1.1\r\n")), "{request}");
    assert!(request.contains("content-length: 6\r\n") && request.ends_with("\r\n\r\n456789"), "{request}");
    // The SHA-256 of "456789" in base64.
    assert!(request.contains("content-digest: sha-256=:Ryu+g2Fuk9PAmnkQOuR9j3Hj01qWbW6LIvdDIY0EFx0=:"), "{request}");
}

#[tokio::test]
async fn a_file_that_is_shorter_than_recorded_is_not_sent() {
    let (carrier, _heard) = server(hub("204 No Content", "", "")).await;
    let failure = carrier.chunk(chunk(b"0123", 10, 0, 10)).await.unwrap_err();
    assert!(matches!(failure, Failure::File(_)), "{failure:?}");
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_cut() {
    let body = format!("{{\"chunk_bytes\":65536,\"missing\":[{}]}}", "1,".repeat(3 << 20));
    let (carrier, _heard) = server(hub("200 OK", "", &body)).await;
    let offer = MediaOffer { sha256: Digest::of(b"x"), bytes: 1 };
    assert_eq!(carrier.offer(offer).await, Err(Failure::AnswerTooLarge));
}

/// A page within the limit of its length whose values would take many times as much is not read.
#[tokio::test]
async fn an_answer_of_very_many_values_is_not_read() {
    for (value, times) in [("[],", 1_000_000), ("{\"\":0},", 200_000)] {
        let body = format!("{{\"chunk_bytes\":65536,\"missing\":[],\"more\":[{}0]}}", value.repeat(times));
        assert!(body.len() < 4 << 20);
        let (carrier, _heard) = server(hub("200 OK", "", &body)).await;
        let offer = MediaOffer { sha256: Digest::of(b"x"), bytes: 1 };
        assert_eq!(carrier.offer(offer).await, Err(Failure::AnswerTooLarge), "{value}");
    }
}

/// Nobody asks for compressed answers. One that says it is compressed is not unpacked, however small it is: it is not
/// understood.
#[tokio::test]
async fn a_compressed_answer_is_not_unpacked() {
    let (carrier, heard) = server(hub("200 OK", "content-encoding: gzip\r\n", "\u{1f}\u{8}\0\0\0")).await;
    let offer = MediaOffer { sha256: Digest::of(b"x"), bytes: 1 };
    let failure = carrier.offer(offer).await.unwrap_err();
    assert!(matches!(failure, Failure::NotUnderstood(_)), "{failure:?}");
    assert!(!heard.await.unwrap().to_lowercase().contains("accept-encoding"), "it was asked for");
}

#[tokio::test]
async fn fetched_bytes_come_in_pieces_and_end_when_nobody_wants_them() {
    let (carrier, _heard) = server(hub("200 OK", "", &"x".repeat(100_000))).await;
    let (into, mut pieces) = mpsc::channel::<Bytes>(1);
    let (fetched, length) = tokio::join!(carrier.fetch(Digest::of(b"x"), into), async {
        let mut length = 0;
        while let Some(piece) = pieces.recv().await {
            length += piece.len();
        }
        length
    });
    assert_eq!((fetched, length), (Ok(()), 100_000));

    let (carrier, _heard) = server(hub("200 OK", "", &"x".repeat(100_000))).await;
    let (into, pieces) = mpsc::channel::<Bytes>(1);
    drop(pieces);
    assert_eq!(carrier.fetch(Digest::of(b"x"), into).await, Err(Failure::AnswerTooLarge));
}

#[tokio::test]
async fn the_open_line_brings_pokes() {
    let stream = format!(
        "HTTP/1.1 200 OK\r\ncountersign-hub: {}\r\ncontent-type: text/event-stream\r\n\r\n: hello\n\nevent: poke\ndata:\n\n",
        tenant()
    );
    let (carrier, _heard) = server(stream).await;
    let (into, mut line) = mpsc::channel(4);
    let failure = carrier.listen(into).await;
    assert!(matches!(failure, Failure::NotConnected(_)), "{failure:?}");
    assert_eq!((line.recv().await, line.recv().await), (Some(LineEvent::Opened), Some(LineEvent::Poke)));
}

#[test]
fn a_token_never_travels_readable() {
    let pass = || Some(Pass { tenant: tenant(), token: Arc::new(|| Ok(Token::new("t".to_owned()))) });
    let rows = [
        ("http://127.0.0.1:1", true),
        ("http://[::1]:1", true),
        ("http://localhost:1", true),
        ("https://hub.example", true),
        ("http://hub.example", false),
        ("http://192.168.0.7:80", false),
        ("http://127.0.0.1.example", false),
    ];
    for (url, taken) in rows {
        let address = HubAddress { url: url.to_owned(), tls_key: None };
        assert_eq!(HttpCarrier::new(&address, pass()).is_ok(), taken, "{url}");
    }
}
