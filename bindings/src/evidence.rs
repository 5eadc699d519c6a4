//! Photos, videos and files: captured by the phone, kept by the core.

use std::path::PathBuf;

use countersign_device::app::{Attached, CaptureRequest, FileSource, Fix, Nameplate, NewJob, Origin, Stamp};
use countersign_device::evidence::{Point, safe_name};
use countersign_device::model::document::Stage;
use countersign_device::model::entity::Shape;
use countersign_device::model::{Digest, Id, Language};

use crate::countersign::{Countersign, say_in};
use crate::errors::AppError;
use crate::signing::drawn;

/// A photo of the company stamp that stands in no sign-off yet.
#[derive(Clone, Debug, uniffi::Record)]
pub struct StampTaken {
    /// Its digest: signing names it.
    pub sha256: Digest,
    /// Its picture as it will be printed; `None` where it cannot be drawn here.
    pub picture: Option<Vec<u8>>,
}

#[uniffi::export]
impl Countersign {
    /// Keeps a file: durable on this device when this returns. The file at `path` is copied and stays.
    pub fn attach(
        &self,
        job: &str,
        path: PathBuf,
        question: Option<String>,
        stage: Stage,
        origin: Origin,
    ) -> Result<Attached, AppError> {
        self.say(self.app.attach(of_path(job, path, question, stage, origin)))
    }

    /// The same for a file that waited since it was taken: it answers its question only where nobody did meanwhile.
    pub fn attach_late(
        &self,
        job: &str,
        path: PathBuf,
        question: Option<String>,
        stage: Stage,
        origin: Origin,
    ) -> Result<Attached, AppError> {
        self.say(self.app.attach_late(of_path(job, path, question, stage, origin)))
    }

    /// Answers a question with a signature that is drawn for it: a picture of the visit's files, made here.
    pub fn answer_with_signature(
        &self,
        job: &str,
        question: &str,
        strokes: Vec<Vec<Point>>,
    ) -> Result<Attached, AppError> {
        let strokes = drawn(strokes, self.language())?;
        self.say(self.app.answer_with_signature(job, question, &strokes))
    }

    /// Whether there is room for another capture: asked before the camera opens.
    pub fn check_reserve(&self) -> Result<(), AppError> {
        self.say(self.app.check_reserve())
    }

    /// Draws a layer over a photo, over what was seen of the own layer before.
    pub fn annotate_seen(&self, job: &str, photo: &str, seen: u64, shapes: Vec<Shape>) -> Result<Id, AppError> {
        self.say(self.app.annotate_seen(job, photo, seen, shapes))
    }

    /// Files a found file under a job.
    pub fn file_found(&self, sha256: Digest, job: &str, stage: Stage) -> Result<Attached, AppError> {
        self.say(self.app.file_found(sha256, job, stage))
    }

    /// Keeps a photo of a nameplate for which there is no job yet.
    pub fn hold_nameplate(&self, path: PathBuf) -> Result<Nameplate, AppError> {
        self.say(self.app.hold_nameplate(FileSource::Path(path)))
    }

    /// A nameplate that was kept.
    pub fn held_nameplate(&self, sha256: Digest) -> Result<Nameplate, AppError> {
        self.say(self.app.held_nameplate(sha256))
    }

    /// Lets a nameplate go for which no job was made.
    pub fn drop_nameplate(&self, sha256: Digest) -> Result<(), AppError> {
        self.say(self.app.drop_nameplate(sha256))
    }

    /// A new job for the machine of a kept nameplate.
    pub fn new_job_from_held(&self, sha256: Digest, serial: &str, fault: &str) -> Result<NewJob, AppError> {
        self.say(self.app.new_job_from_held(sha256, serial, fault))
    }

    /// Keeps a photo of the company stamp for the coming signature.
    /// `language` is that of whoever holds the device.
    pub fn take_stamp(&self, path: PathBuf, language: Language) -> Result<StampTaken, AppError> {
        let stamp = say_in(language, self.app.take_stamp(FileSource::Path(path)))?;
        self.stamp_taken(&stamp)
    }

    /// A stamp that was kept, also before the app was stopped.
    pub fn held_stamp(&self, sha256: Digest) -> Result<StampTaken, AppError> {
        let stamp = self.say(self.app.held_stamp(sha256))?;
        self.stamp_taken(&stamp)
    }

    /// Lets a stamp go that stands in no sign-off.
    pub fn drop_stamp(&self, sha256: Digest) -> Result<(), AppError> {
        let stamp = self.say(self.app.held_stamp(sha256))?;
        self.say(self.app.drop_stamp(&stamp))
    }
}

/// The name of a file that another app offers under this one, fit to be shown, printed and saved under.
#[uniffi::export]
pub fn file_name(offered: &str) -> String {
    safe_name(offered)
}

impl Countersign {
    fn stamp_taken(&self, stamp: &Stamp) -> Result<StampTaken, AppError> {
        Ok(StampTaken { sha256: stamp.sha256(), picture: self.say(self.app.stamp_picture(stamp))? })
    }
}

/// Whether no better fix need be waited for.
#[uniffi::export]
pub fn is_good_fix(fix: Fix) -> bool {
    fix.is_good()
}

/// A file of this device that is kept for a visit.
fn of_path(
    job: &str,
    path: PathBuf,
    question: Option<String>,
    stage: Stage,
    origin: Origin,
) -> CaptureRequest<'static> {
    CaptureRequest { job: job.to_owned(), source: FileSource::Path(path), question, stage, origin }
}

/// The one of these that says best where the phone is.
#[uniffi::export]
pub fn best_fix(fixes: Vec<Fix>) -> Option<Fix> {
    Fix::best(&fixes)
}

/// Of a file that a camera left so many milliseconds ago, and where the device was then: whether it counts as captured now.
#[uniffi::export]
pub fn origin_of_file(age: Option<i64>, here: Option<Fix>) -> Origin {
    Origin::of_file(age, here)
}
