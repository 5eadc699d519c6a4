//! Logs go to standard error; `--verbose` or `RUST_LOG` opens them further. Secrets are never logged anywhere.
//!
//! A log never holds up or stops the work: lines go through a bounded queue to a thread of their own. Where standard
//! error is a full disk, a pipe that nobody reads or closed, lines are lost and counted, and everything else goes on.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Lines that wait to be written at most; a burst of a busy second.
const WAITING: usize = 8_192;
/// What the end of the program waits for the last lines.
const LAST: Duration = Duration::from_millis(500);

/// How a log line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Starts logging once for the process. What it answers writes the last lines when it goes.
pub fn start(verbose: bool, format: LogFormat) -> Lines {
    let usual = if verbose { "info" } else { "warn" };
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(format!("{usual},nom_exif=error")));
    let lines = Lines::to(io::stderr);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // A line that cannot be written is counted by the queue; saying so on the same standard error would panic.
        .log_internal_errors(false)
        .with_writer(lines.clone());
    // A second start (in tests of this program) keeps the first.
    let _already = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    };
    lines
}

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

/// The queue of lines; cloning shares it.
#[derive(Clone)]
pub struct Lines {
    queue: SyncSender<Message>,
    lost: Arc<AtomicU64>,
}

impl Lines {
    fn to<W: Write>(open: impl Fn() -> W + Send + 'static) -> Lines {
        let (queue, waiting) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&lost);
        // Without the thread the queue fills up and lines are lost: the work goes on.
        let _started = thread::Builder::new().name("log".to_owned()).spawn(move || write_all(&waiting, &counted, open));
        Lines { queue, lost }
    }

    fn take(&self, line: &[u8]) {
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) =
            self.queue.try_send(Message::Line(line.to_vec()))
        {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits a moment until what is queued was written.
    pub fn flush(&self) {
        let (done, written) = sync_channel(1);
        if self.queue.try_send(Message::Flush(done)).is_ok() {
            let _in_time = written.recv_timeout(LAST);
        }
    }
}

fn write_all<W: Write>(waiting: &Receiver<Message>, lost: &AtomicU64, open: impl Fn() -> W) {
    while let Ok(message) = waiting.recv() {
        match message {
            Message::Line(line) => {
                let written = open().write_all(&line).is_ok();
                if !written {
                    lost.fetch_add(1, Ordering::Relaxed);
                } else if let count @ 1.. = lost.swap(0, Ordering::Relaxed) {
                    let _also = writeln!(
                        open(),
                        "{{\"level\":\"WARN\",\"message\":\"log lines were lost\",\"count\":{count}}}"
                    );
                }
            }
            Message::Flush(done) => {
                let _waits = done.try_send(());
            }
        }
    }
}

/// One event's way into the queue.
pub struct Line(Lines);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// A disk that is full until it is freed, then keeps what is written.
    #[derive(Clone, Default)]
    struct Disk(Arc<Mutex<(bool, Vec<u8>)>>);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut state = self.0.lock().unwrap();
            if !state.0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            state.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_loses_lines_counts_them_and_fails_nobody() {
        let disk = Disk::default();
        let shared = disk.clone();
        let lines = Lines::to(move || shared.clone());
        for _ in 0..3 {
            lines.make_writer().write_all(b"lost\n").unwrap();
        }
        lines.flush();
        disk.0.lock().unwrap().0 = true;
        lines.make_writer().write_all(b"kept\n").unwrap();
        lines.flush();
        let text = String::from_utf8(disk.0.lock().unwrap().1.clone()).unwrap();
        let (first, second) = text.split_once('\n').unwrap();
        assert_eq!(first, "kept");
        assert!(second.contains("\"count\":3"), "{second}");
    }

    /// A pipe that nobody reads.
    struct Stuck(Arc<Mutex<()>>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            drop(self.0.lock());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_pipe_that_nobody_reads_holds_nobody_up() {
        let gate = Arc::new(Mutex::new(()));
        let held = gate.lock().unwrap();
        let shared = Arc::clone(&gate);
        let lines = Lines::to(move || Stuck(Arc::clone(&shared)));
        for _ in 0..WAITING * 2 {
            lines.make_writer().write_all(b"line\n").unwrap();
        }
        assert!(lines.lost.load(Ordering::Relaxed) >= WAITING as u64 - 1);
        drop(held);
    }
}
