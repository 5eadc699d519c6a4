//! The APK: resources, dex files, native libraries and Java resources in one archive, aligned and signed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::steps::Problem;

use super::Compiled;
use super::dex::Dexed;
use super::digest;
use super::java;
use super::libraries::{self, Library};
use super::project::Project;
use super::signing::Key;

/// The processors that the app is built for; a library's files for others are left out.
pub const PROCESSORS: [&str; 4] = ["arm64-v8a", "armeabi-v7a", "x86", "x86_64"];

/// Packs, aligns, signs and verifies; gives the APK.
pub fn package(project: &Project, app: &Compiled, dexed: &Dexed, key: &Key) -> Result<PathBuf, Problem> {
    // What only tests may install is not called what is shipped.
    let mark = if key.debug && app.variant != "debug" { "-debug-key" } else { "" };
    let apk = project.out.join(format!("countersign-{}{mark}.apk", app.variant));
    let native = native(project, &app.libraries)?;
    let signer = signer(project)?;
    let jars = libraries::jars(&app.libraries, false)?;
    let digest = project.digest("package").file(&app.resources.archive)?.files(&dexed.files)?.files(&jars)?;
    let digest = digest.file(&key.store)?.text(&key.alias).files(native.iter().map(|(_, file)| file))?;
    let digest = digest.files(&dexed.shrunk)?.files(&signer)?;
    let out = project.out.join(app.variant).join(format!("package{mark}"));
    if !apk.exists() {
        let _ = fs::remove_file(out.with_extension("stamp"));
    }
    digest::step(&format!("package {}", app.variant), digest, &out, |out| {
        // Where signing fails, the last APK must not pass for this one.
        let _ = fs::remove_file(&apk);
        let unsigned = out.join("unsigned.apk");
        fs::copy(&app.resources.archive, &unsigned)
            .map_err(|error| Problem(format!("{}: {error}", unsigned.display())))?;
        fill(&unsigned, dexed, &native, &jars)
            .map_err(|problem| Problem(format!("{}: {problem}", unsigned.display())))?;
        let mut sign = java::java("512m", &signer, "Sign");
        sign.arg("sign").arg(&unsigned).arg(&apk).arg(&key.store).arg(&key.alias);
        key.open(sign.arg(project.catalog.version("minSdk")?));
        java::loud("sign", &mut sign)?;
        fs::remove_file(&unsigned).map_err(|error| Problem(format!("{}: {error}", unsigned.display())))
    })?;
    let size = fs::metadata(&apk).map_err(|error| Problem(format!("{}: {error}", apk.display())))?.len();
    println!(
        "{} ({:.1} MB){}",
        apk.display(),
        size as f64 / 1e6,
        if key.debug { ", signed with the debug key" } else { "" }
    );
    Ok(apk)
}

/// The program that signs and verifies.
pub fn signer(project: &Project) -> Result<Vec<PathBuf>, Problem> {
    project.program("Sign", project.tool("sign")?)
}

fn fill(apk: &Path, dexed: &Dexed, native: &[(String, PathBuf)], jars: &[PathBuf]) -> Result<(), Problem> {
    let said = |error: &dyn std::fmt::Display| Problem(error.to_string());
    let file = File::options().read(true).write(true).open(apk).map_err(|error| said(&error))?;
    let mut archive = ZipWriter::new_append(file).map_err(|error| said(&error))?;
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Libraries are mapped from the archive itself, so they stay as they are.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut put = |name: &str, content: &[u8], options| -> Result<(), Problem> {
        archive.start_file(name, options).map_err(|error| said(&error))?;
        archive.write_all(content).map_err(|error| said(&error))
    };
    for (number, dex) in (1..).zip(&dexed.files) {
        let name = if number == 1 { "classes.dex".to_owned() } else { format!("classes{number}.dex") };
        put(&name, &fs::read(dex).map_err(|error| said(&error))?, packed)?;
    }
    for (processor, library) in native {
        let name = library.file_name().unwrap_or_default().to_string_lossy();
        put(&format!("lib/{processor}/{name}"), &fs::read(library).map_err(|error| said(&error))?, stored)?;
    }
    match &dexed.shrunk {
        Some(shrunk) => {
            for name in kept(shrunk, |name| !name.ends_with(".dex"))? {
                put(&name, &libraries::member(shrunk, &name)?, packed)?;
            }
        }
        None => {
            let mut seen = BTreeSet::new();
            for jar in jars {
                for name in kept(jar, is_resource)? {
                    if seen.insert(name.clone()) {
                        put(&name, &libraries::member(jar, &name)?, packed)?;
                    }
                }
            }
        }
    }
    archive.finish().map(drop).map_err(|error| said(&error))
}

/// The Java resources that code reads at run time: the coroutines find the main thread through a service file.
fn is_resource(name: &str) -> bool {
    name.starts_with("META-INF/services/") || name.ends_with(".kotlin_builtins")
}

fn kept(archive: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, Problem> {
    Ok(libraries::names(archive)?.into_iter().filter(|name| wanted(name)).collect())
}

/// The native libraries of the processors that we build for: those of the libraries, then our own where they were built.
fn native(project: &Project, libraries: &[Library]) -> Result<Vec<(String, PathBuf)>, Problem> {
    let mut folders: Vec<PathBuf> = libraries.iter().filter_map(|library| library.part("jni")).collect();
    folders.push(project.out.join("jniLibs"));
    let mut found = Vec::new();
    for folder in folders {
        for processor in PROCESSORS {
            let files = digest::files(&folder.join(processor), ".so")?;
            found.extend(files.into_iter().map(|file| (processor.to_owned(), file)));
        }
    }
    Ok(found)
}
