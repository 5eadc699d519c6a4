//! Compiles the generated Swift and the program that checks it, and runs that program. What was compiled is kept by the
//! digest of what it was compiled from, so that an unchanged border costs nothing.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::steps::{self, Problem};

use super::border::Border;
use super::toolchain::Toolchain;

/// The name that `bindings/uniffi.toml` gives to the module.
const MODULE: &str = "CountersignCore";

/// The language mode in which a data race is an error, for generated and own sources alike.
const STRICT: [&str; 6] = ["swiftc", "-swift-version", "6", "-strict-concurrency=complete", "-Xcc", MAP];

/// The C side of the border.
const MAP: &str = "-fmodule-map-file=/generated/CountersignCoreFFI.modulemap";

/// Results that are kept: one per tree and state of work on it.
const KEPT: usize = 8;

/// What was compiled: the folder of the program's file.
pub struct Checker(PathBuf);

/// Compiles the module, then the program over it. Warnings in generated code are reported; in ours they fail.
pub fn check(toolchain: &Toolchain, border: &Border, cache: &Path) -> Result<Checker, Problem> {
    let own = steps::root().join("bindings/swift-check");
    let built = cache.join("built");
    let generated = digest(toolchain, &files(&border.swift)?)?;
    let module = kept(&built, &format!("module-{generated}"), |out| compile_module(toolchain, border, out))?;
    let warnings = fs::read_to_string(module.join("said")).unwrap_or_default();
    print!("{warnings}");
    println!("{MODULE}.swift compiles in Swift 6 mode; warnings: {}", count_warnings(&warnings));
    let mine = digest(toolchain, &files(&own)?)?;
    let program = kept(&built, &format!("check-{generated}-{mine}"), |out| {
        compile_program(toolchain, border, &module, &own, out)
    })?;
    forget_old(&built)?;
    Ok(Checker(program))
}

/// Runs the program against the library as it is now.
pub fn run(toolchain: &Toolchain, border: &Border, checker: &Checker) -> Result<(), Problem> {
    let folders = [(checker.0.as_path(), "/out"), (border.library.as_path(), "/library")];
    toolchain.sandbox.run(&folders, &["/out/swift-check"])
}

fn compile_module(toolchain: &Toolchain, border: &Border, out: &Path) -> Result<(), Problem> {
    let folders = [(border.swift.as_path(), "/generated"), (out, "/out")];
    let source = format!("/generated/{MODULE}.swift");
    let (interface, object) = (format!("/out/{MODULE}.swiftmodule"), format!("/out/{MODULE}.o"));
    let mut arguments = STRICT.to_vec();
    arguments.extend(["-parse-as-library", "-wmo", "-c", "-emit-module", "-module-name", MODULE]);
    arguments.extend([source.as_str(), "-emit-module-path", &interface, "-o", &object]);
    let said = toolchain.sandbox.hear(&folders, &arguments)?;
    write(&out.join("said"), &said)
}

fn compile_program(
    toolchain: &Toolchain,
    border: &Border,
    module: &Path,
    own: &Path,
    out: &Path,
) -> Result<(), Problem> {
    let folders = [
        (border.swift.as_path(), "/generated"),
        (module, "/module"),
        (own, "/check"),
        (border.library.as_path(), "/library"),
        (out, "/out"),
    ];
    let inside: Vec<String> = files(own)?
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "swift"))
        .filter_map(|path| Some(format!("/check/{}", path.strip_prefix(own).ok()?.display())))
        .collect();
    let sources = || inside.iter().map(String::as_str);
    let mut style = vec!["swift-format", "lint", "--strict", "--configuration", "/check/.swift-format"];
    style.extend(sources());
    toolchain.sandbox.run(&folders, &style)?;
    let object = format!("/module/{MODULE}.o");
    let mut arguments = STRICT.to_vec();
    arguments.extend([
        "-warnings-as-errors",
        "-parse-as-library",
        "-module-name",
        "SwiftCheck",
        "-I",
        "/module",
        &object,
    ]);
    arguments.extend(["-L", "/library", "-lcountersign_bindings", "-Xlinker", "-rpath", "-Xlinker", "/library"]);
    arguments.extend(["-use-ld=lld", "-o", "/out/swift-check"]);
    arguments.extend(sources());
    toolchain.sandbox.run(&folders, &arguments)
}

fn count_warnings(said: &str) -> usize {
    said.lines().filter(|line| line.contains(": warning: ")).count()
}

/// The folder of this name, made by `make` where it is not there whole.
fn kept(built: &Path, name: &str, make: impl FnOnce(&Path) -> Result<(), Problem>) -> Result<PathBuf, Problem> {
    let folder = built.join(name);
    if !folder.exists() {
        let part = built.join(format!("{name}.{}.part", std::process::id()));
        fs::create_dir_all(&part).map_err(|error| at(&part, error))?;
        if let Err(problem) = make(&part) {
            fs::remove_dir_all(&part).map_err(|error| at(&part, error))?;
            return Err(problem);
        }
        // Another run may have been quicker with the very same.
        if fs::rename(&part, &folder).is_err() {
            fs::remove_dir_all(&part).map_err(|error| at(&part, error))?;
        }
    }
    // So that what is used is the last to be forgotten.
    write(&folder.join("used"), "")?;
    Ok(folder)
}

/// Removes all but the results that were used last.
fn forget_old(built: &Path) -> Result<(), Problem> {
    let entries = fs::read_dir(built).map_err(|error| at(built, error))?;
    // What a run that was stopped left half made was never used.
    let used = |path: &Path| fs::metadata(path.join("used")).or_else(|_| fs::metadata(path))?.modified();
    let paths = entries.flatten().map(|entry| entry.path());
    let mut found: Vec<_> = paths.filter_map(|path| Some((used(&path).ok()?, path))).collect();
    found.sort();
    let old = found.len().saturating_sub(KEPT);
    found.iter().take(old).try_for_each(|(_, path)| fs::remove_dir_all(path).map_err(|error| at(path, error)))
}

/// Names what is compiled from these files by this compiler in this way. The library is not among them: it is bound when
/// the program starts, and generated code compares its own checksums then.
fn digest(toolchain: &Toolchain, files: &[PathBuf]) -> Result<String, Problem> {
    let mut hasher = DefaultHasher::new();
    (&toolchain.version, include_str!("compile.rs"), files.len()).hash(&mut hasher);
    for path in files {
        let content = fs::read(path).map_err(|error| at(path, error))?;
        (path.file_name(), content).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file of a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, error))?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    found.sort();
    Ok(found)
}

fn write(path: &Path, text: &str) -> Result<(), Problem> {
    fs::write(path, text).map_err(|error| at(path, error))
}

fn at(path: &Path, error: std::io::Error) -> Problem {
    Problem(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("countersign-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn warnings_are_counted_by_line() {
        let said =
            "/a.swift:1:2: warning: unused\n    let a = 1\n/b.swift:3:4: warning: never read\nnote: see warning: x\n";
        assert_eq!(count_warnings(said), 2);
    }

    #[test]
    fn what_failed_is_made_again_and_what_is_there_is_not() {
        let folder = Folder::new("kept");
        assert!(kept(&folder.0, "a", |_| Err(Problem("no".to_owned()))).is_err());
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
        let made = kept(&folder.0, "a", |out| write(&out.join("x"), "1")).unwrap();
        assert_eq!(fs::read_to_string(made.join("x")).unwrap(), "1");
        kept(&folder.0, "a", |_| Err(Problem("made twice".to_owned()))).unwrap();
    }

    #[test]
    fn what_was_used_last_is_kept() {
        let folder = Folder::new("old");
        for number in 0..KEPT + 2 {
            let made = kept(&folder.0, &format!("{number:02}"), |_| Ok(())).unwrap();
            let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(number as u64);
            fs::File::options().write(true).open(made.join("used")).unwrap().set_modified(time).unwrap();
        }
        forget_old(&folder.0).unwrap();
        assert!(!folder.0.join("01").exists() && folder.0.join("02").exists());
    }
}
