//! Two Chinese characters in ever more entries of the device's index of words.

use std::path::Path;
use std::time::Instant;

use countersign_tests::measure::{ROUNDS, median};
use rusqlite::{Connection, params};

use crate::line::{Goal, Line};
use crate::many::{self, RARE, RARE_EVERY};
use crate::{Asked, plain};

/// Entries of a first page.
const PAGE: usize = 60;

/// 1 ms against 58 to 90 ms of LIKE.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for entries in [1_000, 10_000, 100_000] {
        let (ours, found) = ours(&asked.cache, entries, RARE)?;
        let (peer, of_peer) = like(&asked.cache, entries, RARE)?;
        if found != of_peer || found != entries.div_ceil(RARE_EVERY) {
            return Err(format!("{RARE} was found {found} times by us and {of_peer} times by LIKE"));
        }
        let (name, goal) = match entries {
            100_000 => ("search of 100,000 entries, two Chinese characters".to_owned(), Goal::RatioAtMost(0.0135)),
            _ => (format!("growth: search, {entries} entries"), Goal::None),
        };
        let line = Line::new(name, "ms", ours, goal).beside("SQLite LIKE", Ok(peer));
        lines.push(line.and("found", found).and("entries", entries));
    }
    lines.push(often(asked)?);
    Ok(lines)
}

/// A word that every seventh entry has: LIKE ends at the sixtieth hit, so it need not look through all.
fn often(asked: &Asked) -> Result<Line, String> {
    let (ours, found) = ours(&asked.cache, 100_000, "轴承")?;
    let (peer, _) = like(&asked.cache, 100_000, "轴承")?;
    let line = Line::new("search of 100,000 entries, a word that one in seven has", "ms", ours, Goal::None);
    Ok(line.beside("SQLite LIKE, ends at the first page", Ok(peer)).and("found", found))
}

fn ours(cache: &Path, entries: usize, word: &str) -> Result<(f64, usize), String> {
    let app = many::open(&many::searched(cache, entries)?)?;
    let (mut times, mut found) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let page = app.store().read(|rows| rows.parts_with(word, None, PAGE)).map_err(|error| error.to_string())?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        found = page.len();
    }
    Ok((median(&mut times), found))
}

fn like(cache: &Path, entries: usize, word: &str) -> Result<(f64, usize), String> {
    let connection = plain_entries(cache, entries)?;
    let sql = "SELECT key, body FROM plain WHERE body LIKE ?1 ORDER BY key LIMIT ?2";
    let mut query = connection.prepare(sql).map_err(plain::whole)?;
    let (mut times, mut found) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let rows = query
            .query_map(params![format!("%{word}%"), PAGE as i64], |row| row.get::<_, String>(1))
            .map_err(plain::whole)?;
        found = rows.filter_map(Result::ok).count();
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok((median(&mut times), found))
}

fn plain_entries(cache: &Path, entries: usize) -> Result<Connection, String> {
    let path = many::kept(cache, &format!("plain-entries-{entries}"), |folder| {
        let connection = plain::table(&folder.join("plain.db"))?;
        connection.execute_batch("CREATE INDEX plain_key ON plain (key); BEGIN").map_err(plain::whole)?;
        let sql = "INSERT INTO plain (key, body) VALUES (?1, ?2)";
        for place in 0..entries {
            let row = params![format!("F-{place:06}"), many::text(place)];
            connection.prepare_cached(sql).map_err(plain::whole)?.execute(row).map_err(plain::whole)?;
        }
        connection.execute_batch("COMMIT").map_err(plain::whole)
    })?;
    plain::durable(&path.join("plain.db"))
}
