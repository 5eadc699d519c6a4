//! The library of the border and the Swift that is generated from it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::steps::{self, Problem};

/// What an app compiles and links.
pub struct Border {
    /// The folder with `libcountersign_bindings.so`.
    pub library: PathBuf,
    /// The folder with the generated Swift, its C header and module map.
    pub swift: PathBuf,
}

/// Builds the workspace and generates the Swift. `COUNTERSIGN_BORDER` names a folder in which both were made before
/// (`libcountersign_bindings.so`, `swift/`).
pub fn get() -> Result<Border, Problem> {
    if let Some(made) = std::env::var_os("COUNTERSIGN_BORDER") {
        let library = std::path::absolute(&made).map_err(|error| Problem(format!("{}: {error}", made.display())))?;
        return Ok(Border { swift: library.join("swift"), library });
    }
    steps::cargo(&["build", "--workspace"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), PathBuf::from);
    let target = std::path::absolute(&target).map_err(|error| Problem(format!("{}: {error}", target.display())))?;
    let (library, swift) = (target.join("debug"), target.join("swift"));
    let emptied = if swift.exists() { fs::remove_dir_all(&swift) } else { Ok(()) };
    emptied
        .and_then(|()| fs::create_dir_all(&swift))
        .map_err(|error| Problem(format!("{}: {error}", swift.display())))?;
    steps::run(
        Command::new(library.join("countersign-bindgen"))
            .arg("generate")
            .arg(library.join("libcountersign_bindings.so"))
            .args(["--language", "swift", "--no-format", "--out-dir"])
            .arg(&swift),
    )?;
    Ok(Border { library, swift })
}
