//! The tour of the README, word for word: its blocks are run by a shell in the order in which a person types them.
#![cfg(test)]
#![allow(clippy::string_slice, reason = "the blocks are cut at the fences that were just found")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const README: &str = include_str!("../../README.md");

/// The lines of the block that is fenced as `sh <name>`.
fn block(name: &str) -> String {
    let open = format!("```sh {name}\n");
    let start = README.find(&open).unwrap() + open.len();
    let length = README[start..].find("```").unwrap();
    README[start..start + length].to_owned()
}

/// The folder of the program first on the path.
fn shell(folder: &Path, script: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_countersign")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path).env("LANG", "C");
    command
}

fn run(folder: &Path, script: &str) -> String {
    let output = shell(folder, script).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{script}\n{text}\n{errors}");
    text
}

/// A hub that serves until this goes.
struct Hub(Child);

impl Hub {
    /// Serves and waits for the line that says where.
    fn start(folder: &Path, line: &str) -> Hub {
        let mut child = shell(folder, &format!("exec {line}")).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert!(said.contains("http"), "{said}");
        Hub(child)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _ended = self.0.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn the_tour_of_the_readme_works_word_for_word() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // The one change: a port that is free on this machine.
    let port = free_port();
    let placed = |name: &str| block(name).replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"));
    let office = placed("office");
    let (init, serve) = office.trim().rsplit_once('\n').unwrap();
    run(folder, init);

    let hub = Hub::start(folder, serve);
    let job = run(folder, &format!("{}\necho \"$JOB\"", placed("field")));
    let job = job.trim().lines().last().unwrap().to_owned();
    assert!(job.starts_with("J-"), "{job}");
    drop(hub);
    #[cfg(unix)]
    for private in ["office", "phone"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder.join(private)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{private} is closed to other users");
    }

    let offline = run(folder, &format!("JOB={job}\n{}", placed("offline")));
    assert!(offline.contains("on this device"), "{offline}");

    let _hub = Hub::start(folder, serve);
    let online = run(folder, &format!("JOB={job}\n{}", placed("online")));
    for said in ["returned", "approved", "everything holds", "consistent"] {
        assert!(online.contains(said), "{said} is missing in\n{online}");
    }
}
