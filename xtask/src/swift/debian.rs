//! Where this machine's apt gets Debian from: read from its own configuration, so that a mirror of a company is used too.

use std::path::{Path, PathBuf};

/// Where the keys of Debian's archive may lie.
const KEYRINGS: [&str; 2] =
    ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];

/// This machine's Debian.
#[derive(Debug)]
pub struct Debian {
    /// Its own suite, such as `bookworm`.
    pub suite: String,
    /// The mirror that serves it.
    pub mirror: String,
    /// The keys that sign it.
    pub keyring: PathBuf,
}

/// A line of `sources.list` or a paragraph of a `.sources` file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Source {
    uri: String,
    suites: Vec<String>,
    components: Vec<String>,
}

impl Debian {
    /// Reads the configuration of this machine; an error says what is missing.
    pub fn here() -> Result<Debian, String> {
        let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        let suite = field(&release, "VERSION_CODENAME").filter(|_| field(&release, "ID").as_deref() == Some("debian"));
        let suite = suite.ok_or("this machine runs no release of Debian")?;
        let keyring = KEYRINGS.iter().map(PathBuf::from).find(|path| path.exists());
        let keyring = keyring.ok_or("the package debian-archive-keyring is missing")?;
        let mirror = mirror(&configured(Path::new("/etc/apt")), &suite);
        Ok(Debian { mirror: mirror.ok_or("apt has no source of Debian's own packages")?, suite, keyring })
    }
}

/// A value of `os-release`.
fn field(release: &str, name: &str) -> Option<String> {
    let value = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches('"').to_owned())
}

fn configured(folder: &Path) -> Vec<Source> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("sources.list.d"))
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.push(folder.join("sources.list"));
    files.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("sources") => paragraphs(&text),
            Some("list") => lines(&text),
            _ => Vec::new(),
        }
    };
    files.iter().flat_map(read).collect()
}

/// The mirror of the suite itself; those of other makers have suites and components of their own.
fn mirror(sources: &[Source], suite: &str) -> Option<String> {
    let own = |source: &&Source| {
        source.suites.iter().any(|name| name == suite) && source.components.iter().any(|name| name == "main")
    };
    sources.iter().find(own).map(|source| source.uri.clone())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// `deb [options] uri suite component…`
fn lines(text: &str) -> Vec<Source> {
    let line = |line: &str| {
        let rest = line.trim().strip_prefix("deb ")?.trim_start();
        let rest = match rest.strip_prefix('[') {
            Some(options) => options.split_once(']')?.1,
            None => rest,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let mut words = words(rest).into_iter();
        Some(Source { uri: words.next()?, suites: vec![words.next()?], components: words.collect() })
    };
    text.lines().filter_map(line).collect()
}

/// `Types:`, `URIs:`, `Suites:`, `Components:`, each possibly over several lines.
fn paragraphs(text: &str) -> Vec<Source> {
    let uncommented: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    uncommented.split(|line| line.trim().is_empty()).filter_map(paragraph).collect()
}

fn paragraph(lines: &[&str]) -> Option<Source> {
    let value = |name: &str| {
        let is_it = |line: &&str| {
            line.split_once(':')
                .is_some_and(|(key, _)| !key.starts_with(char::is_whitespace) && key.eq_ignore_ascii_case(name))
        };
        let start = lines.iter().position(is_it)?;
        let (first, more) = lines.get(start..)?.split_first()?;
        let mut all = words(first.split_once(':')?.1);
        for line in more.iter().take_while(|line| line.starts_with(char::is_whitespace)) {
            all.extend(words(line));
        }
        Some(all)
    };
    let off = value("Enabled").is_some_and(|words| words.iter().any(|word| word.eq_ignore_ascii_case("no")));
    let binary = value("Types")?.iter().any(|word| word == "deb");
    let source = Source {
        uri: value("URIs")?.into_iter().next()?,
        suites: value("Suites")?,
        components: value("Components").unwrap_or_default(),
    };
    (binary && !off).then_some(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(uri: &str, suites: &str, components: &str) -> Source {
        Source { uri: uri.to_owned(), suites: words(suites), components: words(components) }
    }

    #[test]
    fn lines_are_read_with_and_without_options() {
        let text = "# deb http://old.example bookworm main\n\
            deb http://a.example/debian bookworm main contrib # ours\n\
            deb-src http://a.example/debian bookworm main\n\
            deb [arch=amd64 signed-by=/k.gpg] https://b.example x main\n\
            deb [broken http://c.example x main\n";
        let want =
            [source("http://a.example/debian", "bookworm", "main contrib"), source("https://b.example", "x", "main")];
        assert_eq!(lines(text), want);
    }

    #[test]
    fn paragraphs_are_read_over_several_lines() {
        let text = "# from the image\nTypes: deb deb-src\nURIs: http://a.example/debian\nSuites: bookworm\n bookworm-updates\n\
            Components: main\nSigned-By:\n -----BEGIN\n .\n Components: no\n\n\
            Types: deb\nURIs: http://off.example\nSuites: bookworm\nComponents: main\nEnabled: no\n\n\
            types: deb\nuris: http://b.example\nsuites: bookworm-security\ncomponents: main\n";
        let want = [
            source("http://a.example/debian", "bookworm bookworm-updates", "main"),
            source("http://b.example", "bookworm-security", "main"),
        ];
        assert_eq!(paragraphs(text), want);
    }

    #[test]
    fn the_mirror_is_the_one_that_serves_the_suite_itself() {
        let sources = [
            source("http://maker.example", "nodistro", "main"),
            source("http://other.example", "bookworm", "stable"),
            source("http://debian.example", "bookworm bookworm-updates", "main"),
        ];
        assert_eq!(mirror(&sources, "bookworm").as_deref(), Some("http://debian.example"));
        assert_eq!(mirror(&sources, "sid"), None);
    }

    #[test]
    fn the_release_is_known_by_its_names() {
        let release = "PRETTY_NAME=\"Debian\"\nID=debian\nVERSION_CODENAME=bookworm\nVERSION=\"12 (bookworm)\"\n";
        assert_eq!(field(release, "ID").as_deref(), Some("debian"));
        assert_eq!(field(release, "VERSION").as_deref(), Some("12 (bookworm)"));
        assert_eq!(field(release, "VARIANT"), None);
    }
}
