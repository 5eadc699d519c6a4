//! What the pages are measured beside, in the same run: a static file through the same server.

use countersign_tests::measure::{ROUNDS, median};

use crate::server::Browser;

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
