//! The merged manifest, the linked resources and the `R` classes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use roxmltree::Document;

use crate::steps::Problem;

use super::digest;
use super::java;
use super::libraries::{self, Library};
use super::project::Project;

/// A resource: its type (such as `string`) and its name.
type Symbol = (String, String);

/// What linking made.
pub struct Resources {
    /// The merged manifest, as text.
    pub manifest: PathBuf,
    /// The archive with manifest, table and files.
    pub archive: PathBuf,
    /// The compiled `R` classes.
    pub classes: PathBuf,
    /// What R8 must keep because the resources name it.
    pub keep: PathBuf,
    /// Every resource with its number.
    pub symbols: PathBuf,
}

/// Merges and links for `debug` or `release`.
pub fn link(project: &Project, variant: &str, libraries: &[Library]) -> Result<Resources, Problem> {
    let manifest = merge(project, variant, libraries)?;
    let out = project.out.join(variant).join("resources");
    let own = project.app("src/main/res");
    let platform = project.only("android")?;
    let locales = project.script.list("localeFilters")?.join(",");
    let with_resources: Vec<PathBuf> = libraries.iter().filter_map(|library| library.part("res")).collect();
    let digest = project.digest("resources").tree(&own)?.file(&manifest)?.file(&platform)?.text(&locales);
    digest::step(&format!("resources {variant}"), digest.files(&with_resources)?, &out, |out| {
        let aapt2 = aapt2(project)?;
        let own_flat = out.join("app.zip");
        java::quiet(
            "aapt2 compile",
            Command::new(&aapt2).arg("compile").arg("--dir").arg(&own).arg("-o").arg(&own_flat),
        )?;
        let mut link = Command::new(&aapt2);
        link.args(["link", "--auto-add-overlay", "--no-resource-removal", "-c", &locales]);
        link.args(["--min-sdk-version", project.catalog.version("minSdk")?]);
        link.args(["--target-sdk-version", project.catalog.version("targetSdk")?]);
        link.arg("-I").arg(&platform).arg("--manifest").arg(&manifest).arg("-o").arg(out.join("base.apk"));
        link.arg("--output-text-symbols").arg(out.join("R.txt")).arg("--proguard").arg(out.join("keep.pro"));
        if variant == "debug" {
            link.arg("--debug-mode");
        }
        for library in libraries {
            if let Some(assets) = library.part("assets") {
                link.arg("-A").arg(assets);
            }
        }
        // The app's own come last: of two resources of one name the later wins.
        for folder in with_resources.iter().rev() {
            link.arg("-R").arg(flat(project, &aapt2, folder)?);
        }
        java::quiet("aapt2 link", link.arg("-R").arg(own_flat))?;
        write_classes(project, out, libraries)
    })?;
    Ok(Resources {
        manifest,
        archive: out.join("base.apk"),
        classes: out.join("r-classes"),
        keep: out.join("keep.pro"),
        symbols: out.join("R.txt"),
    })
}

/// The app's manifest with those of the libraries.
fn merge(project: &Project, variant: &str, libraries: &[Library]) -> Result<PathBuf, Problem> {
    let out = project.out.join(variant).join("manifest");
    let merged = out.join("AndroidManifest.xml");
    let own = digest::read(&project.app("src/main/AndroidManifest.xml"))?;
    let theirs: Vec<PathBuf> = libraries.iter().filter_map(|library| library.part("AndroidManifest.xml")).collect();
    let setting = |name: &str| project.script.setting(name);
    let (namespace, application) = (setting("namespace")?, setting("applicationId")?);
    let (code, name) = (setting("versionCode")?, setting("versionName")?);
    let (lowest, target) = (project.catalog.version("minSdk")?, project.catalog.version("targetSdk")?);
    let digest = [&own, namespace, application, code, name, lowest, target]
        .iter()
        .fold(project.digest("manifest"), |digest, text| digest.text(text));
    digest::step(&format!("manifest {variant}"), digest.files(&theirs)?, &out, |out| {
        let main = out.join("main.xml");
        let named = own.replacen("<manifest", &format!("<manifest package=\"{namespace}\""), 1);
        digest::write(&main, named.as_bytes())?;
        let mut merger = java::java("512m", &project.tool("manifest")?, "com.android.manifmerger.Merger");
        merger.arg("--main").arg(&main).arg("--libs").arg(java::class_path(&theirs)).arg("--out").arg(&merged);
        merger.args(["--placeholder", &format!("applicationId={application}")]);
        merger.args(["--property", &format!("MIN_SDK_VERSION={lowest}")]);
        merger.args(["--property", &format!("TARGET_SDK_VERSION={target}")]);
        merger.args(["--property", &format!("VERSION_CODE={code}")]);
        merger.args(["--property", &format!("VERSION_NAME={name}"), "--remove-tools-declarations"]);
        java::quiet("manifest merger", &mut merger)
    })?;
    Ok(merged)
}

/// The aapt2 program, taken out of the library that carries it.
pub fn aapt2(project: &Project) -> Result<PathBuf, Problem> {
    let carrier = project.only("aapt2")?;
    let folder = digest::cached("aapt2", project.digest("aapt2").file(&carrier)?, |out| {
        let program = out.join("aapt2");
        digest::write(&program, &libraries::member(&carrier, "prebuilt/linux/aapt2")?)?;
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&program, executable).map_err(|error| Problem(format!("{}: {error}", program.display())))
    })?;
    Ok(folder.join("aapt2"))
}

/// A library's resources in aapt2's form.
fn flat(project: &Project, aapt2: &Path, folder: &Path) -> Result<PathBuf, Problem> {
    let digest = project.digest("flat").file(aapt2)?.file(folder)?;
    let made = digest::cached("flat", digest, |out| {
        let mut compile = Command::new(aapt2);
        java::quiet(
            "aapt2 compile",
            compile.arg("compile").arg("--dir").arg(folder).arg("-o").arg(out.join("flat.zip")),
        )
    })?;
    Ok(made.join("flat.zip"))
}

/// Writes one `R` class per package: the app's with its own resources alone, as Gradle's setting says.
fn write_classes(project: &Project, out: &Path, libraries: &[Library]) -> Result<(), Problem> {
    let mut linked: BTreeMap<Symbol, (String, String)> = BTreeMap::new();
    for line in digest::read(&out.join("R.txt"))?.lines() {
        let mut words = line.splitn(4, ' ');
        if let (Some(kind), Some(group), Some(name), Some(value)) =
            (words.next(), words.next(), words.next(), words.next())
        {
            linked.insert((group.to_owned(), name.to_owned()), (kind.to_owned(), value.to_owned()));
        }
    }
    let mut wanted: BTreeMap<String, BTreeSet<Symbol>> = BTreeMap::new();
    wanted.insert(project.script.setting("namespace")?.to_owned(), own_symbols(&project.app("src/main/res"))?);
    for library in libraries {
        if let (Some(package), Some(symbols)) = (library.package()?, library.part("R.txt")) {
            wanted.entry(package).or_default().extend(declared(&digest::read(&symbols)?));
        }
    }
    let mut sources = Vec::new();
    for (package, symbols) in &wanted {
        let source = out.join("r").join(package.replace('.', "/")).join("R.java");
        digest::write(&source, class(package, symbols, &linked).as_bytes())?;
        sources.push(source);
    }
    java::javac(&sources, &[], &out.join("r-classes"))
}

fn class(package: &str, symbols: &BTreeSet<Symbol>, linked: &BTreeMap<Symbol, (String, String)>) -> String {
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    for symbol in symbols {
        if let Some((kind, value)) = linked.get(symbol) {
            let fields = groups.entry(symbol.0.as_str()).or_default();
            let _ = writeln!(fields, "    public static {kind} {} = {value};", symbol.1);
        }
    }
    let groups = groups.iter().fold(String::new(), |mut text, (group, fields)| {
        let _ = write!(text, "  public static final class {group} {{\n{fields}  }}\n");
        text
    });
    format!("package {package};\n\npublic final class R {{\n{groups}}}\n")
}

/// The symbols that a library's `R.txt` names.
fn declared(text: &str) -> impl Iterator<Item = Symbol> {
    text.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    })
}

/// The symbols that the files of a `res` folder declare.
fn own_symbols(folder: &Path) -> Result<BTreeSet<Symbol>, Problem> {
    let mut symbols = BTreeSet::new();
    for file in digest::files(folder, "")? {
        let name =
            |path: Option<&std::ffi::OsStr>| path.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let kind = name(file.parent().and_then(Path::file_name)).split('-').next().unwrap_or_default().to_owned();
        if kind == "values" {
            let text = digest::read(&file)?;
            let document = Document::parse(&text).map_err(|error| Problem(format!("{}: {error}", file.display())))?;
            symbols.extend(values(&document));
        } else {
            let stem = name(file.file_name()).split('.').next().unwrap_or_default().to_owned();
            symbols.insert((kind, stem));
        }
    }
    Ok(symbols)
}

fn values<'a>(document: &'a Document<'a>) -> impl Iterator<Item = Symbol> + 'a {
    document.root_element().children().filter_map(|element| {
        let kind = match element.tag_name().name() {
            "item" => element.attribute("type")?,
            "string-array" | "integer-array" => "array",
            "declare-styleable" => "styleable",
            other => other,
        };
        Some((kind.to_owned(), element.attribute("name")?.replace('.', "_")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_symbols() {
        let xml = r#"<resources><!-- words --><string name="a">x</string><plurals name="b"/><string-array name="c"/>
                     <item name="d" type="id"/><style name="Theme.Field"/></resources>"#;
        let document = Document::parse(xml).unwrap();
        let found: Vec<String> = values(&document).map(|(kind, name)| format!("{kind}/{name}")).collect();
        assert_eq!(found, ["string/a", "plurals/b", "array/c", "id/d", "style/Theme_Field"]);
    }

    #[test]
    fn a_class_has_only_what_was_linked() {
        let symbol = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
        let linked = BTreeMap::from([(symbol("string", "a"), ("int".to_owned(), "0x7f010000".to_owned()))]);
        let text = class("p.q", &BTreeSet::from([symbol("string", "a"), symbol("string", "b")]), &linked);
        assert!(text.contains("package p.q;") && text.contains("public static int a = 0x7f010000;"));
        assert!(!text.contains(" b "));
    }
}
