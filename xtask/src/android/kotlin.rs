//! Compiling the app's and the tests' Kotlin.

use std::fs;
use std::path::{Path, PathBuf};

use crate::steps::Problem;

use super::border::Border;
use super::digest;
use super::java;
use super::libraries::{self, Library};
use super::project::Project;
use super::resources::Resources;

/// How long a compiler that was kept for the next run waits for it, in minutes.
const DAEMON_MINUTES: u32 = 30;

/// One run of the compiler.
struct Unit<'a> {
    name: &'a str,
    sources: Vec<PathBuf>,
    /// The folders of classes that change between runs.
    changing: Vec<PathBuf>,
    libraries: Vec<PathBuf>,
    out: PathBuf,
    /// Whose `internal` members these sources may name.
    friend: Option<PathBuf>,
}

/// Compiles the app for a variant; gives the folder of its classes.
pub fn app(project: &Project, variant: &str, app: &Parts<'_>) -> Result<PathBuf, Problem> {
    let mut sources = digest::files(&project.app("src/main/kotlin"), ".kt")?;
    sources.extend(digest::files(&app.border.kotlin, ".kt")?);
    let mut libraries = libraries::jars(app.libraries, true)?;
    libraries.push(project.only("android")?);
    let out = project.out.join(variant).join("classes");
    let changing = vec![app.resources.classes.clone()];
    let unit = Unit { name: &format!("app {variant}"), sources, changing, libraries, out: out.clone(), friend: None };
    compile(project, &unit, app.keep)?;
    Ok(out)
}

/// Compiles the tests against the app's debug classes; gives the folder of their classes.
pub fn tests(project: &Project, classes: &Path, resources: &Resources, keep: bool) -> Result<PathBuf, Problem> {
    let sources = digest::files(&project.app("src/test/kotlin"), ".kt")?;
    let changing = vec![classes.to_owned(), resources.classes.clone()];
    let mut libraries = libraries::jars(&libraries::of(project, "test")?, false)?;
    libraries.push(project.only("android")?);
    let out = project.out.join("tests/classes");
    let friend = Some(classes.to_owned());
    compile(project, &Unit { name: "tests", sources, changing, libraries, out: out.clone(), friend }, keep)?;
    Ok(out)
}

/// What the app is compiled from, and whether the compiler is kept for the next run.
pub struct Parts<'a> {
    /// The libraries of its variant.
    pub libraries: &'a [Library],
    /// Its linked resources.
    pub resources: &'a Resources,
    /// The Rust side.
    pub border: &'a Border,
    /// Whether the compiler waits for the next run.
    pub keep: bool,
}

fn compile(project: &Project, unit: &Unit<'_>, keep: bool) -> Result<(), Problem> {
    let plugin = project.only("compose-plugin")?;
    let compiler = project.program("Compile", project.tool("kotlin")?)?;
    let fixed = project.digest(unit.name).file(&plugin)?.files(&compiler)?.files(&unit.libraries)?;
    let mut digest = fixed.clone().files(&unit.sources)?;
    for path in &unit.changing {
        digest = digest.tree(path)?;
    }
    digest::step_in_place(&format!("Kotlin {}", unit.name), digest, &unit.out, |out| {
        let state = out.with_extension("state");
        let remembered = state.join("libraries");
        let fixed = fixed.finish();
        if fs::read_to_string(&remembered).ok().as_ref() != Some(&fixed) {
            digest::empty(&state)?;
            digest::empty(out)?;
            digest::write(&remembered, fixed.as_bytes())?;
        }
        let (sources, arguments) = (state.join("sources"), state.join("arguments"));
        digest::write(&sources, lines(unit.sources.iter().map(|path| path.display().to_string())).as_bytes())?;
        digest::write(&arguments, lines(self::arguments(unit, &plugin, out)).as_bytes())?;
        let mut run = java::java(if keep { "256m" } else { "3g" }, &compiler, "Compile");
        run.arg(&state).arg(out).arg(sources).arg(arguments).arg(java::class_path(&unit.changing));
        java::loud("Kotlin", run.arg(if keep { DAEMON_MINUTES.to_string() } else { "0".to_owned() }))
    })?;
    Ok(())
}

fn lines(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().collect::<Vec<_>>().join("\n")
}

fn arguments(unit: &Unit<'_>, plugin: &Path, out: &Path) -> Vec<String> {
    let class_path = java::class_path(unit.changing.iter().chain(&unit.libraries)).to_string_lossy().into_owned();
    let module = unit.name.replace(' ', "_");
    let mut arguments: Vec<String> =
        ["-no-stdlib", "-no-reflect", "-Werror", "-jvm-target", "17"].map(str::to_owned).to_vec();
    arguments.extend(["-module-name".to_owned(), module, "-d".to_owned(), out.display().to_string()]);
    arguments.extend(["-classpath".to_owned(), class_path, format!("-Xplugin={}", plugin.display())]);
    arguments.extend(unit.friend.iter().map(|friend| format!("-Xfriend-paths={}", friend.display())));
    arguments
}
