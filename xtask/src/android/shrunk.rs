//! What R8 must have left under its own name, looked up in the dex files of the release: what is found by reflection,
//! by a name in the manifest, in a database or in a native library.

use std::collections::BTreeSet;
use std::path::Path;

use roxmltree::Document;

use crate::steps::Problem;

use super::digest;
use super::inspect::ANDROID;
use super::{Compiled, libraries};

/// The folder of the classes that the Rust library knows.
const CORE: &str = "org/countersign/core/";
/// WorkManager's database, which is made by its name.
const DATABASE: &str = "androidx/work/impl/WorkDatabase_Impl";

/// What an app's dex files define.
#[derive(Debug, Default, PartialEq, Eq)]
struct Defined {
    /// `org/countersign/core/RustBuffer`, …
    classes: BTreeSet<String>,
    /// `org/countersign/core/RustBuffer.data`, …
    fields: BTreeSet<String>,
}

/// Looks up everything in an APK; gives every fault.
pub fn check(app: &Compiled, apk: &Path, merged: &Path) -> Result<Vec<String>, Problem> {
    let mut defined = Defined::default();
    for name in libraries::names(apk)?.iter().filter(|name| name.ends_with(".dex")) {
        let content = libraries::member(apk, name)?;
        defined.read(&content).ok_or_else(|| Problem(format!("{}: {name} is damaged", apk.display())))?;
    }
    let mut classes = BTreeSet::from([DATABASE.to_owned()]);
    for file in digest::files(&app.classes, ".class")? {
        let inside = file.strip_prefix(&app.classes).unwrap_or(&file).with_extension("").display().to_string();
        // What WorkManager starts again after a year is written down by its name.
        if inside.starts_with(CORE) || inside.ends_with("Worker") {
            classes.insert(inside);
        }
    }
    for jar in libraries::jars(&app.libraries, false)? {
        let names = libraries::names(&jar)?;
        let bridge = names.iter().filter(|name| name.starts_with("com/sun/jna/"));
        classes.extend(bridge.filter_map(|name| name.strip_suffix(".class")).map(str::to_owned));
    }
    classes.extend(components(&digest::read(merged)?).map_err(|error| Problem(error.to_string()))?);
    let mut fields = BTreeSet::new();
    for file in digest::files(&app.border.kotlin, ".kt")? {
        fields.extend(structures(&digest::read(&file)?));
    }
    if fields.is_empty() {
        return Err(Problem("the generated Kotlin has no structures".to_owned()));
    }
    let gone = classes.difference(&defined.classes).chain(fields.difference(&defined.fields));
    Ok(gone.map(|name| format!("R8 removed or renamed {name}")).collect())
}

impl Defined {
    /// Adds what a dex file defines; nothing where it is damaged.
    fn read(&mut self, dex: &[u8]) -> Option<()> {
        let word = |at: usize| Some(u32::from_le_bytes(dex.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize);
        let half = |at: usize| Some(u16::from_le_bytes(dex.get(at..at.checked_add(2)?)?.try_into().ok()?) as usize);
        let (strings, types) = (word(0x3c)?, word(0x44)?);
        let text = |index: usize| -> Option<&str> {
            let start = word(strings + 4 * index)?;
            // The length comes first, in as many bytes as have their highest bit set, and one.
            let length = dex.get(start..)?.iter().position(|byte| byte & 0x80 == 0)? + 1;
            let rest = dex.get(start + length..)?;
            std::str::from_utf8(rest.get(..rest.iter().position(|byte| *byte == 0)?)?).ok()
        };
        let class = |index: usize| text(word(types + 4 * index)?)?.strip_prefix('L')?.strip_suffix(';');
        for number in 0..word(0x60)? {
            self.classes.insert(class(word(word(0x64)? + 32 * number)?)?.to_owned());
        }
        for number in 0..word(0x50)? {
            let at = word(0x54)? + 8 * number;
            // Names in another alphabet than ours are none of ours.
            if let (Some(class), Some(name)) = (class(half(at)?), text(word(at + 4)?)) {
                self.fields.insert(format!("{class}.{name}"));
            }
        }
        Some(())
    }
}

/// The classes that a merged manifest names: components, and what AndroidX starts with the app.
fn components(manifest: &str) -> Result<BTreeSet<String>, roxmltree::Error> {
    let document = Document::parse(manifest)?;
    let named = document.descendants().filter(|node| {
        let started = node.attribute((ANDROID, "value")) == Some("androidx.startup");
        started || ["application", "activity", "service", "receiver", "provider"].contains(&node.tag_name().name())
    });
    Ok(named.filter_map(|node| node.attribute((ANDROID, "name"))).map(|name| name.replace('.', "/")).collect())
}

/// The fields of the structures that the Rust library reads and writes, as the generated Kotlin declares them.
fn structures(kotlin: &str) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    let mut names: Vec<&str> = Vec::new();
    for line in kotlin.lines() {
        if let Some(order) = line.trim().strip_prefix("@Structure.FieldOrder(") {
            names = order.trim_end_matches(')').split(',').map(|name| name.trim().trim_matches('"')).collect();
        } else if let Some((_, class)) = line.split_once("class ") {
            let end = class.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(class.len());
            let class = class.get(..end).unwrap_or_default();
            fields.extend(names.drain(..).map(|name| format!("{CORE}{class}.{name}")));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dex file with the class `a/B`, its field `c` and nothing else.
    fn dex() -> Vec<u8> {
        let mut dex = vec![0; 0x70];
        let mut put = |at: usize, value: u32| {
            dex.resize(dex.len().max(at + 4), 0);
            dex[at..at + 4].copy_from_slice(&value.to_le_bytes());
        };
        // Two strings at 0xa0 and 0xa8, one type, one field, one class.
        for (at, value) in [(0x38, 2), (0x3c, 0x70), (0x40, 1), (0x44, 0x78), (0x50, 1), (0x54, 0x7c), (0x60, 1)] {
            put(at, value);
        }
        for (at, value) in [(0x64, 0x84), (0x70, 0xa4), (0x74, 0xac), (0x78, 0), (0x7c, 0), (0x80, 1), (0x84, 0)] {
            put(at, value);
        }
        dex.resize(0xa4, 0);
        dex.extend(b"\x05La/B;\0\0\x01c\0");
        dex
    }

    #[test]
    fn a_dex_file_says_what_it_defines() {
        let mut defined = Defined::default();
        defined.read(&dex()).unwrap();
        assert_eq!(defined.classes, BTreeSet::from(["a/B".to_owned()]));
        assert_eq!(defined.fields, BTreeSet::from(["a/B.c".to_owned()]));
    }

    #[test]
    fn a_damaged_dex_file_is_noticed() {
        for length in [0, 0x50, 0x76, 0x88, 0xa6] {
            assert_eq!(Defined::default().read(&dex()[..length]), None, "{length}");
        }
    }

    #[test]
    fn structures_and_components_are_found() {
        let kotlin = "@Structure.FieldOrder(\"len\", \"data\")\ninternal open class ForeignBytes : Structure() {\n\
                      class ByValue : ForeignBytes()\n";
        let fields: Vec<String> = structures(kotlin).into_iter().collect();
        assert_eq!(fields, ["org/countersign/core/ForeignBytes.data", "org/countersign/core/ForeignBytes.len"]);
        let manifest = format!(
            r#"<manifest xmlns:android="{ANDROID}"><application android:name="a.App"><provider android:name="s.P">
            <meta-data android:name="w.Start" android:value="androidx.startup"/><meta-data android:name="other"/>
            </provider></application></manifest>"#
        );
        let found: Vec<String> = components(&manifest).unwrap().into_iter().collect();
        assert_eq!(found, ["a/App", "s/P", "w/Start"]);
    }
}
