//! A small file system of its own (a tmpfs; mounting one needs root), to see what a full disk does.
#![allow(clippy::print_stderr, reason = "a test that cannot run on this machine says so")]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system of its own; gone with this value.
#[derive(Debug)]
pub struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// Mounts one of this many bytes; `None` where this machine does not let us mount one.
    pub fn mount(bytes: u64) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={bytes}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(SmallDisk { folder }),
            Ok(output) => skipped(&String::from_utf8_lossy(&output.stderr)),
            Err(error) => skipped(&error.to_string()),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills what is left but this much.
    pub fn fill(&self, leave: u64) -> PathBuf {
        let path = self.path().join("others");
        let mut file = File::create(&path).unwrap();
        let piece = vec![1_u8; 4096];
        while free(self.path()) > leave {
            file.write_all(&piece).unwrap();
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // What stays mounted after a failed test goes with the machine.
        let _ = Command::new("umount").arg("--lazy").arg(self.folder.path()).status();
    }
}

fn skipped(why: &str) -> Option<SmallDisk> {
    eprintln!("skipped: a small file system cannot be mounted here ({})", why.trim());
    None
}

/// Bytes that can still be written there.
pub fn free(path: &Path) -> u64 {
    let files: &dyn countersign_device::store::files::Files = &countersign_device::store::files::SystemFiles;
    files.free_space(path).unwrap()
}
