//! The journal outside the backup: what a hub that is restored from an older backup must not forget. Revocations,
//! enrolments with their codes, changes of keys, the highest numbers given.
//!
//! One signed line per entry of the database's journal, appended and made durable after the commit. It belongs on another
//! disk than the hub: `hub journal --at`. A restore replays what the backup does not have; without it, device codes and
//! numbers get a prefix of their own, so that none is given twice.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use countersign_model::trust::TrustChain;
use countersign_model::{Id, canonical};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rotate::{TENANT_KEY, followed};
use crate::blobs::sync_folder;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::{JournalEntry, StoreError};

/// A device was revoked.
pub(crate) const REVOKED: &str = "device.revoke";
/// A device was enrolled.
pub(crate) const ENROLLED: &str = "device.enrol";
/// A device got its token.
pub(crate) const TOKEN: &str = "device.token";
/// A number was given.
pub(crate) const NUMBERS: &str = "numbers";

/// Its usual place in the hub's folder.
const USUAL: &str = "journal.log";
/// Where it stands, if elsewhere.
pub(crate) const JOURNAL_PLACE: &str = "journal_file";
/// What device codes begin with after a restore without the journal.
const CODE_PREFIX: &str = "code_prefix";
/// Entries read at a time.
const PAGE: usize = 500;

/// What is known of the file in this process.
#[derive(Debug, Default)]
pub(crate) struct JournalFile {
    /// The last entry that is known to stand in it.
    written: u64,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    entry: u64,
    time: i64,
    what: String,
    body: String,
    key_number: u32,
    signature: String,
}

impl Line {
    fn statement(&self, tenant: Id) -> Outcome<Vec<u8>> {
        Ok(canonical::to_bytes(&json!({
            "purpose": "countersign/journal/1", "tenant": tenant, "entry": self.entry, "time": self.time,
            "what": self.what, "body": self.body, "key_number": self.key_number,
        }))?)
    }

    /// The entry as the database has it.
    pub(crate) fn entry(&self) -> JournalEntry {
        JournalEntry { entry: self.entry, time: self.time, what: self.what.clone(), body: self.body.clone() }
    }
}

/// Reads a journal and checks every line; a last line that a stop cut off does not count.
pub(crate) fn read_journal(path: &Path, chain: &TrustChain) -> Outcome<Vec<Line>> {
    let text = fs::read_to_string(path).map_err(HubError::file(path))?;
    let damaged = |number: usize| {
        HubError::Input(format!(
            "{}: line {number} is damaged or not by this company: give a whole copy of the journal, or restore without \
             it (numbers and device codes then get a prefix, and revocations since the backup must be repeated)",
            path.display()
        ))
    };
    let mut lines = Vec::new();
    let whole = text.rfind('\n').and_then(|end| text.get(..end)).unwrap_or_default();
    for (index, text) in whole.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let line: Line = serde_json::from_str(text).map_err(|_| damaged(index + 1))?;
        lines.push((index, line));
    }
    let rotations: Vec<&str> =
        lines.iter().filter(|(_, line)| line.what == TENANT_KEY).map(|(_, line)| line.body.as_str()).collect();
    let chain = followed(chain, &rotations);
    for (index, line) in &lines {
        let key = chain.key(line.key_number).ok_or_else(|| damaged(index + 1))?;
        key.verify(&line.statement(chain.tenant)?, &line.signature).map_err(|_| damaged(index + 1))?;
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

impl Hub {
    /// Where the journal stands.
    pub fn journal_path(&self) -> Outcome<PathBuf> {
        let elsewhere = self.read(|read| Ok(read.setting(JOURNAL_PLACE)?))?;
        Ok(elsewhere.map_or_else(|| self.folder().join(USUAL), PathBuf::from))
    }

    /// Puts the journal at another place, such as another disk: it is written there whole, and kept there from now on.
    pub fn move_journal(&self, to: &Path) -> Outcome {
        if to.exists() {
            return Err(HubError::Input(format!("{} is there already: name a new file", to.display())));
        }
        let absolute = std::path::absolute(to).map_err(HubError::file(to))?;
        let text = absolute.to_str().ok_or_else(|| HubError::Input("the file's name must be text".to_owned()))?;
        self.append(&absolute, 0)?;
        self.write(|write| Ok(write.keep_setting(JOURNAL_PLACE, text)?))
    }

    /// Brings the file up to the database. What cannot be written now is written with the next entry; `hub check` tells of
    /// it.
    pub(crate) fn write_journal(&self) {
        if let Err(error) = self.try_write_journal() {
            tracing::error!(%error, "the journal outside the backup could not be written");
        }
    }

    /// The same, where its failing must be known.
    pub(crate) fn write_journal_now(&self) -> Outcome {
        self.inner.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner).written = 0;
        self.try_write_journal()
    }

    fn try_write_journal(&self) -> Outcome {
        let mut file = self.inner.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let head = self.read(|read| Ok(read.journal_head()?))?;
        if head > file.written {
            file.written = self.append(&self.journal_path()?, file.written)?;
        }
        Ok(())
    }

    /// Appends what the file lacks; other processes of this hub append too, hence the lock. Answers the last entry.
    fn append(&self, path: &Path, known: u64) -> Outcome<u64> {
        let open = File::options().read(true).append(true).create(true).open(path);
        let mut file = open.map_err(HubError::file(path))?;
        file.lock().map_err(HubError::file(path))?;
        let (mut last, torn) = last_entry(&mut file).map_err(HubError::file(path))?;
        let mut bytes = if torn { b"\n".to_vec() } else { Vec::new() };
        loop {
            let page = self.read(|read| Ok(read.journal(last, PAGE)?))?;
            for entry in &page {
                last = entry.entry;
                serde_json::to_writer(&mut bytes, &self.line(entry)?).map_err(unwritable)?;
                bytes.push(b'\n');
            }
            if page.len() < PAGE {
                break;
            }
        }
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(HubError::file(path))?;
        if known == 0
            && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        {
            sync_folder(folder).map_err(HubError::file(folder))?;
        }
        Ok(last)
    }

    fn line(&self, entry: &JournalEntry) -> Outcome<Line> {
        let signer = self.signer()?;
        let mut line = Line {
            entry: entry.entry,
            time: entry.time,
            what: entry.what.clone(),
            body: entry.body.clone(),
            key_number: signer.number,
            signature: String::new(),
        };
        line.signature = signer.key.sign(&line.statement(self.tenant())?);
        Ok(line)
    }

    /// Short codes of devices that the journal knows: also of those that a restored database has no record of.
    pub(crate) fn journalled_codes(&self) -> Outcome<Vec<String>> {
        #[derive(Deserialize)]
        struct Coded {
            code: String,
        }
        let mut codes = Vec::new();
        let mut after = 0;
        loop {
            let page = self.read(|read| Ok(read.journal(after, PAGE)?))?;
            let Some(last) = page.last() else { return Ok(codes) };
            after = last.entry;
            let enrolled = page.iter().filter(|entry| entry.what == ENROLLED);
            codes
                .extend(enrolled.filter_map(|entry| serde_json::from_str::<Coded>(&entry.body).ok()).map(|of| of.code));
        }
    }

    /// What new device codes begin with; empty unless the hub was restored without its journal.
    pub(crate) fn code_prefix(&self) -> Outcome<String> {
        Ok(self.read(|read| Ok(read.setting(CODE_PREFIX)?))?.unwrap_or_default())
    }

    /// From now on device codes begin with these letters.
    pub(crate) fn set_code_prefix(&self, prefix: &str) -> Outcome {
        self.write(|write| Ok(write.keep_setting(CODE_PREFIX, prefix)?))
    }

    /// The last entry of the database and of the file, for `hub check`.
    pub(crate) fn journal_heads(&self) -> Outcome<(u64, u64)> {
        let head = self.read(|read| Ok(read.journal_head()?))?;
        let path = self.journal_path()?;
        let written = match File::open(&path) {
            Ok(mut file) => last_entry(&mut file).map_err(HubError::file(&path))?.0,
            Err(_absent) => 0,
        };
        Ok((head, written))
    }
}

fn unwritable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable(format!("an entry of the journal: {error}"))
}

/// So much of the file's end is read to find its last line: lines have at most some kilobytes.
const TAIL: u64 = 64 << 10;

/// The number of the last whole line, and whether something cut off stands behind it.
fn last_entry(file: &mut File) -> std::io::Result<(u64, bool)> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let torn = text.last().is_some_and(|last| *last != b'\n');
    let lines = text.split(|byte| *byte == b'\n');
    let entries = lines.filter_map(|line| serde_json::from_slice::<Line>(line).ok()).map(|line| line.entry);
    Ok((entries.max().unwrap_or(0), torn))
}
