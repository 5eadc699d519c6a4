//! Compiles `app/build.gradle.kts` against the real Android and Kotlin plugins, without Gradle: what a wrong name or type
//! in it would only show where somebody has Gradle. It is compiled, not run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::steps::Problem;

use super::catalog::Catalog;
use super::digest;
use super::java;
use super::project::Project;

/// The names at one level of the catalog's tree: whether the name itself is a library, and the names below it.
#[derive(Default)]
struct Names {
    library: bool,
    below: BTreeMap<String, Names>,
}

/// Compiles the script.
pub fn check(project: &Project) -> Result<(), Problem> {
    let script = digest::read(&project.app("build.gradle.kts"))?;
    let template = digest::read(&Project::java_sources().join("BuildScript.kt.txt"))?;
    let source = source(&template, &script, &project.catalog)?;
    let (compiler, receivers) = (project.tool("kotlin")?, project.only("gradle-receivers")?);
    let plugins = [project.tool("gradle-plugins")?, project.tool("gradle")?].concat();
    let digest = project.digest("gradle").text(&source).files(&compiler)?.files(&plugins)?;
    digest::step("build script", digest, &project.out.join("gradle"), |out| {
        let file = out.join("Script.kt");
        digest::write(&file, source.as_bytes())?;
        let mut run = java::java("1g", &compiler, "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
        run.args(["-no-stdlib", "-no-reflect", "-jvm-target", "17", "-nowarn", "-Xskip-metadata-version-check", "-d"]);
        run.arg(out.join("classes")).arg("-classpath").arg(java::class_path(&plugins));
        // As in Gradle: the object that an action is given is its receiver.
        run.arg(format!("-Xplugin={}", receivers.display())).arg("-P");
        run.arg("plugin:org.jetbrains.kotlin.samWithReceiver:annotation=org.gradle.api.HasImplicitReceiver");
        java::quiet("build script", run.arg(file))
    })
    .map(drop)
}

/// The Kotlin that stands for the script.
fn source(template: &str, script: &str, catalog: &Catalog) -> Result<String, Problem> {
    let (imports, body): (Vec<&str>, Vec<&str>) = script.lines().partition(|line| line.starts_with("import "));
    let body = body.join("\n");
    let bad = || Problem("app/build.gradle.kts: no plugins".to_owned());
    let (before, rest) = body.split_once("plugins {\n").ok_or_else(bad)?;
    let (_, body) = rest.split_once("\n}").ok_or_else(bad)?;
    let (body, classes) = apart(&format!("{before}{body}"));
    let versions = catalog.versions().fold(String::new(), |mut text, (name, _)| {
        let _ = writeln!(text, "    val {name}: Provider<String>");
        text
    });
    let configurations = configurations(&body).into_iter().fold(String::new(), |mut text, name| {
        let _ = writeln!(text, "    fun {name}(it: Any) = handler.add(\"{name}\", it)");
        text
    });
    let body = format!("{classes}\nfun Project.script(libs: Libs) {{\n{body}\n}}");
    let filled = template.replace("//IMPORTS", &imports.join("\n")).replace("//VERSIONS", versions.trim_end());
    let filled = filled.replace("//LIBRARIES", &libraries(catalog)).replace("//BODY", &body);
    Ok(filled.replace("//CONFIGURATIONS", configurations.trim_end()))
}

/// The script's statements, and the classes that it declares between them.
fn apart(script: &str) -> (String, String) {
    let (mut statements, mut classes) = (String::new(), String::new());
    let mut inside = false;
    for line in script.lines() {
        inside |= line.starts_with("abstract class ");
        let part = if inside { &mut classes } else { &mut statements };
        part.push_str(line);
        part.push('\n');
        inside &= line != "}";
    }
    (statements, classes)
}

fn configurations(body: &str) -> BTreeSet<&str> {
    let block = body.split_once("\ndependencies {").map(|(_, block)| block).unwrap_or_default();
    let names = block.lines().filter_map(|line| line.trim().split_once('(')).map(|(name, _)| name);
    names.filter(|name| name.chars().all(char::is_alphanumeric) && !name.is_empty()).collect()
}

/// One interface for each level of the names of the libraries.
fn libraries(catalog: &Catalog) -> String {
    let mut root = Names::default();
    for accessor in catalog.accessors() {
        let level = accessor.split('.').fold(&mut root, |level, word| level.below.entry(word.to_owned()).or_default());
        level.library = true;
    }
    let mut text = String::new();
    write(&mut text, "Libs", &root, "    val versions: Versions\n");
    text
}

fn write(text: &mut String, name: &str, names: &Names, more: &str) {
    let base = if names.library { " : LibraryOfCatalog" } else { "" };
    let _ = write!(text, "interface {name}{base} {{\n{more}");
    for (word, below) in &names.below {
        let kind = if below.below.is_empty() { "LibraryOfCatalog".to_owned() } else { format!("{name}_{word}") };
        let _ = writeln!(text, "    val {word}: {kind}");
    }
    text.push_str("}\n\n");
    for (word, below) in names.below.iter().filter(|(_, below)| !below.below.is_empty()) {
        write(text, &format!("{name}_{word}"), below, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_put_between_what_gradle_generates() {
        let catalog = Catalog::read(
            "[versions]\nminSdk = \"26\"\n[libraries]\ncompose-ui = { module = \"c:ui\" }\n\
             compose-ui-test = { module = \"c:test\" }",
        );
        let script = "import a.B\n\nplugins {\n    alias(libs.plugins.x)\n}\n\nabstract class Own : B() {\n    fun act() {\n    }\n}\n\
                      \nval own = 1\n\ndependencies {\n    implementation(platform(libs.compose.ui))\n}\n";
        let template = "//IMPORTS\n//VERSIONS\n//LIBRARIES\n//CONFIGURATIONS\n//BODY\n";
        let text = source(template, script, &catalog.unwrap()).unwrap();
        assert!(text.starts_with("import a.B\n    val minSdk: Provider<String>\ninterface Libs {\n"), "{text}");
        assert!(
            text.contains("interface Libs_compose_ui : LibraryOfCatalog {\n    val test: LibraryOfCatalog\n}"),
            "{text}"
        );
        assert!(text.contains("    fun implementation(it: Any) = handler.add(\"implementation\", it)"), "{text}");
        assert!(
            text.contains("abstract class Own : B() {\n    fun act() {\n    }\n}\n\nfun Project.script("),
            "{text}"
        );
        assert!(!text.contains("plugins"), "{text}");
    }
}
