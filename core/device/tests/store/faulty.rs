//! A file layer that fails from its n-th call on, as if the process had been stopped there: nothing after it happens.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use countersign_device::store::files::{Files, ReadFile, SystemFiles, WriteFile};

#[derive(Debug, Default)]
pub struct Budget {
    calls: AtomicU64,
    allowed: AtomicU64,
}

#[derive(Debug, Clone, Default)]
pub struct FaultyFiles(Arc<Budget>);

impl FaultyFiles {
    /// Every call works until this many more were made.
    pub fn allow(&self, calls: u64) {
        self.0.calls.store(0, Ordering::SeqCst);
        self.0.allowed.store(calls, Ordering::SeqCst);
    }

    pub fn unlimited() -> FaultyFiles {
        let files = FaultyFiles::default();
        files.allow(u64::MAX);
        files
    }

    /// Calls since the last allowance.
    pub fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::SeqCst)
    }

    fn step(&self) -> io::Result<()> {
        let before = self.0.calls.fetch_add(1, Ordering::SeqCst);
        if before < self.0.allowed.load(Ordering::SeqCst) { Ok(()) } else { Err(io::Error::other("stopped here")) }
    }
}

#[derive(Debug)]
struct FaultyFile<T: ?Sized>(FaultyFiles, Box<T>);

impl Write for FaultyFile<dyn WriteFile> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.0.step() {
            // What was being written when the process stopped may be there in part.
            let _ = self.1.write(&bytes[..bytes.len() / 2]);
            return Err(error);
        }
        self.1.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

impl WriteFile for FaultyFile<dyn WriteFile> {
    fn sync(&mut self) -> io::Result<()> {
        self.0.step()?;
        self.1.sync()
    }
}

impl Read for FaultyFile<dyn ReadFile> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.step()?;
        self.1.read(buffer)
    }
}

impl Seek for FaultyFile<dyn ReadFile> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.1.seek(to)
    }
}

impl Files for FaultyFiles {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        SystemFiles.make_folder(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        self.step()?;
        Ok(Box::new(FaultyFile(self.clone(), SystemFiles.create(path)?)))
    }
    fn append(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        self.step()?;
        Ok(Box::new(FaultyFile(self.clone(), SystemFiles.append(path)?)))
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        self.step()?;
        Ok(Box::new(FaultyFile(self.clone(), SystemFiles.open(path)?)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        SystemFiles.rename(from, to)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        SystemFiles.sync_folder(path)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        SystemFiles.remove(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        self.step()?;
        SystemFiles.list(path)
    }
    fn length(&self, path: &Path) -> io::Result<Option<u64>> {
        self.step()?;
        SystemFiles.length(path)
    }
    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()> {
        self.step()?;
        SystemFiles.reserve(path, bytes)
    }
    fn free_space(&self, path: &Path) -> io::Result<u64> {
        self.step()?;
        SystemFiles.free_space(path)
    }
}
