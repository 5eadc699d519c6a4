//! Asking for every page, often enough to say a median.

use std::path::Path;

use countersign_tests::measure::{ROUNDS, at_share, median, plain_page, rounded};
use serde_json::{Value, json};

use crate::peer;
use crate::server::Browser;

/// No page may take longer at the median, milliseconds.
const MOST: f64 = 50.0;

/// What was measured of an address.
struct Measured {
    address: String,
    median: f64,
    p95: f64,
    bytes: usize,
}

/// Measures a page at each of its addresses and answers its line, which tells of the slowest one, and whether that is
/// quick enough.
pub fn page(
    browser: &Browser,
    page: &str,
    addresses: &[String],
    rows: usize,
    folder: &Path,
) -> Result<(Value, bool), String> {
    let mut all = Vec::new();
    for address in addresses {
        all.push(one(browser, page, address)?);
    }
    all.sort_by(|one, other| other.median.total_cmp(&one.median));
    let slowest = all.first().ok_or_else(|| format!("{page} has no example: add one to addresses.rs"))?;
    // A list of records is held against a page of a plain table, everything else against a static file.
    let (name, peer) = match rows {
        0 => ("static file", peer::static_file(browser)?),
        _ => ("plain page and static file", plain_page(folder, rows)? + peer::static_file(browser)?),
    };
    let line = json!({
        "name": page, "median_ms": rounded(slowest.median), "p95_ms": rounded(slowest.p95), "bytes": slowest.bytes,
        "peer": name, "peer_ms": rounded(peer), "ratio": rounded(slowest.median / peer.max(0.001)),
        "addresses": all.len(), "slowest": slowest.address,
    });
    Ok((line, slowest.median <= MOST))
}

fn one(browser: &Browser, page: &str, address: &str) -> Result<Measured, String> {
    let mut times = Vec::with_capacity(ROUNDS);
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let answer = browser.get(address)?;
        // A start page leads on, a link of nobody is told so, a hidden page is not found; anything else must be there.
        let leads_on = matches!(page, "/" | "/sign-in" | "/password" | "/sign-in/{secret}");
        if answer.status != 200 && !(leads_on && answer.status < 500) {
            return Err(format!("{address} was answered with {}", answer.status));
        }
        bytes = answer.bytes;
        times.push(answer.took.as_secs_f64() * 1_000.0);
    }
    let (median, p95) = (median(&mut times), at_share(&mut times, 95));
    Ok(Measured { address: address.to_owned(), median, p95, bytes })
}
