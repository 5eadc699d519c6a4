//! Capturing: bytes into the store's own folder first, then previews, then the row and the command in one transaction.
//!
//! The original is kept whatever is wrong with it; what is odd about it is said in its findings.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use countersign_evidence::safe_name;
use countersign_model::document::Stage;
use countersign_model::entity::{Amendment, Evidence, Location, Policy, SetMember, SetPlace, next_place};
use countersign_model::payload::{AnswerSet, EvidenceAttach, Payload};
use countersign_model::{Digest, Id};

use super::filling::{Filling, SERVICE, instance_key};
use super::work::{Work, not_found};
use super::{App, AppError, Fix, answers};
use crate::media;
use crate::store::{Draft, Rows, StoreError};

/// Where captured bytes come from.
pub enum FileSource<'a> {
    /// A file, copied.
    Path(PathBuf),
    /// Bytes with the name they came under.
    Reader {
        /// The bytes.
        reader: &'a mut dyn Read,
        /// The name.
        name: String,
    },
}

/// What is captured.
pub struct CaptureRequest<'a> {
    /// The job, by id or number.
    pub job: String,
    /// The bytes.
    pub source: FileSource<'a>,
    /// The photo question that it answers.
    pub question: Option<String>,
    /// As found, as left or neither.
    pub stage: Stage,
    /// How it came to be here.
    pub origin: Origin,
}

/// How a file came to be on this device: whether the present time and place are those of its capture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// Captured a moment ago, where the device is now as far as it knows.
    Captured {
        /// Where that is; what is no place on Earth counts as not known.
        here: Option<Fix>,
    },
    /// Made here of what a person drew.
    Made,
    /// Chosen among files that were there before: when and where it was taken, the file itself says, or nobody does.
    Chosen,
}

/// Oldest that a file from a camera's field is when the camera took it for that field, milliseconds.
const JUST_TAKEN: i64 = 120_000;

impl Origin {
    /// Of a file that a camera left so many milliseconds ago, and where the device was then. One that is filed later was
    /// not captured now: the file itself says when, or nobody does. A browser's field for a camera offers the files of the
    /// device where there is no camera; one whose age nobody knows counts as chosen.
    pub fn of_file(age: Option<i64>, here: Option<Fix>) -> Origin {
        match age {
            Some(0..=JUST_TAKEN) => Origin::Captured { here },
            _ => Origin::Chosen,
        }
    }

    /// Of a file with this origin what is known about the place of its capture.
    fn location(self) -> Option<Location> {
        match self {
            Origin::Captured { here } => here.and_then(Fix::location),
            Origin::Made | Origin::Chosen => None,
        }
    }
}

/// A captured file, durable on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The evidence.
    pub evidence: Id,
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Words for what is odd about the bytes; empty for an ordinary file.
    pub findings: Vec<String>,
}

impl App {
    /// Attaches a photo or file to a job. When this returns, the bytes and their facts are durable.
    pub fn attach(&self, request: CaptureRequest<'_>) -> Result<Attached, AppError> {
        let work = self.read(|rows| self.work(rows, &request.job))?;
        let question = match &request.question {
            Some(question) => Some(self.photo_question(&request.job, question)?),
            None => None,
        };
        let captured = self.capture(request.source)?;
        let evidence = self.new_id()?;
        let instance = question.as_ref().map(|(_, key)| instance_key(key));
        let attach = captured.attach(evidence, work.subject(), request.stage, instance, request.origin.location());
        let attach = EvidenceAttach { chosen: request.origin == Origin::Chosen, ..attach };
        let answer = match &question {
            Some((filling, key)) => Some(self.photo_answer(&work, filling, key, captured.sha256())?),
            None => None,
        };
        self.file(&work, &captured, attach, answer)
    }

    /// The same for a file that waited: a full disk or a stop kept it from being filed when it was taken. It answers its
    /// question only where nobody did meanwhile.
    pub fn attach_late(&self, request: CaptureRequest<'_>) -> Result<Attached, AppError> {
        let answered = match &request.question {
            Some(question) => {
                let (filling, key) = self.photo_question(&request.job, question)?;
                filling.fill.question(&key).is_some_and(|question| !question.value.is_empty())
            }
            None => false,
        };
        let question = request.question.filter(|_| !answered);
        self.attach(CaptureRequest { question, ..request })
    }

    /// Saves the files, the evidence with its place in the set of the visit's captures, and the answer that names it:
    /// all or nothing.
    pub(crate) fn file(
        &self,
        work: &Work,
        captured: &media::Captured,
        attach: EvidenceAttach,
        answer: Option<Draft>,
    ) -> Result<Attached, AppError> {
        let evidence = attach.evidence;
        let draft = self.draft(work.lane(), None, Payload::EvidenceAttach(attach.clone()))?;
        let media = captured.rows(&work.lane(), self.now());
        // The place is taken inside the transaction: another process may capture for the same visit.
        self.store().write(|tx| {
            media.iter().try_for_each(|row| tx.put_media(row))?;
            let attach = EvidenceAttach { set: next_in_set(&tx.rows(), work.visit_id)?, ..attach.clone() };
            tx.submit(&Draft { payload: Payload::EvidenceAttach(attach), ..draft.clone() })?;
            answer.iter().try_for_each(|answer| tx.submit(answer).map(|_| ()))
        })?;
        let saved = self.read(|rows| Ok(rows.get::<Evidence>(evidence)?))?;
        let findings = saved.map(|evidence| evidence.findings).unwrap_or_default();
        Ok(Attached { evidence, sha256: captured.sha256(), bytes: captured.original.bytes, findings })
    }

    /// Refused before the camera opens, so that nobody takes a photo that cannot be kept (design section 9).
    pub fn check_reserve(&self) -> Result<(), AppError> {
        self.room_for_capture().map(|_| ())
    }

    /// The reserve, once it is known to be free: by the file system, and by the platform, which may know what others are
    /// about to take.
    fn room_for_capture(&self) -> Result<u64, AppError> {
        let reserve = self.reserve()?;
        let free = self.platform().free_space(self.store().folder());
        if let Some(free) = free.filter(|free| *free < reserve) {
            return Err(StoreError::Reserve { free, reserve }.into());
        }
        media::check_reserve(self.store(), reserve)?;
        Ok(reserve)
    }

    fn reserve(&self) -> Result<u64, AppError> {
        let policy = self.read(|rows| Ok(rows.all::<Policy>()?.into_iter().next().map(|(_, policy)| policy)))?;
        Ok(policy.unwrap_or_default().capture_reserve_bytes)
    }

    pub(super) fn photo_question(
        &self,
        job: &str,
        question: &str,
    ) -> Result<(Filling, countersign_forms::NodeKey), AppError> {
        let (_, filling) = self.open_form(job, self.language()?)?;
        let key = answers::find(&filling, question).ok_or_else(|| not_found("question", question))?;
        let view = filling.fill.question(&key).ok_or_else(|| not_found("question", question))?;
        if !view.kind.names_evidence() {
            return Err(AppError::Input {
                why: format!(
                    "{} takes no photo or file; its answer is of the kind {}",
                    view.reference,
                    view.kind.word()
                ),
            });
        }
        Ok((filling, key))
    }

    /// The answer of a photo question names the evidence.
    fn photo_answer(
        &self,
        work: &Work,
        filling: &Filling,
        key: &countersign_forms::NodeKey,
        sha256: Digest,
    ) -> Result<Draft, AppError> {
        let seen = filling.answers.get(key).map(|answer| answer.current.command);
        let payload = Payload::AnswerSet(AnswerSet {
            subject: work.subject(),
            form: filling.sha256,
            purpose: SERVICE.to_owned(),
            instance: instance_key(key),
            value: Some(sha256.hex()),
            provenance: countersign_model::document::Provenance::Typed,
        });
        self.draft(work.lane(), seen, payload)
    }

    pub(crate) fn capture(&self, source: FileSource<'_>) -> Result<media::Captured, AppError> {
        let reserve = self.room_for_capture()?;
        match source {
            FileSource::Path(path) => {
                let mut reader = open(&path)?;
                Ok(media::capture_with(self.store(), &mut reader, &file_name(&path), reserve, self.images())?)
            }
            FileSource::Reader { reader, name } => {
                Ok(media::capture_with(self.store(), reader, &safe_name(&name), reserve, self.images())?)
            }
        }
    }
}

/// The place of the next capture for a visit within this device's set.
fn next_in_set(rows: &Rows<'_>, visit: Id) -> Result<Option<SetPlace>, StoreError> {
    let Some(identity) = rows.identity()? else { return Ok(None) };
    let mut known = rows.children_of::<Evidence>(visit)?;
    for (draft, _) in rows.children_of::<Amendment>(visit)? {
        known.extend(rows.children_of::<Evidence>(draft)?);
    }
    let members: Vec<SetMember<'_>> = known.iter().filter_map(|(_, evidence)| evidence.set_member()).collect();
    Ok(Some(next_place(visit, identity.device, &members)))
}

/// Opens an ordinary file. A pipe or a device would keep the caller waiting, or never end.
fn open(path: &Path) -> Result<File, AppError> {
    let unreadable = |error: std::io::Error| AppError::Input {
        why: format!("{} cannot be read ({error}): check the name and the rights", path.display()),
    };
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(AppError::Input { why: format!("{} is no file: choose a photo or a file", path.display()) });
    }
    File::open(path).map_err(unreadable)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| safe_name(&name.to_string_lossy())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_captured_now_was_captured_here() {
        let here = Some(Fix { latitude: 40.0, longitude: -3.5, accuracy_metres: 5.0, age_ms: 0 });
        assert!(Origin::Captured { here }.location().is_some());
        assert_eq!(Origin::Captured { here: None }.location(), None);
        assert_eq!(Origin::Chosen.location(), None);
        assert_eq!(Origin::Made.location(), None);
        let rows = [
            (Some(0), true),
            (Some(JUST_TAKEN), true),
            (Some(JUST_TAKEN + 1), false),
            (Some(-1), false),
            (None, false),
        ];
        for (age, now) in rows {
            assert_eq!(Origin::of_file(age, None) != Origin::Chosen, now, "{age:?}");
        }
    }
}
