//! The same bundle, written and read file by file: a phone has little memory, and a hand-over may hold a video.
//!
//! Digests and checksums stand before the bytes, so each file is read twice when writing: once by [`measure`], once on
//! its way into the bundle. Reading demands the one form byte by byte, as reading in memory does.

use std::collections::VecDeque;
use std::io::{self, Read, Write};

use countersign_model::{Digest, canonical};
use flate2::Crc;
use sha2::{Digest as _, Sha256};

use super::{
    BundleKind, BundleProblem, BundleSignature, FORMAT, Listed, MANIFEST, Manifest, SIGNATURE, good_name,
    read_manifest, statement_over,
};
use crate::encrypted::EncryptedProblem;
use crate::zip::{self, Entry, LOCAL_LENGTH};

/// Bytes copied at a time.
const PIECE: usize = 64 << 10;
/// Largest manifest or signature: 65,533 files with long names.
const SMALL: u32 = 32 << 20;

/// What must be known of a file before it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// Its checksum as ZIP wants it.
    crc: u32,
}

/// Hashing on the way from a reader.
struct Measuring<R> {
    from: R,
    hash: Sha256,
    crc: Crc,
    bytes: u64,
}

impl<R: Read> Measuring<R> {
    fn new(from: R) -> Measuring<R> {
        Measuring { from, hash: Sha256::new(), crc: Crc::new(), bytes: 0 }
    }

    fn done(self) -> Measured {
        Measured { sha256: Digest(self.hash.finalize().into()), bytes: self.bytes, crc: self.crc.sum() }
    }
}

impl<R: Read> Read for Measuring<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        let read = into.get(..count).unwrap_or_default();
        self.hash.update(read);
        self.crc.update(read);
        self.bytes = self.bytes.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}

/// Reads to the end and says what must be known before writing.
pub fn measure(from: impl Read) -> io::Result<Measured> {
    let mut measuring = Measuring::new(from);
    copy(&mut measuring, &mut io::sink())?;
    Ok(measuring.done())
}

fn copy(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let count = from.read(&mut piece)?;
        match piece.get(..count) {
            Some(read) if !read.is_empty() => to.write_all(read)?,
            _ => return Ok(()),
        }
    }
}

/// Opens a file's bytes when their turn comes.
pub type OpenSource<'a> = Box<dyn FnOnce() -> io::Result<Box<dyn Read + 'a>> + 'a>;

/// A file that goes into a bundle.
pub struct FileSource<'a> {
    /// Its name.
    pub name: String,
    /// What it measured.
    pub measured: Measured,
    /// Opens its bytes for the second reading.
    pub open: OpenSource<'a>,
}

impl<'a> FileSource<'a> {
    /// A small file that is in memory.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> FileSource<'a> {
        let mut crc = Crc::new();
        crc.update(&bytes);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let measured = Measured { sha256: Digest::of(&bytes), bytes: length, crc: crc.sum() };
        FileSource { name: name.to_owned(), measured, open: Box::new(|| Ok(Box::new(io::Cursor::new(bytes)))) }
    }
}

/// Why a bundle was not written or read.
#[derive(Debug, thiserror::Error)]
pub enum StreamProblem {
    /// The bundle.
    #[error(transparent)]
    Bundle(#[from] BundleProblem),
    /// The encryption around it.
    #[error("{0}")]
    Encrypted(String),
    /// The disk.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for StreamProblem {
    fn from(error: io::Error) -> StreamProblem {
        match EncryptedProblem::inside(&error) {
            Some(problem) => StreamProblem::Encrypted(problem.to_string()),
            None => StreamProblem::Io(error),
        }
    }
}

fn form<T>(what: &str) -> Result<T, StreamProblem> {
    Err(BundleProblem::Form(what.to_owned()).into())
}

/// The directory at the end, as it grows.
#[derive(Default)]
struct Directory {
    central: Vec<u8>,
    at: u32,
    count: u16,
}

impl Directory {
    /// Notes a file and says what stands before its bytes.
    fn add(&mut self, name: &str, entry: Entry) -> Result<Vec<u8>, BundleProblem> {
        let header = entry.local_header(name);
        self.central.extend(entry.central_header(name, self.at));
        let length = u32::try_from(header.len()).ok().and_then(|length| length.checked_add(entry.length));
        self.at = length.and_then(|length| self.at.checked_add(length)).ok_or(BundleProblem::TooLarge)?;
        self.count = self.count.checked_add(1).ok_or(BundleProblem::TooLarge)?;
        Ok(header)
    }

    /// The bytes after the last file.
    fn bytes(mut self) -> Result<Vec<u8>, BundleProblem> {
        let length = u32::try_from(self.central.len()).map_err(|_| BundleProblem::TooLarge)?;
        self.central.extend(zip::end(self.count, length, self.at));
        Ok(self.central)
    }
}

fn entry_of(name: &str, measured: &Measured) -> Result<Entry, BundleProblem> {
    let length = u32::try_from(measured.bytes).map_err(|_| BundleProblem::TooLarge)?;
    let name_length = u16::try_from(name.len()).map_err(|_| BundleProblem::TooLarge)?;
    Ok(Entry { crc: measured.crc, length, name_length })
}

/// A bundle that is about to be written.
pub struct StreamedBundle<'a> {
    manifest: Vec<u8>,
    files: Vec<FileSource<'a>>,
}

impl<'a> StreamedBundle<'a> {
    /// A bundle of these files, in the order of their names.
    pub fn new(kind: BundleKind, mut files: Vec<FileSource<'a>>) -> Result<StreamedBundle<'a>, BundleProblem> {
        files.sort_by(|one, other| one.name.cmp(&other.name));
        if let Some(bad) = files.iter().find(|file| !good_name(&file.name)) {
            return Err(BundleProblem::Name(bad.name.chars().take(80).collect()));
        }
        let listed = |file: &FileSource<'_>| Listed {
            name: file.name.clone(),
            sha256: file.measured.sha256,
            bytes: file.measured.bytes,
        };
        let manifest = Manifest { format: FORMAT, kind, files: files.iter().map(listed).collect() };
        Ok(StreamedBundle { manifest: canonical::to_bytes(&manifest)?, files })
    }

    /// The bytes that a device signs.
    pub fn statement(&self) -> Result<Vec<u8>, BundleProblem> {
        statement_over(&self.manifest)
    }

    /// Writes the bundle. A file whose bytes are not those that were measured ends it with an error.
    pub fn write(self, signature: Option<&BundleSignature>, out: &mut dyn Write) -> Result<(), StreamProblem> {
        let mut directory = Directory::default();
        let manifest = FileSource::of_bytes(MANIFEST, self.manifest);
        let signature = signature.map(canonical::to_bytes).transpose().map_err(BundleProblem::from)?;
        let signature = signature.map(|bytes| FileSource::of_bytes(SIGNATURE, bytes));
        for file in std::iter::once(manifest).chain(self.files).chain(signature) {
            let entry = entry_of(&file.name, &file.measured)?;
            out.write_all(&directory.add(&file.name, entry)?)?;
            let mut from = Measuring::new((file.open)()?);
            copy(&mut from, out)?;
            if from.done() != file.measured {
                return Err(io::Error::other(format!("{} changed while it was written", file.name)).into());
            }
        }
        out.write_all(&directory.bytes()?)?;
        Ok(())
    }
}

/// Takes a file's name, length and bytes as they come by.
pub type TakeFile<'a> = dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), StreamProblem> + 'a;

/// A bundle that is being read from its beginning to its end.
pub struct BundleReader<R: Read> {
    from: R,
    kind: BundleKind,
    listed: VecDeque<Listed>,
    statement: Vec<u8>,
    directory: Directory,
}

impl<R: Read> BundleReader<R> {
    /// Reads the manifest.
    pub fn open(mut from: R) -> Result<BundleReader<R>, StreamProblem> {
        let mut directory = Directory::default();
        let (name, bytes) = read_small(&mut from, &mut directory)?;
        if name != MANIFEST {
            return form("the manifest is not the first file");
        }
        let manifest = read_manifest(&bytes)?;
        if canonical::to_bytes(&manifest).map_err(BundleProblem::from)? != bytes {
            return form("the manifest is not in its one form");
        }
        let in_order = manifest.files.is_sorted_by(|one, other| one.name < other.name);
        match manifest.files.iter().find(|file| !good_name(&file.name)) {
            Some(bad) => return Err(BundleProblem::Name(bad.name.chars().take(80).collect()).into()),
            None if !in_order => return form("its files are not in the order of their names"),
            None => {}
        }
        let statement = statement_over(&bytes)?;
        Ok(BundleReader { from, kind: manifest.kind, listed: manifest.files.into(), statement, directory })
    }

    /// What it is for.
    pub fn kind(&self) -> &BundleKind {
        &self.kind
    }

    /// Reads every file in the order of names and gives each to `take` with its name and length. What `take` leaves is
    /// read over. Only when this returns is the whole bundle known to be good: whatever was taken before counts only then.
    /// Answers the signature, which fits.
    pub fn read_all(mut self, take: &mut TakeFile<'_>) -> Result<Option<BundleSignature>, StreamProblem> {
        while let Some(listed) = self.listed.pop_front() {
            self.read_file(&listed, take)?;
        }
        let expected = |directory: Directory| directory.bytes().map_err(StreamProblem::from);
        let mut beginning = [0; 4];
        self.from.read_exact(&mut beginning).map_err(cut_off)?;
        let rest = std::io::Cursor::new(beginning).chain(&mut self.from);
        if !zip::begins_file(&beginning) {
            read_end(rest, &expected(self.directory)?)?;
            return Ok(None);
        }
        let mut rest = rest;
        let (name, bytes) = read_small(&mut rest, &mut self.directory)?;
        if name != SIGNATURE {
            return form("a file is in it that the manifest does not name");
        }
        let signature: BundleSignature =
            serde_json::from_slice(&bytes).map_err(|error| BundleProblem::Form(error.to_string()))?;
        if canonical::to_bytes(&signature).map_err(BundleProblem::from)? != bytes {
            return form("the signature is not in its one form");
        }
        read_end(rest, &expected(self.directory)?)?;
        signature.key.verify(&self.statement, &signature.signature).map_err(BundleProblem::Signature)?;
        Ok(Some(signature))
    }

    fn read_file(&mut self, listed: &Listed, take: &mut TakeFile<'_>) -> Result<(), StreamProblem> {
        let (name, entry) = read_header(&mut self.from)?;
        if name != listed.name || u64::from(entry.length) != listed.bytes {
            return form("its files are not those of the manifest");
        }
        self.directory.add(&name, entry)?;
        let mut file = Measuring::new(self.from.by_ref().take(listed.bytes));
        take(&name, listed.bytes, &mut file)?;
        copy(&mut file, &mut io::sink())?;
        let measured = file.done();
        if measured.bytes != listed.bytes {
            return form("it is cut off");
        }
        match measured.sha256 == listed.sha256 && measured.crc == entry.crc {
            true => Ok(()),
            false => form(&format!("{name} does not have its digest")),
        }
    }
}

fn cut_off(error: io::Error) -> StreamProblem {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => BundleProblem::Form("it is cut off".to_owned()).into(),
        _ => error.into(),
    }
}

fn read_header(from: &mut dyn Read) -> Result<(String, Entry), StreamProblem> {
    let mut header = [0; LOCAL_LENGTH];
    from.read_exact(&mut header).map_err(cut_off)?;
    let Some(entry) = Entry::claimed(&header) else { return form("it is no stored ZIP") };
    let mut name = vec![0; usize::from(entry.name_length)];
    from.read_exact(&mut name).map_err(cut_off)?;
    match String::from_utf8(name) {
        Ok(name) => Ok((name, entry)),
        Err(_) => form("a name in it cannot be read"),
    }
}

/// A file that is kept in memory: manifest and signature.
fn read_small(from: &mut dyn Read, directory: &mut Directory) -> Result<(String, Vec<u8>), StreamProblem> {
    let (name, entry) = read_header(from)?;
    if entry.length > SMALL {
        return Err(BundleProblem::TooLarge.into());
    }
    let mut bytes = Vec::new();
    from.take(u64::from(entry.length)).read_to_end(&mut bytes)?;
    let measured = measure(bytes.as_slice())?;
    if entry_of(&name, &measured)? != entry {
        return form(&format!("{name} is damaged or cut off"));
    }
    directory.add(&name, entry)?;
    Ok((name, bytes))
}

/// The rest must be exactly these bytes.
fn read_end(from: impl Read, expected: &[u8]) -> Result<(), StreamProblem> {
    let most = u64::try_from(expected.len()).unwrap_or(u64::MAX).saturating_add(1);
    let mut rest = Vec::with_capacity(expected.len());
    from.take(most).read_to_end(&mut rest)?;
    if rest == expected { Ok(()) } else { form("its directory does not fit its files") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use countersign_model::Id;
    use countersign_model::trust::PrivateKey;

    use super::super::Bundle;
    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        let files =
            [("a.json", b"{}".to_vec()), ("b.bin", vec![0, 1, 2]), ("media/aa", vec![7; 200_000]), ("z", vec![])];
        files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
    }

    fn signature(statement: &[u8]) -> BundleSignature {
        let key = PrivateKey::from_bytes(&[5; 32]).unwrap();
        BundleSignature { device: Id::default(), key: key.public(), signature: key.sign(statement) }
    }

    fn in_memory(signed: bool) -> Vec<u8> {
        let bundle = Bundle::new(BundleKind::Rescue, files()).unwrap();
        let signature = signature(&bundle.statement().unwrap());
        if signed { bundle.signed(signature).unwrap() } else { bundle }.write().unwrap()
    }

    fn streamed(signed: bool) -> Vec<u8> {
        let sources = files().into_iter().map(|(name, bytes)| FileSource::of_bytes(&name, bytes)).collect();
        let bundle = StreamedBundle::new(BundleKind::Rescue, sources).unwrap();
        let signature = signed.then(|| signature(&bundle.statement().unwrap()));
        let mut out = Vec::new();
        bundle.write(signature.as_ref(), &mut out).unwrap();
        out
    }

    fn read(bytes: &[u8]) -> Result<(BTreeMap<String, Vec<u8>>, bool), StreamProblem> {
        let reader = BundleReader::open(bytes)?;
        assert_eq!(reader.kind(), &BundleKind::Rescue);
        let mut found = BTreeMap::new();
        let signature = reader.read_all(&mut |name, _, from| {
            let mut bytes = Vec::new();
            // Media are looked at for a moment only: what is left is read over.
            if name.starts_with("media/") {
                from.read_exact(&mut [0; 3])?
            } else {
                from.read_to_end(&mut bytes).map(|_| ())?
            }
            found.insert(name.to_owned(), bytes);
            Ok(())
        })?;
        Ok((found, signature.is_some()))
    }

    #[test]
    fn both_ways_of_writing_give_the_same_bytes_and_either_is_read() {
        for signed in [false, true] {
            assert_eq!(streamed(signed), in_memory(signed));
            let (found, has_signature) = read(&streamed(signed)).unwrap();
            assert_eq!(has_signature, signed);
            assert_eq!(found.keys().collect::<Vec<_>>(), files().keys().collect::<Vec<_>>());
            assert_eq!(found["b.bin"], files()["b.bin"]);
        }
    }

    #[test]
    fn every_changed_added_or_missing_byte_is_found() {
        let bytes = streamed(true);
        let interesting = |at: &usize| *at < 2_000 || at.is_multiple_of(997) || *at > bytes.len() - 1_000;
        for at in (0..bytes.len()).filter(interesting) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(read(&changed).is_err(), "byte {at}");
            assert!(read(&bytes[..at]).is_err(), "cut at {at}");
        }
        assert!(read(&[bytes.as_slice(), b"\0"].concat()).is_err());
        assert!(read(&[b"\0".as_slice(), &bytes].concat()).is_err());
    }

    #[test]
    fn a_file_that_changes_between_the_two_readings_ends_the_writing() {
        let mut source = FileSource::of_bytes("a", b"before".to_vec());
        source.open = Box::new(|| Ok(Box::new(&b"behind"[..])));
        let bundle = StreamedBundle::new(BundleKind::Rescue, vec![source]).unwrap();
        let refused = bundle.write(None, &mut Vec::new()).unwrap_err().to_string();
        assert!(refused.contains("changed while"), "{refused}");
    }

    #[test]
    fn what_is_too_large_for_the_format_is_refused_before_anything_is_written() {
        let mut source = FileSource::of_bytes("a", Vec::new());
        source.measured.bytes = 5 << 30;
        let bundle = StreamedBundle::new(BundleKind::Rescue, vec![source]).unwrap();
        let mut out = Vec::new();
        assert!(matches!(bundle.write(None, &mut out), Err(StreamProblem::Bundle(BundleProblem::TooLarge))));
    }
}
