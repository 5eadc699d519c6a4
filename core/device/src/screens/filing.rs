//! The jobs that a file without one may belong to.

use countersign_model::Id;
use serde::Serialize;

use super::{JobChoice, JobFilter};
use crate::app::{App, AppError};

/// Rows that are read at once.
const PAGE: u32 = 200;

/// A job that a file may be filed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobForFile {
    /// The job.
    pub job: Id,
    /// What people call it, and its customer.
    pub name: String,
    /// Its fault.
    pub fault: String,
}

impl App {
    /// Every job that a file which lost its own may be filed with: those in which this person has or had a visit, the open
    /// ones first. Also a closed one is among them, since a file that was found may be older than the signature.
    pub fn jobs_for_files(&self) -> Result<Vec<JobForFile>, AppError> {
        let mut found = Vec::new();
        let mut filter = JobFilter { choice: JobChoice::Own, limit: PAGE, ..JobFilter::default() };
        loop {
            let page = self.job_list(&filter)?;
            filter.after = page.rows.last().map(|row| row.place);
            found.extend(page.rows.into_iter().map(|row| JobForFile {
                job: row.job,
                name: match row.customer.is_empty() || row.customer == row.title {
                    true => row.title,
                    false => [row.title, row.customer].join(" · "),
                },
                fault: row.fault,
            }));
            if !page.more {
                return Ok(found);
            }
        }
    }
}
