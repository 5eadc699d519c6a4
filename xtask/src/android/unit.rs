//! The app's tests on the JVM, under Robolectric, over the real Rust library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::steps::Problem;

use super::digest::{self, Digest, Stamp};
use super::java;
use super::libraries;
use super::project::Project;
use super::{Compiled, kotlin};

/// How many JVMs run tests at once; each starts its own Android framework and takes its memory.
const FORKS: usize = 2;
/// How much memory each of them may take.
const MEMORY: &str = "3g";
/// The folder of the pictures that the tests make.
const PICTURES: &str = "screenshots";

/// What a person asks of the tests through the environment.
const ASKED: [&str; 2] = ["COUNTERSIGN_ALL_LOOKS", "COUNTERSIGN_RENEW_GOLDENS"];

/// Which classes run.
pub enum Wanted<'a> {
    /// Every one.
    All,
    /// Those whose name ends so.
    Named(&'a [String]),
    /// Those that did not pass yet with the very same app, tests, library and program.
    Changed,
}

/// What the classes run on.
struct Machine<'a> {
    project: &'a Project,
    app: &'a Compiled,
    class_path: Vec<PathBuf>,
    frameworks: PathBuf,
    /// Gets the pictures.
    output: PathBuf,
    /// Gets how long each class took.
    times: PathBuf,
}

/// Compiles the tests and runs the wanted ones.
pub fn run(project: &Project, app: &Compiled, wanted: &Wanted<'_>) -> Result<(), Problem> {
    let named: &[String] = if let Wanted::Named(names) = wanted { names } else { &[] };
    let tests = kotlin::tests(project, &app.classes, &app.resources, !named.is_empty())?;
    let folder = project.out.join("tests/passed");
    if !project.out.join(PICTURES).exists() {
        // What was made for people to look at is gone: everything makes it anew.
        digest::empty(&folder)?;
    }
    let machine = Machine::new(project, app, &tests)?;
    let classes = classes(&tests, named)?;
    if classes.is_empty() {
        return Err(Problem("no test class has such a name".to_owned()));
    }
    let read = machine.digest()?;
    let passed = |class: &str| Stamp::new(folder.join(class), read.clone());
    let same = |class: &String| matches!(wanted, Wanted::Changed) && passed(class).holds();
    let (same, classes): (Vec<String>, Vec<String>) = classes.into_iter().partition(same);
    if !same.is_empty() {
        println!("{} test classes passed before with the very same app, tests, library and program", same.len());
    }
    let one = |class: &str| passed(class).after(|| machine.run(class));
    let failed = each(ordered(&classes, &machine.times), one);
    if failed.is_empty() { Ok(()) } else { Err(Problem(format!("tests failed: {}", failed.join(", ")))) }
}

impl<'a> Machine<'a> {
    fn new(project: &'a Project, app: &'a Compiled, tests: &Path) -> Result<Self, Problem> {
        let made = |inside: &str| {
            let folder = project.out.join(inside);
            let made = fs::create_dir_all(&folder).map_err(|error| Problem(format!("{}: {error}", folder.display())));
            made.map(|()| folder)
        };
        Ok(Self {
            class_path: class_path(project, app, tests)?,
            frameworks: frameworks(project)?,
            output: made(PICTURES)?,
            times: made("tests/times")?,
            project,
            app,
        })
    }

    /// The settings of the JVM.
    fn settings(&self) -> Vec<String> {
        let fixed = [
            "-XX:+EnableDynamicAgentLoading",
            "-Drobolectric.offline=true",
            // What Robolectric stands in for: files that another app opens for this one.
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "-Drobolectric.pixelCopyRenderMode=hardware",
            "-Drobolectric.logging.enabled=false",
        ];
        let places = [
            ("robolectric.dependency.dir", &self.frameworks),
            ("jna.library.path", &self.app.border.library),
            ("countersign.program", &self.app.border.program),
            ("countersign.output", &self.output),
            ("countersign.goldens", &self.project.app("src/test/goldens")),
        ];
        let mut settings = vec![format!("-Xmx{MEMORY}")];
        settings.extend(java::SHORT_LIVED.into_iter().chain(fixed).map(str::to_owned));
        settings.extend(places.map(|(name, path)| format!("-D{name}={}", path.display())));
        settings
    }

    /// All that a class can read, so that what passed need not run again before something of it changed.
    fn digest(&self) -> Result<Digest, Problem> {
        let (app, border) = (self.app, &self.app.border);
        let digest = self.project.digest("tests").text(&self.settings().join("\n"));
        let digest = digest.text(&java::home()?.display().to_string());
        let asked = ASKED.map(|name| std::env::var_os(name).unwrap_or_default().to_string_lossy().into_owned());
        let digest = asked.iter().fold(digest, |digest, value| digest.text(value));
        let trees = self.class_path.iter().try_fold(digest, |digest, path| digest.tree(path))?;
        let digest = trees.tree(&self.project.app("src/test/goldens"))?;
        let digest = digest.file(&app.resources.manifest)?.file(&app.resources.archive)?;
        digest.file(&border.library.join("libcountersign_bindings.so"))?.file(&border.program)
    }

    /// Runs a class; where it fails, the problem is its name.
    fn run(&self, class: &str) -> Result<(), Problem> {
        let mut machine = Command::new("java");
        machine.args(self.settings()).arg("-cp").arg(java::class_path(&self.class_path));
        let status = machine.arg("RunTests").arg(&self.times).arg(class).status();
        let passed = status.map_err(|error| Problem(format!("java: {error}")))?.success();
        if passed { Ok(()) } else { Err(Problem(class.rsplit('.').next().unwrap_or(class).to_owned())) }
    }
}

/// Runs each class in a JVM of its own, a few at once: Robolectric loads the app anew where its settings differ, and a
/// native library knows only one app of a process. What failed is answered by name.
fn each(classes: Vec<String>, one: impl Fn(&str) -> Result<(), Problem> + Sync) -> Vec<String> {
    let waiting = Mutex::new(classes.into_iter());
    let failed = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..FORKS {
            scope.spawn(|| {
                while let Some(class) = next() {
                    if let Err(problem) = one(&class) {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(problem.0);
                    }
                }
            });
        }
    });
    failed.into_inner().unwrap_or_else(PoisonError::into_inner)
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

/// The classes by how long each took last time, the longest first, so that none begins when the others are done.
fn ordered(classes: &[String], times: &Path) -> Vec<String> {
    let took = |name: &String| fs::read_to_string(times.join(name)).ok().and_then(|text| text.trim().parse().ok());
    let mut known: Vec<(u64, &String)> = classes.iter().map(|name| (took(name).unwrap_or(5_000), name)).collect();
    known.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
    known.into_iter().map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_begin_first_and_every_failure_is_named() {
        let times = own_folder();
        fs::write(times.join("b"), "9000").unwrap();
        fs::write(times.join("c"), "10").unwrap();
        let names: Vec<String> = ["c", "a", "b"].map(str::to_owned).to_vec();
        let ordered = ordered(&names, &times);
        fs::remove_dir_all(&times).unwrap();
        assert_eq!(ordered, ["b", "a", "c"]);
        let mut failed = each(ordered, |class| if class == "a" { Ok(()) } else { Err(Problem(class.to_owned())) });
        failed.sort();
        assert_eq!(failed, ["b", "c"]);
    }

    /// A folder of this test alone.
    fn own_folder() -> PathBuf {
        let folder = std::env::temp_dir().join(format!("countersign-times-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }
}
