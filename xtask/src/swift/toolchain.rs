//! Debian's Swift compiler in a root of its own, unpacked without running any package's scripts.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::{self, Problem};

use super::apt::{Apt, Trouble};
use super::debian::Debian;
use super::sandbox::{Namespaces, PLACES, Sandbox};

/// Goes up when the packages or what is left out of them change.
const RECIPE: &str = "recipe 1";

/// The suite that has a compiler where this machine's own has none.
const NEWER: &str = "trixie";

/// Free space that unpacking needs, in KiB.
const SPACE: u64 = 3 * 1024 * 1024;

/// The layout of the root, what makes its library cache, and the C headers.
const BESIDES: [&str; 3] = ["base-files", "libc-bin", "libc6-dev"];

/// What compiling, linking and checking the style never read: texts for people, the debugger, the code completion servers,
/// static and embedded libraries, the documentation tool, gcc's own compilers and checkers (clang's stay), Python.
const LEFT_OUT: &[&str] = &[
    "./usr/share/doc/*",
    "./usr/share/man/*",
    "./usr/share/locale/*",
    "./usr/share/info/*",
    "./usr/share/lintian/*",
    "./usr/share/perl/*",
    "./usr/share/gcc/python*",
    "*/bin/lldb*",
    "*/bin/repl_swift",
    "*/liblldb*",
    "*/bin/clangd",
    "*/bin/sourcekit-lsp",
    "*/libsourcekitdInProc.so",
    "*/libLTO.so*",
    "*/libclang.so*",
    "*/bin/llvm-objdump",
    "*/libswiftGenericMetadataBuilder.so",
    "*/swift-build-sdk-interfaces",
    "*/lib/swift/embedded",
    "*/lib/swift/FrameworkABIBaseline",
    "*/lib/swift_static",
    "*/bin/docc",
    "*/share/docc",
    "*/libexec/gcc/*/cc1",
    "*/libexec/gcc/*/lto1",
    "*/bin/*lto-dump*",
    "*/lib/x86_64-linux-gnu/lib*san.so*",
    "*/gcc/*/lib*san.a",
    "*/lib/python3*",
];

/// A compiler that answers.
pub struct Toolchain {
    /// Runs commands in its root.
    pub sandbox: Sandbox,
    /// Its package's version.
    pub version: String,
}

/// Whether there is a compiler.
pub enum Found {
    /// Here it is.
    Ready(Toolchain),
    /// It cannot be had on this machine; the text says why.
    Missing(String),
}

/// The compiler in this cache, set up at the first call.
pub fn get(cache: &Path, namespaces: &Namespaces) -> Result<Found, Problem> {
    fs::create_dir_all(cache).map_err(|error| at(cache, error))?;
    let guard = cache.join("lock");
    let lock = File::create(&guard).and_then(|file| file.lock().map(|()| file)).map_err(|error| at(&guard, error))?;
    let root = cache.join("root");
    let found = match version(&root) {
        Some(version) => Ok(Found::Ready(Toolchain { sandbox: Sandbox::new(&root, namespaces), version })),
        None => set_up(cache, &root, namespaces),
    };
    drop(lock);
    found
}

/// What is written when a root is whole, and read at the next call.
fn stamp(version: &str) -> String {
    format!("{RECIPE}\n{version}\n")
}

/// The version of the compiler in a whole root of this recipe.
fn version(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("countersign-stamp")).ok()?;
    let (recipe, version) = text.split_once('\n')?;
    (recipe == RECIPE).then(|| version.trim().to_owned())
}

fn set_up(cache: &Path, root: &Path, namespaces: &Namespaces) -> Result<Found, Problem> {
    for tool in ["apt-get", "dpkg-deb", "tar"] {
        if !steps::has(tool) {
            return Ok(Found::Missing(format!("{tool} is missing")));
        }
    }
    let debian = match Debian::here() {
        Ok(debian) => debian,
        Err(why) => return Ok(Found::Missing(why)),
    };
    if free(cache).is_some_and(|free| free < SPACE) {
        return Ok(Found::Missing(format!("{} has less than {} GiB free", cache.display(), SPACE / 1024 / 1024)));
    }
    let folder = cache.join("apt");
    remove(&folder)?;
    let (version, files) = match fetch(&folder, &debian)? {
        Ok(fetched) => fetched,
        Err(Trouble::NotReached(why)) => {
            return Ok(Found::Missing(format!("Debian's packages are not reached ({why})")));
        }
        Err(Trouble::Forged(why)) => {
            return Err(Problem(format!("Debian's packages do not fit their signature: {why}")));
        }
    };
    let fresh = cache.join("root.part");
    remove(&fresh)?;
    unpack(&files, &fresh)?;
    remove(&folder)?;
    let sandbox = Sandbox::new(&fresh, namespaces);
    sandbox.run(&[], &["ldconfig"])?;
    sandbox.run(&[], &["swiftc", "--version"])?;
    let marker = fresh.join("countersign-stamp");
    fs::write(&marker, stamp(&version)).map_err(|error| at(&marker, error))?;
    remove(root)?;
    fs::rename(&fresh, root).map_err(|error| at(root, error))?;
    Ok(Found::Ready(Toolchain { sandbox: Sandbox::new(root, namespaces), version }))
}

/// The version of the compiler and the packages, from this machine's own suite where that has one.
fn fetch(folder: &Path, debian: &Debian) -> Result<Result<(String, Vec<PathBuf>), Trouble>, Problem> {
    let mut suites = vec![debian.suite.as_str()];
    suites.extend(Some(NEWER).filter(|newer| *newer != debian.suite));
    let mut last = Trouble::NotReached("no suite has the package swiftlang".to_owned());
    for suite in suites {
        println!("looking for Swift in Debian {suite}");
        let apt = Apt::new(&folder.join(suite), debian, suite)?;
        match apt.update() {
            Ok(()) => {}
            Err(Trouble::NotReached(why)) => {
                last = Trouble::NotReached(why);
                continue;
            }
            Err(forged) => return Ok(Err(forged)),
        }
        let (Some(version), Some(headers)) = (apt.version("swiftlang"), apt.headers()) else { continue };
        println!("fetching swiftlang {version} of Debian {suite} with what it depends on (about 530 MB, once)");
        let packages: Vec<&str> = ["swiftlang", &headers].into_iter().chain(BESIDES).collect();
        return Ok(apt.fetch(&packages).map(|files| (version, files)));
    }
    Ok(Err(last))
}

fn unpack(files: &[PathBuf], root: &Path) -> Result<(), Problem> {
    println!("unpacking {} packages", files.len());
    fs::create_dir_all(root).map_err(|error| at(root, error))?;
    // It makes the links of the root's layout (`/lib` is `/usr/lib`), through which the others unpack.
    let (layout, others): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(|file| is_layout(file));
    for file in layout.into_iter().chain(others) {
        unpack_one(file, root)?;
    }
    for place in ["proc", "dev", "tmp"].into_iter().chain(PLACES.map(|place| place.trim_start_matches('/'))) {
        let folder = root.join(place);
        fs::create_dir_all(&folder).map_err(|error| at(&folder, error))?;
    }
    Ok(())
}

fn is_layout(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("base-files_"))
}

fn unpack_one(file: &Path, root: &Path) -> Result<(), Problem> {
    let mut archive = Command::new("dpkg-deb")
        .arg("--fsys-tarfile")
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| at(file, error))?;
    let content = archive.stdout.take().ok_or_else(|| Problem(format!("{}: no content", file.display())))?;
    let unpacked = Command::new("tar")
        .arg("-C")
        .arg(root)
        .args(["--keep-directory-symlink", "--no-same-owner", "-xf", "-"])
        .args(LEFT_OUT.iter().map(|pattern| format!("--exclude={pattern}")))
        .stdin(content)
        .status()
        .map_err(|error| at(file, error))?;
    let read = archive.wait().map_err(|error| at(file, error))?;
    if unpacked.success() && read.success() {
        Ok(())
    } else {
        Err(Problem(format!("{} could not be unpacked", file.display())))
    }
}

/// Free KiB where a folder is; `None` where `df` does not say.
fn free(folder: &Path) -> Option<u64> {
    let said = Command::new("df").args(["-Pk"]).arg(folder).output().ok()?;
    free_of(&String::from_utf8_lossy(&said.stdout))
}

fn free_of(table: &str) -> Option<u64> {
    table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

fn remove(folder: &Path) -> Result<(), Problem> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(at(folder, error)),
        _ => Ok(()),
    }
}

fn at(path: &Path, error: std::io::Error) -> Problem {
    Problem(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_space_is_the_fourth_column() {
        let table =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263940717 35000000 60000000 37% /\n";
        assert_eq!(free_of(table), Some(60_000_000));
        assert_eq!(free_of("df: no such folder\n"), None);
    }

    #[test]
    fn only_a_whole_root_of_this_recipe_counts() {
        let folder = std::env::temp_dir().join(format!("countersign-root-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(version(&folder), None);
        fs::write(folder.join("countersign-stamp"), stamp("6.0.3-2")).unwrap();
        assert_eq!(version(&folder).as_deref(), Some("6.0.3-2"));
        fs::write(folder.join("countersign-stamp"), "recipe 0\n6.0.3-2\n").unwrap();
        assert_eq!(version(&folder), None);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_layout_of_the_root_is_known_by_its_package() {
        assert!(is_layout(Path::new("/x/base-files_13.8_amd64.deb")));
        assert!(!is_layout(Path::new("/x/libc6_2.41_amd64.deb")));
    }
}
