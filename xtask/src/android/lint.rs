//! Style and faults of the Kotlin sources, the app's words, and what is shipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::Problem;

use super::digest;
use super::gradle;
use super::java;
use super::project::Project;
use super::{texts, together};

/// ktlint, detekt, the build script and the words; all of them run, so that one fault does not hide the others.
pub fn run(project: &Project) -> Result<(), Problem> {
    together([ktlint(project), detekt(project), gradle::check(project), faultless("texts", texts::check(project)?)])
}

/// Prints faults and fails when there are any.
pub fn faultless(name: &str, faults: Vec<String>) -> Result<(), Problem> {
    for fault in &faults {
        eprintln!("{name}: {fault}");
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem(format!("{name}: {} faults", faults.len()))) }
}

fn sources(project: &Project) -> [PathBuf; 2] {
    [project.app("src/main/kotlin"), project.app("src/test/kotlin")]
}

fn ktlint(project: &Project) -> Result<(), Problem> {
    let settings = project.root.join(".editorconfig");
    let scripts =
        ["settings.gradle.kts", "build.gradle.kts", "app/build.gradle.kts"].map(|name| project.root.join(name));
    let digest = project.digest("ktlint").files(&project.tool("ktlint")?)?.file(&settings)?.files(&scripts)?;
    let digest = sources(project).iter().try_fold(digest, |digest, folder| digest.tree(folder))?;
    digest::step("ktlint", digest, &project.out.join("ktlint"), |_| java::loud("ktlint", &mut ktlint_command(project)?))
        .map(drop)
}

/// Lets ktlint write what it can mend itself, and print the rest.
pub fn format(project: &Project) -> Result<(), Problem> {
    java::loud("ktlint", ktlint_command(project)?.arg("--format"))
}

fn ktlint_command(project: &Project) -> Result<Command, Problem> {
    let mut run = java::java("1g", &project.tool("ktlint")?, "com.pinterest.ktlint.Main");
    run.args(["--relative", "app/src/**/*.kt", "*.kts", "app/*.kts"]).current_dir(&project.root);
    Ok(run)
}

fn detekt(project: &Project) -> Result<(), Problem> {
    let settings = project.root.join("config/detekt.yml");
    let digest = project.digest("detekt").files(&project.tool("detekt")?)?.file(&settings)?;
    let sources = sources(project);
    let digest = sources.iter().try_fold(digest, |digest, folder| digest.tree(folder))?;
    digest::step("detekt", digest, &project.out.join("detekt"), |_| {
        let mut run = java::java("2g", &project.tool("detekt")?, "io.gitlab.arturbosch.detekt.cli.Main");
        run.args(["--build-upon-default-config", "--jvm-target", "17", "--base-path"]).arg(&project.root);
        let existing: Vec<&PathBuf> = sources.iter().filter(|folder| Path::exists(folder)).collect();
        let input: Vec<String> = existing.iter().map(|folder| folder.display().to_string()).collect();
        java::loud("detekt", run.arg("--config").arg(&settings).args(["--input", &input.join(",")]))
    })
    .map(drop)
}
