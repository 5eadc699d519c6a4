//! Where a file belongs: the job of one that has none, and the questions that a file of a visit may answer.

use countersign_model::Id;
use serde::Serialize;

use super::{JobChoice, JobFilter};
use crate::app::work::not_found;
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

/// A question that a file may answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionForFile {
    /// Its instance: answering names it.
    pub id: String,
    /// The question.
    pub label: String,
}

/// What a file of a visit answers, and what it may answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileQuestions {
    /// The question that it answers; `None` for none.
    pub answers: Option<QuestionForFile>,
    /// Questions that it may answer now ([`App::answer_with_file`]).
    pub may_answer: Vec<QuestionForFile>,
}

impl App {
    /// The questions of a file of a visit. A job without a form, and a form that is not on this device yet, ask nothing.
    pub fn questions_for_file(&self, job: &str, evidence: Id) -> Result<FileQuestions, AppError> {
        let screen = self.job_screen(job)?;
        let Some(row) = screen.evidence.into_iter().find(|row| row.evidence == evidence) else {
            return Err(not_found("photo", &evidence.to_string()));
        };
        let form = match self.form_screen(job) {
            Ok(form) => form,
            Err(error) => {
                tracing::info!(%error, "the form of this job cannot be opened");
                None
            }
        };
        let mut found = FileQuestions::default();
        let asks = form.into_iter().flat_map(|form| form.pages).flat_map(|page| page.questions);
        for question in asks.filter(|question| question.relevant && question.takes_file) {
            let asked = QuestionForFile { id: question.id, label: question.label };
            if question.files.contains(&row.sha256) {
                found.answers = Some(asked.clone());
            }
            if question.candidates.contains(&evidence) {
                found.may_answer.push(asked);
            }
        }
        Ok(found)
    }

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
