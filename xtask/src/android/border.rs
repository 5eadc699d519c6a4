//! The Rust library, the Kotlin that is generated from it, and the program that the tests start as the hub.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{self, Problem};

use super::digest;
use super::java;
use super::project::Project;

/// What lies on the Rust side.
#[derive(Clone)]
pub struct Border {
    /// The folder with `libcountersign_bindings.so`.
    pub library: PathBuf,
    /// The generated Kotlin.
    pub kotlin: PathBuf,
    /// The `countersign` program.
    pub program: PathBuf,
}

/// Uses a folder that was made before (`libcountersign_bindings.so`, `countersign`, `kotlin/`), or builds the workspace.
pub fn border(project: &Project, made: Option<&Path>) -> Result<Border, Problem> {
    if let Some(folder) = made {
        let folder = std::path::absolute(folder).map_err(|error| Problem(format!("{}: {error}", folder.display())))?;
        return Ok(Border { kotlin: folder.join("kotlin"), program: folder.join("countersign"), library: folder });
    }
    steps::cargo(&["build", "--workspace"])?;
    let built = project.target.join("debug");
    let library = built.join("libcountersign_bindings.so");
    let out = project.out.join("border");
    let digest = project.digest("border").file(&library)?.tree(&steps::root().join("bindings/uniffi.toml"))?;
    digest::step("Kotlin from the library", digest, &out, |out| {
        let mut bindgen = Command::new(built.join("countersign-bindgen"));
        bindgen.current_dir(steps::root()).args(["generate", "--library"]).arg(&library);
        java::quiet("countersign-bindgen", bindgen.args(["--language", "kotlin", "--no-format", "--out-dir"]).arg(out))
    })?;
    Ok(Border { library: built.clone(), kotlin: out, program: built.join("countersign") })
}
