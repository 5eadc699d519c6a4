//! The open line: server-sent events without content. Any event is a poke; comments keep the line alive.

use std::time::Duration;

use tokio::sync::mpsc;

use super::answer::Heard;
use crate::sync::carrier::LineEvent;
use crate::sync::failure::Failure;

/// A line longer than this does not come from our hub.
const LONGEST_LINE: usize = 4 << 10;

/// Reads until the line breaks.
pub(super) async fn read(mut heard: Heard, into: mpsc::Sender<LineEvent>, silence: Duration) -> Failure {
    let gone = || Failure::NotConnected("nobody listens any more".to_owned());
    if into.send(LineEvent::Opened).await.is_err() {
        return gone();
    }
    let mut lines = Lines::default();
    loop {
        match heard.piece(silence).await {
            Ok(Some(piece)) => match lines.take(&piece) {
                Some(0) => {}
                // Several pokes at once say no more than one.
                Some(_) if into.send(LineEvent::Poke).await.is_err() => return gone(),
                Some(_) => {}
                None => return Failure::NotUnderstood("the open line brings something else".to_owned()),
            },
            Ok(None) => return Failure::NotConnected("the hub closed the line".to_owned()),
            Err(failure) => return failure,
        }
    }
}

/// Cuts the stream into lines and counts the events in it.
#[derive(Debug, Default)]
struct Lines {
    /// The line that has no end yet.
    rest: Vec<u8>,
    /// The event that has no empty line yet has a field.
    has_field: bool,
}

impl Lines {
    /// How many events ended in these bytes; `None`: this is no event stream.
    fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut events = 0;
        for byte in bytes {
            match byte {
                b'\n' => {
                    let line = std::mem::take(&mut self.rest);
                    match line.first() {
                        None => events += usize::from(std::mem::take(&mut self.has_field)),
                        Some(b':') => {}
                        Some(_) => self.has_field = true,
                    }
                }
                b'\r' => {}
                other if self.rest.len() < LONGEST_LINE => self.rest.push(*other),
                _ => return None,
            }
        }
        Some(events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_wherever_the_stream_is_cut() {
        let stream = b": keep\n\nevent: poke\ndata:\n\n:\n\ndata: x\r\n\r\n";
        for cut in 0..stream.len() {
            let mut lines = Lines::default();
            let (first, second) = stream.split_at(cut);
            let count = lines.take(first).unwrap() + lines.take(second).unwrap();
            assert_eq!(count, 2, "cut at {cut}");
        }
        assert_eq!(Lines::default().take(&[b'x'; LONGEST_LINE + 1]), None);
    }
}
