//! What a sync brought and nobody saw: jobs that are new, vouchers that came back. A shell tells it and carries what was
//! known to the next time.

use std::collections::BTreeSet;

use countersign_model::Id;

use super::{JobChoice, JobFilter, JobRow};
use crate::app::{App, AppError};

/// Nobody reads more notices than that.
const MOST: u32 = 200;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsKind {
    /// A job that was not here before.
    NewJob,
    /// A voucher came back from review.
    Returned,
}

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsItem {
    /// What.
    pub kind: NewsKind,
    /// Of which job.
    pub job: Id,
    /// What people call it.
    pub title: String,
}

/// What was known when it was looked last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownJobs {
    /// Jobs that were ever seen open.
    pub open: Vec<Id>,
    /// Those that were returned.
    pub returned: Vec<Id>,
    /// Whether the device had synced: its first sync brings everything, and nobody wants to be told of each.
    pub synced: bool,
}

/// What is new, and what is known from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// What there is to tell.
    pub items: Vec<NewsItem>,
    /// For the next time.
    pub known: KnownJobs,
}

impl App {
    /// What is new since `before`; nothing the first time.
    pub fn news(&self, before: Option<&KnownJobs>) -> Result<News, AppError> {
        let jobs = |choice| self.job_list(&JobFilter { choice, limit: MOST, ..JobFilter::default() });
        let (open, returned) = (jobs(JobChoice::Open)?.rows, jobs(JobChoice::Returned)?.rows);
        let synced = self.read(|rows| Ok(rows.contact()?.is_some()))?;
        let ids = |rows: &[JobRow]| rows.iter().map(|row| row.job).collect::<BTreeSet<_>>();
        let mut ever_open = ids(&open);
        let mut items = Vec::new();
        if let Some(before) = before {
            ever_open.extend(&before.open);
            if before.synced {
                // What is not sent yet was made here.
                let came = |row: &&JobRow| !before.open.contains(&row.job) && row.unsent_entries == 0;
                items.extend(open.iter().filter(came).map(|row| item(NewsKind::NewJob, row)));
                let back = |row: &&JobRow| !before.returned.contains(&row.job);
                items.extend(returned.iter().filter(back).map(|row| item(NewsKind::Returned, row)));
            }
        }
        let known =
            KnownJobs { open: ever_open.into_iter().collect(), returned: ids(&returned).into_iter().collect(), synced };
        Ok(News { items, known })
    }
}

fn item(kind: NewsKind, row: &JobRow) -> NewsItem {
    NewsItem { kind, job: row.job, title: row.title.clone() }
}
