//! The blob store: bytes named by their SHA-256, one folder per tenant. Written to a temporary file, synced, renamed,
//! and the folder synced, before anybody says that they are held. It never changes or deletes a blob.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use countersign_model::{Digest, Id};
use sha2::{Digest as _, Sha256};

/// Why bytes could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The bytes do not have the digest that was announced.
    #[error("the bytes have the digest {found}, {expected} was announced")]
    Mismatch {
        /// As announced.
        expected: Digest,
        /// As computed.
        found: Digest,
    },
    /// The disk refused.
    #[error("{path}: {reason}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// An open blob with its length.
pub struct OpenBlob {
    /// Its bytes.
    pub file: File,
    /// How many.
    pub bytes: u64,
}

/// Where bytes are kept. The second implementation will be an S3 store.
pub trait Blobs: Send + Sync {
    /// Keeps bytes durably and checks them while they pass. Keeping the same bytes twice is keeping them once.
    fn keep(&self, tenant: Id, sha256: Digest, bytes: &mut dyn Read) -> Result<u64, BlobError>;

    /// Keeps a durable file whose bytes were found to have this digest, by moving it from where it stands.
    fn adopt(&self, tenant: Id, sha256: Digest, file: &Path) -> Result<(), BlobError>;

    /// Makes what [`Blobs::adopt`] moved survive a power cut, where a stop came between the two.
    fn settled(&self, tenant: Id, sha256: Digest) -> Result<(), BlobError>;

    /// Opens bytes; `None` where they are not kept.
    fn open(&self, tenant: Id, sha256: Digest) -> Result<Option<OpenBlob>, BlobError>;
}

/// Blobs in a folder of this machine: `<root>/<tenant>/<ab>/<sha256>`.
#[derive(Debug)]
pub struct LocalBlobs {
    root: PathBuf,
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> BlobError {
    let path = path.to_owned();
    move |reason| BlobError::Disk { path, reason }
}

/// Makes a rename or a new file survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Copies all that comes while hashing it on.
pub(crate) fn copy_hashing(from: &mut dyn Read, to: &mut dyn Write, mut hash: Sha256) -> io::Result<(u64, Digest)> {
    let mut buffer = vec![0; 256 << 10];
    let mut total = 0_u64;
    loop {
        let count = from.read(&mut buffer)?;
        let Some(piece) = buffer.get(..count).filter(|piece| !piece.is_empty()) else { break };
        hash.update(piece);
        to.write_all(piece)?;
        total = total.saturating_add(u64::try_from(count).unwrap_or(0));
    }
    Ok((total, Digest(hash.finalize().into())))
}

impl LocalBlobs {
    /// Blobs under this folder.
    pub fn new(root: &Path) -> LocalBlobs {
        LocalBlobs { root: root.to_owned() }
    }

    /// Where a blob stands.
    pub fn path(&self, tenant: Id, sha256: Digest) -> PathBuf {
        let name = sha256.hex();
        let pair: String = name.chars().take(2).collect();
        self.root.join(tenant.to_string()).join(pair).join(name)
    }

    fn write(&self, path: &Path, sha256: Digest, bytes: &mut dyn Read) -> Result<u64, BlobError> {
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(disk(folder))?;
        let mut temporary = tempfile_in(folder).map_err(disk(folder))?;
        let (total, found) = copy_hashing(bytes, &mut temporary.file, Sha256::new()).map_err(disk(&temporary.path))?;
        if found != sha256 {
            return Err(BlobError::Mismatch { expected: sha256, found });
        }
        temporary.file.sync_all().map_err(disk(&temporary.path))?;
        fs::rename(&temporary.path, path).map_err(disk(path))?;
        temporary.kept = true;
        self.settle(folder)?;
        Ok(total)
    }

    /// Makes a name in this folder survive a power cut.
    fn settle(&self, folder: &Path) -> Result<(), BlobError> {
        // The pair's folder may be new as well, the tenant's, and that of all blobs.
        folder.ancestors().take(4).try_for_each(|folder| sync_folder(folder).map_err(disk(folder)))
    }
}

impl Blobs for LocalBlobs {
    fn keep(&self, tenant: Id, sha256: Digest, bytes: &mut dyn Read) -> Result<u64, BlobError> {
        let path = self.path(tenant, sha256);
        // Bytes that stand already are verified again and replaced by what was verified: a rotten disk heals.
        self.write(&path, sha256, bytes)
    }

    fn adopt(&self, tenant: Id, sha256: Digest, file: &Path) -> Result<(), BlobError> {
        let path = self.path(tenant, sha256);
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(disk(folder))?;
        match fs::rename(file, &path) {
            // Files that are kept on another disk than the one on which they arrive.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let mut bytes = File::open(file).map_err(disk(file))?;
                self.write(&path, sha256, &mut bytes).map(|_| ())
            }
            renamed => renamed.map_err(disk(&path)).and_then(|()| self.settle(folder)),
        }
    }

    fn settled(&self, tenant: Id, sha256: Digest) -> Result<(), BlobError> {
        let path = self.path(tenant, sha256);
        self.settle(path.parent().unwrap_or(&self.root))
    }

    fn open(&self, tenant: Id, sha256: Digest) -> Result<Option<OpenBlob>, BlobError> {
        let path = self.path(tenant, sha256);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk(&path)(error)),
        };
        let bytes = file.metadata().map_err(disk(&path))?.len();
        Ok(Some(OpenBlob { file, bytes }))
    }
}

/// A file that goes away unless it was renamed.
pub(crate) struct Temporary {
    pub(crate) path: PathBuf,
    pub(crate) file: File,
    pub(crate) kept: bool,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept {
            // What stays behind is named `.part-…` and swept at the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Names of temporary files begin like this; no blob does.
const PART: &str = ".part-";

pub(crate) fn tempfile_in(folder: &Path) -> io::Result<Temporary> {
    let chance = crate::edge::random::<8>().map_err(io::Error::other)?;
    let path = folder.join(format!("{PART}{}", hex::encode(chance)));
    let file = File::options().write(true).create_new(true).open(&path)?;
    Ok(Temporary { path, file, kept: false })
}

/// Removes temporary files that a stop left behind, below one folder.
pub(crate) fn sweep_parts(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sweep_parts(&path);
        } else if entry.file_name().to_string_lossy().starts_with(PART) {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant() -> Id {
        Id::derived("tenant", &[b"t"])
    }

    #[test]
    fn only_bytes_with_their_digest_are_kept_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = LocalBlobs::new(folder.path());
        let right = Digest::of(b"photo");
        assert_eq!(blobs.keep(tenant(), right, &mut &b"photo"[..]).unwrap(), 5);
        assert_eq!(blobs.keep(tenant(), right, &mut &b"photo"[..]).unwrap(), 5);
        let wrong = Digest::of(b"other");
        let refused = blobs.keep(tenant(), wrong, &mut &b"photo"[..]);
        assert!(matches!(refused, Err(BlobError::Mismatch { found, .. }) if found == right));
        assert!(blobs.open(tenant(), wrong).unwrap().is_none());
        assert_eq!(blobs.open(tenant(), right).unwrap().unwrap().bytes, 5);
        let beside = fs::read_dir(blobs.path(tenant(), wrong).parent().unwrap()).unwrap().count();
        assert_eq!(beside, 0);
    }

    #[test]
    fn a_file_that_is_adopted_is_kept_and_stands_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = LocalBlobs::new(&folder.path().join("blobs"));
        let sha256 = Digest::of(b"film");
        let arrived = folder.path().join("whole");
        fs::write(&arrived, b"film").unwrap();
        blobs.adopt(tenant(), sha256, &arrived).unwrap();
        assert!(!arrived.exists());
        assert_eq!(fs::read(blobs.path(tenant(), sha256)).unwrap(), b"film");
        assert!(matches!(blobs.adopt(tenant(), sha256, &arrived), Err(BlobError::Disk { .. })));
        assert_eq!(fs::read(blobs.path(tenant(), sha256)).unwrap(), b"film");
    }

    #[test]
    fn tenants_do_not_see_each_others_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = LocalBlobs::new(folder.path());
        let sha256 = Digest::of(b"x");
        blobs.keep(tenant(), sha256, &mut &b"x"[..]).unwrap();
        assert!(blobs.open(Id::derived("tenant", &[b"u"]), sha256).unwrap().is_none());
    }

    #[test]
    fn no_bytes_are_bytes_too() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = LocalBlobs::new(folder.path());
        let sha256 = Digest::of(b"");
        assert_eq!(blobs.keep(tenant(), sha256, &mut io::empty()).unwrap(), 0);
        assert_eq!(blobs.open(tenant(), sha256).unwrap().unwrap().bytes, 0);
    }
}
