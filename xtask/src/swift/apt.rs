//! apt with a state of its own: another suite's packages are resolved, fetched and verified (signature of the release,
//! hashes of index and packages) against an empty list of installed ones. The host's package database is never looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::Problem;

use super::debian::Debian;

/// What apt says when what came is not what Debian signed. Anything else is a source that is not reached.
const FORGED: [&str; 6] =
    ["NO_PUBKEY", "BADSIG", "EXPKEYSIG", "is not signed", "Hash Sum mismatch", "cannot be authenticated"];

/// What holds whatever the host's configuration says. Its hooks (such as those that keep an image small) are not ours to run.
const SETTINGS: &str = r#"#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
APT::Update::Error-Mode "any";
APT::Get::AllowUnauthenticated "false";
APT::Install-Recommends "false";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Debug::NoLocking "true";
"#;

/// Why apt did not do something.
#[derive(Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The mirror is not reached, or has not what is asked for.
    NotReached(String),
    /// What came does not fit Debian's signature.
    Forged(String),
}

/// apt for one suite.
pub struct Apt {
    folder: PathBuf,
    mirror: String,
}

impl Apt {
    /// Makes the state for a suite in this folder.
    pub fn new(folder: &Path, debian: &Debian, suite: &str) -> Result<Apt, Problem> {
        let make = || {
            for part in ["state/lists/partial", "cache/archives/partial", "empty.d"] {
                fs::create_dir_all(folder.join(part))?;
            }
            let source = format!("deb [signed-by={}] {} {suite} main\n", debian.keyring.display(), debian.mirror);
            fs::write(folder.join("sources.list"), source)?;
            fs::write(folder.join("status"), "")?;
            fs::write(folder.join("apt.conf"), SETTINGS)
        };
        make().map_err(|error| Problem(format!("{}: {error}", folder.display())))?;
        Ok(Apt { folder: folder.to_owned(), mirror: debian.mirror.clone() })
    }

    /// Reads the index of the suite.
    pub fn update(&self) -> Result<(), Trouble> {
        self.run("apt-get", &["update"]).map(|_| ())
    }

    /// The version of a package that the suite has.
    pub fn version(&self, package: &str) -> Option<String> {
        candidate(&self.run("apt-cache", &["policy", package]).ok()?)
    }

    /// The newest headers of the C++ library, which Swift's Foundation reads.
    pub fn headers(&self) -> Option<String> {
        newest_headers(&self.run("apt-cache", &["pkgnames", "libstdc++-"]).ok()?)
    }

    /// Fetches packages and what they depend on; the files.
    pub fn fetch(&self, packages: &[&str]) -> Result<Vec<PathBuf>, Trouble> {
        let arguments: Vec<&str> = ["-y", "--download-only", "install"].iter().chain(packages).copied().collect();
        self.run("apt-get", &arguments)?;
        let unreadable = |error: std::io::Error| Trouble::NotReached(error.to_string());
        let entries = fs::read_dir(self.folder.join("cache/archives")).map_err(unreadable)?;
        let paths = entries.flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> =
            paths.filter(|path| path.extension().is_some_and(|ending| ending == "deb")).collect();
        files.sort();
        Ok(files)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<String, Trouble> {
        let mut command = Command::new(program);
        command.args(["-qq", "-c"]).arg(self.folder.join("apt.conf"));
        let places = [
            ("Dir::State", "state"),
            ("Dir::State::status", "status"),
            ("Dir::Cache", "cache"),
            ("Dir::Etc::SourceList", "sources.list"),
            ("Dir::Etc::SourceParts", "empty.d"),
            ("Dir::Etc::Preferences", "empty.d/none"),
            ("Dir::Etc::PreferencesParts", "empty.d"),
        ];
        for (name, place) in places {
            command.arg("-o").arg(format!("{name}={}", self.folder.join(place).display()));
        }
        let ran = command.args(arguments).env("LC_ALL", "C").env("DEBIAN_FRONTEND", "noninteractive").output();
        let ran = ran.map_err(|error| Trouble::NotReached(format!("{program}: {error}")))?;
        if ran.status.success() {
            return Ok(String::from_utf8_lossy(&ran.stdout).into_owned());
        }
        // The address of a mirror may hold a password.
        Err(trouble(&String::from_utf8_lossy(&ran.stderr).replace(&self.mirror, "<mirror>")))
    }
}

fn trouble(said: &str) -> Trouble {
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("E:") || line.starts_with("W:")).collect();
    let words = if lines.is_empty() { said.trim().to_owned() } else { lines.join(" ") };
    if FORGED.iter().any(|word| said.contains(word)) { Trouble::Forged(words) } else { Trouble::NotReached(words) }
}

fn candidate(policy: &str) -> Option<String> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?.trim();
    (version != "(none)").then(|| version.to_owned())
}

fn newest_headers(names: &str) -> Option<String> {
    let number = |name: &str| name.strip_prefix("libstdc++-")?.strip_suffix("-dev")?.parse::<u32>().ok();
    let newest = names.lines().filter_map(|name| number(name.trim())).max()?;
    Some(format!("libstdc++-{newest}-dev"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forged_is_not_taken_for_a_missing_network() {
        let forged = "W: GPG error: <mirror> trixie InRelease: NO_PUBKEY 123\nE: The repository is not signed.\n";
        assert!(matches!(trouble(forged), Trouble::Forged(_)));
        assert!(matches!(trouble("E: Failed to fetch x  Hash Sum mismatch\n"), Trouble::Forged(_)));
        let offline = "Ign:1\nE: Failed to fetch <mirror>  Temporary failure resolving\n";
        let words = "E: Failed to fetch <mirror>  Temporary failure resolving".to_owned();
        assert_eq!(trouble(offline), Trouble::NotReached(words));
    }

    #[test]
    fn a_suite_may_have_no_such_package() {
        assert_eq!(candidate("swiftlang:\n  Installed: (none)\n  Candidate: 6.0.3-2\n").as_deref(), Some("6.0.3-2"));
        assert_eq!(candidate("swiftlang:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }

    #[test]
    fn the_newest_headers_are_the_highest_number() {
        let names =
            "libstdc++-9-dev\nlibstdc++-14-dev\nlibstdc++-14-dev-arm64-cross\nlibstdc++-14-pic\nlibstdc++-13-dev\n";
        assert_eq!(newest_headers(names).as_deref(), Some("libstdc++-14-dev"));
        assert_eq!(newest_headers("libstdc++-14-doc\n"), None);
    }
}
