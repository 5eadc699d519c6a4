//! Where things lie, what the Gradle files say, and the downloads that the lock names.

use std::fs;
use std::path::{Path, PathBuf};

use crate::steps::{self, Problem};

use super::catalog::Catalog;
use super::digest::{self, Digest};
use super::java;
use super::lock::{Coordinates, Entry, Lock};
use super::script::Script;

/// The lists that the app and its tests are built from; the others are tools.
pub const APP_LISTS: [(&str, &[&str]); 3] = [
    ("debug", &["implementation", "debugImplementation"]),
    ("release", &["implementation", "releaseImplementation"]),
    ("test", &["implementation", "debugImplementation", "testImplementation"]),
];

/// The Android project and the folders that its build uses.
pub struct Project {
    /// `android/`.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// `target/android`, where everything that is built goes.
    pub out: PathBuf,
    /// Downloads and what is made of them alone, outside the tree.
    pub cache: PathBuf,
    /// The version catalog.
    pub catalog: Catalog,
    /// The app's build script.
    pub script: Script,
    lock: Lock,
}

impl Project {
    /// Reads the project's build files.
    pub fn open() -> Result<Self, Problem> {
        let root = steps::root().join("android");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), PathBuf::from);
        let lock = root.join("android.lock");
        Ok(Self {
            catalog: Catalog::read(&digest::read(&root.join("gradle/libs.versions.toml"))?)?,
            script: Script::read(&digest::read(&root.join("app/build.gradle.kts"))?),
            lock: if lock.exists() { Lock::read(&digest::read(&lock)?)? } else { Lock::default() },
            out: target.join("android"),
            cache: steps::cache_folder().join("android"),
            target,
            root,
        })
    }

    /// The folder of the project's own Java programs.
    pub fn java_sources() -> PathBuf {
        steps::root().join("xtask/android")
    }

    /// A digest for a step of this project.
    pub fn digest(&self, name: &str) -> Digest {
        Digest::new(name, &self.cache)
    }

    /// The app's sources.
    pub fn app(&self, inside: &str) -> PathBuf {
        self.root.join("app").join(inside)
    }

    /// The entries of a list.
    pub fn entries(&self, list: &str) -> Result<&[Entry], Problem> {
        self.lock.list(list)
    }

    /// Where the cache keeps a file: named by its content, so that what is there was checked.
    pub fn file(&self, coordinates: &Coordinates) -> Result<PathBuf, Problem> {
        let short: String = self.lock.sha256(coordinates)?.chars().take(32).collect();
        Ok(self.cache.join("files").join(short).join(coordinates.file_name()))
    }

    /// The files of a tool's list.
    pub fn tool(&self, list: &str) -> Result<Vec<PathBuf>, Problem> {
        self.entries(list)?.iter().map(|entry| self.file(&entry.coordinates)).collect()
    }

    /// The only file of a tool's list.
    pub fn only(&self, list: &str) -> Result<PathBuf, Problem> {
        self.tool(list)?.into_iter().next().ok_or_else(|| Problem(format!("android.lock: the list {list} is empty")))
    }

    /// Downloads what these lists name and the cache does not have.
    pub fn fetch(&self, lists: &[&str]) -> Result<(), Problem> {
        let mut wanted = Vec::new();
        for list in lists {
            for entry in self.entries(list)? {
                let (file, sha256) = (self.file(&entry.coordinates)?, self.lock.sha256(&entry.coordinates)?);
                let line = format!("{sha256}\t{}\t{}", entry.coordinates.place(), file.display());
                if !file.exists() && !wanted.contains(&line) {
                    wanted.push(line);
                }
            }
        }
        if wanted.is_empty() {
            return Ok(());
        }
        println!("downloading {} files", wanted.len());
        let list = self.out.join(format!("fetch-{}.txt", std::process::id()));
        digest::write(&list, wanted.join("\n").as_bytes())?;
        let program = Self::java_sources().join("Fetch.java");
        let fetched = java::loud("fetch", std::process::Command::new("java").arg(program).arg(&list));
        let _ = fs::remove_file(&list);
        fetched
    }

    /// The names of all lists of the lock.
    pub fn lists(&self) -> Vec<&str> {
        self.lock.names().collect()
    }

    /// Compiles one of the project's own Java programs; gives the class path to run it with.
    pub fn program(&self, name: &str, paths: Vec<PathBuf>) -> Result<Vec<PathBuf>, Problem> {
        let source = Self::java_sources().join(format!("{name}.java"));
        let digest = self.digest(name).text(&digest::read(&source)?).files(&paths)?;
        let classes = digest::cached(name, digest, |out| java::javac(&[source], &paths, out))?;
        Ok([vec![classes], paths].concat())
    }
}

/// Resolves everything that the Gradle files and the tools ask for with Maven's own resolver, and writes the lock.
pub fn lock(project: &Project) -> Result<(), Problem> {
    let mut asked = tools(&project.catalog)?;
    for (list, configurations) in APP_LISTS {
        asked.push(format!("list {list}"));
        asked.extend(project.script.requests(&project.catalog, configurations)?);
    }
    let folder = project.out.join("lock");
    digest::empty(&folder)?;
    let (input, output, paths) = (folder.join("in"), folder.join("out"), folder.join("classpath"));
    digest::write(&input, asked.join("\n").as_bytes())?;
    let pom = Project::java_sources().join("resolver-pom.xml");
    let mut maven = std::process::Command::new("mvn");
    maven.args(["-q", "-B", "-f"]).arg(pom).arg("dependency:build-classpath");
    java::quiet("mvn", maven.arg(format!("-Dmdep.outputFile={}", paths.display())))?;
    let jars: Vec<PathBuf> = std::env::split_paths(digest::read(&paths)?.trim()).collect();
    java::javac(&[Project::java_sources().join("Resolve.java")], &jars, &folder)?;
    let class_path = [vec![folder.clone()], jars].concat();
    java::loud("resolve", java::java("1g", &class_path, "Resolve").arg(&input).arg(&output))?;
    let mut lock = Lock::default();
    for line in digest::read(&output)?.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let [list, scope, coordinates, path] = words.as_slice() else {
            return Err(Problem(format!("the resolver answered: {line}")));
        };
        lock.add(list, scope, Coordinates::read(coordinates)?, digest::sha256(Path::new(path))?);
    }
    digest::write(&project.root.join("android.lock"), lock.write().as_bytes())
}

/// What `tools.txt` asks for, with the catalog's versions in place.
fn tools(catalog: &Catalog) -> Result<Vec<String>, Problem> {
    let plugin = catalog.version("agp")?;
    let (major, rest) = plugin.split_once('.').ok_or_else(|| Problem(format!("not a version: {plugin}")))?;
    let major: u32 = major.parse().map_err(|_| Problem(format!("not a version: {plugin}")))?;
    let library_version = format!("{}.{rest}", major + 23);
    let mut asked = Vec::new();
    let mut last = "";
    let text = digest::read(&Project::java_sources().join("tools.txt"))?;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (list, request) = line.split_once(' ').ok_or_else(|| Problem(format!("tools.txt: {line}")))?;
        if list != last {
            asked.push(format!("list {list}"));
            last = list;
        }
        let request = request.replace("{agp}", plugin).replace("{tools}", &library_version);
        let request = request.replace("{minSdk}", catalog.version("minSdk")?);
        asked.push(request.replace("{kotlin}", catalog.version("kotlin")?));
    }
    // A plugin whose id does not exist has no such file.
    asked.push("list gradle-markers".to_owned());
    asked.extend(catalog.plugins().map(|(id, version)| format!("flat {id}:{id}.gradle.plugin:pom:{version}")));
    Ok(asked)
}
