//! What a person waits for while they work: saving an answer, looking at a job with its photos.

use std::time::Instant;

use countersign_device::app::{App, CaptureRequest, FileSource, Origin};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_model::document::{Provenance, Stage};
use countersign_tests::measure::{ROUNDS, at_share, median};

use crate::line::{Goal, Line};
use crate::{Asked, many, plain};

/// The job that is worked on.
const JOB: &str = "J-26-0001";
/// Answers that are saved, in turn with as many plain commits.
const ANSWERS: usize = 400;
/// About what an answer's command and row take.
const ROW_BYTES: usize = 600;

/// An answer through the app, in turn with a plain commit in the same folder, so that both meet the same disk.
pub fn answer(asked: &Asked) -> Result<Vec<Line>, String> {
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    let app = many::enrolled(folder.path())?;
    let plain = plain::table(&folder.path().join("plain.db"))?;
    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    for round in 0..ANSWERS {
        let value = if round.is_multiple_of(2) { "yes" } else { "no" };
        let begun = Instant::now();
        app.answer(JOB, "machine_runs", value, Provenance::Typed).map_err(|error| error.to_string())?;
        ours.push(begun.elapsed().as_secs_f64() * 1_000.0);
        let begun = Instant::now();
        plain::commit(&plain, value, ROW_BYTES)?;
        peer.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    let line = Line::new("save one answer, durable", "ms", median(&mut ours), Goal::RatioAtMost(1.11))
        .beside("one SQLite commit with FULL", Ok(median(&mut peer)));
    Ok(vec![line.and("p95_ms", at_share(&mut ours, 95)).and("peer_p95_ms", at_share(&mut peer, 95))])
}

/// The screen of a job with ever more photos; thirty are aimed at.
pub fn screen(asked: &Asked) -> Result<Vec<Line>, String> {
    let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
    let app = many::enrolled(folder.path())?;
    let mut lines = Vec::new();
    let mut photos = 0;
    for count in [30, 300, 3_000] {
        while photos < count {
            photograph(&app, photos as u64)?;
            photos += 1;
        }
        let (name, goal) = match count {
            30 => ("job screen with 30 pieces of evidence".to_owned(), Goal::AtMost(5.0)),
            _ => (format!("growth: job screen, {count} pieces of evidence"), Goal::None),
        };
        let peer = rows(&folder.path().join(format!("plain-{count}.db")), count)?;
        let line =
            Line::new(name, "ms", screen_ms(&app)?, goal).beside("as many SQLite rows by their parent", Ok(peer));
        lines.push(line.and("pieces", count));
    }
    Ok(lines)
}

fn photograph(app: &App, seed: u64) -> Result<(), String> {
    let bytes = sample_photo(seed, 64, 48, &SampleClaims::default());
    let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: format!("photo-{seed}.jpg") };
    let request = CaptureRequest {
        job: JOB.to_owned(),
        source,
        question: None,
        stage: Stage::Found,
        origin: Origin::Captured { here: None },
    };
    app.attach(request).map(|_| ()).map_err(|error| error.to_string())
}

fn screen_ms(app: &App) -> Result<f64, String> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        app.job_screen(JOB).map_err(|error| error.to_string())?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(median(&mut times))
}

fn rows(path: &std::path::Path, count: usize) -> Result<f64, String> {
    let connection = plain::table(path)?;
    connection.execute_batch("CREATE INDEX plain_key ON plain (key); BEGIN").map_err(plain::whole)?;
    (0..count).try_for_each(|_| plain::commit(&connection, "visit", 1_200))?;
    connection.execute_batch("COMMIT").map_err(plain::whole)?;
    let mut query = connection.prepare("SELECT body FROM plain WHERE key = 'visit'").map_err(plain::whole)?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let found = query.query_map([], |row| row.get::<_, String>(0)).map_err(plain::whole)?;
        let found = found.filter_map(Result::ok).count();
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        if found != count {
            return Err(format!("{} has {found} rows, not {count}", path.display()));
        }
    }
    Ok(median(&mut times))
}
