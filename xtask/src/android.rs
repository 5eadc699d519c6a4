//! `cargo xtask android …`: builds, tests and inspects the Android app without Gradle and without an Android SDK, from
//! the very sources, version catalog and build script that Gradle reads.

mod border;
mod catalog;
mod dex;
mod digest;
mod gradle;
mod inspect;
mod java;
mod kotlin;
mod libraries;
mod lint;
mod lock;
mod oldest;
mod package;
mod project;
mod resources;
mod script;
mod shrunk;
mod signing;
mod texts;
mod unit;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::steps::{self, Outcome, Problem};

use border::Border;
use libraries::Library;
use project::Project;
use resources::Resources;
use signing::Key;
use unit::Wanted;

/// What `cargo xtask android` can be asked for.
pub const USAGE: &str =
    "usage: cargo xtask android deps|compile|debug|release|build|test|lint|format|lock [--border FOLDER]
       test --only CLASS[,CLASS…]
       release --key-store FILE --key-alias NAME   (its password in COUNTERSIGN_KEY_STORE_PASSWORD)";

/// The words after `cargo xtask android`.
#[derive(Default)]
struct Asked {
    command: String,
    border: Option<PathBuf>,
    only: Vec<String>,
    key_store: Option<OsString>,
    key_alias: Option<OsString>,
}

impl Asked {
    /// Whether a person is at work on the sources and will run this again: then a compiler is kept.
    fn inner(&self) -> bool {
        self.command == "compile" || !self.only.is_empty()
    }

    /// The key that the release is signed with.
    fn key(&self, project: &Project) -> Result<Key, Problem> {
        match (&self.key_store, &self.key_alias) {
            (None, None) => Key::debug(project),
            (Some(store), Some(alias)) => Key::named(store.into(), alias.to_string_lossy().into_owned()),
            _ => Err(Problem("a key needs both, --key-store and --key-alias".to_owned())),
        }
    }
}

/// The app, compiled for one variant.
struct Compiled {
    variant: &'static str,
    libraries: Vec<Library>,
    resources: Resources,
    border: Border,
    classes: PathBuf,
}

/// Runs a command.
pub fn command(words: &[&str]) -> ExitCode {
    let Some(asked) = asked(words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn asked(words: &[&str]) -> Option<Asked> {
    let (command, mut rest) = words.split_first()?;
    let mut asked = Asked { command: (*command).to_owned(), ..Asked::default() };
    asked.border = std::env::var_os("COUNTERSIGN_BORDER").map(PathBuf::from);
    if *command == "release" {
        asked.key_store = std::env::var_os("COUNTERSIGN_KEY_STORE");
        asked.key_alias = std::env::var_os("COUNTERSIGN_KEY_ALIAS");
    }
    while let Some((word, after)) = rest.split_first() {
        let (value, after) = after.split_first()?;
        match *word {
            "--border" => asked.border = Some(PathBuf::from(value)),
            "--only" => asked.only = value.split(',').map(str::to_owned).collect(),
            "--key-store" if *command == "release" => asked.key_store = Some(value.into()),
            "--key-alias" if *command == "release" => asked.key_alias = Some(value.into()),
            _ => return None,
        }
        rest = after;
    }
    let known = ["deps", "compile", "debug", "release", "build", "test", "lint", "format", "lock"];
    known.contains(command).then_some(asked)
}

fn run(asked: &Asked) -> Result<(), Problem> {
    let project = Project::open()?;
    if asked.command == "lock" {
        project::lock(&project)?;
        return Project::open().and_then(|locked| locked.fetch(&locked.lists()));
    }
    let key = asked.key(&project)?;
    // Nearly half of all files are for the check of the build script.
    let checks = ["deps", "lint"].contains(&asked.command.as_str());
    let lists = project.lists().into_iter().filter(|list| checks || !list.starts_with("gradle"));
    project.fetch(&lists.collect::<Vec<_>>())?;
    match asked.command.as_str() {
        "deps" => return Ok(()),
        "lint" => return lint::run(&project),
        "format" => return lint::format(&project),
        _ => {}
    }
    let border = border::border(&project, asked.border.as_deref())?;
    let debug = || compile(&project, "debug", &border, asked.inner());
    match asked.command.as_str() {
        "compile" => {
            let app = debug()?;
            kotlin::tests(&project, &app.classes, &app.resources, true).map(drop)
        }
        "debug" => self::debug(&project, &debug()?).map(drop),
        "release" => release(&project, &border, &key).map(drop),
        "build" => build(&project, &debug()?),
        _ if asked.only.is_empty() => unit::run(&project, &debug()?, &Wanted::All),
        _ => unit::run(&project, &debug()?, &Wanted::Named(&asked.only)),
    }
}

/// The part `android` of the tests: both APKs and what is in them, the sources' style, the tests.
pub fn part() -> Result<Outcome, Problem> {
    if !steps::has("java") || !steps::has("javac") {
        return Ok(Outcome::Skipped("a JDK is needed (17 or newer)".to_owned()));
    }
    let project = Project::open()?;
    timed("downloads", || project.fetch(&project.lists()))?;
    let made = std::env::var_os("COUNTERSIGN_BORDER").map(PathBuf::from);
    let border = timed("Rust", || border::border(&project, made.as_deref()))?;
    let app = timed("compile", || compile(&project, "debug", &border, false))?;
    // All of them run, so that one failure does not hide the others.
    together([
        timed("build", || build(&project, &app)),
        timed("lint", || lint::run(&project)),
        timed("tests", || unit::run(&project, &app, &Wanted::Changed)),
    ])
    .map(|()| Outcome::Passed)
}

/// Runs something and says how long it took.
fn timed<T>(name: &str, action: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    let started = Instant::now();
    let result = action();
    let how = if result.is_ok() { "done" } else { "FAILED" };
    println!("android: {name} {how}, {:.1} s", started.elapsed().as_secs_f64());
    result
}

fn compile(project: &Project, variant: &'static str, border: &Border, keep: bool) -> Result<Compiled, Problem> {
    let libraries = libraries::of(project, variant)?;
    let resources = resources::link(project, variant, &libraries)?;
    let border = border.clone();
    if variant == "release" {
        // Both hold the same numbers of resources nearly always: then one compilation serves both.
        let debug = compile(project, "debug", &border, keep)?;
        if digest::read(&debug.resources.symbols)? == digest::read(&resources.symbols)? {
            return Ok(Compiled { variant, libraries, resources, border, classes: debug.classes });
        }
    }
    let parts = kotlin::Parts { libraries: &libraries, resources: &resources, border: &border, keep };
    let classes = kotlin::app(project, variant, &parts)?;
    Ok(Compiled { variant, libraries, resources, border, classes })
}

/// Builds the debug APK.
fn debug(project: &Project, app: &Compiled) -> Result<PathBuf, Problem> {
    package::package(project, app, &dex::debug(project, app)?, &Key::debug(project)?)
}

/// Builds the release APK; gives it and its merged manifest.
fn release(project: &Project, border: &Border, key: &Key) -> Result<(PathBuf, PathBuf), Problem> {
    let app = compile(project, "release", border, false)?;
    let apk = package::package(project, &app, &dex::release(project, &app)?, key)?;
    Ok((apk, app.resources.manifest))
}

/// Builds both with the key for tests, and inspects them.
fn build(project: &Project, app: &Compiled) -> Result<(), Problem> {
    let debug = debug(project, app)?;
    let (release, merged) = release(project, &app.border, &Key::debug(project)?)?;
    together([inspect::run(project, app, &debug, &release, &merged), oldest::check(project, app)])
}

/// One result out of several, with every problem.
fn together(results: impl IntoIterator<Item = Result<(), Problem>>) -> Result<(), Problem> {
    let failed: Vec<String> = results.into_iter().filter_map(Result::err).map(|problem| problem.to_string()).collect();
    if failed.is_empty() { Ok(()) } else { Err(Problem(failed.join("; "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood_or_refused() {
        let words = ["release", "--key-store", "a.p12", "--key-alias", "b", "--border", "c"];
        let release = asked(&words).unwrap();
        assert_eq!(release.key_store.as_deref(), Some("a.p12".as_ref()));
        assert_eq!(release.key_alias.as_deref(), Some("b".as_ref()));
        assert_eq!(release.border.as_deref(), Some("c".as_ref()));
        assert_eq!(asked(&["test", "--only", "ATest,BTest"]).unwrap().only, ["ATest", "BTest"]);
        for bad in [&["debug", "--key-store", "a.p12"] as &[&str], &["release", "--key-store"], &["other"], &[]] {
            assert!(asked(bad).is_none(), "{bad:?}");
        }
    }
}
