//! A photo of the company stamp, taken while the customer signs. It lies in the store from the moment it is taken, so that
//! it outlives a page that is loaded again, and belongs to nothing until somebody signs with it.

use countersign_model::Digest;
use countersign_model::decide::{Refusal, RefusalCode};

use super::{App, AppError, FileSource};
use crate::media::Captured;

/// A photo of the company stamp that stands in no sign-off yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(pub(super) Captured);

impl Stamp {
    /// Digest of the photo as it was taken.
    pub fn sha256(&self) -> Digest {
        self.0.sha256()
    }

    /// Digest of the picture that will be printed; `None` where this device cannot draw the photo.
    pub fn preview(&self) -> Option<Digest> {
        self.0.preview.map(|file| file.sha256)
    }
}

impl App {
    /// Takes a photo of the stamp. Its bytes are durable when this returns; what is no photo is refused and not kept.
    pub fn take_stamp(&self, source: FileSource<'_>) -> Result<Stamp, AppError> {
        let stamp = Stamp(self.capture(source)?);
        if stamp.0.facts.kind.is_photo() {
            return Ok(stamp);
        }
        self.drop_stamp(&stamp)?;
        Err(Refusal::new(RefusalCode::Missing).with("field", "StampPicture").into())
    }

    /// A stamp that was taken a moment ago, also before the program was stopped.
    pub fn held_stamp(&self, sha256: Digest) -> Result<Stamp, AppError> {
        Ok(Stamp(self.held(sha256)?))
    }

    /// Forgets a stamp that nobody signed with. Files that something else cites stay.
    pub fn drop_stamp(&self, stamp: &Stamp) -> Result<(), AppError> {
        Ok(self.store().unstage(&stamp.0.files())?)
    }

    /// The picture of a stamp, to be shown before anyone signs.
    pub fn stamp_picture(&self, stamp: &Stamp) -> Result<Option<Vec<u8>>, AppError> {
        let bytes = stamp.preview().map(|sha256| self.store().media_bytes(sha256)).transpose()?;
        Ok(bytes.flatten())
    }
}
