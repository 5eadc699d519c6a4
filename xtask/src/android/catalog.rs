//! Gradle's version catalog: the part of TOML that `libs.versions.toml` uses.

use std::collections::BTreeMap;

use crate::steps::Problem;

/// What the catalog says.
#[derive(Debug, Default)]
pub struct Catalog {
    versions: BTreeMap<String, String>,
    libraries: BTreeMap<String, Library>,
    plugins: BTreeMap<String, String>,
}

/// One library of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// `group:artifact`.
    pub module: String,
    /// Its version, where no platform gives it.
    pub version: Option<String>,
}

impl Catalog {
    /// Reads the catalog; a line that it does not understand is an error, never skipped.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let mut catalog = Self::default();
        let mut section = String::new();
        let mut late = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name.to_owned();
                continue;
            }
            let bad = || Problem(format!("libs.versions.toml:{number}: not understood: {line}"));
            let (key, value) = line.split_once('=').ok_or_else(bad)?;
            let (key, value) = (key.trim().to_owned(), value.trim());
            match section.as_str() {
                "versions" => {
                    catalog.versions.insert(key, quoted(value).ok_or_else(bad)?);
                }
                "libraries" | "plugins" => late.push((section.clone(), key, table(value).ok_or_else(bad)?, number)),
                _ => return Err(bad()),
            }
        }
        for (section, key, table, number) in late {
            catalog
                .insert(&section, key, &table)
                .map_err(|why| Problem(format!("libs.versions.toml:{number}: {why}")))?;
        }
        Ok(catalog)
    }

    fn insert(&mut self, section: &str, key: String, table: &BTreeMap<String, String>) -> Result<(), String> {
        let version = match (table.get("version"), table.get("version.ref")) {
            (Some(version), None) => Some(version.clone()),
            (None, Some(name)) => Some(self.versions.get(name).ok_or(format!("no version {name}"))?.clone()),
            (None, None) => None,
            (Some(_), Some(_)) => return Err("a version and a reference to one".to_owned()),
        };
        if section == "plugins" {
            let (id, version) = table.get("id").zip(version).ok_or("a plugin without an id or a version")?;
            self.plugins.insert(id.clone(), version);
        } else {
            let module = table.get("module").ok_or("a library without a module")?.clone();
            self.libraries.insert(key, Library { module, version });
        }
        Ok(())
    }

    /// A version by its name.
    pub fn version(&self, name: &str) -> Result<&str, Problem> {
        let found = self.versions.get(name);
        found.map(String::as_str).ok_or_else(|| Problem(format!("libs.versions.toml: no version {name}")))
    }

    /// All versions by their names.
    pub fn versions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.versions.iter().map(|(name, version)| (name.as_str(), version.as_str()))
    }

    /// The names that a build script gives the libraries, such as `androidx.core.ktx`.
    pub fn accessors(&self) -> impl Iterator<Item = String> {
        self.libraries.keys().map(|alias| alias.replace(['-', '_'], "."))
    }

    /// The plugins' ids and versions.
    pub fn plugins(&self) -> impl Iterator<Item = (&str, &str)> {
        self.plugins.iter().map(|(id, version)| (id.as_str(), version.as_str()))
    }

    /// A library by the name that a build script gives it, such as `androidx.core.ktx`.
    pub fn library(&self, accessor: &str) -> Result<&Library, Problem> {
        let found = self.libraries.iter().find(|(alias, _)| alias.replace(['-', '_'], ".") == accessor);
        found.map(|(_, library)| library).ok_or_else(|| Problem(format!("libs.versions.toml: no library {accessor}")))
    }
}

/// The text between two quotation marks that are the whole value.
fn quoted(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then(|| inner.to_owned())
}

/// `{ key = "value", … }`.
fn table(value: &str) -> Option<BTreeMap<String, String>> {
    let inner = value.strip_prefix('{')?.strip_suffix('}')?;
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=')?;
        Some((key.trim().to_owned(), quoted(value.trim())?))
    };
    inner.split(',').map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
# which versions
[versions]
core = "1.17.0"

[libraries]
androidx-core-ktx = { module = "androidx.core:core-ktx", version.ref = "core" }
compose-ui = { module = "androidx.compose.ui:ui" }

[plugins]
app = { id = "com.android.application", version.ref = "core" }
"#;

    #[test]
    fn a_catalog_is_read() {
        let catalog = Catalog::read(GOOD).unwrap();
        assert_eq!(catalog.version("core").unwrap(), "1.17.0");
        assert_eq!(catalog.library("androidx.core.ktx").unwrap().version.as_deref(), Some("1.17.0"));
        assert_eq!(catalog.library("compose.ui").unwrap().version, None);
        assert!(catalog.library("compose.text").is_err());
        assert_eq!(catalog.accessors().collect::<Vec<_>>(), ["androidx.core.ktx", "compose.ui"]);
        assert_eq!(catalog.plugins().collect::<Vec<_>>(), [("com.android.application", "1.17.0")]);
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for bad in [
            "[versions]\ncore",
            "[versions]\ncore = 1",
            "[bundles]\nall = \"x\"",
            "[libraries]\nui = \"a:b:1\"",
            "[libraries]\nui = { module = \"a:b\", version.ref = \"missing\" }",
            "[libraries]\nui = { group = \"a\", name = \"b\" }",
            "[plugins]\napp = { id = \"x\" }",
        ] {
            assert!(Catalog::read(bad).is_err(), "{bad}");
        }
    }
}
