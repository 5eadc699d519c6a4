//! What `app/build.gradle.kts` says: the few statements that a build without Gradle needs.

use crate::steps::Problem;

use super::catalog::Catalog;

/// The app's build script.
pub struct Script {
    text: String,
}

/// One line of the script's `dependencies` block.
#[derive(Debug, PartialEq, Eq)]
struct Asked<'a> {
    configuration: &'a str,
    accessor: &'a str,
    platform: bool,
    extension: Option<&'a str>,
}

impl Script {
    /// Keeps the text without its comments.
    pub fn read(text: &str) -> Self {
        let kept: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        Self { text: kept.join("\n") }
    }

    /// A setting of the form `name = "value"` or `name = 1`.
    pub fn setting(&self, name: &str) -> Result<&str, Problem> {
        let value = |line: &'_ str| -> Option<usize> {
            line.trim().strip_prefix(name)?.trim_start().strip_prefix('=').map(str::len)
        };
        let line = self.text.lines().find(|line| value(line).is_some());
        let found = line.and_then(|line| line.split_once('=')).map(|(_, value)| value.trim().trim_matches('"'));
        found.ok_or_else(|| Problem(format!("app/build.gradle.kts: no {name}")))
    }

    /// The strings of `name += listOf("a", "b")`.
    pub fn list(&self, name: &str) -> Result<Vec<&str>, Problem> {
        let line = self.text.lines().find(|line| line.trim().starts_with(&format!("{name} +=")));
        let inner = line.and_then(|line| line.split_once("listOf(")).and_then(|(_, rest)| rest.split_once(')'));
        let (inner, _) = inner.ok_or_else(|| Problem(format!("app/build.gradle.kts: no {name}")))?;
        Ok(inner.split(',').map(|word| word.trim().trim_matches('"')).filter(|word| !word.is_empty()).collect())
    }

    /// What the `dependencies` block asks for in these configurations, as requests to the resolver.
    pub fn requests(&self, catalog: &Catalog, configurations: &[&str]) -> Result<Vec<String>, Problem> {
        let (_, block) =
            self.text.split_once("\ndependencies {").ok_or_else(|| Problem("no dependencies".to_owned()))?;
        let (block, _) = block.split_once("\n}").ok_or_else(|| Problem("dependencies never end".to_owned()))?;
        let mut requests = Vec::new();
        for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let asked = asked(line).ok_or_else(|| Problem(format!("app/build.gradle.kts: not understood: {line}")))?;
            if !configurations.contains(&asked.configuration) {
                continue;
            }
            let library = catalog.library(asked.accessor)?;
            let version = library.version.as_deref().unwrap_or("managed");
            requests.push(match (asked.platform, asked.extension) {
                (true, _) => format!("bom {}:{version}", library.module),
                (false, extension) => format!("{}:{}:{version}", library.module, extension.unwrap_or("auto")),
            });
        }
        // Kotlin's Gradle plugin adds it by itself.
        requests.push(format!("org.jetbrains.kotlin:kotlin-stdlib:auto:{}", catalog.version("kotlin")?));
        Ok(requests)
    }
}

fn asked(line: &str) -> Option<Asked<'_>> {
    let (configuration, rest) = line.split_once('(')?;
    let rest = rest.strip_suffix(')')?;
    if let Some(inner) = rest.strip_prefix("platform(libs.") {
        return Some(Asked { configuration, accessor: inner.strip_suffix(')')?, platform: true, extension: None });
    }
    if let Some(inner) = rest.strip_prefix("variantOf(libs.") {
        let (accessor, kind) = inner.split_once(") { artifactType(\"")?;
        return Some(Asked { configuration, accessor, platform: false, extension: Some(kind.strip_suffix("\") }")?) });
    }
    Some(Asked { configuration, accessor: rest.strip_prefix("libs.")?, platform: false, extension: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"
android {
    namespace = "org.countersign.field"
    // versionCode = 9
    defaultConfig {
        versionCode = 1
    }
    androidResources {
        localeFilters += listOf("en", "zh-rCN")
    }
}

dependencies {
    implementation(platform(libs.bom))
    implementation(libs.compose.ui)
    implementation(variantOf(libs.jna) { artifactType("aar") })
    testImplementation(libs.jna)
}
"#;

    fn catalog() -> Catalog {
        let text = "[versions]\nkotlin = \"2\"\n[libraries]\nbom = { module = \"c:bom\", version = \"3\" }\n\
                    compose-ui = { module = \"c:ui\" }\njna = { module = \"j:jna\", version = \"5\" }";
        Catalog::read(text).unwrap()
    }

    #[test]
    fn settings_and_lists_are_found() {
        let script = Script::read(SCRIPT);
        assert_eq!(script.setting("namespace").unwrap(), "org.countersign.field");
        assert_eq!(script.setting("versionCode").unwrap(), "1");
        assert_eq!(script.list("localeFilters").unwrap(), ["en", "zh-rCN"]);
        assert!(script.setting("versionName").is_err());
        assert!(script.list("abiFilters").is_err());
    }

    #[test]
    fn dependencies_become_requests() {
        let script = Script::read(SCRIPT);
        let app = script.requests(&catalog(), &["implementation"]).unwrap();
        assert_eq!(
            app,
            ["bom c:bom:3", "c:ui:auto:managed", "j:jna:aar:5", "org.jetbrains.kotlin:kotlin-stdlib:auto:2"]
        );
        let tests = script.requests(&catalog(), &["testImplementation"]).unwrap();
        assert_eq!(tests, ["j:jna:auto:5", "org.jetbrains.kotlin:kotlin-stdlib:auto:2"]);
    }

    #[test]
    fn a_dependency_that_is_not_understood_is_an_error() {
        for bad in [
            "implementation(\"a:b:1\")",
            "implementation(libs.missing)",
            "implementation libs.jna",
            "implementation(project(\":x\"))",
        ] {
            let script = Script::read(&format!("\ndependencies {{\n    {bad}\n}}\n"));
            assert!(script.requests(&catalog(), &["implementation"]).is_err(), "{bad}");
        }
    }
}
