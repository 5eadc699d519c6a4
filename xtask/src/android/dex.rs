//! Class files to the phone's own form: D8 for the debug app, R8 for the release.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::steps::Problem;

use super::digest;
use super::java;
use super::libraries::{self, Library};
use super::project::Project;
use super::{Compiled, resources::Resources};

/// The dex files, and the archive of Java resources that R8 kept (debug takes them from the libraries).
pub struct Dexed {
    /// `classes.dex`, `classes2.dex`, … in this order.
    pub files: Vec<PathBuf>,
    /// What R8 wrote beside them.
    pub shrunk: Option<PathBuf>,
}

/// Without shrinking: the libraries once for all builds that use the same, the app each time.
pub fn debug(project: &Project, app: &Compiled) -> Result<Dexed, Problem> {
    let jars = libraries::jars(&app.libraries, false)?;
    let r8 = project.only("r8")?;
    let platform = project.only("android")?;
    let minimum = project.catalog.version("minSdk")?;
    let d8 = |program: &[PathBuf], class_path: &[PathBuf], out: &Path| -> Result<(), Problem> {
        let mut command = java::java("3g", std::slice::from_ref(&r8), "com.android.tools.r8.D8");
        command.args(["--debug", "--min-api", minimum, "--lib"]).arg(&platform).arg("--lib").arg(java::home()?);
        for path in class_path {
            command.arg("--classpath").arg(path);
        }
        java::quiet("D8", command.arg("--output").arg(out).args(program))
    };
    let digest = project.digest("dex libraries").file(&r8)?.text(minimum).files(&jars)?;
    let theirs = digest::cached("dex-libraries", digest, |out| d8(&jars, &[], out))?;
    let own = project.out.join("debug/dex");
    let digest =
        project.digest("dex").tree(&app.classes)?.tree(&app.resources.classes)?.text(&theirs.display().to_string());
    digest::step("D8 app", digest, &own, |out| {
        let jar = packed(&[&app.classes, &app.resources.classes], &out.with_extension("jar"))?;
        d8(&[jar], &jars, out)
    })?;
    let mut files = digest::files(&own, ".dex")?;
    files.extend(digest::files(&theirs, ".dex")?);
    Ok(Dexed { files, shrunk: None })
}

/// Shrunk and optimised, with the rules that Gradle's plugin brings, those of the libraries and our own.
pub fn release(project: &Project, app: &Compiled) -> Result<Dexed, Problem> {
    let rules = rules(project, &app.libraries, &app.resources)?;
    let jars = libraries::jars(&app.libraries, false)?;
    let r8 = project.only("r8")?;
    let out = project.out.join("release/dex");
    let minimum = project.catalog.version("minSdk")?;
    let digest = project.digest("R8").file(&r8)?.text(minimum).files(&jars)?.files(&rules)?;
    let digest = digest.tree(&app.classes)?.tree(&app.resources.classes)?;
    digest::step("R8", digest, &out, |out| {
        let jar = packed(&[&app.classes, &app.resources.classes], &out.with_extension("jar"))?;
        let mut command = java::java("4g", std::slice::from_ref(&r8), "com.android.tools.r8.R8");
        command.args(["--release", "--min-api", minimum, "--lib"]).arg(project.only("android")?);
        command.arg("--lib").arg(java::home()?).arg("--pg-map-output").arg(out.join("mapping.txt"));
        for rule in &rules {
            command.arg("--pg-conf").arg(rule);
        }
        java::quiet("R8", command.arg("--output").arg(out.join("shrunk.zip")).arg(jar).args(&jars))?;
        let names = libraries::names(&out.join("shrunk.zip"))?;
        names
            .iter()
            .filter(|name| name.ends_with(".dex"))
            .try_for_each(|name| digest::write(&out.join(name), &libraries::member(&out.join("shrunk.zip"), name)?))
    })?;
    Ok(Dexed { files: digest::files(&out, ".dex")?, shrunk: Some(out.join("shrunk.zip")) })
}

/// Packs class folders into a jar.
fn packed(folders: &[&PathBuf], jar: &Path) -> Result<PathBuf, Problem> {
    let bad = |error: &dyn std::fmt::Display| Problem(format!("{}: {error}", jar.display()));
    let mut archive = ZipWriter::new(File::create(jar).map_err(|error| bad(&error))?);
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for folder in folders {
        for file in digest::files(folder, ".class")? {
            let name = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            archive.start_file(name, stored).map_err(|error| bad(&error))?;
            let content = std::fs::read(&file).map_err(|error| bad(&error))?;
            archive.write_all(&content).map_err(|error| bad(&error))?;
        }
    }
    archive.finish().map_err(|error| bad(&error))?;
    Ok(jar.to_owned())
}

/// Every file of rules that R8 is given.
fn rules(project: &Project, libraries: &[Library], resources: &Resources) -> Result<Vec<PathBuf>, Problem> {
    let mut rules = vec![project.app("proguard-rules.pro"), resources.keep.clone()];
    let plugin = project.only("rules")?;
    let defaults = digest::cached("default-rules", project.digest("default rules").file(&plugin)?, |out| {
        // The plugin puts proguard-android-optimize.txt together from these.
        ["header", "optimizations", "common"].iter().try_for_each(|part| {
            let name = format!("com/android/build/gradle/proguard-{part}.txt");
            digest::write(&out.join(format!("{part}.pro")), &libraries::member(&plugin, &name)?)
        })
    })?;
    rules.extend(digest::files(&defaults, ".pro")?);
    for library in libraries {
        rules.extend(library.part("proguard.txt"));
        for jar in library.jars()? {
            rules.extend(embedded(project, &jar)?);
        }
    }
    Ok(rules)
}

/// The rules inside a jar.
fn embedded(project: &Project, jar: &Path) -> Result<Vec<PathBuf>, Problem> {
    let names = libraries::names(jar)?;
    let chosen = chosen(&names);
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let folder = digest::cached("rules", project.digest("rules").file(jar)?, |out| {
        chosen
            .iter()
            .try_for_each(|name| digest::write(&out.join(name.replace('/', "_")), &libraries::member(jar, name)?))
    })?;
    digest::files(&folder, ".pro")
}

/// As Gradle's plugin picks them: those made for R8 before those for any shrinker.
fn chosen(names: &[String]) -> Vec<&String> {
    let rules = || names.iter().filter(|name| name.starts_with("META-INF/") && name.ends_with(".pro"));
    let made: Vec<&String> =
        rules().filter(|name| name.starts_with("META-INF/com.android.tools/r8") && !name.contains("-upto-")).collect();
    if made.is_empty() { rules().filter(|name| name.starts_with("META-INF/proguard/")).collect() } else { made }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_r8_come_before_rules_for_any() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let both = names(&[
            "META-INF/proguard/a.pro",
            "META-INF/com.android.tools/r8/b.pro",
            "META-INF/com.android.tools/r8-upto-3.0.0/c.pro",
            "META-INF/x.kotlin_module",
        ]);
        assert_eq!(chosen(&both), [&both[1]]);
        let general = names(&["META-INF/proguard/a.pro", "org/b.pro"]);
        assert_eq!(chosen(&general), [&general[0]]);
    }
}
