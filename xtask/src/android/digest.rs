//! Digests of what a step reads, and steps that run only when that digest is new.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest as _, Sha256};

use crate::steps::Problem;

/// What a step reads, put together piece by piece.
#[derive(Clone)]
pub struct Digest {
    hash: Sha256,
    cache: PathBuf,
}

impl Digest {
    /// A digest for the step of this name. Files under `cache` are named by their content, so their paths are enough.
    pub fn new(name: &str, cache: &Path) -> Self {
        let digest = Self { hash: Sha256::new(), cache: cache.to_owned() };
        digest.text(name)
    }

    /// Adds a text.
    pub fn text(mut self, text: &str) -> Self {
        self.hash.update((text.len() as u64).to_be_bytes());
        self.hash.update(text.as_bytes());
        self
    }

    /// Adds a file with its name.
    pub fn file(self, path: &Path) -> Result<Self, Problem> {
        if let Ok(inside) = path.strip_prefix(&self.cache) {
            let inside = inside.display().to_string();
            return Ok(self.text(&inside));
        }
        let name = path.display().to_string();
        let content = fs::read(path).map_err(|error| Problem(format!("{name}: {error}")))?;
        let mut digest = self.text(&name);
        digest.hash.update((content.len() as u64).to_be_bytes());
        digest.hash.update(&content);
        Ok(digest)
    }

    /// Adds files.
    pub fn files<'a>(self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<Self, Problem> {
        paths.into_iter().try_fold(self, |digest, path| digest.file(path))
    }

    /// Adds every file of a folder (or the file that this is).
    pub fn tree(self, path: &Path) -> Result<Self, Problem> {
        if path.starts_with(&self.cache) { self.file(path) } else { self.files(&files(path, "")?) }
    }

    /// The digest in hexadecimal.
    pub fn finish(self) -> String {
        hexadecimal(&self.hash.finalize())
    }
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file's SHA-256.
pub fn sha256(path: &Path) -> Result<String, Problem> {
    let content = fs::read(path).map_err(|error| Problem(format!("{}: {error}", path.display())))?;
    Ok(hexadecimal(&Sha256::digest(content)))
}

/// Every file below a path whose name ends so, sorted; none where the path does not exist.
pub fn files(path: &Path, ending: &str) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    collect(path, ending, &mut found).map_err(|error| Problem(format!("{}: {error}", path.display())))?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, ending: &str, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        if path.to_string_lossy().ends_with(ending) {
            found.push(path.to_owned());
        }
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), ending, found)?;
        }
    }
    Ok(())
}

/// Runs `action` into the fresh folder `out`, unless the last good run read the same.
pub fn step(
    name: &str,
    digest: Digest,
    out: &Path,
    action: impl FnOnce(&Path) -> Result<(), Problem>,
) -> Result<bool, Problem> {
    step_in_place(name, digest, out, |out| empty(out).and_then(|()| action(out)))
}

/// As `step`, over what the last run left in `out`.
pub fn step_in_place(
    name: &str,
    digest: Digest,
    out: &Path,
    action: impl FnOnce(&Path) -> Result<(), Problem>,
) -> Result<bool, Problem> {
    let stamp = Stamp::new(out.with_extension("stamp"), digest);
    if stamp.holds() {
        return Ok(false);
    }
    let started = Instant::now();
    stamp.after(|| action(out))?;
    println!("{name:28} {:6.1} s", started.elapsed().as_secs_f64());
    Ok(true)
}

/// A file that holds the digest of what the last good run of something read.
pub struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// The stamp in this file, for a run that reads what the digest says.
    pub fn new(file: PathBuf, digest: Digest) -> Self {
        Self { file, digest: digest.finish() }
    }

    /// Whether the last good run read the same.
    pub fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|last| last == self.digest)
    }

    /// Runs `action`; the stamp stands again once that went well.
    pub fn after(&self, action: impl FnOnce() -> Result<(), Problem>) -> Result<(), Problem> {
        let _ = fs::remove_file(&self.file);
        action()?;
        write(&self.file, self.digest.as_bytes())
    }
}

/// Runs `action` into a folder of the cache that is named by the digest; several builds may do so at once.
pub fn cached(
    name: &str,
    digest: Digest,
    action: impl FnOnce(&Path) -> Result<(), Problem>,
) -> Result<PathBuf, Problem> {
    let place = digest.cache.join("steps");
    let short: String = digest.finish().chars().take(32).collect();
    let out = place.join(format!("{name}-{short}"));
    if out.exists() {
        return Ok(out);
    }
    let started = Instant::now();
    let part = place.join(format!("{name}-{short}.{}.part", std::process::id()));
    empty(&part)?;
    action(&part)?;
    if fs::rename(&part, &out).is_err() {
        // Another build was quicker with the very same.
        let _ = fs::remove_dir_all(&part);
    }
    println!("{name:28} {:6.1} s", started.elapsed().as_secs_f64());
    Ok(out)
}

/// Makes a folder, without what was in it.
pub fn empty(folder: &Path) -> Result<(), Problem> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Problem(format!("{}: {error}", folder.display())))?;
    }
    fs::create_dir_all(folder).map_err(|error| Problem(format!("{}: {error}", folder.display())))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Problem> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, content)).map_err(|error| Problem(format!("{}: {error}", path.display())))
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_holds_until_something_is_read_anew_or_fails() {
        let folder = std::env::temp_dir().join(format!("countersign-stamp-{}", std::process::id()));
        let on = |read: &str| Stamp::new(folder.join("a"), Digest::new("a", &folder).text(read));
        assert!(!on("1").holds(), "nothing ran yet");
        on("1").after(|| Ok(())).unwrap();
        assert!(on("1").holds());
        assert!(!on("2").holds(), "something else is read");
        let failed = on("1").after(|| {
            assert!(!on("1").holds(), "it runs, and nobody knows yet how it ends");
            Err(Problem("broken".to_owned()))
        });
        assert_eq!(failed.unwrap_err().0, "broken");
        assert!(!on("1").holds(), "it failed");
        fs::remove_dir_all(&folder).unwrap();
    }
}
