//! What is shipped: the merged manifest against what is allowed, and the APK as a phone would find it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use roxmltree::{Document, Node};

use crate::steps::Problem;

use super::digest;
use super::java;
use super::libraries;
use super::lint;
use super::package::{self, PROCESSORS};
use super::project::Project;
use super::{Compiled, resources, shrunk};

/// The namespace of the manifest's attributes.
pub const ANDROID: &str = "http://schemas.android.com/apk/res/android";
/// A native library is mapped into memory from the archive: 16 KiB is the largest page of a phone.
const PAGE: u64 = 16 * 1024;

/// Checks the merged manifest of the release against `config/manifest-allowed.txt`; gives every fault.
fn manifest(project: &Project, merged: &Path) -> Result<Vec<String>, Problem> {
    let allowed = digest::read(&project.root.join("config/manifest-allowed.txt"))?;
    let text = digest::read(merged)?;
    faults(&text, &allowed).map_err(|error| Problem(format!("{}: {error}", merged.display())))
}

fn faults(manifest: &str, allowed: &str) -> Result<Vec<String>, roxmltree::Error> {
    let document = Document::parse(manifest)?;
    let found = entries(&document);
    let lines = allowed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let allowed: BTreeSet<String> = lines.map(str::to_owned).collect();
    let mut faults: Vec<String> = found.difference(&allowed).map(|entry| format!("not allowed: {entry}")).collect();
    faults.extend(allowed.difference(&found).map(|entry| format!("allowed, but not there: {entry}")));
    let application = document.descendants().find(|node| node.has_tag_name("application"));
    let attribute = |name: &str| application.and_then(|node| node.attribute((ANDROID, name)));
    for (name, expected) in
        [("allowBackup", Some("false")), ("usesCleartextTraffic", Some("false")), ("debuggable", None)]
    {
        if attribute(name) != expected {
            faults.push(format!("android:{name} is {:?}, not {expected:?}", attribute(name)));
        }
    }
    for name in ["dataExtractionRules", "fullBackupContent", "localeConfig", "networkSecurityConfig"] {
        if attribute(name).is_none() {
            faults.push(format!("android:{name} is missing"));
        }
    }
    Ok(faults)
}

/// `permission NAME` of each that is asked for, and `exported NAME` of each component that other apps may start.
fn entries(document: &Document<'_>) -> BTreeSet<String> {
    let name = |node: Node<'_, '_>| node.attribute((ANDROID, "name")).unwrap_or_default().to_owned();
    let mut found = BTreeSet::new();
    for node in document.descendants().filter(Node::is_element) {
        let kind = node.tag_name().name();
        if kind.starts_with("uses-permission") {
            found.insert(format!("permission {}", name(node)));
        }
        if node.attribute((ANDROID, "exported")) == Some("true") {
            let guard = node.attribute((ANDROID, "permission")).map(|guard| format!(" to {guard}")).unwrap_or_default();
            found.insert(format!("exported {kind} {}{guard}", name(node)));
        }
    }
    found
}

/// Checks all that is shipped; prints every fault and fails when there are any.
pub fn run(project: &Project, app: &Compiled, debug: &Path, release: &Path, merged: &Path) -> Result<(), Problem> {
    let signer = package::signer(project)?;
    let digest = project.digest("signatures").files(&signer)?.file(debug)?.file(release)?;
    digest::step("signatures", digest, &project.out.join("signatures"), |_| {
        java::loud("signatures", java::java("512m", &signer, "Sign").arg("verify").args([debug, release]))
    })?;
    let mut faults = manifest(project, merged)?;
    faults.extend(archives(project, debug, release)?);
    faults.extend(shrunk::check(app, release, merged)?);
    lint::faultless("app", faults)
}

/// Checks both APKs; gives every fault.
fn archives(project: &Project, debug: &Path, release: &Path) -> Result<Vec<String>, Problem> {
    let mut faults = Vec::new();
    for (apk, debuggable) in [(debug, true), (release, false)] {
        let name = apk.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = archive(apk)?.into_iter().chain(badging(project, apk, debuggable)?);
        faults.extend(found.map(|fault| format!("{name}: {fault}")));
    }
    let size = |apk: &Path| fs::metadata(apk).map(|data| data.len()).map_err(|error| Problem(error.to_string()));
    if size(release)? >= size(debug)? {
        faults.push("the release is not smaller than the debug app".to_owned());
    }
    Ok(faults)
}

fn archive(apk: &Path) -> Result<Vec<String>, Problem> {
    let mut faults = Vec::new();
    let names = libraries::names(apk)?;
    if !names.iter().any(|name| name == "classes.dex") {
        faults.push("no code in it".to_owned());
    }
    let mut archive = libraries::archive(apk)?;
    for name in &names {
        let bad = |error: zip::result::ZipError| Problem(format!("{}: {name}: {error}", apk.display()));
        let member = archive.by_name(name).map_err(bad)?;
        let stored = member.compression() == zip::CompressionMethod::Stored;
        let library = name.strip_prefix("lib/");
        if let Some((processor, _)) = library.and_then(|rest| rest.split_once('/'))
            && !PROCESSORS.contains(&processor)
        {
            faults.push(format!("{name} is for a processor that no phone of ours has"));
        }
        let unit = if library.is_some() { PAGE } else { 4 };
        let start = member.data_start().unwrap_or_default();
        if stored && start % unit != 0 {
            faults.push(format!("{name} starts at {start}, not at a multiple of {unit}"));
        }
        if !stored && (library.is_some() || name == "resources.arsc") {
            faults.push(format!("{name} is compressed"));
        }
    }
    Ok(faults)
}

/// What aapt2 reads out of the binary manifest and table.
fn badging(project: &Project, apk: &Path, debuggable: bool) -> Result<Vec<String>, Problem> {
    let output = Command::new(resources::aapt2(project)?).args(["dump", "badging"]).arg(apk).output();
    let output = output.map_err(|error| Problem(format!("aapt2: {error}")))?;
    if !output.status.success() {
        return Err(Problem(format!("aapt2 dump badging: {}", String::from_utf8_lossy(&output.stderr))));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let mut faults = Vec::new();
    if said.contains("application-debuggable") != debuggable {
        faults.push("debuggable where it must not be, or not where it must".to_owned());
    }
    let locales = said.lines().find(|line| line.starts_with("locales:")).unwrap_or_default();
    for locale in ["'es'", "'zh-CN'", "'zh-TW'"] {
        if !locales.contains(locale) {
            faults.push(format!("without the language {locale}"));
        }
    }
    for (key, value) in [("minSdkVersion", "minSdk"), ("targetSdkVersion", "targetSdk")] {
        let expected = format!("{key}:'{}'", project.catalog.version(value)?);
        if !said.contains(&expected) && !said.contains(&expected.replace("minSdkVersion", "sdkVersion")) {
            faults.push(format!("without {expected}"));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &str = "# what the app asks for\npermission android.permission.INTERNET\nexported activity .Main\n";

    fn manifest(application: &str, more: &str) -> String {
        format!(
            r#"<manifest xmlns:android="{ANDROID}"><uses-permission android:name="android.permission.INTERNET"/>{more}
            <application android:usesCleartextTraffic="false" android:dataExtractionRules="@xml/a" android:localeConfig="@xml/d"
            android:fullBackupContent="@xml/b" android:networkSecurityConfig="@xml/c" {application}>
            <activity android:name=".Main" android:exported="true"/><service android:name=".S" android:exported="false"/>
            </application></manifest>"#
        )
    }

    #[test]
    fn an_allowed_manifest_passes() {
        assert_eq!(faults(&manifest("android:allowBackup=\"false\"", ""), ALLOWED).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_found() {
        let good = "android:allowBackup=\"false\"";
        let camera = r#"<uses-permission android:name="android.permission.CAMERA"/>"#;
        let provider = r#"<provider android:name="p" android:exported="true"/>"#;
        for text in [
            manifest("", ""),
            manifest("android:allowBackup=\"true\"", ""),
            manifest("android:allowBackup=\"false\" android:debuggable=\"true\"", ""),
            manifest(good, camera),
            manifest(good, provider),
            manifest(good, "").replace(".Main", ".Other").replace("exported activity", ""),
            manifest(good, "").replace("android:usesCleartextTraffic=\"false\"", ""),
            manifest(good, "").replace("android:dataExtractionRules=\"@xml/a\"", ""),
        ] {
            assert!(!faults(&text, ALLOWED).unwrap().is_empty(), "{text}");
        }
    }
}
