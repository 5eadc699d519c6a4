//! What readers of others find in our PDFs: Debian's `pdftotext` and `qpdf`.

use crate::steps::{self, Outcome, Problem, Program};

/// The programs that the tests ask.
const PROGRAMS: [Program; 2] =
    [Program { name: "pdftotext", version: "-v" }, Program { name: "qpdf", version: "--version" }];

/// Installs both and runs the tests that are left out where they are missing.
pub fn run() -> Result<Outcome, Problem> {
    if !steps::install(&PROGRAMS, &["poppler-utils", "qpdf"]) {
        let why = "pdftotext and qpdf are missing and could not be installed with apt-get: readers.rs did not run";
        return Ok(Outcome::Skipped(why.to_owned()));
    }
    steps::cargo(&["test", "--workspace", "--test", "readers", "--", "--include-ignored"])?;
    Ok(Outcome::Passed)
}
