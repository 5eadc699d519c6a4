//! What measuring programs share: medians, a peer to hold a figure against, the memory that was used.

use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, params};

/// How often something is done to say a median.
pub const ROUNDS: usize = 21;
/// Rows of a page of the plain table.
const PAGE: i64 = 51;

/// The middle of the times.
pub fn median(times: &mut [f64]) -> f64 {
    at_share(times, 50)
}

/// The time that this share of them does not exceed.
pub fn at_share(times: &mut [f64], percent: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let last = times.len().saturating_sub(1);
    times.get((times.len() * percent / 100).min(last)).copied().unwrap_or(0.0)
}

/// Two decimals.
pub fn rounded(time: f64) -> f64 {
    (time * 100.0).round() / 100.0
}

/// The most memory that a process used, kilobytes; 0 where the system does not say. `self` is this process.
pub fn peak_memory(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Median of a page of a plain table with so many rows, milliseconds.
pub fn plain_page(folder: &Path, rows: usize) -> Result<f64, String> {
    let path = folder.join(format!("plain-{rows}.db"));
    let whole = |error: rusqlite::Error| error.to_string();
    let is_new = !path.exists();
    let connection = Connection::open(&path).map_err(whole)?;
    if is_new {
        connection
            .execute_batch("CREATE TABLE plain (id INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL)")
            .map_err(whole)?;
        connection.execute_batch("CREATE INDEX plain_key ON plain (key, id); BEGIN").map_err(whole)?;
        let mut insert = connection.prepare("INSERT INTO plain (key, body) VALUES (?1, ?2)").map_err(whole)?;
        for row in 0..rows {
            let key = format!("{:08}", row.wrapping_mul(7_919) % rows.max(1));
            insert
                .execute(params![key, format!("{{\"name\":\"row {row}\",\"more\":\"{key:>300}\"}}")])
                .map_err(whole)?;
        }
        connection.execute_batch("COMMIT").map_err(whole)?;
    }
    let sql = "SELECT id, body FROM plain WHERE (key, id) > (?1, ?2) ORDER BY key, id LIMIT ?3";
    let mut query = connection.prepare(sql).map_err(whole)?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let from = format!("{:08}", round * rows / ROUNDS);
        let begun = Instant::now();
        let found = query.query_map(params![from, 0, PAGE], |row| row.get::<_, String>(1)).map_err(whole)?;
        let bytes: usize = found.filter_map(Result::ok).map(|body| body.len()).sum();
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        assert!(bytes > 0 || rows == 0, "the plain table has rows");
    }
    Ok(median(&mut times))
}
