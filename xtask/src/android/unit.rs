//! The app's tests on the JVM, under Robolectric, over the real Rust library.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use crate::steps::Problem;

use super::digest;
use super::java;
use super::libraries;
use super::project::Project;
use super::{Compiled, kotlin};

/// How many JVMs run tests at once; each starts its own Android framework and takes its memory.
const FORKS: usize = 2;
/// How much memory each of them may take.
const MEMORY: &str = "3g";

/// Compiles the tests and runs those whose class is named (all where none is).
pub fn run(project: &Project, app: &Compiled, only: &[String]) -> Result<(), Problem> {
    let tests = kotlin::tests(project, &app.classes, &app.resources, !only.is_empty())?;
    let class_path = class_path(project, app, &tests)?;
    let output = project.out.join("screenshots");
    fs::create_dir_all(&output).map_err(|error| Problem(format!("{}: {error}", output.display())))?;
    let frameworks = frameworks(project)?;
    let classes = classes(&tests, only)?;
    if classes.is_empty() {
        return Err(Problem("no test class has such a name".to_owned()));
    }
    let times = project.out.join("tests/times");
    fs::create_dir_all(&times).map_err(|error| Problem(format!("{}: {error}", times.display())))?;
    let mut running: Vec<(Child, Vec<String>)> = Vec::new();
    for shard in shards(&classes, &times) {
        let mut fork = Command::new("java");
        fork.arg(format!("-Xmx{MEMORY}")).args(["-XX:+EnableDynamicAgentLoading", "-Drobolectric.offline=true"]);
        // What Robolectric stands in for: files that another app opens for this one.
        fork.args(["--add-opens", "java.base/java.io=ALL-UNNAMED"]);
        fork.args(["-Drobolectric.pixelCopyRenderMode=hardware", "-Drobolectric.logging.enabled=false"]);
        fork.arg(property("robolectric.dependency.dir", &frameworks))
            .arg(property("jna.library.path", &app.border.library));
        fork.arg(property("countersign.program", &app.border.program)).arg(property("countersign.output", &output));
        fork.arg(property("countersign.goldens", &project.app("src/test/goldens")));
        fork.arg("-cp").arg(java::class_path(&class_path)).arg("RunTests").arg(&times).args(&shard);
        let child = fork.spawn().map_err(|error| Problem(format!("java: {error}")))?;
        running.push((child, shard));
    }
    let mut failed = Vec::new();
    for (mut child, shard) in running {
        let status = child.wait().map_err(|error| Problem(format!("java: {error}")))?;
        if !status.success() {
            failed.push(format!("{status} in a run of {} test classes", shard.len()));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Problem(format!("tests failed: {}", failed.join("; ")))) }
}

fn property(name: &str, path: &Path) -> String {
    format!("-D{name}={}", path.display())
}

/// Tests, Robolectric's settings, the app, its libraries, and the framework's names for the first class loader.
fn class_path(project: &Project, app: &Compiled, tests: &Path) -> Result<Vec<PathBuf>, Problem> {
    let settings = project.out.join("tests/settings");
    let lines = format!(
        "android_merged_manifest={}\nandroid_resource_apk={}\nandroid_merged_assets={}\nandroid_custom_package={}\n",
        app.resources.manifest.display(),
        app.resources.archive.display(),
        settings.display(),
        project.script.setting("namespace")?,
    );
    digest::write(&settings.join("com/android/tools/test_config.properties"), lines.as_bytes())?;
    let jars = libraries::jars(&libraries::of(project, "test")?, false)?;
    let mut runner = project.program("RunTests", jars.clone())?;
    runner.truncate(1);
    let own = vec![
        tests.to_owned(),
        project.app("src/test/resources"),
        settings,
        app.classes.clone(),
        app.resources.classes.clone(),
    ];
    Ok([own, runner, jars, project.tool("android-tests")?].concat())
}

/// Robolectric's framework jars in one folder, as it wants them when it may not download.
fn frameworks(project: &Project) -> Result<PathBuf, Problem> {
    let jars = project.tool("frameworks")?;
    digest::cached("frameworks", project.digest("frameworks").files(&jars)?, |out| {
        for jar in &jars {
            let name = jar.file_name().unwrap_or_default();
            let link = std::os::unix::fs::symlink(jar, out.join(name));
            link.map_err(|error| Problem(format!("{}: {error}", jar.display())))?;
        }
        Ok(())
    })
}

/// The test classes: those whose file is called `…Test`, and of them those that end in one of these names.
fn classes(tests: &Path, only: &[String]) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    for file in digest::files(tests, "Test.class")? {
        let inside = file.strip_prefix(tests).unwrap_or(&file).with_extension("");
        let name = inside.display().to_string().replace('/', ".");
        let wanted = |only: &String| name == *only || name.ends_with(&format!(".{only}"));
        if only.is_empty() || only.iter().any(wanted) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Shares the classes out by how long each took last time, the longest first.
fn shards(classes: &[String], times: &Path) -> Vec<Vec<String>> {
    let took =
        |name: &String| fs::read_to_string(times.join(name)).ok().and_then(|text| text.trim().parse::<u64>().ok());
    let known: BTreeMap<&String, u64> = classes.iter().map(|name| (name, took(name).unwrap_or(5000))).collect();
    share(&known, FORKS)
}

fn share(known: &BTreeMap<&String, u64>, forks: usize) -> Vec<Vec<String>> {
    let mut ordered: Vec<(&String, u64)> = known.iter().map(|(name, took)| (*name, *took)).collect();
    ordered.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
    let mut shards: Vec<(u64, Vec<String>)> = vec![(0, Vec::new()); forks];
    for (name, took) in ordered {
        if let Some((sum, shard)) = shards.iter_mut().min_by_key(|(sum, _)| *sum) {
            *sum += took;
            shard.push(name.clone());
        }
    }
    shards.into_iter().map(|(_, shard)| shard).filter(|shard| !shard.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_go_to_different_forks() {
        let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let known = names.iter().zip([9_000, 8_000, 1_500, 400]).collect();
        assert_eq!(share(&known, 2), [vec!["a".to_owned(), "d".to_owned()], vec!["b".to_owned(), "c".to_owned()]]);
        let one = BTreeMap::from([(&names[0], 1)]);
        assert_eq!(share(&one, 2).len(), 1);
    }
}
