//! The libraries of a list: jars as they are, Android libraries unpacked once into the cache.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::steps::Problem;

use super::digest;
use super::project::Project;

/// One library.
pub struct Library {
    /// The file that was downloaded.
    pub file: PathBuf,
    /// Whether sources may name its classes; others are there only to run.
    pub compile: bool,
    /// Where it was unpacked, for an Android library.
    folder: Option<PathBuf>,
}

impl Library {
    /// The jars with its classes.
    pub fn jars(&self) -> Result<Vec<PathBuf>, Problem> {
        let Some(folder) = &self.folder else { return Ok(vec![self.file.clone()]) };
        let own = folder.join("classes.jar");
        let mut jars = digest::files(&folder.join("libs"), ".jar")?;
        if own.exists() {
            jars.insert(0, own);
        }
        Ok(jars)
    }

    /// A part of an Android library, such as `res`, where it has one.
    pub fn part(&self, name: &str) -> Option<PathBuf> {
        let part = self.folder.as_ref()?.join(name);
        let filled = part.is_file() || fs::read_dir(&part).is_ok_and(|mut entries| entries.next().is_some());
        filled.then_some(part)
    }

    /// The package of an Android library's resources.
    pub fn package(&self) -> Result<Option<String>, Problem> {
        let Some(manifest) = self.part("AndroidManifest.xml") else { return Ok(None) };
        let text = digest::read(&manifest)?;
        let document =
            roxmltree::Document::parse(&text).map_err(|error| Problem(format!("{}: {error}", manifest.display())))?;
        Ok(document.root_element().attribute("package").map(str::to_owned))
    }
}

/// The libraries of a list, in the order of the class path.
pub fn of(project: &Project, list: &str) -> Result<Vec<Library>, Problem> {
    let entries = project.entries(list)?.iter();
    entries
        .map(|entry| {
            let file = project.file(&entry.coordinates)?;
            let folder = if entry.coordinates.is_aar() { Some(unpacked(&file)?) } else { None };
            Ok(Library { compile: entry.scope == "compile", folder, file })
        })
        .collect()
}

/// The jars of these libraries.
pub fn jars(libraries: &[Library], only_compile: bool) -> Result<Vec<PathBuf>, Problem> {
    let mut jars = Vec::new();
    for library in libraries.iter().filter(|library| library.compile || !only_compile) {
        jars.extend(library.jars()?);
    }
    Ok(jars)
}

/// Unpacks an archive beside itself in the cache.
fn unpacked(file: &Path) -> Result<PathBuf, Problem> {
    let folder = file.with_extension("unpacked");
    if folder.exists() {
        return Ok(folder);
    }
    let part = file.with_extension(format!("{}.part", std::process::id()));
    digest::empty(&part)?;
    archive(file)?.extract(&part).map_err(|error| Problem(format!("{}: {error}", file.display())))?;
    if fs::rename(&part, &folder).is_err() {
        // Another build unpacked it meanwhile.
        let _ = fs::remove_dir_all(&part);
    }
    Ok(folder)
}

/// Opens an archive.
pub fn archive(file: &Path) -> Result<ZipArchive<File>, Problem> {
    let bad = |error: &dyn std::fmt::Display| Problem(format!("{}: {error}", file.display()));
    ZipArchive::new(File::open(file).map_err(|error| bad(&error))?).map_err(|error| bad(&error))
}

/// The names of an archive's members, without folders.
pub fn names(file: &Path) -> Result<Vec<String>, Problem> {
    let archive = archive(file)?;
    let names: Result<Vec<String>, _> =
        archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned)).collect();
    let mut names = names.map_err(|error| Problem(format!("{}: {error}", file.display())))?;
    names.retain(|name| !name.ends_with('/'));
    Ok(names)
}

/// One member of an archive.
pub fn member(file: &Path, name: &str) -> Result<Vec<u8>, Problem> {
    let mut archive = archive(file)?;
    let bad = |error: &dyn std::fmt::Display| Problem(format!("{}: {name}: {error}", file.display()));
    let mut member = archive.by_name(name).map_err(|error| bad(&error))?;
    let mut content = Vec::new();
    std::io::Read::read_to_end(&mut member, &mut content).map_err(|error| bad(&error))?;
    Ok(content)
}
