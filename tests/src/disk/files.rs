//! The device's file layer over the real one, under the same plan as its database.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_device::store::files::{Files, ReadFile, SystemFiles, WriteFile};

use super::{Call, Faults, Verdict};

/// Files that fail by plan. Questions about names and lengths are not counted: they change nothing.
#[derive(Debug)]
pub struct FaultyFiles {
    faults: Arc<Faults>,
    real: SystemFiles,
}

impl FaultyFiles {
    /// Under this plan.
    pub fn new(faults: Arc<Faults>) -> FaultyFiles {
        FaultyFiles { faults, real: SystemFiles }
    }

    fn writer(&self, path: &Path, real: Box<dyn WriteFile>, length: u64) -> Box<dyn WriteFile> {
        Box::new(FaultyWriter { faults: Arc::clone(&self.faults), path: path.to_owned(), real, length })
    }
}

fn judge(faults: &Faults, call: Call) -> io::Result<()> {
    match faults.step(call) {
        Verdict::Go => Ok(()),
        Verdict::Full => Err(io::Error::from(io::ErrorKind::StorageFull)),
        Verdict::Fail | Verdict::Tear | Verdict::Drop => Err(broken()),
    }
}

fn broken() -> io::Error {
    io::Error::other("input/output error by plan")
}

impl Files for FaultyFiles {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        // Only a folder that is not there costs anything.
        if path.is_dir() {
            return Ok(());
        }
        judge(&self.faults, Call::Write)?;
        self.real.make_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        judge(&self.faults, Call::Open)?;
        if let Ok(old) = std::fs::read(path) {
            let length = u64::try_from(old.len()).unwrap_or(u64::MAX);
            self.faults.note_bytes(path, 0, old, 0, length);
        }
        Ok(self.writer(path, self.real.create(path)?, 0))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        judge(&self.faults, Call::Open)?;
        let length = self.real.length(path)?.unwrap_or(0);
        Ok(self.writer(path, self.real.append(path)?, length))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        judge(&self.faults, Call::Open)?;
        let real = self.real.open(path)?;
        Ok(Box::new(FaultyReader { faults: Arc::clone(&self.faults), real }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        judge(&self.faults, Call::Rename)?;
        let replaced = std::fs::read(to).ok();
        self.real.rename(from, to)?;
        self.faults.note_rename(from, to, replaced);
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        judge(&self.faults, Call::Sync)?;
        self.real.sync_folder(path)?;
        self.faults.note_folder_sync(path);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        judge(&self.faults, Call::Delete)?;
        self.faults.note_delete(path);
        self.real.remove(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        self.real.list(path)
    }

    fn length(&self, path: &Path) -> io::Result<Option<u64>> {
        self.real.length(path)
    }

    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()> {
        judge(&self.faults, Call::Write)?;
        self.real.reserve(path, bytes)
    }

    fn free_space(&self, path: &Path) -> io::Result<u64> {
        if self.faults.is_full() { Ok(0) } else { self.real.free_space(path) }
    }
}

#[derive(Debug)]
struct FaultyWriter {
    faults: Arc<Faults>,
    path: PathBuf,
    real: Box<dyn WriteFile>,
    length: u64,
}

impl FaultyWriter {
    fn put(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.faults.note_bytes(&self.path, self.length, Vec::new(), length, self.length);
        let count = self.real.write(bytes)?;
        self.length += u64::try_from(count).unwrap_or(0);
        Ok(count)
    }
}

impl Write for FaultyWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.faults.step(Call::Write) {
            Verdict::Go => self.put(bytes),
            Verdict::Full => Err(io::Error::from(io::ErrorKind::StorageFull)),
            Verdict::Fail | Verdict::Drop => Err(broken()),
            Verdict::Tear => {
                self.put(&bytes[..bytes.len() / 2])?;
                Err(broken())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.real.flush()
    }
}

impl WriteFile for FaultyWriter {
    fn sync(&mut self) -> io::Result<()> {
        match self.faults.step(Call::Sync) {
            Verdict::Go => {}
            Verdict::Drop => {
                self.faults.drop_unsynced(&self.path);
                return Err(broken());
            }
            _ => return Err(broken()),
        }
        self.real.sync()?;
        self.faults.note_sync(&self.path);
        Ok(())
    }
}

#[derive(Debug)]
struct FaultyReader {
    faults: Arc<Faults>,
    real: Box<dyn ReadFile>,
}

impl Read for FaultyReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        judge(&self.faults, Call::Read)?;
        self.real.read(into)
    }
}

impl Seek for FaultyReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.real.seek(to)
    }
}
