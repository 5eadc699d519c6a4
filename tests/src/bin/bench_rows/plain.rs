//! The floor under our figures: what SQLite alone takes for the same bytes, with the same promise of being kept.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

/// Rows of a page of a list.
const PAGE: i64 = 51;

/// What rusqlite said, for the person who reads the line.
pub fn whole(error: rusqlite::Error) -> String {
    format!("plain SQLite: {error}")
}

/// A connection whose commits are on the disk when they return, as the device's and the hub's are.
pub fn durable(path: &Path) -> Result<Connection, String> {
    let connection = Connection::open(path).map_err(whole)?;
    connection.busy_timeout(Duration::from_secs(60)).map_err(whole)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)).map_err(whole)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(whole)?;
    Ok(connection)
}

/// A durable database with one empty table of keys and bodies.
pub fn table(path: &Path) -> Result<Connection, String> {
    let connection = durable(path)?;
    let sql = "CREATE TABLE IF NOT EXISTS plain (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, body TEXT)";
    connection.execute_batch(sql).map_err(whole)?;
    Ok(connection)
}

/// Commits one row with a body of so many bytes.
pub fn commit(connection: &Connection, key: &str, bytes: usize) -> Result<(), String> {
    let mut insert = connection.prepare_cached("INSERT INTO plain (key, body) VALUES (?1, ?2)").map_err(whole)?;
    insert.execute(params![key, "x".repeat(bytes)]).map_err(whole)?;
    Ok(())
}

/// A table of so many jobs with an index in the order of the list, kept in the folder.
pub fn jobs(folder: &Path, count: usize) -> Result<PathBuf, String> {
    let path = folder.join(format!("plain-jobs-{count}.db"));
    if path.exists() {
        return Ok(path);
    }
    let unfinished = path.with_extension("new");
    drop(std::fs::remove_file(&unfinished));
    let connection = table(&unfinished)?;
    connection.execute_batch("CREATE INDEX plain_key ON plain (key, id); BEGIN").map_err(whole)?;
    for place in 0..count {
        commit(&connection, &format!("{:08}", place.wrapping_mul(7_919) % count.max(1)), 500)?;
    }
    connection.execute_batch("COMMIT").map_err(whole)?;
    connection.close().map_err(|(_, error)| whole(error))?;
    std::fs::rename(&unfinished, &path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// Opens such a table and reads the first page of it; milliseconds.
pub fn first_page(path: &Path) -> Result<f64, String> {
    let begun = Instant::now();
    let connection = durable(path)?;
    let mut query = connection.prepare("SELECT key, body FROM plain ORDER BY key, id LIMIT ?1").map_err(whole)?;
    let rows = query.query_map([PAGE], |row| row.get::<_, String>(1)).map_err(whole)?;
    let bytes: usize = rows.filter_map(Result::ok).map(|body| body.len()).sum();
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    if bytes == 0 { Err(format!("{} has no rows: delete it", path.display())) } else { Ok(took) }
}
