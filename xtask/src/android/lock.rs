//! `android/android.lock`: every file that the build downloads, its SHA-256 and the lists that it belongs to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::steps::Problem;

/// The locked files and lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lock {
    files: BTreeMap<Coordinates, String>,
    lists: Vec<(String, Vec<Entry>)>,
}

/// One file's place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `compile`, `runtime`, or `flat` for a file without what it needs.
    pub scope: String,
    /// What it is.
    pub coordinates: Coordinates,
}

/// `group:artifact:extension[:classifier]:version`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coordinates {
    text: String,
    group: String,
    artifact: String,
    extension: String,
    classifier: Option<String>,
    version: String,
}

impl Coordinates {
    /// Reads coordinates.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let words: Vec<&str> = text.split(':').collect();
        let (group, artifact, extension, classifier, version) = match words.as_slice() {
            [group, artifact, extension, version] => (group, artifact, extension, None, version),
            [group, artifact, extension, classifier, version] => {
                (group, artifact, extension, Some(classifier), version)
            }
            _ => return Err(Problem(format!("not coordinates: {text}"))),
        };
        let plain = |word: &str| {
            !word.is_empty()
                && !word.contains("..")
                && word.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
        };
        if !words.iter().all(|word| plain(word)) {
            return Err(Problem(format!("not coordinates: {text}")));
        }
        Ok(Self {
            text: text.to_owned(),
            group: (*group).to_owned(),
            artifact: (*artifact).to_owned(),
            extension: (*extension).to_owned(),
            classifier: classifier.map(|word| (*word).to_owned()),
            version: (*version).to_owned(),
        })
    }

    /// What the file is called.
    pub fn file_name(&self) -> String {
        let classifier = self.classifier.as_ref().map(|word| format!("-{word}")).unwrap_or_default();
        format!("{}-{}{classifier}.{}", self.artifact, self.version, self.extension)
    }

    /// Where it lies in a Maven repository.
    pub fn place(&self) -> String {
        format!("{}/{}/{}/{}", self.group.replace('.', "/"), self.artifact, self.version, self.file_name())
    }

    /// Whether it is an Android library, an archive around jars and resources.
    pub fn is_aar(&self) -> bool {
        self.extension == "aar"
    }
}

impl Lock {
    /// Reads a lock file.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let mut lock = Self::default();
        let mut in_files = false;
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |why: &str| Problem(format!("android.lock:{number}: {why}: {line}"));
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                in_files = name == "files";
                if !in_files {
                    lock.lists.push((name.to_owned(), Vec::new()));
                }
                continue;
            }
            let (first, second) = line.split_once(' ').ok_or_else(|| bad("two words are needed"))?;
            let coordinates = Coordinates::read(second).map_err(|_| bad("no coordinates"))?;
            if in_files {
                let digest = first.len() == 64 && first.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
                if !digest || lock.files.insert(coordinates, first.to_owned()).is_some() {
                    return Err(bad("no SHA-256, or a second one"));
                }
            } else {
                let (_, entries) = lock.lists.last_mut().ok_or_else(|| bad("outside of any list"))?;
                if !["compile", "runtime", "flat"].contains(&first) || !lock.files.contains_key(&coordinates) {
                    return Err(bad("no scope, or a file without a SHA-256"));
                }
                entries.push(Entry { scope: first.to_owned(), coordinates });
            }
        }
        Ok(lock)
    }

    /// Adds a file to a list.
    pub fn add(&mut self, list: &str, scope: &str, coordinates: Coordinates, sha256: String) {
        self.files.insert(coordinates.clone(), sha256);
        let entry = Entry { scope: scope.to_owned(), coordinates };
        match self.lists.iter_mut().find(|(name, _)| name == list) {
            Some((_, entries)) => entries.push(entry),
            None => self.lists.push((list.to_owned(), vec![entry])),
        }
    }

    /// The lock file's text.
    pub fn write(&self) -> String {
        let mut text = "# Written by `cargo xtask android lock`.\n\n[files]\n".to_owned();
        for (coordinates, sha256) in &self.files {
            let _ = writeln!(text, "{sha256} {}", coordinates.text);
        }
        for (name, entries) in &self.lists {
            let _ = writeln!(text, "\n[{name}]");
            for entry in entries {
                let _ = writeln!(text, "{} {}", entry.scope, entry.coordinates.text);
            }
        }
        text
    }

    /// The files of a list, in the order of the class path.
    pub fn list(&self, name: &str) -> Result<&[Entry], Problem> {
        let found = self.lists.iter().find(|(list, _)| list == name);
        let missing = || Problem(format!("android.lock has no list {name}: run cargo xtask android lock"));
        found.map(|(_, entries)| entries.as_slice()).ok_or_else(missing)
    }

    /// The names of all lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|(name, _)| name.as_str())
    }

    /// A file's SHA-256.
    pub fn sha256(&self, coordinates: &Coordinates) -> Result<&str, Problem> {
        let found = self.files.get(coordinates);
        found.map(String::as_str).ok_or_else(|| Problem(format!("android.lock has no {}", coordinates.text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let mut lock = Lock::default();
        lock.add("debug", "compile", Coordinates::read("a.b:c:aar:1").unwrap(), SHA.to_owned());
        lock.add("test", "runtime", Coordinates::read("a.b:c:aar:1").unwrap(), SHA.to_owned());
        lock.add("test", "flat", Coordinates::read("a:d:jar:all:2").unwrap(), SHA.to_owned());
        let read = Lock::read(&lock.write()).unwrap();
        assert_eq!(read, lock);
        assert_eq!(read.list("test").unwrap().len(), 2);
        assert!(read.list("release").is_err());
    }

    #[test]
    fn coordinates_lead_to_a_place() {
        let place = |text: &str| Coordinates::read(text).unwrap().place();
        assert_eq!(place("a.b:c:aar:1.0"), "a/b/c/1.0/c-1.0.aar");
        assert_eq!(place("a:c:jar:all:1.0"), "a/c/1.0/c-1.0-all.jar");
        for bad in ["a:b:1", "a:b:jar:..:1", "a:b/c:jar:1", "a::jar:1", "a:b:jar:x:y:1"] {
            assert!(Coordinates::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_damaged_lock_is_an_error() {
        for bad in [
            format!("{SHA} a:b:jar:1"),
            "[files]\nabc a:b:jar:1".to_owned(),
            format!("[files]\n{SHA} a:b:jar:1\n{SHA} a:b:jar:1"),
            format!("[files]\n{SHA} a:b:jar:1\n[debug]\ncompile a:c:jar:1"),
            format!("[files]\n{SHA} a:b:jar:1\n[debug]\nprovided a:b:jar:1"),
        ] {
            assert!(Lock::read(&bad).is_err(), "{bad}");
        }
    }
}
