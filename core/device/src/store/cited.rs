//! What a salvaged command says of files and signed documents: their rows went with the database, the files and the
//! command did not. Without this, photos that were never sent would lie on the device as nobody's.

use std::path::Path;

use countersign_model::Digest;
use countersign_model::command::Command;
use countersign_model::document::SignOff;
use countersign_model::entity::{Derived, Document, Evidence};
use countersign_model::payload::{DocumentAttest, DocumentSign, EvidenceAttach, Payload};

use super::exchange::MediaClass;
use super::files::Files;
use super::media::{NewMedia, StagedFile, path_of};
use super::sealed::{Attested, NewSealed};
use super::topics::Topic;
use super::{StoreError, Tx};

/// Files that a start found without a row: captures, and what the app made itself. The latter may be a preview that was
/// never sent; adoption gives no time, so pages that were made since are none of them.
/// Adopted files wait to be sent, so that the index of those answers without a look at every file of the device.
const ADOPTED: &str = "state = 'local' AND (class = 'unfiled' OR class = 'pages' AND added = 0)";

/// Puts back what the command says; returns how many files it names that are here. A file that is gone gets no row.
pub(super) fn restore(tx: &Tx<'_>, command: &Command, files: &dyn Files, folder: &Path) -> Result<usize, StoreError> {
    let here = Here { tx, command, files, folder };
    match command.parse() {
        Ok(Payload::EvidenceAttach(attach)) => here.evidence(&attach),
        Ok(Payload::DocumentSign(sign)) => here.signed(sign),
        Ok(Payload::DocumentAttest(attest)) => here.attested(&attest),
        // Other commands name no file of their own; one of a newer program is sent as it is.
        _ => Ok(0),
    }
}

/// The photo of a stamp and its picture.
fn stamp_files(sign_off: &SignOff) -> impl Iterator<Item = (Digest, MediaClass)> + use<> {
    let picture = sign_off.stamp_preview.map(|sha256| (sha256, MediaClass::Preview));
    picture.into_iter().chain(sign_off.stamp.map(|sha256| (sha256, MediaClass::Original)))
}

struct Here<'a> {
    tx: &'a Tx<'a>,
    command: &'a Command,
    files: &'a dyn Files,
    folder: &'a Path,
}

impl Here<'_> {
    fn file(&self, sha256: Digest, class: MediaClass) -> Result<usize, StoreError> {
        let path = path_of(self.folder, sha256);
        let length = self.files.length(&path).map_err(StoreError::files("looking at the media folder"))?;
        let Some(bytes) = length else { return Ok(0) };
        let scope = self.command.lane.clone();
        let file = StagedFile { sha256, bytes };
        self.tx.put_media(&NewMedia { file, class, scope, added: self.command.time.wall })?;
        Ok(1)
    }

    fn evidence(&self, attach: &EvidenceAttach) -> Result<usize, StoreError> {
        let video = attach.media_type.starts_with("video/");
        let class = if video { MediaClass::Video } else { MediaClass::Original };
        let small = |derived: &Option<Derived>, class| {
            derived.as_ref().map_or(Ok(0), |derived| self.file(derived.sha256, class))
        };
        let previews = small(&attach.thumbnail, MediaClass::Thumbnail)? + small(&attach.preview, MediaClass::Preview)?;
        Ok(previews + self.file(attach.sha256, class)?)
    }

    fn signed(&self, sign: DocumentSign) -> Result<usize, StoreError> {
        let pages = sign.sealed.shown_sha256;
        let mut found = 0;
        for sign_off in &sign.sign_offs {
            for (sha256, class) in stamp_files(sign_off) {
                found += self.file(sha256, class)?;
            }
        }
        let sealed = NewSealed { sealed: sign.sealed, sign_offs: sign.sign_offs };
        if self.tx.rows().sealed(sealed.sealed.digest()?)?.is_none() {
            self.tx.put_sealed(&sealed)?;
        }
        sealed.cited_originals().try_for_each(|sha256| self.tx.cite_media(sha256))?;
        Ok(found + self.file(pages, MediaClass::Document)?)
    }

    fn attested(&self, attest: &DocumentAttest) -> Result<usize, StoreError> {
        let rows = self.tx.rows();
        let sealed = attest.attestation.sealed_sha256;
        // The paper of a document whose command was sent long ago lies here without it.
        if rows.sealed(sealed)?.is_some() && rows.attested(sealed)?.is_none() {
            let attestation = attest.attestation.clone();
            self.tx.put_attested(&Attested { attestation, pdf: attest.pdf.sha256 })?;
        }
        self.file(attest.pdf.sha256, MediaClass::Document)
    }
}

impl Tx<'_> {
    /// Files that were found without a row and that a record of the hub cites are nobody's to file: after a salvage these
    /// are what was sent long ago, and what came from others. They are offered once more, since the row that knew of the
    /// hub's receipt is gone; the hub says at once which it holds.
    pub(super) fn file_what_is_cited(&self) -> Result<(), StoreError> {
        let unfiled = format!("SELECT 1 FROM media WHERE {ADOPTED}");
        if !self.connection().prepare_cached(&unfiled)?.exists([])? {
            return Ok(());
        }
        for (_, evidence) in self.rows().all::<Evidence>()? {
            let small = |derived: &Option<Derived>| derived.as_ref().map(|derived| derived.sha256);
            let video = evidence.media_type.starts_with("video/");
            let original = if video { MediaClass::Video } else { MediaClass::Original };
            self.file_as(small(&evidence.thumbnail), MediaClass::Thumbnail)?;
            self.file_as(small(&evidence.preview), MediaClass::Preview)?;
            self.file_as(Some(evidence.sha256), original)?;
        }
        for (_, document) in self.rows().all::<Document>()? {
            self.file_as(Some(document.sealed.shown_sha256), MediaClass::Document)?;
            self.file_as(document.pdf.map(|pdf| pdf.sha256), MediaClass::Document)?;
            for (sha256, class) in document.sign_offs.iter().flat_map(stamp_files) {
                self.file_as(Some(sha256), class)?;
            }
        }
        Ok(())
    }

    fn file_as(&self, sha256: Option<Digest>, class: MediaClass) -> Result<(), StoreError> {
        let Some(sha256) = sha256 else { return Ok(()) };
        let sql = format!("UPDATE media SET class = ?2, rank = ?3 WHERE sha256 = ?1 AND ({ADOPTED})");
        let changed =
            self.connection().prepare_cached(&sql)?.execute(rusqlite::params![sha256.0, class.word(), class as i64])?;
        if changed > 0 {
            self.touch(Topic::Outbox);
            self.touch(Topic::Status);
        }
        Ok(())
    }
}
