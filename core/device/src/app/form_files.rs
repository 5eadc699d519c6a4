//! Files that answer questions of a form: a signature that is drawn for one, and a file of the visit that is chosen.

use countersign_evidence::Strokes;
use countersign_model::document::{Provenance, SignOffProblem};
use countersign_model::entity::Evidence;
use countersign_model::{Digest, Id};

use super::capture::Origin;
use super::charging::facts;
use super::signing::sign_off_error;
use super::work::{Work, not_found};
use super::{AnswerGiven, App, AppError, Attached, CaptureRequest, FileSource};
use crate::screens::stage_of;
use crate::store::Rows;

impl App {
    /// Answers a question with a signature: it becomes a picture of the visit's files, the same on every device. A dot or
    /// nothing is no signature ([`Strokes::is_blank`]) and is refused.
    pub fn answer_with_signature(&self, job: &str, question: &str, strokes: &Strokes) -> Result<Attached, AppError> {
        let picture = strokes.picture().ok_or_else(|| sign_off_error(SignOffProblem::StrokesMissing))?;
        let last = question.rsplit('/').next().unwrap_or_default();
        self.attach(CaptureRequest {
            job: job.to_owned(),
            source: FileSource::Reader { reader: &mut picture.as_slice(), name: format!("{last}.png") },
            question: Some(question.to_owned()),
            stage: stage_of(question),
            origin: Origin::Made,
        })
    }

    /// Answers a question with a file that the visit has already.
    pub fn answer_with_file(&self, job: &str, question: &str, evidence: Id) -> Result<AnswerGiven, AppError> {
        self.photo_question(job, question)?;
        let sha256 = self.read(|rows| {
            let work = self.work(rows, job)?;
            file_of(rows, &work, evidence)?.ok_or_else(|| not_found("photo", &evidence.to_string()))
        })?;
        self.save_answer(job, question, &sha256.hex(), Provenance::Typed)
    }
}

/// The digest of a file of the visit; `None` where the visit has no such file.
fn file_of(rows: &Rows<'_>, work: &Work, evidence: Id) -> Result<Option<Digest>, AppError> {
    let files = facts::<Evidence>(rows, &work.layers(rows)?)?;
    Ok(files.into_iter().find(|(id, _)| *id == evidence).map(|(_, file)| file.sha256))
}
