//! What a person does about a refused command: send it again mended, keep it as a note, or give it up with a reason.

use countersign_model::payload::{NoteAdd, Payload, RefusalDiscard};
use countersign_model::record::kind;
use countersign_model::{Id, RecordRef};

use super::work::not_found;
use super::{App, AppError};
use crate::store::OutboxRow;

/// What a person does about a refused command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Send it again; for an answer with another value.
    Fix {
        /// The corrected value of an answer.
        value: Option<String>,
    },
    /// Keep its words as a note on the job.
    Note,
    /// Give it up.
    Discard {
        /// Why.
        reason: String,
    },
}

impl App {
    /// Deals with a refused command.
    pub fn remedy(&self, command: Id, remedy: Remedy) -> Result<(), AppError> {
        let row = self.read(|rows| Ok(rows.own_command(command)?))?;
        let row = row
            .filter(|row| row.state == "refused")
            .ok_or_else(|| not_found("refused command", &command.to_string()))?;
        let sent_again = matches!(remedy, Remedy::Fix { .. });
        let payload = match remedy {
            Remedy::Fix { value } => fixed(&row, value)?,
            Remedy::Note => self.as_note(&row)?,
            Remedy::Discard { reason } => Payload::RefusalDiscard(RefusalDiscard { command, reason }),
        };
        let draft = self.draft(row.command.lane.clone(), row.command.seen, payload)?;
        self.store().write(|tx| {
            tx.submit_instead_of(&draft, sent_again.then_some(command))?;
            tx.close_refused(command).map(|_| ())
        })?;
        Ok(())
    }

    fn as_note(&self, row: &OutboxRow) -> Result<Payload, AppError> {
        let subject = match row.command.lane.id().filter(|_| row.command.lane.is_job()) {
            Some(job) => RecordRef::new(kind::JOB, job),
            None => RecordRef::new(kind::PERSON, row.command.author),
        };
        let words =
            serde_json::to_string(&row.command.payload).map_err(|error| AppError::Report { why: error.to_string() })?;
        Ok(Payload::NoteAdd(NoteAdd {
            note: self.new_id()?,
            subject,
            text: format!("{}: {words}", row.command.kind),
            instead_of: Some(row.command.id),
        }))
    }
}

/// The same intention as a new command; an answer may take another value.
fn fixed(row: &OutboxRow, value: Option<String>) -> Result<Payload, AppError> {
    let payload = row.command.parse().map_err(|problem| AppError::Input { why: problem.to_string() })?;
    Ok(match (payload, value) {
        (Payload::AnswerSet(mut answer), Some(value)) => {
            answer.value = Some(value);
            Payload::AnswerSet(answer)
        }
        (payload, _) => payload,
    })
}
