//! The Android app as this company hands it out: one APK in the hub's folder, named by its digest, so that what is served
//! is what was placed.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use countersign_model::Digest;
use sha2::{Digest as _, Sha256};

use crate::Hub;
use crate::error::{HubError, Outcome};

/// Largest APK.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Android's own mark at the end of the block in which an APK's signatures stand (APK Signature Scheme v2).
const SIGNED: &[u8] = b"APK Sig Block 42";
/// What every APK has.
const PARTS: [&str; 2] = ["AndroidManifest.xml", "classes.dex"];
const ENDING: &str = "apk";

/// An APK that is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneApp {
    /// The file.
    pub path: PathBuf,
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
}

impl Hub {
    /// Places the APK that phones get at `/app`, in place of the one before.
    pub fn place_app(&self, source: &Path) -> Outcome<PhoneApp> {
        let bytes = check(source)?;
        let folder = self.app_folder();
        fs::create_dir_all(&folder).map_err(HubError::file(&folder))?;
        let before = self.phone_app()?;
        // What a stop leaves of a copy is written over by the next one, and never handed out.
        let aside = folder.join("new");
        let sha256 = copy(source, &aside)?;
        let path = folder.join(format!("{sha256}.{ENDING}"));
        let placed = fs::rename(&aside, &path).and_then(|()| File::open(&folder)?.sync_all());
        placed.map_err(HubError::file(&path))?;
        if let Some(before) = before.filter(|before| before.path != path) {
            fs::remove_file(&before.path).map_err(HubError::file(&before.path))?;
        }
        Ok(PhoneApp { path, sha256, bytes })
    }

    /// The APK that phones get; `None` where none was placed.
    pub fn phone_app(&self) -> Outcome<Option<PhoneApp>> {
        let folder = self.app_folder();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(HubError::file(&folder)(error)),
        };
        let mut newest = None;
        for entry in entries {
            let entry = entry.map_err(HubError::file(&folder))?;
            let path = entry.path();
            let is_app = path.extension().is_some_and(|ending| ending == ENDING);
            let name = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse::<Digest>().ok());
            let Some(sha256) = name.filter(|_| is_app) else { continue };
            let facts = entry.metadata().map_err(HubError::file(&path))?;
            // A stop between placing and removing leaves two: the newer one counts.
            let placed = facts.modified().map_err(HubError::file(&path))?;
            let is_newer = newest.as_ref().is_none_or(|(before, _)| *before < placed);
            if is_newer {
                newest = Some((placed, PhoneApp { path, sha256, bytes: facts.len() }));
            }
        }
        Ok(newest.map(|(_, app)| app))
    }

    fn app_folder(&self) -> PathBuf {
        self.folder().join("app")
    }
}

/// What is no APK, or one that no phone would install, is refused before anything is copied.
fn check(source: &Path) -> Outcome<u64> {
    let refused = |why: &str| HubError::Input(format!("{}: {why}", source.display()));
    let mut file = File::open(source).map_err(HubError::file(source))?;
    let bytes = file.metadata().map_err(HubError::file(source))?.len();
    if bytes > MOST_BYTES {
        return Err(refused("larger than 512 MiB, which is no app of ours"));
    }
    let archive = zip::ZipArchive::new(&mut file).map_err(|_| refused("this is no APK: give the signed app file"))?;
    if let Some(missing) = PARTS.iter().find(|part| archive.index_for_name(part).is_none()) {
        return Err(refused(&format!("this is no APK, it has no {missing}: give the signed app file")));
    }
    // The mark stands directly before the directory of the archive.
    let mark = archive.central_directory_start().saturating_sub(16);
    drop(archive);
    let mut found = [0; 16];
    file.seek(SeekFrom::Start(mark)).and_then(|_| file.read_exact(&mut found)).map_err(HubError::file(source))?;
    match found == SIGNED {
        true => Ok(bytes),
        false => Err(refused("this APK is not signed, so no phone installs it: sign it first")),
    }
}

fn copy(source: &Path, aside: &Path) -> Outcome<Digest> {
    let mut file = File::open(source).map_err(HubError::file(source))?;
    let mut into = File::create(aside).map_err(HubError::file(aside))?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    loop {
        let count = file.read(&mut piece).map_err(HubError::file(source))?;
        let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        into.write_all(read).map_err(HubError::file(aside))?;
    }
    into.sync_all().map_err(HubError::file(aside))?;
    Ok(Digest(hash.finalize().into()))
}

#[cfg(test)]
pub(crate) mod tests {
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::InitOptions;

    /// An archive with these parts, and the mark of a signature before its directory where it is signed.
    pub(crate) fn archive(folder: &Path, name: &str, parts: &[&str], signed: bool) -> PathBuf {
        let path = folder.join(name);
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for part in parts {
            zip.start_file(*part, SimpleFileOptions::default()).unwrap();
            zip.write_all(name.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        let mut out = bytes[..directory].to_vec();
        if signed {
            out.extend_from_slice(SIGNED);
        }
        let moved = u32::try_from(out.len()).unwrap();
        out.extend_from_slice(&bytes[directory..]);
        // The end record names where the directory begins.
        let end = out.len() - 22;
        out[end + 16..end + 20].copy_from_slice(&moved.to_le_bytes());
        fs::write(&path, out).unwrap();
        path
    }

    #[test]
    fn only_a_signed_app_is_placed_and_the_newest_is_handed_out() {
        let folder = tempfile::tempdir().unwrap();
        let hub =
            Hub::init(&folder.path().join("hub"), &InitOptions { company: "Acme".to_owned(), sample: false }).unwrap();
        assert_eq!(hub.phone_app().unwrap(), None);
        let bad = [
            (archive(folder.path(), "plain.zip", &["a.txt"], true), "AndroidManifest.xml"),
            (archive(folder.path(), "unsigned.apk", &PARTS, false), "not signed"),
        ];
        for (path, why) in bad {
            let error = hub.place_app(&path).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
        fs::write(folder.path().join("text.apk"), "hello").unwrap();
        assert!(hub.place_app(&folder.path().join("text.apk")).unwrap_err().to_string().contains("no APK"));
        assert_eq!(hub.phone_app().unwrap(), None, "nothing of the refused files stays");

        let first = hub.place_app(&archive(folder.path(), "one.apk", &PARTS, true)).unwrap();
        assert_eq!(hub.phone_app().unwrap(), Some(first.clone()));
        assert_eq!(Digest::of(&fs::read(&first.path).unwrap()), first.sha256);
        let second = hub.place_app(&archive(folder.path(), "two.apk", &PARTS, true)).unwrap();
        assert_ne!(first.sha256, second.sha256);
        assert_eq!(hub.phone_app().unwrap(), Some(second.clone()));
        assert!(!first.path.exists());
        // The same once more changes nothing.
        assert_eq!(hub.place_app(&folder.path().join("two.apk")).unwrap(), second);
    }
}
