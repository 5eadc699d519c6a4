//! Files of master data, CSV or XLSX: reading them without guessing, checking every cell, saying by row and column all
//! that is wrong and what would be new, changed or the same, and then running them.
//!
//! A record is named by its own key (customer number, part code, serial), so the same file twice changes nothing and a
//! run that stopped goes on by running it again. A batch of rows is saved whole or not at all. An empty cell, and a
//! column that is not in the file, leave a field as it is. Every change goes through the judge like any other.

mod check;
mod encoding;
mod line;
mod numbers;
mod run;
mod sheet;
mod table;
mod template;
#[cfg(test)]
mod tests;

use crate::master::{DateOrder, Flaw};

pub use encoding::{Encoding, candidates};
pub use run::Progress;
pub use template::{template, workbook};

pub(crate) use line::csv_line;

/// Most bytes of a file.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Most rows of a file.
pub const MOST_ROWS: usize = 200_000;
/// Most columns of a file.
const MOST_COLUMNS: usize = 200;

/// What a person said about a file that does not say it itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How its bytes are to be read.
    pub encoding: Option<Encoding>,
    /// What stands between cells.
    pub separator: Option<char>,
    /// What stands before a fraction.
    pub decimal: Option<char>,
    /// Whether day or month comes first.
    pub dates: Option<DateOrder>,
}

/// Something to know about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row as a spreadsheet program counts it; 0 for the file as a whole.
    pub row: usize,
    /// The column's head; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub flaw: Flaw,
    /// Whether the row is left out for it.
    pub is_error: bool,
}

/// What a file holds, and what became or would become of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows with content.
    pub rows: usize,
    /// Records that are not there yet.
    pub new: usize,
    /// Records that the file changes.
    pub changed: usize,
    /// Records that are as the file says.
    pub unchanged: usize,
    /// Rows that are left out.
    pub left_out: usize,
    /// Everything that was found, by row.
    pub findings: Vec<Finding>,
    /// Whether this was a dry run.
    pub dry_run: bool,
}

impl Report {
    /// Whether anything is wrong with the file as a whole, so that no row of it can be used.
    pub fn is_unusable(&self) -> bool {
        self.findings.iter().any(|finding| finding.row == 0 && finding.is_error)
    }

    /// Whether everything in the file can be used.
    pub fn is_clean(&self) -> bool {
        !self.findings.iter().any(|finding| finding.is_error)
    }
}
