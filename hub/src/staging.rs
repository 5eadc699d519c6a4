//! Where the chunks of an upload are put together: each at its place in one file, hashed as they come.
//!
//! The file's digest is carried along while chunks come in order, so that finishing reads nothing; what came in another
//! order, or before a restart, is read then. Whoever writes over a chunk lets all be hashed anew: what was hashed is what
//! stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use countersign_model::wire::CHUNK_BYTES;
use countersign_model::{Digest, Id};
use sha2::{Digest as _, Sha256};

use crate::blobs::{copy_hashing, sync_folder};

/// The chunks, each at its place.
const WHOLE: &str = "whole";
/// Stands beside them once they were found to have their digest.
const VERIFIED: &str = "verified";
/// How long somebody waits for whoever is at the same upload: as long as it takes to read a film of some gigabytes.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many wait for one upload: a device sends its chunks one after the other, and after a broken line once more.
const MOST_WAITING: usize = 4;

/// Which upload: by this device, of these bytes.
type Key = (Id, Digest);

/// The digest of the chunks before the `next`, as they stand in the file.
#[derive(Clone, Default)]
struct Running {
    next: u64,
    hash: Sha256,
}

#[derive(Default)]
struct Uploads {
    /// Those that a thread is at.
    busy: BTreeSet<Key>,
    /// How many wait for them.
    waiting: BTreeMap<Key, usize>,
    running: BTreeMap<Key, Running>,
}

/// The uploads of one tenant that are under way.
pub(crate) struct Staging {
    root: PathBuf,
    uploads: Mutex<Uploads>,
    left: Condvar,
}

/// One upload, which nobody else touches meanwhile.
pub(crate) struct Staged<'a> {
    staging: &'a Staging,
    key: Key,
    folder: PathBuf,
}

/// What finishing finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// As many bytes as were announced, with their digest.
    Here(PathBuf, Digest),
    /// They were verified before, and moved to where they are kept.
    Moved,
    /// Neither, or another number of bytes.
    Gone,
}

impl Staging {
    /// Uploads below this folder.
    pub fn new(root: PathBuf) -> Staging {
        Staging { root, uploads: Mutex::default(), left: Condvar::new() }
    }

    /// The upload of these bytes by this device, as soon as nobody else is at it; `None` where that takes too long or too
    /// many wait already.
    pub fn of(&self, device: Id, sha256: Digest) -> Option<Staged<'_>> {
        let key = (device, sha256);
        let mut uploads = self.uploads();
        let waiting = uploads.waiting.get(&key).copied().unwrap_or_default();
        if waiting >= MOST_WAITING {
            return None;
        }
        uploads.waiting.insert(key, waiting.saturating_add(1));
        let waited = self.left.wait_timeout_while(uploads, PATIENCE, |uploads| uploads.busy.contains(&key));
        let (mut uploads, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match uploads.waiting.remove(&key).unwrap_or_default().saturating_sub(1) {
            0 => {}
            others => drop(uploads.waiting.insert(key, others)),
        }
        let folder = self.root.join(device.to_string()).join(sha256.hex());
        uploads.busy.insert(key).then(|| Staged { staging: self, key, folder })
    }

    /// The uploads of which something stands here.
    pub fn all(&self) -> io::Result<Vec<(Id, Digest)>> {
        let mut found = Vec::new();
        for device in folders(&self.root)? {
            let Ok(id) = device.file_name().to_string_lossy().parse() else { continue };
            let names = folders(&device.path())?;
            found.extend(names.iter().filter_map(|file| Some((id, file.file_name().to_string_lossy().parse().ok()?))));
        }
        Ok(found)
    }

    fn uploads(&self) -> MutexGuard<'_, Uploads> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        self.staging.uploads().busy.remove(&self.key);
        self.staging.left.notify_all();
    }
}

impl Staged<'_> {
    /// Where it stands meanwhile.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether anything stands of it, be it moved to where it is kept.
    pub fn stands(&self) -> io::Result<bool> {
        Ok(self.folder.join(WHOLE).try_exists()? || self.folder.join(VERIFIED).try_exists()?)
    }

    /// Puts a chunk into its place, durably. The file has `total` bytes, which nobody filled where no chunk came yet.
    pub fn write(&self, chunk: u64, total: u64, bytes: &[u8]) -> io::Result<()> {
        let is_same = fs::metadata(self.folder.join(WHOLE)).is_ok_and(|file| file.len() == total);
        let mut running = self.staging.uploads().running.remove(&self.key).unwrap_or_default();
        // Another file than the one that was hashed, or bytes that were.
        if !is_same || chunk < running.next {
            running = Running::default();
        }
        let follows = chunk == running.next;
        let written = std::thread::scope(|threads| {
            let hash = || Sha256::clone(&running.hash).chain_update(bytes);
            // Without a thread it is hashed when all is here.
            let hash = if follows { Builder::new().spawn_scoped(threads, hash).ok() } else { None };
            let written = self.put(chunk.saturating_mul(CHUNK_BYTES), total, bytes);
            (written, hash.and_then(|hash| hash.join().ok()))
        });
        if let (Ok(()), Some(hash)) = &written {
            running = Running { next: chunk.saturating_add(1), hash: hash.clone() };
        }
        self.staging.uploads().running.insert(self.key, running);
        written.0
    }

    fn put(&self, start: u64, total: u64, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(WHOLE);
        fs::create_dir_all(&self.folder)?;
        let mut file = File::options().write(true).create(true).truncate(false).open(path)?;
        // The length comes last: where a file has it, its name and those of the folders above survive a power cut.
        if file.metadata()?.len() != total {
            self.folder.ancestors().take(5).try_for_each(sync_folder)?;
            file.set_len(total)?;
            file.sync_all()?;
        }
        // Other bytes than those that were verified.
        absent(fs::remove_file(self.folder.join(VERIFIED)))?;
        file.seek(SeekFrom::Start(start))?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    /// Everything that came, with its digest.
    pub fn whole(&self, total: u64) -> io::Result<Whole> {
        let path = self.folder.join(WHOLE);
        let mut file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let moved = self.folder.join(VERIFIED).try_exists()?;
                return Ok(if moved { Whole::Moved } else { Whole::Gone });
            }
            other => other?,
        };
        if file.metadata()?.len() != total {
            return Ok(Whole::Gone);
        }
        let Running { next, hash } = self.staging.uploads().running.remove(&self.key).unwrap_or_default();
        file.seek(SeekFrom::Start(next.saturating_mul(CHUNK_BYTES).min(total)))?;
        let (_, digest) = copy_hashing(&mut file, &mut io::sink(), hash)?;
        Ok(Whole::Here(path, digest))
    }

    /// The bytes have their digest: they may be moved away, and it is known where they went.
    pub fn verified(&self) -> io::Result<()> {
        File::create(self.folder.join(VERIFIED))?.sync_all()?;
        sync_folder(&self.folder)
    }

    /// Nothing of it stands any more.
    pub fn forget(&self) -> io::Result<()> {
        self.staging.uploads().running.remove(&self.key);
        absent(fs::remove_dir_all(&self.folder))
    }
}

/// The folders in a folder; none where it is not there.
fn folders(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.filter(|entry| entry.as_ref().map_or(true, |entry| entry.path().is_dir())).collect(),
    }
}

/// What is not there need not be removed.
fn absent(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE_CHUNK: usize = CHUNK_BYTES as usize;

    fn bytes() -> Vec<u8> {
        (0..WHOLE_CHUNK * 2 + 7).map(|index| (index % 251) as u8).collect()
    }

    fn chunk_of(bytes: &[u8], number: u64) -> &[u8] {
        let start = number as usize * WHOLE_CHUNK;
        &bytes[start..bytes.len().min(start + WHOLE_CHUNK)]
    }

    /// A folder of uploads, and the file of three chunks whose upload stands in it.
    struct Scene {
        folder: tempfile::TempDir,
        device: Id,
        bytes: Vec<u8>,
        sha256: Digest,
    }

    impl Scene {
        fn new() -> Scene {
            let bytes = bytes();
            let sha256 = Digest::of(&bytes);
            Scene { folder: tempfile::tempdir().unwrap(), device: Id::derived("device", &[b"d"]), bytes, sha256 }
        }

        /// As a program that was just started sees it.
        fn staging(&self) -> Staging {
            Staging::new(self.folder.path().to_owned())
        }

        fn of<'a>(&self, staging: &'a Staging) -> Staged<'a> {
            staging.of(self.device, self.sha256).unwrap()
        }

        fn total(&self) -> u64 {
            self.bytes.len() as u64
        }

        fn write(&self, staged: &Staged<'_>, number: u64) {
            staged.write(number, self.total(), chunk_of(&self.bytes, number)).unwrap();
        }

        /// The digest of all that stands.
        fn found(&self, staged: &Staged<'_>) -> Digest {
            let Whole::Here(_, digest) = staged.whole(self.total()).unwrap() else { panic!("it is here") };
            digest
        }
    }

    /// Chunks as they come, `restart` for a new start of the program between them.
    #[test]
    fn whatever_the_order_the_digest_is_that_of_what_stands_in_the_file() {
        let restart = u64::MAX;
        for order in [
            vec![0, 1, 2],
            vec![2, 1, 0],
            vec![0, 2, 1],
            vec![0, restart, 1, 2],
            vec![1, restart, 0, 2],
            vec![0, 1, 0, 2],
            vec![0, 1, 2, 0, 1, 2],
        ] {
            let scene = Scene::new();
            let mut staging = scene.staging();
            for number in &order {
                match *number {
                    number if number == restart => staging = scene.staging(),
                    number => scene.write(&scene.of(&staging), number),
                }
            }
            assert_eq!(scene.found(&scene.of(&staging)), scene.sha256, "{order:?}");
        }
    }

    /// A chunk that is written over after it was hashed: the digest is that of what stands now, not of what stood.
    #[test]
    fn what_is_written_over_is_hashed_anew() {
        let scene = Scene::new();
        let staging = scene.staging();
        let staged = scene.of(&staging);
        (0..3).for_each(|number| scene.write(&staged, number));
        staged.write(1, scene.total(), &vec![7; WHOLE_CHUNK]).unwrap();
        let mut bent = scene.bytes.clone();
        bent[WHOLE_CHUNK..2 * WHOLE_CHUNK].fill(7);
        assert_eq!(scene.found(&staged), Digest::of(&bent));
        // Asked a second time it is the same.
        assert_eq!(scene.found(&staged), Digest::of(&bent));
    }

    /// A device that asks for the same upload again and again holds up no more threads than these.
    #[test]
    fn few_wait_for_one_upload_and_nobody_for_another() {
        let folder = tempfile::tempdir().unwrap();
        let (device, one, other) = (Id::derived("device", &[b"d"]), Digest::of(b"one"), Digest::of(b"other"));
        let staging = Staging::new(folder.path().to_owned());
        let held = staging.of(device, one).unwrap();
        std::thread::scope(|threads| {
            let waiting: Vec<_> =
                (0..MOST_WAITING).map(|_| threads.spawn(|| staging.of(device, one).is_some())).collect();
            while staging.uploads().waiting.get(&(device, one)) != Some(&MOST_WAITING) {
                std::thread::yield_now();
            }
            assert!(staging.of(device, one).is_none());
            assert!(staging.of(device, other).is_some());
            drop(held);
            assert!(waiting.into_iter().all(|thread| thread.join().unwrap()));
        });
        assert!(staging.uploads().waiting.is_empty());
    }

    /// Somebody empties the folder while chunks come: what was hashed of the file before says nothing of the one that is new.
    #[test]
    fn another_file_is_hashed_from_its_beginning() {
        let scene = Scene::new();
        let staging = scene.staging();
        let staged = scene.of(&staging);
        (0..2).for_each(|number| scene.write(&staged, number));
        fs::remove_dir_all(scene.folder.path().join(scene.device.to_string())).unwrap();
        scene.write(&staged, 2);
        assert_ne!(scene.found(&staged), scene.sha256);
        (0..2).for_each(|number| scene.write(&staged, number));
        assert_eq!(scene.found(&staged), scene.sha256);
        assert_eq!(staging.all().unwrap(), [(scene.device, scene.sha256)]);
    }

    #[test]
    fn only_what_was_verified_counts_as_moved() {
        let folder = tempfile::tempdir().unwrap();
        let sha256 = Digest::of(b"photo");
        let staging = Staging::new(folder.path().to_owned());
        let staged = staging.of(Id::derived("device", &[b"d"]), sha256).unwrap();
        assert_eq!(staged.whole(5).unwrap(), Whole::Gone);
        staged.write(0, 5, b"photo").unwrap();
        assert_eq!(staged.whole(6).unwrap(), Whole::Gone, "another length than announced");
        let Whole::Here(path, found) = staged.whole(5).unwrap() else { panic!("it is here") };
        assert_eq!(found, sha256);
        staged.verified().unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(staged.whole(5).unwrap(), Whole::Moved);
        // Another byte comes: what was verified is not what stands there now.
        staged.write(0, 5, b"other").unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(staged.whole(5).unwrap(), Whole::Gone);
        staged.forget().unwrap();
        staged.forget().unwrap();
        assert_eq!(staged.whole(5).unwrap(), Whole::Gone);
    }
}
