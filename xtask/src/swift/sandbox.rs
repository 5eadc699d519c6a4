//! Commands inside the compiler's own root: private mounts that are gone with the command, and no network. The compiler
//! needs a newer C library than this machine may have, so it runs nowhere else.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::Problem;

/// Mounts, then becomes the command. `$1` is the root; pairs of a folder and its place inside follow until `--`.
const ENTER: &str = r#"
set -e
PATH=$PATH:/usr/sbin:/sbin
root=$1; shift
mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
while [ "$1" != -- ]; do mount --bind "$1" "$root$2"; shift 2; done
shift
chroot=$(command -v chroot)
exec env -i HOME=/tmp TMPDIR=/tmp LC_ALL=C.UTF-8 PATH=/usr/libexec/swift/bin:/usr/bin:/usr/sbin "$chroot" "$root" "$@"
"#;

/// Whether private mounts are possible tells only trying one.
const TRY: &str = "PATH=$PATH:/usr/sbin:/sbin; command -v chroot && mount -t tmpfs tmpfs /tmp";

/// Seconds after which a command counts as hanging.
const PATIENCE: &str = "600";

/// Folders inside the root where those of the outside appear.
pub const PLACES: [&str; 5] = ["/generated", "/module", "/check", "/out", "/library"];

/// How this machine makes private mounts.
#[derive(Clone, Copy)]
pub struct Namespaces(&'static [&'static str]);

impl Namespaces {
    /// As root where that is allowed, else as a user who is root inside only; an error says why neither works.
    pub fn here() -> Result<Namespaces, String> {
        if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
            return Err("Debian's Swift is set up for Linux on x86_64 only".to_owned());
        }
        let ways = [
            Namespaces(&["--mount", "--net", "--propagation", "private"]),
            Namespaces(&["--map-root-user", "--mount", "--net", "--propagation", "private"]),
        ];
        let works =
            |way: &Namespaces| way.unshare().args(["sh", "-c", TRY]).output().is_ok_and(|ran| ran.status.success());
        ways.into_iter().find(works).ok_or_else(|| {
            "unshare and mount are neither allowed to this user nor inside a user namespace here".to_owned()
        })
    }

    fn unshare(self) -> Command {
        let mut command = Command::new("timeout");
        // In the foreground, so that Ctrl-C reaches the command too.
        command.args(["--foreground", "--kill-after=5", PATIENCE, "unshare"]).args(self.0).arg("--");
        command
    }
}

/// A root with a compiler in it.
pub struct Sandbox {
    root: PathBuf,
    namespaces: Namespaces,
}

impl Sandbox {
    /// Commands will run with this folder as their root.
    pub fn new(root: &Path, namespaces: &Namespaces) -> Sandbox {
        Sandbox { root: root.to_owned(), namespaces: *namespaces }
    }

    /// Runs a command inside and fails with its words; each folder appears at its place, one of [`PLACES`].
    pub fn run(&self, folders: &[(&Path, &str)], arguments: &[&str]) -> Result<(), Problem> {
        let shown = shown(arguments);
        let status = self.command(folders, arguments).status().map_err(|error| Problem(format!("{shown}: {error}")))?;
        if status.success() { Ok(()) } else { Err(Problem(format!("{shown}: {status}"))) }
    }

    /// Runs a command inside like [`Sandbox::run`]; what it said when it succeeded.
    pub fn hear(&self, folders: &[(&Path, &str)], arguments: &[&str]) -> Result<String, Problem> {
        let shown = shown(arguments);
        let ran = self.command(folders, arguments).output().map_err(|error| Problem(format!("{shown}: {error}")))?;
        let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        if ran.status.success() {
            return Ok(said);
        }
        eprint!("{said}");
        Err(Problem(format!("{shown}: {}", ran.status)))
    }

    fn command(&self, folders: &[(&Path, &str)], arguments: &[&str]) -> Command {
        let mut command = self.namespaces.unshare();
        command.args(["sh", "-c", ENTER, "enter"]).arg(&self.root);
        for (folder, place) in folders {
            command.arg(folder).arg(place);
        }
        command.arg("--").args(arguments);
        command
    }
}

/// Prints and gives the words of a command: those of the way inside are the same for all.
fn shown(arguments: &[&str]) -> String {
    let shown = arguments.join(" ");
    println!("+ {shown}");
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_its_root_its_folders_and_itself() {
        let sandbox = Sandbox::new(Path::new("/cache/root"), &Namespaces(&["--mount"]));
        let command = sandbox.command(&[(Path::new("/a b"), "/out")], &["swiftc", "--version"]);
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        let after = words.iter().position(|word| word == "enter").unwrap();
        assert_eq!(words[after + 1..], ["/cache/root", "/a b", "/out", "--", "swiftc", "--version"]);
    }
}
