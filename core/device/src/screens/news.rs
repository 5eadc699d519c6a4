//! What a sync brought and nobody saw: jobs that are new, vouchers that came back. The store remembers what was told, so
//! that what came before a stop is told after it, once.

use std::collections::BTreeSet;

use countersign_model::Id;

use super::{JobChoice, JobFilter, JobRow};
use crate::app::{App, AppError};
pub use crate::store::KnownJobs;

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

/// What is new, and what is known from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// What there is to tell.
    pub items: Vec<NewsItem>,
    /// What is told with it.
    pub known: KnownJobs,
    /// Nothing was ever told here: what is here is the beginning, and no news.
    pub first: bool,
}

impl App {
    /// What is new since it was told last; nothing the first time.
    pub fn news(&self) -> Result<News, AppError> {
        let before = self.read(|rows| Ok(rows.told()?))?;
        let jobs = |choice| self.job_list(&JobFilter { choice, limit: MOST, ..JobFilter::default() });
        let (open, returned) = (jobs(JobChoice::Open)?.rows, jobs(JobChoice::Returned)?.rows);
        let synced = self.read(|rows| Ok(rows.contact()?.is_some()))?;
        let ids = |rows: &[JobRow]| rows.iter().map(|row| row.job).collect::<BTreeSet<_>>();
        let mut ever_open = ids(&open);
        let mut items = Vec::new();
        if let Some(before) = &before {
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
        Ok(News { items, known, first: before.is_none() })
    }

    /// A person was told of this: it is no news any more.
    pub fn news_told(&self, known: &KnownJobs) -> Result<(), AppError> {
        Ok(self.store().put_told(known)?)
    }
}

fn item(kind: NewsKind, row: &JobRow) -> NewsItem {
    NewsItem { kind, job: row.job, title: row.title.clone() }
}
