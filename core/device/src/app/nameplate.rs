//! A job for a machine that nobody registered: the photo of its nameplate comes first and is durable at once; what can be
//! read from it is typed afterwards.

use std::path::{Path, PathBuf};

use countersign_model::Digest;
use countersign_model::entity::FormVersion;

use super::work::not_found;
use super::{App, AppError, FileSource, NewJob};
use crate::media::{self, Captured};
use crate::store::{StagedFile, StoreError};

/// A photo of a nameplate that is durable on this device and belongs to no job yet. After a crash it is among the files
/// without a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nameplate {
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// A picture of it; `None` where it cannot be drawn here.
    pub picture: Option<PathBuf>,
}

impl App {
    /// Makes a job for a machine that nobody registered: the photo of its nameplate goes along as evidence, and the office
    /// registers the machine from it.
    pub fn new_job_from_nameplate(&self, photo: &Path, serial: &str, fault: &str) -> Result<NewJob, AppError> {
        let captured = self.capture(FileSource::Path(photo.to_owned()))?;
        let form = self.read(|rows| Ok(FormVersion::for_job(None, &rows.all::<FormVersion>()?)))?;
        self.make_job((None, form), serial, fault, Some(&captured))
    }

    /// Keeps the photo of a nameplate before anything is typed.
    pub fn hold_nameplate(&self, source: FileSource<'_>) -> Result<Nameplate, AppError> {
        let captured = self.capture(source)?;
        Ok(self.nameplate(&captured))
    }

    /// A photo that was kept a moment ago.
    pub fn held_nameplate(&self, sha256: Digest) -> Result<Nameplate, AppError> {
        Ok(self.nameplate(&self.held(sha256)?))
    }

    /// Lets a photo go for which no job was made. What is not there any more is gone already; files that something cites
    /// stay, also those that a restart put among the files without a job.
    pub fn drop_nameplate(&self, sha256: Digest) -> Result<(), AppError> {
        match self.held(sha256) {
            Ok(captured) => Ok(self.store().unstage(&captured.files())?),
            Err(AppError::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Makes a job with a photo that was kept. A serial of a registered machine makes it a job on that machine.
    pub fn new_job_from_held(&self, sha256: Digest, serial: &str, fault: &str) -> Result<NewJob, AppError> {
        let captured = self.held(sha256)?;
        let found = match serial.trim().is_empty() {
            true => (None, self.read(|rows| Ok(FormVersion::for_job(None, &rows.all::<FormVersion>()?)))?),
            false => self.read(|rows| self.machine_with(rows, serial))?,
        };
        self.make_job(found, serial, fault, Some(&captured))
    }

    pub(super) fn held(&self, sha256: Digest) -> Result<Captured, AppError> {
        let length = self.store().files().length(&self.store().media_path(sha256));
        let length = length.map_err(StoreError::files("looking at a file"))?;
        let bytes = length.ok_or_else(|| not_found("photo", &sha256.hex()))?;
        let name: String = sha256.hex().chars().take(12).collect();
        Ok(media::describe_with(self.store(), StagedFile { sha256, bytes }, &name, self.images())?)
    }

    fn nameplate(&self, captured: &Captured) -> Nameplate {
        let picture = captured.preview.map(|preview| self.store().media_path(preview.sha256));
        Nameplate { sha256: captured.sha256(), bytes: captured.original.bytes, picture }
    }
}
