//! What the pages are measured beside, in the same run: a static file through the same server, and a page of rows from a
//! plain indexed SQLite table of as many rows.

use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, params};

use crate::measure::{ROUNDS, median};
use crate::server::Browser;

/// Rows of a page.
const PAGE: i64 = 51;

/// The file that is asked for.
pub const FILE: &str = "/assets/console.css";

/// Median of a static file, milliseconds.
pub fn static_file(browser: &Browser) -> Result<f64, String> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let answer = browser.get(FILE)?;
        if answer.status != 200 {
            return Err(format!("{FILE} was answered with {}", answer.status));
        }
        times.push(answer.took.as_secs_f64() * 1_000.0);
    }
    Ok(median(&mut times))
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
