//! `outbox.log`: a second, append-only memory of what the hub does not have yet, for the day the database is damaged.
//!
//! One entry a line: length of the JSON in bytes, the first eight bytes of its SHA-256, the JSON. A line that does not
//! hold together is skipped when reading; nothing is ever rewritten in place.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use countersign_model::command::Command;
use countersign_model::{Digest, Id};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::exchange::Identity;
use super::files::{Files, WriteFile};
use crate::vault::{SealedToken, Token};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub(super) enum Entry {
    /// What the device is since then.
    Identity {
        /// The identity.
        identity: Box<Identity>,
        /// Its token; `None` while that is not sealed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<Box<SealedToken>>,
    },
    /// The chain's end when older lines were left out.
    Head {
        /// The device.
        device: Id,
        /// Its last sequence number.
        seq: u64,
        /// The chain's value there.
        hash: Digest,
    },
    /// The last number given out of a block.
    Number {
        /// What its numbers begin with.
        block: String,
        /// The last one.
        last: u64,
    },
    /// A command with its place in the chain.
    Command {
        /// The device.
        device: Id,
        /// Its sequence number.
        seq: u64,
        /// The chain before it.
        prev_hash: Digest,
        /// The body.
        command: Box<Command>,
    },
}

/// The line of an entry, with its end.
fn line(entry: &Entry) -> Result<Vec<u8>, io::Error> {
    let json = serde_json::to_vec(entry).map_err(io::Error::other)?;
    let mut line = format!("{} {} ", json.len(), check(&json)).into_bytes();
    line.extend_from_slice(&json);
    line.push(b'\n');
    Ok(line)
}

fn check(json: &[u8]) -> String {
    Digest::of(json).hex().chars().take(16).collect()
}

/// An identity as programs wrote it that kept its token in the clear.
#[derive(Deserialize)]
struct OldLine {
    identity: OldIdentity,
}

#[derive(Deserialize)]
struct OldIdentity {
    device: Id,
    token: String,
}

fn parse<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let mut parts = line.splitn(3, |byte| *byte == b' ');
    let length: usize = std::str::from_utf8(parts.next()?).ok()?.parse().ok()?;
    let sum = std::str::from_utf8(parts.next()?).ok()?;
    let json = parts.next()?;
    let whole = json.len() == length && check(json) == sum;
    whole.then(|| serde_json::from_slice(json).ok()).flatten()
}

/// What a log holds.
pub(super) struct ReadLog {
    /// Its whole lines, in order.
    pub(super) entries: Vec<Entry>,
    /// Whether there is a line that does not hold together.
    pub(super) broken: bool,
}

/// The open log.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    file: Option<Box<dyn WriteFile>>,
    unsynced: bool,
}

impl Log {
    pub(super) fn new(path: &Path) -> Log {
        Log { path: path.to_owned(), file: None, unsynced: false }
    }

    /// Reads every whole line. A missing file has none.
    pub(super) fn read(files: &dyn Files, path: &Path) -> io::Result<ReadLog> {
        let mut read = ReadLog { entries: Vec::new(), broken: false };
        for line in Log::bytes(files, path)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match parse(line) {
                Some(entry) => read.entries.push(entry),
                None => read.broken |= parse::<OldLine>(line).is_none(),
            }
        }
        Ok(read)
    }

    fn bytes(files: &dyn Files, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if files.length(path)?.is_some() {
            files.open(path)?.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    /// The last token that an older program wrote in the clear, and whose it is.
    pub(super) fn read_plain_token(files: &dyn Files, path: &Path) -> io::Result<Option<(Id, Token)>> {
        let bytes = Log::bytes(files, path)?;
        let last = bytes.split(|byte| *byte == b'\n').filter_map(parse::<OldLine>).next_back();
        Ok(last.map(|line| (line.identity.device, Token::new(line.identity.token))))
    }

    /// Appends entries in one write. A torn line of an earlier stop is closed by the newline that each write begins with.
    pub(super) fn append(&mut self, files: &dyn Files, entries: &[Entry]) -> io::Result<()> {
        let Some((first, rest)) = entries.split_first() else { return Ok(()) };
        let mut bytes = vec![b'\n'];
        for entry in std::iter::once(first).chain(rest) {
            bytes.extend(line(entry)?);
        }
        // Opened anew each time: another program may have put a shorter log in its place.
        self.file = None;
        let file = self.file.insert(files.append(&self.path)?);
        self.unsynced = true;
        if let Err(error) = file.write_all(&bytes).and_then(|()| file.flush()) {
            self.file = None;
            return Err(error);
        }
        Ok(())
    }

    /// Makes what was appended durable.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        if let (true, Some(file)) = (self.unsynced, &mut self.file) {
            if let Err(error) = file.sync() {
                // After a failed sync nothing that this handle wrote may be believed.
                self.file = None;
                return Err(error);
            }
            self.unsynced = false;
        }
        Ok(())
    }

    /// Writes a new log with these entries alone, durable before it takes the old one's name.
    pub(super) fn replace(&mut self, files: &dyn Files, entries: &[Entry]) -> io::Result<()> {
        let fresh = self.path.with_extension("log.new");
        let mut file = files.create(&fresh)?;
        for entry in entries {
            file.write_all(&line(entry)?)?;
        }
        file.flush()?;
        file.sync()?;
        drop(file);
        files.rename(&fresh, &self.path)?;
        if let Some(folder) = self.path.parent() {
            files.sync_folder(folder)?;
        }
        self.file = None;
        self.unsynced = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::SystemFiles;
    use super::*;

    #[test]
    fn whole_lines_survive_a_torn_one_and_any_flipped_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.log");
        let head = |seq| Entry::Head { device: Id::default(), seq, hash: Digest::default() };
        let mut log = Log::new(&path);
        log.append(&SystemFiles, &[head(1), head(2)]).unwrap();
        log.sync().unwrap();
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut torn = Log::new(&path);
            torn.append(&SystemFiles, &[head(3)]).unwrap();
            let read = Log::read(&SystemFiles, &path).unwrap().entries;
            assert_eq!(read.last(), Some(&head(3)), "cut at {cut}");
            assert!(read.iter().all(|entry| [head(1), head(2), head(3)].contains(entry)), "cut at {cut}");
        }
        for index in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[index] ^= 1;
            std::fs::write(&path, &flipped).unwrap();
            let read = Log::read(&SystemFiles, &path).unwrap().entries;
            assert!(read.iter().all(|entry| [head(1), head(2)].contains(entry)), "flipped at {index}");
        }
    }
}
