//! Just enough HTTP/1.1 to find where a message ends, so that a fault can be placed inside or behind it.
//!
//! Never changes a byte of what it passes on.

use tokio::io::{AsyncRead, AsyncReadExt};

/// One message with its raw bytes.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The first line.
    pub first: String,
    /// Head and body exactly as they came.
    pub raw: Vec<u8>,
    /// Length of the head with its empty line.
    pub head: usize,
    /// Whether it ends only when the connection does.
    pub endless: bool,
}

impl Message {
    /// Method and path of a request, without the query.
    pub fn request(&self) -> (String, String) {
        let mut words = self.first.split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let target = words.next().unwrap_or_default();
        (method, target.split('?').next().unwrap_or_default().to_owned())
    }

    /// Status of a reply; 0 where there is none.
    pub fn status(&self) -> u16 {
        self.first.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
    }

    fn header(&self, name: &str) -> Option<String> {
        let head = String::from_utf8_lossy(self.raw.get(..self.head)?).into_owned();
        head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }
}

/// What a message's head says of its end.
enum End {
    Length(usize),
    Chunked,
    Close,
}

/// Bytes of a connection, with what was read ahead of the present message.
pub struct Reader<R> {
    stream: R,
    ahead: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// Reads from this stream.
    pub fn new(stream: R) -> Reader<R> {
        Reader { stream, ahead: Vec::new() }
    }

    /// The next request; `None` when the connection ends first.
    pub async fn request(&mut self) -> Option<Message> {
        let mut message = self.head().await?;
        self.body(&mut message, false).await.then_some(message)
    }

    /// The reply to a request with this method. One whose end is that of the connection is returned with its head
    /// only, the rest is read by [`Reader::more`].
    pub async fn reply(&mut self, method: &str) -> Option<Message> {
        let mut message = self.head().await?;
        let status = message.status();
        if method == "HEAD" || status == 204 || status == 304 {
            return Some(message);
        }
        self.body(&mut message, true).await.then_some(message)
    }

    /// Whatever comes next; empty at the end.
    pub async fn more(&mut self) -> Vec<u8> {
        if self.ahead.is_empty() {
            self.fill().await;
        }
        std::mem::take(&mut self.ahead)
    }

    async fn fill(&mut self) -> bool {
        let mut piece = vec![0; 64 << 10];
        match self.stream.read(&mut piece).await {
            Ok(0) | Err(_) => false,
            Ok(count) => {
                self.ahead.extend_from_slice(&piece[..count]);
                true
            }
        }
    }

    async fn head(&mut self) -> Option<Message> {
        loop {
            if let Some(at) = self.ahead.windows(4).position(|four| four == b"\r\n\r\n") {
                let raw: Vec<u8> = self.ahead.drain(..at + 4).collect();
                let first = String::from_utf8_lossy(&raw).lines().next().unwrap_or_default().to_owned();
                return Some(Message { first, head: raw.len(), raw, endless: false });
            }
            if !self.fill().await {
                return None;
            }
        }
    }

    async fn body(&mut self, message: &mut Message, is_reply: bool) -> bool {
        match end_of(message, is_reply) {
            End::Length(length) => self.take(message, length).await,
            End::Chunked if is_reply && is_events(message) => {
                message.endless = true;
                true
            }
            End::Chunked => self.chunks(message).await,
            End::Close => {
                message.endless = true;
                true
            }
        }
    }

    async fn take(&mut self, message: &mut Message, length: usize) -> bool {
        while self.ahead.len() < length {
            if !self.fill().await {
                return false;
            }
        }
        message.raw.extend(self.ahead.drain(..length));
        true
    }

    async fn chunks(&mut self, message: &mut Message) -> bool {
        loop {
            let Some(line) = self.line(message).await else { return false };
            let digits = line.trim().split(';').next().unwrap_or_default();
            let Ok(length) = usize::from_str_radix(digits, 16) else { return false };
            if !self.take(message, length + 2).await {
                return false;
            }
            if length == 0 {
                return true;
            }
        }
    }

    async fn line(&mut self, message: &mut Message) -> Option<String> {
        loop {
            if let Some(at) = self.ahead.windows(2).position(|two| two == b"\r\n") {
                let line: Vec<u8> = self.ahead.drain(..at + 2).collect();
                message.raw.extend_from_slice(&line);
                return Some(String::from_utf8_lossy(&line).into_owned());
            }
            if !self.fill().await {
                return None;
            }
        }
    }
}

fn end_of(message: &Message, is_reply: bool) -> End {
    if message.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        return End::Chunked;
    }
    match message.header("content-length").and_then(|value| value.parse().ok()) {
        Some(length) => End::Length(length),
        None if is_reply => End::Close,
        None => End::Length(0),
    }
}

fn is_events(message: &Message) -> bool {
    message.header("content-type").is_some_and(|value| value.starts_with("text/event-stream"))
}
