//! Reading a bundle from its beginning to its end.

use std::collections::VecDeque;
use std::io::{self, Read};

use countersign_model::canonical;

use super::{Directory, Measuring, StreamProblem, copy, entry_of, measure};
use crate::bundle::{
    BundleKind, BundleProblem, BundleSignature, Listed, MANIFEST, SIGNATURE, good_name, read_manifest, statement_over,
};
use crate::zip::{self, Entry, LOCAL_LENGTH};

/// Largest manifest or signature: 65,533 files with long names.
const SMALL: u32 = 32 << 20;

fn form<T>(what: &str) -> Result<T, StreamProblem> {
    Err(BundleProblem::Form(what.to_owned()).into())
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
