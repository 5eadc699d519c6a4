//! Media files: captured into the store's own folder, durable before they have a row, named by their digest.
//!
//! A stop at any moment leaves at worst a file without a row, which start-up adopts as unfiled evidence; never a row
//! without a file. Nothing is removed here; see `receipts` for the one place that does.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use countersign_evidence::{IngestError, ingest};
use countersign_model::record::Scope;
use countersign_model::wire::MEDIA_BYTES;
use countersign_model::{Digest, Id};
use rusqlite::{OptionalExtension, params};

use super::exchange::{MediaClass, MediaItem};
use super::files::{Files, ReadFile};
use super::open::{INCOMING, MADE};
use super::push::digest_at;
use super::topics::Topic;
use super::{Rows, Store, StoreError, Tx};

/// A file that is durable under its digest, with no row yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StagedFile {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
}

/// What a new media row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMedia {
    /// The file.
    pub file: StagedFile,
    /// What it is.
    pub class: MediaClass,
    /// The scope of what cites it.
    pub scope: Scope,
    /// When it was captured, the device's clock; orders sending within a class.
    pub added: i64,
}

/// What the store knows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRow {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// What it is.
    pub class: MediaClass,
    /// Whether the hub's receipt for it is here.
    pub confirmed: bool,
    /// Whether its bytes are on this device.
    pub here: bool,
    /// Its bytes were found damaged.
    pub damaged: bool,
}

/// Where a file is kept.
pub(super) fn path_of(folder: &Path, sha256: Digest) -> PathBuf {
    let name = sha256.hex();
    let shelf: String = name.chars().take(2).collect();
    folder.join("media").join(shelf).join(name)
}

fn mark_of(folder: &Path, sha256: Digest) -> PathBuf {
    folder.join(MADE).join(sha256.hex())
}

/// Removes the marks of files that the app made, once every file without a row is adopted.
pub(super) fn clear_marks(files: &dyn Files, folder: &Path) -> Result<(), StoreError> {
    for path in files.list(&folder.join(MADE)).map_err(StoreError::files("looking at the app's own files"))? {
        files.remove(&path).map_err(StoreError::files("clearing a mark"))?;
    }
    Ok(())
}

/// Removes half-written captures of an earlier stop; they were never called saved.
pub(super) fn clear_incoming(files: &dyn Files, folder: &Path) -> Result<(), StoreError> {
    let incoming = folder.join(INCOMING);
    for path in files.list(&incoming).map_err(StoreError::files("looking at half-written captures"))? {
        files.remove(&path).map_err(StoreError::files("clearing a half-written capture"))?;
    }
    Ok(())
}

fn class_of(word: &str) -> MediaClass {
    match word {
        "thumbnail" => MediaClass::Thumbnail,
        "preview" => MediaClass::Preview,
        "document" => MediaClass::Document,
        "cited" => MediaClass::Cited,
        "video" => MediaClass::Video,
        "form" => MediaClass::Form,
        "unfiled" => MediaClass::Unfiled,
        "pages" => MediaClass::Pages,
        _ => MediaClass::Original,
    }
}

fn ingest_error(error: IngestError) -> StoreError {
    match error {
        IngestError::DestinationFull { .. } => StoreError::Full,
        IngestError::DestinationFailed { source, .. } => StoreError::files("writing the capture")(source),
        IngestError::SourceFailed { source, .. } => StoreError::files("reading the file")(source),
        unfit @ (IngestError::Empty | IngestError::TooLarge { .. }) => StoreError::Source(unfit.to_string()),
    }
}

impl Store {
    /// Where a file is, or would be.
    pub fn media_path(&self, sha256: Digest) -> PathBuf {
        path_of(self.folder(), sha256)
    }

    /// Copies bytes into the store: written while hashing, fsynced, named by their digest, the folder fsynced. When this
    /// returns the bytes are durable; they have no row yet.
    pub fn stage(&self, reader: &mut dyn Read, limit: u64) -> Result<StagedFile, StoreError> {
        self.stage_checked(reader, limit, None)
    }

    fn stage_checked(
        &self,
        reader: &mut dyn Read,
        limit: u64,
        announced: Option<Digest>,
    ) -> Result<StagedFile, StoreError> {
        let mut random = [0u8; 16];
        getrandom::fill(&mut random)
            .map_err(|error| StoreError::Malformed(format!("no chance from the system: {error}")))?;
        let incoming = self.folder().join(INCOMING).join(Id::from_bytes(random).to_string());
        let files = self.files();
        let mut file = files.create(&incoming).map_err(StoreError::files("making room for the capture"))?;
        let copied = ingest(reader, &mut file, limit).map_err(ingest_error);
        let copied = copied.and_then(|copied| match announced.filter(|announced| *announced != copied.sha256) {
            Some(announced) => Err(StoreError::WrongBytes(announced)),
            None => file.sync().map_err(StoreError::files("saving the capture")).map(|()| copied),
        });
        drop(file);
        let copied = match copied {
            Ok(copied) => copied,
            Err(error) => {
                // It was never called saved; if it stays, the next start clears it.
                let _ = files.remove(&incoming);
                return Err(error);
            }
        };
        self.settle(&incoming, copied.sha256)?;
        Ok(StagedFile { sha256: copied.sha256, bytes: copied.bytes })
    }

    /// The same for bytes that the app itself made: previews, pages, papers. If a stop leaves them without a row, the next
    /// start keeps them as pages that nobody signed, and asks nobody to file them.
    pub fn stage_made(&self, bytes: &[u8]) -> Result<StagedFile, StoreError> {
        let mark = mark_of(self.folder(), Digest::of(bytes));
        self.files().create(&mark).map_err(StoreError::files("marking a file of the app's own"))?;
        self.stage_bytes(bytes)
    }

    /// The same for bytes whose digest was announced: others are not kept. If a stop leaves them without a row, the next
    /// start asks nobody to file them: whoever brought them brings them again.
    pub fn stage_as(&self, sha256: Digest, reader: &mut dyn Read, limit: u64) -> Result<StagedFile, StoreError> {
        let mark = mark_of(self.folder(), sha256);
        self.files().create(&mark).map_err(StoreError::files("marking a file that is brought"))?;
        self.stage_checked(reader, limit, Some(sha256))
    }

    /// Removes files that were staged and got no row.
    pub fn unstage(&self, staged: &[StagedFile]) -> Result<(), StoreError> {
        // Within a change: whoever cites the file at the same moment does so before or after, never in between.
        self.write(|tx| {
            let known = Rows::new(tx.connection()).known_media()?;
            for file in staged.iter().filter(|file| !known.contains(&file.sha256)) {
                let path = self.media_path(file.sha256);
                self.files().remove(&path).map_err(StoreError::files("removing a file that was not taken"))?;
            }
            Ok(())
        })
    }

    /// Refuses to cite a file that was let go meanwhile. To be asked within the change that cites it.
    pub fn still_here(&self, sha256: Digest) -> Result<(), StoreError> {
        match self.files().length(&self.media_path(sha256)).map_err(StoreError::files("looking at a file"))? {
            Some(_) => Ok(()),
            None => Err(StoreError::Source("the photo is not here any more: take it again".to_owned())),
        }
    }

    /// The same for bytes in memory, such as previews and pages.
    pub fn stage_bytes(&self, bytes: &[u8]) -> Result<StagedFile, StoreError> {
        self.stage(&mut Cursor::new(bytes), MEDIA_BYTES)
    }

    fn settle(&self, incoming: &Path, sha256: Digest) -> Result<(), StoreError> {
        let path = self.media_path(sha256);
        let shelf = path.parent().unwrap_or(self.folder());
        let files = self.files();
        files.make_folder(shelf).map_err(StoreError::files("making a media folder"))?;
        files.rename(incoming, &path).map_err(StoreError::files("naming the capture"))?;
        files.sync_folder(shelf).map_err(StoreError::files("saving the capture's name"))?;
        files.sync_folder(&self.folder().join("media")).map_err(StoreError::files("saving the capture's folder"))
    }

    /// Opens a file of the store.
    pub fn open_media(&self, sha256: Digest) -> Result<Box<dyn ReadFile>, StoreError> {
        self.files().open(&self.media_path(sha256)).map_err(StoreError::files("opening a file"))
    }

    /// The bytes of a small file of the store; `None` where it is not here. Damaged bytes are an error.
    pub fn media_bytes(&self, sha256: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.media_path(sha256);
        if self.files().length(&path).map_err(StoreError::files("looking at a file"))?.is_none() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        self.open_media(sha256)?.read_to_end(&mut bytes).map_err(StoreError::files("reading a file"))?;
        if Digest::of(&bytes) != sha256 {
            self.media_damaged(sha256)?;
            return Err(StoreError::WrongBytes(sha256));
        }
        Ok(Some(bytes))
    }

    /// Files that wait to be sent, in the order of sending.
    pub fn media_to_send(&self, limit: usize) -> Result<Vec<MediaItem>, StoreError> {
        self.read(|rows| {
            let sql = "SELECT sha256, bytes, class FROM media
                       WHERE state = 'local' AND here = 1 AND damaged = 0 AND class NOT IN ('form', 'unfiled', 'pages')
                       ORDER BY rank, added, sha256 LIMIT ?1";
            let mut statement = rows.connection().prepare_cached(sql)?;
            let found = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
                let sha256 = digest_at(row, 0)?;
                let class = class_of(&row.get::<_, String>(2)?);
                let bytes = row.get::<_, i64>(1)?.unsigned_abs();
                Ok(MediaItem { sha256, bytes, path: self.media_path(sha256), class })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// The file is damaged on this device (its bytes do not have its digest): it is not sent, and the person is told.
    pub fn media_damaged(&self, sha256: Digest) -> Result<(), StoreError> {
        self.write(|tx| {
            let sql = "UPDATE media SET damaged = 1 WHERE sha256 = ?1";
            tx.connection().prepare_cached(sql)?.execute([sha256.0])?;
            tx.touch(Topic::Status);
            Ok(())
        })
    }

    /// Files of the media folder without a row become unfiled evidence.
    pub(super) fn adopt_files(&self) -> Result<usize, StoreError> {
        let files = self.files();
        let doing = || StoreError::files("looking at the media folder");
        let known = self.read(|rows| rows.known_media())?;
        let mut found = Vec::new();
        for shelf in files.list(&self.folder().join("media")).map_err(doing())? {
            for path in files.list(&shelf).map_err(doing())? {
                let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<Digest>().ok());
                let Some(sha256) = name.filter(|sha256| !known.contains(sha256)) else { continue };
                if let Some(bytes) = files.length(&path).map_err(doing())? {
                    found.push(StagedFile { sha256, bytes });
                }
            }
        }
        if !found.is_empty() {
            let marked = |file: &StagedFile| {
                let length = files.length(&mark_of(self.folder(), file.sha256)).map_err(doing())?;
                Ok::<bool, StoreError>(length.is_some())
            };
            let made: Vec<bool> = found.iter().map(marked).collect::<Result<_, _>>()?;
            self.write(|tx| found.iter().zip(&made).try_for_each(|(file, made)| tx.adopt(*file, *made)))?;
        }
        Ok(found.len())
    }
}

impl Rows<'_> {
    /// What is known of a file.
    pub fn media(&self, sha256: Digest) -> Result<Option<MediaRow>, StoreError> {
        let sql = "SELECT sha256, bytes, class, state, here, damaged FROM media WHERE sha256 = ?1";
        Ok(self.connection().prepare_cached(sql)?.query_row([sha256.0], media_row).optional()?)
    }

    /// Files that were found without a row and that nobody filed yet, and files found damaged.
    pub fn media_for_attention(&self) -> Result<Vec<MediaRow>, StoreError> {
        let sql = "SELECT sha256, bytes, class, state, here, damaged FROM media
                   WHERE class = 'unfiled' OR (damaged = 1 AND state = 'local') ORDER BY added, sha256";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_map([], media_row)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn known_media(&self) -> Result<std::collections::BTreeSet<Digest>, StoreError> {
        let mut statement = self.connection().prepare_cached("SELECT sha256 FROM media WHERE here = 1")?;
        let found = statement.query_map([], |row| digest_at(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

fn media_row(row: &rusqlite::Row<'_>) -> Result<MediaRow, rusqlite::Error> {
    Ok(MediaRow {
        sha256: digest_at(row, 0)?,
        bytes: row.get::<_, i64>(1)?.unsigned_abs(),
        class: class_of(&row.get::<_, String>(2)?),
        confirmed: row.get::<_, String>(3)? != "local",
        here: row.get(4)?,
        damaged: row.get(5)?,
    })
}

impl Tx<'_> {
    /// Gives a durable file its row. A file that is known already keeps its receipt; its class only rises in the order
    /// of sending.
    pub fn put_media(&self, new: &NewMedia) -> Result<(), StoreError> {
        let sql = "INSERT INTO media(sha256, bytes, class, rank, state, here, scope, seq, added)
                   VALUES(?1, ?2, ?3, ?4, 'local', 1, ?5, ?6, ?7)
                   ON CONFLICT(sha256) DO UPDATE SET here = 1, damaged = 0, scope = excluded.scope, seq = excluded.seq,
                     class = CASE WHEN media.class = 'unfiled' OR excluded.rank < media.rank THEN excluded.class ELSE media.class END,
                     rank = CASE WHEN media.class = 'unfiled' OR excluded.rank < media.rank THEN excluded.rank ELSE media.rank END";
        let bytes = i64::try_from(new.file.bytes).unwrap_or(i64::MAX);
        // A salvage may find work and no word of what this device is.
        let seq = match self.rows().identity()? {
            Some(_) => i64::try_from(self.rows().chain_head()?.seq).unwrap_or(i64::MAX),
            None => 0,
        };
        self.connection().prepare_cached(sql)?.execute(params![
            new.file.sha256.0,
            bytes,
            new.class.word(),
            new.class as i64,
            new.scope.0,
            seq,
            new.added
        ])?;
        self.touch(Topic::Status);
        Ok(())
    }

    /// Gives a file its row that the hub has already and that is here to be looked at. One that is known stays as it is.
    pub fn put_seen_media(&self, file: StagedFile) -> Result<(), StoreError> {
        let sql = "INSERT INTO media(sha256, bytes, class, rank, state, here, added)
                   VALUES(?1, ?2, 'thumbnail', 0, 'remote', 1, 0) ON CONFLICT(sha256) DO UPDATE SET here = 1, damaged = 0";
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        self.connection().prepare_cached(sql)?.execute(params![file.sha256.0, bytes])?;
        Ok(())
    }

    /// A sealed document cites these originals: they are sent before other photos.
    pub fn cite_media(&self, sha256: Digest) -> Result<(), StoreError> {
        let sql = "UPDATE media SET class = 'cited', rank = ?2 WHERE sha256 = ?1 AND class = 'original'";
        self.connection().prepare_cached(sql)?.execute(params![sha256.0, MediaClass::Cited as i64])?;
        Ok(())
    }

    /// Takes the bytes of a form.
    pub fn put_form(&self, sha256: Digest, bytes: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO form(sha256, bytes) VALUES(?1, ?2) ON CONFLICT(sha256) DO NOTHING";
        self.connection().prepare_cached(sql)?.execute(params![sha256.0, bytes])?;
        self.media_came(sha256)?;
        self.touch(Topic::References);
        Ok(())
    }

    fn adopt(&self, file: StagedFile, made: bool) -> Result<(), StoreError> {
        let class = if made { MediaClass::Pages } else { MediaClass::Unfiled };
        tracing::info!(sha256 = %file.sha256, class = class.word(), "a file without a row is kept");
        let sql =
            "INSERT INTO media(sha256, bytes, class, rank, state, here, added) VALUES(?1, ?2, ?3, ?4, 'local', 1, 0)
                   ON CONFLICT(sha256) DO UPDATE SET here = 1";
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        let row = params![file.sha256.0, bytes, class.word(), class as i64];
        self.connection().prepare_cached(sql)?.execute(row)?;
        self.touch(Topic::Status);
        Ok(())
    }
}
