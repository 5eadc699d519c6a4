//! Whether files that only this device has are still what was taken: looked at before pages cite them.

use std::io;
use std::path::Path;

use countersign_model::Digest;

use super::media::MediaRow;
use super::{Store, StoreError};

/// Of a larger file the length alone is looked at: nobody waits at the pages while a film is read. Its bytes are looked
/// at when they are sent.
const READ_BYTES: u64 = 64 << 20;

impl Store {
    /// Looks at those of the files that lie here and nowhere else yet. One that was cut, changed or cannot be read is
    /// damaged from now on: it is not sent, and a person is told. Says whether one was.
    pub fn look_at_files(&self, files: impl Iterator<Item = Digest>) -> Result<bool, StoreError> {
        let mut any = false;
        for sha256 in files {
            let row = self.read(|rows| rows.media(sha256))?;
            let ours = row.filter(|row| row.here && !row.confirmed && !row.damaged);
            if let Some(row) = ours
                && !self.is_intact(&row)
            {
                self.media_damaged(sha256)?;
                any = true;
            }
        }
        Ok(any)
    }

    fn is_intact(&self, row: &MediaRow) -> bool {
        let path = self.media_path(row.sha256);
        let length = self.files().length(&path);
        if !matches!(length, Ok(Some(length)) if length == row.bytes) {
            return false;
        }
        row.bytes > READ_BYTES || self.digest_now(&path).is_ok_and(|digest| digest == row.sha256)
    }

    fn digest_now(&self, path: &Path) -> io::Result<Digest> {
        Digest::read(&mut self.files().open(path)?)
    }
}
