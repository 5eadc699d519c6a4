use tokio::io::AsyncReadExt;

use super::*;

/// A server that counts what reached it: it answers each request with the bytes of its body.
async fn echo() -> (SocketAddr, Arc<Mutex<Vec<Vec<u8>>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let ears = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut reader = Reader::new(read);
            while let Some(request) = reader.request().await {
                let body = request.raw[request.head..].to_vec();
                lock(&ears).push(body.clone());
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let _ = write.write_all(head.as_bytes()).await;
                let _ = write.write_all(&body).await;
            }
        }
    });
    (address, heard)
}

/// Sends one request and returns everything that comes back until the connection ends.
async fn ask(proxy: &Proxy, body: &str) -> String {
    let mut stream = TcpStream::connect(proxy.address).await.unwrap();
    let request = format!("POST /v1/x?y=1 HTTP/1.1\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn each_fault_lets_through_what_it_says() {
    let (hub, heard) = echo().await;
    let proxy = Proxy::start(hub).await;
    let whole = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
    // (fault, what the device sees, whether the hub heard the whole request)
    let rows = [
        (Fault::Pass, whole.to_owned(), true),
        (Fault::Refuse, String::new(), false),
        (Fault::CutRequest(20), String::new(), false),
        (Fault::CutReply(12), whole.chars().take(12).collect(), true),
        (Fault::DropReply, String::new(), true),
        (Fault::answer(302, "location: /\r\n", ""), "HTTP/1.1 302 Said".to_owned(), false),
    ];
    for (fault, seen, reaches) in rows {
        lock(&heard).clear();
        proxy.once("POST", "/v1/x", fault.clone());
        let answer = ask(&proxy, "hello").await;
        let fits = if seen.contains("302") { answer.starts_with(&seen) } else { answer == seen };
        assert!(fits, "{fault:?}: {answer:?}");
        assert_eq!(lock(&heard).contains(&b"hello".to_vec()), reaches, "{fault:?}");
    }
    let log = proxy.take_log();
    assert_eq!((log.len(), log[0].status, log[0].reply_bytes), (6, 200, whole.len()));
    assert_eq!((log[4].status, log[1].status), (200, 0));
}

#[tokio::test]
async fn rules_skip_and_count_and_are_cleared() {
    let (hub, _) = echo().await;
    let proxy = Proxy::start(hub).await;
    proxy.place("POST", "/v1/x", 1, 2, Fault::Refuse);
    proxy.once("GET", "/", Fault::Refuse);
    let mut answered = Vec::new();
    for _ in 0..4 {
        answered.push(!ask(&proxy, "a").await.is_empty());
    }
    assert_eq!(answered, [true, false, false, true]);
    proxy.always("/v1", Fault::Refuse);
    assert_eq!(ask(&proxy, "a").await, "");
    proxy.clear();
    assert_ne!(ask(&proxy, "a").await, "");
}

#[tokio::test]
async fn the_same_seed_brings_the_same_weather() {
    let (hub, _) = echo().await;
    let mut runs = Vec::new();
    for seed in [3, 3, 4] {
        let proxy = Proxy::start(hub).await;
        proxy.weather(seed, 500);
        for _ in 0..40 {
            ask(&proxy, "a").await;
        }
        let faults: Vec<Fault> = proxy.take_log().into_iter().map(|exchange| exchange.fault).collect();
        assert!(faults.contains(&Fault::Pass) && faults.contains(&Fault::DropReply));
        runs.push(faults);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}
