//! The one way to the file system, so that a test can stop it at any call.
//!
//! Never decides what a file is for and never retries.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions as FsOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A file that can be written and made durable.
pub trait WriteFile: Write + Send + Debug {
    /// Returns when the bytes are on the medium.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file that can be read.
pub trait ReadFile: Read + Seek + Send + Debug {}
impl<T: Read + Seek + Send + Debug> ReadFile for T {}

/// What the store does with files.
pub trait Files: Send + Sync + Debug {
    /// Makes a folder with those around it; fine if it is there.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes an empty file for writing; an old one is emptied.
    fn create(&self, path: &Path) -> io::Result<Box<dyn WriteFile>>;
    /// Opens a file for writing at its end; makes it if needed.
    fn append(&self, path: &Path) -> io::Result<Box<dyn WriteFile>>;
    /// Opens a file for reading.
    fn open(&self, path: &Path) -> io::Result<Box<dyn ReadFile>>;
    /// Gives a file another name, replacing what has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// The names in a folder; none where there is no folder.
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>>;
    /// The length of a file; `None` where there is none.
    fn length(&self, path: &Path) -> io::Result<Option<u64>>;
    /// Makes a file of this length whose blocks are really taken.
    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()>;
    /// Bytes that can still be written.
    fn free_space(&self, path: &Path) -> io::Result<u64>;
}

/// The file system of the device.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemFiles;

impl WriteFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Files for SystemFiles {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        Ok(Box::new(File::create(path)?))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        Ok(Box::new(FsOptions::new().append(true).create(true).open(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        Ok(Box::new(File::open(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Windows has no such call for folders; its file systems journal names.
        if cfg!(windows) { Ok(()) } else { File::open(path)?.sync_all() }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    }

    fn length(&self, path: &Path) -> io::Result<Option<u64>> {
        match fs::metadata(path) {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()> {
        let file = File::create(path)?;
        fs4::FileExt::allocate(&file, bytes)?;
        file.sync_all()
    }

    fn free_space(&self, path: &Path) -> io::Result<u64> {
        fs4::available_space(path)
    }
}
